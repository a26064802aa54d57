//! The three doors: start a workspace, join a team, look around.

pub mod dialogs;

use leptos::{prelude::*, task::spawn_local};

use self::dialogs::{JoinDialog, LinkDialog, RecoverDialog, StartDialog};
use crate::{
    platform::{address::SHEET_FRAGMENT, dom},
    texts::{roster, start as t},
    ui::{
        icons::{Glyph, Icon},
        language::OtherLanguage,
        line::{Line, LineOf},
        mark::{Door, DoorDrawing, Mark},
        model::{Arrived, Emptied as Why, Stage},
        state::{AppState, Pending, use_app},
    },
};

/// What is being done behind a door, and what went wrong there.
#[derive(Clone, Copy)]
pub struct Work {
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
            <Line id="invitation-link" label=t::invitation_link() of=LineOf::Code text=link problem=problem />
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
