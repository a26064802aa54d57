//! Which dates of which kinds are told, and in which words.

use crate::kind::{Field, FieldType, Kind};
use crate::records::{
    Action, Assignment, Attachment, Client, Contact, Engagement, Involvement, MajorDeliverable,
    Obligation, Promise, Site, Sla, SlaTarget, Snooze, SwitchingFactor, SwotItem,
};
use crate::row::Row;
use crate::typed::Record;
use crate::value::Value;
use crate::words::Words;

/// Kinds that say what is, not what happened.
pub(super) const STRUCTURE: [&str; 6] =
    [Site::KEY, Involvement::KEY, SlaTarget::KEY, SwotItem::KEY, SwitchingFactor::KEY, Snooze::KEY];

/// Kinds of which only the turns are told, not that they were written down.
const ONLY_TURNS: [&str; 7] = [
    Client::KEY,
    Contact::KEY,
    Assignment::KEY,
    Engagement::KEY,
    MajorDeliverable::KEY,
    Sla::KEY,
    Obligation::KEY,
];

/// Kinds that are told when they were written down, whatever dates they have.
const WHEN_WRITTEN: [&str; 2] = [Action::KEY, Attachment::KEY];

/// Words in the name of a date that lies ahead by its nature; it is not when the record came to be.
const AHEAD: [&str; 5] = ["due", "review", "until", "next", "evaluate"];

/// A date that tells a turn.
struct Turn {
    kind: &'static str,
    field: &'static str,
    words: Words,
    /// Once this field says something, it tells the turn instead; empty: none does.
    unless: &'static str,
}

const fn turn(kind: &'static str, field: &'static str, en: &'static str, de: &'static str) -> Turn {
    Turn { kind, field, words: Words::new(en, de), unless: "" }
}

const TURNS: &[Turn] = &[
    turn(Client::KEY, "service_since", "Became our client", "Wurde unser Kunde"),
    turn(Contact::KEY, "since", "Came to the client", "Kam zum Kunden"),
    turn(Contact::KEY, "left_on", "Left the client", "Hat den Kunden verlassen"),
    turn(Assignment::KEY, "from", "Took the role", "Übernahm die Rolle"),
    turn(Assignment::KEY, "until", "Gave the role back", "Gab die Rolle ab"),
    turn(Engagement::KEY, "start", "Engagement began", "Auftrag begann"),
    Turn {
        unless: "actual_end",
        ..turn(Engagement::KEY, "planned_end", "Engagement is to end", "Auftrag soll enden")
    },
    turn(Engagement::KEY, "actual_end", "Engagement ended", "Auftrag endete"),
    Turn {
        unless: "done_on",
        ..turn(MajorDeliverable::KEY, "due", "Deliverable due", "Hauptergebnis fällig")
    },
    turn(MajorDeliverable::KEY, "done_on", "Deliverable handed over", "Hauptergebnis übergeben"),
    turn(Promise::KEY, "kept_on", "Promise kept", "Zusage gehalten"),
    turn("complaint", "response_sent", "Complaint answered", "Beschwerde beantwortet"),
    turn(Action::KEY, "done_on", "Action done", "Maßnahme erledigt"),
    turn(Sla::KEY, "valid_from", "Agreement took effect", "Vereinbarung gilt"),
    turn(Sla::KEY, "valid_until", "Agreement ends", "Vereinbarung endet"),
    turn(Obligation::KEY, "valid_until", "Obligation ends", "Verpflichtung endet"),
];

/// The turns of a record that have a date.
pub(super) fn turns(row: &Row) -> impl Iterator<Item = (&Value, Words)> {
    let of = TURNS.iter().filter(|turn| turn.kind == row.kind.key);
    let told = of.filter(|turn| turn.unless.is_empty() || row.get(turn.unless).is_empty());
    told.map(|turn| (row.get(turn.field), turn.words))
}

/// The date at which a record of that kind is told: `Some(None)` when it was written down, `None` not at all.
pub(super) fn main_date(kind: &'static Kind) -> Option<Option<&'static Field>> {
    if ONLY_TURNS.contains(&kind.key) {
        return None;
    }
    if WHEN_WRITTEN.contains(&kind.key) {
        return Some(None);
    }
    let is_date = |field: &Field| matches!(field.ty, FieldType::Date | FieldType::Moment);
    let is_turn =
        |field: &Field| TURNS.iter().any(|turn| turn.kind == kind.key && turn.field == field.key);
    let is_ahead = |field: &Field| AHEAD.iter().any(|word| field.key.contains(word));
    let told = |field: &&Field| is_date(field) && !is_turn(field) && !is_ahead(field);
    Some(kind.fields.iter().find(told))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::kind;

    #[test]
    fn the_date_at_which_a_kind_is_told() {
        let check = |key: &str, expected: Option<Option<&str>>| {
            let found = main_date(kind(key).unwrap());
            assert_eq!(found.map(|field| field.map(|field| field.key)), expected, "{key}");
        };
        check("touchpoint", Some(Some("at")));
        check("complaint", Some(Some("received")));
        check("promise", Some(Some("made_on")));
        check("demand", Some(Some("raised_on")));
        check("sla_result", Some(Some("ends")));
        check("swot", Some(Some("on")));
        check("sponsor_dialogue", Some(Some("on")));
        check("value_shown", Some(Some("on")));
        check("action", Some(None));
        check("risk", Some(None));
        check("comment", Some(None));
        check("attachment", Some(None));
        check("engagement", None);
        check("contact", None);
    }

    #[test]
    fn every_turn_is_a_date_of_a_kind() {
        for turn in TURNS {
            let kind = kind(turn.kind).unwrap();
            let field = kind.field(turn.field).unwrap();
            assert!(matches!(field.ty, FieldType::Date), "{}.{}", turn.kind, turn.field);
            assert!(turn.unless.is_empty() || kind.field(turn.unless).is_some());
        }
    }
}
