//! SHA-256 in domains.

use sha2::{Digest, Sha256};

crate::id::ids! {
    /// A SHA-256 hash, always taken under a [label](crate::label).
    Hash(32);
}

impl Hash {
    /// Stands where there is nothing to name.
    pub const ZERO: Self = Self([0; 32]);
}

/// The hash of `parts` under `label`: SHA-256 over all of them, each led by its length as a
/// big-endian `u64`, so that no two lists of parts and no two labels give the same input.
#[must_use]
pub fn hash(label: &[u8], parts: &[&[u8]]) -> Hash {
    let mut hasher = Sha256::new();
    for part in std::iter::once(&label).chain(parts) {
        hasher.update(length(part));
        hasher.update(part);
    }
    Hash(hasher.finalize().into())
}

/// The address of a sealed object: the hash of all its bytes.
#[must_use]
pub fn object_address(sealed: &[u8]) -> Hash {
    hash(crate::label::OBJECT, &[sealed])
}

/// What the relay knows of a drop's one-time token.
#[must_use]
pub fn drop_digest(token: &[u8; 32]) -> Hash {
    hash(crate::label::DROP_TOKEN, &[token])
}

/// The same framing as a text to be signed.
pub(crate) fn signing_input(label: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    let mut input = Vec::new();
    for part in std::iter::once(&label).chain(parts) {
        input.extend_from_slice(&length(part));
        input.extend_from_slice(part);
    }
    input
}

fn length(part: &[u8]) -> [u8; 8] {
    (part.len() as u64).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_borders_of_parts_count() {
        let hashes = [
            hash(b"a", &[]),
            hash(b"b", &[]),
            hash(b"a", &[b""]),
            hash(b"a", &[b"bc"]),
            hash(b"a", &[b"b", b"c"]),
            hash(b"ab", &[b"c"]),
        ];
        for (i, one) in hashes.iter().enumerate() {
            for other in &hashes[i + 1..] {
                assert_ne!(one, other);
            }
        }
    }

    #[test]
    fn a_hash_is_taken_over_the_input_that_is_signed() {
        let expected = Hash(Sha256::digest(signing_input(b"a", &[b"b", b"c"])).into());
        assert_eq!(hash(b"a", &[b"b", b"c"]), expected);
    }
}
