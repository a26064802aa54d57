//! All that a store on a disk holds, table by table: what moves from one to another.
//!
//! The list is in an order in which the tables can be filled. Whoever adds a column or a table to the
//! stores adds it here; a test compares this with the schema.

/// Every table.
pub(super) const TABLES: &[Table] = &[
    Table {
        name: "spaces",
        columns: &[
            ("id", Kind::Int),
            ("space", Kind::Bytes),
            ("log", Kind::Bytes),
            ("head", Kind::Int),
            ("chain", Kind::Bytes),
            ("roster_head", Kind::Bytes),
            ("bytes", Kind::Int),
            ("object_bytes", Kind::Int),
        ],
    },
    Table { name: "rosters", columns: &[("space", Kind::Int), ("roster", Kind::Bytes)] },
    Table {
        name: "rows",
        columns: &[
            ("space", Kind::Int),
            ("seq", Kind::Int),
            ("received_at", Kind::Int),
            ("kind", Kind::Small),
            ("tag", Kind::Bytes),
            ("hash", Kind::Bytes),
            ("chain", Kind::Bytes),
            ("covered_by", Kind::Bytes),
            ("body", Kind::Bytes),
        ],
    },
    Table {
        name: "tails",
        columns: &[
            ("space", Kind::Int),
            ("tag", Kind::Bytes),
            ("last", Kind::Int),
            ("rows", Kind::Int),
            ("bytes", Kind::Int),
            ("snapshot", Kind::Int),
            ("covered", Kind::Int),
            ("after", Kind::Bytes),
            ("closed", Kind::Flag),
        ],
    },
    Table {
        name: "receipts",
        columns: &[("space", Kind::Int), ("generation", Kind::Bytes), ("device", Kind::Bytes)],
    },
    Table {
        name: "sessions",
        columns: &[
            ("space", Kind::Int),
            ("device", Kind::Bytes),
            ("session", Kind::Bytes),
            ("counter", Kind::Int),
            ("last_row", Kind::Int),
        ],
    },
    Table {
        name: "tokens",
        columns: &[
            ("id", Kind::Int),
            ("digest", Kind::Bytes),
            ("made_at", Kind::Int),
            ("used", Kind::Flag),
        ],
    },
    Table {
        name: "objects",
        columns: &[
            ("space", Kind::Int),
            ("address", Kind::Bytes),
            ("size", Kind::Int),
            ("held", Kind::Int),
            ("touched", Kind::Int),
        ],
    },
    Table {
        name: "pieces",
        columns: &[
            ("space", Kind::Int),
            ("address", Kind::Bytes),
            ("start", Kind::Int),
            ("bytes", Kind::Bytes),
        ],
    },
    Table {
        name: "drops",
        columns: &[
            ("space", Kind::Int),
            ("token", Kind::Bytes),
            ("expires", Kind::Int),
            ("received_at", Kind::Int),
            ("sealed", Kind::Bytes),
        ],
    },
];

/// A table.
pub(super) struct Table {
    pub(super) name: &'static str,
    pub(super) columns: &'static [(&'static str, Kind)],
}

/// What lies in a column. Any may be empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A number of 64 bits.
    Int,
    /// A number of 16 bits.
    Small,
    /// Yes or no.
    Flag,
    /// Bytes.
    Bytes,
}

/// What lies in one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    Empty,
    Int(i64),
    Bytes(Vec<u8>),
}

/// Some rows of one table, in order.
pub(super) struct Batch {
    pub(super) table: &'static Table,
    pub(super) rows: Vec<Vec<Cell>>,
}

impl Table {
    /// The names of its columns, with commas between them.
    pub(super) fn list(&self) -> String {
        self.columns.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
    }
}
