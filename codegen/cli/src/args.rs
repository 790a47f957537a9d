//! The command line, as clap reads it. Its help texts are pinned by snapshots.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use payspec_model::model::Side;

/// One description of a payment API in; Rust types, validators and reports out.
#[derive(Debug, Parser)]
#[command(
    name = "payspec",
    version,
    max_term_width = 100,
    after_help = "Exit codes: 0 fine, 1 findings, 2 usage or I/O."
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
    /// How to report; every command knows the first two [default: human]
    #[arg(long, global = true, value_name = "FORMAT", help_heading = GENERAL)]
    pub(super) format: Option<Format>,
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = GENERAL)]
    pub(super) color: Color,
}

/// Heading of the options that every command has.
const GENERAL: &str = "Everywhere";

/// How a command reports.
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
    /// Whether the command can report like this.
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

/// When output is coloured.
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

A crate may ask for a cargo feature for each operation and flow, in the Cargo.toml beside its folder of \
sources; the table [features] is then written and checked along with them:

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

Every broken rule is listed with the place in the message, the place in the spec, what was expected \
and what was found; sensitive values are masked. For a response the decision is told too. Warnings \
do not fail the run.

With --traffic, recorded messages of all operations are judged, and counted: the rules that they break, and \
the operations, fields, values, statuses and codes that the spec does not know. All values are masked. \
Exit code 1 means that a message breaks a rule or holds something that the spec does not know.",
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
    /// Count what is described of each operation, and what nobody knows
    #[command(after_help = "\
Examples:
  payspec coverage
  payspec coverage --out docs/coverage.md
  payspec coverage --out docs/coverage.md --check")]
    Coverage(Coverage),
    /// Say what a change of the spec means, and to whom
    #[command(
        long_about = "\
Say what a change of the spec means, and to whom.

Every difference between two specs is judged three times: on the wire, for callers that have not moved \
and for those that have while the provider has not; in Rust, for crates that depend on the generated \
one; and for the money, which stands above all.

With --traffic, recorded messages are judged by both specs: the report counts the messages that the change \
refuses, by rule and field, and marks the findings that no message touches. Traffic does not change the exit \
code, unless a file cannot be read or no message can be judged: then it is 2.",
        after_help = "\
Examples:
  payspec diff --against main
  payspec diff old-spec new-spec --witness
  payspec diff --against main --format html --out review.html
  payspec diff --against v1.2.0 --fail-on money --format json
  payspec diff --against main --traffic recorded.jsonl session.har"
    )]
    Diff(Diff),
    /// Hold a saved page of the provider against the spec, or against an older copy
    #[command(
        long_about = "\
Hold a saved page of the provider against the spec, or against an older copy.

A page is HTML, Markdown or text, in English or Chinese. What the page and the spec state differently is \
listed with the line of each; words alone are no difference. Of what the spec has from other sources the \
page may be silent, and what a dispute of the spec records of the page is listed apart.

With a second page, the changes from the first one to the second one are listed.",
        after_help = "\
Examples:
  payspec drift page.md
  payspec drift page.html --operation pay_entry_code
  payspec drift page.md --coverage --format html --out coverage.html
  payspec drift page.md --write-draft spec/shop/operations/place_order.yaml
  payspec drift old.md new.html"
    )]
    Drift(Drift),
    /// Write the changelog's entry for what changed since a revision
    #[command(
        long_about = "\
Write the changelog's entry for what changed since a revision, and say which version comes next.

What is about money stands first, then what breaks, what was added, changed, deprecated and removed, and \
the words. The next version follows cargo's rules, from the version that the generated crate had: what \
breaks in Rust or is about money counts as a major change, what breaks on the wire alone as a minor one.",
        after_help = "\
Examples:
  payspec changelog --since v0.1.0
  payspec changelog --since v0.1.0 --out CHANGELOG.md"
    )]
    Changelog(Changelog),
    /// Explain anything that the spec names, a diagnostic or a rule
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
    /// Play the provider: a sandbox gateway that a client can pay against
    #[command(
        long_about = "\
Play the provider: a sandbox gateway that a client can pay against.

