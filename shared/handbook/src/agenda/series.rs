//! How a scheduled contact comes again, as calendars say it.
//!
//! The next one becomes a record only when this one is held, so a calendar gets the days to come as a series of its own. Its name
//! does not hang on the record: the next export renews the series instead of doubling it.

use chrono::{Datelike, NaiveDate};

use crate::attention::Facts;
use crate::ids::RecordId;
use crate::known::Known;
use crate::lifecycles::scheduled_contact;
use crate::records::{Recurrence, ScheduledContact};
use crate::search::fold;
use crate::typed::Choice;

/// The days that follow one contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// The first of them.
    pub next: NaiveDate,
    /// The day that gives the rhythm.
    first: NaiveDate,
    /// How often.
    recurrence: Recurrence,
    /// The last day on which there may be one.
    until: Option<NaiveDate>,
    client: RecordId,
    subject: String,
}

impl Series {
    /// What follows a contact; `None` for one that comes once, or whose engagement ends before.
    pub(super) fn of(contact: &Known<ScheduledContact>, facts: &Facts) -> Option<Self> {
        let first = contact.target_date?;
        let next = contact.comes_again(scheduled_contact::date(contact)?.max(first))?;
        let of =
            contact.engagement.and_then(|of| facts.engagements.iter().find(|one| one.id == of.id));
        let until = of.and_then(|engagement| engagement.actual_end.or(engagement.planned_end));
        until.is_none_or(|until| next <= until).then(|| Self {
            next,
            first,
            recurrence: contact.recurrence.unwrap_or(Recurrence::Foreign),
            until,
            client: facts.id,
            subject: fold(&contact.subject).split_whitespace().collect::<Vec<_>>().join("-"),
        })
    }

    /// Its name in a calendar: the same whichever of its contacts is the next one.
    pub(super) fn uid(&self) -> String {
        let Self { client, subject, recurrence, first, .. } = self;
        // Two of a client that are called alike and come on different days are two.
        let rhythm = match recurrence {
            Recurrence::Weekly | Recurrence::Fortnightly => first.weekday().to_string(),
            _ => String::new(),
        };
        format!("series-{client}-{}{rhythm}-{subject}@rapport", recurrence.key())
    }

    /// The rule by which it comes again.
    pub(super) fn rule(&self) -> String {
        let mut rule = match self.recurrence {
            Recurrence::Weekly => "FREQ=WEEKLY".to_owned(),
            Recurrence::Fortnightly => "FREQ=WEEKLY;INTERVAL=2".to_owned(),
            Recurrence::Monthly => self.monthly(1),
            Recurrence::Quarterly => self.monthly(3),
            Recurrence::HalfYearly => self.monthly(6),
            Recurrence::Yearly => self.monthly(12),
            Recurrence::Foreign => "FREQ=DAILY;COUNT=1".to_owned(),
        };
        if let Some(until) = self.until {
            rule += &until.format(";UNTIL=%Y%m%d").to_string();
        }
        rule
    }

    /// On the same day of the month; in a shorter month, on its last.
    fn monthly(&self, months: u32) -> String {
        let every = if months == 1 { String::new() } else { format!(";INTERVAL={months}") };
        match self.first.day() {
            day @ 29.. => {
                let days: Vec<_> = (28..=day).map(|day| day.to_string()).collect();
                format!("FREQ=MONTHLY{every};BYMONTHDAY={};BYSETPOS=-1", days.join(","))
            }
            day => format!("FREQ=MONTHLY{every};BYMONTHDAY={day}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agenda::AgendaItem;
    use crate::attention::fixture::setting;
    use crate::export::Start;
    use crate::figures::fixture::{day, id};
    use crate::records::{Engagement, Stage};
    use crate::typed::Id;
    use crate::words::Language;

    fn contact(first: &str, recurrence: Option<Recurrence>) -> ScheduledContact {
        ScheduledContact {
            subject: "Site  meeting".into(),
            target_date: Some(day(first)),
            recurrence,
            engagement: Some(Id::new(id(5))),
            ..ScheduledContact::default()
        }
    }

    fn item(number: u8, contact: ScheduledContact, end: &str) -> AgendaItem {
        let engagement = Engagement {
            planned_end: end.parse().ok(),
            stage: Stage::Implementation,
            ..Engagement::default()
        };
        let facts = Facts {
            id: id(1),
            scheduled: vec![Known::new(id(number), contact)],
            engagements: vec![Known::new(id(5), engagement)],
            ..Facts::default()
        };
        let mut items = crate::agenda::agenda(&facts, &setting());
        items.retain(|item| item.source == "scheduled-contact");
        items.remove(0)
    }

    #[test]
    fn every_day_that_follows() {
        use Recurrence::{Fortnightly, HalfYearly, Monthly, Quarterly, Weekly, Yearly};
        let check = |recurrence, first, end, expected: Option<(&str, &str)>| {
            let entries = item(2, contact(first, recurrence), end).calendar_items("", Language::En);
            assert_eq!((entries[0].start, &entries[0].rule), (Start::Day(day(first)), &None));
            let again: Vec<_> =
                entries[1..].iter().map(|entry| (entry.start, entry.rule.as_deref())).collect();
            let expected: Vec<_> =
                expected.iter().map(|(on, rule)| (Start::Day(day(on)), Some(*rule))).collect();
            assert_eq!(again, expected);
        };
        check(None, "2026-11-12", "", None);
        check(Some(Weekly), "2026-11-12", "", Some(("2026-11-19", "FREQ=WEEKLY")));
        check(Some(Fortnightly), "2026-11-12", "", Some(("2026-11-26", "FREQ=WEEKLY;INTERVAL=2")));
        check(Some(Monthly), "2026-11-12", "", Some(("2026-12-12", "FREQ=MONTHLY;BYMONTHDAY=12")));
        // Not skipped where the month is too short.
        let last = "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=28,29,30;BYSETPOS=-1";
        check(Some(Quarterly), "2026-11-30", "", Some(("2027-02-28", last)));
        check(
            Some(HalfYearly),
            "2026-11-12",
            "",
            Some(("2027-05-12", "FREQ=MONTHLY;INTERVAL=6;BYMONTHDAY=12")),
        );
        check(
            Some(Yearly),
            "2026-11-12",
            "",
            Some(("2027-11-12", "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=12")),
        );
        // As long as the work it belongs to.
        check(
            Some(Weekly),
            "2026-11-12",
            "2026-12-31",
            Some(("2026-11-19", "FREQ=WEEKLY;UNTIL=20261231")),
        );
        check(Some(Weekly), "2026-11-12", "2026-11-18", None);
    }

    #[test]
    fn the_same_series_whichever_contact_is_next() {
        let uid = |number, contact| {
            item(number, contact, "").calendar_items("", Language::En)[1].uid.clone()
        };
        let weekly = |first| contact(first, Some(Recurrence::Weekly));
        let first = uid(2, weekly("2026-11-12"));
        assert_eq!(first, format!("series-{}-weeklyThu-site-meeting@rapport", id(1)));
        assert_eq!(uid(3, weekly("2026-11-19")), first);
        assert_ne!(uid(3, weekly("2026-11-20")), first, "on Fridays");
        let other = ScheduledContact { subject: "Steering".into(), ..weekly("2026-11-12") };
        assert_ne!(uid(3, other), first);
    }
}
