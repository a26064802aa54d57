//! Derived figures: never stored, each a pure function of facts and a day, each able to say how it came about.
//!
//! A figure about plain numbers takes plain data; one about whole records takes them as the typed edge reads them
//! ([`mod@crate::known`]). Every threshold stands in [`thresholds`], none in a figure.

pub mod adherence;
pub mod cadence;
pub mod clocks;
pub mod completeness;
pub mod concentration;
pub mod coverage;
pub mod dialogue_balance;
pub mod in_planning;
pub mod leadership;
pub mod leaving;
pub mod met;
pub mod pipeline;
pub mod promises;
pub mod reach;
pub mod reciprocity;
pub mod reference_uses;
pub mod risks;
pub mod rollout_gate;
pub mod service_levels;
pub mod spare_capacity;
pub mod sponsor;
pub mod stakeholders;
pub mod switching;
pub mod swots;
pub mod thresholds;
pub mod tools;
pub mod touch;
pub mod widening;

#[cfg(test)]
pub(crate) mod fixture;
