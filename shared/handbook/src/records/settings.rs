//! The firm's settings.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::typed::{Choice, Record, Scale};
use crate::value::currency_code;

/// A number of days from 1 to 999.
pub type Days = Scale<1, 999>;
/// A number of months from 1 to 60.
pub type Months = Scale<1, 60>;
/// A number of things from 1 to 99.
pub type Count = Scale<1, 99>;
/// A share from 1 to 100 per cent.
pub type Percent = Scale<1, 100>;

/// What holds for the whole firm. There is one; each value stands alone at the document's root.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = firm, singleton, label = "Settings", many = "Settings", de = "Einstellungen", de_many = "Einstellungen", de_help = "Was für die ganze Firma gilt.")]
pub struct Settings {
    /// The name on every printed page.
    #[field(
        required,
        client_visible,
        title,
        label = "Firm's name",
        de = "Name der Firma",
        de_help = "Der Name auf jeder gedruckten Seite."
    )]
    pub firm_name: String,
    /// ISO 4217 code of amounts that name none; EUR where empty.
    #[field(de = "Währung", de_help = "ISO-4217-Kürzel für Beträge ohne Währung; leer: EUR.")]
    pub currency: String,
    /// Where due dates begin and end: "Europe/Berlin".
    #[field(
        label = "Time zone",
        de = "Zeitzone",
        de_help = "Wo Fristen beginnen und enden: „Europe/Berlin“."
    )]
    pub zone: String,
    /// Days without a working day; Saturday and Sunday where empty.
    #[field(de = "Wochenende", de_help = "Tage ohne Arbeit; leer: Samstag und Sonntag.")]
    pub weekend: BTreeSet<Weekday>,
    /// Days on which nobody works.
    #[field(de = "Feiertage", de_help = "Tage, an denen niemand arbeitet.")]
    pub holidays: BTreeSet<NaiveDate>,
    /// Days between two-way contacts that we aim for; 30 where empty.
    #[field(
        label = "Contact every (days)",
        de = "Kontakt alle (Tage)",
        de_help = "Angestrebte Tage zwischen wechselseitigen Kontakten; leer: 30."
    )]
    pub cadence_ideal: Option<Days>,
    /// Days after which silence is a reason to act; 45 where empty.
    #[field(
        label = "Contact at the latest after (days)",
        de = "Kontakt spätestens nach (Tagen)",
        de_help = "Tage, nach denen Stille ein Anlass zum Handeln ist; leer: 45."
    )]
    pub cadence_max: Option<Days>,
    /// Days in which each function should have spoken; 90 where empty.
    #[field(
        label = "Coverage window (days)",
        de = "Zeitraum der Abdeckung (Tage)",
        de_help = "Tage, in denen jede Funktion gesprochen haben soll; leer: 90."
    )]
    pub coverage_days: Option<Days>,
    /// Working days to acknowledge a complaint; 1 where empty.
    #[field(
        label = "Acknowledge within (working days)",
        de = "Bestätigen binnen (Arbeitstagen)",
        de_help = "Arbeitstage, um eine Beschwerde zu bestätigen; leer: 1."
    )]
    pub acknowledge_days: Option<Days>,
    /// Working days to assess a complaint; 2 where empty.
    #[field(
        label = "Assess within (working days)",
        de = "Bewerten binnen (Arbeitstagen)",
        de_help = "Arbeitstage, um eine Beschwerde zu bewerten; leer: 2."
    )]
    pub assess_days: Option<Days>,
    /// Working days between updates while a complaint is open; 5 where empty.
    #[field(
        label = "Update every (working days)",
        de = "Zwischenbescheid alle (Arbeitstage)",
        de_help = "Arbeitstage zwischen Zwischenbescheiden, solange eine Beschwerde offen ist; leer: 5."
    )]
    pub update_days: Option<Days>,
    /// Working days to respond; 10 where empty.
    #[field(
        label = "Respond within (working days)",
        de = "Antworten binnen (Arbeitstagen)",
        de_help = "Arbeitstage, um zu antworten; leer: 10."
    )]
    pub respond_days: Option<Days>,
    /// Working days to respond to a complex complaint; 20 where empty.
    #[field(
        label = "Respond to a complex one within (working days)",
        de = "Komplexe beantworten binnen (Arbeitstagen)",
        de_help = "Arbeitstage, um eine komplexe Beschwerde zu beantworten; leer: 20."
    )]
    pub respond_complex_days: Option<Days>,
    /// Days in which a closed complaint may be reopened; 60 where empty.
    #[field(
        label = "Reopen within (days)",
        de = "Wiedereröffnen binnen (Tagen)",
        de_help = "Tage, in denen eine geschlossene Beschwerde wiedereröffnet werden kann; leer: 60."
    )]
    pub reopen_days: Option<Days>,
    /// Days after which to look whether a remedy helped; 30 where empty.
    #[field(
        label = "Check effect after (days)",
        de = "Wirksamkeit prüfen nach (Tagen)",
        de_help = "Tage, nach denen zu prüfen ist, ob die Abhilfe gewirkt hat; leer: 30."
    )]
    pub effect_days: Option<Days>,
    /// Months for which a SWOT analysis holds; 3 where empty.
    #[field(
        label = "SWOT analysis holds for (months)",
        de = "SWOT-Analyse gilt (Monate)",
        de_help = "Monate, für die eine SWOT-Analyse gilt; leer: 3."
    )]
    pub swot_months: Option<Months>,
    /// Months between two sponsor dialogues; 3 where empty.
    #[field(
        label = "Sponsor dialogue every (months)",
        de = "Sponsorgespräch alle (Monate)",
        de_help = "Monate zwischen zwei Sponsorgesprächen; leer: 3."
    )]
    pub dialogue_months: Option<Months>,
    /// Months after which a client's profile is looked through; 6 where empty.
    #[field(
        label = "Refresh profiles every (months)",
        de = "Profile auffrischen alle (Monate)",
        de_help = "Monate, nach denen das Profil eines Kunden durchzusehen ist; leer: 6."
    )]
    pub profile_months: Option<Months>,
    /// Months between two friendly touches of an archived client; 3 where empty.
    #[field(
        label = "Friendly touch every (months)",
        de = "Freundlicher Kontakt alle (Monate)",
        de_help = "Monate zwischen zwei freundlichen Kontakten mit einem archivierten Kunden; leer: 3."
    )]
    pub touch_months: Option<Months>,
    /// Days over which concentration on one person is counted; 180 where empty.
    #[field(
        label = "Concentration window (days)",
        de = "Zeitraum der Konzentration (Tage)",
        de_help = "Tage, über die die Konzentration auf eine Person gezählt wird; leer: 180."
    )]
    pub concentration_days: Option<Days>,
    /// Conversations below which concentration is not judged; 5 where empty.
    #[field(
        label = "Judge concentration from (conversations)",
        de = "Konzentration beurteilen ab (Gesprächen)",
        de_help = "Gespräche, unter denen die Konzentration nicht beurteilt wird; leer: 5."
    )]
    pub concentration_touches: Option<Count>,
    /// Share of one of us that is too much, in per cent; 60 where empty.
    #[field(
        label = "One of us at most (%)",
        de = "Eine Person von uns höchstens (%)",
        de_help = "Anteil einer Person von uns, der zu viel ist, in Prozent; leer: 60."
    )]
    pub concentration_ours: Option<Percent>,
    /// Share of one contact that is too much, in per cent; 70 where empty.
    #[field(
        label = "One contact at most (%)",
        de = "Ein Ansprechpartner höchstens (%)",
        de_help = "Anteil eines Ansprechpartners, der zu viel ist, in Prozent; leer: 70."
    )]
    pub concentration_theirs: Option<Percent>,
    /// Days in which complaints of one cause count together; 90 where empty.
    #[field(
        label = "Repeated complaints within (days)",
        de = "Wiederholte Beschwerden binnen (Tagen)",
        de_help = "Tage, in denen Beschwerden derselben Ursache zusammenzählen; leer: 90."
    )]
    pub repeat_days: Option<Days>,
    /// Days in which a demand is answered; 30 where empty.
    #[field(
        label = "Answer demands within (days)",
        de = "Anforderungen beantworten binnen (Tagen)",
        de_help = "Tage, in denen eine Anforderung zu beantworten ist; leer: 30."
    )]
    pub answer_days: Option<Days>,
    /// Days ahead from which the end of an engagement is worth a word; 90 where empty.
    #[field(
        label = "Speak of an end from (days ahead)",
        de = "Auf ein Ende hinweisen ab (Tage vorher)",
        de_help = "Tage im Voraus, ab denen das Ende eines Auftrags erwähnt wird; leer: 90."
    )]
    pub end_days: Option<Days>,
    /// Days ahead from which an expiring consent is worth a word; 30 where empty.
    #[field(
        label = "Speak of an expiry from (days ahead)",
        de = "Auf einen Ablauf hinweisen ab (Tage vorher)",
        de_help = "Tage im Voraus, ab denen eine ablaufende Einwilligung erwähnt wird; leer: 30."
    )]
    pub expiry_days: Option<Days>,
    /// Days after which a scheduled contact counts as late; 0 where empty.
    #[field(
        label = "Scheduled contacts may slip by (days)",
        de = "Geplante Kontakte dürfen rutschen um (Tage)",
        de_help = "Tage, nach denen ein geplanter Kontakt als verspätet gilt; leer: 0."
    )]
    pub grace_days: Option<Days>,
    /// Pilots that may run before the first success; 2 where empty.
    #[field(
        label = "Pilots at once",
        de = "Piloten zugleich",
        de_help = "Piloten, die vor dem ersten Erfolg laufen dürfen; leer: 2."
    )]
    pub pilots: Option<Count>,
    /// Share of promises kept on time before a pilot may be added, in per cent; 85 where empty.
    #[field(
        label = "On time before a new pilot (%)",
        de = "Termintreue vor einem neuen Pilot (%)",
        de_help = "Anteil pünktlich gehaltener Zusagen, der einem neuen Pilot vorausgeht, in Prozent; leer: 85."
    )]
    pub on_time_percent: Option<Percent>,
    /// Months after which it is confirmed anew that a tool is in use; 12 where empty.
    #[field(
        label = "Confirm tools every (months)",
        de = "Werkzeuge bestätigen alle (Monate)",
        de_help = "Monate, nach denen erneut zu bestätigen ist, dass ein Werkzeug genutzt wird; leer: 12."
    )]
    pub tool_months: Option<Months>,
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
#[expect(missing_docs, reason = "everybody knows them")]
pub enum Weekday {
    #[choice(de = "Montag")]
    Monday,
    #[choice(de = "Dienstag")]
    Tuesday,
    #[choice(de = "Mittwoch")]
    Wednesday,
    #[choice(de = "Donnerstag")]
    Thursday,
    #[choice(de = "Freitag")]
    Friday,
    #[choice(de = "Samstag")]
    Saturday,
    #[choice(de = "Sonntag")]
    Sunday,
    #[choice(foreign)]
    Foreign,
}

