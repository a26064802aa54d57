//! What the palette offers: places, acts and records, for what was typed and for where one is.

use handbook::{
    DocumentId, Home, Kind, Language, Record, RecordId, RecordKey, kinds,
    records::{CLIENT, Client, ClientStatus, Complaint, Member, ScheduledContact, Touchpoint},
    search::{fold, kinds_asked},
};
use leptos::prelude::Get;

use super::recent::Recent;
use crate::pages::team;
use crate::{
    platform::theme::Theme,
    texts::{
        agenda as agenda_texts, client as client_texts, complaint as complaint_texts, find as t,
        history as history_texts, language, record as record_texts, say,
        settings as settings_texts, shell, team as team_texts,
    },
    ui::{
        icons::Glyph,
        model::{Export, Sync},
        place,
        state::AppState,
    },
};

/// Acts that match what was typed stand before what was found, but no more than this many.
const FIRST: usize = 3;
/// From so many letters on, what was typed is taken for the name of an act.
const NAMING_MIN: usize = 3;

/// What choosing a line does.
#[derive(Clone, PartialEq)]
pub enum Deed {
    /// Opens an address.
    Go(String),
    /// Writes on in what is asked.
    Ask(String),
    /// Opens the log sheet.
    Log,
    /// Takes one's last command back.
    Undo,
    /// Does again what was taken back.
    Redo,
    /// Makes a file.
    Export(Export),
    /// Changes light and dark.
    Theme(Theme),
    /// Changes the language.
    Speak(Language),
    /// Puts a client away or takes it back.
    Archive(RecordId, ClientStatus),
    /// Asks the relay now.
    Sync,
    /// Opens the browser's print dialog.
    Print,
}

/// A line of the palette.
#[derive(Clone, PartialEq)]
pub struct Line {
    /// Its drawing.
    pub glyph: Glyph,
    /// What it is called.
    pub title: String,
    /// What tells it from others of that name.
    pub detail: String,
    /// The words that were found, where they stand inside a text.
    pub passage: Option<String>,
    /// What choosing it does.
    pub deed: Deed,
    /// Under which heading it stands.
    pub group: String,
    /// Shown only for who asks for it: there are too many of its like.
    quiet: bool,
}

impl Line {
    fn new(group: &str, glyph: Glyph, title: impl Into<String>, deed: Deed) -> Self {
        Self {
            glyph,
            title: title.into(),
            detail: String::new(),
            passage: None,
            deed,
            group: group.to_owned(),
            quiet: false,
        }
    }

    fn detail(self, detail: &str) -> Self {
        Self { detail: detail.to_owned(), ..self }
    }

    fn quiet(self) -> Self {
        Self { quiet: true, ..self }
    }
}

/// The lines for what was typed, reactive. `here` is the client one looks at.
pub fn lines(app: &AppState, typed: &str, here: Option<RecordId>, recent: &[Recent]) -> Vec<Line> {
    let kinds = of_kind(typed);
    if !kinds.is_empty() {
        return kinds;
    }
    let offered = offered(app, here);
    let asked = fold(typed.trim());
    if asked.is_empty() {
        let recent: Vec<Line> = recent.iter().map(|recent| again(recent, &offered)).collect();
        return recent.into_iter().chain(offered.into_iter().filter(|line| !line.quiet)).collect();
    }
    let words: Vec<&str> = asked.split(' ').collect();
    let (named, rest): (Vec<Line>, Vec<Line>) = offered
        .into_iter()
        .filter(|line| matches(line, &words).is_some())
        .partition(|line| asked.len() >= NAMING_MIN && matches(line, &words) == Some(true));
    let found = app.search(typed.trim_start().to_owned()).into_iter().map(|hit| Line {
        glyph: Glyph::Page,
        title: hit.title,
        detail: hit.detail,
        passage: hit.passage,
        deed: Deed::Go(place::path(&hit.place)),
        group: shell::found().to_owned(),
        quiet: false,
    });
    let (first, later) = named.split_at(named.len().min(FIRST));
    first.iter().cloned().chain(found).chain(later.iter().cloned()).chain(rest).collect()
}

