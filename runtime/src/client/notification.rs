//! Notifications of the provider.

use super::answer::Unverified;
use super::envelope::{Envelope, Scheme};
use super::error::Refused;
use super::key::{Signer, Verifier};
use super::proof::Provable;
use super::sign_error::SignError;
use super::signature::Message as Signable;
use super::trace;
use crate::decode::decode_sparing;
use crate::{
    Agreed, DecodeError, Decoded, Message, Reference, Valid, Violations, decode_reporting, encode,
    rules,
};
use core::fmt;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use http::{Request, Response, StatusCode};
use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

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

/// A notification that was verified and read.
pub struct Received<N: Notification> {
    /// The message.
    pub notification: N,
    /// The decision that it leads to.
    pub outcome: N::Outcome,
    /// Values that could not be read and are therefore absent: see
    /// [`Decoded::dropped`](crate::Decoded::dropped). They do not influence the outcome.
    pub dropped: Violations,
    /// The id for [`SeenNotifications`]: the digest of the body. The provider sends a notification
    /// again, with another time and signature, until it is acknowledged.
    pub id: String,
    uri: String,
    body: Vec<u8>,
}

impl<N: Notification> Received<N> {
    /// Returns the body as it arrived. It may hold sensitive values.
    pub(super) fn body(&self) -> &[u8] {
        &self.body
    }
}

impl<S: Signer, V: Verifier> Envelope<S, V> {
    /// Verifies and reads a notification. Of the request's address, only path and query count: they
    /// must be those that the provider called, exactly as received.
    ///
    /// If it names its payment, but a value that must agree with the request cannot be read, it is
    /// received as [undecided](Notification::undecided): the payment that [takes it
    /// in](super::life::Payment::notified) ends in doubt.
    ///
    /// # Errors
    ///
    /// When it is not proved to come from the provider and to be for this client, when its time is too
    /// far from `now`, or when it is not such a notification.
    pub fn receive<N: Notification>(
        &self,
        request: &Request<Vec<u8>>,
        now: SystemTime,
    ) -> Result<Received<N>, NotificationError> {
        let method = request.method().as_str();
        if method != N::METHOD {
            return Err(NotificationError::Method);
        }
        let path = request.uri().path_and_query();
        let uri = path.map_or("/", |path| path.as_str());
        self.proved(request, uri, now)
            .map_err(NotificationError::Unverified)?;
        // A message without a body has no fields.
        let body = match rules::method_has_body(method) {
            true => request.body().as_slice(),
            false => b"{}",
        };
        let (read, outcome) = read::<N>(body).map_err(NotificationError::Malformed)?;
        let Decoded {
            message: notification,
            dropped,
        } = read;
        trace::dropped(&dropped);
        Ok(Received {
            outcome,
            notification,
            dropped,
            id: super::digest::hex_digest(request.body()),
            uri: uri.to_owned(),
            body: request.body().clone(),
        })
    }

