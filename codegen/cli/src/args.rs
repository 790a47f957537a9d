//! The command line, as clap reads it. Its help texts are pinned by snapshots.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use payspec_model::model::Side;

/// Generate Rust types, validators, clients and reports from one description of a payment API.
#[derive(Debug, Parser)]
#[command(
    name = "payspec",
    version,
    max_term_width = 100,
    after_help = "Exit codes: 0 success, 1 findings, 2 usage or I/O error."
)]
pub(super) struct Cli {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Args)]
pub(super) struct Global {
    /// Folder of the spec
    #[arg(long, global = true, value_name = "DIR", default_value = "spec", help_heading = GENERAL)]
    pub(super) spec: PathBuf,
    /// Output format; every command supports `human` and `json` [default: human]
    #[arg(long, global = true, value_name = "FORMAT", help_heading = GENERAL)]
    pub(super) format: Option<Format>,
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = GENERAL)]
    pub(super) color: Color,
}

/// Heading of the options that every command has.
const GENERAL: &str = "Global options";

/// The format of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    // For people at a terminal.
    #[value(alias = "text")]
    Human,
    // For programs.
    Json,
    // A comment on a pull request.
    Markdown,
    // A page that needs nothing else.
    Html,
    // For code scanners.
    Sarif,
    // Annotations of a pull request.
    Github,
}

impl Command {
    /// Returns whether the command can report in this format.
    pub(super) fn reports(&self, format: Format) -> bool {
        match (format, self) {
            (Format::Human | Format::Json, _) => true,
            (Format::Github, command) => matches!(command, Command::Check(_) | Command::Diff(_)),
            (Format::Markdown, Command::Drift(_)) => true,
            (Format::Html, Command::Drift(drift)) => drift.coverage,
            (Format::Markdown | Format::Html | Format::Sarif, command) => {
                matches!(command, Command::Diff(_))
            }
        }
    }
}

/// The choice of coloured output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    // On a terminal, unless `NO_COLOR` is set.
    Auto,
    // Always.
    Always,
    // Never.
    Never,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Check the spec and report every problem with its place
    #[command(after_help = "\
Examples:
  payspec check
  payspec check --disputed
  payspec check --format github")]
    Check(Check),
    /// Write the Rust sources of the spec
    #[command(
        long_about = "\
Write the Rust sources of the spec.

A crate can request one cargo feature per operation and flow in its Cargo.toml. The [features] table is \
then written and checked together with the sources:

  [package.metadata.payspec]
  operation-features = true",
        after_help = "\
Examples:
  payspec generate
  payspec generate --check"
    )]
    Generate(Generate),
    /// Check JSON messages against the spec
    #[command(
        long_about = "\
Check JSON messages against the spec.

Each violation shows the place in the message, the place in the spec, the expected and the actual value; \
sensitive values are masked. For a response, the decision is shown as well. Warnings do not fail the run.

With --traffic, the command reads recorded messages of all operations and counts the violations by rule, \
and the operations, fields, values, statuses and codes that the spec does not know. All values are masked. \
Exit code 1 means that a message breaks a rule or contains something unknown.",
        after_help = "\
Examples:
  payspec validate --operation pay_entry_code --side request request.json
  payspec validate --operation pay_entry_code --side response < response.json
  payspec validate --operation pay_entry_code --side request --lines requests.jsonl
  payspec validate --traffic monday.jsonl session.har
  payspec validate --spec other-spec --traffic recorded.jsonl --format json"
    )]
    Validate(Validate),
    /// List the result codes
    #[command(after_help = "\
Examples:
  payspec results
  payspec results --operation pay_entry_code --format json")]
    Results(Results),
    /// Count what the spec describes of each operation, and what is unknown
    #[command(after_help = "\
Examples:
  payspec coverage
  payspec coverage --out docs/coverage.md
  payspec coverage --out docs/coverage.md --check")]
    Coverage(Coverage),
    /// Compare two specs and report what breaks, and for whom
    #[command(
        long_about = "\
Compare two specs and report what breaks, and for whom.

Each difference gets three verdicts: on the wire, for callers that still use the old crate and for callers of \
the new crate against a provider that has not updated; in Rust, for crates that depend on the generated one; \
and for money. Money findings come first.

