//! Which command comes to mind. Few words and few records, so that people meet.

use std::collections::BTreeSet;

use handbook::lifecycles::complaint::{State, Transition};
use handbook::records::Settings;
use handbook::records::{
    Channel, Client, ClientStatus, Complaint, Contact, Function, Member, Severity, Touchpoint,
};
use handbook::typed::{FactBody, Id};
use handbook::{Choice, DocumentId, Kind, Op, Record, RecordId, RecordKey, Row, Undo, Value};

use crate::simulator::ledger::Made;
use crate::simulator::tab::Own;
use crate::simulator::world::World;

/// A command, before it has a stamp.
pub(super) struct Command {
    pub(super) what: &'static str,
    pub(super) edits: Vec<(DocumentId, Vec<Op>)>,
    /// It makes a change in each of its documents, whatever stands there.
    pub(super) certain: bool,
    pub(super) makes: Vec<Made>,
}

/// Somebody who looks at a device and decides what to do.
pub(super) struct Chooser<'w> {
    world: &'w World,
    device: &'w Own,
}

impl Command {
    fn new(what: &'static str, document: DocumentId, ops: Vec<Op>) -> Self {
        Self { what, edits: vec![(document, ops)], certain: false, makes: Vec::new() }
    }

    fn certain(self) -> Self {
        Self { certain: true, ..self }
    }

    fn making(self, made: Made) -> Self {
        Self { makes: vec![made], certain: true, ..self }
    }
}

impl<'w> Chooser<'w> {
    pub(super) fn new(world: &'w World, device: &'w Own) -> Self {
        Self { world, device }
    }

    /// Something to do; `None` if what came to mind makes no sense here.
    pub(super) async fn command(&self) -> Option<Command> {
        if self.device.model().count(Client::KIND) == 0 {
            return Some(self.client());
        }
        match self.world.dice.below(20) {
            0 | 1 => Some(self.client()),
            2 => self.contact(),
            3 | 4 => self.touchpoint(),
            5 | 6 => self.complaint(),
            7 | 8 => self.decide(),
            9 => self.owner(),
            10 | 11 => self.member(),
            12 => self.step(),
            13 | 14 => self.prose().await,
            15 => self.delete(),
            16 => self.restore().await,
            17 => self.settle().await.or_else(|| self.decide()),
            18 => match self.world.dice.below(3) {
                0 => Some(self.import()),
                1 => self.two_clients(),
                _ => self.take_back().await,
            },
            _ => Some(self.settings()),
        }
    }

    fn id(&self) -> RecordId {
        RecordId::new(self.world.now(), &mut self.world.dice.rng())
    }

    /// A text like no other.
    fn word(&self) -> String {
        format!("w{}", self.world.number())
    }

    /// A name like no other, that no bytes contain by chance.
    fn name(&self) -> String {
        format!("Family-{}.", self.word())
    }

    /// One of few texts.
    fn common(&self) -> String {
        ["Leipzig", "Porto", "Graz"].map(str::to_owned)[self.world.dice.index(3)].clone()
    }

    fn rows(&self, kind: &'static Kind) -> Vec<(DocumentId, Row)> {
        self.device.model().rows(kind)
    }

    fn any(&self, kind: &'static Kind) -> Option<(DocumentId, Row)> {
        self.world.dice.pick_early(&self.rows(kind))
    }

    fn any_member(&self) -> Option<Id<Member>> {
        let (_, row) = self.any(Member::KIND)?;
        Some(Id::new(row.id))
    }

    fn client(&self) -> Command {
        let id = self.id();
        let document = DocumentId::Client(id);
        let client = Client { name: self.word(), sector: self.common(), ..Client::default() };
        let mut ops = vec![client.create(id)];
        if self.world.dice.chance(300) {
            let contact = Contact { family_name: self.name(), ..Contact::default() };
            ops.push(contact.create(self.id()));
        }
        let made = Made::Record(document, RecordKey::new(Client::KIND, id));
        Command::new("new client", document, ops).making(made)
    }

