//! The input of the derives, as typed data.

mod shape;
mod union;

use crate::attr;
use crate::attr::code::CodeAttribute;
use crate::attr::field::FieldAttributes;
use crate::attr::message::MessageAttributes;
use crate::attr::value::ValueAttribute;
use crate::errors::Errors;
use proc_macro2::{Ident, Span};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Attribute, Data, DeriveInput, Fields, LitStr, Type, Visibility};

pub(crate) use shape::{Container, Leaf, Shape};
pub(crate) use union::Union;

/// The input of `#[derive(Message)]`.
pub(crate) struct Message<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) vis: &'a Visibility,
    pub(crate) attributes: MessageAttributes,
    pub(crate) fields: Vec<Field<'a>>,
}

/// A field of a message.
pub(crate) struct Field<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) vis: &'a Visibility,
    pub(crate) ty: &'a Type,
    pub(crate) shape: Shape<'a>,
    pub(crate) attributes: FieldAttributes,
    /// Documentation and deprecation, which are repeated on the field's setter.
    pub(crate) repeated: Vec<&'a Attribute>,
}

impl<'a> Message<'a> {
    /// Reads a struct; [`None`] if the input does not have the form of a message at all.
    pub(crate) fn read(input: &'a DeriveInput, errors: &mut Errors) -> Option<Self> {
        no_generics("Message", input, errors);
        let fields = match &input.data {
            Data::Struct(data) => match &data.fields {
                Fields::Named(fields) => &fields.named,
                Fields::Unnamed(_) | Fields::Unit => {
                    errors.at(
                        input.ident.span(),
                        "a message is a struct with named fields",
                    );
                    return None;
                }
            },
            Data::Enum(_) => {
                let message = "a message is a struct; for a set of texts derive `OpenEnum`";
                errors.at(input.ident.span(), message);
                return None;
            }
            Data::Union(_) => {
                errors.at(input.ident.span(), "a message is a struct, not a union");
                return None;
            }
        };
        let attributes = MessageAttributes::read(&input.attrs, errors);
        let fields = fields
            .iter()
            .filter_map(|field| Field::read(field, errors))
            .collect();
        Some(Message {
            ident: &input.ident,
            vis: &input.vis,
            attributes,
            fields,
        })
    }

    /// Returns the field with this name on the wire.
    pub(crate) fn field(&self, wire_name: &str) -> Option<&Field<'a>> {
        self.fields
            .iter()
            .find(|field| field.wire_name() == wire_name)
    }
}

impl<'a> Field<'a> {
    fn read(field: &'a syn::Field, errors: &mut Errors) -> Option<Self> {
        Some(Field {
            ident: field.ident.as_ref()?,
            vis: &field.vis,
            ty: &field.ty,
            shape: Shape::of(&field.ty, errors),
            attributes: FieldAttributes::read(&field.attrs, errors),
            repeated: attr::repeated(&field.attrs),
        })
    }

    /// Returns a span that belongs to the derive, but whose compiler errors point at the type.
    pub(crate) fn type_span(&self) -> Span {
        Span::call_site().located_at(self.shape.present.span())
    }

    /// Returns the name on the wire.
    pub(crate) fn wire_name(&self) -> String {
        match &self.attributes.name {
            Some(name) => name.value(),
            None => self.ident.unraw().to_string(),
        }
    }

    /// Returns whether its currency travels in small letters.
    pub(crate) fn is_in_small_letters(&self) -> bool {
        self.attributes
            .case
            .is_some_and(|case| case.word == "lower")
    }

    pub(crate) fn wire_name_span(&self) -> Span {
        self.attributes
            .name
            .as_ref()
            .map_or(self.ident.span(), LitStr::span)
    }
}

/// The input of `#[derive(OpenEnum)]` or `#[derive(ResultCode)]`, where `V` is the content of a
/// variant's attribute.
pub(crate) struct Enum<'a, V> {
    pub(crate) ident: &'a Ident,
    pub(crate) vis: &'a Visibility,
    pub(crate) variants: Vec<Variant<'a, V>>,
    /// The variant that keeps unknown values.
    pub(crate) unknown: Option<&'a Ident>,
}

