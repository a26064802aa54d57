//! Archiving a client, and taking it back.

use handbook::{
    Choice, DocumentId, Op, Record, RecordId, RecordKey, Value,
    lifecycles::client::refusals,
    records::{Client, ClientStatus},
};
use leptos::{prelude::*, task::spawn_local};

use crate::{
    texts::tell,
    ui::{
        place,
        state::{AppState, Trouble},
        toast::Toasts,
    },
};

/// Gives a client another state. What stands in the way is said, and `go` leads to where it can be put right.
pub fn set_status(
    app: AppState,
    toasts: Toasts,
    client: RecordId,
    to: ClientStatus,
    go: impl Fn(&str),
) {
    let document = DocumentId::Client(client);
    let key = RecordKey::new(Client::KIND, client);
    let rows = untrack(|| app.document(&document)).unwrap_or_default();
    let row = rows.iter().find(|row| row.key() == key);
    let Some(row) = row else { return go(&place::client_path(client)) };
    if let Some(why) = refusals(row, to, &rows).into_iter().next() {
        toasts.trouble(&Trouble(tell(&why)));
        return go(&place::client_tab(client, "details?edit=yes"));
    }
    let value = Value::Choice(to.key().to_owned());
    let op = Op::Set { key, field: Client::KEYS.status.key(), value };
    spawn_local(async move {
        if let Err(trouble) = app.write(document, vec![op], "archive").await {
            toasts.trouble(&trouble);
        }
    });
}
