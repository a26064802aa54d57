//! Dates, numbers and lists in a person's language, by the browser's own `Intl`.
//!
//! A formatter takes the browser some hundred microseconds to build, the first for a form of date twenty milliseconds, and one
//! microsecond to use: a [`Locale`] builds each of its formatters once, at first use.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::rc::Rc;

use chrono::{Datelike, NaiveDate};
use js_sys::{Array, Date, Function, Intl, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::js;

/// How much of a date to write; examples in British English for 12 November 2026.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateStyle {
    /// “Thursday 12 November”: the title of a day.
    Day,
    /// “12 November 2026”.
    Long,
    /// “12 Nov 2026”.
    Medium,
    /// “12 Nov”: where the year is plain.
    Short,
    /// “Friday 13”: in a week.
    Weekday,
    /// “November 2026”.
    Month,
}

impl DateStyle {
    /// Each of them.
    pub const ALL: [Self; 6] =
        [Self::Day, Self::Long, Self::Medium, Self::Short, Self::Weekday, Self::Month];

    const fn options(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Day => &[("weekday", "long"), ("day", "numeric"), ("month", "long")],
            Self::Long => &[("day", "numeric"), ("month", "long"), ("year", "numeric")],
            Self::Medium => &[("day", "numeric"), ("month", "short"), ("year", "numeric")],
            Self::Short => &[("day", "numeric"), ("month", "short")],
            Self::Weekday => &[("weekday", "long"), ("day", "numeric")],
            Self::Month => &[("month", "long"), ("year", "numeric")],
        }
    }
}

/// Units of [`Locale::relative`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Minutes.
    Minute,
    /// Hours.
    Hour,
    /// Days: −1 is “yesterday”.
    Day,
    /// Weeks.
    Week,
    /// Months.
    Month,
}

impl Unit {
    const fn name(self) -> &'static str {
        match self {
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }
}

/// The plural forms that languages tell apart (Unicode CLDR).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Plural {
    /// None at all, where the language has a form for it.
    Zero,
    /// “1 change”.
    One,
    /// A dual.
    Two,
    /// A few, as 2 to 4 in Czech.
    Few,
    /// Many, as 5 and more in Polish.
    Many,
    /// “3 changes”.
    Other,
}

/// Which formatter, with all that makes it differ from its siblings.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Date(DateStyle),
    Time,
    Number(u8),
    Percent,
    Money([u8; 3]),
    List,
    Relative,
    Plural,
    Collator,
}

/// A language with its conventions. Cheap to clone; clones share their formatters.
#[derive(Clone, Debug)]
pub struct Locale(Rc<Inner>);

#[derive(Debug)]
struct Inner {
    tag: String,
    made: RefCell<HashMap<Key, JsValue>>,
}

impl Locale {
    /// The conventions of a tag such as `en-GB` or `de`. The browser falls back to its own language for one it does not know.
    pub fn new(tag: &str) -> Self {
        Self(Rc::new(Inner { tag: tag.to_owned(), made: RefCell::new(HashMap::new()) }))
    }

    /// The tag it was made with.
    pub fn tag(&self) -> &str {
        &self.0.tag
    }

    /// A date of the calendar, free of time zones.
    pub fn date(&self, date: NaiveDate, style: DateStyle) -> String {
        let at = Date::utc(f64::from(date.year()), f64::from(date.month0()));
        let at = at + f64::from(date.day0()) * 86_400_000.0;
        self.apply(&Key::Date(style), "format", &[JsValue::from_f64(at)])
    }

    /// The time of day of a moment (milliseconds since 1970), where the device is: “11:48”.
    pub fn time(&self, at: u64) -> String {
        self.apply(&Key::Time, "format", &[JsValue::from_f64(at as f64)])
    }

    /// A number with exactly this many decimals, grouped as the language groups.
    pub fn number(&self, value: f64, decimals: u8) -> String {
        self.apply(&Key::Number(decimals), "format", &[JsValue::from_f64(value)])
    }

    /// A share between 0 and 1, in whole percent.
    pub fn percent(&self, share: f64) -> String {
        self.apply(&Key::Percent, "format", &[JsValue::from_f64(share)])
    }

    /// An amount in the currency's smallest unit (cents), with the decimals that the currency has.
    pub fn money(&self, minor: i64, currency: [u8; 3]) -> String {
        let key = Key::Money(currency);
        let decimals = self
            .formatter(&key)
            .and_then(|formatter| js::call(&formatter, "resolvedOptions", &[])?.ok())
            .and_then(|options| js::property(&options, "maximumFractionDigits")?.as_f64())
            .unwrap_or(2.0);
        let amount = minor as f64 / 10_f64.powf(decimals);
        self.apply(&key, "format", &[JsValue::from_f64(amount)])
    }

