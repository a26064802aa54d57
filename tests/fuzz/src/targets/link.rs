//! What people paste and type: the link of an invitation, the recovery sheet, its phrase and number.
//!
//! First byte 0: the rest is the text. 1 and 2: the rest is what somebody has put into a link of an
//! invitation, or a recovery sheet, with a checksum that fits.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use replica::keys::KitSecret;
use replica::{InviteLink, RecoverySheet};

use crate::corpus::golden;
use crate::{Memory, Target, cut};

pub(crate) const TARGET: Target =
    Target { name: "link", run, seeds, memory: Memory { base: 64 << 10, each: 32 } };

fn run(input: &[u8]) -> bool {
    let Some((how, rest)) = cut::first(input) else { return false };
    let mut good = false;
    let text = match how % 3 {
        0 => String::from_utf8_lossy(rest).into_owned(),
        1 => code("rj", b"rapport/invite/link/1", rest),
        _ => code("rk", b"rapport/kit/sheet/1", rest),
    };
    if let Ok(link) = InviteLink::parse(&text) {
        good = true;
        assert!(link.origin.len() <= wire::limits::MAX_ORIGIN);
        for again in [link.format(), link.url("https://app.example/")] {
            assert_eq!(InviteLink::parse(&again).as_ref(), Ok(&link));
        }
        assert!(RecoverySheet::parse(&text).is_err(), "one code for two things");
    }
    if let Ok(sheet) = RecoverySheet::parse(&text) {
        good = true;
        assert!(sheet.origin.len() <= wire::limits::MAX_ORIGIN);
        for again in [sheet.format(), sheet.url("https://app.example/")] {
            assert_eq!(RecoverySheet::parse(&again).as_ref(), Ok(&sheet));
        }
        assert_eq!(KitSecret::parse(&sheet.phrase()).as_ref(), Ok(&sheet.secret));
        assert_eq!(RecoverySheet::parse_number(&sheet.number()), Ok(sheet.space));
    }
    if let Ok(secret) = KitSecret::parse(&text) {
        good = true;
        assert_eq!(KitSecret::parse(&secret.phrase()), Ok(secret));
    }
    if let Ok(space) = RecoverySheet::parse_number(&text) {
        good = true;
        let secret = KitSecret::parse(PHRASE).expect("a phrase");
        let sheet = RecoverySheet::typed(String::new(), space, secret);
        assert_eq!(RecoverySheet::parse_number(&sheet.number()), Ok(space));
    }
    good
}

/// The code around a content, as `replica::code` has it.
fn code(mark: &str, label: &[u8], content: &[u8]) -> String {
    const VERSION: u64 = 1;
    let sum = wire::hash(label, &[&VERSION.to_be_bytes(), content]);
    let mut encoder = minicbor::Encoder::new(Vec::new());
    let written = encoder
        .array(4)
        .and_then(|it| it.str(mark)?.u64(VERSION)?.bytes(content)?.bytes(&sum.0[..4]));
    written.expect("memory takes all writes");
    URL_SAFE_NO_PAD.encode(encoder.into_writer())
}

/// Of the golden file `kit_phrase`.
const PHRASE: &str = "AYKQ-Y3N2-1A1S-KYY2-WNBE-2Q04-8678-XENK";

fn seeds() -> Vec<Vec<u8>> {
    let text = |name: &str| golden(&format!("replica/tests/golden/{name}.hex"));
    let (link, sheet) = (text("invite_link"), text("recovery_sheet"));
    let mut seeds: Vec<Vec<u8>> = [&link, &sheet, &text("kit_phrase"), &text("space_number")]
        .map(|text| [&[0], text.as_slice()].concat())
        .into();
    seeds.push([b"\0https://app.example/#join=", link.as_slice()].concat());
    seeds.push([b"\0https://app.example/#recover=", sheet.as_slice()].concat());
    for (how, text) in [(1, link), (2, sheet)] {
        seeds.push([&[how], content(&text).as_slice()].concat());
    }
    seeds
}

/// The content of a code.
fn content(text: &[u8]) -> Vec<u8> {
    let bytes = URL_SAFE_NO_PAD.decode(text).expect("a code");
    let mut decoder = minicbor::Decoder::new(&bytes);
    let read = decoder.array().and_then(|_| {
        decoder.str()?;
        decoder.u64()?;
        decoder.bytes()
    });
    read.expect("a content").to_vec()
}
