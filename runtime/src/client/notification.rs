//! Notifications of the provider.

use super::body_proof::BodyProofKey;
use super::digest::hex_digest;
use super::encryption::NotOpened;
use super::envelope::{Envelope, Scheme};
use super::error::Refused;
use super::key::{Signer, Verifier};
use super::proof::Provable;
use super::sign_error::SignError;
use super::signature::Message as Signable;
use super::trace;
use super::unverified::Unverified;
use crate::decode::decode_sparing;
use crate::json::{lenient_text, locate};
use crate::{
    Agreed, DecodeError, Decoded, Message, Reference, Valid, Violations, decode_reporting, encode,
    rules,
};
use core::fmt;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use http::{Request, Response, StatusCode};
use std::borrow::Cow;
use std::time::SystemTime;

/// A message that the provider sends unasked, with its reply. Generated.
pub trait Notification: Message {
    /// The acknowledgement; [`NoReply`] if it has no body.
    type Reply;
    /// The decision that a notification leads to.
    type Outcome: fmt::Debug;

    /// The name of the operation.
    const NAME: &'static str;
    /// The HTTP method, in capitals.
    const METHOD: &'static str;

    /// False if nothing proves who sent it, as the description says. Then it decides nothing, and prompts an inquiry.
    const PROVED: bool = true;
    /// The field whose object travels encrypted, if one does. The message has the plaintext there.
    const ENCRYPTED: Option<&'static str> = None;
    /// The place of the notifications in a batch, if one message has several. The message is one of them.
    const EACH: Option<Each<'static>> = None;
    /// The paths of the values that identify the event, if it has some: a notification that is sent again has the same.
    const EVENT_ID: &'static [&'static [&'static str]] = &[];
    /// The fields in which it must agree with the request that it is about.
    const AGREES: &'static [Agreed<'static>] = &[];

    /// Decides the notification.
    fn outcome(&self) -> Self::Outcome;

    /// Returns the outcome of a notification that must not be judged, because a value that must agree
    /// with the request is present but unreadable.
    fn undecided(&self) -> Self::Outcome;

    /// Returns the ids that the notification carries, the best first.
    fn named(&self) -> Vec<Reference<'_>> {
        Vec::new()
    }
}

/// The place of the notifications in a batch. Generated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Each<'a> {
    /// The names from the message to the list.
    pub list: &'a [&'a str],
    /// The names from an element of the list to the notification.
    pub inside: &'a [&'a str],
}

/// The acknowledgement of a notification that is answered by an HTTP status alone. It has no value: use
/// [`accept`](Envelope::accept) and [`reject`](Envelope::reject).
#[derive(Debug, Clone, Copy)]
pub enum NoReply {}

/// A notification with a documented reply that accepts it. Generated from the example of the description.
#[diagnostic::on_unimplemented(
    message = "the description documents no reply that accepts `{Self}`",
    note = "make the reply and pass it to `acknowledge`"
)]
pub trait Accepted: Notification {
    /// The reply, as JSON; empty for a reply without a body.
    const ACCEPTED: &'static str;
    /// The HTTP status of the reply.
    const STATUS: u16 = 200;
}

/// A notification with a documented reply that rejects it, so that the provider sends it again. Generated
/// from the example of the description.
///
/// Without a documented reply, make one whose status is not a success and pass it to
/// [`acknowledge`](Envelope::acknowledge), or answer with HTTP status 500: a provider takes only a success for an
/// acknowledgement.
#[diagnostic::on_unimplemented(
    message = "the description documents no reply that rejects `{Self}`",
    note = "make a reply without success and pass it to `acknowledge`, or answer with HTTP status 500"
)]
pub trait Rejected: Notification {
    /// The reply, as JSON; empty for a reply without a body.
    const REJECTED: &'static str;
    /// The HTTP status of the reply.
    const STATUS: u16 = 200;
}

