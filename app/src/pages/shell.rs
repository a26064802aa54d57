//! What stands around every page: the rail, or the bars above and below where there is no room for one.

use handbook::RecordId;
use leptos::{ev, prelude::*, task::spawn_local};
use leptos_router::{components::Outlet, hooks::use_location};

use super::{
    client::as_of::AsOfWatch,
    conflicts::ConflictsLink,
    drop::DropAnywhere,
    log::{LogSheet, prefill::Prefill},
    palette::Palette,
    reach::{LogIt, Reached},
    setup::SetUpDialog,
    stopped::StopDialog,
    team::{self, out::OutNotice},
    undo::UndoKeys,
};
use crate::{
    platform::{dom, files::PickedFile, worker},
    texts::{roster, shell as t},
    ui::{
        icons::{Glyph, Icon},
        mark::Mark,
        place,
        state::use_app,
        toast::use_toasts,
        words::SyncLine,
    },
};

/// What lies above the page; made once, found in the context.
#[derive(Clone, Copy)]
pub struct Above {
    /// The log sheet.
    pub log: RwSignal<bool>,
    /// The client one looks at, by the page's address: what the log sheet, the palette and a dropped file are for.
    pub log_for: RwSignal<Option<RecordId>>,
    /// What the log sheet begins with, where something is known before it opens; taken by the sheet.
    pub log_with: RwSignal<Option<Prefill>>,
    /// Whom somebody just called or wrote to, until they log it or say not now.
    pub reached: RwSignal<Option<Reached>>,
    /// Files dropped anywhere or shared to us; taken by the import.
    pub dropped: RwSignal<Vec<PickedFile>>,
    /// The client that was looked at when they were dropped.
    pub dropped_for: RwSignal<Option<RecordId>>,
    /// The search.
    pub palette: RwSignal<bool>,
    /// Setting the workspace up on its relay.
    pub set_up: RwSignal<bool>,
}

impl Above {
    /// Everything closed.
    pub fn new() -> Self {
        Self {
            log: RwSignal::new(false),
            log_for: RwSignal::new(None),
            log_with: RwSignal::new(None),
            reached: RwSignal::new(None),
            dropped: RwSignal::new(Vec::new()),
            dropped_for: RwSignal::new(None),
            palette: RwSignal::new(false),
            set_up: RwSignal::new(false),
        }
    }

    /// Opens the log sheet with what is known already.
    pub fn log_prefilled(&self, with: Prefill) {
        self.log_with.set(Some(with));
        self.log.set(true);
    }
}

impl Default for Above {
    fn default() -> Self {
        Self::new()
    }
}

/// Finds what lies above the page.
pub fn use_above() -> Above {
    expect_context::<Above>()
}

#[derive(Clone, Copy)]
struct Destination {
    path: &'static str,
    words: fn() -> &'static str,
    glyph: Glyph,
}

const DESTINATIONS: [Destination; 4] = [
    Destination { path: "/", words: t::today, glyph: Glyph::Sun },
    Destination { path: "/clients", words: t::clients, glyph: Glyph::Building },
    Destination { path: "/firm", words: t::firm, glyph: Glyph::Briefcase },
    Destination { path: "/settings", words: t::settings, glyph: Glyph::Sliders },
];

impl Destination {
    /// Complaints are reached from clients, so the desk belongs to them.
    fn holds(self, path: &str) -> bool {
        match self.path {
            "/" => path == "/" || path.starts_with("/agenda"),
            "/clients" => path.starts_with("/clients") || path.starts_with("/complaints"),
            own => path.starts_with(own),
        }
    }
}

/// The frame of the workspace.
#[component]
pub fn Shell() -> impl IntoView {
    let above = use_above();
    let location = use_location();
    let keys = window_event_listener(ev::keydown, move |event| {
        if (event.ctrl_key() || event.meta_key()) && event.key().eq_ignore_ascii_case("k") {
            event.prevent_default();
            above.palette.set(true);
        }
    });
    on_cleanup(move || keys.remove());
    // Whatever lies above the page is for the client one looks at.
    Effect::new(move |_| above.log_for.set(place::client_of(&location.pathname.get())));
    // Another page begins at its top and takes the focus, so that screen readers hear of it.
    Effect::new(move |before: Option<String>| {
        let path = location.pathname.get();
        if before.is_some_and(|before| before != path) {
            dom::scroll_to_top();
            dom::focus("main");
        }
        path
    });
    view! {
        <a class="skip" href="#main" rel="external">{t::skip_to_content()}</a>
        <div class="shell">
            <Rail />
            <TopBar />
            <main id="main" tabindex="-1">
                <Outlet />
            </main>
            <BottomBar />
        </div>
        <LogSheet />
        <LogIt />
        <DropAnywhere />
        <Palette />
        <SetUpDialog />
        <StopDialog />
        <UndoKeys />
        <AsOfWatch />
    }
}

