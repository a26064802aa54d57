//! The untyped value of a field, and the few types that are more than a number or a text.

use std::fmt;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime};

use crate::ids::{MemberId, RecordId};

/// What a field of a row holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Value {
    /// Nothing, or nothing yet.
    #[default]
    Empty,
    /// Line, note, prose, e-mail, phone, web.
    Text(String),
    /// Integer; minutes.
    Integer(i64),
    /// Yes or no.
    Flag(bool),
    /// A civil date.
    Date(NaiveDate),
    /// A point in time.
    Moment(Moment),
    /// An amount.
    Money(Money),
    /// The key of a known choice.
    Choice(String),
    /// Another record.
    Link(RecordId),
    /// The members of a set, in the order of their stored keys.
    Many(Vec<Value>),
    /// Facts, each after those it was written after.
    Facts(Vec<Fact>),
    /// Something that this version cannot read (a newer choice, say), as text: shown, kept, and
    /// never overwritten silently.
    Foreign(String),
}

impl Value {
    /// Is there nothing in it? An empty text and an empty set count as nothing.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.is_empty(),
            Self::Many(members) => members.is_empty(),
            Self::Facts(facts) => facts.is_empty(),
            _ => false,
        }
    }

    /// The text of a text, choice or foreign value.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Choice(text) | Self::Foreign(text) => Some(text),
            _ => None,
        }
    }

    /// The record that a link names.
    pub fn as_link(&self) -> Option<RecordId> {
        match self {
            Self::Link(id) => Some(*id),
            _ => None,
        }
    }

    /// A civil date: of a date itself, and of a moment the date on the clock of its place.
    pub fn as_date(&self) -> Option<NaiveDate> {
        match self {
            Self::Date(date) => Some(*date),
            Self::Moment(moment) => moment.day(),
            _ => None,
        }
    }

    /// The members of a set, none for anything else.
    pub fn members(&self) -> &[Value] {
        match self {
            Self::Many(members) => members,
            _ => &[],
        }
    }

    /// The facts of a facts field, none for anything else.
    pub fn facts(&self) -> &[Fact] {
        match self {
            Self::Facts(facts) => facts,
            _ => &[],
        }
    }
}

/// Something that happened once and is never rewritten: a transition, an endorsement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Its own name.
    pub id: RecordId,
    /// Who stated it.
    pub by: MemberId,
    /// When they stated it, for people to read; nothing is ordered by it.
    pub at: Moment,
    /// The facts of the same field that its author saw last. Two facts that do not see each other
    /// were stated apart.
    pub after: Vec<RecordId>,
    /// Parallel to the fields of the fact's declaration.
    pub values: Vec<Value>,
    /// What a newer version wrote beside them.
    pub unknown: Vec<(String, Value)>,
}

impl Fact {
    /// A fact to be appended. Who, when and after what are filled in where it is written.
    pub fn new(id: RecordId, values: Vec<Value>) -> Self {
        let at = Moment { ms: 0, offset_min: 0 };
        Self { id, by: [0; 16], at, after: Vec::new(), values, unknown: Vec::new() }
    }
}

/// A point in time, and how far the clock on the wall was from UTC where it was logged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// Milliseconds since 1970 in UTC.
    pub ms: i64,
    /// Minutes east of UTC.
    pub offset_min: i16,
}

impl Moment {
    /// What the clock on the wall showed; `None` beyond the calendar.
    pub fn local(&self) -> Option<NaiveDateTime> {
        self.zoned().map(|zoned| zoned.naive_local())
    }

    /// The day on the clock of its place; `None` where [`Self::local`] says nothing either. Figures ask for it of every touchpoint,
    /// so it takes no way over a time zone.
    pub fn day(&self) -> Option<NaiveDate> {
        const MINUTE_MS: i64 = 60_000;
        const DAY_MS: i64 = 24 * 60 * MINUTE_MS;
        let offset = i64::from(self.offset_min);
        if offset.abs() * MINUTE_MS >= DAY_MS {
            return None;
        }
        let days = self.ms.checked_add(offset * MINUTE_MS)?.div_euclid(DAY_MS);
        NaiveDate::from_epoch_days(i32::try_from(days).ok()?)
    }

    fn zoned(&self) -> Option<DateTime<FixedOffset>> {
        let offset = FixedOffset::east_opt(i32::from(self.offset_min) * 60)?;
        Some(DateTime::from_timestamp_millis(self.ms)?.with_timezone(&offset))
    }

    /// Reads RFC 3339 with milliseconds, the form in which moments are stored.
    pub fn parse(text: &str) -> Option<Self> {
        let zoned = DateTime::parse_from_rfc3339(text).ok()?;
        let offset_min = i16::try_from(zoned.offset().local_minus_utc() / 60).ok()?;
        Some(Self { ms: zoned.timestamp_millis(), offset_min })
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.zoned() {
            Some(zoned) => write!(f, "{}", zoned.format("%Y-%m-%dT%H:%M:%S%.3f%:z")),
            None => f.write_str("1970-01-01T00:00:00.000+00:00"),
        }
    }
}

/// An amount of money in the smallest unit of its currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money {
    /// Cents, pence, yen.
    pub minor: i64,
    /// ISO 4217, upper case.
    pub currency: [u8; 3],
}

impl Money {
    /// How many decimals the currency has.
    pub fn decimals(&self) -> usize {
        // The currencies of ISO 4217 that do not have two.
        match &self.currency {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG"
            | b"RWF" | b"UGX" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }

    /// The currency as text.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.currency).unwrap_or("???")
    }

    /// Reads `12300 EUR` (minor units), the form in which amounts are stored.
    pub fn parse(text: &str) -> Option<Self> {
        let (minor, currency) = text.split_once(' ')?;
        Some(Self { minor: minor.parse().ok()?, currency: currency_code(currency)? })
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.minor, self.code())
    }
}

/// Three capital letters, as ISO 4217 has them.
pub fn currency_code(text: &str) -> Option<[u8; 3]> {
    let code: [u8; 3] = text.as_bytes().try_into().ok()?;
    code.iter().all(u8::is_ascii_uppercase).then_some(code)
}
