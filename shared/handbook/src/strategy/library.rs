//! What of the firm's library would fit a client: how others like them succeeded, pointers to new technology, what others
//! reach, invitations (S1.16 to S1.18).

use chrono::NaiveDate;

use crate::known::Known;
use crate::records::{ValueAdd, ValueShown};

/// Items for the client's line of business, or for any, that may still be shown on `today` and were not.
pub fn fitting<'l>(
    library: &'l [Known<ValueAdd>],
    shown: &[Known<ValueShown>],
    sector: &str,
    today: NaiveDate,
) -> Vec<&'l Known<ValueAdd>> {
    let sector = sector.trim().to_lowercase();
    let fits = |item: &&Known<ValueAdd>| {
        item.valid_until.is_none_or(|until| until >= today)
            && !shown.iter().any(|one| one.item.is_some_and(|of| of.id == item.id))
            && (item.sectors.is_empty()
                || item.sectors.iter().any(|of| of.trim().to_lowercase() == sector))
    };
    library.iter().filter(fits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::fixture::{day, id};
    use crate::records::ValueAddKind::{self, CaseStudy, TechnologyNote};
    use crate::row::Row;
    use crate::strategy::digest::{About, digest};
    use crate::typed::{Id, Record};
    use crate::words::Language;

    fn item(number: u8, title: &str, kind: ValueAddKind, sector: &str) -> Known<ValueAdd> {
        let sectors =
            [sector].into_iter().filter(|one| !one.is_empty()).map(str::to_owned).collect();
        let (title, kind) = (title.to_owned(), Some(kind));
        Known::new(id(number), ValueAdd { title, kind, sectors, ..ValueAdd::default() })
    }

    fn row<R: Record>(number: u8, record: R) -> Row {
        let mut row = Row::empty(R::KIND, id(number));
        for (field, value) in record.into_values() {
            row.values[R::KIND.index(field).unwrap()] = value;
        }
        row
    }

    /// Covers: S1.17, S1.18
    #[test]
    fn for_their_business_while_it_holds_and_once() {
        let over = ValueAdd {
            valid_until: Some(day("2026-11-11")),
            ..item(2, "Drones", TechnologyNote, "Ports").record
        };
        let library = [
            item(1, "Radar against scour", TechnologyNote, "Ports"),
            Known::new(id(2), over),
            item(3, "Quays under traffic", CaseStudy, " ports "),
            item(4, "Hydrogen in the furnace", TechnologyNote, "Steel"),
            item(5, "Sensors in concrete", TechnologyNote, ""),
        ];
        let check = |shown: &[u8], sector: &str, expected: &[&str]| {
            let told = |number: &u8| {
                let item = Some(Id::new(id(*number)));
                Known::new(id(90), ValueShown { item, ..ValueShown::default() })
            };
            let shown: Vec<_> = shown.iter().map(told).collect();
            let found = fitting(&library, &shown, sector, day("2026-11-12"));
            let found: Vec<_> = found.iter().map(|item| item.title.as_str()).collect();
            assert_eq!(found, expected);
        };
        let any = "Sensors in concrete";
        check(&[], "ports", &["Radar against scour", "Quays under traffic", any]);
        check(&[1], "Ports", &["Quays under traffic", any]);
        check(&[5], "Steel", &["Hydrogen in the furnace"]);
        check(&[], "", &[any]);
    }

    /// A pointer to new technology reaches the client as what it is, with what it offers and where to read on.
    ///
    /// Covers: S1.18
    #[test]
    fn a_pointer_reaches_the_client() {
        let note = ValueAdd {
            summary: "Sees scour before divers do.".into(),
            link: Some("https://notes.example/radar".into()),
            ..item(1, "Radar against scour", TechnologyNote, "").record
        };
        let shown = ValueShown {
            item: Some(Id::new(id(1))),
            on: Some(day("2026-10-02")),
            reaction: "Ours alone to read.".into(),
            ..ValueShown::default()
        };
        let about = About {
            firm: "Northwind",
            client: "Merrow",
            from: day("2026-10-01"),
            to: day("2026-10-31"),
        };
        let told = digest(about, &[row(9, shown)], &[row(1, note)]);
        let text = told.text(Language::En);
        assert!(text.contains("2 Oct 2026: Technology note: Radar against scour"), "{text}");
        assert!(text.contains("Sees scour before divers do."), "{text}");
        assert!(text.contains("https://notes.example/radar"), "{text}");
        assert!(!text.contains("Ours alone"), "{text}");
        assert!(told.text(Language::De).contains("Techniknotiz: Radar against scour"));
    }
}
