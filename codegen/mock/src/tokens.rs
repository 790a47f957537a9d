//! The tokens that the gateway hands out and demands.

use std::collections::HashMap;
use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::AUTHORIZATION;
use serde_json::Value;

use super::draft::{at, set, text};
use super::handler::Reply;
use super::refused::{Refused, one};
use super::resource::millis;
use payspec_model::model::{Api, IssuedToken, Operation, Refusal};

/// The longest lifetime of a token.
const LONGEST: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// The number of tokens that a gateway remembers.
const MOST: usize = 10_000;

/// The tokens that were handed out. They are gone with the process, as after a change of keys at a provider.
#[derive(Debug)]
pub(super) struct Tokens {
    lifetime: Duration,
    /// The number of tokens so far.
    number: u64,
    /// The ends of the tokens, by the id of the API and the token.
    ends: HashMap<(String, String), SystemTime>,
}

impl Tokens {
    pub(super) fn new(lifetime: Duration) -> Self {
        Tokens {
            lifetime: lifetime.min(LONGEST),
            number: 0,
            ends: HashMap::new(),
        }
    }

    /// Checks the token of a request, if requests of its operation carry one.
    pub(super) fn admit(
        &self,
        api: &Api,
        operation: &Operation,
        headers: &HeaderMap,
        now: SystemTime,
    ) -> Result<(), Refused> {
        let auth = api.auth.as_ref();
        let Some(token) = auth.and_then(|auth| auth.token_of(operation)) else {
            return Ok(());
        };
        let sent = one(headers, AUTHORIZATION.as_str(), Refusal::Client)?;
        let known = sent.strip_prefix("Bearer ").and_then(|sent| {
            let key = (api.id.clone(), sent.to_owned());
            self.ends.get(&key)
        });
        let why = match known {
            Some(end) if now < *end => return Ok(()),
            Some(_) => "has expired",
            None => "is unknown",
        };
        let from = &token.operation;
        let why = format!("the token {why}: fetch a new one with `{from}`");
        Err(Refused::new(Refusal::Client, why))
    }

    /// Puts a new token into an answer that hands one out.
    pub(super) fn issue(
        &mut self,
        api: &Api,
        operation: &Operation,
        mut reply: Reply,
        now: SystemTime,
    ) -> Reply {
        let tokens = api.auth.iter().filter_map(|auth| auth.token.as_ref());
        let mut tokens = tokens.filter(|token| token.operation == operation.id);
        let body = serde_json::from_str::<Value>(&reply.body).ok();
        let (Some(token), Some(mut body)) = (tokens.next(), body) else {
            return reply;
        };
        let IssuedToken {
            operation: _,
            token: path,
            expires_in,
            origin: _,
        } = token;
        if text(&body, path).is_none() {
            // A refusal.
            return reply;
        }
        self.number += 1;
        let token = format!("test-token-{}-{}", millis(now), self.number);
        let seconds = self.lifetime.as_secs();
        let seconds = match at(&body, expires_in) {
            Some(Value::String(_)) => Value::String(seconds.to_string()),
            Some(_) | None => Value::from(seconds),
        };
        set(&mut body, path, Value::String(token.clone()));
        set(&mut body, expires_in, seconds);
        reply.body = body.to_string();
        self.remember((api.id.clone(), token), now + self.lifetime);
        reply
    }

    fn remember(&mut self, token: (String, String), end: SystemTime) {
        if self.ends.len() >= MOST {
            let first = self.ends.iter().min_by_key(|(_, end)| **end);
            if let Some(first) = first.map(|(token, _)| token.clone()) {
                self.ends.remove(&first);
            }
        }
        self.ends.insert(token, end);
    }
}
