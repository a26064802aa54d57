//! Tools that the engagement manager and the account manager confirm together: at first, and again after a while (S0.29).

use super::{AgendaItem, around, dated};
use crate::attention::Setting;
use crate::figures::thresholds::months_after;
use crate::ids::RecordKey;
use crate::records::{Tool, ToolDecision};
use crate::row::Row;
use crate::typed::Record;
use crate::words::Sentence;

/// One for each tool of the firm, on the day on which it is to be confirmed. What is to be replaced is left to that.
pub(super) fn items(rows: &[Row], setting: &Setting) -> Vec<AgendaItem> {
    let months = setting.thresholds.tool_months;
    let tools = rows.iter().filter(|row| row.kind == Tool::KIND && !row.gone);
    tools
        .filter_map(|row| {
            let tool = Tool::from_row(row).ok()?;
            if tool.decision == Some(ToolDecision::Replace) {
                return None;
            }
            let (day, why) = match tool.confirmed_on {
                Some(on) => (
                    months_after(on, months),
                    dated(
                        &format!("It was confirmed on {{}}; every {months} months somebody makes sure anew."),
                        &format!("Bestätigt wurde es am {{}}; alle {months} Monate vergewissert man sich neu."),
                        on,
                    ),
                ),
                None => (
                    row.created.at.day()?,
                    Sentence::new(
                        "Nobody has confirmed yet that it is in use.",
                        "Noch hat niemand bestätigt, dass es genutzt wird.",
                    ),
                ),
            };
            Some(AgendaItem {
                source: "tool",
                day,
                what: around("Confirm the tool: {}", "Werkzeug bestätigen: {}", &tool.name),
                why,
                record: Some(RecordKey::new(Tool::KIND, row.id)),
                owner: tool.owner.or(tool.confirmed_by).map(|member| member.id),
                client: None,
                again: None,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agenda::{Topic, of_firm};
    use crate::attention::fixture::setting;
    use crate::figures::fixture::{day, id};
    use crate::figures::thresholds::Thresholds;
    use crate::typed::{Id, Record};
    use crate::value::Moment;
    use crate::words::Language;

    fn row(number: u8, tool: Tool) -> Row {
        let mut row = Row::empty(Tool::KIND, id(number));
        for (field, value) in tool.into_values() {
            row.values[Tool::KIND.index(field).unwrap()] = value;
        }
        row.created.at = Moment::parse("2026-03-02T10:00:00.000+01:00").unwrap();
        row
    }

    fn tool(name: &str, confirmed: &str, decision: Option<ToolDecision>) -> Tool {
        let (name, confirmed_on) = (name.to_owned(), confirmed.parse().ok());
        Tool { name, confirmed_on, decision, ..Tool::default() }
    }

    /// Covers: S0.29
    #[test]
    fn confirmed_at_first_and_again() {
        let check = |tool: Tool, months: u32, expected: &[(&str, &str)]| {
            let thresholds = Thresholds { tool_months: months, ..Thresholds::default() };
            let found =
                of_firm(&[row(1, tool)], &crate::attention::Setting { thresholds, ..setting() });
            let found: Vec<_> =
                found.iter().map(|item| (item.day.to_string(), item.what.en.as_str())).collect();
            let found: Vec<_> = found.iter().map(|(day, what)| (day.as_str(), *what)).collect();
            assert_eq!(found, expected);
        };
        let what = "Confirm the tool: Ledger";
        check(tool("Ledger", "", None), 12, &[("2026-03-02", what)]);
        check(tool("Ledger", "2026-08-31", None), 12, &[("2027-08-31", what)]);
        check(tool("Ledger", "2026-08-31", None), 6, &[("2027-02-28", what)]);
        check(tool("Ledger", "", Some(ToolDecision::Adopt)), 12, &[("2026-03-02", what)]);
        check(tool("Ledger", "", Some(ToolDecision::Replace)), 12, &[]);
    }

    #[test]
    fn of_the_firm_and_not_of_a_client() {
        let (owner, by) = (Some(Id::new(id(7))), Some(Id::new(id(8))));
        let rows = [
            row(1, Tool { confirmed_by: by, ..tool("Ledger", "2026-10-01", None) }),
            row(2, Tool { owner, confirmed_by: by, ..tool("Shelf", "", None) }),
            Row { gone: true, ..row(3, tool("Old", "", None)) },
        ];
        let found = of_firm(&rows, &setting());
        let told: Vec<_> = found.iter().map(|item| (item.day, item.owner, item.client)).collect();
        let expected =
            [(day("2026-03-02"), Some(id(7)), None), (day("2027-10-01"), Some(id(8)), None)];
        assert_eq!(told, expected);
        assert_eq!(Topic::of(found[0].source), Some(Topic::Reviews));
        let entries = found[1].calendar_items("Northwind", Language::De);
        assert_eq!(entries.len(), 1);
        assert_eq!(entries[0].uid, format!("tool-{}@rapport", id(1)));
        assert_eq!(entries[0].summary, "Northwind: Werkzeug bestätigen: Ledger");
        let why =
            "Bestätigt wurde es am 1. Oktober 2026; alle 12 Monate vergewissert man sich neu.";
        assert_eq!(entries[0].description, why);
    }
}
