//! Mails as contacts that were had.

use handbook::import::Setting;

use crate::space::{MERROW, fates, makes, read, setting};

#[test]
fn from_a_client_to_us() {
    let plan = read("m.eml", include_bytes!("files/two-parts.eml"), &setting()).unwrap();
    let remark = "The attached file is not taken in.";
    assert_eq!(
        fates(&plan),
        [
            format!("1 Pünktlichkeit of the pumps, Merrow Water Board: new ({remark})"),
            format!("1 Pünktlichkeit of the pumps, Northmere Rail: new ({remark})"),
        ]
    );
    assert_eq!(
        makes(&plan)[0],
        "touchpoint at=2026-11-20T09:15:00.000+01:00 | function=delivery | channel=email | direction=in | \
         contacts=03030303030303030303030303030303 | members=05050505050505050505050505050505 | \
         subject=Pünktlichkeit of the pumps | notes=The pumps are late again. Grüße | visibility=team"
    );
}

#[test]
fn from_us_and_a_page_only() {
    let plan = read("m.eml", include_bytes!("files/page-only.eml"), &setting()).unwrap();
    let made = makes(&plan).remove(0);
    assert!(made.contains("direction=out"), "{made}");
    let (_, notes) = made.split_once("notes=").unwrap();
    assert!(notes.contains("Dear Zoë,") && notes.contains("greetings & thanks"), "{notes}");
    assert!(!notes.contains("red") && !notes.contains('<'), "{notes}");
}

#[test]
fn nobody_known_in_it() {
    let mail = b"From: a@x.example\nTo: b@y.example\nSubject: Hi\nDate: Fri, 20 Nov 2026 09:15:00 +0100\n\nHello\n";
    let plan = read("m.eml", mail, &setting()).unwrap();
    assert_eq!(
        fates(&plan),
        ["1 Hi: bad: None of these is a person at a client here: a@x.example, b@y.example."]
    );
    assert_eq!(plan.writes, []);
    let chosen = Setting { client: Some(MERROW), ..setting() };
    assert_eq!(fates(&read("m.eml", mail, &chosen).unwrap()), ["1 Hi, Merrow Water Board: new"]);
    let dateless = b"From: zoe@merrow.example\nTo: ines@firm.example\nSubject: Hi\n\nHello\n";
    let plan = read("m.eml", dateless, &setting()).unwrap();
    assert_eq!(fates(&plan), ["1 Hi: bad: This mail does not say when it was sent."]);
}

#[test]
fn a_second_time_it_is_here() {
    let mail = include_bytes!("files/page-only.eml");
    let plan = read("m.eml", mail, &setting()).unwrap();
    let mut space = crate::space::space();
    space[1].1.push(crate::space::made(&plan.writes[0].1[0]));
    let again = handbook::import::read("m.eml", mail, &space, &setting(), &mut crate::space::rng())
        .unwrap();
    assert_eq!(
        fates(&again),
        ["1 Offer, Merrow Water Board: +0 (A contact of this minute with this subject is here.)"]
    );
    assert_eq!(again.writes, []);
}
