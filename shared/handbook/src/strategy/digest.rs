//! What a client is told of our work in a period: what we did for them before anybody asked, with the benefit in their own
//! words, and what we showed them (S1.12, S1.16).
//!
//! Everything is read from [`Row::for_client`]: a field that the client may not see cannot get into a digest.

use std::fmt::Write;

use chrono::NaiveDate;

use crate::export::escaped;
use crate::ids::RecordId;
use crate::kind::FieldType;
use crate::known::{Known, known};
use crate::records::{Contact, Engagement, Member, ProactiveService, ValueAdd, ValueShown};
use crate::row::Row;
use crate::text::show;
use crate::typed::{Choice, Record};
use crate::value::Value;
use crate::words::{Language, Words};

/// What the reader is told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Digest {
    /// Our firm.
    pub firm: String,
    /// The client.
    pub client: String,
    /// First and last day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// What we did, oldest first.
    pub services: Vec<Service>,
    /// What we showed, oldest first.
    pub shown: Vec<Shown>,
}

/// Something we did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// The day it was done.
    pub on: NaiveDate,
    /// What it is.
    pub what: String,
    /// What it was good for, in the client's words.
    pub benefit: String,
    /// The engagement it belongs to; empty for none.
    pub engagement: String,
    /// Who of us did it.
    pub people: Vec<String>,
}

/// Something of the library that we showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The day.
    pub on: NaiveDate,
    /// Its title.
    pub title: String,
    /// What sort of thing.
    pub kind: Option<Words>,
    /// What it offers.
    pub summary: String,
    /// Where it is found; empty for nowhere.
    pub link: String,
    /// To whom.
    pub to: Vec<String>,
}

/// Whose digest it is, and of which days, both included.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// Our firm.
    pub firm: &'a str,
    /// The client.
    pub client: &'a str,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
}

/// Reads the digest from the client's rows and the firm's, living ones.
pub fn digest(about: About<'_>, client: &[Row], firm: &[Row]) -> Digest {
    let seen = |rows: &[Row]| rows.iter().map(Row::for_client).collect::<Vec<_>>();
    let (client, firm) = (seen(client), seen(firm));
    let inside = |on: Option<NaiveDate>| on.filter(|on| *on >= about.from && *on <= about.to);
    let names = |kind, ids: Vec<RecordId>, rows: &[Row]| -> Vec<String> {
        ids.into_iter().filter_map(|id| title(kind, id, rows)).collect()
    };
    let mut services: Vec<Service> = known::<ProactiveService>(&client)
        .iter()
        .filter_map(|one| {
            let engagement = one.engagement.map(|engagement| engagement.id);
            Some(Service {
                on: inside(one.done_on)?,
                what: one.idea.clone(),
                benefit: one.benefit.to_string(),
                engagement: engagement
                    .and_then(|id| title(Engagement::KEY, id, &client))
                    .unwrap_or_default(),
                people: names(Member::KEY, one.members.iter().map(|it| it.id).collect(), &firm),
            })
        })
        .collect();
    services.sort_by_key(|one| one.on);
    let library: Vec<Known<ValueAdd>> = known(&firm);
    let mut shown: Vec<Shown> = known::<ValueShown>(&client)
        .iter()
        .filter_map(|one| {
            let item = library.iter().find(|item| one.item.is_some_and(|of| of.id == item.id))?;
            Some(Shown {
                on: inside(one.on)?,
                title: item.title.clone(),
                kind: item.kind.map(Choice::label),
                summary: item.summary.to_string(),
                link: item.link.as_ref().map(ToString::to_string).unwrap_or_default(),
                to: names(Contact::KEY, one.contacts.iter().map(|it| it.id).collect(), &client),
            })
        })
        .collect();
    shown.sort_by_key(|one| one.on);
    let (firm, client) = (about.firm.to_owned(), about.client.to_owned());
    Digest { firm, client, from: about.from, to: about.to, services, shown }
}

/// What was done in those days and nobody told the client yet.
pub fn untold(
    services: &[Known<ProactiveService>],
    from: NaiveDate,
    to: NaiveDate,
) -> Vec<RecordId> {
    let done = |one: &&Known<ProactiveService>| {
        one.broadcast_on.is_none() && one.done_on.is_some_and(|on| on >= from && on <= to)
    };
    services.iter().filter(done).map(|one| one.id).collect()
}

fn title(kind: &str, id: RecordId, rows: &[Row]) -> Option<String> {
    let row = rows.iter().find(|row| row.kind.key == kind && row.id == id)?;
    Some(row.title()).filter(|title| !title.is_empty())
}

