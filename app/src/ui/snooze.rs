//! Laying a reason aside until a day, with a justification; and taking that back (domain.md "Attention reasons").

use chrono::{Days, NaiveDate};
use handbook::{
    DocumentId, Op, Record, RecordId, RecordKey, Value,
    attention::{self, Reason, Snoozed},
    records::Snooze,
};
use leptos::{prelude::*, task::spawn_local};

use super::{
    chip::RadioChip,
    field::FieldFrame,
    icons::{Glyph, Icon},
    sheet::{Dialog, DialogFoot},
    state::{AppState, use_app},
    toast::{Toasts, use_toasts},
};
use crate::texts::{say, team as t, tell};

/// *Snooze*, and the dialog behind it.
#[component]
pub fn SnoozeButton(
    /// The client concerned.
    client: RecordId,
    /// The reason.
    reason: Reason,
    /// Only the icon is drawn, and the name says which reason it is.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let name = small.then(|| t::snooze_what(&tell(&reason.sentence)));
    let class = if small { "icon-button in-line" } else { "button plain" };
    let reason = StoredValue::new(reason);
    view! {
        <button type="button" class=class aria-label=name on:click=move |_| open.set(true)>
            <Icon glyph=Glyph::Alarm small=true />
            {(!small).then(t::snooze)}
        </button>
        <Show when=move || open.get()>
            <SnoozeDialog client=client reason=reason open=open />
        </Show>
    }
}

#[component]
fn SnoozeDialog(
    client: RecordId,
    reason: StoredValue<Reason>,
    open: RwSignal<bool>,
) -> impl IntoView {
    let (why, until) = (RwSignal::new(String::new()), RwSignal::new(None::<NaiveDate>));
    view! {
        <Dialog id="snooze-dialog" title=Signal::stored(t::snooze_until().to_owned()) open=open>
            <p class="support">{reason.with_value(|reason| tell(&reason.sentence))}</p>
            <SnoozeForm client=client reason=reason open=open why=why until=until />
        </Dialog>
    }
}

#[component]
fn SnoozeForm(
    client: RecordId,
    reason: StoredValue<Reason>,
    open: RwSignal<bool>,
    why: RwSignal<String>,
    until: RwSignal<Option<NaiveDate>>,
) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let refusal = RwSignal::new(None::<String>);
    let today = app.clock.with_untracked(|clock| clock.today);
    let chips = attention::first_days(today)
        .into_iter()
        .map(|(words, day)| {
            let chosen = Signal::derive(move || until.get() == Some(day));
            let choose = Callback::new(move |()| until.set(Some(day)));
            view! { <RadioChip name="snooze-days" label=say(words) chosen=chosen on_choose=choose /> }
        })
        .collect_view();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let made = reason.with_value(|reason| {
            why.with_untracked(|why| attention::snooze(reason, why, until.get_untracked(), today))
        });
        match made {
            Ok(snooze) => {
                open.set(false);
                lay_aside(app, toasts, client, snooze);
            }
            Err(sentence) => refusal.set(Some(tell(&sentence))),
        }
    };
    let shown = move || until.get().map(|day| day.to_string()).unwrap_or_default();
    view! {
        <form class="fields" novalidate on:submit=submit>
            <FieldFrame id="snooze-why" label=t::why()>
                <textarea
                    id="snooze-why"
                    class="input"
                    rows="2"
                    aria-required="true"
                    prop:value=move || why.get()
                    on:input=move |event| why.set(event_target_value(&event))
                ></textarea>
            </FieldFrame>
            <div class="chips">{chips}</div>
            <FieldFrame id="snooze-until" label=t::until()>
                <input
                    id="snooze-until"
                    class="input medium"
                    type="date"
                    aria-required="true"
                    prop:value=shown
                    on:change=move |event| until.set(event_target_value(&event).parse().ok())
                />
            </FieldFrame>
            <div role="alert">
                {move || {
                    refusal
                        .get()
                        .map(|why| view! { <p class="state late wraps"><Icon glyph=Glyph::Octagon small=true />{why}</p> })
                }}
            </div>
            <DialogFoot open=open words=t::snooze_act() />
        </form>
    }
}

/// Writes it down, and offers to take it back.
fn lay_aside(app: AppState, toasts: Toasts, client: RecordId, snooze: Snooze) {
    let document = DocumentId::Client(client);
    let key = RecordKey::new(Snooze::KIND, app.new_id());
    let op = snooze.create(key.id);
    let undo = move || {
        write(app, toasts, document, Op::Delete { key }, "undo snooze", None);
    };
    spawn_local(async move {
        match app.write(document, vec![op], "snooze").await {
            Ok(_) => toasts.done_with(t::was_snoozed(), t::undo(), undo),
            Err(trouble) => toasts.trouble(&trouble),
        }
    });
}

/// *Wake*: the reason asks for somebody again. That it rested, and why, stays in the handbook.
#[component]
pub fn WakeButton(
    /// The client concerned.
    client: RecordId,
    /// The reason that rests.
    snoozed: Snoozed,
) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let key = RecordKey::new(Snooze::KIND, snoozed.snooze);
    let wake = move |_| {
        let today = app.clock.with_untracked(|clock| clock.today);
        let yesterday = today.checked_sub_days(Days::new(1)).unwrap_or(today);
        let field = Snooze::KEYS.until.field().key;
        let op = Op::Set { key, field, value: Value::Date(yesterday) };
        write(app, toasts, DocumentId::Client(client), op, "wake", Some(t::awake()));
    };
    view! {
        <button type="button" class="button plain" on:click=wake>
            {t::wake()}
        </button>
    }
}

fn write(
    app: AppState,
    toasts: Toasts,
    document: DocumentId,
    op: Op,
    what: &'static str,
    done: Option<&'static str>,
) {
    spawn_local(async move {
        match app.write(document, vec![op], what).await {
            Ok(_) => {
                if let Some(words) = done {
                    toasts.done(words);
                }
            }
            Err(trouble) => toasts.trouble(&trouble),
        }
    });
}
