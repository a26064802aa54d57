//! One label for each use of a hash, a signature or a derived key.
//!
//! A signature made for one purpose must never pass for another, so no two purposes share a
//! label. The number at the end is that of the construction: whoever changes one, changes it.
//! The labels of constructions that need a secret stand here too, next to those they must
//! differ from; `replica` uses them.

macro_rules! labels {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {
        $($(#[$doc])* pub const $name: &[u8] = $text;)*

        #[cfg(test)]
        const ALL: &[&[u8]] = &[$($name),*];
    };
}

labels! {
    /// Hash of a whole envelope, its name in the log.
    ENVELOPE = b"rapport/envelope/1";
    /// What a device signs of an envelope.
    ENVELOPE_SIGNATURE = b"rapport/envelope/signature/1";
    /// Leads the associated data of an envelope's sealed body.
    ENVELOPE_BODY = b"rapport/envelope/body/1";
    /// Hash of a whole roster record.
    RECORD = b"rapport/record/1";
    /// What a device or an invite signs of a roster record.
    RECORD_SIGNATURE = b"rapport/record/signature/1";
    /// Hash of the relay's own `life` row.
    LIFE = b"rapport/life/1";
    /// What a device signs to connect.
    CONNECT = b"rapport/connect/1";
    /// The chain before its first row.
    CHAIN_START = b"rapport/chain/start/1";
    /// A link of the chain.
    CHAIN = b"rapport/chain/1";
    /// The commitment to an epoch key that a roster record carries.
    EPOCH_COMMIT = b"rapport/epoch/commit/1";
    /// HKDF: from an epoch key to the key that seals bodies.
    EPOCH_BODY_KEY = b"rapport/epoch/body-key/1";
    /// HPKE info when an epoch key is sealed to a device, an invite or a recovery kit.
    SEAL_EPOCH = b"rapport/seal/epoch/1";
    /// HKDF: from an invite's secret to its signing key.
    INVITE_SIGNING = b"rapport/invite/signing/1";
    /// HKDF: from an invite's secret to its sealing key.
    INVITE_SEALING = b"rapport/invite/sealing/1";
    /// HKDF: from a recovery kit's secret to its signing key.
    KIT_SIGNING = b"rapport/kit/signing/1";
    /// HKDF: from a recovery kit's secret to its sealing key.
    KIT_SEALING = b"rapport/kit/sealing/1";
    /// HKDF: from an epoch key to the key that seals the epoch key before it.
    EPOCH_PREVIOUS_KEY = b"rapport/epoch/previous-key/1";
    /// Leads the associated data of the epoch key before, sealed.
    EPOCH_PREVIOUS = b"rapport/epoch/previous/1";
    /// Hash of a whole sealed object, its address.
    OBJECT = b"rapport/object/1";
    /// Digest of a drop's one-time token.
    DROP_TOKEN = b"rapport/drop/token/1";
    /// HPKE info when an answer is sealed to a drop.
    SEAL_DROP = b"rapport/seal/drop/1";
    /// Leads the associated data of each chunk of a sealed object.
    OBJECT_CHUNK = b"rapport/object/chunk/1";
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_two_uses_share_a_label() {
        let distinct: std::collections::BTreeSet<_> = super::ALL.iter().collect();
        assert_eq!(distinct.len(), super::ALL.len());
    }
}
