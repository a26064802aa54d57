//! The derives of the handbook: a struct becomes a table that the untyped core reads.
//!
//! `Record` emits a static `Kind`, a typed key for each field (`Complaint::KEYS.owner`) and the
//! two conversions between row and struct. `FactBody` does the same for the body of a fact, and
//! `Choice` for an enum without data. Nothing else is generated, so that fifty kinds stay small:
//! every other question is answered by code that reads the tables.
//!
//! What a declaration does not say follows from Rust: keys from names, labels from keys
//! (`sent_on` → "Sent on"), help from the doc comment (its German is `de_help`), field type and conflict class from the
//! Rust type.

mod attributes;
mod choice;
mod fields;
mod record;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Declares a kind of record.
///
/// On the struct, `#[record(…)]`: `home = client | firm`; and where needed `key = "…"`, `label`,
/// `many`, `de`, `de_many`, `de_help` (texts), `since = 2`, `number = "C"`, `lifecycle = path::TO_STATIC`,
/// `singleton`.
///
/// On a field, `#[field(…)]`: `required`, `client_visible`, `personal`, `title`, `column`,
/// `search`, `hidden`; `label`, `de`, `de_help`, `key`, `since = 2`.
#[proc_macro_derive(Record, attributes(record, field))]
pub fn record(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    record::record(&input).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Declares the body of a fact; fields as in [`Record`](macro@Record).
#[proc_macro_derive(FactBody, attributes(field))]
pub fn fact_body(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    record::fact_body(&input).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Declares a choice. Exactly one variant is marked `#[choice(foreign)]`: it stands for what a
/// newer version wrote. Others may carry `label`, `de`, `key`, and one `default`, which an empty
/// field reads as.
#[proc_macro_derive(Choice, attributes(choice))]
pub fn choice(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    choice::choice(&input).unwrap_or_else(syn::Error::into_compile_error).into()
}
