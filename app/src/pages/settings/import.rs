//! Taking in files: first a dry run that says what would become of every row, then, if wanted, the import.

use handbook::{
    DocumentId, RecordId,
    import::{Fate, Plan, PlannedRow},
    records::CLIENT,
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_query_map;

use crate::{
    platform::files::{self, FileError, PickedFile},
    texts::{error::Told, language, record as record_texts, say, settings as t, tell},
    ui::{
        candidates::candidates,
        icons::{Glyph, Icon},
        model::ImportSource,
        section::Section,
        state::{AppState, Trouble, use_app},
        toast::{Toasts, use_toasts},
    },
};

/// A dry run lists so many rows; the counts above tell of all.
const LISTED: usize = 200;

/// Where an import stands.
#[derive(Clone, Copy)]
struct Work {
    app: AppState,
    toasts: Toasts,
    client: RwSignal<Option<RecordId>>,
    doing: RwSignal<Option<&'static str>>,
    plan: RwSignal<Option<Plan>>,
}

impl Work {
    /// Reads picked or dropped files, the first of them.
    async fn read(self, files: Result<Vec<PickedFile>, FileError>) {
        let file = match files {
            Ok(files) => files.into_iter().next(),
            Err(error) => {
                self.toasts.trouble(&Trouble(t::unreadable(&error.told())));
                None
            }
        };
        let Some(file) = file else { return };
        let _ = self.doing.try_set(Some(t::reading_file()));
        let source = ImportSource {
            name: file.name,
            bytes: file.bytes,
            client: self.client.get_untracked(),
        };
        let result = self.app.act(|acts| (acts.dry_run)(source)).await;
        let _ = self.doing.try_set(None);
        match result {
            Ok(plan) => {
                let _ = self.plan.try_set(Some(plan));
            }
            Err(trouble) => self.toasts.trouble(&trouble),
        }
    }

    fn take_in(self) {
        let Some(plan) = self.plan.get_untracked() else { return };
        self.doing.set(Some(t::importing()));
        spawn_local(async move {
            let result = self.app.act(|acts| (acts.import)(plan)).await;
            let _ = self.doing.try_set(None);
            match result {
                Ok(sentence) => {
                    let _ = self.plan.try_set(None);
                    self.toasts.done(sentence);
                }
                Err(trouble) => self.toasts.trouble(&trouble),
            }
        });
    }
}

#[component]
pub fn Import() -> impl IntoView {
    let query = use_query_map();
    let client = query.with_untracked(|query| query.get("client")?.parse().ok());
    let work = Work {
        app: use_app(),
        toasts: use_toasts(),
        client: RwSignal::new(client),
        doing: RwSignal::new(None),
        plan: RwSignal::new(None),
    };
    view! {
        <div id="import">
            <Section title=t::import()>
                <div class="import">
                    <p class="lead">{t::import_help()}</p>
                    <Choose work=work />
                    <div role="status">
                        {move || work.doing.get().map(|words| view! { <p class="saved">{words}</p> })}
                    </div>
                    {move || work.plan.get().map(|plan| view! { <DryRun work=work plan=plan /> })}
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
            let files = files::pick(".csv,.vcf,text/csv,text/vcard", false).await;
            work.read(files).await;
        });
    };
    view! {
        <div
            class="drop"
            on:dragover=move |event| event.prevent_default()
            on:drop=move |event| {
                let files = files::dropped(&event);
                spawn_local(async move { work.read(files.await).await });
            }
        >
            <button type="button" class="button" on:click=pick>
                <Icon glyph=Glyph::Download small=true />
                {t::choose_file()}
            </button>
            <span class="support">{t::drop_here()}</span>
            <label class="inline-field">
                <span class="support">{t::cards_for()}</span>
                <select class="input medium" on:change=move |event| work.client.set(event_target_value(&event).parse().ok())>
                    <option value="">{t::no_client()}</option>
                    {options}
                </select>
            </label>
        </div>
    }
}

#[component]
fn DryRun(work: Work, plan: Plan) -> impl IntoView {
    let count =
        |wanted: fn(&Fate) -> bool| plan.rows.iter().filter(|row| wanted(&row.fate)).count();
    let new = count(|fate| matches!(fate, Fate::New));
    let matched = count(|fate| matches!(fate, Fate::Matches { .. }));
    let bad = count(|fate| matches!(fate, Fate::Bad(_)));
    let something = !plan.writes.is_empty();
    let rows = plan.rows.iter().take(LISTED).map(row_line).collect_view();
    let columns = plan.columns.iter().map(column_line).collect_view();
    let bad_file = plan.bad.clone().map(|rows| {
        let save = move |_| {
            files::save(t::bad_file_name(), "text/csv", rows.csv(language()).into_bytes());
        };
        view! {
            <button type="button" class="button" on:click=save>
                {t::download_bad()}
            </button>
        }
    });
    view! {
        <div class="dry-run">
            <h3 class="sub-head">{t::dry_run()}": "{t::fates(new, matched, bad)}</h3>
            <details>
                <summary class="button quiet flush-start">{t::columns()}</summary>
                <ul>{columns}</ul>
            </details>
            <div class="scroll-wide">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col" class="number">{t::line()}</th>
                            <th scope="col">{t::row()}</th>
                            <th scope="col">{t::fate()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <div class="form-foot">
                {if something {
                    view! {
                        <button
                            type="button"
                            class="button firm"
                            disabled=move || work.doing.get().is_some()
                            on:click=move |_| work.take_in()
                        >
                            {t::take_in()}
                        </button>
                    }
                        .into_any()
                } else {
                    view! { <p class="lead">{t::nothing_to_import()}</p> }.into_any()
                }}
                {bad_file}
                <button type="button" class="button quiet" on:click=move |_| work.plan.set(None)>
                    {t::forget()}
                </button>
            </div>
        </div>
    }
}

fn row_line(row: &PlannedRow) -> impl IntoView + use<> {
    let fate = match &row.fate {
        Fate::New => view! { <span class="state kept"><Icon glyph=Glyph::Plus small=true />{t::fate_new()}</span> }.into_any(),
        Fate::Matches { title, fills } => {
            view! { <span class="state"><Icon glyph=Glyph::Check small=true />{t::matches(title, *fills)}</span> }.into_any()
        }
        Fate::Bad(why) => {
            view! { <span class="state late wraps"><Icon glyph=Glyph::Octagon small=true />{tell(why)}</span> }.into_any()
        }
    };
    view! {
        <tr>
            <td class="number">{row.line}</td>
            <td>{if row.title.is_empty() { record_texts::nothing().to_owned() } else { row.title.clone() }}</td>
            <td>{fate}</td>
        </tr>
    }
}

/// Which field a column of the file was recognised as.
fn column_line(
    (heading, field): &(String, Option<(&'static str, &'static str)>),
) -> impl IntoView + use<> {
    let words = field
        .and_then(|(kind, field)| {
            let kind = handbook::kind(kind)?;
            Some(format!("{}, {}", say(kind.one), say(kind.field(field)?.label)))
        })
        .unwrap_or_else(|| t::left_out().to_owned());
    view! {
        <li class="settings-row">
            <span>{heading.clone()}</span>
            <span class="support">{words}</span>
        </li>
    }
}
