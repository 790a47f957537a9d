//! One field of a struct.

use payspec_runtime::Purpose;
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::attr::FieldAttr;
use super::context::{Context, Scope, spelled};
use super::docs::Docs;
use super::lifecycle::Deprecation;
use super::{EmitError, summary};
use payspec_model::model::{Field, SourceIds};
use payspec_model::naming;

/// A field of a struct.
pub(super) struct StructField<'a> {
    ident: Ident,
    ty: TokenStream,
    field: &'a Field,
    purpose: Option<Purpose>,
    docs: Docs,
}

impl<'a> StructField<'a> {
    /// Makes the field, inside an object with these `sources`.
    pub(super) fn new(
        context: &Context<'a>,
        field: &'a Field,
        scope: Scope,
        boxed: bool,
        sources: &SourceIds,
    ) -> Result<Self, EmitError> {
        let ident = naming::ident(&spelled(&field.name, naming::field_name(&field.name))?);
        let value = context.value_type(&field.ty, scope);
        let value = if boxed { quote!(Box<#value>) } else { value };
        let ty = if field.plain {
            value
        } else {
            quote!(Option<#value>)
        };
        let docs = context.docs(|| summary::field_docs(context.api, field, sources));
        Ok(StructField {
            ident,
            ty,
            field,
            purpose: context.purposes.of(field),
            docs,
        })
    }
}

impl ToTokens for StructField<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let StructField {
            ident,
            ty,
            field,
            purpose,
            docs,
        } = self;
        let attr = FieldAttr {
            field,
            purpose: *purpose,
            ident,
        };
        let deprecation = Deprecation(field.deprecated.as_ref());
        tokens.extend(quote! {
            #docs
            #attr
            #deprecation
            pub #ident: #ty
        });
    }
}
