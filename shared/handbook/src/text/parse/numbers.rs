//! Whole numbers, durations, amounts.

use super::refuse;
use crate::value::{Money, Value, currency_code};
use crate::words::Sentence;

pub(super) fn integer(text: &str, min: i64, max: i64) -> Result<Value, Sentence> {
    let plain = text.strip_prefix('+').unwrap_or(text).replace('−', "-");
    let Ok(number) = plain.parse::<i64>() else {
        return Err(refuse(text, "is not a whole number", "ist keine ganze Zahl"));
    };
    if (min..=max).contains(&number) {
        return Ok(Value::Integer(number));
    }
    Err(refuse(
        text,
        &format!("does not lie from {min} to {max}"),
        &format!("liegt nicht zwischen {min} und {max}"),
    ))
}

/// `90`, `1:30`, `1h 30m`, `1.5 h`, `45 min`.
pub(super) fn minutes(text: &str) -> Result<Value, Sentence> {
    let lower = text.to_lowercase();
    let minutes = match lower.split_once(':') {
        Some((hours, minutes)) => hours
            .trim()
            .parse::<u32>()
            .ok()
            .zip(minutes.trim().parse::<u32>().ok().filter(|minutes| *minutes < 60))
            .and_then(|(hours, minutes)| hours.checked_mul(60)?.checked_add(minutes)),
        None => with_units(&lower),
    };
    minutes.map(|minutes| Value::Integer(i64::from(minutes))).ok_or_else(|| {
        refuse(text, "is not a duration; write 1:30", "ist keine Dauer; bitte 1:30 schreiben")
    })
}

fn with_units(text: &str) -> Option<u32> {
    let Some((hours, rest)) = text.split_once('h') else {
        let number = text.trim_end_matches(|c: char| c.is_alphabetic() || c == '.').trim();
        let unit = text.strip_prefix(number)?.trim();
        return matches!(unit, "" | "m" | "min" | "min." | "minuten" | "minutes")
            .then(|| number.parse().ok())?;
    };
    let hours: f64 = hours.trim().replace(',', ".").parse().ok()?;
    let rest = rest.trim().trim_end_matches("minuten").trim_end_matches("min");
    let rest = rest.trim_end_matches('m').trim();
    let minutes: u32 = if rest.is_empty() { 0 } else { rest.parse().ok()? };
    let total = (hours * 60.0).round() + f64::from(minutes);
    // A year of minutes is far beyond any meeting.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded above")]
    (0.0..=527_040.0).contains(&total).then_some(total as u32)
}

/// `1,234.50 EUR`, `1.234,50 €`, `EUR 1234`, `-12`.
pub(super) fn money(text: &str, otherwise: [u8; 3]) -> Result<Value, Sentence> {
    let wrong = || {
        refuse(
            text,
            "is not an amount; write 1234.50 EUR",
            "ist kein Betrag; bitte 1234,50 EUR schreiben",
        )
    };
    let is_number = |c: char| c.is_ascii_digit() || ".,'’-−+ \u{a0}\u{202f}".contains(c);
    let unit = text.trim_matches(is_number);
    let currency = match unit {
        "" => otherwise,
        "€" => *b"EUR",
        "$" => *b"USD",
        "£" => *b"GBP",
        code => currency_code(&code.to_uppercase()).ok_or_else(wrong)?,
    };
    let number = text.replacen(unit, "", usize::from(!unit.is_empty()));
    let money = Money { minor: 0, currency };
    let minor = minor_units(number.trim(), money.decimals()).ok_or_else(wrong)?;
    Ok(Value::Money(Money { minor, ..money }))
}

fn minor_units(number: &str, decimals: usize) -> Option<i64> {
    let (negative, number) = match number.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest.trim()),
        None => (false, number.strip_prefix('+').unwrap_or(number).trim()),
    };
    // The last sign is the decimal sign if it stands once and few enough digits follow it.
    let point = number.rfind(['.', ',']).filter(|at| {
        let (before, after) = number.split_at(*at);
        let sign = after.get(..1).unwrap_or_default();
        after.len() - 1 <= decimals && !before.contains(sign)
    });
    let (whole, part) = match point {
        Some(at) => (number.get(..at)?, number.get(at + 1..)?),
        None => (number, ""),
    };
    let groups: Vec<&str> = whole.split(|c| ".,'’ \u{a0}\u{202f}".contains(c)).collect();
    if !is_grouped(&groups) {
        return None;
    }
    let whole = groups.concat();
    if whole.is_empty() && part.is_empty() {
        return None;
    }
    let digits = format!("{whole}{part:0<decimals$}");
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let minor: i64 = digits.parse().ok()?;
    Some(if negative { -minor } else { minor })
}

/// Thousands have three digits everywhere; in India the groups above them have two.
fn is_grouped(groups: &[&str]) -> bool {
    match groups {
        [] | [_] => true,
        [first, middle @ .., last] => {
            (1..=3).contains(&first.len())
                && middle.iter().all(|group| (2..=3).contains(&group.len()))
                && last.len() == 3
        }
    }
}
