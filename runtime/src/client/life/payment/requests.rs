//! The requests of a payment: their bytes, and the reasons for which one is not sent.

use super::Payment;
use crate::client::call::Call;
use crate::client::clock::Moment;
use crate::client::endpoint::Endpoint;
use crate::client::envelope::Envelope;
use crate::client::key::{Signer, Verifier};
use crate::client::key_lifetime::{self, KeyExpired};
use crate::client::life::driven::{Driven, FollowUp};
use crate::client::life::ending::SendFailure;
use http::Request;

impl<F: Driven> Payment<F> {
    pub(super) fn follow_up(&self, call: F::Call) -> Option<&FollowUp> {
        let mut all = self.follow_ups.iter();
        let found = all.find(|(other, _)| *other == call && call != F::PRINCIPAL)?;
        Some(&found.1)
    }

    pub(super) fn endpoint(&self, call: F::Call) -> &Endpoint {
        let follow_up = self.follow_up(call);
        follow_up.map_or(&F::Request::ENDPOINT, |follow_up| &follow_up.endpoint)
    }

    /// Returns whether the request of a call is made: one that carries values needs them first.
    fn is_made(&self, call: F::Call) -> bool {
        call == F::PRINCIPAL || self.follow_up(call).is_some()
    }

    pub(super) fn sign<S: Signer, V: Verifier>(
        &self,
        call: F::Call,
        envelope: &Envelope<S, V>,
        now: Moment,
    ) -> Result<Request<Vec<u8>>, SendFailure> {
        self.check_key(call, now).map_err(SendFailure::KeyExpired)?;
        if !self.is_made(call) {
            // The reason is known if it could not be made from its values.
            return Err(match &self.trouble {
                Some(SendFailure::Request(reason)) => SendFailure::Request(reason.clone()),
                Some(
                    SendFailure::Transport(_)
                    | SendFailure::KeyExpired(_)
                    | SendFailure::Sign(_)
                    | SendFailure::Answer(_),
                )
                | None => {
                    SendFailure::Request("a value of an earlier message is missing".to_owned())
                }
            });
        }
        let signed = envelope.sign(self.endpoint(call), self.bytes(call), now.wall());
        signed.map_err(SendFailure::Sign)
    }

    /// Returns the bytes of the request of a call.
    pub(super) fn bytes(&self, call: F::Call) -> &[u8] {
        let follow_up = self.follow_up(call);
        follow_up.map_or(self.sent.bytes(), |follow_up| &follow_up.bytes)
    }

    /// Checks that the provider still keeps the key of the request that moves the money, if that may have arrived.
    pub(super) fn check_key(&self, call: F::Call, now: Moment) -> Result<(), KeyExpired> {
        if call != F::PRINCIPAL || self.nothing_left() {
            return Ok(());
        }
        // Runs of the program in between may have measured a longer time than the clocks of this one.
        let since = self.told.map(|(_, since)| since).unwrap_or_default();
        let age = now.age_since(self.started).map(|age| age.max(since));
        key_lifetime::check(F::Request::KEY_LIFETIME, age)
    }
}
