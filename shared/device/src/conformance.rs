//! One suite that every [`Storage`] must pass: the one in memory natively, IndexedDB in a browser.
//!
//! It panics on the first breach and says which promise was broken.

use crate::storage::{Batch, Storage, StorageError, Table};

/// Runs the whole suite. `open` is called with a name: the same name opens the same stored bytes
/// once more (as another tab would), a new name must be empty.
pub async fn run<S: Storage>(open: impl AsyncFn(&str) -> S) {
    reads_back(&open("reads").await).await;
    keeps_tables_apart(&open("tables").await).await;
    scans_by_prefix(&open("scans").await).await;
    compares_before_it_writes(&open("compares").await).await;
    does_all_or_nothing(&open("nothing").await).await;
    keeps_any_bytes(&open("bytes").await).await;
    lasts(&open("lasts").await, &open).await;
    lets_one_of_two_tabs_win(&open("tabs").await, &open("tabs").await).await;
    takes_a_large_batch(&open("large").await).await;
}

async fn reads_back<S: Storage>(storage: &S) {
    assert_eq!(storage.get(Table::Local, "a").await, Ok(None), "an absent key reads as None");
    assert_eq!(put(storage, Table::Local, "a", b"1").await, Ok(()));
    assert_eq!(storage.get(Table::Local, "a").await, Ok(Some(b"1".to_vec())));
    assert_eq!(put(storage, Table::Local, "a", b"2").await, Ok(()));
    assert_eq!(
        storage.get(Table::Local, "a").await,
        Ok(Some(b"2".to_vec())),
        "a second put replaces the first"
    );
    let mut batch = Batch::new();
    batch.delete(Table::Local, "a");
    batch.delete(Table::Local, "never there");
    assert_eq!(storage.commit(batch).await, Ok(()), "deleting an absent key is no error");
    assert_eq!(storage.get(Table::Local, "a").await, Ok(None));
    assert_eq!(storage.commit(Batch::new()).await, Ok(()), "an empty batch succeeds");
}

async fn keeps_tables_apart<S: Storage>(storage: &S) {
    let mut batch = Batch::new();
    for table in Table::ALL {
        batch.put(table, "same key", table.name().as_bytes().to_vec());
    }
    assert_eq!(storage.commit(batch).await, Ok(()));
    for table in Table::ALL {
        let expected = vec![("same key".to_owned(), table.name().as_bytes().to_vec())];
        assert_eq!(storage.scan(table, "").await, Ok(expected));
    }
}

async fn scans_by_prefix<S: Storage>(storage: &S) {
    let keys = ["a", "ab/1", "ab/10", "ab/2", "ab0", "abé", "b", "ab/\u{10ffff}x"];
    let mut batch = Batch::new();
    for key in keys {
        batch.put(Table::Bytes, key, key.as_bytes().to_vec());
    }
    assert_eq!(storage.commit(batch).await, Ok(()));
    for (prefix, expected) in [
        ("ab/", vec!["ab/1", "ab/10", "ab/2", "ab/\u{10ffff}x"]),
        ("ab", vec!["ab/1", "ab/10", "ab/2", "ab/\u{10ffff}x", "ab0", "abé"]),
        ("b", vec!["b"]),
        ("c", vec![]),
        ("", vec!["a", "ab/1", "ab/10", "ab/2", "ab/\u{10ffff}x", "ab0", "abé", "b"]),
    ] {
        let expected: Vec<_> =
            expected.into_iter().map(|key| (key.to_owned(), key.as_bytes().to_vec())).collect();
        assert_eq!(storage.scan(Table::Bytes, prefix).await, Ok(expected), "prefix {prefix:?}");
    }
}

