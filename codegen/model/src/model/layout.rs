use super::{Api, Body, Field, ObjectId, Operation, Type};
use crate::format::Scalars;
use payspec_runtime::request::{PathPattern, RequestField, RequestLayout, Shape, Shapes, TextForm};
use payspec_runtime::{Location, MediaType};

impl Operation {
    /// Returns the places and forms of the fields of its requests.
    pub fn layout<'a>(&'a self, api: &'a Api) -> RequestLayout<'a> {
        let body = self.body_type();
        let mut shapes = Shapes::default();
        let fields = self.request.object.fields.iter().map(|field| {
            let how = (field.name.as_str(), field.location, field.style);
            RequestField::new(how, body, || shape(api, &field.ty, &mut shapes))
        });
        RequestLayout {
            path: PathPattern::new(&self.path),
            body,
            fields: fields.collect(),
            objects: shapes.into_objects(),
        }
    }

    /// Returns the media type of the bodies of its requests; [`None`] if they have none.
    pub fn body_type(&self) -> Option<MediaType> {
        self.method.has_body().then_some(self.request.media_type)
    }

    /// Returns whether a query or form contains this field of its requests as `name=value` pairs.
    pub fn is_in_pairs(&self, field: &Field) -> bool {
        match field.location {
            Location::Query => true,
            Location::Body => self.body_type() == Some(MediaType::Form),
            Location::Path | Location::Header => false,
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

fn shape<'a>(api: &'a Api, ty: &'a Type, shapes: &mut Shapes<'a, ObjectId>) -> Shape {
    match (ty, api.wire.scalars) {
        (Type::Integer | Type::Timestamp(_), Scalars::Native) => Shape::Text(TextForm::Number),
        (Type::Boolean, Scalars::Native) => Shape::Text(TextForm::Boolean),
        (Type::Integer | Type::Boolean | Type::Timestamp(_), Scalars::Strings)
        | (
            Type::String
            | Type::Decimal
            | Type::DateTime
            | Type::Date
            | Type::Uuid
            | Type::Binary
            | Type::Url
            | Type::Country
            | Type::Currency
            | Type::Enum(_)
            // A text that holds JSON.
            | Type::Json(_),
            Scalars::Native | Scalars::Strings,
        ) => Shape::Text(TextForm::Text),
        (Type::List(element), _) => Shape::List(Box::new(shape(api, &element.ty, shapes))),
        (Type::Map(map), _) => Shape::Map(Box::new(shape(api, &map.values.ty, shapes))),
        (Type::Object(id), _) => shapes.object(*id, |shapes| {
            let fields = api.objects.get(id.0).map_or(&[][..], |one| one.fields.as_slice());
            let fields = fields.iter();
            fields.map(|one| (one.name.as_str(), shape(api, &one.ty, shapes))).collect()
        }),
        (Type::Any, _) => Shape::Any,
    }
}
