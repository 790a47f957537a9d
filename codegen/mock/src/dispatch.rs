//! Answers requests: finds the operation, authenticates the client, and hands a valid request to the handler.

use std::time::SystemTime;

use http::{Request, StatusCode};
use serde_json::Value;

use super::authenticate;
use super::clock::within_range;
use super::exchange::{Exchange, ExchangeBuilder};
use super::fault::Fault;
use super::gateway::Gateway;
use super::handler::{self, HandleError, Handler};
use super::overrides::Overrides;
use super::received::{self, Received};
use super::refused::{self, Refused};
use super::route::{self, Route};
use super::state::State;
use payspec_model::model::{Api, Operation, Refusal, Server};
use payspec_model::signing::Signing;

impl Gateway {
    /// Answers a request that arrived at this time.
    pub fn answer(&self, request: &Request<Vec<u8>>, now: SystemTime) -> Exchange {
        let now = within_range(now);
        let exchange = ExchangeBuilder::new(request, now);
        let overrides = match Overrides::of_headers(request.headers()) {
            Ok(overrides) => overrides,
            Err(why) => return exchange.broken(StatusCode::BAD_REQUEST, why),
        };
        let path = request.uri().path();
        match route::find(&self.model, request.method().as_str(), path) {
            Route::Found {
                api,
                environment,
                operations,
            } => self.routed(exchange, (api, environment), &operations, overrides),
            Route::OtherMethod { api, allowed } => {
                let why = format!("wrong HTTP method: expected {}", allowed.as_str());
                let refused = Refused::new(Refusal::Method, why);
                self.refuse(exchange, Some(api), None, refused, overrides)
            }
            Route::Invalid { api } => {
                let refused = Refused::new(Refusal::Address, "unknown path: no operation has it");
                self.refuse(exchange, api, None, refused, overrides)
            }
        }
    }

    /// Answers a request at the address of these operations.
    fn routed(
        &self,
        mut exchange: ExchangeBuilder<'_>,
        (api, environment): (&Api, Option<&Server>),
        operations: &[&Operation],
        overrides: Option<Overrides>,
    ) -> Exchange {
        let request = exchange.request;
        let signing = Signing::of(api).ok();
        if let Some(signing) = &signing {
            let client_id = authenticate::client_id(request.headers(), signing);
            exchange.record.client_id = client_id.ok().map(str::to_owned);
        }
        let first = operations.first().copied();
        let prefix = environment.map_or("", |environment| environment.prefix.as_str());
        let target = refused::target(request);
        let shown = received::shown_target(operations, prefix, target);
        exchange.record.path = received::path_of(&shown).to_owned();
        let media_type = first.and_then(Operation::body_type).unwrap_or_default();
        let admitted = self.clients.admit(
            (api, first),
            signing.as_ref(),
            environment,
            (request, &*shown, media_type),
        );
        let admitted = admitted.and_then(|()| {
            let proved = (request, &*shown);
            self.clients.proves(api, proved, exchange.now)
        });
        let admitted = admitted.and_then(|()| match first {
            Some(first) => {
                let state = self.state();
                state
                    .tokens
                    .admit(api, first, request.headers(), exchange.now)
            }
            None => Ok(()),
        });
        let odd_time = signing.as_ref().and_then(|signing| {
            let time = request.headers().get(&signing.request_time.name)?;
            authenticate::odd_time(signing.request_time, time.to_str().ok()?, exchange.now)
        });
        if let Err(mut refused) = admitted {
            if let Some(apart) = odd_time {
                refused.why += &format!("; {apart}");
            }
            return self.refuse(exchange, Some(api), first, refused, overrides);
        }
        exchange.record.note = odd_time;
        let received = received::meant(api, operations, request, prefix);
        let operation = received.as_ref().ok().map(|one| one.operation).or(first);
        exchange.record.operation = operation.map(|operation| operation.id.clone());
        let Received {
            operation,
            json,
            findings,
        } = match received {
            Ok(received) => received,
            Err(refused) => return self.refuse(exchange, Some(api), first, refused, overrides),
        };
        if findings.is_valid() {
            return self.handle(exchange, api, operation, &json, overrides);
        }
        // A reader looks for a refused request by its key, too.
        exchange.record.key = handler::shown_key(operation, &json);
        exchange.record.group = exchange.record.key.clone();
        let mut refused = Refused::new(Refusal::Parameters, "the request violates the spec");
        refused.violations = findings.into_iter().map(|one| one.violation).collect();
        self.refuse(exchange, Some(api), Some(operation), refused, overrides)
    }

    /// Answers an authenticated request with a valid body.
    fn handle(
        &self,
        mut exchange: ExchangeBuilder<'_>,
        api: &Api,
        operation: &Operation,
        json: &Value,
        overrides: Option<Overrides>,
    ) -> Exchange {
        let client_id = exchange.record.client_id.clone().unwrap_or_default();
        let handler = Handler {
            api,
            operation,
            request: json,
            client_id: &client_id,
            defaults: &self.defaults,
        };
        let mut state = self.state();
        let overrides = overrides.unwrap_or_else(|| {
            let key = handler::key(operation, json);
            Overrides::of_script(&mut state.script, api, operation, key, json)
        });
        if overrides.faults.contains(&Fault::Drop) {
            exchange
                .record
                .belongs_to(handler.shown_keys(state.ledger.as_ref()));
            return exchange.lost(&overrides.faults);
        }
        let reply = state
            .settle(&self.model, &self.defaults.retention, exchange.now)
            .map_err(HandleError::from)
            .and_then(|()| {
                let State {
                    ledger, schedule, ..
                } = &mut *state;
                handler.answer(ledger.as_mut(), schedule, &overrides, exchange.now)
            });
        let tokens = &mut state.tokens;
        let reply = reply.map(|reply| tokens.issue(api, operation, reply, exchange.now));
        // By now the payment that a request begins is known.
        exchange
            .record
            .belongs_to(handler.shown_keys(state.ledger.as_ref()));
        drop(state);
        match reply {
            Ok(reply) => self.send(exchange, api, reply, &overrides.faults),
            Err(HandleError::Unknown) => {
                let why = "unknown id: no earlier request to this gateway used it";
                let refused = Refused::new(Refusal::Subject, why);
                self.refuse(
                    exchange,
                    Some(api),
                    Some(operation),
                    refused,
                    Some(overrides),
                )
            }
            Err(HandleError::Conflict) => {
                let why = "an earlier request with the same key had other values, and the spec has no \
                           `conflict_code` for that";
                exchange.broken(StatusCode::CONFLICT, why.to_owned())
            }
            Err(HandleError::Overrides(why)) => exchange.broken(StatusCode::BAD_REQUEST, why),
            Err(HandleError::Broken(why)) => {
                exchange.broken(StatusCode::INTERNAL_SERVER_ERROR, why)
            }
        }
    }
}