/// The kinds that may be asked for, while the name of one is being typed.
fn of_kind(typed: &str) -> Vec<Line> {
    let before = typed.rsplit_once(' ').map(|(before, _)| format!("{before} ")).unwrap_or_default();
    kinds_asked(typed, language())
        .into_iter()
        .map(|(kind, filter)| {
            let deed = Deed::Ask(format!("{before}{filter} "));
            Line::new(t::one_kind(), Glyph::Search, say(kind.many), deed).detail(&filter)
        })
        .collect()
}

/// Whether every word occurs in a line's name; `Some(true)` if each begins one of its words.
fn matches(line: &Line, words: &[&str]) -> Option<bool> {
    let title = fold(&format!("{} {}", line.title, line.detail));
    let begins = |word: &&str| title.split(' ').any(|of_title| of_title.starts_with(word));
    if words.iter().all(begins) {
        return Some(true);
    }
    words.iter().all(|word| title.contains(word)).then_some(false)
}

/// A place chosen before, called as it is called now.
fn again(recent: &Recent, offered: &[Line]) -> Line {
    let known = offered.iter().find(|line| line.deed == Deed::Go(recent.path.clone()));
    let title = known.map_or_else(|| recent.title.clone(), |line| line.title.clone());
    let detail = known.map_or_else(|| recent.detail.clone(), |line| line.detail.clone());
    Line::new(t::recent(), Glyph::Clock, title, Deed::Go(recent.path.clone())).detail(&detail)
}

fn offered(app: &AppState, here: Option<RecordId>) -> Vec<Line> {
    let mut lines = here.map(|client| of_client(app, client)).unwrap_or_default();
    lines.extend(acts(app, here));
    lines.extend(places());
    lines
}

/// What can be done at the client one looks at, and its tabs.
fn of_client(app: &AppState, client: RecordId) -> Vec<Line> {
    let document = DocumentId::Client(client);
    let name = app.title(document, RecordKey::new(Client::KIND, client));
    let go =
        |glyph, title: &str, path| Line::new(&name, glyph, title, Deed::Go(path)).detail(&name);
    let tab = |glyph, title, tab| go(glyph, title, place::client_tab(client, tab));
    let mut lines = vec![
        go(Glyph::Building, client_texts::overview(), place::client_path(client)),
        tab(Glyph::Clock, client_texts::timeline(), "timeline"),
        tab(Glyph::People, client_texts::people(), "people"),
        tab(Glyph::Flag, client_texts::complaints(), "complaints"),
        tab(Glyph::Page, client_texts::details(), "details"),
        go(Glyph::Calendar, t::plan_visit(), place::new_path(document, ScheduledContact::KEY)),
        go(Glyph::Pen, client_texts::edit_client(), place::client_tab(client, "details?edit=yes"))
            .quiet(),
        Line::new(
            &name,
            Glyph::FileOut,
            client_texts::export_handbook(),
            Deed::Export(Export::Handbook(client)),
        )
        .detail(&name),
    ];
    lines.extend(archive(app, client, &name));
    lines.extend(of_kinds(document, &name));
    lines
}

fn archive(app: &AppState, client: RecordId, name: &str) -> Option<Line> {
    let rows = app.list(Client::KEY);
    let row = rows.iter().find(|placed| placed.row.id == client)?;
    let archived = Client::KEYS.status.get(&row.row) == Ok(ClientStatus::Archived);
    let to = if archived { ClientStatus::Active } else { ClientStatus::Archived };
    let deed = Deed::Archive(client, to);
    Some(Line::new(name, Glyph::Archive, t::archive(name, archived), deed).quiet())
}

