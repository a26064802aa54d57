//! The harness itself, against a page small enough to see through.

use std::fs;

use tempfile::TempDir;
use tests::browser::{Browser, Role};
use tests::relay::Relay;

const PAGE: &str = r#"<!doctype html>
<html lang="en">
<title>Harness</title>
<link rel="icon" href="data:,">
<main>
  <h1>Guest book</h1>
  <form id="form">
    <label>Name <input id="name" value="nobody"></label>
    <label>Day <input id="day" type="date"></label>
    <label>Mood <select id="mood"><option>Calm</option><option>Merry</option></select></label>
    <label><input id="bold" type="checkbox"> Loud</label>
    <button hidden>Sign the book</button>
    <button>Sign the book</button>
  </form>
  <fieldset><legend>Size</legend>
    <label><input type="radio" name="size" value="small" style="opacity:0;position:absolute"> Small</label>
    <label><input type="radio" name="size" value="large" style="opacity:0;position:absolute"> Large</label>
  </fieldset>
  <div id="drop" style="margin-top: 2000px"><button>Choose file</button></div>
  <ul><li>Apples <button>Keep this</button></li><li>Pears <button>Keep this</button></li></ul>
  <p id="said"></p>
  <section aria-label="Entries"><ul id="entries"></ul></section>
  <section aria-label="Visits"><p id="visits"></p></section>
</main>
<script src="page.js"></script>
"#;

const SCRIPT: &str = r#"
const entries = JSON.parse(localStorage.entries ?? "[]");
const show = () => {
  document.getElementById("entries").replaceChildren(...entries.map((text) => {
    const item = document.createElement("li");
    item.textContent = text;
    return item;
  }));
};
localStorage.visits = Number(localStorage.visits ?? 0) + 1;
document.getElementById("visits").textContent = `Visit number ${localStorage.visits}`;
document.getElementById("form").addEventListener("submit", (event) => {
  event.preventDefault();
  const value = (id) => document.getElementById(id).value;
  const loud = document.getElementById("bold").checked ? "!" : "";
  // Later, so that a look that does not wait would miss it.
  setTimeout(() => {
    entries.push(`${value("name")}, ${value("day")}, ${value("mood")}${loud}`);
    localStorage.entries = JSON.stringify(entries);
    show();
  }, 300);
});
show();
const say = (text) => { document.getElementById("said").textContent = text; };
document.addEventListener("dragover", (event) => event.preventDefault());
document.getElementById("drop").addEventListener("drop", async (event) => {
  event.preventDefault();
  const [file] = event.dataTransfer.files;
  say(`${file.name} says ${await file.text()}`);
});
document.addEventListener("click", (event) => {
  if (event.target.textContent === "Keep this") say(`kept ${event.target.parentElement.textContent}`);
  if (event.target.name === "size") say(`size ${event.target.value}`);
});
"#;

fn site() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("index.html"), PAGE).unwrap();
    fs::write(folder.path().join("page.js"), SCRIPT).unwrap();
    folder
}

#[tokio::test]
async fn a_person_fills_a_form_by_its_labels_and_finds_it_again_after_closing_and_after_a_kill() {
    let site = site();
    let mut relay = Relay::serving(site.path());
    let mut anna = Browser::open("Anna").await;
    anna.go(&relay.url()).await;
    anna.see_a(Role::Heading, "Guest book").await;
    anna.see_in("Name", "nobody").await;
    anna.fill("Name", "Anna Bergström").await;
    anna.fill("Day", "2026-11-21").await;
    anna.choose("Mood", "Merry").await;
    anna.click("Loud").await;
    anna.click("Sign the book").await;
    let entries = anna.within(Role::Part, "Entries");
    entries.see("Anna Bergström, 2026-11-21, Merry!").await;
    entries.see_no("Visit number").await;

    anna.close().await;
    relay.stop();
    relay.start_again();
    anna.open_again().await;
    anna.go(&relay.url()).await;
    anna.see("Anna Bergström, 2026-11-21, Merry!").await;

    anna.type_into("Name", " and guests").await;
    anna.kill();
    relay.kill();
    relay.start_again();
    anna.open_again().await;
    anna.go(&relay.url()).await;
    anna.see_in("Name", "nobody").await;
    anna.see("Anna Bergström, 2026-11-21, Merry!").await;
}

#[tokio::test]
async fn a_person_reaches_what_is_hard_to_reach() {
    let site = site();
    let relay = Relay::serving(site.path());
    let anna = Browser::open("Anna").await;
    anna.go(&relay.url()).await;
    anna.click("Large").await;
    anna.see("size large").await;
    anna.click_near("Pears", "Keep this").await;
    anna.see("kept Pears").await;
    let file = site.path().join("note.txt");
    fs::write(&file, "good morning").unwrap();
    anna.drop_file("Choose file", &file).await;
    anna.see("note.txt says good morning").await;
}

#[tokio::test]
async fn two_people_do_not_share_storage_and_two_tabs_of_one_do() {
    let site = site();
    let relay = Relay::serving(site.path());
    let anna = Browser::open("Anna").await;
    let bruno = Browser::open("Bruno").await;
    anna.go(&relay.url()).await;
    anna.see("Visit number 1").await;
    bruno.go(&relay.url()).await;
    bruno.see("Visit number 1").await;
    let first = anna.tab().await;
    let second = anna.new_tab(&relay.url()).await;
    anna.see("Visit number 2").await;
    anna.switch_to(&first).await;
    anna.see("Visit number 1").await;
    anna.close_tab(&second).await;
    anna.reload().await;
    anna.see("Visit number 3").await;
}

#[tokio::test]
async fn a_page_without_a_network_is_still_there() {
    let site = site();
    let relay = Relay::serving(site.path());
    let anna = Browser::open("Anna").await;
    anna.go(&relay.url()).await;
    anna.set_offline(true).await;
    anna.fill("Name", "Anna offline").await;
    anna.click("Sign the book").await;
    anna.see("Anna offline").await;
    anna.set_offline(false).await;
    anna.reload().await;
    anna.see("Visit number 2").await;
}
