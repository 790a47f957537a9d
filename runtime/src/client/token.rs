//! Bearer tokens that an operation hands out: one fetch at a time, kept until shortly before they expire.

use super::clock::Moment;
use super::credential::Secret;
use super::token_error::{TokenError, TokenProblem};
use super::transport::TransportError;
use crate::MediaType;
use crate::json::{Node, lenient_text};
use core::fmt;
use core::task::{Poll, Waker};
use http::header::AUTHORIZATION;
use http::{HeaderValue, Request, Response, StatusCode};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use zeroize::Zeroize as _;

/// The operation that hands out the bearer tokens of an API, and its request, as data. Generated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TokenSource {
    /// The name of the operation.
    pub operation: &'static str,
    /// The HTTP method, in capitals.
    pub method: &'static str,
    /// The path and query after the prefix of the environment.
    pub target: &'static str,
    /// The names and values of the headers that are fields of the request.
    pub headers: &'static [(&'static str, &'static str)],
    /// The media type of the body; [`None`] if there is none.
    pub media_type: Option<MediaType>,
    /// The body.
    pub body: &'static str,
    /// Names of the fields that lead to the token in the answer.
    pub token: &'static [&'static str],
    /// Names of the fields that lead to the token's lifetime in seconds.
    pub expires_in: &'static [&'static str],
}

/// The longest time before its end at which a token is not used any more. It is a tenth of a short lifetime.
const MARGIN: Duration = Duration::from_secs(60);

/// A token, as the value of its header.
#[derive(Clone)]
pub(super) struct Token {
    value: Arc<Secret>,
    /// Tells it apart from other tokens of the same client.
    number: u64,
    /// The moment before it was asked for.
    asked: Moment,
    lifetime: Duration,
}

impl Token {
    /// Returns whether it can still be used. A wall clock that jumps makes a token look older, never younger.
    fn is_fresh(&self, now: Moment) -> bool {
        let margin = MARGIN.min(self.lifetime / 10);
        let age = now.age_since(self.asked);
        age.is_some_and(|age| age.saturating_add(margin) < self.lifetime)
    }

    /// Returns a copy of a request that carries it. Nothing else of the request changes.
    pub(super) fn on(&self, request: &Request<Vec<u8>>) -> Result<Request<Vec<u8>>, TokenProblem> {
        let mut value =
            HeaderValue::from_str(self.value.expose()).map_err(|_| TokenProblem::Unreadable)?;
        value.set_sensitive(true);
        let mut request = request.clone();
        request.headers_mut().insert(AUTHORIZATION, value);
        Ok(request)
    }
}

/// The tokens of one client. Copies of its envelope share them.
pub(super) struct Tokens {
    source: TokenSource,
    state: Mutex<State>,
    /// Wakes the threads that wait for a fetch.
    done: Condvar,
}

#[derive(Default)]
struct State {
    kept: Option<Token>,
    /// The number of the fetch under way, or of the next one.
    number: u64,
    is_fetching: bool,
    /// The result of the last fetch that was not dropped, for those that waited for it.
    last: Option<(u64, Result<Token, TokenError>)>,
    wakers: Vec<Waker>,
}

impl State {
    /// Returns the token to use, if nothing needs to be fetched for a request that waited for these fetches.
    fn ready(&self, now: Moment, waited: Option<u64>) -> Option<Result<Token, TokenError>> {
        let kept = self.kept.as_ref().filter(|token| token.is_fresh(now));
        if let Some(token) = kept {
            return Some(Ok(token.clone()));
        }
        let last = self.last.as_ref();
        let last = last.filter(|(number, _)| waited == Some(*number));
        last.map(|(_, result)| result.clone())
    }
}

impl Tokens {
    pub(super) fn new(source: TokenSource) -> Self {
        Self {
            source,
            state: Mutex::default(),
            done: Condvar::new(),
        }
    }

    pub(super) fn source(&self) -> &TokenSource {
        &self.source
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // The state is consistent even after a panic.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns a token, or the right to fetch one. Blocks while another thread or task fetches one.
    pub(super) fn wait(&self, now: impl Fn() -> Moment) -> Turn<'_> {
        let mut state = self.state();
        let mut waited = None;
        loop {
            if let Some(result) = state.ready(now(), waited) {
                return Turn::Have(result);
            }
            if !state.is_fetching {
                return Turn::Fetch(self.fetch(&mut state, now()));
            }
            waited = Some(state.number);
            let woken = self.done.wait(state);
            state = woken.unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Returns a token, or the right to fetch one, as [`wait`](Self::wait) does, without blocking.
    pub(super) async fn turn(&self, now: impl Fn() -> Moment) -> Turn<'_> {
        let mut waited = None;
        core::future::poll_fn(|context| {
            let mut state = self.state();
            if let Some(result) = state.ready(now(), waited) {
                return Poll::Ready(Turn::Have(result));
            }
            if !state.is_fetching {
                return Poll::Ready(Turn::Fetch(self.fetch(&mut state, now())));
            }
            waited = Some(state.number);
            let waker = context.waker();
            if !state.wakers.iter().any(|one| one.will_wake(waker)) {
                state.wakers.push(waker.clone());
            }
            Poll::Pending
        })
        .await
    }

    fn fetch(&self, state: &mut State, asked: Moment) -> Fetch<'_> {
        state.is_fetching = true;
        state.number = state.number.wrapping_add(1);
        Fetch {
            tokens: self,
            asked,
            number: state.number,
        }
    }