/// New records and lists of every kind that lives in a document.
fn of_kinds(document: DocumentId, group: &str) -> Vec<Line> {
    let home = document.home();
    let own_way = |kind: &Kind| [CLIENT, Touchpoint::KEY, Complaint::KEY].contains(&kind.key);
    let made_elsewhere =
        |kind: &Kind| own_way(kind) || kind.key == Member::KEY || !handbook::form::is_typed(kind);
    let of_home = || kinds().filter(move |kind| kind.home == home && !kind.singleton);
    let detail = if home == Home::Client { group } else { shell::firm() };
    let new = of_home().filter(|kind| !made_elsewhere(kind)).map(|kind| {
        let path = place::new_path(document, kind.key);
        Line::new(group, Glyph::Plus, record_texts::new(say(kind.one)), Deed::Go(path))
    });
    let lists = of_home().filter(|kind| kind.key != CLIENT).map(|kind| {
        let path = place::list_path(document, kind.key);
        Line::new(group, Glyph::Page, say(kind.many), Deed::Go(path))
    });
    new.chain(lists).map(|line| line.detail(detail).quiet()).collect()
}

fn acts(app: &AppState, here: Option<RecordId>) -> Vec<Line> {
    let group = shell::do_it();
    let act = |glyph, title: &str, deed| Line::new(group, glyph, title, deed);
    let go = |glyph, title: &str, path: &str| act(glyph, title, Deed::Go(path.to_owned()));
    let complaint = here.map_or_else(
        || "/complaints/new".to_owned(),
        |client| format!("/complaints/new?client={client}"),
    );
    let mut lines = vec![
        act(Glyph::Pen, shell::log_touchpoint(), Deed::Log),
        act(Glyph::Flag, shell::new_complaint(), Deed::Go(complaint)),
        go(Glyph::Plus, shell::new_client(), "/clients/new"),
        go(Glyph::PersonPlus, settings_texts::invite(), team::PATH),
        go(Glyph::Download, settings_texts::import(), "/settings#import"),
        go(Glyph::FileOut, settings_texts::export(), "/settings#export"),
        act(Glyph::Clock, history_texts::undo_last(), Deed::Undo),
        act(Glyph::Clock, history_texts::redo_last(), Deed::Redo),
        act(Glyph::FileOut, t::export_all(), Deed::Export(Export::Json)).quiet(),
        act(Glyph::Printer, t::print_page(), Deed::Print).quiet(),
        act(Glyph::Sun, t::theme_light(), Deed::Theme(Theme::Light)).quiet(),
        act(Glyph::Sun, t::theme_dark(), Deed::Theme(Theme::Dark)).quiet(),
        act(Glyph::Sun, t::theme_system(), Deed::Theme(Theme::System)).quiet(),
    ];
    // Each is named in the words of who wants it.
    lines.extend(
        Language::ALL.into_iter().filter(|other| *other != language()).map(|other| {
            act(Glyph::Speech, &t::switch_to(other.name()), Deed::Speak(other)).quiet()
        }),
    );
    if app.sync.get() != Sync::NoRelay {
        lines.push(act(Glyph::CloudCheck, t::sync_now(), Deed::Sync).quiet());
    }
    lines
}

fn places() -> Vec<Line> {
    let group = shell::go_to();
    let go =
        |glyph, title: &str, path: &str| Line::new(group, glyph, title, Deed::Go(path.to_owned()));
    let mut lines = vec![
        go(Glyph::Sun, shell::today(), "/"),
        go(Glyph::Clock, agenda_texts::title(), "/agenda"),
        go(Glyph::Building, shell::clients(), "/clients"),
        go(Glyph::Flag, complaint_texts::title(), "/complaints"),
        go(Glyph::Briefcase, shell::firm(), "/firm"),
        go(Glyph::Split, history_texts::desk(), "/firm/conflicts"),
        go(Glyph::People, team_texts::coverage(), "/firm/coverage"),
        go(Glyph::Sliders, shell::settings(), "/settings"),
    ];
    lines.extend(of_kinds(DocumentId::Firm, group));
    lines
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn what_was_typed_names_an_act() {
        let line = Line::new("", Glyph::Plus, "Neue Beschwerde", Deed::Log).detail("Müller & Co");
        let check =
            |words: &[&str], expected| assert_eq!(matches(&line, words), expected, "{words:?}");
        check(&["neue"], Some(true));
        check(&["besch", "neu"], Some(true));
        check(&["muller"], Some(true));
        check(&["schwerde"], Some(false));
        check(&["neue", "zusage"], None);
    }
}
