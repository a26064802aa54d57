//! The binary as an operator runs it: real sockets, real signals, one file that outlives them.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use futures_util::{SinkExt, StreamExt};
use relay::log::Standing;
use relay::store::conformance::Person;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};
use wire::{
    ClientFrame, CloseReason, Hash, Refusal, RelayFrame, Role, Roster, Row, RowBody, Seq,
    SessionId, SpaceId,
};

/// A relay process, killed when it goes out of scope.
struct Relay {
    process: Child,
    origin: String,
    link: String,
}

impl Relay {
    fn start(folder: &Path) -> Self {
        Self::start_on(folder, "127.0.0.1:0")
    }

    fn start_on(folder: &Path, listen: &str) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_rapport"))
            .args(["serve", "--listen", listen, "--data"])
            .arg(folder)
            .env("RUST_LOG", "error")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let mut line =
            |prefix| lines.next().unwrap().unwrap().strip_prefix(prefix).unwrap().to_owned();
        let (origin, link) = (line("listening on "), line("open "));
        Self { process, origin, link }
    }

    fn token(&self) -> &str {
        self.link.split_once("#setup=").unwrap().1
    }

    fn listen(&self) -> String {
        self.origin.replace("http://localhost", "127.0.0.1")
    }

    async fn connect(&self) -> Socket {
        let url = format!("{}/sync", self.origin.replace("http", "ws"));
        let stream = tokio_tungstenite::connect_async(url).await.unwrap().0;
        let mut socket = Socket { stream, nonce: [0; 32], origin: self.origin.clone() };
        let RelayFrame::Hello { nonce, .. } = socket.heard().await else { panic!("no hello") };
        socket.nonce = nonce;
        socket
    }

    fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    fn terminate(&self) {
        let pid = self.process.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    nonce: [u8; 32],
    origin: String,
}

impl Socket {
    async fn send(&mut self, message: Message) {
        self.stream.send(message).await.unwrap();
    }

    async fn say(&mut self, frame: &ClientFrame) -> RelayFrame {
        self.send(Message::Binary(frame.encode().into())).await;
        self.heard().await
    }

    /// The next frame that is no wake-up.
    async fn heard(&mut self) -> RelayFrame {
        loop {
            match self.stream.next().await.unwrap().unwrap() {
                Message::Binary(bytes) => match RelayFrame::decode(&bytes).unwrap() {
                    RelayFrame::Head { .. } => {}
                    frame => return frame,
                },
                Message::Ping(_) => {}
                other => panic!("{other:?}"),
            }
        }
    }

    async fn woken(&mut self) -> Seq {
        match RelayFrame::decode(&self.stream.next().await.unwrap().unwrap().into_data()).unwrap() {
            RelayFrame::Head { seq } => seq,
            other => panic!("{other:?}"),
        }
    }

    async fn connect(&mut self, person: &Person, space: SpaceId, as_invite: bool) -> RelayFrame {
        let frame = person.connects(&self.nonce, space, &self.origin, as_invite, None);
        self.say(&frame).await
    }

    async fn rows(&mut self, after: Seq) -> (Vec<Row>, Hash) {
        match self.say(&ClientFrame::Pull { after, max_bytes: u32::MAX }).await {
            RelayFrame::Rows { rows, chain, .. } => (rows, chain),
            other => panic!("{other:?}"),
        }
    }

    /// The space as somebody sees it who reads everything.
    async fn standing(&mut self, space: SpaceId, log: wire::LogId) -> Standing {
        let (rows, chain) = self.rows(0).await;
        let mut roster: Option<Roster> = None;
        let mut computed = wire::chain_start(&space);
        for row in &rows {
            computed = wire::chain_next(&computed, row);
            let RowBody::Whole(bytes) = &row.body else { continue };
            match (&mut roster, row.kind) {
                (None, _) => roster = Some(Roster::start(bytes).unwrap()),
                (Some(roster), wire::RowKind::Roster) => drop(roster.apply(bytes).unwrap()),
                _ => {}
            }
        }
        assert_eq!(computed, chain);
        let (head, roster) = (rows.len() as Seq, roster.unwrap().into());
        Standing { space, log, head, chain, roster, bytes: 0 }
    }
}

fn log_of(connected: &RelayFrame) -> wire::LogId {
    match connected {
        RelayFrame::Connected { log, .. } => *log,
        other => panic!("{other:?}"),
    }
}

fn append(person: &Person, standing: &Standing, session: u8, counter: u64) -> ClientFrame {
    let header = person.header(standing, SessionId([session; 16]), counter);
    ClientFrame::Append { envelope: person.seals(&header, b"sealed").bytes().to_vec() }
}

