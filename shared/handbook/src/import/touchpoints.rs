//! Contacts that were had or are planned, out of mails and calendars: who of whom, and the operation that keeps it.

use std::collections::BTreeSet;

use rand_core::CryptoRng;

use super::{
    directory::{Directory, Met},
    plan::{Fate, Plan, PlannedRow},
    setting::Setting,
};
use crate::{
    ids::{DocumentId, RecordId},
    op::Op,
    records::{Channel, Direction, Formality, Function, ScheduledContact, Touchpoint},
    row::Row,
    typed::{Choice, Id, Minutes, Note, Record},
    validate::{LINE_MAX, NOTE_MAX},
    value::Moment,
    words::{Language, Sentence},
};

/// A contact as a file tells it, before it is known whose.
#[derive(Debug, Clone)]
pub(super) struct Happened {
    pub(super) line: u64,
    pub(super) at: Moment,
    pub(super) minutes: Option<u32>,
    pub(super) channel: Channel,
    pub(super) direction: Option<Direction>,
    pub(super) formality: Option<Formality>,
    pub(super) subject: String,
    pub(super) notes: String,
    /// Addresses of all who took part; who spoke first.
    pub(super) emails: Vec<String>,
    /// What else is to be said of it in the dry run.
    pub(super) remarks: Vec<Sentence>,
}

/// Plans contacts one by one.
pub(super) struct Keeper<'d, 'r, R> {
    pub(super) directory: Directory<'d>,
    pub(super) setting: Setting,
    pub(super) rng: &'r mut R,
    rows: Vec<PlannedRow>,
    writes: Vec<(DocumentId, Vec<Op>)>,
    taken: BTreeSet<(DocumentId, i64, String)>,
}

impl<'d, 'r, R: CryptoRng> Keeper<'d, 'r, R> {
    pub(super) fn new(
        documents: &'d [(DocumentId, Vec<Row>)],
        setting: &Setting,
        rng: &'r mut R,
    ) -> Self {
        Self {
            directory: Directory::of(documents),
            setting: *setting,
            rng,
            rows: Vec::new(),
            writes: Vec::new(),
            taken: BTreeSet::new(),
        }
    }

    /// Whose it is; the reason if it is nobody's.
    pub(super) fn met(&self, emails: &[String]) -> Result<Vec<Met>, Sentence> {
        let met = self.directory.met(emails, self.setting.client);
        if !met.is_empty() {
            return Ok(met);
        }
        let named = emails.iter().filter(|email| self.directory.member(email).is_none());
        let named: Vec<&str> = named.map(String::as_str).take(5).collect();
        Err(if named.is_empty() {
            Sentence::new(
                "Nobody of a client takes part in this. Choose the client to keep it anyway.",
                "Niemand von einem Kunden ist daran beteiligt. Zum Festhalten bitte den Kunden wählen.",
            )
        } else {
            let named = named.join(", ");
            Sentence::new(
                format!("None of these is a person at a client here: {named}."),
                format!("Niemand davon ist hier Ansprechpartner eines Kunden: {named}."),
            )
        })
    }

    /// Keeps it with every client whose people took part.
    pub(super) fn keep(&mut self, mut happened: Happened) {
        happened.subject = shortened(&one_line(&happened.subject), LINE_MAX);
        let long = happened.notes.chars().count() > NOTE_MAX;
        happened.notes = shortened(happened.notes.trim(), NOTE_MAX);
        if long {
            happened.remarks.push(Sentence::new(
                format!("The text is longer than {NOTE_MAX} characters; its end is left out."),
                format!("Der Text ist länger als {NOTE_MAX} Zeichen; sein Ende entfällt."),
            ));
        }
        let met = match self.met(&happened.emails) {
            Ok(met) => met,
            Err(reason) => return self.bad(happened.line, happened.subject, &reason),
        };
        for whom in met {
            self.keep_with(&happened, &whom);
        }
    }

