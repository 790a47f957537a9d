//! A life as a line of text, and back.

use super::driven::Driven;
use super::ending::Proved;
use super::error::NotResumed;
use super::payment::Payment;
use crate::client::attempt::asked;
use crate::client::call::{Call, journal_scope};
use crate::client::doubt::OtherEntry;
use crate::client::journal::{Entry, EntryKind};
use crate::flow::{Flow, Machine};
use crate::{Contradiction, PaymentReference, Sent, decode, encode};
use serde_json::Value as Json;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

impl<F: Driven> Payment<F> {
    /// Returns where the life stands, as one line for a journal: what the next run needs beside the id and the
    /// bytes. Of a payment that is over, it holds what its ending tells.
    pub fn save(&self) -> String {
        let since = self.started.duration_since(UNIX_EPOCH);
        let millis = since.unwrap_or_default().as_millis();
        let mut line = format!("{millis} {}", self.machine.save());
        let told = Told::of(self);
        if told != Told::default() {
            line.push_str(MORE);
            line.push_str(&told.to_json().to_string());
        }
        line
    }

    /// Returns what is written down of it as it begins.
    pub fn entry(&self) -> Entry<'_> {
        Entry {
            kind: EntryKind::Payment,
            operation: <F as Flow>::TABLE.id,
            scope: journal_scope::<F::Request>(),
            id: self.id(),
            bytes: self.sent().bytes(),
        }
    }

    /// A life that an earlier run of the program began: its entry in the journal, and the line that was
    /// [saved](Self::save) last. A request that moves the money and was under way counts as not answered; what was asked beside
    /// is asked again.
    ///
    /// # Errors
    ///
    /// When it is not a life of this flow.
    pub fn resume(entry: Entry<'_>, state: &str) -> Result<Self, NotResumed> {
        let name = <F as Flow>::TABLE.id;
        let other = || NotResumed::OtherEntry(OtherEntry::new(entry.operation, entry.id, name));
        let request = decode::<F::Request>(entry.bytes).map_err(|_| other())?;
        let is_same = entry.kind == EntryKind::Payment
            && entry.operation == name
            && request.id().unwrap_or_default() == entry.id;
        if !is_same {
            return Err(other());
        }
        let (state, told) = match state.split_once(MORE) {
            Some((state, told)) => (state, Told::parse(told).ok_or_else(other)?),
            None => (state, Told::default()),
        };
        let (started, line) = state.split_once(' ').unwrap_or_default();
        let machine = Machine::restore(line).map_err(NotResumed::State)?;
        let started = instant(started).ok_or_else(other)?;
        let sent = Sent::of(entry.bytes.to_vec(), entry.id.to_owned());
        let follow_ups = F::follow_ups(entry.id).map_err(NotResumed::FollowUp)?;
        let mut payment = Self::at(machine, started, (sent, asked(&request)), follow_ups);
        payment.resumed = true;
        told.restore(&mut payment);
        Ok(payment)
    }
}

/// Who gave the id of a reference.
const MERCHANT: &str = "merchant";
const PROVIDER: &str = "provider";

/// Stands before what was told, in one line with where the machine stands.
const MORE: &str = " | ";

/// What the provider said, as far as an ending tells it: a life that is over says the same in the
/// next run.
#[derive(Debug, Default, PartialEq)]
struct Told {
    unsent: bool,
    last: Option<String>,
    /// Of one that is in doubt: what people ask the provider by.
    reference: Option<PaymentReference>,
    contradiction: Option<Contradiction>,
    /// Of one whose money moved: the message that said so, and what it said beside, as JSON.
    proved: Option<(String, Json)>,
}

impl Told {
    fn of<F: Driven>(payment: &Payment<F>) -> Self {
        let proved = payment.proved.as_ref().map(|proved| {
            // A proof is made of what was read, so it can be written.
            let proof = encode(&proved.proof).unwrap_or_default();
            let proof = serde_json::from_slice(&proof).unwrap_or_default();
            (proved.said.to_owned(), proof)
        });
        let is_over = payment.machine.is_over();
        Self {
            unsent: payment.unsent,
            last: payment.last.filter(|_| is_over).map(str::to_owned),
            reference: payment.reference().filter(|_| is_over).cloned(),
            contradiction: payment.contradiction.clone(),
            proved,
        }
    }

    fn to_json(&self) -> Json {
        let Self {
            unsent,
            last,
            reference,
            contradiction,
            proved,
        } = self;
        let mut json = serde_json::Map::new();
        if *unsent {
            json.insert("unsent".to_owned(), true.into());
        }
        if let Some(last) = last {
            json.insert("last".to_owned(), last.as_str().into());
        }
        if let Some(reference) = reference {
            let issuer = match reference {
                PaymentReference::Merchant { .. } => MERCHANT,
                PaymentReference::Provider { .. } => PROVIDER,
            };
            let values = [issuer, reference.name(), reference.value()];
            json.insert("reference".to_owned(), Json::from(values.as_slice()));
        }
        if let Some(contradiction) = contradiction {
            let values = [
                contradiction.field(),
                contradiction.expected(),
                contradiction.found(),
            ];
            json.insert("contradiction".to_owned(), Json::from(values.as_slice()));
        }
        if let Some((said, proof)) = proved {
            json.insert("said".to_owned(), said.as_str().into());
            json.insert("proof".to_owned(), proof.clone());
        }
        Json::Object(json)
    }

    fn parse(text: &str) -> Option<Self> {
        let json: Json = serde_json::from_str(text).ok()?;
        let json = json.as_object()?;
        let text = |name: &str| Some(json.get(name)?.as_str()?.to_owned());
        let three = |values: &Json| {
            let text = |index: usize| Some(values.get(index)?.as_str()?.to_owned());
            Some((text(0)?, text(1)?, text(2)?))
        };
        let contradiction = match json.get("contradiction") {
            Some(values) => {
                let (field, expected, found) = three(values)?;
                Some(Contradiction::restored(field, expected, found))
            }
            None => None,
        };
        let reference = match json.get("reference") {
            Some(values) => {
                let (issuer, name, value) = three(values)?;
                let name = name.into();
                match issuer.as_str() {
                    MERCHANT => Some(PaymentReference::Merchant { name, value }),
                    PROVIDER => Some(PaymentReference::Provider { name, value }),
                    _ => return None,
                }
            }
            None => None,
        };
        Some(Self {
            unsent: json.get("unsent").is_some_and(|unsent| *unsent == true),
            last: text("last"),
            reference,
            contradiction,
            proved: text("said").zip(json.get("proof").cloned()),
        })
    }

    fn restore<F: Driven>(self, payment: &mut Payment<F>) {
        // A signal that the flow no longer has is not told.
        let signal = |name: &str| {
            let mut signals = <F as Flow>::TABLE.signals.iter();
            let signal = signals.find(|signal| signal.name == name);
            signal.map(|signal| signal.name)
        };
        payment.unsent = self.unsent;
        payment.last = self.last.as_deref().and_then(signal);
        payment.reference = self.reference.or(payment.reference.take());
        payment.contradiction = self.contradiction;
        payment.proved = self.proved.and_then(|(said, proof)| {
            Some(Proved {
                said: signal(&said)?,
                proof: decode(proof.to_string().as_bytes()).ok()?,
            })
        });
    }
}

/// A time as digits: milliseconds since 1970.
fn instant(text: &str) -> Option<SystemTime> {
    // A sign is none of the digits.
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    let millis = text.parse().ok().filter(|_| is_number)?;
    UNIX_EPOCH.checked_add(Duration::from_millis(millis))
}
