//! The tables behind [`super`]; days are counted back from today.

use crate::sample::story::Person;

/// The catalogue: name, description, price basis.
pub(super) const SERVICES: &[(&str, &str, &str)] = &[
    ("Design and supervision", "Drawings, calculations and somebody on site.", "by the day"),
    ("Monitoring", "Instruments, readings and a report every month.", "by the month"),
    ("Survey", "A walk through, measured, with a list of what to do first.", "fixed"),
];

/// The library: title, kind, what it offers.
pub(super) const LIBRARY: &[(&str, &str, &str)] = &[
    (
        "Leaks found before they are seen",
        "case_study",
        "How one street was surveyed in two nights.",
    ),
    (
        "Building while the house is open",
        "technology_note",
        "Five ways to keep a ward or a hall in use.",
    ),
];

/// Tools: name, purpose, what they hold, days since somebody confirmed them.
pub(super) const TOOLS: &[(&str, &str, &[&str], Option<i64>)] = &[
    ("Rapport", "What we know of clients and promised them.", &["clients", "services"], Some(40)),
    ("Project ledger", "Hours, invoices, ends of projects.", &["projects"], None),
];

/// What there is about one client beyond its story.
pub(super) struct Care {
    pub(super) client: &'static str,
    /// Index into the team.
    pub(super) manager: usize,
    /// Roles of the client's people, in their order.
    pub(super) roles: &'static [&'static str],
    /// Indexes into [`SERVICES`].
    pub(super) services: &'static [usize],
    pub(super) deliverables: &'static [(&'static str, i64, Option<i64>)],
    /// Name, service, metric, comparison, value, unit, and what was measured month by month, the last one first.
    pub(super) agreement: Option<Agreement>,
    pub(super) demands: &'static [SampleDemand],
    pub(super) meetings: &'static [Meeting],
    /// Index into [`LIBRARY`], days ago, to whom, by whom.
    pub(super) shown: &'static [(usize, i64, usize, usize)],
    /// Somebody only one of us knows: who, which of us, days since they spoke, about what.
    pub(super) alone: Option<(Person, usize, i64, &'static str)>,
    /// Somebody who has left: who, and how many days ago.
    pub(super) left: Option<(Person, i64)>,
    /// One of its people whom we know from another client, by the name of both.
    pub(super) known_from: Option<(&'static str, &'static str)>,
}

pub(super) struct Meeting {
    pub(super) subject: &'static str,
    pub(super) kind: &'static str,
    /// Days from today.
    pub(super) ahead: i64,
    /// Indexes into the client's people, the one whom only one of us knows last.
    pub(super) theirs: &'static [usize],
    /// Indexes into the team.
    pub(super) ours: &'static [usize],
}

pub(super) struct Agreement {
    pub(super) name: &'static str,
    pub(super) service: usize,
    pub(super) metric: &'static str,
    pub(super) operator: &'static str,
    pub(super) value: &'static str,
    pub(super) unit: &'static str,
    pub(super) results: &'static [(&'static str, bool)],
}

pub(super) struct SampleDemand {
    pub(super) text: &'static str,
    pub(super) kind: &'static str,
    /// Index into the client's people.
    pub(super) by: usize,
    pub(super) ago: i64,
    pub(super) status: &'static str,
    pub(super) answer: &'static str,
}

pub(super) const NONE: Care = Care {
    client: "",
    manager: 0,
    roles: &[],
    services: &[],
    deliverables: &[],
    agreement: None,
    demands: &[],
    meetings: &[],
    shown: &[],
    alone: None,
    left: None,
    known_from: None,
};

pub(super) const CARE: &[Care] = &[
    Care {
        client: "Merrow Water Board",
        manager: 0,
        roles: &["decision_maker", "project_lead", "user"],
        services: &[0, 2],
        deliverables: &[
            ("Pump hall, first stage handed over", 120, Some(118)),
            ("Plinths cast", 12, None),
            ("Second stage handed over", -90, None),
        ],
        agreement: Some(Agreement {
            name: "Site questions",
            service: 0,
            metric: "Answer to a question from site",
            operator: "at_most",
            value: "2",
            unit: "working days",
            results: &[("1.6", true), ("1.4", true), ("2.5", false), ("1.9", true)],
        }),
        demands: &[
            SampleDemand {
                text: "One person answers for all drawings, whoever draws them.",
                kind: "requirement",
                by: 0,
                ago: 48,
                status: "accepted",
                answer: "Tomas Reuter answers for all of them from this month on.",
            },
            SampleDemand {
                text: "Photographs of what will be covered, before it is covered.",
                kind: "wish",
                by: 1,
                ago: 9,
                status: "new",
                answer: "",
            },
        ],
        meetings: &[Meeting {
            subject: "Progress meeting",
            kind: "formal_meeting",
            ahead: 6,
            theirs: &[0, 1],
            ours: &[0, 1],
        }],
        shown: &[(0, 22, 0, 5)],
        alone: None,
        left: Some((
            Person {
                name: "Bram de Wit",
                title: "Procurement",
                influence: 3,
                interest: 2,
                stance: ("neutral", "neutral"),
            },
            410,
        )),
        known_from: None,
    },
    Care {
        client: "Northmere Rail",
        manager: 2,
        roles: &["decision_maker", "project_lead"],
        services: &[1],
        deliverables: &[("Instruments read remotely", 200, Some(205))],
        agreement: Some(Agreement {
            name: "Monthly report",
            service: 1,
            metric: "Readings delivered",
            operator: "at_least",
            value: "98",
            unit: "%",
            results: &[("91", false), ("96", false), ("99", true), ("99", true)],
        }),
        demands: &[SampleDemand {
            text: "Night readings in every report.",
            kind: "demand",
            by: 1,
            ago: 3,
            status: "new",
            answer: "",
        }],
        meetings: &[Meeting {
            subject: "Service review",
            kind: "review",
            ahead: 17,
            theirs: &[0],
            ours: &[0, 2],
        }],
        ..NONE
    },
    Care {
        client: "Saltmere Port Authority",
        manager: 1,
        roles: &["decision_maker"],
        services: &[0],
        deliverables: &[("Quay wall, design accepted", 60, Some(58))],
        meetings: &[Meeting {
            subject: "Introduction at the harbour office",
            kind: "formal_meeting",
            ahead: 9,
            theirs: &[2],
            ours: &[1, 3],
        }],
        alone: Some((
            Person {
                name: "Noor Haddad",
                title: "Harbour office",
                influence: 3,
                interest: 4,
                stance: ("neutral", "supportive"),
            },
            1,
            17,
            "Ships must be able to turn in the basin while the wall is built.",
        )),
        known_from: Some(("Bram de Wit", "Merrow Water Board")),
        ..NONE
    },
    Care {
        client: "Tessel Foods",
        manager: 0,
        roles: &["user", "decision_maker"],
        services: &[2, 0],
        ..NONE
    },
    Care {
        client: "Corran Vale Hospitals",
        manager: 1,
        roles: &["decision_maker", "accounts_payable"],
        services: &[0],
        shown: &[(1, 70, 0, 0)],
        ..NONE
    },
    Care {
        client: "Aho Timber Works",
        manager: 0,
        roles: &["decision_maker", "approver"],
        services: &[0],
        ..NONE
    },
];
