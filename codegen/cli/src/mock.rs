//! `payspec mock`: the mock gateway.

use std::io::Write;
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use payspec_runtime::client::VerifyingKey;
use serde_json::json;

use super::args;
use super::failure::Failure;
use super::output::{Output, note};
use super::sign::key;
use super::{Outcome, load};
use payspec_mock::{
    Gateway, Keys, LogEntry, MockError, Notifier, Recording, Retention, Script, Serving, Setup,
    Store, Tls, serve,
};

pub(super) fn run(spec: &Path, args: &args::Mock, out: &mut Output) -> Result<Outcome, Failure> {
    let listen = args.address();
    if !listen.ip().is_loopback() && !args.allow_remote {
        return Err(MockError::Remote(listen).into());
    }
    let model = load(spec)?;
    // Invalid files are reported before keys are generated, which takes a while.
    let client_key = args.client_key.as_ref();
    let client_key = client_key
        .map(|file| key(file, VerifyingKey::from_bytes))
        .transpose()?;
    let script = match &args.script {
        Some(file) => Some((file, text(file)?)),
        None => None,
    };
    let notifier = notifier(args.notify_ca.as_deref())?;
    // A spec that describes no signature needs no keys.
    let signs = model.apis.iter().any(|api| api.signature.is_some());
    let keys = match &args.keys {
        _ if !signs => None,
        Some(folder) => Some(Keys::in_folder(folder)?),
        None => Some(Keys::make()?),
    };
    let mut setup = keys.as_ref().map_or_else(Setup::unsigned, Setup::with);
    if let Some(key) = client_key.filter(|_| signs) {
        setup.clients = STANDARD.encode(key.der());
    }
    if !signs && (args.keys.is_some() || args.client_key.is_some()) {
        note("this spec describes no signature: `--keys` and `--client-key` have no effect");
    }
    if let Some(file) = &args.state {
        let store = Store::open(file).map_err(MockError::from)?;
        if store.lost() > 0 {
            note(format_args!(
                "{} has lost its last {} writes: the gateway does not remember some answers that clients received",
                file.display(),
                store.lost()
            ));
        }
        setup.ledger = Box::new(store);
    }
    let at = |error| match &script {
        Some((file, text)) => at_its_place(error, file, text),
        None => Failure::from(error),
    };
    if let Some((_, text)) = &script {
        setup.script = Script::from_json(text).map_err(at)?;
    }
    setup.client_ids.clone_from(&args.client_id);
    setup.seed = args.seed;
    setup.settlement = args.settlement;
    setup.remote_notifications = args.allow_remote_notify;
    setup.retention = Retention {
        most: args.keep,
        age: Duration::from_secs(args.keep_hours.saturating_mul(60 * 60)),
    };
    let gateway = Gateway::new(model, setup).map_err(at)?;
    let listener = TcpListener::bind(listen).map_err(|error| MockError::Io {
        what: listen.to_string(),
        error,
    })?;
    let (tell, records) = mpsc::channel();
    let tls = args.tls_self_signed.then(|| tls(args)).transpose()?;
    let scheme = if tls.is_some() { "https" } else { "http" };
    let recording = match &args.record {
        Some(file) => Some(Recording::open(file).map_err(Failure::of(file))?),
        None => None,
    };
    let served = serve(
        Arc::new(gateway),
        listener,
        Serving {
            tell: Some(tell),
            tls,
            notifier: Some(notifier),
            recording,
            hosts: args.allow_host.clone(),
            ..Serving::default()
        },
    )?;
    let url = format!("{scheme}://{}", served.address());
    match &keys {
        None => {}
        Some(keys) if args.client_key.is_none() => introduce(keys, args.keys.as_deref()),
        Some(keys) if args.keys.is_none() => note(format_args!(
            "verify answers with this public key:\n{}",
            keys.gateway.public
        )),
        Some(_) => {}
    }
    if out.is_json() {
        out.json_line(&json!({ "listening": url }))?;
    } else {
        writeln!(out, "listening on {url}")?;
    }
    out.flush()?;
    for event in events(records)? {
        let Event::Logged(record) = event else {
            // Dropping `served` stops the gateway.
            break;
        };
        if out.is_json() {
            out.json_line(&record)?;
        } else {
            writeln!(out, "{}", record)?;
        }
        out.flush()?;
    }
    drop(served);
    Ok(Outcome::Fine)
}

