//! The relay tested through its doors. One binary, because each would hold the whole relay once more.

mod acme;
mod backup;
mod config;
mod golden;
mod http;
mod limits;
mod log;
mod postgres;
mod server;
mod session;
mod sqlite;
mod stores;
mod tls;
