//! Words that would hurt if the client read them (S1.32).
//!
//! A handbook is read for years, by colleagues who were not there, and a client may ask for what is kept about them. So what is typed is
//! looked over for five habits that turn a bad day into a lasting quarrel: insults, sarcasm, guesses at bad intentions, blame that says
//! "always" or "never", and threats. Each finding names the words and offers another way to say it; nothing is ever refused or changed.
//!
//! The five are those that research on conflict names as what makes quarrels grow: contempt and criticism of the person instead of the
//! matter (Gottman), the guess at intentions (the "first mistake" in Stone, Patton and Heen, *Difficult Conversations*), and observation mixed with
//! judgement, "always" and "never" among it (Rosenberg, *Nonviolent Communication*). It is a reading aid with plain rules, not an
//! understanding: it says too little rather than too much, for an aid that cries wolf is switched off in the head.

mod pattern;
mod rules;

use std::ops::Range;

use crate::words::Words;
use pattern::{Token, tokens};
use rules::RULES;

/// What a passage does to its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Concern {
    /// Calls somebody names.
    Insult,
    /// Says the opposite of what is meant, to hurt.
    Sarcasm,
    /// Claims to know what somebody intended.
    Intent,
    /// Blames with "always" or "never".
    Always,
    /// Threatens.
    Threat,
}

impl Concern {
    /// How it may come across, as the beginning of a hint.
    pub const fn words(self) -> Words {
        match self {
            Self::Insult => Words::new("may hurt", "kann verletzen"),
            Self::Sarcasm => Words::new("may sound mocking", "kann spöttisch klingen"),
            Self::Intent => Words::new("guesses at intentions", "unterstellt eine Absicht"),
            Self::Always => {
                Words::new("blames for always or never", "wirft „immer“ oder „nie“ vor")
            }
            Self::Threat => Words::new("may sound like a threat", "kann wie eine Drohung klingen"),
        }
    }
}

/// A passage that could be said better.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// What it does.
    pub concern: Concern,
    /// Where it stands, in bytes of the text given.
    pub span: Range<usize>,
    /// How to say it instead.
    pub instead: Words,
}

/// The passages of a text that a client should not have to read, in order; both languages are looked for, for people mix them.
pub fn check(text: &str) -> Vec<Hint> {
    let tokens = tokens(text);
    let mut hints: Vec<Hint> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let here = tokens.get(at..).unwrap_or_default();
        match first(here) {
            Some((rule, taken)) => {
                hints.extend(span(here, taken).map(|span| Hint {
                    concern: rule.concern,
                    span,
                    instead: rule.instead,
                }));
                at += taken;
            }
            None => at += 1,
        }
    }
    hints
}

/// The rule that matches at the first token, and how many tokens it takes.
fn first(here: &[Token]) -> Option<(&'static rules::Rule, usize)> {
    RULES.iter().find_map(|rule| {
        let taken =
            rule.patterns.iter().filter_map(|pattern| pattern::matches(pattern, here)).max()?;
        Some((rule, taken))
    })
}

fn span(here: &[Token], taken: usize) -> Option<Range<usize>> {
    let last = here.get(taken.checked_sub(1)?)?;
    Some(here.first()?.span.start..last.span.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_client_should_not_have_to_read() {
        use Concern::{Always, Insult, Intent, Sarcasm, Threat};
        let check = |text: &str, expected: &[(Concern, &str)]| {
            let found = check(text);
            let found: Vec<_> =
                found.iter().map(|hint| (hint.concern, &text[hint.span.clone()])).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("These idiots lost the drawings.", &[(Insult, "idiots")]);
        check("They’re so incompetent!", &[(Insult, "They’re so incompetent")]);
        check("The client is lazy.", &[(Insult, "client is lazy")]);
        check("Er ist einfach unfähig.", &[(Insult, "Er ist einfach unfähig")]);
        check("Lauter Lügner dort", &[(Insult, "Lügner")]);
        check("Surprise, surprise: no reply.", &[(Sarcasm, "Surprise, surprise")]);
        check("War ja klar, dass nichts kommt.", &[(Sarcasm, "War ja klar")]);
        check("Their so-called expert came.", &[(Sarcasm, "so-called")]);
        check("They deliberately held the payment back.", &[(Intent, "They deliberately")]);
        check("She lied to us.", &[(Intent, "She lied")]);
        check("He did that on purpose", &[(Intent, "He did that on purpose")]);
        check("They don't care.", &[(Intent, "They don't care")]);
        check("They stole our best engineer.", &[(Intent, "stole our")]);
        check("Sie haben das absichtlich verzögert.", &[(Intent, "Sie haben das absichtlich")]);
        check("Der Kunde lügt.", &[(Intent, "Kunde lügt")]);
        check("You always forget the minutes.", &[(Always, "You always forget")]);
        check("They never pay on time.", &[(Always, "They never pay")]);
        check("The client is always late.", &[(Always, "client is always late")]);
        check("Sie zahlen nie pünktlich.", &[(Always, "Sie zahlen nie")]);
        check("Der Kunde meldet sich nie.", &[(Always, "Kunde meldet sich nie")]);
        check("Sie ändern ständig ihre Meinung", &[(Always, "Sie ändern ständig")]);
        check("They will regret this.", &[(Threat, "They will regret")]);
        check("Pay by Friday or else.", &[(Threat, "or else")]);
        check("Das werden sie noch bereuen.", &[(Threat, "werden sie noch bereuen")]);
        check(
            "They never answer, and of course they lied.",
            &[(Always, "They never answer"), (Sarcasm, "of course they")],
        );
    }

    #[test]
    fn usual_sentences_raise_no_alarm() {
        for text in [
            "They always pay on time.",
            "We never answered their letter of March; that was our mistake.",
            "She said the deliveries are always late.",
            "They say invoices never arrive before the tenth.",
            "The client never complained about the night shift.",
            "Greta is always late on Mondays because of the ferry.", // a fact about a time table, said of a name
            "We deliberately chose the smaller crew.",
            "Lied is the German word for a song.",
            "The old cable is useless, they want a new one.",
            "Petty cash was settled; the cheat sheet for the port is attached.",
            "Payment is 40 days overdue; the second reminder went out today.",
            "They hired our engineer Tomas on 1 March.",
            "If nothing arrives by Friday we stop the deliveries, as agreed in section 7.",
            "He does not care for fish; book another place.",
            "Of course we send the report on Friday.",
            "What a nice surprise, they renewed for two years.",
            "Always check the seal. Never open the reefer before the inspection.",
            "The purpose of the visit is the review.",
            "It was a lesson for us.",
            "Sie zahlen immer pünktlich.",
            "Wir melden uns nie zu spät, sagte er.",
            "Frau Calado sagt, die Lieferung komme immer zu spät.",
            "Wir haben absichtlich den kleineren Trupp gewählt.",
            "Das Obst war faul, wir tauschen es um.",
            "Typische Werte liegen bei vier Grad.",
            "Sie wollen uns im Mai besuchen.",
            "Die letzte Mahnung ging am Montag hinaus.",
            "Das Lied auf der Feier gefiel ihnen.",
            "Sie ist nie allein im Büro.",
            "Der Kunde ändert die Adresse zum 1. Mai.",
            "",
        ] {
            assert_eq!(check(text), [], "{text}");
        }
    }

    #[test]
    fn every_rule_can_match() {
        for rule in RULES {
            for pattern in rule.patterns {
                let example = pattern::example(pattern);
                assert!(
                    !check(&example).is_empty(),
                    "nothing is found in {example:?}, made from {pattern:?}"
                );
            }
        }
    }
}
