//! What people and other programs write, and how it is understood.

use handbook::records::Channel;
use handbook::text::{Defaults, format, parse_with, show};
use handbook::typed::Choice;
use handbook::{FieldType, Language, Moment, Money, Value};
use proptest::prelude::*;

const CHANNEL: FieldType = FieldType::Choice(Channel::CHOICES);
const MARK: FieldType = FieldType::Integer { min: 1, max: 5 };

/// Reads a text and gives its canonical form, or the refusal.
fn read(ty: FieldType, text: &str) -> String {
    let defaults = Defaults { currency: *b"GBP", offset_min: 60 };
    match parse_with(&ty, text, &defaults) {
        Ok(value) => format(&ty, &value),
        Err(sentence) => format!("! {sentence}"),
    }
}

fn check(ty: FieldType, table: &[(&str, &str)]) {
    for (given, expected) in table {
        assert_eq!(read(ty, given), *expected, "{ty:?} {given:?}");
    }
}

#[test]
fn dates() {
    let wrong = |text: &str| format!("! “{text}” is not a date; write 2026-11-21.");
    check(
        FieldType::Date,
        &[
            ("2026-11-21", "2026-11-21"),
            (" 21.11.2026 ", "2026-11-21"),
            ("21.11.26", "2026-11-21"),
            ("1.2.2026", "2026-02-01"),
            ("3/4/2026", "2026-04-03"),
            ("11/21/2026", "2026-11-21"),
            ("21 Nov 2026", "2026-11-21"),
            ("November 21, 2026", "2026-11-21"),
            ("1. März 2026", "2026-03-01"),
            ("20261121", "2026-11-21"),
            ("", ""),
            ("31.2.2026", &wrong("31.2.2026")),
            ("soon", &wrong("soon")),
            ("99999-01-01", &wrong("99999-01-01")),
        ],
    );
}

#[test]
fn moments() {
    check(
        FieldType::Moment,
        &[
            ("2026-11-21T14:30:00.000+02:00", "2026-11-21T14:30:00.000+02:00"),
            ("2026-11-21T12:30:00Z", "2026-11-21T12:30:00.000+00:00"),
            ("2026-11-21T14:30", "2026-11-21T14:30:00.000+01:00"),
            ("21.11.2026 14:30", "2026-11-21T14:30:00.000+01:00"),
            ("21.11.2026, 14:30 Uhr", "2026-11-21T14:30:00.000+01:00"),
            ("11/21/2026 2:30 PM", "2026-11-21T14:30:00.000+01:00"),
            ("21 Nov 2026 14:30", "2026-11-21T14:30:00.000+01:00"),
            ("2026-11-21", "2026-11-21T00:00:00.000+01:00"),
            ("25:00", "! “25:00” is not a time; write 2026-11-21 14:30."),
        ],
    );
}

#[test]
fn amounts() {
    let wrong = |text: &str| format!("! “{text}” is not an amount; write 1234.50 EUR.");
    check(
        FieldType::Money,
        &[
            ("1234.5", "1234.50 GBP"),
            ("1,234.50 EUR", "1234.50 EUR"),
            ("1.234,50 €", "1234.50 EUR"),
            ("EUR 1.234", "1234.00 EUR"),
            ("1 234,5 eur", "1234.50 EUR"),
            ("1'234'567.00 CHF", "1234567.00 CHF"),
            ("$1,000,000", "1000000.00 USD"),
            ("-12,3", "-12.30 GBP"),
            ("1500 JPY", "1500 JPY"),
            ("1.234 KWD", "1.234 KWD"),
            ("0", "0.00 GBP"),
            ("12,34,567.5", "1234567.50 GBP"),
            ("1234567", "1234567.00 GBP"),
            (".5", "0.50 GBP"),
            ("12,3456", "! “12,3456” is not an amount; write 1234.50 EUR."),
            ("12 apples", &wrong("12 apples")),
            ("EUR", &wrong("EUR")),
            ("1.2.3,4.5", &wrong("1.2.3,4.5")),
            ("99999999999999999999", &wrong("99999999999999999999")),
        ],
    );
}

#[test]
fn numbers_and_durations() {
    check(
        MARK,
        &[
            ("3", "3"),
            ("+5", "5"),
            ("0", "! “0” does not lie from 1 to 5."),
            ("2.5", "! “2.5” is not a whole number."),
        ],
    );
    let wrong = |text: &str| format!("! “{text}” is not a duration; write 1:30.");
    check(
        FieldType::Minutes,
        &[
            ("90", "1:30"),
            ("1:30", "1:30"),
            ("1h 30m", "1:30"),
            ("1,5 h", "1:30"),
            ("45 min", "0:45"),
            ("2h", "2:00"),
            ("1:75", &wrong("1:75")),
            ("-5", &wrong("-5")),
            ("long", &wrong("long")),
        ],
    );
    let wrong = |text: &str| format!("! “{text}” is not a time of day; write 14:30.");
    check(
        FieldType::Time,
        &[
            ("9:05", "09:05"),
            ("14:30:00", "14:30"),
            ("14.30 Uhr", "14:30"),
            ("2:30 pm", "14:30"),
            ("0:00", "00:00"),
            ("24:00", &wrong("24:00")),
            ("noon", &wrong("noon")),
        ],
    );
}

