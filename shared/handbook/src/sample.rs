//! The sample firm: a small believable workspace for those who look around first.
//!
//! It is an ordinary workspace without a relay, made by ordinary operations from the tables in `story`; nothing in the product
//! treats its records differently. Everything is dated relative to today.

mod care;
mod complaint;
mod direction;
mod marks;
mod past;
mod story;
mod strategy;
mod team;
mod visits;

use chrono::{Days, NaiveDate, NaiveTime};
use rand_core::CryptoRng;

use crate::{
    ids::{DocumentId, MemberId, RecordId, RecordKey},
    op::Op,
    records::{
        Assignment, Client, Contact, Direction, Formality, Member, Promise, PromiseState, Role,
        Settings, Touchpoint,
    },
    typed::{Choice, Id, Record, Scale},
    value::{Moment, Value},
};
pub use past::Chapter;
use story::{CLIENTS, FIRM, Person, SampleClient, TALK, TEAM, Talk};

/// How far back touchpoints reach.
const HISTORY_DAYS: i64 = 3 * 365;

/// One document of the sample and what is written into it.
#[derive(Debug, Clone)]
pub struct SampleDocument {
    /// Which document.
    pub document: DocumentId,
    /// Operations for one change.
    pub ops: Vec<Op>,
}

/// The firm's name in the sample.
pub const fn firm() -> &'static str {
    FIRM
}

/// The name of the person who looks around.
pub fn person() -> &'static str {
    TEAM.first().map_or("", |(name, _, _)| name)
}

/// Builds the sample as of `now`, into a space that `you` founded under [`firm`] and [`person`]. The firm's document comes first.
pub fn build(you: MemberId, now: Moment, rng: &mut impl CryptoRng) -> Vec<SampleDocument> {
    let mut sample = Sample {
        now,
        today: today(now),
        team: Vec::new(),
        services: Vec::new(),
        library: Vec::new(),
        shelf: Vec::new(),
        met: Vec::new(),
        own: [RecordId::ONLY; 2],
        rng,
    };
    sample.own = [sample.id(), sample.id()];
    sample.team = TEAM.iter().enumerate().map(|(index, _)| sample.member_id(index, you)).collect();
    let firm = SampleDocument { document: DocumentId::Firm, ops: sample.firm() };
    let clients = CLIENTS.iter().map(|client| sample.client(client));
    std::iter::once(firm).chain(clients.collect::<Vec<_>>()).collect()
}

fn today(now: Moment) -> NaiveDate {
    now.day().unwrap_or_default()
}

struct Sample<'r, R> {
    now: Moment,
    today: NaiveDate,
    team: Vec<RecordId>,
    /// The items of the firm's library.
    library: Vec<RecordId>,
    services: Vec<RecordId>,
    /// The items of the library that `care` names.
    shelf: Vec<RecordId>,
    met: Vec<care::Met>,
    /// The firm's own fields.
    own: [RecordId; 2],
    rng: &'r mut R,
}

