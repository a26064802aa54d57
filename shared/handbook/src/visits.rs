//! Visits of a day: which ones are planned, how long until each, and what it writes that one was held.

use chrono::{Days, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use crate::attention::{Facts, Setting};
use crate::figures::cadence::cadence;
use crate::ids::RecordId;
use crate::known::Known;
use crate::lifecycles::scheduled_contact::{LIFECYCLE, State, date};
use crate::lifecycles::states;
use crate::op::Op;
use crate::records::{Recurrence, ScheduledContact, ScheduledKind};
use crate::row::Row;
use crate::typed::{Choice, Record};

/// So long a visit takes where nobody said how long, in minutes.
const USUAL_MINUTES: u32 = 60;

/// When a visit is, seen from a moment of some day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// On another day, or on none.
    NotToday,
    /// Some time today.
    Today,
    /// In so many minutes, rounded up.
    In(i64),
    /// Under way until that time.
    Until(NaiveTime),
    /// Over: it can be told how it went.
    Over,
}

impl ScheduledContact {
    /// Whether it is still to be held: planned or moved, and nothing else said.
    pub fn is_open(&self) -> bool {
        states(&self.transitions, State::Planned).iter().any(|state| state.is_open())
    }

    /// When it is, on the clock of the place.
    pub fn when(&self, now: NaiveDateTime) -> When {
        let Some(day) = date(self) else { return When::NotToday };
        if day < now.date() {
            return When::Over;
        }
        if day > now.date() {
            return When::NotToday;
        }
        let Some(time) = self.time else { return When::Today };
        let begins = day.and_time(time.clock());
        let minutes = self.duration.map_or(USUAL_MINUTES, |duration| duration.0);
        let ends = begins + TimeDelta::minutes(minutes.into());
        if now < begins {
            When::In((begins - now + TimeDelta::seconds(59)).num_minutes())
        } else if now < ends {
            When::Until(ends.time())
        } else {
            When::Over
        }
    }

    /// When it begins, where both day and time are said.
    pub fn begins(&self) -> Option<NaiveDateTime> {
        Some(date(self)?.and_time(self.time?.clock()))
    }

    /// The next one of a contact that comes again: in the rhythm of its first day, after `today`.
    fn following(&self, today: NaiveDate) -> Option<Self> {
        let next = self.comes_again(today)?;
        let (held_in, transitions) = (None, Default::default());
        Some(Self { target_date: Some(next), held_in, transitions, ..self.clone() })
    }

    /// The first day after that one on which it comes again, in the rhythm of its first day.
    pub fn comes_again(&self, after: NaiveDate) -> Option<NaiveDate> {
        let first = self.target_date?;
        let nth = |steps: u32| match self.recurrence? {
            Recurrence::Weekly => first.checked_add_days(Days::new(7 * u64::from(steps))),
            Recurrence::Fortnightly => first.checked_add_days(Days::new(14 * u64::from(steps))),
            Recurrence::Monthly => first.checked_add_months(Months::new(steps)),
            Recurrence::Quarterly => first.checked_add_months(Months::new(3 * steps)),
            Recurrence::HalfYearly => first.checked_add_months(Months::new(6 * steps)),
            Recurrence::Yearly => first.checked_add_months(Months::new(12 * steps)),
            Recurrence::Foreign => None,
        };
        (1..).map_while(nth).find(|day| *day > after)
    }
}

/// The open visits of a day, by time; those of no time last. `of` says what each of them is about.
pub fn of_day<T>(
    planned: impl IntoIterator<Item = T>,
    of: impl Fn(&T) -> &Known<ScheduledContact>,
    day: NaiveDate,
) -> Vec<T> {
    let on_day = |one: &T| of(one).is_open() && date(of(one)) == Some(day);
    let mut found: Vec<T> = planned.into_iter().filter(on_day).collect();
    found.sort_by_key(|one| (of(one).time.is_none(), of(one).time, of(one).id));
    found
}