It knows what the spec says, and nothing else: it serves every operation that a merchant calls, verifies \
signatures, refuses what breaks a rule, answers with the documented examples, and gives the same request \
the same answer.

Headers of a request ask for what shall happen. `Payspec-Result` names a code, an outcome or an example of \
the operation. `Payspec-Fault` lists what goes wrong on the way: delay=MILLISECONDS, http-status=NUMBER, \
drop (nothing is processed), lose-answer (it is processed, and nobody is told), truncate, unsigned, \
wrong-signature, changed-body, no-time, twice, not-json, no-result, unknown-status. A script does the same \
without headers:

  {\"steps\": [{\"operation\": \"pay_entry_code\", \"result\": \"UNKNOWN_EXCEPTION\", \"times\": 2}],
   \"amounts\": {\"9901\": \"RISK_REJECT\"}}

Answers say in `payspec-note` and `payspec-violations` why a request was refused; the page at / shows the \
last exchanges.",
        after_help = "\
Examples:
  payspec mock
  payspec mock --listen 127.0.0.1:9000 --keys sandbox-keys --state sandbox.redb
  payspec mock --client-key my-public.pem --script first-unknown.json --format json"
    )]
    Mock(Mock),
    /// Say what a saved page of a provider's documentation states
    #[command(
        long_about = "\
Say what a saved page of a provider's documentation states.

The page may be HTML, Markdown or plain text, in English or Chinese. The facts are printed as JSON, each \
with its line; `--format human` shows them as tables. Lines that no rule understands are listed.",
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
    /// Sign one message, and print the header of the signature
    #[command(after_help = "\
Examples:
  payspec sign --key private.pem --path /ams/api/v1/payments/pay --client-id ID --time 1685599933871 \
--body request.json")]
    Sign(Sign),
    /// Verify the signature of one message
    #[command(after_help = "\
Examples:
  payspec verify --key public.pem --path /ams/api/v1/payments/pay --client-id ID \
--time 2019-05-28T12:12:14+08:00 --response --body answer.json --signature algorithm=RSA256,…")]
    Verify(Verify),
    /// Name the mistake in a captured exchange whose signature does not verify
    #[command(
        long_about = "\
Name the mistake in a captured exchange whose signature does not verify.

A capture is raw HTTP (head, blank line, body), the output of `curl -v`, or a HAR file; a request and its \
response may stand in one file or in two. What is proved is told apart from what is only suspected. Keys, \
signatures and bodies are never printed.

Give the keys that your program uses, from the very files that it reads. With --now, the time at which the \
message was received, clocks are compared, too.",
        after_help = "\
Examples:
  payspec doctor request.http --own-private-key private.pem
  payspec doctor request.http response.http --own-private-key private.pem --provider-public-key alipay.pem
  payspec doctor answer.http --path /ams/api/v1/payments/pay --client-id ID --provider-public-key alipay.pem
  payspec doctor notification.http --operation notify_payment --provider-public-key alipay.pem
  payspec doctor session.har --own-private-key private.pem --format json"
    )]
    Doctor(Box<Doctor>),
    /// Write a small working spec to start from
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
    /// List the points on which sources disagree, with the rulings
    #[arg(long)]
    pub(super) disputed: bool,
}

#[derive(Debug, Args)]
pub(super) struct Generate {
    /// Folder of the generated sources
    #[arg(long, value_name = "DIR", default_value = "generated/src")]
    pub(super) out: PathBuf,
    /// Write nothing; fail with a diff when the sources are out of date
    #[arg(long)]
    pub(super) check: bool,
}

