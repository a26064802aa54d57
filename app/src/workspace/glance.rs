//! What is known of all clients at a glance: reasons to act and those that rest, what falls due, who of us is in touch.
//! Each client is looked at once and remembered until something of it changes.

use std::{rc::Rc, sync::Arc};

use chrono::NaiveDate;
use handbook::{
    DocumentId, Record, RecordId, Row,
    agenda::{self, AgendaItem},
    attention::{Setting, team::accountable},
    export::CalendarItem,
    records::{Client, Tool},
};
use leptos::prelude::WithUntracked;

use super::{
    now,
    reasons::{self, OfClient},
    space::Space,
};
use crate::{
    platform::timer::Breath,
    texts::{language, title_of},
    ui::model::{Attention, ClientReach, DueItem, Resting},
};

impl Space {
    /// Looks at all clients that nobody has looked at yet, giving way to the page now and then: the pages that are told next
    /// find everything known.
    pub(super) async fn look_over(&self) {
        let mut breath = Breath::awaited();
        let mut at = 0;
        loop {
            // Asked for anew after each breath: what changed meanwhile must not be looked at as it was before.
            let list = self.list(Client::KEY);
            let setting = self.setting(now::clock_face().today);
            let turn = turn(
                list.get(at..).unwrap_or_default(),
                |client| self.memory.borrow().knows(client.row.id),
                || breath.is_due(),
                |client| drop(self.client(&client.row, &setting)),
            );
            at += turn.passed;
            // The pages that are told next take long themselves.
            if turn.looked {
                breath.give_way().await;
            }
            if at >= list.len() {
                return;
            }
        }
    }

    /// What is known of a client at a glance.
    fn client(&self, client: &Row, setting: &Setting) -> Rc<OfClient> {
        if let Some(known) = self.memory.borrow().of_client(client.id) {
            return known;
        }
        let documents = self.whole(DocumentId::Client(client.id));
        let made = Rc::new(reasons::of_client(&self.device.model(), &documents, client, setting));
        self.memory.borrow_mut().know(client.id, Rc::clone(&made));
        made
    }

    /// Every client with what is known of it at a glance, those put away among them.
    fn clients(&self, setting: &Setting) -> Vec<(RecordId, String, Rc<OfClient>)> {
        let list = self.list(Client::KEY);
        list.iter()
            .map(|it| (it.row.id, title_of(&it.row), self.client(&it.row, setting)))
            .collect()
    }

    /// Reasons to act over all clients, the most pressing first, then by client.
    pub(super) fn attention(&self, today: NaiveDate) -> Arc<Vec<Attention>> {
        let setting = self.setting(today);
        if let Some(known) = self.memory.borrow().attention() {
            return known;
        }
        let mut found = Vec::new();
        for (client, name, of) in self.clients(&setting) {
            found.extend(of.reasons.open.iter().map(|reason| {
                let owner = reason.owner.map(RecordId::from_bytes);
                Attention {
                    client,
                    client_name: name.clone(),
                    reason: reason.clone(),
                    accountable: accountable(owner, &of.managers),
                }
            }));
        }
        found.sort_by(|a, b| {
            let order = |it: &Attention| it.reason.severity;
            order(a).cmp(&order(b)).then_with(|| a.client_name.cmp(&b.client_name))
        });
        let found = Arc::new(found);
        self.memory.borrow_mut().keep_attention(&found);
        found
    }

    /// Reasons that rest over all clients, the one that comes back first before the others.
    pub(super) fn resting(&self, today: NaiveDate) -> Vec<Resting> {
        let setting = self.setting(today);
        let mut found = Vec::new();
        for (client, client_name, of) in self.clients(&setting) {
            found.extend(of.reasons.snoozed.iter().map(|snoozed| Resting {
                client,
                client_name: client_name.clone(),
                snoozed: snoozed.clone(),
            }));
        }
        found.sort_by(|a, b| {
            a.snoozed.until.cmp(&b.snoozed.until).then_with(|| a.client_name.cmp(&b.client_name))
        });
        found
    }

    /// What falls due until that day, or ever, by day.
    pub(super) fn due(&self, until: Option<NaiveDate>, today: NaiveDate) -> Vec<DueItem> {
        let setting = self.setting(today);
        let model = self.device.model();
        let mut items = Vec::new();
        for (client, name, of) in self.clients(&setting) {
            let document = DocumentId::Client(client);
            let row = |key| model.row(self.home_of(document, key), key);
            let near =
                of.agenda.iter().take_while(|item| until.is_none_or(|until| item.day <= until));
            items.extend(near.map(|item| reasons::due(row, item, &name, &of.managers, &setting)));
        }
        let (firm, name) = self.of_firm(&setting);
        let row = |key| model.row(DocumentId::Firm, key);
        let near = firm.iter().filter(|item| until.is_none_or(|until| item.day <= until));
        items.extend(near.map(|item| reasons::due(row, item, &name, &[], &setting)));
        items.sort_by(|a, b| a.on.cmp(&b.on).then_with(|| a.text.cmp(&b.text)));
        items
    }

