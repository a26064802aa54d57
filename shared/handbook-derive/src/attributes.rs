//! Reading attributes and names.

use proc_macro2::TokenStream;
use quote::quote;
use syn::meta::ParseNestedMeta;
use syn::{Attribute, Expr, ExprLit, Ident, Lit, LitStr, Meta, Result};

/// Label, German label and German help, as `#[…(label = "…", de = "…", de_help = "…")]` gives them.
#[derive(Default)]
pub(crate) struct Labels {
    pub(crate) en: Option<String>,
    pub(crate) de: Option<String>,
    pub(crate) de_help: Option<String>,
}

impl Labels {
    /// Takes `label`, `de` and `de_help`; `false` if it is neither.
    pub(crate) fn take(&mut self, meta: &ParseNestedMeta<'_>) -> Result<bool> {
        if meta.path.is_ident("label") {
            self.en = Some(text(meta)?);
        } else if meta.path.is_ident("de") {
            self.de = Some(text(meta)?);
        } else if meta.path.is_ident("de_help") {
            self.de_help = Some(text(meta)?);
        } else {
            return Ok(false);
        }
        Ok(true)
    }

    /// The `Words`, with a label for where none is given.
    pub(crate) fn words(&self, otherwise: &str) -> TokenStream {
        let en = self.en.as_deref().unwrap_or(otherwise);
        let de = self.de.as_deref().unwrap_or_default();
        quote!(::handbook::words::Words::new(#en, #de))
    }

    /// The help as `Words`: the doc comment, and its German.
    pub(crate) fn help(&self, attributes: &[Attribute]) -> TokenStream {
        let en = help(attributes);
        let de = self.de_help.as_deref().unwrap_or_default();
        quote!(::handbook::words::Words::new(#en, #de))
    }
}

/// The text of `name = "text"`.
pub(crate) fn text(meta: &ParseNestedMeta<'_>) -> Result<String> {
    Ok(meta.value()?.parse::<LitStr>()?.value())
}

/// Calls `take` for every item of every `#[name(…)]`.
pub(crate) fn each(
    attributes: &[Attribute],
    name: &str,
    mut take: impl FnMut(ParseNestedMeta<'_>) -> Result<()>,
) -> Result<()> {
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident(name)) {
        attribute.parse_nested_meta(&mut take)?;
    }
    Ok(())
}

/// The doc comment's first paragraph, as one line.
pub(crate) fn help(attributes: &[Attribute]) -> String {
    let mut help = String::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("doc")) {
        let Meta::NameValue(meta) = &attribute.meta else { continue };
        let Expr::Lit(ExprLit { lit: Lit::Str(line), .. }) = &meta.value else { continue };
        let line = line.value();
        if line.trim().is_empty() {
            break;
        }
        if !help.is_empty() {
            help.push(' ');
        }
        help.push_str(line.trim());
    }
    help
}

/// `sent_on` → `Sent on`, `ClosedUnresolved` → `Closed unresolved`.
pub(crate) fn label(name: &Ident) -> String {
    let spaced = key(name).replace('_', " ");
    let mut letters = spaced.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// `ClosedUnresolved` → `closed_unresolved`; what is lower case stays as it is.
pub(crate) fn key(name: &Ident) -> String {
    let mut key = String::new();
    for letter in name.to_string().trim_start_matches("r#").chars() {
        if letter.is_uppercase() {
            if !key.is_empty() {
                key.push('_');
            }
            key.extend(letter.to_lowercase());
        } else {
            key.push(letter);
        }
    }
    key
}
