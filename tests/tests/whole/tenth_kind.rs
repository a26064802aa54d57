//! A tenth kind of record: one `mod` declares it, one line adds it, and everything that works on
//! records works on it, from the form to a colleague's tablet.

use std::collections::{BTreeMap, BTreeSet};

use handbook::document::Version;
use handbook::records::{Contact, Member};
use handbook::search::{self, Index};
use handbook::typed::Id;
use handbook::validate::validate;
use handbook::{
    DocumentId, Kind, Language, Moment, Op, Record, RecordId, RecordKey, Row, Value, export, form,
    history, records, text,
};
use tests::colleague::{Colleague, now_ms};
use tests::relay::Relay;

use self::pass::Pass;

/// The file that somebody adds.
mod pass {
    use std::collections::BTreeSet;

    use chrono::NaiveDate;
    use handbook::Money;
    use handbook::records::{Contact, Member};
    use handbook::typed::{Choice, Id, Note, Record};

    /// A key, card or code with which one of us gets onto a client's premises.
    #[derive(Clone, Debug, Default, PartialEq, Record)]
    #[record(home = client, de = "Zugang", de_many = "Zugänge")]
    pub(crate) struct Pass {
        /// What it opens.
        #[field(required, client_visible, title, column, search, de = "Öffnet")]
        pub opens: String,
        /// Who of us has it.
        #[field(client_visible, column, de = "Bei")]
        pub holder: Option<Id<Member>>,
        /// Who of them agreed to it.
        #[field(client_visible, label = "Agreed with", de = "Vereinbart mit")]
        pub agreed_with: BTreeSet<Id<Contact>>,
        /// The day by which it goes back.
        #[field(column, label = "Return by", de = "Zurück bis")]
        pub return_by: Option<NaiveDate>,
        /// What we left for it.
        #[field(de = "Pfand")]
        pub deposit: Option<Money>,
        /// What it is.
        #[field(de = "Art")]
        pub form: Option<Form>,
        /// What to mind there.
        #[field(search, de = "Hinweise")]
        pub notes: Note,
    }

    /// What opens the door.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Choice)]
    pub(crate) enum Form {
        /// Of metal.
        #[choice(de = "Schlüssel")]
        Key,
        /// Of plastic.
        #[choice(de = "Karte")]
        Card,
        /// Of digits.
        #[choice(de = "Code")]
        Code,
        /// From a newer version.
        #[choice(foreign)]
        Foreign,
    }
}

/// The line that somebody adds.
static ADDED: &[&Kind] = &[Pass::KIND];

fn add() {
    // The first test to come here adds it.
    records::add(ADDED);
    assert_eq!(handbook::kind("pass"), Some(Pass::KIND));
}

/// What a form makes of what was typed into its fields: the first values of a record, or what it
/// says is wrong.
fn fill_in(
    kind: &'static Kind,
    typed: &[(&str, &str)],
) -> Result<Vec<(&'static str, Value)>, Vec<String>> {
    let mut values = Vec::new();
    let mut wrong = Vec::new();
    for (key, typed) in typed {
        let field =
            form::offered(kind).find(|field| field.key == *key).expect("a field on the form");
        match text::parse(&field.ty, typed) {
            Ok(value) => values.push((field.key, value)),
            Err(sentence) => wrong.push(sentence.en),
        }
    }
    values.retain(|(_, value)| !value.is_empty());
    wrong.extend(validate(kind, &values).into_iter().map(|problem| problem.sentence.en));
    if wrong.is_empty() { Ok(values) } else { Err(wrong) }
}

#[test]
fn its_form_offers_its_fields_reads_what_is_typed_and_says_what_is_wrong() {
    add();
    let offered: Vec<_> = form::offered(Pass::KIND).map(|field| field.label.en).collect();
    assert_eq!(
        offered,
        ["Opens", "Holder", "Agreed with", "Return by", "Deposit", "Form", "Notes"]
    );
    let first: Vec<_> =
        form::offered(Pass::KIND).filter(|field| form::comes_first(field)).collect();
    assert_eq!(
        first.iter().map(|field| field.key).collect::<Vec<_>>(),
        ["opens", "holder", "return_by"]
    );

    let check = |typed: &[(&str, &str)], expected: &[&str]| {
        assert_eq!(fill_in(Pass::KIND, typed).unwrap_err(), expected, "{typed:?}");
    };
    check(&[("deposit", "25 EUR")], &["Fill in “Opens”."]);
    check(
        &[("opens", "Pump hall"), ("return_by", "soon")],
        &["“soon” is not a date; write 2026-11-21."],
    );
    check(
        &[("opens", "Pump hall"), ("form", "Whistle")],
        &["“Whistle” is none of: Key, Card, Code."],
    );
    check(&[("opens", &"a".repeat(501))], &["At most 500 characters fit in here."]);
}

