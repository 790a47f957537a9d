//! What a client has to know of an operation.

use super::answer::{AnswerError, AnswerErrorKind};
use super::envelope::{Endpoint, Envelope};
use super::key::{Signer, Verifier};
use super::notification::digest;
use super::trace;
use crate::json::{Node, lenient_text};
use crate::{
    Agreed, Contradiction, Decoded, Message, OtherRequest, PaymentReference, Reference, Resend,
    Violations, decode_reporting,
};
use core::fmt;
use http::Response;
use std::time::SystemTime;

/// A request that the merchant sends, with all that a client has to know of its operation. Generated.
pub trait Call: Message + serde::Serialize {
    /// What is answered.
    type Response: Message + fmt::Debug;
    /// What an answer decides.
    type Outcome: fmt::Debug;

    /// Where it goes.
    const ENDPOINT: Endpoint;
    /// The field that [`id`](Self::id) reads, as a JSON Pointer; empty where the provider recognises no
    /// repetition.
    const KEY: &'static str;
    /// What makes a repetition safe.
    const REPEAT: Repeat;
    /// Whether a [`Journal`](super::Journal) holds such requests: those that have a key, and those that may be
    /// repeated and cancel what another one has begun.
    const JOURNALED: bool;
    /// How often it is sent again when its outcome is not known.
    const REPEATS: u32;
    /// The code that says: an earlier request had the same key and other values.
    const CONFLICT: Option<&'static str>;

    /// The value of the field by which the provider recognises a repetition.
    fn id(&self) -> Option<&str>;

    /// The ids that the request carries, the best first.
    fn asked(&self) -> Vec<Reference<'_>> {
        Vec::new()
    }

    /// The ids that an answer carries, likewise.
    fn answered(_: &Self::Response) -> Vec<Reference<'_>> {
        Vec::new()
    }

    /// What an answer must agree with the request in.
    const AGREES: &'static [Agreed<'static>] = &[];

    /// Returns what an answer decides.
    fn outcome(response: &Self::Response) -> Self::Outcome;

    /// Returns what that means for sending again.
    fn judgement(outcome: &Self::Outcome) -> Judgement<'_>;
}

/// Returns the journal's id of a request: its key, or else what it names its matter by, or else the digest of
/// its bytes.
pub(super) fn journal_id(key: &str, asked: &[PaymentReference], bytes: &[u8]) -> String {
    let named = asked.iter().map(PaymentReference::value);
    let mut named = core::iter::once(key).chain(named);
    let first = named.find(|value| !value.is_empty());
    first.map_or_else(|| digest(bytes), str::to_owned)
}

/// Returns what the journal's ids of such requests are unique in.
pub(super) fn journal_scope<R: Call>() -> &'static str {
    match R::KEY {
        "" => R::ENDPOINT.name,
        key => key,
    }
}

/// What makes it safe to send the same request again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// The provider recognises it by its key.
    ByKey,
    /// It has no key, and the description says that it may be sent again.
    Documented,
    /// It only reads.
    Reads,
    /// Nothing: once it may have arrived, it is not sent again by itself.
    Never,
}

/// What an outcome means for sending again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judgement<'a> {
    /// It is known how the call came out.
    Decided,
    /// The call was refused, with this code.
    Failed {
        /// The code.
        code: &'a str,
    },
    /// It is not known.
    Pending {
        /// The code.
        code: &'a str,
        /// The status.
        status: &'a str,
        /// Whether the code allows to send the same again; [`None`] for an unknown code.
        resend: Option<Resend>,
    },
}

/// An answer that was verified and read.
pub struct Answered<R: Call> {
    /// The answer.
    pub response: R::Response,
    /// What it decides.
    pub outcome: R::Outcome,
    /// What of it could not be read, and is absent: see [`Decoded::dropped`](crate::Decoded::dropped).
    /// None of it decides.
    pub dropped: Violations,
}

impl<R: Call> Answered<R> {
    /// Returns what the answer names its matter by.
    pub fn reference(&self) -> Option<PaymentReference> {
        PaymentReference::first(&R::answered(&self.response))
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

/// The request that an answer is held against.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    /// What it names its matter by.
    pub(super) named: &'a [PaymentReference],
    /// The bytes that the answer must agree with: its own, or those of the request that moves the money.
    pub(super) bytes: &'a [u8],
    /// When it was first sent; [`None`] where that is not known.
    pub(super) first: Option<SystemTime>,
}

/// Opens, reads and judges an answer to a request.
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
    let answer = envelope.verify(&R::ENDPOINT, response, now)?;
    let early = asked
        .first
        .and_then(|first| envelope.too_early(answer.time(), first));
    if let Some(by) = early {
        return Err(wrong(AnswerErrorKind::BeforeRequest { by }));
    }
    // On the bytes, so that a value that cannot be read is not taken for an absent one.
    agree(R::AGREES, asked.bytes, answer.body())
        .map_err(|contradiction| wrong(AnswerErrorKind::Contradiction(contradiction)))?;
    let Decoded {
        message: response,
        dropped,
    } = decode_reporting::<R::Response>(answer.body())
        .map_err(|error| wrong(AnswerErrorKind::Malformed(error)))?;
    trace::dropped(&dropped);
    let naming = names(asked.named, &R::answered(&response));
    let naming = naming.map_err(|other| wrong(AnswerErrorKind::OtherRequest(other)))?;
    let outcome = R::outcome(&response);
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

/// Holds what came in against the request.
pub(super) fn agree(
    agreed: &[Agreed<'_>],
    request: &[u8],
    message: &[u8],
) -> Result<(), Contradiction> {
    if agreed.is_empty() {
        return Ok(());
    }
    // What is not JSON is told by whoever reads it.
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

/// How an answer names the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Naming {
    /// By at least one of the names that the request gave.
    Same,
    /// It could, and does not.
    Silent,
    /// It has no field for any of these names.
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
