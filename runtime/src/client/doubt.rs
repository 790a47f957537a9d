//! A request that may have arrived.

use super::answer::AnswerError;
use super::call::{Answered, Call, Judgement, Repeat};
use super::fixed::Fixed;
use super::journal::{Entry, JournalError, Lease};
use super::key_lifetime::KeyExpired;
use super::other_entry::OtherEntry;
use super::sign_error::SignError;
use super::transport::TransportError;
use crate::{PaymentReference, Resend, Sent, Violations};
use core::fmt;

/// A request that may have arrived, and whose outcome is unknown.
///
/// It owns the key and the exact bytes. The caller can only send the same bytes again
/// ([`RawClient::resend`](super::RawClient::resend)), or inquire about the payment or cancel it by its
/// [`reference`](Self::reference). The request itself is not given back, so it cannot be changed into a
/// second payment.
#[must_use = "the request may have arrived: send the same again, inquire, or cancel"]
pub struct InDoubt<R: Call>(Box<Doubt<R>>);

struct Doubt<R: Call> {
    fixed: Fixed<R>,
    problem: Problem<R>,
}

/// The result of the last sending.
#[non_exhaustive]
pub enum Problem<R: Call> {
    /// No complete answer came.
    Transport(TransportError),
    /// The repetition could not be signed.
    Sign(SignError),
    /// An answer came that decides nothing.
    Answer(AnswerError),
    /// The provider does not know the outcome yet.
    Pending(Box<Answered<R>>),
    /// The repetition was refused. The first request may still have been accepted.
    RepetitionRefused(Box<Answered<R>>),
    /// The provider knows another request with the same key. The outcome of that one is unknown.
    Conflict(Box<Answered<R>>),
    /// The request was not sent again, because the provider may have forgotten its key.
    KeyExpired {
        /// The lifetime of the key, and the age of the request.
        expired: KeyExpired,
        /// The problem of the last sending.
        earlier: Box<Problem<R>>,
    },
    /// No result yet: an earlier sending was interrupted, in this run of the program or in one before.
    Interrupted,
    /// The journal failed: the request was not sent again, or its end could not be recorded, so that
    /// the next run will find it open.
    Journal {
        /// The failure.
        error: JournalError,
        /// The answer, if its end could not be recorded. Act upon it only once: the same answer comes
        /// again.
        answered: Option<Box<Answered<R>>>,
    },
}

impl<R: Call> InDoubt<R> {
    pub(super) fn new(fixed: Fixed<R>, problem: Problem<R>) -> Self {
        Self(Box::new(Doubt { fixed, problem }))
    }

    /// Restores a request that a program recorded in its [journal](super::Journal) before it stopped:
    /// it may have arrived. [`RawClient::unfinished`](super::RawClient::unfinished) calls this.
    ///
    /// # Errors
    ///
    /// When the entry belongs to another operation, or its bytes are not such a request with this id.
    pub fn interrupted(entry: Entry<'_>) -> Result<Self, OtherEntry> {
        Ok(Self::new(Fixed::written(entry)?, Problem::Interrupted))
    }

    pub(super) fn held(self, lease: Lease) -> Self {
        let (fixed, problem) = self.into_parts();
        Self::new(fixed.held(lease), problem)
    }

    pub(super) fn into_parts(self) -> (Fixed<R>, Problem<R>) {
        let Doubt { fixed, problem } = *self.0;
        (fixed, problem)
    }

    /// Returns the id of the request in a journal.
    pub(super) fn journal_id(&self) -> String {
        self.0.fixed.journal_id()
    }

    /// Returns the value of the field by which the provider recognises the request; empty if the
    /// operation has none.
    pub fn id(&self) -> &str {
        self.0.fixed.sent.key()
    }

    /// Returns the exact bytes, and the key.
    pub fn sent(&self) -> &Sent<R> {
        &self.0.fixed.sent
    }

    /// Returns the result of the last sending.
    pub fn problem(&self) -> &Problem<R> {
        &self.0.problem
    }