#[tokio::test]
async fn it_goes_from_the_form_to_a_colleagues_tablet_and_back() {
    add();
    let mut relay = Relay::bare(&[]);
    let mut ines = Colleague::found(&relay, "Alder & Tarn", "Ines").await;
    let client = ines.add_client("Merrow Water Board").await;
    let document = DocumentId::Client(client);
    let carla = ines.id();
    let contact =
        Contact { given_name: "Carla".into(), family_name: "Voss".into(), ..Contact::default() };
    ines.write(document, vec![contact.create(carla)]).await;
    ines.push().await;
    let invitation = ines.invite().await;
    let mut tomas = Colleague::join(&invitation, "Tomas").await;

    // Made by the form.
    let key = RecordKey::new(Pass::KIND, ines.id());
    let values = fill_in(
        Pass::KIND,
        &[
            ("opens", "Pump hall"),
            ("return_by", "24.12.2026"),
            ("deposit", "25 €"),
            ("form", "card"),
            ("notes", "Bring a torch.\nThe dog is called Brunel."),
        ],
    );
    ines.write(document, vec![Op::Create { key, values: values.expect("all is right") }]).await;
    check_listed_and_found(&ines, document, key).await;

    // On the other device by the relay, which read none of it.
    ines.push().await;
    tomas.sync().await;
    check_listed_and_found(&tomas, document, key).await;
    let row = whole(&tomas, document, key).await;
    assert_eq!(Some(&row), ines.device().row(document, key).await.unwrap().as_ref());
    let read = Pass::from_row(&row).unwrap();
    assert_eq!(
        (read.form, &*read.notes),
        (Some(pass::Form::Card), "Bring a torch.\nThe dog is called Brunel.")
    );

    // Each gives it to herself and himself, apart. What does not contradict merges.
    relay.kill();
    let before = now_ms();
    let mine =
        |colleague: &Colleague| Pass::KEYS.holder.set(key.id, Some(Id::new(member(colleague))));
    ines.write(document, vec![mine(&ines)]).await;
    let agreed = Op::Include { key, field: "agreed_with", item: Value::Link(carla) };
    tomas.write(document, vec![mine(&tomas), agreed]).await;
    let apart = before..=now_ms();
    relay.start_again();
    meet(&mut ines, &mut tomas).await;
    for device in [&ines, &tomas] {
        let holder = Pass::KEYS.holder.index();
        assert_eq!(whole(device, document, key).await.two_versions, [holder]);
        assert_eq!(listed(device, document, key).two_versions, [holder], "a list marks it");
        let versions = device.device().versions(document, key, "holder").await.unwrap();
        let whose: BTreeSet<_> =
            versions.iter().map(|version| (by(version), version.value.as_link())).collect();
        let both = [&ines, &tomas].map(|colleague| (member(colleague), Some(member(colleague))));
        assert_eq!(whose, BTreeSet::from(both));
        assert!(
            versions.iter().all(|version| apart.contains(&u64::try_from(version.at.ms).unwrap()))
        );
        assert_eq!(
            versions.iter().map(|version| version.current).collect::<Vec<_>>(),
            [true, false]
        );
        let shown = whole(device, document, key).await;
        assert_eq!(shown.get("holder"), &versions[0].value);
        assert_eq!(shown.get("agreed_with").members(), [Value::Link(carla)]);
    }
    let shown = [&ines, &tomas].map(|device| listed(device, document, key));
    assert_eq!(shown[0], shown[1], "the same version wins everywhere");

    // One settles it for all.
    let settled = Op::Settle { key, field: "holder", value: Value::Link(member(&tomas)) };
    ines.write(document, vec![settled]).await;
    meet(&mut ines, &mut tomas).await;
    for device in [&ines, &tomas] {
        let row = whole(device, document, key).await;
        assert_eq!(
            (row.two_versions.as_slice(), row.get("holder")),
            (&[][..], &Value::Link(member(&tomas)))
        );
        assert_eq!(device.device().versions(document, key, "holder").await.unwrap().len(), 1);
        check_history(device, document, key).await;
        check_exports(device, document, key).await;
    }
}

