//! The friendly touch of a client that was put away or has lapsed is due (S1.33).

use super::{Facts, Reason, Setting, Severity, past};
use crate::words::Sentence;

pub(super) fn rule(facts: &Facts, setting: &Setting) -> Vec<Reason> {
    let due = facts.friendly_touch_due(setting.today, setting.thresholds.touch_months);
    let Some(due) = due.filter(|due| *due <= setting.today) else { return Vec::new() };
    let told = past(due, setting.today);
    let sentence = Sentence::new(
        format!("A friendly touch was due {}, so that the way back stays open.", told.en),
        format!(
            "Ein freundlicher Kontakt war {} fällig, damit der Weg zurück offen bleibt.",
            told.de
        ),
    );
    let person = facts.client.entry_person.map(|person| ("contact", person.id));
    vec![
        Reason::new("friendly-touch", Severity::Watch, sentence)
            .seen_in(Sentence::new("Way back", "Weg zurück"), person)
            .clears(
                "a conversation is logged, or another day is set",
                "ein Gespräch festgehalten oder ein anderer Tag gesetzt ist",
            ),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{check, check_german, day};
    use super::*;
    use crate::records::{Client, ClientStatus};

    /// Covers: S1.33
    #[test]
    fn of_those_put_away() {
        let facts = |status, next: &str| Facts {
            since: Some(day("2026-10-01")),
            client: Client { status, entry_next: next.parse().ok(), ..Client::default() },
            ..Facts::default()
        };
        let sentence = "A friendly touch was due yesterday, so that the way back stays open.";
        check(rule, &facts(ClientStatus::Archived, "2026-11-11"), &[(Severity::Watch, sentence)]);
        let german = [
            "Ein freundlicher Kontakt war gestern fällig, damit der Weg zurück offen bleibt.",
            "Weg zurück",
            "ein Gespräch festgehalten oder ein anderer Tag gesetzt ist",
        ];
        check_german(rule, &facts(ClientStatus::Lapsed, "2026-11-11"), german);
        check(rule, &facts(ClientStatus::Archived, "2026-11-13"), &[]);
        check(rule, &facts(ClientStatus::Archived, ""), &[]); // due on 1 January
        check(rule, &facts(ClientStatus::Active, "2026-11-11"), &[]);
    }
}
