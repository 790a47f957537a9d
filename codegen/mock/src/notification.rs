//! Notifications: requests that the provider sends to the merchant.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::fault::Fault;

/// The pause before each attempt to deliver a notification. After the last attempt the gateway gives up.
pub(super) const PAUSES: [Duration; 6] = [
    Duration::ZERO,
    Duration::from_secs(1),
    Duration::from_secs(2),
    Duration::from_secs(5),
    Duration::from_secs(10),
    Duration::from_secs(30),
];

/// A notification as it leaves the gateway.
#[derive(Debug, Clone)]
pub struct Notification {
    /// Id of the operation of the spec.
    pub operation: String,
    /// The idempotency key of the request that began the resource, unless the key is sensitive.
    pub key: Option<String>,
    /// The key of the payment or registration that the resource belongs to, unless it is sensitive.
    pub group: Option<String>,
    /// The name of the reported outcome.
    pub outcome: String,
    /// The number of the attempt, from 1.
    pub number: u32,
    /// The signed request. Its target is an absolute URL, of which only path and query are signed.
    pub request: http::Request<Vec<u8>>,
    /// The client id that began the resource.
    pub(super) client: String,
    /// The id of the resource in the ledger.
    pub(super) resource: String,
}

/// Delivery options of a notification.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Manner {
    /// True if it is never sent.
    pub(super) never: bool,
    /// Copies sent at the first attempt; [`None`] means one.
    pub(super) copies: Option<u8>,
    /// Faults that delay or corrupt it.
    pub(super) faults: Vec<Fault>,
}

/// The largest number of copies.
const MOST: u8 = 10;

impl Manner {
    /// Returns the delay before the first attempt; [`None`] when it is never sent.
    pub(super) fn delay(&self) -> Option<Duration> {
        (!self.never).then(|| Fault::delay(&self.faults))
    }
}

impl std::str::FromStr for Manner {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut manner = Manner::default();
        for word in text
            .split(',')
            .map(str::trim)
            .filter(|word| !word.is_empty())
        {
            match word.split_once('=') {
                None if word == "never" => manner.never = true,
                Some(("copies", number)) => {
                    let number = number.parse().ok();
                    let number = number.filter(|number| (1..=MOST).contains(number));
                    manner.copies = Some(number.ok_or(format!(
                        "invalid copies: expected a number from 1 to {MOST}"
                    ))?);
                }
                _ => {
                    let faults = Fault::parse_list(word).map_err(|why| {
                        format!("{why}; a notification also takes never and copies=NUMBER")
                    })?;
                    let unfit = faults.iter().find(|fault| !fault.suits_notification());
                    if let Some(fault) = unfit {
                        return Err(format!("a notification cannot have the fault `{fault}`"));
                    }
                    manner.faults.extend(faults);
                }
            }
        }
        Ok(manner)
    }
}

impl fmt::Display for Manner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let never = self.never.then(|| "never".to_owned());
        let copies = self.copies.map(|copies| format!("copies={copies}"));
        let faults = self.faults.iter().map(Fault::to_string);
        let words: Vec<String> = never.into_iter().chain(copies).chain(faults).collect();
        f.write_str(&words.join(", "))
    }
}

impl Serialize for Manner {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'d> Deserialize<'d> for Manner {
    fn deserialize<D: serde::Deserializer<'d>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
