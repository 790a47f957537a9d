//! Over TLS, straight and through a proxy, with both transports.

use super::life::gateway_setup;
use super::support::{envelope, request};
use alipay_instore::ams_instore::client::{AsyncClient, Client};
use alipay_instore::ams_instore::pay_entry_code::{PayEntryCodeOutcome, PayEntryCodeRequest};
use payspec_mock::{Served, Serving, Tls, serve};
use payspec_runtime::client::{
    AsyncRawClient, CallError, Policy, RawClient, Reqwest, TokioClock, Ureq,
};
use rustls::pki_types::{CertificateDer, pem::PemObject as _};
use std::io::{Read, Write, copy};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

type Paid = Result<PayEntryCodeOutcome, CallError<PayEntryCodeRequest>>;

const PATIENCE: Duration = Duration::from_secs(20);

/// A client's way to the gateway: what it trusts beside the public authorities, and its proxy.
#[derive(Default)]
struct Way<'a> {
    trusts: Option<&'a str>,
    proxy: Option<&'a str>,
}

fn over_ureq(base: &str, way: &Way<'_>) -> Paid {
    let provider = rustls::crypto::aws_lc_rs::default_provider();
    let tls = ureq::tls::TlsConfig::builder().unversioned_rustls_crypto_provider(provider.into());
    let tls = match way.trusts {
        Some(pem) => {
            let own = ureq::tls::Certificate::from_pem(pem.as_bytes()).expect("a certificate");
            tls.root_certs(ureq::tls::RootCerts::new_with_certs(&[own]))
        }
        None => tls,
    };
    let proxy = way.proxy.map(|url| ureq::Proxy::new(url).expect("a proxy"));
    let config = ureq::Agent::config_builder().timeout_global(Some(PATIENCE));
    let agent = config.tls_config(tls.build()).proxy(proxy).build();
    let calls = RawClient::new(envelope(base), Ureq::from(agent.new_agent())).policy(Policy::ONCE);
    Client::from(calls).pay_entry_code(request())
}

fn over_reqwest(base: &str, way: &Way<'_>) -> Paid {
    let transport = Reqwest::with(|builder| {
        let builder = match way.trusts {
            Some(pem) => builder.tls_backend_preconfigured(trusting(pem)),
            None => builder,
        };
        let builder = builder.no_proxy().timeout(PATIENCE);
        match way.proxy {
            Some(url) => builder.proxy(reqwest::Proxy::all(url).expect("a proxy")),
            None => builder,
        }
    });
    let transport = transport.expect("a client");
    let calls = AsyncRawClient::new(envelope(base), transport, TokioClock).policy(Policy::ONCE);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let client = AsyncClient::from(calls);
    runtime
        .expect("a runtime")
        .block_on(client.pay_entry_code(request()))
}

fn trusting(pem: &str) -> rustls::ClientConfig {
    let mut roots = rustls::RootCertStore::empty();
    let own = CertificateDer::from_pem_slice(pem.as_bytes()).expect("a certificate");
    roots.add(own).expect("an authority");
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth()
}

type Pay = fn(&str, &Way<'_>) -> Paid;

const TRANSPORTS: [(&str, Pay); 2] = [("ureq", over_ureq), ("reqwest", over_reqwest)];

/// A gateway that speaks TLS: where, and the authority that it is trusted by.
fn gateway() -> (Served, String, String) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    let address = listener.local_addr().expect("an address");
    let tls = Tls::self_signed(address.ip()).expect("a certificate");
    let authority = tls.authority().to_owned();
    let serving = Serving {
        tls: Some(tls),
        ..Serving::default()
    };
    let served = serve(Arc::new(gateway_setup()), listener, serving).expect("it is served");
    (
        served,
        format!("https://localhost:{}", address.port()),
        authority,
    )
}

fn is_redirect(paid: &Paid) -> bool {
    matches!(paid, Ok(PayEntryCodeOutcome::Redirect(_)))
}

#[test]
fn who_is_not_trusted_is_told_nothing() {
    let (served, base, authority) = gateway();
    let (_, _, another) = gateway();
    for (transport, pay) in TRANSPORTS {
        for trusts in [None, Some(another.as_str())] {
            let way = Way {
                trusts,
                ..Way::default()
            };
            let refused = pay(&base, &way);
            assert!(
                matches!(refused, Err(CallError::NotSent(_))),
                "{transport}: {refused:?}"
            );
        }
        assert_eq!(served.recent().len(), 0, "{transport}");
    }
    for (number, (transport, pay)) in (1..).zip(TRANSPORTS) {
        let trusts = Some(authority.as_str());
        let paid = pay(
            &base,
            &Way {
                trusts,
                ..Way::default()
            },
        );
        assert!(is_redirect(&paid), "{transport}: {paid:?}");
        assert_eq!(served.recent().len(), number, "{transport}");
    }
}