#[tokio::test]
async fn a_team_works_through_a_relay_that_is_killed_and_restarted() {
    let folder = tempfile::tempdir().unwrap();
    let [ada, ben, door] = ["Ada", "Ben", "door"].map(Person::named);
    let first = Relay::start(folder.path());

    // Ada founds a workspace by the link, writes, and invites Ben.
    let mut at_ada = first.connect().await;
    let (record, roster) = ada.founds();
    let space = roster.space();
    let token = first.token().to_owned();
    let found = ClientFrame::Found { token: token.clone(), record: record.clone() };
    assert_eq!(at_ada.say(&found).await, RelayFrame::Founded { space, seq: 1 });
    let log = log_of(&at_ada.connect(&ada, space, false).await);
    let standing = at_ada.standing(space, log).await;
    let answer = at_ada.say(&append(&ada, &standing, 1, 1)).await;
    assert!(matches!(answer, RelayFrame::Appended { counter: 1, seq: 2, .. }), "{answer:?}");
    let invite = ada.invites(&standing.roster, &door, Role::Editor, u64::MAX);
    let answer = at_ada.say(&ClientFrame::AppendRecord { record: invite }).await;
    assert!(matches!(answer, RelayFrame::Appended { counter: 0, seq: 3, .. }), "{answer:?}");

    // Ben joins by the link's secret and goes on as himself.
    let mut at_ben = first.connect().await;
    at_ben.connect(&door, space, true).await;
    let standing = at_ben.standing(space, log).await;
    let join = ClientFrame::AppendRecord { record: ben.joins(&standing.roster, &door) };
    let answer = at_ben.say(&join).await;
    assert!(matches!(answer, RelayFrame::Appended { seq: 4, .. }), "{answer:?}");
    assert_eq!(log_of(&at_ben.connect(&ben, space, false).await), log);

    // What Ada writes wakes Ben.
    at_ada.standing(space, log).await;
    let standing = at_ben.standing(space, log).await;
    let last = append(&ada, &standing, 1, 2);
    let answer = at_ada.say(&last).await;
    assert!(matches!(answer, RelayFrame::Appended { counter: 2, seq: 5, .. }), "{answer:?}");
    assert_eq!(at_ben.woken().await, 5);
    let (rows, chain) = at_ben.rows(4).await;
    assert!(matches!(rows[..], [Row { seq: 5, body: RowBody::Whole(_), .. }]));

    // The power fails. Nothing that was acknowledged is lost.
    let listen = first.listen();
    first.kill();
    assert!(!matches!(at_ben.stream.next().await, Some(Ok(Message::Binary(_)))));
    let second = Relay::start_on(folder.path(), &listen);
    assert_eq!(second.link, format!("{}/", second.origin));
    let mut at_ben = second.connect().await;
    let place = Some((5, log));
    let connect = ben.connects(&at_ben.nonce, space, &second.origin, false, place);
    let connected = at_ben.say(&connect).await;
    assert!(
        matches!(connected, RelayFrame::Connected { head: 5, chain_at_cursor: Some(at), .. } if at == chain),
        "{connected:?}"
    );
    let standing = at_ben.standing(space, log).await;
    let answer = at_ben.say(&append(&ben, &standing, 2, 1)).await;
    assert!(matches!(answer, RelayFrame::Appended { seq: 6, .. }), "{answer:?}");

    // Ada asks again for what she was told already, and has lost neither place nor count.
    let mut at_ada = second.connect().await;
    let connected = at_ada.connect(&ada, space, false).await;
    let last_session = Some(SessionId([1; 16]));
    assert!(
        matches!(connected, RelayFrame::Connected { last_session: s, last_counter: 2, .. } if s == last_session),
        "{connected:?}"
    );
    let answer = at_ada.say(&last).await;
    assert!(matches!(answer, RelayFrame::Appended { counter: 2, seq: 5, .. }), "{answer:?}");
    let (record, _) = ben.founds();
    let answer = second.connect().await.say(&ClientFrame::Found { token, record }).await;
    assert!(matches!(answer, RelayFrame::Refused { reason: Refusal::TokenUsed, .. }), "{answer:?}");
}

#[tokio::test]
async fn a_stop_is_announced_and_ends_well() {
    let folder = tempfile::tempdir().unwrap();
    let mut relay = Relay::start(folder.path());
    let mut socket = relay.connect().await;
    relay.terminate();
    let closing = RelayFrame::Closing { why: CloseReason::Restarting };
    assert_eq!(socket.heard().await, closing);
    assert!(matches!(socket.stream.next().await, Some(Ok(Message::Close(_))) | None));
    let status = tokio::task::spawn_blocking(move || relay.process.wait().unwrap()).await.unwrap();
    assert!(status.success(), "{status}");
}

