//! The client sponsor: who it is, whether they stand apart from the work, and what the client told them (S4.45 to S4.49).

use handbook::{
    Choice, Known, Op, Record, RecordId,
    agenda::agenda,
    attention::Facts,
    figures::sponsor::{Sponsor, sponsor},
    records::{
        Action, ActionSource, Assignment, DialogueKind, Engagement, Member, Role, ServedWell,
        SponsorDialogue,
    },
    strategy,
    typed::{Id, Note},
};
use leptos::{prelude::*, task::spawn_local};

use super::{
    Entry, Part, Subject,
    actions::{Actions, from_one},
    in_their_words, label, labelled, line, new_of, of, ours, record_of, state, theirs,
};
use crate::{
    texts::{say, strategy as t, tell, title_of},
    ui::{
        format,
        icons::Glyph,
        independence::{Independence, sentence},
        sheet::Dialog,
        state::use_app,
        toast::use_toasts,
        value::name_of,
    },
};

/// What of the agenda is the sponsor's.
const SOURCES: [&str; 2] = ["sponsor-dialogue", "debriefing"];

#[component]
pub fn SponsorSection(subject: Subject) -> impl IntoView {
    let app = use_app();
    let assignments = of::<Assignment>(subject);
    let engagements = of::<Engagement>(subject);
    let held = of::<SponsorDialogue>(subject);
    let actions = of::<Action>(subject);
    let found = Memo::new(move |_| {
        let found = sponsor(&assignments.get(), &engagements.get(), app.today());
        (found.people, found.conflicts)
    });
    let new = move || {
        let mut filled = vec![
            ("kind", DialogueKind::Periodic.key().to_owned()),
            ("on", app.today().to_string()),
        ];
        if let Some(person) = found.with_untracked(|(people, _)| people.first().copied()) {
            filled.push(("sponsor", person.to_string()));
        }
        new_of(subject, SponsorDialogue::KIND, &filled)
    };
    let who = move || {
        let (people, conflicts) = found.get();
        view! { <Who subject=subject found=Sponsor { people, conflicts } /> }
    };
    let due = move || due_lines(subject);
    let entries = move || {
        let mut held = held.get();
        if held.is_empty() {
            return view! { <p class="support">{t::no_dialogue()} " " {t::sponsor_why()}</p> }
                .into_any();
        }
        held.sort_by_key(|one| std::cmp::Reverse(one.on));
        held.into_iter()
            .map(|one| view! { <DialogueEntry subject=subject one=one actions=actions.get() /> })
            .collect_view()
            .into_any()
    };
    // The address of the form changes with the sponsor, so the heading's link is made anew.
    move || {
        found.track();
        view! {
            <Part id="sponsor" title=t::sponsor() act=(t::new_dialogue(), new())>
                {who}
                {due}
                {entries}
            </Part>
        }
    }
}

/// Who it is, and what takes their independence away.
#[component]
fn Who(subject: Subject, found: Sponsor) -> impl IntoView {
    let app = use_app();
    let open = RwSignal::new(false);
    let Sponsor { people, conflicts } = found;
    let names: Vec<String> = people.iter().map(|person| app.member_name(person.bytes())).collect();
    let standing = if people.is_empty() {
        state("late", Glyph::Octagon, t::no_sponsor()).into_any()
    } else if conflicts.is_empty() {
        state("kept", Glyph::CheckCircle, t::independent()).into_any()
    } else {
        state("late", Glyph::Alert, t::not_independent()).into_any()
    };
    let reasons = conflicts
        .iter()
        .map(|conflict| view! { <p>{sentence(&app, subject.document(), conflict)}</p> })
        .collect_view();
    view! {
        <div class="finding with-act">
            <div>
                {(!names.is_empty()).then(|| view! { <p class="firm-words">{format::list(&names)}</p> })}
                <p>{standing}</p>
                {reasons}
            </div>
            <button type="button" class="button" on:click=move |_| open.set(true)>
                {t::assign_sponsor()}
            </button>
        </div>
        <Dialog id="assign-sponsor" title=Signal::stored(t::assign_sponsor().to_owned()) open=open>
            <Assign subject=subject open=open />
        </Dialog>
    }
}

