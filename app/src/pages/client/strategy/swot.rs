//! The SWOT analysis under both lenses: the one that holds, and the draft of the next.

use handbook::{
    Known, Op, Record, RecordId, RecordKey, Row,
    figures::swots::staleness,
    lifecycles::{states, swot::State},
    records::{Action, ActionSource, Complaint, Lens, Quadrant, Swot, SwotItem, Touchpoint},
    strategy::swot::{begin, line_of, make_current},
    typed::{Choice, Id},
};
use leptos::{prelude::*, task::spawn_local};

use super::{
    Subject,
    actions::{Actions, From},
    compare::{Compared, Differences},
    of, record_of, state,
};
use crate::{
    texts::{say, strategy as t},
    ui::{
        ask::AskForm,
        format,
        icons::Glyph,
        place,
        section::Section,
        sheet::Dialog,
        state::{AppState, Trouble, use_app},
        steps::told,
        toast::{Toasts, use_toasts},
        value::name_of,
    },
};

const LENSES: [Lens; 2] = [Lens::Relationship, Lens::Business];
const QUADRANTS: [Quadrant; 4] =
    [Quadrant::Strength, Quadrant::Weakness, Quadrant::Opportunity, Quadrant::Threat];
/// What is asked of a new item.
const ASKED: [&str; 5] = ["text", "weight", "evidence", "touchpoints", "complaints"];

/// What the parts of this section share.
#[derive(Clone, Copy)]
pub struct Desk {
    app: AppState,
    toasts: Toasts,
    pub subject: Subject,
    swots: Memo<Vec<Known<Swot>>>,
    pub items: Memo<Vec<Known<SwotItem>>>,
    actions: Memo<Vec<Known<Action>>>,
    /// The analysis and quadrant that an item is being added to.
    adding: RwSignal<Option<(RecordId, Quadrant)>>,
}

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

/// The four corners of one analysis.
#[component]
fn Quadrants(desk: Desk, swot: RecordId, #[prop(optional)] writing: bool) -> impl IntoView {
    let corner = move |quadrant: Quadrant| {
        let own = Memo::new(move |_| {
            let mut own: Vec<Known<SwotItem>> = desk.items.with(|items| {
                let own = items.iter().filter(|one| one.swot.is_some_and(|of| of.id == swot));
                own.filter(|one| one.quadrant == Some(quadrant)).cloned().collect()
            });
            own.sort_by_key(|one| (std::cmp::Reverse(one.weight), one.id));
            own
        });
        let lines = move || {
            let own = own.get();
            if own.is_empty() {
                return view! { <li class="quiet-words">{t::nothing_here()}</li> }.into_any();
            }
            own.into_iter()
                .map(|item| view! { <Item desk=desk item=item /> })
                .collect_view()
                .into_any()
        };
        let add = writing.then(|| {
            view! {
                <button
                    type="button"
                    class="button quiet flush-start"
                    on:click=move |_| desk.adding.set(Some((swot, quadrant)))
                >
                    {t::add(quadrant)}
                </button>
            }
        });
        view! {
            <section class="quadrant" aria-label=t::quadrant(quadrant)>
                <h4>{t::quadrant(quadrant)}</h4>
                <ul>{lines}</ul>
                {add}
            </section>
        }
    };
    view! { <div class="quadrants">{QUADRANTS.map(corner)}</div> }
}

#[component]
fn Item(desk: Desk, item: Known<SwotItem>) -> impl IntoView {
    let Desk { app, subject, .. } = desk;
    let id = item.id;
    let weight = item.weight.map(|weight| t::weight(weight.get()));
    let name = item.text.clone();
    let links = evidence_links(&app, subject, &item);
    let from = move || From {
        field: SwotItem::KEY,
        source: ActionSource::Swot,
        ids: desk.items.with(|items| line_of(id, items)),
        name: name.clone(),
    };
    view! {
        <li>
            <a class="plain-link" href=record_of(subject, SwotItem::KIND, id)>
                {item.text.clone()}
            </a>
            {super::line(weight.into_iter().chain([item.evidence.trim().to_owned()]))}
            {(!links.is_empty()).then(|| view! { <p class="support">{t::seen_in()}": "{links}</p> })}
            {move || view! { <Actions subject=subject actions=desk.actions.get() from=from() /> }}
        </li>
    }
}