    /// Returns the id to inquire or cancel with: the one that the last answer names, or else the one in
    /// the request.
    pub fn reference(&self) -> Option<PaymentReference> {
        let answered = match self.0.problem.answered() {
            Some(answered) => answered.reference(),
            None => None,
        };
        answered.or_else(|| self.0.fixed.asked.first().cloned())
    }

    /// Returns whether the same bytes may be sent again without harm, while the provider keeps their key.
    ///
    /// This looks at no clock: [`RawClient::resend`](super::RawClient::resend) sends nothing after the
    /// lifetime of the key.
    pub fn is_safe_to_resend(&self) -> bool {
        let allowed = match R::REPEAT {
            Repeat::ByKey | Repeat::Documented | Repeat::Reads => true,
            Repeat::Never => false,
        };
        allowed
            && (R::REPEAT == Repeat::Reads || self.0.fixed.is_datable())
            && match &self.0.problem {
                Problem::Conflict(_) | Problem::KeyExpired { .. } => false,
                Problem::Pending(answered) => match R::judgement(&answered.outcome) {
                    Judgement::Pending { resend, .. } => resend != Some(Resend::Never),
                    Judgement::Decided | Judgement::Failed { .. } => true,
                },
                // The provider names another payment: a person has to find out.
                Problem::Answer(error) => error.contradiction().is_none(),
                Problem::Transport(_)
                | Problem::Sign(_)
                | Problem::RepetitionRefused(_)
                | Problem::Interrupted
                | Problem::Journal { .. } => true,
            }
    }

    /// Returns whether something may have happened, so that an inquiry is needed before anything new is
    /// tried: always, unless the request only reads.
    pub fn needs_inquiry(&self) -> bool {
        R::REPEAT != Repeat::Reads
    }
}

impl<R: Call> Problem<R> {
    /// Makes the problem of a request whose key has expired.
    pub(super) fn expired(self, expired: KeyExpired) -> Self {
        let earlier = match self {
            Self::KeyExpired { earlier, .. } => earlier,
            Self::Transport(_)
            | Self::Sign(_)
            | Self::Answer(_)
            | Self::Pending(_)
            | Self::RepetitionRefused(_)
            | Self::Conflict(_)
            | Self::Interrupted
            | Self::Journal { .. } => Box::new(self),
        };
        Self::KeyExpired { expired, earlier }
    }

    /// Returns the answer, if one came that could be read.
    pub fn answered(&self) -> Option<&Answered<R>> {
        match self {
            Self::Pending(answered)
            | Self::RepetitionRefused(answered)
            | Self::Conflict(answered) => Some(answered),
            Self::Journal { answered, .. } => answered.as_deref(),
            Self::KeyExpired { earlier, .. } => earlier.answered(),
            Self::Transport(_) | Self::Sign(_) | Self::Answer(_) | Self::Interrupted => None,
        }
    }

    /// Returns the unreadable values of the last answer: those that were dropped, or those for which
    /// the answer could not be judged.
    pub fn unreadable(&self) -> Option<&Violations> {
        match self {
            Self::Pending(answered)
            | Self::RepetitionRefused(answered)
            | Self::Conflict(answered) => Some(&answered.dropped),
            Self::Answer(error) => error.violations(),
            Self::Journal { answered, .. } => answered.as_ref().map(|answered| &answered.dropped),
            Self::KeyExpired { earlier, .. } => earlier.unreadable(),
            Self::Transport(_) | Self::Sign(_) | Self::Interrupted => None,
        }
    }

    /// Returns the HTTP status, if an answer came.
    pub fn http_status(&self) -> Option<u16> {
        match self {
            Self::Answer(error) => Some(error.http_status()),
            Self::Pending(_) | Self::RepetitionRefused(_) | Self::Conflict(_) => Some(200),
            Self::Journal { answered, .. } => answered.as_ref().map(|_| 200),
            Self::KeyExpired { earlier, .. } => earlier.http_status(),
            Self::Transport(_) | Self::Sign(_) | Self::Interrupted => None,
        }
    }

