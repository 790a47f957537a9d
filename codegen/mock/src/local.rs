//! The mock gateway inside a test.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::{Arc, OnceLock};

use super::clock::Clock;
use super::credentials::TestCredentials;
use super::error::{MockError, SettleError};
use super::gateway::Gateway;
use super::keys::Keys;
use super::log_entry::LogEntry;
use super::notification::Notification;
use super::script::Script;
use super::serve::{Served, Serving, serve};
use super::setup::Setup;
use payspec_model::model::Model;

/// A mock gateway on a free port of this machine. It stops when it is dropped.
///
/// ```
/// use payspec_model::load;
/// use payspec_mock::{Clock, MockGateway, Script};
/// use std::path::Path;
/// use std::time::{Duration, UNIX_EPOCH};
///
/// let model = load(Path::new("../../spec")).model.ok_or("the spec has errors")?;
/// let noon = UNIX_EPOCH + Duration::from_secs(1_700_000_000);
/// let gateway = MockGateway::start_at(model, Clock::standing(noon))?;
/// gateway.script(Script::from_json(r#"{"steps": [{"result": "UNKNOWN_EXCEPTION"}]}"#)?)?;
/// // A client that signs with `gateway.keys().client.private` can now pay at `gateway.url()`.
/// assert!(gateway.url().starts_with("http://127.0.0.1:"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct MockGateway {
    gateway: Arc<Gateway>,
    served: Served,
    clock: Clock,
    keys: Keys,
    credentials: TestCredentials,
}

impl MockGateway {
    /// Starts a gateway with the machine's clock, and with its state in memory.
    ///
    /// # Errors
    ///
    /// When no port is free, or the gateway cannot play the spec.
    pub fn start(model: Model) -> Result<Self, MockError> {
        Self::start_at(model, Clock::real())
    }

    /// Starts a gateway with its own clock.
    ///
    /// # Errors
    ///
    /// As [`start`](Self::start).
    pub fn start_at(model: Model, clock: Clock) -> Result<Self, MockError> {
        let keys = test_keys()?;
        let setup = Setup::with(&keys);
        Self::start_with(model, setup, keys, clock)
    }

    /// Starts a gateway with the caller's setup; `keys` must be the keys in that setup.
    ///
    /// # Errors
    ///
    /// As [`start`](Self::start).
    pub fn start_with(
        model: Model,
        setup: Setup,
        keys: Keys,
        clock: Clock,
    ) -> Result<Self, MockError> {
        let id = setup.key_version.clone();
        let gateway = Arc::new(Gateway::new(model, setup)?);
        let credentials = gateway.credentials().clone();
        let credentials = credentials.with_keys(gateway.model(), &keys, &id)?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
        let listener = listener.map_err(|error| MockError::Io {
            what: "127.0.0.1".to_owned(),
            error,
        })?;
        let served = serve(
            Arc::clone(&gateway),
            listener,
            Serving {
                clock: clock.clone(),
                ..Serving::default()
            },
        )?;
        Ok(MockGateway {
            gateway,
            served,
            clock,
            keys,
            credentials,
        })
    }

    /// Returns the address that it listens on.
    pub fn address(&self) -> SocketAddr {
        self.served.address()
    }

    /// Returns the address as the beginning of a URL: `http://127.0.0.1:45678`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address())
    }

    /// Returns the keys of both sides.
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// Returns the credentials with which a client is let in: those that it demands, and the keys of a client.
    pub fn credentials(&self) -> &TestCredentials {
        &self.credentials
    }

    /// Returns the clock that the gateway reads.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Returns the core, which answers requests without a socket.
    pub fn gateway(&self) -> &Gateway {
        &self.gateway
    }

    /// Replaces the script.
    ///
    /// # Errors
    ///
    /// When a step or an amount of the script does not fit the spec.
    pub fn script(&self, script: Script) -> Result<(), MockError> {
        self.gateway.script(script)
    }

    /// Returns the signed notifications that are due by the gateway's clock. The gateway does not send them:
    /// the caller may deliver them late, twice or never. A notification that is not
    /// [acknowledged](Gateway::acknowledge) becomes due again.
    ///
    /// # Errors
    ///
    /// When the state cannot be read or written.
    pub fn notifications(&self) -> Result<Vec<Notification>, MockError> {
        self.gateway.notifications(self.clock.now())
    }

    /// Ends an open resource now: the payer pays, or declines. Returns the name of the end.
    ///
    /// # Errors
    ///
    /// When the resource is unknown or has ended, or the spec describes no such end.
    pub fn decide(&self, name: &str, well: bool) -> Result<String, SettleError> {
        self.gateway.decide(name, well, self.clock.now())
    }

    /// Returns the last exchanges, the latest first.
    pub fn exchanges(&self) -> Vec<LogEntry> {
        self.served.recent()
    }
}

/// Returns keys that all gateways of a process share, because key generation is slow.
fn test_keys() -> Result<Keys, MockError> {
    static KEYS: OnceLock<Keys> = OnceLock::new();
    if let Some(keys) = KEYS.get() {
        return Ok(keys.clone());
    }
    let keys = Keys::make()?;
    Ok(KEYS.get_or_init(|| keys).clone())
}