/// The touchpoints and complaints that show an item, as links.
fn evidence_links(app: &AppState, subject: Subject, item: &SwotItem) -> Vec<AnyView> {
    let link = |kind: &'static handbook::Kind, id: RecordId| {
        let words = name_of(app, subject.document(), kind.key, id)?;
        let path = place::record_path(subject.document(), RecordKey::new(kind, id));
        Some(view! { <a class="reach seen-in" href=path>{words}</a> }.into_any())
    };
    let touches = item.touchpoints.iter().filter_map(|it| link(Touchpoint::KIND, it.id));
    let complaints = item.complaints.iter().filter_map(|it| link(Complaint::KIND, it.id));
    touches.chain(complaints).collect()
}

/// The question for a new item, for whichever quadrant it was asked.
#[component]
fn NewItem(desk: Desk) -> impl IntoView {
    let open = RwSignal::new(false);
    // Both follow each other, so each is set only where it differs.
    Effect::new(move |_| {
        let wanted = desk.adding.get().is_some();
        if open.get_untracked() != wanted {
            open.set(wanted);
        }
    });
    Effect::new(move |_| {
        if !open.get() && desk.adding.get_untracked().is_some() {
            desk.adding.set(None);
        }
    });
    let title = Signal::derive(move || {
        desk.adding.get().map(|(_, quadrant)| t::add(quadrant).to_owned()).unwrap_or_default()
    });
    view! {
        <Dialog id="swot-item" title=title open=open>
            {move || {
                let (swot, quadrant) = desk.adding.get()?;
                let fields =
                    SwotItem::KIND.fields.iter().filter(|field| ASKED.contains(&field.key)).collect();
                let on_submit = Callback::new(move |values| desk.add(swot, quadrant, values));
                Some(view! { <AskForm document=desk.subject.document() fields=fields open=open on_submit=on_submit /> })
            }}
        </Dialog>
    }
}

impl Desk {
    fn write(self, ops: Vec<Op>, what: &'static str) {
        let Self { app, toasts, subject, .. } = self;
        spawn_local(async move {
            if let Err(trouble) = app.write(subject.document(), ops, what).await {
                toasts.trouble(&trouble);
            }
        });
    }

    /// Adds an item; a sentence if what was filled in is not enough.
    fn add(
        self,
        swot: RecordId,
        quadrant: Quadrant,
        values: Vec<(&'static str, handbook::Value)>,
    ) -> Option<String> {
        let of =
            SwotItem { swot: Some(Id::new(swot)), quadrant: Some(quadrant), ..SwotItem::default() };
        let mut all = of.into_values();
        all.extend(values.into_iter().filter(|(_, value)| !value.is_empty()));
        let problems = handbook::validate::validate(SwotItem::KIND, &all);
        if !problems.is_empty() {
            let sentences: Vec<String> =
                problems.iter().map(|problem| crate::texts::tell(&problem.sentence)).collect();
            return Some(sentences.join(" "));
        }
        let key = RecordKey::new(SwotItem::KIND, self.app.new_id());
        self.write(vec![Op::Create { key, values: all }], "add swot item");
        None
    }

    /// Who made an analysis, as a list of names.
    pub fn authors(self, swot: &Swot) -> String {
        let name = |author: &Id<_>| self.app.member_name(author.id.bytes());
        let names: Vec<String> =
            swot.authors.iter().map(name).filter(|name| !name.is_empty()).collect();
        format::list(&names)
    }

    /// An item by its id; not reactive.
    pub fn item(self, id: RecordId) -> Option<Known<SwotItem>> {
        self.items.with(|items| items.iter().find(|one| one.id == id).cloned())
    }

    /// "12 Aug": the day of an analysis.
    pub fn day(self, swot: &Swot) -> String {
        swot.on.map(|on| format::day(on, self.app.today())).unwrap_or_default()
    }
}

fn label_of(swot: &Swot) -> &'static str {
    swot.lens.map(|lens| say(lens.label())).unwrap_or_default()
}
