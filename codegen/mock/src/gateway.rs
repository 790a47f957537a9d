//! The gateway: its model, its keys, and the state that exchanges change.

use std::sync::{Arc, Mutex, PoisonError};

use payspec_runtime::client::{PrivateKey, SigningKey, VerifyingKeys};

use super::clients::{Clients, ProofKeys};
use super::credentials::TestCredentials;
use super::destination::Destination;
use super::handler::Defaults;
use super::schedule::Schedule;
use super::script::Script;
use super::setup::Setup;
use super::sign::ResponseSigner;
use super::state::State;
use super::tokens::Tokens;
use super::{MockError, keys, route, stored_reply};
use payspec_model::model::Model;
use payspec_model::signing::Signing;

/// Plays the provider. Any number of threads can share it.
pub struct Gateway {
    pub(super) model: Arc<Model>,
    /// [`None`] where nothing is signed.
    key: Option<SigningKey>,
    pub(super) clients: Clients,
    pub(super) defaults: Defaults,
    state: Mutex<State>,
}

impl std::fmt::Debug for Gateway {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let apis = self.model.apis.iter().map(|api| api.id.as_str());
        f.debug_list().entries(apis).finish()
    }
}

impl Gateway {
    /// Creates a gateway for all APIs of a spec. Several gateways can share one model.
    ///
    /// # Errors
    ///
    /// When the spec describes no operation that a merchant calls or does not say how to sign, a key or a credential
    /// cannot be used, the state cannot be read, or the script does not fit the spec.
    pub fn new(model: impl Into<Arc<Model>>, setup: Setup) -> Result<Self, MockError> {
        let model = model.into();
        let mut apis = route::called(&model).peekable();
        if apis.peek().is_none() {
            return Err(MockError::Nothing);
        }
        let has_pairs = model.apis.iter().any(|api| api.has_key_pairs());
        let mut signs = false;
        for api in apis.filter(|api| api.signature.is_some()) {
            Signing::of(api)?;
            signs = true;
        }
        let own = || keys::signing(&setup.private, "the gateway's private key");
        let theirs = || keys::verifying(&setup.clients, "the clients' public key");
        let proof_keys = match has_pairs {
            true => Some(ProofKeys {
                own: PrivateKey::new(&setup.key_version, own()?),
                clients: VerifyingKeys::new(&setup.key_version, theirs()?),
            }),
            false => None,
        };
        setup.script.check(&model)?;
        if let Some(url) = &setup.notify_url {
            reachable(url, setup.remote_notifications)?;
        }
        Ok(Gateway {
            key: signs.then(own).transpose()?,
            clients: Clients {
                key: signs.then(theirs).transpose()?,
                key_version: setup.key_version,
                ids: setup.client_ids,
                credentials: setup.credentials.complete(&model)?,
                proof_keys,
                nonces: setup.nonces,
            },
            defaults: Defaults {
                seed: setup.seed,
                settlement: setup.settlement,
                remote_notifications: setup.remote_notifications,
                notify_url: setup.notify_url,
                retention: setup.retention,
            },
            state: Mutex::new(State {
                schedule: Schedule::of(setup.ledger.as_ref(), stored_reply::answered_alone)?,
                ledger: setup.ledger,
                script: setup.script,
                tokens: Tokens::new(setup.token_lifetime),
            }),
            model,
        })
    }

    /// Returns the model of the spec that it plays.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Returns the credentials that the gateway demands.
    pub fn credentials(&self) -> &TestCredentials {
        &self.clients.credentials
    }

    /// Replaces the script.
    ///
    /// # Errors
    ///
    /// When a step or an amount of the script does not fit the spec.
    pub fn script(&self, script: Script) -> Result<(), MockError> {
        script.check(&self.model)?;
        self.state().script = script;
        Ok(())
    }

    pub(super) fn state(&self) -> std::sync::MutexGuard<'_, State> {
        // The state is consistent even after a panic: the ledger takes all entries of an answer, or none.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns a signer with the gateway's key.
    pub(super) fn signer<'a>(&'a self, signing: &'a Signing<'a>) -> ResponseSigner<'a> {
        ResponseSigner {
            signing,
            key: self.key.as_ref(),
            key_version: &self.clients.key_version,
        }
    }
}

/// Checks that notifications may be sent to an address.
fn reachable(url: &str, remote: bool) -> Result<(), MockError> {
    match Destination::of(url) {
        Destination::Loopback => Ok(()),
        Destination::Remote if remote => Ok(()),
        Destination::Remote => Err(MockError::NotifyUrl(
            "it is not on this machine; allow it with `--allow-remote-notify`",
        )),
        Destination::Invalid => Err(MockError::NotifyUrl(
            "expected an address such as `http://127.0.0.1:9000/notify`",
        )),
    }
}
