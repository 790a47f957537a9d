//! A request as parts of HTTP.
//!
//! A request is one JSON object. Each of its own fields has a [`Location`]: the path, the query, a header or the body. A
//! [`RequestLayout`] takes the object apart for sending, and puts the parts together again on the other side:
//!
//! ```
//! use payspec_runtime::request::{HttpParts, RequestLayout};
//! use payspec_runtime::{Field, Kind, Location, Schema};
//!
//! static CAPTURE: Schema = Schema {
//!     name: "CaptureRequest",
//!     fields: &[
//!         Field { location: Location::Path, ..Field::required("paymentId", Kind::Text) },
//!         Field { location: Location::Query, ..Field::new("dryRun", Kind::Boolean) },
//!         Field::required("amount", Kind::Integer),
//!     ],
//!     ..Schema::EMPTY
//! };
//!
//! let layout = RequestLayout::of("POST", "/payments/{paymentId}/captures", &CAPTURE);
//! let json = br#"{"paymentId":"a/b","dryRun":true,"amount":5}"#;
//! let parts = layout.split(json)?;
//! assert_eq!(parts.target, "/payments/a%2Fb/captures?dryRun=true");
//! assert_eq!(parts.body, br#"{"amount":5}"#);
//! assert_eq!(layout.join(&parts.target, &[], &parts.body)?, json);
//! # Ok::<(), payspec_runtime::request::RequestError>(())
//! ```

mod encoding;
mod error;
mod join;
mod json;
mod nest;
mod pairs;
mod path;
mod shape;
mod split;

pub use error::{RequestError, RequestProblem};
pub use pairs::form_pairs;
pub use path::{PathPattern, PathSegment};
pub use shape::{Shape, Shapes, TextForm};
pub use split::HttpParts;

use crate::{Location, MediaType, Schema, Style, rules};

/// The places of the fields of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestLayout<'a> {
    /// The path, with the names of fields in braces.
    pub path: PathPattern<'a>,
    /// The media type of the body; [`None`] if such requests have none.
    pub body: Option<MediaType>,
    /// The fields of the request itself.
    pub fields: Vec<RequestField<'a>>,
    /// The fields of the objects that travel as texts, which [`Shape::Object`] names by their number.
    pub objects: Vec<Vec<(&'a str, Shape)>>,
}

/// The place and the form of a field of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestField<'a> {
    /// The name.
    pub name: &'a str,
    /// The place.
    pub location: Location,
    /// The way in which a query or form writes it.
    pub style: Style,
    /// The structure of its value.
    pub shape: Shape,
}

impl<'a> RequestLayout<'a> {
    /// Returns the layout of the requests with this schema.
    pub fn of(method: &str, path: &'a str, schema: &'a Schema) -> Self {
        let body = rules::method_has_body(method).then_some(schema.media_type);
        let mut shapes = Shapes::default();
        let fields = schema.fields.iter().map(|field| {
            let how = (field.name, field.location, field.style);
            RequestField::new(how, body, || shape::of_field(field, schema, &mut shapes))
        });
        Self {
            path: PathPattern::new(path),
            body,
            fields: fields.collect(),
            objects: shapes.into_objects(),
        }
    }

    /// Returns whether a request travels as it is: as the JSON body, at a path without fields.
    pub fn is_whole(&self) -> bool {
        let mut fields = self.fields.iter();
        self.body == Some(MediaType::Json)
            && match self.whole_body() {
                Some(_) => self.fields.len() == 1,
                None => fields.all(|field| field.location == Location::Body),
            }
            && self.path.fields().next().is_none()
    }

    /// Returns the field that is the whole body.
    fn whole_body(&self) -> Option<&RequestField<'a>> {
        self.at(Location::WholeBody).next()
    }

    fn field(&self, name: &str) -> Option<&RequestField<'a>> {
        self.fields.iter().find(|field| field.name == name)
    }

    fn at(&self, location: Location) -> impl Iterator<Item = &RequestField<'a>> {
        let fields = self.fields.iter();
        fields.filter(move |field| field.location == location)
    }
}
