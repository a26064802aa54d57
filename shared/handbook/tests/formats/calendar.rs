//! Calendars in and out.

use chrono::NaiveDate;
use handbook::export::{CalendarItem, Start, calendar};
use handbook::import::{Setting, visits};
use handbook::text::Defaults;
use handbook::value::Moment;

use crate::space::{fates, makes, read, setting};

const FILE: &[u8] = include_bytes!("files/visits.ics");

#[test]
fn what_becomes_of_each_event() {
    let setting =
        Setting { defaults: Defaults { offset_min: 60, ..Defaults::default() }, ..setting() };
    let plan = read("v.ics", FILE, &setting).unwrap();
    assert_eq!(
        fates(&plan),
        [
            "1 Walk round the pumping station, with lunch, Merrow Water Board: new",
            "2 Fair, Merrow Water Board: new (It repeats; only its first date is taken in.)",
            "3 Breakfast, Merrow Water Board: new",
            "4 Call, Merrow Water Board: new (The file does not explain the time zone “Moon/Crater”; your clock is taken.)",
            "5 Next year, Merrow Water Board: new",
            "6 Off: bad: This event was called off.",
            "7 Dentist: bad: None of these is a person at a client here: praxis@tooth.example.",
            "8 Some day: bad: This event does not say when it is.",
        ]
    );
    let made = makes(&plan);
    assert_eq!(
        made[0],
        "touchpoint at=2026-07-14T10:00:00.000+02:00 | duration=1:30 | function=delivery | channel=visit | direction=two_way | \
         formality=formal | contacts=03030303030303030303030303030303 | members=05050505050505050505050505050505 | \
         subject=Walk round the pumping station, with lunch | notes=1 Quay, Merrow | visibility=team"
    );
    assert!(
        made[1].starts_with("touchpoint at=2026-09-01T00:00:00.000+01:00 | function"),
        "{made:?}"
    );
    assert!(made[2].contains("at=2026-09-02T08:00:00.000+01:00"), "{made:?}");
    let bad = plan.bad_file.unwrap();
    assert_eq!(bad.matches("BEGIN:VEVENT").count(), 3, "{bad}");
    assert!(bad.contains("X-RAPPORT-REASON:This event was called off."), "{bad}");
    assert_eq!(read("bad.ics", bad.as_bytes(), &setting).unwrap().rows.len(), 3);
}

/// Covers: S3.35
#[test]
fn what_is_ahead_is_planned_with_its_time_and_place() {
    let file = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:9\r\nDTSTART:20270112T093000Z\r\nDTEND:20270112T101500Z\r\n\
        SUMMARY:Progress\r\nLOCATION:Pump station east\\, gate 2\r\nDESCRIPTION:Levels\r\n\
        ORGANIZER:mailto:ines@firm.example\r\nATTENDEE:mailto:zoe@merrow.example\r\nEND:VEVENT\r\n\
        BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20270113\r\nATTENDEE:mailto:zoe@merrow.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let setting =
        Setting { defaults: Defaults { offset_min: 60, ..Defaults::default() }, ..setting() };
    let plan = read("v.ics", file, &setting).unwrap();
    assert_eq!(
        makes(&plan),
        [
            "scheduled_contact subject=Progress | kind=visit | target_date=2027-01-12 | time=10:30 | duration=0:45 | \
             place=Pump station east, gate 2 | contacts=03030303030303030303030303030303 | \
             members=05050505050505050505050505050505 | agenda=Levels",
            "scheduled_contact subject=Visit | kind=visit | target_date=2027-01-13 | contacts=03030303030303030303030303030303",
        ]
    );
    // The same file again, once the first was taken in.
    let mut space = crate::space::space();
    for (document, ops) in &plan.writes {
        let rows = &mut space.iter_mut().find(|(known, _)| known == document).unwrap().1;
        rows.extend(ops.iter().map(crate::space::made));
    }
    let again = visits::plan_visits(
        std::str::from_utf8(file).unwrap(),
        &space,
        &setting,
        &mut crate::space::rng(),
    );
    let planned = "A visit of this day and time with this subject is planned here.";
    assert_eq!(
        fates(&again),
        [
            format!("1 Progress, Merrow Water Board: +0 ({planned})"),
            format!("2 Visit, Merrow Water Board: +0 ({planned})"),
        ]
    );
}

#[test]
fn what_is_written_is_read_back() {
    let day = |day| Start::Day(NaiveDate::from_ymd_opt(2026, 12, day).unwrap());
    let at = |ms| Start::Moment(Moment { ms, offset_min: 60 });
    let item = |uid: &str, start, end, summary: &str| CalendarItem {
        uid: uid.into(),
        start,
        end,
        summary: summary.into(),
        description: "Zoë, “quoted”; back\\slash\nnext line 🙂 ".repeat(9).trim().to_owned(),
        alarm_days: Some(0),
        rule: None,
    };
    let items = [
        item("a", day(1), Some(day(3)), &"long ünï ".repeat(20)),
        item("b", at(1_795_000_000_000), Some(at(1_795_003_600_000)), "Visit"),
    ];
    let file = calendar(&items, "Rapport", Moment::default());
    assert!(file.split("\r\n").all(|line| line.len() <= 75));
    let defaults = Defaults { offset_min: 60, ..Defaults::default() };
    let rows = visits::read(&file, &defaults);
    assert_eq!(rows.len(), 2);
    for (row, item) in rows.iter().zip(&items) {
        let (visit, remarks) = row.visit.as_ref().unwrap();
        let when = |it: Start| match it {
            Start::Day(day) => visits::When::Day(day),
            Start::Moment(moment) => visits::When::Moment(moment),
        };
        assert_eq!(visit.uid, item.uid);
        assert_eq!(visit.start, when(item.start));
        assert_eq!(visit.end, item.end.map(when));
        assert_eq!(visit.summary, item.summary.trim());
        assert_eq!(visit.description, item.description);
        assert!(remarks.is_empty(), "{remarks:?}");
    }
}
