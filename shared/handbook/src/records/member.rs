//! Member.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::Function;
use crate::typed::{Email, Minutes, Phone, Prose, Record};

/// One of our people. The record has the id that the team's roster knows them by.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = firm, label = "Team member", de = "Teammitglied", de_many = "Team", many = "Team", de_help = "Jemand von uns. Der Eintrag trägt die Kennung, unter der die Teamliste die Person kennt.")]
pub struct Member {
    /// First and last name.
    #[field(
        required,
        client_visible,
        personal,
        title,
        column,
        search,
        de = "Name",
        de_help = "Vor- und Nachname."
    )]
    pub name: String,
    /// What they work in.
    #[field(client_visible, column, de = "Funktion", de_help = "Worin die Person arbeitet.")]
    pub function: Option<Function>,
    /// What it says on their card.
    #[field(
        client_visible,
        column,
        search,
        de = "Position",
        de_help = "Was auf der Visitenkarte steht."
    )]
    pub job_title: String,
    /// E-mail address at the firm.
    #[field(
        client_visible,
        personal,
        column,
        label = "E-mail",
        de = "E-Mail",
        de_help = "E-Mail-Adresse in der Firma."
    )]
    pub email: Option<Email>,
    /// Telephone number at the firm.
    #[field(
        client_visible,
        personal,
        column,
        de = "Telefon",
        de_help = "Telefonnummer in der Firma."
    )]
    pub phone: Option<Phone>,
    /// What they are good at.
    #[field(search, de = "Fähigkeiten", de_help = "Was die Person gut kann.")]
    pub skills: BTreeSet<String>,
    /// Working time a week that clients can have.
    #[field(
        de = "Wochenkapazität",
        de_help = "Arbeitszeit in der Woche, die Kunden zur Verfügung steht."
    )]
    pub weekly_capacity: Option<Minutes>,
    /// How they usually run a project, to compare expectations with.
    #[field(
        label = "Usual practice",
        de = "Übliche Arbeitsweise",
        de_help = "Wie die Person Projekte üblicherweise führt, zum Vergleich mit den Erwartungen."
    )]
    pub practice: Prose,
    /// First day.
    #[field(label = "Active from", de = "Aktiv von", de_help = "Erster Tag.")]
    pub active_from: Option<NaiveDate>,
    /// Last day.
    #[field(label = "Active until", de = "Aktiv bis", de_help = "Letzter Tag.")]
    pub active_until: Option<NaiveDate>,
    /// What they work in, where none of the five functions fits.
    #[field(
        client_visible,
        search,
        de = "Andere Funktion",
        de_help = "Worin die Person arbeitet, wo keine der fünf Funktionen passt."
    )]
    pub other_function: String,
}