    /// “Ann, Ben and Cem”.
    pub fn list<T: AsRef<str>>(&self, items: &[T]) -> String {
        let array: Array = items.iter().map(|item| JsValue::from_str(item.as_ref())).collect();
        match self.try_apply(&Key::List, "format", &[array.into()]) {
            Some(text) => text,
            None => items.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", "),
        }
    }

    /// “in 3 days”, “yesterday”: `value` units from now.
    pub fn relative(&self, value: i32, unit: Unit) -> String {
        let arguments = [JsValue::from(value), JsValue::from_str(unit.name())];
        self.apply(&Key::Relative, "format", &arguments)
    }

    /// Which plural form goes with a count.
    pub fn plural(&self, count: u64) -> Plural {
        let form = self.try_apply(&Key::Plural, "select", &[JsValue::from_f64(count as f64)]);
        match form.as_deref() {
            Some("zero") => Plural::Zero,
            Some("one") => Plural::One,
            Some("two") => Plural::Two,
            Some("few") => Plural::Few,
            Some("many") => Plural::Many,
            _ => Plural::Other,
        }
    }

    /// The order of two names in the language, numbers by value (`Gate 9` before `Gate 10`).
    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        let answer = self
            .formatter(&Key::Collator)
            .and_then(|it| {
                js::call(&it, "compare", &[JsValue::from_str(a), JsValue::from_str(b)])?.ok()
            })
            .and_then(|order| order.as_f64());
        match answer {
            Some(order) => order.total_cmp(&0.0),
            None => a.cmp(b),
        }
    }

    fn apply(&self, key: &Key, method: &str, arguments: &[JsValue]) -> String {
        // Only an `Intl` that lacks a whole formatter fails here; then the bare value is better than nothing.
        self.try_apply(key, method, arguments)
            .or_else(|| arguments.first()?.as_f64().map(|value| value.to_string()))
            .unwrap_or_default()
    }

    fn try_apply(&self, key: &Key, method: &str, arguments: &[JsValue]) -> Option<String> {
        js::call(&self.formatter(key)?, method, arguments)?.ok()?.as_string()
    }

    fn formatter(&self, key: &Key) -> Option<JsValue> {
        if let Some(made) = self.0.made.borrow().get(key) {
            return Some(made.clone());
        }
        let (name, options) = recipe(key);
        let intl = js::property(&js_sys::global(), "Intl")?;
        let class: Function = js::property(&intl, name)?.dyn_into().ok()?;
        let options = options
            .iter()
            .map(|(name, value)| (*name, value.clone()))
            .collect::<Vec<(&str, JsValue)>>();
        let build = |tag: &str| {
            let arguments = Array::of2(&JsValue::from_str(tag), &js::object(&options));
            Reflect::construct(&class, &arguments).ok()
        };
        // An unusable tag throws; English stands in.
        let made = build(&self.0.tag).or_else(|| build("en"))?;
        self.0.made.borrow_mut().insert(key.clone(), made.clone());
        Some(made)
    }
}

/// The class and options of a formatter.
fn recipe(key: &Key) -> (&'static str, Vec<(&'static str, JsValue)>) {
    let text = JsValue::from_str;
    match key {
        Key::Date(style) => {
            let mut options: Vec<_> =
                style.options().iter().map(|(name, value)| (*name, text(value))).collect();
            options.push(("timeZone", text("UTC")));
            ("DateTimeFormat", options)
        }
        Key::Time => {
            ("DateTimeFormat", vec![("hour", text("2-digit")), ("minute", text("2-digit"))])
        }
        Key::Number(decimals) => {
            let digits = JsValue::from(*decimals);
            let options =
                vec![("minimumFractionDigits", digits.clone()), ("maximumFractionDigits", digits)];
            ("NumberFormat", options)
        }
        Key::Percent => {
            ("NumberFormat", vec![("style", text("percent")), ("maximumFractionDigits", 0.into())])
        }
        Key::Money(code) => {
            let code = String::from_utf8_lossy(code);
            ("NumberFormat", vec![("style", text("currency")), ("currency", text(&code))])
        }
        Key::List => ("ListFormat", vec![("style", text("long")), ("type", text("conjunction"))]),
        Key::Relative => ("RelativeTimeFormat", vec![("numeric", text("auto"))]),
        Key::Plural => ("PluralRules", Vec::new()),
        Key::Collator => {
            ("Collator", vec![("numeric", JsValue::TRUE), ("sensitivity", text("base"))])
        }
    }
}

/// The time zone of the device by its name, such as `Europe/Vienna`; `UTC` where the browser does not tell.
pub fn time_zone() -> String {
    let format = Intl::DateTimeFormat::new(&Array::new(), &js_sys::Object::new());
    js::property(&format.resolved_options(), "timeZone")
        .and_then(|zone| zone.as_string())
        .unwrap_or_else(|| "UTC".to_owned())
}
