//! What happens at the sample firm, as plain tables (and long for that reason alone). Days are counted back from today (`+` lies ahead), so that the sample is
//! as fresh in a year as it is now.

/// The firm that the sample shows.
pub(super) const FIRM: &str = "Alder & Tarn";

/// Our people: name, function, weekly hours. The first one is "you".
pub(super) const TEAM: &[(&str, &str, i64)] = &[
    ("Ines Marchetti", "engagement", 38),
    ("Tomas Reuter", "delivery", 38),
    ("Jonas Eklund", "delivery", 38),
    ("Priya Raman", "engagement", 30),
    ("Sam Okafor", "sales", 38),
    ("Ruth Amsel", "marketing", 24),
    ("Aoife Brennan", "finance", 32),
];

/// A client of the sample.
pub(super) struct SampleClient {
    pub(super) name: &'static str,
    pub(super) sector: &'static str,
    pub(super) status: &'static str,
    /// Days since the first contract.
    pub(super) since: i64,
    pub(super) website: &'static str,
    pub(super) phone: &'static str,
    pub(super) profile: &'static str,
    /// Index into [`TEAM`].
    pub(super) account_manager: usize,
    /// Index into [`TEAM`], if somebody is.
    pub(super) sponsor: Option<usize>,
    pub(super) people: &'static [Person],
    pub(super) engagement: (&'static str, &'static str, i64, i64),
    /// How often each function speaks with them: index into [`TALK`], days between, days since the last.
    pub(super) rhythm: &'static [(usize, i64, i64)],
    pub(super) promises: &'static [SamplePromise],
    pub(super) complaints: &'static [SampleComplaint],
}

/// Somebody at a client.
pub(super) struct Person {
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) influence: i64,
    pub(super) interest: i64,
    /// Current and desired stance.
    pub(super) stance: (&'static str, &'static str),
}

/// Something we promised.
pub(super) struct SamplePromise {
    pub(super) text: &'static str,
    /// Index into the client's people.
    pub(super) to: usize,
    /// Index into [`TEAM`].
    pub(super) by: usize,
    pub(super) due: i64,
    pub(super) state: &'static str,
}

/// Something that went wrong.
pub(super) struct SampleComplaint {
    pub(super) subject: &'static str,
    pub(super) description: &'static str,
    pub(super) remedy: &'static str,
    /// Index into the client's people.
    pub(super) from: usize,
    /// Index into [`TEAM`].
    pub(super) owner: usize,
    pub(super) received: i64,
    pub(super) channel: &'static str,
    pub(super) severity: &'static str,
    pub(super) actions: &'static [(&'static str, usize, i64, bool)],
}

/// What we remark to each other on complaints: the complaint's subject, whom it is for (index into [`TEAM`]) and the words.
pub(super) const REMARKS: &[(&str, usize, &str)] = &[
    (
        "Drawings issued at two revisions",
        1,
        "@Tomas Reuter the site office found one more set of revision B in the welfare cabin.",
    ),
    (
        "Drawings issued at two revisions",
        6,
        "@Aoife Brennan please hold the invoice until the plinth is agreed.",
    ),
    (
        "Survey crew came unannounced",
        4,
        "@Sam Okafor they would like the call to go to the gate, not to the office.",
    ),
];

/// What a function talks about: function, channel, direction and the sentences that take turns. `{0}` and `{1}` stand for
/// two of the client's people.
pub(super) struct Talk {
    pub(super) function: &'static str,
    pub(super) channels: &'static [&'static str],
    /// Index into [`TEAM`].
    pub(super) by: usize,
    pub(super) said: &'static [(&'static str, &'static str)],
}