With --traffic, recorded messages are validated against both specs. The report counts the messages that only \
the new spec refuses, by rule and field, and marks findings that no message touches. Traffic changes the exit \
code only when a file cannot be read or no message can be judged: then it is 2.",
        after_help = "\
Examples:
  payspec diff --against main
  payspec diff old-spec new-spec --witness
  payspec diff --against main --format html --out review.html
  payspec diff --against v1.2.0 --fail-on money --format json
  payspec diff --against main --traffic recorded.jsonl session.har"
    )]
    Diff(Diff),
    /// Compare a saved documentation page with the spec or with an older copy
    #[command(
        long_about = "\
Compare a saved documentation page with the spec or with an older copy.

A page is HTML, Markdown or text, in English or Chinese. Each difference shows the line of the page and the \
line of the spec; wording alone is not a difference. Facts that the spec has from other sources need not be on \
the page. Differences that the spec records as disputes are listed separately.

With a second page, the command lists the changes from the first to the second.",
        after_help = "\
Examples:
  payspec drift page.md
  payspec drift page.html --operation pay_entry_code
  payspec drift page.md --coverage --format html --out coverage.html
  payspec drift page.md --write-draft spec/shop/operations/place_order.yaml
  payspec drift old.md new.html"
    )]
    Drift(Drift),
    /// Write the changelog entry for the changes since a revision
    #[command(
        long_about = "\
Write the changelog entry for the changes since a revision, and compute the next version.

Money changes come first, then breaking changes, additions, changes, deprecations, removals and wording. The \
next version follows cargo's rules, starting from the version of the generated crate: a change that breaks \
Rust code or concerns money is major, a change that breaks only the wire is minor.",
        after_help = "\
Examples:
  payspec changelog --since v0.1.0
  payspec changelog --since v0.1.0 --out CHANGELOG.md"
    )]
    Changelog(Changelog),
    /// Explain a name of the spec, a diagnostic or a rule
    #[command(after_help = "\
Examples:
  payspec explain RISK_REJECT
  payspec explain Order.env
  payspec explain pay_entry_code/request/order/env/userAgent
  payspec explain signature
  payspec explain flow entry_code_payment
  payspec explain E012
  payspec explain max_length
  payspec explain max-length-narrowed
  payspec explain drift/max-length
  payspec explain --all --out docs/diff-rules.md")]
    Explain(Explain),
    /// Play the provider: a mock gateway that a client can pay against
    #[command(
        long_about = "\
Play the provider: a mock gateway that a client can pay against.

The gateway is driven by the spec alone. It serves every operation that a merchant calls, verifies \
signatures, refuses invalid requests, answers with the documented examples, and repeats the answer to a \
repeated request.

Use request headers to choose the result or inject faults. `Payspec-Result` names a code, an outcome or an \
example of the operation. `Payspec-Fault` lists faults: delay=MILLISECONDS, http-status=NUMBER, drop (the \
request is not processed), lose-answer (the request is processed, the connection breaks), truncate, unsigned, \
wrong-signature, changed-body, no-time, twice, not-json, no-result, unknown-status. A script does the same \
without headers:

  {\"steps\": [{\"operation\": \"pay_entry_code\", \"result\": \"UNKNOWN_EXCEPTION\", \"times\": 2}],
   \"amounts\": {\"9901\": \"RISK_REJECT\"}}

The response headers `payspec-note` and `payspec-violations` tell why a request was refused. The page at / \
lists recent exchanges.",
        after_help = "\
Examples:
  payspec mock
  payspec mock --listen 127.0.0.1:9000 --keys mock-keys --state mock.redb
  payspec mock --client-key my-public.pem --script first-unknown.json --format json"
    )]
    Mock(Mock),
    /// Print the facts that a saved documentation page states
    #[command(
        long_about = "\
Print the facts that a saved documentation page states.

The page is HTML, Markdown or plain text, in English or Chinese. Facts are printed as JSON, each with its \
line; `--format human` prints tables. Lines that the reader does not understand are listed.",
        after_help = "\
Examples:
  payspec page saved-page.md
  payspec page saved-page.html --format human
  curl -s https://docs.example.com/pay | payspec page -"
    )]
    Page(Page),
    /// Print the JSON Schema of the spec format
    #[command(after_help = "\
