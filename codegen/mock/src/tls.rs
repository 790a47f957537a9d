//! TLS with a generated certificate.

use std::net::IpAddr;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use super::MockError;

/// A certificate for this machine, signed by its own authority. The authority signs nothing else: its key is
/// dropped at once.
#[derive(Clone)]
pub struct Tls {
    authority: String,
    pub(super) acceptor: TlsAcceptor,
}

impl std::fmt::Debug for Tls {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tls([secret])")
    }
}

impl Tls {
    /// Makes a certificate for `localhost`, `127.0.0.1`, `::1` and this address.
    ///
    /// # Errors
    ///
    /// When the system gives no random numbers.
    pub fn self_signed(address: IpAddr) -> Result<Self, MockError> {
        Self::made(address).map_err(|error| MockError::Tls(error.to_string()))
    }

    fn made(address: IpAddr) -> Result<Self, Box<dyn std::error::Error>> {
        let mut authority = CertificateParams::new(Vec::new())?;
        authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        authority.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        let names = &mut authority.distinguished_name;
        names.push(DnType::CommonName, "payspec mock");
        let key = KeyPair::generate()?;
        let text = authority.self_signed(&key)?.pem();
        let issuer = Issuer::new(authority, key);

        let mut names = vec!["localhost".to_owned()];
        for number in ["127.0.0.1", "::1", &address.to_string()] {
            if !names.iter().any(|name| name == number) {
                names.push(number.to_owned());
            }
        }
        let mut own = CertificateParams::new(names)?;
        own.distinguished_name
            .push(DnType::CommonName, "payspec mock, this run");
        own.use_authority_key_identifier_extension = true;
        let key = KeyPair::generate()?;
        let certificate = own.signed_by(&key, &issuer)?;
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)?;
        Ok(Tls {
            authority: text,
            acceptor: TlsAcceptor::from(Arc::new(config)),
        })
    }

    /// Returns the authority's certificate, as PEM. Clients must trust it.
    pub fn authority(&self) -> &str {
        &self.authority
    }
}
