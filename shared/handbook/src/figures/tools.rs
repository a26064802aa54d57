//! Tools coverage: of what we must know, which tool in use holds it (S0.29 to S0.35).

use crate::ids::RecordId;
use crate::known::Known;
use crate::records::{Tool, ToolData, ToolDecision};
use crate::words::{Sentence, Words};

/// What a tool must tell us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Of the client (S0.30).
    ClientData,
    /// Of the services being provided (S0.31).
    Services,
    /// Of the projects that go on (S0.32).
    OngoingProjects,
    /// Of the projects completed (S0.33).
    CompletedProjects,
    /// Of opportunities for future business (S0.34).
    Opportunities,
}

impl Need {
    /// All of them, in the order of the requirements.
    pub const ALL: [Self; 5] = [
        Self::ClientData,
        Self::Services,
        Self::OngoingProjects,
        Self::CompletedProjects,
        Self::Opportunities,
    ];

    /// What it is called.
    pub const fn label(self) -> Words {
        match self {
            Self::ClientData => Words::new("Client data", "Kundendaten"),
            Self::Services => Words::new("Services provided", "Erbrachte Dienstleistungen"),
            Self::OngoingProjects => Words::new("Projects on-going", "Laufende Projekte"),
            Self::CompletedProjects => Words::new("Projects completed", "Abgeschlossene Projekte"),
            Self::Opportunities => Words::new("Opportunities", "Chancen"),
        }
    }

    /// What a tool that meets it says it holds. A tool for projects is asked for both, those that go on and those completed.
    const fn data(self) -> ToolData {
        match self {
            Self::ClientData => ToolData::Clients,
            Self::Services => ToolData::Services,
            Self::OngoingProjects | Self::CompletedProjects => ToolData::Projects,
            Self::Opportunities => ToolData::Opportunities,
        }
    }
}

/// One need and the tools for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covered {
    /// The need.
    pub need: Need,
    /// Tools that somebody confirmed and that stay or come.
    pub confirmed: Vec<RecordId>,
    /// Tools that nobody has confirmed, or that are to be replaced.
    pub others: Vec<RecordId>,
}

impl Covered {
    /// What to do where no confirmed tool meets the need.
    pub fn advice(&self) -> Option<Sentence> {
        let need = self.need.label();
        let sentence = match (self.confirmed.is_empty(), self.others.is_empty()) {
            (false, _) => return None,
            (true, false) => Sentence::new(
                format!(
                    "{}: a tool is named, but nobody has confirmed that it is in use.",
                    need.en
                ),
                format!(
                    "{}: Ein Werkzeug ist genannt, aber niemand hat bestätigt, dass es genutzt wird.",
                    need.de
                ),
            ),
            (true, true) => Sentence::new(
                format!("{}: no tool is in place; adopt the group's tool.", need.en),
                format!(
                    "{}: Es gibt kein Werkzeug; bitte das gemeinsame Werkzeug einführen.",
                    need.de
                ),
            ),
        };
        Some(sentence)
    }
}

/// Every need with its tools.
pub fn tools_coverage(tools: &[Known<Tool>]) -> Vec<Covered> {
    let covered = |need: Need| {
        let holding = tools.iter().filter(|tool| tool.holds.contains(&need.data()));
        let (confirmed, others): (Vec<_>, Vec<_>) = holding.partition(|tool| is_confirmed(tool));
        let ids = |tools: Vec<&Known<Tool>>| tools.into_iter().map(|tool| tool.id).collect();
        Covered { need, confirmed: ids(confirmed), others: ids(others) }
    };
    Need::ALL.into_iter().map(covered).collect()
}

fn is_confirmed(tool: &Tool) -> bool {
    tool.confirmed_on.is_some() && tool.decision != Some(ToolDecision::Replace)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{day, id};
    use super::*;

    /// Covers: S0.7, S0.29, S0.30, S0.31, S0.32, S0.33, S0.34, S0.35
    #[test]
    fn need_by_need() {
        let tool = |number, holds: &[ToolData], confirmed: bool, decision| {
            let holds = holds.iter().copied().collect();
            let confirmed_on = confirmed.then(|| day("2026-10-01"));
            Known::new(id(number), Tool { holds, confirmed_on, decision, ..Tool::default() })
        };
        let tools = [
            tool(1, &[ToolData::Clients, ToolData::Projects], true, None),
            tool(2, &[ToolData::Clients], true, Some(ToolDecision::Replace)),
            tool(3, &[ToolData::Services], false, Some(ToolDecision::Keep)),
        ];
        let found = tools_coverage(&tools);
        let ids: Vec<_> =
            found.iter().map(|one| (one.confirmed.clone(), one.others.clone())).collect();
        let (one, two, three) = (vec![id(1)], vec![id(2)], vec![id(3)]);
        let none = Vec::new;
        let expected = [
            (one.clone(), two),
            (none(), three),
            (one.clone(), none()),
            (one, none()),
            (none(), none()),
        ];
        assert_eq!(ids, expected);
        let advice: Vec<_> =
            found.iter().filter_map(Covered::advice).map(|advice| advice.en).collect();
        let expected = [
            "Services provided: a tool is named, but nobody has confirmed that it is in use.",
            "Opportunities: no tool is in place; adopt the group's tool.",
        ];
        assert_eq!(advice, expected);
    }
}
