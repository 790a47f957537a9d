//! The documented answer of an HTTP status.

use super::{is_http_status_case, is_in_http_status_case};

/// The answer of every status without one of its own or of its class.
pub const DEFAULT_RESPONSE: &str = "default";

/// Returns whether the text is a status, a class of statuses, or `default`.
///
/// ```
/// use payspec_runtime::rules::is_http_response;
///
/// assert!(["200", "4XX", "default"].into_iter().all(is_http_response));
/// assert!(!["600", "4xx", "Default", ""].into_iter().any(is_http_response));
/// ```
pub fn is_http_response(text: &str) -> bool {
    text == DEFAULT_RESPONSE || is_http_status_case(text)
}

/// Returns the documented answer of an HTTP status: that of the status itself, or else that of its class, or else
/// `default`. Other than a [case](super::http_status_case), it decides nothing: it only tells which body is read.
///
/// ```
/// use payspec_runtime::rules::http_response;
///
/// let responses = ["200", "402", "4XX"];
/// assert_eq!(http_response(&responses, 402), Some("402"));
/// assert_eq!(http_response(&responses, 409), Some("4XX"));
/// assert_eq!(http_response(&responses, 500), None);
/// assert_eq!(http_response(&["default", "200"], 500), Some("default"));
/// assert_eq!(http_response(&["default"], 600), None);
/// ```
pub fn http_response<'r>(responses: &[&'r str], status: u16) -> Option<&'r str> {
    let is_of = |response: &str| match response {
        DEFAULT_RESPONSE => (100..600).contains(&status),
        case => is_in_http_status_case(case, status),
    };
    let rank = |response: &str| match response {
        DEFAULT_RESPONSE => 2,
        case if case.ends_with("XX") => 1,
        _ => 0,
    };
    let fitting = responses.iter().copied().filter(|one| is_of(one));
    fitting.min_by_key(|one| rank(one))
}