/// The question who shall be the sponsor; who does the client's work is said before it is saved.
#[component]
fn Assign(subject: Subject, open: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let chosen = RwSignal::new(None::<RecordId>);
    let id = app.new_id();
    let proposed = Signal::derive(move || {
        let person = chosen.get()?;
        Some(Known::new(
            id,
            Assignment {
                role: Some(Role::ClientSponsor),
                person: Some(Id::new(person)),
                ..Assignment::default()
            },
        ))
    });
    let options = move || {
        let mut people: Vec<(RecordId, String)> = app
            .list(Member::KEY)
            .iter()
            .map(|placed| (placed.row.id, title_of(&placed.row)))
            .collect();
        people.sort_by_cached_key(|(_, name)| name.to_lowercase());
        people
            .into_iter()
            .map(|(id, name)| view! { <option value=id.to_string()>{name}</option> })
            .collect_view()
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(person) = chosen.get_untracked() else { return };
        let ops: Vec<Op> = subject.rows.with_untracked(|rows| {
            strategy::sponsor::assign(person, &handbook::known(rows), app.today(), id)
        });
        spawn_local(async move {
            if ops.is_empty() {
                return open.set(false);
            }
            match app.write(subject.document(), ops, "assign sponsor").await {
                Ok(_) => open.set(false),
                Err(trouble) => toasts.trouble(&trouble),
            }
        });
    };
    view! {
        <form class="fields" novalidate on:submit=submit>
            <div class="field">
                <label for="sponsor-person">{say(Role::ClientSponsor.label())}</label>
                <select
                    id="sponsor-person"
                    class="input"
                    on:change=move |event| chosen.set(event_target_value(&event).parse().ok())
                >
                    <option value="">{crate::texts::record::choose()}</option>
                    {options}
                </select>
            </div>
            <Independence document=subject.document() proposed=proposed />
            <div class="acts">
                <button type="button" class="button" on:click=move |_| open.set(false)>
                    {crate::texts::shell::cancel()}
                </button>
                <button type="submit" class="button firm" disabled=move || chosen.with(Option::is_none)>
                    {t::assign_sponsor()}
                </button>
            </div>
        </form>
    }
}

/// When the next dialogue is due, and which debriefings are still to come.
fn due_lines(subject: Subject) -> Vec<AnyView> {
    let app = use_app();
    let setting = app.setting();
    let (today, months) = (setting.today, setting.thresholds.dialogue_months);
    let facts = subject.rows.with(|rows| Facts::from_rows(&subject.row.get(), rows, today));
    agenda(&facts, &setting)
        .into_iter()
        .filter(|item| SOURCES.contains(&item.source))
        .map(|item| {
            let day = format::day(item.day, today);
            let late = item.day < today;
            let words = match (item.source, late) {
                ("debriefing", _) => format!("{}. {}", tell(&item.what), tell(&item.why)),
                (_, true) => t::dialogue_late(&day, months),
                (_, false) => t::dialogue_due(&day, months),
            };
            let (class, glyph) = if late || item.source == "debriefing" {
                ("soon", Glyph::ClockAlert)
            } else {
                ("", Glyph::Clock)
            };
            view! { <p class="due-line">{state(class, glyph, words)}</p> }.into_any()
        })
        .collect()
}

/// What the client said, in the book face, under our word for it.
fn said(label: &'static str, words: &Note) -> Option<impl IntoView + use<>> {
    let words = in_their_words(words)?;
    Some(view! { <div><p class="support">{label}</p>{words}</div> })
}

#[component]
fn DialogueEntry(
    subject: Subject,
    one: Known<SponsorDialogue>,
    actions: Vec<Known<Action>>,
) -> impl IntoView {
    let app = use_app();
    let document = subject.document();
    let day = one.on.map(|on| format::day(on, app.today())).unwrap_or_default();
    let engagement = one.engagement.and_then(|of| name_of(&app, document, Engagement::KEY, of.id));
    let with = format::list(&theirs(&app, document, &one.contacts));
    let served = match one.served_well {
        Some(ServedWell::Yes) => state("kept", Glyph::CheckCircle, t::well_served()).into_any(),
        Some(ServedWell::Partly) => state("soon", Glyph::ClockAlert, t::partly_served()).into_any(),
        Some(ServedWell::No) => state("late", Glyph::Octagon, t::badly_served()).into_any(),
        _ => state("", Glyph::Eye, t::not_said()).into_any(),
    };
    let title = label(one.kind);
    let from = from_one::<SponsorDialogue>(
        ActionSource::SponsorDialogue,
        one.id,
        &format!("{title} {day}"),
    );
    view! {
        <Entry path=record_of(subject, SponsorDialogue::KIND, one.id) title=title margin=day.into_any()>
            <p>{served}</p>
            {line([ours(&app, one.sponsor), with, engagement.unwrap_or_default()])}
            {said(t::works(), &one.works)}
            {said(t::concerns(), &one.concerns)}
            {labelled(t::unmet(), &one.unmet)}
            <Actions subject=subject actions=actions from=from />
        </Entry>
    }
}