async fn compares_before_it_writes<S: Storage>(storage: &S) {
    let attempt = async |expected: Option<&[u8]>, value: &[u8]| {
        let mut batch = Batch::new();
        batch.expect(Table::Documents, "d", expected.map(<[u8]>::to_vec));
        batch.put(Table::Documents, "d", value.to_vec());
        storage.commit(batch).await
    };
    assert_eq!(attempt(Some(b"1"), b"2").await, Err(StorageError::Conflict), "absent, not 1");
    assert_eq!(attempt(None, b"1").await, Ok(()), "absent as expected");
    assert_eq!(attempt(None, b"2").await, Err(StorageError::Conflict), "present by now");
    assert_eq!(attempt(Some(b""), b"2").await, Err(StorageError::Conflict), "not empty");
    assert_eq!(attempt(Some(b"1 "), b"2").await, Err(StorageError::Conflict), "a longer value");
    assert_eq!(attempt(Some(b"1"), b"2").await, Ok(()), "equal as expected");
    assert_eq!(storage.get(Table::Documents, "d").await, Ok(Some(b"2".to_vec())));
}

async fn does_all_or_nothing<S: Storage>(storage: &S) {
    assert_eq!(put(storage, Table::Space, "state", b"1").await, Ok(()));
    let mut batch = Batch::new();
    batch.expect(Table::Space, "state", Some(b"1".to_vec()));
    batch.expect(Table::Space, "other", Some(b"x".to_vec()));
    batch.put(Table::Hot, "h", b"new".to_vec());
    batch.delete(Table::Space, "state");
    assert_eq!(
        storage.commit(batch).await,
        Err(StorageError::Conflict),
        "the last of several expectations counts as well"
    );
    assert_eq!(storage.get(Table::Hot, "h").await, Ok(None), "no put of a failed batch is kept");
    assert_eq!(
        storage.get(Table::Space, "state").await,
        Ok(Some(b"1".to_vec())),
        "no delete of a failed batch is kept"
    );
}

async fn keeps_any_bytes<S: Storage>(storage: &S) {
    let all: Vec<u8> = (0..=u8::MAX).collect();
    for value in [Vec::new(), vec![0], all] {
        assert_eq!(put(storage, Table::Keys, "k", &value).await, Ok(()));
        assert_eq!(storage.get(Table::Keys, "k").await, Ok(Some(value)));
    }
}

async fn lasts<S: Storage>(storage: &S, open: &impl AsyncFn(&str) -> S) {
    assert_eq!(put(storage, Table::Bytes, "kept", b"yes").await, Ok(()));
    let again = open("lasts").await;
    assert_eq!(again.get(Table::Bytes, "kept").await, Ok(Some(b"yes".to_vec())));
}

async fn lets_one_of_two_tabs_win<S: Storage>(one: &S, two: &S) {
    let claim = |value: &[u8]| {
        let mut batch = Batch::new();
        batch.expect(Table::Keys, "device", None);
        batch.put(Table::Keys, "device", value.to_vec());
        batch
    };
    assert_eq!(one.commit(claim(b"one")).await, Ok(()));
    assert_eq!(two.commit(claim(b"two")).await, Err(StorageError::Conflict), "the second loses");
    assert_eq!(
        two.get(Table::Keys, "device").await,
        Ok(Some(b"one".to_vec())),
        "and reads what the winner wrote"
    );
}

async fn takes_a_large_batch<S: Storage>(storage: &S) {
    const ENTRIES: usize = 1_000;
    const VALUE_BYTES: usize = 4 * 1024;
    let mut batch = Batch::new();
    for number in 0..ENTRIES {
        batch.put(Table::Bytes, format!("large/{number:05}"), vec![7; VALUE_BYTES]);
    }
    assert_eq!(storage.commit(batch).await, Ok(()));
    let found = storage.scan(Table::Bytes, "large/").await.map(|entries| entries.len());
    assert_eq!(found, Ok(ENTRIES));
}

async fn put<S: Storage>(
    storage: &S,
    table: Table,
    key: &str,
    value: &[u8],
) -> Result<(), StorageError> {
    let mut batch = Batch::new();
    batch.put(table, key, value.to_vec());
    storage.commit(batch).await
}
