//! How much goes wrong in a world.

use super::dice::Dice;

/// How often each thing goes wrong, in a thousand.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Weather {
    /// A tab dies at a storage call.
    pub(super) crash: u64,
    /// A tab dies of the rows that it is applying.
    pub(super) fragile: u64,
    /// A commit seems to lose against another tab, or a read fails.
    pub(super) conflict: u64,
    /// Nobody knows what became of a commit.
    pub(super) unknown: u64,
    /// The quota is reached.
    pub(super) full: u64,
    /// A storage call takes a while.
    pub(super) slow: u64,
    /// A connection is cut at a message.
    pub(super) cut: u64,
    /// A message is handed to the relay once more, later.
    pub(super) repeat: u64,
    /// What a tab tells the others is not heard.
    pub(super) deaf: u64,
    /// The relay's store cannot do as asked, or does not know whether it did.
    pub(super) ill: u64,
}

impl Weather {
    /// Nothing fails any more.
    pub(super) const CALM: Self = Self {
        crash: 0,
        fragile: 0,
        conflict: 0,
        unknown: 0,
        full: 0,
        slow: 0,
        cut: 0,
        repeat: 0,
        deaf: 0,
        ill: 0,
    };

    /// Some worlds are hard on storages, some on networks, most on both; and some are fair, since
    /// what only fails where nothing disturbs it is a bug as well.
    pub(super) fn of(dice: &Dice) -> Self {
        let storages = Self {
            crash: dice.between(2, 12),
            fragile: dice.pick(&[0, 0, 0, 400]).unwrap_or_default(),
            conflict: dice.between(0, 20),
            unknown: dice.between(0, 15),
            full: dice.between(0, 8),
            slow: dice.between(0, 100),
            ..Self::CALM
        };
        let networks = Self {
            cut: dice.between(5, 60),
            repeat: dice.between(0, 60),
            deaf: dice.between(0, 300),
            ill: dice.between(0, 30),
            ..Self::CALM
        };
        match dice.below(8) {
            0 => Self { slow: 30, ..Self::CALM },
            1 => Self { slow: 30, ..networks },
            2 => storages,
            _ => {
                let Self { cut, repeat, deaf, ill, .. } = networks;
                Self { cut, repeat, deaf, ill, ..storages }
            }
        }
    }
}