const HEADING: Words = Words::new("What we did for {}", "Was wir für {} getan haben");
const PERIOD: Words = Words::new("{} to {}", "{} bis {}");
const SHOWN: Words = Words::new("What we showed you", "Was wir Ihnen gezeigt haben");
const BY: Words = Words::new("By {}", "Von {}");
const FOR: Words = Words::new("Shown to {}", "Gezeigt: {}");

impl Digest {
    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.services.is_empty() && self.shown.is_empty()
    }

    /// "What we did for Merrow Water Board".
    pub fn heading(&self, language: Language) -> String {
        HEADING.get(language).replace("{}", &self.client)
    }

    /// "1 Aug 2026 to 12 Nov 2026".
    pub fn period(&self, language: Language) -> String {
        PERIOD.get(language).replacen("{}", &day(self.from, language), 1).replacen(
            "{}",
            &day(self.to, language),
            1,
        )
    }

    /// As plain text, to be sent by mail.
    pub fn text(&self, language: Language) -> String {
        let mut text = format!("{}\n{}\n", self.heading(language), self.period(language));
        for service in &self.services {
            let _ = write!(text, "\n{}: {}\n", day(service.on, language), service.what);
            for line in service.lines(language).iter().filter(|line| !line.is_empty()) {
                let _ = writeln!(text, "  {}", line.replace('\n', "\n  "));
            }
        }
        if !self.shown.is_empty() {
            let _ = write!(text, "\n{}\n", SHOWN.get(language));
        }
        for shown in &self.shown {
            let _ = write!(text, "\n{}: {}\n", day(shown.on, language), shown.titled(language));
            for line in shown.lines(language).iter().filter(|line| !line.is_empty()) {
                let _ = writeln!(text, "  {}", line.replace('\n', "\n  "));
            }
        }
        let _ = write!(text, "\n{}\n", self.firm);
        text
    }

    /// As a page that needs nothing else, to print or to hand over.
    pub fn html(&self, language: Language) -> String {
        let tag = match language {
            Language::En => "en",
            Language::De => "de",
        };
        let entry = |on: NaiveDate, what: &str, lines: &[String]| {
            let mut html = format!(
                "<article><p class=\"day\">{}</p><div><h2>{}</h2>",
                escaped(&day(on, language)),
                escaped(what)
            );
            for line in lines.iter().filter(|line| !line.is_empty()) {
                let _ = write!(html, "<p>{}</p>", escaped(line));
            }
            html + "</div></article>\n"
        };
        let mut body: String = self
            .services
            .iter()
            .map(|one| entry(one.on, &one.what, &one.lines(language)))
            .collect();
        if !self.shown.is_empty() {
            let _ = writeln!(body, "<h2 class=\"part\">{}</h2>", SHOWN.get(language));
        }
        for one in &self.shown {
            body += &entry(one.on, &one.titled(language), &one.lines(language));
        }
        let heading = escaped(&self.heading(language));
        format!(
            "<!DOCTYPE html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{heading}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
             <header><p>{firm}</p><h1>{heading}</h1><p>{period}</p></header>\n<main>\n{body}</main>\n</body>\n</html>\n",
            firm = escaped(&self.firm),
            period = escaped(&self.period(language)),
        )
    }
}

impl Service {
    /// What stands under it: the benefit, then who did it and in which engagement.
    pub fn lines(&self, language: Language) -> [String; 2] {
        let by = names(BY, &self.people, language);
        let parts = [by.as_str(), &self.engagement];
        let about = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
        [self.benefit.clone(), about.join(" · ")]
    }
}

impl Shown {
    /// "Case study: Quay walls under traffic".
    pub fn titled(&self, language: Language) -> String {
        let kind = self.kind.map(|kind| format!("{}: ", kind.get(language)));
        kind.unwrap_or_default() + &self.title
    }

    /// What stands under it.
    pub fn lines(&self, language: Language) -> [String; 3] {
        [self.summary.clone(), self.link.clone(), names(FOR, &self.to, language)]
    }
}

fn names(around: Words, names: &[String], language: Language) -> String {
    if names.is_empty() {
        return String::new();
    }
    around.get(language).replace("{}", &names.join(", "))
}

fn day(day: NaiveDate, language: Language) -> String {
    show(&FieldType::Date, &Value::Date(day), language, &|_, _| None)
}

