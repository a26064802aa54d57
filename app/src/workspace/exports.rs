//! Files made of the open workspace, in open formats.

use std::{collections::HashMap, rc::Rc};

use handbook::{
    DocumentId, Kind, Record, RecordId, Row,
    export::{self, Handbook},
    records::{Client, Contact},
};

use super::{acts::trouble, now, setting, space::Space};
use crate::{
    texts::{language, title_of, trouble as t},
    ui::{
        model::Export,
        state::{ExportedFile, Trouble},
    },
};

/// Makes a file of the workspace.
pub(super) async fn export(space: Rc<Space>, what: Export) -> Result<ExportedFile, Trouble> {
    let day = now::clock_face().today;
    if let Export::Handbook(client) = what {
        return handbook(&space, client).await;
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
        Export::Cards | Export::Handbook(_) => {
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

/// A client's handbook as one page.
async fn handbook(space: &Space, client: RecordId) -> Result<ExportedFile, Trouble> {
    let day = now::clock_face().today;
    let document = DocumentId::Client(client);
    let mut rows = Vec::new();
    for part in space.whole(document) {
        let read = space.device.rows(part).await.map_err(trouble)?;
        // Of what is part of it, all but the client's own record: the page has one name.
        rows.extend(read.into_iter().filter(|row| part == document || row.kind != Client::KIND));
    }
    let firm = space.device.rows(DocumentId::Firm).await.map_err(trouble)?;
    let name = rows.iter().find(|row| row.kind == Client::KIND).map(title_of).unwrap_or_default();
    let firm_name = setting::settings(&space.device.model()).firm_name;
    let page = export::handbook_html(&Handbook {
        document,
        rows: &rows,
        firm: &firm,
        day,
        language: language(),
        firm_name: &firm_name,
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