    /// Verifies that a notification is the provider's and recent.
    fn proved(
        &self,
        request: &Request<Vec<u8>>,
        uri: &str,
        now: SystemTime,
    ) -> Result<(), Unverified> {
        let (headers, body) = (request.headers(), request.body());
        let signature = match &self.scheme {
            Scheme::Signature(signature) => signature,
            Scheme::Credentials(authenticated) => {
                // Nothing proves who sent it where nothing is signed.
                let proof = authenticated.notification.as_ref();
                let proof = proof.ok_or(Unverified::Unsigned)?;
                let message = Provable {
                    method: request.method().as_str(),
                    target: uri,
                    body,
                };
                proof.verify(message, headers, now)?;
                return Ok(());
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
        signature.verified_at(&message, now).map(drop)
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
        let reply: &N::Reply = reply;
        let body = encode(reply).map_err(Refused::Encode)?;
        self.reply(received, (200, body), now)
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
        self.reply(received, (N::STATUS, N::ACCEPTED.into()), now)
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
        self.reply(received, (N::STATUS, N::REJECTED.into()), now)
    }

    fn reply<N: Notification>(
        &self,
        received: &Received<N>,
        (status, body): (u16, Vec<u8>),
        now: SystemTime,
    ) -> Result<Response<Vec<u8>>, Refused> {
        let setting = |what| Refused::Sign(SignError::Setting(what));
        let status = StatusCode::from_u16(status).map_err(|_| setting("status"))?;
        let headers = match &self.scheme {
            Scheme::Signature(signature) => {
                let recipe = signature.recipe;
                let way = (recipe.response, recipe.response_time);
                let asked = (N::METHOD, received.uri.as_str());
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

/// Remembers notifications, so that a repeated one is acknowledged again but acted upon once.
///
/// A notification that arrives again while the first one is still being booked is neither new nor done:
/// reply that it is not taken in yet, so that the provider sends it again, since the first booking may
/// fail. Implement this over the program's database, so that "done" is written in one transaction with
/// the booking and survives a crash.
pub trait SeenNotifications {
    /// Marks the notification with this [id](Received::id) as in work, if it is new.
    fn begin(&self, id: &str, now: SystemTime) -> Seen;

    /// Marks it as done.
    fn finish(&self, id: &str, now: SystemTime);

    /// Forgets it because it could not be acted upon: when it arrives again, it is new.
    fn forget(&self, id: &str);

    /// Works like [`begin`](Self::begin), but returns a guard that [forgets](Self::forget) the
    /// notification when it is dropped before it is [finished](InWork::finish), even by a panic or a
    /// dropped future.
    ///
    /// # Errors
    ///
    /// When the notification is not new.
    fn take(&self, id: &str, now: SystemTime) -> Result<InWork<'_, Self>, Seen> {
        match self.begin(id, now) {
            Seen::New => Ok(InWork {
                seen: self,
                id: Some(id.to_owned()),
            }),
            seen @ (Seen::InWork | Seen::Done) => Err(seen),
        }
    }
}

/// The state of a notification that arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[must_use = "only a new notification is acted upon"]
pub enum Seen {
    /// It is new, and now in work.
    New,
    /// It arrived before and is still being acted upon. Reply that it is not taken in yet, so that it
    /// is sent again.
    InWork,
    /// It was acted upon before. Acknowledge it.
    Done,
}

/// A new notification that is being acted upon.
#[must_use = "it is forgotten when it is dropped"]
pub struct InWork<'s, S: SeenNotifications + ?Sized> {
    seen: &'s S,
    /// [`None`] when it is finished.
    id: Option<String>,
}

impl<S: SeenNotifications + ?Sized> InWork<'_, S> {
    /// Marks it as done.
    pub fn finish(mut self, now: SystemTime) {
        if let Some(id) = self.id.take() {
            self.seen.finish(&id, now);
        }
    }
}

impl<S: SeenNotifications + ?Sized> Drop for InWork<'_, S> {
    fn drop(&mut self) {
        if let Some(id) = self.id.take() {
            self.seen.forget(&id);
        }
    }
}

impl<S: SeenNotifications + ?Sized> fmt::Debug for InWork<'_, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("InWork").field(&self.id).finish()
    }
}

/// A [`SeenNotifications`] in the memory of this process.
///
/// The cost of a query does not depend on the number of notifications that it remembers.
#[derive(Debug)]
pub struct SeenInMemory {
    age: Duration,
    seen: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    /// The time at which each was done; [`None`] while it is in work.
    all: HashMap<String, Option<SystemTime>>,
    /// The finished ones, the earliest first: those that are too old are removed from the front.
    done: VecDeque<(SystemTime, String)>,
}

impl Known {
    fn forget_older(&mut self, is_young: impl Fn(SystemTime) -> bool) {
        while self.done.front().is_some_and(|(at, _)| !is_young(*at)) {
            let Some((at, id)) = self.done.pop_front() else {
                return;
            };
            // It may have become new again, and be in work or done later.
            if self.all.get(&id) == Some(&Some(at)) {
                self.all.remove(&id);
            }
        }
    }
}

impl SeenInMemory {
    /// Makes a memory that keeps finished notifications for this time. It must be longer than the
    /// provider repeats a notification.
    pub fn for_as_long_as(age: Duration) -> Self {
        Self {
            age,
            seen: Mutex::default(),
        }
    }
}

impl SeenNotifications for SeenInMemory {
    fn begin(&self, id: &str, now: SystemTime) -> Seen {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let is_young = |since: SystemTime| {
            let age = now.duration_since(since);
            age.map_or(true, |age| age <= self.age)
        };
        seen.forget_older(is_young);
        match seen.all.get(id) {
            // If the clock was set back, older entries can be behind younger ones.
            Some(Some(done)) if is_young(*done) => Seen::Done,
            Some(None) => Seen::InWork,
            Some(Some(_)) | None => {
                seen.all.insert(id.to_owned(), None);
                Seen::New
            }
        }
    }

    fn finish(&self, id: &str, now: SystemTime) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.all.insert(id.to_owned(), Some(now));
        seen.done.push_back((now, id.to_owned()));
    }

    fn forget(&self, id: &str) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.all.remove(id);
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
    /// It is the provider's, but not such a notification.
    Malformed(DecodeError),
}

impl fmt::Display for NotificationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Method => f.write_str("the notification came by another HTTP method"),
            Self::Unverified(why) => write!(f, "the notification is not verified: {why}"),
            Self::Malformed(error) => write!(f, "the notification cannot be read: {error}"),
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
