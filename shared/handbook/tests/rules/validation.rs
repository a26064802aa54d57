//! What is refused before it is written.

use handbook::validate::{LINE_MAX, MEMBERS_MAX, validate, validate_field};
use handbook::{Value, kind};

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

#[test]
fn a_new_record_names_what_is_missing() {
    let check = |key: &str, values: &[(&'static str, Value)], expected: &[&str]| {
        let problems = validate(kind(key).unwrap(), values);
        let fields: Vec<_> = problems.iter().map(|problem| problem.field).collect();
        assert_eq!(fields, expected, "{key} {values:?}");
    };
    check("client", &[], &["name"]);
    check("client", &[("name", text(""))], &["name"]);
    check("client", &[("name", text("Merrow"))], &[]);
    check("touchpoint", &[("subject", text("x"))], &["at", "function", "channel"]);
    check("complaint", &[("subject", text("x"))], &["received"]);
    check(
        "contact",
        &[("family_name", text("Voss")), ("influence", Value::Integer(6))],
        &["influence"],
    );
}

#[test]
fn a_single_field_says_what_is_wrong() {
    let problem = |key: &str, field: &str, value: Value| {
        let field = kind(key).unwrap().field(field).unwrap();
        validate_field(field, &value).map(|problem| problem.sentence.en)
    };
    let check = |key: &str, field: &str, value: Value, expected: Option<&str>| {
        assert_eq!(problem(key, field, value).as_deref(), expected, "{key}.{field}");
    };
    check("member", "email", text("nobody"), Some("“nobody” is not an e-mail address."));
    check("member", "email", text("ines@alder.example"), None);
    check(
        "client",
        "website",
        text("javascript:alert(1)"),
        Some("“javascript:alert(1)” is not a web address."),
    );
    check("touchpoint", "mood", Value::Integer(-2), None);
    check("touchpoint", "mood", Value::Integer(3), Some("“3” does not lie from -2 to 2."));
    check("touchpoint", "mood", text("3"), Some("“3” does not lie from -2 to 2."));
    check("touchpoint", "mood", text("1"), Some("That does not belong into this field."));
    check("client", "name", text(&"x".repeat(LINE_MAX)), None);
    check(
        "client",
        "name",
        text(&"x".repeat(LINE_MAX + 1)),
        Some("At most 500 characters fit in here."),
    );
    check(
        "client",
        "sites",
        Value::Many(vec![text("x"); MEMBERS_MAX + 1]),
        Some("At most 500 fit in here."),
    );
    check("complaint", "severity", Value::Foreign("galactic".to_owned()), None);
    check("complaint", "complainant", Value::Link(handbook::RecordId::ONLY), None);
}
