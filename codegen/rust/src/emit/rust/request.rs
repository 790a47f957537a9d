//! A program that builds a documented request with the generated crate, for reference pages.

use std::cell::Cell;

use payspec_runtime::Case;
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use serde_json::{Map, Value};

use super::context::{Context, Scope, field_ident, spelled};
use super::fixed::{self, Rules};
use super::{EmitError, Options, Root, union};
use payspec_model::model::{Api, Element, Field, Object, ObjectId, Operation, Refinement, Type};
use payspec_model::naming::{self, operation_names};

/// Returns a function that builds a message as the request of an operation. [`None`] if the message is not one that the
/// types can hold, or if a type contains itself.
///
/// # Errors
///
/// When a name of the spec has no Rust spelling.
pub fn request_program(
    api: &Api,
    operation: &Operation,
    crate_name: &str,
    message: &Value,
) -> Result<Option<String>, EmitError> {
    let options = Options::new(std::path::Path::new("spec"), Root::Crate);
    let context = Context::without_comments(api, &options)?;
    let names = spelled_names(operation)?;
    let body = &operation.request;
    let writer = Writer {
        context: &context,
        uses_types: Cell::new(false),
    };
    let Value::Object(fields) = message else {
        return Ok(None);
    };
    let request = naming::ident(&names.request);
    let built = writer.builder(&request, &body.object, None, fields, &body.refinements)?;
    let Some(built) = built else {
        return Ok(None);
    };
    let module = super::api::module(api)?;
    let [crate_name, api, module] = [crate_name, &module, &names.module].map(naming::ident);
    let import = match writer.uses_types.get() {
        true => quote!(use #crate_name::#api::{#module::*, types::*};),
        false => quote!(use #crate_name::#api::#module::*;),
    };
    let imports = quote! {
        #import
        use payspec_runtime::Valid;
        use std::error::Error;
    };
    let built = quote! {
        fn request() -> Result<Valid<#request>, Box<dyn Error>> {
            let request = #built.build()?;
            Ok(request)
        }
    };
    let mut text = prettyplease::unparse(&syn::parse2(imports)?);
    text.push('\n');
    text += &prettyplease::unparse(&syn::parse2(built)?);
    Ok(Some(text))
}

fn spelled_names(operation: &Operation) -> Result<naming::OperationNames, EmitError> {
    operation_names(&operation.id).map_err(|reason| EmitError::Name {
        name: operation.id.clone(),
        reason,
    })
}

/// The form of a value.
#[derive(Clone, Copy, PartialEq)]
enum Position {
    /// Where the type of the field is expected.
    Exact,
    /// In the parameter of a setter, which converts texts and builders.
    Setter,
}

struct Writer<'c, 'a> {
    context: &'c Context<'a>,
    /// True if the program names a shared type.
    uses_types: Cell<bool>,
}

impl Writer<'_, '_> {
    /// Writes the builder of an object: the body of an operation, or a shared object with its number.
    fn builder(
        &self,
        ident: &Ident,
        object: &Object,
        shared: Option<ObjectId>,
        values: &Map<String, Value>,
        refinements: &[Refinement],
    ) -> Result<Option<TokenStream>, EmitError> {
        let scope = match shared {
            Some(_) => Scope::Types,
            None => Scope::Operation,
        };
        let mut required = Vec::new();
        let mut setters = Vec::new();
        for (index, field) in object.fields.iter().enumerate() {
            let is_boxed = shared.is_some_and(|id| self.context.is_boxed(id, index));
            let rules = Rules::new(field, refinements);
            if !is_boxed && fixed::only_value(self.context, &rules, scope).is_some() {
                continue;
            }
            let name = field_ident(field)?;
            let given = values.get(&field.name);
            let Some(value) = given.filter(|value| field.nullable || !value.is_null()) else {
                if field.plain {
                    return Ok(None);
                }
                continue;
            };
            let position = match field.plain || field.nullable {
                true => Position::Exact,
                false => Position::Setter,
            };
            let Some(value) = self.field(field, value, position)? else {
                return Ok(None);
            };
            if is_boxed {
                return Ok(None);
            }
            if field.plain {
                required.push(quote!(#name: #value));
            } else {
                // The derive gives the setter of a field `build` this name.
                let setter = match name == "build" {
                    true => naming::ident("set_build"),
                    false => name,
                };
                setters.push(quote!(.#setter(#value)));
            }
        }
        let argument = (!required.is_empty()).then(|| {
            let companion = naming::ident(&naming::required_companion(&ident.to_string()));
            quote!(#companion { #(#required),* })
        });
        Ok(Some(quote!(#ident::builder(#argument) #(#setters)*)))
    }

    /// Writes the value of a field, which may be `null`.
    fn field(
        &self,
        field: &Field,
        value: &Value,
        position: Position,
    ) -> Result<Option<TokenStream>, EmitError> {
        if field.nullable && value.is_null() {
            return Ok(Some(quote!(payspec_runtime::Nullable::Null)));
        }
        let value = self.value(&field.ty, value, position)?;
        Ok(value.map(|value| match field.nullable {
            true => quote!(payspec_runtime::Nullable::Value(#value)),
            false => value,
        }))
    }

    /// Writes a value; [`None`] if it is not one of the type.
    fn value(
        &self,
        ty: &Type,
        value: &Value,
        position: Position,
    ) -> Result<Option<TokenStream>, EmitError> {
        Ok(match ty {
            Type::String | Type::Url => value.as_str().map(|text| match position {
                Position::Exact => quote!(#text.into()),
                Position::Setter => quote!(#text),
            }),
            Type::Integer => integer(value),
            Type::Boolean => match spelling(value).as_deref() {
                Some("true") => Some(quote!(true)),
                Some("false") => Some(quote!(false)),
                Some(_) | None => None,
            },
            Type::Decimal
            | Type::DateTime
            | Type::Date
            | Type::Timestamp(_)
            | Type::Uuid
            | Type::Binary
            | Type::Country
            | Type::Currency(Case::Upper) => spelling(value).map(|text| quote!(#text.parse()?)),
            // In Rust the code has capital letters.
            Type::Currency(Case::Lower) => {
                let text = spelling(value).map(|text| text.to_ascii_uppercase());
                text.map(|text| quote!(#text.parse()?))
            }
            Type::Any => {
                let text = value.to_string();
                Some(quote!(#text.parse()?))
            }
            Type::Enum(id) => {
                let set = self.context.api.enumeration(*id);
                let text = spelling(value);
                let known = text.and_then(|text| set.values.iter().find(|one| one.name == text));
                let Some(known) = known else {
                    return Ok(None);
                };
                let variant = naming::variant_name(known.spelling());
                let variant = naming::ident(&spelled(&known.name, variant)?);
                let ident = self.context.enumeration(*id);
                self.uses_types.set(true);
                Some(quote!(#ident::#variant))
            }
            Type::Object(id) => {
                let Some(values) = value.as_object() else {
                    return Ok(None);
                };
                let built = self.shared(*id, values)?;
                built.map(|built| match position {
                    Position::Exact => quote!(#built.into()),
                    Position::Setter => built,
                })
            }
            Type::Union(id) => {
                let union = self.context.api.union(*id);
                let Some(variant) = union.variant_of(value) else {
                    return Ok(None);
                };
                let mut value = value.clone();
                if let (Some(name), Some(values)) =
                    (union.discriminator.field(), value.as_object_mut())
                {
                    values.remove(name);
                }
                let name = naming::ident(&union::variant_name(variant)?);
                let ident = self.context.union(*id);
                self.uses_types.set(true);
                let built = self.value(&variant.ty, &value, Position::Exact)?;
                built.map(|built| quote!(#ident::#name(#built)))
            }
            Type::Json(id) => {
                let inner = value
                    .as_str()
                    .map(serde_json::from_str::<Map<String, Value>>);
                let Some(Ok(values)) = inner else {
                    return Ok(None);
                };
                let ident = self.context.object(*id);
                let built = self.shared(*id, &values)?;
                built.map(|built| quote!(payspec_runtime::JsonText(#ident::from(#built))))
            }
            Type::List(element) => {
                let Some(items) = value.as_array() else {
                    return Ok(None);
                };
                let items = items.iter();
                let items = items.map(|item| self.element(element, item));
                let items = items.collect::<Result<Option<Vec<_>>, _>>()?;
                items.map(|items| quote!(vec![#(#items),*]))
            }
            Type::Map(map) => {
                let Some(entries) = value.as_object().filter(|all| !all.is_empty()) else {
                    return Ok(None);
                };
                let entries = entries.iter().map(|(key, value)| {
                    let value = self.element(&map.values, value)?;
                    Ok::<_, EmitError>(value.map(|value| quote!((#key, #value))))
                });
                let entries = entries.collect::<Result<Option<Vec<_>>, _>>()?;
                entries.map(|entries| quote!([#(#entries),*].into()))
            }
        })
    }

    /// Writes an element of a list, or a value of a map, which may be `null`.
    fn element(&self, element: &Element, value: &Value) -> Result<Option<TokenStream>, EmitError> {
        if element.nullable && value.is_null() {
            return Ok(Some(quote!(None)));
        }
        let value = self.value(&element.ty, value, Position::Exact)?;
        Ok(value.map(|value| match element.nullable {
            true => quote!(Some(#value)),
            false => value,
        }))
    }

    fn shared(
        &self,
        id: ObjectId,
        values: &Map<String, Value>,
    ) -> Result<Option<TokenStream>, EmitError> {
        let object = self.context.api.object(id);
        self.uses_types.set(true);
        self.builder(self.context.object(id), object, Some(id), values, &[])
    }
}

/// Returns a number or a boolean in its spelling on the wire, native or as a text.
fn spelling(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn integer(value: &Value) -> Option<TokenStream> {
    let number: i64 = spelling(value)?.parse().ok()?;
    let literal = proc_macro2::Literal::i64_unsuffixed(number);
    Some(quote!(#literal))
}
