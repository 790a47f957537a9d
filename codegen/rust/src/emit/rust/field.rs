//! One field of a struct.

use payspec_runtime::Purpose;
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::attr::FieldAttr;
use super::context::{Context, Scope, field_ident};
use super::docs::Docs;
use super::fixed::{self, Rules};
use super::lifecycle::Deprecation;
use super::{EmitError, summary};
use payspec_model::model::{Amount, Field, Refinement, SourceIds};

/// A field of a struct.
pub(super) struct StructField<'a> {
    ident: Ident,
    ty: TokenStream,
    field: &'a Field,
    purpose: Option<Purpose>,
    /// The only value that the field can have.
    fixed: Option<TokenStream>,
    docs: Docs,
}

/// The place of a field.
pub(super) struct FieldPlace<'a> {
    pub(super) scope: Scope,
    /// True if the type of the field is boxed.
    pub(super) boxed: bool,
    /// True if the builder sets fields with a single possible value.
    pub(super) sets_fixed: bool,
    /// The refinements of the body that has the field.
    pub(super) refinements: &'a [Refinement],
    /// The amounts of money in the object that has the field.
    pub(super) amounts: &'a [Amount],
    /// The sources of the object that has the field.
    pub(super) sources: &'a SourceIds,
}

impl<'a> StructField<'a> {
    /// Adds a statement to the documentation.
    pub(super) fn document(&mut self, statement: &str) {
        self.docs.own(statement);
    }

    /// Makes the field.
    pub(super) fn new(
        context: &Context<'a>,
        field: &'a Field,
        place: &FieldPlace<'_>,
    ) -> Result<Self, EmitError> {
        let FieldPlace {
            scope,
            boxed,
            sets_fixed,
            refinements,
            amounts,
            sources,
        } = *place;
        let ident = field_ident(field)?;
        let value = context.value_type(&field.ty, scope);
        let value = if boxed { quote!(Box<#value>) } else { value };
        let value = match field.nullable {
            true => quote!(::payspec_runtime::Nullable<#value>),
            false => value,
        };
        let ty = if field.plain {
            value
        } else {
            quote!(Option<#value>)
        };
        let fixed = match sets_fixed && !boxed {
            true => fixed::only_value(context, &Rules::new(field, refinements), scope),
            false => None,
        };
        let docs = context.docs(|| {
            let amount = amounts.iter().find(|amount| amount.value == field.name);
            let mut docs = summary::field_docs(context.api, field, amount, sources);
            if fixed.is_some() {
                docs.own("The builder sets it.");
            }
            docs
        });
        Ok(StructField {
            ident,
            ty,
            field,
            purpose: context.purposes.of(field),
            fixed,
            docs,
        })
    }

    /// Returns the function that returns the only value of the field.
    pub(super) fn fixed_function(&self) -> Option<TokenStream> {
        let value = self.fixed.as_ref()?;
        let StructField {
            ident, ty, field, ..
        } = self;
        let name = fixed::function(ident);
        let value = match field.plain {
            true => quote!(#value),
            false => quote!(Some(#value)),
        };
        Some(quote!(fn #name() -> #ty { #value }))
    }
}

impl ToTokens for StructField<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let StructField {
            ident,
            ty,
            field,
            purpose,
            fixed,
            docs,
        } = self;
        let attr = FieldAttr {
            field,
            purpose: *purpose,
            ident,
            fixed: fixed.as_ref().map(|_| fixed::function(ident).to_string()),
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
