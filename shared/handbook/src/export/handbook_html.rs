//! The handbook of one client as a single page that needs nothing else: to print, to keep, to hand over.
//!
//! Every kind is a section in the order in which people meet them, every field in words. The same rows lie in the page as
//! JSON, so that what was printed can be read back. Nothing is fetched from anywhere, and every text is escaped.

use std::fmt::Write;

use chrono::{NaiveDate, NaiveTime};

use super::{json, person::AboutPerson};
use crate::{
    ids::{DocumentId, RecordId},
    kind::{Field, FieldType, Home, Kind},
    records::kinds,
    row::Row,
    text::show,
    value::{Moment, Value},
    words::{Language, Words},
};

/// What goes into the page.
#[derive(Debug, Clone, Copy)]
pub struct Handbook<'a> {
    /// The client's document.
    pub document: DocumentId,
    /// Its rows; deleted ones are left out.
    pub rows: &'a [Row],
    /// The firm's rows, for the names of our people.
    pub firm: &'a [Row],
    /// The day on the page.
    pub day: NaiveDate,
    /// The language of labels and dates.
    pub language: Language,
    /// Whose handbook it is.
    pub firm_name: &'a str,
    /// Only what is about this contact: for whoever asks what we hold about them.
    pub about: Option<RecordId>,
}

const HANDBOOK: Words = Words::new("Client handbook", "Kundenhandbuch");
const PERSON: Words =
    Words::new("What we hold about this person", "Was wir zu dieser Person festhalten");
const CONTENTS: Words = Words::new("Contents", "Inhalt");
const AS_OF: Words = Words::new("As of", "Stand");
const STANDING: Words = Words::new("State", "Stand");
const NAMELESS: Words = Words::new("Without a name", "Ohne Namen");
const NEWER: Words = Words::new("From a newer version", "Aus einer neueren Version");

const STYLE: &str = "\
@page{size:A4;margin:20mm 18mm 22mm;@bottom-right{content:counter(page)}}\
*{box-sizing:border-box}\
html{color-scheme:light}\
body{margin:0 auto;padding:2rem 1.5rem;max-width:50rem;background:#fff;color:#1d1d1f;\
font:10.5pt/1.5 system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;overflow-wrap:anywhere}\
header{border-bottom:1.5pt solid #1d1d1f;padding-bottom:.75rem}\
h1{font-size:22pt;line-height:1.2;margin:.25rem 0}\
h2{font-size:15pt;margin:2.25rem 0 .5rem;border-bottom:.5pt solid #999;padding-bottom:.2rem;break-after:avoid}\
h3{font-size:11.5pt;margin:1.25rem 0 .25rem;break-after:avoid}\
.quiet{color:#555;margin:0}\
nav ol{columns:2;margin:.25rem 0;padding-left:1.5rem}\
nav a{color:inherit}\
dl{display:grid;grid-template-columns:minmax(8rem,13rem) 1fr;gap:.15rem 1rem;margin:.25rem 0}\
dt{color:#555}\
dd{margin:0;white-space:pre-wrap}\
dd ul{margin:0;padding-left:1.1rem;white-space:normal}\
@media print{body{padding:0;max-width:none}article{orphans:3;widows:3}dt{break-after:avoid}\
nav{break-after:page}nav a{text-decoration:none}}";

