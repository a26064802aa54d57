//! The three doors: start a workspace, join a team, look around.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    platform::{
        address::{self, SHEET_FRAGMENT},
        dom,
    },
    texts::{roster, start as t},
    ui::{
        field::{ErrorSummary, FieldFrame},
        icons::{Glyph, Icon},
        language::OtherLanguage,
        mark::{Door, DoorDrawing, Mark},
        model::{Arrived, Emptied as Why, Stage},
        sheet::{Dialog, DialogFoot, open_while},
        state::{AppState, Join, Pending, Recover, Start, use_app},
    },
};

/// What is being done behind a door, and what went wrong there.
#[derive(Clone, Copy)]
struct Work {
    app: AppState,
    doing: RwSignal<Option<&'static str>>,
    trouble: RwSignal<Option<String>>,
}

impl Work {
    fn run(self, words: &'static str, act: Pending<()>) {
        self.doing.set(Some(words));
        self.trouble.set(None);
        spawn_local(async move {
            let result = act.await;
            let _ = self.doing.try_set(None);
            if let Err(trouble) = result {
                let _ = self.trouble.try_set(Some(trouble.0));
            }
        });
    }

    fn busy(self) -> bool {
        self.doing.get().is_some()
    }
}

/// Where the app begins on a device without a workspace.
#[component]
pub fn StartPage() -> impl IntoView {
    let app = use_app();
    let work = Work { app, doing: RwSignal::new(None), trouble: RwSignal::new(None) };
    let starting = RwSignal::new(false);
    let joining = RwSignal::new(false);
    let token = RwSignal::new(String::new());
    let link = RwSignal::new(String::new());
    let linking = RwSignal::new(None::<String>);
    let recovering = RwSignal::new(false);
    let phrase = RwSignal::new(String::new());
    dom::set_title("Rapport");
    // A link that brought a token or an invitation opens its door by itself.
    Effect::new(move |_| match app.arrived.get() {
        Some(Arrived::Setup(setup)) => {
            token.set(setup);
            starting.set(true);
        }
        Some(Arrived::Join(invitation)) => {
            link.set(invitation);
            joining.set(true);
        }
        Some(Arrived::Link(code)) => linking.set(Some(code)),
        Some(Arrived::Recover(code)) => {
            phrase.set(format!("{SHEET_FRAGMENT}{code}"));
            recovering.set(true);
        }
        None => {}
    });
    let open_sample =
        move |_| work.run(t::working_sample(), app.act(|acts| (acts.open_sample)(())));
    view! {
        <main class="start">
            <header class="start-bar">
                <Mark />
                <strong>"Rapport"</strong>
                <OtherLanguage />
            </header>
            <h1>{t::title()}</h1>
            <p class="lead">{t::lead()}</p>
            <Emptied />
            <Progress work=work />
            <div class="doors">
                <section class="door" aria-label=t::start_title()>
                    <DoorDrawing door=Door::Closed />
                    <h2>{t::start_title()}</h2>
                    <p>{t::start_text()}</p>
                    <div class="door-foot">
                        <button
                            type="button"
                            class="button"
                            class:firm=move || app.stage.get() != Stage::Paused
                            disabled=move || work.busy()
                            on:click=move |_| starting.set(true)
                        >
                            {t::start_workspace()}
                        </button>
                    </div>
                </section>
                <section class="door" aria-label=t::join_title()>
                    <DoorDrawing door=Door::Ajar />
                    <h2>{t::join_title()}</h2>
                    <p>{t::join_text()}</p>
                    <JoinDoor link=link joining=joining recovering=recovering work=work />
                </section>
                <section class="door" aria-label=t::look_title()>
                    <DoorDrawing door=Door::Shelves />
                    <h2>{t::look_title()}</h2>
                    <p>{t::look_text()}</p>
                    <div class="door-foot">
                        <button type="button" class="button" disabled=move || work.busy() on:click=open_sample>
                            {t::open_sample()}
                        </button>
                    </div>
                </section>
            </div>
            <ul class="start-foot">
                <li>
                    <Icon glyph=Glyph::WifiOff />
                    {t::works_offline()}
                </li>
                <li>
                    <Icon glyph=Glyph::Lock />
                    {t::relay_blind()}
                </li>
                <li>
                    <Icon glyph=Glyph::FileOut />
                    {t::leaves_with_you()}
                </li>
            </ul>
        </main>
        <StartDialog open=starting token=token work=work />
        <JoinDialog open=joining link=link work=work />
        <LinkDialog asked=linking work=work />
        <RecoverDialog open=recovering phrase=phrase work=work />
    }
}

