//! The configuration of the gateway.

use std::time::Duration;

use super::credentials::TestCredentials;
use super::encrypted::Nonces;
use super::ledger::{Ledger, Memory};
use super::retention::Retention;
use super::script::Script;
use super::settlement::Settlement;
use super::{KeyPair, Keys, MockError};

/// The configuration of a [`Gateway`](super::Gateway).
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
    /// The address of notifications for which no request names one: those of webhooks.
    pub notify_url: Option<String>,
    /// The rule for forgetting old resources.
    pub retention: Retention,
    /// The lifetime of the tokens that an operation hands out.
    pub token_lifetime: Duration,
    /// The nonces of encrypted objects.
    pub nonces: Nonces,
}

/// The lifetime of a token unless stated.
pub const TOKEN_LIFETIME: Duration = Duration::from_secs(60 * 60);

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
            notify_url: None,
            retention: Retention::default(),
            token_lifetime: TOKEN_LIFETIME,
            nonces: Nonces::default(),
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
