//! The provider: the mock gateway's core, set up from what it kept before each step, as if it had
//! been started anew. What it did once to the same request in the same state is remembered.

use super::keys::{Signs, Verifies, envelope, keys};
use super::way::request;
use alipay_instore::ams_instore::pay_user_presented::PayUserPresentedRequest;
use alipay_instore::ams_instore::user_presented_payment;
use http::{HeaderValue, Request, Response};
use payspec_mock::{FAULT, Gateway, Ledger, LedgerError, RESULT, SETTLEMENT, Setup};
use payspec_model::model::Model;
use payspec_runtime::client::Call as _;
use payspec_runtime::encode;
use serde_json::Value as Json;
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

/// All that the provider keeps. Equal contents have equal numbers.
pub(super) struct Kept {
    pub(super) number: usize,
    all: BTreeMap<String, String>,
    /// How each payment stands: or refund: how it ended, by its id; nothing, while it is open.
    pub(super) payments: BTreeMap<String, Option<String>>,
}

/// A rule that a provider breaks, so that one sees it found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Breach {
    /// It takes a repetition for a new payment.
    ForgetsRequests,
    /// It forgets that it cancelled what had not come yet.
    ForgetsCancellations,
}

/// The result of a step.
#[derive(Clone)]
pub(super) struct Done {
    pub(super) kept: Rc<Kept>,
    /// The answer; nothing, where nobody asked.
    pub(super) answer: Option<Response<Vec<u8>>>,
    /// The notifications that it sends.
    pub(super) notifications: Vec<Request<Vec<u8>>>,
}

pub(super) struct Provider {
    model: Arc<Model>,
    breach: Option<Breach>,
    done: RefCell<HashMap<(usize, String), Done>>,
    known: RefCell<BTreeMap<BTreeMap<String, String>, Rc<Kept>>>,
}

impl Provider {
    pub(super) fn new(model: &Model, breach: Option<Breach>) -> Self {
        Provider {
            model: Arc::new(model.clone()),
            breach,
            done: RefCell::default(),
            known: RefCell::default(),
        }
    }

    /// Returns the state of a provider that nobody has asked yet.
    pub(super) fn nothing(&self) -> Rc<Kept> {
        self.keeps(BTreeMap::new())
    }

    /// Returns the state of a provider with one paid order, and the provider's id of the payment.
    pub(super) fn paid(&self, keys: &(Signs, Verifies), now: SystemTime) -> (Rc<Kept>, String) {
        let request = request::<user_presented_payment::Life>(0, None, None);
        let bytes = encode(&**request).expect("it can be written");
        let signed = envelope(keys).sign(&PayUserPresentedRequest::ENDPOINT, &bytes, now);
        let signed = signed.expect("it can be signed");
        let asked = self.asked(&self.nothing(), signed, None, None, now);
        let id = request.payment_request_id.clone();
        let done = self.decided(&asked.kept, &id, true, now);
        let answer: Json =
            serde_json::from_slice(asked.answer.expect("an answer").body()).expect("JSON");
        (
            done.kept,
            answer["paymentId"].as_str().expect("an id").to_owned(),
        )
    }

    fn keeps(&self, all: BTreeMap<String, String>) -> Rc<Kept> {
        let mut known = self.known.borrow_mut();
        let number = known.len();
        let kept = known.entry(all).or_insert_with_key(|all| {
            Rc::new(Kept {
                number,
                payments: payments(all),
                all: all.clone(),
            })
        });
        Rc::clone(kept)
    }

