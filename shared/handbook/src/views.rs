//! Lists as somebody wants to see them: what is filtered out, in which order, with which columns.
//!
//! A [`View`] is what stands behind the question mark of a list's address, so that a list can be kept, shared and come
//! back to. It reads as a person would write it: `tier=key&service_since=..2020-12-31&sort=-name&columns=sector,tags`.
//! A list of any kind has the same filters; what a field can be asked follows from its type ([`Asks`]).

mod arrange;
mod query;
mod test;

pub use arrange::{Line, apply};
pub use query::{decode, encode, pairs};
pub use test::{Day, Test};

use crate::kind::{Field, FieldType, Kind};

/// A column of a list: a field of its kind, or what a page knows beside them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name in addresses.
    pub key: String,
    /// What it can be asked.
    pub asks: Asks,
    /// Keys of a choice in the order people expect; values beyond them come after.
    pub order: Vec<String>,
}

/// What can be asked of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// Whether it has these words in it.
    Words,
    /// Whether it is, or names, one of these.
    OneOf,
    /// Whether it is so; an empty one is not.
    YesNo,
    /// Whether it lies between two days.
    Days,
    /// Whether it lies between two numbers; amounts in whole units.
    Numbers,
}

impl Asks {
    /// Of a field of this type; `None` where a list has no answer: notes and prose are not in a list's rows.
    pub fn of(ty: &FieldType) -> Option<Self> {
        Some(match ty {
            FieldType::Line
            | FieldType::Email
            | FieldType::Phone
            | FieldType::Web
            | FieldType::Time => Self::Words,
            FieldType::Choice(_) | FieldType::Link(_) | FieldType::Many(_) => Self::OneOf,
            FieldType::Flag => Self::YesNo,
            FieldType::Date | FieldType::Moment => Self::Days,
            FieldType::Integer { .. } | FieldType::Minutes | FieldType::Money => Self::Numbers,
            FieldType::Note | FieldType::Prose | FieldType::Facts(_) => return None,
        })
    }
}

impl Column {
    /// The column of a field, if a list can show it.
    pub fn of_field(field: &Field) -> Option<Self> {
        let order = match field.ty {
            FieldType::Choice(choices) => {
                choices.options.iter().map(|option| option.key.to_owned()).collect()
            }
            _ => Vec::new(),
        };
        Some(Self { key: field.key.to_owned(), asks: Asks::of(&field.ty)?, order })
    }

    /// A column that no field stands behind.
    pub fn new(key: impl Into<String>, asks: Asks) -> Self {
        Self { key: key.into(), asks, order: Vec::new() }
    }
}

/// The columns of a kind that a list can filter by, in the order of its form. Its titles are words of the list itself.
pub fn columns(kind: &'static Kind) -> impl Iterator<Item = (usize, &'static Field, Column)> {
    let fields = kind.fields.iter().enumerate().filter(|(_, field)| !field.title && !field.hidden);
    fields.filter_map(|(index, field)| Some((index, field, Column::of_field(field)?)))
}

/// A list as somebody wants to see it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// Words that every line must have.
    pub words: String,
    /// What columns must answer, each column once, in the order they were asked.
    pub filters: Vec<(String, Test)>,
    /// The order; `None`: the list's own.
    pub sort: Option<Sort>,
    /// The columns shown; `None`: those the list begins with.
    pub columns: Option<Vec<String>>,
    /// What else the page keeps in its address, by name.
    pub page: Vec<(String, String)>,
}

/// By which column, and which end first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sort {
    /// The column's key; [`NAME`] for what a line is called.
    pub column: String,
    /// The last first.
    pub descending: bool,
}

/// The column of what a line is called.
pub const NAME: &str = "name";

const WORDS: &str = "q";
const SORT: &str = "sort";
const COLUMNS: &str = "columns";

impl View {
    /// Reads what stands behind the question mark. `page` names what the page itself keeps there. Whatever is neither
    /// known nor readable is left out: an address may come from a newer version, or from somebody's keyboard.
    pub fn parse(query: &str, columns: &[Column], page: &[&str]) -> Self {
        let mut view = Self::default();
        let known = |key: &str| key == NAME || columns.iter().any(|column| column.key == key);
        for (name, text) in pairs(query) {
            if page.contains(&name.as_str()) {
                view.page.retain(|(known, _)| *known != name);
                view.page.push((name, text));
                continue;
            }
            match name.as_str() {
                WORDS => view.words = text,
                SORT => {
                    let column = text.strip_prefix('-').unwrap_or(&text);
                    view.sort = known(column).then(|| Sort {
                        column: column.to_owned(),
                        descending: text.starts_with('-'),
                    });
                }
                COLUMNS => {
                    let keys = text.split(',').filter(|key| *key != NAME && known(key));
                    view.columns = Some(keys.map(str::to_owned).collect());
                }
                _ => {
                    let column = columns.iter().find(|column| column.key == name);
                    if let Some(test) = column.and_then(|column| Test::parse(column.asks, &text)) {
                        view.ask_also(&name, test);
                    }
                }
            }
        }
        view
    }

    /// What stands behind the question mark; empty for the list as it begins.
    pub fn format(&self) -> String {
        let mut parts = Vec::new();
        let mut put =
            |name: &str, text: &str| parts.push(format!("{}={}", encode(name), encode(text)));
        for (name, text) in self.page.iter().filter(|(_, text)| !text.is_empty()) {
            put(name, text);
        }
        if !self.words.trim().is_empty() {
            put(WORDS, &self.words);
        }
        for (column, test) in &self.filters {
            test.texts().iter().for_each(|text| put(column, text));
        }
        if let Some(sort) = &self.sort {
            put(SORT, &format!("{}{}", if sort.descending { "-" } else { "" }, sort.column));
        }
        if let Some(columns) = &self.columns {
            put(COLUMNS, &columns.join(","));
        }
        parts.join("&")
    }

