//! What of a record a client may see: the fields declared so, and nothing where the record as a whole is kept for the team.

use crate::kind::{Field, Kind};
use crate::records::Visibility;
use crate::typed::Choice;
use crate::value::Value;

/// The part of a record that is meant for the client.
#[derive(Debug, Clone)]
pub struct ForClient {
    /// The fields that say something, in the order of the form.
    pub fields: Vec<(&'static Field, Value)>,
    /// Fields that say something and stay with us.
    pub kept: Vec<&'static Field>,
    /// The record as a whole is for the team, so the client sees none of it until that is changed.
    pub team_only: bool,
}

/// What a client may see of a record with those values.
pub fn for_client(kind: &'static Kind, value: impl Fn(&'static Field) -> Value) -> ForClient {
    let filled = kind.fields.iter().map(|field| (field, value(field)));
    let filled = filled.filter(|(field, value)| !value.is_empty() && field.key != VISIBILITY);
    let (fields, kept): (Vec<_>, Vec<_>) = filled.partition(|(field, _)| field.client_visible);
    let team_only = kind
        .field(VISIBILITY)
        .is_some_and(|field| value(field).as_text() != Some(Visibility::Client.key()));
    ForClient { fields, kept: kept.into_iter().map(|(field, _)| field).collect(), team_only }
}

const VISIBILITY: &str = "visibility";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::{Contact, Touchpoint};
    use crate::typed::Record;

    #[test]
    fn notes_stay_with_the_team() {
        let check = |visibility: &str, team_only: bool| {
            let value = |field: &'static Field| match field.key {
                "subject" | "notes" => Value::Text(field.key.into()),
                "channel" => Value::Choice("call".into()),
                VISIBILITY => Value::Choice(visibility.into()),
                _ => Value::Empty,
            };
            let seen = for_client(Touchpoint::KIND, value);
            let keys: Vec<&str> = seen.fields.iter().map(|(field, _)| field.key).collect();
            assert_eq!(keys, ["channel", "subject"]);
            let kept: Vec<&str> = seen.kept.iter().map(|field| field.key).collect();
            assert_eq!(kept, ["notes"]);
            assert_eq!(seen.team_only, team_only, "{visibility}");
        };
        check("team", true);
        check("client", false);
        check("", true);
    }

    #[test]
    fn a_kind_without_that_question_is_judged_by_its_fields() {
        let seen = for_client(Contact::KIND, |_| Value::Empty);
        assert!(!seen.team_only && seen.fields.is_empty() && seen.kept.is_empty());
    }
}
