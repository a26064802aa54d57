//! Documents, and changes to them, as the product itself writes them.

use automerge::transaction::Transactable;
use automerge::{ActorId, Automerge, ObjType, ROOT, ReadDoc};
use handbook::document;
use sha2::{Digest, Sha256};

/// A document, and a change that could come next.
pub(crate) struct Sample {
    pub(crate) before: Automerge,
    pub(crate) change: Vec<u8>,
}

/// A copy with an actor of its own.
pub(crate) fn copy(document: &Automerge) -> Automerge {
    document.fork().with_actor(ActorId::from([0xfe; 16]))
}

/// Documents and a next change to each, so that together they use all that a change can.
pub(crate) fn samples() -> Vec<Sample> {
    let mut samples = Vec::new();
    let blank = document::blank();
    let mut anna = blank.with_author(Some(vec![9; 16].into())).with_actor([7; 16][..].into());
    step(&mut anna, &mut samples, |tx| {
        let _ = tx.put(ROOT, "document/home", "client");
        let record = tx.put_object(ROOT, RECORD, ObjType::Map)?;
        tx.put_object(&record, "minutes", ObjType::Text)?;
        tx.put(&record, "subject", "A call")
    });
    step(&mut anna, &mut samples, |tx| values(tx, "Nordwind"));
    step(&mut anna, &mut samples, |tx| prose(tx, 0, 0, "some words"));
    let mut bruno = copy(&anna).with_actor([3; 16][..].into());
    step(&mut bruno, &mut samples, |tx| prose(tx, 4, 3, "é😀"));
    step(&mut bruno, &mut samples, |tx| values(tx, "Südwind"));
    step(&mut anna, &mut samples, |tx| prose(tx, 2, 5, "x"));
    step(&mut anna, &mut samples, |tx| values(tx, "Westwind"));
    anna.merge(&mut bruno).expect("two copies of one document");
    step(&mut anna, &mut samples, |tx| {
        let (_, record) = tx.get(ROOT, RECORD)?.expect("a record");
        tx.delete(record, "subject")?;
        tx.delete(ROOT, RECORD)
    });
    samples
}

const RECORD: &str = "touchpoint/01010101010101010101010101010101";

type Tx<'t> = automerge::transaction::Transaction<'t>;
type Done = Result<(), automerge::AutomergeError>;

fn step(
    document: &mut Automerge,
    samples: &mut Vec<Sample>,
    edit: impl FnOnce(&mut Tx<'_>) -> Done,
) {
    let before = copy(document);
    let mut transaction = document.transaction();
    edit(&mut transaction).expect("an edit");
    let options = automerge::transaction::CommitOptions::default().with_time(1_700_000_000);
    let (hash, _) = transaction.commit_with(options);
    let change = hash.and_then(|hash| document.get_change_by_hash(&hash)).expect("a change");
    samples.push(Sample { before, change: change.raw_bytes().to_vec() });
}

fn values(tx: &mut Tx<'_>, subject: &str) -> Done {
    let (_, record) = tx.get(ROOT, RECORD)?.expect("a record");
    tx.put(&record, "subject", subject)?;
    tx.put(&record, "at", 300)?;
    tx.put(&record, "rate", 0.5)?;
    tx.put(&record, "open", true)?;
    tx.put(&record, "participants/02020202020202020202020202020202", true)?;
    tx.put(&record, "rev", vec![1, 2, 3, 4, 5, 6, 7, 8])
}

fn prose(tx: &mut Tx<'_>, at: usize, delete: isize, text: &str) -> Done {
    let (_, record) = tx.get(ROOT, RECORD)?.expect("a record");
    let (_, minutes) = tx.get(&record, "minutes")?.expect("a text");
    tx.splice_text(minutes, at, delete, text)
}

/// Everything the product reads of a document, whoever wrote it.
pub(crate) fn read_all(document: &Automerge) {
    let _ = (document::home(document), document::min_writer(document));
    for row in document::rows(document) {
        let _ = document::history(document, row.key());
    }
    let _ = document::strangers(document);
}

/// A chunk of Automerge's format around its data, with the length and the checksum that belong to it.
pub(crate) fn chunk(kind: u8, data: &[u8]) -> Vec<u8> {
    let mut framed = vec![kind];
    let mut length = data.len();
    loop {
        let low = u8::try_from(length & 0x7f).unwrap_or_default();
        length >>= 7;
        if length == 0 {
            framed.push(low);
            break;
        }
        framed.push(low | 0x80);
    }
    framed.extend_from_slice(data);
    let checksum = Sha256::digest(&framed);
    [&[0x85, 0x6f, 0x4a, 0x83], &checksum[..4], &framed].concat()
}

/// The data of a chunk.
pub(crate) fn inside(chunk: &[u8]) -> &[u8] {
    let behind = chunk.get(9..).unwrap_or_default();
    let length = behind.iter().take_while(|byte| **byte & 0x80 != 0).count() + 1;
    behind.get(length..).unwrap_or_default()
}
