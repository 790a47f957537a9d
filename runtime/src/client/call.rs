//! The trait that tells a client how to call an operation.

use super::answer::{AnswerError, AnswerErrorKind};
use super::digest::hex_digest;
use super::endpoint::Endpoint;
use super::envelope::Envelope;
use super::key::{Signer, Verifier};
use super::trace;
use crate::decode::decode_answer_reporting;
use crate::json::{Node, lenient_text};
use crate::{
    Agreed, Contradiction, Decoded, Message, OtherRequest, PaymentReference, Reference, Resend,
    Violations,
};
use core::fmt;
use http::Response;
use std::time::{Duration, SystemTime};

/// A request that the merchant sends, with everything that a client needs to know about its operation.
/// Generated.
pub trait Call: Message + serde::Serialize {
    /// The message that the provider answers with.
    type Response: Message + fmt::Debug;
    /// The decision that an answer leads to.
    type Outcome: fmt::Debug;

    /// Method, path and status fields of the operation.
    const ENDPOINT: Endpoint;
    /// JSON Pointer of the field that [`id`](Self::id) reads; empty if the provider does not recognise
    /// repetitions.
    const KEY: &'static str;
    /// The reason why a repetition is safe, if it is.
    const REPEAT: Repeat;
    /// The time for which the provider keeps the key, from the first request with it; [`None`] if it is unknown, or the
    /// request has no key. After it, nothing is sent again that may have arrived.
    const KEY_LIFETIME: Option<Duration> = None;
    /// True if a [`Journal`](super::Journal) records such requests: those that have a key, and those
    /// that may be repeated and cancel another request.
    const JOURNALED: bool;
    /// Number of times it is sent again while its outcome is unknown.
    const REPEATS: u32;
    /// The code for "an earlier request had the same key and other values".
    const CONFLICT: Option<&'static str>;

    /// Returns the value of the field by which the provider recognises a repetition.
    fn id(&self) -> Option<&str>;

    /// Returns the ids that the request carries, the best first.
    fn asked(&self) -> Vec<Reference<'_>> {
        Vec::new()
    }

    /// Returns the ids that an answer carries, the best first.
    fn answered(_: &Self::Response) -> Vec<Reference<'_>> {
        Vec::new()
    }

    /// The fields in which an answer must agree with the request.
    const AGREES: &'static [Agreed<'static>] = &[];

    /// Decides an answer that came with this HTTP status.
    fn outcome(response: &Self::Response, http_status: u16) -> Self::Outcome;

    /// Returns the consequence of an outcome for sending again.
    fn judgement(outcome: &Self::Outcome) -> Judgement<'_>;
}

/// Returns the journal's id of a request: its key, or else an id by which it names its payment, or else
/// the digest of its bytes.
pub(super) fn journal_id(key: &str, asked: &[PaymentReference], bytes: &[u8]) -> String {
    let named = asked.iter().map(PaymentReference::value);
    let mut named = core::iter::once(key).chain(named);
    let first = named.find(|value| !value.is_empty());
    first.map_or_else(|| hex_digest(bytes), str::to_owned)
}

/// Returns the scope in which the journal's ids of such requests are unique: the key field, or else the
/// operation.
pub(super) fn journal_scope<R: Call>() -> &'static str {
    match R::KEY {
        "" => R::ENDPOINT.name,
        key => key,
    }
}

/// The reason why it is safe to send the same request again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// The provider recognises it by its key.
    ByKey,
    /// It has no key, but the description says that it may be sent again.
    Documented,
    /// It only reads, so a repetition changes nothing.
    Reads,
    /// A repetition is not safe: once it may have arrived, it is not sent again automatically.
    Never,
}

/// The consequence of an outcome for sending again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judgement<'a> {
    /// The outcome of the call is known.
    Decided,
    /// The call was refused, with this code.
    Failed {
        /// The code.
        code: &'a str,
    },
    /// The outcome is not known yet.
    Pending {
        /// The code.
        code: &'a str,
        /// The status.
        status: &'a str,
        /// The rule for sending the same again after this code; [`None`] for an unknown code.
        resend: Option<Resend>,
    },
}

/// An answer that was verified and read.
pub struct Answered<R: Call> {
    /// The answer.
    pub response: R::Response,
    /// The decision that it leads to.
    pub outcome: R::Outcome,
    /// Values that could not be read and are therefore absent: see
    /// [`Decoded::dropped`](crate::Decoded::dropped). They do not influence the outcome.
    pub dropped: Violations,
}

impl<R: Call> Answered<R> {
    /// Returns the best id by which the answer names the payment.
    pub fn reference(&self) -> Option<PaymentReference> {
        PaymentReference::first(&R::answered(&self.response))
    }
}

