//! The names of things: fixed bytes that print and parse as lower-case hex.

/// The position of a row in its log: 1, 2, 3… without gaps. 0 is "before the first row".
pub type Seq = u64;
/// A generation of the space key: 1 at founding, one more with every rotation.
pub type Epoch = u32;
/// The number of an envelope within its session: 1, 2, 3… without gaps.
pub type Counter = u64;
/// A moment as milliseconds since the Unix epoch. For display and expiry, never for order.
pub type Millis = u64;

/// Why a text is not an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected} lower-case hexadecimal digits")]
pub struct ParseIdError {
    /// How many digits an id of this type has.
    pub expected: usize,
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident($len:literal);)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; $len]);

        impl $name {
            /// How many bytes it has.
            pub const LEN: usize = $len;

            /// Its bytes.
            #[must_use]
            pub fn as_bytes(&self) -> &[u8; $len] {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::id::write_hex(&self.0, f)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::id::ParseIdError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $crate::id::parse_hex(text).map(Self)
            }
        }

        impl From<[u8; $len]> for $name {
            fn from(bytes: [u8; $len]) -> Self {
                Self(bytes)
            }
        }

        impl TryFrom<&[u8]> for $name {
            type Error = std::array::TryFromSliceError;

            fn try_from(bytes: &[u8]) -> Result<Self, Self::Error> {
                bytes.try_into().map(Self)
            }
        }

        impl AsRef<[u8]> for $name {
            fn as_ref(&self) -> &[u8] {
                &self.0
            }
        }

        impl<C> minicbor::Encode<C> for $name {
            fn encode<W: minicbor::encode::Write>(
                &self,
                e: &mut minicbor::Encoder<W>,
                _: &mut C,
            ) -> Result<(), minicbor::encode::Error<W::Error>> {
                e.bytes(&self.0)?.ok()
            }
        }

        impl<'b, C> minicbor::Decode<'b, C> for $name {
            fn decode(
                d: &mut minicbor::Decoder<'b>,
                _: &mut C,
            ) -> Result<Self, minicbor::decode::Error> {
                let at = d.position();
                Self::try_from(d.bytes()?).map_err(|_| {
                    minicbor::decode::Error::message(concat!("not a ", stringify!($name))).at(at)
                })
            }
        }
    )*};
}
pub(crate) use ids;

ids! {
    /// A space: the hash of its `found` record, so nobody can found the same one twice.
    SpaceId(32);
    /// An Ed25519 public key. It **is** the device's id; invites sign with such a key too.
    DeviceKey(32);
    /// An X25519 public key, to which epoch keys are sealed.
    SealKey(32);
    /// A person of the team. Random; the name belonging to it is in the sealed documents only.
    MemberId(16);
    /// The random name under which the relay knows one generation of one document.
    Tag(16);
    /// One life of a log. Restoring a backup begins another.
    LogId(16);
    /// One connection of one device, from the sender's side: random, its counters start at 1.
    SessionId(16);
}

impl Tag {
    /// Stands where a row belongs to no document.
    pub const ZERO: Self = Self([0; 16]);
}

pub(crate) fn write_hex(bytes: &[u8], f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
    bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
}

pub(crate) fn parse_hex<const N: usize>(text: &str) -> Result<[u8; N], ParseIdError> {
    let wrong = ParseIdError { expected: N * 2 };
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if pairs.len() != N || !rest.is_empty() {
        return Err(wrong);
    }
    let mut bytes = [0; N];
    for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
        *byte = digit(*high).ok_or(wrong)? << 4 | digit(*low).ok_or(wrong)?;
    }
    Ok(bytes)
}

fn digit(letter: u8) -> Option<u8> {
    match letter {
        b'0'..=b'9' => Some(letter - b'0'),
        b'a'..=b'f' => Some(letter - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_prints_as_it_parses() {
        let tag = Tag(*b"\x00\x01\x7f\x80\xab\xff0123456789");
        assert_eq!(tag.to_string(), "00017f80abff30313233343536373839");
        assert_eq!(tag.to_string().parse(), Ok(tag));
    }

    #[test]
    fn other_texts_are_refused() {
        let good = "00017f80abff30313233343536373839";
        for text in [
            "",
            "00",
            &good.to_uppercase(),
            &format!("{good}00"),
            &format!("{good}0"),
            &good.replace("00", "é"),
            &good.replace('0', "g"),
            &format!("+{}", good.get(1..).unwrap()),
        ] {
            assert_eq!(text.parse::<Tag>(), Err(ParseIdError { expected: 32 }), "{text}");
        }
    }
}
