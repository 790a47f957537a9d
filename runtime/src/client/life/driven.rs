//! The traits that connect a flow with its messages.

use super::carried::Carried;
use super::ending::Ends;
use super::error::BeginError;
use crate::client::answer::AnswerError;
use crate::client::call::{self, Answered, Asked, Call};
use crate::client::endpoint::Endpoint;
use crate::client::envelope::Envelope;
use crate::client::fixed::asked;
use crate::client::key::{Signer, Verifier};
use crate::client::notification::Notification;
use crate::flow::{Flow, Sending};
use crate::{Message, PaymentReference, Valid, encode};
use core::cell::Cell;
use core::fmt;
use http::Response;
use std::time::SystemTime;

/// A flow with everything that a client needs to run it: the requests, and the way answers are read.
/// Generated.
pub trait Driven: Flow<Call: PartialEq> {
    /// The request that moves the money.
    type Request: Call;
    /// An answer to any of the calls, verified and read.
    type Answer: fmt::Debug;
    /// The fields of a message that prove the end of the payment or the refund, such as its id, amount
    /// and time.
    type Proof: Message
        + serde::Serialize
        + Clone
        + Default
        + PartialEq
        + fmt::Debug
        + Send
        + Sync
        + 'static;
    /// The end of such a payment or refund: [`Ending`](super::Ending) or
    /// [`RefundEnding`](super::RefundEnding).
    type Ending: Ends<Self::Proof>;
    /// The data that the payer is shown before they can pay.
    type Shown: Clone + fmt::Debug;

    /// The call that moves the money.
    const PRINCIPAL: Self::Call;

    /// Returns the time after which the payment must not succeed, if the request names one.
    fn expires(request: &Self::Request) -> Option<SystemTime>;

    /// Makes the other requests of the flow, about the payment or the refund with this id.
    ///
    /// # Errors
    ///
    /// When the id is not valid in such a request.
    fn follow_ups(id: &str) -> Result<Vec<(Self::Call, FollowUp)>, BeginError>;

    /// Makes the requests that carry values of earlier messages, as far as all their values are known.
    ///
    /// # Errors
    ///
    /// When a value is not valid in its request.
    fn carrying(_id: &str, _carried: &Carried) -> Result<Vec<(Self::Call, FollowUp)>, BeginError> {
        Ok(Vec::new())
    }

    /// Returns the values of the request that moves the money that later requests carry, by their names.
    fn given(_request: &Self::Request) -> Vec<(&'static str, &str)> {
        Vec::new()
    }

    /// Returns the values of an answer that later requests carry, by their names.
    fn carried(_answer: &Self::Answer) -> Vec<(&'static str, &str)> {
        Vec::new()
    }

    /// Verifies and reads an answer to a call.
    ///
    /// # Errors
    ///
    /// When the answer decides nothing.
    fn read<S: Signer, V: Verifier>(
        call: Self::Call,
        incoming: Incoming<'_, S, V>,
    ) -> Result<Self::Answer, AnswerError>;

    /// Translates an answer into an event of the state machine.
    fn event(sending: Sending, answer: &Self::Answer) -> Self::Event<'_>;

    /// Returns the id by which an answer names the payment.
    fn reference(answer: &Self::Answer) -> Option<PaymentReference>;

    /// Returns the fields of an answer about the payment.
    fn proof(answer: &Self::Answer) -> Self::Proof;

    /// Returns the data of an answer that the payer must see, if any.
    fn shown(answer: &Self::Answer) -> Option<Self::Shown>;
}

/// A flow that receives this notification. Generated.
pub trait Hears<N: Notification>: Driven {
    /// Translates a notification into an event of the state machine.
    fn heard(outcome: &N::Outcome) -> Self::Event<'_>;

    /// Returns the fields of a notification about the payment.
    fn proof_of(notification: &N) -> Self::Proof;
}

/// A request about a payment: its endpoint and its exact bytes.
#[derive(Clone)]
pub struct FollowUp {
    pub(super) endpoint: Endpoint,
    pub(super) bytes: Vec<u8>,
    pub(super) asked: Vec<PaymentReference>,
}

impl FollowUp {
    /// Fixes the bytes of a request.
    ///
    /// # Errors
    ///
    /// When it cannot be encoded as JSON.
    pub fn new<R: Call>(request: &Valid<R>) -> Result<Self, BeginError> {
        let request: &R = request;
        Ok(Self {
            endpoint: R::ENDPOINT,
            bytes: encode(request)?,
            asked: asked(request),
        })
    }
}

impl fmt::Debug for FollowUp {
    /// Leaves the bytes out: they may hold sensitive values.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("FollowUp")
            .field(&self.endpoint.name)
            .finish()
    }
}

/// An answer as it arrived, with the data that is needed to read it.
pub struct Incoming<'a, S, V> {
    pub(super) envelope: &'a Envelope<S, V>,
    pub(super) asked: Asked<'a>,
    pub(super) response: &'a Response<Vec<u8>>,
    pub(super) now: SystemTime,
    /// Set if the answer refuses the request.
    pub(super) refused: &'a Cell<bool>,
}

impl<S: Signer, V: Verifier> Incoming<'_, S, V> {
    /// Verifies and reads it as an answer to this request.
    ///
    /// # Errors
    ///
    /// When the answer decides nothing.
    pub fn read<R: Call>(self) -> Result<Box<Answered<R>>, AnswerError> {
        let answered = call::read(self.envelope, self.asked, self.response, self.now)?;
        self.refused.set(Answered::<R>::is_refused(&answered));
        Ok(Box::new(answered))
    }
}

impl<S, V> fmt::Debug for Incoming<'_, S, V> {
    /// Shows the HTTP status. The body may hold sensitive values.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Incoming")
            .field(&self.response.status())
            .finish()
    }
}
