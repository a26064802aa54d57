//! Records in documents: what is written comes back, what is written apart meets as declared, and
//! what is stored has the layout that other versions rely on.

mod again;
mod at;
mod begun;
mod golden;
mod history;
mod merge;
mod newer;
mod order;
mod roundtrip;
mod team;
mod tenth;
mod whole;
