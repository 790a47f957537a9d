//! `payspec doctor`: finds the mistakes in a captured exchange.

use std::io::{Read, Write};
use std::path::Path;
use std::time::Duration;

use super::args;
use super::failure::Failure;
use super::output::{Output, bold, dim, green, plain, red, yellow};
use super::sign::{Scheme, key, read_now, scheme};
use super::{Outcome, find_operation, load};
use payspec_doctor::{
    Certainty, DEFAULT_CONTENTS, Diagnosis, Exchange, Finding, GivenKey, Keys, Message, Report,
    Settings, Verdict, diagnose, read,
};
use payspec_model::model::ProofOf;

pub(super) fn run(spec: &Path, args: &args::Doctor, out: &mut Output) -> Result<Outcome, Failure> {
    let model = load(spec)?;
    let named = args.operation.as_deref();
    let named = named.map(|id| find_operation(&model, id)).transpose()?;
    let api = match named {
        Some((api, _)) => Some(api.id.as_str()),
        None => args.api.as_deref(),
    };
    let (api, scheme) = scheme(&model, api, ProofOf::Request)?;
    let signing = match scheme {
        Scheme::Signature(signing) => signing,
        Scheme::Proof(_) => return Err(Failure::Usage("`payspec doctor` does not examine proofs of `auth`\nhelp: `payspec verify` tells whether one verifies".to_owned())),
    };
    let settings = Settings {
        keys: keys(args)?,
        client_id: args.client_id.clone(),
        own_key_version: args.own_key_version.clone(),
        provider_key_version: args.provider_key_version.clone(),
        operation: named.map(|(_, operation)| operation),
        method: args.method.clone(),
        path: args.path.clone(),
        now: read_now(args.now.as_deref())?,
        skew: Duration::from_secs(args.skew),
        most_contents: DEFAULT_CONTENTS,
    };
    let exchanges = exchanges(args)?;
    let report = diagnose((api, &signing), &settings, &exchanges);
    let report = report.map_err(|error| Failure::Usage(error.to_string()))?;
    let unseen = |message: &Diagnosis| message.verdict == Verdict::NoKey;
    if report.messages.iter().all(unseen) {
        return Err(Failure::Usage(
            "no key was given to verify the signatures of this capture\nhelp: requests need \
             `--own-private-key` or `--own-public-key`, answers `--provider-public-key`"
                .to_owned(),
        ));
    }
    match out.is_json() {
        true => out.json(&report)?,
        false => write(&report, out)?,
    }
    Ok(Outcome::fine_if(report.healthy))
}

fn keys(args: &args::Doctor) -> Result<Keys, Failure> {
    let key = |path: &Path| key(path, GivenKey::from_bytes);
    let optional = |path: &Option<std::path::PathBuf>| path.as_deref().map(key).transpose();
    let provider = args.provider_public_key.iter().map(|path| key(path));
    Ok(Keys {
        own_private: optional(&args.own_private_key)?,
        own_public: optional(&args.own_public_key)?,
        provider: provider.collect::<Result<_, _>>()?,
    })
}

/// Reads the captures. A request and its response may come from two files.
fn exchanges(args: &args::Doctor) -> Result<Vec<Exchange>, Failure> {
    let mut all: Vec<Exchange> = Vec::new();
    for path in &args.captures {
        let bytes = match path.as_os_str() == "-" {
            true => {
                let mut bytes = Vec::new();
                let read = std::io::stdin().read_to_end(&mut bytes);
                read.map_err(Failure::of(path))?;
                bytes
            }
            false => std::fs::read(path).map_err(Failure::of(path))?,
        };
        let found = read(&bytes);
        let found =
            found.map_err(|error| Failure::Usage(format!("{}: {error}", path.display())))?;
        for exchange in found {
            match all.last_mut() {
                Some(last) if last.response.is_none() && exchange.request.is_none() => {
                    last.response = exchange.response;
                }
                _ => all.push(exchange),
            }
        }
    }
    let requests = all.iter_mut().find_map(|one| one.request.as_mut());
    give_body(requests, args.request_body.as_deref())?;
    let responses = all.iter_mut().find_map(|one| one.response.as_mut());
    give_body(responses, args.response_body.as_deref())?;
    Ok(all)
}

/// Reads the body of a message from a file.
fn give_body(message: Option<&mut Message>, path: Option<&Path>) -> Result<(), Failure> {
    if let (Some(message), Some(path)) = (message, path) {
        message.body = Some(std::fs::read(path).map_err(Failure::of(path))?);
    }
    Ok(())
}

fn write(report: &Report, out: &mut Output) -> Result<(), Failure> {
    for (index, message) in report.messages.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        let (name, method, uri) = (message.message, plain(&message.method), plain(&message.uri));
        let heading = format!("{name} of {method} {uri}");
        writeln!(out, "{}", bold(heading))?;
        let verdict = message.verdict.words();
        match message.verdict {
            Verdict::Good => writeln!(out, "  {}", green(verdict))?,
            Verdict::NoKey => writeln!(out, "  {}", dim(verdict))?,
            Verdict::Explained
            | Verdict::OtherContent
            | Verdict::OtherKey
            | Verdict::Unreadable
            | Verdict::Unsigned => writeln!(out, "  {}", red(verdict))?,
        }
        if message.tried > 1 {
            let tried = format!("{} possible contents were compared with it", message.tried);
            writeln!(out, "  {}", dim(tried))?;
        }
        for finding in &message.findings {
            write_finding(finding, out)?;
        }
        if message.is_healthy() && message.verdict == Verdict::Good {
            writeln!(out, "  no mistake found")?;
        }
    }
    Ok(())
}

fn write_finding(finding: &Finding, out: &mut Output) -> Result<(), Failure> {
    let (title, mistake) = (finding.title, finding.mistake);
    match finding.certainty {
        Certainty::Proved => writeln!(out, "  {} {title} [{mistake}]", red("proved"))?,
        Certainty::Suspected => writeln!(out, "  {} {title} [{mistake}]", yellow("suspected"))?,
    }
    writeln!(out, "    found  {}", plain(&finding.detail))?;
    writeln!(out, "    fix    {}", finding.advice)?;
    Ok(())
}
