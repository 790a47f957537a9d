//! Signs responses and notifications, and injects faults into them.

use std::collections::BTreeSet;
use std::time::SystemTime;

use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http::{HeaderMap, Request, Response, Uri};
use payspec_runtime::AgreedKind;
use payspec_runtime::client::{SignatureHeader, Signed, Signer as _, SigningKey, StampForm};
use serde_json::Value;

use super::draft::{at, put, set, text};
use super::fault::Fault;
use payspec_model::model::{Api, Caller, Header, HeaderFormat, StatusPlace, TemplatePart};
use payspec_model::signing::Signing;

/// The parts of a message that its signature covers, beside its time and body.
pub(super) struct Asked<'a> {
    pub(super) method: &'a str,
    pub(super) uri: &'a str,
    pub(super) client_id: &'a str,
}

/// Signs with the gateway's key.
pub(super) struct ResponseSigner<'a> {
    pub(super) signing: &'a Signing<'a>,
    pub(super) key: Option<&'a SigningKey>,
    pub(super) key_version: &'a str,
}

/// Returns the format in which a header writes its time.
pub(crate) fn form(header: &Header) -> StampForm {
    match header.format {
        HeaderFormat::EpochMillis => StampForm::EpochMillis,
        HeaderFormat::Datetime
        | HeaderFormat::KeyValueList
        | HeaderFormat::MediaType
        | HeaderFormat::Text => StampForm::DateTime,
    }
}

/// Builds an answer without a signature.
pub(super) fn bare(body: Vec<u8>, media_type: &'static str) -> Response<Vec<u8>> {
    let mut response = Response::new(body);
    let media_type = HeaderValue::from_static(media_type);
    response.headers_mut().insert(CONTENT_TYPE, media_type);
    response
}

/// The media type of answers and notifications.
pub(super) const JSON: &str = "application/json; charset=UTF-8";

impl ResponseSigner<'_> {
    /// Builds a signed answer with these faults.
    pub(super) fn answer(
        &self,
        asked: &Asked<'_>,
        mut body: Vec<u8>,
        now: SystemTime,
        faults: &[Fault],
    ) -> Response<Vec<u8>> {
        let signing = self.signing;
        let way = (signing.response.as_slice(), signing.response_time);
        let headers = self.headers(asked, way, &mut body, now, faults);
        let mut response = Response::new(body);
        *response.headers_mut() = headers;
        response
    }

    /// Builds a signed request to a client with these faults.
    pub(super) fn notification(
        &self,
        asked: &Asked<'_>,
        address: Uri,
        mut body: Vec<u8>,
        now: SystemTime,
        faults: &[Fault],
    ) -> Result<Request<Vec<u8>>, http::Error> {
        let signing = self.signing;
        let way = (signing.request.as_slice(), signing.request_time);
        let headers = self.headers(asked, way, &mut body, now, faults);
        let request = Request::builder().method(asked.method).uri(address);
        let mut request = request.body(body)?;
        *request.headers_mut() = headers;
        Ok(request)
    }

    fn headers(
        &self,
        asked: &Asked<'_>,
        (parts, time_header): (&[TemplatePart<'_>], &Header),
        body: &mut [u8],
        now: SystemTime,
        faults: &[Fault],
    ) -> HeaderMap {
        let has = |fault: Fault| faults.contains(&fault);
        let time = form(time_header).write(now).unwrap_or_default();
        let other = [&*body, b" "].concat();
        let signed = Signed {
            method: asked.method,
            uri: asked.uri,
            client_id: asked.client_id,
            time: &time,
            body: if has(Fault::WrongSignature) {
                &other
            } else {
                body
            },
        };
        let key = self.key;
        let signature = key.map(|key| key.sign(&signed.content(&Signing::parts(parts))));
        if has(Fault::ChangedBody) {
            change(body);
        }
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(JSON));
        let mut set = |name: &str, value: &str| {
            let name = HeaderName::from_bytes(name.as_bytes());
            if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(value)) {
                headers.append(name, value);
            }
        };
        set(&self.signing.client_id.name, asked.client_id);
        if has(Fault::Unsigned) {
            return headers;
        }
        if !has(Fault::NoTime) {
            set(&time_header.name, &time);
        }
        // The system gave no random numbers: the message stays unsigned, which no client accepts.
        let Some(Ok(signature)) = signature else {
            return headers;
        };
        let header = SignatureHeader {
            algorithm: &self.signing.signature.algorithm_name,
            key_version: Some(self.key_version),
            signature,
        };
        let header = header.to_text(&self.signing.pair_keys());
        set(&self.signing.signature.header, &header);
        if has(Fault::Twice) {
            set(&self.signing.signature.header, &header);
        }
        headers
    }
}

