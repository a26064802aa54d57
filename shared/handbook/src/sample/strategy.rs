//! Where the sample firm's relationships are going, as plain tables (and long for that reason alone): SWOT, risks,
//! opportunities, value, sponsor, rollout. Days are counted back from today, as in `story`.

/// What is written down about the strategy of one client.
pub(super) struct SampleStrategy {
    pub(super) client: &'static str,
    /// Willingness to invest, 1 to 5; 0 where nobody has judged it.
    pub(super) willingness: i64,
    /// How to go back, and when the next friendly word is due.
    pub(super) entry: (&'static str, i64),
    pub(super) swots: &'static [SampleSwot],
    pub(super) risks: &'static [SampleRisk],
    pub(super) opportunities: &'static [SampleOpportunity],
    pub(super) salvage: &'static [SampleSalvage],
    pub(super) services: &'static [SampleService],
    /// Index into [`LIBRARY`], days ago, to whom, by whom, what they said.
    pub(super) shown: &'static [(usize, i64, usize, usize, &'static str)],
    pub(super) benefits: &'static [SampleBenefit],
    /// Whether we did it for them, what, where, days ago.
    pub(super) promotions: &'static [(bool, &'static str, &'static str, i64)],
    pub(super) bonds: &'static [SampleBond],
    pub(super) dialogues: &'static [SampleDialogue],
    /// Roles besides those of the story: who, the role's key.
    pub(super) roles: &'static [(usize, &'static str)],
    pub(super) rollout: Option<SampleRollout>,
}

/// A version of a SWOT analysis; those of one lens stand in the order in which they were made.
pub(super) struct SampleSwot {
    pub(super) business: bool,
    pub(super) on: i64,
    pub(super) by: usize,
    pub(super) conclusion: &'static str,
    pub(super) items: &'static [SampleItem],
}

/// An entry of a SWOT analysis.
pub(super) struct SampleItem {
    /// The quadrant's key.
    pub(super) quadrant: &'static str,
    pub(super) text: &'static str,
    pub(super) weight: i64,
    pub(super) evidence: &'static str,
    /// Which item of the version before it continues.
    pub(super) follows: Option<usize>,
    /// What is done about it: what, who, due.
    pub(super) action: Option<(&'static str, usize, i64)>,
}

/// A risk.
pub(super) struct SampleRisk {
    pub(super) text: &'static str,
    pub(super) probability: i64,
    pub(super) impact: i64,
    /// The response's key; empty where none is chosen.
    pub(super) response: &'static str,
    pub(super) mitigation: &'static str,
    pub(super) contingency: &'static str,
    pub(super) trigger: &'static str,
    pub(super) owner: usize,
    pub(super) review: i64,
    /// How far it came, days ago for each step, from *assessed* on; the last may be *closed*.
    pub(super) steps: &'static [(&'static str, i64)],
    pub(super) action: Option<(&'static str, usize, i64)>,
}

/// An opportunity.
pub(super) struct SampleOpportunity {
    pub(super) title: &'static str,
    pub(super) description: &'static str,
    pub(super) owner: usize,
    pub(super) with: usize,
    /// In whole euros; 0 for none.
    pub(super) value: i64,
    pub(super) probability: i64,
    pub(super) closes: i64,
    pub(super) steps: &'static [(&'static str, i64)],
    /// Why it was lost, and whether that was in our hands.
    pub(super) loss: Option<(&'static str, bool)>,
    pub(super) competitor: &'static str,
}

/// What can still be gained.
pub(super) struct SampleSalvage {
    pub(super) name: &'static str,
    /// Index into the client's opportunities.
    pub(super) of: Option<usize>,
    pub(super) gains: &'static [&'static str],
    pub(super) how: &'static str,
    pub(super) owner: usize,
    pub(super) person: usize,
    pub(super) route: &'static str,
    pub(super) next: i64,
    pub(super) action: Option<(&'static str, usize, i64)>,
}

/// Something done before they asked.
pub(super) struct SampleService {
    pub(super) idea: &'static str,
    pub(super) benefit: &'static str,
    /// The key of what gave the idea; empty for none.
    pub(super) trigger: &'static str,
    pub(super) by: usize,
    pub(super) hours: u32,
    pub(super) done: Option<i64>,
    /// When and how the client was told.
    pub(super) told: Option<(i64, &'static str)>,
    pub(super) reaction: &'static str,
}

/// What a client gives us besides money.
pub(super) struct SampleBenefit {
    pub(super) title: &'static str,
    pub(super) kind: &'static str,
    pub(super) from: usize,
    pub(super) scope: &'static str,
    pub(super) channels: &'static [&'static str],
    pub(super) until: Option<i64>,
    pub(super) words: &'static str,
    pub(super) uses: &'static [(i64, &'static str)],
    pub(super) steps: &'static [(&'static str, i64)],
}

