//! What needs attention: one line each, with its evidence, what clears it, and who sees to it.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use handbook::{
    Record, RecordId,
    attention::{
        LABELS, rule_label,
        team::{By, Team},
    },
    records::Member,
};
use leptos::prelude::*;

use super::{snoozed::SnoozedReasons, team::TeamFilters};
use crate::{
    pages::conflicts::desk_link,
    texts::{language, say, team as team_texts, tell, title_of, today as t},
    ui::{
        assign::AssignButton,
        model::{Attention, Resting},
        place,
        section::{Empty, Section},
        snooze::SnoozeButton,
        state::use_app,
        words::SeverityWord,
    },
};

/// So many reasons are shown at first: nobody reads more in a morning, and a page of a thousand lines is slow to come.
const FIRST: usize = 40;

/// A reason, and the heading over it if it is the first of its group.
#[derive(Clone)]
struct Line {
    heading: Option<String>,
    found: Attention,
}

#[component]
pub fn NeedsAttention(
    /// Reasons at the clients that are looked at.
    reasons: Memo<Arc<Vec<Attention>>>,
    /// Those of them that the filters leave.
    left: Memo<Arc<Vec<Attention>>>,
    /// Reasons that rest at these clients.
    resting: Memo<Arc<Vec<Resting>>>,
    /// What is looked at, and how.
    team: Memo<Team>,
    /// Only one's own clients are looked at.
    narrow: Memo<bool>,
) -> impl IntoView {
    let app = use_app();
    let count = move || {
        left.with(|found| {
            let clients: BTreeSet<RecordId> = found.iter().map(|found| found.client).collect();
            (!found.is_empty()).then(|| t::reasons_at(found.len() as u64, clients.len() as u64))
        })
    };
    let all = RwSignal::new(false);
    let names = Memo::new(move |_| {
        let named = |row: &handbook::Row| (row.id, title_of(row));
        app.list(Member::KEY).iter().map(|it| named(&it.row)).collect::<HashMap<_, _>>()
    });
    let shown = move || {
        let most = if all.get() { usize::MAX } else { FIRST };
        let by = team.with(|team| team.by);
        left.with(|found| names.with(|names| lines(found, by, names, most)))
    };
    let nothing = move || {
        let filtered = reasons.with(|found| !found.is_empty());
        let text = if filtered { team_texts::none_match() } else { t::nothing_presses() };
        view! { <Empty text=text /> }
    };
    view! {
        <Section title=t::attention() aside=count>
            <TeamFilters reasons=reasons team=team names=names narrow=narrow />
            <Show when=move || left.with(|found| !found.is_empty()) fallback=nothing>
                <For each=shown key=line_key let:line>
                    {line.heading.map(|heading| view! { <h3 class="group-head">{heading}</h3> })}
                    <ReasonRow found=line.found />
                </For>
                <Show when=move || { !all.get() && left.with(|found| found.len() > FIRST) }>
                    <button type="button" class="button quiet flush-start" on:click=move |_| all.set(true)>
                        {move || t::show_all(left.with(|found| found.len() as u64))}
                    </button>
                </Show>
            </Show>
            <SnoozedReasons resting=resting />
        </Section>
    }
}

/// The lines in the order of their groups: what nobody has to deal with yet first, then people by name; rules in the
/// order of the list. Inside a group the order stays.
fn lines(found: &[Attention], by: By, names: &HashMap<RecordId, String>, most: usize) -> Vec<Line> {
    let person = |it: &Attention| {
        let name = it.accountable.map(|person| names.get(&person).cloned().unwrap_or_default());
        name.unwrap_or_else(|| team_texts::nobody().to_owned())
    };
    let group = |it: &Attention| -> (usize, String) {
        match by {
            By::Urgency => (0, String::new()),
            By::Person => (usize::from(it.accountable.is_some()), person(it)),
            By::Rule => {
                let place = LABELS.iter().position(|(rule, _)| *rule == it.reason.rule);
                let label = rule_label(it.reason.rule).map(say).unwrap_or_default();
                (place.unwrap_or(LABELS.len()), label.to_owned())
            }
        }
    };
    let mut groups: HashMap<(usize, String), usize> = HashMap::new();
    let mut sorted: Vec<_> = found.iter().map(|it| (group(it), it)).collect();
    for (group, _) in &sorted {
        *groups.entry(group.clone()).or_default() += 1;
    }
    sorted.sort_by(|a, b| a.0.cmp(&b.0));
    let mut before = None;
    sorted
        .into_iter()
        .take(most)
        .map(|(group, it)| {
            let first = by != By::Urgency && before.as_ref() != Some(&group);
            let heading = first.then(|| {
                let count = groups.get(&group).copied().unwrap_or_default();
                format!("{}, {}", group.1, team_texts::reasons(count))
            });
            before = Some(group);
            Line { heading, found: it.clone() }
        })
        .collect()
}

