//! What stands between the records of strategy and its pages: versions of a SWOT analysis, what a client is told of our
//! work, which way an adoption moves. Pure, as figures are; what is to be written comes back as operations.

pub mod benefits;
pub mod digest;
pub mod library;
pub mod rollout;
pub mod sponsor;
pub mod swot;
