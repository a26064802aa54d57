//! A measured figure and how it is printed.

use std::fmt;
use std::time::Instant;

use serde_json::{Value, json};

/// One figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// What was measured, in words that stay the same.
    pub name: &'static str,
    /// Ours.
    pub figure: Figure,
    /// The least that anybody must spend, in the same unit; None where nothing fair can be
    /// compared.
    pub floor: Option<f64>,
}

/// A value with its unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Figure {
    Milliseconds(f64),
    /// Thousand bytes.
    Kilobytes(f64),
    /// Bytes for each of many.
    BytesEach(f64),
    /// So many.
    Count(f64),
    /// So many in a second.
    EachSecond(f64),
    /// Of a hundred.
    Percent(f64),
}

impl Figure {
    fn value(self) -> f64 {
        match self {
            Self::Milliseconds(value)
            | Self::Kilobytes(value)
            | Self::BytesEach(value)
            | Self::Count(value)
            | Self::EachSecond(value)
            | Self::Percent(value) => value,
        }
    }

    fn unit(self) -> &'static str {
        match self {
            Self::Milliseconds(_) => "ms",
            Self::Kilobytes(_) => "kB",
            Self::BytesEach(_) => "B each",
            Self::Count(_) => "",
            Self::EachSecond(_) => "/s",
            Self::Percent(_) => "%",
        }
    }
}

impl Measure {
    /// Ours over the floor.
    #[must_use]
    pub fn ratio(&self) -> Option<f64> {
        self.floor.filter(|floor| *floor > 0.0).map(|floor| self.figure.value() / floor)
    }

    /// One line for programs: `{"name", "value", "unit", "floor", "ratio"}`.
    #[must_use]
    pub fn json(&self) -> Value {
        json!({
            "name": self.name,
            "value": rounded(self.figure.value()),
            "unit": self.figure.unit(),
            "floor": self.floor.map(rounded),
            "ratio": self.ratio().map(rounded),
        })
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:<44}{:>10.2} {:<6}", self.name, self.figure.value(), self.figure.unit())?;
        if let (Some(floor), Some(ratio)) = (self.floor, self.ratio()) {
            write!(f, "  floor {floor:.2}, ratio {ratio:.2}")?;
        }
        Ok(())
    }
}

/// Time that passes.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Begins now.
    #[expect(clippy::disallowed_methods, reason = "measuring real time is what it is for")]
    #[must_use]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// What has passed since then.
    #[must_use]
    pub fn milliseconds(self) -> f64 {
        self.0.elapsed().as_secs_f64() * 1000.0
    }
}

/// The middle of what was measured; zero for nothing.
#[must_use]
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_for_programs_has_every_key_and_null_where_there_is_no_floor() {
        let push = Measure { name: "push", figure: Figure::Milliseconds(4.5), floor: Some(3.0) };
        let line = r#"{"floor":3.0,"name":"push","ratio":1.5,"unit":"ms","value":4.5}"#;
        assert_eq!(push.json().to_string(), line);
        let size = Measure { name: "size", figure: Figure::Kilobytes(699.9996), floor: None };
        let line = r#"{"floor":null,"name":"size","ratio":null,"unit":"kB","value":700.0}"#;
        assert_eq!(size.json().to_string(), line);
    }

    #[test]
    fn the_median_is_the_middle_one() {
        assert_eq!(median(vec![9.0, 1.0, 5.0]), 5.0);
        assert_eq!(median(Vec::new()), 0.0);
    }
}
