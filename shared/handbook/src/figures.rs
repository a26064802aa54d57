//! Derived figures: never stored, each a pure function of facts and a day, each able to say how it came about.

pub mod cadence;
pub mod clocks;
pub mod coverage;
pub mod promises;
