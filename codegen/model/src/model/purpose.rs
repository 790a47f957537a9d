//! The purposes of fields, derived from the operations of an API.

use std::collections::BTreeSet;

use payspec_runtime::Purpose;

use super::{Api, Field, Type};

/// The purposes of an API's fields, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Purposes<'m> {
    ids: BTreeSet<&'m str>,
    callbacks: BTreeSet<&'m str>,
}

impl Api {
    /// Collects the purposes of an API's fields.
    ///
    /// A field is an id when one with its name is the key of a request or names a resource in the
    /// `references` of an operation. It is a callback when the address of an operation that the provider
    /// calls is the field with its name.
    pub fn purposes(&self) -> Purposes<'_> {
        let mut purposes = Purposes::default();
        for operation in &self.operations {
            let key = operation.idempotency.iter().map(|rule| &rule.key);
            let result = operation.result.iter();
            let references = result.flat_map(|result| &result.references);
            let ids = key.chain(references).filter_map(|path| path.last());
            purposes.ids.extend(ids.map(String::as_str));
            purposes.callbacks.extend(operation.address_field());
        }
        purposes
    }
}

impl Purposes<'_> {
    /// Returns the purpose of a field, if the spec states one and the type is a text.
    pub fn of(&self, field: &Field) -> Option<Purpose> {
        let name = field.name.as_str();
        if !is_text(&field.ty) {
            None
        } else if self.callbacks.contains(name) {
            Some(Purpose::Callback)
        } else {
            self.ids.contains(name).then_some(Purpose::Id)
        }
    }
}

/// Returns whether a value of this type is a free text or an address.
fn is_text(ty: &Type) -> bool {
    match ty {
        Type::String | Type::Url => true,
        Type::List(element) => is_text(&element.ty),
        Type::Map(map) => is_text(&map.values.ty),
        Type::Integer
        | Type::Decimal
        | Type::Boolean
        | Type::Any
        | Type::DateTime
        | Type::Date
        | Type::Uuid
        | Type::Binary
        | Type::Timestamp(_)
        | Type::Country
        | Type::Currency(_)
        | Type::Enum(_)
        | Type::Object(_)
        | Type::Union(_)
        | Type::Json(_) => false,
    }
}
