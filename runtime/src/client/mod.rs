//! Sends messages: from a checked message to a signed request, and from a response to a verified
//! answer.
//!
//! The core does no I/O and reads no clock: an [`Envelope`] makes [`http::Request`]s from bodies and
//! takes bodies out of [`http::Response`]s; a transport of the program's choice carries them. The
//! requirements of an API (what is signed, which headers carry what, where requests go) are data, a
//! [`Recipe`].
//!
//! * The bytes that are signed are the bytes that are sent.
//! * An answer without a valid signature is an [`AnswerError`]. It never becomes an outcome, whatever
//!   it says.
//!
//! An API that signs nothing has an [`Authentication`] instead of a recipe, and requests carry
//! [`Credentials`]. Then TLS is all that proves the sender of an answer. An answer that its HTTP status
//! decides counts if it is JSON or has a status without a body; any other only with the HTTP status 200.
//! Notifications are not received, because nothing proves their sender.
//!
//! If an operation hands out the token that the others demand, the clients fetch it, share it and replace it
//! ([`TokenSource`]). Only the header `Authorization` of a request changes then. Without a token nothing is sent
//! ([`TransportError::NoToken`]). A request whose token is refused is sent once more only after an answer that proves that
//! nothing was done.
//!
//! # Which answer counts
//!
//! * It names the request, if it decides something and its message has a field for that.
//! * It contains no other value than the request in a field that must [agree](Call::AGREES), such as
//!   the amount. The client never settles a contradiction: a single call is in doubt, and a payment
//!   ends in doubt, without a cancellation, with [both values](crate::Contradiction).
//! * It was signed after the request was first sent, give or take a [skew](Envelope::answer_skew).
//!
//! A signature covers the path, the client id, the time and the body, but not the request. So an
//! attacker who can change what TLS carries can still hold answers back, and can replace an answer by
//! one to another sending of the same request, or to another request that names the same payment.
//! Neither makes a payment of another id or amount count. An answer that refuses a call names no
//! payment: it can be replaced by a refusal of another call to the same path, signed at the same time.
//!
//! # Spans and events
//!
//! With the feature `tracing`, the clients emit these spans and events:
//!
//! | Span | Fields |
//! | --- | --- |
//! | `call` | `operation`, `id`, and `outcome`: `decided`, `refused`, `not_sent` or `in_doubt` |
//! | `life` | `flow`, `id` |
//! | `sending`, inside of these | `operation`, `attempt`, `http_status`; `status` and `code` of a verified answer |
//!
//! | Event | Level | Fields |
//! | --- | --- | --- |
//! | `no answer` | warn | `sent`, `error` |
//! | `answer decides nothing` | warn | `kind`; `why` it is not verified |
//! | `dropped` | warn | `pointer`, `rule`: a value that could not be read |
//! | `resend` | info | `after_ms` |
//! | `in doubt` | warn | `problem` |
//! | `state` | info | `from`, `to` |
//! | `wait` | debug | `for_ms` |
//! | `ended` | info, warn when in doubt | `ending` |
//! | `notification contradicts the end` | warn | `said` |
//!
//! They show nothing of a message except the status and code of a verified answer, and the key by which
//! the provider recognises a request, so that the logs of a payment can be searched. If the description
//! marks that field as sensitive, it is left out.

mod answer;
mod asynchronous;
mod attempt;
mod authentication;
mod base;
mod batch;
mod blocking;
mod body_proof;
mod call;
mod clock;
mod coding;
mod course;
mod credential;
mod deliver;
mod digest;
mod dispatch;
mod doubt;
mod encryption;
mod endpoint;
mod envelope;
mod error;
mod fixed;
mod header;
mod journal;
mod key;
mod key_error;
mod key_lifetime;
mod key_shape;
mod key_text;
pub mod life;
mod millis;
mod notification;
mod other_entry;
mod page;
mod pages;
mod policy;
mod private_key;
mod proof;
mod proof_place;
mod proof_signer;
mod proof_verifier;
mod recipe;
#[cfg(feature = "reqwest")]
mod reqwest;
mod retry_after;
mod seen;
mod setup;
mod sign_error;
mod signature;
mod stamp;
mod token;
mod token_error;
mod trace;
mod transport;
mod unfinished;
mod unsigned;
mod unverified;
#[cfg(feature = "ureq")]
mod ureq;

pub use answer::{Answer, AnswerError, AnswerErrorKind};
pub use asynchronous::AsyncRawClient;
pub use attempt::{InFlight, Prepared, Step};
pub use authentication::{AuthHeader, AuthPart, Authentication, OperationAuth};
pub use base::{BadBase, Base};
pub use batch::Batch;
pub use blocking::RawClient;
pub use body_proof::{BodyProof, BodyProofKey, BodyUnproved};
pub use call::{Answered, Call, Judgement, Repeat};
pub use clock::{AsyncClock, Clock, Moment, SystemClock};
pub use coding::ContentCoding;
pub use credential::{BadCredential, CredentialProblem, CredentialValue, Credentials, Secret};
pub use dispatch::{Dispatcher, NotAddressed};
pub use doubt::{InDoubt, Problem};
pub use encryption::{Encryption, EncryptionKey, NotOpened, NotSealed};
pub use endpoint::Endpoint;
pub use envelope::Envelope;
pub use error::{CallError, NotSent, Refused};
pub use header::{BadSignatureHeader, SignatureHeader, SignaturePair};
pub use http;
pub use journal::{
    Damage, DamageKind, Ended, Entry, EntryKind, FileJournal, Journal, JournalError, OpenEntry,
    Opened, UnderWay,
};
pub use key::{
    CannotSign, Signer, SigningKey, UnknownKeyVersion, Verifier, VerifyingKey, VerifyingKeys,
};
pub use key_error::{KeyError, KeyFormat};
pub use key_lifetime::KeyExpired;
pub use notification::{
    Accepted, Each, NoReply, Notification, NotificationError, Received, Rejected,
};
pub use other_entry::OtherEntry;
pub use pages::{AsyncPages, ListPage, Paged, Pages, PagesError};
pub use policy::Policy;
pub use private_key::PrivateKey;
pub use proof::{MessageProof, ProofKeyId, ProofNonce, ProofTime, Provable};
pub use proof_place::{HeaderProblem, ProofList, ProofPlace, Unread};
pub use proof_signer::ProofSigner;
pub use proof_verifier::{ProofVerifier, Unproved};
pub use recipe::{Environment, HeaderRule, Part, Recipe, SignatureKeys, Signed, Stamp, StampForm};
#[cfg(feature = "reqwest")]
pub use reqwest::{Reqwest, TokioClock};
pub use seen::{InWork, Seen, SeenInMemory, SeenNotifications};
pub use setup::SetupError;
pub use sign_error::SignError;
pub use token::TokenSource;
pub use token_error::{TokenError, TokenProblem};
pub use transport::{AsyncTransport, Transport, TransportError};
pub use unfinished::{Found, NotRestored, Restore, Unfinished, WhyNotRestored};
pub use unsigned::Unsigned;
pub use unverified::Unverified;
#[cfg(feature = "ureq")]
pub use ureq::Ureq;
