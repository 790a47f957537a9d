//! Does nothing, without the feature `tracing`.

use crate::Violations;
use crate::client::answer::AnswerError;
use crate::client::attempt::Prepared;
use crate::client::call::{Answered, Call};
use crate::client::doubt::Problem;
use crate::client::error::CallError;
use crate::client::life::{Driven, Ends, Payment};
use crate::client::transport::TransportError;
use http::Response;
use std::time::Duration;

pub(in crate::client) struct Span;

impl Span {
    pub(in crate::client) fn within<T>(&self, work: impl FnOnce() -> T) -> T {
        work()
    }

    pub(in crate::client) fn around<F: Future>(&self, work: F) -> F {
        work
    }
}

pub(in crate::client) fn untold<T>(work: impl FnOnce() -> T) -> T {
    work()
}

pub(in crate::client) fn call<R: Call>(_: &Prepared<R>) -> Span {
    Span
}

pub(in crate::client) fn life<F: Driven>(_: &Payment<F>) -> Span {
    Span
}

pub(in crate::client) fn sending(_: &'static str, _: u32) -> Span {
    Span
}

pub(in crate::client) fn came(_: &Response<Vec<u8>>) {}

pub(in crate::client) fn verified(_: &str, _: Option<&str>) {}

pub(in crate::client) fn unread(_: &AnswerError) {}

pub(in crate::client) fn dropped(_: &Violations) {}

pub(in crate::client) fn transport_failed(_: &TransportError) {}

pub(in crate::client) fn resend(_: Duration) {}

pub(in crate::client) fn in_doubt<R: Call>(_: &Problem<R>) {}

pub(in crate::client) fn done<R: Call>(_: &Result<Answered<R>, CallError<R>>) {}

pub(in crate::client) fn state<F: Driven>(_: usize, _: usize) {}

pub(in crate::client) fn wait(_: Duration) {}

pub(in crate::client) fn contradicts_end(_: &'static str) {}

pub(in crate::client) fn ended<P>(_: &impl Ends<P>) {}
