//! Commands about signatures.

use std::path::PathBuf;

use clap::Args;

// The parts of a message that are signed.
#[derive(Debug, Args)]
pub(crate) struct Message {
    /// The API, if several APIs of the spec sign
    #[arg(long, value_name = "API")]
    pub(crate) api: Option<String>,
    /// The HTTP method
    #[arg(long, value_name = "METHOD", default_value = "POST")]
    pub(crate) method: String,
    /// Path and query with the prefix of the environment; for a response, those of its request. Needed if they are signed
    #[arg(long, value_name = "PATH")]
    pub(crate) path: Option<String>,
    /// The client id. Only, and needed, where the spec has a `signature`
    #[arg(long, value_name = "ID")]
    pub(crate) client_id: Option<String>,
    /// File with the body, byte for byte
    #[arg(long, value_name = "FILE")]
    pub(crate) body: PathBuf,
    /// Treat the message as a response
    #[arg(long, conflicts_with = "notification")]
    pub(crate) response: bool,
    /// Treat the message as a notification
    #[arg(long)]
    pub(crate) notification: bool,
}

/// Sign a message and print the signature header
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  payspec sign --key private.pem --path /ams/api/v1/payments/pay --client-id ID --time 1685599933871 \
--body request.json
  payspec sign --key webhook-secret.txt --notification --body event.json

A shared secret, and the credentials beside a signature, may also be in environment variables: `PAYSPEC_CREDENTIAL_` \
with the name of the credential in capitals.")]
pub(crate) struct Sign {
    /// The private key (PKCS#8 or PKCS#1, as PEM or base64), or a file with the shared secret
    #[arg(long, value_name = "FILE")]
    pub(crate) key: Option<PathBuf>,
    /// The version of the key, or its id such as the serial number of its certificate
    #[arg(long, value_name = "VERSION", default_value = "1")]
    pub(crate) key_version: String,
    /// The time: verbatim for a `signature`, else in any form [default: now, unless a `signature` needs it]
    #[arg(long, value_name = "TIME")]
    pub(crate) time: Option<String>,
    #[command(flatten)]
    pub(crate) message: Message,
}

/// Verify the signature of a message
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  payspec verify --key public.pem --path /ams/api/v1/payments/pay --client-id ID \
--time 2019-05-28T12:12:14+08:00 --response --body answer.json --signature algorithm=RSA256,…
  payspec verify --key webhook-secret.txt --notification --header 'Stripe-Signature: t=1700000000,v1=…' \
--body event.json

A shared secret, and the credentials beside a signature, may also be in environment variables: `PAYSPEC_CREDENTIAL_` \
with the name of the credential in capitals.")]
pub(crate) struct Verify {
    /// The sender's public key (X.509 or PKCS#1, as PEM or base64), or a file with the shared secret
    #[arg(long, value_name = "FILE")]
    pub(crate) key: Option<PathBuf>,
    /// The value of the header of the signature
    #[arg(long, value_name = "HEADER")]
    pub(crate) signature: Option<String>,
    /// A header of a proof, as in `Name: value` (repeatable)
    #[arg(long, value_name = "HEADER")]
    pub(crate) header: Vec<String>,
    /// The time header of a `signature`, verbatim
    #[arg(long, value_name = "TIME")]
    pub(crate) time: Option<String>,
    /// The time of receipt, to check that a message is recent: ISO 8601, or seconds or milliseconds since 1970 [default: any]
    #[arg(long, value_name = "TIME")]
    pub(crate) now: Option<String>,
    #[command(flatten)]
    pub(crate) message: Message,
}

/// Find the mistake behind a signature that does not verify
#[derive(Debug, Args)]
#[command(
    long_about = "\
Find the mistake behind a signature that does not verify.

A capture is raw HTTP (head, blank line, body), the output of `curl -v`, or a HAR file; a request and its \
response can be in one file or in two. The report separates what is proved from what is only suspected. Keys, \
secrets, signatures and bodies are never printed.

Pass the same key files that your program reads. With --now, the time at which the message was received, \
clocks are compared as well.",
    after_help = "\
Examples:
  payspec doctor request.http --own-private-key private.pem
  payspec doctor request.http response.http --own-private-key private.pem --provider-public-key alipay.pem
  payspec doctor answer.http --path /ams/api/v1/payments/pay --client-id ID --provider-public-key alipay.pem
  payspec doctor notification.http --operation notify_payment --provider-public-key alipay.pem
  payspec doctor event.http --operation report_event --secret webhook-secret.txt
  payspec doctor session.har --own-private-key private.pem --format json"
)]
pub(crate) struct Doctor {
    /// Captures, byte for byte; `-` reads standard input
    #[arg(value_name = "CAPTURE", required = true)]
    pub(crate) captures: Vec<PathBuf>,
    /// The API, if several APIs of the spec sign
    #[arg(long, value_name = "API")]
    pub(crate) api: Option<String>,
    /// The operation; required for notifications [default: found by the path]
    #[arg(long, value_name = "OP")]
    pub(crate) operation: Option<String>,
    /// HTTP method of the request, for a response without its request
    #[arg(long, value_name = "METHOD")]
    pub(crate) method: Option<String>,
    /// Path and query of the request, for a response without its request or if the receiver sees others
    #[arg(long, value_name = "PATH")]
    pub(crate) path: Option<String>,
    /// Client id that your program uses
    #[arg(long, value_name = "ID")]
    pub(crate) client_id: Option<String>,
    /// Private key that your program signs with
    #[arg(long, value_name = "FILE")]
    pub(crate) own_private_key: Option<PathBuf>,
    /// Public key that you gave to the provider
    #[arg(long, value_name = "FILE")]
    pub(crate) own_public_key: Option<PathBuf>,
    /// Public key that your program verifies with (repeatable, for older and newer keys)
    #[arg(long, value_name = "FILE")]
    pub(crate) provider_public_key: Vec<PathBuf>,
    /// File with the shared secret [default: the variable `PAYSPEC_CREDENTIAL_` and its name in capitals]
    #[arg(long, value_name = "FILE")]
    pub(crate) secret: Option<PathBuf>,
    /// Version of your key at the provider
    #[arg(long, value_name = "VERSION")]
    pub(crate) own_key_version: Option<String>,
    /// Version of the provider's key
    #[arg(long, value_name = "VERSION")]
    pub(crate) provider_key_version: Option<String>,
    /// Time of receipt: ISO 8601, or seconds or milliseconds since 1970
    #[arg(long, value_name = "TIME")]
    pub(crate) now: Option<String>,
    /// Allowed difference of the clocks, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = payspec_doctor::DEFAULT_SKEW.as_secs())]
    pub(crate) skew: u64,
    /// Body of the request, if the capture lacks it
    #[arg(long, value_name = "FILE")]
    pub(crate) request_body: Option<PathBuf>,
    /// Body of the response, if the capture lacks it
    #[arg(long, value_name = "FILE")]
    pub(crate) response_body: Option<PathBuf>,
}
