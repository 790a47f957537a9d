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
mod base;
mod envelope;
mod header;
mod key;
mod key_text;
mod recipe;
mod stamp;

pub use answer::{Answer, AnswerError, AnswerErrorKind, Unverified};
pub use base::{BadBase, Base};
pub use envelope::{Endpoint, Envelope, SealError};
pub use header::{BadSignatureHeader, SignatureHeader, SignaturePair};
pub use key::{CannotSign, Signer, SigningKey, Verifier, VerifyingKey};
pub use key_text::KeyError;
pub use recipe::{Environment, Part, Recipe, SignatureKeys, Signed, Stamp, StampForm};
