use super::{Api, Body, Element, Field, ObjectId, Operation, Type};
use payspec_runtime::request::{PathPattern, RequestField, RequestLayout, Shape, Shapes, TextForm};
use payspec_runtime::{JsonType, Location, MediaType};

impl Operation {
    /// Returns the places and forms of the fields of its requests.
    pub fn layout<'a>(&'a self, api: &'a Api) -> RequestLayout<'a> {
        let body = self.body_type();
        let mut shapes = Shapes::default();
        let fields = self.request.object.fields.iter().map(|field| {
            let how = (field.name.as_str(), field.location, field.style);
            RequestField::new(how, body, || {
                shape(api, &field.ty, field.json_type, &mut shapes)
            })
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
            Location::Path | Location::Header | Location::WholeBody => false,
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

/// Returns the shape of a value of this type, where `own` is the JSON type of its field or element.
fn shape<'a>(
    api: &'a Api,
    ty: &'a Type,
    own: Option<JsonType>,
    shapes: &mut Shapes<'a, ObjectId>,
) -> Shape {
    match ty {
        Type::Integer
        | Type::Timestamp(_)
        | Type::Boolean
        | Type::String
        | Type::Decimal
        | Type::DateTime
        | Type::Date
        | Type::Uuid
        | Type::Binary
        | Type::Url
        | Type::Country
        | Type::Currency(_)
        | Type::Enum(_)
        // A text that holds JSON.
        | Type::Json(_) => Shape::Text(TextForm::of(api.json_type(ty, own))),
        Type::List(element) => {
            Shape::List(Box::new(each(api, element, shapes)))
        }
        Type::Map(map) => Shape::Map(Box::new(each(api, &map.values, shapes))),
        Type::Object(id) => shapes.object(*id, |shapes| {
            let fields = api.objects.get(id.0).map_or(&[][..], |one| one.fields.as_slice());
            let fields = fields.iter();
            let fields =
                fields.map(|one| (one.name.as_str(), shape(api, &one.ty, one.json_type, shapes)));
            fields.collect()
        }),
        // Only JSON contains a union.
        Type::Union(_) => Shape::Json,
        Type::Any => Shape::Any,
    }
}

/// Returns the shape of each element of a list, or of each value of a map. Only JSON contains `null`.
fn each<'a>(api: &'a Api, element: &'a Element, shapes: &mut Shapes<'a, ObjectId>) -> Shape {
    match element.nullable {
        true => Shape::Json,
        false => shape(api, &element.ty, element.json_type, shapes),
    }
}
