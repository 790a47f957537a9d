//! What fields are used for, as the operations of an API say it.

use std::collections::BTreeSet;

use payspec_runtime::Purpose;

use super::{Api, Field, Type};

/// What the fields of an API are used for, by their names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Purposes<'m> {
    ids: BTreeSet<&'m str>,
    callbacks: BTreeSet<&'m str>,
}

impl Api {
    /// What the fields of this API are used for.
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
    /// What a field is used for, if the spec says so and its type is a text.
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

/// Whether a value of this type is a text that can hold anything, or an address.
fn is_text(ty: &Type) -> bool {
    match ty {
        Type::String | Type::Url => true,
        Type::List(element) => is_text(element),
        Type::Integer
        | Type::Decimal
        | Type::Boolean
        | Type::DateTime
        | Type::Date
        | Type::Country
        | Type::Currency
        | Type::Enum(_)
        | Type::Object(_)
        | Type::Json(_) => false,
    }
}
