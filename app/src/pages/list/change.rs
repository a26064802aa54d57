//! One change to all that is selected: chosen, said before it is done, done as one act, taken back as one.

pub mod value;

use std::{collections::HashMap, sync::Arc};

use handbook::{
    Choice, DocumentId, Field, Kind, Record, RecordId, Row, Value,
    bulk::{self, Change, Plan, settable, word_sets},
    records::{CLIENT, Member, Role},
};
use leptos::{prelude::*, task::spawn_local};
use uuid::Uuid;

use self::value::NewValue;
use super::{Line, Listing};
use crate::{
    texts::{list as t, record as record_texts, say, shell, tell},
    ui::{
        icons::{Glyph, Icon},
        model::Batch,
        sheet::Dialog,
        state::{AppState, use_app},
        toast::use_toasts,
        value::shown,
    },
};

/// Roles that many clients may be given at once: those that each client has one holder of.
const ROLES: [Role; 2] = [Role::AccountManager, Role::ClientSponsor];

/// What can be done to many.
#[derive(Clone, Copy, PartialEq)]
pub enum Way {
    /// A field gets a value; by its place in the kind.
    Set(usize),
    /// A set gets a member.
    Include(usize),
    /// A set loses a member.
    Exclude(usize),
    /// Somebody takes over a role.
    Assign(Role),
    /// Clients are put away.
    Archive,
    /// Records are deleted.
    Delete,
}

/// What was done last, to be taken back.
#[derive(Clone, PartialEq)]
struct Done {
    words: String,
    batch: Uuid,
    documents: Vec<DocumentId>,
}

/// The bar over what is selected, its dialog, and the way back.
#[component]
pub fn ChangeMany(listing: Listing) -> impl IntoView {
    let app = use_app();
    let open = RwSignal::new(false);
    let done = RwSignal::new(None::<Done>);
    let undone = RwSignal::new(None::<String>);
    let chosen = listing.chosen;
    let all = move || listing.found.with(|found| found.len());
    view! {
        <div role="status">
            {move || done.get().filter(|it| app.stands(it.batch)).map(|it| view! { <UndoLine it=it done=done undone=undone /> })}
            {move || {
                undone.get().map(|words| {
                    view! {
                        <div class="notice">
                            <Icon glyph=Glyph::Check />
                            <p>{words}</p>
                        </div>
                    }
                })
            }}
        </div>
        <Show when=move || chosen.selecting.get()>
            <div class="bulk-bar" role="group" aria-label=t::change_many()>
                <p class="firm-words" role="status">
                    {move || t::selected(chosen.count())}
                </p>
                <button type="button" class="button quiet" on:click=move |_| chosen.all()>
                    {move || t::select_all(all())}
                </button>
                <button
                    type="button"
                    class="button firm"
                    disabled=move || chosen.count() == 0
                    on:click=move |_| open.set(true)
                >
                    {t::change()}
                </button>
            </div>
        </Show>
        <Dialog id="change-dialog" title=Signal::stored(t::change_many().to_owned()) open=open>
            <ChangeForm listing=listing open=open done=done undone=undone />
        </Dialog>
    }
}

#[component]
fn UndoLine(
    it: Done,
    done: RwSignal<Option<Done>>,
    undone: RwSignal<Option<String>>,
) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let busy = RwSignal::new(false);
    let Done { words, batch, documents } = it;
    let undo = move |_| {
        busy.set(true);
        let documents = documents.clone();
        spawn_local(async move {
            match app.act(|acts| (acts.undo_batch)((batch, documents))).await {
                Ok(was) => {
                    let _ = undone.try_set(Some(t::undone(was.taken, &was.kept)));
                    let _ = done.try_set(None);
                }
                Err(trouble) => toasts.trouble(&trouble),
            }
            let _ = busy.try_set(false);
        });
    };
    view! {
        <div class="notice">
            <Icon glyph=Glyph::Check />
            <p>{t::changed(&words)}</p>
            <button type="button" class="button" disabled=busy on:click=undo>
                {t::undo()}
            </button>
        </div>
    }
}

