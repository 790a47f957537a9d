//! Drafts the type of a field.

use heck::ToUpperCamelCase;

use super::{Objects, fields, groups};
use crate::TypeKind;
use crate::drift::fact_sheet::{FactSheet, Facts, Field};
use crate::drift::value::{Form, Type, Value, kind_word};
use payspec_model::model::PageFact;

/// A type in the spec's format.
pub(super) struct Written {
    pub(super) word: String,
    pub(super) of: Option<String>,
}

impl Written {
    pub(super) fn word(word: &str) -> Self {
        Written {
            word: word.to_owned(),
            of: None,
        }
    }

    /// Returns whether the type can list values.
    pub(super) fn is_text(&self) -> bool {
        matches!(self.word.as_str(), "string" | "country" | "currency")
    }
}

pub(super) fn type_of(sheet: &FactSheet, at: usize, objects: &mut Objects<'_>) -> Written {
    let field = &sheet.fields[at];
    let stated = match field.facts.value(PageFact::Type) {
        Some(Value::Type(ty)) => ty.clone(),
        Some(_) | None if field.open => Type::plain(TypeKind::Object),
        Some(_) | None => Type::plain(TypeKind::String),
    };
    let mut object = |ty: &Type, field: &Field| {
        let own = field.name.to_upper_camel_case();
        let own = if field.on_wire {
            own
        } else {
            format!("Todo{at}")
        };
        let name = ty.name.clone().unwrap_or(own);
        let inside = fields(sheet, field.side, Some(at), objects);
        objects.add(&name, inside);
        objects.add_groups(&name, groups(sheet, field.side, Some(at)));
        name
    };
    match stated.kind {
        TypeKind::Object => Written::word(&object(&stated, field)),
        TypeKind::Array => {
            let of = match stated.of.as_deref() {
                Some(of) if of.kind == TypeKind::Object => object(of, field),
                Some(of) if of.kind != TypeKind::Array => {
                    let known = known(of, objects);
                    known.unwrap_or_else(|| kind_word(of.kind).to_owned())
                }
                Some(_) | None if field.open => object(&Type::plain(TypeKind::Object), field),
                Some(_) | None => "string".to_owned(),
            };
            Written {
                word: "list".to_owned(),
                of: Some(of),
            }
        }
        TypeKind::String => {
            let known = known(&stated, objects);
            Written::word(known.as_deref().unwrap_or(text_type(&field.facts)))
        }
        kind @ (TypeKind::Integer
        | TypeKind::Number
        | TypeKind::Boolean
        | TypeKind::Datetime
        | TypeKind::Date
        | TypeKind::Url
        | TypeKind::Any) => Written::word(kind_word(kind)),
    }
}

/// Returns the name of a type, if the spec has one of this name.
fn known(ty: &Type, objects: &Objects<'_>) -> Option<String> {
    ty.name.clone().filter(|name| objects.is_known(name))
}

/// Returns the type of a text: a number if a range is stated, or the type of its form if the stated
/// length fits.
fn text_type(facts: &Facts) -> &'static str {
    let length = facts.value(PageFact::MaxLength);
    let fits = |most| length.is_none_or(|length| *length == Value::Number(most));
    if let Some(Value::Range(min, max)) = facts.value(PageFact::Range) {
        let has_decimals = [min, max]
            .into_iter()
            .flatten()
            .any(|end| end.contains('.'));
        return if has_decimals { "decimal" } else { "integer" };
    }
    match facts.value(PageFact::Format) {
        Some(Value::Form(Form::Datetime)) => "datetime",
        Some(Value::Form(Form::Date)) => "date",
        Some(Value::Form(Form::Url)) => "url",
        Some(Value::Form(Form::Country)) if fits(2) => "country",
        Some(Value::Form(Form::Currency)) if fits(3) => "currency",
        Some(_) | None => "string",
    }
}
