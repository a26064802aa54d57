//! Changes written by hand, byte by byte.

use sha2::{Digest, Sha256};

/// The parts of a change in the order of their bytes.
#[derive(Clone)]
pub(crate) struct Written {
    pub(crate) deps: Vec<[u8; 32]>,
    pub(crate) actor: Vec<u8>,
    pub(crate) seq: Vec<u8>,
    pub(crate) start_op: Vec<u8>,
    pub(crate) time: Vec<u8>,
    pub(crate) message: Vec<u8>,
    pub(crate) others: Vec<Vec<u8>>,
    /// Specification and bytes.
    pub(crate) columns: Vec<(u64, Vec<u8>)>,
    pub(crate) footer: Vec<u8>,
}

pub(crate) const OBJECT_ACTOR: u64 = 0x01;
pub(crate) const OBJECT_COUNTER: u64 = 0x02;
pub(crate) const KEY_PROPERTY: u64 = 0x15;
pub(crate) const INSERT: u64 = 0x34;
pub(crate) const ACTION: u64 = 0x42;
pub(crate) const VALUE_META: u64 = 0x56;
pub(crate) const PRED_COUNT: u64 = 0x70;

/// Puts null at the key "k" of the root: the smallest good change.
pub(crate) fn smallest() -> Written {
    Written {
        deps: vec![],
        actor: vec![1; 16],
        seq: vec![1],
        start_op: vec![1],
        time: vec![0],
        message: vec![0],
        others: vec![],
        columns: vec![
            (KEY_PROPERTY, vec![0x7f, 1, b'k']),
            (INSERT, vec![1]),
            (ACTION, vec![0x7f, 1]),
            (VALUE_META, vec![0x7f, 0]),
            (PRED_COUNT, vec![0x7f, 0]),
        ],
        footer: vec![],
    }
}

impl Written {
    pub(crate) fn column(mut self, specification: u64, bytes: &[u8]) -> Self {
        self.columns.retain(|(other, _)| *other != specification);
        self.columns.push((specification, bytes.to_vec()));
        self.columns.sort();
        self
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut data = unsigned(self.deps.len() as u64);
        data.extend(self.deps.concat());
        data.extend(prefixed(&self.actor));
        data.extend(
            [&self.seq, &self.start_op, &self.time, &self.message].map(Clone::clone).concat(),
        );
        data.extend(unsigned(self.others.len() as u64));
        data.extend(self.others.iter().flat_map(|actor| prefixed(actor)));
        data.extend(unsigned(self.columns.len() as u64));
        for (specification, bytes) in &self.columns {
            data.extend(unsigned(*specification));
            data.extend(unsigned(bytes.len() as u64));
        }
        data.extend(self.columns.iter().flat_map(|(_, bytes)| bytes.clone()));
        data.extend(&self.footer);
        chunk(1, &unsigned(data.len() as u64), &data)
    }
}

/// A chunk with the right checksum.
pub(crate) fn chunk(kind: u8, length: &[u8], data: &[u8]) -> Vec<u8> {
    let framed = [&[kind], length, data].concat();
    let checksum = Sha256::digest(&framed);
    [&[0x85, 0x6f, 0x4a, 0x83], &checksum[..4], &framed].concat()
}

pub(crate) fn unsigned(mut number: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number > 0x7f {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
    bytes
}

fn prefixed(bytes: &[u8]) -> Vec<u8> {
    [unsigned(bytes.len() as u64), bytes.to_vec()].concat()
}
