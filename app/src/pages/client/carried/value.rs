//! From a person to value: the three steps, what is done of each, and the act that takes it.

use chrono::{Days, NaiveDate};
use handbook::{
    Choice, Op, Record, RecordId, RecordKey, Value,
    figures::widening::{Alone, Widening, widening},
    known,
    records::{ScheduledContact, ScheduledKind, ValueShown},
};
use leptos::{prelude::*, task::spawn_local};

use super::{Names, Subject, facts};
use crate::{
    texts::relationship as t,
    ui::{
        ask::AskForm,
        format,
        icons::{Glyph, Icon},
        place,
        section::Section,
        sheet::{Dialog, open_while},
        state::use_app,
        toast::use_toasts,
    },
};

/// An introduction is proposed for so many days ahead.
const AHEAD: u64 = 14;

#[component]
pub fn ToValue(subject: Subject) -> impl IntoView {
    let app = use_app();
    let names = Names::new(app, subject);
    let introduced = RwSignal::new(None::<Alone>);
    let found = Memo::new(move |_| {
        let setting = app.setting();
        let days = Days::new(setting.thresholds.concentration_days.into());
        let since = setting.today.checked_sub_days(days).unwrap_or(setting.today);
        let shown = subject.rows.with(|rows| known::<ValueShown>(rows));
        widening(&facts(subject, &setting), &shown, since, setting.today)
    });
    let steps = move || {
        let days = app.setting().thresholds.concentration_days;
        let today = app.today();
        found.with(|found| {
            (
                acquainted(found, subject, names, introduced, today),
                goals(found, subject),
                shown(found, subject, days),
            )
        })
    };
    view! {
        <Section title=t::to_value()>
            <p class="support finding">{t::to_value_why()}</p>
            <ol class="value-steps">{steps}</ol>
            <IntroductionDialog subject=subject names=names introduced=introduced />
        </Section>
    }
}

/// A step: a tick or a ring, the words, what is counted, what is to be done.
fn step(done: bool, words: &'static str, counted: String, acts: impl IntoView) -> impl IntoView {
    let (class, state) = if done { ("node done", t::done()) } else { ("node", t::to_do()) };
    view! {
        <li>
            <span class=class>{done.then(|| view! { <Icon glyph=Glyph::Check /> })}</span>
            <div>
                <p>
                    <span class="unseen">{state}": "</span>
                    <strong class="firm-words">{words}</strong>
                    " "
                    <span class="support">{counted}</span>
                </p>
                {acts}
            </div>
        </li>
    }
}

fn acquainted(
    found: &Widening,
    subject: Subject,
    names: Names,
    introduced: RwSignal<Option<Alone>>,
    today: NaiveDate,
) -> impl IntoView + use<> {
    let lines = found.alone.iter().copied().map(|one| {
        let (ours, theirs) = (names.ours(one.by), names.theirs(one.contact));
        let act = match one.planned {
            Some((meeting, on)) => {
                let key = RecordKey::new(ScheduledContact::KIND, meeting);
                let path = place::record_path(subject.document(), key);
                let words = t::introduction_on(&format::day(on, today));
                view! { <a class="reach" href=path>{words}</a> }.into_any()
            }
            None => view! {
                <button
                    type="button"
                    class="button quiet"
                    aria-label=t::plan_introduction_of(&theirs)
                    on:click=move |_| introduced.set(Some(one))
                >
                    {t::plan_introduction()}
                </button>
            }
            .into_any(),
        };
        view! { <li>{t::only_one_met(&ours, &theirs)} " " {act}</li> }
    });
    let acts = view! { <ul class="lines">{lines.collect_view()}</ul> };
    let counted = t::so_many_are(found.known_to_two(), found.met);
    step(found.alone.is_empty() && found.met > 0, t::step_known(), counted, acts)
}

fn goals(found: &Widening, subject: Subject) -> impl IntoView + use<> {
    let path = place::client_tab(subject.id, "details?edit=yes#client-profile_goals");
    let act = (!found.goals_known)
        .then(|| view! { <a class="button quiet flush-start" href=path>{t::write_goals()}</a> });
    step(found.goals_known, t::step_goals(), String::new(), act)
}

fn shown(found: &Widening, subject: Subject, days: u32) -> impl IntoView + use<> {
    let path = place::new_path(subject.document(), ValueShown::KEY);
    let done = found.shown > 0;
    let act = (!done)
        .then(|| view! { <a class="button quiet flush-start" href=path>{t::note_shown()}</a> });
    step(done, t::step_shown(), t::shown_times(found.shown, days), act)
}

/// Asks when, and who else of us comes along; the introduction then stands in the schedule.
#[component]
fn IntroductionDialog(
    subject: Subject,
    names: Names,
    introduced: RwSignal<Option<Alone>>,
) -> impl IntoView {
    let app = use_app();
    let open = open_while(introduced);
    let title = Signal::derive(move || {
        introduced
            .get()
            .map(|one| t::plan_introduction_of(&names.theirs(one.contact)))
            .unwrap_or_default()
    });
    view! {
        <Dialog id="introduction" title=title open=open>
            {move || introduced.get().map(|one| {
                let keys = &ScheduledContact::KEYS;
                let day = app.today().checked_add_days(Days::new(AHEAD));
                let first = vec![
                    (keys.target_date.key(), day.map_or(Value::Empty, Value::Date)),
                    (keys.members.key(), Value::Many(vec![Value::Link(one.by)])),
                ];
                let on_submit = submit(subject, names, one);
                view! {
                    <AskForm
                        document=subject.document()
                        fields=vec![keys.target_date.field(), keys.members.field()]
                        first=first
                        open=open
                        on_submit=on_submit
                    />
                }
            })}
        </Dialog>
    }
}

fn submit(
    subject: Subject,
    names: Names,
    one: Alone,
) -> Callback<Vec<(&'static str, Value)>, Option<String>> {
    let app = use_app();
    let toasts = use_toasts();
    Callback::new(move |given: Vec<(&'static str, Value)>| {
        let keys = &ScheduledContact::KEYS;
        let read = |key: &str| {
            given
                .iter()
                .find(|(own, _)| *own == key)
                .map(|(_, value)| value.clone())
                .unwrap_or_default()
        };
        let (day, members) = (read(keys.target_date.key()), read(keys.members.key()));
        if day.is_empty() {
            return Some(t::choose_day().to_owned());
        }
        let others = |member: &Value| member.as_link().is_some_and(|id: RecordId| id != one.by);
        if !members.members().iter().any(others) {
            return Some(t::come_along().to_owned());
        }
        let subject_line = t::introduction_of(&names.theirs(one.contact));
        let values = vec![
            (keys.subject.key(), Value::Text(subject_line)),
            (keys.kind.key(), Value::Choice(ScheduledKind::FormalMeeting.key().to_owned())),
            (keys.target_date.key(), day),
            (keys.contacts.key(), Value::Many(vec![Value::Link(one.contact)])),
            (keys.members.key(), members),
            (keys.organiser.key(), Value::Link(one.by)),
        ];
        let key = RecordKey::new(ScheduledContact::KIND, app.new_id());
        let op = Op::Create { key, values };
        spawn_local(async move {
            if let Err(trouble) = app.write(subject.document(), vec![op], "plan introduction").await
            {
                toasts.trouble(&trouble);
            }
        });
        None
    })
}