    /// What a column is asked.
    pub fn filter(&self, column: &str) -> Option<&Test> {
        self.filters.iter().find(|(key, _)| key == column).map(|(_, test)| test)
    }

    /// Asks a column this, in place of what it was asked; `None` asks it nothing.
    pub fn ask(&mut self, column: &str, test: Option<Test>) {
        let at = self.filters.iter().position(|(key, _)| key == column);
        match (at, test) {
            (Some(at), None) => drop(self.filters.remove(at)),
            (Some(at), Some(test)) => {
                if let Some((_, known)) = self.filters.get_mut(at) {
                    *known = test;
                }
            }
            (None, Some(test)) => self.filters.push((column.to_owned(), test)),
            (None, None) => {}
        }
    }

    /// One of several: what an address names twice means either.
    fn ask_also(&mut self, column: &str, test: Test) {
        let known = self.filters.iter_mut().find(|(key, _)| key == column).map(|(_, test)| test);
        match (known, test) {
            (Some(Test::OneOf(keys)), Test::OneOf(more)) => {
                let new: Vec<String> = more.into_iter().filter(|key| !keys.contains(key)).collect();
                keys.extend(new);
            }
            (Some(known), test) => *known = test,
            (None, test) => self.filters.push((column.to_owned(), test)),
        }
    }

    /// Sorts by a column; by the one it is sorted by, the other way round.
    pub fn turn(&mut self, column: &str) {
        let same = self.sort.take().filter(|sort| sort.column == column);
        let descending = same.is_some_and(|sort| !sort.descending);
        self.sort = Some(Sort { column: column.to_owned(), descending });
    }

    /// What the page keeps under a name; empty if nothing.
    pub fn kept(&self, name: &str) -> &str {
        self.page.iter().find(|(known, _)| known == name).map_or("", |(_, text)| text)
    }

    /// Keeps something of the page's own; an empty text forgets it.
    pub fn keep(&mut self, name: &str, text: &str) {
        self.page.retain(|(known, _)| known != name);
        if !text.is_empty() {
            self.page.push((name.to_owned(), text.to_owned()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::{Client, kinds};
    use crate::typed::Record;

    fn client_columns() -> Vec<Column> {
        columns(Client::KIND).map(|(_, _, column)| column).collect()
    }

    /// Covers: S2.12
    #[test]
    fn an_address_says_what_is_seen() {
        let columns = client_columns();
        let check = |query: &str, expected: &str| {
            let view = View::parse(query, &columns, &["which", "as"]);
            assert_eq!(view.format(), expected, "{query}");
            assert_eq!(View::parse(expected, &columns, &["which", "as"]), view, "{expected}");
        };
        check("", "");
        check("q=water+board", "q=water%20board");
        check("tier=key&tier=standard", "tier=key&tier=standard");
        check("tags=harbour,%20east&tags=", "tags=harbour%2C%20east&tags=");
        check("service_since=2020-01-01..", "service_since=2020-01-01..");
        check("service_since=today-365..today", "service_since=today-365..today");
        check("long_term=yes&sector=w%C3%A4rme", "long_term=yes&sector=w%C3%A4rme");
        check("sort=-tier&columns=tier,tags", "sort=-tier&columns=tier%2Ctags");
        check("columns=", "columns=");
        check("as=cards&which=archived&tier=key", "as=cards&which=archived&tier=key");
        // What nobody can read is left out.
        check("colour=red&service_since=soon&sort=colour&columns=colour,tier", "columns=tier");
        check("willingness_to_invest=2..4", "willingness_to_invest=2..4");
        check("profile_goals=grow", "");
    }

    #[test]
    fn a_column_is_asked_one_thing() {
        let mut view = View::default();
        view.ask("tier", Some(Test::OneOf(vec!["key".into()])));
        view.ask("tags", Some(Test::OneOf(vec!["east".into()])));
        view.ask("tier", Some(Test::OneOf(vec!["standard".into()])));
        assert_eq!(view.format(), "tier=standard&tags=east");
        view.ask("tier", None);
        assert_eq!(view.format(), "tags=east");
        view.keep("as", "cards");
        assert_eq!((view.kept("as"), view.kept("which")), ("cards", ""));
        view.keep("as", "");
        assert_eq!(view.format(), "tags=east");
    }

    #[test]
    fn sorting_twice_turns_the_order() {
        let mut view = View::default();
        let mut check = |column: &str, expected: &str| {
            view.turn(column);
            assert_eq!(view.format(), expected);
        };
        check("tier", "sort=tier");
        check("tier", "sort=-tier");
        check("tier", "sort=tier");
        check(NAME, "sort=name");
    }

    /// An address would not know which of the two is meant.
    #[test]
    fn no_field_is_called_as_a_part_of_the_address() {
        for (kind, field) in kinds().flat_map(|kind| kind.fields.iter().map(move |f| (kind, f))) {
            let taken = [WORDS, SORT, COLUMNS, "which", "as", "edit"].contains(&field.key);
            let name = field.key == NAME && !field.title;
            assert!(!taken && !name, "{}.{}", kind.key, field.key);
        }
    }
}