/// A variant for one documented value.
pub(crate) struct Variant<'a, V> {
    pub(crate) ident: &'a Ident,
    pub(crate) said: V,
}

/// The names that a derive for enums uses for its attribute and its input, and its reader for variants.
pub(crate) struct EnumGrammar<V> {
    pub(crate) derive: &'static str,
    pub(crate) attribute: &'static str,
    pub(crate) read: fn(&Attribute, &mut Errors) -> V,
}

/// `#[value("…")]` or `#[value(1)]`
pub(crate) const OPEN_ENUM: EnumGrammar<Option<ValueAttribute>> = EnumGrammar {
    derive: "OpenEnum",
    attribute: "value",
    read: attr::value::ValueAttribute::read,
};

/// `#[code("…", …)]`
pub(crate) const RESULT_CODE: EnumGrammar<CodeAttribute> = EnumGrammar {
    derive: "ResultCode",
    attribute: "code",
    read: CodeAttribute::read,
};

impl<'a, V> Enum<'a, V> {
    /// Reads an enum; [`None`] if the input is not one.
    pub(crate) fn read(
        input: &'a DeriveInput,
        grammar: &EnumGrammar<V>,
        errors: &mut Errors,
    ) -> Option<Self> {
        no_generics(grammar.derive, input, errors);
        let Data::Enum(data) = &input.data else {
            let message = format!("`{}` is derived for enums only", grammar.derive);
            errors.at(input.ident.span(), message);
            return None;
        };
        let mut this = Enum {
            ident: &input.ident,
            vis: &input.vis,
            variants: Vec::new(),
            unknown: None,
        };
        for variant in &data.variants {
            this.variant(variant, grammar, errors);
        }
        Some(this)
    }

    fn variant(
        &mut self,
        variant: &'a syn::Variant,
        grammar: &EnumGrammar<V>,
        errors: &mut Errors,
    ) {
        let name = grammar.attribute;
        let mut values = variant.attrs.iter().filter(|one| one.path().is_ident(name));
        let value = values.next();
        for again in values {
            errors.on(&again.meta, format!("duplicate `{name}`"));
        }
        let unknown = variant
            .attrs
            .iter()
            .find(|one| one.path().is_ident("unknown"));
        if let Some(unknown) = unknown {
            if let Some(value) = value {
                let message = format!("the `#[unknown]` variant has no `#[{name}(…)]`");
                errors.on(&value.meta, message);
            }
            return self.keeper(variant, unknown, errors);
        }
        if !matches!(variant.fields, Fields::Unit) {
            let message = "a documented value holds no data; only the `#[unknown]` variant does";
            errors.on(&variant.fields, message);
        }
        let Some(value) = value else {
            let message = format!("missing `#[{name}(\"…\")]`, or `#[unknown]`");
            return errors.at(variant.ident.span(), message);
        };
        let said = (grammar.read)(value, errors);
        self.variants.push(Variant {
            ident: &variant.ident,
            said,
        });
    }

    /// Adds the variant that keeps unknown values.
    fn keeper(&mut self, variant: &'a syn::Variant, attribute: &'a Attribute, errors: &mut Errors) {
        if !matches!(attribute.meta, syn::Meta::Path(_)) {
            errors.on(&attribute.meta, "`#[unknown]` takes no value");
        }
        let holds = match &variant.fields {
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => Some(&fields.unnamed[0].ty),
            Fields::Unnamed(_) | Fields::Named(_) | Fields::Unit => None,
        };
        if holds.is_none_or(|ty| shape::last_word(ty) != "UnknownValue") {
            let message = format!(
                "the `#[unknown]` variant is written `{}(::payspec_runtime::UnknownValue)`",
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

/// Reports generics as an error.
fn no_generics(derive: &str, input: &DeriveInput, errors: &mut Errors) {
    if !input.generics.params.is_empty() {
        let message = format!("`{derive}` is derived for types without generics only");
        errors.on(&input.generics, message);
    }
}
