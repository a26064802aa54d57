//! The exports of common programs, as they come.

use handbook::import::{Format, format};

use crate::space::{MERROW, fates, makes, read, setting};

fn lines(file: &[u8]) -> Vec<String> {
    makes(&read("export.csv", file, &setting()).unwrap())
}

/// Covers: S2.2
#[test]
fn crms() {
    assert_eq!(
        lines(include_bytes!("files/hubspot-companies.csv")),
        [
            "client name=Tessel Foods | sector=FOOD_BEVERAGES | size=large | sites=Kai 4, Hamburg, 20457, Germany | \
             website=tessel.example | phone=+49 40 555 0100"
                .replace("Hamburg, 20457", "20457, Hamburg")
        ]
    );
    let plan = read("x.csv", include_bytes!("files/hubspot-contacts.csv"), &setting()).unwrap();
    assert_eq!(
        fates(&plan),
        [
            "2 Zoe Muller, Merrow Water Board: +3 (“Zoë Müller” is here: the same name and the e-mail address zoe@merrow.example.)",
            "3 Joanna Pryce, Northmere Rail: +0 (“Joanna Pryce” is here: the same name and the e-mail address joanna@northmere.example.)",
        ]
    );
    assert_eq!(
        lines(include_bytes!("files/salesforce-accounts.csv")),
        ["client name=Halloran & Sons | sector=Construction | size=small | \
          sites=12 Mill Lane, LS1 4AB, Leeds, West Yorkshire, UK | website=www.halloran.example | phone=0113 496 0000"]
    );
    assert_eq!(
        lines(include_bytes!("files/salesforce-contacts.csv")),
        [
            "client name=Halloran & Sons",
            "contact given_name=Mina | family_name=Halloran | salutation=Dr. | job_title=Director | department=Board | \
             emails=mina@halloran.example | phones=0113 496 0001; 07700 900002 | address=12 Mill Lane, LS1 4AB, Leeds, UK | \
             birthday=1970-03-04",
        ]
    );
}

#[test]
fn address_books_and_networks() {
    assert_eq!(
        lines(include_bytes!("files/google-contacts.csv")),
        ["contact given_name=Iwan | family_name=Rees | job_title=Signalling | department=Works | \
          emails=iwan@northmere.example; iwan@home.example | phones=+44 7700 900003; +44 20 7946 0003 | \
          address=4 Station Road\nNorthmere | birthday=1981-07-30 | notes=Likes trains"]
    );
    assert_eq!(
        lines(include_bytes!("files/linkedin-connections.csv")),
        [
            "contact family_name=Cher",
            "client name=Voss Logistik",
            "contact given_name=Katharina | family_name=Voss | job_title=Geschäftsführerin",
        ]
    );
}

/// Covers: S2.2
#[test]
fn a_workbook() {
    let book = include_bytes!("files/clients.xlsx");
    let plan = read("clients.xlsx", book, &setting()).unwrap();
    assert_eq!(
        fates(&plan),
        [
            "4 Zoë Müller, Merrow Water Board: +2 (“Zoë Müller” is here: the same name and the e-mail address zoe@merrow.example.)",
            "5 Northmere Rail: +1 (A client named “Northmere Rail” is here.)",
            "6 Tessel Foods: bad: “soon” does not fit Client since: “soon” is not a date; write 2026-11-21.",
        ]
    );
    let set = format!("{:?}", plan.writes);
    assert!(set.contains("2023-03-15") && set.contains("2019-03-14"), "{set}");
    assert!(plan.bad_file.unwrap().contains("Tessel Foods,soon"));
    let cut = &book[..book.len() / 2];
    assert!(read("clients.xlsx", cut, &setting()).unwrap_err().en.contains("damaged"));
}

#[test]
fn rows_without_a_client_belong_to_the_chosen_one() {
    let file = b"First name,Last name\nIwan,Rees\n";
    let why = read("people.csv", file, &setting()).unwrap_err();
    assert!(why.en.contains("Choose the client") && why.de.contains("Kunden wählen"), "{why}");
    let chosen = handbook::import::Setting { client: Some(MERROW), ..setting() };
    let plan = read("people.csv", file, &chosen).unwrap();
    assert_eq!(fates(&plan), ["2 Iwan Rees, Merrow Water Board: new"]);
}

#[test]
fn what_a_file_is() {
    let check = |name: &str, bytes: &[u8], expected: Result<Format, &str>| match expected {
        Ok(expected) => assert_eq!(format(name, bytes).unwrap(), expected, "{name}"),
        Err(part) => {
            let why = format(name, bytes).unwrap_err();
            assert!(why.en.contains(part) && !why.de.is_empty(), "{why}");
        }
    };
    check("a.csv", b"Name\nMerrow", Ok(Format::Table));
    check("a.txt", b"\xEF\xBB\xBFbegin:vcard\nFN:A", Ok(Format::Cards));
    check("a.csv", b"BEGIN:VCALENDAR\r\n", Ok(Format::Calendar));
    check("a.bin", b"From: a@b.example\nDate: x\n\n", Ok(Format::Mail));
    check("a", b"{\"format\":\"rapport\"}", Ok(Format::Backup));
    check("a.csv", b"PK\x03\x04", Ok(Format::Workbook));
    check("a.vcf", b"Name\nMerrow", Err("says vCard"));
    check("a.eml", b"Dear Zoe", Err("says mail"));
    check("a.csv", b"%PDF-1.7", Err("PDF"));
    check("a.xls", b"\xD0\xCF\x11\xE0rest", Err("old office"));
    check("a.html", b"<!DOCTYPE html>", Err("web page"));
    check("a.csv", b"", Err("empty"));
}

#[test]
fn reasons_in_german() {
    let german = handbook::import::Setting { language: handbook::Language::De, ..setting() };
    let plan =
        read("a.csv", b"Firma,Vorname,Kunde seit\nA,,irgendwann\nMerrow Water Board,,\n", &german)
            .unwrap();
    let fates = fates(&plan);
    assert!(fates[0].contains("passt nicht zu Kunde seit"), "{fates:?}");
    assert!(fates[1].contains("Ein Kunde namens „Merrow Water Board“ ist hier."), "{fates:?}");
    assert!(
        plan.bad_file.unwrap().starts_with("Firma,Vorname,Kunde seit,Warum nicht importiert\n")
    );
}

#[test]
fn many_people_of_one_client() {
    use std::fmt::Write;
    let mut file = "Company,First name,Last name,Email\n".to_owned();
    for number in 0..20_000 {
        writeln!(file, "Tessel Foods,Given {number},Family,p{number}@tessel.example").unwrap();
    }
    let plan = read("many.csv", file.as_bytes(), &setting()).unwrap();
    assert_eq!(makes(&plan).len(), 20_001);
}