/// Everything that gets said.
pub(super) const TALK: &[Talk] = &[
    Talk {
        function: "sales",
        channels: &["visit", "call", "meeting"],
        by: 4,
        said: &[
            (
                "Survey method shown",
                "Showed {0} the leak survey method. Wants to see it on one street before deciding.",
            ),
            (
                "Budget round",
                "{0} expects the budget to be settled next month; nothing can be signed before.",
            ),
            ("Second site", "{1} mentioned a second site that nobody has been asked about yet."),
        ],
    },
    Talk {
        function: "marketing",
        channels: &["event", "email"],
        by: 5,
        said: &[
            (
                "Reference asked",
                "{0} would be named as a reference once the first stage is accepted.",
            ),
            ("Open day", "{1} came to the open day and brought a colleague from works."),
        ],
    },
    Talk {
        function: "engagement",
        channels: &["meeting", "call", "visit", "video"],
        by: 0,
        said: &[
            (
                "Progress meeting",
                "Went through the plan with {0}. Two dates move by a week, nobody minds.",
            ),
            (
                "One person for drawings",
                "{0} wants one person to answer for drawings, whoever draws them.",
            ),
            (
                "Scope of the next stage",
                "{1} asked what happens after hand-over; they would rather not look for somebody new.",
            ),
            ("Decision waits", "{0} cannot decide on the access road before the council has met."),
        ],
    },
    Talk {
        function: "delivery",
        channels: &["call", "visit", "email", "meeting"],
        by: 1,
        said: &[
            (
                "Sheets on site",
                "Told {1} which sheets the contractor holds and which he should not.",
            ),
            (
                "Walk through the hall",
                "Walked the hall with {0}. Levels before the pour are what counts.",
            ),
            (
                "Test results",
                "Sent {1} the results of the pressure test; two joints to be done again.",
            ),
            (
                "Crew arrives early",
                "{1} lets the crew in from seven; the gate key is with the porter.",
            ),
            ("Night shift", "{0} asks who stands in for the night shift in winter."),
        ],
    },
    Talk {
        function: "finance",
        channels: &["call", "email"],
        by: 6,
        said: &[
            (
                "Invoices come late",
                "{1} says that our invoices come late and without the order number.",
            ),
            ("Payment run", "Payment run is on the 15th; what comes after waits a month."),
        ],
    },
];

