//! Files from elsewhere and for elsewhere: what other programs export is read, what is written is read back, and nothing that
//! is thrown at a reader brings it down.

mod backup;
mod calendar;
mod cards;
mod collected;
mod layouts;
mod mail;
mod page;
mod random;
mod space;
