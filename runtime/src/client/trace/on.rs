//! Emits spans and events of `tracing`.

use crate::client::answer::{AnswerError, AnswerErrorKind};
use crate::client::attempt::Prepared;
use crate::client::call::{Answered, Call};
use crate::client::doubt::Problem;
use crate::client::error::CallError;
use crate::client::life::{Driven, Ends, Payment};
use crate::client::transport::TransportError;
use crate::{PaymentReference, Violations};
use http::Response;
use std::time::Duration;
use tracing::field::Empty;
use tracing::subscriber::{NoSubscriber, with_default};
use tracing::{Instrument as _, Span as Inner, debug, info, info_span, warn};

/// Number of characters of a status or a code that are shown.
const LONGEST: usize = 64;

pub(in crate::client) struct Span(Inner);

impl Span {
    pub(in crate::client) fn within<T>(&self, work: impl FnOnce() -> T) -> T {
        self.0.in_scope(work)
    }

    pub(in crate::client) fn around<F: Future>(
        &self,
        work: F,
    ) -> impl Future<Output = F::Output> + use<F> {
        work.instrument(self.0.clone())
    }
}

/// Reads an answer that is read again if it counts, and then emits what it has to tell.
pub(in crate::client) fn untold<T>(work: impl FnOnce() -> T) -> T {
    with_default(NoSubscriber::new(), work)
}

pub(in crate::client) fn call<R: Call>(ready: &Prepared<R>) -> Span {
    let id = open_id::<R>(ready.sent().key(), ready.asked());
    let operation = R::ENDPOINT.name;
    Span(info_span!("call", operation, id, outcome = Empty))
}

pub(in crate::client) fn life<F: Driven>(payment: &Payment<F>) -> Span {
    let id = open_id::<F::Request>(payment.id(), payment.names());
    Span(info_span!("life", flow = F::TABLE.id, id))
}

pub(in crate::client) fn sending(operation: &'static str, attempt: u32) -> Span {
    Span(info_span!(
        "sending",
        operation,
        attempt,
        http_status = Empty,
        status = Empty,
        code = Empty
    ))
}

pub(in crate::client) fn came(response: &Response<Vec<u8>>) {
    Inner::current().record("http_status", response.status().as_u16());
}

pub(in crate::client) fn verified(status: &str, code: Option<&str>) {
    let span = Inner::current();
    if span.is_disabled() {
        return;
    }
    span.record("status", short(status));
    if let Some(code) = code {
        span.record("code", short(code));
    }
}

pub(in crate::client) fn unread(error: &AnswerError) {
    match error.kind() {
        AnswerErrorKind::Unverified(why) => {
            warn!(kind = word(error.kind()), %why, "answer decides nothing");
        }
        kind => warn!(kind = word(kind), "answer decides nothing"),
    }
}

pub(in crate::client) fn dropped(dropped: &Violations) {
    for violation in dropped {
        warn!(pointer = %violation.path, rule = violation.rule.as_str(), "dropped");
    }
}

pub(in crate::client) fn transport_failed(error: &TransportError) {
    let sent = error.may_have_arrived();
    warn!(sent, %error, "no answer");
}

pub(in crate::client) fn resend(pause: Duration) {
    info!(after_ms = millis(pause), "resend");
}

pub(in crate::client) fn in_doubt<R: Call>(problem: &Problem<R>) {
    let problem = match problem {
        Problem::Transport(_) => "no_answer",
        Problem::Sign(_) => "not_signed",
        Problem::Answer(error) => word(error.kind()),
        Problem::Pending(_) => "pending",
        Problem::RepetitionRefused(_) => "repetition_refused",
        Problem::Conflict(_) => "conflict",
        Problem::KeyExpired { .. } => "key_expired",
        Problem::Interrupted => "interrupted",
        Problem::Journal { .. } => "journal",
    };
    warn!(problem, "in doubt");
}

pub(in crate::client) fn done<R: Call>(result: &Result<Answered<R>, CallError<R>>) {
    let outcome = match result {
        Ok(_) => "decided",
        Err(CallError::Refused(_)) => "refused",
        Err(CallError::NotSent(_)) => "not_sent",
        Err(CallError::InDoubt(_)) => "in_doubt",
    };
    Inner::current().record("outcome", outcome);
}

pub(in crate::client) fn state<F: Driven>(from: usize, to: usize) {
    let name = |index: usize| F::TABLE.states.get(index).map(|state| state.name);
    if from != to {
        info!(from = name(from), to = name(to), "state");
    }
}

pub(in crate::client) fn wait(time: Duration) {
    debug!(for_ms = millis(time), "wait");
}

pub(in crate::client) fn contradicts_end(said: &'static str) {
    warn!(said, "notification contradicts the end");
}

pub(in crate::client) fn ended<P>(ending: &impl Ends<P>) {
    match ending.unresolved() {
        None => info!(ending = ending.name(), "ended"),
        Some(_) => warn!(ending = ending.name(), "ended"),
    }
}

/// Returns the key of a request, unless its field is sensitive.
fn open_id<'a, R: Call>(id: &'a str, asked: &[PaymentReference]) -> Option<&'a str> {
    let mut asked = asked.iter();
    let named = asked.find(|asked| asked.value() == id)?;
    let schema = R::schema();
    let field = schema.fields.get(schema.position(named.name())?)?;
    field.sensitive.is_none().then_some(id)
}

fn word(kind: &AnswerErrorKind) -> &'static str {
    match kind {
        AnswerErrorKind::Unverified(_) => "unverified",
        AnswerErrorKind::UnsignedRefusal => "unsigned_refusal",
        AnswerErrorKind::HttpStatus => "http_status",
        AnswerErrorKind::NotJson => "not_json",
        AnswerErrorKind::NoResult => "no_result",
        AnswerErrorKind::UnknownStatus => "unknown_status",
        AnswerErrorKind::Malformed(_) => "malformed",
        AnswerErrorKind::OtherRequest(_) => "other_request",
        AnswerErrorKind::Contradiction(_) => "contradiction",
        AnswerErrorKind::Unnamed => "unnamed",
        AnswerErrorKind::BeforeRequest { .. } => "before_request",
    }
}

fn short(text: &str) -> &str {
    let end = text.char_indices().nth(LONGEST).map(|(end, _)| end);
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
