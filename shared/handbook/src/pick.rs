//! Promises and next steps, picked out of what was typed.
//!
//! Three taps and one text must be enough to log a touchpoint (S1.2), so what somebody promised or has to do next is read
//! from the text itself and offered for confirmation. It is a reading aid with a few plain rules, not an understanding:
//! it offers too little rather than too much, and nothing it finds is stored before a person keeps it.

mod dates;
mod openings;

use std::ops::Range;

use chrono::NaiveDate;

use dates::{find_date, is_month};
use openings::{OPENINGS, Opening};

/// What a passage seems to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PickKind {
    /// We said that we will do something.
    Promise,
    /// Something is to be done next, without having been promised.
    NextStep,
}

/// One passage found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pick {
    /// What it seems to be.
    pub kind: PickKind,
    /// Where it stands, in bytes of the text given.
    pub span: Range<usize>,
    /// The passage without its opening words and date, starting with a capital letter.
    pub text: String,
    /// The day named in it, if one is.
    pub due: Option<NaiveDate>,
}

/// Finds promises and next steps in `text`, in order; `today` anchors "tomorrow" and "Friday".
pub fn pick(text: &str, today: NaiveDate) -> Vec<Pick> {
    clauses(text).filter_map(|span| pick_clause(text, span, today)).collect()
}

fn pick_clause(text: &str, clause_span: Range<usize>, today: NaiveDate) -> Option<Pick> {
    let clause = text.get(clause_span.clone())?;
    let (start, opening) = first_opening(clause)?;
    let (rest, infinitive) = opening.close(clause.get(start + opening.words.len()..)?)?;
    // What stands before a German verb, from the last comma on, belongs to what is promised.
    let lead = clause.get(..start).filter(|_| opening.inverted).unwrap_or_default();
    let lead_start = lead.rfind(',').map_or(0, |comma| comma + 1);
    let (due, rest, lead) = match without_date(rest, today) {
        (Some(day), rest) => (Some(day), rest, lead.get(lead_start..)?.to_owned()),
        (None, rest) => {
            let (due, lead) = without_date(lead.get(lead_start..)?, today);
            (due, rest, lead)
        }
    };
    let parts = [opening.before, &lead, &rest, &infinitive].map(tidy);
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let said = parts.join(" ");
    let from = if opening.inverted { indented(lead_start, clause) } else { start };
    // One word is no task: "we will." says nothing that could be kept.
    (said.split_whitespace().count() >= 2).then(|| Pick {
        kind: opening.kind,
        span: clause_span.start + from..clause_span.end,
        text: capitalised(&said),
        due,
    })
}

/// Where the words after `start` begin.
fn indented(start: usize, text: &str) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    start + rest.len() - rest.trim_start().len()
}

fn tidy(part: &str) -> &str {
    part.trim().trim_matches(['.', ',', ';', '!']).trim()
}

/// The day named in a passage, and the passage without it.
fn without_date(passage: &str, today: NaiveDate) -> (Option<NaiveDate>, String) {
    let Some((day, words)) = find_date(passage, today) else { return (None, passage.to_owned()) };
    let before = passage.get(..words.start).unwrap_or(passage).trim_end();
    let after = passage.get(words.end..).unwrap_or("").trim_start_matches(['.', ',']);
    (Some(day), format!("{before}{after}"))
}

/// The first opening in a clause, and where it starts.
fn first_opening(clause: &str) -> Option<(usize, &'static Opening)> {
    let found = OPENINGS.iter().filter_map(|opening| {
        let start = find_word(clause, &opening.words)?;
        // With nothing before it, the verb asks: "Schicken wir die Liste?"
        let fits = !(opening.inverted && start == 0);
        let rest = clause.get(start + opening.words.len()..)?;
        (fits && opening.close(rest).is_some()).then_some((start, opening))
    });
    found.min_by_key(|(start, opening)| (*start, usize::MAX - opening.words.len()))
}

/// Finds `words` (lower case) at a word's beginning, ignoring case; byte offsets are those of `text`.
fn find_word(text: &str, words: &str) -> Option<usize> {
    let begins = |start: usize| {
        text.get(..start).is_some_and(|before| !before.ends_with(char::is_alphanumeric))
    };
    text.char_indices().map(|(start, _)| start).find(|start| {
        begins(*start)
            && text
                .get(*start..*start + words.len())
                .is_some_and(|part| part.to_lowercase() == words)
    })
}

/// Splits at sentence ends, semicolons and line ends.
fn clauses(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut ends: Vec<usize> = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((at, sign)) = chars.next() {
        let closes = match sign {
            '\n' | ';' => true,
            '.' if counts(text, at) => false,
            '.' | '!' | '?' => chars.peek().is_none_or(|(_, next)| next.is_whitespace()),
            _ => false,
        };
        if closes {
            ends.push(at);
        }
    }
    ends.push(text.len());
    let mut start = 0;
    ends.into_iter().filter_map(move |end| {
        let from = start;
        start = end + usize::from(end < text.len());
        let clause = text.get(from..end)?;
        let lead = clause.len() - clause.trim_start().len();
        (!clause.trim().is_empty()).then(|| from + lead..from + lead + clause.trim().len())
    })
}

