//! The complaint desk: the list, the record beside it, and the form that takes a new one.

pub mod act;
pub mod actions;
pub mod desk;
pub mod new;
pub mod record;
pub mod row;

pub use self::{
    desk::DeskPage,
    new::NewComplaintPage,
    row::{ComplaintRow, Desked},
};