/// Applies faults to a body before it is signed.
pub(super) fn corrupt(api: &Api, body: String, faults: &[Fault]) -> Vec<u8> {
    if faults.contains(&Fault::NotJson) {
        return b"<html>no JSON</html>".to_vec();
    }
    if faults.contains(&Fault::NoResult) {
        return b"{}".to_vec();
    }
    if faults.contains(&Fault::UnknownStatus) {
        let mut json: Value = serde_json::from_str(&body).unwrap_or_default();
        let results = api.operations.iter().filter_map(|one| one.result.as_ref());
        for result in results {
            match &result.status {
                StatusPlace::Field(path) if text(&json, path).is_some() => {
                    put(&mut json, path, "?");
                }
                // The gateway sends another HTTP status.
                StatusPlace::Field(_) | StatusPlace::HttpStatus | StatusPlace::Always(_) => {}
            }
        }
        return json.to_string().into_bytes();
    }
    if faults.contains(&Fault::OtherAmount) {
        let mut json: Value = serde_json::from_str(&body).unwrap_or_default();
        for path in amounts(api) {
            let other = match at(&json, &path) {
                Some(Value::String(amount)) => Some(Value::String(another(amount))),
                Some(Value::Number(amount)) => {
                    serde_json::from_str(&another(&amount.to_string())).ok()
                }
                Some(Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_)) | None => {
                    None
                }
            };
            if let Some(other) = other {
                set(&mut json, &path, other);
            }
        }
        return json.to_string().into_bytes();
    }
    body.into_bytes()
}

/// Returns another number: with a digit in front, so that a decimal gets no more decimal places.
fn another(amount: &str) -> String {
    match amount.strip_prefix('-') {
        Some(digits) => format!("-1{digits}"),
        None => format!("1{amount}"),
    }
}

/// Returns the paths of numbers in messages of the provider that must agree with a request.
fn amounts(api: &Api) -> BTreeSet<Vec<String>> {
    let mut amounts = BTreeSet::new();
    for operation in &api.operations {
        let body = match operation.caller {
            Caller::Merchant => operation.response.as_ref(),
            Caller::Provider => Some(&operation.request),
        };
        let agreements = operation.result.iter().flat_map(|result| &result.agrees);
        for (agreement, body) in agreements.filter_map(|agreement| Some((agreement, body?))) {
            // The checks of the spec have reported what cannot be compared.
            for part in agreement.parts(api, &body.object).unwrap_or_default() {
                match part.kind {
                    AgreedKind::Integer | AgreedKind::Decimal => {
                        let inner = part.path.iter().map(|name| (*name).to_owned());
                        amounts.insert(agreement.path.iter().cloned().chain(inner).collect());
                    }
                    AgreedKind::Text | AgreedKind::Boolean => {}
                }
            }
        }
    }
    amounts
}

/// Changes a letter or digit in a body, so that it stays JSON with another meaning.
pub(super) fn change(body: &mut [u8]) {
    let mut bytes = body.iter_mut().rev();
    if let Some(byte) = bytes.find(|byte| byte.is_ascii_alphanumeric()) {
        *byte = if *byte == b'0' { b'1' } else { b'0' };
    }
}