/// A bond.
pub(super) struct SampleBond {
    pub(super) text: &'static str,
    pub(super) kind: &'static str,
    pub(super) strength: i64,
    pub(super) evidence: &'static str,
    pub(super) erosion: &'static str,
    pub(super) expires: Option<i64>,
    pub(super) owner: usize,
    pub(super) action: Option<(&'static str, usize, i64)>,
}

/// A sponsor dialogue.
pub(super) struct SampleDialogue {
    pub(super) last: bool,
    pub(super) on: i64,
    pub(super) with: usize,
    pub(super) served: &'static str,
    pub(super) works: &'static str,
    pub(super) concerns: &'static str,
    pub(super) unmet: &'static str,
    pub(super) action: Option<(&'static str, usize, i64)>,
}

/// The rollout of our procedures at a client.
pub(super) struct SampleRollout {
    pub(super) owner: usize,
    pub(super) begins: Option<i64>,
    pub(super) evaluate: Option<i64>,
    pub(super) hours: u32,
    pub(super) fit: &'static str,
    pub(super) measured: &'static str,
    pub(super) evidence: &'static str,
    pub(super) decisions: &'static [(i64, &'static str, &'static str)],
    pub(super) steps: &'static [(&'static str, i64)],
}

/// The firm's library: title, kind, what it offers, lines of business, topics.
pub(super) const LIBRARY: &[(&str, &str, &str, &[&str], &str)] = &[
    (
        "A third less leakage in two years",
        "case_study",
        "How a supplier of the same size found its worst twelve kilometres first, and what that saved.",
        &["Water supply"],
        "Leakage",
    ),
    (
        "Listening for leaks: what sensors can and cannot do",
        "technology_note",
        "Four pages on acoustic loggers: where they work, what they cost, when a walk with a rod is better.",
        &["Water supply"],
        "Leakage",
    ),
    (
        "Pump energy of forty stations",
        "benchmark",
        "Kilowatt hours for each cubic metre, by age and lift, to lay one's own figures beside.",
        &["Water supply", "Food"],
        "Energy",
    ),
    (
        "Deepening a quay while ships berth",
        "case_study",
        "A port that never closed a berth for more than six hours, and how the works were planned around the tide.",
        &["Ports"],
        "Quay walls",
    ),
    (
        "Site day at the west basin",
        "invitation",
        "A morning on the quay with the people who build it.",
        &[],
        "Visits",
    ),
];

/// Time to spare: who, weeks from this one, hours, what for, which.
pub(super) const CAPACITY: &[(usize, i64, u32, &str, &str)] = &[
    (1, 0, 6, "proactive_service", "Valve drawings in one table"),
    (5, 0, 4, "positioning", "Talk for the water association"),
    (2, 1, 8, "", ""),
    (3, 1, 4, "positioning", "Paper on works at night"),
    (1, 2, 6, "", ""),
    (2, 3, 8, "deliverable", "Stand-in for the night shift"),
];

const NOTHING: SampleStrategy = SampleStrategy {
    client: "",
    willingness: 0,
    entry: ("", 0),
    swots: &[],
    risks: &[],
    opportunities: &[],
    salvage: &[],
    services: &[],
    shown: &[],
    benefits: &[],
    promotions: &[],
    bonds: &[],
    dialogues: &[],
    roles: &[],
    rollout: None,
};

const fn item(
    quadrant: &'static str,
    text: &'static str,
    weight: i64,
    evidence: &'static str,
    follows: Option<usize>,
) -> SampleItem {
    SampleItem { quadrant, text, weight, evidence, follows, action: None }
}

