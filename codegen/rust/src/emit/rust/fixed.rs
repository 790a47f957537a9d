//! Fields that can have a single value in what is sent, so that the builder sets them.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::context::{Context, Scope, field_ident, spelled};
use payspec_model::model::{
    Api, Body, Constraint, Direction, Field, ObjectId, Refinement, Rule, Severity, Type,
};
use payspec_model::naming;

/// Deepest nesting of objects whose only value is written out.
const MAX_DEPTH: usize = 8;

/// The rules for one field of a struct: its own, and those of the body that has it.
pub(super) struct Rules<'a> {
    field: &'a Field,
    path: Vec<String>,
    refinements: &'a [Refinement],
}

impl<'a> Rules<'a> {
    /// Returns the rules for a field of a struct with these refinements.
    pub(super) fn new(field: &'a Field, refinements: &'a [Refinement]) -> Self {
        let path = vec![field.name.clone()];
        Rules {
            field,
            path,
            refinements,
        }
    }

    fn inside(&self, field: &'a Field) -> Self {
        let mut path = self.path.clone();
        path.push(field.name.clone());
        Rules {
            field,
            path,
            refinements: self.refinements,
        }
    }

    /// Returns the rules whose violation is an error in what is sent.
    fn strict(&self) -> impl Iterator<Item = &'a Rule> {
        let path = self.path.clone();
        let refined = self.refinements.iter().filter(move |one| one.path == path);
        let refined = refined.flat_map(|one| &one.constraints);
        let all = self.field.constraints.iter().chain(refined);
        all.filter(|one| is_strict(one)).map(|one| &one.rule)
    }

    fn is_required(&self) -> bool {
        self.field.required || self.strict().any(|rule| *rule == Rule::Required)
    }

    /// Returns the only text that the rules allow.
    fn only_text(&self) -> Option<&'a str> {
        self.strict().find_map(|rule| match rule.texts()? {
            [only] => Some(only.as_str()),
            [] | [_, _, ..] => None,
        })
    }
}

fn is_strict(constraint: &Constraint) -> bool {
    let strength = &constraint.strength;
    let applies = match strength.direction {
        None | Some(Direction::Outgoing) => true,
        Some(Direction::Incoming) => false,
    };
    applies && strength.severity == Severity::Error
}

/// Returns the only value that a required field can have, if there is one. The value of a shared object may
/// depend on the body that it is in: only a body has objects with a single value.
pub(super) fn only_value(
    context: &Context<'_>,
    rules: &Rules<'_>,
    scope: Scope,
) -> Option<TokenStream> {
    if !rules.is_required() {
        return None;
    }
    match (&rules.field.ty, scope) {
        (Type::Object(_), Scope::Types) => None,
        (_, Scope::Types | Scope::Operation) => value(context, rules, scope),
    }
}

/// Returns whether the builder of an outgoing body is made from required fields: those that it does not set
/// itself.
pub(super) fn has_required_fields(api: &Api, body: &Body) -> bool {
    let fixed = |field| has_only_value(api, &Rules::new(field, &body.refinements));
    let mut fields = body.object.fields.iter();
    fields.any(|field| field.plain && !fixed(field))
}

/// The form of [`only_value`] that needs no Rust names.
fn has_only_value(api: &Api, rules: &Rules<'_>) -> bool {
    // `null` is another value.
    rules.is_required()
        && !rules.field.nullable
        && match &rules.field.ty {
            Type::String => rules.only_text().is_some(),
            Type::Enum(id) => rules.only_text().is_some_and(|text| {
                let mut values = api.enumeration(*id).values.iter();
                values.any(|value| value.name == text)
            }),
            Type::Object(id) => is_determined(api, *id, rules),
            Type::Integer
            | Type::Decimal
            | Type::Boolean
            | Type::DateTime
            | Type::Date
            | Type::Uuid
            | Type::Binary
            | Type::Timestamp(_)
            | Type::Url
            | Type::Country
            | Type::Currency(_)
            | Type::Any
            | Type::List(_)
            | Type::Map(_)
            | Type::Union(_)
            | Type::Json(_) => false,
        }
}

/// Returns whether all that an object must have has a single value, and it must have something.
fn is_determined(api: &Api, id: ObjectId, rules: &Rules<'_>) -> bool {
    let object = api.object(id);
    if rules.path.len() > MAX_DEPTH {
        return false;
    }
    let required = || {
        let fields = object.fields.iter().map(|field| rules.inside(field));
        fields.filter(|inner| inner.field.plain || inner.is_required())
    };
    let is_set = |name: &String| required().any(|inner| inner.field.name == *name);
    required().next().is_some()
        && required().all(|inner| has_only_value(api, &inner))
        && (object.at_least_one_of.iter()).all(|group| group.fields.iter().any(is_set))
}

fn value(context: &Context<'_>, rules: &Rules<'_>, scope: Scope) -> Option<TokenStream> {
    if !has_only_value(context.api, rules) {
        return None;
    }
    match &rules.field.ty {
        Type::String => {
            let text = rules.only_text()?;
            Some(quote!(#text.to_owned()))
        }
        Type::Enum(id) => {
            let text = rules.only_text()?;
            let mut values = context.api.enumeration(*id).values.iter();
            let value = values.find(|value| value.name == text)?;
            let variant = spelled(&value.name, naming::variant_name(value.spelling())).ok()?;
            let (ty, variant) = (
                context.value_type(&rules.field.ty, scope),
                naming::ident(&variant),
            );
            Some(quote!(#ty::#variant))
        }
        Type::Object(id) => object(context, *id, rules, scope),
        Type::Integer
        | Type::Decimal
        | Type::Boolean
        | Type::DateTime
        | Type::Date
        | Type::Uuid
        | Type::Binary
        | Type::Timestamp(_)
        | Type::Url
        | Type::Country
        | Type::Currency(_)
        | Type::Any
        | Type::List(_)
        | Type::Map(_)
        | Type::Union(_)
        | Type::Json(_) => None,
    }
}

fn object(
    context: &Context<'_>,
    id: ObjectId,
    rules: &Rules<'_>,
    scope: Scope,
) -> Option<TokenStream> {
    let ty = context.value_type(&rules.field.ty, scope);
    let mut fields = Vec::new();
    for (index, field) in context.api.object(id).fields.iter().enumerate() {
        let inner = rules.inside(field);
        let ident = field_ident(field).ok()?;
        if !field.plain && !inner.is_required() {
            fields.push(quote!(#ident: None));
            continue;
        }
        let value = value(context, &inner, scope)?;
        let value = match context.is_boxed(id, index) {
            true => quote!(Box::new(#value)),
            false => value,
        };
        fields.push(match field.plain {
            true => quote!(#ident: #value),
            false => quote!(#ident: Some(#value)),
        });
    }
    Some(quote!(#ty { #(#fields),* }))
}

/// Returns the name of the function that returns the only value of a field.
pub(super) fn function(field: &Ident) -> Ident {
    let name = field.to_string();
    format_ident!("fixed_{}", name.strip_prefix("r#").unwrap_or(&name))
}
