//! Where in the life of a storage something went wrong.

use device::{Batch, Table};

/// A storage call, named so that it can be counted.
pub(super) enum Point {
    Get(Table),
    Scan(Table),
    /// What a commit writes to.
    Commit(Vec<Table>),
}

impl Point {
    pub(super) fn commit(batch: &Batch) -> Self {
        let mut tables: Vec<Table> = batch.put.iter().map(|(table, ..)| *table).collect();
        tables.extend(batch.delete.iter().map(|(table, _)| *table));
        tables.sort_unstable();
        tables.dedup();
        Self::Commit(tables)
    }

    /// Whether rows of the log are being stored, under their mark.
    pub(super) fn applies_rows(&self) -> bool {
        match self {
            Self::Commit(tables) => {
                [Table::Space, Table::Local, Table::Bytes].iter().all(|it| tables.contains(it))
            }
            Self::Get(_) | Self::Scan(_) => false,
        }
    }

    pub(super) fn name(&self) -> String {
        match self {
            Self::Get(table) => format!("get {}", table.name()),
            Self::Scan(table) => format!("scan {}", table.name()),
            Self::Commit(tables) => {
                let names: Vec<&str> = tables.iter().map(|table| table.name()).collect();
                format!("commit {}", names.join("+"))
            }
        }
    }
}
