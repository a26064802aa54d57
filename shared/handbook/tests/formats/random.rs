//! Whatever bytes come, every reader answers.

use handbook::import::{self, card, mail, table, visits, workbook};
use handbook::text::Defaults;
use proptest::prelude::*;

use crate::space::{read, setting};

/// A file of one of the formats, with some of its bytes changed or its end cut off.
fn mangled() -> impl Strategy<Value = (&'static str, Vec<u8>)> {
    let files: [(&'static str, &'static [u8]); 8] = [
        ("a.csv", include_bytes!("files/google-contacts.csv")),
        ("a.csv", include_bytes!("files/linkedin-connections.csv")),
        ("a.xlsx", include_bytes!("files/clients.xlsx")),
        ("a.eml", include_bytes!("files/two-parts.eml")),
        ("a.eml", include_bytes!("files/page-only.eml")),
        ("a.ics", include_bytes!("files/visits.ics")),
        ("a.vcf", b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;QUOTED-PRINTABLE:a=C3=\r\n=BC;b\r\nTEL;TYPE=\"x,y\":1\r\nEND:VCARD\r\n"),
        ("a.json", br#"{"format":"rapport","version":1,"documents":[{"id":"firm","records":[{"kind":"member","id":"01010101010101010101010101010101","created":{"by":"x"},"fields":{"name":"A","skills":["b"]}}]}]}"#),
    ];
    let changes = proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12);
    (0..files.len(), changes, any::<prop::sample::Index>(), any::<bool>()).prop_map(
        move |(file, changes, end, cut)| {
            let (name, bytes) = files[file];
            let mut bytes = bytes.to_vec();
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            if cut {
                bytes.truncate(end.index(bytes.len()));
            }
            (name, bytes)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn random_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let text = String::from_utf8_lossy(&bytes);
        let _ = table::read(&bytes);
        let _ = workbook::read(&bytes);
        let _ = card::read(&text);
        let _ = visits::read(&text, &Defaults::default());
        let _ = mail::is_mail(&bytes);
        let _ = import::json::read(&text);
        let _ = read("x", &bytes, &setting());
        let mut mail = b"From: a@b.example\nDate: ".to_vec();
        mail.extend_from_slice(&bytes);
        let _ = read("x.eml", &mail, &setting());
    }

    #[test]
    fn broken_files((name, bytes) in mangled()) {
        if let Ok(plan) = read(name, &bytes, &setting()) {
            prop_assert!(!plan.rows.is_empty());
        }
    }

    #[test]
    fn any_lines(text in "(BEGIN:VCARD\n|BEGIN:VEVENT\n|BEGIN:VTIMEZONE\n|END:VEVENT\n|[A-Z;=:,\"\\\\ü -]{0,30}\r?\n| [^\n]{0,9}\n){0,20}") {
        let _ = card::read(&text);
        let _ = visits::read(&text, &Defaults::default());
    }
}
