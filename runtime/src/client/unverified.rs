//! The reasons for which a message is not proved to be the provider's.

use super::body_proof::BodyUnproved;
use super::coding::ContentCoding;
use super::header::BadSignatureHeader;
use super::proof_place::{HeaderProblem, Unread};
use crate::TextEncoding;
use core::fmt;
use std::time::Duration;

/// The reason why an answer is not proved to be the provider's.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unverified {
    /// It has none of the signature headers.
    Unsigned,
    /// It has some of the signature headers, but not this one.
    Missing(&'static str),
    /// It has this header twice.
    Twice(&'static str),
    /// This header holds bytes that are not text.
    NotText(&'static str),
    /// This header is too long.
    TooLong(&'static str),
    /// This header begins with another scheme.
    OtherScheme(&'static str),
    /// This header has another value than each message of the provider has.
    OtherValue(&'static str),
    /// The list in its header has another value of this key, such as the name of the algorithm.
    OtherParam(&'static str),
    /// The list in its header lacks this key, or the key has no value.
    NoParam(&'static str),
    /// The list in its header has this key twice.
    ParamTwice(&'static str),
    /// The credential with this name is missing, so nothing can be verified.
    NoKey(&'static str),
    /// It is addressed to another client.
    OtherClient,
    /// The signature header is invalid.
    Header(BadSignatureHeader),
    /// It is signed with another algorithm.
    Algorithm,
    /// The signature does not match these bytes, or was made with another key.
    WrongSignature,
    /// The signature is not percent-encoded.
    NotPercentEncoded,
    /// The signature is not in this encoding.
    NotEncoded(TextEncoding),
    /// No configured key has the version that the signature names, or it names none and several keys
    /// are configured: the provider has changed its key.
    UnknownKeyVersion(Option<String>),
    /// The signature inside of its body does not prove it.
    InBody(BodyUnproved),
    /// The body arrived with this content coding although `identity` was requested, so the bytes that
    /// were signed are unknown.
    Encoded(ContentCoding),
    /// The time header is not a valid time.
    NoTime,
    /// The message's time is too far from the local time: the message is old, or the clocks differ.
    Clock {
        /// The difference between its time and the time at which it was verified.
        apart: Duration,
    },
}

impl From<BadSignatureHeader> for Unverified {
    fn from(error: BadSignatureHeader) -> Self {
        Self::Header(error)
    }
}

impl fmt::Display for Unverified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unsigned => f.write_str("it carries no signature"),
            Self::Missing(name) => HeaderProblem::Missing.of(name).fmt(f),
            Self::Twice(name) => HeaderProblem::Twice.of(name).fmt(f),
            Self::NotText(name) => HeaderProblem::NotText.of(name).fmt(f),
            Self::TooLong(name) => HeaderProblem::TooLong.of(name).fmt(f),
            Self::OtherScheme(name) => HeaderProblem::OtherScheme.of(name).fmt(f),
            Self::OtherValue(name) => HeaderProblem::OtherValue.of(name).fmt(f),
            Self::OtherParam(key) => HeaderProblem::OtherParam.of(key).fmt(f),
            Self::NoParam(key) => HeaderProblem::NoParam.of(key).fmt(f),
            Self::ParamTwice(key) => HeaderProblem::ParamTwice.of(key).fmt(f),
            Self::NoKey(name) => write!(f, "the credential `{name}` is missing"),
            Self::OtherClient => f.write_str("it is addressed to another client"),
            Self::Header(error) => error.fmt(f),
            Self::Algorithm => f.write_str("it is signed by another algorithm"),
            Self::WrongSignature => {
                f.write_str("its signature is wrong: other bytes were signed, or by another key")
            }
            Self::NotPercentEncoded => BadSignatureHeader::NotPercentEncoded.fmt(f),
            Self::NotEncoded(encoding) => write!(f, "its signature is not {encoding}"),
            Self::UnknownKeyVersion(Some(version)) => write!(
                f,
                "it is signed by key version `{}`, which is not known; add the provider's new key",
                version.escape_debug()
            ),
            Self::UnknownKeyVersion(None) => {
                f.write_str("it names no key version, and several keys are known")
            }
            Self::InBody(why) => why.fmt(f),
            Self::Encoded(coding) => write!(
                f,
                "its body is encoded ({coding}), which its signature does not cover: turn compression off \
                 on the way to the provider"
            ),
            Self::NoTime => f.write_str("its time is not written in the expected form"),
            Self::Clock { apart } => write!(
                f,
                "its time is {} seconds from the time here",
                apart.as_secs()
            ),
        }
    }
}

impl From<Unread<'static>> for Unverified {
    fn from(unread: Unread<'static>) -> Self {
        let Unread { name, problem } = unread;
        match problem {
            HeaderProblem::Missing => Self::Missing(name),
            HeaderProblem::Twice => Self::Twice(name),
            HeaderProblem::NotText => Self::NotText(name),
            HeaderProblem::TooLong => Self::TooLong(name),
            HeaderProblem::OtherScheme => Self::OtherScheme(name),
            HeaderProblem::OtherValue => Self::OtherValue(name),
            HeaderProblem::OtherParam => Self::OtherParam(name),
            HeaderProblem::NoParam => Self::NoParam(name),
            HeaderProblem::ParamTwice => Self::ParamTwice(name),
        }
    }
}
