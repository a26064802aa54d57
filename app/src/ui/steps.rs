//! The life of a record of any kind: where it stands, which steps it may take, and what stands in a step's way.

use handbook::{
    Choice, DocumentId, Op, Record, RecordId, Row, Sentence, Value,
    lifecycles::{Lifecycle, Offer, Standing, Step, rollout::State},
    records::Rollout,
    strategy::rollout,
};
use leptos::{prelude::*, task::spawn_local};

use super::{
    ask::AskForm,
    icons::{Glyph, Icon},
    section::Section,
    sheet::Dialog,
    state::{AppState, use_app},
    toast::{Toasts, use_toasts},
};
use crate::texts::{record as t, say, tell};

/// Where a record stands, in words; `None` for a kind without a life.
pub fn standing(row: &Row) -> Option<String> {
    row.kind.lifecycle.map(|life| tell(&life.told(row)))
}

/// A record with a life.
#[derive(Clone, Copy)]
pub struct Living {
    app: AppState,
    toasts: Toasts,
    document: DocumentId,
    life: &'static Lifecycle,
    row: Signal<Row>,
    /// The steps out of where it stands.
    pub offers: Memo<Offers>,
    /// The step that is being asked about.
    asked: RwSignal<Option<&'static str>>,
}

impl Living {
    /// The record in `row`, under the current owner.
    pub fn new(document: DocumentId, life: &'static Lifecycle, row: Signal<Row>) -> Self {
        let app = use_app();
        let offers = move |app: &AppState, row: Signal<Row>| {
            let mut offers = row.with(|row| life.offers(row));
            // Whether a pilot may begin hangs on all clients, and not on this record alone.
            if row.with(|row| row.kind == Rollout::KIND) {
                let begins = |offer: &&mut Offer| offer.step.to == State::Pilot.key();
                for offer in offers.iter_mut().filter(begins) {
                    offer.missing.extend(rollout::against(app.rollout_gate()));
                }
            }
            offers
        };
        Self {
            app,
            toasts: use_toasts(),
            document,
            life,
            row,
            offers: Memo::new(move |_| Offers(offers(&app, row))),
            asked: RwSignal::new(None),
        }
    }

    /// Takes a step, after asking in [`StepDialog`] for what it wants to know.
    pub fn take(self, step: &'static Step) {
        if !step.asks.is_empty() {
            return self.asked.set(Some(step.to));
        }
        if let Some(refusal) = self.append(step.to, &[]) {
            self.toasts.trouble(&super::state::Trouble(refusal));
        }
    }

    /// Writes the transition down; a sentence if it is refused.
    fn append(self, to: &'static str, details: &[(&'static str, Value)]) -> Option<String> {
        let fact: RecordId = self.app.new_id();
        let taken = |row: &Row| match (self.document, State::from_key(to)) {
            // The client's record says how far it has taken up our procedures.
            (DocumentId::Client(client), Some(to)) if row.kind == Rollout::KIND => {
                rollout::step(row, to, details, client, fact)
            }
            _ => self.life.step(row, to, details, fact).map(|op| vec![op]),
        };
        match self.row.with_untracked(taken) {
            Ok(ops) => {
                self.write(ops);
                None
            }
            Err(reasons) => Some(told(&reasons).join(" ")),
        }
    }

    fn write(self, ops: Vec<Op>) {
        let Self { app, toasts, document, .. } = self;
        spawn_local(async move {
            if let Err(trouble) = app.write(document, ops, "step").await {
                toasts.trouble(&trouble);
            }
        });
    }
}

/// Refusals in the language of this page.
pub fn told(reasons: &[Sentence]) -> Vec<String> {
    reasons.iter().map(tell).collect()
}

/// Offers as a value that a memo can compare: a step by where it leads, and what is missing.
#[derive(Clone)]
pub struct Offers(pub Vec<Offer>);

impl PartialEq for Offers {
    fn eq(&self, other: &Self) -> bool {
        let names = |offers: &Self| -> Vec<_> {
            offers.0.iter().map(|offer| (offer.step.to, offer.missing.clone())).collect()
        };
        names(self) == names(other)
    }
}

/// That two devices took different steps apart.
#[component]
pub fn Parted(
    /// The record.
    living: Living,
) -> impl IntoView {
    let Living { life, row, .. } = living;
    let parted =
        Memo::new(move |_| row.with(|row| matches!(life.standing(row), Standing::Parted(_))));
    move || {
        parted
            .get()
            .then(|| view! { <p class="notice soon"><Icon glyph=Glyph::Split />{t::parted()}</p> })
    }
}

/// Asks for what a step wants to know: why, until when.
#[component]
pub fn StepDialog(
    /// The record.
    living: Living,
) -> impl IntoView {
    let Living { life, asked, .. } = living;
    let open = RwSignal::new(false);
    // Both follow each other, so each is set only where it differs.
    Effect::new(move |_| {
        let wanted = asked.get().is_some();
        if open.get_untracked() != wanted {
            open.set(wanted);
        }
    });
    Effect::new(move |_| {
        if !open.get() && asked.get_untracked().is_some() {
            asked.set(None);
        }
    });
    let step = move |to: &str| {
        living.offers.with_untracked(|offers| {
            offers.0.iter().find(|offer| offer.step.to == to).map(|offer| offer.step)
        })
    };
    let title = Signal::derive(move || {
        asked.get().and_then(step).map(|step| say(step.label).to_owned()).unwrap_or_default()
    });
    view! {
        <Dialog id="step" title=title open=open>
            {move || {
                let step = asked.get().and_then(step)?;
                let fields = life.fact.iter().filter(|field| step.asks.contains(&field.key)).collect();
                let on_submit = Callback::new(move |details: Vec<(&'static str, Value)>| {
                    living.append(step.to, &details)
                });
                Some(view! { <AskForm document=living.document fields=fields open=open on_submit=on_submit /> })
            }}
        </Dialog>
    }
}

/// The steps that a record may take now; beside one that cannot be taken yet stands what is missing.
#[component]
pub fn Steps(
    /// The record.
    living: Living,
) -> impl IntoView {
    let any = Memo::new(move |_| living.offers.with(|offers| !offers.0.is_empty()));
    let lines = move || {
        let offers = living.offers.get().0;
        // The step that leads on stands out; what ends it early asks why.
        let next = offers.iter().position(|offer| offer.step.asks.is_empty());
        let lines = offers.into_iter().enumerate();
        lines.map(|(at, offer)| line(living, &offer, Some(at) == next)).collect_view()
    };
    view! {
        <Parted living=living />
        <Show when=move || any.get()>
            <Section title=t::next_steps()>
                <ul class="step-list">{lines}</ul>
            </Section>
        </Show>
        // There only while it asks: a page may show the steps of several records.
        <Show when=move || living.asked.with(Option::is_some)>
            <StepDialog living=living />
        </Show>
    }
}

fn line(living: Living, offer: &Offer, next: bool) -> impl IntoView + use<> {
    let step = offer.step;
    let missing = told(&offer.missing);
    let refused = !missing.is_empty();
    let record = living.row.with_untracked(|row| row.id);
    let id = format!("missing-{record}-{}", step.to);
    let described = refused.then(|| id.clone());
    let why = refused.then(|| {
        let lines = missing.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
        view! { <ul id=id class="support">{lines}</ul> }
    });
    view! {
        <li>
            <button
                type="button"
                class="button"
                class:firm=next && !refused
                disabled=refused
                aria-describedby=described
                on:click=move |_| living.take(step)
            >
                {say(step.label)}
            </button>
            {why}
        </li>
    }
}
