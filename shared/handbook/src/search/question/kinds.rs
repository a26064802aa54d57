//! Asking for one kind of record: `kind:complaint cooling`, `art:beschwerde kühlung`.
//!
//! Every line of the index ends with a sign of its kind, one that no keyboard types, so that asking for a kind is one more term.

use crate::kind::Kind;
use crate::records::kinds;
use crate::search::fold;
use crate::words::Language;

/// What stands before the name of a kind; either language is understood in both.
const BEFORE: [&str; 2] = ["kind:", "art:"];
/// The signs of kinds begin here, in the range that Unicode leaves to private use.
const FIRST: u32 = 0xE000;
/// They end before this.
const END: u32 = 0xF8FF;
/// Asked for by a name that no kind has: it stands in no line.
const NOBODYS: char = '\u{F8FF}';

/// The sign of a kind's lines.
pub(in crate::search) fn mark(kind: &Kind) -> Option<char> {
    let at = kinds().position(|known| known == kind)?;
    char::from_u32(FIRST + u32::try_from(at).ok()?).filter(|mark| u32::from(*mark) < END)
}

/// Whether it is the sign of some kind.
pub(in crate::search) fn is_mark(sign: char) -> bool {
    (FIRST..END).contains(&u32::from(sign))
}

/// The sign that a folded word of a question asks for, if it asks for a kind.
pub(super) fn asked(word: &str) -> Option<char> {
    let name = named(word)?;
    Some(meant(name).next().and_then(mark).unwrap_or(NOBODYS))
}

/// The kinds that a question ending like this may go on to ask for, and how each is asked for; those whose name it begins.
/// Empty where it asks for none.
pub fn kinds_asked(question: &str, language: Language) -> Vec<(&'static Kind, String)> {
    let folded = fold(question);
    let Some(last) = folded.split(' ').next_back().filter(|last| !last.is_empty()) else {
        return Vec::new();
    };
    let Some(name) = named(last) else { return Vec::new() };
    let before = match language {
        Language::En => BEFORE[0],
        Language::De => BEFORE[1],
    };
    let filter = |kind: &'static Kind| format!("{before}{}", joined(kind.one.get(language)));
    meant(name).map(|kind| (kind, filter(kind))).collect()
}

fn named(word: &str) -> Option<&str> {
    BEFORE.iter().find_map(|before| word.strip_prefix(before))
}

/// Kinds by a name as it is typed, those called exactly so before those whose name goes on.
fn meant(name: &str) -> impl Iterator<Item = &'static Kind> {
    let names = |kind: &Kind| {
        let words = [kind.one, kind.many];
        let spoken = words.map(|words| Language::ALL.map(|language| joined(words.get(language))));
        spoken.into_iter().flatten().chain([joined(kind.key)]).collect::<Vec<_>>()
    };
    let name = joined(name);
    let found = kinds().filter(|kind| !kind.singleton);
    let mut found: Vec<(bool, &'static Kind)> = found
        .filter_map(|kind| {
            let names = names(kind);
            let begins = names.iter().any(|known| known.starts_with(&name));
            begins.then(|| (!names.contains(&name), kind))
        })
        .collect();
    found.sort_by_key(|(goes_on, _)| *goes_on);
    found.into_iter().map(|(_, kind)| kind)
}

/// A name as one word.
fn joined(name: &str) -> String {
    fold(name).replace([' ', '_'], "-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::{Complaint, ScheduledContact, SponsorDialogue, Swot, SwotItem};
    use crate::typed::Record;

    #[test]
    fn by_any_name_it_has() {
        let check = |word: &str, expected: Option<&'static Kind>| {
            assert_eq!(asked(&fold(word)), expected.and_then(mark), "{word}");
        };
        check("kind:complaint", Some(Complaint::KIND));
        check("kind:Complaints", Some(Complaint::KIND));
        check("Art:Beschwerde", Some(Complaint::KIND));
        check("kind:compl", Some(Complaint::KIND));
        check("kind:sponsor-dialogue", Some(SponsorDialogue::KIND));
        check("kind:sponsor_dialogue", Some(SponsorDialogue::KIND));
        check("art:geplanter-kontakt", Some(ScheduledContact::KIND));
        // The whole name before one that goes on.
        check("kind:swot", Some(Swot::KIND));
        check("kind:swot-item", Some(SwotItem::KIND));
        check("complaint", None);
        assert_eq!(asked("kind:gardening"), Some(NOBODYS));
        assert!(!is_mark(NOBODYS));
        // Every kind has a sign of its own.
        let mut marks: Vec<_> = kinds().filter_map(mark).collect();
        let count = marks.len();
        marks.dedup();
        assert_eq!((marks.len(), count), (count, kinds().count()));
    }

    #[test]
    fn what_may_be_asked_for() {
        let check = |question: &str, language, expected: &[&str]| {
            let found = kinds_asked(question, language);
            let found: Vec<_> = found.iter().map(|(_, filter)| filter.as_str()).collect();
            assert_eq!(found, expected, "{question:?}");
        };
        check("cooling kind:compl", Language::En, &["kind:complaint"]);
        check("kind:compl", Language::De, &["art:beschwerde"]);
        check("kind:complaint cooling", Language::En, &[]);
        check("compl", Language::En, &[]);
        check("", Language::En, &[]);
        assert_eq!(
            kinds_asked("art:", Language::De).len(),
            kinds().filter(|kind| !kind.singleton).count()
        );
    }
}
