//! A mock gateway that plays the provider of an API, from its spec alone.
//!
//! [`Gateway`] is the core: it takes a request and a time, and returns an [`Exchange`]. Its only I/O is through
//! a [`Ledger`], which keeps the answers. [`serve()`] puts it behind a socket; [`MockGateway`] does so inside a
//! test.
//!
//! The spec decides how a request is answered: it describes operations, signatures, the codes of refusals and
//! idempotency keys. A test overrides that with a [`Script`], or with the request headers [`RESULT`] and
//! [`FAULT`], which choose any documented result and inject faults.
//!
//! Start at `dispatch.rs`. The gateway reads the model only: it does not depend on generated code.
//!
//! ```
//! use payspec_model::load;
//! use payspec_mock::{Gateway, Setup};
//! use std::path::Path;
//! use std::time::SystemTime;
//!
//! let model = load(Path::new("../../spec")).model.ok_or("the spec has errors")?;
//! let gateway = Gateway::new(model, Setup::new()?)?;
//! let request = http::Request::post("/ams/api/v1/payments/pay").body(b"{}".to_vec())?;
//! let exchange = gateway.answer(&request, SystemTime::now());
//! assert_eq!(exchange.record.code.as_deref(), Some("CLIENT_INVALID"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod answer;
mod authenticate;
mod body_proofs;
mod candidates;
mod claim;
mod clients;
mod clock;
mod compose;
mod control;
mod credentials;
mod destination;
mod dispatch;
mod door;
mod draft;
mod encrypted;
mod error;
mod events;
mod exchange;
mod fault;
mod fill;
mod filter;
mod gateway;
mod handler;
mod keys;
mod ledger;
mod life;
mod limits;
mod local;
mod log_entry;
mod mask;
mod mentioned;
mod notification;
mod notifications;
mod notifier;
mod outgoing;
mod overrides;
mod page;
mod patient;
mod places;
mod proofs;
mod received;
mod recent;
mod recording;
mod refusal;
mod refused;
mod resource;
mod respond;
mod retention;
mod route;
mod row;
mod same;
mod schedule;
mod script;
mod serve;
mod settlement;
mod setup;
mod shown_keys;
mod sign;
mod site;
mod state;
mod store;
mod stored_reply;
mod tls;
mod tokens;
mod transition;
mod truncated_body;
mod usual_answer;

pub use clock::Clock;
pub use credentials::{GivenCredential, TestCredentials};
pub use encrypted::Nonces;
pub use error::{MockError, ScriptPart, SettleError};
pub use exchange::Exchange;
pub use fault::{Delivery, Fault};
pub use gateway::Gateway;
pub use keys::{KeyPair, Keys};
pub use ledger::{Ledger, LedgerError, Memory};
pub use limits::Limits;
pub use local::MockGateway;
pub use log_entry::{LogEntry, Verdict};
pub use notification::Notification;
pub use notifier::Notifier;
pub use recording::Recording;
pub use retention::Retention;
pub use script::{Script, Step};
pub use serve::{Served, Serving, serve};
pub use settlement::Settlement;
pub use setup::{Setup, TOKEN_LIFETIME};
pub use store::Store;
pub use tls::Tls;

/// The request header that chooses the result: a code, an outcome or an example of the operation.
pub const RESULT: &str = "payspec-result";
/// The request header that lists [`Fault`]s, separated by commas.
pub const FAULT: &str = "payspec-fault";
/// The request header that chooses how an open payment ends: see [`Settlement`].
pub const SETTLEMENT: &str = "payspec-settlement";
/// The request header that chooses how the end is reported: `never`, `copies=NUMBER` and [`Fault`]s, separated
/// by commas.
pub const NOTIFICATION: &str = "payspec-notification";
/// The response header with the gateway's remark, such as the reason of a refusal.
pub const NOTE: &str = "payspec-note";
/// The response header that lists the violations of the request, as JSON.
pub const VIOLATIONS: &str = "payspec-violations";
/// The response header that names the operation.
pub const OPERATION: &str = "payspec-operation";
/// The response header that marks a stored answer, which was given before to the same request.
pub const REPLAYED: &str = "payspec-replayed";