/// The next visit as one would plan it: when the cadence asks for it, on a working day from tomorrow on; with whom and
/// about what as last time.
pub fn proposal(facts: &Facts, setting: &Setting, me: Option<RecordId>) -> ScheduledContact {
    let today = setting.today;
    let spoken = facts.last_conversation(today);
    let since = facts.since.unwrap_or(today);
    let wanted = cadence(spoken, since, today, setting.rhythm).next;
    let tomorrow = setting.calendar.after(today, 1);
    let day = if wanted <= tomorrow {
        tomorrow
    } else if setting.calendar.works(wanted) {
        wanted
    } else {
        setting.calendar.after(wanted, 1)
    };
    let of_kind = |one: &&Known<ScheduledContact>| one.kind == Some(ScheduledKind::Visit);
    let before = facts.scheduled.iter().filter(of_kind).max_by_key(|one| (date(one), one.id));
    let there = |id: &RecordId| facts.active_contacts(today).any(|one| one.id == *id);
    let met = facts.touches.iter().filter(|touch| touch.two_way && touch.on <= today);
    let last = met.max_by_key(|touch| (touch.on, touch.id));
    let contacts = last.into_iter().flat_map(|touch| &touch.contacts).copied().filter(there);
    ScheduledContact {
        subject: before.map(|one| one.subject.clone()).unwrap_or_default(),
        kind: Some(ScheduledKind::Visit),
        target_date: Some(day),
        time: before.and_then(|one| one.time),
        duration: before.and_then(|one| one.duration),
        place: before.map(|one| one.place.clone()).unwrap_or_default(),
        contacts: contacts.map(Into::into).collect(),
        members: me.map(Into::into).into_iter().collect(),
        organiser: me.map(Into::into),
        ..ScheduledContact::default()
    }
}

