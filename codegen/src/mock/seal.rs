//! Signs answers.

use std::time::SystemTime;

use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http::{Response, StatusCode};
use payspec_runtime::client::{SignatureHeader, Signed, Signer as _, SigningKey, StampForm};

use super::fault::Fault;
use crate::model::{Header, HeaderFormat};
use crate::signing::Signing;

/// What an answer answers.
pub(super) struct Asked<'a> {
    pub(super) method: &'a str,
    pub(super) uri: &'a str,
    pub(super) client_id: &'a str,
}

/// How a header writes its time.
pub(crate) fn form(header: &Header) -> StampForm {
    match header.format {
        HeaderFormat::EpochMillis => StampForm::EpochMillis,
        HeaderFormat::Datetime
        | HeaderFormat::KeyValueList
        | HeaderFormat::MediaType
        | HeaderFormat::Text => StampForm::DateTime,
    }
}

/// An answer that carries no signature.
pub(super) fn bare(body: Vec<u8>, media_type: &'static str) -> Response<Vec<u8>> {
    let mut response = Response::new(body);
    let media_type = HeaderValue::from_static(media_type);
    response.headers_mut().insert(CONTENT_TYPE, media_type);
    response
}

/// The media type of every answer.
pub(super) const JSON: &str = "application/json; charset=UTF-8";

/// A signed answer, with what these faults make of it.
pub(super) fn answer(
    signing: &Signing<'_>,
    key: &SigningKey,
    key_version: &str,
    asked: &Asked<'_>,
    mut body: Vec<u8>,
    now: SystemTime,
    faults: &[Fault],
) -> Response<Vec<u8>> {
    let has = |fault: Fault| faults.contains(&fault);
    let time = form(signing.response_time).write(now).unwrap_or_default();
    let other = [body.as_slice(), b" "].concat();
    let signed = Signed {
        method: asked.method,
        uri: asked.uri,
        client_id: asked.client_id,
        time: &time,
        body: if has(Fault::WrongSignature) {
            &other
        } else {
            &body
        },
    };
    let signature = key.sign(&signed.content(&Signing::parts(&signing.response)));
    if has(Fault::ChangedBody) {
        change(&mut body);
    }
    let mut response = bare(body, JSON);
    for fault in faults {
        if let Fault::HttpStatus(status) = fault {
            *response.status_mut() = StatusCode::from_u16(*status).unwrap_or_default();
        }
    }
    let mut set = |name: &str, value: &str| {
        let name = HeaderName::from_bytes(name.as_bytes());
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(value)) {
            response.headers_mut().append(name, value);
        }
    };
    set(&signing.client_id.name, asked.client_id);
    if has(Fault::Unsigned) {
        return response;
    }
    if !has(Fault::NoTime) {
        set(&signing.response_time.name, &time);
    }
    // The system gave no random numbers: the answer stays unsigned, which no client accepts.
    let Ok(signature) = signature else {
        return response;
    };
    let header = SignatureHeader {
        algorithm: &signing.signature.algorithm_name,
        key_version: Some(key_version),
        signature,
    };
    let header = header.to_text(&signing.pair_keys());
    set(&signing.signature.header, &header);
    if has(Fault::Twice) {
        set(&signing.signature.header, &header);
    }
    response
}

/// Changes a letter or digit in a body: it stays JSON and says something else.
fn change(body: &mut [u8]) {
    let mut bytes = body.iter_mut().rev();
    if let Some(byte) = bytes.find(|byte| byte.is_ascii_alphanumeric()) {
        *byte = if *byte == b'0' { b'1' } else { b'0' };
    }
}
