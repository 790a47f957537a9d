//! The core of the gateway.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use http::{Request, StatusCode};
use payspec_runtime::client::{PrivateKey, SigningKey, VerifyingKeys};
use payspec_runtime::{StatusClass, rules};
use serde_json::Value;

use super::authenticate;
use super::clients::{Clients, ProofKeys};
use super::clock::within_range;
use super::credentials::TestCredentials;
use super::exchange::{Exchange, ExchangeBuilder};
use super::fault::Fault;
use super::handler::{self, Defaults, HandleError, Handler, Reply};
use super::ledger::{Ledger, Memory};
use super::log_entry::Verdict;
use super::overrides::Overrides;
use super::received::{self, Received};
use super::refusal;
use super::refused::{self, Refused};
use super::retention::Retention;
use super::route::{self, Route};
use super::schedule::Schedule;
use super::script::Script;
use super::settlement::Settlement;
use super::sign::{self, Asked, ResponseSigner};
use super::{KeyPair, Keys, MockError, keys, stored_reply};
use payspec_model::model::{Api, Model, Operation, Refusal, Server};
use payspec_model::signing::Signing;

/// The configuration of a [`Gateway`].
pub struct Setup {
    /// The gateway's private key, as a text.
    pub private: String,
    /// The clients' public key, as a text.
    pub clients: String,
    /// The version of the clients' key, and of the gateway's.
    pub key_version: String,
    /// The accepted client ids; an empty list accepts any.
    pub client_ids: Vec<String>,
    /// The credentials that are demanded where nothing is signed; those that are missing have test values.
    pub credentials: TestCredentials,
    /// The store for the state of the gateway.
    pub ledger: Box<dyn Ledger>,
    /// The results and faults of the next requests.
    pub script: Script,
    /// The seed of generated ids.
    pub seed: u64,
    /// The settlement of open payments, unless the request or the script chooses one.
    pub settlement: Settlement,
    /// True if notifications may go to other machines.
    pub remote_notifications: bool,
    /// The rule for forgetting old resources.
    pub retention: Retention,
}

impl Setup {
    /// Creates a setup with new keys, and with its state in memory.
    ///
    /// # Errors
    ///
    /// When no keys can be made.
    pub fn new() -> Result<Self, MockError> {
        Ok(Setup::with(&Keys::make()?))
    }

    /// Creates a setup with these keys, and with its state in memory.
    pub fn with(keys: &Keys) -> Self {
        Setup {
            private: keys.gateway.private.clone(),
            clients: keys.client.public.clone(),
            key_version: "1".to_owned(),
            client_ids: Vec::new(),
            credentials: TestCredentials::default(),
            ledger: Box::new(Memory::default()),
            script: Script::default(),
            seed: 0,
            settlement: Settlement::default(),
            remote_notifications: true,
            retention: Retention::default(),
        }
    }

    /// Creates a setup without keys, for a spec that describes no signature.
    pub fn unsigned() -> Self {
        let none = || KeyPair {
            private: String::new(),
            public: String::new(),
        };
        Setup::with(&Keys {
            client: none(),
            gateway: none(),
        })
    }
}

/// Plays the provider. Any number of threads can share it.
pub struct Gateway {
    pub(super) model: Arc<Model>,
    /// [`None`] where nothing is signed.
    key: Option<SigningKey>,
    pub(super) clients: Clients,
    pub(super) defaults: Defaults,
    state: Mutex<State>,
}

impl std::fmt::Debug for Gateway {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let apis = self.model.apis.iter().map(|api| api.id.as_str());
        f.debug_list().entries(apis).finish()
    }
}

/// The part of a gateway that exchanges change.
pub(super) struct State {
    pub(super) ledger: Box<dyn Ledger>,
    pub(super) schedule: Schedule,
    script: Script,
}

impl Gateway {
    /// Creates a gateway for all APIs of a spec. Several gateways can share one model.
    ///
    /// # Errors
    ///
    /// When the spec describes no operation that a merchant calls or does not say how to sign, a key or a credential
    /// cannot be used, the state cannot be read, or the script does not fit the spec.
    pub fn new(model: impl Into<Arc<Model>>, setup: Setup) -> Result<Self, MockError> {
        let model = model.into();
        let mut apis = route::called(&model).peekable();
        if apis.peek().is_none() {
            return Err(MockError::Nothing);
        }
        let has_pairs = model.apis.iter().any(|api| api.has_key_pairs());
        let mut signs = false;
        for api in apis.filter(|api| api.signature.is_some()) {
            Signing::of(api)?;
            signs = true;
        }
        let own = || keys::signing(&setup.private, "the gateway's private key");
        let theirs = || keys::verifying(&setup.clients, "the clients' public key");
        let proof_keys = match has_pairs {
            true => Some(ProofKeys {
                own: PrivateKey::new(&setup.key_version, own()?),
                clients: VerifyingKeys::new(&setup.key_version, theirs()?),
            }),
            false => None,
        };
        setup.script.check(&model)?;
        Ok(Gateway {
            key: signs.then(own).transpose()?,
            clients: Clients {
                key: signs.then(theirs).transpose()?,
                key_version: setup.key_version,
                ids: setup.client_ids,
                credentials: setup.credentials.complete(&model)?,
                proof_keys,
            },
            defaults: Defaults {
                seed: setup.seed,
                settlement: setup.settlement,
                remote_notifications: setup.remote_notifications,
                retention: setup.retention,
            },
            state: Mutex::new(State {
                schedule: Schedule::of(setup.ledger.as_ref(), stored_reply::answered_alone)?,
                ledger: setup.ledger,
                script: setup.script,
            }),
            model,
        })
    }

