//! An answer of the provider, and the reasons for which it may decide nothing.

use super::endpoint::Endpoint;
use super::unverified::Unverified;
use crate::json::{Node, lenient_text};
use crate::{Contradiction, DecodeError, OtherRequest, StatusClass, Violations, rules};
use core::fmt;
use http::Response;
use std::time::{Duration, SystemTime};

/// Number of bytes of a body that an error keeps.
const KEPT: usize = 64 * 1024;

/// The body of a verified answer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Answer<'a> {
    body: &'a [u8],
    http_status: u16,
    time: Option<SystemTime>,
}

impl<'a> Answer<'a> {
    pub(super) fn new(body: &'a [u8], http_status: u16, time: Option<SystemTime>) -> Self {
        Self {
            body,
            http_status,
            time,
        }
    }

    /// Returns the time at which the provider signed it, by the provider's clock; [`None`] where nothing is signed.
    pub fn time(self) -> Option<SystemTime> {
        self.time
    }

    /// Returns the HTTP status.
    pub fn http_status(self) -> u16 {
        self.http_status
    }

    /// Returns the bytes; those of an empty object, if the HTTP status allows no body.
    pub fn body(self) -> &'a [u8] {
        self.body
    }
}

impl fmt::Debug for Answer<'_> {
    /// Shows the size. The bytes may hold sensitive values.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Answer({} bytes)", self.body.len())
    }
}

/// The status that a body claims, trusted or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Claim {
    NotJson,
    NoResult,
    Status {
        class: ClaimedClass,
        status: String,
        code: Option<String>,
    },
}

/// The class of a claimed status; [`None`] if the status is not documented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ClaimedClass(Option<StatusClass>);

impl ClaimedClass {
    pub(super) fn is_known(self) -> bool {
        self.0.is_some()
    }

    /// Returns whether the sender claims that the operation failed or is pending.
    pub(super) fn is_refusal(self) -> bool {
        match self.0 {
            Some(StatusClass::Failed | StatusClass::Pending) => true,
            Some(StatusClass::Succeeded) | None => false,
        }
    }
}

impl Claim {
    pub(super) fn of(endpoint: &Endpoint, response: &Response<Vec<u8>>) -> Self {
        let http_status = response.status().as_u16();
        let body = rules::json_of_answer(http_status, response.body());
        let Ok(json) = lenient_text(body) else {
            return Claim::NotJson;
        };
        let Ok(json) = Node::parse_lenient(&json) else {
            return Claim::NotJson;
        };
        let text = |path: &[&str]| -> Option<String> {
            let mut path = path.iter();
            match path.try_fold(&json, |json, name| json.get(name))? {
                Node::String(text) => Some(text.as_ref().to_owned()),
                Node::Null
                | Node::Boolean(_)
                | Node::Number(_)
                | Node::Array(_)
                | Node::Object(_)
                | Node::Damaged(_) => None,
            }
        };
        let status = match endpoint.is_by_http_status() {
            true => Some(http_status.to_string()),
            false => text(endpoint.status),
        };
        let Some(status) = status else {
            return Claim::NoResult;
        };
        Claim::Status {
            class: ClaimedClass(endpoint.class(&status, http_status)),
            status,
            code: {
                let mut codes = endpoint.codes.iter();
                codes.find_map(|path| text(path).filter(|code| !code.is_empty()))
            },
        }
    }
}

/// An answer that decides nothing. The request was sent; its outcome is unknown.
#[derive(Clone, PartialEq, Eq)]
pub struct AnswerError {
    kind: Box<AnswerErrorKind>,
    http_status: u16,
    status: Option<String>,
    code: Option<String>,
    body: Box<[u8]>,
}

