//! A transport over `ureq`, which blocks.

use super::transport::{GIVE_UP_AFTER, MOST_BYTES, Transport, TransportError};
use http::{Request, Response};
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use std::io::{self, ErrorKind};
use std::sync::Arc;
use std::time::Duration;
use ureq::tls::TlsConfig;
use ureq::{Agent, Error, Timeout};

/// A [`Transport`] over `ureq`, with TLS by `rustls`. It follows no redirects, verifies certificates,
/// and uses the HTTP or SOCKS proxy of the environment variables.
///
/// It waits 30 seconds for an answer, and gives up answers over 1 MiB.
#[derive(Debug, Clone)]
pub struct Ureq {
    agent: Agent,
}

impl Ureq {
    /// Makes a transport with this timeout.
    pub fn with_timeout(time: Duration) -> Self {
        let provider = Arc::new(aws_lc_rs::default_provider());
        let tls = TlsConfig::builder().unversioned_rustls_crypto_provider(provider);
        let config = Agent::config_builder()
            .tls_config(tls.build())
            .timeout_global(Some(time));
        Self {
            agent: config.build().new_agent(),
        }
    }
}

impl Default for Ureq {
    fn default() -> Self {
        Self::with_timeout(GIVE_UP_AFTER)
    }
}

/// Wraps an agent with its own timeouts, certificates and proxy. Redirects are still not followed, and
/// no HTTP status is a transport error.
///
/// An agent without a TLS cryptography provider uses the one of the process; if the process has none,
/// this installs `aws-lc-rs`, because `ureq` would panic without one.
impl From<Agent> for Ureq {
    fn from(agent: Agent) -> Self {
        let named = agent
            .config()
            .tls_config()
            .unversioned_rustls_crypto_provider();
        if named.is_none() && CryptoProvider::get_default().is_none() {
            // Another thread may have installed one in the meantime.
            drop(aws_lc_rs::default_provider().install_default());
        }
        Self { agent }
    }
}

impl Transport for Ureq {
    fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        let request = self.agent.configure_request(request);
        let request = request.http_status_as_error(false).max_redirects(0);
        let request = request.max_redirects_will_error(false).build();
        let answered = self
            .agent
            .run(request)
            .map_err(|error| told_apart(&error))?;
        let (head, mut body) = answered.into_parts();
        let body = body.with_config().limit(MOST_BYTES).read_to_vec();
        let body = body.map_err(|error| TransportError::NoAnswer(error.to_string()))?;
        Ok(Response::from_parts(head, body))
    }
}

/// Distinguishes errors before anything was sent from all others. In doubt, the request may have
/// arrived.
fn told_apart(error: &Error) -> TransportError {
    let nothing_left = match error {
        Error::BadUri(_)
        | Error::Http(_)
        | Error::HostNotFound
        | Error::InvalidProxyUrl
        | Error::ConnectionFailed
        | Error::ConnectProxyFailed(_)
        | Error::RequireHttpsOnly(_)
        | Error::TlsRequired
        | Error::Timeout(Timeout::Resolve | Timeout::Connect) => true,
        Error::Io(error) => refuses_to_connect(error) || refuses_peer(error),
        _ => false,
    };
    match nothing_left {
        true => TransportError::NotSent(error.to_string()),
        false => TransportError::NoAnswer(error.to_string()),
    }
}

/// Returns whether an error can only occur while connecting.
fn refuses_to_connect(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        // "Unreachable" is not in this list: a host can become unreachable after bytes were sent.
        ErrorKind::ConnectionRefused | ErrorKind::AddrNotAvailable
    )
}

/// Returns whether an error comes from the provider's certificate, which is checked before anything is
/// sent.
fn refuses_peer(error: &io::Error) -> bool {
    let cause = error.get_ref().and_then(|cause| cause.downcast_ref());
    matches!(
        cause,
        Some(
            rustls::Error::InvalidCertificate(_)
                | rustls::Error::NoCertificatesPresented
                | rustls::Error::PeerIncompatible(_)
        )
    )
}
