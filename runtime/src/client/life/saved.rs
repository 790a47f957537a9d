//! Saves a payment as a line of text, and restores it.

use super::carried::Carried;
use super::driven::Driven;
use super::ending::Proved;
use super::error::NotResumed;
use super::payment::Payment;
use crate::client::call::{Call, journal_scope};
use crate::client::fixed::asked;
use crate::client::journal::{Entry, EntryKind};
use crate::client::millis;
use crate::client::other_entry::OtherEntry;
use crate::flow::{Flow, Machine};
use crate::{Contradiction, PaymentReference, Sent, decode, encode};
use serde_json::Value as Json;

impl<F: Driven> Payment<F> {
    /// Returns the state of the payment as one line for a journal: what the next run needs in addition
    /// to the id and the bytes. For a payment that is over, it includes the content of the ending.
    pub fn save(&self) -> String {
        let started = millis::write(self.started.wall());
        let mut line = format!("{started} {}", self.machine.save());
        let told = Told::of(self);
        if told != Told::default() {
            line.push_str(MORE);
            line.push_str(&told.to_json().to_string());
        }
        line
    }

    /// Returns the journal entry of the payment.
    pub fn entry(&self) -> Entry<'_> {
        Entry {
            kind: EntryKind::Payment,
            operation: <F as Flow>::TABLE.id,
            scope: journal_scope::<F::Request>(),
            id: self.id(),
            bytes: self.sent().bytes(),
            begun: None,
        }
    }

    /// Restores a payment that an earlier run of the program began, from its journal entry and the line
    /// that was [saved](Self::save) last. If the request that moves the money was under way, it counts
    /// as unanswered; an inquiry that was under way is sent again.
    ///
    /// # Errors
    ///
    /// When it is not a payment of this flow.
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
        let (state, mut told) = match state.split_once(MORE) {
            Some((state, told)) => (state, Told::parse(told).ok_or_else(other)?),
            None => (state, Told::default()),
        };
        let (started, line) = state.split_once(' ').unwrap_or_default();
        let machine = Machine::restore(line).map_err(NotResumed::State)?;
        let started = millis::read(started).ok_or_else(other)?.into();
        let sent = Sent::of(entry.bytes.to_vec(), entry.id.to_owned());
        let follow_ups = F::follow_ups(entry.id).map_err(NotResumed::FollowUp)?;
        let mut payment = Self::at(machine, started, (sent, asked(&request)), follow_ups);
        payment.resumed = true;
        // A journal from before may lack them; one that contradicts the request was changed.
        let given = F::given(&request);
        told.carried.keep(&given).map_err(|_| other())?;
        told.restore(&mut payment);
        Ok(payment)
    }
}

/// The issuers of the id in a reference.
const MERCHANT: &str = "merchant";
const PROVIDER: &str = "provider";

/// Separates the state of the machine from the [`Told`] part, in one line.
const MORE: &str = " | ";

/// The provider's statements that an ending contains: the next run must return the same ending.
#[derive(Debug, Default, PartialEq)]
struct Told {
    unsent: bool,
    last: Option<String>,
    /// The values of earlier messages that later requests carry.
    carried: Carried,
    /// Of a payment in doubt: the id with which a person asks the provider.
    reference: Option<PaymentReference>,
    contradiction: Option<Contradiction>,
    /// Of a payment whose money moved: the message that proves it, and its fields as JSON.
    proved: Option<(String, Json)>,
}

impl Told {
    fn of<F: Driven>(payment: &Payment<F>) -> Self {
        let proved = payment.proved.as_ref().map(|proved| {
            // A proof was made from a message that was read, so it can be encoded.
            let proof = encode(&proved.proof).unwrap_or_default();
            let proof = serde_json::from_slice(&proof).unwrap_or_default();
            (proved.said.to_owned(), proof)
        });
        let is_over = payment.machine.is_over();
        Self {
            unsent: payment.unsent,
            last: payment.last.filter(|_| is_over).map(str::to_owned),
            carried: payment.carried.clone(),
            reference: payment.reference().filter(|_| is_over).cloned(),
            contradiction: payment.contradiction.clone(),
            proved,
        }
    }

    fn to_json(&self) -> Json {
        let Self {
            unsent,
            last,
            carried,
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
        if !carried.is_empty() {
            let values = carried.iter();
            let values = values.map(|(name, value)| (name.to_owned(), Json::from(value)));
            json.insert("carried".to_owned(), Json::Object(values.collect()));
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
        // A journal from before has none.
        let carried = match json.get("carried") {
            Some(values) => {
                let values = values.as_object()?.iter();
                let value = |(name, value): (&String, &Json)| {
                    Some((name.clone(), value.as_str()?.to_owned()))
                };
                values.map(value).collect::<Option<Carried>>()?
            }
            None => Carried::default(),
        };
        Some(Self {
            carried,
            unsent: json.get("unsent").is_some_and(|unsent| *unsent == true),
            last: text("last"),
            reference,
            contradiction,
            proved: text("said").zip(json.get("proof").cloned()),
        })
    }

    fn restore<F: Driven>(self, payment: &mut Payment<F>) {
        // A signal that the flow no longer has is left out.
        let signal = |name: &str| {
            let mut signals = <F as Flow>::TABLE.signals.iter();
            let signal = signals.find(|signal| signal.name == name);
            signal.map(|signal| signal.name)
        };
        payment.unsent = self.unsent;
        payment.carried = self.carried;
        payment.make_carrying();
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
