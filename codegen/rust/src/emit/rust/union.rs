//! Types of which a value is one, as an enum.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::cfg::CfgFeature;
use super::context::{Context, Scope, spelled};
use super::docs::{Docs, alias, code};
use super::enum_::UnknownVariant;
use super::lifecycle::Deprecation;
use super::{EmitError, summary};
use payspec_model::model::{self, Discriminator, UnionId};
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
    /// True if a text inside the object is the tag.
    is_tagged: bool,
    ty: TokenStream,
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
            let object = variant.object().map(|id| context.api.object(id));
            let description = context.api.meaning_of(variant);
            Ok(Variant {
                ident: naming::ident(&variant_name(variant)?),
                docs: context.docs(|| Docs::of(&variant.tag, description)),
                tag: &variant.tag,
                is_tagged: union.discriminator.field().is_some(),
                ty: context.value_type(&variant.ty, Scope::Types),
                deprecation: Deprecation(object.and_then(|object| object.deprecated.as_ref())),
            })
        });
        let docs = context.docs(|| {
            let mut docs = Docs::of(&union.name, &union.description);
            docs.own(&match union.discriminator.field() {
                Some(name) => format!("{} says which it is.", code(name)),
                None => "The JSON type says which it is.".to_owned(),
            });
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
        let (by, unknown) = match &union.discriminator {
            Discriminator::Field { name, .. } => {
                (quote!(tag = #name), "An object that is not documented.")
            }
            Discriminator::JsonType => (
                quote!(json_type),
                "A value whose JSON type is not documented.",
            ),
        };
        let unknown = UnknownVariant::of_json(unknown);
        let unknown = union.open.then_some(unknown);
        let non_exhaustive = union.open.then(|| quote!(#[non_exhaustive]));
        tokens.extend(quote! {
            #docs
            #cfg_feature
            #[derive(Clone, PartialEq, ::payspec_runtime::Union)]
            #[union(#by)]
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
            is_tagged,
            ty,
            deprecation,
        } = self;
        let alias = is_tagged.then(|| alias(ident, tag));
        let attribute = is_tagged.then(|| quote!(#[variant(#tag)]));
        tokens.extend(quote! {
            #docs
            #alias
            #attribute
            #deprecation
            #ident(#ty)
        });
    }
}
