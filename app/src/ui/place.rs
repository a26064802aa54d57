//! Addresses: where a record, a client or a list is found.

use handbook::{DocumentId, RecordId, RecordKey, records::CLIENT};

use super::model::Place;

/// A client's overview.
pub fn client_path(client: RecordId) -> String {
    format!("/clients/{client}")
}

/// The client that a page is about, by the page's address.
pub fn client_of(path: &str) -> Option<RecordId> {
    let mut parts = path.split('/').skip(1);
    let list = parts.next()?;
    matches!(list, "clients" | "complaints").then(|| parts.next()?.parse().ok()).flatten()
}

/// A tab of a client.
pub fn client_tab(client: RecordId, tab: &str) -> String {
    format!("/clients/{client}/{tab}")
}

/// What is worth knowing before a planned visit.
pub fn visit_path(client: RecordId, visit: RecordId) -> String {
    format!("/clients/{client}/visit/{visit}")
}

/// A record's own page. Complaints have the desk, clients their overview; every other kind has the page that is
/// made from its declaration.
pub fn record_path(document: DocumentId, key: RecordKey) -> String {
    match document {
        DocumentId::Client(client) if key.kind.key == CLIENT => client_path(client),
        DocumentId::Client(client) if key.kind.key == "complaint" => {
            format!("/complaints/{client}/{}", key.id)
        }
        _ => edit_path(document, key),
    }
}

/// The page made from the declaration, for every kind.
pub fn edit_path(document: DocumentId, key: RecordKey) -> String {
    match document {
        DocumentId::Client(client) => format!("/clients/{client}/{}/{}", key.kind.key, key.id),
        DocumentId::Firm => format!("/firm/{}/{}", key.kind.key, key.id),
    }
}

/// The same page, with its form open.
pub fn form_path(document: DocumentId, key: RecordKey) -> String {
    format!("{}?edit=yes", edit_path(document, key))
}

/// The list of a kind in a document.
pub fn list_path(document: DocumentId, kind: &str) -> String {
    match document {
        DocumentId::Client(client) => format!("/clients/{client}/{kind}"),
        DocumentId::Firm => format!("/firm/{kind}"),
    }
}

/// The form of a new record of a kind.
pub fn new_path(document: DocumentId, kind: &str) -> String {
    format!("{}/new", list_path(document, kind))
}

/// Where a place is found.
pub fn path(place: &Place) -> String {
    match place {
        Place::Client(client) => client_path(*client),
        Place::Record(document, key) => record_path(*document, *key),
        Place::Path(path) => path.clone(),
    }
}

/// Where a reason's evidence is seen.
pub fn evidence_path(client: RecordId, record: Option<(&'static str, RecordId)>) -> String {
    record
        .and_then(|(kind, id)| {
            let kind = handbook::kind(kind)?;
            Some(record_path(
                kind.document(id, DocumentId::Client(client)),
                RecordKey::new(kind, id),
            ))
        })
        .unwrap_or_else(|| client_path(client))
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn the_client_of_an_address() {
        let client = RecordId::from_bytes([7; 16]);
        let check = |path: String, expected| assert_eq!(client_of(&path), expected, "{path}");
        check(client_path(client), Some(client));
        check(client_tab(client, "timeline"), Some(client));
        check(format!("/complaints/{client}/x"), Some(client));
        check(format!("/firm/service/{client}"), None);
        check("/clients/new".into(), None);
        check("/clients".into(), None);
        check("/".into(), None);
    }
}
