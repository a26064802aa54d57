//! Files made of the open workspace, in open formats.

use std::{collections::HashMap, rc::Rc};

use chrono::NaiveDate;
use handbook::{
    DocumentId, Kind, Record, RecordId, Row,
    agenda::{AgendaItem, Topic},
    attention::team::Who,
    export::{self, Handbook},
    records::{Client, Contact},
};

use super::{acts::trouble, now, setting, space::Space};
use crate::{
    texts::{agenda as agenda_texts, language, say, title_of, trouble as t},
    ui::{
        model::Export,
        state::{ExportedFile, Trouble},
    },
};

/// Makes a file of the workspace.
pub(super) async fn export(space: Rc<Space>, what: Export) -> Result<ExportedFile, Trouble> {
    let day = now::clock_face().today;
    match what {
        Export::Handbook(client) => return handbook(&space, client, None, None).await,
        Export::HandbookAsOf(client, day) => {
            return handbook(&space, client, Some(day), None).await;
        }
        Export::Person(client, contact) => {
            return handbook(&space, client, None, Some(contact)).await;
        }
        Export::Agenda(who, topic) => return Ok(agenda(&space, who, topic)),
        _ => {}
    }
    let documents = space.everything().await.map_err(trouble)?;
    Ok(match what {
        Export::Json => ExportedFile {
            name: format!("rapport-{day}.json"),
            media_type: "application/json",
            bytes: export::json(&documents, now::moment()).into_bytes(),
        },
        Export::Csv(key) => {
            let kind = handbook::kind(key).ok_or_else(|| Trouble(t::kind_unknown().into()))?;
            let names = names(&documents);
            let rows = living(&space, &documents, kind);
            let rows = rows.iter().map(|(client, row)| (client.as_str(), *row));
            ExportedFile {
                name: format!("rapport-{key}-{day}.csv"),
                media_type: "text/csv",
                bytes: export::sheet(kind, rows, &|id| names.get(&id).cloned()).into_bytes(),
            }
        }
        Export::Cards
        | Export::Handbook(_)
        | Export::HandbookAsOf(..)
        | Export::Person(..)
        | Export::Agenda(..) => {
            let people = living(&space, &documents, Contact::KIND);
            let people = people.iter().map(|(client, row)| (client.as_str(), *row));
            ExportedFile {
                name: format!("rapport-{}-{day}.vcf", Contact::KEY),
                media_type: "text/vcard",
                bytes: export::cards(people).into_bytes(),
            }
        }
    })
}

/// What falls due as a calendar, in the language of the page.
fn agenda(space: &Space, who: Who, topic: Option<Topic>) -> ExportedFile {
    let day = now::clock_face().today;
    let wanted = |item: &AgendaItem, accountable| {
        who.holds(accountable) && (topic.is_none() || Topic::of(item.source) == topic)
    };
    let entries = space.calendar(wanted, day);
    let name = topic.map_or_else(agenda_texts::title, |topic| say(topic.label()));
    ExportedFile {
        name: format!("rapport-{}-{day}.ics", topic.map_or("agenda", Topic::key)),
        media_type: "text/calendar",
        bytes: export::calendar(&entries, &format!("Rapport: {name}"), now::moment()).into_bytes(),
    }
}

/// A client's handbook as one page, as it is now or as it stood at the end of a day; or only what is about one contact.
async fn handbook(
    space: &Space,
    client: RecordId,
    past: Option<NaiveDate>,
    about: Option<RecordId>,
) -> Result<ExportedFile, Trouble> {
    let day = past.unwrap_or_else(|| now::clock_face().today);
    let document = DocumentId::Client(client);
    let rows = space.whole_rows(document, past).await.map_err(trouble)?;
    // Who they are called now says best who they were.
    let firm = space.device.rows(DocumentId::Firm).await.map_err(trouble)?;
    let of = |row: &&Row| match about {
        Some(contact) => row.kind == Contact::KIND && row.id == contact,
        None => row.kind == Client::KIND,
    };
    let name = rows.iter().find(of).map(title_of).unwrap_or_default();
    let firm_name = setting::settings(&space.device.model()).firm_name;
    let page = export::handbook_html(&Handbook {
        document,
        rows: &rows,
        firm: &firm,
        day,
        language: language(),
        firm_name: &firm_name,
        about,
    });
    Ok(ExportedFile {
        name: format!("{}{day}.html", file_part(&name)),
        media_type: "text/html",
        bytes: page.into_bytes(),
    })
}

/// The living records of a kind over all documents, each with what its client is called.
fn living<'d>(
    space: &Space,
    documents: &'d [(DocumentId, Vec<Row>)],
    kind: &'static Kind,
) -> Vec<(String, &'d Row)> {
    let of_document = |(document, rows): &'d (DocumentId, Vec<Row>)| {
        let client = space.client_name(*document).unwrap_or_default();
        let rows = rows.iter().filter(move |row| row.kind == kind && !row.gone);
        rows.map(move |row| (client.clone(), row))
    };
    documents.iter().flat_map(of_document).collect()
}

fn names(documents: &[(DocumentId, Vec<Row>)]) -> HashMap<RecordId, String> {
    let rows = documents.iter().flat_map(|(_, rows)| rows);
    rows.map(|row| (row.id, title_of(row))).filter(|(_, title)| !title.is_empty()).collect()
}

/// A name as the beginning of a file's: letters and digits, everything else a hyphen.
fn file_part(name: &str) -> String {
    let words =
        name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| format!("{}-", word.to_lowercase())).collect()
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn names_of_files() {
        let check = |name: &str, expected: &str| assert_eq!(file_part(name), expected);
        check("Harbour Foods", "harbour-foods-");
        check("Müller & Söhne GmbH/Co. KG", "müller-söhne-gmbh-co-kg-");
        check("..", "");
        check("", "");
    }
}
