//! The journal record of one call.

use super::attempt::Prepared;
use super::call::{Answered, Call};
use super::clock::Moment;
use super::doubt::{InDoubt, Problem};
use super::error::{CallError, Refused};
use super::fixed::Fixed;
use super::journal::{Ended, Journal, JournalError, Opened, UnderWay};
use super::trace;

/// One call in the journal, from its opening to its end.
pub(super) struct Page<R: Call> {
    id: String,
    /// A copy of the request, for a call whose end cannot be recorded.
    spare: Fixed<R>,
}

impl<R: Call> Page<R> {
    /// Makes the page of a call that is about to be sent; [`None`] for a call that is not recorded.
    pub(super) fn of(
        ready: &mut Prepared<R>,
        under_way: Option<&UnderWay>,
        now: Moment,
    ) -> Result<Option<Self>, CallError<R>> {
        let Some(under_way) = under_way.filter(|_| R::JOURNALED) else {
            return Ok(None);
        };
        let is_in_doubt = ready.is_in_doubt();
        let fixed = ready.fixed_mut();
        if !is_in_doubt {
            fixed.attempt(now);
        }
        let id = fixed.journal_id();
        let is_free = fixed.send(under_way);
        let spare = fixed.copy();
        match is_free || is_in_doubt {
            true => Ok(Some(Self { id, spare })),
            false => {
                let operation = R::ENDPOINT.name.to_owned();
                let error = JournalError::UnderWay { operation, id };
                Err(CallError::Refused(Refused::Journal(error)))
            }
        }
    }

    /// Makes the journal job that opens the call before anything is sent.
    pub(super) fn open(
        &self,
    ) -> impl FnOnce(&dyn Journal) -> Result<Opened, JournalError> + Send + 'static {
        let (id, copy) = (self.id.clone(), self.spare.copy());
        move |journal| journal.before_send(copy.entry(&id))
    }

    /// Applies the journal's answer to the call that was opened.
    pub(super) fn opened(
        &mut self,
        ready: Prepared<R>,
        opened: Result<Opened, JournalError>,
    ) -> Result<Prepared<R>, CallError<R>> {
        match opened {
            Ok(Opened::New) => Ok(ready),
            Ok(Opened::Again { begun }) => {
                let mut ready = ready.sent_before(begun);
                self.spare.begun(ready.fixed_mut().first());
                Ok(ready)
            }
            Err(error) if ready.is_in_doubt() || error.remains() => Err(self.doubt(error, None)),
            Err(error) => Err(CallError::Refused(Refused::Journal(error))),
        }
    }

    /// Makes the journal job that records the end of the call, if it closes the call.
    pub(super) fn close(
        &self,
        result: &Result<Answered<R>, CallError<R>>,
    ) -> Option<impl FnOnce(&dyn Journal) -> Result<(), JournalError> + Send + 'static> {
        let ended = match result {
            Ok(_) => Ended::Decided,
            Err(CallError::Refused(_) | CallError::NotSent(_)) => Ended::NotSent,
            Err(CallError::InDoubt(_)) => return None,
        };
        let id = self.id.clone();
        Some(move |journal: &dyn Journal| journal.after(R::ENDPOINT.name, &id, ended))
    }

    /// Returns the result of the call. An end that could not be recorded is returned as a doubt,
    /// because the next run would send the request again.
    pub(super) fn closed(
        &self,
        result: Result<Answered<R>, CallError<R>>,
        closed: Result<(), JournalError>,
    ) -> Result<Answered<R>, CallError<R>> {
        match closed {
            Ok(()) => result,
            Err(error) => Err(self.doubt(error, result.ok())),
        }
    }

    fn doubt(&self, error: JournalError, answered: Option<Answered<R>>) -> CallError<R> {
        let problem = Problem::Journal {
            error,
            answered: answered.map(Box::new),
        };
        trace::in_doubt(&problem);
        CallError::InDoubt(InDoubt::new(self.spare.copy(), problem))
    }
}
