//! Visits and meetings out of a calendar file (RFC 5545, `.ics`).
//!
//! What is over becomes a contact that was had. What is still ahead becomes a planned visit, with its time and place.
//! Series are not expanded; their first visit is taken.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};
use rand_core::CryptoRng;

use super::{
    content_line::{self, Property, param, raw, text},
    plan::Plan,
    setting::Setting,
    touchpoints::{Happened, Keeper},
    zones::{self, Zone},
};
use crate::{
    ids::DocumentId,
    records::{Channel, Direction, Formality, ScheduledContact, ScheduledKind},
    row::Row,
    text::Defaults,
    typed::{DayTime, Minutes, Note},
    value::Moment,
    words::Sentence,
};

/// The largest calendar taken in, in bytes.
pub const MAX_CALENDAR_BYTES: usize = 32 << 20;
/// Events beyond so many are not read.
pub const MAX_EVENTS: usize = 50_000;

/// An event of a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// Its own identity; empty if it has none.
    pub uid: String,
    /// When it begins.
    pub start: When,
    /// When it ends; of whole days the last.
    pub end: Option<When>,
    /// What it is about.
    pub summary: String,
    /// What else is written there.
    pub description: String,
    /// Where.
    pub place: String,
    /// E-mail addresses of who invites and who is invited.
    pub people: Vec<String>,
    /// It is the first of a series.
    pub repeats: bool,
    /// It was called off.
    pub cancelled: bool,
}

/// A whole day, or a point in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// All day.
    Day(NaiveDate),
    /// With the offset of the zone that the file gives, or of the reader's clock.
    Moment(Moment),
}

impl When {
    /// Its beginning; whole days begin at midnight on the reader's clock.
    pub fn moment(&self, offset_min: i16) -> Moment {
        match self {
            Self::Moment(moment) => *moment,
            Self::Day(day) => at(day.and_time(NaiveTime::MIN), offset_min),
        }
    }
}

/// An event as it stands in the file: read, or the reason why not; `line` counts events from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitRow {
    /// Position in the file, from 1.
    pub number: usize,
    /// The visit and what is to be said of it, or why it could not be read.
    pub visit: Result<(Visit, Vec<Sentence>), Sentence>,
    /// What stands in the file.
    pub source: String,
}

