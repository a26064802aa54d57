//! The firm's thresholds, read from its settings record.

use std::collections::BTreeMap;

use chrono::{NaiveDate, Weekday as Day};
use device::model::Model;
use handbook::typed::Choice;
use handbook::{
    DocumentId, Record, RecordId, RecordKey,
    attention::Setting,
    calendar::Calendar,
    figures::{cadence::Rhythm, clocks::Targets, thresholds::Thresholds},
    records::{Function, Member, Settings, Weekday},
};

use crate::texts::title_of;

/// The settings with their defaults; those of a firm document that has not arrived yet are all defaults.
pub(super) fn settings(model: &Model) -> Settings {
    let key = RecordKey::only(Settings::KIND);
    let row = model.row(DocumentId::Firm, key);
    let read = row.and_then(|row| Settings::from_row(&row).ok());
    read.unwrap_or_else(|| empty_settings(key))
}

fn empty_settings(key: RecordKey) -> Settings {
    Settings::from_row(&handbook::Row::empty(key.kind, key.id))
        .unwrap_or_else(|_| unreachable!("an empty row reads"))
}

/// What our people are called, also those who have left.
pub(super) fn people(model: &Model) -> BTreeMap<RecordId, String> {
    let rows = model.rows(Member::KIND).into_iter();
    rows.map(|(_, row)| (row.id, title_of(&row))).collect()
}

/// What is reckoned with before a workspace is open.
pub(super) fn without_firm(today: NaiveDate) -> Setting {
    setting(&empty_settings(RecordKey::only(Settings::KIND)), today)
}

/// What the attention rules reckon with.
pub(super) fn setting(settings: &Settings, today: NaiveDate) -> Setting {
    let number = |days: i64| u32::try_from(days).unwrap_or(u32::MAX);
    let (ideal, max) = settings.cadence();
    let (acknowledge, assess, update) = settings.clocks();
    Setting {
        today,
        calendar: calendar(settings),
        rhythm: Rhythm { ideal: number(ideal), max: number(max) },
        targets: Targets {
            acknowledge: number(acknowledge),
            assess: number(assess),
            update: number(update),
            respond: number(settings.respond(false)),
            respond_complex: number(settings.respond(true)),
        },
        functions: Function::ALL.iter().map(|function| function.label()).collect(),
        thresholds: Thresholds::from(settings),
        people: BTreeMap::new(),
    }
}

/// Working days as the firm has them.
pub(super) fn calendar(settings: &Settings) -> Calendar {
    let rest = settings.weekend_or_default();
    let days = [Day::Mon, Day::Tue, Day::Wed, Day::Thu, Day::Fri, Day::Sat, Day::Sun];
    let rest = days.into_iter().filter(|day| rest.contains(&Weekday::from(*day)));
    Calendar::new(rest, settings.holidays.iter().copied())
}
