//! Taking in files: first a dry run that says what would become of every row, then, if wanted, the import, and its undoing.

pub mod done;
pub mod dry_run;

use std::collections::VecDeque;

use handbook::{DocumentId, RecordId, import::Plan, records::CLIENT};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_query_map;

use self::{done::Done, dry_run::DryRun};
use crate::{
    pages::shell::use_above,
    platform::files::{self, FileError, PickedFile},
    texts::{error::Told, settings as t, trouble},
    ui::{
        candidates::candidates,
        icons::{Glyph, Icon},
        model::{ImportSource, Imported},
        section::Section,
        state::{AppState, Trouble, use_app},
        toast::{Toasts, use_toasts},
    },
};

/// What the file dialog offers first.
const ACCEPTED: &str = ".csv,.xlsx,.vcf,.eml,.ics,.json,text/csv,text/vcard,text/calendar,message/rfc822,application/json,\
    application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Where an import stands.
#[derive(Clone, Copy)]
pub struct Work {
    app: AppState,
    toasts: Toasts,
    client: RwSignal<Option<RecordId>>,
    doing: RwSignal<Option<&'static str>>,
    /// The file that is decided about, and what would become of it.
    plan: RwSignal<Option<(String, Plan)>>,
    /// Files picked together with it: each is read once the one before it is decided, for it may match what that brought.
    waiting: RwSignal<VecDeque<PickedFile>>,
    /// The imports of this device, newest first.
    past: RwSignal<Vec<Imported>>,
    /// The import that was done while the page is open.
    fresh: RwSignal<Option<Imported>>,
    /// What became of undoing one.
    undone: RwSignal<Option<String>>,
}

impl Work {
    fn begin(client: Option<RecordId>) -> Self {
        Self {
            app: use_app(),
            toasts: use_toasts(),
            client: RwSignal::new(client),
            doing: RwSignal::new(None),
            plan: RwSignal::new(None),
            waiting: RwSignal::new(VecDeque::new()),
            past: RwSignal::new(Vec::new()),
            fresh: RwSignal::new(None),
            undone: RwSignal::new(None),
        }
    }

    /// Takes picked or dropped files, and reads the first of them.
    async fn take(self, files: Result<Vec<PickedFile>, FileError>) {
        match files {
            Ok(files) if files.is_empty() => {}
            Ok(files) => {
                let _ = self.waiting.try_set(files.into());
                self.next().await;
            }
            Err(error) => self.toasts.trouble(&Trouble(t::unreadable(&error.told()))),
        }
    }

    /// Reads the next file of which something can be taken in.
    async fn next(self) {
        let _ = self.plan.try_set(None);
        while let Some(file) = self.waiting.try_update(VecDeque::pop_front).flatten() {
            let _ = self.doing.try_set(Some(t::reading_file()));
            let name = file.name;
            let source = ImportSource {
                name: name.clone(),
                bytes: file.bytes,
                client: self.client.try_get_untracked().flatten(),
            };
            let result = self.app.act(|acts| (acts.dry_run)(source)).await;
            let _ = self.doing.try_set(None);
            match result {
                Ok(plan) => {
                    let _ = self.plan.try_set(Some((name, plan)));
                    return;
                }
                Err(trouble) => self.toasts.trouble(&trouble),
            }
        }
    }

    fn take_in(self) {
        let Some(named) = self.plan.get_untracked() else { return };
        self.doing.set(Some(t::importing()));
        spawn_local(async move {
            let result = self.app.act(|acts| (acts.import)(named)).await;
            let _ = self.doing.try_set(None);
            match result {
                Ok(done) => {
                    self.toasts.done(trouble::imported(done.new, done.matched, done.bad));
                    let _ = self.undone.try_set(None);
                    let _ = self.fresh.try_set(Some(done));
                    self.next().await;
                }
                Err(trouble) => self.toasts.trouble(&trouble),
            }
            self.remember().await;
        });
    }

    /// Reads again which imports this device remembers.
    async fn remember(self) {
        match self.app.act(|acts| (acts.imports)(())).await {
            Ok(past) => {
                let _ = self.past.try_set(past);
            }
            Err(trouble) => self.toasts.trouble(&trouble),
        }
    }

    fn undo(self, import: &Imported) {
        let batch = import.batch;
        self.doing.set(Some(t::undoing()));
        spawn_local(async move {
            let result = self.app.act(|acts| (acts.undo_import)(batch)).await;
            let _ = self.doing.try_set(None);
            match result {
                Ok(sentence) => {
                    let _ = self.fresh.try_update(|fresh| {
                        fresh.take_if(|fresh| fresh.batch == batch);
                    });
                    let _ = self.undone.try_set(Some(sentence));
                }
                Err(trouble) => self.toasts.trouble(&trouble),
            }
            self.remember().await;
        });
    }
}

#[component]
pub fn Import() -> impl IntoView {
    let query = use_query_map();
    let work = Work::begin(query.with_untracked(|query| query.get("client")?.parse().ok()));
    spawn_local(work.remember());
    let above = use_above();
    Effect::new(move |_| {
        // Taken at once, so that coming back to this page does not read them again.
        if above.dropped.with(|files| !files.is_empty())
            && let Some(files) = above.dropped.try_update(std::mem::take)
        {
            if let Some(client) = above.dropped_for.try_update(Option::take).flatten() {
                work.client.set(Some(client));
            }
            spawn_local(work.take(Ok(files)));
        }
    });
    view! {
        <div id="import">
            <Section title=t::import()>
                <div class="import">
                    <p class="lead">{t::import_help()}</p>
                    <Choose work=work />
                    <div role="status">
                        {move || work.doing.get().map(|words| view! { <p class="saved">{words}</p> })}
                    </div>
                    {move || work.plan.get().map(|(file, plan)| view! { <DryRun work=work file=file plan=plan /> })}
                    <Done work=work />
                </div>
            </Section>
        </div>
    }
}

#[component]
fn Choose(work: Work) -> impl IntoView {
    let app = work.app;
    let options = move || {
        let chosen = work.client.get_untracked();
        candidates(&app, DocumentId::Firm, CLIENT)
            .into_iter()
            .map(|(id, name)| view! { <option value=id.to_string() selected=Some(id) == chosen>{name}</option> })
            .collect_view()
    };
    let pick = move |_| {
        spawn_local(async move {
            let files = files::pick(ACCEPTED, true).await;
            work.take(files).await;
        });
    };
    view! {
        <div
            class="drop"
            on:dragover=move |event| event.prevent_default()
            on:drop=move |event| {
                let files = files::dropped(&event);
                spawn_local(async move { work.take(files.await).await });
            }
        >
            <button type="button" class="button" on:click=pick>
                <Icon glyph=Glyph::Download small=true />
                {t::choose_file()}
            </button>
            <span class="support">{t::drop_here()}</span>
            <label class="inline-field">
                <span class="support">{t::belongs_to()}</span>
                <select
                    class="input medium"
                    aria-describedby="import-belongs"
                    on:change=move |event| work.client.set(event_target_value(&event).parse().ok())
                >
                    <option value="">{t::no_client()}</option>
                    {options}
                </select>
            </label>
            <p id="import-belongs" class="quiet-words">{t::belongs_help()}</p>
        </div>
    }
}
