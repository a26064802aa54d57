//! What a client's status asks for (SM-1).
//!
//! A client's status is a decision, not a procedure: any status may follow any other (*won back* is
//! active after lapsed), except that putting a client away asks for a way back. That a client has
//! become part of another is no status but a link: taken away, both are what they were.

use crate::ids::RecordId;
use crate::lifecycles::{complaint, opportunity, states};
use crate::records::{Client, ClientStatus, Complaint, Controllable, Opportunity, SalvagePlan};
use crate::row::Row;
use crate::typed::{Id, Record};
use crate::words::{Language, Sentence};

/// What stands in the way of giving a client that status. `rows` are those of its document.
pub fn refusals(client: &Row, to: ClientStatus, rows: &[Row]) -> Vec<Sentence> {
    match to {
        ClientStatus::Archived => archive_refusals(client, rows),
        _ => Vec::new(),
    }
}

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
        let open = Complaint::from_row(row).map_or(true, |read| {
            complaint::states(&read).into_iter().any(complaint::State::is_open)
        });
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

/// What stands in the way of linking a client to the one that it has become part of. Both stay
/// documents of their own; taking the link away parts them again.
pub fn merge_refusals(client: &Row, into: &Row) -> Vec<Sentence> {
    let keys = &Client::KEYS;
    let mut refusals = Vec::new();
    if client.id == into.id {
        refusals.push(Sentence::new(
            "A client cannot become part of itself.",
            "Ein Kunde kann nicht mit sich selbst zusammengeführt werden.",
        ));
    } else if !keys.merged_into.raw(into).is_empty() {
        let title = |language| into.title_in(language);
        refusals.push(Sentence::new(
            format!(
                "“{}” has become part of another client itself; choose that one.",
                title(Language::En)
            ),
            format!(
                "„{}“ ist selbst mit einem anderen Kunden zusammengeführt; bitte diesen wählen.",
                title(Language::De)
            ),
        ));
    }
    refusals
}

/// The client that pages show for `client`: the end of its links. `link` says what a client is
/// merged into. Devices that acted apart may have closed a circle; then it is the least of those in
/// the circle, the same on every device.
pub fn shown_as(client: RecordId, link: impl Fn(RecordId) -> Option<RecordId>) -> RecordId {
    let mut seen = vec![client];
    let mut here = client;
    while let Some(next) = link(here) {
        if let Some(begin) = seen.iter().position(|known| *known == next) {
            return seen.iter().skip(begin).copied().min().unwrap_or(next);
        }
        seen.push(next);
        here = next;
    }
    here
}

/// A lapsed client whose last loss was not in our hands calls for a salvage plan, unless there is
/// one. `rows` are those of its document.
pub fn salvage_hint(client: &Row, rows: &[Row]) -> Option<Sentence> {
    if Client::KEYS.status.get(client) != Ok(ClientStatus::Lapsed) {
        return None;
    }
    let alive = || rows.iter().filter(|row| !row.gone);
    // The last one by the clocks of those who said so; equal clocks are told apart by the id.
    let lost = alive()
        .filter_map(|row| Some((lost_at(row)?, row.id, row)))
        .max_by_key(|(at, id, _)| (*at, *id));
    let (_, lost, row) = lost?;
    if Opportunity::KEYS.controllable.get(row) != Ok(Some(Controllable::No)) {
        return None;
    }
    let helps = |plan: &Row| {
        let about = SalvagePlan::KEYS.opportunity.get(plan);
        matches!(about, Ok(about) if about.is_none_or(|about| about == Id::new(lost)))
    };
    if alive().filter(|row| row.kind == SalvagePlan::KIND).any(helps) {
        return None;
    }
    Some(Sentence::new(
        "The last loss was not in our hands: plan what can still be gained.",
        "Der letzte Verlust lag nicht in unserer Hand: Bitte planen, was noch zu gewinnen ist.",
    ))
}

/// When it was said that this opportunity is lost, in milliseconds; `None` if it is not.
fn lost_at(row: &Row) -> Option<i64> {
    let opportunity =
        (row.kind == Opportunity::KIND).then(|| Opportunity::from_row(row).ok())??;
    let steps = &opportunity.transitions;
    let lost = opportunity::State::Lost;
    let is_lost = states(steps, opportunity::State::Spotted).contains(&lost);
    let told = steps.0.iter().filter(|step| step.body.to == lost).map(|step| step.at.ms);
    is_lost.then(|| told.max())?
}
