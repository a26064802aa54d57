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
            "5 Next year: bad: This event is still ahead, and what has not happened is no contact yet. Import it afterwards.",
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
    assert_eq!(bad.matches("BEGIN:VEVENT").count(), 4, "{bad}");
    assert!(bad.contains("X-RAPPORT-REASON:This event was called off."), "{bad}");
    assert_eq!(read("bad.ics", bad.as_bytes(), &setting).unwrap().rows.len(), 4);
}

#[test]
fn who_plans_says_what_is_ahead() {
    let text = String::from_utf8(FILE.to_vec()).unwrap();
    let ahead: visits::Ahead<'_> = &|visit, met, id| {
        let action = handbook::records::Action {
            text: format!("{} {}", visit.uid, met.client),
            ..Default::default()
        };
        Some(handbook::Record::create(action, id))
    };
    let space = crate::space::space();
    let plan = visits::plan_visits(&text, &space, &setting(), ahead, &mut crate::space::rng());
    assert!(fates(&plan).contains(&"5 Next year, Merrow Water Board: new".to_owned()));
    assert!(makes(&plan).iter().any(|it| it.contains("text=5@cal.example Merrow Water Board")));
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
