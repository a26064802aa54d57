//! What changed at the client since we were there last (S1.34, S4.41).

use chrono::NaiveDate;

use super::Source;
use crate::attention::contact_name;
use crate::ids::RecordKey;
use crate::known::{Known, known};
use crate::lifecycles::{states, swot};
use crate::records::{Contact, Promise, Quadrant, SwotItem};
use crate::row::Row;
use crate::typed::{Choice, Record};
use crate::words::Sentence;

/// Something new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its day.
    pub on: NaiveDate,
    /// What is so now, as a sentence.
    pub what: Sentence,
    /// Where it can be seen.
    pub record: RecordKey,
}

pub(super) fn of(source: &Source<'_>) -> Vec<Change> {
    let mut changes: Vec<Change> = people(source);
    changes.extend(stages(source));
    changes.extend(swot_items(source));
    changes.extend(kept(source));
    changes.extend(settled(source));
    changes.retain(|change| change.on > source.since && change.on <= source.setting.today);
    changes.sort_by_key(|change| (std::cmp::Reverse(change.on), change.record));
    changes
}

/// The day on which it was written down; `None` for what the client was taken over with, which is no news.
fn recorded(source: &Source<'_>, record: RecordKey) -> Option<NaiveDate> {
    let row: &Row = source.rows.iter().find(|row| row.key() == record)?;
    let on = row.created.at.day()?;
    source.facts.since.is_none_or(|since| on > since).then_some(on)
}

fn people(source: &Source<'_>) -> Vec<Change> {
    let of = |one: &Known<Contact>| {
        let (name, record) = (contact_name(one), one.key());
        let left = one.left_on.map(|on| Change {
            on,
            what: Sentence::new(format!("{name} left."), format!("{name} ist ausgeschieden.")),
            record,
        });
        let begun = one.since.filter(|since| *since > source.since);
        let joined = begun.or_else(|| recorded(source, record)).map(|on| Change {
            on,
            what: Sentence::new(format!("{name} is new."), format!("{name} ist neu dabei.")),
            record,
        });
        [left, joined.filter(|_| one.left_on.is_none())]
    };
    source.facts.contacts.iter().flat_map(of).flatten().collect()
}

fn stages(source: &Source<'_>) -> Vec<Change> {
    let steps = source.facts.engagements.iter().flat_map(|one| {
        one.transitions.0.iter().filter_map(move |step| Some((one, step.at.day()?, step.body.to)))
    });
    let change =
        |(one, on, to): (&Known<crate::records::Engagement>, NaiveDate, crate::records::Stage)| {
            let stage = to.label();
            Change {
                on,
                what: Sentence::new(
                    format!("“{}” is now in {}.", one.name, stage.en.to_lowercase()),
                    format!("„{}“ steht jetzt in „{}“.", one.name, stage.de),
                ),
                record: one.key(),
            }
        };
    steps.map(change).collect()
}

/// Entries of an analysis that holds: of its day, or of the day on which they were added to it.
fn swot_items(source: &Source<'_>) -> Vec<Change> {
    let items: Vec<Known<SwotItem>> = known(source.rows);
    let change = |item: &Known<SwotItem>| {
        let swot =
            source.facts.swots.iter().find(|one| Some(one.id) == item.swot.map(|id| id.id))?;
        let holds = states(&swot.transitions, swot::State::Draft)
            .iter()
            .any(|state| matches!(state, swot::State::Draft | swot::State::Current));
        let on = swot.on.max(recorded(source, item.key())).filter(|_| holds)?;
        let quadrant = item.quadrant.filter(|quadrant| *quadrant != Quadrant::FOREIGN)?.label();
        let text = item.text.trim_end_matches('.');
        Some(Change {
            on,
            what: Sentence::new(
                format!("New {}: {text}.", quadrant.en.to_lowercase()),
                format!("Neue {}: {text}.", quadrant.de),
            ),
            record: item.key(),
        })
    };
    items.iter().filter_map(change).collect()
}

fn kept(source: &Source<'_>) -> Vec<Change> {
    let promises: Vec<Known<Promise>> = known(source.rows);
    let change = |one: &Known<Promise>| {
        let text = one.text.trim_end_matches('.');
        Some(Change {
            on: one.kept_on?,
            what: Sentence::new(format!("We kept: {text}."), format!("Gehalten: {text}.")),
            record: one.key(),
        })
    };
    promises.iter().filter_map(change).collect()
}

