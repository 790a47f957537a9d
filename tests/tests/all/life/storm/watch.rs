//! The view of all payments from outside: on the wire, and in the gateway's log.

use serde_json::Value as Json;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// Sees everything, and fails when it sees what must not be.
#[derive(Default)]
pub(super) struct Watch {
    /// The settled answer of each request id, byte for byte.
    answers: Mutex<HashMap<String, Vec<u8>>>,
    /// How often the gateway said that it settled a request now, and not before.
    settled: Mutex<HashMap<String, u32>>,
    /// The request ids that were refused as cancelled.
    refused: Mutex<HashSet<String>>,
    /// The faults that were seen.
    faults: Mutex<Vec<String>>,
    pub(super) counts: Counts,
}

/// How much there was.
#[derive(Default)]
pub(super) struct Counts {
    pub(super) sendings: AtomicU64,
    pub(super) injected: AtomicU64,
    pub(super) unknown: AtomicU64,
    pub(super) unsent: AtomicU64,
    pub(super) unanswered: AtomicU64,
    pub(super) stopped: AtomicU64,
    pub(super) dropped: AtomicU64,
    pub(super) logged: AtomicU64,
    pub(super) replayed: AtomicU64,
}

pub(super) fn count(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}

impl Watch {
    /// An answer to a request that moves money came over the wire, as the gateway signed it.
    pub(super) fn answered(&self, id: &str, body: &[u8]) {
        if is_refusal(body) {
            let mut refused = self.refused.lock().expect("refused");
            refused.insert(id.to_owned());
            return;
        }
        if !is_settled(body) {
            return;
        }
        let mut answers = self.answers.lock().expect("answers");
        match answers.get(id) {
            Some(before) if before != body => {
                drop(answers);
                self.wrong(format!("{id} has two settled answers"));
            }
            Some(_) => {}
            None => drop(answers.insert(id.to_owned(), body.to_vec())),
        }
    }

    /// The settled answer that came over the wire.
    pub(super) fn answer(&self, id: &str) -> Option<Vec<u8>> {
        self.answers.lock().expect("answers").get(id).cloned()
    }

    /// Returns whether it was refused over the wire, as it is cancelled.
    pub(super) fn is_refused(&self, id: &str) -> bool {
        self.refused.lock().expect("refused").contains(id)
    }

    /// The gateway told of an exchange.
    pub(super) fn logged(&self, record: &Json) {
        count(&self.counts.logged);
        if record["violations"]
            .as_array()
            .is_none_or(|all| !all.is_empty())
        {
            self.wrong(format!("a request broke rules: {record}"));
        }
        if record["replayed"] == true {
            count(&self.counts.replayed);
            return;
        }
        let settles = record["status"] == "S" || record["status"] == "F";
        let operation = record["operation"].as_str().unwrap_or_default();
        let is_refused = record["code"] == CANCELLED;
        let moves_money = operation.starts_with("pay_") || operation == "refund";
        if !moves_money || !settles || is_refused {
            return;
        }
        let id = record["key"].as_str().unwrap_or_default();
        let mut settled = self.settled.lock().expect("settled");
        let times = settled.entry(id.to_owned()).or_default();
        *times += 1;
        if *times > 1 {
            drop(settled);
            self.wrong(format!("{id} was processed twice"));
        }
    }

    pub(super) fn wrong(&self, what: String) {
        self.faults.lock().expect("faults").push(what);
    }

    /// The ids of the requests that the gateway settled.
    pub(super) fn settled(&self) -> BTreeSet<String> {
        let settled = self.settled.lock().expect("settled");
        settled.keys().cloned().collect()
    }

    /// Returns the faults that were seen.
    pub(super) fn faults(&self) -> Vec<String> {
        self.faults.lock().expect("faults").clone()
    }
}

/// The answer to a repetition once its payment is cancelled: it begins nothing, and settles nothing anew.
const CANCELLED: &str = "ORDER_IS_CANCELED";

fn is_refusal(body: &[u8]) -> bool {
    let json: Json = serde_json::from_slice(body).unwrap_or_default();
    json["result"]["resultCode"] == CANCELLED
}

/// Returns whether an answer stays what it is: only the status U may still change.
fn is_settled(body: &[u8]) -> bool {
    let json: Json = serde_json::from_slice(body).unwrap_or_default();
    json["result"]["resultStatus"] == "S" || json["result"]["resultStatus"] == "F"
}
