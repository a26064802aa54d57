//! When a client may be put away (SM-1).
//!
//! A client's status is a decision, not a procedure: any status may follow any other, except that
//! putting a client away asks for a way back.

use crate::lifecycles::complaint::{State, states};
use crate::records::{Client, Complaint};
use crate::row::Row;
use crate::typed::Record;
use crate::words::{Language, Sentence};

/// What stands in the way of archiving a client: it needs an entry point, or the word that there
/// is none, and no open complaint. `rows` are those of the client's document.
pub fn archive_refusals(client: &Row, rows: &[Row]) -> Vec<Sentence> {
    let keys = &Client::KEYS;
    let mut refusals = Vec::new();
    let way_back =
        [keys.entry_person.raw(client), keys.entry_route.raw(client), keys.entry_next.raw(client)];
    let given_up = keys.entry_none.get(client) == Ok(true);
    if way_back.iter().all(|value| value.is_empty()) && !given_up {
        refusals.push(Sentence::new(
            "Name a way back to this client, or note that there is none.",
            "Bitte einen Weg zurück zu diesem Kunden nennen oder vermerken, dass es keinen gibt.",
        ));
    }
    for row in rows.iter().filter(|row| row.kind == Complaint::KIND && !row.gone) {
        // A complaint that cannot be read counts as open: nobody can say that it is not.
        let open = Complaint::from_row(row)
            .map_or(true, |complaint| states(&complaint).into_iter().any(State::is_open));
        if open {
            let title = |language| row.title_in(language);
            refusals.push(Sentence::new(
                format!("The complaint “{}” is still open.", title(Language::En)),
                format!("Die Beschwerde „{}“ ist noch offen.", title(Language::De)),
            ));
        }
    }
    refusals
}