#[derive(Debug, Args)]
pub(super) struct Validate {
    /// The operation, such as `pay_entry_code`
    #[arg(long, value_name = "OP", required_unless_present = "traffic")]
    pub(super) operation: Option<String>,
    /// Which body the messages are
    #[arg(long, value_name = "SIDE", value_parser = side(), required_unless_present = "traffic")]
    pub(super) side: Option<Side>,
    /// The request that the messages are about: one that names another id or amount decides nothing
    ///
    /// Of answers to an inquiry and of notifications, it is the request that pays.
    #[arg(long, value_name = "FILE")]
    pub(super) request: Option<PathBuf>,
    /// Each line is a message; files of any size are read in constant memory
    #[arg(long)]
    pub(super) lines: bool,
    /// Count what recorded messages of all operations break and what the spec does not know of them
    ///
    /// A file is JSON lines with `operation`, `side` and `body`, or HAR; `-` stands for standard input.
    #[arg(
        long,
        value_name = "FILE",
        num_args = 1..,
        conflicts_with_all = ["operation", "side", "request", "lines", "files"]
    )]
    pub(super) traffic: Vec<PathBuf>,
    /// Judge recorded messages on this many threads [default: one for each core]
    #[arg(long, value_name = "NUMBER", requires = "traffic")]
    pub(super) threads: Option<NonZeroUsize>,
    /// The messages; `-`, or no file at all, stands for standard input
    #[arg(value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Results {
    /// Only the codes of this operation
    #[arg(long, value_name = "OP")]
    pub(super) operation: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Coverage {
    /// Write the tables to this file, as Markdown
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// Write nothing; fail with a diff when the file is out of date
    #[arg(long, requires = "out")]
    pub(super) check: bool,
}

#[derive(Debug, Args)]
pub(super) struct Drift {
    /// The saved page; of two copies the older one
    #[arg(value_name = "PAGE")]
    pub(super) page: PathBuf,
    /// A newer copy of the page
    #[arg(
        value_name = "NEW_PAGE",
        conflicts_with_all = ["operation", "source", "coverage", "write_draft"]
    )]
    pub(super) new: Option<PathBuf>,
    /// The operation that the page describes; told by its endpoint and parameters when left out
    #[arg(long, value_name = "OP")]
    pub(super) operation: Option<String>,
    /// The source of the spec that the page is; told by its date when left out
    #[arg(long, value_name = "TAG")]
    pub(super) source: Option<String>,
    /// Account for every line of the page and every fact of the spec; fails while any is left open
    #[arg(long)]
    pub(super) coverage: bool,
    /// Write the report to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// Draft what the page has and the spec has not: a whole operation when the spec has none
    #[arg(long, value_name = "FILE", conflicts_with_all = ["coverage", "out"])]
    pub(super) write_draft: Option<PathBuf>,
    /// Overwrite files with the draft
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
    /// Behind the word `flow`: the one to explain
    #[arg(value_name = "ID")]
    pub(super) id: Option<String>,
    /// Explain all kinds of change that `payspec diff` tells of
    #[arg(long, conflicts_with = "what")]
    pub(super) all: bool,
    /// Write them to this file, as Markdown
    #[arg(long, value_name = "FILE", requires = "all")]
    pub(super) out: Option<PathBuf>,
    /// Write nothing; fail with a diff when the file is out of date
    #[arg(long, requires = "out")]
    pub(super) check: bool,
}
#[derive(Debug, Args)]
pub(super) struct Mock {
    /// Address to listen at; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    pub(super) listen: std::net::SocketAddr,
    /// The client's public key, as a file; without it a key pair is made for the client
    #[arg(long, value_name = "FILE")]
    pub(super) client_key: Option<PathBuf>,
    /// Folder of the keys of both sides; they are made where there are none
    #[arg(long, value_name = "DIR")]
    pub(super) keys: Option<PathBuf>,
    /// A client id that may ask, more than once for several; without it any may
    #[arg(long, value_name = "ID")]
    pub(super) client_id: Vec<String>,
    /// Keep what was answered in this file; without it, it is gone with the process
    #[arg(long, value_name = "FILE")]
    pub(super) state: Option<PathBuf>,
    /// Append all messages to this file, unmasked, as JSON lines that `--traffic` reads
    #[arg(long, value_name = "FILE")]
    pub(super) record: Option<PathBuf>,
    /// What shall happen, as JSON
    #[arg(long, value_name = "FILE")]
    pub(super) script: Option<PathBuf>,
    /// What the ids that the gateway makes hang on, beside the request
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    pub(super) seed: u64,
    /// What becomes of a payment that an answer leaves open: `succeeds`, `fails`, each with `=SECONDS`, or
    /// `waits` until it is told
    #[arg(long, value_name = "HOW", default_value_t)]
    pub(super) later: payspec_mock::Later,
    /// Speak TLS, with a certificate for `localhost` that is made for this run
    #[arg(long)]
    pub(super) tls_self_signed: bool,
    /// Write the certificate that a client has to trust into this file
    #[arg(long, value_name = "FILE", requires = "tls_self_signed")]
    pub(super) tls_ca_out: Option<PathBuf>,
    /// The certificate to trust where notices are sent by TLS, in place of the public authorities
    #[arg(long, value_name = "FILE")]
    pub(super) notify_ca: Option<PathBuf>,
    /// Send notices to other machines, too
    #[arg(long)]
    pub(super) allow_remote_notify: bool,
    /// Listen at an address that other machines reach
    #[arg(long)]
    pub(super) allow_remote: bool,
    /// Accept requests that call the gateway by this host name (repeatable)
    #[arg(long, value_name = "NAME")]
    pub(super) allow_host: Vec<String>,
    /// Remember this many payments, refunds and registrations; the oldest that ended are forgotten first
    #[arg(long, value_name = "NUMBER", default_value_t = payspec_mock::Retention::default().most)]
    pub(super) keep: usize,
    /// Forget payments, refunds and registrations this many hours after their end
    #[arg(long, value_name = "HOURS", default_value_t = payspec_mock::Retention::default().age.as_secs() / 3600)]
    pub(super) keep_hours: u64,
}

