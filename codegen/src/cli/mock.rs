//! `payspec mock`: the sandbox gateway.

use std::io::Write;
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc;

use serde_json::json;

use super::args;
use super::failure::Failure;
use super::output::{Output, note};
use super::{Outcome, load};
use crate::mock::{Clock, Gateway, Keys, Limits, MockError, Script, Setup, Shown, Store, serve};

pub(super) fn run(spec: &Path, args: &args::Mock, out: &mut Output) -> Result<Outcome, Failure> {
    if !args.listen.ip().is_loopback() && !args.allow_remote {
        return Err(MockError::Remote(args.listen).into());
    }
    let model = load(spec)?;
    let keys = match &args.keys {
        Some(folder) => Keys::in_folder(folder)?,
        None => Keys::make()?,
    };
    let mut setup = Setup::with(&keys);
    if let Some(file) = &args.client_key {
        setup.clients = text(file)?;
    }
    if let Some(file) = &args.state {
        setup.ledger = Box::new(Store::open(file).map_err(MockError::from)?);
    }
    if let Some(file) = &args.script {
        setup.script = Script::from_json(&text(file)?)?;
    }
    setup.client_ids.clone_from(&args.client_id);
    setup.seed = args.seed;
    let gateway = Gateway::new(model, setup)?;
    let listener = TcpListener::bind(args.listen).map_err(|error| MockError::Io {
        what: args.listen.to_string(),
        error,
    })?;
    let (tell, told) = mpsc::channel();
    let served = serve(
        Arc::new(gateway),
        listener,
        Clock::real(),
        Limits::default(),
        Some(tell),
    )?;
    let url = format!("http://{}", served.address());
    if args.client_key.is_none() {
        introduce(&keys, args.keys.as_deref());
    } else if args.keys.is_none() {
        note(format_args!(
            "answers verify with this public key:\n{}",
            keys.gateway.public
        ));
    }
    if out.is_json() {
        out.json_line(&json!({ "listening": url }))?;
    } else {
        writeln!(out, "listening on {url}")?;
    }
    out.flush()?;
    for record in told {
        if out.is_json() {
            out.json_line(&record)?;
        } else {
            writeln!(out, "{}", Shown(&record))?;
        }
        out.flush()?;
    }
    Ok(Outcome::Fine)
}

/// Says with which keys a client can talk to the gateway.
fn introduce(keys: &Keys, folder: Option<&Path>) {
    match folder {
        Some(folder) => note(format_args!(
            "sign with {0}/client-private.pem, verify with {0}/gateway-public.pem",
            folder.display()
        )),
        None => note(format_args!(
            "these keys are for this run alone; `--keys DIR` keeps them.\n\n\
             sign requests with this private key:\n{}\n\
             verify answers with this public key:\n{}",
            keys.client.private, keys.gateway.public
        )),
    }
}

fn text(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(Failure::of(path))
}
