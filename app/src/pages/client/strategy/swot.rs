//! The SWOT analysis under both lenses: the one that holds, and the draft of the next.

pub mod desk;
pub mod quadrants;

use handbook::{
    Known, Record, Row,
    figures::swots::staleness,
    lifecycles::{states, swot::State},
    records::{Lens, Swot},
    strategy::swot::{begin, make_current},
    typed::Choice,
};
use leptos::prelude::*;

pub use self::desk::Desk;
use self::quadrants::{NewItem, Quadrants};
use super::{
    Subject,
    compare::{Compared, Differences},
    of, record_of, state,
};
use crate::{
    texts::{say, strategy as t},
    ui::{
        format,
        icons::Glyph,
        section::Section,
        state::{Trouble, use_app},
        steps::told,
        toast::use_toasts,
    },
};

const LENSES: [Lens; 2] = [Lens::Relationship, Lens::Business];

#[component]
pub fn SwotSection(subject: Subject) -> impl IntoView {
    let desk = Desk {
        app: use_app(),
        toasts: use_toasts(),
        subject,
        swots: of(subject),
        items: of(subject),
        actions: of(subject),
        adding: RwSignal::new(None),
    };
    let lenses = LENSES.map(|lens| view! { <LensPart desk=desk lens=lens /> });
    view! {
        <div id="swot" class="part">
            <Section title=t::swot()>
                {lenses}
            </Section>
            <NewItem desk=desk />
        </div>
    }
}

/// One lens: what holds, what differs from before, what is being written.
#[component]
fn LensPart(desk: Desk, lens: Lens) -> impl IntoView {
    let in_state = move |wanted: State| {
        let mut found: Vec<Known<Swot>> = desk.swots.with(|swots| {
            let own = swots.iter().filter(|one| one.lens == Some(lens));
            own.filter(|one| states(&one.transitions, State::Draft).contains(&wanted))
                .cloned()
                .collect()
        });
        found.sort_by_key(|one| std::cmp::Reverse((one.on, one.id)));
        found
    };
    let current = Memo::new(move |_| in_state(State::Current).into_iter().next());
    let drafts = Memo::new(move |_| in_state(State::Draft));
    let earlier = Memo::new(move |_| {
        let current = current.with(|one| one.as_ref().map(|one| one.id));
        let mut before = in_state(State::Superseded);
        before.extend(in_state(State::Current).into_iter().filter(|one| Some(one.id) != current));
        before
    });
    let name = say(lens.label());
    let make = move |_| {
        let from = current.get_untracked();
        let me = desk.app.workspace.with_untracked(|workspace| workspace.member);
        let today = desk.app.today();
        let ops = desk.items.with_untracked(|items| {
            let from = from.as_ref().map(|from| (from, items.as_slice()));
            begin(lens, from, today, me, || desk.app.new_id())
        });
        desk.write(ops, "begin swot");
    };
    let acts = move || {
        drafts.with(Vec::is_empty).then(|| {
            let words = if current.with(Option::is_some) { t::new_version() } else { t::new_analysis() };
            view! {
                <button type="button" class="button" aria-label=format!("{words}: {name}") on:click=make>
                    {words}
                </button>
            }
        })
    };
    let holds = move || match current.get() {
        Some(one) => view! { <Holding desk=desk one=one earlier=earlier /> }.into_any(),
        None if drafts.with(|drafts| !drafts.is_empty()) => ().into_any(),
        None => view! { <p class="lead empty-lens">{t::swot_why()}</p> }.into_any(),
    };
    let writing = move || {
        let before = current.get().or_else(|| earlier.get().into_iter().next());
        drafts
            .get()
            .into_iter()
            .map(|draft| view! { <Draft desk=desk draft=draft before=before.clone() /> })
            .collect_view()
    };
    view! {
        <section class="lens" aria-label=name>
            <header class="lens-head">
                <h3>{name}</h3>
                <div class="acts">{acts}</div>
            </header>
            {holds}
            {writing}
        </section>
    }
}

/// The analysis that holds.
#[component]
fn Holding(desk: Desk, one: Known<Swot>, earlier: Memo<Vec<Known<Swot>>>) -> impl IntoView {
    let (app, id) = (desk.app, one.id);
    let about = one.clone();
    let standing = move || {
        let setting = app.setting();
        let found = staleness(
            std::slice::from_ref(&about),
            None,
            setting.today,
            setting.thresholds.swot_months,
        )?;
        let day = |on| format::day(on, setting.today);
        let authors = desk.authors(&about);
        let word = if found.stale {
            state("soon", Glyph::ClockAlert, t::is_stale()).into_any()
        } else {
            state("kept", Glyph::CheckCircle, t::is_current()).into_any()
        };
        Some(view! {
            <p class="standing">
                {word}
                <a class="support plain-link" href=record_of(desk.subject, Swot::KIND, id)>
                    {t::made(&day(found.on), &authors, &day(found.due))}
                </a>
            </p>
        })
    };
    view! {
        {standing}
        <Quadrants desk=desk swot=id />
        {super::labelled(t::conclusion(), &one.summary)}
        <Compared desk=desk newer=id earlier=earlier />
    }
}

/// The next version while it is being written.
#[component]
fn Draft(desk: Desk, draft: Known<Swot>, before: Option<Known<Swot>>) -> impl IntoView {
    let id = draft.id;
    let lens = label_of(&draft);
    let take = move |_| {
        let rows = desk.subject.of_kind(Swot::KEY);
        let Some(own) = rows.iter().find(|row| row.id == id) else { return };
        let holding: Vec<&Row> = rows
            .iter()
            .filter(|row| Swot::KEYS.lens.raw(row) == Swot::KEYS.lens.raw(own))
            .filter(|row| {
                let one = Swot::from_row(row).ok();
                one.is_some_and(|one| {
                    states(&one.transitions, State::Draft).contains(&State::Current)
                })
            })
            .collect();
        match make_current(own, &holding, || desk.app.new_id()) {
            Ok(ops) => desk.write(ops, "make swot current"),
            Err(reasons) => desk.toasts.trouble(&Trouble(told(&reasons).join(" "))),
        }
    };
    let about = draft.clone();
    let made = move || {
        let day = about.on.map(|on| format::day(on, desk.app.today())).unwrap_or_default();
        t::made_only(&day, &desk.authors(&about))
    };
    view! {
        <div class="draft">
            <header class="lens-head">
                <p class="standing">
                    <span class="tag">{t::draft()}</span>
                    <a class="support plain-link" href=record_of(desk.subject, Swot::KIND, id)>
                        {made}
                    </a>
                </p>
                <div class="acts">
                    <button
                        type="button"
                        class="button"
                        aria-label=format!("{}: {lens}", t::make_current())
                        on:click=take
                    >
                        {t::make_current()}
                    </button>
                </div>
            </header>
            <p class="support">{t::draft_help()}</p>
            <Quadrants desk=desk swot=id writing=true />
            {before
                .map(|before| {
                    let day = before.on.map(|on| format::day(on, desk.app.today())).unwrap_or_default();
                    view! {
                        <h4 class="sub-head">{t::changes_since(&day)}</h4>
                        <Differences desk=desk older=before.id newer=id />
                    }
                })}
        </div>
    }
}

fn label_of(swot: &Swot) -> &'static str {
    swot.lens.map(|lens| say(lens.label())).unwrap_or_default()
}
