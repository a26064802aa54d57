//! `rapport verify`: walks every log from its first row and believes nothing.

use std::io::Write;

use wire::{
    Covers, Envelope, Hash, Life, LogId, Roster, Row, RowBody, RowKind, Seq, SpaceId, chain_next,
    chain_start,
};

use super::{CommandError, data};
use crate::config::Data;
use crate::log::Standing;
use crate::store::{Log, Store, StoreError};

/// After so many problems in one space the rest is no news.
const MOST_PROBLEMS: usize = 100;

/// What a walk through a log found.
#[derive(Debug)]
pub struct Report {
    /// Whose log.
    pub space: SpaceId,
    /// How many rows it has.
    pub rows: Seq,
    /// How many of them have lost their bytes, rightly or not.
    pub stubs: u64,
    /// How many devices its roster names.
    pub devices: usize,
    /// What does not fit, in words for the operator.
    pub problems: Vec<String>,
}

pub(super) async fn run(command: &Data, out: &mut (impl Write + Send)) -> Result<(), CommandError> {
    match walk_all(&*data::open(command).await?, out).await? {
        0 => Ok(()),
        problems => Err(CommandError::Damaged { problems }),
    }
}

/// Looks through a whole store, tells what it found, and says how many problems that are.
pub(super) async fn walk_all(
    store: &dyn Store,
    out: &mut (impl Write + Send),
) -> Result<usize, CommandError> {
    let mut problems = 0;
    for fault in store.check().await? {
        problems += 1;
        writeln!(out, "database: {fault}")?;
    }
    for space in store.spaces().await? {
        let Some(report) = verify(store, space).await? else { continue };
        let Report { rows, stubs, devices, .. } = report;
        let state = if report.problems.is_empty() { "sound" } else { "DAMAGED" };
        writeln!(out, "space {space}: {rows} rows, {stubs} stubs, {devices} devices: {state}")?;
        for problem in &report.problems {
            writeln!(out, "  {problem}")?;
        }
        problems += report.problems.len();
    }
    Ok(problems)
}

/// Walks one log; `None` if there is no such space.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub async fn verify(store: &dyn Log, space: SpaceId) -> Result<Option<Report>, StoreError> {
    let mut walk = Walk::new(space);
    loop {
        // Row by row: with each the store tells the chain that it would tell a device.
        let Some(pulled) = store.pull(space, walk.seq, 0).await? else { return Ok(None) };
        let Some(row) = pulled.rows.first() else {
            return Ok(Some(walk.end(&pulled.standing, true)));
        };
        walk.step(row);
        if let Some(stored) = pulled.chain.filter(|stored| *stored != walk.chain) {
            walk.problem(row.seq, "the chain breaks: something it covers was changed");
            // Go on from what is stored, to find the next break and not this one again.
            walk.chain = stored;
        }
        if walk.problems.len() >= MOST_PROBLEMS {
            return Ok(Some(walk.end(&pulled.standing, false)));
        }
    }
}

/// How far a log has been walked, and what it amounts to so far.
#[derive(Clone)]
struct Walk {
    space: SpaceId,
    seq: Seq,
    chain: Hash,
    roster: Option<Roster>,
    log: Option<LogId>,
    covers: Covers,
    stubs: u64,
    problems: Vec<String>,
}

impl Walk {
    fn new(space: SpaceId) -> Self {
        Self {
            space,
            seq: 0,
            chain: chain_start(&space),
            roster: None,
            log: None,
            covers: Covers::default(),
            stubs: 0,
            problems: Vec::new(),
        }
    }

    fn problem(&mut self, seq: Seq, what: &str) {
        self.problems.push(format!("row {seq}: {what}"));
    }