Examples:
  payspec schema operation
  payspec schema --out docs/schema")]
    Schema(Schema),
    /// Sign a message and print the signature header
    #[command(after_help = "\
Examples:
  payspec sign --key private.pem --path /ams/api/v1/payments/pay --client-id ID --time 1685599933871 \
--body request.json")]
    Sign(Sign),
    /// Verify the signature of a message
    #[command(after_help = "\
Examples:
  payspec verify --key public.pem --path /ams/api/v1/payments/pay --client-id ID \
--time 2019-05-28T12:12:14+08:00 --response --body answer.json --signature algorithm=RSA256,…")]
    Verify(Verify),
    /// Find the mistake behind a signature that does not verify
    #[command(
        long_about = "\
Find the mistake behind a signature that does not verify.

A capture is raw HTTP (head, blank line, body), the output of `curl -v`, or a HAR file; a request and its \
response can be in one file or in two. The report separates what is proved from what is only suspected. Keys, \
signatures and bodies are never printed.

Pass the same key files that your program reads. With --now, the time at which the message was received, \
clocks are compared as well.",
        after_help = "\
Examples:
  payspec doctor request.http --own-private-key private.pem
  payspec doctor request.http response.http --own-private-key private.pem --provider-public-key alipay.pem
  payspec doctor answer.http --path /ams/api/v1/payments/pay --client-id ID --provider-public-key alipay.pem
  payspec doctor notification.http --operation notify_payment --provider-public-key alipay.pem
  payspec doctor session.har --own-private-key private.pem --format json"
    )]
    Doctor(Box<Doctor>),
    /// Create a small working spec
    #[command(after_help = "\
Examples:
  payspec init my-spec")]
    Init(Init),
    /// Print shell completions
    #[command(after_help = "\
Examples:
  payspec completions bash > /etc/bash_completion.d/payspec")]
    Completions(Completions),
}

#[derive(Debug, Args)]
pub(super) struct Check {
    /// List the points on which sources disagree, and the side taken
    #[arg(long)]
    pub(super) disputed: bool,
}

#[derive(Debug, Args)]
pub(super) struct Generate {
    /// Folder of the generated sources
    #[arg(long, value_name = "DIR", default_value = "generated/src")]
    pub(super) out: PathBuf,
    /// Write nothing; print a diff and fail if the sources are out of date
    #[arg(long)]
    pub(super) check: bool,
}

#[derive(Debug, Args)]
pub(super) struct Validate {
    /// The operation, such as `pay_entry_code`
    #[arg(long, value_name = "OP", required_unless_present = "traffic")]
    pub(super) operation: Option<String>,
    /// Side of the messages
    #[arg(long, value_name = "SIDE", value_parser = side(), required_unless_present = "traffic")]
    pub(super) side: Option<Side>,
    /// The request that the messages belong to; a message with another id or amount decides nothing
    ///
    /// For answers to an inquiry and for notifications, this is the request that pays.
    #[arg(long, value_name = "FILE")]
    pub(super) request: Option<PathBuf>,
    /// Read one message per line, in constant memory
    #[arg(long)]
    pub(super) lines: bool,
    /// Validate recorded messages of all operations, and count violations and unknown names
    ///
    /// A file has JSON lines with `operation`, `side` and `body`, or is HAR; `-` reads standard input.
    #[arg(
        long,
        value_name = "FILE",
        num_args = 1..,
        conflicts_with_all = ["operation", "side", "request", "lines", "files"]
    )]
    pub(super) traffic: Vec<PathBuf>,
    /// Threads that validate recorded messages [default: one per core]
    #[arg(long, value_name = "NUMBER", requires = "traffic")]
    pub(super) threads: Option<NonZeroUsize>,
    /// Files with messages; `-` or no file reads standard input
    #[arg(value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Results {
    /// List only the codes of this operation
    #[arg(long, value_name = "OP")]
    pub(super) operation: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Coverage {
    /// Write the tables to this file, as Markdown
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// Write nothing; print a diff and fail if the file is out of date
    #[arg(long, requires = "out")]
    pub(super) check: bool,
}

