//! What a database must be to be trusted with a row.

use std::sync::Arc;

use cluster::Cluster;
use relay::store::{Access, DatabaseError, Log as _, Postgres, StoreError};

use super::{access, found, name, open, refusal, shared, standing, write};

#[tokio::test]
async fn a_server_that_forgets_what_it_acknowledged_is_refused() {
    let Some(cluster) = shared() else { return };
    for (value, careless) in [
        ("off", true),
        ("local", false),
        ("remote_write", false),
        ("on", false),
        ("remote_apply", false),
    ] {
        let url = cluster.database();
        let database = name(&url);
        cluster
            .sql(database, &format!("ALTER DATABASE {database} SET synchronous_commit = {value}"));
        if !careless {
            open(&url).await;
            continue;
        }
        let refused = refusal(&access(&url)).await;
        assert!(matches!(refused, DatabaseError::Careless { setting: "synchronous_commit", .. }));
        let said = refused.to_string();
        assert!(
            said.contains("SET synchronous_commit = on") && said.contains("Nothing was written")
        );
        let tables = "SELECT count(*) FROM pg_namespace WHERE nspname = 'rapport'";
        assert_eq!(cluster.sql(database, tables), "0");
    }

    // Turned off under a running relay: what it has open stays as it was, new connections are refused.
    let url = cluster.database();
    let store = open(&url).await;
    let space = found(&store).await;
    let off = format!("ALTER DATABASE {} SET synchronous_commit = off", name(&url));
    cluster.sql("postgres", &off);
    let cut = format!(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '{}'",
        name(&url)
    );
    assert_eq!(write(&store, space, 1, 10).await, Ok(2));
    cluster.sql("postgres", &cut);
    let refused = loop {
        // The pool may not have noticed yet that its connections are gone.
        match store.pull(space, 0, 0).await {
            Err(StoreError::Failed(said)) if said.contains("synchronous_commit") => break said,
            Err(StoreError::Failed(_)) => {}
            other => panic!("{other:?}"),
        }
    };
    assert!(refused.contains("synchronous_commit = off"), "{refused}");
}

#[tokio::test]
async fn without_fsync_or_on_a_standby_it_does_not_start() {
    let Some(mut cluster) = Cluster::start_with("fsync = off") else { return };
    let url = cluster.database();
    let refused = refusal(&access(&url)).await;
    assert!(matches!(refused, DatabaseError::Careless { setting: "fsync", .. }), "{refused}");
    cluster.configure("fsync = on\ndefault_transaction_read_only = on");
    cluster.kill();
    cluster.start_again();
    let refused = refusal(&access(&url)).await;
    assert!(matches!(refused, DatabaseError::ReadOnly), "{refused}");
}

#[tokio::test]
async fn the_way_to_the_database_can_be_tls_and_is_verified() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tls/");
    let read = |name: &str| std::fs::read(format!("{folder}{name}")).unwrap();
    let Some(mut cluster) = Cluster::start() else { return };
    let (certificate, key) = (
        cluster.put("server.pem", &read("localhost.pem")),
        cluster.put("server.key", &read("localhost.key")),
    );
    cluster.configure(&format!(
        "listen_addresses = 'localhost'\nssl = on\nssl_cert_file = '{}'\nssl_key_file = '{}'",
        certificate.display(),
        key.display()
    ));
    cluster.kill();
    cluster.start_again();
    cluster.sql("postgres", "CREATE DATABASE handbook");
    let url = cluster.tcp_url("handbook");

    let stranger = refusal(&access(&url)).await;
    let said = stranger.to_string();
    assert!(
        matches!(stranger, DatabaseError::Unreachable(_)) && said.contains("--database-ca"),
        "{said}"
    );

    let required = format!("{url}?sslmode=require");
    let authority = Some(format!("{folder}localhost.pem").into());
    let trusting = Access { authority, ..access(&required) };
    let store = Postgres::open(&trusting, Arc::new(|| 1_000)).await.unwrap();
    let space = found(&store).await;
    assert_eq!(write(&store, space, 1, 10).await, Ok(2));
    let plain = "SELECT count(*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
                 WHERE application_name = 'rapport' AND NOT ssl";
    assert_eq!(cluster.sql("handbook", plain), "0");
    let without = access(&format!("{url}?sslmode=disable"));
    assert_eq!(
        standing(&Postgres::open(&without, Arc::new(|| 0)).await.unwrap(), space).await.head,
        2
    );
}

#[tokio::test]
async fn the_database_of_something_else_is_left_alone() {
    let Some(cluster) = shared() else { return };
    for (sql, expected) in [
        (
            "CREATE SCHEMA rapport; CREATE TABLE rapport.recipes (name text)",
            "belongs to another program",
        ),
        (
            "CREATE SCHEMA rapport; CREATE TABLE rapport.relay (name text)",
            "belongs to another program",
        ),
        (
            "CREATE SCHEMA rapport; CREATE TABLE rapport.relay (version bigint);
          INSERT INTO rapport.relay VALUES (99)",
            "version 99, which is newer",
        ),
    ] {
        let url = cluster.database();
        cluster.sql(name(&url), sql);
        let said = refusal(&access(&url)).await.to_string();
        assert!(said.contains(expected), "{said}");
    }
    let nobody = refusal(&access(&cluster.url("nowhere"))).await.to_string();
    assert!(nobody.contains("database \"nowhere\" does not exist"), "{nobody}");
    let absent = Postgres::open_existing(&access(&cluster.database()), Arc::new(|| 0)).await;
    assert!(matches!(absent.err(), Some(DatabaseError::Absent)));
}

#[tokio::test]
async fn one_who_may_do_little_can_be_given_what_is_needed() {
    let Some(cluster) = shared() else { return };
    let url = cluster.database();
    let database = name(&url);
    cluster.sql("postgres", "CREATE ROLE small LOGIN");
    let small = access(&url.replace("postgres@", "small@"));
    let denied = refusal(&small).await.to_string();
    assert!(denied.contains("permission denied"), "{denied}");
    // No right to make schemas: an empty one of its own is enough.
    cluster.sql(database, "CREATE SCHEMA rapport AUTHORIZATION small");
    let store = Postgres::open(&small, Arc::new(|| 0)).await.unwrap();
    let space = found(&store).await;
    assert_eq!(write(&store, space, 1, 10).await, Ok(2));
}
