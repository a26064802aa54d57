//! The complaints of the sample firm, with what is done about them and what is said of them among us.

use rand_core::CryptoRng;

use super::{
    Sample,
    story::{REMARKS, SampleComplaint},
    text,
};
use crate::{
    ids::{RecordId, RecordKey},
    lifecycles::complaint::{LIFECYCLE, State, Transition},
    op::Op,
    records::{Action, ActionSource, ActionState, Comment, Complaint, Severity},
    typed::{Choice, FactBody, Id, Record},
    value::Value,
};

impl<R: CryptoRng> Sample<'_, R> {
    pub(super) fn complaint(
        &mut self,
        story: &SampleComplaint,
        people: &[RecordId],
        engagement: RecordId,
        ops: &mut Vec<Op>,
    ) {
        let id = self.id();
        let severity = Severity::from_key(story.severity);
        ops.push(Op::Create {
            key: RecordKey::new(Complaint::KIND, id),
            values: vec![
                ("subject", text(story.subject)),
                ("received", Value::Moment(self.moment(story.received, 15))),
                (
                    "received_by",
                    self.ours(story.owner).map_or(Value::Empty, |id| Value::Link(id.id)),
                ),
                ("channel", Value::Choice(story.channel.into())),
                ("complainant", people.get(story.from).map_or(Value::Empty, |id| Value::Link(*id))),
                ("engagement", Value::Link(engagement)),
                ("description", text(story.description)),
                ("remedy", text(story.remedy)),
                ("remedy_none", Value::Flag(story.remedy.is_empty())),
                (
                    "severity",
                    severity.map_or(Value::Empty, |severity| Value::Choice(severity.key().into())),
                ),
                ("owner", self.ours(story.owner).map_or(Value::Empty, |id| Value::Link(id.id))),
            ],
        });
        let step = Transition {
            from: State::Captured,
            to: State::Recorded,
            why: "".into(),
            original: None,
        };
        let fact = step.into_fact(self.id());
        ops.push(Op::Append {
            key: RecordKey::new(Complaint::KIND, id),
            field: LIFECYCLE.field,
            fact,
        });
        for (what, owner, due, done) in story.actions {
            let day = self.day(*due);
            let action = Action {
                text: (*what).into(),
                owner: self.ours(*owner),
                client_owner: None,
                due: Some(day),
                state: if *done { ActionState::Done } else { ActionState::Open },
                done_on: done.then_some(day),
                source: Some(ActionSource::Complaint),
                complaint: Some(Id::new(id)),
                touchpoint: None,
                engagement: Some(Id::new(engagement)),
                effect_due: None,
                effect: None,
                effect_note: "".into(),
                ..Action::default()
            };
            let id = self.id();
            ops.push(action.create(id));
        }
        let remarks = REMARKS.iter().filter(|(subject, ..)| *subject == story.subject);
        for (_, to, words) in remarks {
            let to = self.ours(*to);
            let comment = Comment {
                about: RecordKey::new(Complaint::KIND, id).to_string(),
                text: (*words).into(),
                mentions: to.into_iter().collect(),
                seen: to.into_iter().collect(),
            };
            let id = self.id();
            ops.push(comment.create(id));
        }
    }
}
