//! The handbook of a client as one page.

use handbook::export::{Handbook, handbook_html};
use handbook::records::{Complaint, Engagement, Function, Stage, Touchpoint};
use handbook::typed::{Id, Note, Record};
use handbook::value::Moment;
use handbook::{DocumentId, Language, Op, RecordId, Row, Value};

use crate::space::{Documents, INES, MERROW, ZOE, row, space};

const EVIL: &str = "</script><script>alert(1)</script><img src=x onerror=\"a\"> & 'q'\u{0}";

fn talk(day: i64, subject: &str) -> Row {
    let talk = Touchpoint {
        at: Some(Moment { ms: day * 86_400_000, offset_min: 0 }),
        function: Some(Function::Sales),
        contacts: [Id::new(ZOE)].into(),
        members: [Id::new(INES)].into(),
        subject: subject.into(),
        notes: Note::from(EVIL),
        ..Touchpoint::default()
    };
    row(talk, RecordId::from_bytes([u8::try_from(day).unwrap(); 16]))
}

fn page(language: Language, firm_name: &str) -> (String, Documents) {
    let mut space = space();
    space[1].1.extend([talk(20, "older"), talk(30, "newer")]);
    let mut gone = row(
        Complaint { subject: "deleted".into(), ..Complaint::default() },
        RecordId::from_bytes([40; 16]),
    );
    gone.gone = true;
    space[1].1.push(gone);
    let handbook = Handbook {
        document: DocumentId::Client(MERROW),
        rows: &space[1].1,
        firm: &space[0].1,
        day: "2026-11-22".parse().unwrap(),
        language,
        firm_name,
        about: None,
    };
    (handbook_html(&handbook), space)
}

/// Covers: S1.9
#[test]
fn sections_in_words() {
    let (page, _) = page(Language::De, "Vale & Co");
    let at = |part: &str| page.find(part).unwrap_or_else(|| panic!("{part} is missing in {page}"));
    assert!(at("Vale &amp; Co") < at("<h1>Merrow Water Board</h1>"));
    assert!(at("<html lang=\"de\">") < at("Inhalt"));
    assert!(page.contains("Stand 22.11.2026"));
    assert!(at("<section id=\"client\">") < at("<section id=\"contact\">"));
    assert!(at("<section id=\"contact\">") < at("<section id=\"touchpoint\">"));
    assert!(at("<h3>newer</h3>") < at("<h3>older</h3>"));
    assert!(page.contains("<dt>Funktion</dt><dd>Vertrieb</dd>"));
    assert!(page.contains("<dt>Mit</dt><dd>Zoë Müller</dd>"));
    assert!(page.contains("<dt>Von uns</dt><dd>Ines Vale</dd>"));
    assert!(!page.contains("deleted"));
    assert!(!page.contains("id=\"complaint\""));
}

/// An engagement that was taken over in the middle and has gone on since.
#[test]
fn a_record_says_where_it_stands_and_not_where_it_began() {
    let engagement =
        Engagement { name: "Pumps".into(), stage: Stage::Implementation, ..Engagement::default() };
    let mut row = row(engagement, RecordId::from_bytes([50; 16]));
    let rows = |row: &Row| {
        let handbook = Handbook {
            document: DocumentId::Client(MERROW),
            rows: std::slice::from_ref(row),
            firm: &[],
            day: "2026-11-22".parse().unwrap(),
            language: Language::En,
            firm_name: "",
            about: None,
        };
        handbook_html(&handbook)
    };
    let life = Engagement::KIND.lifecycle.unwrap();
    assert!(rows(&row).contains("<dt>State</dt><dd>Implementation</dd>"));
    let Ok(Op::Append { fact, .. }) =
        life.step(&row, "close_out", &[], RecordId::from_bytes([51; 16]))
    else {
        panic!("the step is offered")
    };
    row.values[Engagement::KEYS.transitions.index()] = Value::Facts(vec![fact]);
    assert!(rows(&row).contains("<dt>State</dt><dd>Close-out</dd>"), "{}", rows(&row));
    assert!(!rows(&row).contains("<dd>Implementation</dd>"));
}

#[test]
fn nothing_in_it_acts_or_fetches() {
    let (page, _) = page(Language::En, EVIL);
    assert_eq!(page.matches("<script").count(), 1);
    assert_eq!(page.matches("</script").count(), 1);
    assert!(!page.contains("<img") && !page.contains('\u{0}'));
    for outside in ["src=", "url(", "@import", "<link", "http:", "https:"] {
        let shown = page.replace("&lt;img src=x", "").replace("\\u003cimg src=x", "");
        assert!(!shown.contains(outside), "{outside}");
    }
    assert!(page.contains("@page") && page.contains("color-scheme"));
}

/// Covers: S1.9
#[test]
fn the_same_rows_lie_in_it() {
    let (page, space) = page(Language::En, "Firm");
    let (_, data) = page.split_once("id=\"rapport\">").unwrap();
    let (data, _) = data.split_once("</script>").unwrap();
    let backup = handbook::import::json::read(data).unwrap();
    let living: Vec<Row> = space[1].1.iter().filter(|row| !row.gone).cloned().collect();
    assert_eq!(backup.documents, [(DocumentId::Client(MERROW), living)]);
    let notes = backup.documents[0].1[2].get("notes");
    assert_eq!(notes, &Value::Text(EVIL.into()));
}

/// Whoever asks what we hold about them is given that, in words and to be read by other programs, and nothing of others.
///
/// Covers: S1.9
#[test]
fn what_is_held_about_one_person() {
    let mut space = space();
    let mut other = talk(30, "without her");
    other.values[Touchpoint::KEYS.contacts.index()] = Value::Empty;
    space[1].1.extend([talk(20, "with her"), other]);
    let page = handbook_html(&Handbook {
        document: DocumentId::Client(MERROW),
        rows: &space[1].1,
        firm: &space[0].1,
        day: "2026-11-22".parse().unwrap(),
        language: Language::En,
        firm_name: "Vale & Co",
        about: Some(ZOE),
    });
    assert!(page.contains("<h1>Zoë Müller</h1>"), "{page}");
    assert!(page.contains("What we hold about this person"));
    assert!(page.contains("with her") && page.contains("Ines Vale"));
    assert!(!page.contains("without her"));
    assert!(!page.contains("<section id=\"client\">"));
    let (_, data) = page.split_once("id=\"rapport\">").unwrap();
    let (data, _) = data.split_once("</script>").unwrap();
    let backup = handbook::import::json::read(data).unwrap();
    let ids: Vec<RecordId> = backup.documents[0].1.iter().map(|row| row.id).collect();
    assert_eq!(ids, [ZOE, RecordId::from_bytes([20; 16])]);
}
