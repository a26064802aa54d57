//! How a space begins on a device: founded here, joined by an invite, come back to by the recovery
//! kit, or a sample to look around in.
//!
//! Everything is stored in one transaction that expects an empty storage, before anybody else hears
//! of it. Of two tabs that begin at once, the slower one finds the other's space and goes on with
//! that.

use std::collections::BTreeMap;

use handbook::records::{Member, Settings};
use handbook::{DocumentId, Moment, Op, Record, RecordId, RecordKey, Stamp, Value, document};
use rand_chacha::ChaCha20Rng;
use rand_core::{CryptoRng, Rng, SeedableRng};
use replica::check::{self, Rejected};
use replica::founding::{self, FoundingError};
use replica::{DeviceSecrets, InviteLink, Place, RecoverySheet};
use wire::{MemberId, RosterError, SpaceId, Tag};
use zeroize::Zeroizing;

use crate::codec::Unreadable;
use crate::device::{Device, OpenError, Opening};
use crate::edit::{WriteError, Written};
use crate::held::Held;
use crate::keys;
use crate::loaded::Loaded;
use crate::space_state::{SpaceKind, SpaceState};
use crate::storage::{Batch, Storage, StorageError, Table, Vault, VaultError};

/// What a founder brings.
#[derive(Clone, Debug)]
pub struct Founding {
    /// A team's space, or a sample that never meets a relay.
    pub kind: SpaceKind,
    /// The relay's origin, as it will be dialled; empty for a sample.
    pub origin: String,
    /// The relay's set-up token; empty where none is asked for.
    pub token: String,
    /// The firm's name.
    pub firm: String,
    /// The founder's name.
    pub name: String,
    /// Now.
    pub at: Moment,
}

/// What a newcomer brings.
#[derive(Clone, Debug)]
pub struct Joining {
    /// The invitation.
    pub link: InviteLink,
    /// The newcomer's name.
    pub name: String,
}

/// A space that is made and not stored yet: its id names the storage it will lie in.
#[derive(Debug)]
pub struct Prepared {
    batch: Batch,
    state: SpaceState,
    secrets: Vec<(&'static str, Zeroizing<Vec<u8>>)>,
}

impl Prepared {
    /// Makes a space, its founder's keys and its first document.
    ///
    /// # Errors
    /// [`BeginError::Founding`] and [`BeginError::Content`].
    pub fn found(founding: &Founding, rng: &mut impl CryptoRng) -> Result<Self, BeginError> {
        let mut seed = [0; 32];
        rng.fill_bytes(&mut seed);
        let mut rng = ChaCha20Rng::from_seed(seed);
        let (device, member) = draw(&mut rng);
        let founded = founding::found(&device, member, None, &mut rng)?;
        let mut secrets =
            vec![(keys::DEVICE, device.encode()), (keys::RING, founded.ring.encode())];
        if !founding.token.is_empty() {
            secrets.push((keys::TOKEN, Zeroizing::new(founding.token.clone().into_bytes())));
        }
        let mut batch = Batch::new();
        put_firm(&mut batch, member, founding, &mut rng)?;
        let state = SpaceState {
            version: 1,
            kind: founding.kind,
            space: founded.space,
            origin: founding.origin.clone(),
            member,
            device: device.device(),
            introduce: None,
            unknown_rows: 0,
            place: Some(Place::before_founding(founded.record)?),
            last_seen: BTreeMap::new(),
        };
        Ok(Self { batch, state, secrets })
    }

