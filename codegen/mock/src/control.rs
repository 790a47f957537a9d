//! Commands for a running gateway, which arrive as a form.

use std::time::SystemTime;

use http::header::{ACCEPT, HOST, HeaderValue, LOCATION, ORIGIN};
use http::{Method, Request, Response, StatusCode, Uri};

use super::SettleError;
use super::gateway::Gateway;
use super::sign;

/// The path that takes commands.
pub(super) const PATH: &str = "/payspec";

/// The known commands.
const WORDS: &str = "succeeds, fails, notify";

/// Runs the command of a form: `does` is the command, `name` an id of the resource.
pub(super) fn run(
    gateway: &Gateway,
    request: &Request<Vec<u8>>,
    now: SystemTime,
) -> Response<Vec<u8>> {
    let (status, text) = match execute(gateway, request, now) {
        Ok(end) => (StatusCode::OK, end),
        Err(refused) => refused,
    };
    // A browser goes back to the page from which it came.
    let accept = request.headers().get(ACCEPT);
    let is_page = accept
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"));
    let back = (is_page && status == StatusCode::OK).then_some(StatusCode::SEE_OTHER);
    let mut response = sign::bare(
        format!("{text}\n").into_bytes(),
        "text/plain; charset=utf-8",
    );
    *response.status_mut() = back.unwrap_or(status);
    if back.is_some() {
        let page = HeaderValue::from_static("/");
        response.headers_mut().insert(LOCATION, page);
    }
    response
}

fn execute(
    gateway: &Gateway,
    request: &Request<Vec<u8>>,
    now: SystemTime,
) -> Result<String, (StatusCode, String)> {
    let bad = |why: String| (StatusCode::BAD_REQUEST, why);
    if request.method() != Method::POST {
        let why = "expected POST and a form with `name` and `does`".to_owned();
        return Err((StatusCode::METHOD_NOT_ALLOWED, why));
    }
    if !is_own(request) {
        let why = "only the gateway's own page may send this form".to_owned();
        return Err((StatusCode::FORBIDDEN, why));
    }
    let (mut name, mut does) = (None, None);
    for (key, value) in form_urlencoded::parse(request.body()) {
        match key.as_ref() {
            "name" => name = Some(value),
            "does" => does = Some(value),
            other => {
                return Err(bad(format!(
                    "unknown field `{}`: expected `name` and `does`",
                    other.escape_debug()
                )));
            }
        }
    }
    let name = name.filter(|name| !name.is_empty());
    let missing = "missing `name`: expected an id of a payment, refund or registration";
    let name = name.ok_or_else(|| bad(missing.to_owned()))?;
    let name = name.trim();
    let done = match does.as_deref() {
        Some("succeeds") => gateway.decide(name, true, now),
        Some("fails") => gateway.decide(name, false, now),
        Some("notify") => gateway.report(name, now),
        _ => return Err(bad(format!("invalid `does`: expected one of {WORDS}"))),
    };
    done.map_err(|error| {
        let status = match &error {
            SettleError::UnknownId => StatusCode::NOT_FOUND,
            SettleError::AlreadyEnded(_) | SettleError::StillOpen | SettleError::NoEnd => {
                StatusCode::CONFLICT
            }
            SettleError::Ledger(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        (status, error.to_string())
    })
}

/// Returns whether the request comes from the gateway's own page or from no page: browsers send the page's
/// `Origin`.
fn is_own(request: &Request<Vec<u8>>) -> bool {
    let text = |name| request.headers().get(name)?.to_str().ok();
    let Some(origin) = text(ORIGIN) else {
        return true;
    };
    let origin: Option<Uri> = origin.parse().ok();
    let authority = origin.as_ref().and_then(Uri::authority);
    let host = text(HOST);
    authority.is_some() && authority.map(|authority| authority.as_str()) == host
}
