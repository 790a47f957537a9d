//! Objects that a text inside them tells apart, as an enum.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::cfg::CfgFeature;
use super::context::{Context, spelled};
use super::docs::{Docs, alias, code};
use super::enum_::UnknownVariant;
use super::lifecycle::Deprecation;
use super::{EmitError, summary};
use payspec_model::model::{self, UnionId};
use payspec_model::naming;

/// A union of the generated crate.
pub(super) struct UnionEnum<'a> {
    ident: &'a Ident,
    docs: Docs,
    cfg_feature: CfgFeature,
    union: &'a model::Union,
    variants: Vec<Variant<'a>>,
}

/// A documented object.
struct Variant<'a> {
    ident: Ident,
    docs: Docs,
    tag: &'a str,
    object: &'a Ident,
    deprecation: Deprecation<'a>,
}

/// Returns the name of a variant in Rust.
pub(super) fn variant_name(variant: &model::Variant) -> Result<String, EmitError> {
    spelled(&variant.tag, naming::variant_name(variant.spelling()))
}

impl<'a> UnionEnum<'a> {
    pub(super) fn new(context: &'a Context<'a>, id: UnionId) -> Result<Self, EmitError> {
        let union = context.api.union(id);
        let variants = union.variants.iter().map(|variant| {
            let object = context.api.object(variant.object);
            let description = match variant.description.as_str() {
                "" => &object.description,
                own => own,
            };
            Ok(Variant {
                ident: naming::ident(&variant_name(variant)?),
                docs: context.docs(|| Docs::of(&variant.tag, description)),
                tag: &variant.tag,
                object: context.object(variant.object),
                deprecation: Deprecation(object.deprecated.as_ref()),
            })
        });
        let docs = context.docs(|| {
            let mut docs = Docs::of(&union.name, &union.description);
            docs.own(&format!("{} says which it is.", code(&union.discriminator)));
            summary::sources(&mut docs, context.api, &union.sources);
            docs
        });
        Ok(UnionEnum {
            ident: context.union(id),
            docs,
            cfg_feature: context.cfg_features.union(id),
            union,
            variants: variants.collect::<Result<_, EmitError>>()?,
        })
    }
}

impl ToTokens for UnionEnum<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let UnionEnum {
            ident,
            docs,
            cfg_feature,
            union,
            variants,
        } = self;
        let tag = &union.discriminator;
        let unknown = UnknownVariant::of_objects("An object that is not documented.");
        let unknown = union.open.then_some(unknown);
        let non_exhaustive = union.open.then(|| quote!(#[non_exhaustive]));
        tokens.extend(quote! {
            #docs
            #cfg_feature
            #[derive(Clone, PartialEq, ::payspec_runtime::Union)]
            #[union(tag = #tag)]
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
            tag,
            object,
            deprecation,
        } = self;
        let alias = alias(ident, tag);
        tokens.extend(quote! {
            #docs
            #alias
            #[variant(#tag)]
            #deprecation
            #ident(#object)
        });
    }
}
