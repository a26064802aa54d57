//! Text into values.

mod numbers;
mod times;

use crate::kind::{Choices, FieldType};
use crate::value::Value;
use crate::words::Sentence;

/// What a text leaves unsaid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Defaults {
    /// The currency of an amount that names none.
    pub currency: [u8; 3],
    /// Minutes east of UTC of a time that names no offset.
    pub offset_min: i16,
}

impl Default for Defaults {
    fn default() -> Self {
        Self { currency: *b"EUR", offset_min: 0 }
    }
}

/// Reads a value, with euros and UTC where the text names no currency or offset.
pub fn parse(ty: &FieldType, text: &str) -> Result<Value, Sentence> {
    parse_with(ty, text, &Defaults::default())
}

/// Reads a value. The error says what is wrong and how to write it; nothing but space is empty.
pub fn parse_with(ty: &FieldType, text: &str, defaults: &Defaults) -> Result<Value, Sentence> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Ok(Value::Empty);
    }
    match ty {
        FieldType::Line => Ok(Value::Text(one_line(trimmed))),
        FieldType::Note | FieldType::Prose => Ok(Value::Text(text.trim_end().to_owned())),
        FieldType::Integer { min, max } => numbers::integer(trimmed, *min, *max),
        FieldType::Minutes => numbers::minutes(trimmed),
        FieldType::Time => times::time(trimmed),
        FieldType::Money => numbers::money(trimmed, defaults.currency),
        FieldType::Date => times::date(trimmed),
        FieldType::Moment => times::moment(trimmed, defaults.offset_min),
        FieldType::Flag => flag(trimmed),
        FieldType::Choice(choices) => choice(choices, trimmed),
        FieldType::Link(_) => trimmed
            .parse()
            .map(Value::Link)
            .map_err(|_| refuse(trimmed, "is not a record here", "ist hier kein Eintrag")),
        FieldType::Email => email(trimmed),
        FieldType::Phone => phone(trimmed),
        FieldType::Web => web(trimmed),
        FieldType::Many(inner) => many(inner, text, defaults),
        FieldType::Facts(_) => Err(Sentence::new(
            "Facts are stated one by one, not written as text.",
            "Tatsachen werden einzeln festgehalten, nicht als Text geschrieben.",
        )),
    }
}

/// “12:99” *is not a time*.
fn refuse(text: &str, en: &str, de: &str) -> Sentence {
    Sentence::new(format!("“{text}” {en}."), format!("„{text}“ {de}."))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn flag(text: &str) -> Result<Value, Sentence> {
    match text.to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" | "x" | "ja" | "j" | "wahr" => Ok(Value::Flag(true)),
        "no" | "n" | "false" | "0" | "-" | "nein" | "falsch" => Ok(Value::Flag(false)),
        _ => Err(refuse(text, "is neither yes nor no", "ist weder ja noch nein")),
    }
}

fn choice(choices: &'static Choices, text: &str) -> Result<Value, Sentence> {
    let wanted = text.to_lowercase();
    let found = choices.options.iter().find(|option| {
        option.key == wanted
            || option.label.en.to_lowercase() == wanted
            || option.label.de.to_lowercase() == wanted
    });
    found.map(|option| Value::Choice(option.key.to_owned())).ok_or_else(|| {
        let list = |labels: Vec<&str>| labels.join(", ");
        Sentence::new(
            format!(
                "“{text}” is none of: {}.",
                list(choices.options.iter().map(|o| o.label.en).collect())
            ),
            format!(
                "„{text}“ ist keines von: {}.",
                list(choices.options.iter().map(|o| o.label.get(crate::Language::De)).collect())
            ),
        )
    })
}

fn email(text: &str) -> Result<Value, Sentence> {
    let text = text.strip_prefix("mailto:").unwrap_or(text);
    let good = !text.contains(|c: char| c.is_whitespace() || c == ';' || c == ',')
        && text.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && !host.contains('@') && host.contains('.') && is_host(host)
        });
    if good {
        return Ok(Value::Text(text.to_owned()));
    }
    Err(refuse(text, "is not an e-mail address", "ist keine E-Mail-Adresse"))
}

fn is_host(host: &str) -> bool {
    host.split('.')
        .all(|part| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-'))
}

fn phone(text: &str) -> Result<Value, Sentence> {
    let text = text.strip_prefix("tel:").unwrap_or(text);
    let digits = text.chars().filter(char::is_ascii_digit).count();
    // An extension may be written in letters: "ext. 12", "-0".
    if digits >= 3 && text.chars().all(|c| c.is_alphanumeric() || " +()/-.#*,".contains(c)) {
        return Ok(Value::Text(one_line(text)));
    }
    Err(refuse(text, "is not a telephone number", "ist keine Telefonnummer"))
}

/// Only what a browser may open as a page: a stored `javascript:` must never become a link.
fn web(text: &str) -> Result<Value, Sentence> {
    let lower = text.to_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    let host = rest.unwrap_or(&lower).split(['/', '?', '#']).next().unwrap_or_default();
    let (name, port) = host.split_once(':').unwrap_or((host, "0"));
    let good = is_host(name)
        && (name.contains('.') || (rest.is_some() && name == "localhost"))
        && port.parse::<u16>().is_ok()
        && !text.contains(char::is_whitespace);
    if good {
        return Ok(Value::Text(text.to_owned()));
    }
    Err(refuse(text, "is not a web address", "ist keine Webadresse"))
}

fn many(inner: &FieldType, text: &str, defaults: &Defaults) -> Result<Value, Sentence> {
    let parts: Vec<&str> =
        if text.contains('\n') { text.lines().collect() } else { text.split(';').collect() };
    let mut members = Vec::new();
    for part in parts {
        let member = parse_with(inner, part, defaults)?;
        if !member.is_empty() && !members.contains(&member) {
            members.push(member);
        }
    }
    Ok(if members.is_empty() { Value::Empty } else { Value::Many(members) })
}