/// What is being done, or why it did not work.
#[component]
fn Progress(work: Work) -> impl IntoView {
    let doing = move || {
        let joined = match work.app.stage.get() {
            Stage::Joining(words) => Some(words),
            _ => None,
        };
        joined.or(work.doing.get().map(str::to_owned))
    };
    let joins = Memo::new(move |_| matches!(work.app.stage.get(), Stage::Joining(_)));
    let paused = Memo::new(move |_| work.app.stage.get() == Stage::Paused && !work.busy());
    let cancel = move |_| {
        let cancelling = work.app.act(|acts| (acts.cancel_joining)(()));
        spawn_local(async move { drop(cancelling.await) });
    };
    let resume =
        move |_| work.run(t::working_join(), work.app.act(|acts| (acts.resume_joining)(())));
    view! {
        <div role="status">
            {move || doing().map(|words| view! { <p class="notice"><Icon glyph=Glyph::Clock />{words}</p> })}
        </div>
        <Show when=move || joins.get()>
            <div class="acts">
                <button type="button" class="button" on:click=cancel>
                    {t::cancel_joining()}
                </button>
            </div>
        </Show>
        <Show when=move || paused.get()>
            <p class="notice soon" role="status">
                <Icon glyph=Glyph::Clock />
                {t::joining_paused()}
            </p>
            <div class="acts">
                <button type="button" class="button firm" on:click=resume>
                    {t::joining_resume()}
                </button>
            </div>
        </Show>
        <div role="alert">
            {move || {
                work.trouble
                    .get()
                    .map(|why| {
                        view! {
                            <div class="notice late">
                                <Icon glyph=Glyph::Alert />
                                <p>
                                    <strong class="firm-words">{t::problem_title()}</strong>
                                    " "
                                    {why}
                                </p>
                            </div>
                        }
                    })
            }}
        </div>
    }
}

#[component]
fn JoinDoor(
    link: RwSignal<String>,
    joining: RwSignal<bool>,
    recovering: RwSignal<bool>,
    work: Work,
) -> impl IntoView {
    let problem = RwSignal::new(None::<String>);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let missing = link.get_untracked().trim().is_empty();
        problem.set(missing.then(|| t::link_missing().to_owned()));
        if missing { dom::focus("invitation-link") } else { joining.set(true) }
    };
    view! {
        <form novalidate on:submit=submit>
            <FieldFrame id="invitation-link" label=t::invitation_link() problem=problem>
                <input
                    id="invitation-link"
                    class="input"
                    type="url"
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=link
                    on:input=move |event| link.set(event_target_value(&event))
                />
            </FieldFrame>
            <div class="acts">
                <button type="submit" class="button" disabled=move || work.busy()>
                    {t::join_team()}
                </button>
                <button
                    type="button"
                    class="button quiet"
                    disabled=move || work.busy()
                    on:click=move |_| recovering.set(true)
                >
                    {roster::recover_title()}
                </button>
            </div>
        </form>
    }
}

/// A line of text in one of the dialogs.
#[component]
fn Line(
    id: &'static str,
    label: &'static str,
    #[prop(optional)] help: &'static str,
    #[prop(optional)] autocomplete: &'static str,
    text: RwSignal<String>,
    problems: RwSignal<Vec<(String, String)>>,
) -> impl IntoView {
    let problem = Signal::derive(move || {
        problems.with(|problems| {
            problems.iter().find(|(wrong, _)| wrong == id).map(|(_, why)| why.clone())
        })
    });
    let autocomplete = if autocomplete.is_empty() { "off" } else { autocomplete };
    view! {
        <FieldFrame id=id label=label help=help problem=problem>
            <input
                id=id
                class="input"
                type="text"
                autocomplete=autocomplete
                prop:value=text
                on:input=move |event| text.set(event_target_value(&event))
            />
        </FieldFrame>
    }
}

/// What is missing, by the ids of the inputs.
fn missing(asked: &[(&str, RwSignal<String>, &str)]) -> Vec<(String, String)> {
    asked
        .iter()
        .filter(|(_, text, _)| text.with_untracked(|text| text.trim().is_empty()))
        .map(|(id, _, why)| ((*id).to_owned(), (*why).to_owned()))
        .collect()
}

#[component]
fn StartDialog(open: RwSignal<bool>, token: RwSignal<String>, work: Work) -> impl IntoView {
    let firm = RwSignal::new(String::new());
    let name = RwSignal::new(String::new());
    let problems = RwSignal::new(Vec::new());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        problems.set(missing(&[
            ("firm-name", firm, t::firm_missing()),
            ("your-name", name, t::name_missing()),
        ]));
        if problems.with_untracked(|problems| !problems.is_empty()) {
            return;
        }
        open.set(false);
        let start = Start {
            firm: firm.get_untracked().trim().to_owned(),
            name: name.get_untracked().trim().to_owned(),
            token: bare_token(&token.get_untracked()),
        };
        work.run(t::working_start(), work.app.act(|acts| (acts.start)(start)));
    };
    view! {
        <Dialog id="start-dialog" title=Signal::stored(t::start_title().to_owned()) open=open>
            <form class="fields" novalidate on:submit=submit>
                <ErrorSummary problems=problems />
                <Line id="firm-name" label=t::firm_name() autocomplete="organization" text=firm problems=problems />
                <Line id="your-name" label=t::your_name() help=t::your_name_help() autocomplete="name" text=name problems=problems />
                <Line id="setup-token" label=t::setup_link() help=t::setup_link_help() text=token problems=problems />
                <DialogFoot open=open words=t::start_workspace() />
            </form>
        </Dialog>
    }
}

