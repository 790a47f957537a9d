//! A shared object, or the body of an operation, as a struct.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::attr::MessageAttrs;
use super::cfg::CfgFeature;
use super::context::{Context, Scope};
use super::docs::Docs;
use super::field::{FieldPlace, StructField};
use super::lifecycle::Deprecation;
use super::{EmitError, summary};
use payspec_model::describe;
use payspec_model::model::{Body, Deprecated, Direction, Object, ObjectId, Operation};
use payspec_runtime::MediaType;

/// A struct of the generated crate.
pub(super) struct Struct<'a> {
    ident: Ident,
    docs: Docs,
    cfg_feature: CfgFeature,
    attrs: MessageAttrs<'a>,
    deprecated: Option<&'a Deprecated>,
    fields: Vec<StructField<'a>>,
}

impl<'a> Struct<'a> {
    /// Makes the struct of a shared object.
    pub(super) fn shared(context: &Context<'a>, id: ObjectId) -> Result<Self, EmitError> {
        let object = context.api.object(id);
        let attrs = MessageAttrs {
            direction: None,
            media_type: MediaType::Json,
            wire: &context.api.wire,
            at_least_one_of: &object.at_least_one_of,
            same_currency: &[],
            amounts: &object.amounts,
            quote: object.quote.as_ref(),
            refinements: &[],
            responses: &[],
            decisive: Vec::new(),
        };
        let ident = context.object(id).clone();
        let boxed = |field| context.is_boxed(id, field);
        let docs = context.docs(|| summary::object_docs(context.api, object));
        let shared = Self::new(context, object, ident, attrs, Scope::Types, docs, boxed)?;
        Ok(Struct {
            cfg_feature: context.cfg_features.object(id),
            ..shared
        })
    }

    /// Makes the struct of an operation's body.
    pub(super) fn body(
        context: &Context<'a>,
        operation: &'a Operation,
        body: &'a Body,
        direction: Direction,
        ident: Ident,
    ) -> Result<Self, EmitError> {
        let object = &body.object;
        let attrs = MessageAttrs {
            direction: Some(direction),
            media_type: body.media_type,
            wire: &context.api.wire,
            at_least_one_of: &object.at_least_one_of,
            same_currency: &body.same_currency,
            amounts: &object.amounts,
            quote: object.quote.as_ref(),
            refinements: &body.refinements,
            responses: operation.responses_of(body),
            decisive: match direction {
                Direction::Incoming => operation.decisive(context.api),
                Direction::Outgoing => Vec::new(),
            },
        };
        let docs = summary::body_docs(context.api, body);
        let is_boxed = |_| false;
        let mut made = Self::new(
            context,
            object,
            ident,
            attrs,
            Scope::Operation,
            docs,
            is_boxed,
        )?;
        if context.has_comments() {
            for (field, made) in object.fields.iter().zip(&mut made.fields) {
                let answers = describe::with_field(operation, body, &field.name);
                answers.iter().for_each(|answers| made.document(answers));
            }
        }
        Ok(made)
    }

    /// Returns the same struct, marked as deprecated.
    pub(super) fn deprecated(self, deprecated: Option<&'a Deprecated>) -> Self {
        Struct { deprecated, ..self }
    }

    fn new(
        context: &Context<'a>,
        object: &'a Object,
        ident: Ident,
        attrs: MessageAttrs<'a>,
        scope: Scope,
        docs: Docs,
        boxed: impl Fn(usize) -> bool,
    ) -> Result<Self, EmitError> {
        let sets_fixed = attrs.direction != Some(Direction::Incoming);
        let refinements = attrs.refinements;
        let fields = object.fields.iter().enumerate().map(|(index, field)| {
            let place = FieldPlace {
                scope,
                boxed: boxed(index),
                sets_fixed,
                refinements,
                amounts: &object.amounts,
                sources: &object.sources,
            };
            StructField::new(context, field, &place)
        });
        Ok(Struct {
            ident,
            docs,
            cfg_feature: CfgFeature::default(),
            attrs,
            deprecated: object.deprecated.as_ref(),
            fields: fields.collect::<Result<_, _>>()?,
        })
    }
}

impl ToTokens for Struct<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Struct {
            ident,
            docs,
            cfg_feature,
            attrs,
            deprecated,
            fields,
        } = self;
        let deprecation = Deprecation(*deprecated);
        tokens.extend(quote! {
            #docs
            #cfg_feature
            #[derive(Clone, PartialEq, ::payspec_runtime::Message)]
            #attrs
            #deprecation
            #[non_exhaustive]
            pub struct #ident {
                #(#fields,)*
            }
        });
        let fixed: Vec<TokenStream> = fields
            .iter()
            .filter_map(StructField::fixed_function)
            .collect();
        if !fixed.is_empty() {
            tokens.extend(quote! {
                #cfg_feature
                #[allow(deprecated)]
                impl #ident {
                    #(#fixed)*
                }
            });
        }
    }
}
