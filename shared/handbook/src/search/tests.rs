use super::*;

fn index() -> Index<u8, u16> {
    let mut index = Index::default();
    let entry = |key, title: &str, rest: &str, weight| Entry {
        key,
        title: title.into(),
        rest: rest.into(),
        weight,
        at: 0,
    };
    index.replace(
        1,
        [
            entry(10, "Merrow Water Board", "water utility", 9),
            entry(11, "Zoë Müller", "zoe@merrow.example head of works", 8),
            entry(12, "Call about late invoices", "They said: invoices come late", 1),
        ],
    );
    index.replace(
        2,
        [entry(20, "Northmere Rail", "", 9), entry(21, "Meeting at Merrow", "late trains", 1)],
    );
    index
}

#[test]
fn questions_and_their_answers() {
    let index = index();
    let check = |question: &str, expected: &[u16]| {
        let found: Vec<u16> = index.find(question, 10).into_iter().map(|hit| hit.key).collect();
        assert_eq!(found, expected, "{question:?}");
    };
    check("merrow", &[10, 21, 11]);
    check("zoe muller", &[11]);
    check("MÜLLER", &[11]);
    check("late inv", &[12]);
    check("inv late", &[12]);
    check("late", &[12, 21]);
    check("rail merrow", &[]);
    check("", &[]);
    check("\u{1}", &[]);
    check("board zoe", &[]); // words of two lines are not one record
}

#[test]
fn slips_of_the_finger_are_forgiven() {
    let index = index();
    let check = |question: &str, expected: &[u16]| {
        let found: Vec<u16> = index.find(question, 10).into_iter().map(|hit| hit.key).collect();
        assert_eq!(found, expected, "{question:?}");
    };
    check("invioces", &[12]);
    check("late invioces", &[12]);
    check("invioc", &[12]); // while it is typed
    check("northmree", &[20]);
    check("zoe mueller", &[11]);
    check("wtaer", &[10]);
    check("inv1oces", &[]); // a number in it is meant
    check("lteat", &[]); // two slips in a short word
    check("\"invioces\"", &[]); // in quotes it is meant as it stands
}

#[test]
fn what_is_found_as_typed_comes_first() {
    let mut index = Index::default();
    let entry = |key, title: &str, rest: &str| Entry {
        key,
        title: title.into(),
        rest: rest.into(),
        weight: 0,
        at: 0,
    };
    index.replace(1, [entry(1, "Miller", ""), entry(2, "", "we met mullers there")]);
    index.replace(2, [entry(3, "Muller", ""), entry(4, "Mulier", "")]);
    let found: Vec<u16> = index.find("muller", 10).into_iter().map(|hit| hit.key).collect();
    assert_eq!(found, [3, 2, 1, 4]);
}

#[test]
fn a_phrase_stands_as_it_is() {
    let index = index();
    let check = |question: &str, expected: &[u16]| {
        let found: Vec<u16> = index.find(question, 10).into_iter().map(|hit| hit.key).collect();
        assert_eq!(found, expected, "{question:?}");
    };
    check("\"late invoices\"", &[12]);
    check("\"invoices come late\"", &[12]);
    check("\"late come\"", &[]);
    check("merrow \"late trains\"", &[21]);
}

#[test]
fn of_equals_the_newest_comes_first() {
    let mut index = Index::default();
    let entry =
        |key, at| Entry { key, title: String::new(), rest: "the rate card".into(), weight: 0, at };
    index.replace(1, [entry(1, 10), entry(2, 30)]);
    index.replace(2, [entry(3, 20), entry(4, 30)]);
    let find =
        |limit| index.find("rate", limit).into_iter().map(|hit| hit.key).collect::<Vec<u16>>();
    assert_eq!(find(10), [2, 4, 3, 1]);
    assert_eq!(find(2), [2, 4]);
}

#[test]
fn a_passage_quotes_what_is_not_in_the_title() {
    let mut index = Index::default();
    let said = "Zoë was clear: the Müller invoices come late, every month since spring, and nobody tells her why; \
                she wants a name.";
    let entry = Entry { key: 1, title: "Call in May".into(), rest: said.into(), weight: 0, at: 0 };
    index.replace(1, [entry]);
    let check = |question: &str, expected: Option<&str>| {
        let hits = index.find(question, 10);
        assert_eq!(hits.len(), 1, "{question:?}");
        assert_eq!(hits[0].passage.as_deref(), expected, "{question:?}");
    };
    check("may", None);
    check(
        "clear",
        Some(
            "Zoë was clear: the Müller invoices come late, every month since spring, and nobody …",
        ),
    );
    check(
        "muller may",
        Some(
            "Zoë was clear: the Müller invoices come late, every month since spring, and nobody tells her …",
        ),
    );
    check("name", Some("… her why; she wants a name."));
    check(
        "nobdy ",
        Some("… every month since spring, and nobody tells her why; she wants a name."),
    );
    check("\"wants a name\"", Some("… nobody tells her why; she wants a name."));
}

#[test]
fn a_document_is_replaced_and_removed_whole() {
    let mut index = index();
    index.replace(1, []);
    assert_eq!(index.find("water", 10), []);
    index.remove(2);
    assert_eq!(index.find("rail", 10), []);
}

#[test]
fn folding() {
    let check = |text: &str, expected: &str| assert_eq!(fold(text), expected);
    check("Straße", "strasse");
    check("Łódź", "lodz");
    check("a\n\tb", "a b");
    check("Cafe\u{301} de l’E\u{301}tE\u{301}: №\u{a0}5", "cafe de l’ete: no 5");
    check("ＦＵＬＬ", "full");
}
