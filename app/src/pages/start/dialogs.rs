//! What each of the three doors asks.

use leptos::prelude::*;

use super::Work;
use crate::{
    platform::address::{self, SHEET_FRAGMENT},
    texts::{roster, start as t},
    ui::{
        field::ErrorSummary,
        line::{Line, LineOf},
        sheet::{Dialog, DialogFoot, open_while},
        state::{Join, Recover, Start},
    },
};

/// What is wrong in a dialog: the ids of the inputs, and why.
type Problems = RwSignal<Vec<(String, String)>>;

/// A line of one of the dialogs, with what is wrong with it.
#[component]
pub fn Asked(
    id: &'static str,
    label: &'static str,
    #[prop(optional)] help: &'static str,
    of: LineOf,
    text: RwSignal<String>,
    problems: Problems,
) -> impl IntoView {
    let problem = Signal::derive(move || {
        problems.with(|problems| {
            problems.iter().find(|(wrong, _)| wrong == id).map(|(_, why)| why.clone())
        })
    });
    view! { <Line id=id label=label help=help of=of text=text problem=problem /> }
}

/// A line that must not be empty: the id of its input, its text, and what is said if it is.
type Required = (&'static str, RwSignal<String>, &'static str);

/// Closes the dialog and goes on, unless something is missing.
fn once_complete(
    open: RwSignal<bool>,
    problems: Problems,
    required: impl Fn() -> Vec<Required> + Copy + 'static,
    go_on: impl Fn() + Copy + 'static,
) -> impl Fn(leptos::ev::SubmitEvent) + Copy + 'static {
    move |event| {
        event.prevent_default();
        let missing = required()
            .into_iter()
            .filter(|(_, text, _)| text.with_untracked(|text| text.trim().is_empty()))
            .map(|(id, _, why)| (id.to_owned(), why.to_owned()))
            .collect::<Vec<_>>();
        let complete = missing.is_empty();
        problems.set(missing);
        if complete {
            open.set(false);
            go_on();
        }
    }
}

#[component]
pub fn StartDialog(open: RwSignal<bool>, token: RwSignal<String>, work: Work) -> impl IntoView {
    let firm = RwSignal::new(String::new());
    let name = RwSignal::new(String::new());
    let problems = RwSignal::new(Vec::new());
    let required = move || {
        vec![("firm-name", firm, t::firm_missing()), ("your-name", name, t::name_missing())]
    };
    let submit = once_complete(open, problems, required, move || {
        let start = Start {
            firm: firm.get_untracked().trim().to_owned(),
            name: name.get_untracked().trim().to_owned(),
            token: bare_token(&token.get_untracked()),
        };
        work.run(t::working_start(), work.app.act(|acts| (acts.start)(start)));
    });
    view! {
        <Dialog id="start-dialog" title=Signal::stored(t::start_title().to_owned()) open=open>
            <form class="fields" novalidate on:submit=submit>
                <ErrorSummary problems=problems />
                <Asked id="firm-name" label=t::firm_name() of=LineOf::Known("organization") text=firm problems=problems />
                <Asked id="your-name" label=t::your_name() help=t::your_name_help() of=LineOf::Known("name") text=name problems=problems />
                <Asked id="setup-token" label=t::setup_link() help=t::setup_link_help() of=LineOf::Code text=token problems=problems />
                <DialogFoot open=open words=t::start_workspace() />
            </form>
        </Dialog>
    }
}

#[component]
pub fn JoinDialog(open: RwSignal<bool>, link: RwSignal<String>, work: Work) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let problems = RwSignal::new(Vec::new());
    let required = move || {
        vec![("join-link", link, t::link_missing()), ("join-name", name, t::name_missing())]
    };
    let submit = once_complete(open, problems, required, move || {
        let join = Join {
            link: link.get_untracked().trim().to_owned(),
            name: name.get_untracked().trim().to_owned(),
        };
        work.run(t::working_join(), work.app.act(|acts| (acts.join)(join)));
    });
    view! {
        <Dialog id="join-dialog" title=Signal::stored(t::join_title().to_owned()) open=open>
            <form class="fields" novalidate on:submit=submit>
                <ErrorSummary problems=problems />
                <Asked id="join-name" label=t::your_name() help=t::your_name_help() of=LineOf::Known("name") text=name problems=problems />
                <Asked id="join-link" label=t::invitation_link() of=LineOf::Code text=link problems=problems />
                <DialogFoot open=open words=t::join_team() />
            </form>
        </Dialog>
    }
}

/// A further device of somebody: no name is asked for, for they have one.
#[component]
pub fn LinkDialog(asked: RwSignal<Option<String>>, work: Work) -> impl IntoView {
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
pub fn RecoverDialog(open: RwSignal<bool>, phrase: RwSignal<String>, work: Work) -> impl IntoView {
    let number = RwSignal::new(String::new());
    let relay = RwSignal::new(address::origin());
    let problems = RwSignal::new(Vec::new());
    // A link says all the rest.
    let typed = Memo::new(move |_| phrase.with(|phrase| !phrase.contains(SHEET_FRAGMENT)));
    let required = move || {
        let mut required = vec![("recover-phrase", phrase, roster::phrase_missing())];
        if typed.get_untracked() {
            required.push(("recover-number", number, roster::number_missing()));
        }
        required
    };
    let submit = once_complete(open, problems, required, move || {
        let recover = Recover {
            phrase: phrase.get_untracked(),
            number: number.get_untracked(),
            relay: relay.get_untracked(),
        };
        work.run(roster::working_recover(), work.app.act(|acts| (acts.recover)(recover)));
    });
    view! {
        <Dialog id="recover-dialog" title=Signal::stored(roster::recover_title().to_owned()) open=open>
            <form class="fields" novalidate on:submit=submit>
                <p class="lead">{roster::recover_text()}</p>
                <ErrorSummary problems=problems />
                <Asked id="recover-phrase" label=roster::recover_phrase() of=LineOf::Code text=phrase problems=problems />
                <Show when=move || typed.get()>
                    <Asked
                        id="recover-number"
                        label=roster::recover_number()
                        help=roster::recover_number_help()
                        of=LineOf::Code
                        text=number
                        problems=problems
                    />
                    <Asked id="recover-relay" label=roster::recover_relay() of=LineOf::Code text=relay problems=problems />
                </Show>
                <DialogFoot open=open words=roster::recover() />
            </form>
        </Dialog>
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