    /// Returns the provider's code, if an answer had one. Anyone may have written the code of an answer
    /// that is not [verified](AnswerError::is_verified).
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Answer(error) => error.code(),
            Self::KeyExpired { earlier, .. } => earlier.code(),
            Self::Pending(_)
            | Self::RepetitionRefused(_)
            | Self::Conflict(_)
            | Self::Transport(_)
            | Self::Sign(_)
            | Self::Interrupted
            | Self::Journal { .. } => match R::judgement(&self.answered()?.outcome) {
                Judgement::Failed { code } | Judgement::Pending { code, .. } => Some(code),
                Judgement::Decided => None,
            },
        }
    }

    /// Returns the body of an answer that decides nothing, or its beginning. It may hold sensitive
    /// values.
    pub fn body(&self) -> Option<&[u8]> {
        match self {
            Self::Answer(error) => Some(error.body()),
            Self::KeyExpired { earlier, .. } => earlier.body(),
            Self::Transport(_)
            | Self::Sign(_)
            | Self::Pending(_)
            | Self::RepetitionRefused(_)
            | Self::Conflict(_)
            | Self::Interrupted
            | Self::Journal { .. } => None,
        }
    }
}

impl<R: Call> fmt::Debug for InDoubt<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InDoubt")
            .field("sent", &self.0.fixed.sent)
            .field("problem", &self.0.problem)
            .finish()
    }
}

impl<R: Call> fmt::Display for InDoubt<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = R::ENDPOINT.name;
        match self.id() {
            "" => write!(f, "what became of `{name}` is not known: ")?,
            id => write!(
                f,
                "what became of `{name}` {} is not known: ",
                id.escape_debug()
            )?,
        }
        self.0.problem.fmt(f)
    }
}

impl<R: Call> core::error::Error for InDoubt<R> {}

impl<R: Call> fmt::Debug for Problem<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Transport(error) => f.debug_tuple("Transport").field(error).finish(),
            Self::Sign(error) => f.debug_tuple("Sign").field(error).finish(),
            Self::Answer(error) => f.debug_tuple("Answer").field(error).finish(),
            Self::Pending(answered) => f.debug_tuple("Pending").field(answered).finish(),
            Self::RepetitionRefused(answered) => {
                f.debug_tuple("RepetitionRefused").field(answered).finish()
            }
            Self::Conflict(answered) => f.debug_tuple("Conflict").field(answered).finish(),
            Self::KeyExpired { expired, earlier } => f
                .debug_struct("KeyExpired")
                .field("expired", expired)
                .field("earlier", earlier)
                .finish(),
            Self::Interrupted => f.write_str("Interrupted"),
            Self::Journal { error, answered } => f
                .debug_struct("Journal")
                .field("error", error)
                .field("answered", answered)
                .finish(),
        }
    }
}

impl<R: Call> fmt::Display for Problem<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Transport(error) => return error.fmt(f),
            Self::Sign(error) => return error.fmt(f),
            Self::Answer(error) => return error.fmt(f),
            Self::Pending(_) => f.write_str("the provider does not know yet")?,
            Self::RepetitionRefused(_) => f.write_str(
                "a repetition was refused, which proves nothing about the first request",
            )?,
            Self::Conflict(_) => {
                f.write_str("the provider knows another request with the same key")?;
            }
            Self::KeyExpired { expired, earlier } => {
                return write!(f, "{expired}; before: {earlier}");
            }
            Self::Interrupted => {
                return f.write_str("an earlier sending was not followed to its end");
            }
            Self::Journal {
                error,
                answered: None,
            } => return error.fmt(f),
            Self::Journal {
                error,
                answered: Some(_),
            } => {
                return write!(
                    f,
                    "the answer is there, and its end is not written down: {error}"
                );
            }
        }
        if let Some(code) = self.code() {
            write!(f, " (code {})", code.escape_debug())?;
        }
        match self.unreadable() {
            Some(dropped) if !dropped.is_empty() => {
                write!(f, "; not read of the answer: {dropped}")
            }
            Some(_) | None => Ok(()),
        }
    }
}
