//! IndexedDB in a real browser: the suite that every storage must pass, and what only a browser can do.

use std::cell::Cell;
use std::rc::Rc;

use device::storage::{Batch, Storage, StorageError, Table, Vault, VaultError};
use wasm_bindgen_test::wasm_bindgen_test;
use wire::SpaceId;

use super::{BrowserVault, Index, SpaceEntry, SpaceStorage};

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// A space that no other test and no earlier run has used.
fn fresh_space() -> SpaceId {
    let mut id = [0; 32];
    getrandom::fill(&mut id).unwrap();
    SpaceId::from(id)
}

async fn open(space: &SpaceId) -> SpaceStorage {
    SpaceStorage::open(space).await.unwrap()
}

fn one_entry(value: &[u8]) -> Batch {
    let mut batch = Batch::new();
    batch.put(Table::Local, "key", value.to_vec());
    batch
}

#[wasm_bindgen_test]
async fn keeps_every_promise_of_a_storage() {
    let run = fresh_space();
    let opened = std::cell::RefCell::new(Vec::new());
    device::conformance::run(async |name: &str| {
        let mut id = *run.as_bytes();
        id.iter_mut().zip(name.bytes()).for_each(|(byte, letter)| *byte ^= letter);
        let space = SpaceId::from(id);
        opened.borrow_mut().push(space);
        open(&space).await
    })
    .await;
    for space in opened.take() {
        SpaceStorage::delete(&space).await.unwrap();
    }
}

#[wasm_bindgen_test]
async fn of_many_tabs_that_write_at_once_one_wins() {
    let space = fresh_space();
    let tabs = futures_util::future::join_all((0..5).map(|_| open(&space))).await;
    let claims = tabs.iter().enumerate().map(|(number, tab)| async move {
        let mut batch = one_entry(&[number as u8]);
        batch.expect(Table::Local, "key", None);
        tab.commit(batch).await
    });
    let outcomes = futures_util::future::join_all(claims).await;
    let winner = outcomes.iter().position(Result::is_ok).unwrap();
    for (number, outcome) in outcomes.iter().enumerate() {
        let expected = if number == winner { Ok(()) } else { Err(StorageError::Conflict) };
        assert_eq!(*outcome, expected, "tab {number}");
    }
    let kept = tabs[0].get(Table::Local, "key").await;
    assert_eq!(kept, Ok(Some(vec![winner as u8])));
    SpaceStorage::delete(&space).await.unwrap();
}

#[wasm_bindgen_test]
async fn discarding_a_space_shuts_the_tabs_that_have_it_open() {
    let space = fresh_space();
    let tab = open(&space).await;
    tab.commit(one_entry(b"1")).await.unwrap();
    let told = Rc::new(Cell::new(0));
    tab.on_shut({
        let told = told.clone();
        move || told.set(told.get() + 1)
    });

    SpaceStorage::delete(&space).await.unwrap();
    assert_eq!(told.get(), 1);
    assert_eq!(tab.get(Table::Local, "key").await, Err(StorageError::Closed));
    assert_eq!(tab.scan(Table::Local, "").await, Err(StorageError::Closed));
    assert_eq!(tab.commit(one_entry(b"2")).await, Err(StorageError::Closed));

    let again = open(&space).await;
    assert_eq!(again.get(Table::Local, "key").await, Ok(None), "nothing is left of it");
    SpaceStorage::delete(&space).await.unwrap();
}

#[wasm_bindgen_test]
async fn a_dropped_storage_can_be_opened_again() {
    let space = fresh_space();
    let tab = open(&space).await;
    tab.commit(one_entry(b"1")).await.unwrap();
    drop(tab);
    assert_eq!(open(&space).await.get(Table::Local, "key").await, Ok(Some(b"1".to_vec())));
    SpaceStorage::delete(&space).await.unwrap();
}

#[wasm_bindgen_test]
async fn the_index_knows_the_spaces() {
    let index = Index::open().await.unwrap();
    let older = SpaceEntry {
        space: fresh_space(),
        firm: "Alder & Tarn".into(),
        person: "Mira".into(),
        sample: false,
        opened: 1_000,
    };
    let newer = SpaceEntry { space: fresh_space(), sample: true, opened: 2_000, ..older.clone() };
    index.remember(&older).await.unwrap();
    index.remember(&newer).await.unwrap();
    let ours = async || {
        let mut spaces = index.spaces().await.unwrap();
        spaces.retain(|entry| [older.space, newer.space].contains(&entry.space));
        spaces
    };
    assert_eq!(ours().await, vec![newer.clone(), older.clone()], "the one opened last first");

    let tab = open(&newer.space).await;
    tab.commit(one_entry(b"1")).await.unwrap();
    index.discard(&newer.space).await.unwrap();
    assert_eq!(ours().await, vec![older.clone()]);
    assert_eq!(tab.get(Table::Local, "key").await, Err(StorageError::Closed));
    index.discard(&older.space).await.unwrap();
}

#[wasm_bindgen_test]
async fn settings_come_and_go() {
    let index = Index::open().await.unwrap();
    index.set_setting("language", Some("de")).await.unwrap();
    assert_eq!(index.setting("language").await, Ok(Some("de".into())));
    index.set_setting("language", None).await.unwrap();
    assert_eq!(index.setting("language").await, Ok(None));
}

/// What lies in the index of a released app must stay readable.
#[wasm_bindgen_test]
fn an_entry_of_the_index_has_a_fixed_form() {
    let entry = SpaceEntry {
        space: SpaceId::from([7; 32]),
        firm: "Alder".into(),
        person: "Mira".into(),
        sample: true,
        opened: 1_763_700_000_000,
    };
    let hex: String =
        minicbor::to_vec(&entry).unwrap().iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hex, include_str!("../../tests/golden/space_entry.hex").trim());
}

#[wasm_bindgen_test]
async fn the_vault_gives_back_what_it_wrapped() {
    let index = Index::open().await.unwrap();
    let vault = BrowserVault::open(&index).await.unwrap();
    for secret in [&b""[..], b"secret", &[0; 4096]] {
        let wrapped = vault.wrap(secret).await.unwrap();
        assert_eq!(wrapped.len(), 1 + 12 + secret.len() + 16);
        assert_eq!(vault.unwrap(&wrapped).await, Ok(secret.to_vec()));
        assert_ne!(vault.wrap(secret).await, Ok(wrapped), "a fresh nonce each time");
    }
}

#[wasm_bindgen_test]
async fn two_tabs_share_one_vault() {
    let index = Index::open().await.unwrap();
    let (one, two) =
        futures_util::future::join(BrowserVault::open(&index), BrowserVault::open(&index)).await;
    let wrapped = one.unwrap().wrap(b"secret").await.unwrap();
    assert_eq!(two.unwrap().unwrap(&wrapped).await, Ok(b"secret".to_vec()));
}

#[wasm_bindgen_test]
async fn the_vault_refuses_what_is_not_its_own() {
    let index = Index::open().await.unwrap();
    let vault = BrowserVault::open(&index).await.unwrap();
    let wrapped = vault.wrap(b"secret").await.unwrap();
    for position in 0..wrapped.len() {
        let mut damaged = wrapped.clone();
        damaged[position] ^= 1;
        assert_eq!(vault.unwrap(&damaged).await, Err(VaultError::Foreign), "byte {position}");
    }
    for length in 0..wrapped.len() {
        assert_eq!(
            vault.unwrap(&wrapped[..length]).await,
            Err(VaultError::Foreign),
            "{length} bytes"
        );
    }
}