#[derive(Debug, Args)]
pub(super) struct Page {
    /// The page; `-` stands for standard input
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct Schema {
    /// Kind of file: `api`, `types`, `operation`, `results`, `flow` or `approvals`, or `page`, `diff`,
    /// `traffic` or `doctor` for what the command of this name prints; all of them when left out
    #[arg(value_name = "KIND")]
    pub(super) kind: Option<String>,
    /// Write one file per kind into this folder
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
}

/// The parts of a message that are signed.
#[derive(Debug, Args)]
pub(super) struct Message {
    /// The API, where several of the spec sign
    #[arg(long, value_name = "API")]
    pub(super) api: Option<String>,
    /// The HTTP method
    #[arg(long, value_name = "METHOD", default_value = "POST")]
    pub(super) method: String,
    /// Path and query, with the prefix of the environment; of a response, those of its request
    #[arg(long, value_name = "PATH")]
    pub(super) path: String,
    /// The client id
    #[arg(long, value_name = "ID")]
    pub(super) client_id: String,
    /// The time in the header, as it stands there
    #[arg(long, value_name = "TIME")]
    pub(super) time: String,
    /// The body, byte for byte
    #[arg(long, value_name = "FILE")]
    pub(super) body: PathBuf,
    /// The message is a response
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
    /// What was captured, byte for byte; `-` stands for standard input
    #[arg(value_name = "CAPTURE", required = true)]
    pub(super) captures: Vec<PathBuf>,
    /// The API, where several of the spec sign
    #[arg(long, value_name = "API")]
    pub(super) api: Option<String>,
    /// The operation; told by the path when left out, which a notification's does not tell
    #[arg(long, value_name = "OP")]
    pub(super) operation: Option<String>,
    /// The HTTP method of the request, for a response alone
    #[arg(long, value_name = "METHOD")]
    pub(super) method: Option<String>,
    /// Path and query of the request, for a response alone, or where the receiver sees other ones
    #[arg(long, value_name = "PATH")]
    pub(super) path: Option<String>,
    /// The client id that your program is set to
    #[arg(long, value_name = "ID")]
    pub(super) client_id: Option<String>,
    /// The private key that your program signs with
    #[arg(long, value_name = "FILE")]
    pub(super) own_private_key: Option<PathBuf>,
    /// The public key that you handed to the provider
    #[arg(long, value_name = "FILE")]
    pub(super) own_public_key: Option<PathBuf>,
    /// The public key that your program verifies with; may be repeated for older and newer ones
    #[arg(long, value_name = "FILE")]
    pub(super) provider_public_key: Vec<PathBuf>,
    /// The version that the provider shows for your key
    #[arg(long, value_name = "VERSION")]
    pub(super) own_key_version: Option<String>,
    /// The version of the provider's key
    #[arg(long, value_name = "VERSION")]
    pub(super) provider_key_version: Option<String>,
    /// When the message was received: ISO 8601, or seconds or milliseconds since 1970
    #[arg(long, value_name = "TIME")]
    pub(super) now: Option<String>,
    /// How many seconds the clocks may be apart
    #[arg(long, value_name = "SECONDS", default_value_t = payspec_doctor::DEFAULT_SKEW.as_secs())]
    pub(super) skew: u64,
    /// The body of the request, where the capture lacks it
    #[arg(long, value_name = "FILE")]
    pub(super) request_body: Option<PathBuf>,
    /// The body of the response, where the capture lacks it
    #[arg(long, value_name = "FILE")]
    pub(super) response_body: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Init {
    /// The folder; it must be empty or not exist
    #[arg(value_name = "DIR")]
    pub(super) dir: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell
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
    /// The old spec folder; or else name a revision with `--against`
    #[arg(value_name = "OLD", conflicts_with = "against")]
    pub(super) old: Option<PathBuf>,
    /// The new spec folder; without it the one of `--spec`
    #[arg(value_name = "NEW", conflicts_with = "against")]
    pub(super) new: Option<PathBuf>,
    /// A revision in git to compare the spec folder with: a branch, a tag, a commit
    #[arg(long, value_name = "REVISION")]
    pub(super) against: Option<String>,
    /// Show a message for each change that breaks somebody: one spec takes it, the other refuses it
    #[arg(long)]
    pub(super) witness: bool,
    /// Judge recorded messages by both specs
    ///
    /// A file is JSON lines with `operation`, `side` and `body`, or HAR; `-` stands for standard input.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub(super) traffic: Vec<PathBuf>,
    /// Judge recorded messages on this many threads [default: one for each core]
    #[arg(long, value_name = "NUMBER", requires = "traffic")]
    pub(super) threads: Option<NonZeroUsize>,
    /// Write the report to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// What fails the run
    #[arg(long, value_name = "LEVEL", default_value = "breaking")]
    pub(super) fail_on: FailOn,
    #[command(flatten)]
    pub(super) policy: Policy,
    /// Print the finding of this fingerprint as an entry for the file of approvals, and nothing else;
    /// may be repeated
    #[arg(long, value_name = "FINGERPRINT")]
    pub(super) accept: Vec<String>,
}

/// What the house says of findings.
#[derive(Debug, Args)]
pub(super) struct Policy {
    /// The file of approvals; `payspec-approvals.yaml` beside the spec folder if it is there
    #[arg(long, value_name = "FILE")]
    pub(super) approvals: Option<PathBuf>,
    /// The day on which approvals are looked at; that of the system's clock if it is not given
    #[arg(long, value_name = "DATE")]
    pub(super) today: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Changelog {
    /// The revision to compare the spec folder with: a tag, a branch, a commit
    #[arg(long, value_name = "REVISION")]
    pub(super) since: String,
    /// Put the entry into this file, below `## [Unreleased]`, in place of the one that payspec put there
    /// before
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// Folder of the generated crate, whose version at the revision is the old one
    #[arg(long, value_name = "DIR", default_value = "generated")]
    pub(super) package: PathBuf,
}

/// From which level on a change fails the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    // Money can move twice, or an outcome can be misread.
    Money,
    // Callers that have not moved are refused or misread.
    Breaking,
    // Strict readers fail, or something is lost in silence.
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
