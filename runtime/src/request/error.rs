use crate::{Location, NotJson};
use core::fmt;

/// A request has no form in HTTP, or parts of HTTP are not a request. It shows no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestError {
    /// The field, if it is about a field.
    pub field: Option<String>,
    /// The place.
    pub location: Location,
    /// The reason.
    pub problem: RequestProblem,
}

/// The reason of a [`RequestError`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum RequestProblem {
    /// The body is not JSON.
    NotJson(NotJson),
    /// The body is not a JSON object.
    NotAnObject,
    /// A field of the path is absent.
    Absent,
    /// The value is an object, or a list outside of a query, or a list with such elements.
    NotAText,
    /// The value is empty, `.` or `..`: clients and servers drop such a segment of a path.
    Segment,
    /// The value contains characters other than visible ASCII and inner spaces.
    HeaderText,
    /// The encoded text is not UTF-8.
    NotUtf8,
    /// The field occurs more than once.
    Repeated,
    /// The field belongs to this other place.
    Misplaced(Location),
    /// The method has no body, but the field is in no other place.
    NoBody,
    /// The path is not that of the operation.
    OtherPath,
}

impl RequestError {
    pub(super) fn new(field: &str, location: Location, problem: RequestProblem) -> Self {
        Self {
            field: Some(field.to_owned()),
            location,
            problem,
        }
    }

    pub(super) fn whole(location: Location, problem: RequestProblem) -> Self {
        Self {
            field: None,
            location,
            problem,
        }
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            field,
            location,
            problem,
        } = self;
        match field {
            Some(field) => write!(f, "/{field} ({location}): {problem}"),
            None => write!(f, "{location}: {problem}"),
        }
    }
}

impl core::error::Error for RequestError {}

impl fmt::Display for RequestProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJson(error) => error.fmt(f),
            Self::NotAnObject => f.write_str("expected a JSON object"),
            Self::Absent => f.write_str("expected present, found absent"),
            Self::NotAText => f.write_str("expected a text, number or boolean"),
            Self::Segment => f.write_str("expected a text other than ``, `.` and `..`"),
            Self::HeaderText => {
                f.write_str("expected visible ASCII characters, with spaces only between them")
            }
            Self::NotUtf8 => f.write_str("expected UTF-8"),
            Self::Repeated => f.write_str("expected once, found more than once"),
            Self::Misplaced(expected) => write!(f, "expected in the {expected}"),
            Self::NoBody => f.write_str("this method has no body"),
            Self::OtherPath => f.write_str("expected the path of the operation"),
        }
    }
}