#[derive(Debug, Args)]
pub(super) struct Drift {
    /// The saved page; of two copies, the older one
    #[arg(value_name = "PAGE")]
    pub(super) page: PathBuf,
    /// A newer copy of the page
    #[arg(
        value_name = "NEW_PAGE",
        conflicts_with_all = ["operation", "source", "coverage", "write_draft"]
    )]
    pub(super) new: Option<PathBuf>,
    /// The operation that the page describes [default: found by endpoint and parameters]
    #[arg(long, value_name = "OP")]
    pub(super) operation: Option<String>,
    /// The spec's source tag for this page [default: found by its date]
    #[arg(long, value_name = "TAG")]
    pub(super) source: Option<String>,
    /// Account for every line of the page and every fact of the spec; fail while any is open
    #[arg(long)]
    pub(super) coverage: bool,
    /// Write the report to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// Draft what the spec lacks; a whole operation if the spec has none
    #[arg(long, value_name = "FILE", conflicts_with_all = ["coverage", "out"])]
    pub(super) write_draft: Option<PathBuf>,
    /// Overwrite existing files with the draft
    #[arg(long, requires = "write_draft")]
    pub(super) force: bool,
}

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// A result code, a field (`Order.env`, a name, or a path behind operation and side), a type,
    /// an operation, a flow, an API, a header, a host, `signature`, `wire`, a source, a dispute, a
    /// diagnostic or a rule; `flow` for all flows
    #[arg(value_name = "WHAT", required_unless_present = "all")]
    pub(super) what: Option<String>,
    /// After the word `flow`: the flow to explain
    #[arg(value_name = "ID")]
    pub(super) id: Option<String>,
    /// Explain every rule of `payspec diff`
    #[arg(long, conflicts_with = "what")]
    pub(super) all: bool,
    /// Write them to this file, as Markdown
    #[arg(long, value_name = "FILE", requires = "all")]
    pub(super) out: Option<PathBuf>,
    /// Write nothing; print a diff and fail if the file is out of date
    #[arg(long, requires = "out")]
    pub(super) check: bool,
}
#[derive(Debug, Args)]
pub(super) struct Mock {
    /// Address to listen at; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    pub(super) listen: std::net::SocketAddr,
    /// Public key of the client [default: a generated key pair]
    #[arg(long, value_name = "FILE")]
    pub(super) client_key: Option<PathBuf>,
    /// Folder for the keys of both sides; missing keys are generated
    #[arg(long, value_name = "DIR")]
    pub(super) keys: Option<PathBuf>,
    /// Accept only this client id (repeatable) [default: any]
    #[arg(long, value_name = "ID")]
    pub(super) client_id: Vec<String>,
    /// Store state in this file [default: memory only]
    #[arg(long, value_name = "FILE")]
    pub(super) state: Option<PathBuf>,
    /// Append all messages to this file, unmasked, as JSON lines for `--traffic`
    #[arg(long, value_name = "FILE")]
    pub(super) record: Option<PathBuf>,
    /// Script of results and faults, as JSON
    #[arg(long, value_name = "FILE")]
    pub(super) script: Option<PathBuf>,
    /// Seed for generated ids
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    pub(super) seed: u64,
    /// How an open payment ends: `succeeds` or `fails`, optionally with `=SECONDS`, or `waits` until it is
    /// settled by hand
    #[arg(long, value_name = "HOW", default_value_t)]
    pub(super) settlement: payspec_mock::Settlement,
    /// Serve TLS with a certificate for `localhost`, generated for this run
    #[arg(long)]
    pub(super) tls_self_signed: bool,
    /// Write the certificate that clients must trust to this file
    #[arg(long, value_name = "FILE", requires = "tls_self_signed")]
    pub(super) tls_ca_out: Option<PathBuf>,
    /// Certificate to trust when notifications are sent over TLS [default: the public authorities]
    #[arg(long, value_name = "FILE")]
    pub(super) notify_ca: Option<PathBuf>,
    /// Send notifications to other machines as well
    #[arg(long)]
    pub(super) allow_remote_notify: bool,
    /// Listen on an address that other machines can reach
    #[arg(long)]
    pub(super) allow_remote: bool,
    /// Accept requests with this host name (repeatable)
    #[arg(long, value_name = "NAME")]
    pub(super) allow_host: Vec<String>,
    /// Maximum number of payments, refunds and registrations to remember; the oldest that ended go first
    #[arg(long, value_name = "NUMBER", default_value_t = payspec_mock::Retention::default().most)]
    pub(super) keep: usize,
    /// Hours to remember payments, refunds and registrations after their end
    #[arg(long, value_name = "HOURS", default_value_t = payspec_mock::Retention::default().age.as_secs() / 3600)]
    pub(super) keep_hours: u64,
}

