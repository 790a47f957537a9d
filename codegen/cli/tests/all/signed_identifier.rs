//! Proofs whose signed content has an identifier and the CRC-32 of the body: an event of PayPal, with a signature that PayPal made.

use serde_json::Value;

use super::support::{Run, file, folder, payspec, root, run};

const VARIABLE: &str = "PAYSPEC_CREDENTIAL_WEBHOOK_ID";

fn event() -> Value {
    let text = include_str!("../../../../tests/interop/paypal/event.json");
    serde_json::from_str(text).expect("JSON")
}

fn text<'v>(of: &'v Value, name: &str) -> &'v str {
    of[name].as_str().expect("a text")
}

fn public_key(folder: &tempfile::TempDir, event: &Value) -> String {
    file(folder, "key", text(event, "public_key").as_bytes())
}

/// Runs a command with these options, and with this identifier in the environment.
fn run_with(args: &[&str], identifier: Option<&str>) -> Run {
    let spec = root().join("tests/providers/paypal").display().to_string();
    let args = [args, &["--spec", &spec]].concat();
    let mut command = payspec(&args);
    run(match identifier {
        Some(identifier) => command.env(VARIABLE, identifier),
        None => command.env_remove(VARIABLE),
    })
}

/// Checks that a command finds an event right with its identifier alone.
fn needs_the_identifier(args: &[&str], event: &Value) {
    let right = run_with(args, Some(text(event, "webhook_id")));
    assert_eq!(right.code, Some(0), "{right}");
    let other = run_with(args, Some("OTHER"));
    assert_eq!(other.code, Some(1), "{other}");
    let missing = run_with(args, None);
    assert_eq!(missing.code, Some(2), "{missing}");
    assert!(missing.stderr.contains(VARIABLE), "{missing}");
}

#[test]
fn an_event_is_verified_with_the_identifier_of_its_webhook() {
    let event = event();
    let (temporary, _) = folder();
    let key = public_key(&temporary, &event);
    let body = file(&temporary, "body", text(&event, "body").as_bytes());
    let mut args = ["verify", "--notification", "--key", &key, "--body", &body]
        .map(str::to_owned)
        .to_vec();
    for (name, value) in event["headers"].as_object().expect("headers") {
        let value = value.as_str().expect("a text");
        args.extend(["--header".to_owned(), format!("{name}: {value}")]);
    }
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    needs_the_identifier(&args, &event);
}

#[test]
fn the_doctor_needs_the_identifier() {
    let event = event();
    let (temporary, _) = folder();
    let key = public_key(&temporary, &event);
    let body = text(&event, "body");
    let headers = event["headers"].as_object().expect("headers").iter();
    let headers =
        headers.map(|(name, value)| format!("{name}: {}\r\n", value.as_str().expect("a text")));
    let headers: String = headers.collect();
    let length = body.len();
    let raw = format!("POST /webhook HTTP/1.1\r\n{headers}Content-Length: {length}\r\n\r\n{body}");
    let raw = file(&temporary, "event.http", raw.as_bytes());
    let args = [
        "doctor",
        &raw,
        "--operation",
        "report_event",
        "--provider-public-key",
        &key,
    ];
    needs_the_identifier(&args, &event);
}

/// What the command signs, it verifies; a changed body has another CRC-32.
#[test]
fn an_event_is_signed() {
    let (temporary, _) = folder();
    let keys: Value = serde_json::from_str(include_str!(
        "../../../../runtime/tests/fixtures/signing.json"
    ))
    .expect("JSON");
    let keys = &keys["keys"];
    let private = file(
        &temporary,
        "private",
        text(keys, "private_pkcs1_pem").as_bytes(),
    );
    let public = file(
        &temporary,
        "public",
        text(keys, "public_spki_pem").as_bytes(),
    );
    let body = file(&temporary, "body", b"{}");
    let changed = file(&temporary, "changed", b"{ }");
    let message = |body: &str| {
        [
            "--notification".to_owned(),
            "--body".to_owned(),
            body.to_owned(),
        ]
    };
    let call = |args: &[&str], body: &str| {
        let message = message(body);
        let message: Vec<&str> = message.iter().map(String::as_str).collect();
        run_with(&[args, &message].concat(), Some("W-1"))
    };
    let signed = call(
        &[
            "sign",
            "--key",
            &private,
            "--key-version",
            "https://a.example/cert",
        ],
        &body,
    );
    assert_eq!(signed.code, Some(0), "{signed}");
    assert!(
        signed
            .stdout
            .contains("Paypal-Cert-Url: https://a.example/cert"),
        "{signed}"
    );
    let headers = signed.stdout.lines().flat_map(|line| ["--header", line]);
    let verify: Vec<&str> = ["verify", "--key", &public]
        .into_iter()
        .chain(headers)
        .collect();
    let right = call(&verify, &body);
    assert_eq!(right.code, Some(0), "{right}");
    let wrong = call(&verify, &changed);
    assert_eq!(wrong.code, Some(1), "{wrong}");
}
