//! Errors of this device in words for people. What only a developer can act on is quoted as the error words it.

use device::{
    AgainError, BeginError, LoadError, OpenError, RejoinError, StorageError, TeamError, VaultError,
    WipeError, WriteError,
    sync::{StartError, SyncError},
};
use handbook::Language::{De, En};
use replica::{
    InviteLinkError,
    founding::FoundingError,
    kit::{PhraseError, SheetError},
};
use wire::RosterError;

use super::{again, language, relay, roster, trouble};
use crate::{platform::files::FileError, storage};

texts! {
    conflict = "Another tab changed this first." | "Ein anderer Tab hat dies zuerst geändert.";
    full = "The storage of this device is full." | "Der Speicher dieses Geräts ist voll.";
    uncertain = "It is not known whether the change was stored." | "Es ist nicht bekannt, ob die Änderung gespeichert wurde.";
    closed = "The storage was closed." | "Der Speicher wurde geschlossen.";
    foreign_keys = "The stored keys do not belong to this browser profile."
        | "Die gespeicherten Schlüssel gehören nicht zu diesem Browserprofil.";
    newer_data = "This device’s data was written by a newer version of the app."
        | "Die Daten dieses Geräts hat eine neuere Version der App geschrieben.";
    not_joined = "This device does not belong to a team yet." | "Dieses Gerät gehört noch zu keinem Team.";
    nothing_here = "There is no workspace on this device yet." | "Auf diesem Gerät ist noch kein Arbeitsbereich.";
    sample_stays = "The sample stays on this device." | "Die Musterfirma bleibt auf diesem Gerät.";
    no_link = "This is not an invitation link." | "Das ist kein Einladungslink.";
    link_cut = "The invitation link is cut off." | "Der Einladungslink ist abgeschnitten.";
    link_altered = "The invitation link was altered on its way." | "Der Einladungslink wurde unterwegs verändert.";
    link_newer = "The invitation link was made by a newer version of the app."
        | "Der Einladungslink stammt aus einer neueren Version der App.";
}

/// An error that a person may read.
pub trait Told {
    /// What is wrong, as a sentence with its full stop.
    fn told(&self) -> String;
}

/// What the browser or a library says, quoted.
fn technical(en: &str, de: &str, why: &str) -> String {
    match language() {
        En => format!("{en}: {why}."),
        De => format!("{de} (technische Angabe: {why})."),
    }
}

fn unexpected(why: &dyn std::fmt::Display) -> String {
    technical("Something unexpected happened", "Etwas Unerwartetes ist geschehen", &why.to_string())
}

impl Told for StorageError {
    fn told(&self) -> String {
        match self {
            Self::Conflict => conflict().into(),
            Self::Full => full().into(),
            Self::Unknown(_) => uncertain().into(),
            Self::Failed(why) => technical("The storage failed", "Der Speicher hat versagt", why),
            Self::Closed => closed().into(),
        }
    }
}

impl Told for VaultError {
    fn told(&self) -> String {
        match self {
            Self::Foreign => foreign_keys().into(),
            Self::Failed(why) => {
                technical("The key store failed", "Der Schlüsselspeicher hat versagt", why)
            }
        }
    }
}

impl Told for LoadError {
    fn told(&self) -> String {
        match self {
            Self::Storage(error) => error.told(),
            Self::Damaged { reason, .. } => technical(
                "A document is damaged on this device",
                "Ein Dokument auf diesem Gerät ist beschädigt",
                reason,
            ),
        }
    }
}

impl Told for OpenError {
    fn told(&self) -> String {
        match self {
            Self::Nothing => nothing_here().into(),
            Self::Storage(error) => error.told(),
            Self::Vault(error) => error.told(),
            Self::Unreadable(error) => unreadable(error),
            Self::Keys(error) => unreadable(error),
        }
    }
}

fn unreadable(why: &dyn std::fmt::Display) -> String {
    technical(
        "What is stored here cannot be read",
        "Was hier gespeichert ist, lässt sich nicht lesen",
        &why.to_string(),
    )
}

impl Told for SyncError {
    fn told(&self) -> String {
        match self {
            Self::Storage(error) => error.told(),
            Self::Unreadable(why) => unreadable(why),
        }
    }
}

impl Told for StartError {
    fn told(&self) -> String {
        match self {
            Self::Sample => sample_stays().into(),
            Self::Open(error) => error.told(),
        }
    }
}

impl Told for storage::OpenError {
    fn told(&self) -> String {
        match self {
            Self::Newer => newer_data().into(),
            Self::Unavailable(why) => {
                technical("The browser gives no storage", "Der Browser gibt keinen Speicher", why)
            }
        }
    }
}

impl Told for BeginError {
    fn told(&self) -> String {
        match self {
            Self::Storage(error) => error.told(),
            Self::Vault(error) => error.told(),
            Self::Open(error) => error.told(),
            other => unexpected(other),
        }
    }
}

impl Told for TeamError {
    fn told(&self) -> String {
        match self {
            Self::NotJoined => not_joined().into(),
            Self::Founding(FoundingError::NoKey) => roster::lacks_key().into(),
            Self::Founding(FoundingError::Roster(error)) => error.told(),
            other => unexpected(other),
        }
    }
}

