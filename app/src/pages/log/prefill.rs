//! What the log sheet knows before it opens: who was called, what was shared, which visit is over.

use handbook::{
    Choice, Known, RecordId, Value,
    records::{Channel, ScheduledContact},
};

/// The beginning of a touchpoint.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prefill {
    /// The client; the one looked at where nothing is said.
    pub client: Option<RecordId>,
    /// Who was there from the client.
    pub contacts: Vec<RecordId>,
    /// By what means.
    pub channel: Option<Channel>,
    /// What was said, as far as it is known.
    pub notes: String,
    /// The scheduled contact that is held with it.
    pub scheduled: Option<RecordId>,
}

impl Prefill {
    /// How a planned visit went.
    pub fn debrief(client: RecordId, visit: &Known<ScheduledContact>) -> Self {
        Self {
            client: Some(client),
            contacts: visit.contacts.iter().map(|contact| contact.id).collect(),
            channel: Some(Channel::Visit),
            notes: String::new(),
            scheduled: Some(visit.id),
        }
    }

    /// The fields it fills.
    pub fn values(&self) -> Vec<(&'static str, Value)> {
        let contacts: Vec<Value> = self.contacts.iter().copied().map(Value::Link).collect();
        let channel = self.channel.map(|channel| Value::Choice(channel.key().to_owned()));
        let values = [
            (!contacts.is_empty()).then_some(("contacts", Value::Many(contacts))),
            channel.map(|channel| ("channel", channel)),
            (!self.notes.is_empty()).then(|| ("notes", Value::Text(self.notes.clone()))),
        ];
        values.into_iter().flatten().collect()
    }

    /// The name of its draft: one for each visit, else for each client, so that it is found again by who opens it the
    /// same way.
    pub fn draft(&self) -> String {
        let about = self.scheduled.or(self.client);
        about.map_or_else(|| "log-shared".to_owned(), |about| format!("log-{about}"))
    }
}
