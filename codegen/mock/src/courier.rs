//! Brings notices to their addresses.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use payspec_runtime::client::{Transport as _, Ureq};
use tokio_rustls::rustls::crypto::aws_lc_rs;
use ureq::Agent;
use ureq::tls::{Certificate, RootCerts, TlsConfig};

use super::MockError;
use super::gateway::Gateway;
use super::notice::{Notice, PAUSES};
use super::record::Record;
use super::recording::Recording;

/// How long the answer to a notice may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Brings notices to their addresses, by no proxy and without following anybody elsewhere.
#[derive(Debug, Clone)]
pub struct Courier {
    transport: Ureq,
}

impl Courier {
    /// One that trusts these certificates alone, as PEM, or those of the public authorities.
    ///
    /// # Errors
    ///
    /// When the certificates are none.
    pub fn new(trusted: Option<&str>) -> Result<Self, MockError> {
        let provider = Arc::new(aws_lc_rs::default_provider());
        let mut tls = TlsConfig::builder().unversioned_rustls_crypto_provider(provider);
        if let Some(pem) = trusted {
            let certificate = Certificate::from_pem(pem.as_bytes())
                .map_err(|error| MockError::Tls(error.to_string()))?;
            tls = tls.root_certs(RootCerts::new_with_certs(&[certificate]));
        }
        let agent: Agent = Agent::config_builder()
            .tls_config(tls.build())
            .proxy(None)
            .timeout_global(Some(PATIENCE))
            .build()
            .into();
        Ok(Courier {
            transport: agent.into(),
        })
    }

    /// Brings a notice there, and tells the gateway whether it was taken.
    pub(super) fn bring(
        &self,
        gateway: &Gateway,
        notice: &Notice,
        recording: Option<&Recording>,
        now: SystemTime,
    ) -> Record {
        let mut record = record(notice, now);
        let what = format!(
            "notice {} of {}, {}",
            notice.number,
            PAUSES.len(),
            notice.outcome
        );
        let answer = self.transport.send(notice.request.clone());
        let recorded = recording.map(|recording| {
            let operation = Some(notice.operation.as_str());
            recording.add(operation, &notice.request, answer.as_ref().ok())
        });
        let came = match answer {
            Err(error) => format!("not delivered: {error}"),
            Ok(reply) => {
                record.http_status = reply.status().as_u16();
                match gateway.acknowledge(notice, &reply) {
                    Ok(()) => "acknowledged".to_owned(),
                    Err(why) => format!("not acknowledged: {why}"),
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

/// What is told of a notice, whose address may hold what must not be shown: its query is left out.
fn record(notice: &Notice, now: SystemTime) -> Record {
    let request = &notice.request;
    let host = request.uri().host().unwrap_or_default();
    let port = request.uri().port().map(|port| format!(":{port}"));
    Record {
        to: Some(format!("{host}{}", port.unwrap_or_default())),
        operation: Some(notice.operation.clone()),
        key: notice.key.clone(),
        client_id: Some(notice.client.clone()),
        ..Record::of(request, now)
    }
}