/// The read model lists it, and the search finds it by its title and by its notes.
async fn check_listed_and_found(colleague: &Colleague, document: DocumentId, key: RecordKey) {
    let row = listed(colleague, document, key);
    assert_eq!(row.title(), "Pump hall");
    assert_eq!(text::format(&Pass::KEYS.return_by.field().ty, row.get("return_by")), "2026-12-24");
    assert_eq!(text::format(&Pass::KEYS.deposit.field().ty, row.get("deposit")), "25.00 EUR");

    let device = colleague.device();
    let mut index = Index::default();
    for document in device.model().documents() {
        let rows = device.rows(document).await.unwrap();
        index.replace(document, search::entries(document, &rows));
    }
    for question in ["pump", "HALL torch", "brunel"] {
        let hits: Vec<_> = index.find(question, 10).into_iter().map(|hit| hit.key).collect();
        assert_eq!(hits, [(document, key)], "{question}");
    }
}

/// What happened to it, in words. The order of what was done apart is left to the clocks.
async fn check_history(colleague: &Colleague, document: DocumentId, key: RecordKey) {
    let recent = colleague.device().history(document, key, usize::MAX).await.unwrap();
    let entries = recent.entries;
    let names = names(colleague).await;
    let name_of = |_: &str, id: RecordId| names.get(&id).cloned();
    let mut told: Vec<_> = entries
        .iter()
        .map(|entry| history::sentence(key.kind, entry, Language::En, &name_of))
        .collect();
    assert_eq!(told.first().unwrap(), "Ines settled “Holder” on Tomas.");
    assert_eq!(told.last().unwrap(), "Ines made this record (pass).");
    told.sort();
    assert_eq!(
        told,
        [
            "Ines made this record (pass).",
            "Ines set “Holder” to Ines.",
            "Ines settled “Holder” on Tomas.",
            "Tomas added Carla Voss to “Agreed with”.",
            "Tomas set “Holder” to Tomas.",
        ]
    );
}

/// Both files have it, with its ids in the one and with names in the other.
async fn check_exports(colleague: &Colleague, document: DocumentId, key: RecordKey) {
    let device = colleague.device();
    let mut documents = Vec::new();
    for document in device.model().documents() {
        documents.push((document, device.rows(document).await.unwrap()));
    }
    let file = export::json(&documents, Moment::default());
    let file: serde_json::Value = serde_json::from_str(&file).unwrap();
    let of_documents = file["documents"].as_array().unwrap();
    let exported =
        of_documents.iter().find(|exported| exported["id"] == document.to_string()).unwrap();
    let records = exported["records"].as_array().unwrap();
    let pass = records.iter().find(|record| record["kind"] == "pass").unwrap();
    assert_eq!(pass["id"], key.id.to_string());
    let fields = &pass["fields"];
    assert_eq!(fields["opens"], "Pump hall");
    assert_eq!(fields["return_by"], "2026-12-24");
    assert_eq!(fields["deposit"]["minor"], 2500);
    assert_eq!(fields["form"], "card");

    let names = names(colleague).await;
    let rows = documents.iter().flat_map(|(_, rows)| rows).filter(|row| row.kind == Pass::KIND);
    let rows = rows.map(|row| ("Merrow Water Board", row));
    let sheet = export::sheet(Pass::KIND, rows, &|id| names.get(&id).cloned());
    let expected = format!(
        "\u{feff}Id,Client,Opens,Holder,Agreed with,Return by,Deposit,Form,Notes\n\
         {},Merrow Water Board,Pump hall,Tomas,Carla Voss,2026-12-24,25.00 EUR,card,\
         \"Bring a torch.\nThe dog is called Brunel.\"\n",
        key.id
    );
    assert_eq!(sheet, expected);
}

/// Both have what the other did.
async fn meet(one: &mut Colleague, other: &mut Colleague) {
    one.sync().await;
    other.sync().await;
    one.sync().await;
}

/// The one record of its kind, as lists read it.
fn listed(colleague: &Colleague, document: DocumentId, key: RecordKey) -> Row {
    let rows = colleague.device().model().rows(key.kind);
    let [(its_document, row)] = rows.as_slice() else { panic!("not one but {rows:?}") };
    assert_eq!((*its_document, row.key()), (document, key));
    row.clone()
}

/// The record with its notes.
async fn whole(colleague: &Colleague, document: DocumentId, key: RecordKey) -> Row {
    colleague.device().row(document, key).await.unwrap().expect("the record is here")
}

/// How everybody and everything is called on a device.
async fn names(colleague: &Colleague) -> BTreeMap<RecordId, String> {
    let model = colleague.device().model();
    let kinds = [Member::KIND, Contact::KIND];
    let rows = kinds.into_iter().flat_map(|kind| model.rows(kind));
    rows.map(|(_, row)| (row.id, row.title())).collect()
}

fn member(colleague: &Colleague) -> RecordId {
    RecordId::from_bytes(colleague.device().member().0)
}

fn by(version: &Version) -> RecordId {
    RecordId::from_bytes(version.by.expect("somebody"))
}