impl Told for RosterError {
    fn told(&self) -> String {
        match self {
            Self::Role => roster::no_role(),
            Self::LastOwner => roster::last_owner(),
            Self::RemovesItself => roster::removes_itself(),
            Self::MemberUnknown => roster::member_unknown(),
            Self::DeviceUnknown => roster::device_unknown(),
            Self::NotActive => roster::not_active(),
            Self::WrongHead { .. } => roster::moved_on(),
            Self::KitExposed => roster::kit_exposed(),
            Self::Full => roster::full(),
            Self::InviteUsed => relay::invite_used(),
            Self::InviteExpired => relay::invite_expired(),
            Self::InviteRevoked => relay::invite_revoked(),
            Self::InviteUnknown => trouble::invitation_unknown(),
            Self::Newer { .. } => relay::update(),
            // What only a defect of this app brings about.
            Self::Malformed(_)
            | Self::TooLarge { .. }
            | Self::Signature(_)
            | Self::NotFound
            | Self::FoundTwice
            | Self::Epoch { .. }
            | Self::Uses
            | Self::KeyKnown
            | Self::MemberKnown
            | Self::Coverage => return unexpected(self),
        }
        .into()
    }
}

impl Told for AgainError {
    fn told(&self) -> String {
        match self {
            Self::NotOfTheTeam => again::not_of_team().into(),
            Self::TooLarge { .. } => again::too_large().into(),
            Self::Storage(error) => error.told(),
            Self::Vault(error) => error.told(),
        }
    }
}

impl Told for RejoinError {
    fn told(&self) -> String {
        match self {
            Self::OtherSpace => trouble::belongs_already().into(),
            Self::Removed => relay::removed().into(),
            Self::Storage(error) => error.told(),
            Self::Vault(error) => error.told(),
        }
    }
}

impl Told for WipeError {
    fn told(&self) -> String {
        match self {
            Self::NotRemoved => roster::not_removed().into(),
            Self::Storage(error) => error.told(),
            Self::Busy => roster::tab_writes().into(),
        }
    }
}

impl Told for WriteError {
    fn told(&self) -> String {
        match self {
            Self::Storage(StorageError::Full) => trouble::no_room().into(),
            Self::Storage(StorageError::Closed) => trouble::closed_elsewhere().into(),
            Self::NotAllowed => trouble::may_only_read().into(),
            Self::Storage(error) => trouble::not_saved(&error.told()),
            Self::Load(error) => trouble::not_saved(&error.told()),
            other => trouble::not_saved(&unexpected(other)),
        }
    }
}

impl Told for InviteLinkError {
    fn told(&self) -> String {
        match self {
            Self::Foreign => no_link(),
            Self::Truncated => link_cut(),
            Self::Altered => link_altered(),
            Self::Newer { .. } => link_newer(),
        }
        .into()
    }
}

/// Why the link of a recovery kit was not understood.
pub fn told_sheet(error: &SheetError) -> &'static str {
    match error {
        SheetError::Foreign => roster::no_sheet(),
        SheetError::Truncated => roster::sheet_cut(),
        SheetError::Altered => roster::sheet_altered(),
        SheetError::Newer { .. } => roster::sheet_newer(),
    }
}

/// Why letters that were copied from a sheet were not understood; `mistyped` says it of what they stand for.
pub fn told_letters(error: PhraseError, mistyped: &str) -> String {
    match error {
        PhraseError::Letter { letter } => roster::letter_unknown(letter),
        PhraseError::Length { expected, found } => roster::letters_wrong(expected, found),
        PhraseError::Mistyped => mistyped.to_owned(),
    }
}

impl Told for FileError {
    fn told(&self) -> String {
        match (self, language()) {
            (Self::TooLarge(name), En) => format!("“{name}” is larger than 64 MB."),
            (Self::TooLarge(name), De) => format!("„{name}“ ist größer als 64 MB."),
            (Self::Unreadable(name), En) => format!("“{name}” could not be read."),
            (Self::Unreadable(name), De) => format!("„{name}“ ließ sich nicht lesen."),
        }
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::texts::check_both;

    #[test]
    fn errors_of_this_device() {
        check_both(
            || StorageError::Failed("quota".into()).told(),
            "The storage failed: quota.",
            "Der Speicher hat versagt (technische Angabe: quota).",
        );
        check_both(
            || LoadError::Storage(StorageError::Conflict).told(),
            "Another tab changed this first.",
            "Ein anderer Tab hat dies zuerst geändert.",
        );
        check_both(
            || WriteError::Storage(StorageError::Conflict).told(),
            "The change was not saved. Another tab changed this first.",
            "Die Änderung wurde nicht gespeichert. Ein anderer Tab hat dies zuerst geändert.",
        );
        check_both(
            || InviteLinkError::Truncated.told(),
            "The invitation link is cut off.",
            "Der Einladungslink ist abgeschnitten.",
        );
        check_both(
            || TeamError::Founding(RosterError::LastOwner.into()).told(),
            "An owner must remain. Nothing was changed; make somebody else an owner first.",
            "Jemand mit der Rolle Inhaber muss bleiben. Es wurde nichts geändert; geben Sie diese Rolle zuerst jemand anderem.",
        );
        check_both(
            || told_letters(PhraseError::Letter { letter: 'U' }, "").replace(['“', '”', '„'], ""),
            "U does not occur on a sheet. Nothing was changed; compare it with the sheet.",
            "U kommt auf keinem Blatt vor. Es wurde nichts geändert; vergleichen Sie mit dem Blatt.",
        );
        check_both(
            || FileError::TooLarge("a.csv".into()).told(),
            "“a.csv” is larger than 64 MB.",
            "„a.csv“ ist größer als 64 MB.",
        );
    }
}
