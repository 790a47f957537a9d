use super::{no_generics, shape};
use crate::attr::union::{UnionAttributes, VariantAttribute};
use crate::errors::Errors;
use proc_macro2::Ident;
use syn::{Attribute, Data, DeriveInput, Fields, LitStr, Meta, Type};

/// The input of `#[derive(Union)]`.
pub(crate) struct Union<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) attributes: UnionAttributes,
    pub(crate) types: Vec<UnionType<'a>>,
    /// The variant that keeps unknown values.
    pub(crate) unknown: Option<&'a Ident>,
}

/// A variant for one documented type.
pub(crate) struct UnionType<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) ty: &'a Type,
    /// The text of the tag, if the union has one.
    pub(crate) tag: Option<LitStr>,
}

impl<'a> Union<'a> {
    /// Reads an enum; [`None`] if the input is not one.
    pub(crate) fn read(input: &'a DeriveInput, errors: &mut Errors) -> Option<Self> {
        no_generics("Union", input, errors);
        let Data::Enum(data) = &input.data else {
            errors.at(
                input.ident.span(),
                "`Union` is derived for enums of messages, or of types that travel as JSON",
            );
            return None;
        };
        let mut this = Union {
            ident: &input.ident,
            attributes: UnionAttributes::read(&input.attrs, errors),
            types: Vec::new(),
            unknown: None,
        };
        for variant in &data.variants {
            this.variant(variant, errors);
        }
        Some(this)
    }

    fn variant(&mut self, variant: &'a syn::Variant, errors: &mut Errors) {
        let is = |name| move |one: &&Attribute| one.path().is_ident(name);
        let mut tags = variant.attrs.iter().filter(is("variant"));
        let tag = tags.next();
        for again in tags {
            errors.on(&again.meta, "duplicate `variant`");
        }
        if let Some(unknown) = variant.attrs.iter().find(is("unknown")) {
            if let Some(tag) = tag {
                errors.on(&tag.meta, "the `#[unknown]` variant has no `#[variant(…)]`");
            }
            return self.keeper(variant, unknown, errors);
        }
        let Some(ty) = content(variant) else {
            let content = match self.attributes.json_type {
                Some(_) => "Type",
                None => "Message",
            };
            let message = format!(
                "a documented variant is written `{}({content})`",
                variant.ident
            );
            return errors.at(variant.ident.span(), message);
        };
        let tag = match (tag, &self.attributes.json_type) {
            (None, Some(_)) => None,
            (Some(tag), Some(_)) => {
                let message = "the JSON type tells the variants apart: remove `#[variant(…)]`";
                return errors.on(&tag.meta, message);
            }
            (None, None) => {
                let message = "missing `#[variant(\"…\")]`, or `#[unknown]`";
                return errors.at(variant.ident.span(), message);
            }
            (Some(tag), None) => match VariantAttribute::read(tag, errors) {
                Some(tag) => Some(tag.text),
                None => return,
            },
        };
        self.types.push(UnionType {
            ident: &variant.ident,
            ty,
            tag,
        });
    }

    /// Adds the variant that keeps unknown values.
    fn keeper(&mut self, variant: &'a syn::Variant, attribute: &'a Attribute, errors: &mut Errors) {
        if !matches!(attribute.meta, Meta::Path(_)) {
            errors.on(&attribute.meta, "`#[unknown]` takes no value");
        }
        if content(variant).is_none_or(|ty| shape::last_word(ty) != "UnknownJson") {
            let message = format!(
                "the `#[unknown]` variant is written `{}(::payspec_runtime::UnknownJson)`",
                variant.ident
            );
            errors.at(variant.ident.span(), message);
        }
        if self.unknown.is_some() {
            errors.on(&attribute.meta, "there is one `#[unknown]` variant already");
        } else {
            self.unknown = Some(&variant.ident);
        }
    }
}

/// Returns the type of the only value of a variant.
fn content(variant: &syn::Variant) -> Option<&Type> {
    match &variant.fields {
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => Some(&fields.unnamed[0].ty),
        Fields::Unnamed(_) | Fields::Named(_) | Fields::Unit => None,
    }
}