/// A reason stays the same line from day to day; what it says, and whose it is, may change.
fn line_key(line: &Line) -> String {
    let Attention { reason, client, .. } = &line.found;
    let record = reason.evidence.record.map(|(_, id)| id.to_string()).unwrap_or_default();
    let heading = line.heading.as_deref().unwrap_or_default();
    let sentence = &reason.sentence.en;
    format!("{} {client} {record} {sentence} {:?} {heading}", reason.rule, reason.owner)
}

#[component]
fn ReasonRow(found: Attention) -> impl IntoView {
    let reason = found.reason.clone();
    let evidence = place::evidence_path(found.client, reason.evidence.record);
    view! {
        <article class="entry">
            <div class="entry-margin">
                <SeverityWord severity=reason.severity />
            </div>
            <h3 class="entry-head">
                <a href=place::client_path(found.client)>{found.client_name.clone()}</a>
            </h3>
            <div class="entry-acts">
                <AssignButton client=found.client reason=reason.clone() />
                <SnoozeButton client=found.client reason=reason.clone() />
            </div>
            <div class="entry-body">
                <p>{tell(&reason.sentence)}</p>
                <p class="evidence">
                    <a class="reach" href=evidence>
                        {tell(&reason.evidence.words)}
                    </a>
                    <span class="dot" aria-hidden="true">
                        "·"
                    </span>
                    {desk_link(reason.rule)}
                    {t::clears_when(reason.clears.get(language()))}
                </p>
            </div>
        </article>
    }
}

#[cfg(test)]
mod tests {
    use handbook::{
        Sentence,
        attention::{Evidence, Reason, Severity},
    };
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn id(number: u8) -> RecordId {
        RecordId::from_bytes([number; 16])
    }

    fn found(rule: &'static str, accountable: Option<u8>) -> Attention {
        let evidence = Evidence { words: Sentence::default(), record: None };
        let reason = Reason {
            rule,
            severity: Severity::Soon,
            sentence: Sentence::default(),
            evidence,
            clears: Sentence::default(),
            owner: None,
        };
        let accountable = accountable.map(id);
        Attention { client: id(1), client_name: "Merrow".into(), reason, accountable }
    }

    /// Covers: S0.6
    #[test]
    fn groups_and_their_headings() {
        let names = HashMap::from([(id(7), "Tomas".to_owned()), (id(8), "Ines".to_owned())]);
        let all = [
            found("silence", Some(7)),
            found("no-sponsor", None),
            found("promise-overdue", Some(8)),
            found("silence", Some(8)),
        ];
        let check = |by, most, expected: &[&str]| {
            let lines = lines(&all, by, &names, most);
            let headings: Vec<_> =
                lines.iter().filter_map(|line| line.heading.as_deref()).collect();
            assert_eq!(headings, expected);
            assert_eq!(lines.len(), most.min(all.len()));
        };
        check(By::Urgency, 9, &[]);
        check(By::Person, 9, &["Nobody yet, 1 reason", "Ines, 2 reasons", "Tomas, 1 reason"]);
        check(By::Person, 2, &["Nobody yet, 1 reason", "Ines, 2 reasons"]);
        let rules = [
            "Promise due or broken, 1 reason",
            "Client silent, 2 reasons",
            "No client sponsor, 1 reason",
        ];
        check(By::Rule, 9, &rules);
    }
}