#[cfg(unix)]
#[test]
fn a_service_manager_hears_when_it_is_ready_and_when_it_stops() {
    use std::os::unix::net::UnixDatagram;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notify");
    let manager = UnixDatagram::bind(&path).unwrap();
    let heard = || {
        let mut bytes = [0; 64];
        let length = manager.recv(&mut bytes).unwrap();
        String::from_utf8_lossy(&bytes[..length]).trim().to_owned()
    };
    let mut process = Command::new(env!("CARGO_BIN_EXE_rapport"))
        .args(["serve", "--listen", "127.0.0.1:0", "--store", "memory"])
        .env("NOTIFY_SOCKET", &path)
        .env("RUST_LOG", "error")
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let pid = process.id().to_string();
    let signal = |name: &str| Command::new("kill").args([name, pid.as_str()]).status().unwrap();
    assert_eq!(heard(), "READY=1");
    // Without a certificate there is nothing to take up, and nothing to die of.
    assert!(signal("-HUP").success() && signal("-TERM").success());
    assert_eq!(heard(), "STOPPING=1");
    assert!(process.wait().unwrap().success());
}

#[tokio::test]
async fn bytes_without_sense_are_refused_and_the_relay_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let relay = Relay::start(folder.path());
    let mut socket = relay.connect().await;
    let refused = |reason| RelayFrame::Refused { hash: Hash::ZERO, reason };
    for bytes in [vec![], vec![0xff; 3], vec![0x9f; 1000], b"GET / HTTP/1.1".to_vec()] {
        socket.send(Message::Binary(bytes.into())).await;
        assert_eq!(socket.heard().await, refused(Refusal::Malformed));
    }
    socket.send(Message::Text("hello".into())).await;
    assert_eq!(socket.heard().await, refused(Refusal::Malformed));
    socket.send(Message::Binary(vec![0x82, 0x18, 0x63, 0x80].into())).await;
    assert_eq!(socket.heard().await, refused(Refusal::VersionUnsupported));
    assert_eq!(socket.say(&ClientFrame::Ping { n: 4 }).await, RelayFrame::Pong { n: 4 });

    let limit = wire::limits::MAX_FRAME as u64;
    // Its end may find the door shut already.
    let _ = socket.stream.send(Message::Binary(vec![0; limit as usize + 1].into())).await;
    assert_eq!(socket.heard().await, refused(Refusal::TooLarge { limit }));
    let closing = RelayFrame::Closing { why: CloseReason::Protocol };
    assert_eq!(socket.heard().await, closing);

    let mut another = relay.connect().await;
    assert_eq!(another.say(&ClientFrame::Ping { n: 5 }).await, RelayFrame::Pong { n: 5 });
}

#[tokio::test]
async fn each_start_replaces_the_token_and_operators_make_more() {
    let folder = tempfile::tempdir().unwrap();
    let first = Relay::start(folder.path());
    let (old, listen) = (first.token().to_owned(), first.listen());
    first.kill();
    let second = Relay::start_on(folder.path(), &listen);
    assert_ne!(second.token(), old);

    let rapport = |command: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_rapport"))
            .args([command, "--data"])
            .arg(folder.path())
            .output()
            .unwrap();
        (output.status.success(), String::from_utf8(output.stdout).unwrap())
    };
    // A second relay on the same folder would wake nobody who is at the first.
    assert_eq!(rapport("serve"), (false, String::new()));

    let [ada, ben] = ["Ada", "Ben"].map(Person::named);
    let mut socket = second.connect().await;
    let found = |person: &Person, token: &str| {
        let record = person.founds().0;
        ClientFrame::Found { token: token.to_owned(), record }
    };
    let answer = socket.say(&found(&ada, &old)).await;
    assert!(
        matches!(answer, RelayFrame::Refused { reason: Refusal::TokenWrong, .. }),
        "{answer:?}"
    );
    let (true, made) = rapport("token") else { panic!("no token") };
    let made = made.trim().strip_prefix("open http://localhost:7117/#setup=").unwrap().to_owned();
    for (person, token) in [(&ada, made.as_str()), (&ben, second.token())] {
        let answer = socket.say(&found(person, token)).await;
        assert!(matches!(answer, RelayFrame::Founded { .. }), "{answer:?}");
    }

    let space = ada.founds().1.space();
    let (true, said) = rapport("verify") else { panic!("not sound") };
    assert!(said.contains(&format!("space {space}: 1 rows, 0 stubs, 1 devices: sound")), "{said}");
    let (true, said) = rapport("new-life") else { panic!("no new life") };
    assert!(said.contains(&format!("space {space} goes on as ")), "{said}");
    let (true, said) = rapport("verify") else { panic!("not sound") };
    assert!(said.contains(&format!("space {space}: 2 rows")), "{said}");
}
