//! Files that people import: tables, workbooks, vCards, calendars, mails, our own JSON.
//!
//! The first byte says how the file's name ends; what it is, is decided by what is in it. One value stands for
//! what would otherwise hide behind packing: a workbook whose parts are the rest's [pieces](cut::pieces),
//! packed here.

use std::sync::LazyLock;

use automerge::Automerge;
use handbook::import::{self, Fate, Setting};
use handbook::records::{Client, Contact, Member};
use handbook::typed::{Email, Record};
use handbook::{DocumentId, Moment, Op, RecordId, Row, Stamp, document};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use replica::check;

use crate::corpus::shared;
use crate::targets::documents;
use crate::{Memory, Target, cut};

pub(crate) const TARGET: Target = Target {
    name: "import",
    run,
    seeds,
    // A part of a workbook may unpack to 128 MiB before it is refused.
    memory: Memory { base: 400 << 20, each: 32 << 10 },
};

/// How names end, by the first byte.
const NAMES: [&str; 7] = ["a.csv", "a.xlsx", "a.eml", "a.ics", "a.vcf", "a.json", "packed.xlsx"];
const PACKED: usize = 6;

/// 22 November 2026, noon, in UTC.
const NOW: u64 = 1_795_348_800_000;
const CLIENT: RecordId = RecordId::from_bytes([1; 16]);
const PERSON: RecordId = RecordId::from_bytes([3; 16]);
const MEMBER: RecordId = RecordId::from_bytes([5; 16]);

fn run(input: &[u8]) -> bool {
    let Some((how, rest)) = cut::first(input) else { return false };
    let kind = usize::from(how) % NAMES.len();
    let file = if kind == PACKED { packed(rest) } else { rest.to_vec() };
    let mut setting = Setting::new(NOW);
    // Half of them for a client that was chosen.
    setting.client = (usize::from(how) / NAMES.len() % 2 == 1).then_some(CLIENT);
    let mut rng = ChaCha20Rng::seed_from_u64(7);
    let known = &*KNOWN;
    let plan = match import::read(NAMES[kind], &file, &known.rows, &setting, &mut rng) {
        Ok(plan) => plan,
        Err(sentence) => {
            assert!(!sentence.en.is_empty() && !sentence.de.is_empty(), "refused without a word");
            return false;
        }
    };
    assert!(!plan.rows.is_empty(), "a plan for nothing");
    for row in &plan.rows {
        if let Fate::Bad(why) = &row.fate {
            assert!(!why.is_empty(), "left out without a word: {row:?}");
        }
    }
    for (id, ops) in &plan.writes {
        known.write(*id, ops, &mut rng);
    }
    if let Some(bad) = &plan.bad_file {
        // What is handed back to be mended can be handed in again.
        let name = format!("a.{}", plan.bad_ending);
        let _ = import::read(&name, bad.as_bytes(), &known.rows, &setting, &mut rng);
    }
    true
}

static KNOWN: LazyLock<Known> = LazyLock::new(Known::new);

/// What is here already.
struct Known {
    documents: Vec<(DocumentId, Automerge)>,
    rows: Vec<(DocumentId, Vec<Row>)>,
}

impl Known {
    fn new() -> Self {
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        let ines = Member { name: "Ines Vale".into(), ..Member::default() };
        let ines = Member { email: Some(Email::from("ines@firm.example")), ..ines };
        let merrow = Client { name: "Merrow Water Board".into(), ..Client::default() };
        let zoe = Contact {
            given_name: "Zoë".into(),
            family_name: "Müller".into(),
            emails: [Email::from("zoe@merrow.example")].into(),
            ..Contact::default()
        };
        let mut create = |id, ops: Vec<Op>| {
            (id, document::create(id, &ops, &stamp(), &mut rng).expect("a document"))
        };
        let documents = vec![
            create(DocumentId::Firm, vec![ines.create(MEMBER)]),
            create(DocumentId::Client(CLIENT), vec![merrow.create(CLIENT), zoe.create(PERSON)]),
        ];
        let rows = documents.iter().map(|(id, it)| (*id, document::rows(it))).collect();
        Self { documents, rows }
    }

    /// Does what a plan says, as a device would: what comes of it must pass the check that it would be given
    /// by everybody else.
    fn write(&self, id: DocumentId, ops: &[Op], rng: &mut ChaCha20Rng) {
        let (before, after) = match self.documents.iter().find(|(known, _)| *known == id) {
            Some((_, known)) => {
                let mut after = documents::copy(known);
                document::write(&mut after, ops, &stamp(), rng).expect("a plan that can be done");
                (documents::copy(known), after)
            }
            None => {
                let new = document::create(id, ops, &stamp(), rng);
                (document::blank(), new.expect("a plan that can be done"))
            }
        };
        for change in after.get_changes(&before.get_heads()) {
            let again = check::parse(change.raw_bytes()).expect("a change as we write them");
            check::check(&before, &again).expect("a change as we write them");
        }
        assert!(document::rows(&after).len() >= document::rows(&before).len());
        documents::read_all(&after);
    }
}

