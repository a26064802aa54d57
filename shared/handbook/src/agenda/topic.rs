//! What agenda items are about, coarse enough to choose from.

use crate::words::Words;

/// What an item is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// The contact schedule.
    Schedule,
    /// Speaking with the client and its people often enough.
    Cadence,
    /// Sponsor dialogues and final debriefings.
    Dialogues,
    /// Promises.
    Promises,
    /// Actions and whether they helped.
    Actions,
    /// Major deliverables.
    Deliverables,
    /// Demands that wait for an answer.
    Demands,
    /// The clocks of complaints.
    Complaints,
    /// What has to be looked at again.
    Reviews,
    /// What ends or runs out.
    Ends,
    /// Opportunities.
    Opportunities,
}

impl Topic {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 11] = [
        Self::Schedule,
        Self::Cadence,
        Self::Dialogues,
        Self::Promises,
        Self::Actions,
        Self::Deliverables,
        Self::Demands,
        Self::Complaints,
        Self::Reviews,
        Self::Ends,
        Self::Opportunities,
    ];

    /// Its name in addresses.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Schedule => "schedule",
            Self::Cadence => "cadence",
            Self::Dialogues => "dialogues",
            Self::Promises => "promises",
            Self::Actions => "actions",
            Self::Deliverables => "deliverables",
            Self::Demands => "demands",
            Self::Complaints => "complaints",
            Self::Reviews => "reviews",
            Self::Ends => "ends",
            Self::Opportunities => "opportunities",
        }
    }

    /// What it is called.
    pub const fn label(self) -> Words {
        match self {
            Self::Schedule => Words::new("Contact schedule", "Kontaktplan"),
            Self::Cadence => Words::new("Cadence", "Kontaktrhythmus"),
            Self::Dialogues => Words::new("Sponsor dialogues", "Sponsorgespräche"),
            Self::Promises => Words::new("Promises", "Zusagen"),
            Self::Actions => Words::new("Actions", "Maßnahmen"),
            Self::Deliverables => Words::new("Major deliverables", "Hauptergebnisse"),
            Self::Demands => Words::new("Demands", "Anforderungen"),
            Self::Complaints => Words::new("Complaints", "Beschwerden"),
            Self::Reviews => Words::new("Reviews", "Überprüfungen"),
            Self::Ends => Words::new("Ends and expiries", "Enden und Fristen"),
            Self::Opportunities => Words::new("Opportunities", "Chancen"),
        }
    }

    /// A topic by its name in addresses.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.key() == key)
    }

    /// What an item of that source is about; `None` for a source that nobody has sorted.
    pub fn of(source: &str) -> Option<Self> {
        Some(match source {
            "scheduled-contact" => Self::Schedule,
            "cadence" | "contact-cadence" | "friendly-touch" => Self::Cadence,
            "sponsor-dialogue" | "debriefing" => Self::Dialogues,
            "promise" => Self::Promises,
            "action" | "action-effect" => Self::Actions,
            "deliverable" => Self::Deliverables,
            "demand" => Self::Demands,
            "swot" | "risk-review" | "pilot" | "profile" | "lawful-basis" | "tool" => Self::Reviews,
            "consent" => Self::Ends,
            "opportunity" => Self::Opportunities,
            clock if clock.starts_with("complaint-") => Self::Complaints,
            end if end.contains("-end-") => Self::Ends,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_and_addresses() {
        let check = |source: &str, expected| assert_eq!(Topic::of(source), expected);
        check("complaint-response", Some(Topic::Complaints));
        check("sla-end-90", Some(Topic::Ends));
        check("friendly-touch", Some(Topic::Cadence));
        check("gardening", None);
        for topic in Topic::ALL {
            assert_eq!(Topic::from_key(topic.key()), Some(topic));
        }
    }
}