#[component]
fn Rail() -> impl IntoView {
    let app = use_app();
    let above = use_above();
    view! {
        <div class="rail">
            <div class="firm-name">
                <Mark />
                <div>
                    <strong>"Rapport"</strong>
                    <span>{move || app.workspace.with(|workspace| workspace.firm.clone())}</span>
                </div>
            </div>
            <SearchButton />
            <nav class="places" aria-label=t::places()>
                {DESTINATIONS.map(|place| view! { <Place place=place class="place" counted=true /> }).collect_view()}
            </nav>
            <div class="rail-foot">
                <button type="button" class="button firm" on:click=move |_| above.log.set(true)>
                    <Icon glyph=Glyph::Pen />
                    {t::log_touchpoint()}
                </button>
                <ConflictsLink class="rail-unsettled" />
                <SyncLine />
            </div>
        </div>
    }
}

#[component]
fn TopBar() -> impl IntoView {
    view! {
        <header class="top-bar">
            <Mark />
            <SyncLine />
            <SearchButton />
        </header>
    }
}

#[component]
fn BottomBar() -> impl IntoView {
    let above = use_above();
    let [today, clients, firm, settings] = DESTINATIONS;
    view! {
        <nav class="bottom-bar" aria-label=t::places()>
            <Place place=today class="bar-place" />
            <Place place=clients class="bar-place" />
            <button
                type="button"
                class="bar-place log"
                aria-label=t::log_touchpoint()
                on:click=move |_| above.log.set(true)
            >
                <Icon glyph=Glyph::Pen />
                {t::log()}
            </button>
            <Place place=firm class="bar-place" />
            <Place place=settings class="bar-place" />
        </nav>
    }
}

#[component]
fn Place(
    place: Destination,
    class: &'static str,
    #[prop(optional)] counted: bool,
) -> impl IntoView {
    let app = use_app();
    let location = use_location();
    let current = move || place.holds(&location.pathname.get()).then_some("page");
    let count = move || {
        let reasons = (counted && place.path == "/").then(|| app.attention().len())?;
        (reasons > 0).then(|| view! { <span class="count" aria-hidden="true">{reasons}</span> })
    };
    view! {
        <a class=class href=place.path aria-current=current>
            <Icon glyph=place.glyph />
            {(place.words)()}
            {count}
        </a>
    }
}

#[component]
fn SearchButton() -> impl IntoView {
    let above = use_above();
    view! {
        <button type="button" class="search-button" aria-label=t::search() on:click=move |_| above.palette.set(true)>
            <Icon glyph=Glyph::Search />
            <span>{t::search()}</span>
            <kbd aria-hidden="true">{t::search_key()}</kbd>
        </button>
    }
}

/// A page's column, with the note that marks the sample firm on every page.
#[component]
pub fn Page(
    /// The title of the tab.
    #[prop(into)]
    title: Signal<String>,
    /// The page.
    children: Children,
) -> impl IntoView {
    Effect::new(move |_| dom::set_title(&format!("{} · Rapport", title.get())));
    view! {
        <div class="page">
            <Notices />
            {children()}
        </div>
    }
}

/// What concerns every page: that this is the sample, that this device is out of the team or came back by the kit, that a
/// newer version is ready.
#[component]
pub fn Notices() -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let discard = move |_| {
        spawn_local(async move {
            if let Err(trouble) = app.act(|acts| (acts.discard_sample)(())).await {
                toasts.trouble(&trouble);
            }
        });
    };
    let sample = Memo::new(move |_| app.workspace.with(|workspace| workspace.sample));
    let recovered = Memo::new(move |_| app.workspace.with(|workspace| workspace.was_recovered));
    let update = Memo::new(move |_| app.device.with(|device| device.update_ready));
    view! {
        <Show when=move || sample.get()>
            <div class="sample-note">
                <p>{t::sample_note()}</p>
                <button type="button" class="button" on:click=discard>
                    {t::discard_sample()}
                </button>
            </div>
        </Show>
        <OutNotice />
        <Show when=move || recovered.get()>
            <div class="sample-note">
                <p>{roster::kit_used_notice()}</p>
                <a class="button" href=team::PATH>
                    {roster::kit_used_act()}
                </a>
            </div>
        </Show>
        <Show when=move || update.get()>
            <div class="sample-note">
                <p>{t::update_ready()}</p>
                <button type="button" class="button" on:click=move |_| spawn_local(worker::apply())>
                    {t::update_now()}
                </button>
            </div>
        </Show>
    }
}
