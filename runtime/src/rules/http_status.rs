//! The cases of the HTTP status of an answer.

/// The statuses by which a provider says that it has not decided yet, or not looked: the request was accepted and
/// is under way, came too slowly or too early, conflicts with one that is under way, or is one of too many.
const UNDECIDED: &[u16] = &[202, 408, 409, 425, 429];

/// Returns whether the text is a status, `100` to `599`, or a class of statuses, `1XX` to `5XX`.
///
/// ```
/// use payspec_runtime::rules::is_http_status_case;
///
/// assert!(["200", "4XX", "599"].into_iter().all(is_http_status_case));
/// assert!(!["600", "4xx", "40X", "+20", "0200", "default"].into_iter().any(is_http_status_case));
/// ```
pub fn is_http_status_case(text: &str) -> bool {
    match text.as_bytes() {
        [b'1'..=b'5', b'X', b'X'] => true,
        [b'1'..=b'5', tens, ones] => tens.is_ascii_digit() && ones.is_ascii_digit(),
        _ => false,
    }
}

/// Returns whether a status is the one of a case, or in its class.
///
/// ```
/// use payspec_runtime::rules::is_in_http_status_case;
///
/// assert!(is_in_http_status_case("402", 402) && is_in_http_status_case("4XX", 402));
/// assert!(!is_in_http_status_case("402", 400) && !is_in_http_status_case("5XX", 402));
/// ```
pub fn is_in_http_status_case(case: &str, status: u16) -> bool {
    if !is_http_status_case(case) {
        return false;
    }
    match case.strip_suffix("XX") {
        Some(class) => class.parse() == Ok(status / 100),
        None => case.parse() == Ok(status),
    }
}

/// Returns the case that decides an HTTP status: its own, or else that of its class. The case of a class never
/// decides 202, 408, 409, 425 and 429, which say that nothing is decided yet, and those
/// [without a body](has_no_body): only a case of their own does.
///
/// ```
/// use payspec_runtime::rules::http_status_case;
///
/// let cases = ["200", "402", "4XX"];
/// assert_eq!(http_status_case(&cases, 402), Some("402"));
/// assert_eq!(http_status_case(&cases, 404), Some("4XX"));
/// assert_eq!(http_status_case(&cases, 409), None);
/// assert_eq!(http_status_case(&["409"], 409), Some("409"));
/// assert_eq!(http_status_case(&cases, 500), None);
/// ```
pub fn http_status_case<'c>(cases: &[&'c str], status: u16) -> Option<&'c str> {
    let fits = |case: &&&str| is_in_http_status_case(case, status);
    let mut own = cases.iter().filter(|case| !is_class(case)).filter(fits);
    let mut class = cases.iter().filter(|case| is_class(case)).filter(fits);
    let is_apart = UNDECIDED.contains(&status) || has_no_body(status);
    let class = || class.next().filter(|_| !is_apart);
    own.next().or_else(class).copied()
}

fn is_class(case: &str) -> bool {
    case.ends_with("XX")
}

/// Returns whether answers of a case can decide a call: not provisional ones (`1XX`) and redirections (`3XX`), and not
/// all errors of a server (`5XX`) at once, which do not say what it did before.
///
/// ```
/// use payspec_runtime::rules::http_status_may_decide;
///
/// assert!(["200", "204", "2XX", "402", "4XX", "501"].into_iter().all(http_status_may_decide));
/// assert!(!["100", "302", "3XX", "5XX"].into_iter().any(http_status_may_decide));
/// ```
pub fn http_status_may_decide(case: &str) -> bool {
    let is_of = |class| case.starts_with(class);
    !(is_of('1') || is_of('3') || case == "5XX")
}

/// Returns whether answers with this HTTP status never have a body.
pub fn has_no_body(status: u16) -> bool {
    matches!(status, 204 | 205 | 304)
}

/// Returns the JSON of an answer: that of an answer without a body, if its HTTP status allows none, is an object
/// without fields.
///
/// ```
/// use payspec_runtime::rules::json_of_answer;
///
/// assert_eq!(json_of_answer(204, b""), b"{}");
/// assert_eq!(json_of_answer(200, b""), b"");
/// assert_eq!(json_of_answer(204, b"[]"), b"[]");
/// ```
pub fn json_of_answer(status: u16, body: &[u8]) -> &[u8] {
    match body.is_empty() && has_no_body(status) {
        true => b"{}",
        false => body,
    }
}