impl<R: Call> Answered<R> {
    /// Returns whether the call was refused, so that nothing was done.
    pub(super) fn is_refused(&self) -> bool {
        match R::judgement(&self.outcome) {
            Judgement::Failed { code } => R::CONFLICT != Some(code),
            Judgement::Decided | Judgement::Pending { .. } => false,
        }
    }
}

impl<R: Call> fmt::Debug for Answered<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answered")
            .field("response", &self.response)
            .field("outcome", &self.outcome)
            .field("dropped", &self.dropped)
            .finish()
    }
}

/// The request that an answer is compared with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    /// The ids by which it names its payment.
    pub(super) named: &'a [PaymentReference],
    /// The bytes of this call.
    pub(super) request: &'a [u8],
    /// The bytes that the answer must agree with: its own, or those of the request that moves the
    /// money.
    pub(super) bytes: &'a [u8],
    /// The time of the first attempt to send it; [`None`] if unknown.
    pub(super) first: Option<SystemTime>,
}

/// Verifies, reads and judges an answer to a request.
pub(super) fn read<R: Call, S: Signer, V: Verifier>(
    envelope: &Envelope<S, V>,
    asked: Asked<'_>,
    response: &Response<Vec<u8>>,
    now: SystemTime,
) -> Result<Answered<R>, AnswerError> {
    trace::came(response);
    let answered = verified(envelope, asked, response, now);
    if let Err(error) = &answered {
        trace::unread(error);
    }
    answered
}

fn verified<R: Call, S: Signer, V: Verifier>(
    envelope: &Envelope<S, V>,
    asked: Asked<'_>,
    response: &Response<Vec<u8>>,
    now: SystemTime,
) -> Result<Answered<R>, AnswerError> {
    let wrong = |kind| AnswerError::inside(&R::ENDPOINT, response, kind);
    let answer = envelope.verify(&R::ENDPOINT, asked.request, response, now)?;
    let early = asked
        .first
        .and_then(|first| envelope.too_early(answer, first));
    if let Some(by) = early {
        return Err(wrong(AnswerErrorKind::BeforeRequest { by }));
    }
    // Compares the bytes, so that an unreadable value is not mistaken for an absent one.
    agree(R::AGREES, asked.bytes, answer.body())
        .map_err(|contradiction| wrong(AnswerErrorKind::Contradiction(contradiction)))?;
    let Decoded {
        message: response,
        dropped,
    } = decode_answer_reporting::<R::Response>(answer.http_status(), answer.body())
        .map_err(|error| wrong(AnswerErrorKind::Malformed(error)))?;
    trace::dropped(&dropped);
    let naming = names(asked.named, &R::answered(&response));
    let naming = naming.map_err(|other| wrong(AnswerErrorKind::OtherRequest(other)))?;
    let outcome = R::outcome(&response, answer.http_status());
    match (R::judgement(&outcome), naming) {
        (Judgement::Decided, Naming::Silent) => Err(wrong(AnswerErrorKind::Unnamed)),
        (Judgement::Decided, Naming::Same | Naming::Nameless)
        | (Judgement::Failed { .. } | Judgement::Pending { .. }, _) => Ok(Answered {
            outcome,
            response,
            dropped,
        }),
    }
}

/// Compares an incoming message with the request.
pub(super) fn agree(
    agreed: &[Agreed<'_>],
    request: &[u8],
    message: &[u8],
) -> Result<(), Contradiction> {
    if agreed.is_empty() {
        return Ok(());
    }
    // The reader of the message reports invalid JSON.
    let Ok(text) = lenient_text(message) else {
        return Ok(());
    };
    let (Ok(request), Ok(message)) = (Node::from_slice(request), Node::parse_lenient(&text)) else {
        return Ok(());
    };
    agreed
        .iter()
        .try_for_each(|agreed| agreed.compare(&request, &message))
}

/// The relation between the ids of an answer and those of the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Naming {
    /// It has at least one of the ids that the request gave.
    Same,
    /// It has fields for these ids, but none of them is present.
    Silent,
    /// It has no field for any of these ids.
    Nameless,
}

fn names(asked: &[PaymentReference], answered: &[Reference<'_>]) -> Result<Naming, OtherRequest> {
    let mut naming = Naming::Nameless;
    for answered in answered {
        let mut asked = asked.iter();
        let Some(asked) = asked.find(|asked| asked.name() == answered.name) else {
            continue;
        };
        match answered.known() {
            Some(value) if value != asked.value() => {
                return Err(OtherRequest::new(answered.name, value, asked.value()));
            }
            Some(_) => naming = Naming::Same,
            None if naming == Naming::Nameless => naming = Naming::Silent,
            None => {}
        }
    }
    Ok(naming)
}
