//! `payspec mock`.

use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use clap::Args;
use payspec_mock::GivenCredential;
use payspec_mock::{Fault, Retention, Settlement, TOKEN_LIFETIME};

/// Play the provider: a mock gateway that a client can pay against
#[derive(Debug, Args)]
#[command(
    long_about = about(),
    after_help = "\
Examples:
  payspec mock
  payspec mock --port 9000
  payspec mock --listen 127.0.0.1:9000 --keys mock-keys --state mock.redb
  payspec mock --client-key my-public.pem --script first-unknown.json --format json"
)]
pub(crate) struct Mock {
    /// Address to listen at, or a port of this machine such as `:8080`; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080", value_parser = address)]
    pub(crate) listen: SocketAddr,
    /// Port of this machine to listen at
    #[arg(long, value_name = "PORT", conflicts_with = "listen")]
    port: Option<u16>,
    /// Public key of the client [default: a generated key pair]
    #[arg(long, value_name = "FILE")]
    pub(crate) client_key: Option<PathBuf>,
    /// Folder for the keys of both sides; missing keys are generated
    #[arg(long, value_name = "DIR")]
    pub(crate) keys: Option<PathBuf>,
    /// Accept only this client id (repeatable) [default: any]
    #[arg(long, value_name = "ID")]
    pub(crate) client_id: Vec<String>,
    /// Demand this value of a credential of the spec (repeatable); safer is the variable `PAYSPEC_CREDENTIAL_` with
    /// the name in capitals [default: a test value]
    #[arg(long, value_name = "NAME=VALUE", value_parser = credential)]
    pub(crate) credential: Vec<Credential>,
    /// Store state in this file [default: memory only]
    #[arg(long, value_name = "FILE")]
    pub(crate) state: Option<PathBuf>,
    /// Append all messages to this file, with sensitive values masked, as JSON lines for `--traffic`
    #[arg(long, value_name = "FILE")]
    pub(crate) record: Option<PathBuf>,
    /// Script of results and faults, as JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) script: Option<PathBuf>,
    /// Seed for generated ids
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    pub(crate) seed: u64,
    /// How an open payment ends: `succeeds` or `fails`, optionally with `=SECONDS`, or `waits` until it is
    /// settled by hand
    #[arg(long, value_name = "HOW", default_value_t)]
    pub(crate) settlement: Settlement,
    /// Serve TLS with a certificate for `localhost`, generated for this run
    #[arg(long)]
    pub(crate) tls_self_signed: bool,
    /// Write the certificate that clients must trust to this file
    #[arg(long, value_name = "FILE", requires = "tls_self_signed")]
    pub(crate) tls_ca_out: Option<PathBuf>,
    /// Seconds for which a token is valid that an operation hands out
    #[arg(long, value_name = "SECONDS", default_value_t = TOKEN_LIFETIME.as_secs())]
    pub(crate) token_lifetime: u64,
    /// Address of notifications for which no request names one, as of a webhook [default: they are not sent]
    #[arg(long, value_name = "URL")]
    pub(crate) notify_url: Option<String>,
    /// Certificate to trust when notifications are sent over TLS [default: the public authorities]
    #[arg(long, value_name = "FILE")]
    pub(crate) notify_ca: Option<PathBuf>,
    /// Send notifications to other machines as well
    #[arg(long)]
    pub(crate) allow_remote_notify: bool,
    /// Listen on an address that other machines can reach
    #[arg(long)]
    pub(crate) allow_remote: bool,
    /// Accept requests with this host name (repeatable)
    #[arg(long, value_name = "NAME")]
    pub(crate) allow_host: Vec<String>,
    /// Maximum number of payments, refunds and registrations to remember; the oldest that ended go first
    #[arg(long, value_name = "NUMBER", default_value_t = Retention::default().most)]
    pub(crate) keep: usize,
    /// Hours to remember payments, refunds and registrations after their end
    #[arg(long, value_name = "HOURS", default_value_t = Retention::default().age.as_secs() / 3600)]
    pub(crate) keep_hours: u64,
}

impl Mock {
    /// Returns the address to listen at.
    pub(crate) fn address(&self) -> SocketAddr {
        self.port.map_or(self.listen, local)
    }
}

/// A credential and its value.
#[derive(Clone)]
pub(crate) struct Credential {
    pub(crate) name: String,
    pub(crate) value: GivenCredential,
}

impl std::fmt::Debug for Credential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.name)
    }
}

/// Reads a credential. It never fails, because an error would show the value; without a name it is refused later.
fn credential(text: &str) -> Result<Credential, Infallible> {
    let (name, value) = text.split_once('=').unwrap_or(("", text));
    Ok(Credential {
        name: name.to_owned(),
        value: value.into(),
    })
}

/// Reads an address. A port alone is one of this machine.
fn address(word: &str) -> Result<SocketAddr, String> {
    let port = word.strip_prefix(':').unwrap_or(word);
    let port = port.strip_prefix("localhost:").unwrap_or(port);
    if let Ok(port) = port.parse() {
        return Ok(local(port));
    }
    word.parse().map_err(|_| {
        "expected an address and a port, as in `127.0.0.1:8080`, or a port, as in `:8080`"
            .to_owned()
    })
}

fn local(port: u16) -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, port))
}

/// Returns the long description of the command.
fn about() -> String {
    let faults = Fault::help().map(|(form, effect)| format!("  {form:20}{effect}\n"));
    let faults: String = faults.collect();
    format!(
        "\
Play the provider: a mock gateway that a client can pay against.

The gateway is driven by the spec alone. It serves every operation that a merchant calls, verifies \
signatures, refuses invalid requests, answers with the documented examples, and repeats the answer to a \
repeated request.

Use request headers to choose the result or inject faults. `Payspec-Result` names a code, an outcome or an \
example of the operation. `Payspec-Settlement` sets how an open payment ends, as `--settlement` does. \
`Payspec-Fault` lists faults, separated by commas:

{faults}
`Payspec-Notification` takes `never`, `copies=NUMBER` and faults. A script does the same without headers:

  {{\"steps\": [{{\"operation\": \"pay_entry_code\", \"result\": \"UNKNOWN_EXCEPTION\", \"times\": 2}}],
   \"amounts\": {{\"9901\": \"RISK_REJECT\"}}}}

The response headers `payspec-note` and `payspec-violations` tell why a request was refused. The page at / \
lists recent exchanges."
    )
}
