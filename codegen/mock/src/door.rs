//! Checks the head of a request before its body is read, and protects browsers with headers.

use std::net::IpAddr;

use http::header::{
    CONTENT_LENGTH, CONTENT_SECURITY_POLICY, HOST, HeaderValue, X_CONTENT_TYPE_OPTIONS,
};
use http::request::Parts;
use http::uri::Authority;
use http::{Response, StatusCode, Version};

use super::limits::Limits;

/// Returns the status and the reason if the head alone makes the gateway refuse a request.
pub(super) fn turned_away(
    head: &Parts,
    limits: &Limits,
    known: impl Fn(&str) -> bool,
) -> Option<(StatusCode, String)> {
    if size(head) > limits.head {
        let why = format!("the head is longer than {} bytes", limits.head);
        return Some((StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, why));
    }
    let stated = head.headers.get(CONTENT_LENGTH);
    let stated = stated.and_then(|length| length.to_str().ok()?.trim().parse::<u64>().ok());
    if stated.is_some_and(|length| length > limits.body as u64) {
        let why = format!("the body is longer than {} bytes", limits.body);
        return Some((StatusCode::PAYLOAD_TOO_LARGE, why));
    }
    // A browser does not send a target with a host, so this host needs no check.
    if head.uri.authority().is_some() {
        return None;
    }
    let mut hosts = head.headers.get_all(HOST).iter();
    match (hosts.next(), hosts.next()) {
        (None, _) if head.version >= Version::HTTP_11 => {
            let why = "missing header `Host`: HTTP/1.1 requires it".to_owned();
            Some((StatusCode::BAD_REQUEST, why))
        }
        (None, _) => None,
        (Some(host), None) => {
            let host = host
                .to_str()
                .ok()
                .and_then(|host| host.parse::<Authority>().ok());
            let is_known = host.is_some_and(|host| is_near(host.host()) || known(host.host()));
            (!is_known).then(|| {
                let why = "unknown host name in `Host`: allow it with `--allow-host NAME`";
                (StatusCode::MISDIRECTED_REQUEST, why.to_owned())
            })
        }
        (Some(_), Some(_)) => {
            let why = "duplicate header `Host`: expected one".to_owned();
            Some((StatusCode::BAD_REQUEST, why))
        }
    }
}

/// Returns whether no other site can have this host name: numbers, `localhost`, and names without a dot, which
/// belong to the local network. A site can let its own name point to this machine (DNS rebinding).
fn is_near(host: &str) -> bool {
    let number = host.trim_start_matches('[').trim_end_matches(']');
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    number.parse::<IpAddr>().is_ok() || host.ends_with(".localhost") || !host.contains(['.', ':'])
}

/// Returns the size of a head in bytes, as it was sent.
fn size(head: &Parts) -> usize {
    let target = head.uri.to_string().len();
    let first = head.method.as_str().len() + target + " HTTP/1.1\r\n ".len();
    let headers = head.headers.iter();
    let headers = headers.map(|(name, value)| name.as_str().len() + value.len() + ": \r\n".len());
    first + headers.sum::<usize>() + "\r\n".len()
}

/// The content security policy: a browser may show an answer, and send its forms back here.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; \
                      base-uri 'none'; frame-ancestors 'none'";

/// Adds headers that keep a browser from taking an answer for something else.
pub(super) fn protected<B>(mut response: Response<B>) -> Response<B> {
    let headers = response.headers_mut();
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // The status page has one of its own, which allows its script.
    headers
        .entry(CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static(POLICY));
    response
}

#[cfg(test)]
mod tests {
    use super::is_near;

    #[test]
    fn only_names_that_no_other_site_can_have_are_near() {
        for host in [
            "localhost",
            "LOCALHOST",
            "a.localhost",
            "127.0.0.1",
            "[::1]",
            "10.0.0.7",
            "gateway",
            "localhost.",
        ] {
            assert!(is_near(host), "{host}");
        }
        for host in [
            "evil.example",
            "127.0.0.1.evil.example",
            "localhost.evil.example",
            "evil.example.",
        ] {
            assert!(!is_near(host), "{host}");
        }
    }
}
