//! A client that blocks.

use super::attempt::{Prepared, Step};
use super::call::{Answered, Call};
use super::clock::{Clock, SystemClock};
use super::course::{Course, decided, unfinished};
use super::doubt::InDoubt;
use super::envelope::Envelope;
use super::error::CallError;
use super::journal::{Journal, JournalError};
use super::key::{Signer, SigningKey, Verifier, VerifyingKey};
use super::life::Timing;
use super::page::Page;
use super::policy::Policy;
use super::trace;
use super::transport::Transport;
use super::unfinished::{NotRestored, Restore, Unfinished};
use crate::Valid;
use core::fmt;
use std::sync::Arc;

/// Sends calls over a [`Transport`] and blocks: signs, records, sends, verifies, reads and waits, and
/// sends the same bytes again while their outcome is unknown.
///
/// It can be shared between threads.
pub struct RawClient<T, S = SigningKey, V = VerifyingKey> {
    pub(super) course: Course<S, V>,
    pub(super) transport: T,
    pub(super) clock: Box<dyn Clock>,
}

impl<T, S, V> RawClient<T, S, V> {
    /// Makes a client with the policy of the API, the system's clock, and no journal.
    pub fn new(envelope: Envelope<S, V>, transport: T) -> Self {
        Self {
            course: Course::new(envelope),
            transport,
            clock: Box::new(SystemClock),
        }
    }

    /// Sets how often, and after which pauses, a request is sent again.
    pub fn policy(mut self, policy: Policy) -> Self {
        self.course.policy = policy;
        self
    }

    /// Sets the times of payments that the description of their flow leaves open.
    pub fn timing(mut self, timing: Timing) -> Self {
        self.course.timing = timing;
        self
    }

    /// Makes the pauses the same in every run. Use it in tests.
    pub fn seed(mut self, seed: u64) -> Self {
        self.course.seed = Some(seed);
        self
    }

    /// Sets the clock.
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Box::new(clock);
        self
    }

    /// Records each request in a [`Journal`] before it is sent.
    pub fn journal(mut self, journal: impl Journal + 'static) -> Self {
        self.course.journal = Some(Arc::new(journal));
        self
    }

    /// Returns the envelope, which signs requests and verifies answers.
    pub fn envelope(&self) -> &Envelope<S, V> {
        &self.course.envelope
    }

    /// Returns the transport.
    pub fn transport(&self) -> &T {
        &self.transport
    }
}

impl<T: Transport, S: Signer, V: Verifier> RawClient<T, S, V> {
    /// Calls an operation. Returns [`Ok`] for every decided outcome, success or failure.
    ///
    /// The request is consumed: if its outcome is unknown, the returned [`InDoubt`] owns its bytes. A
    /// request that is open in the journal with the same bytes starts in doubt, so a refusal does not
    /// settle it.
    ///
    /// # Errors
    ///
    /// When the request cannot be encoded, signed, recorded or sent, when its id is open in the journal
    /// for something else, or when its outcome is unknown.
    pub fn call<R: Call>(&self, request: Valid<R>) -> Result<Answered<R>, CallError<R>> {
        let seed = self.course.seed();
        self.run(Prepared::new(request, self.course.policy, seed)?)
    }

    /// Sends the same bytes again, to find out the outcome of a request in doubt.
    ///
    /// # Errors
    ///
    /// When the outcome is still unknown. After the time for which the provider keeps the key, nothing is
    /// sent, and the problem is [`KeyExpired`](super::Problem::KeyExpired).
    pub fn resend<R: Call>(&self, in_doubt: InDoubt<R>) -> Result<Answered<R>, CallError<R>> {
        let seed = self.course.seed();
        self.run(Prepared::again(in_doubt, self.course.policy, seed))
    }

    /// Runs a call to its end.
    fn run<R: Call>(&self, ready: Prepared<R>) -> Result<Answered<R>, CallError<R>> {
        trace::call(&ready).within(|| self.carry(ready))
    }

    fn carry<R: Call>(&self, mut ready: Prepared<R>) -> Result<Answered<R>, CallError<R>> {
        let (course, clock) = (&self.course, &self.clock);
        let mut page = Page::of(&mut ready, course.under_way(), clock.moment())?;
        if let Some(page) = &mut page {
            let opened = self.at_journal(page.open());
            ready = page.opened(ready, opened)?;
        }
        let mut step = ready.send(&course.envelope, clock.moment());
        let result = loop {
            step = match step {
                Step::Send(request, flying) => {
                    let sending = trace::sending(R::ENDPOINT.name, flying.sending());
                    let refused =
                        |response: &_| flying.is_refused(&course.envelope, response, clock.now());
                    let answered =
                        sending.within(|| self.deliver(R::ENDPOINT.name, request, refused));
                    sending.within(|| match answered {
                        Ok(response) => flying.answered(&course.envelope, &response, clock.now()),
                        Err(error) => flying.transport_failed(error),
                    })
                }
                Step::Wait(pause, ready) => {
                    clock.sleep(pause);
                    ready.send(&course.envelope, clock.moment())
                }
                Step::Done(result) => break result,
            }
        };
        let result = match page
            .as_ref()
            .and_then(|page| Some((page, page.close(&result)?)))
        {
            Some((page, close)) => page.closed(result, self.at_journal(close)),
            None => result,
        };
        trace::done(&result);
        result
    }

    /// Runs a job on the journal, if there is one.
    pub(super) fn at_journal<A: Default>(
        &self,
        work: impl FnOnce(&dyn Journal) -> Result<A, JournalError>,
    ) -> Result<A, JournalError> {
        match &self.course.journal {
            Some(journal) => work(&**journal),
            None => Ok(A::default()),
        }
    }

    /// Returns the open entries that no part of this program holds: those of an earlier run, and those
    /// that a part of this run dropped. The oldest comes first. Entries that are held (a call under
    /// way, an [`InDoubt`], a payment) are left out; the returned items hold theirs until they are
    /// dropped.
    ///
    /// An item that cannot be restored is returned as an error of its own, for a person to examine; it
    /// stays open until it is [resolved](Self::resolve_entry). Without a journal the list is empty.
    ///
    /// # Errors
    ///
    /// When the journal cannot be read.
    pub fn unfinished<U: Restore>(&self) -> Result<Unfinished<U>, JournalError> {
        let found = self.at_journal(unfinished)?;
        Ok(found.into_iter().map(U::restore).collect())
    }

    /// Closes a request in the journal after its outcome was found out in another way: by a person, an
    /// inquiry or a cancellation. It is not sent again.
    ///
    /// # Errors
    ///
    /// When the journal cannot be written.
    pub fn resolve<R: Call>(&self, doubt: InDoubt<R>) -> Result<(), JournalError> {
        let work = decided(R::ENDPOINT.name.to_owned(), doubt.journal_id());
        self.at_journal(work)
    }

    /// Closes a journal entry that cannot be restored, after a person has found out its outcome.
    ///
    /// # Errors
    ///
    /// When the journal cannot be written.
    pub fn resolve_entry(&self, entry: NotRestored) -> Result<(), JournalError> {
        let work = decided(entry.operation().to_owned(), entry.id().to_owned());
        self.at_journal(work)
    }
}

impl<T, S, V> fmt::Debug for RawClient<T, S, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawClient")
            .field("envelope", &self.course.envelope)
            .field("policy", &self.course.policy)
            .finish_non_exhaustive()
    }
}
