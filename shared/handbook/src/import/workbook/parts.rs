//! The parts of a workbook beside its sheets: which sheets there are, the texts they share, which styles are dates.

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use super::{WorkbookError, dates};

/// Texts beyond so many are left empty.
const MAX_SHARED_TEXTS: usize = 2_000_000;

/// The sheets' relation ids in their order, and the day from which dates count.
#[derive(Debug, Default)]
pub(super) struct Book {
    pub(super) sheets: Vec<String>,
    pub(super) since_1904: bool,
}

pub(super) fn workbook(xml: &str) -> Result<Book, WorkbookError> {
    let mut book = Book::default();
    for_each(xml, |tag, name| match name {
        "sheet" => {
            // `hidden` and `veryHidden` sheets are not what a person sees and means.
            let visible = attribute(tag, "state").is_none_or(|state| state == "visible");
            book.sheets.extend(attribute(tag, "id").filter(|_| visible));
        }
        "workbookPr" => {
            book.since_1904 =
                attribute(tag, "date1904").is_some_and(|it| it == "1" || it == "true");
        }
        _ => {}
    })?;
    Ok(book)
}

/// Relation ids and the paths that they lead to.
pub(super) fn relations(xml: &str) -> Result<Vec<(String, String)>, WorkbookError> {
    let mut relations = Vec::new();
    for_each(xml, |tag, name| {
        if name != "Relationship" {
            return;
        }
        if let (Some(id), Some(target)) = (attribute(tag, "Id"), attribute(tag, "Target")) {
            let path = match target.strip_prefix('/') {
                Some(whole) => whole.to_owned(),
                None => format!("xl/{target}"),
            };
            relations.push((id, path));
        }
    })?;
    Ok(relations)
}

/// For each cell style whether it shows a date.
pub(super) fn date_styles(xml: &str) -> Result<Vec<bool>, WorkbookError> {
    let mut own: Vec<(u32, bool)> = Vec::new();
    let mut styles = Vec::new();
    let mut reader = Reader::from_str(xml);
    let mut in_styles = false;
    loop {
        match reader.read_event()? {
            Event::Eof => return Ok(styles),
            Event::End(tag) if tag.local_name().as_ref() == "cellXfs" => in_styles = false,
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "cellXfs" => in_styles = true,
                "numFmt" => {
                    let id = attribute(&tag, "numFmtId").and_then(|id| id.parse().ok());
                    let code = attribute(&tag, "formatCode").unwrap_or_default();
                    own.extend(id.map(|id| (id, dates::is_date_code(&code))));
                }
                "xf" if in_styles => {
                    let id =
                        attribute(&tag, "numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
                    let named = own.iter().find(|(known, _)| *known == id).map(|(_, date)| *date);
                    styles.push(named.unwrap_or_else(|| dates::is_date_format(id)));
                }
                _ => {}
            },
            _ => {}
        }
    }
}

/// The texts that cells refer to by number; runs of one text are put together, phonetic ones left out.
pub(super) fn shared_texts(xml: &str) -> Result<Vec<String>, WorkbookError> {
    let mut texts: Vec<String> = Vec::new();
    let mut reader = Reader::from_str(xml);
    let (mut in_text, mut phonetic) = (false, false);
    loop {
        match reader.read_event()? {
            Event::Eof => return Ok(texts),
            Event::Start(tag) => match tag.local_name().as_ref() {
                "si" if texts.len() < MAX_SHARED_TEXTS => texts.push(String::new()),
                "t" => in_text = true,
                "rPh" => phonetic = true,
                _ => {}
            },
            Event::Empty(tag) if tag.local_name().as_ref() == "si" => texts.push(String::new()),
            Event::End(tag) => match tag.local_name().as_ref() {
                "t" => in_text = false,
                "rPh" => phonetic = false,
                _ => {}
            },
            event if in_text && !phonetic => {
                if let Some(text) = texts.last_mut() {
                    push_text(text, &event);
                }
            }
            _ => {}
        }
    }
}

/// Adds the letters of an event to a text.
pub(super) fn push_text(text: &mut String, event: &Event<'_>) {
    match event {
        Event::Text(part) => text.push_str(&part.xml10_content()),
        Event::CData(part) => text.push_str(&part.xml10_content()),
        Event::GeneralRef(name) => match name.resolve_char_ref() {
            Ok(Some(sign)) => text.push(sign),
            _ => {
                let named = quick_xml::escape::resolve_predefined_entity(&name.xml10_content());
                text.push_str(named.unwrap_or_default());
            }
        },
        _ => {}
    }
}

/// An attribute by its name without prefix.
pub(super) fn attribute(tag: &BytesStart<'_>, wanted: &str) -> Option<String> {
    let mut all = tag.attributes().flatten();
    let found = all.find(|attribute| attribute.key.local_name().as_ref() == wanted)?;
    Some(found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?.into_owned())
}

fn for_each(xml: &str, mut take: impl FnMut(&BytesStart<'_>, &str)) -> Result<(), WorkbookError> {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event()? {
            Event::Eof => return Ok(()),
            Event::Start(tag) | Event::Empty(tag) => take(&tag, tag.local_name().as_ref()),
            _ => {}
        }
    }
}
