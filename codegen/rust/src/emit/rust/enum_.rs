//! A set of texts or whole numbers as an enum.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, quote};

use super::cfg::CfgFeature;
use super::context::{Context, spelled};
use super::docs::{Docs, alias};
use super::lifecycle::Deprecation;
use super::{EmitError, summary};
use payspec_model::format::EnumType;
use payspec_model::model::{EnumId, EnumValue};
use payspec_model::naming;

/// An enum of the generated crate.
pub(super) struct StringEnum<'a> {
    ident: &'a Ident,
    docs: Docs,
    cfg_feature: CfgFeature,
    open: bool,
    variants: Vec<Variant<'a>>,
}

/// A documented value.
struct Variant<'a> {
    ident: Ident,
    docs: Docs,
    /// The number, in an enum of whole numbers.
    number: Option<Literal>,
    value: &'a EnumValue,
}

impl<'a> StringEnum<'a> {
    pub(super) fn new(context: &'a Context<'a>, id: EnumId) -> Result<Self, EmitError> {
        let item = context.api.enumeration(id);
        let variants = item.values.iter().map(|value| {
            let spelling = spelled(&value.name, naming::variant_name(value.spelling()))?;
            Ok(Variant {
                ident: naming::ident(&spelling),
                docs: context.docs(|| Docs::of(&value.name, &value.description)),
                number: match item.ty {
                    EnumType::Integer => value.name.parse().ok().map(Literal::i64_unsuffixed),
                    EnumType::String => None,
                },
                value,
            })
        });
        let docs = context.docs(|| {
            let mut docs = Docs::of(&item.name, &item.description);
            summary::sources(&mut docs, context.api, &item.sources);
            docs
        });
        Ok(StringEnum {
            ident: context.enumeration(id),
            docs,
            cfg_feature: context.cfg_features.enumeration(id),
            open: item.open,
            variants: variants.collect::<Result<_, EmitError>>()?,
        })
    }
}

impl ToTokens for StringEnum<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let StringEnum {
            ident,
            docs,
            cfg_feature,
            open,
            variants,
        } = self;
        let unknown = open.then_some(UnknownVariant::of_texts("A value that is not documented."));
        let non_exhaustive = open.then(|| quote!(#[non_exhaustive]));
        tokens.extend(quote! {
            #docs
            #cfg_feature
            #[derive(Clone, PartialEq, Eq, Hash, ::payspec_runtime::OpenEnum)]
            #non_exhaustive
            pub enum #ident {
                #(#variants,)*
                #unknown
            }
        });
    }
}

impl ToTokens for Variant<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Variant {
            ident,
            docs,
            number,
            value,
        } = self;
        let name = &value.name;
        let text = match number {
            Some(number) => quote!(#number),
            None => quote!(#name),
        };
        let alias = alias(ident, name);
        let deprecation = Deprecation(value.deprecated.as_ref());
        tokens.extend(quote! {
            #docs
            #alias
            #[value(#text)]
            #deprecation
            #ident
        });
    }
}

/// The variant that keeps what is not documented.
pub(super) struct UnknownVariant {
    description: &'static str,
    keeper: &'static str,
}

impl UnknownVariant {
    /// Makes the variant of an enum of texts or numbers.
    pub(super) const fn of_texts(description: &'static str) -> Self {
        UnknownVariant {
            description,
            keeper: "UnknownValue",
        }
    }

    /// Makes the variant of a union.
    pub(super) const fn of_json(description: &'static str) -> Self {
        UnknownVariant {
            description,
            keeper: "UnknownJson",
        }
    }
}

impl ToTokens for UnknownVariant {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let docs = Docs::of(naming::UNKNOWN_VARIANT, self.description);
        let keeper = naming::ident(self.keeper);
        let ident = naming::ident(naming::UNKNOWN_VARIANT);
        tokens.extend(quote! {
            #docs
            #[unknown]
            #ident(::payspec_runtime::#keeper)
        });
    }
}