/// Writes the page.
pub fn handbook_html(handbook: &Handbook<'_>) -> String {
    let about = handbook.about.map(|contact| AboutPerson::new(contact, handbook.rows));
    let page = Page { of: handbook, about, language: handbook.language };
    let sections = page.sections();
    let title = page.title();
    let language = match handbook.language {
        Language::En => "en",
        Language::De => "de",
    };
    let say = |words: Words| words.get(handbook.language);
    let contents: String = sections
        .iter()
        .map(|(kind, rows)| {
            let count = if rows.len() > 1 { format!(" ({})", rows.len()) } else { String::new() };
            format!(
                "<li><a href=\"#{}\">{}</a>{count}</li>",
                escaped(kind.key),
                escaped(page.heading(kind))
            )
        })
        .collect();
    let body: String = sections.iter().map(|(kind, rows)| page.section(kind, rows)).collect();
    let day = show(&FieldType::Date, &Value::Date(handbook.day), handbook.language, &|_, _| None);
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light\">\n\
         <title>{title} – {handbook_word}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <header><p class=\"quiet\">{firm}</p><h1>{title}</h1><p class=\"quiet\">{handbook_word} · {as_of} {day}</p></header>\n\
         <nav><h2>{contents_word}</h2><ol>{contents}</ol></nav>\n\
         <main>\n{body}</main>\n\
         <script type=\"application/json\" id=\"rapport\">{data}</script>\n</body>\n</html>\n",
        title = escaped(&title),
        handbook_word = say(if handbook.about.is_some() { PERSON } else { HANDBOOK }),
        firm = escaped(handbook.firm_name),
        as_of = say(AS_OF),
        day = escaped(&day),
        contents_word = say(CONTENTS),
        data = page.data(),
    )
}

struct Page<'a> {
    of: &'a Handbook<'a>,
    about: Option<AboutPerson>,
    language: Language,
}

type Section<'a> = (&'static Kind, Vec<&'a Row>);