/// That the visit in `row` was held in `touchpoint`: the link, the step, and the next one if it comes again. Nothing for
/// one that is held or called off already: the touchpoint stands for itself then. `fact` and `next` are fresh ids.
pub fn hold(
    row: &Row,
    touchpoint: RecordId,
    today: NaiveDate,
    fact: RecordId,
    next: RecordId,
) -> Vec<Op> {
    let held_in = ScheduledContact::KEYS.held_in;
    let link = held_in.set(row.id, Some(touchpoint.into()));
    let mut linked = row.clone();
    if let (Some(slot), Op::Set { value, .. }) = (linked.values.get_mut(held_in.index()), &link) {
        *slot = value.clone();
    }
    let Ok(step) = LIFECYCLE.step(&linked, State::Held.key(), &[], fact) else { return Vec::new() };
    let again = ScheduledContact::from_row(row).ok().and_then(|held| held.following(today));
    [link, step].into_iter().chain(again.map(|again| again.create(next))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::fixture::{day, id};
    use crate::figures::touch::Touch;
    use crate::lifecycles::scheduled_contact::Scheduling;
    use crate::records::Contact;
    use crate::typed::{self, DayTime, Entry, Minutes};
    use crate::value::{Moment, Value};

    fn contact(on: &str, time: Option<u16>) -> ScheduledContact {
        let (target_date, time) = (on.parse().ok(), time.map(DayTime));
        ScheduledContact { subject: "Progress".into(), target_date, time, ..Default::default() }
    }

    /// A contact that took that step on its way.
    fn stepped(to: State, new_date: &str) -> ScheduledContact {
        let new_date = new_date.parse().ok();
        let body = Scheduling { from: State::Planned, to, why: "".into(), new_date };
        let (at, after) = (Moment::default(), Vec::new());
        let step = Entry { id: id(9), by: [0; 16], at, after, body };
        ScheduledContact {
            transitions: typed::Facts(vec![step]),
            ..contact("2026-11-10", Some(600))
        }
    }

    #[test]
    fn how_long_until() {
        let now = |clock: &str| format!("2026-11-12T{clock}").parse::<NaiveDateTime>().unwrap();
        let check = |contact: &ScheduledContact, clock: &str, expected: When| {
            assert_eq!(contact.when(now(clock)), expected, "{contact:?} at {clock}");
        };
        let half_past_ten = contact("2026-11-12", Some(630));
        check(&half_past_ten, "10:05:00", When::In(25));
        check(&half_past_ten, "10:05:30", When::In(25));
        check(&half_past_ten, "10:29:59", When::In(1));
        let noon = |minutes| NaiveTime::from_hms_opt(11, minutes, 0).unwrap();
        check(&half_past_ten, "10:30:00", When::Until(noon(30)));
        check(&half_past_ten, "11:30:00", When::Over);
        let short = ScheduledContact { duration: Some(Minutes(45)), ..half_past_ten };
        check(&short, "11:14:59", When::Until(noon(15)));
        check(&short, "11:15:00", When::Over);
        check(&contact("2026-11-12", None), "23:59:00", When::Today);
        check(&contact("2026-11-11", None), "00:01:00", When::Over);
        check(&contact("2026-11-13", Some(0)), "23:59:00", When::NotToday);
        check(&contact("", None), "10:00:00", When::NotToday);
        check(&stepped(State::Postponed, "2026-11-12"), "09:50:00", When::In(10));
    }

    #[test]
    fn the_visits_of_a_day() {
        let all = vec![
            Known::new(id(1), contact("2026-11-12", None)),
            Known::new(id(2), contact("2026-11-12", Some(900))),
            Known::new(id(3), contact("2026-11-12", Some(630))),
            Known::new(id(4), contact("2026-11-13", Some(630))),
            Known::new(id(5), stepped(State::Postponed, "2026-11-12")),
            Known::new(id(6), stepped(State::Cancelled, "")),
        ];
        let found = of_day(all.clone(), |one| one, day("2026-11-12"));
        assert_eq!(
            found.iter().map(|one| one.id).collect::<Vec<_>>(),
            [id(5), id(3), id(2), id(1)]
        );
        assert_eq!(of_day(all, |one| one, day("2026-11-10")), []); // moved away, or called off
    }

    #[test]
    fn what_one_would_plan() {
        let setting = crate::attention::fixture::setting(); // Thursday 12 November, every 30 days
        let planned = |talk: Option<(&str, &[u8])>, since: &str| {
            let touch = |(on, contacts): (&str, &[u8])| Touch {
                on: day(on),
                two_way: true,
                contacts: contacts.iter().copied().map(id).collect(),
                ..Touch::default()
            };
            let gone = Contact { left_on: Some(day("2026-11-01")), ..Contact::default() };
            let facts = Facts {
                since: since.parse().ok(),
                touches: talk.map(touch).into_iter().collect(),
                contacts: vec![Known::new(id(1), Contact::default()), Known::new(id(2), gone)],
                ..Facts::default()
            };
            proposal(&facts, &setting, Some(id(7)))
        };
        let check = |found: &ScheduledContact, on: &str, contacts: &[u8]| {
            let contacts = contacts.iter().map(|number| id(*number).into()).collect();
            assert_eq!((found.target_date, &found.contacts), (Some(day(on)), &contacts));
        };
        check(&planned(None, "2026-01-05"), "2026-11-13", &[]);
        check(&planned(Some(("2026-11-10", &[1, 2])), "2026-01-05"), "2026-12-10", &[1]);
        // The day the cadence names is a Saturday.
        check(&planned(Some(("2026-10-22", &[2])), "2026-01-05"), "2026-11-23", &[]);
        let found = planned(None, "2026-01-05");
        assert_eq!((found.kind, found.organiser), (Some(ScheduledKind::Visit), Some(id(7).into())));

        let before = ScheduledContact {
            kind: Some(ScheduledKind::Visit),
            place: "Gate 2".into(),
            ..contact("2026-10-01", Some(630))
        };
        let review = contact("2026-10-20", Some(900));
        let scheduled = vec![Known::new(id(1), before), Known::new(id(2), review)];
        let found = proposal(&Facts { scheduled, ..Facts::default() }, &setting, None);
        let told = (found.subject.as_str(), found.place.as_str(), found.time);
        assert_eq!(told, ("Progress", "Gate 2", Some(DayTime(630))));
    }

    /// Covers: S3.35
    #[test]
    fn held_and_the_next_one() {
        let row = |contact: ScheduledContact| {
            let mut row = Row::empty(ScheduledContact::KIND, id(1));
            for (field, value) in contact.into_values() {
                row.values[ScheduledContact::KIND.index(field).unwrap()] = value;
            }
            row
        };
        let held = |contact| hold(&row(contact), id(2), day("2026-11-12"), id(3), id(4));
        let ops = held(contact("2026-11-12", None));
        let [Op::Set { field: "held_in", value: Value::Link(to), .. }, Op::Append { fact, .. }] =
            &ops[..]
        else {
            panic!("{ops:?}")
        };
        assert_eq!((*to, fact.id), (id(2), id(3)));
        assert_eq!(fact.values[1], Value::Choice("held".into()));
        assert_eq!(held(stepped(State::Cancelled, "")), []);
        assert_eq!(held(stepped(State::Held, "")), []);
        assert_eq!(held(stepped(State::Missed, "")).len(), 2);

        let again = |recurrence, first: &str| {
            let again =
                ScheduledContact { recurrence: Some(recurrence), ..contact(first, Some(630)) };
            let ops = held(again);
            let Some(Op::Create { key, values }) = ops.get(2) else { panic!("{ops:?}") };
            assert_eq!(key.id, id(4));
            values.iter().find(|(field, _)| *field == "target_date").unwrap().1.as_date()
        };
        assert_eq!(again(Recurrence::Weekly, "2026-11-12"), Some(day("2026-11-19")));
        // Held late: the rhythm stays that of the first day, and nothing is planned into the past.
        assert_eq!(again(Recurrence::Fortnightly, "2026-10-01"), Some(day("2026-11-26")));
        assert_eq!(again(Recurrence::Monthly, "2026-10-31"), Some(day("2026-11-30")));
        assert_eq!(again(Recurrence::Yearly, "2026-11-12"), Some(day("2027-11-12")));
    }
}
