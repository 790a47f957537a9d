use crate::{Location, NotJson};
use core::fmt;

/// A request has no form in HTTP, or parts of HTTP are not a request. It shows no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestError {
    /// The field, if it is about a field; for a value inside it, the names and indexes that lead to it, with `/` between
    /// them and `*` for a key of a map or an unknown name.
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
    /// A field of the path, or the whole body, is absent.
    Absent,
    /// The value is an object or a list where only a text can travel.
    NotAText,
    /// The value is an empty list, object or map: the style has no pair for it.
    Empty,
    /// The key of a map is empty, or contains a bracket: it cannot stand in brackets.
    Key,
    /// An element contains the comma that separates the elements.
    Comma,
    /// The name in the query or form, or the number of its pairs, is not that of the style and type of the field.
    OtherStyle,
    /// The indexes of a list are not 0, 1, 2 and so on.
    Index,
    /// The names are nested deeper than [`MAX_DEPTH`](crate::json::MAX_DEPTH).
    TooDeep,
    /// The body is JSON, but a form is expected.
    NotAForm,
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
    /// Another field is the whole body, of which this one would be a member.
    BesideBody,
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
            Self::Empty => {
                f.write_str("expected at least one element or member: the style writes none")
            }
            Self::Key => f.write_str("expected a key that is not empty and contains no bracket"),
            Self::Comma => f.write_str("expected an element without a comma"),
            Self::OtherStyle => f.write_str("expected the style and the type of the field"),
            Self::Index => f.write_str("expected the indexes 0, 1, 2 and so on"),
            Self::TooDeep => f.write_str("nested too deeply"),
            Self::NotAForm => f.write_str("expected a form, found JSON"),
            Self::Segment => f.write_str("expected a text other than ``, `.` and `..`"),
            Self::HeaderText => {
                f.write_str("expected visible ASCII characters, with spaces only between them")
            }
            Self::NotUtf8 => f.write_str("expected UTF-8"),
            Self::Repeated => f.write_str("expected once, found more than once"),
            Self::Misplaced(expected) => write!(f, "expected in the {expected}"),
            Self::NoBody => f.write_str("this method has no body"),
            Self::BesideBody => f.write_str("another field is the whole body"),
            Self::OtherPath => f.write_str("expected the path of the operation"),
        }
    }
}