/// Reads every event of a calendar. Times without a zone are on the reader's clock (`defaults`).
pub fn read(text: &str, defaults: &Defaults) -> Vec<VisitRow> {
    let mut rows: Vec<VisitRow> = Vec::new();
    let mut zones: Vec<Zone> = Vec::new();
    let mut events: Vec<(Vec<Property>, String, bool)> = Vec::new();
    let mut open: Option<(&'static str, Vec<Property>, String)> = None;
    for line in content_line::lines(text.trim_start_matches('\u{feff}')) {
        let Some(property) = content_line::property(&line) else { continue };
        let component = raw(&property).trim().to_ascii_uppercase();
        match (&mut open, property.name.as_str()) {
            (None, "BEGIN") if component == "VEVENT" => {
                open = Some(("VEVENT", Vec::new(), line + "\r\n"))
            }
            (None, "BEGIN") if component == "VTIMEZONE" => {
                open = Some(("VTIMEZONE", Vec::new(), String::new()));
            }
            (Some((name, properties, source)), "END") if component == *name => {
                let properties = std::mem::take(properties);
                let source = std::mem::take(source) + &line + "\r\n";
                if *name == "VTIMEZONE" {
                    zones.extend(Zone::of(&properties));
                } else if events.len() < MAX_EVENTS {
                    events.push((properties, source, true));
                }
                open = None;
            }
            (Some((_, properties, source)), _) => {
                source.push_str(&line);
                source.push_str("\r\n");
                properties.push(property);
            }
            _ => {}
        }
    }
    if let Some(("VEVENT", properties, source)) = open {
        events.push((properties, source, false));
    }
    for (properties, source, whole) in events {
        let visit = if whole { Visit::of(&properties, &zones, defaults) } else { Err(cut_off()) };
        rows.push(VisitRow { number: rows.len() + 1, visit, source });
    }
    rows
}

fn cut_off() -> Sentence {
    Sentence::new(
        "This event has no end; the file seems to be cut off here.",
        "Dieser Termin hat kein Ende; die Datei scheint hier abgeschnitten zu sein.",
    )
}

impl Visit {
    fn of(
        properties: &[Property],
        zones: &[Zone],
        defaults: &Defaults,
    ) -> Result<(Self, Vec<Sentence>), Sentence> {
        // Alarms are components of their own inside of the event.
        let mut depth = 0;
        let own: Vec<&Property> = properties
            .iter()
            .filter(|property| {
                match property.name.as_str() {
                    "BEGIN" => depth += 1,
                    "END" => depth -= 1,
                    _ => return depth == 0,
                }
                false
            })
            .collect();
        let first = |name: &str| own.iter().find(|property| property.name == name).copied();
        let said = |name: &str| first(name).and_then(text).unwrap_or_default();
        let mut remarks = Vec::new();
        let mut when =
            |name: &str| first(name).and_then(|it| read_when(it, zones, defaults, &mut remarks));
        let start = when("DTSTART").ok_or_else(|| {
            Sentence::new(
                "This event does not say when it is.",
                "Dieser Termin sagt nicht, wann er stattfindet.",
            )
        })?;
        let end = when("DTEND").map(|end| match end {
            // The day after the last (RFC 5545, section 3.6.1).
            When::Day(day) => When::Day(day.checked_sub_days(Days::new(1)).unwrap_or(day)),
            end => end,
        });
        remarks.dedup();
        let people = own.iter().filter(|it| it.name == "ORGANIZER" || it.name == "ATTENDEE");
        let repeats = first("RRULE").is_some() || first("RDATE").is_some();
        if repeats {
            remarks.push(Sentence::new(
                "It repeats; only its first date is taken in.",
                "Er wiederholt sich; nur der erste Tag wird übernommen.",
            ));
        }
        let visit = Self {
            uid: said("UID"),
            start,
            end,
            summary: said("SUMMARY"),
            description: said("DESCRIPTION"),
            place: said("LOCATION"),
            people: people.filter_map(|it| email(it)).collect(),
            repeats,
            cancelled: said("STATUS").eq_ignore_ascii_case("CANCELLED"),
        };
        Ok((visit, remarks))
    }

    /// How long it takes, where that is more than days.
    fn minutes(&self) -> Option<u32> {
        let (When::Moment(start), Some(When::Moment(end))) = (self.start, self.end) else {
            return None;
        };
        u32::try_from(end.ms.checked_sub(start.ms)? / 60_000).ok().filter(|minutes| *minutes > 0)
    }

    /// The visit that is planned by it, as yet with nobody; `None` for a moment that no calendar knows.
    fn planned(&self, offset_min: i16) -> Option<ScheduledContact> {
        let start = self.start.moment(offset_min).local()?;
        let time = matches!(self.start, When::Moment(_)).then(|| DayTime::of(start.time()));
        Some(ScheduledContact {
            subject: self.summary.clone(),
            kind: Some(ScheduledKind::Visit),
            target_date: Some(start.date()),
            time,
            duration: self.minutes().map(Minutes),
            place: self.place.clone(),
            agenda: Note::from(self.description.as_str()),
            ..ScheduledContact::default()
        })
    }

    fn notes(&self) -> String {
        let parts = [self.place.as_str(), self.description.as_str()].into_iter();
        parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
    }
}

fn email(property: &Property) -> Option<String> {
    let value = raw(property);
    let bare = value.get(..7).filter(|head| head.eq_ignore_ascii_case("mailto:"));
    let email = match (bare, param(property, "EMAIL")) {
        (_, Some(email)) => email.to_owned(),
        (Some(_), None) => value.get(7..)?.to_owned(),
        (None, None) => value,
    };
    let email = email.trim().to_owned();
    Some(email).filter(|email| email.contains('@'))
}

fn read_when(
    property: &Property,
    zones: &[Zone],
    defaults: &Defaults,
    remarks: &mut Vec<Sentence>,
) -> Option<When> {
    let value = raw(property);
    let value = value.trim();
    if let Ok(day) = NaiveDate::parse_from_str(value, "%Y%m%d") {
        return Some(When::Day(day));
    }
    let local = zones::local(value)?;
    if value.ends_with('Z') {
        let utc = at(local, 0);
        return Some(When::Moment(Moment { offset_min: defaults.offset_min, ..utc }));
    }
    let id = param(property, "TZID");
    let zone = id.and_then(|id| zones.iter().find(|zone| zone.id == id));
    if let (Some(id), None) = (id, zone) {
        remarks.push(Sentence::new(
            format!("The file does not explain the time zone “{id}”; your clock is taken."),
            format!("Die Datei erklärt die Zeitzone „{id}“ nicht; es gilt Ihre Uhr."),
        ));
    }
    let offset_min = zone.map_or(defaults.offset_min, |zone| zone.offset(local));
    Some(When::Moment(at(local, offset_min)))
}

fn at(local: NaiveDateTime, offset_min: i16) -> Moment {
    Moment { ms: local.and_utc().timestamp_millis() - i64::from(offset_min) * 60_000, offset_min }
}

/// Plans the import of a calendar.
pub fn plan_visits(
    text: &str,
    documents: &[(DocumentId, Vec<Row>)],
    setting: &Setting,
    rng: &mut impl CryptoRng,
) -> Plan {
    let mut keeper = Keeper::new(documents, setting, rng);
    let mut bad = String::new();
    for row in read(text, &setting.defaults) {
        let line = row.number as u64;
        let title = match &row.visit {
            Ok((visit, _)) => visit.summary.clone(),
            Err(_) => summary(&row.source),
        };
        if let Err(reason) = take(&mut keeper, line, row.visit) {
            bad.push_str(&with_reason(&row.source, reason.get(setting.language)));
            keeper.bad(line, title, &reason);
        }
    }
    let bad = (!bad.is_empty()).then(|| {
        format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Rapport//EN\r\n{bad}END:VCALENDAR\r\n")
    });
    keeper.into_plan(bad, "ics")
}

/// What an event that cannot be read says it is about.
fn summary(source: &str) -> String {
    let mut properties =
        content_line::lines(source).filter_map(|line| content_line::property(&line));
    properties.find(|it| it.name == "SUMMARY").and_then(|it| text(&it)).unwrap_or_default()
}

fn take<R: CryptoRng>(
    keeper: &mut Keeper<'_, '_, R>,
    line: u64,
    visit: Result<(Visit, Vec<Sentence>), Sentence>,
) -> Result<(), Sentence> {
    let (visit, remarks) = visit?;
    if visit.cancelled {
        return Err(Sentence::new("This event was called off.", "Dieser Termin wurde abgesagt."));
    }
    let met = keeper.met(&visit.people)?;
    let start = visit.start.moment(keeper.setting.defaults.offset_min);
    let now = i64::try_from(keeper.setting.now).unwrap_or(i64::MAX);
    if start.ms > now {
        let offset_min = keeper.setting.defaults.offset_min;
        if let Some(planned) = visit.planned(offset_min) {
            met.iter().for_each(|whom| keeper.plan(line, &planned, whom, &visit.people, &remarks));
        }
        return Ok(());
    }
    keeper.keep(Happened {
        line,
        at: start,
        minutes: visit.minutes(),
        channel: Channel::Visit,
        direction: Some(Direction::TwoWay),
        formality: Some(Formality::Formal),
        subject: visit.summary.clone(),
        notes: visit.notes(),
        emails: visit.people,
        remarks,
    });
    Ok(())
}

/// An event as it stands in the file, with the reason in a property of our own, which an import passes over.
fn with_reason(source: &str, reason: &str) -> String {
    let escaped = crate::export::content_line::escaped(reason);
    let reason = crate::export::content_line::property("X-RAPPORT-REASON", &escaped);
    match source.rfind("END:VEVENT") {
        Some(at) => {
            let (before, after) = source.split_at(at);
            format!("{before}{reason}{after}")
        }
        None => format!("{source}{reason}END:VEVENT\r\n"),
    }
}
