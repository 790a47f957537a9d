//! Messages in a few words, for diagrams.

use http::{Request, Response};
use serde_json::Value as Json;

pub(super) fn operation(request: &Request<Vec<u8>>) -> &str {
    request.uri().path().rsplit('/').next().unwrap_or_default()
}

/// A request in two words.
pub(super) fn name(request: &Request<Vec<u8>>) -> String {
    let json: Json = serde_json::from_slice(request.body()).unwrap_or_default();
    let ids = ["paymentRequestId", "refundRequestId"].map(|id| json[id].as_str());
    let id = ids.into_iter().flatten().next();
    format!("{} {}", operation(request), id.unwrap_or("?"))
}

/// An answer in two words.
pub(super) fn said(answer: &Response<Vec<u8>>) -> String {
    let json: Json = serde_json::from_slice(answer.body()).unwrap_or_default();
    let result = &json["result"];
    let mut said = format!(
        "{} {}",
        text(&result["resultStatus"]),
        text(&result["resultCode"])
    );
    for what in ["payment", "refund"] {
        if let Some(status) = json[format!("{what}Status")].as_str() {
            said += &format!(", {what} {status}");
        }
    }
    said
}

pub(super) fn text(json: &Json) -> &str {
    json.as_str().unwrap_or("?")
}
