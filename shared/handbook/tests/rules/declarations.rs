//! Every declaration keeps what the rest of the project relies on.

use std::collections::BTreeSet;

use handbook::kind::{Class, Field, FieldType, Home, Kind};
use handbook::{Words, kind, kinds};

fn every_field() -> Vec<(&'static str, &'static Field)> {
    fn add(
        fields: &'static [Field],
        of: &'static str,
        into: &mut Vec<(&'static str, &'static Field)>,
    ) {
        for field in fields {
            into.push((of, field));
            if let FieldType::Facts(inner) = field.ty {
                add(inner, of, into);
            }
        }
    }
    let mut all = Vec::new();
    for kind in kinds() {
        add(kind.fields, kind.key, &mut all);
    }
    all
}

/// The type itself, or that of a set's members.
fn scalar(ty: &'static FieldType) -> &'static FieldType {
    match ty {
        FieldType::Many(inner) => inner,
        plain => plain,
    }
}

fn check_kinds(wrong: impl Fn(&&'static Kind) -> bool) {
    let wrong: Vec<_> = kinds().filter(wrong).map(|kind| kind.key).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

fn check_fields(wrong: impl Fn(&'static Field) -> bool) {
    let fields = every_field().into_iter().filter(|(_, field)| wrong(field));
    let wrong: Vec<_> = fields.map(|(kind, field)| format!("{kind}.{}", field.key)).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn these_kinds_are_there_in_this_order() {
    let keys: Vec<_> = kinds().map(|kind| kind.key).collect();
    let wanted = [
        "client",
        "site",
        "contact",
        "engagement",
        "involvement",
        "major_deliverable",
        "assignment",
        "touchpoint",
        "scheduled_contact",
        "promise",
        "action",
        "demand",
        "obligation",
        "sla",
        "sla_target",
        "sla_result",
        "complaint",
        "sponsor_dialogue",
        "assessment",
        "swot",
        "swot_item",
        "risk",
        "opportunity",
        "salvage_plan",
        "proactive_service",
        "value_shown",
        "intangible_benefit",
        "promotion",
        "switching_factor",
        "rollout",
        "comment",
        "attachment",
        "snooze",
        "own_value",
        "reason_owner",
        "member",
        "service",
        "value_add",
        "capacity",
        "statement",
        "tool",
        "saved_view",
        "own_field",
        "settings",
    ];
    assert_eq!(keys, wanted);
    assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), wanted.len());
}

/// What belongs to the firm as a whole; all else is about one client and lives, and goes, with it.
#[test]
fn these_kinds_live_in_the_firms_document() {
    let in_firm = kinds().filter(|kind| kind.home == Home::Firm);
    let keys: Vec<_> = in_firm.map(|kind| kind.key).collect();
    assert_eq!(
        keys,
        [
            "member",
            "service",
            "value_add",
            "capacity",
            "statement",
            "tool",
            "saved_view",
            "own_field",
            "settings"
        ]
    );
}

/// A client never sees, in any mode or print, how we judge it.
#[test]
fn these_kinds_are_for_our_eyes_only() {
    let shown = |kind: &&'static Kind| kind.fields.iter().any(|field| field.client_visible);
    let hidden: Vec<_> = kinds().filter(|kind| !shown(kind)).map(|kind| kind.key).collect();
    assert_eq!(
        hidden,
        [
            "involvement",
            "sponsor_dialogue",
            "assessment",
            "swot",
            "swot_item",
            "risk",
            "opportunity",
            "salvage_plan",
            "switching_factor",
            "rollout",
            "comment",
            "attachment",
            "snooze",
            "own_value",
            "reason_owner",
            "capacity",
            "tool",
            "saved_view",
            "own_field"
        ]
    );
}

#[test]
fn keys_are_plain_and_unique() {
    let plain =
        |key: &str| !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    check_kinds(|kind| !plain(kind.key));
    check_fields(|field| !plain(field.key));
    check_kinds(|kind| {
        let keys: BTreeSet<_> = kind.fields.iter().map(|field| field.key).collect();
        keys.len() != kind.fields.len()
    });
}

#[test]
fn everything_has_its_words_in_both_languages() {
    let missing = |words: &Words| words.en.is_empty() || words.de.is_empty();
    check_kinds(|kind| [kind.one, kind.many, kind.help].iter().any(missing));
    check_fields(|field| missing(&field.label) || missing(&field.help));
    check_fields(|field| match scalar(&field.ty) {
        FieldType::Choice(choices) => choices.options.iter().any(|o| missing(&o.label)),
        _ => false,
    });
    check_kinds(|kind| {
        kind.lifecycle.is_some_and(|life| {
            life.states.options.iter().any(|state| missing(&state.label))
                || life.steps.iter().any(|step| missing(&step.label))
                || life.fact.iter().any(|field| missing(&field.label))
        })
    });
}

#[test]
fn links_lead_to_kinds_and_classes_follow_from_types() {
    check_fields(|field| match scalar(&field.ty) {
        FieldType::Link(to) => kind(to).is_none(),
        _ => false,
    });
    check_fields(|field| {
        let class = match field.ty {
            FieldType::Prose => Class::Prose,
            FieldType::Many(_) => Class::Set,
            FieldType::Facts(_) => Class::Fact,
            _ => Class::Decisive,
        };
        field.class != class
    });
}

#[test]
fn every_kind_has_a_name_and_a_column_for_people() {
    check_kinds(|kind| kind.titles().next().is_none());
    check_kinds(|kind| !kind.singleton && !kind.fields.iter().any(|field| field.column));
    check_kinds(|kind| kind.number.is_some() && kind.field("number").is_none());
    check_kinds(|kind| {
        kind.lifecycle.is_some_and(|life| {
            let Some(Field { ty: FieldType::Facts(fields), .. }) = kind.field(life.field) else {
                return true;
            };
            !fields.iter().map(|field| field.key).eq(life.fact.iter().map(|field| field.key))
                || life.states.get(life.start).is_none()
                || life.steps.iter().any(|step| {
                    let is_state = |key: &&'static str| life.states.get(key).is_some();
                    let is_asked = |key: &&'static str| life.fact.iter().any(|f| f.key == *key);
                    !is_state(&step.to)
                        || !step.from.iter().all(is_state)
                        || !step.asks.iter().all(is_asked)
                        || step.label.de.is_empty()
                })
        })
    });
    // A state that a choice gives at the start is one of the machine's own.
    check_kinds(|kind| {
        let field = kind.lifecycle.and_then(|life| life.start_field.map(|key| (life, key)));
        field.is_some_and(|(life, key)| match kind.field(key).map(|field| &field.ty) {
            Some(FieldType::Choice(choices)) => !std::ptr::eq(*choices, life.states),
            _ => true,
        })
    });
}

#[test]
fn what_is_about_people_is_marked() {
    for key in ["contact", "involvement"] {
        assert!(kind(key).unwrap().fields.iter().all(|field| field.personal), "{key}");
    }
}
