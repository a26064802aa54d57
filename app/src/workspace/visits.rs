//! The visits of a day, as pages show them.

use chrono::NaiveDate;
use handbook::{
    DocumentId, Known, Record, RecordKey,
    records::{Contact, ScheduledContact},
    visits,
};

use super::space::Space;
use crate::ui::model::Visit;

/// Visits and formal contacts of that day which are neither held nor called off, over all clients.
pub(super) fn today(space: &Space, day: NaiveDate) -> Vec<Visit> {
    let planned = space.list(ScheduledContact::KEY);
    let known = planned.iter().filter_map(|placed| {
        let DocumentId::Client(client) = placed.document else { return None };
        let record = ScheduledContact::from_row(&placed.row).ok()?;
        Some((client, Known::new(placed.row.id, record)))
    });
    let found = visits::of_day(known, |(_, contact)| contact, day);
    let visit = |(client, planned): (_, Known<ScheduledContact>)| {
        let document = DocumentId::Client(client);
        let name = |id| space.title(document, RecordKey::new(Contact::KIND, id));
        Visit {
            client,
            client_name: space.client_name(document).unwrap_or_default(),
            people: planned.contacts.iter().filter_map(|contact| name(contact.id)).collect(),
            planned,
        }
    };
    found.into_iter().map(visit).collect()
}