    /// Returns the model of the spec that it plays.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Returns the credentials that the gateway demands.
    pub fn credentials(&self) -> &TestCredentials {
        &self.clients.credentials
    }

    /// Replaces the script.
    ///
    /// # Errors
    ///
    /// When a step or an amount of the script does not fit the spec.
    pub fn script(&self, script: Script) -> Result<(), MockError> {
        script.check(&self.model)?;
        self.state().script = script;
        Ok(())
    }

    pub(super) fn state(&self) -> std::sync::MutexGuard<'_, State> {
        // The state is consistent even after a panic: the ledger takes all entries of an answer, or none.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

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
            api,
            signing.as_ref(),
            environment,
            (request, &*shown, media_type),
        );
        let admitted = admitted.and_then(|()| {
            let proved = (request, &*shown);
            self.clients.proves(api, proved, exchange.now)
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
            defaults: self.defaults,
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
        let reply = self
            .settle(&mut state, exchange.now)
            .map_err(HandleError::from)
            .and_then(|()| {
                let State {
                    ledger, schedule, ..
                } = &mut *state;
                handler.answer(ledger.as_mut(), schedule, &overrides, exchange.now)
            });
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

    /// Answers with the code of a refusal, or with an HTTP status where the spec has no such code.
    fn refuse(
        &self,
        mut exchange: ExchangeBuilder<'_>,
        api: Option<&Api>,
        operation: Option<&Operation>,
        refused: Refused,
        overrides: Option<Overrides>,
    ) -> Exchange {
        let faults = overrides
            .map(|overrides| overrides.faults)
            .unwrap_or_default();
        exchange.record.note = match exchange.record.note.take() {
            Some(odd) => Some(format!("{}; {odd}", refused.why)),
            None => Some(refused.why),
        };
        exchange.record.violations = refused.violations;
        if faults.contains(&Fault::Drop) {
            return exchange.lost(&faults);
        }
        let reply = api.and_then(|api| {
            let reply = refusal::documented(api, operation, refused.refusal)?;
            Some((api, reply))
        });
        let Some((api, reply)) = reply else {
            let why = exchange.record.note.take().unwrap_or_default();
            return exchange.broken(refusal::http_status(refused.refusal), why);
        };
        let mut faults = faults;
        // A client that could not be authenticated gets an unsigned answer.
        if matches!(refused.refusal, Refusal::Signature | Refusal::Key) {
            faults.push(Fault::Unsigned);
        }
        self.send(exchange, api, reply, &faults)
    }

    /// Signs an answer and injects its faults.
    fn send(
        &self,
        mut exchange: ExchangeBuilder<'_>,
        api: &Api,
        reply: Reply,
        faults: &[Fault],
    ) -> Exchange {
        let operation = exchange.record.operation.as_deref();
        let result = operation.and_then(|id| api.operation(id)?.result.as_ref());
        let class = result.zip(reply.status.as_deref());
        if let Some(class) = class.and_then(|(result, status)| api.class(result, status)) {
            exchange.record.verdict = match class {
                StatusClass::Succeeded => Verdict::Succeeded,
                StatusClass::Pending => Verdict::Pending,
                StatusClass::Failed => Verdict::Failed,
            };
        }
        exchange.record.status = reply.status;
        exchange.record.code = reply.code;
        exchange.record.replayed = reply.replayed;
        let notes = [exchange.record.note.take(), reply.note]
            .into_iter()
            .flatten();
        let notes = notes.collect::<Vec<_>>().join("; ");
        exchange.record.note = (!notes.is_empty()).then_some(notes);
        let body = match reply.http_status.is_some_and(rules::has_no_body) {
            true => Vec::new(),
            false => sign::corrupt(api, reply.body, faults),
        };
        let signing = Signing::of(api).ok();
        let client_id = exchange.request.headers();
        let client_id = signing
            .as_ref()
            .and_then(|signing| authenticate::client_id(client_id, signing).ok());
        let mut response = match (&signing, client_id) {
            (Some(signing), Some(client_id)) => {
                let asked = Asked {
                    method: exchange.request.method().as_str(),
                    uri: refused::target(exchange.request),
                    client_id,
                };
                let signer = self.signer(signing);
                signer.answer(&asked, body, exchange.now, faults)
            }
            (_, _) => {
                let mut response = sign::bare(body, sign::JSON);
                let (request, now) = (exchange.request, exchange.now);
                self.clients.prove(api, request, &mut response, now, faults);
                response
            }
        };
        exchange.by_http_status = reply.http_status.is_some();
        if let Some(mut status) = reply.http_status {
            if let (Some(result), true) = (result, faults.contains(&Fault::UnknownStatus)) {
                let mut all = 200..600;
                let is_open = |status: &u16| result.case_of(&status.to_string()).is_none();
                status = all.find(is_open).unwrap_or(status);
                exchange.record.verdict = Verdict::Pending;
            }
            *response.status_mut() = StatusCode::from_u16(status).unwrap_or_default();
        }
        for fault in faults {
            if let Fault::HttpStatus(status) = fault {
                exchange.by_http_status = false;
                *response.status_mut() = StatusCode::from_u16(*status).unwrap_or_default();
            }
        }
        exchange.finish(response, faults)
    }

    /// Returns a signer with the gateway's key.
    pub(super) fn signer<'a>(&'a self, signing: &'a Signing<'a>) -> ResponseSigner<'a> {
        ResponseSigner {
            signing,
            key: self.key.as_ref(),
            key_version: &self.clients.key_version,
        }
    }
}
