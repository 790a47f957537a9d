//! `payspec mock`: the mock gateway.

mod credentials;
mod events;

use std::io::Write;
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use payspec_model::model::{Caller, Model};
use payspec_runtime::client::VerifyingKey;
use serde_json::json;

use self::events::{Event, events};
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
    // A spec that describes no signature by pairs of keys needs no keys.
    let signs = model.apis.iter().any(|api| api.has_key_pairs());
    if !signs && (args.keys.is_some() || args.client_key.is_some()) {
        note("this spec describes no signature: `--keys` and `--client-key` have no effect");
    }
    match (has_webhooks(&model), &args.notify_url) {
        (true, None) => {
            note("some notifications of this spec are sent only with `--notify-url URL`")
        }
        (false, Some(_)) => note("this spec describes no webhook: `--notify-url` has no effect"),
        (true, Some(_)) | (false, None) => {}
    }
    let keys = match &args.keys {
        _ if !signs => None,
        Some(folder) => Some(Keys::in_folder(folder)?),
        None => Some(Keys::make()?),
    };
    let mut setup = setup(args, keys.as_ref())?;
    setup.credentials = credentials::given(&model, args)?;
    if let Some(key) = client_key.filter(|_| signs) {
        setup.clients = STANDARD.encode(key.der());
    }
    let at = |error| match &script {
        Some((file, text)) => at_its_place(error, file, text),
        None => Failure::from(error),
    };
    if let Some((_, text)) = &script {
        setup.script = Script::from_json(text).map_err(at)?;
    }
    let given = setup.credentials.clone();
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
    let gateway = Arc::new(gateway);
    let served = serve(
        Arc::clone(&gateway),
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
    if let Some(keys) = &keys {
        introduce(keys, args);
    }
    credentials::introduce(gateway.model(), &given);
    let url = format!("{scheme}://{}", served.address());
    if out.is_json() {
        out.json_line(&json!({ "listening": url }))?;
    } else {
        writeln!(out, "listening on {url}")?;
    }
    out.flush()?;
    print_log(records, out)?;
    // Dropping `served` stops the gateway.
    drop(served);
    Ok(Outcome::Fine)
}

/// Returns whether a spec has notifications for which no request names an address.
fn has_webhooks(model: &Model) -> bool {
    let mut operations = model.apis.iter().flat_map(|api| &api.operations);
    operations.any(|one| one.caller == Caller::Provider && one.address_field().is_none())
}

/// Makes the settings of the gateway, and opens its state.
fn setup(args: &args::Mock, keys: Option<&Keys>) -> Result<Setup, Failure> {
    let mut setup = keys.map_or_else(Setup::unsigned, Setup::with);
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
    setup.client_ids.clone_from(&args.client_id);
    setup.seed = args.seed;
    setup.settlement = args.settlement;
    setup.remote_notifications = args.allow_remote_notify;
    setup.notify_url.clone_from(&args.notify_url);
    setup.token_lifetime = Duration::from_secs(args.token_lifetime);
    setup.retention = Retention {
        most: args.keep,
        age: Duration::from_secs(args.keep_hours.saturating_mul(60 * 60)),
    };
    Ok(setup)
}

/// Prints what the gateway logs until the process is asked to stop.
fn print_log(records: mpsc::Receiver<LogEntry>, out: &mut Output) -> Result<(), Failure> {
    for event in events(records)? {
        let Event::Logged(record) = event else {
            break;
        };
        if out.is_json() {
            out.json_line(&record)?;
        } else {
            writeln!(out, "{record}")?;
        }
        out.flush()?;
    }
    Ok(())
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
fn introduce(keys: &Keys, args: &args::Mock) {
    match (&args.keys, &args.client_key) {
        (Some(folder), None) => note(format_args!(
            "sign with {0}/client-private.pem, verify with {0}/gateway-public.pem",
            folder.display()
        )),
        (None, None) => note(format_args!(
            "these keys are valid for this run only; keep them with `--keys DIR`.\n\n\
             sign requests with this private key:\n{}\n\
             verify answers with this public key:\n{}",
            keys.client.private, keys.gateway.public
        )),
        (None, Some(_)) => note(format_args!(
            "verify answers with this public key:\n{}",
            keys.gateway.public
        )),
        (Some(_), Some(_)) => {}
    }
}

fn text(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(Failure::of(path))
}