    /// Drops the token if the answer has the HTTP status 401, and returns whether it has.
    pub(super) fn refuses(&self, token: &Token, response: &Response<Vec<u8>>) -> bool {
        let is_refused = response.status() == StatusCode::UNAUTHORIZED;
        if is_refused {
            let mut state = self.state();
            let is_same = |kept: &Token| kept.number == token.number;
            if state.kept.as_ref().is_some_and(is_same) {
                state.kept = None;
            }
            // Who waited for this token must not get it any more.
            let is_last = |(number, _): &(u64, _)| *number == token.number;
            if state.last.as_ref().is_some_and(is_last) {
                state.last = None;
            }
        }
        is_refused
    }
}

/// A token, or the right to fetch one.
pub(super) enum Turn<'t> {
    Have(Result<Token, TokenError>),
    Fetch(Fetch<'t>),
}

/// The right to fetch a token, which nobody else has. If it is dropped, another one gets it.
pub(super) struct Fetch<'t> {
    tokens: &'t Tokens,
    asked: Moment,
    number: u64,
}

impl Fetch<'_> {
    /// Returns the moment from which the lifetime of the token counts.
    pub(super) fn asked(&self) -> Moment {
        self.asked
    }

    /// Reports the answer, for everyone who waits for it.
    pub(super) fn answered(
        self,
        answer: Result<Response<Vec<u8>>, TransportError>,
    ) -> Result<Token, TokenError> {
        let result = match answer {
            Ok(response) => self.read(response),
            Err(error) => Err(TokenProblem::Transport(error.to_string())),
        };
        self.done(result)
    }

    /// Reports the result, for everyone who waits for it.
    pub(super) fn done(self, result: Result<Token, TokenProblem>) -> Result<Token, TokenError> {
        let operation = self.tokens.source.operation;
        let result = result.map_err(|problem| TokenError::new(operation, problem));
        let mut state = self.tokens.state();
        state.kept = result.as_ref().ok().cloned();
        state.last = Some((self.number, result.clone()));
        result
    }

    fn read(&self, response: Response<Vec<u8>>) -> Result<Token, TokenProblem> {
        let status = response.status();
        let mut body = response.into_body();
        let token = match status.is_success() {
            true => self.token(&body).ok_or(TokenProblem::Unreadable),
            false => Err(TokenProblem::HttpStatus(status.as_u16())),
        };
        body.zeroize();
        token
    }

    fn token(&self, body: &[u8]) -> Option<Token> {
        let text = lenient_text(body).ok()?;
        let json = Node::parse_lenient(&text).ok()?;
        let at = |path: &[&str]| path.iter().try_fold(&json, |json, name| json.get(name));
        let Node::String(token) = at(self.tokens.source.token)? else {
            return None;
        };
        if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return None;
        }
        // A token without a lifetime is used once.
        let seconds = at(self.tokens.source.expires_in).and_then(seconds);
        Some(Token {
            value: Arc::new(Secret::new(["Bearer ", token].concat())),
            number: self.number,
            asked: self.asked,
            lifetime: Duration::from_secs(seconds.unwrap_or(0)),
        })
    }
}

/// Returns a number of seconds, which may be written as a text.
fn seconds(json: &Node<'_>) -> Option<u64> {
    match json {
        Node::Number(number) => number.parse().ok(),
        Node::String(text) => text.parse().ok(),
        Node::Null | Node::Boolean(_) | Node::Array(_) | Node::Object(_) | Node::Damaged(_) => None,
    }
}

impl Drop for Fetch<'_> {
    fn drop(&mut self) {
        let wakers = {
            let mut state = self.tokens.state();
            state.is_fetching = false;
            core::mem::take(&mut state.wakers)
        };
        self.tokens.done.notify_all();
        wakers.into_iter().for_each(Waker::wake);
    }
}

impl fmt::Debug for Tokens {
    /// Shows the name of the operation.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Tokens")
            .field(&self.source.operation)
            .finish()
    }
}
