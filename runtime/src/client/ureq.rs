//! A blocking transport: `ureq`.

use super::transport::{GIVE_UP_AFTER, MOST_BYTES, Transport, TransportError};
use http::{Request, Response};
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use std::io::{self, ErrorKind};
use std::sync::Arc;
use std::time::Duration;
use ureq::tls::TlsConfig;
use ureq::{Agent, Error, Timeout};

/// A [`Transport`] over `ureq`, with TLS by `rustls`. Redirects are not followed, certificates are
/// verified, the proxy is that of the environment, be it HTTP or SOCKS.
///
/// An answer is waited for for 30 seconds; answers over 1 MiB are given up.
#[derive(Debug, Clone)]
pub struct Ureq {
    agent: Agent,
}

impl Ureq {
    /// A transport that gives up after so long a time.
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

/// Takes an agent with timeouts, certificates and a proxy of its own. Redirects are not followed even
/// so, and no HTTP status is an error of the transport.
///
/// An agent that names no provider of cryptography for TLS takes that of the process; where the process
/// has none either, this sets one (`aws-lc-rs`), as `ureq` would panic without.
impl From<Agent> for Ureq {
    fn from(agent: Agent) -> Self {
        let named = agent
            .config()
            .tls_config()
            .unversioned_rustls_crypto_provider();
        if named.is_none() && CryptoProvider::get_default().is_none() {
            // Another thread may have been faster: then there is one.
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

/// Returns whether anything can have left. When in doubt, it has.
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

/// Returns whether an error arises from making a connection only.
fn refuses_to_connect(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        // A host may become unreachable after bytes have left, so that is not one of them.
        ErrorKind::ConnectionRefused | ErrorKind::AddrNotAvailable
    )
}

/// Returns whether an error arises from the other side's certificate only: it is looked at before anything is
/// told to that side.
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