/// A notification that was verified and read. Where nothing [proves](Notification::PROVED) notifications, it may be anyone's:
/// its outcome is always pending, and only the answer to an inquiry decides.
pub struct Received<N: Notification> {
    /// The message.
    pub notification: N,
    /// The decision that it leads to.
    pub outcome: N::Outcome,
    /// Values that could not be read and are therefore absent: see
    /// [`Decoded::dropped`](crate::Decoded::dropped). They do not influence the outcome.
    pub dropped: Violations,
    /// The id for [`SeenNotifications`](super::SeenNotifications): the digest of the values that identify a proved event, or else of
    /// what is received: the body, as plaintext, or the signed values in it. The provider sends a notification again, with another
    /// time and signature, until it is acknowledged.
    pub id: String,
    uri: String,
    body: Vec<u8>,
}

impl<N: Notification> Received<N> {
    /// Returns the body as it arrived, with the plaintext of an encrypted object. It may hold sensitive values.
    pub(super) fn body(&self) -> &[u8] {
        &self.body
    }
}

impl<S: Signer, V: Verifier> Envelope<S, V> {
    /// Verifies and reads a notification. Of the request's address, only path and query count: they
    /// must be those that the provider called, exactly as received. A message with several is
    /// [received as a batch](Self::receive_batch).
    ///
    /// If it names its payment, but a value that must agree with the request cannot be read, it is
    /// received as [undecided](Notification::undecided): the payment that [takes it
    /// in](super::life::Payment::notified) ends in doubt.
    ///
    /// # Errors
    ///
    /// When it is not proved to come from the provider and to be for this client, when its time is too
    /// far from `now`, when its encrypted object cannot be opened, or when it is not such a notification.
    pub fn receive<N: Notification>(
        &self,
        request: &Request<Vec<u8>>,
        now: SystemTime,
    ) -> Result<Received<N>, NotificationError> {
        const {
            assert!(
                N::EACH.is_none(),
                "several of these notifications are in one message: use `receive_batch`"
            );
        }
        let (proof, uri) = self.arrived::<N>(request, now)?;
        // A message without a body has no fields.
        let body = match rules::method_has_body(N::METHOD) {
            true => request.body().as_slice(),
            false => b"{}",
        };
        self.read::<N>(proof, body, uri)
    }

