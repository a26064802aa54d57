//! A mail (RFC 5322, `.eml`) as a contact that was had.

use mail_parser::{Address, Message, MessageParser};
use rand_core::CryptoRng;

use super::{
    plan::Plan,
    setting::Setting,
    touchpoints::{Happened, Keeper},
};
use crate::{
    ids::DocumentId,
    records::{Channel, Direction},
    row::Row,
    value::Moment,
    words::{Language, Sentence},
};

/// The largest mail taken in, in bytes; what mail servers let through.
pub const MAX_MAIL_BYTES: usize = 40 << 20;
/// Addresses beyond so many are a mailing, not a contact.
const MAX_PEOPLE: usize = 200;

/// Whether a file begins as a mail does: lines of headers, among them who sent it and one that only mails have.
pub fn is_mail(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(64 << 10)).unwrap_or_default());
    let mut names: Vec<String> = Vec::new();
    for line in head.trim_start_matches('\u{feff}').lines() {
        if line.is_empty() {
            break;
        }
        // A folded header, or the envelope line of a mailbox file.
        if line.starts_with([' ', '\t']) || (names.is_empty() && line.starts_with("From ")) {
            continue;
        }
        match line.split_once(':') {
            Some((name, _)) if is_header_name(name) => names.push(name.to_ascii_lowercase()),
            _ => return false,
        }
    }
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    has("from") && ["date", "message-id", "received", "mime-version", "to"].into_iter().any(has)
}

fn is_header_name(name: &str) -> bool {
    !name.is_empty() && name.len() <= 76 && name.bytes().all(|sign| sign.is_ascii_graphic())
}

/// Plans the import of one mail: a contact with every client whose people it was from or to.
pub(super) fn plan_mail(
    bytes: &[u8],
    documents: &[(DocumentId, Vec<Row>)],
    setting: &Setting,
    rng: &mut impl CryptoRng,
) -> Result<Plan, Sentence> {
    let message = MessageParser::default().parse(bytes).ok_or_else(|| {
        Sentence::new(
            "This mail cannot be read. Nothing was imported.",
            "Diese E-Mail ist nicht zu lesen. Es wurde nichts importiert.",
        )
    })?;
    let mut keeper = Keeper::new(documents, setting, rng);
    let subject = message.subject().unwrap_or_default().trim().to_owned();
    let subject =
        if subject.is_empty() { no_subject(setting.language).to_owned() } else { subject };
    let from: Vec<String> = message.from().into_iter().flat_map(addresses).collect();
    let all = [message.to(), message.cc(), message.bcc()].into_iter().flatten().flat_map(addresses);
    let mut emails = from.clone();
    emails.extend(all.take(MAX_PEOPLE));
    let at = message.date().filter(|date| date.is_valid());
    let Some(at) = at.and_then(|date| Moment::parse(&date.to_rfc3339())) else {
        let reason = Sentence::new(
            "This mail does not say when it was sent.",
            "Diese E-Mail sagt nicht, wann sie gesendet wurde.",
        );
        keeper.bad(1, subject, &reason);
        return Ok(keeper.into_plan(None, "eml"));
    };
    let by_us = from.iter().any(|email| keeper.directory.member(email).is_some());
    let by_them = from.iter().any(|email| keeper.directory.is_contact(email));
    let direction = match (by_us, by_them) {
        (true, _) => Some(Direction::Outbound),
        (false, true) => Some(Direction::Inbound),
        (false, false) => None,
    };
    keeper.keep(Happened {
        line: 1,
        at,
        minutes: None,
        channel: Channel::Email,
        direction,
        formality: None,
        subject,
        notes: body(&message),
        emails,
        remarks: attachments(&message).into_iter().collect(),
    });
    Ok(keeper.into_plan(None, "eml"))
}

const fn no_subject(language: Language) -> &'static str {
    match language {
        Language::En => "(no subject)",
        Language::De => "(kein Betreff)",
    }
}

fn addresses(of: &Address<'_>) -> Vec<String> {
    of.iter().filter_map(|one| one.address()).map(|it| it.trim().to_owned()).collect()
}

/// What was written: the plain text, or else the text of the page. Each part of a mail of several parts follows the other.
fn body(message: &Message<'_>) -> String {
    let parts = (0..message.text_body_count()).filter_map(|place| message.body_text(place));
    let parts: Vec<String> =
        parts.map(|part| part.replace("\r\n", "\n").trim().to_owned()).collect();
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// Files that came with it are not taken in, and that is said.
fn attachments(message: &Message<'_>) -> Option<Sentence> {
    let count = message.attachment_count();
    match count {
        0 => None,
        1 => Some(Sentence::new(
            "The attached file is not taken in.",
            "Die angehängte Datei wird nicht übernommen.",
        )),
        _ => Some(Sentence::new(
            format!("The {count} attached files are not taken in."),
            format!("Die {count} angehängten Dateien werden nicht übernommen."),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_mail() {
        let check = |text: &str, expected| assert_eq!(is_mail(text.as_bytes()), expected, "{text}");
        check("From: a@b.example\r\nDate: x\r\n\r\nHello", true);
        check("From zoe Mon Jan\nReceived: by x\n  more\nFrom: a@b.example\n\n", true);
        check("From,Date\na,b\n", false);
        check("From: a@b.example\nhello\n", false);
        check("BEGIN:VCARD\nFN:A\n", false);
        check("", false);
    }
}