    fn step(&mut self, row: &Row) {
        if row.seq != self.seq + 1 {
            self.problem(row.seq, &format!("follows on row {}", self.seq));
        }
        self.seq = row.seq;
        self.chain = chain_next(&self.chain, row);
        self.covers.pass(row);
        match &row.body {
            RowBody::Whole(bytes) if row.body_fits() => self.read(row, bytes),
            RowBody::Whole(_) => {
                self.problem(row.seq, "its bytes are not those that its hash names");
            }
            RowBody::Stub { .. } if row.kind == RowKind::Roster => {
                self.problem(row.seq, "a roster record lost its bytes");
            }
            RowBody::Stub { .. } | RowBody::HashOnly => self.stubs += 1,
        }
    }

    fn read(&mut self, row: &Row, bytes: &[u8]) {
        let fault = match row.kind {
            RowKind::Roster => self.record(bytes),
            RowKind::Life => self.life(bytes),
            _ => self.envelope(row, bytes),
        };
        if let Err(fault) = fault {
            self.problem(row.seq, &fault);
        }
    }

    fn record(&mut self, bytes: &[u8]) -> Result<(), String> {
        match &mut self.roster {
            Some(roster) => {
                roster
                    .apply(bytes)
                    .map_err(|e| format!("the roster record does not count: {e}"))?;
            }
            None => {
                let roster =
                    Roster::start(bytes).map_err(|e| format!("no roster begins here: {e}"))?;
                if roster.space() != self.space {
                    return Err("the founding record is that of another space".to_owned());
                }
                self.roster = Some(roster);
            }
        }
        Ok(())
    }

    fn life(&mut self, bytes: &[u8]) -> Result<(), String> {
        let life = Life::decode(bytes).map_err(|e| format!("not a life row: {e}"))?;
        let before = self.log.replace(life.log);
        if before.is_some_and(|before| before != life.before) {
            return Err("the life before it is another one".to_owned());
        }
        Ok(())
    }

    fn envelope(&mut self, row: &Row, bytes: &[u8]) -> Result<(), String> {
        let envelope = Envelope::parse(bytes).map_err(|e| format!("not an envelope: {e}"))?;
        envelope.verify().map_err(|e| e.to_string())?;
        let header = &envelope.header;
        if header.space != self.space || header.kind != row.kind || header.tag != row.tag {
            return Err("the row says other things than its envelope".to_owned());
        }
        if self.log.replace(header.log).is_some_and(|log| log != header.log) {
            return Err("its envelope belongs to another life of the log".to_owned());
        }
        let roster = self.roster.as_ref();
        if !roster.is_some_and(|roster| roster.may_append(&header.device, header.kind)) {
            return Err("its signer had no right to append it".to_owned());
        }
        if roster.is_some_and(|roster| roster.epoch() != header.epoch) {
            return Err("its epoch was not the current one".to_owned());
        }
        if row.kind == RowKind::Snapshot {
            self.covers.found(row, header);
        }
        if let (RowKind::Generation, Some(begins)) = (row.kind, &header.begins) {
            self.covers.closed(row, begins);
        }
        if let (Some(snapshot), Some(roster)) = (&header.attests, roster) {
            self.covers.attested(snapshot, roster, &header.device, row.received_at);
        }
        Ok(())
    }

    fn end(mut self, standing: &Standing, complete: bool) -> Report {
        if complete {
            if let Some(lost) = self.covers.first() {
                self.problem(lost, "it lost its bytes, and neither an attested snapshot nor a generation stands for them");
            }
            let log_fits = self.log.is_none_or(|log| log == standing.log);
            for (fits, what) in [
                (self.seq == standing.head, "is not where the log should end"),
                (self.chain == standing.chain, "the chain does not end as stored"),
                (log_fits, "the log's id is not as stored"),
                (self.roster.as_ref() == Some(&*standing.roster), "the roster is not as stored"),
            ] {
                if !fits {
                    self.problem(self.seq, what);
                }
            }
        }
        Report {
            space: self.space,
            rows: self.seq,
            stubs: self.stubs,
            devices: self.roster.map_or(0, |roster| roster.devices().count()),
            problems: self.problems,
        }
    }
}
