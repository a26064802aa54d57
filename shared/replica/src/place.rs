//! Where a device stands in the log of its space.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use wire::{
    Covers, Hash, LogId, Record, Roster, RosterError, Seq, SessionId, SpaceId, chain_start,
};

use crate::codec;
use crate::lost::Lost;

/// The version of the stored form.
const PLACE_VERSION: u8 = 1;

/// How many own sessions are remembered. The relay names the last one that appended, and sessions
/// that never did come in between only while the relay fails again and again.
pub const MAX_SESSIONS: usize = 512;

/// All that a device must know about the log besides its documents. Stored in the transaction that
/// stores the rows it has passed; never ahead of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The space.
    pub space: SpaceId,
    /// The life of the log in which `cursor` lies; `None` before the first connection.
    pub log: Option<LogId>,
    /// The last row that is durably stored, or passed over by rule.
    pub cursor: Seq,
    /// The chain up to and including that row.
    pub chain: Hash,
    /// The life that the rows at the cursor belong to: earlier than `log` while the rows of an
    /// earlier life are read again; `None` until a row tells.
    pub life: Option<LogId>,
    /// The roster by all records known, also those above the cursor: a new life of the log is
    /// read from its first row again, and the team is not forgotten meanwhile.
    pub roster: Roster,
    /// Those records, verbatim and in order: a restored relay may lack some.
    pub records: Vec<Vec<u8>>,
    /// How many of the records lie at or below the cursor.
    pub walked: usize,
    /// The sessions of this device that may have pushed, oldest first.
    pub sessions: Vec<SessionId>,
    /// Whether the relay has the space. `false` only on the founder's device until it heard so.
    pub founded: bool,
    /// Rows at or below the cursor that came as stubs, until the snapshot that covers them was read,
    /// and somebody's word for it.
    pub covers: Covers,
    /// The lives of the log in which this device was before `log`, oldest first.
    pub lives: Vec<PastLife>,
    /// What the team had decided in records that a restored relay lost, until it is decided again.
    pub lost: Lost,
}

/// A life of the log, and how far it was read. What lay above that is as new as another life: a backup
/// of then may hold it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PastLife {
    /// Its id.
    pub log: LogId,
    /// The last row that was read while it lasted.
    pub read: Seq,
}

/// Why a stored place cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum PlaceError {
    /// Not the bytes that [`Place::encode`] gave.
    #[error("the stored place is damaged")]
    Damaged,
    /// Stored by a newer version.
    #[error("the stored place is of version {version}, which is newer than this app")]
    Newer {
        /// The version found.
        version: u8,
    },
    /// Its records make no roster.
    #[error(transparent)]
    Roster(#[from] RosterError),
}

impl Place {
    /// The place of a founder before the relay knows of the space.
    ///
    /// # Errors
    /// [`RosterError`] if this is not a `found` record.
    pub fn before_founding(found_record: Vec<u8>) -> Result<Self, RosterError> {
        let records = vec![found_record];
        let roster = roster_of(&records)?;
        Ok(Self { founded: false, ..Self::at_start(roster, records) })
    }

    /// The place before the first row of the log of a space whose records are known.
    #[must_use]
    pub fn at_start(roster: Roster, records: Vec<Vec<u8>>) -> Self {
        let space = roster.space();
        Self {
            space,
            log: None,
            cursor: 0,
            chain: chain_start(&space),
            life: None,
            roster,
            records,
            walked: 0,
            sessions: Vec::new(),
            founded: true,
            covers: Covers::default(),
            lives: Vec::new(),
            lost: Lost::default(),
        }
    }

    /// The place before the first row of another life of the same log.
    #[must_use]
    pub fn in_new_life(&self, log: LogId) -> Self {
        Self {
            log: Some(log),
            sessions: self.sessions.clone(),
            lives: self.lives_so_far(),
            lost: self.lost.clone(),
            ..Self::at_start(self.roster.clone(), self.records.clone())
        }
    }

    /// Adds an own session.
    pub fn remember_session(&mut self, session: SessionId) {
        if !self.sessions.contains(&session) {
            self.sessions.push(session);
            let surplus = self.sessions.len().saturating_sub(MAX_SESSIONS);
            self.sessions.drain(..surplus);
        }
    }

    /// The place of a device that a restored relay did not know any more and that came in once more,
    /// by another invitation: `fresh` is its place as a newcomer's, which keeps what this one knows.
    #[must_use]
    pub fn come_in_again(&self, fresh: Self) -> Self {
        if self.records.starts_with(&fresh.records) {
            // Another tab came in before, and has read on.
            return self.clone();
        }
        if fresh.records.starts_with(&self.records) {
            // Somebody had put the missing records back meanwhile.
            return Self { roster: fresh.roster, records: fresh.records, ..self.clone() };
        }
        let shared =
            self.records.iter().zip(&fresh.records).take_while(|(one, other)| one == other);
        let mut lost = self.lost.clone();
        if let Ok(base) = roster_of(fresh.records.get(..shared.count()).unwrap_or_default()) {
            lost.add(Lost::between(&base, &self.roster));
        }
        lost.settle(&fresh.roster);
        Self { sessions: self.sessions.clone(), lives: self.lives_so_far(), lost, ..fresh }
    }

    fn lives_so_far(&self) -> Vec<PastLife> {
        let mut lives = self.lives.clone();
        let now = self.log.filter(|log| lives.iter().all(|past| past.log != *log));
        lives.extend(now.map(|log| PastLife { log, read: self.cursor }));
        lives
    }