#[test]
fn choices_and_flags() {
    check(
        CHANNEL,
        &[("call", "call"), ("Anruf", "call"), ("E-MAIL", "email"), ("video call", "video")],
    );
    assert!(read(CHANNEL, "smoke").starts_with("! “smoke” is none of: Visit, Meeting, Call,"));
    check(FieldType::Flag, &[("Ja", "yes"), ("x", "yes"), ("0", "no"), ("FALSE", "no")]);
    assert_eq!(read(FieldType::Flag, "maybe"), "! “maybe” is neither yes nor no.");
}

#[test]
fn addresses() {
    check(
        FieldType::Email,
        &[
            ("mailto:voss@merrow.example", "voss@merrow.example"),
            ("voss@merrow", "! “voss@merrow” is not an e-mail address."),
            ("a@b.c, d@e.f", "! “a@b.c, d@e.f” is not an e-mail address."),
        ],
    );
    check(
        FieldType::Phone,
        &[
            ("tel:+49-30-12345", "+49-30-12345"),
            ("030  123  ext. 4", "030 123 ext. 4"),
            ("none", "! “none” is not a telephone number."),
        ],
    );
    check(
        FieldType::Web,
        &[
            ("merrow.example", "merrow.example"),
            ("https://merrow.example/a b", "! “https://merrow.example/a b” is not a web address."),
            ("javascript:alert(1)", "! “javascript:alert(1)” is not a web address."),
            (
                "javascript://merrow.example/%0aalert(1)",
                "! “javascript://merrow.example/%0aalert(1)” is not a web address.",
            ),
            ("data:text/html,x.y", "! “data:text/html,x.y” is not a web address."),
        ],
    );
}

#[test]
fn sets() {
    check(
        FieldType::Many(&FieldType::Email),
        &[
            ("a@b.example; c@d.example;a@b.example", "a@b.example; c@d.example"),
            ("a@b.example\nc@d.example\n", "a@b.example; c@d.example"),
            (" ; ", ""),
            ("a@b.example; nobody", "! “nobody” is not an e-mail address."),
        ],
    );
    check(FieldType::Many(&FieldType::Line), &[("one; two\n", "one; two\n")]);
}

#[test]
fn values_as_people_read_them() {
    let shown = |ty, value: Value, language| show(&ty, &value, language, &|_, _| None);
    let both =
        |ty, value: Value| (shown(ty, value.clone(), Language::En), shown(ty, value, Language::De));
    let check = |ty, value, en: &str, de: &str| {
        assert_eq!(both(ty, value), (en.to_owned(), de.to_owned()));
    };
    let moment = Moment { ms: 1_794_414_000_000, offset_min: 60 };
    check(FieldType::Moment, Value::Moment(moment), "11 Nov 2026, 17:20", "11.11.2026, 17:20");
    let money = |minor| Value::Money(Money { minor, currency: *b"EUR" });
    check(FieldType::Money, money(123_456_789), "1,234,567.89 EUR", "1.234.567,89 EUR");
    check(FieldType::Money, money(-5), "-0.05 EUR", "-0,05 EUR");
    check(CHANNEL, Value::Choice("call".to_owned()), "Call", "Anruf");
    check(CHANNEL, Value::Foreign("hologram".to_owned()), "hologram", "hologram");
    check(FieldType::Flag, Value::Flag(true), "yes", "ja");
    check(FieldType::Minutes, Value::Integer(90), "1 h 30 min", "1 h 30 min");
    check(FieldType::Time, Value::Integer(545), "09:05", "09:05");
}

proptest! {
    /// The short way to a day and the long one over a time zone say the same of every moment.
    #[test]
    fn a_day_is_that_of_the_local_time(ms in any::<i64>(), near in -4_000_000_000_000..8_000_000_000_000_i64, offset_min in any::<i16>()) {
        for ms in [ms, near] {
            for offset_min in [offset_min, offset_min % 1440, 1439, -1439, 1440, -1440, 0] {
                let moment = Moment { ms, offset_min };
                prop_assert_eq!(moment.day(), moment.local().map(|local| local.date()), "{:?}", moment);
            }
        }
    }
}
