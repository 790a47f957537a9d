//! The way to the gateway, on which things go wrong.

use super::fate::{Dice, Payer};
use super::gateway::Gateway;
use super::watch::{Watch, count};
use http::{HeaderValue, Request, Response, Uri};
use payspec_codegen::mock::{FAULT, LATER, RESULT};
use payspec_runtime::client::{Transport, TransportError, Ureq};
use serde_json::Value as Json;
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

/// How long an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(3);

/// A transport of one thread.
pub(super) struct Network {
    gateway: Arc<Gateway>,
    watch: Arc<Watch>,
    dice: Dice,
    calm: bool,
    ureq: Ureq,
    sendings: RefCell<HashMap<(String, String), u32>>,
}

impl Network {
    pub(super) fn new(gateway: &Arc<Gateway>, watch: &Arc<Watch>, dice: Dice) -> Self {
        let config = ureq::Agent::config_builder().timeout_global(Some(PATIENCE));
        Network {
            gateway: Arc::clone(gateway),
            watch: Arc::clone(watch),
            dice,
            calm: false,
            ureq: Ureq::from(config.proxy(None).build().new_agent()),
            sendings: RefCell::default(),
        }
    }

    /// A way on which nothing goes wrong, and nothing is asked of the gateway but what the requests ask.
    pub(super) fn calm(gateway: &Arc<Gateway>, watch: &Arc<Watch>, dice: Dice) -> Self {
        Network {
            calm: true,
            ..Network::new(gateway, watch, dice)
        }
    }

    /// What is asked of the gateway: a result, what the payer does, what goes wrong.
    fn wish(&self, operation: &str, id: &str, sending: u32) -> Wish {
        if self.calm {
            return Wish::default();
        }
        let pays = operation == "pay";
        let payer = self.dice.payer(id);
        let is_unknown = self.dice.is_unknown(operation, id, sending);
        if is_unknown {
            count(&self.watch.counts.unknown);
        }
        let is_refused = pays && payer == Payer::Refused;
        Wish {
            result: match is_unknown {
                true => Some("UNKNOWN_EXCEPTION"),
                false => is_refused.then_some("RISK_REJECT"),
            },
            later: payer.later().filter(|_| pays),
            fault: self.dice.fault(operation, id, sending),
        }
    }
}

/// What is asked of the gateway for one request.
#[derive(Default)]
struct Wish {
    result: Option<&'static str>,
    later: Option<&'static str>,
    fault: Option<&'static str>,
}

impl Transport for Network {
    fn send(&self, mut request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        let json: Json = serde_json::from_slice(request.body()).expect("JSON");
        let id = json["paymentRequestId"].as_str().expect("an id").to_owned();
        let path = request.uri().path().to_owned();
        let operation = path.rsplit('/').next().unwrap_or_default().to_owned();
        let sending = {
            let mut sendings = self.sendings.borrow_mut();
            let sendings = sendings.entry((operation.clone(), id.clone())).or_default();
            *sendings += 1;
            *sendings
        };
        let Wish {
            result,
            later,
            fault,
        } = self.wish(&operation, &id, sending);
        for (name, value) in [(RESULT, result), (LATER, later), (FAULT, fault)] {
            if let Some(value) = value {
                let value = HeaderValue::from_static(value);
                request.headers_mut().insert(name, value);
            }
        }
        let counts = &self.watch.counts;
        count(&counts.sendings);
        if fault.is_some() {
            count(&counts.injected);
        }
        let uri = format!("http://{}{path}", self.gateway.address());
        *request.uri_mut() = uri.parse::<Uri>().expect("an address");
        let answered = self.ureq.send(request);
        match &answered {
            Ok(response) => {
                let is_whole = fault.is_none_or(|fault| fault.starts_with("delay"));
                if operation == "pay" && is_whole {
                    self.watch.answered(&id, response.body());
                }
            }
            Err(TransportError::NotSent(_)) => count(&counts.unsent),
            Err(TransportError::NoAnswer(_)) => count(&counts.unanswered),
        }
        answered
    }
}
