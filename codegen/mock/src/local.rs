//! The gateway inside of a test.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::{Arc, OnceLock};

use super::clock::Clock;
use super::error::{MockError, Silence};
use super::gateway::{Gateway, Setup};
use super::keys::Keys;
use super::log_entry::LogEntry;
use super::notification::Notification;
use super::script::Script;
use super::serve::{Served, Serving, serve};
use payspec_model::model::Model;

/// A gateway on a free port of this machine, until it is dropped.
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
}

impl MockGateway {
    /// Starts a gateway with the machine's clock and all in memory.
    ///
    /// # Errors
    ///
    /// When there is no port, or the spec cannot be played.
    pub fn start(model: Model) -> Result<Self, MockError> {
        Self::start_at(model, Clock::real())
    }

    /// Starts a gateway with a clock of its own.
    ///
    /// # Errors
    ///
    /// As [`start`](Self::start).
    pub fn start_at(model: Model, clock: Clock) -> Result<Self, MockError> {
        let keys = test_keys()?;
        let setup = Setup::with(&keys);
        Self::start_with(model, setup, keys, clock)
    }

    /// Starts a gateway that is set up by hand; the keys are those that the setup names.
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
        let gateway = Arc::new(Gateway::new(model, setup)?);
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
        })
    }

    /// Returns where it listens.
    pub fn address(&self) -> SocketAddr {
        self.served.address()
    }

    /// The same as the beginning of a URL: `http://127.0.0.1:45678`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address())
    }

    /// The keys of both sides.
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// The clock.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The core.
    pub fn gateway(&self) -> &Gateway {
        &self.gateway
    }

    /// Replaces what shall happen.
    ///
    /// # Errors
    ///
    /// When the script asks for what is not there.
    pub fn script(&self, script: Script) -> Result<(), MockError> {
        self.gateway.script(script)
    }

    /// The notifications that are to be sent by now, as the gateway's clock tells: signed, and taken by nobody
    /// but the caller, who may deliver them late, twice or never. One that is not
    /// [acknowledged](Gateway::acknowledge) comes again when its time has come.
    ///
    /// # Errors
    ///
    /// When the state cannot be read or written.
    pub fn notifications(&self) -> Result<Vec<Notification>, MockError> {
        self.gateway.notifications(self.clock.now())
    }

    /// Ends an open thing now: the payer pays, or declines. Says how it ended.
    ///
    /// # Errors
    ///
    /// When there is no such thing, or it has ended.
    pub fn decide(&self, name: &str, well: bool) -> Result<String, Silence> {
        self.gateway.decide(name, well, self.clock.now())
    }

    /// The last exchanges, the latest first.
    pub fn exchanges(&self) -> Vec<LogEntry> {
        self.served.recent()
    }
}

/// Keys for all gateways of a process: making them takes a while.
fn test_keys() -> Result<Keys, MockError> {
    static KEYS: OnceLock<Keys> = OnceLock::new();
    if let Some(keys) = KEYS.get() {
        return Ok(keys.clone());
    }
    let keys = Keys::make()?;
    Ok(KEYS.get_or_init(|| keys).clone())
}
