//! Delivers notifications to their addresses.

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use payspec_runtime::client::{Transport as _, Ureq};
use tokio_rustls::rustls::crypto::aws_lc_rs;
use ureq::Agent;
use ureq::tls::{Certificate, RootCerts, TlsConfig};

use super::MockError;
use super::gateway::Gateway;
use super::log_entry::{LogEntry, Verdict};
use super::notification::Notification;
use super::outgoing;
use super::recording::Recording;

/// The timeout for one delivery, including its answer.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Delivers notifications to their addresses. It uses no proxy and follows no redirects.
#[derive(Debug, Clone)]
pub struct Notifier {
    transport: Ureq,
}

impl Notifier {
    /// Creates a notifier that trusts only this certificate, as PEM; [`None`] trusts the public authorities.
    ///
    /// # Errors
    ///
    /// When the text is not a certificate.
    pub fn new(trusted: Option<&str>) -> Result<Self, MockError> {
        let provider = Arc::new(aws_lc_rs::default_provider());
        let mut tls = TlsConfig::builder().unversioned_rustls_crypto_provider(provider);
        if let Some(pem) = trusted {
            let certificate = Certificate::from_pem(pem.as_bytes())
                .map_err(|error| MockError::Tls(format!("the certificate is invalid: {error}")))?;
            tls = tls.root_certs(RootCerts::new_with_certs(&[certificate]));
        }
        let agent: Agent = Agent::config_builder()
            .tls_config(tls.build())
            .proxy(None)
            .timeout_global(Some(TIMEOUT))
            .build()
            .into();
        Ok(Notifier {
            transport: agent.into(),
        })
    }

    /// Delivers a notification and passes the answer to the gateway. Returns the log entry.
    pub(super) fn deliver(
        &self,
        gateway: &Gateway,
        notification: &Notification,
        recording: Option<&Recording>,
        now: SystemTime,
    ) -> LogEntry {
        let mut record = record(notification, now);
        let what = outgoing::ordinal(notification.number, &notification.outcome);
        let sent = Instant::now();
        let answer = self.transport.send(notification.request.clone());
        record.duration = Some(sent.elapsed());
        let recorded = recording.map(|recording| {
            let (request, answer) = (&notification.request, answer.as_ref().ok());
            recording.add(gateway.model(), &record, request, answer)
        });
        let came = match answer {
            Err(error) => {
                record.verdict = Verdict::NoAnswer;
                format!("not delivered: {error}")
            }
            Ok(reply) => {
                record.http_status = reply.status().as_u16();
                match gateway.acknowledge(notification, &reply) {
                    Ok(()) => "acknowledged".to_owned(),
                    Err(why) => {
                        record.verdict = Verdict::Failed;
                        format!("not acknowledged: {why}")
                    }
                }
            }
        };
        record.note = Some(format!("{what}: {came}"));
        if let Some(Err(error)) = recorded {
            record.not_recorded(&error);
        }
        record
    }
}

/// Returns the log entry of a notification, without the query of its address, which may hold a secret.
fn record(notification: &Notification, now: SystemTime) -> LogEntry {
    let request = &notification.request;
    let host = request.uri().host().unwrap_or_default();
    let port = request.uri().port().map(|port| format!(":{port}"));
    LogEntry {
        to: Some(format!("{host}{}", port.unwrap_or_default())),
        operation: Some(notification.operation.clone()),
        key: notification.key.clone(),
        group: notification.group.clone(),
        client_id: Some(notification.client.clone()).filter(|id| !id.is_empty()),
        ..LogEntry::of(request, now)
    }
}
