//! The fields of a record or of a fact.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Error, Fields, Ident, LitInt, Result, Type};

use crate::attributes::{Labels, each, key, label, text};

/// One field of the struct, with its declaration.
pub(crate) struct Declared {
    pub(crate) name: Ident,
    pub(crate) ty: Type,
    pub(crate) key: String,
    /// The expression of type `Field`.
    pub(crate) declaration: TokenStream,
}

/// The flags that a field may carry; each is a `bool` of the same name in `Field`.
const FLAGS: &[&str] =
    &["required", "client_visible", "personal", "title", "column", "search", "hidden"];

/// Names that the document layer keeps for itself inside a record.
const RESERVED: &[&str] = &["rev", "gone", "created"];

pub(crate) fn declared(input: &DeriveInput) -> Result<Vec<Declared>> {
    let Data::Struct(data) = &input.data else {
        return Err(Error::new_spanned(&input.ident, "a declaration is a struct"));
    };
    let Fields::Named(fields) = &data.fields else {
        return Err(Error::new_spanned(&input.ident, "the fields of a declaration have names"));
    };
    fields.named.iter().map(field).collect()
}

fn field(field: &syn::Field) -> Result<Declared> {
    let name = field.ident.clone().ok_or_else(|| Error::new_spanned(field, "nameless"))?;
    let mut labels = Labels::default();
    let mut flags: Vec<Ident> = Vec::new();
    let mut stored = key(&name);
    let mut since = None;
    each(&field.attrs, "field", |meta| {
        if labels.take(&meta)? {
        } else if meta.path.is_ident("key") {
            stored = text(&meta)?;
        } else if meta.path.is_ident("since") {
            since = Some(meta.value()?.parse::<LitInt>()?);
        } else if let Some(flag) =
            meta.path.get_ident().filter(|flag| FLAGS.iter().any(|known| flag == known))
        {
            flags.push(flag.clone());
        } else {
            return Err(meta.error("no such flag of a field"));
        }
        Ok(())
    })?;
    if RESERVED.contains(&stored.as_str()) || stored.contains('/') {
        return Err(Error::new_spanned(&name, "the document layer keeps this name for itself"));
    }
    let words = labels.words(&label(&name));
    let help = labels.help(&field.attrs);
    let ty = field.ty.clone();
    let since = since.map(|since| quote!(since: #since,));
    let declaration = quote! {
        ::handbook::kind::Field {
            help: #help,
            #(#flags: true,)*
            #since
            ..::handbook::kind::Field::new(
                #stored,
                #words,
                <#ty as ::handbook::typed::FieldValue>::TYPE,
                <#ty as ::handbook::typed::FieldValue>::CLASS,
            )
        }
    };
    Ok(Declared { name, ty, key: stored, declaration })
}
