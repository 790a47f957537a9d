//! The signing rules of an API, parsed from the texts of the spec.
//!
//! ```
//! use payspec_model::{load, model::TemplatePart, signing::Signing};
//! use std::path::Path;
//!
//! let model = load(Path::new("../../spec")).model.ok_or("the spec has errors")?;
//! let (api, _) = model.operation("pay_entry_code").ok_or("no such operation")?;
//! let signing = Signing::of(api)?;
//! assert_eq!(signing.client_id.name, "Client-Id");
//! assert_eq!(signing.request[..3], [TemplatePart::Method, TemplatePart::Text(" "), TemplatePart::Uri]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use crate::model::{
    Api, Header, HeaderFormat, Signature, SignatureEncoding, TemplateOf, TemplatePart,
};
use heck::ToSnakeCase;
#[cfg(feature = "signing")]
use payspec_runtime::client::{Part, SignatureKeys};

/// The signing rules of an API.
#[derive(Debug, Clone, PartialEq)]
pub struct Signing<'m> {
    /// The texts of the spec.
    pub signature: &'m Signature,
    /// The signed parts of a request.
    pub request: Vec<TemplatePart<'m>>,
    /// The signed parts of a response.
    pub response: Vec<TemplatePart<'m>>,
    /// The header of a request that carries the client id.
    pub client_id: &'m Header,
    /// The header of a request that carries its time.
    pub request_time: &'m Header,
    /// The header of a response that carries its time.
    pub response_time: &'m Header,
    /// The keys of the pairs in the signature header.
    pub keys: PairKeys<'m>,
}

/// The keys of the pairs in the signature header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PairKeys<'m> {
    /// Of the algorithm.
    pub algorithm: &'m str,
    /// Of the version of the sender's key.
    pub key_version: &'m str,
    /// Of the signature.
    pub signature: &'m str,
}

/// Messages cannot be signed as the spec says.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SigningError {
    /// The spec has no signing rules.
    #[error("the API `{0}` has no signing rules; add `signature` to its `api.yaml`")]
    Unsigned(String),
    /// A template of signed content is invalid.
    #[error("invalid template of signed content `{0}`")]
    Template(String),
    /// A signed header is not described.
    #[error(
        "missing header for `{{{0}}}`; declare one with the same name, such as `Client-Id` for `{{client_id}}`"
    )]
    NoHeader(&'static str),
    /// A header with a time has another format.
    #[error("the header `{0}` carries a time, so its format must be `epoch_millis` or `datetime`")]
    TimeFormat(String),
    /// The signature header has other pairs.
    #[error("`header_keys` must have three keys in this order: algorithm, key version, signature")]
    HeaderKeys,
    /// The signature has an unknown encoding.
    #[error("unsupported `encoding` of signatures; expected `[base64, form_urlencoded]`")]
    Encoding,
}

impl<'m> Signing<'m> {
    /// Reads the signing rules of an API.
    ///
    /// # Errors
    ///
    /// When the spec does not state them, or states them in an unsupported way.
    pub fn of(api: &'m Api) -> Result<Self, SigningError> {
        let signature = api.signature.as_ref();
        let signature = signature.ok_or_else(|| SigningError::Unsigned(api.id.clone()))?;
        if signature.encoding != [SignatureEncoding::Base64, SignatureEncoding::FormUrlencoded] {
            return Err(SigningError::Encoding);
        }
        let [algorithm, key_version, value] = signature.header_keys.as_slice() else {
            return Err(SigningError::HeaderKeys);
        };
        let (requests, responses) = (&api.request_headers, &api.response_headers);
        Ok(Signing {
            signature,
            request: parts(TemplateOf::Request, &signature.request_content)?,
            response: parts(TemplateOf::Response, &signature.response_content)?,
            client_id: header(requests, CLIENT_ID)?,
            request_time: timed(header(requests, REQUEST_TIME)?)?,
            response_time: timed(header(responses, RESPONSE_TIME)?)?,
            keys: PairKeys {
                algorithm,
                key_version,
                signature: value,
            },
        })
    }
}

const CLIENT_ID: &str = "client_id";
const REQUEST_TIME: &str = "request_time";
const RESPONSE_TIME: &str = "response_time";

/// Returns the header that a placeholder denotes: the one with the same name.
fn header<'m>(
    headers: &'m [Header],
    placeholder: &'static str,
) -> Result<&'m Header, SigningError> {
    let mut headers = headers.iter();
    let named = headers.find(|header| header.name.to_snake_case() == placeholder);
    named.ok_or(SigningError::NoHeader(placeholder))
}

fn timed(header: &Header) -> Result<&Header, SigningError> {
    match header.format {
        HeaderFormat::EpochMillis | HeaderFormat::Datetime => Ok(header),
        HeaderFormat::Text | HeaderFormat::KeyValueList | HeaderFormat::MediaType => {
            Err(SigningError::TimeFormat(header.name.clone()))
        }
    }
}

fn parts<'t>(of: TemplateOf<'t>, template: &'t str) -> Result<Vec<TemplatePart<'t>>, SigningError> {
    let parts = of.parts(template);
    parts.map_err(|_| SigningError::Template(template.to_owned()))
}

#[cfg(feature = "signing")]
impl<'m> Signing<'m> {
    /// Converts parts of signed content to the runtime's.
    pub fn parts(parts: &[TemplatePart<'m>]) -> Vec<Part<'m>> {
        let part = |part: &TemplatePart<'m>| match *part {
            TemplatePart::Text(text) => Part::Text(text),
            TemplatePart::Method => Part::Method,
            TemplatePart::Uri => Part::Uri,
            TemplatePart::ClientId => Part::ClientId,
            TemplatePart::Time => Part::Time,
            TemplatePart::Nonce => Part::Nonce,
            TemplatePart::KeyId => Part::KeyId,
            TemplatePart::Body => Part::Body,
            TemplatePart::BodyCrc32 => Part::BodyCrc32,
            TemplatePart::Credential(name) => Part::Credential(name),
        };
        parts.iter().map(part).collect()
    }

    /// Returns the keys of the pairs in the header, as the runtime uses them.
    pub fn pair_keys(&self) -> SignatureKeys<'m> {
        SignatureKeys {
            algorithm: self.keys.algorithm,
            key_version: self.keys.key_version,
            signature: self.keys.signature,
        }
    }
}