/// Every way that records of a kind can be changed together, with its words.
fn ways(kind: &'static Kind) -> Vec<(String, Way, String)> {
    let place = |field: &Field| kind.index(field.key).unwrap_or_default();
    let mut ways = Vec::new();
    for field in settable(kind) {
        let words = t::set_field(say(field.label));
        ways.push((format!("set.{}", field.key), Way::Set(place(field)), words));
    }
    for field in word_sets(kind) {
        let (at, label) = (place(field), say(field.label));
        ways.push((format!("add.{}", field.key), Way::Include(at), t::add_to(label)));
        ways.push((format!("out.{}", field.key), Way::Exclude(at), t::take_out_of(label)));
    }
    if kind.key == CLIENT {
        for role in ROLES {
            let words = t::assign(say(role.label()));
            ways.push((format!("assign.{}", role.key()), Way::Assign(role), words));
        }
        ways.push(("archive".to_owned(), Way::Archive, t::archive().to_owned()));
    } else if kind.key != Member::KEY {
        ways.push(("delete".to_owned(), Way::Delete, record_texts::delete().to_owned()));
    }
    ways
}

/// The change that a way and what was filled in come to; `None` while something is missing.
fn change(kind: &'static Kind, way: Way, value: &Value) -> Option<Change> {
    let field = |at: usize| kind.fields.get(at);
    Some(match way {
        Way::Set(at) => Change::Set(field(at)?, value.clone()),
        Way::Include(at) if !value.is_empty() => Change::Include(field(at)?, value.clone()),
        Way::Exclude(at) if !value.is_empty() => Change::Exclude(field(at)?, value.clone()),
        Way::Assign(role) => Change::Assign(role, value.as_link()?),
        Way::Archive => Change::Archive,
        Way::Delete => Change::Delete,
        Way::Include(_) | Way::Exclude(_) => return None,
    })
}

/// What the change does, in a few words.
fn words(app: &AppState, change: &Change) -> String {
    let value = |field: &Field, value: &Value| shown(app, DocumentId::Firm, &field.ty, value);
    let item = |item: &Value| item.as_text().unwrap_or_default().to_owned();
    match change {
        Change::Set(field, new) => t::becomes(say(field.label), &value(field, new)),
        Change::Include(field, new) => t::gets(say(field.label), &item(new)),
        Change::Exclude(field, old) => t::loses(say(field.label), &item(old)),
        Change::Assign(role, person) => {
            t::becomes(say(role.label()), &app.member_name(person.bytes()))
        }
        Change::Archive => t::archive().to_owned(),
        Change::Delete => record_texts::delete().to_owned(),
    }
}

/// What archiving and assigning look at beside a client's own record; by document.
type Beside = Arc<HashMap<DocumentId, Vec<Row>>>;

