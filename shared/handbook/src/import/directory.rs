//! Who has which e-mail address: our members, and the people of every client.

use std::collections::BTreeMap;

use crate::{
    ids::{DocumentId, RecordId},
    lifecycles::scheduled_contact::date,
    records::{Client, Contact, Member, ScheduledContact, Touchpoint},
    row::Row,
    search::fold,
    typed::Record,
    value::Value,
};

/// The living people of these documents by their addresses, and the contacts that were had.
pub(super) struct Directory<'d> {
    documents: &'d [(DocumentId, Vec<Row>)],
    contacts: BTreeMap<String, Vec<(DocumentId, RecordId)>>,
    members: BTreeMap<String, &'d Row>,
}

/// The people of one client among some addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Met {
    /// The client's document.
    pub document: DocumentId,
    /// What the client is called.
    pub client: String,
    /// Its people.
    pub contacts: Vec<RecordId>,
}

impl<'d> Directory<'d> {
    pub(super) fn of(documents: &'d [(DocumentId, Vec<Row>)]) -> Self {
        let mut directory = Self { documents, contacts: BTreeMap::new(), members: BTreeMap::new() };
        for (document, rows) in documents {
            for row in rows.iter().filter(|row| !row.gone) {
                if row.kind == Contact::KIND {
                    for email in row.get("emails").members().iter().filter_map(Value::as_text) {
                        directory
                            .contacts
                            .entry(fold(email))
                            .or_default()
                            .push((*document, row.id));
                    }
                } else if row.kind == Member::KIND
                    && let Some(email) = row.get("email").as_text()
                {
                    directory.members.insert(fold(email), row);
                }
            }
        }
        directory
    }

    /// Our member with that address.
    pub(super) fn member(&self, email: &str) -> Option<&'d Row> {
        self.members.get(&fold(email)).copied()
    }

    /// Whether a client's person has that address.
    pub(super) fn is_contact(&self, email: &str) -> bool {
        self.contacts.contains_key(&fold(email))
    }

    /// The clients whose people are among these addresses; the chosen one if there is none.
    pub(super) fn met(&self, emails: &[String], chosen: Option<RecordId>) -> Vec<Met> {
        let mut met: Vec<Met> = Vec::new();
        for (document, contact) in
            emails.iter().filter_map(|email| self.contacts.get(&fold(email))).flatten()
        {
            match met.iter_mut().find(|known| known.document == *document) {
                Some(known) if known.contacts.contains(contact) => {}
                Some(known) => known.contacts.push(*contact),
                None => met.push(Met {
                    document: *document,
                    client: self.client(*document).unwrap_or_default(),
                    contacts: vec![*contact],
                }),
            }
        }
        if met.is_empty()
            && let Some(document) = chosen.map(DocumentId::Client)
            && let Some(client) = self.client(document)
        {
            met.push(Met { document, client, contacts: Vec::new() });
        }
        met
    }

    fn rows(&self, document: DocumentId) -> impl Iterator<Item = &'d Row> {
        let found = self.documents.iter().find(|(known, _)| *known == document);
        found.into_iter().flat_map(|(_, rows)| rows).filter(|row| !row.gone)
    }

    fn client(&self, document: DocumentId) -> Option<String> {
        self.rows(document).find(|row| row.kind == Client::KIND).map(Row::title)
    }

    /// Whether that client has a visit of the same day, time and subject in its plan.
    pub(super) fn has_planned(&self, document: DocumentId, visit: &ScheduledContact) -> bool {
        let planned = self.rows(document).filter(|row| row.kind == ScheduledContact::KIND);
        planned.filter_map(|row| ScheduledContact::from_row(row).ok()).any(|known| {
            (date(&known), known.time) == (visit.target_date, visit.time)
                && fold(&known.subject) == fold(&visit.subject)
        })
    }

    /// Whether that client has a contact of the same minute and subject.
    pub(super) fn has_touchpoint(&self, document: DocumentId, ms: i64, subject: &str) -> bool {
        self.rows(document).filter(|row| row.kind == Touchpoint::KIND).any(|row| {
            let same_time =
                matches!(row.get("at"), Value::Moment(at) if at.ms / 60_000 == ms / 60_000);
            same_time && fold(&row.title()) == fold(subject)
        })
    }
}
