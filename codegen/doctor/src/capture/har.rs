//! Reads HAR, as browsers and proxies export it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::super::message::{Exchange, Field, Message, Start};
use super::error::CaptureError;

/// Reads all entries of a HAR file, or a single entry.
pub(super) fn read(capture: &[u8]) -> Result<Vec<Exchange>, CaptureError> {
    let har: Value = serde_json::from_slice(capture).map_err(|_| CaptureError::NoHar)?;
    let entries = match &har["log"]["entries"] {
        Value::Array(entries) => entries.as_slice(),
        _ if har["request"].is_object() => std::slice::from_ref(&har),
        _ => return Err(CaptureError::NoHar),
    };
    let exchanges: Vec<_> = entries.iter().map(exchange).collect();
    match exchanges.is_empty() {
        true => Err(CaptureError::NoHar),
        false => Ok(exchanges),
    }
}

fn exchange(entry: &Value) -> Exchange {
    let (request, response) = (&entry["request"], &entry["response"]);
    let asked = || {
        let start = Start::Request {
            method: request["method"].as_str()?.to_owned(),
            target: request["url"].as_str()?.to_owned(),
        };
        Some(message(start, request, &request["postData"]))
    };
    let answered = || {
        let status = u16::try_from(response["status"].as_u64()?).ok()?;
        // Browsers write 0 when no response came.
        let start = (status != 0).then_some(Start::Response { status })?;
        Some(message(start, response, &response["content"]))
    };
    Exchange {
        request: asked(),
        response: answered(),
    }
}

fn message(start: Start, json: &Value, content: &Value) -> Message {
    let text = |json: &Value, name: &str| json[name].as_str().unwrap_or_default().to_owned();
    let headers = json["headers"].as_array().into_iter().flatten();
    let headers = headers.map(|header| Field {
        name: text(header, "name"),
        value: text(header, "value"),
        folded: false,
    });
    let body = content["text"].as_str().and_then(|text| {
        match content["encoding"].as_str() == Some("base64") {
            true => STANDARD.decode(text).ok(),
            false => Some(text.as_bytes().to_vec()),
        }
    });
    Message {
        start,
        headers: headers.collect(),
        body,
    }
}
