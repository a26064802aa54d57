//! A record's history by command: what somebody did at once stands together.

use uuid::Uuid;

use super::nobody;
use crate::document::{Entry, Past};
use crate::ids::{MemberId, RecordId};
use crate::kind::{Class, Kind};
use crate::value::Moment;
use crate::words::Language;

/// What one command did to a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Who; `None` if the document does not say.
    pub by: Option<MemberId>,
    /// When it ended, on their clock.
    pub at: Moment,
    /// The command.
    pub command: Option<Uuid>,
    /// What it did, the latest first; never empty.
    pub entries: Vec<Entry>,
}

/// Entries that follow each other and come from one command, together. What was typed into a field
/// in one go was kept several times: it is one entry, from what stood there first to what stands
/// there at the end.
pub fn by_command(entries: Vec<Entry>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for entry in entries {
        match groups.last_mut() {
            Some(group) if group.command.is_some() && group.command == entry.command => {
                group.take(entry);
            }
            _ => groups.push(Group {
                by: entry.by,
                at: entry.at,
                command: entry.command,
                entries: vec![entry],
            }),
        }
    }
    groups
}

impl Group {
    /// Takes in an entry from before those that are here.
    fn take(&mut self, earlier: Entry) {
        let same = self.entries.iter_mut().find(|known| {
            known.field.is_some() && known.field == earlier.field && known.event == earlier.event
        });
        match same {
            Some(later) if later.before == earlier.after => later.before = earlier.before,
            _ => self.entries.push(earlier),
        }
    }

    /// "Tomas Reuter changed 4 fields." For a group of several entries.
    pub fn sentence(
        &self,
        language: Language,
        name_of: &dyn Fn(&str, RecordId) -> Option<String>,
    ) -> String {
        let who = self.by.and_then(|by| name_of("member", RecordId::from_bytes(by)));
        let who = who.unwrap_or_else(|| nobody(language).to_owned());
        let count = self.entries.len();
        match language {
            Language::En => format!("{who} made {count} changes at once."),
            Language::De => format!("{who} hat {count} Änderungen zugleich vorgenommen."),
        }
    }
}

/// A field's values without those that were kept while somebody was still typing: of one command, the last one.
pub fn settled(values: Vec<Past>) -> Vec<Past> {
    let mut settled: Vec<Past> = Vec::new();
    for past in values {
        let typed_on = settled
            .last()
            .is_some_and(|last| last.command.is_some() && last.command == past.command);
        if !typed_on {
            settled.push(past);
        }
    }
    settled
}

/// Whether a field's past values can be given back: facts are never rewritten.
pub fn has_past(kind: &Kind, index: usize) -> bool {
    kind.fields.get(index).is_some_and(|field| field.class != Class::Fact)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Event;
    use crate::value::Value;

    fn entry(command: u128, field: Option<usize>, before: &str, after: &str) -> Entry {
        let value = |text: &str| Value::Text(text.to_owned());
        Entry {
            event: if field.is_some() { Event::Changed } else { Event::Deleted },
            field,
            before: value(before),
            after: value(after),
            by: None,
            at: Moment::default(),
            command: (command != 0).then(|| Uuid::from_u128(command)),
            batch: None,
            what: "edit".to_owned(),
        }
    }

    #[test]
    fn what_was_done_at_once_stands_together() {
        let check = |given: Vec<Entry>, expected: &[&[(&str, &str)]]| {
            let groups = by_command(given);
            let found: Vec<Vec<(&str, &str)>> = groups
                .iter()
                .map(|group| {
                    let texts = group.entries.iter().map(|entry| {
                        (entry.before.as_text().unwrap(), entry.after.as_text().unwrap())
                    });
                    texts.collect()
                })
                .collect();
            assert_eq!(found, expected);
        };
        check(vec![], &[]);
        // Two fields by one command, then another command.
        check(
            vec![
                entry(2, Some(0), "a", "b"),
                entry(2, Some(1), "x", "y"),
                entry(1, Some(0), "", "a"),
            ],
            &[&[("a", "b"), ("x", "y")], &[("", "a")]],
        );
        // Typed in one go.
        check(
            vec![entry(1, Some(0), "Food", "Food trade"), entry(1, Some(0), "", "Food")],
            &[&[("", "Food trade")]],
        );
        // Somebody else's change lies between: nothing is hidden.
        check(
            vec![entry(1, Some(0), "theirs", "mine"), entry(1, Some(0), "", "first")],
            &[&[("theirs", "mine"), ("", "first")]],
        );
        // Changes that name no command stay alone.
        check(
            vec![entry(0, Some(0), "a", "b"), entry(0, Some(1), "x", "y")],
            &[&[("a", "b")], &[("x", "y")]],
        );
    }

    #[test]
    fn what_was_kept_while_typing_is_no_value() {
        let past = |command: Option<u128>, text: &str| Past {
            value: Value::Text(text.to_owned()),
            by: None,
            at: Moment::default(),
            command: command.map(Uuid::from_u128),
        };
        let check = |given: Vec<Past>, expected: &[&str]| {
            let found = settled(given);
            let texts: Vec<_> = found.iter().filter_map(|past| past.value.as_text()).collect();
            assert_eq!(texts, expected);
        };
        check(vec![], &[]);
        check(
            vec![past(Some(2), "Food trade"), past(Some(2), "Food"), past(Some(1), "Rail")],
            &["Food trade", "Rail"],
        );
        check(vec![past(None, "b"), past(None, "a")], &["b", "a"]);
    }

    #[test]
    fn a_group_says_how_much() {
        let group = by_command(vec![entry(2, Some(0), "a", "b"), entry(2, Some(1), "x", "y")]);
        let nobody = |_: &str, _: RecordId| None;
        assert_eq!(group[0].sentence(Language::En, &nobody), "Somebody made 2 changes at once.");
        assert_eq!(
            group[0].sentence(Language::De, &nobody),
            "Jemand hat 2 Änderungen zugleich vorgenommen."
        );
    }
}
