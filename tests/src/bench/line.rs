//! A device that knows no documents: it speaks the protocol and sends what it is given. For filling
//! a relay.

use futures_util::{SinkExt, StreamExt};
use rand_chacha::ChaCha20Rng;
use rand_core::Rng;
use replica::founding;
use replica::keys::{DeviceSecrets, EpochKey};
use replica::seal::seal;
use tokio_tungstenite::tungstenite::Message;
use wire::{ClientFrame, Header, LogId, RelayFrame, RowKind, Seen, Seq, SessionId, SpaceId, Tag};

use crate::colleague::{Socket, connect};
use crate::relay::Relay;

/// Appends on their way at a time; the relay commits those that arrive together as one.
const IN_FLIGHT: usize = wire::limits::MAX_IN_FLIGHT;

/// One device in a space of its own, connected.
#[derive(Debug)]
pub(super) struct Line {
    socket: Socket,
    origin: String,
    secrets: DeviceSecrets,
    space: SpaceId,
    log: LogId,
    seen: Seen,
    session: SessionId,
    counter: u64,
    key: EpochKey,
}

impl Line {
    /// Founds a space at a relay with open registration.
    pub(super) async fn found(relay: &Relay, rng: &mut ChaCha20Rng) -> Self {
        let secrets = DeviceSecrets::make(rng);
        let mut member = [0; 16];
        rng.fill_bytes(&mut member);
        let founded =
            founding::found(&secrets, wire::MemberId(member), None, rng).expect("a record");
        let mut socket = connect(&relay.url()).await.expect("a socket");
        let RelayFrame::Hello { nonce, .. } = hear(&mut socket).await else { panic!("no hello") };
        let found = ClientFrame::Found { token: String::new(), record: founded.record };
        say(&mut socket, &found).await;
        let answer = hear(&mut socket).await;
        assert!(matches!(answer, RelayFrame::Founded { .. }), "{answer:?}");

        let mut session = [0; 16];
        rng.fill_bytes(&mut session);
        let mut line = Self {
            socket,
            origin: relay.url(),
            secrets,
            space: founded.space,
            log: LogId([0; 16]),
            seen: Seen { seq: 1, chain: wire::Hash([0; 32]) },
            session: SessionId(session),
            counter: 0,
            key: EpochKey::make(rng),
        };
        let connect = line.connect_frame(&nonce, None);
        say(&mut line.socket, &connect).await;
        let RelayFrame::Connected { log, .. } = hear(&mut line.socket).await else {
            panic!("not connected")
        };
        line.log = log;
        say(&mut line.socket, &ClientFrame::Pull { after: 0, max_bytes: 1 << 20 }).await;
        let RelayFrame::Rows { head: 1, chain, .. } = hear(&mut line.socket).await else {
            panic!("a new space has one row")
        };
        line.seen.chain = chain;
        line
    }

    /// Appends one small change to each of so many new documents.
    pub(super) async fn fill(&mut self, documents: usize, bytes: usize, rng: &mut ChaCha20Rng) {
        let mut left = documents;
        let mut flying = 0;
        while left > 0 || flying > 0 {
            if left > 0 && flying < IN_FLIGHT {
                let envelope = self.envelope(bytes, rng);
                say(&mut self.socket, &ClientFrame::Append { envelope }).await;
                left -= 1;
                flying += 1;
                continue;
            }
            match hear(&mut self.socket).await {
                RelayFrame::Appended { .. } => flying -= 1,
                RelayFrame::Head { .. } => {}
                other => panic!("not appended: {other:?}"),
            }
        }
    }

    /// Another connection of the same device, at the head of the log and from now on idle.
    pub(super) async fn idle(&self, head: Seq) -> Socket {
        let mut socket = connect(&self.origin).await.expect("a socket");
        let RelayFrame::Hello { nonce, .. } = hear(&mut socket).await else { panic!("no hello") };
        say(&mut socket, &self.connect_frame(&nonce, Some(head))).await;
        let answer = hear(&mut socket).await;
        assert!(matches!(answer, RelayFrame::Connected { .. }), "{answer:?}");
        socket
    }

    fn connect_frame(&self, nonce: &[u8; 32], head: Option<Seq>) -> ClientFrame {
        let device = self.secrets.device();
        let input = wire::frame::connect_input(nonce, &self.space, &self.origin, &device);
        ClientFrame::Connect {
            version: 1,
            space: self.space,
            origin: self.origin.clone(),
            device,
            as_invite: false,
            cursor: head.unwrap_or_default(),
            log: head.map(|_| self.log),
            signature: self.secrets.sign(&input),
        }
    }

    fn envelope(&mut self, bytes: usize, rng: &mut ChaCha20Rng) -> Vec<u8> {
        let mut tag = [0; 16];
        rng.fill_bytes(&mut tag);
        let mut payload = vec![0; bytes];
        rng.fill_bytes(&mut payload);
        self.counter += 1;
        let header = Header {
            version: 1,
            check: replica::check::CHECK_VERSION,
            space: self.space,
            log: self.log,
            tag: Tag(tag),
            kind: RowKind::Changes,
            epoch: 1,
            device: self.secrets.device(),
            session: self.session,
            counter: self.counter,
            seen: self.seen,
            covers: None,
            attests: None,
            begins: None,
            after: None,
        };
        seal(&header, &payload, &self.key, &self.secrets, rng).expect("small enough")
    }
}

async fn say(socket: &mut Socket, frame: &ClientFrame) {
    socket.send(Message::Binary(frame.encode().into())).await.expect("the relay listens");
}

async fn hear(socket: &mut Socket) -> RelayFrame {
    loop {
        match socket.next().await.expect("the relay answers").expect("a message") {
            Message::Binary(bytes) => return RelayFrame::decode(&bytes).expect("a frame"),
            Message::Ping(_) | Message::Pong(_) => {}
            other => panic!("not a frame: {other:?}"),
        }
    }
}
