//! Promises and next steps, picked out of what was typed.
//!
//! Three taps and one text must be enough to log a touchpoint (S1.2), so what somebody promised or has to do next is read
//! from the text itself and offered for confirmation. It is a reading aid with a few plain rules, not an understanding:
//! it offers too little rather than too much, and nothing it finds is stored before a person keeps it.

mod dates;

use std::ops::Range;

use chrono::NaiveDate;

use dates::find_date;

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

const PROMISE_OPENINGS: &[&str] = &[
    "we will ",
    "we'll ",
    "we’ll ",
    "we shall ",
    "i will ",
    "i'll ",
    "i’ll ",
    "we promised to ",
    "i promised to ",
    "we promise to ",
    "i promise to ",
    "we agreed to ",
    "i agreed to ",
    "we send ",
    "we deliver ",
    "wir werden ",
    "ich werde ",
    "wir schicken ",
    "wir liefern ",
    "zugesagt: ",
    "promise: ",
    "promised: ",
];
/// Openings whose verb belongs to the text.
const KEPT_VERBS: &[(&str, &str)] = &[
    ("we send ", "send "),
    ("we deliver ", "deliver "),
    ("wir schicken ", "schicken "),
    ("wir liefern ", "liefern "),
];
const STEP_OPENINGS: &[&str] = &[
    "next step: ",
    "next: ",
    "todo: ",
    "to do: ",
    "follow up ",
    "asked us to ",
    "asked me to ",
    "asked if ",
    "asked for ",
    "need to ",
    "needs us to ",
    "let's ",
    "nächster schritt: ",
    "bat um ",
    "fragte, ob ",
    "müssen noch ",
];

/// Finds promises and next steps in `text`, in order; `today` anchors "tomorrow" and "Friday".
pub fn pick(text: &str, today: NaiveDate) -> Vec<Pick> {
    clauses(text).filter_map(|span| pick_clause(text, span, today)).collect()
}

fn pick_clause(text: &str, span: Range<usize>, today: NaiveDate) -> Option<Pick> {
    let clause = text.get(span.clone())?;
    let (kind, start, opening) = first_opening(clause)?;
    let span = span.start + start..span.end;
    let passage = text.get(span.clone())?;
    let verb = KEPT_VERBS.iter().find(|(from, _)| *from == opening).map_or("", |(_, verb)| verb);
    let rest = passage.get(opening.len()..)?;
    let (due, rest) = match find_date(rest, today) {
        Some((day, words)) => {
            let before = rest.get(..words.start).unwrap_or(rest);
            let after = rest.get(words.end..).unwrap_or("");
            (Some(day), format!("{}{}", before.trim_end(), after))
        }
        None => (None, rest.to_owned()),
    };
    let said = format!("{verb}{}", rest.trim().trim_end_matches(['.', ',', ';', '!']).trim());
    // One word is no task: "we will." says nothing that could be kept.
    (said.split_whitespace().count() >= 2).then(|| Pick {
        kind,
        span,
        text: capitalised(&said),
        due,
    })
}

/// The first opening in a clause: its kind, where it starts, and its words as in the table.
fn first_opening(clause: &str) -> Option<(PickKind, usize, &'static str)> {
    let promises = PROMISE_OPENINGS.iter().map(|words| (PickKind::Promise, *words));
    let steps = STEP_OPENINGS.iter().map(|words| (PickKind::NextStep, *words));
    promises
        .chain(steps)
        .filter_map(|(kind, words)| Some((kind, find_word(clause, words)?, words)))
        .min_by_key(|(_, start, words)| (*start, usize::MAX - words.len()))
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
    fn next_steps() {
        use PickKind::NextStep;
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