/// The clients.
pub(super) const CLIENTS: &[SampleClient] = &[
    SampleClient {
        name: "Merrow Water Board",
        sector: "Water supply",
        status: "active",
        since: 2_800,
        website: "https://merrow-water.example",
        phone: "+44 20 5550 0140",
        profile: "Supplies two valleys. Renews its eastern pumping stations until 2029 and wants fewer, longer contracts.",
        account_manager: 0,
        sponsor: Some(3),
        people: &[
            Person {
                name: "Katharina Voss",
                title: "Head of works",
                influence: 5,
                interest: 4,
                stance: ("supportive", "leading"),
            },
            Person {
                name: "Daniel Ferreira",
                title: "Site engineer",
                influence: 3,
                interest: 5,
                stance: ("neutral", "supportive"),
            },
            Person {
                name: "Petra Lindh",
                title: "Network planning",
                influence: 3,
                interest: 3,
                stance: ("supportive", "supportive"),
            },
        ],
        engagement: (
            "Pump station east",
            "Renewal of the pump hall while it stays in service.",
            410,
            -220,
        ),
        rhythm: &[(0, 61, 8), (1, 95, 22), (2, 6, 3), (3, 4, 1), (4, 48, 97)],
        promises: &[
            SamplePromise {
                text: "Send the reconciled drawing list",
                to: 1,
                by: 0,
                due: 0,
                state: "made",
            },
            SamplePromise {
                text: "As-built levels before the pour",
                to: 1,
                by: 1,
                due: -8,
                state: "made",
            },
            SamplePromise {
                text: "Name a stand-in for the night shift",
                to: 0,
                by: 2,
                due: -15,
                state: "made",
            },
            SamplePromise {
                text: "Photographs of the old anchor bolts",
                to: 1,
                by: 1,
                due: 20,
                state: "kept",
            },
            SamplePromise {
                text: "Costs of the second crane",
                to: 0,
                by: 0,
                due: 34,
                state: "kept",
            },
        ],
        complaints: &[SampleComplaint {
            subject: "Drawings issued at two revisions",
            description: "In one week the site received revision B and revision C of the plinth drawings under two transmittals, \
                          and the contractor poured to the wrong one.",
            remedy: "Re-issue the set under one transmittal and bear the cost of breaking out the plinth.",
            from: 1,
            owner: 1,
            received: 15,
            channel: "call",
            severity: "major",
            actions: &[
                ("Withdraw revision B at the site office", 2, 6, true),
                ("One transmittal register for the site", 1, -5, false),
                ("Agree the cost of the plinth", 6, -8, false),
            ],
        }],
    },
    SampleClient {
        name: "Northmere Rail",
        sector: "Transport",
        status: "active",
        since: 1_460,
        website: "https://northmere.example",
        phone: "+44 20 5550 0188",
        profile: "Runs the coast line. Every possession is planned a year ahead; a late paper costs a season.",
        account_manager: 0,
        sponsor: Some(4),
        people: &[
            Person {
                name: "Joanna Pryce",
                title: "Asset director",
                influence: 5,
                interest: 3,
                stance: ("supportive", "supportive"),
            },
            Person {
                name: "Iwan Rees",
                title: "Possession planner",
                influence: 3,
                interest: 5,
                stance: ("neutral", "supportive"),
            },
        ],
        engagement: (
            "Embankment monitoring",
            "Instruments along nine kilometres, monthly report.",
            800,
            -400,
        ),
        rhythm: &[(0, 70, 31), (2, 14, 6), (3, 7, 4), (4, 60, 40)],
        promises: &[SamplePromise {
            text: "Night readings for October",
            to: 1,
            by: 2,
            due: 6,
            state: "made",
        }],
        complaints: &[SampleComplaint {
            subject: "Night noise readings missing",
            description: "The October report has no night readings although the contract asks for them.",
            remedy: "Send the missing readings and say what was done so that it does not happen again.",
            from: 1,
            owner: 2,
            received: 2,
            channel: "email",
            severity: "minor",
            actions: &[],
        }],
    },
    SampleClient {
        name: "Tessel Foods",
        sector: "Food",
        status: "active",
        since: 700,
        website: "https://tessel.example",
        phone: "+44 20 5550 0112",
        profile: "Family firm with three plants. Decides fast, forgets nothing.",
        account_manager: 4,
        sponsor: None,
        people: &[
            Person {
                name: "Marek Dolan",
                title: "Plant manager",
                influence: 4,
                interest: 4,
                stance: ("resistant", "supportive"),
            },
            Person {
                name: "Lise Tessel",
                title: "Owner",
                influence: 5,
                interest: 2,
                stance: ("neutral", "supportive"),
            },
        ],
        engagement: ("Boiler house", "Survey and renewal of the boiler house.", 240, -90),
        rhythm: &[(0, 33, 12), (2, 21, 9), (3, 12, 7)],
        promises: &[SamplePromise { text: "Boiler survey", to: 0, by: 1, due: 6, state: "broken" }],
        complaints: &[SampleComplaint {
            subject: "Survey crew came unannounced",
            description: "The crew stood at the gate at six without notice; the line had to be stopped to let them in.",
            remedy: "A call the day before, every time.",
            from: 0,
            owner: 4,
            received: 9,
            channel: "call",
            severity: "major",
            actions: &[("Put the notice into the crew's order sheet", 2, 3, true)],
        }],
    },
    SampleClient {
        name: "Saltmere Port Authority",
        sector: "Ports",
        status: "active",
        since: 1_900,
        website: "https://saltmere.example",
        phone: "+44 20 5550 0171",
        profile: "Deepens the west basin. The board changes in spring.",
        account_manager: 3,
        sponsor: Some(0),
        people: &[
            Person {
                name: "Helen Osei",
                title: "Chief engineer",
                influence: 5,
                interest: 5,
                stance: ("leading", "leading"),
            },
            Person {
                name: "Bram de Wit",
                title: "Procurement",
                influence: 4,
                interest: 2,
                stance: ("unaware", "neutral"),
            },
        ],
        engagement: ("West basin", "Quay wall design and supervision.", 560, -600),
        rhythm: &[(0, 55, 26), (3, 9, 2)],
        promises: &[],
        complaints: &[],
    },
    SampleClient {
        name: "Corran Vale Hospitals",
        sector: "Health",
        status: "active",
        since: 1_100,
        website: "https://corranvale.example",
        phone: "+44 20 5550 0133",
        profile: "Four houses, one estates department. Nothing may interrupt the wards.",
        account_manager: 1,
        sponsor: Some(3),
        people: &[
            Person {
                name: "Dr. Mina Halloran",
                title: "Estates director",
                influence: 5,
                interest: 4,
                stance: ("supportive", "leading"),
            },
            Person {
                name: "Owen Firth",
                title: "Accounts payable",
                influence: 2,
                interest: 3,
                stance: ("neutral", "neutral"),
            },
        ],
        engagement: ("Ward ventilation", "Replacement in five stages, wards in use.", 330, -300),
        rhythm: &[(2, 25, 16), (3, 8, 5), (4, 45, 20)],
        promises: &[SamplePromise {
            text: "Stage three access plan",
            to: 0,
            by: 1,
            due: -3,
            state: "made",
        }],
        complaints: &[SampleComplaint {
            subject: "Invoice without order number",
            description: "Three invoices in a row came without the order number and went back.",
            remedy: "",
            from: 1,
            owner: 6,
            received: 3,
            channel: "email",
            severity: "minor",
            actions: &[],
        }],
    },
    SampleClient {
        name: "Aho Timber Works",
        sector: "Manufacturing",
        status: "active",
        since: 900,
        website: "https://aho.example",
        phone: "+358 9 5550 120",
        profile: "Sawmill and panels. Exports most of it; asks for everything in metres and on time.",
        account_manager: 0,
        sponsor: Some(2),
        people: &[
            Person {
                name: "Eero Aho",
                title: "Managing director",
                influence: 5,
                interest: 3,
                stance: ("neutral", "supportive"),
            },
            Person {
                name: "Sanna Koski",
                title: "Fire safety",
                influence: 3,
                interest: 5,
                stance: ("neutral", "supportive"),
            },
        ],
        engagement: ("Dust extraction", "Fire safety of the panel line.", 300, -60),
        rhythm: &[(2, 18, 51), (3, 15, 47)],
        promises: &[],
        complaints: &[SampleComplaint {
            subject: "Fire comments took six weeks",
            description: "The authority's comments lay with us for six weeks before anybody answered.",
            remedy: "An answer within ten days and a name to call.",
            from: 1,
            owner: 1,
            received: 25,
            channel: "letter",
            severity: "major",
            actions: &[("Answer every comment in one table", 1, -2, false)],
        }],
    },
    SampleClient {
        name: "Pellworth District Council",
        sector: "Public",
        status: "pre_contract",
        since: 40,
        website: "https://pellworth.example",
        phone: "+44 20 5550 0195",
        profile: "Plans flood gates along the mill stream; three firms are asked.",
        account_manager: 4,
        sponsor: None,
        people: &[Person {
            name: "Agnes Thorne",
            title: "Flood officer",
            influence: 4,
            interest: 5,
            stance: ("supportive", "supportive"),
        }],
        engagement: ("Flood gates", "Feasibility of four gates.", 30, -120),
        rhythm: &[(0, 9, 5), (1, 60, 33)],
        promises: &[SamplePromise {
            text: "Two references for flood gates",
            to: 0,
            by: 4,
            due: -5,
            state: "made",
        }],
        complaints: &[],
    },
    SampleClient {
        name: "Hallgarth Mills",
        sector: "Textiles",
        status: "dormant",
        since: 2_300,
        website: "https://hallgarth.example",
        phone: "+44 20 5550 0106",
        profile: "The roof is done and the mill is full. A friendly call each quarter.",
        account_manager: 3,
        sponsor: Some(4),
        people: &[Person {
            name: "Colm Hallgarth",
            title: "Owner",
            influence: 5,
            interest: 2,
            stance: ("supportive", "supportive"),
        }],
        engagement: ("Shed roof", "North light roof over the weaving shed.", 1_500, 600),
        rhythm: &[(2, 90, 64)],
        promises: &[],
        complaints: &[],
    },
];