    fn new_record<R: Record>(&self, what: &'static str, record: R) -> Option<Command> {
        let (document, _) = self.any(Client::KIND)?;
        let id = self.id();
        let made = Made::Record(document, RecordKey::new(R::KIND, id));
        Some(Command::new(what, document, vec![record.create(id)]).making(made))
    }

    fn contact(&self) -> Option<Command> {
        self.new_record(
            "new contact",
            Contact { given_name: self.common(), family_name: self.name(), ..Contact::default() },
        )
    }

    fn touchpoint(&self) -> Option<Command> {
        let contact = self.any(Contact::KIND).filter(|_| self.world.dice.chance(500));
        let (document, contacts) = match contact {
            Some((document, row)) => (document, [Id::new(row.id)].into()),
            None => (self.any(Client::KIND)?.0, BTreeSet::new()),
        };
        let touchpoint = Touchpoint {
            at: Some(self.world.moment()),
            function: self.world.dice.pick(Function::ALL),
            channel: Some(Channel::Call),
            subject: self.word(),
            members: self.any_member().into_iter().collect(),
            contacts,
            ..Touchpoint::default()
        };
        let id = self.id();
        let made = Made::Record(document, RecordKey::new(Touchpoint::KIND, id));
        let ops = vec![touchpoint.create(id)];
        Some(Command::new("new touchpoint", document, ops).making(made))
    }

    fn complaint(&self) -> Option<Command> {
        self.new_record(
            "new complaint",
            Complaint {
                subject: self.word(),
                received: Some(self.world.moment()),
                owner: self.any_member(),
                ..Complaint::default()
            },
        )
    }

    /// A decisive field that others may be deciding as well; sometimes several of one form.
    fn decide(&self) -> Option<Command> {
        let dice = &self.world.dice;
        let (document, row) = match dice.below(2) {
            0 => self.any(Complaint::KIND).or_else(|| self.any(Client::KIND))?,
            _ => self.any(Client::KIND)?,
        };
        let set = |field, value| Op::Set { key: row.key(), field, value };
        let mut ops = Vec::new();
        if row.kind == Complaint::KIND {
            let severity = dice.pick(&[Severity::Minor, Severity::Major, Severity::Critical])?;
            ops.push(set("severity", Value::Choice(severity.key().to_owned())));
            if dice.chance(500) {
                ops.push(set("subject", Value::Text(self.word())));
            }
        } else {
            let status = dice.pick(&[ClientStatus::Active, ClientStatus::Dormant])?;
            ops.push(set("status", Value::Choice(status.key().to_owned())));
            if dice.chance(500) {
                ops.push(set("payment_terms", Value::Text(self.word())));
            }
        }
        let certain = ops.len() > 1;
        let command = Command::new("decide a field", document, ops);
        Some(if certain { command.certain() } else { command })
    }

    fn owner(&self) -> Option<Command> {
        let (document, row) = self.any(Complaint::KIND)?;
        let owner = Complaint::KEYS.owner.set(row.id, self.any_member());
        Some(Command::new("give a complaint to somebody", document, vec![owner]))
    }

    /// In or out of a set.
    fn member(&self) -> Option<Command> {
        let (document, row) = self.any(Client::KIND)?;
        let (key, item) = (row.key(), Value::Text(self.common()));
        let op = match self.world.dice.below(5) {
            0 | 1 => Op::Include { key, field: "sites", item },
            2 | 3 => Op::Exclude { key, field: "sites", item },
            _ => Op::Set { key, field: "languages", value: Value::Many(vec![item]) },
        };
        Some(Command::new("change a set", document, vec![op]))
    }

    /// A step in the life of a complaint: a fact.
    fn step(&self) -> Option<Command> {
        let (document, row) = self.any(Complaint::KIND)?;
        let to = self.world.dice.pick(&[State::Recorded, State::Withdrawn])?;
        let transition = Transition {
            from: State::Captured,
            to,
            why: self.word().as_str().into(),
            original: None,
        };
        let id = self.id();
        let op =
            Op::Append { key: row.key(), field: "transitions", fact: transition.into_fact(id) };
        let made = Made::Fact(document, row.key(), "transitions", id);
        Some(Command::new("take a complaint further", document, vec![op]).making(made))
    }