    /// The space.
    pub fn space(&self) -> SpaceId {
        self.state.space
    }
}

/// Why a space cannot begin here. Nothing is stored then.
#[derive(Debug, thiserror::Error)]
pub enum BeginError {
    /// The storage failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The vault cannot keep keys on this device.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// It was stored, but cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The first records cannot be made: a defect.
    #[error(transparent)]
    Founding(#[from] FoundingError),
    /// The first document cannot be made, for instance because the firm has no name.
    #[error(transparent)]
    Content(#[from] document::WriteError),
    /// Other devices would refuse the first document: a defect.
    #[error(transparent)]
    Rejected(#[from] Rejected),
}

impl From<RosterError> for BeginError {
    fn from(error: RosterError) -> Self {
        Self::Founding(error.into())
    }
}

impl<S: Storage, V: Vault> Device<S, V> {
    /// Puts a prepared space on this device, with its founder as the owner. It is complete and
    /// usable at once; the relay hears of it when the device syncs.
    ///
    /// # Errors
    /// See [`BeginError`].
    pub async fn found(
        storage: S,
        vault: V,
        opening: Opening,
        prepared: Prepared,
    ) -> Result<Self, BeginError> {
        let Prepared { mut batch, state, secrets } = prepared;
        for (key, secret) in secrets {
            put_secret(&mut batch, &vault, key, &secret).await?;
        }
        begin(storage, vault, opening, batch, &state).await
    }

    /// Stores the intent to join, and the keys under which this device will be known. The engine
    /// does the rest as soon as the relay can be reached, and takes it up again after any
    /// interruption.
    ///
    /// # Errors
    /// See [`BeginError`].
    pub async fn join(
        storage: S,
        vault: V,
        opening: Opening,
        joining: Joining,
    ) -> Result<Self, BeginError> {
        let (mut rng, opening) = split(opening);
        let (secrets, member) = draw(&mut rng);
        let mut batch = Batch::new();
        put_secret(&mut batch, &vault, keys::DEVICE, &secrets.encode()).await?;
        put_secret(&mut batch, &vault, keys::INVITE, joining.link.format().as_bytes()).await?;
        let state = SpaceState {
            version: 1,
            kind: SpaceKind::Team,
            space: joining.link.space,
            origin: joining.link.origin,
            member,
            device: secrets.device(),
            introduce: Some(joining.name),
            unknown_rows: 0,
            place: None,
            last_seen: BTreeMap::new(),
        };
        begin(storage, vault, opening, batch, &state).await
    }

    /// Stores the intent to come back as an owner by the recovery kit: as whoever made it, for the
    /// roster holds no names from which another could be chosen. The engine does the rest, as after
    /// [`Device::join`]. What was lost should be removed then, and the kit replaced:
    /// [`Team::kit`](crate::team::Team) says that it was used until that is done.
    ///
    /// # Errors
    /// See [`BeginError`].
    pub async fn recover(
        storage: S,
        vault: V,
        opening: Opening,
        sheet: RecoverySheet,
    ) -> Result<Self, BeginError> {
        let (mut rng, opening) = split(opening);
        let (secrets, member) = draw(&mut rng);
        let mut batch = Batch::new();
        put_secret(&mut batch, &vault, keys::DEVICE, &secrets.encode()).await?;
        put_secret(&mut batch, &vault, keys::RECOVERY, sheet.format().as_bytes()).await?;
        let state = SpaceState {
            version: 1,
            kind: SpaceKind::Team,
            space: sheet.space,
            origin: sheet.origin,
            // Until the roster says whose device it is.
            member,
            device: secrets.device(),
            introduce: None,
            unknown_rows: 0,
            place: None,
            last_seen: BTreeMap::new(),
        };
        begin(storage, vault, opening, batch, &state).await
    }

    /// The space.
    pub fn space(&self) -> SpaceId {
        self.space.borrow().state.space
    }

    /// Writes the newcomer's own record into the firm's document, once that has arrived. Without
    /// effect before and after.
    ///
    /// # Errors
    /// See [`WriteError`].
    pub async fn introduce(&self, at: Moment) -> Result<Written, WriteError> {
        let name = self.space.borrow().state.introduce.clone();
        let (Some(name), Some(_)) = (name, self.standing(DocumentId::Firm)) else {
            return Ok(Written::default());
        };
        let member = self.member();
        let key = RecordKey::new(Member::KIND, RecordId::from_bytes(member.0));
        let mut written = Written::default();
        if self.model().row(DocumentId::Firm, key).is_none() {
            let ops = vec![create_member(member, name)];
            let stamp = self.stamp(at, "join");
            written = self.write(DocumentId::Firm, ops, stamp).await?;
        }
        let _turn = self.turn.take().await;
        let kept = self.space.borrow().clone();
        let mut batch = Batch::new();
        let state = SpaceState { introduce: None, ..kept.state.clone() };
        let next = self.put_space(&mut batch, &kept, state);
        match self.storage.commit(batch).await {
            Ok(()) => self.install_space(next),
            // Another tab was faster, with this or something else: next time will show.
            Err(StorageError::Conflict) => drop(self.refresh_space().await?),
            Err(error) => return Err(error.into()),
        }
        written.changed.space = true;
        Ok(written)
    }

    /// A stamp in the name of this device's person for a command of its own.
    pub fn stamp(&self, at: Moment, what: &'static str) -> Stamp {
        let mut command = [0; 16];
        self.rng.borrow_mut().fill_bytes(&mut command);
        Stamp {
            member: self.member().0,
            at,
            command: uuid::Builder::from_random_bytes(command).into_uuid(),
            batch: None,
            what,
        }
    }

    /// The invitation that is being accepted, as long as it is.
    pub(crate) async fn invitation(&self) -> Result<Option<InviteLink>, OpenError> {
        let Some(bytes) = self.secret(keys::INVITE).await? else { return Ok(None) };
        let text = String::from_utf8(bytes).unwrap_or_default();
        let link = InviteLink::parse(&text)
            .map_err(|_| Unreadable::because("the invitation that is being accepted"))?;
        Ok(Some(link))
    }

    /// The recovery sheet by which this device is coming in, as long as it is.
    pub(crate) async fn recovery(&self) -> Result<Option<RecoverySheet>, OpenError> {
        let Some(bytes) = self.secret(keys::RECOVERY).await? else { return Ok(None) };
        let text = String::from_utf8(bytes).unwrap_or_default();
        let sheet = RecoverySheet::parse(&text)
            .map_err(|_| Unreadable::because("the recovery sheet that is being used"))?;
        Ok(Some(sheet))
    }

    /// The set-up token, until the relay has taken the space.
    pub(crate) async fn token(&self) -> Result<String, OpenError> {
        let bytes = self.secret(keys::TOKEN).await?.unwrap_or_default();
        Ok(String::from_utf8(bytes).unwrap_or_default())
    }

    async fn secret(&self, key: &str) -> Result<Option<Vec<u8>>, OpenError> {
        match self.storage.get(Table::Keys, key).await? {
            Some(wrapped) => Ok(Some(self.vault.unwrap(&wrapped).await?)),
            None => Ok(None),
        }
    }
}

/// Stores all of it, or opens what another tab stored first.
async fn begin<S: Storage, V: Vault>(
    storage: S,
    vault: V,
    opening: Opening,
    mut batch: Batch,
    state: &SpaceState,
) -> Result<Device<S, V>, BeginError> {
    batch.expect(Table::Space, keys::SPACE_STATE, None);
    batch.expect(Table::Keys, keys::DEVICE, None);
    batch.put(Table::Space, keys::SPACE_STATE, state.encode());
    match storage.commit(batch).await {
        Ok(()) | Err(StorageError::Conflict) => Ok(Device::open(storage, vault, opening).await?),
        Err(StorageError::Unknown(reason)) => match Device::open(storage, vault, opening).await {
            Err(OpenError::Nothing) => Err(StorageError::Unknown(reason).into()),
            opened => Ok(opened?),
        },
        Err(error) => Err(error.into()),
    }
}

/// Randomness for the keys, and other randomness for the tab session that follows.
fn split(opening: Opening) -> (ChaCha20Rng, Opening) {
    let mut rng = ChaCha20Rng::from_seed(opening.seed);
    let mut seed = [0; 32];
    rng.fill_bytes(&mut seed);
    (rng, Opening { seed, ..opening })
}

fn draw(rng: &mut ChaCha20Rng) -> (DeviceSecrets, MemberId) {
    let secrets = DeviceSecrets::make(rng);
    let mut member = [0; 16];
    rng.fill_bytes(&mut member);
    (secrets, MemberId(member))
}

pub(crate) async fn put_secret(
    batch: &mut Batch,
    vault: &impl Vault,
    key: &str,
    secret: &[u8],
) -> Result<(), VaultError> {
    let wrapped = vault.wrap(secret).await?;
    batch.put(Table::Keys, key, wrapped);
    Ok(())
}

/// The firm's document: its name, and its first member.
fn put_firm(
    batch: &mut Batch,
    member: MemberId,
    founding: &Founding,
    rng: &mut ChaCha20Rng,
) -> Result<(), BeginError> {
    let mut tag = [0; 16];
    rng.fill_bytes(&mut tag);
    let mut command = [0; 16];
    rng.fill_bytes(&mut command);
    let stamp = Stamp {
        member: member.0,
        at: founding.at,
        command: uuid::Builder::from_random_bytes(command).into_uuid(),
        batch: None,
        what: "found",
    };
    let ops = [
        Op::Set {
            key: RecordKey::only(Settings::KIND),
            field: "firm_name",
            value: Value::Text(founding.firm.clone()),
        },
        create_member(member, founding.name.clone()),
    ];
    let automerge = document::create(DocumentId::Firm, &ops, &stamp, rng)?;
    let changes = automerge.get_changes(&[]);
    let mut loaded = Loaded::made(Tag(tag), automerge);
    let unsynced = changes.len() as u64;
    for change in changes {
        let change = check::parse(change.raw_bytes())?;
        check::check(&document::blank(), &change)?;
        loaded.keep_change(batch, change.hash(), change.raw_bytes().to_vec());
    }
    loaded.list();
    loaded.seal(batch, None, Held { heads: Vec::new(), unsynced, changes: unsynced });
    Ok(())
}

fn create_member(member: MemberId, name: String) -> Op {
    Op::Create {
        key: RecordKey::new(Member::KIND, RecordId::from_bytes(member.0)),
        values: vec![("name", Value::Text(name))],
    }
}