#[component]
fn ChangeForm(
    listing: Listing,
    open: RwSignal<bool>,
    done: RwSignal<Option<Done>>,
    undone: RwSignal<Option<String>>,
) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let kind = listing.kind;
    let all = StoredValue::new(ways(kind));
    let way = RwSignal::new(None::<Way>);
    let value = RwSignal::new(Value::Empty);
    let busy = RwSignal::new(false);
    // The records as they are now: lists leave notes and prose out, which archiving has to look at.
    let whole = RwSignal::new(None::<Beside>);
    Effect::new(move |_| {
        let lines = listing.chosen.lines();
        whole.set(None);
        let documents: Vec<DocumentId> = lines.iter().map(Line::document).collect();
        let mut documents: Vec<DocumentId> = documents;
        documents.sort_unstable();
        documents.dedup();
        spawn_local(async move {
            match app.act(|acts| (acts.whole)(documents)).await {
                Ok(rows) => {
                    let _ = whole.try_set(Some(Arc::new(rows.into_iter().collect())));
                }
                Err(trouble) => toasts.trouble(&trouble),
            }
        });
    });
    let chosen_change =
        Memo::new(move |_| Stated(way.get().and_then(|way| change(kind, way, &value.get()))));
    let plan = Memo::new(move |_| {
        let whole = whole.get()?;
        let change = chosen_change.get().0?;
        let lines = listing.chosen.lines();
        let rows = lines.iter().filter_map(|line| {
            let (document, key) = (line.document(), line.key()?);
            let row = whole.get(&document)?.iter().find(|row| row.key() == key && !row.gone)?;
            Some((document, row))
        });
        let beside = |document: DocumentId| whole.get(&document).cloned().unwrap_or_default();
        let plan = bulk::plan(&change, rows, &beside, app.today(), &mut || app.new_id());
        Some((words(&app, &change), plan))
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some((what, plan)) = plan.get_untracked() else { return };
        if plan.changed.is_empty() {
            return;
        }
        busy.set(true);
        let said =
            t::summary(&t::of_kind(plan.changed.len(), say(kind.one), say(kind.many)), &what);
        let documents: Vec<DocumentId> = plan.writes.keys().copied().collect();
        let batch = Batch { what: "change many", writes: plan.writes.into_iter().collect() };
        spawn_local(async move {
            match app.batch(batch).await {
                Ok(batch) => {
                    let _ = undone.try_set(None);
                    let _ = done.try_set(Some(Done { words: said, batch, documents }));
                    let _ = open.try_set(false);
                    listing.chosen.turn();
                }
                Err(trouble) => toasts.trouble(&trouble),
            }
            let _ = busy.try_set(false);
        });
    };
    let choose = move |event| {
        let key = event_target_value(&event);
        value.set(Value::Empty);
        way.set(all.with_value(|all| {
            all.iter().find(|(known, ..)| *known == key).map(|(_, way, _)| *way)
        }));
    };
    let choices = all.with_value(|all| {
        all.iter()
            .map(|(key, _, words)| view! { <option value=key.clone()>{words.clone()}</option> })
            .collect_view()
    });
    let ready =
        move || plan.with(|plan| plan.as_ref().is_some_and(|(_, plan)| !plan.changed.is_empty()));
    let act = move || {
        let n = plan.with(|plan| plan.as_ref().map_or(0, |(_, plan)| plan.changed.len()));
        let n = if n == 0 { listing.chosen.count() } else { n };
        t::change_records(&t::of_kind(n, say(kind.one), say(kind.many)))
    };
    view! {
        <form class="fields" novalidate on:submit=submit>
            <div class="field">
                <label for="change-way">{t::what_to_change()}</label>
                <select id="change-way" class="input" on:change=choose>
                    <option value="">{record_texts::choose()}</option>
                    {choices}
                </select>
            </div>
            {move || way.get().map(|way| view! { <NewValue listing=listing way=way value=value /> })}
            <div class="bulk-summary" role="status">
                {move || plan.get().map(|(what, plan)| view! { <Summary kind=kind what=what plan=plan listing=listing /> })}
            </div>
            <div class="acts">
                <button type="button" class="button" on:click=move |_| open.set(false)>
                    {shell::cancel()}
                </button>
                <button type="submit" class="button firm" disabled=move || busy.get() || !ready()>
                    {act}
                </button>
            </div>
        </form>
    }
}

/// A change in a memo: a field is compared by its key.
#[derive(Clone)]
struct Stated(Option<Change>);

impl PartialEq for Stated {
    fn eq(&self, other: &Self) -> bool {
        let same = |a: &Field, b: &Field| a.key == b.key;
        match (&self.0, &other.0) {
            (None, None)
            | (Some(Change::Archive), Some(Change::Archive))
            | (Some(Change::Delete), Some(Change::Delete)) => true,
            (Some(Change::Set(a, x)), Some(Change::Set(b, y)))
            | (Some(Change::Include(a, x)), Some(Change::Include(b, y)))
            | (Some(Change::Exclude(a, x)), Some(Change::Exclude(b, y))) => same(a, b) && x == y,
            (Some(Change::Assign(a, x)), Some(Change::Assign(b, y))) => a == b && x == y,
            _ => false,
        }
    }
}

#[component]
fn Summary(kind: &'static Kind, what: String, plan: Plan, listing: Listing) -> impl IntoView {
    let records = t::of_kind(plan.changed.len(), say(kind.one), say(kind.many));
    let does = if plan.changed.is_empty() {
        t::nothing_to_change().to_owned()
    } else {
        t::summary(&records, &what)
    };
    let same =
        (plan.same > 0).then(|| view! { <p class="support">{t::same_already(plan.same)}</p> });
    let name = |id: RecordId| {
        listing.found.with_untracked(|found| {
            let line = found.iter().find(|line| line.id() == id);
            line.map(|line| handbook::views::Line::name(line).to_owned()).unwrap_or_default()
        })
    };
    let refused = (!plan.refused.is_empty()).then(|| {
        let lines = plan
            .refused
            .iter()
            .map(|(key, why)| {
                let why = why.iter().map(tell).collect::<Vec<_>>().join(" ");
                view! { <li>{format!("{}: {why}", name(key.id))}</li> }
            })
            .collect_view();
        view! {
            <p class="support">{t::refused(plan.refused.len())}</p>
            <ul class="refused">{lines}</ul>
        }
    });
    view! {
        <p class="firm-words">{does}</p>
        {same}
        {refused}
    }
}
