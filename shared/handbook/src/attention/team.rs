//! The list of reasons as a team looks at it when it sits together: by person, by a function that is silent, by rule
//! (product.md story 7). What is chosen stands in the address, so that it can be kept and sent to somebody.

use super::{Reason, labels::LABELS};
use crate::ids::RecordId;
use crate::records::Function;
use crate::typed::Choice;

/// Who has to deal with something at a client: whose it is, else the client's first account manager.
pub fn accountable(owner: Option<RecordId>, account_managers: &[RecordId]) -> Option<RecordId> {
    owner.or_else(|| account_managers.first().copied())
}

/// Of whose business the list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Who {
    /// Everybody's.
    #[default]
    Anybody,
    /// What nobody has to deal with yet.
    Nobody,
    /// One of us.
    One(RecordId),
}

impl Who {
    /// Whether what this person has to deal with is in the list.
    pub fn holds(self, accountable: Option<RecordId>) -> bool {
        match self {
            Self::Anybody => true,
            Self::Nobody => accountable.is_none(),
            Self::One(person) => accountable == Some(person),
        }
    }

    /// Reads what stands in an address; what makes no sense narrows nothing.
    pub fn read(text: &str) -> Self {
        match text {
            "nobody" => Self::Nobody,
            id => id.parse().map_or(Self::Anybody, Self::One),
        }
    }

    /// As it stands in an address; empty for everybody.
    pub fn written(self) -> String {
        match self {
            Self::Anybody => String::new(),
            Self::Nobody => "nobody".to_owned(),
            Self::One(person) => person.to_string(),
        }
    }
}

/// What the lines stand under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum By {
    /// One list, the most pressing first.
    #[default]
    Urgency,
    /// Who has to deal with it.
    Person,
    /// The rule.
    Rule,
}

impl By {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Urgency, Self::Person, Self::Rule];

    /// As it stands in an address.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Urgency => "",
            Self::Person => "person",
            Self::Rule => "rule",
        }
    }
}

/// What of the list is shown, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Team {
    /// All clients, and not only one's own.
    pub everyone: bool,
    /// Whose business.
    pub who: Who,
    /// Only clients with which this function has not been in touch.
    pub silent: Option<Function>,
    /// Only reasons of this rule.
    pub rule: Option<&'static str>,
    /// What they stand under.
    pub by: By,
}

impl Team {
    /// Reads the parts of an address; what is unknown narrows nothing.
    pub fn read(part: impl Fn(&str) -> Option<String>) -> Self {
        let text = |name| part(name).unwrap_or_default();
        let (rule, by) = (text("rule"), text("by"));
        Self {
            everyone: text("whose") == "everyone",
            who: Who::read(&text("person")),
            silent: Function::from_key(&text("silent")),
            rule: LABELS.iter().find(|(name, _)| *name == rule).map(|(name, _)| *name),
            by: By::ALL.into_iter().find(|known| known.key() == by).unwrap_or_default(),
        }
    }

    /// The parts of an address, those that say something.
    pub fn written(self) -> Vec<(&'static str, String)> {
        let parts = [
            ("whose", if self.everyone { "everyone".to_owned() } else { String::new() }),
            ("person", self.who.written()),
            ("silent", self.silent.map_or_else(String::new, |one| one.key().to_owned())),
            ("rule", self.rule.unwrap_or_default().to_owned()),
            ("by", self.by.key().to_owned()),
        ];
        parts.into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }

    /// Whether it leaves anything out of the clients it looks at.
    pub fn narrows(self) -> bool {
        self.who != Who::Anybody || self.silent.is_some() || self.rule.is_some()
    }

    /// Whether a reason is in the list: `accountable` has to deal with it, and `silent` have not been in touch.
    pub fn holds(
        self,
        reason: &Reason,
        accountable: Option<RecordId>,
        silent: impl IntoIterator<Item = Function>,
    ) -> bool {
        self.who.holds(accountable)
            && self.rule.is_none_or(|rule| rule == reason.rule)
            && self.silent.is_none_or(|wanted| silent.into_iter().any(|one| one == wanted))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Severity;
    use super::*;
    use crate::figures::fixture::id;
    use crate::words::Sentence;

    #[test]
    fn whose_business() {
        let check = |owner: Option<u8>, managers: &[u8], expected: Option<u8>| {
            let managers: Vec<RecordId> = managers.iter().copied().map(id).collect();
            assert_eq!(accountable(owner.map(id), &managers), expected.map(id));
        };
        check(Some(7), &[8], Some(7));
        check(None, &[8, 9], Some(8));
        check(None, &[], None);
    }

    /// Covers: S0.6, S1.14
    #[test]
    fn what_is_in_the_list() {
        let reason = Reason::new("silence", Severity::Soon, Sentence::default());
        let check = |team: Team, accountable: Option<u8>, expected| {
            let held = team.holds(&reason, accountable.map(id), [Function::Finance]);
            assert_eq!(held, expected, "{team:?}");
        };
        let all = Team::default();
        check(all, None, true);
        check(Team { who: Who::One(id(7)), ..all }, Some(7), true);
        check(Team { who: Who::One(id(7)), ..all }, Some(8), false);
        check(Team { who: Who::One(id(7)), ..all }, None, false);
        check(Team { who: Who::Nobody, ..all }, None, true);
        check(Team { who: Who::Nobody, ..all }, Some(7), false);
        check(Team { silent: Some(Function::Finance), ..all }, None, true);
        check(Team { silent: Some(Function::Sales), ..all }, None, false);
        check(Team { rule: Some("silence"), ..all }, None, true);
        check(Team { rule: Some("no-sponsor"), ..all }, None, false);
    }

    #[test]
    fn in_an_address() {
        let check = |team: Team, expected: &[(&str, &str)]| {
            let written = team.written();
            let parts: Vec<_> =
                written.iter().map(|(name, value)| (*name, value.as_str())).collect();
            assert_eq!(parts, expected);
            let part = |wanted: &str| {
                let found = written.iter().find(|(name, _)| *name == wanted);
                found.map(|(_, value)| value.clone())
            };
            assert_eq!(Team::read(part), team);
        };
        check(Team::default(), &[]);
        let (silent, rule) = (Some(Function::Finance), Some("silence"));
        let team = Team { everyone: true, who: Who::Nobody, silent, rule, by: By::Person };
        check(
            team,
            &[
                ("whose", "everyone"),
                ("person", "nobody"),
                ("silent", "finance"),
                ("rule", "silence"),
                ("by", "person"),
            ],
        );
        let person = id(7).to_string();
        check(Team { who: Who::One(id(7)), ..Team::default() }, &[("person", &person)]);
        // What an address of another version, or a slip, says.
        let odd = |name: &str| Some(format!("odd-{name}"));
        assert_eq!(Team::read(odd), Team::default());
    }
}
