//! `Choice`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Error, Ident, Result, Variant};

use crate::attributes::{Labels, each, help, key, label, text};

/// One value that can be chosen.
struct Chosen {
    name: Ident,
    key: String,
    declaration: TokenStream,
}

/// What the variants say together.
#[derive(Default)]
struct Variants {
    chosen: Vec<Chosen>,
    foreign: Option<Ident>,
    default: Option<Ident>,
}

pub(crate) fn choice(input: &DeriveInput) -> Result<TokenStream> {
    let Data::Enum(data) = &input.data else {
        return Err(Error::new_spanned(&input.ident, "a choice is an enum"));
    };
    let mut variants = Variants::default();
    for variant in &data.variants {
        variants.take(variant)?;
    }
    let name = &input.ident;
    let readable = name.to_string();
    let foreign = variants.foreign.ok_or_else(|| {
        Error::new_spanned(name, "mark one variant `#[choice(foreign)]`, for what is newer")
    })?;
    let names: Vec<_> = variants.chosen.iter().map(|chosen| &chosen.name).collect();
    let keys: Vec<_> = variants.chosen.iter().map(|chosen| &chosen.key).collect();
    let declarations = variants.chosen.iter().map(|chosen| &chosen.declaration);
    let empty = match &variants.default {
        Some(default) => quote!(::core::result::Result::Ok(Self::#default)),
        None => quote!(::core::result::Result::Err(::handbook::typed::Misfit)),
    };
    let default = variants.default.map(|default| {
        quote! {
            impl ::core::default::Default for #name {
                fn default() -> Self {
                    Self::#default
                }
            }
        }
    });

    Ok(quote! {
        #default

        impl ::handbook::typed::Choice for #name {
            const CHOICES: &'static ::handbook::kind::Choices = {
                static OPTIONS: &[::handbook::kind::Choosable] = &[#(#declarations),*];
                static CHOICES: ::handbook::kind::Choices =
                    ::handbook::kind::Choices { name: #readable, options: OPTIONS };
                &CHOICES
            };
            const FOREIGN: Self = Self::#foreign;
            const ALL: &'static [Self] = &[#(Self::#names),*];

            fn from_key(key: &str) -> ::core::option::Option<Self> {
                match key {
                    #(#keys => ::core::option::Option::Some(Self::#names),)*
                    _ => ::core::option::Option::None,
                }
            }

            fn key(self) -> &'static str {
                match self {
                    #(Self::#names => #keys,)*
                    Self::#foreign => "",
                }
            }
        }

        impl ::handbook::typed::FieldValue for #name {
            const TYPE: ::handbook::kind::FieldType =
                ::handbook::kind::FieldType::Choice(<Self as ::handbook::typed::Choice>::CHOICES);

            fn from_value(
                value: &::handbook::value::Value,
            ) -> ::core::result::Result<Self, ::handbook::typed::Misfit> {
                match value {
                    ::handbook::value::Value::Empty => #empty,
                    value => ::handbook::typed::chosen(value),
                }
            }

            fn into_value(self) -> ::handbook::value::Value {
                ::handbook::typed::choose(self)
            }
        }
    })
}

impl Variants {
    fn take(&mut self, variant: &Variant) -> Result<()> {
        let name = &variant.ident;
        if !variant.fields.is_empty() {
            return Err(Error::new_spanned(variant, "the variants of a choice carry no data"));
        }
        let mut labels = Labels::default();
        let mut stored = key(name);
        let (mut foreign, mut default) = (false, false);
        each(&variant.attrs, "choice", |meta| {
            if labels.take(&meta)? {
            } else if meta.path.is_ident("key") {
                stored = text(&meta)?;
            } else if meta.path.is_ident("foreign") {
                foreign = true;
            } else if meta.path.is_ident("default") {
                default = true;
            } else {
                return Err(meta.error("no such property of a choice"));
            }
            Ok(())
        })?;
        if foreign {
            if self.foreign.replace(name.clone()).is_some() {
                return Err(Error::new_spanned(name, "one variant is foreign"));
            }
            return Ok(());
        }
        if default && self.default.replace(name.clone()).is_some() {
            return Err(Error::new_spanned(name, "one variant is the default"));
        }
        let (words, help) = (labels.words(&label(name)), help(&variant.attrs));
        let declaration = quote! {
            ::handbook::kind::Choosable { key: #stored, label: #words, help: #help }
        };
        self.chosen.push(Chosen { name: name.clone(), key: stored, declaration });
        Ok(())
    }
}
