//! The type of a value for its schema.

use payspec_model::model::{Element, Field, Type};
use payspec_runtime::JsonType;

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

    /// Returns a type without a JSON type of its own.
    pub(super) const fn plain(ty: &'t Type) -> Self {
        Typed {
            ty,
            json_type: None,
        }
    }
}