    /// The agenda as entries of a calendar, as far as `wanted` says.
    pub(super) fn calendar(
        &self,
        wanted: impl Fn(&AgendaItem, Option<RecordId>) -> bool,
        today: NaiveDate,
    ) -> Vec<CalendarItem> {
        let setting = self.setting(today);
        let mut entries = Vec::new();
        for (_, name, of) in self.clients(&setting) {
            let wanted = |item: &&AgendaItem| wanted(item, accountable(item.owner, &of.managers));
            let those = of.agenda.iter().filter(wanted);
            entries.extend(those.flat_map(|item| item.calendar_items(&name, language())));
        }
        let (firm, name) = self.of_firm(&setting);
        let those = firm.iter().filter(|item| wanted(item, item.owner));
        entries.extend(those.flat_map(|item| item.calendar_items(&name, language())));
        entries
    }

    /// What falls due for the firm as a whole, and what the firm is called.
    fn of_firm(&self, setting: &Setting) -> (Vec<AgendaItem>, String) {
        let model = self.device.model();
        let rows: Vec<Row> = model.rows(Tool::KIND).into_iter().map(|(_, row)| row).collect();
        let name = self.app.workspace.with_untracked(|workspace| workspace.firm.clone());
        (agenda::of_firm(&rows, setting), name)
    }

    /// Who of us is in touch with each living client, by name.
    pub(super) fn reach(&self, today: NaiveDate) -> Vec<ClientReach> {
        let setting = self.setting(today);
        let living = self.clients(&setting).into_iter().filter(|(_, _, of)| of.living);
        let mut lines: Vec<ClientReach> = living
            .map(|(client, client_name, of)| ClientReach {
                client,
                client_name,
                reach: of.reach.clone(),
            })
            .collect();
        lines.sort_by(|a, b| a.client_name.cmp(&b.client_name));
        lines
    }
}

/// What one turn of looking clients over came to.
#[derive(Debug, PartialEq)]
struct Turn {
    /// How many clients are known now, from the first on.
    passed: usize,
    /// Whether any of them was looked at.
    looked: bool,
}

/// Looks at what is not known yet, until the page has waited for long. One is looked at in every turn, however long it took
/// to begin: else turns could follow each other for ever without having done anything.
fn turn<C>(
    clients: &[C],
    known: impl Fn(&C) -> bool,
    due: impl Fn() -> bool,
    look: impl Fn(&C),
) -> Turn {
    let mut looked = false;
    for (passed, client) in clients.iter().enumerate() {
        // The clock is asked only where something takes time: it costs microseconds each.
        if !known(client) {
            if looked && due() {
                return Turn { passed, looked };
            }
            look(client);
            looked = true;
        }
    }
    Turn { passed: clients.len(), looked }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    /// What a turn comes to over clients of which every third is known, if the page has waited for long after so many were
    /// looked at; and which were looked at.
    fn over(clients: &[usize], enough: usize) -> (Turn, Vec<usize>) {
        let looked_at = RefCell::new(Vec::new());
        let come_to = turn(
            clients,
            |client| client % 3 == 0,
            || looked_at.borrow().len() >= enough,
            |client| looked_at.borrow_mut().push(*client),
        );
        (come_to, looked_at.into_inner())
    }

    #[test]
    fn a_turn_ends_when_the_page_has_waited_for_long_but_not_before_something_was_done() {
        let table: [(&[usize], usize, usize, &[usize]); 6] = [
            (&[], 0, 0, &[]),
            (&[0, 3, 6], 0, 3, &[]),
            (&[0, 1, 2, 3], 9, 4, &[1, 2]),
            (&[0, 1, 2, 3], 1, 2, &[1]),
            // The list alone took too long.
            (&[0, 1, 2, 3], 0, 2, &[1]),
            (&[1], 0, 1, &[1]),
        ];
        for (clients, enough, passed, looked_at) in table {
            let looked = !looked_at.is_empty();
            let expected = (Turn { passed, looked }, looked_at.to_vec());
            assert_eq!(over(clients, enough), expected, "{clients:?} {enough}");
        }
    }

    #[test]
    fn turns_come_to_an_end_although_the_page_always_waits() {
        let clients: Vec<usize> = (0..30).collect();
        let (mut at, mut turns) = (0, 0);
        while at < clients.len() {
            let (come_to, _) = over(&clients[at..], 0);
            assert!(come_to.passed > 0);
            at += come_to.passed;
            turns += 1;
        }
        assert_eq!(turns, 20);
    }
}
