use super::{Api, Body, Operation, Type};
use crate::format::Scalars;
use payspec_runtime::Location;
use payspec_runtime::request::{PathPattern, RequestField, RequestLayout, TextForm};

impl Operation {
    /// Returns the places and forms of the fields of its requests.
    pub fn layout(&self, api: &Api) -> RequestLayout<'_> {
        let fields = self.request.object.fields.iter().map(|field| {
            let (ty, is_list) = match &field.ty {
                Type::List(element) => (&element.ty, true),
                ty => (ty, false),
            };
            RequestField {
                name: &field.name,
                location: field.location,
                form: text_form(ty, api.wire.scalars),
                is_list,
            }
        });
        RequestLayout {
            path: PathPattern::new(&self.path),
            has_body: self.method.has_body(),
            fields: fields.collect(),
        }
    }
}

impl Body {
    /// Returns the part of a request that contains a value, by the value's path.
    pub fn location(&self, path: &[impl AsRef<str>]) -> Location {
        let name = path.first().map(AsRef::as_ref);
        let field = name.and_then(|name| self.object.field(name));
        field.map_or(Location::Body, |field| field.location)
    }
}

fn text_form(ty: &Type, scalars: Scalars) -> TextForm {
    match (ty, scalars) {
        (Type::Integer | Type::Timestamp(_), Scalars::Native) => TextForm::Number,
        (Type::Boolean, Scalars::Native) => TextForm::Boolean,
        (Type::Integer | Type::Boolean, Scalars::Strings)
        | (
            Type::String
            | Type::Decimal
            | Type::DateTime
            | Type::Date
            | Type::Timestamp(_)
            | Type::Uuid
            | Type::Binary
            | Type::Url
            | Type::Country
            | Type::Currency
            | Type::Enum(_)
            // These have no text form; only a body can contain them.
            | Type::Object(_)
            | Type::List(_)
            | Type::Map(_)
            | Type::Json(_)
            | Type::Any,
            Scalars::Native | Scalars::Strings,
        ) => TextForm::Text,
    }
}
