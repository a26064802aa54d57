//! Telephone numbers, however they are grouped and whether or not they begin with the country.

use crate::import::card::dialled;

/// The fewest digits, without country and leading zeros, that are looked for in texts: fewer could
/// be anything.
const FEWEST: usize = 6;
/// The most digits that a number has, with everything before it.
const MOST: usize = 20;
/// The most signs between two digits of one number, as in `040) / 12`.
const GAP: usize = 3;

/// A number as it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// The country's digits, if it is written with them.
    country: Option<String>,
    /// What follows, without leading zeros.
    rest: String,
}

impl Number {
    /// Reads what somebody wrote; `None` for what is too short to tell anybody.
    pub(super) fn read(text: &str) -> Option<Self> {
        let dialled = dialled(text);
        let (country, rest) = match dialled.strip_prefix('+') {
            Some(digits) => {
                let (country, rest) = digits.split_at_checked(country(digits))?;
                (Some(country.to_owned()), rest)
            }
            None => (None, dialled.as_str()),
        };
        let rest = rest.trim_start_matches('0').to_owned();
        (rest.len() >= FEWEST).then_some(Self { country, rest })
    }

    /// Whether both reach one telephone, as far as they say.
    pub(super) fn is(&self, other: &Self) -> bool {
        let apart = |(one, other)| one != other;
        self.rest == other.rest
            && !self.country.as_ref().zip(other.country.as_ref()).is_some_and(apart)
    }
}

/// How many digits name the country (ITU-T E.164).
fn country(digits: &str) -> usize {
    const TWO: &[&str] = &[
        "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46",
        "47", "48", "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63",
        "64", "65", "66", "81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98",
    ];
    match digits.get(..2) {
        Some(first) if first.starts_with(['1', '7']) => 1,
        Some(first) if TWO.contains(&first) => 2,
        _ => 3,
    }
}

/// Where in `text` one of these numbers ends that begins at `at` and is no part of a longer one.
pub(super) fn end(text: &str, at: usize, numbers: &[Number]) -> Option<usize> {
    let (before, rest) = text.split_at_checked(at)?;
    let first = rest.chars().next().filter(|sign| matches!(sign, '+' | '(' | '0'..='9'))?;
    let mut back = before.chars().rev();
    match (back.next(), back.next()) {
        (Some(sign), _) if sign.is_alphanumeric() || sign == '+' => return None,
        (Some('-' | '/' | '.'), Some('0'..='9')) => return None,
        _ => {}
    }
    let (mut dialled, mut gap, mut open, mut found) = (String::new(), 0, first == '(', None);
    for (index, sign) in rest.char_indices() {
        match sign {
            '0'..='9' => {
                dialled.push(sign);
                gap = 0;
                let end = at + index + 1;
                if dialled.len() > MOST {
                    break;
                }
                let is_one = |it: Number| numbers.iter().any(|number| number.is(&it));
                if !open && stops(text, end) && Number::read(&dialled).is_some_and(is_one) {
                    found = Some(end);
                }
            }
            '+' if dialled.is_empty() => dialled.push(sign),
            ' ' | '-' | '/' | '.' | '(' | ')' | '·' | '–' | '\u{2010}' if gap < GAP => {
                open &= sign != ')';
                gap += 1;
            }
            _ => break,
        }
    }
    found
}

/// Whether a number does not go on there: no digit follows, neither at once nor behind a sign that joins.
fn stops(text: &str, end: usize) -> bool {
    let mut rest = text.get(end..).unwrap_or_default().chars();
    match (rest.next(), rest.next()) {
        (Some(sign), _) if sign.is_alphanumeric() => false,
        (Some('-' | '/' | '.'), Some('0'..='9')) => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_telephone() {
        for (one, other, expected) in [
            ("+49 40 1234567", "040/1234567", true),
            ("+49 (0)40 1234567", "0049 40 123-4567", true),
            ("+39 06 1234567", "06 1234567", true),
            ("+1 212 555 0199", "212-555-0199", true),
            ("+351 21 555 0199", "+351215550199", true),
            ("+49 40 1234567", "+43 40 1234567", false),
            ("040 1234567", "030 1234567", false),
            ("040 1234567", "040 12345678", false),
        ] {
            let [a, b] = [one, other].map(|text| Number::read(text).unwrap());
            assert_eq!((a.is(&b), b.is(&a)), (expected, expected), "{one} {other}");
        }
        for short in ["", "112", "+49 110", "00 49 12345"] {
            assert_eq!(Number::read(short), None, "{short}");
        }
    }

    #[test]
    fn whole_numbers_only() {
        let numbers = [Number::read("+49 40 1234567").unwrap()];
        for (text, expected) in [
            ("040 1234567", Some("040 1234567")),
            ("+49 (0) 40 / 12 34 567, in the morning", Some("+49 (0) 40 / 12 34 567")),
            ("(040) 1234567", Some("(040) 1234567")),
            ("040 1234567 or 112", Some("040 1234567")),
            ("040 1234567.", Some("040 1234567")),
            ("040 1234567-12", None),
            ("040 12345678", None),
            ("040 1234567a", None),
            ("041 1234567", None),
            ("(040 1234567)", None),
        ] {
            let found = end(text, 0, &numbers).map(|end| &text[..end]);
            assert_eq!(found, expected, "{text}");
        }
        for before in ["1", "1-", "a", "3.", "+"] {
            let text = format!("{before}0401234567");
            assert_eq!(end(&text, before.len(), &numbers), None, "{text}");
        }
        for before in [" ", "Tel.", "(", "3 ", ":"] {
            let text = format!("{before}0401234567");
            assert_eq!(end(&text, before.len(), &numbers), Some(text.len()), "{text}");
        }
    }
}
