//! Three questions worth asking, each with the reason why: taken from what is open, in the order in which it presses.
//!
//! Nothing is guessed: the same facts give the same questions on every device. Long because each question is asked, and
//! gives its reason, in both languages, and has its table.

use chrono::NaiveDate;

use super::{Commitment, Source, VisitPack};
use crate::attention::{Reason, contact_name};
use crate::figures::coverage::coverage;
use crate::figures::swots::staleness;
use crate::ids::RecordKey;
use crate::known::{Known, known};
use crate::records::{
    Contact, Demand, DemandStatus, Engagement, Function, Quadrant, Stance, SwotItem,
};
use crate::text::day_of_year;
use crate::typed::Choice;
use crate::words::{Language, Sentence};

/// So many are asked: more are not remembered on the way in.
const ASKED: usize = 3;

/// A question and why it is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What to ask, in words that can be spoken.
    pub ask: Sentence,
    /// Why, as a sentence.
    pub why: Sentence,
    /// Where the reason can be seen; `None` for the client as a whole.
    pub record: Option<RecordKey>,
}

/// Something that may be worth a question.
type Rule = fn(&Source<'_>, &VisitPack, &[Reason]) -> Option<Question>;

/// One line each, what presses most first. The last three always have something to ask.
const RULES: &[Rule] = &[
    complaint,
    our_promise,
    their_turn,
    stance,
    left,
    ending,
    demand,
    silence,
    weakness,
    changed,
    worries,
    others,
];

pub(super) fn of(source: &Source<'_>, pack: &VisitPack, reasons: &[Reason]) -> Vec<Question> {
    RULES.iter().filter_map(|rule| rule(source, pack, reasons)).take(ASKED).collect()
}

fn question(ask: [String; 2], why: [String; 2], record: Option<RecordKey>) -> Option<Question> {
    let sentence = |[en, de]: [String; 2]| Sentence::new(en, de);
    Some(Question { ask: sentence(ask), why: sentence(why), record })
}

/// "6 November" in both languages.
fn named(day: NaiveDate) -> [String; 2] {
    [day_of_year(day, Language::En), day_of_year(day, Language::De)]
}

/// Text inside quotation marks: without the full stop of its own.
fn quoted(text: &str) -> &str {
    text.trim().trim_end_matches('.')
}

fn complaint(_: &Source<'_>, pack: &VisitPack, _: &[Reason]) -> Option<Question> {
    let worst = pack.complaints.iter().find(|one| one.late).or_else(|| pack.complaints.first())?;
    let subject = quoted(&worst.subject);
    let days = worst.days;
    let (en, de) = if worst.late {
        (", and the response is late", ", und die Antwort ist überfällig")
    } else {
        ("", "")
    };
    let (one, tage) = (
        if days == 1 { "day" } else { "days" },
        if days == 1 { "Arbeitstag" } else { "Arbeitstagen" },
    );
    question(
        [
            format!("“{subject}”: what would put it right for you?"),
            format!("„{subject}“: Was würde es für Sie in Ordnung bringen?"),
        ],
        [
            format!("The complaint has been open for {days} working {one}{en}."),
            format!("Die Beschwerde ist seit {days} {tage} offen{de}."),
        ],
        Some(worst.record),
    )
}

/// The first one whose day has passed.
fn late(commitments: &[Commitment]) -> Option<(&Commitment, [String; 2])> {
    let one = commitments.iter().find(|one| one.late)?;
    Some((one, named(one.due?)))
}

fn our_promise(_: &Source<'_>, pack: &VisitPack, _: &[Reason]) -> Option<Question> {
    let (one, [en, de]) = late(&pack.ours)?;
    let text = quoted(&one.text);
    question(
        [
            format!("“{text}”: by when do you need it at the latest?"),
            format!("„{text}“: Bis wann brauchen Sie es spätestens?"),
        ],
        [
            format!("It was promised for {en} and is still open."),
            format!("Es war für den {de} zugesagt und ist noch offen."),
        ],
        Some(one.record),
    )
}

fn their_turn(_: &Source<'_>, pack: &VisitPack, _: &[Reason]) -> Option<Question> {
    let (one, [en, de]) = late(&pack.theirs)?;
    let text = quoted(&one.text);
    question(
        [
            format!("“{text}”: where does it stand with you?"),
            format!("„{text}“: Wie steht es damit bei Ihnen?"),
        ],
        [format!("They meant to do it by {en}."), format!("Der Kunde wollte es bis zum {de} tun.")],
        Some(one.record),
    )
}

/// Of those met, the one furthest from where we would like them to stand.
fn stance(source: &Source<'_>, pack: &VisitPack, _: &[Reason]) -> Option<Question> {
    let today = source.setting.today;
    let there = pack
        .people
        .iter()
        .map(|person| &person.contact)
        .filter(|one| !one.do_not_contact && one.left_on.is_none_or(|left| left > today));
    let rank = |stance: Option<Stance>| Stance::ALL.iter().position(|known| Some(*known) == stance);
    let gap = |one: &Known<Contact>| {
        rank(one.stance_wanted)?.checked_sub(rank(one.stance)?).filter(|gap| *gap > 0)
    };
    let apart = there.filter_map(|one| Some((gap(one)?, one)));
    // Of two the first, who has more influence.
    let (_, one) = apart.min_by_key(|(gap, _)| std::cmp::Reverse(*gap))?;
    let (now, wanted) = (one.stance?.label(), one.stance_wanted?.label());
    let name = contact_name(one);
    question(
        [
            format!("To {name}: what would make working with us easier for you?"),
            format!("An {name}: Was würde Ihnen die Arbeit mit uns leichter machen?"),
        ],
        [
            format!("Stance now: {}; wanted: {}.", now.en.to_lowercase(), wanted.en.to_lowercase()),
            format!(
                "Haltung heute: {}; gewünscht: {}.",
                now.de.to_lowercase(),
                wanted.de.to_lowercase()
            ),
        ],
        Some(one.key()),
    )
}

/// Somebody who left since the last visit: the work went to somebody.
fn left(source: &Source<'_>, _: &VisitPack, _: &[Reason]) -> Option<Question> {
    let gone = |one: &&Known<Contact>| {
        one.left_on.is_some_and(|left| left > source.since && left <= source.setting.today)
    };
    let mut found: Vec<_> = source.facts.contacts.iter().filter(gone).collect();
    found.sort_by_key(|one| std::cmp::Reverse((one.influence, one.id)));
    let one = found.first()?;
    let (name, [en, de]) = (contact_name(one), named(one.left_on?));
    question(
        [format!("Who takes over from {name}?"), format!("Wer übernimmt die Aufgaben von {name}?")],
        [format!("{name} left on {en}."), format!("{name} ist am {de} ausgeschieden.")],
        Some(one.key()),
    )
}

/// An engagement that ends with nothing behind it, as attention finds it.
fn ending(source: &Source<'_>, _: &VisitPack, reasons: &[Reason]) -> Option<Question> {
    let reason = reasons.iter().find(|reason| reason.rule == "engagement-ends")?;
    let (_, id) = reason.evidence.record?;
    let one: &Known<Engagement> = source.facts.engagements.iter().find(|one| one.id == id)?;
    let Sentence { en, de } = reason.sentence.clone();
    question(
        [format!("What comes after “{}”?", one.name), format!("Was kommt nach „{}“?", one.name)],
        [en, de],
        Some(one.key()),
    )
}

/// The demand that has waited for longest.
fn demand(source: &Source<'_>, _: &VisitPack, _: &[Reason]) -> Option<Question> {
    let open = source.facts.demands.iter().filter(|one| one.status == DemandStatus::New);
    let dated = open.filter_map(|one| Some((one.raised_on?, one.id, one)));
    let (on, _, one): (_, _, &Known<Demand>) = dated.min_by_key(|(on, id, _)| (*on, *id))?;
    let (text, [en, de]) = (quoted(&one.text), named(on));
    question(
        [
            format!("“{text}”: is that still what you need?"),
            format!("„{text}“: Brauchen Sie das noch so?"),
        ],
        [
            format!("They asked for it on {en} and have no answer yet."),
            format!("Am {de} gewünscht und noch nicht beantwortet."),
        ],
        Some(one.key()),
    )
}

/// What the function that has been silent for longest would ask.
fn silence(source: &Source<'_>, _: &VisitPack, _: &[Reason]) -> Option<Question> {
    let functions: Vec<&'static str> = Function::ALL
        .iter()
        .filter(|function| **function != Function::FOREIGN)
        .map(|function| function.key())
        .collect();
    let touches = source.facts.touches.iter().filter_map(|touch| {
        Some((Function::ALL.get(usize::from(touch.function))?.key(), touch.on))
    });
    let today = source.setting.today;
    let map = coverage(&functions, touches, today);
    let line = map.most_silent()?;
    let function = Function::from_key(line.function)?;
    let (en, de) = match function {
        Function::Sales => (
            "What are you planning for next year in which we could have a part?",
            "Was planen Sie für das nächste Jahr, woran wir mitwirken könnten?",
        ),
        Function::Marketing => (
            "May we show others what we have done together?",
            "Dürfen wir anderen zeigen, was wir gemeinsam geschafft haben?",
        ),
        Function::Engagement => (
            "Are plans and decisions reaching you early enough?",
            "Erreichen Pläne und Entscheidungen Sie früh genug?",
        ),
        Function::Delivery => (
            "What in the daily work could go more smoothly?",
            "Was in der täglichen Arbeit könnte reibungsloser gehen?",
        ),
        Function::Finance => (
            "Do our invoices come in time, and with everything on them that you need?",
            "Kommen unsere Rechnungen rechtzeitig und mit allem, was Sie darauf brauchen?",
        ),
        Function::Foreign => return None,
    };
    let label = function.label();
    let why = match line.last.map(|last| (today - last).num_days()) {
        Some(days) => [
            format!("{} has been silent for {days} days.", label.en),
            format!("{} schweigt seit {days} Tagen.", label.de),
        ],
        None => [
            format!("{} has never spoken with this client.", label.en),
            format!("{} hat mit diesem Kunden noch nie gesprochen.", label.de),
        ],
    };
    question([en.to_owned(), de.to_owned()], why, None)
}

/// The heaviest weakness or threat of the analysis that holds.
fn weakness(source: &Source<'_>, _: &VisitPack, _: &[Reason]) -> Option<Question> {
    let setting = source.setting;
    let months = setting.thresholds.swot_months;
    let holds = staleness(&source.facts.swots, None, setting.today, months)?.swot;
    let items: Vec<Known<SwotItem>> = known(source.rows);
    let bad = items.iter().filter(|item| {
        item.swot.is_some_and(|swot| swot.id == holds)
            && matches!(item.quadrant, Some(Quadrant::Weakness | Quadrant::Threat))
    });
    let worst = bad.min_by_key(|item| (std::cmp::Reverse(item.weight), item.id))?;
    let text = quoted(&worst.text);
    let quadrant = worst.quadrant?.label();
    question(
        [format!("“{text}”: how do you see it?"), format!("„{text}“: Wie sehen Sie das?")],
        [
            format!("It stands as a {} in our analysis.", quadrant.en.to_lowercase()),
            format!("In unserer Analyse steht es als {}.", quadrant.de),
        ],
        Some(worst.key()),
    )
}

fn changed(_: &Source<'_>, pack: &VisitPack, _: &[Reason]) -> Option<Question> {
    let why = match pack.last_visit.map(named) {
        Some([en, de]) => {
            [format!("The last visit was on {en}."), format!("Der letzte Besuch war am {de}.")]
        }
        None => [
            "No earlier visit is logged.".to_owned(),
            "Kein früherer Besuch ist festgehalten.".to_owned(),
        ],
    };
    question(
        [
            "What has changed for you since we last sat together?".to_owned(),
            "Was hat sich bei Ihnen geändert, seit wir zuletzt zusammensaßen?".to_owned(),
        ],
        why,
        None,
    )
}

fn worries(_: &Source<'_>, _: &VisitPack, _: &[Reason]) -> Option<Question> {
    question(
        [
            "What worries you most about the coming weeks?".to_owned(),
            "Was macht Ihnen für die kommenden Wochen die meisten Sorgen?".to_owned(),
        ],
        [
            "Little is open in the handbook, so only they can say.".to_owned(),
            "Im Handbuch ist wenig offen; das kann nur der Kunde sagen.".to_owned(),
        ],
        None,
    )
}

fn others(source: &Source<'_>, _: &VisitPack, _: &[Reason]) -> Option<Question> {
    let known = source.facts.active_contacts(source.setting.today).count();
    let why = match known {
        0 => ["We know nobody there yet.".to_owned(), "Wir kennen dort noch niemanden.".to_owned()],
        1 => ["We know one person there.".to_owned(), "Wir kennen dort eine Person.".to_owned()],
        many => {
            [format!("We know {many} people there."), format!("Wir kennen dort {many} Personen.")]
        }
    };
    question(
        [
            "Who else in your house should we speak with?".to_owned(),
            "Mit wem in Ihrem Haus sollten wir noch sprechen?".to_owned(),
        ],
        why,
        None,
    )
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{moment, pack, row, talk};
    use crate::figures::fixture::{day, id, step};
    use crate::lifecycles::swot::State;
    use crate::records::*;
    use crate::row::Row;
    use crate::typed::Scale;
    use crate::value::Moment;

    const ALWAYS: [&str; 3] = [
        "What has changed for you since we last sat together?",
        "What worries you most about the coming weeks?",
        "Who else in your house should we speak with?",
    ];

    fn asked(rows: &[Row]) -> Vec<(String, String)> {
        let questions = pack(rows, None).questions;
        questions.into_iter().map(|one| (one.ask.en, one.why.en)).collect()
    }

    /// The first question over those rows; every function spoke yesterday, so that none is silent.
    fn check(rows: &[Row], ask: &str, why: &str) {
        let mut all = everybody_spoke();
        all.extend_from_slice(rows);
        let found = asked(&all);
        assert_eq!(found.len(), 3);
        assert_eq!((found[0].0.as_str(), found[0].1.as_str()), (ask, why));
    }

    fn everybody_spoke() -> Vec<Row> {
        let functions = [
            Function::Sales,
            Function::Marketing,
            Function::Engagement,
            Function::Delivery,
            Function::Finance,
        ];
        let spoke = functions.into_iter().zip(101..).map(|(function, number)| {
            let at = Some(moment("2026-11-11"));
            let function = Some(function);
            row(number, "2026-11-11", Touchpoint { at, function, ..Touchpoint::default() })
        });
        spoke.collect()
    }

    fn complaint(number: u8, subject: &str, received: &str) -> Row {
        let received: Option<Moment> = Some(moment(received));
        row(
            number,
            "2026-10-01",
            Complaint { subject: subject.into(), received, ..Complaint::default() },
        )
    }

    fn promise(number: u8, text: &str, due: &str) -> Row {
        let due = Some(day(due));
        row(number, "2026-10-01", Promise { text: text.into(), due, ..Promise::default() })
    }

    fn contact(number: u8, name: &str, now: Stance, wanted: Stance, influence: i64) -> Row {
        let contact = Contact {
            family_name: name.into(),
            stance: Some(now),
            stance_wanted: Some(wanted),
            influence: Scale::new(influence),
            ..Contact::default()
        };
        row(number, "2026-01-05", contact)
    }

    #[test]
    fn there_are_always_three() {
        let found = asked(&everybody_spoke());
        let asks: Vec<_> = found.iter().map(|(ask, _)| ask.as_str()).collect();
        assert_eq!(asks, ALWAYS);
        assert_eq!(found[0].1, "No earlier visit is logged.");
        assert_eq!(found[2].1, "We know nobody there yet.");
        let mut visited = everybody_spoke();
        visited.push(talk(120, "2026-11-02", Channel::Visit));
        assert_eq!(asked(&visited)[0].1, "The last visit was on 2 November.");
    }

    #[test]
    fn what_presses_comes_first() {
        let rows = [
            complaint(1, "Noise", "2026-11-11"),
            promise(2, "Boiler survey", "2026-11-06"),
            contact(3, "Dolan", Stance::Resistant, Stance::Supportive, 4),
        ];
        let asks: Vec<_> = asked(&rows).into_iter().map(|(ask, _)| ask).collect();
        let expected = [
            "“Noise”: what would put it right for you?",
            "“Boiler survey”: by when do you need it at the latest?",
            "To Dolan: what would make working with us easier for you?",
        ];
        assert_eq!(asks, expected);
    }

    #[test]
    fn each_with_its_reason() {
        // The late one comes before the one that was first.
        check(
            &[complaint(1, "Two revisions.", "2026-10-20")],
            "“Two revisions”: what would put it right for you?",
            "The complaint has been open for 17 working days, and the response is late.",
        );
        check(
            &[complaint(1, "Noise", "2026-11-11")],
            "“Noise”: what would put it right for you?",
            "The complaint has been open for 1 working day.",
        );
        check(
            &[promise(1, "The list", "2026-11-12"), promise(2, "Levels", "2026-11-11")],
            "“Levels”: by when do you need it at the latest?",
            "It was promised for 11 November and is still open.",
        );
        let (due, client_owner) = (Some(day("2026-11-11")), Some(id(9).into()));
        let action = Action { text: "Name a guard".into(), due, client_owner, ..Action::default() };
        check(
            &[row(1, "2026-10-01", action)],
            "“Name a guard”: where does it stand with you?",
            "They meant to do it by 11 November.",
        );
        check(
            &[
                contact(1, "Voss", Stance::Supportive, Stance::Leading, 5),
                contact(2, "Dolan", Stance::Resistant, Stance::Supportive, 4),
                contact(3, "Lindh", Stance::Leading, Stance::Neutral, 3),
            ],
            "To Dolan: what would make working with us easier for you?",
            "Stance now: resistant; wanted: supportive.",
        );
        let left_on = Some(day("2026-11-02"));
        let contact = Contact { family_name: "Lindh".into(), left_on, ..Contact::default() };
        check(
            &[row(1, "2026-01-05", contact)],
            "Who takes over from Lindh?",
            "Lindh left on 2 November.",
        );
        let engagement = Engagement {
            name: "Harbour".into(),
            stage: Stage::Implementation,
            planned_end: Some(day("2026-12-01")),
            ..Engagement::default()
        };
        check(
            &[row(1, "2026-01-05", engagement)],
            "What comes after “Harbour”?",
            "“Harbour” ends on 1 December (19 days left), and nothing follows.",
        );
        let demand = |number, text: &str, on: &str, status| {
            let raised_on = Some(day(on));
            row(number, on, Demand { text: text.into(), raised_on, status, ..Demand::default() })
        };
        check(
            &[
                demand(1, "Telemetry", "2026-10-20", DemandStatus::New),
                demand(2, "Night shift", "2026-10-10", DemandStatus::New),
                demand(3, "Answered", "2026-10-01", DemandStatus::Declined),
            ],
            "“Night shift”: is that still what you need?",
            "They asked for it on 10 October and have no answer yet.",
        );
    }

    /// Covers: S1.14
    #[test]
    fn for_a_function_that_is_silent() {
        let finance = Touchpoint {
            at: Some(moment("2026-08-07")),
            function: Some(Function::Finance),
            ..Touchpoint::default()
        };
        let mut rows = everybody_spoke();
        rows.pop();
        rows.push(row(1, "2026-08-07", finance));
        let found = asked(&rows);
        assert_eq!(
            found[0],
            (
                "Do our invoices come in time, and with everything on them that you need?"
                    .to_owned(),
                "Finance has been silent for 97 days.".to_owned(),
            )
        );
    }

    /// Covers: S1.34
    #[test]
    fn for_what_the_analysis_says() {
        let transitions = step(State::Draft, State::Current, "2026-10-01");
        let swot = Swot { on: Some(day("2026-10-01")), transitions, ..Swot::default() };
        let item = |number, quadrant, text: &str, weight| {
            let item = SwotItem {
                swot: Some(id(1).into()),
                quadrant: Some(quadrant),
                text: text.into(),
                weight: Scale::new(weight),
                ..SwotItem::default()
            };
            row(number, "2026-10-01", item)
        };
        let rows = [
            row(1, "2026-10-01", swot),
            item(2, Quadrant::Strength, "Known for years", 5),
            item(3, Quadrant::Weakness, "Two revisions", 3),
            item(4, Quadrant::Threat, "A rival offers telemetry", 4),
        ];
        check(
            &rows,
            "“A rival offers telemetry”: how do you see it?",
            "It stands as a threat in our analysis.",
        );
    }
}
