//! Taking an input apart.

/// The first byte, and the rest.
pub(crate) fn first(input: &[u8]) -> Option<(u8, &[u8])> {
    input.split_first().map(|(first, rest)| (*first, rest))
}

/// Pieces, each led by a byte for the target and its length as a big-endian `u16`. The last may be cut off.
pub(crate) fn pieces(input: &[u8]) -> Vec<(u8, &[u8])> {
    let mut pieces = Vec::new();
    let mut rest = input;
    while let Some(([how, high, low], tail)) = rest.split_first_chunk::<3>() {
        let length = usize::from(u16::from_be_bytes([*high, *low])).min(tail.len());
        let (piece, tail) = tail.split_at(length);
        pieces.push((*how, piece));
        rest = tail;
    }
    pieces
}

/// What [`pieces`] takes apart.
pub(crate) fn join<'p>(pieces: impl IntoIterator<Item = (u8, &'p [u8])>) -> Vec<u8> {
    let mut input = Vec::new();
    for (how, piece) in pieces {
        let Ok(length) = u16::try_from(piece.len()) else { continue };
        input.push(how);
        input.extend(length.to_be_bytes());
        input.extend_from_slice(piece);
    }
    input
}
