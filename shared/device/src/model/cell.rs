//! How a value stands in the read model.
//!
//! Texts, numbers, flags and nothing are plain CBOR; everything else is tagged, so that a value can
//! be read without knowing its field's declaration (which may have changed since).

use chrono::NaiveDate;
use handbook::{Fact, Moment, Money, RecordId, Value};
use minicbor::Decoder;
use minicbor::data::{Tag, Type};

use crate::codec::{Sink, Unreadable, Written};

const DATE: u64 = 6;
const MOMENT: u64 = 7;
const MONEY: u64 = 8;
const CHOICE: u64 = 9;
const LINK: u64 = 10;
const MANY: u64 = 11;
const FACTS: u64 = 12;
const FOREIGN: u64 = 13;

/// A value as it lies in a column: read without copying anything.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Nothing.
    Empty,
    /// A text.
    Text(&'a str),
    /// A whole number, or minutes.
    Integer(i64),
    /// Yes or no.
    Flag(bool),
    /// A civil date.
    Date(NaiveDate),
    /// A point in time.
    Moment(Moment),
    /// An amount.
    Money(Money),
    /// The key of a choice.
    Choice(&'a str),
    /// Another record.
    Link(RecordId),
    /// A set; the bytes of its members.
    Many(Members<'a>),
    /// Facts; their bytes.
    Facts(&'a [u8]),
    /// Something of a newer version, as text.
    Foreign(&'a str),
}

/// The members of a set, read one after the other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Members<'a>(&'a [u8]);

impl<'a> Members<'a> {
    /// The members, in their stored order.
    pub fn iter(&self) -> impl Iterator<Item = Cell<'a>> + use<'a> {
        let mut decoder = Decoder::new(self.0);
        let count = decoder.array().ok().flatten().unwrap_or(0);
        (0..count).map_while(move |_| read(&mut decoder).ok())
    }
}

impl<'a> Cell<'a> {
    /// The text of a text, choice or foreign value.
    pub fn as_text(&self) -> Option<&'a str> {
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

    /// The value, owned.
    pub fn to_value(&self) -> Value {
        match *self {
            Self::Empty => Value::Empty,
            Self::Text(text) => Value::Text(text.to_owned()),
            Self::Integer(number) => Value::Integer(number),
            Self::Flag(flag) => Value::Flag(flag),
            Self::Date(date) => Value::Date(date),
            Self::Moment(moment) => Value::Moment(moment),
            Self::Money(money) => Value::Money(money),
            Self::Choice(key) => Value::Choice(key.to_owned()),
            Self::Link(id) => Value::Link(id),
            Self::Many(members) => {
                Value::Many(members.iter().map(|cell| cell.to_value()).collect())
            }
            Self::Facts(bytes) => {
                Value::Facts(read_facts(&mut Decoder::new(bytes)).unwrap_or_default())
            }
            Self::Foreign(text) => Value::Foreign(text.to_owned()),
        }
    }
}

/// Writes `value` into a column.
pub(crate) fn put(e: &mut Sink, value: &Value) -> Written {
    match value {
        Value::Empty => e.null()?.ok(),
        Value::Text(text) => e.str(text)?.ok(),
        Value::Integer(number) => e.i64(*number)?.ok(),
        Value::Flag(flag) => e.bool(*flag)?.ok(),
        Value::Date(date) => e.tag(Tag::new(DATE))?.i32(date.to_epoch_days())?.ok(),
        Value::Moment(moment) => {
            e.tag(Tag::new(MOMENT))?.array(2)?.i64(moment.ms)?.i16(moment.offset_min)?.ok()
        }
        Value::Money(money) => {
            e.tag(Tag::new(MONEY))?.array(2)?.i64(money.minor)?.bytes(&money.currency)?.ok()
        }
        Value::Choice(key) => e.tag(Tag::new(CHOICE))?.str(key)?.ok(),
        Value::Link(id) => e.tag(Tag::new(LINK))?.bytes(&id.bytes())?.ok(),
        Value::Many(members) => {
            e.tag(Tag::new(MANY))?.array(members.len() as u64)?;
            members.iter().try_for_each(|member| put(e, member))
        }
        Value::Facts(facts) => {
            e.tag(Tag::new(FACTS))?.array(facts.len() as u64)?;
            facts.iter().try_for_each(|fact| put_fact(e, fact))
        }
        Value::Foreign(text) => e.tag(Tag::new(FOREIGN))?.str(text)?.ok(),
    }
}

fn put_fact(e: &mut Sink, fact: &Fact) -> Written {
    e.array(7)?.bytes(&fact.id.bytes())?.bytes(&fact.by)?;
    e.i64(fact.at.ms)?.i16(fact.at.offset_min)?;
    e.array(fact.after.len() as u64)?;
    for id in &fact.after {
        e.bytes(&id.bytes())?;
    }
    e.array(fact.values.len() as u64)?;
    fact.values.iter().try_for_each(|value| put(e, value))?;
    put_named(e, &fact.unknown)
}

/// Writes values under their names.
pub(crate) fn put_named(e: &mut Sink, named: &[(String, Value)]) -> Written {
    e.map(named.len() as u64)?;
    for (name, value) in named {
        e.str(name)?;
        put(e, value)?;
    }
    Ok(())
}

/// Reads the next value.
pub(crate) fn read<'a>(d: &mut Decoder<'a>) -> Result<Cell<'a>, Unreadable> {
    Ok(match d.datatype()? {
        Type::Null => {
            d.null()?;
            Cell::Empty
        }
        Type::String => Cell::Text(d.str()?),
        Type::Bool => Cell::Flag(d.bool()?),
        Type::Tag => match d.tag()?.as_u64() {
            DATE => Cell::Date(
                NaiveDate::from_epoch_days(d.i32()?)
                    .ok_or(Unreadable::because("a date beyond the calendar"))?,
            ),
            MOMENT => {
                d.array()?;
                Cell::Moment(Moment { ms: d.i64()?, offset_min: d.i16()? })
            }
            MONEY => {
                d.array()?;
                Cell::Money(Money { minor: d.i64()?, currency: fixed(d)? })
            }
            CHOICE => Cell::Choice(d.str()?),
            LINK => Cell::Link(RecordId::from_bytes(fixed(d)?)),
            MANY => Cell::Many(Members(skipped(d)?)),
            FACTS => Cell::Facts(skipped(d)?),
            FOREIGN => Cell::Foreign(d.str()?),
            _ => return Err(Unreadable::because("a value of an unknown type")),
        },
        _ => Cell::Integer(d.i64()?),
    })
}

/// Reads values under their names.
pub(crate) fn read_named(d: &mut Decoder<'_>) -> Result<Vec<(String, Value)>, Unreadable> {
    let count = length(d.map()?)?;
    (0..count).map(|_| Ok((d.str()?.to_owned(), read(d)?.to_value()))).collect()
}

/// A definite length.
pub(crate) fn length(length: Option<u64>) -> Result<u64, Unreadable> {
    length.ok_or(Unreadable::because("a length is missing"))
}

/// A byte string of exactly `N` bytes.
pub(crate) fn fixed<const N: usize>(d: &mut Decoder<'_>) -> Result<[u8; N], Unreadable> {
    d.bytes()?.try_into().map_err(|_| Unreadable::because("a byte string of another length"))
}

fn read_facts(d: &mut Decoder<'_>) -> Result<Vec<Fact>, Unreadable> {
    let count = length(d.array()?)?;
    (0..count).map(|_| read_fact(d)).collect()
}

fn read_fact(d: &mut Decoder<'_>) -> Result<Fact, Unreadable> {
    d.array()?;
    let id = RecordId::from_bytes(fixed(d)?);
    let by = fixed(d)?;
    let at = Moment { ms: d.i64()?, offset_min: d.i16()? };
    let after = length(d.array()?)?;
    let after = (0..after)
        .map(|_| Ok(RecordId::from_bytes(fixed(d)?)))
        .collect::<Result<_, Unreadable>>()?;
    let values = length(d.array()?)?;
    let values = (0..values).map(|_| Ok(read(d)?.to_value())).collect::<Result<_, Unreadable>>()?;
    Ok(Fact { id, by, at, after, values, unknown: read_named(d)? })
}

/// The bytes of the next value, passed over.
fn skipped<'a>(d: &mut Decoder<'a>) -> Result<&'a [u8], Unreadable> {
    let start = d.position();
    d.skip()?;
    d.input().get(start..d.position()).ok_or(Unreadable::because("a value beyond the end"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec;

    /// Every form of a value, with the bytes under which it is stored: never change one.
    #[test]
    fn values_as_they_are_stored() {
        let check = |value: Value, expected: &str| {
            let bytes = codec::write(|e| put(e, &value));
            let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(hex, expected, "{value:?}");
            let mut decoder = Decoder::new(&bytes);
            assert_eq!(read(&mut decoder).unwrap().to_value(), value);
            assert_eq!(decoder.position(), bytes.len());
        };
        let id = |number| RecordId::from_bytes([number; 16]);
        check(Value::Empty, "f6");
        check(Value::Text("é".to_owned()), "62c3a9");
        check(Value::Integer(-1), "20");
        check(Value::Integer(i64::MAX), "1b7fffffffffffffff");
        check(Value::Flag(true), "f5");
        check(Value::Date(NaiveDate::from_epoch_days(-1).unwrap()), "c620");
        check(Value::Moment(Moment { ms: 1, offset_min: -90 }), "c782013859");
        check(Value::Money(Money { minor: 100, currency: *b"EUR" }), "c882186443455552");
        check(Value::Choice("a".to_owned()), "c96161");
        check(Value::Link(id(1)), "ca5001010101010101010101010101010101");
        check(Value::Many(vec![Value::Integer(1), Value::Text(String::new())]), "cb820160");
        check(Value::Foreign("b".to_owned()), "cd6162");
        let fact = Fact {
            id: id(1),
            by: [2; 16],
            at: Moment { ms: 3, offset_min: 0 },
            after: vec![id(4)],
            values: vec![Value::Flag(false)],
            unknown: vec![("c".to_owned(), Value::Integer(5))],
        };
        let ids =
            ["50", &"01".repeat(16), "50", &"02".repeat(16), "0300", "8150", &"04".repeat(16)];
        check(Value::Facts(vec![fact]), &format!("cc8187{}81f4a1616305", ids.concat()));
    }

    #[test]
    fn other_bytes_are_refused_without_a_panic() {
        for bytes in
            [&[][..], &[0xc6], &[0xca, 0x41, 1], &[0xce, 1], &[0x9f], &[0xc7, 0xf6], &[0xff]]
        {
            assert!(read(&mut Decoder::new(bytes)).is_err(), "{bytes:?}");
        }
    }
}
