//! What each rule is called, for those who look at all reasons of one rule at once.

use crate::words::Words;

/// Every rule's name and what people call it, in the order of the list.
pub const LABELS: &[(&str, Words)] = &[
    ("complaint-critical", Words::new("Critical complaint", "Kritische Beschwerde")),
    ("complaint-response", Words::new("Complaint unanswered", "Beschwerde unbeantwortet")),
    ("promise-overdue", Words::new("Promise due or broken", "Zusage fällig oder gebrochen")),
    ("sla-missed", Words::new("Service level missed", "Service-Level verfehlt")),
    ("two-versions", Words::new("Two versions", "Zwei Fassungen")),
    ("states-parted", Words::new("Two states", "Zwei Stände")),
    ("complaint-unrecorded", Words::new("Complaint not recorded", "Beschwerde nicht erfasst")),
    ("complaints-repeated", Words::new("Repeated complaints", "Wiederholte Beschwerden")),
    ("silence", Words::new("Client silent", "Kunde ohne Gespräch")),
    (
        "key-contact-silent",
        Words::new("Key contact silent", "Wichtiger Ansprechpartner ohne Gespräch"),
    ),
    ("no-contact", Words::new("Nobody known there", "Kein Ansprechpartner")),
    ("contact-left", Words::new("Contact has left", "Ansprechpartner ausgeschieden")),
    ("contact-missed", Words::new("Planned contact missed", "Geplanter Kontakt versäumt")),
    ("sponsor-silent", Words::new("Sponsor dialogue overdue", "Sponsorgespräch überfällig")),
    ("stance-regressing", Words::new("Stance got worse", "Haltung verschlechtert")),
    ("risk-unprovided", Words::new("Risk without contingency", "Risiko ohne Notfallmaßnahme")),
    ("engagement-ends", Words::new("Engagement ends", "Auftrag endet")),
    ("demand-unanswered", Words::new("Demand unanswered", "Anforderung unbeantwortet")),
    ("consent-expiring", Words::new("Consent runs out", "Einwilligung läuft aus")),
    ("coverage-thin", Words::new("Thin coverage", "Geringe Abdeckung")),
    ("one-of-us", Words::new("Hangs on one of us", "Hängt an einer Person von uns")),
    ("one-contact", Words::new("Hangs on one contact", "Hängt an einem Ansprechpartner")),
    ("only-contact", Words::new("Only one contact", "Nur ein Ansprechpartner")),
    ("no-account-manager", Words::new("Account manager", "Kundenbetreuung")),
    ("no-sponsor", Words::new("No client sponsor", "Kein Kundensponsor")),
    ("sponsor-dependent", Words::new("Sponsor not independent", "Sponsor nicht unabhängig")),
    ("swot-stale", Words::new("SWOT out of date", "SWOT veraltet")),
    ("opportunity-overdue", Words::new("Opportunity undecided", "Chance unentschieden")),
    ("loss-unsalvaged", Words::new("Loss without a plan", "Verlust ohne Plan")),
    ("friendly-touch", Words::new("Friendly touch due", "Freundlicher Kontakt fällig")),
    ("rollout-gate", Words::new("Too many pilots", "Zu viele Pilotprojekte")),
];

/// What people call a rule.
pub fn rule_label(rule: &str) -> Option<Words> {
    LABELS.iter().find(|(name, _)| *name == rule).map(|(_, label)| *label)
}