#[derive(Debug, Args)]
pub(super) struct Page {
    /// The saved page; `-` reads standard input
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct Schema {
    /// Kind of file (`api`, `types`, `operation`, `results`, `flow`, `approvals`) or the command whose output
    /// it describes (`page`, `diff`, `traffic`, `doctor`) [default: all]
    #[arg(value_name = "KIND")]
    pub(super) kind: Option<String>,
    /// Write one file per kind into this folder
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
}

/// The parts of a message that are signed.
#[derive(Debug, Args)]
pub(super) struct Message {
    /// The API, if several APIs of the spec sign
    #[arg(long, value_name = "API")]
    pub(super) api: Option<String>,
    /// The HTTP method
    #[arg(long, value_name = "METHOD", default_value = "POST")]
    pub(super) method: String,
    /// Path and query with the prefix of the environment; for a response, those of its request
    #[arg(long, value_name = "PATH")]
    pub(super) path: String,
    /// The client id
    #[arg(long, value_name = "ID")]
    pub(super) client_id: String,
    /// The time header, verbatim
    #[arg(long, value_name = "TIME")]
    pub(super) time: String,
    /// File with the body, byte for byte
    #[arg(long, value_name = "FILE")]
    pub(super) body: PathBuf,
    /// Treat the message as a response
    #[arg(long)]
    pub(super) response: bool,
}

#[derive(Debug, Args)]
pub(super) struct Sign {
    /// The private key: PKCS#8 or PKCS#1, as PEM or base64
    #[arg(long, value_name = "FILE")]
    pub(super) key: PathBuf,
    /// The version of the key
    #[arg(long, value_name = "VERSION", default_value = "1")]
    pub(super) key_version: String,
    #[command(flatten)]
    pub(super) message: Message,
}

#[derive(Debug, Args)]
pub(super) struct Verify {
    /// The sender's public key: X.509 or PKCS#1, as PEM or base64
    #[arg(long, value_name = "FILE")]
    pub(super) key: PathBuf,
    /// The header of the signature
    #[arg(long, value_name = "HEADER")]
    pub(super) signature: String,
    #[command(flatten)]
    pub(super) message: Message,
}

#[derive(Debug, Args)]
pub(super) struct Doctor {
    /// Captures, byte for byte; `-` reads standard input
    #[arg(value_name = "CAPTURE", required = true)]
    pub(super) captures: Vec<PathBuf>,
    /// The API, if several APIs of the spec sign
    #[arg(long, value_name = "API")]
    pub(super) api: Option<String>,
    /// The operation; required for notifications [default: found by the path]
    #[arg(long, value_name = "OP")]
    pub(super) operation: Option<String>,
    /// HTTP method of the request, for a response without its request
    #[arg(long, value_name = "METHOD")]
    pub(super) method: Option<String>,
    /// Path and query of the request, for a response without its request or if the receiver sees others
    #[arg(long, value_name = "PATH")]
    pub(super) path: Option<String>,
    /// Client id that your program uses
    #[arg(long, value_name = "ID")]
    pub(super) client_id: Option<String>,
    /// Private key that your program signs with
    #[arg(long, value_name = "FILE")]
    pub(super) own_private_key: Option<PathBuf>,
    /// Public key that you gave to the provider
    #[arg(long, value_name = "FILE")]
    pub(super) own_public_key: Option<PathBuf>,
    /// Public key that your program verifies with (repeatable, for older and newer keys)
    #[arg(long, value_name = "FILE")]
    pub(super) provider_public_key: Vec<PathBuf>,
    /// Version of your key at the provider
    #[arg(long, value_name = "VERSION")]
    pub(super) own_key_version: Option<String>,
    /// Version of the provider's key
    #[arg(long, value_name = "VERSION")]
    pub(super) provider_key_version: Option<String>,
    /// Time of receipt: ISO 8601, or seconds or milliseconds since 1970
    #[arg(long, value_name = "TIME")]
    pub(super) now: Option<String>,
    /// Allowed difference of the clocks, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = payspec_doctor::DEFAULT_SKEW.as_secs())]
    pub(super) skew: u64,
    /// Body of the request, if the capture lacks it
    #[arg(long, value_name = "FILE")]
    pub(super) request_body: Option<PathBuf>,
    /// Body of the response, if the capture lacks it
    #[arg(long, value_name = "FILE")]
    pub(super) response_body: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Init {
    /// Folder to create; must be empty or not exist
    #[arg(value_name = "DIR")]
    pub(super) dir: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct Completions {
    /// Shell to print completions for
    #[arg(value_name = "SHELL")]
    pub(super) shell: clap_complete::Shell,
}

/// Reads a side; clap lists the two words when another one is given.
fn side() -> impl TypedValueParser<Value = Side> {
    PossibleValuesParser::new(Side::ALL.iter().map(|side| side.as_str()))
        .try_map(|word| Side::parse(&word).ok_or("not a side"))
}

#[derive(Debug, Args)]
pub(super) struct Diff {
    /// The old spec folder, unless `--against` names a revision
    #[arg(value_name = "OLD", conflicts_with = "against")]
    pub(super) old: Option<PathBuf>,
    /// The new spec folder [default: that of `--spec`]
    #[arg(value_name = "NEW", conflicts_with = "against")]
    pub(super) new: Option<PathBuf>,
    /// Git revision to compare the spec folder with: a branch, tag or commit
    #[arg(long, value_name = "REVISION")]
    pub(super) against: Option<String>,
    /// Show a message for each breaking change: one spec accepts it, the other refuses it
    #[arg(long)]
    pub(super) witness: bool,
    /// Validate recorded messages against both specs
    ///
    /// A file has JSON lines with `operation`, `side` and `body`, or is HAR; `-` reads standard input.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub(super) traffic: Vec<PathBuf>,
    /// Threads that validate recorded messages [default: one per core]
    #[arg(long, value_name = "NUMBER", requires = "traffic")]
    pub(super) threads: Option<NonZeroUsize>,
    /// Write the report to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// Level from which on a finding fails the run
    #[arg(long, value_name = "LEVEL", default_value = "breaking")]
    pub(super) fail_on: FailOn,
    #[command(flatten)]
    pub(super) policy: Policy,
    /// Print only an entry for the approvals file that accepts the finding with this fingerprint (repeatable)
    #[arg(long, value_name = "FINGERPRINT")]
    pub(super) accept: Vec<String>,
}

/// Approvals of findings.
#[derive(Debug, Args)]
pub(super) struct Policy {
    /// Approvals file [default: `payspec-approvals.yaml` beside the spec folder, if it exists]
    #[arg(long, value_name = "FILE")]
    pub(super) approvals: Option<PathBuf>,
    /// Date on which approvals must not have expired [default: today]
    #[arg(long, value_name = "DATE")]
    pub(super) today: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Changelog {
    /// Git revision to compare the spec folder with: a tag, branch or commit
    #[arg(long, value_name = "REVISION")]
    pub(super) since: String,
    /// Write the entry into this file below `## [Unreleased]`, replacing the previous entry of payspec
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// Folder of the generated crate, whose version at the revision is the old one
    #[arg(long, value_name = "DIR", default_value = "generated")]
    pub(super) package: PathBuf,
}

/// The level from which on a change fails the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    // Money can move twice, or an outcome can be misread.
    Money,
    // Callers of the old crate are refused or misread.
    Breaking,
    // Strict readers fail, or a value is silently lost.
    Risky,
    // Code that depends on the generated crate may not compile.
    Major,
    // The generated crate has more to use.
    Minor,
    // Anything changed.
    Any,
    // Nothing fails the run.
    Never,
}
