//! A transport over `reqwest`, which does not block.

use super::clock::{AsyncClock, SystemClock};
use super::transport::{AsyncTransport, GIVE_UP_AFTER, MOST_BYTES, TransportError};
use http::{Request, Response};
use reqwest::{Client, ClientBuilder, Error, redirect, retry};
use rustls::{ClientConfig, RootCertStore, crypto::aws_lc_rs};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

/// An [`AsyncTransport`] over `reqwest`, with TLS by `rustls`. It follows no redirects, repeats
/// nothing, verifies certificates, and uses the HTTP or SOCKS proxy of the environment variables.
///
/// It waits 30 seconds for an answer, and gives up answers over 1 MiB. It needs tokio with the timer
/// enabled.
#[derive(Debug, Clone)]
pub struct Reqwest {
    client: Client,
}

impl Reqwest {
    /// Makes a transport with the default settings.
    ///
    /// # Errors
    ///
    /// When the client cannot be set up.
    pub fn new() -> Result<Self, TransportError> {
        Self::with(|builder| builder)
    }

    /// Makes a transport with changed settings, such as timeouts, certificates or a proxy.
    ///
    /// It trusts the public certificate authorities. For others, pass a `rustls::ClientConfig` to
    /// `tls_backend_preconfigured`, because this transport sets up TLS with such a configuration.
    ///
    /// ```
    /// # fn main() -> Result<(), payspec_runtime::client::TransportError> {
    /// use payspec_runtime::client::Reqwest;
    /// use std::time::Duration;
    ///
    /// let transport = Reqwest::with(|builder| builder.timeout(Duration::from_secs(10)).no_proxy())?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// When the client cannot be set up.
    pub fn with(
        change: impl FnOnce(ClientBuilder) -> ClientBuilder,
    ) -> Result<Self, TransportError> {
        let unusable = |error: &dyn core::error::Error| TransportError::NotSent(chain(error));
        let roots = RootCertStore::from_iter(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        let tls = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| unusable(&error))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let builder = Client::builder()
            .tls_backend_preconfigured(tls)
            .timeout(GIVE_UP_AFTER);
        let builder = change(builder)
            .redirect(redirect::Policy::none())
            .retry(retry::never());
        let client = builder.build().map_err(|error| unusable(&error))?;
        Ok(Self { client })
    }
}

impl AsyncTransport for Reqwest {
    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        let request = reqwest::Request::try_from(request).map_err(|error| told_apart(&error))?;
        let sent = self.client.execute(request).await;
        let mut answered = sent.map_err(|error| told_apart(&error))?;
        let mut response = Response::new(Vec::new());
        *response.status_mut() = answered.status();
        *response.headers_mut() = core::mem::take(answered.headers_mut());
        let body = response.body_mut();
        while let Some(part) = answered.chunk().await.map_err(|error| told_apart(&error))? {
            if u64::try_from(body.len() + part.len()).map_or(true, |size| size > MOST_BYTES) {
                return Err(TransportError::NoAnswer(format!(
                    "the answer is longer than {MOST_BYTES} bytes"
                )));
            }
            body.extend_from_slice(&part);
        }
        Ok(response)
    }
}

/// Distinguishes errors before anything was sent from all others. In doubt, the request may have
/// arrived.
fn told_apart(error: &Error) -> TransportError {
    match error.is_builder() || error.is_connect() {
        true => TransportError::NotSent(chain(error)),
        false => TransportError::NoAnswer(chain(error)),
    }
}

/// Returns the text of an error with its causes.
fn chain(error: &dyn core::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

/// The system's clock, with tokio's timer.
#[derive(Debug, Clone, Copy, Default)]
pub struct TokioClock;

impl AsyncClock for TokioClock {
    fn steady(&self) -> Option<Duration> {
        Some(SystemClock::monotonic())
    }

    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(tokio::time::sleep(time))
    }
}
