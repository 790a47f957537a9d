//! What a program has to know of a flow to carry it through.

use super::ending::Ends;
use super::error::BeginError;
use crate::client::answer::AnswerError;
use crate::client::attempt::asked;
use crate::client::call::{self, Answered, Asked, Call};
use crate::client::envelope::{Endpoint, Envelope};
use crate::client::key::{Signer, Verifier};
use crate::client::notification::Notification;
use crate::flow::{Flow, Sending};
use crate::{Message, PaymentReference, Valid, encode};
use core::fmt;
use http::Response;
use std::time::SystemTime;

/// A flow with all that it takes to carry it through: what it sends, and how answers are read.
/// Generated.
pub trait Driven: Flow<Call: PartialEq> {
    /// The request that moves the money.
    type Request: Call;
    /// An answer to any of the calls, verified and read.
    type Answer: fmt::Debug;
    /// The fields that a message states beside the end of the payment or the refund: its id, amount, time.
    type Proof: Message
        + serde::Serialize
        + Clone
        + Default
        + PartialEq
        + fmt::Debug
        + Send
        + Sync
        + 'static;
    /// How its lives end.
    type Ending: Ends<Self::Proof>;
    /// What the payer is shown before they can pay.
    type Shown: Clone + fmt::Debug;

    /// The call that moves the money.
    const PRINCIPAL: Self::Call;

    /// The time after which the payment must not succeed, if the request names one.
    fn expires(request: &Self::Request) -> Option<SystemTime>;

    /// Returns the requests beside the one that moves the money, about the payment or the refund with this id.
    ///
    /// # Errors
    ///
    /// When the id cannot stand in such a request.
    fn follow_ups(id: &str) -> Result<Vec<(Self::Call, FollowUp)>, BeginError>;

    /// Verifies and reads an answer to a call.
    ///
    /// # Errors
    ///
    /// When it decides nothing.
    fn read<S: Signer, V: Verifier>(
        call: Self::Call,
        incoming: Incoming<'_, S, V>,
    ) -> Result<Self::Answer, AnswerError>;

    /// Returns what an answer is to the machine.
    fn event(sending: Sending, answer: &Self::Answer) -> Self::Event<'_>;

    /// Returns what an answer names the payment by.
    fn reference(answer: &Self::Answer) -> Option<PaymentReference>;

    /// Returns what an answer says of the payment beside.
    fn proof(answer: &Self::Answer) -> Self::Proof;

    /// Returns what an answer wants shown.
    fn shown(answer: &Self::Answer) -> Option<Self::Shown>;
}

/// A flow that hears of a payment by this notification. Generated.
pub trait Hears<N: Notification>: Driven {
    /// Returns what the notification is to the machine.
    fn heard(outcome: &N::Outcome) -> Self::Event<'_>;

    /// Returns what the notification says of the payment beside.
    fn proof_of(notification: &N) -> Self::Proof;
}

/// A request about a payment: where it goes, and its exact bytes.
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
    /// When it cannot be written as JSON.
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

/// An answer as it came, with what it takes to read it.
pub struct Incoming<'a, S, V> {
    pub(super) envelope: &'a Envelope<S, V>,
    pub(super) asked: Asked<'a>,
    pub(super) response: &'a Response<Vec<u8>>,
    pub(super) now: SystemTime,
}

impl<S: Signer, V: Verifier> Incoming<'_, S, V> {
    /// Verifies and reads it as an answer to this request.
    ///
    /// # Errors
    ///
    /// When it decides nothing.
    pub fn read<R: Call>(self) -> Result<Box<Answered<R>>, AnswerError> {
        call::read(self.envelope, self.asked, self.response, self.now).map(Box::new)
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