impl<'a> Page<'a> {
    fn living(&self) -> impl Iterator<Item = &'a Row> {
        let meant = |row: &&Row| self.about.as_ref().is_none_or(|about| about.concerns(row));
        self.of.rows.iter().filter(|row| !row.gone).filter(meant)
    }

    fn title(&self) -> String {
        let client = self.living().find(|row| match self.of.about {
            Some(contact) => row.id == contact,
            None => row.kind.key == crate::records::CLIENT,
        });
        let title = client.map(|row| row.title_in(self.language)).unwrap_or_default();
        if title.is_empty() { NAMELESS.get(self.language).to_owned() } else { title }
    }

    /// Kinds with records; those that happened at a time newest first, the others as they stand.
    fn sections(&self) -> Vec<Section<'a>> {
        let of_client = kinds().filter(|kind| kind.home == Home::Client);
        let sections = of_client.map(|kind| {
            let mut rows: Vec<&Row> = self.living().filter(|row| row.kind == kind).collect();
            if let Some(at) = kind.fields.iter().position(|it| matches!(it.ty, FieldType::Moment)) {
                let ms = |row: &Row| match row.at(at) {
                    Value::Moment(moment) => moment.ms,
                    _ => i64::MIN,
                };
                rows.sort_by_key(|row| std::cmp::Reverse(ms(row)));
            }
            (kind, rows)
        });
        sections.filter(|(_, rows)| !rows.is_empty()).collect()
    }

    fn heading(&self, kind: &Kind) -> &'static str {
        let words = if kind.key == crate::records::CLIENT { kind.one } else { kind.many };
        words.get(self.language)
    }

    fn section(&self, kind: &'static Kind, rows: &[&Row]) -> String {
        let mut html = format!(
            "<section id=\"{}\">\n<h2>{}</h2>\n",
            escaped(kind.key),
            escaped(self.heading(kind))
        );
        for row in rows {
            let title = row.title_in(self.language);
            let title = if title.is_empty() { NAMELESS.get(self.language) } else { &title };
            let head = if kind.key == crate::records::CLIENT {
                String::new()
            } else {
                format!("<h3>{}</h3>\n", escaped(title))
            };
            // Writing into a text cannot fail.
            let _ = write!(html, "<article>\n{head}<dl>\n{}</dl>\n</article>\n", self.fields(row));
        }
        html.push_str("</section>\n");
        html
    }

    /// Of a record with a life first where it stands, in the place of where it began.
    fn fields(&self, row: &Row) -> String {
        let life = row.kind.lifecycle;
        let stands = life.map(|life| {
            let state = life.told(row);
            line(STANDING.get(self.language), &escaped(state.get(self.language)))
        });
        let begun = life.and_then(|life| life.start_field);
        let filled = row.kind.fields.iter().zip(&row.values).filter(|(field, value)| {
            !value.is_empty() && !field.hidden && Some(field.key) != begun
        });
        let known = filled
            .map(|(field, value)| line(field.label.get(self.language), &self.value(field, value)));
        let unknown =
            row.unknown.iter().filter(|(_, value)| !value.is_empty()).map(|(key, value)| {
                let label = format!("{key} ({})", NEWER.get(self.language));
                line(&label, &escaped(&self.words(&FieldType::Note, value)))
            });
        stands.into_iter().chain(known).chain(unknown).collect()
    }

    /// In words; facts and long sets as lists.
    fn value(&self, field: &Field, value: &Value) -> String {
        let item = |text: String| format!("<li>{}</li>", escaped(&text));
        match (&field.ty, value) {
            (FieldType::Facts(_), Value::Facts(facts)) => {
                let facts = facts.iter().map(|fact| {
                    let says = self.words(&field.ty, &Value::Facts(vec![fact.clone()]));
                    let at = self.words(&FieldType::Moment, &Value::Moment(fact.at));
                    let by = self.name("member", RecordId::from_bytes(fact.by));
                    let who = by.map(|by| format!(", {by}")).unwrap_or_default();
                    item(format!("{at}{who}: {says}"))
                });
                format!("<ul>{}</ul>", facts.collect::<String>())
            }
            (FieldType::Many(inner), Value::Many(members)) if members.len() > 1 => {
                let members = members.iter().map(|member| item(self.words(inner, member)));
                format!("<ul>{}</ul>", members.collect::<String>())
            }
            (ty, value) => escaped(&self.words(ty, value)),
        }
    }

    fn words(&self, ty: &FieldType, value: &Value) -> String {
        show(ty, value, self.language, &|kind, id| self.name(kind, id))
    }

    fn name(&self, kind: &str, id: RecordId) -> Option<String> {
        let mut rows = self.of.rows.iter().chain(self.of.firm);
        let row = rows.find(|row| row.id == id && row.kind.key == kind)?;
        Some(row.title_in(self.language)).filter(|title| !title.is_empty())
    }

    /// The rows as our export has them, in letters that cannot end the script. What is hidden stays out: this page may be handed
    /// to somebody.
    fn data(&self) -> String {
        let rows: Vec<Row> = self.living().map(without_hidden).collect();
        let day = self.of.day.and_time(NaiveTime::MIN).and_utc().timestamp_millis();
        let at = Moment { ms: day, offset_min: 0 };
        let data = json::tree(&[(self.of.document, rows)], at).to_string();
        let mut safe = String::with_capacity(data.len());
        for sign in data.chars() {
            match sign {
                '<' => safe.push_str("\\u003c"),
                '>' => safe.push_str("\\u003e"),
                '&' => safe.push_str("\\u0026"),
                '\u{2028}' => safe.push_str("\\u2028"),
                '\u{2029}' => safe.push_str("\\u2029"),
                _ => safe.push(sign),
            }
        }
        safe
    }
}

fn without_hidden(row: &Row) -> Row {
    let mut row = row.clone();
    for (field, value) in row.kind.fields.iter().zip(&mut row.values) {
        if field.hidden {
            *value = Value::Empty;
        }
    }
    row
}

/// A label and what stands under it, which is HTML already.
fn line(label: &str, html: &str) -> String {
    format!("<dt>{}</dt><dd>{html}</dd>\n", escaped(label))
}

/// Text as HTML, in elements and in attributes. Signs that no page may hold are left out.
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\n' | '\t' => escaped.push(sign),
            _ if sign.is_control() => {}
            _ => escaped.push(sign),
        }
    }
    escaped
}