impl From<chrono::Weekday> for Weekday {
    fn from(day: chrono::Weekday) -> Self {
        match day {
            chrono::Weekday::Mon => Self::Monday,
            chrono::Weekday::Tue => Self::Tuesday,
            chrono::Weekday::Wed => Self::Wednesday,
            chrono::Weekday::Thu => Self::Thursday,
            chrono::Weekday::Fri => Self::Friday,
            chrono::Weekday::Sat => Self::Saturday,
            chrono::Weekday::Sun => Self::Sunday,
        }
    }
}

/// The thresholds with their defaults filled in (domain model, "Derived figures" and SM-2).
impl Settings {
    /// The currency of amounts that name none.
    pub fn currency_or_default(&self) -> [u8; 3] {
        currency_code(&self.currency).unwrap_or(*b"EUR")
    }

    /// The days of the week on which nobody works.
    pub fn weekend_or_default(&self) -> BTreeSet<Weekday> {
        if self.weekend.is_empty() {
            return BTreeSet::from([Weekday::Saturday, Weekday::Sunday]);
        }
        self.weekend.clone()
    }

    /// Days between contacts: aimed for, and at most.
    pub fn cadence(&self) -> (i64, i64) {
        (days(self.cadence_ideal, 30), days(self.cadence_max, 45))
    }

    /// Days in which each function should have spoken.
    pub fn coverage(&self) -> i64 {
        days(self.coverage_days, 90)
    }

    /// Working days to acknowledge, to assess, between updates.
    pub fn clocks(&self) -> (i64, i64, i64) {
        (days(self.acknowledge_days, 1), days(self.assess_days, 2), days(self.update_days, 5))
    }

    /// Working days to respond to a complaint of that complexity.
    pub fn respond(&self, complex: bool) -> i64 {
        if complex { days(self.respond_complex_days, 20) } else { days(self.respond_days, 10) }
    }

    /// Days in which a complaint may be reopened.
    pub fn reopen(&self) -> i64 {
        days(self.reopen_days, 60)
    }

    /// Days after which to look whether a remedy helped.
    pub fn effect(&self) -> i64 {
        days(self.effect_days, 30)
    }
}

fn days(set: Option<Days>, otherwise: i64) -> i64 {
    set.map_or(otherwise, Scale::get)
}
