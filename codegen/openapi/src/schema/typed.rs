//! The type of a value for its schema.

use payspec_model::model::{Element, Field, Type, Variant};
use payspec_runtime::{JsonShape, JsonType};

/// The type of a value, and the JSON type in which it travels, if it has one of its own.
#[derive(Clone, Copy)]
pub(super) struct Typed<'t> {
    pub(super) ty: &'t Type,
    pub(super) json_type: Option<JsonType>,
}

impl<'t> Typed<'t> {
    pub(super) fn of_field(field: &'t Field) -> Self {
        Typed {
            ty: &field.ty,
            json_type: field.json_type,
        }
    }

    pub(super) fn of_element(element: &'t Element) -> Self {
        Typed {
            ty: &element.ty,
            json_type: element.json_type,
        }
    }

    /// Returns a type of a union that JSON types tell apart.
    pub(super) fn of_variant(variant: &'t Variant) -> Self {
        let shape = JsonShape::parse(&variant.tag);
        Typed {
            ty: &variant.ty,
            json_type: shape.and_then(JsonShape::json_type),
        }
    }

    /// Returns a type without a JSON type of its own.
    pub(super) const fn plain(ty: &'t Type) -> Self {
        Typed {
            ty,
            json_type: None,
        }
    }
}