/// The reason why an answer decides nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum AnswerErrorKind {
    /// It is not proved to come from the provider, or not proved to answer this operation.
    Unverified(Unverified),
    /// It is unsigned and says that the call failed or is pending, as a provider answers when it could
    /// not verify the request. Anyone on the network path could have written it.
    UnsignedRefusal,
    /// It is the provider's, but its HTTP status is not 200.
    HttpStatus,
    /// It is the provider's, but it is not JSON.
    NotJson,
    /// It is the provider's, but it has no status.
    NoResult,
    /// It is the provider's, but its status is not documented.
    UnknownStatus,
    /// It is the provider's, but it cannot be read as a response of the operation.
    Malformed(DecodeError),
    /// It is the provider's, but it names another request.
    OtherRequest(OtherRequest),
    /// It is the provider's, but it contains a value that contradicts the request. A person has to find
    /// out.
    Contradiction(Contradiction),
    /// It is the provider's and decides something, but it does not name the request.
    Unnamed,
    /// It is the provider's, but it was signed before the request was first sent.
    BeforeRequest {
        /// The time between its signature and the first sending.
        by: Duration,
    },
}

impl AnswerError {
    fn new(response: &Response<Vec<u8>>, claim: Claim, kind: AnswerErrorKind) -> Self {
        let (status, code) = match claim {
            Claim::NotJson | Claim::NoResult => (None, None),
            Claim::Status { status, code, .. } => (Some(status), code),
        };
        let body = response.body();
        Self {
            kind: Box::new(kind),
            http_status: response.status().as_u16(),
            status,
            code,
            body: body.get(..KEPT).unwrap_or(body).into(),
        }
    }

    /// Makes an error for an answer that is not verified.
    pub(super) fn not_verified(
        response: &Response<Vec<u8>>,
        claim: Claim,
        why: Unverified,
    ) -> Self {
        let kind = match (&claim, &why) {
            (Claim::Status { class, .. }, Unverified::Unsigned) if class.is_refusal() => {
                AnswerErrorKind::UnsignedRefusal
            }
            (Claim::Status { .. } | Claim::NotJson | Claim::NoResult, _) => {
                AnswerErrorKind::Unverified(why)
            }
        };
        Self::new(response, claim, kind)
    }

    /// Makes an error for an answer that is verified and has a documented status, but is wrong in this
    /// way.
    pub(super) fn inside(
        endpoint: &Endpoint,
        response: &Response<Vec<u8>>,
        kind: AnswerErrorKind,
    ) -> Self {
        Self::new(response, Claim::of(endpoint, response), kind)
    }

    /// Makes an error for a verified answer that has another HTTP status than 200, or no documented
    /// status.
    pub(super) fn verified(
        endpoint: &Endpoint,
        response: &Response<Vec<u8>>,
        claim: Claim,
    ) -> Self {
        let is_other = response.status() != http::StatusCode::OK;
        let kind = if is_other && !endpoint.is_by_http_status() {
            AnswerErrorKind::HttpStatus
        } else {
            match &claim {
                Claim::NotJson => AnswerErrorKind::NotJson,
                Claim::NoResult => AnswerErrorKind::NoResult,
                Claim::Status { .. } => AnswerErrorKind::UnknownStatus,
            }
        };
        Self::new(response, claim, kind)
    }

    /// Returns the reason.
    pub fn kind(&self) -> &AnswerErrorKind {
        &self.kind
    }

    /// Returns the HTTP status.
    pub fn http_status(&self) -> u16 {
        self.http_status
    }

    /// Returns the status that the body claims. Anyone may have written it, unless the
    /// [kind](Self::kind) says that the answer is the provider's.
    pub fn status(&self) -> Option<&str> {
        self.status.as_deref()
    }

    /// Returns the code that the body claims, with the same caution as for [`status`](Self::status).
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// Returns the body, or its first 64 KiB. It may hold sensitive values.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// Returns the violations that made a verified answer unreadable, if that is the reason.
    pub fn violations(&self) -> Option<&Violations> {
        match &*self.kind {
            AnswerErrorKind::Malformed(error) => error.violations(),
            AnswerErrorKind::Unverified(_)
            | AnswerErrorKind::UnsignedRefusal
            | AnswerErrorKind::HttpStatus
            | AnswerErrorKind::NotJson
            | AnswerErrorKind::NoResult
            | AnswerErrorKind::UnknownStatus
            | AnswerErrorKind::OtherRequest(_)
            | AnswerErrorKind::Contradiction(_)
            | AnswerErrorKind::Unnamed
            | AnswerErrorKind::BeforeRequest { .. } => None,
        }
    }

