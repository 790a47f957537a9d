//! The predicates behind the rules. Typed messages and JSON that is checked against a spec share them.
//!
//! ```
//! use payspec_runtime::rules;
//!
//! assert!(rules::max_length("支付", 2));
//! assert!(!rules::integer("007"));
//! assert!(rules::at_most("9.99", "10"));
//! ```

mod decimal;
mod encoded;
mod http_response;
mod http_status;
mod money;
mod number;
mod sent;
mod time;
mod url;
mod whole_body;

pub use encoded::{base64, uuid};
pub use http_response::{DEFAULT_RESPONSE, http_response, is_http_response};
pub use http_status::{
    has_no_body, http_status_case, http_status_may_decide, is_http_status_case,
    is_in_http_status_case, json_of_answer,
};
pub use money::{decimal_places, in_minor_units, within_places};
pub use number::{
    at_least, at_most, decimal, exact, exact_integer, integer, multiple_of, on_step, plain,
};
pub use sent::{Unfit, unfit_text, unfit_url};
pub use time::{date, datetime, epoch_millis, epoch_seconds};
pub use url::{callable, may_open, url};
pub use whole_body::BodyForm;

pub(crate) use number::{compare, parse_integer};
pub(crate) use sent::may_have_control;
pub(crate) use time::{Day, Moment, parse_date, parse_datetime};

use crate::Pattern;
use crate::iso;
use crate::text::is_same;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// Returns whether requests with this HTTP method, in capitals, have a body. Servers and proxies may
/// drop the body of a `GET` or `DELETE`.
pub fn method_has_body(method: &str) -> bool {
    !matches!(method, "GET" | "HEAD" | "DELETE")
}

/// Returns whether a client or its transport sets this header of a request itself: how the message is framed, routed and
/// coded.
pub fn is_transport_header(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "accept-encoding",
        "connection",
        "content-encoding",
        "content-length",
        "content-type",
        "date",
        "expect",
        "host",
        "keep-alive",
        "max-forwards",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "via",
    ];
    NAMES.iter().any(|own| own.eq_ignore_ascii_case(name))
}

/// Returns whether the text has a character.
pub fn not_empty(text: &str) -> bool {
    !text.is_empty()
}

/// Returns whether the text has at least this many characters.
pub fn min_length(text: &str, limit: u32) -> bool {
    // No text has more characters than bytes.
    let limit = limit as usize;
    text.len() >= limit && text.chars().take(limit).count() == limit
}

/// Returns whether the text has at most this many characters.
pub fn max_length(text: &str, limit: u32) -> bool {
    let limit = limit as usize;
    text.len() <= limit || text.chars().count() <= limit
}

/// Returns whether the text is the only allowed one.
pub fn constant(text: &str, value: &str) -> bool {
    is_same(text, value)
}

/// Returns whether two currency codes name the same currency. One may be in small letters.
pub fn same_currency(code: &str, other: &str) -> bool {
    code.eq_ignore_ascii_case(other)
}

/// Returns whether the text is one of the allowed ones.
pub fn one_of<'a>(text: &str, values: impl IntoIterator<Item = &'a str>) -> bool {
    values.into_iter().any(|value| is_same(value, text))
}

/// Returns whether the whole text matches the pattern.
pub fn matches(pattern: &Pattern, text: &str) -> bool {
    pattern.matches(text)
}

/// Returns whether a list of this length has at least this many elements.
pub fn min_items(count: usize, limit: u32) -> bool {
    count >= limit as usize
}

/// Returns whether a list of this length has at most this many elements.
pub fn max_items(count: usize, limit: u32) -> bool {
    count <= limit as usize
}

/// Returns the indexes of the first two elements that are equal; [`None`] where all differ. Elements without a text do
/// not count. Texts are equal by their characters; numbers by their value, if they are written [`plain`].
///
/// ```
/// use payspec_runtime::rules::first_duplicate;
///
/// assert_eq!(first_duplicate(["a", "b", "a"].map(Some)), Some((0, 2)));
/// assert_eq!(first_duplicate(["a", "A"].map(Some)), None);
/// ```
pub fn first_duplicate<T: Eq + Hash>(
    elements: impl IntoIterator<Item = Option<T>>,
) -> Option<(usize, usize)> {
    let mut seen = HashMap::new();
    let elements = elements.into_iter().enumerate();
    let mut values = elements.filter_map(|(index, value)| Some((index, value?)));
    values.find_map(|(index, value)| Some((seen.insert(value, index)?, index)))
}

/// Returns the indexes of the keys that occurred before.
pub fn repeated<'a>(keys: impl IntoIterator<Item = &'a str>) -> Vec<usize> {
    let mut seen = HashSet::new();
    let keys = keys.into_iter().enumerate();
    keys.filter_map(|(index, key)| (!seen.insert(key)).then_some(index))
        .collect()
}

/// Returns whether the text is `true` or `false`.
pub fn boolean(text: &str) -> bool {
    matches!(text, "true" | "false")
}

/// Returns whether the text is a merchant category code: four ASCII digits.
pub fn mcc(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns whether the text is JSON, of any type and not nested deeper than
/// [`json::MAX_DEPTH`](crate::json::MAX_DEPTH).
pub fn json(text: &str) -> bool {
    let mut reader = crate::json::Reader::new(text);
    reader.skip().is_ok() && reader.finish().is_ok()
}

/// Returns whether the text has the form of a country code: two upper-case ASCII letters.
pub fn country_form(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Returns whether the text is an officially assigned ISO 3166-1 alpha-2 code.
pub fn country_known(text: &str) -> bool {
    <[u8; 2]>::try_from(text.as_bytes()).is_ok_and(|code| iso::country_row(&code).is_some())
}

/// Iterates over the officially assigned ISO 3166-1 alpha-2 codes, in alphabetical order.
pub fn country_codes() -> impl Iterator<Item = &'static str> {
    (0..).map_while(iso::country)
}

/// Returns whether the text has the form of a currency code: three upper-case ASCII letters.
pub fn currency_form(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Returns whether the text is an active ISO 4217 alphabetic code.
pub fn currency_known(text: &str) -> bool {
    <[u8; 3]>::try_from(text.as_bytes()).is_ok_and(|code| iso::currency_row(&code).is_some())
}

/// Returns whether the text looks like a currency code in small letters.
pub fn lower_currency_form(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// Returns whether the text is an active ISO 4217 alphabetic code in small letters.
pub fn lower_currency_known(text: &str) -> bool {
    lower_currency_form(text) && currency_known(&text.to_ascii_uppercase())
}

/// Iterates over the active ISO 4217 alphabetic codes, in alphabetical order.
pub fn currency_codes() -> impl Iterator<Item = &'static str> {
    (0..).map_while(iso::currency)
}

/// Iterates over the active ISO 4217 alphabetic codes in small letters, in alphabetical order.
pub fn lower_currency_codes() -> impl Iterator<Item = &'static str> {
    (0..).map_while(iso::lower_currency)
}
