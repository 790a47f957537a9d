//! The way to the gateway, on which things go wrong.

use super::fate::{Dice, Method, Payer};
use super::gateway::Gateway;
use super::watch::{Watch, count};
use http::{HeaderValue, Request, Response, Uri};
use payspec_mock::{FAULT, RESULT, SETTLEMENT};
use payspec_runtime::client::{AsyncTransport, Reqwest, Transport, TransportError, Ureq};
use serde_json::Value as Json;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// How long an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(3);

/// A transport of one shop.
pub(super) struct Network {
    way: Way,
    ureq: Ureq,
}

/// The same, for a client that does not block.
pub(super) struct AsyncNetwork {
    way: Way,
    reqwest: Reqwest,
}

/// The part that both have in common: edits of a request, and looks at its answer.
struct Way {
    gateway: Arc<Gateway>,
    watch: Arc<Watch>,
    dice: Dice,
    calm: bool,
    sendings: Mutex<HashMap<(String, String), u32>>,
}

impl Network {
    pub(super) fn new(gateway: &Arc<Gateway>, watch: &Arc<Watch>, dice: Dice) -> Self {
        let config = ureq::Agent::config_builder().timeout_global(Some(PATIENCE));
        Network {
            way: Way::new(gateway, watch, dice),
            ureq: Ureq::from(config.proxy(None).build().new_agent()),
        }
    }

    /// A way on which nothing goes wrong, and nothing is asked of the gateway but what the requests ask.
    pub(super) fn calm(gateway: &Arc<Gateway>, watch: &Arc<Watch>, dice: Dice) -> Self {
        let mut network = Network::new(gateway, watch, dice);
        network.way.calm = true;
        network
    }
}

impl AsyncNetwork {
    pub(super) fn new(gateway: &Arc<Gateway>, watch: &Arc<Watch>, dice: Dice) -> Self {
        let reqwest = Reqwest::with(|builder| builder.no_proxy().timeout(PATIENCE));
        AsyncNetwork {
            way: Way::new(gateway, watch, dice),
            reqwest: reqwest.expect("a client"),
        }
    }
}

impl Transport for Network {
    fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        let (request, sending) = self.way.goes(request);
        let answered = self.ureq.send(request);
        self.way.came(&sending, &answered);
        answered
    }
}

impl AsyncTransport for AsyncNetwork {
    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        let (request, sending) = self.way.goes(request);
        let answered = self.reqwest.send(request).await;
        self.way.came(&sending, &answered);
        answered
    }
}

/// A sending while it is under way.
struct Sending {
    id: String,
    moves_money: bool,
    fault: Option<&'static str>,
}

impl Way {
    fn new(gateway: &Arc<Gateway>, watch: &Arc<Watch>, dice: Dice) -> Self {
        Way {
            gateway: Arc::clone(gateway),
            watch: Arc::clone(watch),
            dice,
            calm: false,
            sendings: Mutex::default(),
        }
    }

    /// A request leaves, with what is asked of the gateway.
    fn goes(&self, mut request: Request<Vec<u8>>) -> (Request<Vec<u8>>, Sending) {
        let json: Json = serde_json::from_slice(request.body()).expect("JSON");
        let ids = ["paymentRequestId", "refundRequestId"].map(|id| json[id].as_str());
        let id = ids.into_iter().flatten().next().expect("an id").to_owned();
        let path = request.uri().path().to_owned();
        let operation = path.rsplit('/').next().unwrap_or_default().to_owned();
        let number = {
            let mut sendings = self.sendings.lock().expect("sendings");
            let number = sendings.entry((operation.clone(), id.clone())).or_default();
            *number += 1;
            *number
        };
        let Wish {
            result,
            later,
            fault,
        } = self.wish(&operation, &id, number);
        for (name, value) in [(RESULT, result), (SETTLEMENT, later), (FAULT, fault)] {
            if let Some(value) = value {
                let value = HeaderValue::from_static(value);
                request.headers_mut().insert(name, value);
            }
        }
        count(&self.watch.counts.sendings);
        if fault.is_some() {
            count(&self.watch.counts.injected);
        }
        let uri = format!("http://{}{path}", self.gateway.address());
        *request.uri_mut() = uri.parse::<Uri>().expect("an address");
        let moves_money = moves_money(&operation);
        (
            request,
            Sending {
                id,
                moves_money,
                fault,
            },
        )
    }

    /// Counts the result of a sending.
    fn came(&self, sending: &Sending, answered: &Result<Response<Vec<u8>>, TransportError>) {
        let counts = &self.watch.counts;
        match answered {
            Ok(response) => {
                let is_whole = sending.fault.is_none_or(|fault| fault.starts_with("delay"));
                if sending.moves_money && is_whole {
                    self.watch.answered(&sending.id, response.body());
                }
            }
            Err(TransportError::NotSent(_) | TransportError::NoToken(_)) => count(&counts.unsent),
            Err(TransportError::NoAnswer(_)) => count(&counts.unanswered),
        }
    }

    /// Chooses the result, the later end and the fault that the gateway plays for a sending.
    fn wish(&self, operation: &str, id: &str, sending: u32) -> Wish {
        if self.calm {
            return Wish::default();
        }
        let (pays, moves_money) = (operation == "pay", moves_money(operation));
        let payer = self.dice.payer(id);
        let is_unknown = self.dice.is_unknown(operation, id, sending);
        if is_unknown {
            count(&self.watch.counts.unknown);
        }
        let is_refused = moves_money && payer == Payer::Refused;
        let refusal = match pays {
            true => "RISK_REJECT",
            false => "MULTIPLE_REFUNDS_NOT_SUPPORTED",
        };
        // A code that the payer shows is paid with the first success.
        let is_open = pays && Method::of(id) == Method::UserPresented && payer.acts_later();
        Wish {
            result: match is_unknown {
                true => Some("UNKNOWN_EXCEPTION"),
                false if is_open => Some("PAYMENT_IN_PROCESS"),
                false => is_refused.then_some(refusal),
            },
            later: payer.later().filter(|_| moves_money),
            fault: self.dice.fault(operation, id, sending),
        }
    }
}

/// Returns whether an operation, by the last part of its path, takes money or gives it back.
fn moves_money(operation: &str) -> bool {
    matches!(operation, "pay" | "refund")
}

/// The overrides of the gateway for one request.
#[derive(Default)]
struct Wish {
    result: Option<&'static str>,
    later: Option<&'static str>,
    fault: Option<&'static str>,
}