impl<R: CryptoRng> Sample<'_, R> {
    fn id(&mut self) -> RecordId {
        RecordId::new(self.now.ms.unsigned_abs(), self.rng)
    }

    fn member_id(&mut self, index: usize, you: MemberId) -> RecordId {
        if index == 0 { RecordId::from_bytes(you) } else { self.id() }
    }

    /// The day so many days ago; negative numbers lie ahead.
    fn day(&self, ago: i64) -> NaiveDate {
        let days = Days::new(ago.unsigned_abs());
        let day = if ago < 0 {
            self.today.checked_add_days(days)
        } else {
            self.today.checked_sub_days(days)
        };
        day.unwrap_or(self.today)
    }

    fn moment(&self, ago: i64, hour: u32) -> Moment {
        let at = self.day(ago).and_time(NaiveTime::from_hms_opt(hour, 10, 0).unwrap_or_default());
        let ms = at.and_utc().timestamp_millis() - i64::from(self.now.offset_min) * 60_000;
        Moment { ms: ms.min(self.now.ms), offset_min: self.now.offset_min }
    }

    fn ours(&self, index: usize) -> Option<Id<Member>> {
        self.team.get(index).copied().map(Id::new)
    }

    fn firm(&mut self) -> Vec<Op> {
        let settings = RecordKey::only(Settings::KIND);
        let mut ops =
            vec![Op::Set { key: settings, field: "currency", value: Value::Text("EUR".into()) }];
        for (index, ((name, function, hours), id)) in TEAM.iter().zip(&self.team).enumerate() {
            let key = RecordKey::new(Member::KIND, *id);
            let details = [
                ("function", Value::Choice((*function).into())),
                ("weekly_capacity", Value::Integer(hours * 60)),
            ];
            if index == 0 {
                // The one who looks around exists since the space was founded.
                ops.extend(details.map(|(field, value)| Op::Set { key, field, value }));
            } else {
                let name = ("name", Value::Text((*name).into()));
                ops.push(Op::Create {
                    key,
                    values: std::iter::once(name).chain(details).collect(),
                });
            }
        }
        self.firm_strategy(&mut ops);
        self.shelves(&mut ops);
        ops.extend(marks::firm(self.own, &mut || self.id()));
        ops
    }

    fn client(&mut self, story: &SampleClient) -> SampleDocument {
        let client = self.id();
        let people: Vec<RecordId> = story.people.iter().map(|_| self.id()).collect();
        let engagement = self.id();
        let mut ops = vec![self.client_record(story, client, people.first().copied())];
        ops.extend(marks::client(story.name, client, self.own, &mut || self.id()));
        for (person, id) in story.people.iter().zip(&people) {
            ops.push(contact(person, *id));
        }
        ops.push(self.engagement_record(story, engagement, people.first().copied()));
        let roles = [
            (Some(story.account_manager), Role::AccountManager),
            (story.sponsor, Role::ClientSponsor),
        ];
        for (index, role) in roles {
            ops.extend(index.map(|index| self.assignment(index, role, story)));
        }
        for &(talk, every, last) in story.rhythm {
            if let Some(talk) = TALK.get(talk) {
                self.conversations(talk, every, last, story, &people, engagement, &mut ops);
            }
        }
        for promise in story.promises {
            ops.push(self.promise(promise, &people, engagement));
        }
        for complaint in story.complaints {
            self.complaint(complaint, &people, engagement, &mut ops);
        }
        ops.extend(team::said(self, story));
        let of = direction::Of {
            client,
            people: &people,
            engagement,
            sponsor: story.sponsor,
            ops: &mut ops,
        };
        self.strategy(story.name, of);
        self.visits(story, &people, engagement, &mut ops);
        let begun = care::Begun {
            name: story.name,
            id: client,
            people: &people,
            names: story.people,
            engagement,
        };
        self.care(&begun, &mut ops);
        SampleDocument { document: DocumentId::Client(client), ops }
    }

    fn client_record(&mut self, story: &SampleClient, id: RecordId, entry: Option<RecordId>) -> Op {
        let values = vec![
            ("name", text(story.name)),
            ("sector", text(story.sector)),
            ("status", Value::Choice(story.status.into())),
            ("website", text(story.website)),
            ("phone", text(story.phone)),
            ("profile_goals", text(story.profile)),
            ("service_since", Value::Date(self.day(story.since))),
            ("long_term", Value::Flag(story.since > 1_000)),
            ("entry_person", entry.map_or(Value::Empty, Value::Link)),
        ];
        Op::Create { key: RecordKey::new(Client::KIND, id), values }
    }

    fn assignment(&mut self, index: usize, role: Role, story: &SampleClient) -> Op {
        let from = self.day(story.since.min(900));
        let (id, person) = (self.id(), self.ours(index));
        Assignment { role: Some(role), person, engagement: None, from: Some(from), until: None }
            .create(id)
    }

    #[expect(clippy::too_many_arguments, reason = "one row of the story and where it goes")]
    fn conversations(
        &mut self,
        talk: &Talk,
        every: i64,
        last: i64,
        story: &SampleClient,
        people: &[RecordId],
        engagement: RecordId,
        ops: &mut Vec<Op>,
    ) {
        let until = HISTORY_DAYS.min(story.since);
        let mut ago = last;
        let mut turn = usize::try_from(every).unwrap_or(0);
        while ago < until {
            if let Some((subject, said)) = talk.said.get(turn % talk.said.len()) {
                let with = turn % people.len().max(1);
                let names = [with, (with + 1) % people.len().max(1)]
                    .map(|at| story.people.get(at).map_or("", |p| p.name));
                let said = said.replace("{0}", names[0]).replace("{1}", names[1]);
                let record = Touchpoint {
                    at: Some(self.moment(ago, 9 + turn as u32 % 8)),
                    duration: None,
                    function: Choice::from_key(talk.function),
                    channel: talk
                        .channels
                        .get(turn % talk.channels.len())
                        .and_then(|key| Choice::from_key(key)),
                    direction: Some(Direction::TwoWay),
                    formality: Some(if turn % 4 == 0 {
                        Formality::Formal
                    } else {
                        Formality::AdHoc
                    }),
                    engagement: Some(Id::new(engagement)),
                    contacts: people.get(with).map(|id| Id::new(*id)).into_iter().collect(),
                    members: self.ours(talk.by).into_iter().collect(),
                    subject: (*subject).into(),
                    notes: said.as_str().into(),
                    mood: Scale::new((turn % 4) as i64 - 1),
                    next_step: String::new(),
                    next_step_due: None,
                    next_step_by: None,
                    complaint: None,
                    visibility: Default::default(),
                };
                let id = self.id();
                ops.push(record.create(id));
            }
            turn += 1;
            // Nobody speaks by the calendar: the steps vary a little, the same way on every device.
            ago += (every + (turn as i64 * 7) % 5 - 2).max(1);
        }
    }

    fn promise(
        &mut self,
        story: &story::SamplePromise,
        people: &[RecordId],
        engagement: RecordId,
    ) -> Op {
        let state = PromiseState::from_key(story.state).unwrap_or_default();
        let due = self.day(story.due);
        let kept_on = (state == PromiseState::Kept).then(|| self.day(story.due + 1));
        let made_on = self.day(story.due + 21).min(self.today);
        let record = Promise {
            text: story.text.into(),
            to: people.get(story.to).map(|id| Id::new(*id)).into_iter().collect(),
            by: self.ours(story.by),
            made_on: Some(made_on),
            due: Some(due),
            confidence: Scale::new(4),
            state,
            kept_on,
            evidence: "".into(),
            engagement: Some(Id::new(engagement)),
            touchpoint: None,
            complaint: None,
        };
        let id = self.id();
        record.create(id)
    }
}

fn contact(person: &Person, id: RecordId) -> Op {
    let (given, family) = person.name.rsplit_once(' ').unwrap_or(("", person.name));
    let mail = crate::search::fold(family).replace(' ', ".");
    let line = person.name.bytes().map(u32::from).sum::<u32>() % 1_000;
    let values = vec![
        ("given_name", text(given)),
        ("family_name", text(family)),
        ("job_title", text(person.title)),
        ("emails", Value::Many(vec![text(&format!("{mail}@client.example"))])),
        ("phones", Value::Many(vec![text(&format!("+44 20 5550 1{line:03}"))])),
        ("influence", Value::Integer(person.influence)),
        ("interest", Value::Integer(person.interest)),
        ("stance", Value::Choice(person.stance.0.into())),
        ("stance_wanted", Value::Choice(person.stance.1.into())),
    ];
    Op::Create { key: RecordKey::new(Contact::KIND, id), values }
}

fn text(text: &str) -> Value {
    if text.is_empty() { Value::Empty } else { Value::Text(text.into()) }
}

#[cfg(test)]
mod tests;