    /// Returns whether the answer is proved to be the provider's: by its signature, or, where nothing is signed, by
    /// TLS alone.
    pub fn is_verified(&self) -> bool {
        match &*self.kind {
            AnswerErrorKind::Unverified(_) | AnswerErrorKind::UnsignedRefusal => false,
            AnswerErrorKind::HttpStatus
            | AnswerErrorKind::NotJson
            | AnswerErrorKind::NoResult
            | AnswerErrorKind::UnknownStatus
            | AnswerErrorKind::Malformed(_)
            | AnswerErrorKind::OtherRequest(_)
            | AnswerErrorKind::Contradiction(_)
            | AnswerErrorKind::Unnamed
            | AnswerErrorKind::BeforeRequest { .. } => true,
        }
    }

    /// Returns the contradiction between answer and request, if that is the reason: another id, or
    /// another value of a field that must agree. Such an answer settles nothing, whatever its status
    /// says. Do not cancel or pay again because of it; let a person ask the provider.
    pub fn contradiction(&self) -> Option<Contradiction> {
        match &*self.kind {
            AnswerErrorKind::Contradiction(contradiction) => Some(contradiction.clone()),
            AnswerErrorKind::OtherRequest(other) => Some(Contradiction::of_id(other)),
            AnswerErrorKind::Unverified(_)
            | AnswerErrorKind::UnsignedRefusal
            | AnswerErrorKind::HttpStatus
            | AnswerErrorKind::NotJson
            | AnswerErrorKind::NoResult
            | AnswerErrorKind::UnknownStatus
            | AnswerErrorKind::Malformed(_)
            | AnswerErrorKind::Unnamed
            | AnswerErrorKind::BeforeRequest { .. } => None,
        }
    }
}

impl fmt::Debug for AnswerError {
    /// Leaves the body out: it may hold sensitive values.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AnswerError")
            .field("kind", &self.kind)
            .field("http_status", &self.http_status)
            .field("status", &self.status)
            .field("code", &self.code)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}

impl fmt::Display for AnswerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.kind {
            AnswerErrorKind::Unverified(why) => write!(f, "the answer is not verified: {why}")?,
            AnswerErrorKind::UnsignedRefusal => {
                f.write_str("an unsigned answer refuses the call")?
            }
            AnswerErrorKind::HttpStatus => f.write_str("the answer is no 200")?,
            AnswerErrorKind::NotJson => f.write_str("the answer is not JSON")?,
            AnswerErrorKind::NoResult => f.write_str("the answer has no status")?,
            AnswerErrorKind::UnknownStatus => {
                f.write_str("the answer has a status that is not documented")?;
            }
            AnswerErrorKind::Malformed(error) => {
                write!(f, "the answer cannot be read: {error}")?;
            }
            AnswerErrorKind::OtherRequest(error) => error.fmt(f)?,
            AnswerErrorKind::Contradiction(contradiction) => contradiction.fmt(f)?,
            AnswerErrorKind::Unnamed => f.write_str("the answer does not name the request")?,
            AnswerErrorKind::BeforeRequest { by } => write!(
                f,
                "the answer was signed {} seconds before the request was sent",
                by.as_secs()
            )?,
        }
        write!(f, " (HTTP {}", self.http_status)?;
        for (what, value) in [("status", &self.status), ("code", &self.code)] {
            if let Some(value) = value {
                let short: String = value.chars().take(64).collect();
                write!(f, ", {what} {}", short.escape_debug())?;
            }
        }
        f.write_str(")")
    }
}

impl core::error::Error for AnswerError {}