    /// This place with what another tab may have added to the stored one: its sessions, records that follow on those
    /// known here, and what it knows to be lost. A record that was read once is never forgotten: a restored relay may lack it.
    #[must_use]
    pub fn with_knowledge_of(self, stored: &Self) -> Self {
        let sessions = stored.sessions.clone();
        let given_up = |record: &Vec<u8>| self.lost.gave_up(&Record::hash_of(record));
        let more = stored.records.starts_with(&self.records)
            && stored.records.get(self.records.len()).is_some_and(|next| !given_up(next));
        let (roster, records) = if more {
            (stored.roster.clone(), stored.records.clone())
        } else {
            (self.roster, self.records)
        };
        let mut lost = self.lost;
        if lost != stored.lost {
            lost.add(stored.lost.clone());
            lost.settle(&roster);
        }
        Self { sessions, roster, records, lost, ..self }
    }

    /// This place where the records from `base` on are given up: others took their place, or the relay
    /// takes the first of them no more.
    #[must_use]
    pub(crate) fn parted_at(&self, base: &Roster) -> Self {
        let mut lost = self.lost.clone();
        lost.add(Lost::between(base, &self.roster));
        let records: Vec<_> = self.records.iter().take(base.records().len()).cloned().collect();
        let walked = self.walked.min(records.len());
        Self { roster: base.clone(), records, walked, lost, ..self.clone() }
    }

    /// The roster by the records at or below the cursor; `None` above the first row.
    ///
    /// # Errors
    /// [`RosterError`] if the records make none, which would be a defect.
    pub(crate) fn roster_at_cursor(&self) -> Result<Option<Roster>, RosterError> {
        if self.walked == self.records.len() {
            return Ok(Some(self.roster.clone()));
        }
        match self.records.get(..self.walked) {
            None | Some([]) => Ok(None),
            Some(records) => roster_of(records).map(Some),
        }
    }

    /// The stored form.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        codec::encode(&Stored {
            version: PLACE_VERSION,
            space: self.space,
            log: self.log,
            cursor: self.cursor,
            chain: self.chain,
            life: self.life,
            roster: self.roster.encode().into(),
            records: self.records.iter().cloned().map(ByteVec::from).collect(),
            walked: self.walked as u64,
            sessions: self.sessions.clone(),
            founded: self.founded,
            // Places without them keep their bytes.
            covers: Some(self.covers.clone()).filter(|covers| !covers.is_empty()),
            lives: Some(self.lives.iter().map(|past| past.log).collect())
                .filter(|lives: &Vec<_>| !lives.is_empty()),
            // The same for those that know no more of their lives than their names.
            read: Some(self.lives.iter().map(|past| past.read).collect())
                .filter(|read: &Vec<_>| read.iter().any(|read| *read != Seq::MAX)),
            lost: Some(self.lost.clone()).filter(|lost| *lost != Lost::default()),
        })
    }

    /// Reads the stored form.
    ///
    /// # Errors
    /// See [`PlaceError`].
    pub fn decode(bytes: &[u8]) -> Result<Self, PlaceError> {
        let version = leading_version(bytes).ok_or(PlaceError::Damaged)?;
        if version > PLACE_VERSION {
            return Err(PlaceError::Newer { version });
        }
        let stored: Stored = minicbor::decode(bytes).map_err(|_| PlaceError::Damaged)?;
        let records: Vec<Vec<u8>> = stored.records.into_iter().map(Vec::from).collect();
        let walked = usize::try_from(stored.walked).map_err(|_| PlaceError::Damaged)?;
        if walked > records.len() {
            return Err(PlaceError::Damaged);
        }
        let read = stored.read.unwrap_or_default().into_iter().chain(std::iter::repeat(Seq::MAX));
        let lives = stored.lives.unwrap_or_default().into_iter().zip(read);
        let lives = lives.map(|(log, read)| PastLife { log, read }).collect();
        // A roster in the layout of another version is built again.
        let roster = match Roster::decode(&stored.roster) {
            Ok(roster) => roster,
            Err(_) => roster_of(&records)?,
        };
        Ok(Self {
            space: stored.space,
            log: stored.log,
            cursor: stored.cursor,
            chain: stored.chain,
            life: stored.life,
            roster,
            records,
            walked,
            sessions: stored.sessions,
            founded: stored.founded,
            covers: stored.covers.unwrap_or_default(),
            lives,
            lost: stored.lost.unwrap_or_default(),
        })
    }
}

pub(crate) fn roster_of(records: &[Vec<u8>]) -> Result<Roster, RosterError> {
    let (found, later) = records.split_first().ok_or(RosterError::NotFound)?;
    let mut roster = Roster::start(found)?;
    for record in later {
        roster.apply(record)?;
    }
    Ok(roster)
}

fn leading_version(bytes: &[u8]) -> Option<u8> {
    let mut decoder = minicbor::Decoder::new(bytes);
    decoder.map().ok()??;
    (decoder.u8().ok()? == 0).then(|| decoder.u8().ok())?
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct Stored {
    #[n(0)]
    version: u8,
    #[n(1)]
    space: SpaceId,
    #[n(2)]
    log: Option<LogId>,
    #[n(3)]
    cursor: Seq,
    #[n(4)]
    chain: Hash,
    #[n(5)]
    life: Option<LogId>,
    #[n(6)]
    roster: ByteVec,
    #[n(7)]
    records: Vec<ByteVec>,
    #[n(8)]
    walked: u64,
    #[n(9)]
    sessions: Vec<SessionId>,
    #[n(10)]
    founded: bool,
    #[n(11)]
    covers: Option<Covers>,
    #[n(12)]
    lives: Option<Vec<LogId>>,
    #[n(13)]
    lost: Option<Lost>,
    #[n(14)]
    read: Option<Vec<Seq>>,
}