    /// A request arrives. `result` is what it is to be answered, where that is not left to the provider.
    pub(super) fn asked(
        &self,
        kept: &Rc<Kept>,
        mut request: Request<Vec<u8>>,
        result: Option<&'static str>,
        fault: Option<&'static str>,
        now: SystemTime,
    ) -> Done {
        let mut set = |name: &'static str, value: &'static str| {
            let value = HeaderValue::from_static(value);
            request.headers_mut().insert(name, value);
        };
        // The payer acts when it is said so, and not before.
        set(SETTLEMENT, "waits");
        if let Some(result) = result {
            set(RESULT, result);
        }
        if let Some(fault) = fault {
            set(FAULT, fault);
        }
        let what = format!(
            "{now:?} {} {:?} {fault:?} {}",
            request.uri(),
            result,
            String::from_utf8_lossy(request.body())
        );
        let path = request.uri().path().to_owned();
        let is_blind = self.breach == Some(Breach::ForgetsRequests) && path.ends_with("/pay");
        let mut done = self.step(kept, what, is_blind, now, |gateway| {
            Some(gateway.answer(&request, now).response)
        });
        let forgets = self.breach == Some(Breach::ForgetsCancellations);
        if forgets && path.ends_with("/cancel") && kept.payments.is_empty() {
            done.kept = Rc::clone(kept);
        }
        done
    }

    /// The payer pays, or declines.
    pub(super) fn decided(&self, kept: &Rc<Kept>, id: &str, well: bool, now: SystemTime) -> Done {
        let what = format!("{now:?} decide {id} {well}");
        self.step(kept, what, false, now, |gateway| {
            // It may have expired by now; then the payer hears that.
            drop(gateway.decide(id, well, now));
            None
        })
    }

    fn step(
        &self,
        kept: &Rc<Kept>,
        what: String,
        is_blind: bool,
        now: SystemTime,
        act: impl FnOnce(&Gateway) -> Option<Response<Vec<u8>>>,
    ) -> Done {
        let place = (kept.number, what);
        if let Some(done) = self.done.borrow().get(&place) {
            return done.clone();
        }
        let book = Book {
            kept: Arc::new(Mutex::new(kept.all.clone())),
            is_blind,
        };
        let after = Arc::clone(&book.kept);
        let mut setup = Setup::with(&keys());
        setup.ledger = Box::new(book);
        let gateway = Gateway::new(Arc::clone(&self.model), setup).expect("the spec can be played");
        let answer = act(&gateway);
        let notifications = gateway.notifications(now).expect("notifications");
        let notifications = notifications
            .into_iter()
            .filter(|notification| notification.number == 1);
        let notifications = notifications
            .map(|notification| notification.request)
            .collect();
        let done = Done {
            kept: self.keeps(after.lock().expect("a book").clone()),
            answer,
            notifications,
        };
        self.done.borrow_mut().insert(place, done.clone());
        done
    }
}

/// How each payment stands.
fn payments(all: &BTreeMap<String, String>) -> BTreeMap<String, Option<String>> {
    let resources = all
        .iter()
        .filter(|(key, _)| key.starts_with("resource "))
        .map(|(_, text)| serde_json::from_str::<Json>(text).expect("JSON"));
    let text = |json: &Json| json.as_str().map(str::to_owned);
    resources
        .filter_map(|one| Some((text(&one["key"])?, text(&one["end"]))))
        .collect()
}

/// The ledger of one step.
struct Book {
    kept: Arc<Mutex<BTreeMap<String, String>>>,
    /// True if it finds nothing of what it kept.
    is_blind: bool,
}

impl Ledger for Book {
    fn get(&self, key: &str) -> Result<Option<String>, LedgerError> {
        let kept = self.kept.lock().expect("a book");
        Ok(kept.get(key).filter(|_| !self.is_blind).cloned())
    }

    fn all(&self, beginning: &str) -> Result<Vec<(String, String)>, LedgerError> {
        let kept = self.kept.lock().expect("a book");
        let fitting = kept.iter().filter(|(key, _)| key.starts_with(beginning));
        Ok(fitting
            .map(|(key, text)| (key.clone(), text.clone()))
            .collect())
    }

    fn put(&mut self, entries: &[(String, String)]) -> Result<(), LedgerError> {
        let mut kept = self.kept.lock().expect("a book");
        kept.extend(entries.iter().cloned());
        Ok(())
    }
}