/// The clients whose strategy is written down.
pub(super) const STRATEGIES: &[SampleStrategy] = &[
    SampleStrategy {
        client: "Merrow Water Board",
        willingness: 4,
        entry: ("The works canteen on Thursdays; Katharina Voss introduces.", -60),
        swots: &[
            SampleSwot {
                business: false,
                on: 168,
                by: 0,
                conclusion: "Hold the eastern stations, be known in the west.",
                items: &[
                    item("strength", "They call us first for the eastern stations", 4, "", None),
                    item("weakness", "Ines leads nearly every talk", 3, "", None),
                    item("opportunity", "Western stations from 2028", 4, "", None),
                    item("threat", "Purchasing wants fewer suppliers", 3, "", None),
                ],
            },
            SampleSwot {
                business: false,
                on: 62,
                by: 0,
                conclusion: "The drawings must never again be the topic of a call. Then the west is ours to lose.",
                items: &[
                    item(
                        "strength",
                        "They call us first for the eastern stations",
                        5,
                        "Three calls out of hours since summer, none to anybody else",
                        Some(0),
                    ),
                    item("strength", "Our people know the hall by heart", 3, "", None),
                    SampleItem {
                        action: Some(("One transmittal register for all sites", 1, -9)),
                        ..item(
                            "weakness",
                            "Drawings reach the site at two revisions",
                            5,
                            "The complaint of this autumn",
                            None,
                        )
                    },
                    item(
                        "weakness",
                        "Finance is hardly ever heard of",
                        3,
                        "One call in three months",
                        None,
                    ),
                    item(
                        "opportunity",
                        "Western stations from 2028, in one contract",
                        4,
                        "Petra Lindh drew the map for us",
                        Some(2),
                    ),
                    item("threat", "Purchasing wants fewer suppliers", 3, "", Some(3)),
                ],
            },
            SampleSwot {
                business: true,
                on: 124,
                by: 4,
                conclusion: "",
                items: &[
                    item("strength", "Two valleys without a rival supplier", 4, "", None),
                    item("weakness", "Half the pumps are older than thirty years", 4, "", None),
                    item("opportunity", "Grant for saving energy until next summer", 3, "", None),
                    item("threat", "Drought rules cap what they may take", 4, "", None),
                ],
            },
        ],
        risks: &[
            SampleRisk {
                text: "Katharina Voss retires, and her successor does not know us",
                probability: 3,
                impact: 5,
                response: "reduce",
                mitigation: "Daniel Ferreira and Petra Lindh are met without her, once a quarter each.",
                contingency: "",
                trigger: "The post is advertised",
                owner: 0,
                review: -4,
                steps: &[("assessed", 40)],
                action: Some(("Lunch with Petra Lindh and Priya", 3, -12)),
            },
            SampleRisk {
                text: "A second pour to a wrong revision",
                probability: 2,
                impact: 4,
                response: "reduce",
                mitigation: "One register for transmittals, checked on site before each pour.",
                contingency: "Stop the pour, break out the same day, we bear the cost and say so at once.",
                trigger: "A sheet on site without a stamp",
                owner: 1,
                review: -20,
                steps: &[("assessed", 14), ("response_planned", 12), ("mitigating", 10)],
                action: None,
            },
            SampleRisk {
                text: "The board puts the west off by a year",
                probability: 3,
                impact: 2,
                response: "accept",
                mitigation: "",
                contingency: "The leak survey fills the gap; two people go to the hospitals.",
                trigger: "The budget paper of March",
                owner: 4,
                review: -50,
                steps: &[("assessed", 60), ("response_planned", 58)],
                action: None,
            },
            SampleRisk {
                text: "The crane does not fit through the hall door",
                probability: 2,
                impact: 3,
                response: "avoid",
                mitigation: "Measured with the driver.",
                contingency: "Hire the smaller one.",
                trigger: "",
                owner: 1,
                review: 30,
                steps: &[("assessed", 120), ("closed", 70)],
                action: None,
            },
        ],
        opportunities: &[
            SampleOpportunity {
                title: "Western stations, design",
                description: "Six stations, one contract, as the east but with telemetry.",
                owner: 4,
                with: 0,
                value: 480_000,
                probability: 40,
                closes: -150,
                steps: &[("qualified", 30)],
                loss: None,
                competitor: "",
            },
            SampleOpportunity {
                title: "Leak survey of two districts",
                description: "Acoustic survey, eleven weeks.",
                owner: 4,
                with: 2,
                value: 64_000,
                probability: 60,
                closes: -25,
                steps: &[("qualified", 70), ("decided_to_propose", 50), ("proposed", 33)],
                loss: None,
                competitor: "",
            },
            SampleOpportunity {
                title: "Telemetry upgrade",
                description: "",
                owner: 4,
                with: 2,
                value: 120_000,
                probability: 0,
                closes: 80,
                steps: &[
                    ("qualified", 160),
                    ("decided_to_propose", 150),
                    ("proposed", 130),
                    ("lost", 80),
                ],
                loss: Some((
                    "The county bought it for all suppliers under a frame contract that was closed to us.",
                    false,
                )),
                competitor: "Frame contract of the county",
            },
            SampleOpportunity {
                title: "Reservoir cover",
                description: "",
                owner: 4,
                with: 0,
                value: 38_000,
                probability: 0,
                closes: 210,
                steps: &[
                    ("qualified", 260),
                    ("decided_to_propose", 250),
                    ("proposed", 230),
                    ("lost", 210),
                ],
                loss: Some(("Our offer came two days late.", true)),
                competitor: "Brand & Sons",
            },
        ],
        salvage: &[SampleSalvage {
            name: "What telemetry still gives us",
            of: Some(2),
            gains: &["knowledge", "future_bid_list", "partner_introduction"],
            how: "Ask the county how one gets onto the next frame contract; offer the winner our station models.",
            owner: 4,
            person: 2,
            route: "Sits in the user group of the county",
            next: -18,
            action: Some(("Ask the county for the next round of the frame contract", 4, -18)),
        }],
        services: &[
            SampleService {
                idea: "Swept the intake screens after the storm",
                benefit: "No alarm at night, for the first time in a week.",
                trigger: "spare_capacity",
                by: 1,
                hours: 6,
                done: Some(20),
                told: None,
                reaction: "",
            },
            SampleService {
                idea: "All valve drawings in one table",
                benefit: "Our fitters find the valve before the water finds the cellar.",
                trigger: "expectation",
                by: 2,
                hours: 9,
                done: Some(74),
                told: Some((60, "progress meeting")),
                reaction: "Daniel Ferreira printed it and hung it in the van.",
            },
            SampleService {
                idea: "Lay the pump energy of all nine stations side by side",
                benefit: "",
                trigger: "swot",
                by: 2,
                hours: 12,
                done: None,
                told: None,
                reaction: "",
            },
        ],
        shown: &[
            (0, 40, 2, 4, "Wants the map of the worst twelve kilometres for her own board."),
            (1, 22, 2, 5, ""),
        ],
        benefits: &[
            SampleBenefit {
                title: "Reference for pump halls in service",
                kind: "reference",
                from: 0,
                scope: "Name, hall and one call for each tender",
                channels: &["offers", "talks"],
                until: Some(-240),
                words: "",
                uses: &[
                    (30, "Offer to Saltmere"),
                    (95, "Water association"),
                    (150, "Offer to Corran Vale"),
                ],
                steps: &[("asked", 300), ("agreed", 290), ("usable", 288), ("used", 150)],
            },
            SampleBenefit {
                title: "A sentence for the web site",
                kind: "testimonial",
                from: 1,
                scope: "",
                channels: &[],
                until: None,
                words: "",
                uses: &[],
                steps: &[("asked", 25)],
            },
        ],
        promotions: &[
            (true, "Named them in our talk on works in service", "Water association", 95),
            (true, "Their station on the cover of our yearbook", "Yearbook", 200),
            (false, "Katharina Voss named us in the trade journal", "Water Today", 130),
        ],
        bonds: &[
            SampleBond {
                text: "Katharina Voss asks us before she asks her board",
                kind: "personal_trust",
                strength: 5,
                evidence: "Every larger decision of the last two years came to us first.",
                erosion: "She retires in two years.",
                expires: None,
                owner: 0,
                action: None,
            },
            SampleBond {
                text: "Our station model drives their maintenance plan",
                kind: "integration",
                strength: 4,
                evidence: "Their plan is read from it each month.",
                erosion: "A telemetry system of the county could replace it.",
                expires: None,
                owner: 1,
                action: Some(("Show how the model takes in telemetry", 2, -30)),
            },
            SampleBond {
                text: "Approved for works in drinking water",
                kind: "certification",
                strength: 3,
                evidence: "Only two firms in the valley hold it.",
                erosion: "",
                expires: Some(-75),
                owner: 3,
                action: None,
            },
        ],
        dialogues: &[
            SampleDialogue {
                last: false,
                on: 58,
                with: 0,
                served: "partly",
                works: "Your people on site know what they are doing.",
                concerns: "I should not have to find out myself which drawing is the right one.",
                unmet: "The transmittal register promised in summer",
                action: Some(("Tell Katharina Voss when the register is in use", 3, -10)),
            },
            SampleDialogue {
                last: false,
                on: 146,
                with: 0,
                served: "yes",
                works: "Quick answers, also at night.",
                concerns: "",
                unmet: "",
                action: None,
            },
        ],
        roles: &[(1, "project_manager")],
        rollout: Some(SampleRollout {
            owner: 0,
            begins: Some(48),
            evaluate: Some(-38),
            hours: 16,
            fit: "Willing to give an hour a month; one site, one engagement, people who say what they think.",
            measured: "Expectations confirmed for two of three people; formal contacts held on time, 7 of 8.",
            evidence: "",
            decisions: &[
                (48, "Begin with one engagement only", "Nobody has time for two at once."),
                (20, "Weekly instead of daily notes", "The crew lead asked for it."),
            ],
            steps: &[("pilot", 48)],
        }),
    },
    SampleStrategy {
        client: "Northmere Rail",
        willingness: 5,
        swots: &[SampleSwot {
            business: false,
            on: 31,
            by: 4,
            conclusion: "",
            items: &[
                item("strength", "Monthly report is read by their board", 4, "", None),
                SampleItem {
                    action: Some(("Night readings checked before each report", 2, -6)),
                    ..item("weakness", "Night readings go missing", 4, "October report", None)
                },
                item("opportunity", "Two more embankments next year", 5, "", None),
                item("threat", "A cheaper logger firm offers a trial", 3, "", None),
            ],
        }],
        risks: &[SampleRisk {
            text: "A possession is missed because our paper is late",
            probability: 2,
            impact: 5,
            response: "avoid",
            mitigation: "Papers go out four weeks before they are due.",
            contingency: "Joanna Pryce is called the same hour, with the next free night.",
            trigger: "A draft is not with Iwan Rees five weeks ahead",
            owner: 0,
            review: 2,
            steps: &[("assessed", 62), ("response_planned", 62)],
            action: None,
        }],
        opportunities: &[SampleOpportunity {
            title: "Embankments north and south",
            description: "Fourteen kilometres, same instruments.",
            owner: 4,
            with: 0,
            value: 210_000,
            probability: 50,
            closes: -90,
            steps: &[("qualified", 44)],
            loss: None,
            competitor: "",
        }],
        dialogues: &[SampleDialogue {
            last: false,
            on: 25,
            with: 0,
            served: "yes",
            works: "The plan is talked through before it is written.",
            concerns: "",
            unmet: "",
            action: None,
        }],
        promotions: &[(false, "Joanna Pryce spoke with us on stage", "Rail days", 60)],
        rollout: Some(SampleRollout {
            owner: 4,
            begins: Some(140),
            evaluate: Some(10),
            hours: 14,
            fit: "Plans everything a year ahead and expects the same of us.",
            measured: "Formal contacts on time: 11 of 12. Expectations confirmed: all seven topics with both people.",
            evidence: "Joanna Pryce asked for the same sheet from her other suppliers.",
            decisions: &[(
                10,
                "Evaluate before the next possession",
                "Afterwards nobody has an hour.",
            )],
            steps: &[("pilot", 140), ("evaluated", 8)],
        }),
        ..NOTHING
    },
    SampleStrategy {
        client: "Saltmere Port Authority",
        willingness: 3,
        swots: &[],
        opportunities: &[SampleOpportunity {
            title: "East quay repair",
            description: "",
            owner: 4,
            with: 1,
            value: 95_000,
            probability: 0,
            closes: 16,
            steps: &[("qualified", 90), ("decided_to_propose", 80), ("proposed", 60), ("lost", 16)],
            loss: Some(("The money went into the dredger after the breakdown.", false)),
            competitor: "",
        }],
        roles: &[(3, "engagement_manager")],
        rollout: Some(SampleRollout {
            owner: 3,
            begins: None,
            evaluate: None,
            hours: 18,
            fit: "A new board in spring; a good moment to begin with something clear.",
            measured: "",
            evidence: "",
            decisions: &[],
            steps: &[],
        }),
        ..NOTHING
    },
    SampleStrategy {
        client: "Aho Timber Works",
        willingness: 2,
        roles: &[(2, "delivery_lead")],
        ..NOTHING
    },
    SampleStrategy {
        client: "Hallgarth Mills",
        willingness: 1,
        entry: ("Colm Hallgarth opens the weaving shed each May; one of us is always there.", -21),
        salvage: &[SampleSalvage {
            name: "After the roof",
            of: None,
            gains: &["reference", "alumni_contact", "testimonial"],
            how: "A friendly call each quarter, the roof's second birthday, no offers.",
            owner: 3,
            person: 0,
            route: "He likes to show the roof",
            next: -21,
            action: None,
        }],
        ..NOTHING
    },
];
