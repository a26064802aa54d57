//! What a carried change says, as bytes that are the same wherever it is carried over.
//!
//! Its actor is named by them, so two devices that write the same under the same name write the same
//! change, and two that do not have another name each. They are never stored or sent, and yet never
//! to be changed: devices with different versions carry the same changes over.
//!
//! `[old change, 0 from the skeleton or 1 from the first heads, [changes it stands on, ascending],
//! [[record, key, what], …]]`, where what is `[0]` (the record is made), `[1, type, value]`, `[2]`
//! (nothing from then on), or `[3, text before, text after]`. Types are 0 bytes, 1 text, 2 integer,
//! 3 unsigned, 4 floating, 5 counter, 6 timestamp, 7 yes or no, 8 nothing, 9 one that Automerge does not
//! know, as its number and bytes.

use std::collections::BTreeSet;
use std::convert::Infallible;

use automerge::{ChangeHash, ScalarValue};
use minicbor::Encoder;

use super::carry::{Edit, What};

type Sink = Encoder<Vec<u8>>;
type Written = Result<(), minicbor::encode::Error<Infallible>>;

/// The bytes for what becomes of `change` on those it stands on.
pub(super) fn said(
    change: &ChangeHash,
    from_first: bool,
    place: &BTreeSet<ChangeHash>,
    edits: &[Edit],
) -> Vec<u8> {
    write(|e| {
        e.array(4)?.bytes(&change.0)?.u8(u8::from(from_first))?;
        e.array(length(place.len()))?;
        place.iter().try_for_each(|hash| e.bytes(&hash.0).map(drop))?;
        e.array(length(edits.len()))?;
        edits.iter().try_for_each(|edit| one(e, edit))
    })
}

/// A value as bytes; equal ones are the same value of the same type.
pub(super) fn value(value: &ScalarValue) -> Vec<u8> {
    write(|e| scalar(e, value))
}

fn write(fill: impl FnOnce(&mut Sink) -> Written) -> Vec<u8> {
    let mut encoder = Encoder::new(Vec::new());
    // Memory takes all writes, and nothing here refuses a value.
    fill(&mut encoder).expect("encoding into memory");
    encoder.into_writer()
}

fn one(e: &mut Sink, edit: &Edit) -> Written {
    e.array(3)?.str(&edit.root)?.str(&edit.key)?;
    match &edit.what {
        What::Make => e.array(1)?.u8(0)?,
        What::Put(value) => {
            e.array(length(parts(value)) + 1)?.u8(1)?;
            return scalar(e, value);
        }
        What::Delete => e.array(1)?.u8(2)?,
        What::Text(before, after) => e.array(3)?.u8(3)?.str(before)?.str(after)?,
    };
    Ok(())
}

fn parts(value: &ScalarValue) -> usize {
    match value {
        ScalarValue::Null => 1,
        ScalarValue::Unknown { .. } => 3,
        _ => 2,
    }
}

fn scalar(e: &mut Sink, value: &ScalarValue) -> Written {
    match value {
        ScalarValue::Bytes(bytes) => e.u8(0)?.bytes(bytes)?,
        ScalarValue::Str(text) => e.u8(1)?.str(text)?,
        ScalarValue::Int(number) => e.u8(2)?.i64(*number)?,
        ScalarValue::Uint(number) => e.u8(3)?.u64(*number)?,
        ScalarValue::F64(number) => e.u8(4)?.f64(*number)?,
        ScalarValue::Counter(counter) => e.u8(5)?.i64(counter.into())?,
        ScalarValue::Timestamp(ms) => e.u8(6)?.i64(*ms)?,
        ScalarValue::Boolean(flag) => e.u8(7)?.bool(*flag)?,
        ScalarValue::Null => e.u8(8)?,
        ScalarValue::Unknown { type_code, bytes } => e.u8(9)?.u8(*type_code)?.bytes(bytes)?,
    };
    Ok(())
}

fn length(of: usize) -> u64 {
    u64::try_from(of).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;
    use std::path::Path;

    use super::*;

    /// `UPDATE_GOLDEN=1 cargo test -p handbook` writes it anew; whoever does parts the versions.
    #[test]
    fn what_is_said_is_the_same_for_ever() {
        let all = [
            ScalarValue::Bytes(vec![1, 2]),
            ScalarValue::Str("Zoë".into()),
            ScalarValue::Int(-7),
            ScalarValue::Uint(7),
            ScalarValue::F64(0.5),
            ScalarValue::counter(3),
            ScalarValue::Timestamp(1_794_414_000_000),
            ScalarValue::Boolean(true),
            ScalarValue::Null,
            ScalarValue::Unknown { type_code: 12, bytes: vec![9] },
        ];
        let edit = |root: &str, key: &str, what| {
            // What stood there only decides from where it is written.
            Edit { root: root.into(), key: key.into(), what, base: all.to_vec() }
        };
        let mut edits = vec![
            edit("", "client/aa", What::Make),
            edit("client/aa", "sites/dry", What::Delete),
            edit("client/aa", "profile_goals", What::Text("was".into(), "is".into())),
        ];
        edits.extend(all.iter().map(|value| edit("client/aa", "name", What::Put(value.clone()))));
        let place = [ChangeHash([3; 32]), ChangeHash([2; 32])].into();
        let bytes = [said(&ChangeHash([1; 32]), true, &place, &edits), {
            said(&ChangeHash([1; 32]), false, &BTreeSet::new(), &[])
        }];
        let mut now = String::new();
        for said in &bytes {
            let mut decoder = minicbor::Decoder::new(said);
            decoder.skip().unwrap();
            assert_eq!(decoder.position(), said.len(), "it is one value");
            said.iter().for_each(|byte| write!(now, "{byte:02x}").unwrap());
            now.push('\n');
        }
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/carried-said.hex");
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(&path, &now).unwrap();
        }
        assert_eq!(std::fs::read_to_string(&path).unwrap_or_default(), now);
    }
}