/// An event while the gateway runs.
enum Event {
    /// The gateway logged an exchange or a notification.
    Logged(Box<LogEntry>),
    /// The process was asked to stop.
    Stop,
}

/// Returns the events from now on: log entries, and the request to stop.
fn events(records: mpsc::Receiver<LogEntry>) -> Result<mpsc::Receiver<Event>, Failure> {
    let (to, events) = mpsc::channel();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    // Install the signal handlers before anyone can send a signal.
    let stop = {
        let _inside = runtime.enter();
        Stop::new()?
    };
    let also_to = to.clone();
    std::thread::spawn(move || {
        runtime.block_on(stop.asked());
        // The receiver may be gone.
        let _ = also_to.send(Event::Stop);
    });
    std::thread::spawn(move || {
        for record in records {
            if to.send(Event::Logged(Box::new(record))).is_err() {
                return;
            }
        }
    });
    Ok(events)
}

/// The signals that stop the process.
#[cfg(unix)]
struct Stop([tokio::signal::unix::Signal; 2]);

#[cfg(unix)]
impl Stop {
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Stop([
            signal(SignalKind::interrupt())?,
            signal(SignalKind::terminate())?,
        ]))
    }

    async fn asked(self) {
        let [mut interrupt, mut terminate] = self.0;
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    }
}

/// The signal that stops the process.
#[cfg(not(unix))]
struct Stop;

#[cfg(not(unix))]
impl Stop {
    fn new() -> std::io::Result<Self> {
        Ok(Stop)
    }

    async fn asked(self) {
        // If the signal cannot be received, the process stops at once.
        let _ = tokio::signal::ctrl_c().await;
    }
}

/// Reports an error of a script with its line and column.
fn at_its_place(error: MockError, file: &Path, text: &str) -> Failure {
    let MockError::Script { part, why } = &error else {
        return error.into();
    };
    let place = Script::place(text, part);
    let place = place.map(|(line, column)| format!(":{line}:{column}"));
    let file = file.display();
    Failure::Usage(format!(
        "{file}{}: invalid script: {why}",
        place.unwrap_or_default()
    ))
}

/// Sets up TLS. Writes the certificate that clients must trust to a file, or to stderr.
fn tls(args: &args::Mock) -> Result<Tls, Failure> {
    let tls = Tls::self_signed(args.address().ip())?;
    match &args.tls_ca_out {
        Some(file) => {
            std::fs::write(file, tls.authority()).map_err(Failure::of(file))?;
            note(format_args!("trust the certificate in {}", file.display()));
        }
        None => note(format_args!(
            "trust this certificate, which is valid for this run only:\n{}",
            tls.authority()
        )),
    }
    Ok(tls)
}

/// Makes what delivers notifications; `trusted` is the file of a certificate.
fn notifier(trusted: Option<&Path>) -> Result<Notifier, Failure> {
    let Some(file) = trusted else {
        return Ok(Notifier::new(None)?);
    };
    let pem = text(file)?;
    Notifier::new(Some(&pem))
        .map_err(|error| Failure::Usage(format!("{}: {error}", file.display())))
}

/// Tells the user which keys a client needs.
fn introduce(keys: &Keys, folder: Option<&Path>) {
    match folder {
        Some(folder) => note(format_args!(
            "sign with {0}/client-private.pem, verify with {0}/gateway-public.pem",
            folder.display()
        )),
        None => note(format_args!(
            "these keys are valid for this run only; keep them with `--keys DIR`.\n\n\
             sign requests with this private key:\n{}\n\
             verify answers with this public key:\n{}",
            keys.client.private, keys.gateway.public
        )),
    }
}

fn text(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(Failure::of(path))
}
