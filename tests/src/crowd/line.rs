//! A connection as a device has it.

use futures_util::{SinkExt, StreamExt};
use relay::store::conformance::Person;
use tokio_tungstenite::tungstenite::Message;
use wire::{ClientFrame, Hash, LogId, Refusal, RelayFrame, Roster, RowBody, RowKind, Seq, SpaceId};

use crate::colleague::{Socket, connect};

/// A socket that has heard the relay's hello.
pub(crate) struct Line {
    socket: Socket,
    pub(crate) nonce: [u8; 32],
}

impl Line {
    pub(crate) async fn open(origin: &str) -> Option<Self> {
        let mut line = Self { socket: connect(origin).await?, nonce: [0; 32] };
        match line.hear().await? {
            RelayFrame::Hello { nonce, .. } => line.nonce = nonce,
            other => panic!("no hello but {other:?}"),
        }
        Some(line)
    }

    /// Connects as a device; gives log, head and the chain at the cursor. `None` if the relay cannot
    /// now.
    pub(crate) async fn enter(
        &mut self,
        person: &Person,
        space: SpaceId,
        origin: &str,
        place: Option<(Seq, LogId)>,
    ) -> Option<(LogId, Seq, Option<Hash>)> {
        match self.say(&person.connects(&self.nonce, space, origin, false, place)).await? {
            RelayFrame::Connected { log, head, chain_at_cursor, .. } => {
                Some((log, head, chain_at_cursor))
            }
            RelayFrame::Refused { reason: Refusal::Unavailable, .. } => None,
            other => panic!("not let in: {other:?}"),
        }
    }

    pub(crate) async fn send(&mut self, frame: &ClientFrame) -> Option<()> {
        self.socket.send(Message::Binary(frame.encode().into())).await.ok()
    }

    /// The next frame that asks for nothing; `None` once the relay is gone. Nobody here makes snapshots.
    pub(crate) async fn next(&mut self) -> Option<RelayFrame> {
        loop {
            match self.socket.next().await?.ok()? {
                Message::Binary(bytes) => match RelayFrame::decode(&bytes).ok()? {
                    RelayFrame::Hint { .. } => {}
                    frame => return Some(frame),
                },
                Message::Close(_) => return None,
                _ => {}
            }
        }
    }

    /// The next frame that is no wake-up.
    pub(crate) async fn hear(&mut self) -> Option<RelayFrame> {
        loop {
            match self.next().await? {
                RelayFrame::Head { .. } => {}
                frame => return Some(frame),
            }
        }
    }

    pub(crate) async fn say(&mut self, frame: &ClientFrame) -> Option<RelayFrame> {
        self.send(frame).await?;
        self.hear().await
    }

    pub(crate) async fn records(&mut self, record: Vec<u8>) {
        let answer = self.say(&ClientFrame::AppendRecord { record }).await;
        assert!(matches!(answer, Some(RelayFrame::Appended { .. })), "{answer:?}");
    }

    pub(crate) async fn rows(&mut self, after: Seq) -> (Vec<wire::Row>, Hash) {
        match self.say(&ClientFrame::Pull { after, max_bytes: u32::MAX }).await {
            Some(RelayFrame::Rows { rows, chain, .. }) => (rows, chain),
            other => panic!("{other:?}"),
        }
    }

    pub(crate) async fn roster(&mut self, space: SpaceId) -> Roster {
        let mut roster: Option<Roster> = None;
        for row in self.rows(0).await.0 {
            let RowBody::Whole(bytes) = &row.body else { continue };
            match &mut roster {
                None => roster = Some(Roster::start(bytes).expect("a founding record")),
                Some(roster) if row.kind == RowKind::Roster => {
                    roster.apply(bytes).expect("a record");
                }
                Some(_) => {}
            }
        }
        roster.filter(|roster| roster.space() == space).expect("a roster")
    }
}
