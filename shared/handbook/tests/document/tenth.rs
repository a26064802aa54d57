//! A tenth kind of record: one declaration, one line, and everything works on it.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use handbook::history::sentence;
use handbook::records::{Contact, Member};
use handbook::typed::{Choice, Id, Note, Prose, Record};
use handbook::validate::validate;
use handbook::{DocumentId, Kind, Language, Op, RecordKey, Value, document, records};

use crate::team::{Device, INES, JONAS, MERROW, TOMAS, id, meet, text};

/// A present that we gave to, or got from, a client.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, label = "Present", de = "Geschenk", de_many = "Geschenke")]
pub(crate) struct Present {
    /// What it was.
    #[field(required, client_visible, title, column, search, de = "Was")]
    pub what: String,
    /// Whom it was for.
    #[field(client_visible, de = "Für")]
    pub receivers: BTreeSet<Id<Contact>>,
    /// Who of us gave it.
    #[field(column, label = "Given by", de = "Überreicht von")]
    pub giver: Option<Id<Member>>,
    /// The day.
    #[field(column, de = "Überreicht am", de_help = "Der Tag.")]
    pub given_on: Option<NaiveDate>,
    /// For what occasion.
    pub occasion: Option<Occasion>,
    /// What people said.
    pub reaction: Note,
    /// The story of it.
    pub story: Prose,
}

/// Why presents are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Choice)]
pub(crate) enum Occasion {
    /// A year ends.
    YearEnd,
    /// A project ends.
    #[choice(label = "Close-out", de = "Abschluss")]
    CloseOut,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}

static ADDED: &[&Kind] = &[Present::KIND];

fn add() {
    // The first test to come here adds it.
    records::add(ADDED);
    assert_eq!(handbook::kind("present"), Some(Present::KIND));
}

#[test]
fn a_tenth_kind_is_declared_once_and_lives() {
    add();
    let key = RecordKey::new(Present::KIND, id(0x90));
    let mut tomas = Device::first(INES).copy(TOMAS);
    let present = Present {
        what: "Calendar".to_owned(),
        receivers: BTreeSet::from([Id::new(id(1))]),
        occasion: Some(Occasion::YearEnd),
        ..Present::default()
    };
    tomas.write(&[present.clone().create(key.id)]);

    // Listed, read, and named like any other.
    let row = document::rows(&tomas.doc).into_iter().find(|row| row.kind == Present::KIND).unwrap();
    assert_eq!(Present::from_row(&row), Ok(present));
    assert_eq!((row.title().as_str(), row.created.by), ("Calendar", TOMAS));
    assert_eq!(row.key().document(DocumentId::Client(id(MERROW))), DocumentId::Client(id(MERROW)));
    assert_eq!(RecordKey::parse(&key.to_string()), Some(key));

    // Edited apart: the decision conflicts, the rest merges.
    let mut jonas = tomas.copy(JONAS);
    tomas.write(&[
        Present::KEYS.giver.set(key.id, Some(Id::new(handbook::RecordId::from_bytes(TOMAS)))),
        Op::Edit { key, field: "story", text: "It hung in the pump hall.".to_owned() },
    ]);
    jonas.write(&[
        Present::KEYS.giver.set(key.id, Some(Id::new(handbook::RecordId::from_bytes(JONAS)))),
        Op::Include { key, field: "receivers", item: Value::Link(id(2)) },
    ]);
    meet(&mut tomas, &mut jonas);
    let row = document::row(&tomas.doc, key).unwrap();
    assert_eq!(row.two_versions, [Present::KEYS.giver.index()]);
    assert_eq!(document::versions(&tomas.doc, key, "giver").len(), 2);
    assert_eq!(row.get("receivers").members().len(), 2);

    // Told in words.
    let last = &document::history(&tomas.doc, key)[0];
    let told = sentence(Present::KIND, last, Language::De, &|_, _| Some("Ada".to_owned()));
    assert!(told.contains("„Überreicht von“") || told.contains("„Für“"), "{told}");
}

#[test]
fn a_tenth_kind_is_validated() {
    let problems = validate(Present::KIND, &[("reaction", text("pleased"))]);
    let fields: Vec<_> = problems.iter().map(|problem| problem.field).collect();
    assert_eq!(fields, ["what"]);
    assert_eq!(problems[0].sentence.en, "Fill in “What”.");
}

#[test]
fn what_the_declaration_leaves_out_follows_from_rust() {
    let kind = Present::KIND;
    assert_eq!((kind.key, kind.many.en, kind.one.de), ("present", "Presents", "Geschenk"));
    assert_eq!(kind.help.en, "A present that we gave to, or got from, a client.");
    let given = kind.field("given_on").unwrap();
    assert_eq!((given.label.en, given.help.en), ("Given on", "The day."));
    assert_eq!((given.label.de, given.help.de), ("Überreicht am", "Der Tag."));
    assert!(given.column && !given.client_visible && !given.required);
    let labels: Vec<_> = Occasion::CHOICES.options.iter().map(|o| (o.key, o.label.en)).collect();
    assert_eq!(labels, [("year_end", "Year end"), ("close_out", "Close-out")]);
}
