//! From a checked message to a signed request, and from an answer to a verified one.
//!
//! Nothing here does I/O or reads a clock: an [`Envelope`] makes [`http::Request`]s out of bodies and
//! takes bodies out of [`http::Response`]s; a transport of the program's choice carries them. What an
//! API asks for (what is signed, which headers carry what, where requests go) is data, a [`Recipe`].
//!
//! * The bytes that are signed are the bytes that are sent.
//! * An answer without a signature, or with a wrong one, is an [`AnswerError`]. It never becomes an
//!   outcome, whatever it says.

mod answer;
mod asynchronous;
mod attempt;
mod base;
mod blocking;
mod call;
mod clock;
mod course;
mod doubt;
mod envelope;
mod error;
mod header;
mod journal;
mod key;
mod key_text;
pub mod life;
mod notice;
mod policy;
mod recipe;
#[cfg(feature = "reqwest")]
mod reqwest;
mod stamp;
mod transport;
#[cfg(feature = "ureq")]
mod ureq;

pub use answer::{Answer, AnswerError, AnswerErrorKind, Unverified};
pub use asynchronous::AsyncClient;
pub use attempt::{Flying, Ready, Step};
pub use base::{BadBase, Base};
pub use blocking::Client;
pub use call::{Answered, Call, Judgement, Repeat};
pub use clock::{AsyncClock, Clock, SystemClock};
pub use doubt::{InDoubt, OtherEntry, Problem};
pub use envelope::{Endpoint, Envelope, SealError};
pub use error::{CallError, NotSent, Refused};
pub use header::{BadSignatureHeader, SignatureHeader, SignaturePair};
pub use journal::{Ended, Entry, FileJournal, Journal, JournalError, Unfinished};
pub use key::{CannotSign, Signer, SigningKey, Verifier, VerifyingKey};
pub use key_text::KeyError;
pub use notice::{Notice, NoticeError, Received, SeenInMemory, SeenNotices};
pub use policy::Policy;
pub use recipe::{Environment, Part, Recipe, SignatureKeys, Signed, Stamp, StampForm};
#[cfg(feature = "reqwest")]
pub use reqwest::{Reqwest, TokioClock};
pub use transport::{AsyncTransport, Transport, TransportError};
#[cfg(feature = "ureq")]
pub use ureq::Ureq;