fn stamp() -> Stamp {
    Stamp {
        member: MEMBER.bytes(),
        at: Moment { ms: NOW as i64, offset_min: 0 },
        command: uuid::Uuid::from_bytes([9; 16]),
        batch: Some(uuid::Uuid::from_bytes([8; 16])),
        what: "import",
    }
}

/// The parts of a workbook, in the order of the pieces.
const PARTS: [&str; 5] = [
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "xl/worksheets/sheet1.xml",
];

/// A ZIP archive (APPNOTE 6.3) of stored parts.
fn packed(input: &[u8]) -> Vec<u8> {
    let (mut archive, mut directory, mut count) = (Vec::new(), Vec::new(), 0_u16);
    for (name, (_, part)) in PARTS.iter().zip(cut::pieces(input)) {
        let (at, size) = (archive.len() as u32, part.len() as u32);
        // From the version needed to the length of the extra field; checksum 0, which nobody looks at.
        let mut common = vec![20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        common.extend(size.to_le_bytes());
        common.extend(size.to_le_bytes());
        common.extend((name.len() as u16).to_le_bytes());
        common.extend([0, 0]);
        archive.extend(b"PK\x03\x04");
        archive.extend(&common);
        archive.extend(name.as_bytes());
        archive.extend(part);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&common);
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(name.as_bytes());
        count += 1;
    }
    let (at, size) = (archive.len() as u32, directory.len() as u32);
    archive.extend(directory);
    archive.extend(b"PK\x05\x06\0\0\0\0");
    archive.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    archive.extend([size.to_le_bytes(), at.to_le_bytes()].concat());
    archive.extend([0, 0]);
    archive
}

fn seeds() -> Vec<Vec<u8>> {
    let read = |name: &str| {
        let path = shared("handbook/tests/formats/files").join(name);
        std::fs::read(path).expect("a file of the tests of the formats")
    };
    let mut seeds = Vec::new();
    let mut seed = |how: u8, file: &[u8]| seeds.push([&[how], file].concat());
    let table = "google-contacts.csv linkedin-connections.csv hubspot-companies.csv \
                 hubspot-contacts.csv salesforce-accounts.csv salesforce-contacts.csv";
    table.split_whitespace().for_each(|name| seed(0, &read(name)));
    seed(0, "Firma;Straße;Umsatz\nMerrow Water Board;Kai 1;1.000,50\n".as_bytes());
    // As wide as it is short: each column is compared with each field.
    seed(0, "a,".repeat(8_000).as_bytes());
    seed(1, &read("clients.xlsx"));
    seed(9, &read("two-parts.eml"));
    seed(9, &read("page-only.eml"));
    seed(3, &read("visits.ics"));
    seed(10, &read("visits.ics"));
    seed(11, CARDS.as_bytes());
    seed(4, CARDS.replace("FN:", "ORG:Merrow Water Board\r\nFN:").as_bytes());
    seed(5, BACKUP.as_bytes());
    let parts = WORKBOOK.map(|part| (0, part.as_bytes()));
    seed(6, &cut::join(parts));
    seeds
}

const CARDS: &str = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Zoë Müller\r\nN:Müller;Zoë;;;\r\n\
    EMAIL;TYPE=work:zoe@merrow.example\r\nTEL;VALUE=uri:tel:+49-1\r\nBDAY:19700101\r\n\
    NOTE:a\\nb\r\n c\r\nEND:VCARD\r\nBEGIN:VCARD\r\nVERSION:2.1\r\n\
    N;QUOTED-PRINTABLE:a=C3=\r\n=BC;b\r\nTEL;TYPE=\"x,y\":1\r\nEND:VCARD\r\n";

const BACKUP: &str = r#"{"format":"rapport","version":1,"documents":[{"id":"firm","records":[{"kind":"member","id":"01010101010101010101010101010101","created":{"by":"x"},"fields":{"name":"A","skills":["b"]}}]}]}"#;

const WORKBOOK: [&str; 5] = [
    r#"<workbook xmlns:r="r"><workbookPr date1904="1"/><sheets><sheet name="a" r:id="r1"/></sheets></workbook>"#,
    r#"<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>"#,
    r#"<sst><si><t>Company</t></si><si><r><t>Mer</t></r><r><t>row &amp; Sons</t></r></si></sst>"#,
    r#"<styleSheet><numFmts><numFmt numFmtId="170" formatCode="yyyy\-mm\-dd"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>"#,
    r#"<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>Since</t></is></c></row><row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3" s="1"><v>45000.5</v></c><c r="D3" t="b"><v>1</v></c><c t="e"><v>#N/A</v></c></row></sheetData></worksheet>"#,
];