fn settled(source: &Source<'_>) -> Vec<Change> {
    let closed = source.facts.complaints.iter().filter(|one| !one.open);
    let change = |one: &crate::attention::Complaint| {
        Some(Change {
            on: one.last_step?,
            what: Sentence::new(
                format!("Complaint {} is settled.", one.number.en),
                format!("Beschwerde {} ist abgeschlossen.", one.number.de),
            ),
            record: RecordKey::new(crate::records::Complaint::KIND, one.id),
        })
    };
    closed.filter_map(change).collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{pack, row, talk};
    use super::*;
    use crate::figures::fixture::{id, step};
    use crate::records::{Channel, Engagement, PromiseState, Stage, Swot};

    fn check(rows: &[Row], expected: &[(&str, &str)]) {
        // The last visit was on 20 October.
        let mut all = vec![talk(100, "2026-10-20", Channel::Visit)];
        all.extend_from_slice(rows);
        let found = pack(&all, None).changes;
        let found: Vec<_> =
            found.iter().map(|one| (one.on.to_string(), one.what.en.clone())).collect();
        let expected: Vec<_> =
            expected.iter().map(|(on, what)| ((*on).to_owned(), (*what).to_owned())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn who_left_and_who_is_new() {
        let contact = |number, created: &str, since: &str, left: &str| {
            let contact = Contact {
                family_name: format!("Lindh {number}"),
                since: since.parse().ok(),
                left_on: left.parse().ok(),
                ..Contact::default()
            };
            row(number, created, contact)
        };
        check(&[contact(1, "2026-01-05", "", "2026-11-02")], &[("2026-11-02", "Lindh 1 left.")]);
        check(&[contact(1, "2026-01-05", "", "2026-10-20")], &[]);
        check(&[contact(1, "2026-11-03", "2026-11-01", "")], &[("2026-11-01", "Lindh 1 is new.")]);
        check(&[contact(1, "2026-11-03", "2019-01-01", "")], &[("2026-11-03", "Lindh 1 is new.")]);
        // Written down with the client itself.
        check(&[contact(1, "2026-01-05", "", "")], &[]);
    }

    /// Covers: S1.34
    #[test]
    fn entries_of_the_analysis_that_holds() {
        let swot = |number, on: &str, state| {
            let transitions = step(swot::State::Draft, state, on);
            row(number, on, Swot { on: on.parse().ok(), transitions, ..Swot::default() })
        };
        let item = |number, of: u8, on: &str, quadrant, text: &str| {
            let (swot, quadrant) = (Some(id(of).into()), Some(quadrant));
            row(number, on, SwotItem { swot, quadrant, text: text.into(), ..SwotItem::default() })
        };
        let rows = [
            swot(1, "2026-09-01", swot::State::Current),
            swot(2, "2026-11-05", swot::State::Current),
            swot(3, "2026-11-06", swot::State::Superseded),
            item(11, 1, "2026-09-01", Quadrant::Strength, "Old"),
            item(12, 1, "2026-11-01", Quadrant::Threat, "A rival offers telemetry."),
            item(13, 2, "2026-11-05", Quadrant::Weakness, "Two revisions"),
            item(14, 3, "2026-11-06", Quadrant::Weakness, "Superseded"),
        ];
        let expected = [
            ("2026-11-05", "New weakness: Two revisions."),
            ("2026-11-01", "New threat: A rival offers telemetry."),
        ];
        check(&rows, &expected);
    }

    #[test]
    fn stages_and_what_was_kept() {
        let transitions = step(Stage::Implementation, Stage::CloseOut, "2026-11-04");
        let engagement =
            Engagement { name: "Harbour".into(), transitions, ..Engagement::default() };
        let promise = Promise {
            text: "The list".into(),
            state: PromiseState::Kept,
            kept_on: "2026-10-30".parse().ok(),
            ..Promise::default()
        };
        let rows = [row(1, "2026-01-05", engagement), row(2, "2026-10-01", promise)];
        let expected = [
            ("2026-11-04", "“Harbour” is now in close-out."),
            ("2026-10-30", "We kept: The list."),
        ];
        check(&rows, &expected);
    }
}