    /// Verifies that a request is a notification of the provider, or finds the key of the proof that its body has. Returns
    /// path and query, too.
    pub(super) fn arrived<'r, N: Notification>(
        &self,
        request: &'r Request<Vec<u8>>,
        now: SystemTime,
    ) -> Result<(NotificationProof<'_>, &'r str), NotificationError> {
        if request.method().as_str() != N::METHOD {
            return Err(NotificationError::Method);
        }
        let path = request.uri().path_and_query();
        let uri = path.map_or("/", |path| path.as_str());
        let proof = match N::PROVED {
            true => self.proved(request, uri, now),
            false => Ok(NotificationProof::Unneeded),
        };
        Ok((proof.map_err(NotificationError::Unverified)?, uri))
    }

    /// Reads a notification that is verified, or verifies the proof in its body first.
    pub(super) fn read<N: Notification>(
        &self,
        proof: NotificationProof<'_>,
        sent: &[u8],
        uri: &str,
    ) -> Result<Received<N>, NotificationError> {
        let signed = match proof {
            NotificationProof::Verified | NotificationProof::Unneeded => None,
            NotificationProof::InBody(key) => Some(
                key.verify(sent)
                    .map_err(|why| NotificationError::Unverified(Unverified::InBody(why)))?,
            ),
        };
        let body = match N::ENCRYPTED {
            Some(field) => self
                .open(field, sent)
                .map_err(NotificationError::NotOpened)?,
            None => sent.to_vec(),
        };
        let (read, outcome) = read::<N>(&body).map_err(NotificationError::Malformed)?;
        let Decoded {
            message: notification,
            dropped,
        } = read;
        trace::dropped(&dropped);
        // A message that is sent again may be encrypted anew, and only what is signed must be the same.
        let proved = signed.as_deref().unwrap_or(&body);
        // A forged one with the id of an event must not hide the event.
        let id = N::PROVED.then(|| event_id(N::EVENT_ID, &body)).flatten();
        Ok(Received {
            outcome,
            notification,
            dropped,
            id: id.unwrap_or_else(|| hex_digest(proved)),
            uri: uri.to_owned(),
            body,
        })
    }

    /// Opens the encrypted object in this field of a verified notification.
    fn open(&self, field: &str, body: &[u8]) -> Result<Vec<u8>, NotOpened> {
        match &self.scheme {
            Scheme::Credentials(authenticated) => authenticated.open(field, body),
            // Such an API has no encryption.
            Scheme::Signature(_) => Err(NotOpened::NoKey),
        }
    }

    /// Verifies that a notification is the provider's and recent, or finds the key of the proof that its body has.
    fn proved(
        &self,
        request: &Request<Vec<u8>>,
        uri: &str,
        now: SystemTime,
    ) -> Result<NotificationProof<'_>, Unverified> {
        let (headers, body) = (request.headers(), request.body());
        let signature = match &self.scheme {
            Scheme::Signature(signature) => signature,
            Scheme::Credentials(authenticated) => {
                if let Some(proof) = authenticated.recipe.body_proof {
                    let key = authenticated.body_proof.as_ref();
                    return key
                        .map(NotificationProof::InBody)
                        .ok_or(Unverified::NoKey(proof.key));
                }
                // Nothing proves who sent it where nothing is signed.
                let proof = authenticated.notification.as_ref();
                let proof = proof.ok_or(Unverified::Unsigned)?;
                let message = Provable {
                    method: request.method().as_str(),
                    target: uri,
                    body,
                };
                proof.verify(message, headers, now)?;
                return Ok(NotificationProof::Verified);
            }
        };
        let recipe = signature.recipe;
        let message = Signable {
            method: request.method().as_str(),
            uri,
            headers,
            body,
            time: recipe.request_time.name,
            parts: recipe.request,
        };
        signature.verified_at(&message, now)?;
        Ok(NotificationProof::Verified)
    }

    /// Makes the reply to a notification, signed if the API signs its messages.
    ///
    /// # Errors
    ///
    /// When the reply cannot be encoded or signed.
    pub fn acknowledge<N: Notification>(
        &self,
        received: &Received<N>,
        reply: &Valid<N::Reply>,
        now: SystemTime,
    ) -> Result<Response<Vec<u8>>, Refused>
    where
        N::Reply: Message + serde::Serialize,
    {
        const { assert!(N::EACH.is_none(), "{}", ONE_OF_SEVERAL) }
        let reply: &N::Reply = reply;
        let body = encode(reply).map_err(Refused::Encode)?;
        self.reply::<N>(&received.uri, (200, body), now)
    }

    /// Makes the reply that the description documents for a notification that was booked.
    ///
    /// # Errors
    ///
    /// When the reply cannot be signed.
    pub fn accept<N: Accepted>(
        &self,
        received: &Received<N>,
        now: SystemTime,
    ) -> Result<Response<Vec<u8>>, Refused> {
        const { assert!(N::EACH.is_none(), "{}", ONE_OF_SEVERAL) }
        self.reply::<N>(&received.uri, (N::STATUS, N::ACCEPTED.into()), now)
    }

    /// Makes the reply that the description documents for a notification that could not be booked. The
    /// provider sends it again. For a notification without such a reply, see [`Rejected`].
    ///
    /// # Errors
    ///
    /// When the reply cannot be signed.
    pub fn reject<N: Rejected>(
        &self,
        received: &Received<N>,
        now: SystemTime,
    ) -> Result<Response<Vec<u8>>, Refused> {
        const { assert!(N::EACH.is_none(), "{}", ONE_OF_SEVERAL) }
        self.reply::<N>(&received.uri, (N::STATUS, N::REJECTED.into()), now)
    }

    pub(super) fn reply<N: Notification>(
        &self,
        uri: &str,
        (status, body): (u16, Vec<u8>),
        now: SystemTime,
    ) -> Result<Response<Vec<u8>>, Refused> {
        let setting = |what| Refused::Sign(SignError::Setting(what));
        let status = StatusCode::from_u16(status).map_err(|_| setting("status"))?;
        let headers = match &self.scheme {
            Scheme::Signature(signature) => {
                let recipe = signature.recipe;
                let way = (recipe.response, recipe.response_time);
                let asked = (N::METHOD, uri);
                let signed = signature.signed_headers(way, asked, &body, now);
                signed.map_err(Refused::Sign)?
            }
            Scheme::Credentials(_) if body.is_empty() => HeaderMap::new(),
            // The credentials prove nothing to the caller: they stay here.
            Scheme::Credentials(authenticated) => {
                let media_type = HeaderValue::from_str(authenticated.recipe.content_type);
                let media_type = media_type.map_err(|_| setting("content type"))?;
                HeaderMap::from_iter([(CONTENT_TYPE, media_type)])
            }
        };
        let mut response = Response::new(body);
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        Ok(response)
    }
}

