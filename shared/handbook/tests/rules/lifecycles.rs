//! Every state machine over all pairs of its states, and what each step asks for.
//!
//! The tables here are written down apart from the declarations, so that a step too many, a step
//! too few and a step that leads elsewhere each fail. The complaint has a file of its own. Long because
//! the machines stand side by side, each with all its pairs: the first test says that none is missing here.

use chrono::NaiveDate;
use handbook::kind::Kind;
use handbook::lifecycles::Standing;
use handbook::records::{
    Engagement, IntangibleBenefit, Opportunity, Risk, Rollout, ScheduledContact, Swot,
};
use handbook::typed::Record;
use handbook::{Fact, Op, RecordId, Row, Value};

/// A state: its key, its name in English and in German, and the states that a step leads to.
type State = (&'static str, &'static str, &'static str, &'static [&'static str]);

fn id(number: u8) -> RecordId {
    RecordId::from_bytes([number; 16])
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn choice(key: &str) -> Value {
    Value::Choice(key.to_owned())
}

fn date(year: i32, month: u32, day: u32) -> Value {
    Value::Date(NaiveDate::from_ymd_opt(year, month, day).unwrap())
}

fn link() -> Value {
    Value::Link(id(9))
}

/// A fact of the machine of `kind` with these values.
fn fact(number: u8, kind: &'static Kind, says: &[(&str, Value)]) -> Fact {
    let fields = kind.lifecycle.unwrap().fact.iter();
    let value = |key| says.iter().find(|(said, _)| *said == key).map(|(_, value)| value.clone());
    Fact::new(id(number), fields.map(|field| value(field.key).unwrap_or_default()).collect())
}

/// A record of that kind which stands in `state`; without a step where that is the start.
fn row(kind: &'static Kind, filled: &[(&str, Value)], state: &str) -> Row {
    let mut row = Row::empty(kind, id(1));
    let life = kind.lifecycle.unwrap();
    for (field, value) in filled {
        row.values[kind.index(field).unwrap()] = value.clone();
    }
    if state != life.start {
        let steps = Value::Facts(vec![fact(2, kind, &[("to", choice(state))])]);
        row.values[kind.index(life.field).unwrap()] = steps;
    }
    row
}

/// Walks all pairs. `whole` is a record of which nothing is missing.
fn check(kind: &'static Kind, whole: &[(&str, Value)], states: &[State]) {
    let life = kind.lifecycle.unwrap();
    let declared = life.states.options.iter().map(|o| (o.key, o.label.en, o.label.de));
    let tabled = states.iter().map(|(key, en, de, _)| (*key, *en, *de));
    assert_eq!(declared.collect::<Vec<_>>(), tabled.collect::<Vec<_>>(), "{}", kind.key);

    let details = [("why", text("so agreed")), ("new_date", date(2026, 12, 1))];
    for (from, from_en, from_de, ways) in states {
        let row = row(kind, whole, from);
        assert_eq!(life.standing(&row), Standing::In((*from).to_owned()), "{}", kind.key);
        for (to, to_en, to_de, _) in states {
            let taken = life.step(&row, to, &details, id(3));
            let expected = if ways.contains(to) {
                let mut says = vec![("from", choice(from)), ("to", choice(to))];
                says.extend(details.iter().cloned());
                let fact = fact(3, kind, &says);
                Ok(Op::Append { key: row.key(), field: "transitions", fact })
            } else {
                Err(vec![(
                    format!(
                        "What is {} cannot become {} in one step.",
                        from_en.to_lowercase(),
                        to_en.to_lowercase()
                    ),
                    format!("Von „{from_de}“ führt kein Schritt nach „{to_de}“."),
                )])
            };
            let both = |sentences: Vec<handbook::Sentence>| {
                sentences.into_iter().map(|told| (told.en, told.de)).collect::<Vec<_>>()
            };
            assert_eq!(taken.map_err(both), expected, "{}: {from} to {to}", kind.key);
        }
    }
}

/// What is told when that step is taken with those fields, in both languages, and no detail.
fn told(
    kind: &'static Kind,
    from: &str,
    to: &str,
    filled: &[(&str, Value)],
    details: &[(&'static str, Value)],
) -> Vec<(String, String)> {
    let row = row(kind, filled, from);
    match kind.lifecycle.unwrap().step(&row, to, details, id(3)) {
        Ok(_) => Vec::new(),
        Err(sentences) => sentences.into_iter().map(|told| (told.en, told.de)).collect(),
    }
}

fn refused(
    kind: &'static Kind,
    step: (&str, &str),
    filled: &[(&str, Value)],
    details: &[(&'static str, Value)],
    expected: &[(&str, &str)],
) {
    let told = told(kind, step.0, step.1, filled, details);
    let told: Vec<_> = told.iter().map(|(en, de)| (en.as_str(), de.as_str())).collect();
    assert_eq!(told, expected, "{}: {step:?} with {filled:?}", kind.key);
}

const WHY: (&str, &str) = ("Fill in “Why”.", "Bitte „Begründung“ ausfüllen.");

#[test]
fn every_kind_with_a_life_is_walked_here() {
    let with_life = handbook::KINDS.iter().filter(|kind| kind.lifecycle.is_some());
    let keys: Vec<_> = with_life.map(|kind| kind.key).collect();
    assert_eq!(
        keys,
        [
            "engagement",
            "scheduled_contact",
            "complaint",
            "swot",
            "risk",
            "opportunity",
            "intangible_benefit",
            "rollout"
        ]
    );
}

/// SM-9.
fn swot() -> Vec<(&'static str, Value)> {
    vec![("on", date(2026, 8, 31)), ("authors", Value::Many(vec![link()]))]
}

#[test]
fn a_swot_analysis() {
    check(
        Swot::KIND,
        &swot(),
        &[
            ("draft", "Draft", "Entwurf", &["current"]),
            ("current", "Current", "Aktuell", &["superseded"]),
            ("superseded", "Superseded", "Abgelöst", &[]),
        ],
    );
    let day = (
        "Say of which day this analysis is; it holds for three months from then.",
        "Bitte den Tag der Analyse angeben; sie gilt ab dann drei Monate.",
    );
    let who = ("Say who made this analysis.", "Bitte angeben, wer diese Analyse erstellt hat.");
    let whole = swot();
    let check = |filled: &[(&str, Value)], expected: &[(&str, &str)]| {
        refused(Swot::KIND, ("draft", "current"), filled, &[], expected);
    };
    check(&[], &[day, who]);
    check(&whole[..1], &[who]);
    check(&whole[1..], &[day]);
    check(&whole, &[]);
}

#[test]
fn a_swot_analysis_is_stale_after_three_calendar_months() {
    use handbook::lifecycles::swot::{is_stale, next_due};
    let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
    let check = |on: Option<(i32, u32, u32)>, state, today: NaiveDate, due, stale| {
        let on = on.map_or(Value::Empty, |(y, m, d)| date(y, m, d));
        let swot = Swot::from_row(&row(Swot::KIND, &[("on", on)], state)).unwrap();
        assert_eq!((next_due(&swot), is_stale(&swot, today)), (due, stale), "{swot:?} {today}");
    };
    // The end of August is followed by the end of November, a day that has no 31st.
    let due = Some(day(2026, 11, 30));
    check(Some((2026, 8, 31)), "current", day(2026, 11, 30), due, false);
    check(Some((2026, 8, 31)), "current", day(2026, 12, 1), due, true);
    check(Some((2026, 8, 31)), "draft", day(2026, 12, 1), due, false);
    check(Some((2026, 8, 31)), "superseded", day(2026, 12, 1), due, false);
    check(Some((2026, 1, 15)), "current", day(2026, 4, 16), Some(day(2026, 4, 15)), true);
    check(None, "current", day(2026, 12, 1), None, false);
}

/// Read as a row and as a struct, a record stands in the same states.
#[test]
fn steps_taken_apart_are_both_seen_until_somebody_goes_on() {
    use handbook::lifecycles::risk::State;
    use handbook::lifecycles::states;
    let check = |steps: &[(u8, &str, &[u8])], expected: Standing, typed: &[State]| {
        let facts = steps.iter().map(|(number, to, after)| {
            let after = after.iter().map(|number| id(*number)).collect();
            Fact { after, ..fact(*number, Risk::KIND, &[("to", choice(to))]) }
        });
        let transitions = Value::Facts(facts.collect());
        let row = row(Risk::KIND, &[("transitions", transitions)], "identified");
        assert_eq!(Risk::KIND.lifecycle.unwrap().standing(&row), expected, "{steps:?}");
        let risk = Risk::from_row(&row).unwrap();
        assert_eq!(states(&risk.transitions, State::Identified), typed, "{steps:?}");
    };
    let single = |state: &str| Standing::In(state.to_owned());
    check(&[], single("identified"), &[State::Identified]);
    let (assessed, closed) = ((1, "assessed", &[][..]), (2, "closed", &[][..]));
    let both = Standing::Parted(vec!["assessed".to_owned(), "closed".to_owned()]);
    check(&[assessed, closed], both, &[State::Assessed, State::Closed]);
    let settled = (3, "closed", &[1, 2][..]);
    check(&[assessed, closed, settled], single("closed"), &[State::Closed]);
    check(&[(1, "assessed", &[]), (2, "assessed", &[])], single("assessed"), &[State::Assessed]);
}

/// SM-10.
fn risk() -> Vec<(&'static str, Value)> {
    vec![
        ("probability", Value::Integer(5)),
        ("impact", Value::Integer(3)),
        ("response", choice("reduce")),
        ("owner", link()),
        ("contingency", text("Send the second crew")),
    ]
}

#[test]
fn a_risk() {
    check(
        Risk::KIND,
        &risk(),
        &[
            ("identified", "Identified", "Erkannt", &["assessed", "closed"]),
            ("assessed", "Assessed", "Bewertet", &["response_planned", "closed"]),
            (
                "response_planned",
                "Response planned",
                "Reaktion geplant",
                &["mitigating", "triggered", "closed"],
            ),
            ("mitigating", "Mitigating", "In Minderung", &["triggered", "closed"]),
            ("triggered", "Triggered", "Eingetreten", &["closed"]),
            ("closed", "Closed", "Geschlossen", &[]),
        ],
    );
}

#[test]
fn a_risk_is_judged_before_it_is_planned_and_a_high_one_needs_a_contingency_measure() {
    let likely = ("Say how probable it is.", "Bitte die Eintrittswahrscheinlichkeit angeben.");
    let grave = ("Say how grave it would be.", "Bitte die Auswirkung angeben.");
    let response = (
        "Choose a response: avoid, reduce, transfer or accept.",
        "Bitte eine Reaktion wählen: vermeiden, mindern, übertragen oder hinnehmen.",
    );
    let owner =
        ("Say who watches over this risk.", "Bitte angeben, wer dieses Risiko verantwortet.");
    let contingency = (
        "A high risk needs a contingency measure: what will you do if it happens?",
        "Ein hohes Risiko braucht eine Notfallmaßnahme: Was geschieht, wenn es eintritt?",
    );
    let runs = (
        "Write down the contingency measure that runs now.",
        "Bitte die Notfallmaßnahme angeben, die jetzt läuft.",
    );
    let without = |left: &[&str], changed: &[(&'static str, Value)]| {
        let mut filled: Vec<_> =
            risk().into_iter().filter(|(field, _)| !left.contains(field)).collect();
        filled.extend(changed.iter().cloned());
        filled
    };
    let check = |step, filled: &[(&str, Value)], expected: &[(&str, &str)]| {
        refused(Risk::KIND, step, filled, &[], expected);
    };
    let assess = ("identified", "assessed");
    check(assess, &[], &[likely, grave]);
    check(assess, &without(&["probability"], &[]), &[likely]);
    check(assess, &without(&["impact"], &[]), &[grave]);
    let plan = ("assessed", "response_planned");
    check(plan, &[], &[response, owner]);
    check(plan, &without(&["response"], &[]), &[response]);
    check(plan, &without(&["owner"], &[]), &[owner]);
    check(plan, &without(&["contingency"], &[]), &[contingency]);
    let medium = [("impact", Value::Integer(2))];
    check(plan, &without(&["contingency", "impact"], &medium), &[]);
    for from in ["response_planned", "mitigating"] {
        check((from, "triggered"), &without(&["contingency"], &[]), &[runs]);
    }
    check(("identified", "closed"), &[], &[WHY]);
}

#[test]
fn how_high_a_risk_is() {
    use handbook::lifecycles::risk::{Level, exposure, level};
    use handbook::typed::Scale;
    let check = |probability, impact, product, high| {
        let (probability, impact) = (Scale::new(probability), Scale::new(impact));
        assert_eq!(exposure(probability, impact), product);
        assert_eq!(level(probability, impact), high);
    };
    check(1, 1, Some(1), Some(Level::Low));
    check(1, 5, Some(5), Some(Level::Low));
    check(2, 3, Some(6), Some(Level::Medium));
    check(4, 3, Some(12), Some(Level::Medium));
    check(3, 5, Some(15), Some(Level::High));
    check(5, 5, Some(25), Some(Level::High));
    check(0, 5, None, None);
    check(5, 0, None, None);
    let days = [Level::High, Level::Medium, Level::Low].map(Level::review_days);
    assert_eq!(days, [30, 60, 90]);
}

/// SM-11.
#[test]
fn an_opportunity() {
    let whole = [
        ("decided_on", date(2026, 11, 2)),
        ("loss_reason", text("The price")),
        ("controllable", choice("no")),
    ];
    check(
        Opportunity::KIND,
        &whole,
        &[
            ("spotted", "Spotted", "Erkannt", &["qualified", "dropped"]),
            ("qualified", "Qualified", "Qualifiziert", &["decided_to_propose", "dropped"]),
            (
                "decided_to_propose",
                "Decided to propose",
                "Angebot beschlossen",
                &["proposed", "dropped"],
            ),
            ("proposed", "Proposed", "Angeboten", &["won", "lost", "dropped"]),
            ("won", "Won", "Gewonnen", &[]),
            ("lost", "Lost", "Verloren", &[]),
            ("dropped", "Dropped", "Fallen gelassen", &[]),
        ],
    );
    let decided = (
        "Say on which day it was decided to propose.",
        "Bitte angeben, wann das Angebot beschlossen wurde.",
    );
    let reason = ("Write down why it was lost.", "Bitte angeben, warum die Chance verloren ging.");
    let hands = (
        "Say whether the loss was in our hands.",
        "Bitte angeben, ob der Verlust in unserer Hand lag.",
    );
    let check = |step, filled: &[(&str, Value)], expected: &[(&str, &str)]| {
        refused(Opportunity::KIND, step, filled, &[], expected);
    };
    check(("qualified", "decided_to_propose"), &[], &[decided]);
    check(("proposed", "lost"), &[], &[reason, hands]);
    check(("proposed", "lost"), &whole[1..2], &[hands]);
    check(("proposed", "lost"), &whole[2..], &[reason]);
    check(("proposed", "won"), &[], &[]);
    check(("spotted", "dropped"), &[], &[WHY]);
}

/// SM-12.
#[test]
fn an_intangible_benefit() {
    let used = Value::Facts(vec![Fact::new(id(5), vec![date(2026, 11, 2), text("Fair")])]);
    let whole = [("consent_scope", text("Name and one sentence")), ("uses", used)];
    check(
        IntangibleBenefit::KIND,
        &whole,
        &[
            ("idea", "Idea", "Idee", &["asked"]),
            ("asked", "Asked", "Angefragt", &["agreed", "refused"]),
            ("agreed", "Agreed", "Zugesagt", &["usable", "expired", "withdrawn"]),
            ("usable", "Usable", "Verwendbar", &["used", "expired", "withdrawn"]),
            ("used", "Used", "Verwendet", &["expired", "withdrawn"]),
            ("expired", "Expired", "Abgelaufen", &[]),
            ("withdrawn", "Withdrawn", "Widerrufen", &[]),
            ("refused", "Refused", "Abgelehnt", &[]),
        ],
    );
    let scope = (
        "Write down what the client agreed to.",
        "Bitte angeben, wozu der Kunde eingewilligt hat.",
    );
    let when = (
        "Write down when it was used, and for whom.",
        "Bitte angeben, wann und für wen es verwendet wurde.",
    );
    let check = |step, filled: &[(&str, Value)], expected: &[(&str, &str)]| {
        refused(IntangibleBenefit::KIND, step, filled, &[], expected);
    };
    check(("asked", "agreed"), &whole[1..], &[scope]);
    check(("usable", "used"), &whole[..1], &[when]);
    check(("used", "withdrawn"), &[], &[WHY]);
    check(("asked", "refused"), &[], &[]);
}

/// SM-14.
#[test]
fn a_rollout() {
    let whole = [
        ("entry_criteria", text("One contact answers for it")),
        ("metrics", text("Promises kept: 19 of 20")),
        ("evidence", text("Review of 2 November")),
    ];
    check(
        Rollout::KIND,
        &whole,
        &[
            ("candidate", "Candidate", "Kandidat", &["pilot", "stopped"]),
            ("pilot", "Pilot", "Pilot", &["evaluated", "stopped"]),
            ("evaluated", "Evaluated", "Ausgewertet", &["adopted", "stopped"]),
            ("adopted", "Adopted", "Eingeführt", &[]),
            ("stopped", "Stopped", "Beendet", &[]),
        ],
    );
    let fit = (
        "Write down why this client is fit for the pilot.",
        "Bitte angeben, warum sich dieser Kunde für den Pilot eignet.",
    );
    let measured = ("Write down what was measured.", "Bitte angeben, was gemessen wurde.");
    let evidence = (
        "Write down the evidence that the pilot worked.",
        "Bitte den Nachweis angeben, dass der Pilot erfolgreich war.",
    );
    let check = |step, expected: &[(&str, &str)]| {
        refused(Rollout::KIND, step, &[], &[], expected);
    };
    check(("candidate", "pilot"), &[fit]);
    check(("pilot", "evaluated"), &[measured]);
    check(("evaluated", "adopted"), &[evidence]);
    check(("evaluated", "stopped"), &[WHY]);
}

/// An acceptance with what, who, when, where, and of which sort it is.
fn acceptance(of: &str, who: Value, when: Value) -> Fact {
    let evidence = Value::Empty;
    Fact::new(id(7), vec![text("signed"), who, when, evidence, choice(of)])
}

/// SM-15.
#[test]
fn an_engagement() {
    let both = ["plan", "work"].map(|of| acceptance(of, link(), date(2026, 11, 2)));
    let whole = [("acceptances", Value::Facts(both.to_vec()))];
    check(
        Engagement::KIND,
        &whole,
        &[
            ("pre_contract", "Pre-contract", "Vor Vertrag", &["post_contract", "ended"]),
            ("post_contract", "Post-contract", "Nach Vertrag", &["implementation", "ended"]),
            ("implementation", "Implementation", "Umsetzung", &["close_out", "ended"]),
            ("close_out", "Close-out", "Abschluss", &["life_cycle", "ended"]),
            ("life_cycle", "Life cycle management", "Betreuung im Lebenszyklus", &["ended"]),
            ("ended", "Ended", "Beendet", &[]),
        ],
    );
}

/// Covers: S0.4
#[test]
fn an_engagement_starts_with_an_accepted_plan_and_ends_with_accepted_work() {
    let plan = (
        "Record that the client accepts the plan: who, when, and where it can be read.",
        "Bitte festhalten, dass der Kunde den Plan angenommen hat: wer, wann und wo es steht.",
    );
    let work = (
        "Record that the client accepts the work: who, when, and where it can be read.",
        "Bitte festhalten, dass der Kunde die Arbeit abgenommen hat: wer, wann und wo es steht.",
    );
    let check = |step, facts: &[Fact], expected: &[(&str, &str)]| {
        let filled = [("acceptances", Value::Facts(facts.to_vec()))];
        refused(Engagement::KIND, step, &filled, &[], expected);
    };
    let day = || date(2026, 11, 2);
    let begin = ("post_contract", "implementation");
    check(begin, &[], &[plan]);
    check(begin, &[acceptance("plan", link(), day())], &[]);
    check(begin, &[acceptance("work", link(), day())], &[plan]);
    check(begin, &[acceptance("plan", Value::Empty, day())], &[plan]);
    check(begin, &[acceptance("plan", link(), Value::Empty)], &[plan]);
    for step in [("close_out", "life_cycle"), ("close_out", "ended"), ("life_cycle", "ended")] {
        check(step, &[acceptance("plan", link(), day())], &[work]);
        check(step, &[acceptance("work", link(), day())], &[]);
    }
    check(("implementation", "ended"), &[], &[WHY]);
}

/// What stood in documents before engagements had steps keeps its meaning.
#[test]
fn an_engagement_begins_where_it_stood_when_it_was_written_down() {
    use handbook::lifecycles::engagement::stages;
    use handbook::records::Stage;
    let check = |stage: Value, steps: &[&str], expected: &str, typed: Stage| {
        let facts: Vec<_> =
            steps.iter().map(|to| fact(2, Engagement::KIND, &[("to", choice(to))])).collect();
        let steps = if facts.is_empty() { Value::Empty } else { Value::Facts(facts) };
        let start = "pre_contract";
        let row = row(Engagement::KIND, &[("stage", stage), ("transitions", steps)], start);
        let life = Engagement::KIND.lifecycle.unwrap();
        assert_eq!(life.standing(&row), Standing::In(expected.to_owned()));
        assert_eq!(stages(&Engagement::from_row(&row).unwrap()), [typed]);
    };
    check(Value::Empty, &[], "pre_contract", Stage::PreContract);
    check(choice("life_cycle"), &[], "life_cycle", Stage::LifeCycle);
    check(choice("life_cycle"), &["ended"], "ended", Stage::Ended);
    let row = row(Engagement::KIND, &[("stage", choice("implementation"))], "pre_contract");
    let taken = Engagement::KIND.lifecycle.unwrap().step(&row, "close_out", &[], id(3));
    let says = [("from", choice("implementation")), ("to", choice("close_out"))];
    let fact = fact(3, Engagement::KIND, &says);
    assert_eq!(taken, Ok(Op::Append { key: row.key(), field: "transitions", fact }));
}

#[test]
fn a_scheduled_contact() {
    check(
        ScheduledContact::KIND,
        &[("held_in", link())],
        &[
            ("planned", "Planned", "Geplant", &["held", "postponed", "missed", "cancelled"]),
            ("postponed", "Postponed", "Verschoben", &["held", "postponed", "missed", "cancelled"]),
            ("held", "Held", "Durchgeführt", &[]),
            ("missed", "Missed", "Versäumt", &["held", "postponed", "cancelled"]),
            ("cancelled", "Cancelled", "Abgesagt", &[]),
        ],
    );
    let held = (
        "Link the contact in which it was held.",
        "Bitte den Kontakt verknüpfen, in dem der Termin stattfand.",
    );
    let new_date = ("Fill in “New date”.", "Bitte „Neuer Termin“ ausfüllen.");
    let check = |to, expected: &[(&str, &str)]| {
        refused(ScheduledContact::KIND, ("planned", to), &[], &[], expected);
    };
    check("held", &[held]);
    check("postponed", &[new_date, WHY]);
    check("cancelled", &[WHY]);
    check("missed", &[]);
}

#[test]
fn a_scheduled_contact_is_due_on_the_day_it_was_moved_to_last() {
    use handbook::lifecycles::scheduled_contact::date as due;
    type Moved<'a> = (u8, &'a str, Option<u32>, &'a [u8]);
    let check = |steps: &[Moved<'_>], expected: u32| {
        let facts = steps.iter().map(|(number, to, day, after)| {
            let new_date = day.map_or(Value::Empty, |day| date(2026, 12, day));
            let says = [("to", choice(to)), ("new_date", new_date)];
            let after = after.iter().map(|number| id(*number)).collect();
            Fact { after, ..fact(*number, ScheduledContact::KIND, &says) }
        });
        let filled =
            [("target_date", date(2026, 12, 1)), ("transitions", Value::Facts(facts.collect()))];
        let row = row(ScheduledContact::KIND, &filled, "planned");
        let contact = ScheduledContact::from_row(&row).unwrap();
        assert_eq!(due(&contact), NaiveDate::from_ymd_opt(2026, 12, expected), "{steps:?}");
    };
    check(&[], 1);
    check(&[(1, "postponed", Some(8), &[])], 8);
    // Moved back again, and then missed.
    check(&[(1, "postponed", Some(8), &[]), (2, "postponed", Some(4), &[1])], 4);
    check(&[(1, "postponed", Some(8), &[]), (2, "missed", None, &[1])], 8);
    let again = [
        (1, "postponed", Some(4), &[][..]),
        (2, "missed", None, &[1][..]),
        (3, "postponed", Some(9), &[2][..]),
    ];
    check(&again, 9);
    // Moved by two devices apart: the earlier day.
    check(&[(1, "postponed", Some(8), &[]), (2, "postponed", Some(6), &[])], 6);
    // Facts that name each other cannot be; if they are, nothing hangs.
    check(&[(1, "held", None, &[2]), (2, "missed", None, &[1])], 1);
}

#[test]
fn where_a_record_stands_in_words() {
    let kind = Risk::KIND;
    let life = kind.lifecycle.unwrap();
    let said = |row: &Row| life.told(row);
    let mut risk = row(kind, &[], life.start);
    let start = life.states.get(life.start).unwrap().label;
    assert_eq!(said(&risk), start.into());
    let mut apart = |states: [&str; 2]| {
        let steps =
            states.iter().zip(2..).map(|(state, n)| fact(n, kind, &[("to", choice(state))]));
        risk.values[kind.index(life.field).unwrap()] = Value::Facts(steps.collect());
        said(&risk)
    };
    let [first, second] = [&life.states.options[1], &life.states.options[2]];
    let both = |language| format!("{} / {}", first.label.get(language), second.label.get(language));
    let sentence = apart([first.key, second.key]);
    assert_eq!(sentence.en, both(handbook::Language::En));
    assert_eq!(sentence.de, both(handbook::Language::De));
    assert_eq!(apart([first.key, "of_tomorrow"]).en, format!("{} / of_tomorrow", first.label.en));
}
