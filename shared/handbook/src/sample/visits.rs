//! Whom the sample visits today, and what one knows of them at the door.

use chrono::{Days, NaiveTime, Timelike};
use rand_core::CryptoRng;

use super::{Sample, SampleClient};
use crate::{
    ids::RecordId,
    op::Op,
    records::{Action, Channel, Contact, Promise, PromiseState, ScheduledContact, ScheduledKind},
    typed::{DayTime, Id, Minutes, Record},
};

/// A planned visit.
struct SampleVisit {
    client: &'static str,
    kind: ScheduledKind,
    subject: &'static str,
    place: &'static str,
    agenda: &'static str,
    minutes: u32,
    /// Days from today.
    day: u64,
    /// Where it is today: minutes from now, so that the next visit is always about to begin.
    from_now: u32,
    /// Indices into the client's people.
    with: &'static [usize],
    /// Indices into our team.
    ours: &'static [usize],
}

const VISITS: &[SampleVisit] = &[
    SampleVisit {
        client: "Merrow Water Board",
        kind: ScheduledKind::Visit,
        subject: "Progress",
        place: "Pump station east, gate 2",
        agenda: "Levels before the pour\nOne transmittal register for the site\nWho stands in on the night shift",
        minutes: 60,
        day: 0,
        from_now: 25,
        with: &[0, 1],
        ours: &[0, 1],
    },
    SampleVisit {
        client: "Northmere Rail",
        kind: ScheduledKind::FormalMeeting,
        subject: "Monitoring report",
        place: "Depot offices, second floor",
        agenda: "Night readings of October",
        minutes: 45,
        day: 0,
        from_now: 295,
        with: &[0],
        ours: &[0],
    },
    SampleVisit {
        client: "Saltmere Port Authority",
        kind: ScheduledKind::Visit,
        subject: "Walk along the quay",
        place: "West basin, site office",
        agenda: "",
        minutes: 90,
        day: 6,
        from_now: 0,
        with: &[0],
        ours: &[3],
    },
];

/// What one knows of somebody: client, index into its people, how the name is spoken, how they like to be reached, in
/// which language.
const MANNERS: &[(&str, usize, &str, Option<Channel>, &str)] = &[
    ("Merrow Water Board", 0, "kah-tah-REE-nah FOSS", Some(Channel::Visit), "German"),
    ("Merrow Water Board", 1, "fuh-RAY-ruh", Some(Channel::Call), "Portuguese"),
    ("Northmere Rail", 0, "", Some(Channel::Email), ""),
    ("Northmere Rail", 1, "YOO-an REES", None, "Welsh"),
    ("Saltmere Port Authority", 0, "oh-SAY", Some(Channel::Meeting), ""),
];

/// What a client said they would do: client, index into its people, what, days from today.
const THEIRS: &[(&str, usize, &str, i64)] = &[
    ("Merrow Water Board", 1, "Name a guard for the crane lift", -2),
    ("Northmere Rail", 1, "Send the possession dates for spring", 9),
];

/// What was kept since the last visit: client, index into its people, what, days ago.
const KEPT: &[(&str, usize, &str, i64)] = &[
    ("Merrow Water Board", 0, "Two quotations for the second crane", 1),
    ("Northmere Rail", 0, "Instrument list by kilometre", 3),
];

/// A visit that would begin after this hour begins before it: nobody receives visitors at night.
const LATEST: u32 = 20;

impl<R: CryptoRng> Sample<'_, R> {
    /// Visits planned at that client, the manners of its people, and what it owes us.
    pub(super) fn visits(
        &mut self,
        story: &SampleClient,
        people: &[RecordId],
        engagement: RecordId,
        ops: &mut Vec<Op>,
    ) {
        for visit in VISITS.iter().filter(|visit| visit.client == story.name) {
            let record = self.visit(visit, people, engagement);
            let id = self.id();
            ops.push(record.create(id));
        }
        for (_, who, spoken, channel, language) in
            MANNERS.iter().filter(|(client, ..)| *client == story.name)
        {
            let Some(id) = people.get(*who).copied() else { continue };
            let keys = &Contact::KEYS;
            let spoken = (!spoken.is_empty()).then(|| keys.pronunciation.set(id, (*spoken).into()));
            let channel = channel.map(|channel| keys.preferred_channel.set(id, Some(channel)));
            let language =
                (!language.is_empty()).then(|| keys.language.set(id, (*language).into()));
            ops.extend([spoken, channel, language].into_iter().flatten());
        }
        for (_, who, text, ahead) in THEIRS.iter().filter(|(client, ..)| *client == story.name) {
            let action = Action {
                text: (*text).into(),
                client_owner: people.get(*who).map(|id| Id::new(*id)),
                due: Some(self.day(-ahead)),
                engagement: Some(Id::new(engagement)),
                ..Action::default()
            };
            let id = self.id();
            ops.push(action.create(id));
        }
        for (_, who, text, ago) in KEPT.iter().filter(|(client, ..)| *client == story.name) {
            let promise = Promise {
                text: (*text).into(),
                to: people.get(*who).map(|id| Id::new(*id)).into_iter().collect(),
                by: self.ours(0),
                made_on: Some(self.day(ago + 12)),
                due: Some(self.day(*ago)),
                state: PromiseState::Kept,
                kept_on: Some(self.day(*ago)),
                engagement: Some(Id::new(engagement)),
                ..Promise::default()
            };
            let id = self.id();
            ops.push(promise.create(id));
        }
    }

    fn visit(
        &self,
        story: &SampleVisit,
        people: &[RecordId],
        engagement: RecordId,
    ) -> ScheduledContact {
        let today = story.day == 0;
        let time =
            if today { self.soon(story.from_now) } else { NaiveTime::from_hms_opt(10, 0, 0) };
        ScheduledContact {
            subject: story.subject.into(),
            kind: Some(story.kind),
            target_date: self.today.checked_add_days(Days::new(story.day)),
            time: time.map(DayTime::of),
            duration: Some(Minutes(story.minutes)),
            place: story.place.into(),
            engagement: Some(Id::new(engagement)),
            contacts: story
                .with
                .iter()
                .filter_map(|index| people.get(*index))
                .map(|id| Id::new(*id))
                .collect(),
            members: story.ours.iter().filter_map(|index| self.ours(*index)).collect(),
            organiser: story.ours.first().and_then(|index| self.ours(*index)),
            agenda: story.agenda.into(),
            ..ScheduledContact::default()
        }
    }

    /// So many minutes from now, on the five minutes, and at a decent hour.
    fn soon(&self, minutes: u32) -> Option<NaiveTime> {
        let now = self.now.local()?.time();
        let at = (now.hour() * 60 + now.minute() + minutes).div_ceil(5) * 5;
        let at = if now.hour() < LATEST {
            at.min(LATEST * 60 + minutes / 10)
        } else {
            at.min(23 * 60 + 55)
        };
        NaiveTime::from_hms_opt(at / 60, at % 60 / 5 * 5, 0)
    }
}
