//! `payspec doctor`: finds the mistakes in a captured exchange.

use std::io::{Read, Write};
use std::path::Path;
use std::time::Duration;

use super::args;
use super::credential::{in_environment, text, variable};
use super::failure::Failure;
use super::output::{Output, bold, dim, green, plain, red, yellow};
use super::sign::{Scheme, key, read_now, scheme};
use super::{Outcome, find_operation, load};
use payspec_doctor::{
    CaseError, Certainty, DEFAULT_CONTENTS, Diagnosis, Exchange, Finding, GivenKey, GivenSecret,
    Keys, Message, ProofSettings, Report, Settings, Verdict, diagnose, diagnose_proofs, read,
};
use payspec_model::model::{Api, Caller, CredentialKind, MessageProof, Model, Operation, ProofOf};

pub(super) fn run(spec: &Path, args: &args::Doctor, out: &mut Output) -> Result<Outcome, Failure> {
    let model = load(spec)?;
    let named = args.operation.as_deref();
    let named = named.map(|id| find_operation(&model, id)).transpose()?;
    let api = match named {
        Some((api, _)) => Some(api.id.as_str()),
        None => args.api.as_deref(),
    };
    let operation = named.map(|(_, operation)| operation);
    let (api, scheme) = signed(&model, api, operation)?;
    let report = match scheme {
        Scheme::Body(_) => {
            let why = "the doctor reads signatures in headers, and that of these notifications is in their bodies\n\
                       help: `payspec verify --notification --body FILE` says whether that of one is right";
            return Err(Failure::Usage(why.to_owned()));
        }
        Scheme::Signature(signing) => {
            let settings = Settings {
                keys: keys(args)?,
                client_id: args.client_id.clone(),
                own_key_version: args.own_key_version.clone(),
                provider_key_version: args.provider_key_version.clone(),
                operation,
                method: args.method.clone(),
                path: args.path.clone(),
                now: read_now(args.now.as_deref())?,
                skew: Duration::from_secs(args.skew),
                most_contents: DEFAULT_CONTENTS,
            };
            diagnose((api, &signing), &settings, &exchanges(args)?)
        }
        Scheme::Proof(proof) => {
            let settings = ProofSettings {
                keys: keys(args)?,
                secret: given_secret(args.secret.as_deref(), proof)?,
                identifiers: identifiers(api),
                operation,
                method: args.method.clone(),
                path: args.path.clone(),
                now: read_now(args.now.as_deref())?,
                most_contents: DEFAULT_CONTENTS,
            };
            diagnose_proofs(api, &settings, &exchanges(args)?)
        }
    };
    let report = report.map_err(|error| {
        Failure::Usage(match &error {
            CaseError::NoIdentifier(name) => {
                format!("{error}\nhelp: set the variable `{}`", variable(name))
            }
            CaseError::NoPath | CaseError::NoBody(_) => error.to_string(),
        })
    })?;
    if report.messages.is_empty() {
        let why = "the capture has no message that the API signs";
        return Err(Failure::Usage(why.to_owned()));
    }
    let unseen = |message: &Diagnosis| message.verdict == Verdict::NoKey;
    if report.messages.iter().all(unseen) {
        return Err(Failure::Usage(
            "no key was given to verify the signatures of this capture\nhelp: requests need \
             `--own-private-key` or `--own-public-key`, answers `--provider-public-key`, and messages with a shared \
             secret `--secret`"
                .to_owned(),
        ));
    }
    match out.is_json() {
        true => out.json(&report)?,
        false => write(&report, out)?,
    }
    Ok(Outcome::fine_if(report.healthy))
}

/// Returns the API and the scheme of its requests, or of its answers if only these are signed; of an operation of the
/// provider, that of notifications.
fn signed<'m>(
    model: &'m Model,
    api: Option<&str>,
    operation: Option<&Operation>,
) -> Result<(&'m Api, Scheme<'m>), Failure> {
    match operation.map(|operation| operation.caller) {
        Some(Caller::Provider) => scheme(model, api, ProofOf::Notification),
        Some(Caller::Merchant) | None => scheme(model, api, ProofOf::Request)
            .or_else(|error| scheme(model, api, ProofOf::Response).map_err(|_| error)),
    }
}

/// Reads the shared secret of a proof, if there is one.
fn given_secret(file: Option<&Path>, proof: &MessageProof) -> Result<Option<GivenSecret>, Failure> {
    match file {
        Some(file) => text(file).map(|text| Some(GivenSecret::new(text))),
        None => Ok(in_environment(&proof.key).map(GivenSecret::new)),
    }
}

/// Returns the identifiers among the credentials that the environment has.
fn identifiers(api: &Api) -> Vec<(String, String)> {
    let ids = api.credentials.iter();
    let ids = ids.filter(|one| one.kind == CredentialKind::Id);
    let given = ids.filter_map(|one| Some((one.name.clone(), in_environment(&one.name)?)));
    given.collect()
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
            | Verdict::Unexplained
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