/// Whether the full stop belongs to a number: "am 3. Dezember", "bis zum 20. schicken".
fn counts(text: &str, stop: usize) -> bool {
    let (before, after) = (text.get(..stop).unwrap_or(""), text.get(stop + 1..).unwrap_or(""));
    let digits = before.len() - before.trim_end_matches(|sign: char| sign.is_ascii_digit()).len();
    let next = after.split_whitespace().next().unwrap_or_default();
    let goes_on = next.starts_with(char::is_lowercase)
        || is_month(next.trim_matches(|sign: char| !sign.is_alphabetic()));
    (1..=2).contains(&digits) && after.starts_with(' ') && goes_on
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: &str = "2026-11-12"; // a Thursday

    fn found(text: &str) -> Vec<(PickKind, String, Option<String>)> {
        let picks = pick(text, TODAY.parse().unwrap());
        picks
            .into_iter()
            .map(|pick| (pick.kind, pick.text, pick.due.map(|day| day.to_string())))
            .collect()
    }

    fn check(text: &str, kind: PickKind, said: &str, due: Option<&str>) {
        assert_eq!(found(text), [(kind, said.to_owned(), due.map(str::to_owned))], "{text}");
    }

    #[test]
    fn promises_with_their_day() {
        use PickKind::Promise;
        check(
            "We will send the drawing list by Friday.",
            Promise,
            "Send the drawing list",
            Some("2026-11-13"),
        );
        check(
            "before the pour; we send them by Friday the 20th.",
            Promise,
            "Send them",
            Some("2026-11-20"),
        );
        check("I'll call Daniel tomorrow", Promise, "Call Daniel", Some("2026-11-13"));
        check(
            "we’ll deliver the report in two weeks",
            Promise,
            "Deliver the report",
            Some("2026-11-26"),
        );
        check(
            "We promised to name a stand-in by 27 Nov",
            Promise,
            "Name a stand-in",
            Some("2026-11-27"),
        );
        check(
            "We agreed to bring the samples on March 3rd",
            Promise,
            "Bring the samples",
            Some("2027-03-03"),
        );
        check(
            "Wir werden die Liste bis Freitag schicken",
            Promise,
            "Die Liste schicken",
            Some("2026-11-13"),
        );
        check("promise: boiler survey 2026-12-01", Promise, "Boiler survey", Some("2026-12-01"));
    }

    #[test]
    fn promises_in_german() {
        let check = |text: &str, said: &str, due: &str| {
            check(text, PickKind::Promise, said, Some(due).filter(|due| !due.is_empty()));
        };
        check("Ich schicke die Liste bis Freitag.", "Die Liste schicken", "2026-11-13");
        check("Wir liefern die Muster am 3. Dezember.", "Die Muster liefern", "2026-12-03");
        check(
            "Wir melden uns bis Montag bei Frau Voss.",
            "Sich bei Frau Voss melden",
            "2026-11-16",
        );
        check("Ich melde mich morgen", "Sich melden", "2026-11-13");
        check("Ich rufe Daniel übermorgen an.", "Daniel anrufen", "2026-11-14");
        check("Bis Freitag schicken wir die Liste.", "Die Liste schicken", "2026-11-13");
        check(
            "Alles gut, die Liste schicke ich am 3.12. per Post",
            "Die Liste per Post schicken",
            "2026-12-03",
        );
        check(
            "Bis Ende der Woche werden wir den Bericht prüfen",
            "Den Bericht prüfen",
            "2026-11-13",
        );
        check(
            "Wir reichen das Protokoll bis zum 20. nach.",
            "Das Protokoll nachreichen",
            "2026-11-20",
        );
        check("Wir schicken Ihnen die Pläne zu", "Ihnen die Pläne zuschicken", "");
        check("Das Muster bringe ich nächste Woche mit", "Das Muster mitbringen", "2026-11-19");
        check("Wir melden uns am Montag zurück", "Sich zurückmelden", "2026-11-16");
        check(
            "Ich habe zugesagt, die Proben am Freitag, den 4. Dezember zu bringen",
            "Die Proben zu bringen",
            "2026-12-04",
        );
        check("Wir prüfen das in zwei Wochen", "Das prüfen", "2026-11-26");
    }

    #[test]
    fn next_steps() {
        use PickKind::NextStep;
        check(
            "Frau Voss bat um einen Ortstermin nächste Woche.",
            NextStep,
            "Einen Ortstermin",
            Some("2026-11-19"),
        );
        check(
            "Nächster Schritt: Halle bis 30.11.2026 buchen",
            NextStep,
            "Halle buchen",
            Some("2026-11-30"),
        );
        check("Katharina asked if Tomas can come.", NextStep, "Tomas can come", None);
        check("Next step: book the hall by Monday", NextStep, "Book the hall", Some("2026-11-16"));
    }

    #[test]
    fn ordinary_sentences_are_left_alone() {
        for text in [
            "Walked the pump hall.",
            "They will pay.",
            "We will.",
            "",
            "The knee'd wework ill",
            "Schicken wir die Liste bis Freitag?",
            "Ich rufe das ins Gedächtnis",
            "Wir melden uns.",
            "Das war am Morgen um 3.12 Uhr",
            "ß we",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn spans_lie_on_the_passage() {
        let text = "Ümläute first. Then we will send it all by Friday. End.";
        let picks = pick(text, TODAY.parse().unwrap());
        assert_eq!(&text[picks[0].span.clone()], "we will send it all by Friday");
    }

    #[test]
    fn any_text_is_survived() {
        for text in [
            "we will ẞẞ İİ by",
            "by by by",
            "I'll \u{200b}x y",
            "in 99999999999999999999 days we will a b",
        ] {
            found(text);
        }
    }
}