#[component]
fn JoinDialog(open: RwSignal<bool>, link: RwSignal<String>, work: Work) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let problems = RwSignal::new(Vec::new());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        problems.set(missing(&[
            ("join-link", link, t::link_missing()),
            ("join-name", name, t::name_missing()),
        ]));
        if problems.with_untracked(|problems| !problems.is_empty()) {
            return;
        }
        open.set(false);
        let join = Join {
            link: link.get_untracked().trim().to_owned(),
            name: name.get_untracked().trim().to_owned(),
        };
        work.run(t::working_join(), work.app.act(|acts| (acts.join)(join)));
    };
    view! {
        <Dialog id="join-dialog" title=Signal::stored(t::join_title().to_owned()) open=open>
            <form class="fields" novalidate on:submit=submit>
                <ErrorSummary problems=problems />
                <Line id="join-name" label=t::your_name() help=t::your_name_help() autocomplete="name" text=name problems=problems />
                <Line id="join-link" label=t::invitation_link() text=link problems=problems />
                <DialogFoot open=open words=t::join_team() />
            </form>
        </Dialog>
    }
}

/// A further device of somebody: no name is asked for, for they have one.
#[component]
fn LinkDialog(asked: RwSignal<Option<String>>, work: Work) -> impl IntoView {
    let open = open_while(asked);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(code) = asked.get_untracked() else { return };
        open.set(false);
        work.run(roster::working_link(), work.app.act(|acts| (acts.link)(code)));
    };
    view! {
        <Dialog id="link-dialog" title=Signal::stored(roster::link_title().to_owned()) open=open>
            <form class="fields" on:submit=submit>
                <p class="lead">{roster::link_text()}</p>
                <DialogFoot open=open words=roster::link_this() />
            </form>
        </Dialog>
    }
}

/// An owner comes back with a sheet of paper.
#[component]
fn RecoverDialog(open: RwSignal<bool>, phrase: RwSignal<String>, work: Work) -> impl IntoView {
    let number = RwSignal::new(String::new());
    let relay = RwSignal::new(address::origin());
    let problems = RwSignal::new(Vec::new());
    // A link says all the rest.
    let typed = Memo::new(move |_| phrase.with(|phrase| !phrase.contains(SHEET_FRAGMENT)));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let mut asked = vec![("recover-phrase", phrase, roster::phrase_missing())];
        if typed.get_untracked() {
            asked.push(("recover-number", number, roster::number_missing()));
        }
        problems.set(missing(&asked));
        if problems.with_untracked(|problems| !problems.is_empty()) {
            return;
        }
        open.set(false);
        let recover = Recover {
            phrase: phrase.get_untracked(),
            number: number.get_untracked(),
            relay: relay.get_untracked(),
        };
        work.run(roster::working_recover(), work.app.act(|acts| (acts.recover)(recover)));
    };
    view! {
        <Dialog id="recover-dialog" title=Signal::stored(roster::recover_title().to_owned()) open=open>
            <form class="fields" novalidate on:submit=submit>
                <p class="lead">{roster::recover_text()}</p>
                <ErrorSummary problems=problems />
                <Line id="recover-phrase" label=roster::recover_phrase() text=phrase problems=problems />
                <Show when=move || typed.get()>
                    <Line
                        id="recover-number"
                        label=roster::recover_number()
                        help=roster::recover_number_help()
                        text=number
                        problems=problems
                    />
                    <Line id="recover-relay" label=roster::recover_relay() text=relay problems=problems />
                </Show>
                <DialogFoot open=open words=roster::recover() />
            </form>
        </Dialog>
    }
}

/// Why there is no workspace here any more.
#[component]
fn Emptied() -> impl IntoView {
    let app = use_app();
    let words = move || {
        app.emptied.get().map(|why| match why {
            Why::ByTeam => roster::emptied(),
            Why::ByPerson => roster::emptied_by_you(),
        })
    };
    view! {
        <div role="status">
            {move || words().map(|words| view! { <p class="notice soon"><Icon glyph=Glyph::Alert />{words}</p> })}
        </div>
    }
}

/// People paste the whole set-up link as well as the token in it.
fn bare_token(pasted: &str) -> String {
    let pasted = pasted.trim();
    pasted.rsplit_once("#setup=").map_or(pasted, |(_, token)| token).to_owned()
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn tokens_are_taken_out_of_links() {
        let check = |given: &str, expected: &str| assert_eq!(bare_token(given), expected);
        check(" http://localhost:7117/#setup=abc ", "abc");
        check("abc", "abc");
        check("", "");
    }
}