#[test]
fn a_certificate_for_another_name_is_refused() {
    let (served, base, authority) = gateway();
    let elsewhere = base.replace("localhost", "127.0.0.2");
    for (transport, pay) in TRANSPORTS {
        let proxy = Tunnel::start(&base);
        let way = Way {
            trusts: Some(&authority),
            proxy: Some(&proxy.url),
        };
        let refused = pay(&elsewhere, &way);
        assert!(
            matches!(refused, Err(CallError::NotSent(_))),
            "{transport}: {refused:?}"
        );
    }
    assert_eq!(served.recent().len(), 0);
}

#[test]
fn a_proxy_is_gone_through_and_sees_nothing() {
    let (_served, base, authority) = gateway();
    for (transport, pay) in TRANSPORTS {
        let proxy = Tunnel::start(&base);
        let way = Way {
            trusts: Some(&authority),
            proxy: Some(&proxy.url),
        };
        let paid = pay(&base, &way);
        assert!(is_redirect(&paid), "{transport}: {paid:?}");
        let seen = proxy.seen.lock().expect("what was seen").clone();
        let wanted = format!("CONNECT {} HTTP/1.1", base.replace("https://", ""));
        let heads = String::from_utf8_lossy(&seen);
        assert!(heads.starts_with(&wanted), "{transport}: {heads}");
        assert!(!heads.contains("payments/pay"), "{transport}: {heads}");
        assert!(seen.len() > 1000, "{transport}: {}", seen.len());
    }
}

#[test]
fn a_socks_proxy_is_gone_through_too() {
    let (_served, base, authority) = gateway();
    for (transport, pay) in TRANSPORTS {
        let proxy = Tunnel::socks(&base);
        let way = Way {
            trusts: Some(&authority),
            proxy: Some(&proxy.url),
        };
        let paid = pay(&base, &way);
        assert!(is_redirect(&paid), "{transport}: {paid:?}");
        let seen = proxy.seen.lock().expect("what was seen").len();
        assert!(seen > 1000, "{transport}: {seen}");
    }
}

#[test]
fn through_a_socks_proxy_that_is_not_there_nothing_is_sent() {
    let (served, base, authority) = gateway();
    let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    let url = format!("socks5://{}", free.local_addr().expect("an address"));
    drop(free);
    for (transport, pay) in TRANSPORTS {
        let way = Way {
            trusts: Some(&authority),
            proxy: Some(&url),
        };
        let refused = pay(&base, &way);
        assert!(
            matches!(refused, Err(CallError::NotSent(_))),
            "{transport}: {refused:?}"
        );
    }
    assert_eq!(served.recent().len(), 0);
}

/// A proxy that leads every connection to one address, and keeps what clients send.
struct Tunnel {
    url: String,
    seen: Arc<Mutex<Vec<u8>>>,
}

impl Tunnel {
    fn start(base: &str) -> Self {
        Self::speaking("http", base, |client, log| {
            let mut head = Vec::new();
            let mut byte = [0];
            while !head.ends_with(b"\r\n\r\n") && client.read(&mut byte).expect("a head") == 1 {
                head.push(byte[0]);
            }
            log.lock().expect("a log").extend(&head);
            client
                .write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")
                .expect("an answer");
        })
    }

    /// One that speaks SOCKS 5, without a password.
    fn socks(base: &str) -> Self {
        Self::speaking("socks5h", base, |client, _| {
            let mut take = |length: usize| {
                let mut bytes = vec![0; length];
                client.read_exact(&mut bytes).expect("a greeting");
                bytes
            };
            let methods = take(2)[1];
            take(methods.into());
            client.write_all(&[5, 0]).expect("a method");
            let mut take = |length: usize| {
                let mut bytes = vec![0; length];
                client.read_exact(&mut bytes).expect("a request");
                bytes
            };
            let length = match take(4)[3] {
                1 => 4,
                3 => take(1)[0].into(),
                _ => 16,
            };
            take(length + 2);
            client
                .write_all(&[5, 0, 0, 1, 127, 0, 0, 1, 0, 0])
                .expect("an answer");
        })
    }

    fn speaking(scheme: &str, base: &str, greet: fn(&mut TcpStream, &Mutex<Vec<u8>>)) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let url = format!("{scheme}://{}", listener.local_addr().expect("an address"));
        let target = base.replace("https://localhost", "127.0.0.1");
        let seen = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&seen);
        thread::spawn(move || {
            let (mut client, _) = listener.accept().expect("a connection");
            greet(&mut client, &log);
            let server = TcpStream::connect(&target).expect("the gateway");
            let (mut back, mut to) = (
                server.try_clone().expect("a socket"),
                client.try_clone().expect("a socket"),
            );
            thread::spawn(move || copy(&mut back, &mut to));
            let mut logged = Logged { server, log };
            // Either side may hang up.
            let _ = copy(&mut client, &mut logged);
        });
        Self { url, seen }
    }
}

/// A stream to the server that copies into a log.
struct Logged {
    server: TcpStream,
    log: Arc<Mutex<Vec<u8>>>,
}

impl Write for Logged {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.log.lock().expect("a log").extend(bytes);
        self.server.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.server.flush()
    }
}