    /// A word more, or some letters fewer.
    async fn prose(&self) -> Option<Command> {
        let dice = &self.world.dice;
        let (document, row) = self.any(Client::KIND)?;
        let whole = self.device.row(document, row.key()).await.ok()??;
        let text = whole.get("profile_goals").as_text().unwrap_or_default().to_owned();
        let letters: Vec<char> = text.chars().collect();
        let place = dice.index(letters.len() + 1);
        let (before, after) = letters.split_at(place);
        let (before, after): (String, String) = (before.iter().collect(), after.iter().collect());
        let (text, certain) = if dice.chance(700) {
            (format!("{before}{} {after}", self.word()), true)
        } else {
            (before + after.chars().skip(dice.index(6)).collect::<String>().as_str(), false)
        };
        let op = Op::Edit { key: row.key(), field: "profile_goals", text };
        let command = Command::new("write prose", document, vec![op]);
        Some(if certain { command.certain() } else { command })
    }

    fn delete(&self) -> Option<Command> {
        let kind = self.world.dice.pick(&[Touchpoint::KIND, Contact::KIND, Complaint::KIND])?;
        let (document, row) = self.any(kind)?;
        Some(Command::new("delete a record", document, vec![Op::Delete { key: row.key() }]))
    }

    async fn restore(&self) -> Option<Command> {
        let (document, _) = self.any(Client::KIND)?;
        let rows = self.device.rows(document).await.ok()?;
        let gone: Vec<RecordKey> =
            rows.iter().filter(|row| row.gone || row.returned).map(Row::key).collect();
        let key = self.world.dice.pick(&gone)?;
        Some(Command::new("restore a record", document, vec![Op::Restore { key }]))
    }

    /// One of the versions, or a third.
    async fn settle(&self) -> Option<Command> {
        let all = [Client::KIND, Complaint::KIND].into_iter().flat_map(|kind| self.rows(kind));
        let (document, row) = all.into_iter().find(|(_, row)| !row.two_versions.is_empty())?;
        let field = row.kind.fields.get(*row.two_versions.first()?)?;
        let versions = self.device.versions(document, row.key(), field.key).await.ok()?;
        let value = self.world.dice.pick(&versions)?.value;
        let op = Op::Settle { key: row.key(), field: field.key, value };
        Some(Command::new("settle a field", document, vec![op]))
    }

    /// One command in two documents: all of it or none.
    fn two_clients(&self) -> Option<Command> {
        let (here, one) = self.any(Client::KIND)?;
        let clients = self.rows(Client::KIND);
        let (there, other) = clients.into_iter().find(|(document, _)| *document != here)?;
        let set = |row: &Row| Op::Set {
            key: row.key(),
            field: "payment_terms",
            value: Value::Text(self.word()),
        };
        let edits = vec![(here, vec![set(&one)]), (there, vec![set(&other)])];
        Some(Command { what: "change two clients", edits, certain: true, makes: Vec::new() })
    }

    /// Some clients at once.
    fn import(&self) -> Command {
        let mut import =
            Command { what: "import", edits: Vec::new(), certain: true, makes: Vec::new() };
        for _ in 0..3 {
            let Command { edits, makes, .. } = self.client();
            import.edits.extend(edits);
            import.makes.extend(makes);
        }
        import
    }

    /// Takes back what somebody did, as far as nobody has changed it since.
    async fn take_back(&self) -> Option<Command> {
        let (document, _) = self.any(Client::KIND)?;
        let commands = self.world.ledger.borrow().commands_in(document);
        let command = self.world.dice.pick(&commands)?;
        let inverse = self.device.undo(document, Undo::Command(command)).await.ok()?;
        Some(Command::new("take a command back", document, inverse.ops))
    }

    fn settings(&self) -> Command {
        let key = RecordKey::only(Settings::KIND);
        let value = Value::Text(self.word());
        let op = Op::Set { key, field: "firm_name", value };
        Command::new("rename the firm", DocumentId::Firm, vec![op]).certain()
    }
}