const STYLE: &str = "\
@page{size:A4;margin:20mm 18mm}\
html{color-scheme:light}\
body{margin:0 auto;padding:2rem 1.5rem;max-width:44rem;background:#fff;color:#1d2523;\
font:11pt/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;overflow-wrap:anywhere}\
header{border-bottom:1pt solid #1d2523;padding-bottom:.5rem;margin-bottom:.5rem}\
h1{font:22pt/1.2 'Iowan Old Style','Palatino Linotype',Palatino,Georgia,serif;margin:.25rem 0}\
header p{margin:0;color:#4b5552}\
article{display:grid;grid-template-columns:7rem 1fr;gap:0 1rem;padding:.75rem 0;border-bottom:.5pt solid #ccc;break-inside:avoid}\
article p{margin:.25rem 0;white-space:pre-line}\
.day{color:#4b5552}\
h2{font-size:11pt;margin:.25rem 0}\
.part{font-size:14pt;margin:2rem 0 .5rem}\
@media print{body{padding:0;max-width:none}}";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::fixture::{day, id, row};
    use crate::typed::Id;

    fn service(number: u8, idea: &str, on: &str) -> Row {
        row(
            number,
            ProactiveService {
                idea: idea.into(),
                done_on: on.parse().ok(),
                benefit: "No line stood still.".into(),
                members: [Id::new(id(50))].into(),
                ..ProactiveService::default()
            },
        )
    }

    fn firm() -> Vec<Row> {
        let member = Member { name: "Ines Marchetti".into(), ..Member::default() };
        let study = ValueAdd {
            title: "Quays under traffic".into(),
            kind: Some(crate::records::ValueAddKind::CaseStudy),
            summary: "A port like theirs, deepened at night.".into(),
            ..ValueAdd::default()
        };
        vec![row(50, member), row(51, study)]
    }

    fn about(from: &str, to: &str) -> About<'static> {
        About { firm: "Alder & Tarn", client: "Saltmere <Port>", from: day(from), to: day(to) }
    }

    /// Covers: S1.12, S1.16, S1.17
    #[test]
    fn of_those_days_and_in_their_words() {
        let shown = ValueShown {
            item: Some(Id::new(id(51))),
            on: Some(day("2026-10-02")),
            ..ValueShown::default()
        };
        let rows = [
            service(1, "Swept the culvert", "2026-10-05"),
            service(2, "Too early", "2026-07-31"),
            service(3, "Still an idea", ""),
            row(4, shown),
        ];
        let digest = digest(about("2026-08-01", "2026-11-12"), &rows, &firm());
        let expected = "What we did for Saltmere <Port>\n1 Aug 2026 to 12 Nov 2026\n\n\
                        5 Oct 2026: Swept the culvert\n  No line stood still.\n  By Ines Marchetti\n\n\
                        What we showed you\n\n2 Oct 2026: Case study: Quays under traffic\n  \
                        A port like theirs, deepened at night.\n\nAlder & Tarn\n";
        assert_eq!(digest.text(Language::En), expected);
        let german = digest.text(Language::De);
        assert!(
            german
                .starts_with("Was wir für Saltmere <Port> getan haben\n01.08.2026 bis 12.11.2026")
        );
        let html = digest.html(Language::En);
        assert!(html.contains("<h1>What we did for Saltmere &lt;Port&gt;</h1>"));
        assert!(html.contains("<p>No line stood still.</p>"));
        assert!(!html.contains("Too early") && !html.contains("Still an idea"));
    }

    /// Every text of every record is a word that says whether the client may see its field. Covers: S1.12
    #[test]
    fn nothing_that_the_client_may_not_see() {
        let telling = |mut row: Row| {
            for (field, value) in row.kind.fields.iter().zip(&mut row.values) {
                let text = matches!(field.ty, FieldType::Line | FieldType::Note | FieldType::Prose);
                if text {
                    let seen = if field.client_visible { "visible" } else { "SECRET" };
                    *value = Value::Text(format!("{seen} {}", field.key));
                }
            }
            row
        };
        let rows: Vec<Row> = [service(1, "", "2026-10-05")].into_iter().map(telling).collect();
        let firm: Vec<Row> = firm().into_iter().map(telling).collect();
        let digest = digest(about("2026-08-01", "2026-11-12"), &rows, &firm);
        for told in [digest.text(Language::En), digest.html(Language::De)] {
            assert!(told.contains("visible idea") && told.contains("visible benefit"));
            assert!(!told.contains("SECRET"), "{told}");
        }
    }

    /// Covers: S1.12
    #[test]
    fn what_nobody_told_yet() {
        let told = |number, done: &str, told: &str| {
            let (done_on, broadcast_on) = (done.parse().ok(), told.parse().ok());
            Known::new(
                id(number),
                ProactiveService { done_on, broadcast_on, ..ProactiveService::default() },
            )
        };
        let services = [
            told(1, "2026-10-01", ""),
            told(2, "2026-10-01", "2026-10-02"),
            told(3, "", ""),
            told(4, "2026-07-01", ""),
        ];
        assert_eq!(untold(&services, day("2026-08-01"), day("2026-11-12")), [id(1)]);
    }
}
