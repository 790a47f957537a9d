//! What a signature covers and where its parts stand, read from the texts of the spec.
//!
//! ```
//! use payspec_codegen::{load, signing::{Piece, Signing}};
//! use std::path::Path;
//!
//! let model = load(Path::new("../spec")).model.ok_or("the spec has errors")?;
//! let (api, _) = model.operation("pay_entry_code").ok_or("no such operation")?;
//! let signing = Signing::of(api)?;
//! assert_eq!(signing.client_id.name, "Client-Id");
//! assert_eq!(signing.request[..3], [Piece::Method, Piece::Text(" "), Piece::Uri]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use crate::model::{Api, Header, HeaderFormat, Signature, SignatureEncoding};
use heck::ToSnakeCase;

/// How the messages of an API are signed.
#[derive(Debug, Clone, PartialEq)]
pub struct Signing<'m> {
    /// What the spec says.
    pub signature: &'m Signature,
    /// What is signed of a request.
    pub request: Vec<Piece<'m>>,
    /// What is signed of a response.
    pub response: Vec<Piece<'m>>,
    /// The header of a request that carries the client id.
    pub client_id: &'m Header,
    /// The header of a request that carries its time.
    pub request_time: &'m Header,
    /// The header of a response that carries its time.
    pub response_time: &'m Header,
    /// The keys of the pairs in the header of the signature.
    pub keys: PairKeys<'m>,
}

/// The keys of the pairs in the header of a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PairKeys<'m> {
    /// Of the algorithm.
    pub algorithm: &'m str,
    /// Of the version of the sender's key.
    pub key_version: &'m str,
    /// Of the signature.
    pub signature: &'m str,
}

/// A part of what is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'m> {
    /// This text.
    Text(&'m str),
    /// The HTTP method.
    Method,
    /// Path and query of the request.
    Uri,
    /// The client id.
    ClientId,
    /// The time of the message, as its header has it.
    Time,
    /// The bytes of the body.
    Body,
}

/// Nothing can be signed as the spec says.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SigningError {
    /// It does not say how.
    #[error(
        "the API `{0}` does not say how messages are signed: its `api.yaml` needs a `signature`"
    )]
    Unsigned(String),
    /// A template names something that is no part of a message.
    #[error(
        "`{{{0}}}` is nothing that can be signed: there are {{method}}, {{uri}}, {{client_id}}, \
         {{request_time}} in requests, {{response_time}} in responses, and {{body}}"
    )]
    Placeholder(String),
    /// A brace is not closed.
    #[error("a `{{` in what is signed has no `}}`")]
    OpenBrace,
    /// A header that is part of what is signed is not described.
    #[error(
        "no header is described that stands for `{{{0}}}`: one is named alike, such as `Client-Id` for `{{client_id}}`"
    )]
    NoHeader(&'static str),
    /// A header with a time has another form.
    #[error("the header `{0}` carries a time, so its format is `epoch_millis` or `datetime`")]
    TimeFormat(String),
    /// The header of the signature has other pairs.
    #[error(
        "`header_keys` names three keys: of the algorithm, the key version and the signature, in this order"
    )]
    HeaderKeys,
    /// The signature is written in another way.
    #[error(
        "`encoding` is `[base64, form_urlencoded]`: no other way to write a signature is known here"
    )]
    Encoding,
}

impl<'m> Signing<'m> {
    /// Reads how an API signs.
    ///
    /// # Errors
    ///
    /// When the spec does not say it, or in a way that is not known here.
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
            request: pieces(&signature.request_content, REQUEST_TIME)?,
            response: pieces(&signature.response_content, RESPONSE_TIME)?,
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

/// The header that a placeholder stands for: the one that is named alike.
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

/// Takes a template apart.
fn pieces<'m>(template: &'m str, time: &str) -> Result<Vec<Piece<'m>>, SigningError> {
    let mut pieces = Vec::new();
    let mut rest = template;
    while let Some((text, behind)) = rest.split_once('{') {
        let (name, behind) = behind.split_once('}').ok_or(SigningError::OpenBrace)?;
        if !text.is_empty() {
            pieces.push(Piece::Text(text));
        }
        pieces.push(match name {
            "method" => Piece::Method,
            "uri" => Piece::Uri,
            CLIENT_ID => Piece::ClientId,
            "body" => Piece::Body,
            name if name == time => Piece::Time,
            other => return Err(SigningError::Placeholder(other.to_owned())),
        });
        rest = behind;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    Ok(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_comes_apart() {
        let pieces = |template| pieces(template, REQUEST_TIME);
        assert_eq!(
            pieces("{method} {uri}\n{client_id}.{request_time}.{body}!"),
            Ok(vec![
                Piece::Method,
                Piece::Text(" "),
                Piece::Uri,
                Piece::Text("\n"),
                Piece::ClientId,
                Piece::Text("."),
                Piece::Time,
                Piece::Text("."),
                Piece::Body,
                Piece::Text("!"),
            ])
        );
        assert_eq!(pieces("{body"), Err(SigningError::OpenBrace));
        let other = SigningError::Placeholder("response_time".to_owned());
        assert_eq!(pieces("{response_time}"), Err(other));
    }
}
