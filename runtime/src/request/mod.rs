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
mod path;
mod split;

pub use error::{RequestError, RequestProblem};
pub use path::{PathPattern, PathSegment};
pub use split::HttpParts;

use crate::{Kind, Location, Schema, rules};

/// The places of the fields of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestLayout<'a> {
    /// The path, with the names of fields in braces.
    pub path: PathPattern<'a>,
    /// True if such requests have a body.
    pub has_body: bool,
    /// The fields of the request itself.
    pub fields: Vec<RequestField<'a>>,
}

/// The place and the form of a field of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestField<'a> {
    /// The name.
    pub name: &'a str,
    /// The place.
    pub location: Location,
    /// The JSON that its text in a path, query or header denotes.
    pub form: TextForm,
    /// True if it is a list: a query contains a pair for each element.
    pub is_list: bool,
}

/// The JSON that a text in a path, query or header denotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextForm {
    /// A string.
    Text,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
}

impl TextForm {
    fn of(kind: &Kind, strings: bool) -> Self {
        match kind {
            Kind::Integer | Kind::Timestamp(_) if !strings => Self::Number,
            Kind::Boolean if !strings => Self::Boolean,
            Kind::Integer
            | Kind::Timestamp(_)
            | Kind::Boolean
            | Kind::Text
            | Kind::Decimal
            | Kind::DateTime
            | Kind::Date
            | Kind::Uuid
            | Kind::Binary
            | Kind::Url
            | Kind::Country
            | Kind::Currency
            | Kind::Enum(_)
            // These have no text form; only a body can contain them.
            | Kind::Object(_)
            | Kind::List(_)
            | Kind::Map(_)
            | Kind::Json(_)
            | Kind::Any => Self::Text,
        }
    }
}

impl<'a> RequestLayout<'a> {
    /// Returns the layout of the requests with this schema.
    pub fn of(method: &str, path: &'a str, schema: &'a Schema) -> Self {
        let fields = schema.fields.iter().map(|field| {
            let (kind, is_list) = match field.kind {
                Kind::List(element) => (element, true),
                ref kind => (kind, false),
            };
            RequestField {
                name: field.name,
                location: field.location,
                form: TextForm::of(kind, schema.strings),
                is_list,
            }
        });
        Self {
            path: PathPattern::new(path),
            has_body: rules::method_has_body(method),
            fields: fields.collect(),
        }
    }

    /// Returns whether every field travels in the body.
    pub fn is_body_only(&self) -> bool {
        let mut fields = self.fields.iter();
        fields.all(|field| field.location == Location::Body)
    }

    fn field(&self, name: &str) -> Option<&RequestField<'a>> {
        self.fields.iter().find(|field| field.name == name)
    }

    fn at(&self, location: Location) -> impl Iterator<Item = &RequestField<'a>> {
        let fields = self.fields.iter();
        fields.filter(move |field| field.location == location)
    }
}