/// The mistake of a program that answers a batch for one of its notifications.
const ONE_OF_SEVERAL: &str =
    "several of these notifications are in one message: use `acknowledge_batch`";

/// The proof of a notification that arrived.
#[derive(Clone, Copy)]
pub(super) enum NotificationProof<'e> {
    /// It is verified.
    Verified,
    /// Nothing proves such notifications.
    Unneeded,
    /// A signature in the body is still to be verified with this key.
    InBody(&'e BodyProofKey<'static>),
}

/// Returns an id made of the values that identify the event; [`None`] if there are none, or one cannot be read.
fn event_id(paths: &[&[&str]], body: &[u8]) -> Option<String> {
    let body = lenient_text(body).ok()?;
    let values = paths.iter().map(|path| locate::scalar(&body, path));
    let values: Vec<Option<Cow<'_, str>>> = values.collect::<Result<_, _>>().ok()?;
    let has_one = values.iter().any(Option::is_some);
    // A list in JSON is clear about where each value ends.
    let list = serde_json::to_vec(&values).ok()?;
    has_one.then(|| hex_digest(&list))
}

/// Reads and judges a notification.
fn read<N: Notification>(body: &[u8]) -> Result<(Decoded<N>, N::Outcome), DecodeError> {
    match decode_reporting::<N>(body) {
        Ok(read) => {
            let outcome = read.message.outcome();
            Ok((read, outcome))
        }
        Err(error) => {
            // The payment compares the bytes with its request.
            let read = decode_sparing::<N>(body, N::AGREES).map_err(|_| error)?;
            let outcome = read.message.undecided();
            Ok((read, outcome))
        }
    }
}

/// A request is not a notification to act upon. Reply with an error and do nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotificationError {
    /// It arrived with another HTTP method.
    Method,
    /// It is not proved to be the provider's, or is too old.
    Unverified(Unverified),
    /// It is the provider's, but its encrypted object could not be opened.
    NotOpened(NotOpened),
    /// It is the provider's, but not such a notification.
    Malformed(DecodeError),
    /// The message has no list of notifications, or an element of the list has none.
    NoItem,
}

impl fmt::Display for NotificationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Method => f.write_str("the notification came by another HTTP method"),
            Self::Unverified(why) => write!(f, "the notification is not verified: {why}"),
            Self::NotOpened(why) => write!(f, "the notification cannot be decrypted: {why}"),
            Self::Malformed(error) => write!(f, "the notification cannot be read: {error}"),
            Self::NoItem => f.write_str("the message has no notification where one is expected"),
        }
    }
}

impl core::error::Error for NotificationError {}

impl<N: Notification + fmt::Debug> fmt::Debug for Received<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Received")
            .field("notification", &self.notification)
            .field("outcome", &self.outcome)
            .field("dropped", &self.dropped)
            .field("id", &self.id)
            .finish()
    }
}