    fn keep_with(&mut self, happened: &Happened, whom: &Met) {
        let language = self.setting.language;
        let title = format!("{}, {}", happened.subject, whom.client);
        let place =
            (whom.document, happened.at.ms / 60_000, crate::search::fold(&happened.subject));
        let here = self.directory.has_touchpoint(whom.document, happened.at.ms, &happened.subject);
        if here || !self.taken.insert(place) {
            let why = if here {
                Sentence::new(
                    "A contact of this minute with this subject is here.",
                    "Ein Kontakt dieser Minute mit diesem Betreff ist hier.",
                )
            } else {
                Sentence::new(
                    "A contact of this minute with this subject stands further up in the file.",
                    "Ein Kontakt dieser Minute mit diesem Betreff steht weiter oben in der Datei.",
                )
            };
            let fate = Fate::Matches { title: title.clone(), fills: 0 };
            let why = Some(why.get(language).to_owned());
            return self.rows.push(PlannedRow { line: happened.line, title, fate, why });
        }
        let id = RecordId::new(self.setting.now, self.rng);
        let op = self.touchpoint(happened, whom).create(id);
        self.write(whom.document, op);
        let why = told(&happened.remarks, language);
        self.rows.push(PlannedRow { line: happened.line, title, fate: Fate::New, why });
    }

    fn touchpoint(&self, happened: &Happened, whom: &Met) -> Touchpoint {
        let ours: Vec<&Row> = self.ours(&happened.emails).collect();
        let function =
            ours.iter().find_map(|row| Function::from_key(row.get("function").as_text()?));
        Touchpoint {
            at: Some(happened.at),
            duration: happened.minutes.map(Minutes),
            function: Some(function.unwrap_or(self.setting.function)),
            channel: Some(happened.channel),
            direction: happened.direction,
            formality: happened.formality,
            contacts: whom.contacts.iter().map(|id| Id::from(*id)).collect(),
            members: ours.iter().map(|row| Id::from(row.id)).collect(),
            subject: happened.subject.clone(),
            notes: Note::from(happened.notes.as_str()),
            ..Touchpoint::default()
        }
    }

    /// Plans a visit that is still ahead with a client's people.
    pub(super) fn plan(
        &mut self,
        line: u64,
        visit: &ScheduledContact,
        whom: &Met,
        emails: &[String],
        remarks: &[Sentence],
    ) {
        let language = self.setting.language;
        let subject = shortened(&one_line(&visit.subject), LINE_MAX);
        let subject = match (subject.is_empty(), visit.kind) {
            (true, Some(kind)) => kind.label().get(language).to_owned(),
            _ => subject,
        };
        let title = format!("{subject}, {}", whom.client);
        let record = ScheduledContact {
            subject,
            place: shortened(&one_line(&visit.place), LINE_MAX),
            agenda: Note::from(shortened(visit.agenda.trim(), NOTE_MAX).as_str()),
            contacts: whom.contacts.iter().map(|id| Id::from(*id)).collect(),
            members: self.ours(emails).map(|row| Id::from(row.id)).collect(),
            ..visit.clone()
        };
        if self.directory.has_planned(whom.document, &record) {
            let why = Sentence::new(
                "A visit of this day and time with this subject is planned here.",
                "Ein Besuch dieses Tages und dieser Uhrzeit mit diesem Betreff ist hier geplant.",
            );
            let fate = Fate::Matches { title: title.clone(), fills: 0 };
            return self.rows.push(PlannedRow {
                line,
                title,
                fate,
                why: Some(why.get(language).to_owned()),
            });
        }
        let id = RecordId::new(self.setting.now, self.rng);
        self.write(whom.document, record.create(id));
        let why = told(remarks, language);
        self.rows.push(PlannedRow { line, title, fate: Fate::New, why });
    }

    /// Our people among these addresses.
    fn ours(&self, emails: &[String]) -> impl Iterator<Item = &'d Row> {
        emails.iter().filter_map(|email| self.directory.member(email))
    }

    /// Another operation of this file in that document.
    fn write(&mut self, document: DocumentId, op: Op) {
        match self.writes.iter_mut().find(|(known, _)| *known == document) {
            Some((_, ops)) => ops.push(op),
            None => self.writes.push((document, vec![op])),
        }
    }

    pub(super) fn bad(&mut self, line: u64, title: String, reason: &Sentence) {
        let reason = reason.get(self.setting.language).to_owned();
        self.rows.push(PlannedRow { line, title, fate: Fate::Bad(reason), why: None });
    }

    pub(super) fn into_plan(self, bad_file: Option<String>, bad_ending: &'static str) -> Plan {
        Plan { columns: Vec::new(), rows: self.rows, writes: self.writes, bad_file, bad_ending }
    }
}

/// Remarks as a line of the dry run.
fn told(remarks: &[Sentence], language: Language) -> Option<String> {
    let remarks: Vec<&str> = remarks.iter().map(|it| it.get(language)).collect();
    (!remarks.is_empty()).then(|| remarks.join(" "))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn shortened(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        return text.to_owned();
    }
    text.chars().take(max.saturating_sub(1)).chain(['…']).collect()
}
