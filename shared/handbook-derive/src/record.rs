//! `Record` and `FactBody`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{DeriveInput, Error, Ident, LitInt, Path, Result};

use crate::attributes::{Labels, each, key, label, text};
use crate::fields::{Declared, declared};

/// What `#[record(…)]` says.
struct Declaration {
    key: String,
    home: Ident,
    one: TokenStream,
    many: TokenStream,
    help: TokenStream,
    since: u16,
    number: Option<String>,
    lifecycle: Option<Path>,
    singleton: bool,
}

pub(crate) fn record(input: &DeriveInput) -> Result<TokenStream> {
    let fields = declared(input)?;
    let Declaration { key, home, one, many, help, since, number, lifecycle, singleton } =
        declaration(input)?;
    let (name, visibility) = (&input.ident, &input.vis);
    let keys = format_ident!("{name}Keys");
    let names: Vec<_> = fields.iter().map(|field| &field.name).collect();
    let types: Vec<_> = fields.iter().map(|field| &field.ty).collect();
    let stored: Vec<_> = fields.iter().map(|field| &field.key).collect();
    let declarations: Vec<_> = fields.iter().map(|field| &field.declaration).collect();
    let indexes = 0..fields.len();
    let number = option(number.map(|letter| quote!(#letter)));
    let lifecycle = option(lifecycle.map(|path| quote!(&#path)));
    let (about_keys, about_struct) = about(name);

    Ok(quote! {
        #[doc = #about_struct]
        #visibility struct #keys {
            #(
                #[doc = "The key of the field of this name."]
                pub #names: ::handbook::typed::Key<#name, #types>,
            )*
        }

        impl #name {
            #[doc = #about_keys]
            pub const KEYS: #keys = #keys { #(#names: ::handbook::typed::Key::new(#indexes),)* };
        }

        impl ::handbook::typed::Record for #name {
            const KEY: &'static str = #key;

            const KIND: &'static ::handbook::kind::Kind = {
                static FIELDS: &[::handbook::kind::Field] = &[#(#declarations),*];
                static KIND: ::handbook::kind::Kind = ::handbook::kind::Kind {
                    key: #key,
                    home: ::handbook::kind::Home::#home,
                    singleton: #singleton,
                    since: #since,
                    one: #one,
                    many: #many,
                    help: #help,
                    fields: FIELDS,
                    number: #number,
                    lifecycle: #lifecycle,
                };
                &KIND
            };

            fn from_row(
                row: &::handbook::row::Row,
            ) -> ::core::result::Result<Self, ::handbook::typed::Unreadable> {
                ::handbook::typed::same_kind(row, Self::KIND)?;
                ::core::result::Result::Ok(Self { #(#names: Self::KEYS.#names.get(row)?,)* })
            }

            fn into_values(self) -> ::std::vec::Vec<(&'static str, ::handbook::value::Value)> {
                let values = [#(
                    (#stored, ::handbook::typed::FieldValue::into_value(self.#names)),
                )*];
                ::handbook::typed::filled(values)
            }
        }
    })
}

pub(crate) fn fact_body(input: &DeriveInput) -> Result<TokenStream> {
    let fields = declared(input)?;
    let name = &input.ident;
    let declarations: Vec<_> = fields.iter().map(|field| &field.declaration).collect();
    let names: Vec<_> = fields.iter().map(|field| &field.name).collect();
    let reads = fields.iter().enumerate().map(|(index, Declared { name, key, .. })| {
        quote!(#name: ::handbook::typed::read_at(values, #index, #key)?)
    });

    Ok(quote! {
        impl ::handbook::typed::FactBody for #name {
            const FIELDS: &'static [::handbook::kind::Field] = {
                static FIELDS: &[::handbook::kind::Field] = &[#(#declarations),*];
                FIELDS
            };

            fn from_values(
                values: &[::handbook::value::Value],
            ) -> ::core::result::Result<Self, ::handbook::typed::Unreadable> {
                ::core::result::Result::Ok(Self { #(#reads,)* })
            }

            fn into_values(self) -> ::std::vec::Vec<::handbook::value::Value> {
                ::std::vec![#(::handbook::typed::FieldValue::into_value(self.#names),)*]
            }
        }
    })
}

fn declaration(input: &DeriveInput) -> Result<Declaration> {
    let name = &input.ident;
    let mut stored = key(name);
    let mut home = None;
    let (mut one, mut many) = (Labels::default(), Labels::default());
    let mut since = 1;
    let (mut number, mut lifecycle, mut singleton) = (None, None, false);
    each(&input.attrs, "record", |meta| {
        if one.take(&meta)? {
        } else if meta.path.is_ident("key") {
            stored = text(&meta)?;
        } else if meta.path.is_ident("home") {
            home = Some(match meta.value()?.parse::<Ident>()? {
                firm if firm == "firm" => format_ident!("Firm"),
                client if client == "client" => format_ident!("Client"),
                other => return Err(Error::new_spanned(other, "home is firm or client")),
            });
        } else if meta.path.is_ident("many") {
            many.en = Some(text(&meta)?);
        } else if meta.path.is_ident("de_many") {
            many.de = Some(text(&meta)?);
        } else if meta.path.is_ident("since") {
            since = meta.value()?.parse::<LitInt>()?.base10_parse()?;
        } else if meta.path.is_ident("number") {
            number = Some(text(&meta)?);
        } else if meta.path.is_ident("lifecycle") {
            lifecycle = Some(meta.value()?.parse()?);
        } else if meta.path.is_ident("singleton") {
            singleton = true;
        } else {
            return Err(meta.error("no such property of a kind"));
        }
        Ok(())
    })?;
    let home = home.ok_or_else(|| Error::new_spanned(name, "say `home = firm` or `client`"))?;
    let singular = one.en.clone().unwrap_or_else(|| label(name));
    let many = many.words(&format!("{singular}s"));
    let help = one.help(&input.attrs);
    let one = one.words(&singular);
    Ok(Declaration { key: stored, home, one, many, help, since, number, lifecycle, singleton })
}

fn option(value: Option<TokenStream>) -> TokenStream {
    match value {
        Some(value) => quote!(::core::option::Option::Some(#value)),
        None => quote!(::core::option::Option::None),
    }
}

fn about(name: &Ident) -> (String, String) {
    (
        format!("The typed keys of the fields: `{name}::KEYS.…`."),
        format!("The typed keys of [`{name}`], a field each."),
    )
}
