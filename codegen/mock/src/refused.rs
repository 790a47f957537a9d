//! Requests that are refused before their operation is handled, and the parts of a request that all checks read.

use http::{HeaderMap, Request};
use payspec_model::model::Refusal;
use payspec_runtime::Violation;

/// A refusal that comes before the operation is handled.
#[derive(Debug)]
pub(super) struct Refused {
    pub(super) refusal: Refusal,
    pub(super) why: String,
    pub(super) violations: Vec<Violation>,
}

impl Refused {
    pub(super) fn new(refusal: Refusal, why: impl Into<String>) -> Self {
        Refused {
            refusal,
            why: why.into(),
            violations: Vec::new(),
        }
    }
}

/// Returns path and query of a request, even if its target has a scheme and a host, too.
pub(super) fn target(request: &Request<Vec<u8>>) -> &str {
    let path = request.uri().path_and_query();
    path.map_or("/", |path| path.as_str())
}

/// Returns the value of a header that must occur exactly once.
pub(super) fn one<'r>(
    headers: &'r HeaderMap,
    name: &str,
    refusal: Refusal,
) -> Result<&'r str, Refused> {
    let mut values = headers.get_all(name).iter();
    let why = match (values.next(), values.next()) {
        (Some(value), None) => match value.to_str() {
            Ok(value) if !value.trim().is_empty() => return Ok(value.trim()),
            Ok(_) => "is empty",
            Err(_) => "is not text",
        },
        (None, _) => "is missing",
        (Some(_), Some(_)) => "occurs more than once",
    };
    Err(Refused::new(refusal, format!("the header `{name}` {why}")))
}
