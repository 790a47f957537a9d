//! Signatures of single messages, compared with those of other SDKs.

use serde_json::Value;

use super::support::{Run, file, folder, payspec, root, run as run_command, with};

fn fixture() -> Value {
    let text = include_str!("../../../../runtime/tests/fixtures/signing.json");
    serde_json::from_str(text).expect("the fixture is JSON")
}

/// Runs a command on a message of the fixture.
fn run(command: &str, vector: &Value, options: &[&str]) -> Run {
    let (temporary, _) = folder();
    let keys = &fixture()["keys"];
    let text = |name: &str| vector[name].as_str().expect("a text");
    let key = match command {
        "sign" => &keys["private_pkcs1_pem"],
        _ => &keys["public_spki_base64_unarmoured"],
    };
    let key = file(&temporary, "key", key.as_str().expect("a key").as_bytes());
    let body = file(&temporary, "body", text("body").as_bytes());
    let message = [
        command,
        "--key",
        &key,
        "--body",
        &body,
        "--method",
        text("method"),
        "--path",
        text("path"),
        "--client-id",
        text("client_id"),
        "--time",
        text("time"),
    ];
    with(&[&message[..], options].concat())
}

#[test]
fn other_sdks_sign_alike() {
    let fixture = fixture();
    let vectors = fixture["vectors"].as_array().expect("vectors");
    assert!(!vectors.is_empty());
    for vector in vectors {
        let run_sign = run("sign", vector, &[]);
        let header = vector["header"].as_str().expect("a header");
        let expected = (Some(0), format!("{header}\n"));
        assert_eq!((run_sign.code, run_sign.stdout), expected);
        let (_, signature) = header.split_once("signature=").expect("a signature");
        let header = format!("signature={signature}, KEYVERSION=1, algorithm=rsa256");
        let verified = run("verify", vector, &["--signature", &header]);
        assert_eq!(verified.code, Some(0), "{verified}");
    }
}

#[test]
fn other_content_does_not_verify() {
    let fixture = fixture();
    for vector in fixture["negative"].as_array().expect("vectors") {
        let signature = vector["signature"].as_str().expect("a signature");
        let header = format!("algorithm=RSA256,keyVersion=1,signature={signature}");
        let run = run("verify", vector, &["--response", "--signature", &header]);
        // Hex digits mean the same in either letter case, so the sent bytes still verify.
        let name = vector["name"].as_str().expect("a name");
        let expected = i32::from(!name.contains("lower-case hex"));
        assert_eq!(run.code, Some(expected), "{name}: {run}");
        assert_eq!(
            run.stdout.contains("does not verify"),
            expected == 1,
            "{run}"
        );
    }
}

#[test]
fn a_key_of_the_wrong_kind_is_named() {
    let (temporary, _) = folder();
    let public = fixture()["keys"]["public_spki_pem"]
        .as_str()
        .expect("a key")
        .to_owned();
    let key = file(&temporary, "public.pem", public.as_bytes());
    let run = with(&[
        "sign",
        "--key",
        &key,
        "--body",
        &key,
        "--path",
        "/",
        "--client-id",
        "1",
        "--time",
        "0",
    ]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("this is a public key"), "{run}");
}

/// A message in the scheme of tests/cases/webhook, with a signature that Python's `hmac` made.
const SECRET: &str = "whsec_test_secret";
const EVENT: &[u8] = br#"{"id":"evt_1","type":"payment_intent.succeeded"}"#;
const SIGNATURE: &str =
    "t=1700000000,v1=22d8dc182f5c588077683bd378368e29765bfe5df2560112b4f28fef120f0e31";

fn case(name: &str) -> String {
    let spec = root().join("tests/cases").join(name).join("spec");
    spec.display().to_string()
}

/// Runs a command on a notification of tests/cases/webhook.
fn on_event(command: &str, secret: &str, body: &[u8], options: &[&str]) -> Run {
    let (temporary, _) = folder();
    let key = file(&temporary, "secret", secret.as_bytes());
    let body = file(&temporary, "body", body);
    let spec = case("webhook");
    let message = [command, "--spec", &spec, "--notification", "--body", &body];
    with(&[&message[..], &["--key", &key], options].concat())
}

#[test]
fn a_notification_verifies_by_its_shared_secret() {
    let header = format!("demo-signature: {SIGNATURE}");
    // An editor ends a file with a line end.
    for secret in [SECRET, &format!("{SECRET}\n"), &format!("{SECRET}\r\n")] {
        let run = on_event("verify", secret, EVENT, &["--header", &header]);
        assert_eq!(run.code, Some(0), "{run}");
    }
    let run = on_event("verify", SECRET, EVENT, &["--signature", SIGNATURE]);
    assert_eq!(run.code, Some(0), "{run}");
    let run = on_event(
        "verify",
        SECRET,
        EVENT,
        &["--signature", SIGNATURE, "--format", "json"],
    );
    let report: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(
        report,
        serde_json::json!({ "verified": true, "because": null })
    );
    let other = SIGNATURE.replace("v1=22", "v1=23");
    let changed = [EVENT, b"\n"].concat();
    for (secret, body, signature) in [
        (SECRET, changed.as_slice(), SIGNATURE),
        ("whsec_canary", EVENT, SIGNATURE),
        (SECRET, EVENT, &other),
        (SECRET, EVENT, &SIGNATURE.replace("t=17", "t=18")),
        (SECRET, EVENT, "v1=00"),
    ] {
        let run = on_event("verify", secret, body, &["--signature", signature]);
        assert_eq!(run.code, Some(1), "{signature} {run}");
        assert!(run.stdout.contains("does not verify"), "{run}");
        assert!(
            !run.stdout.contains("whsec") && !run.stderr.contains("whsec"),
            "{run}"
        );
    }
}

#[test]
fn only_a_recent_notification_verifies_at_a_time() {
    for (now, code) in [("1700000300", 0), ("1700000301", 1), ("1699999000", 1)] {
        let run = on_event(
            "verify",
            SECRET,
            EVENT,
            &["--signature", SIGNATURE, "--now", now],
        );
        assert_eq!(run.code, Some(code), "{now} {run}");
    }
}

#[test]
fn a_notification_is_signed_as_the_provider_does() {
    let run = on_event("sign", SECRET, EVENT, &["--time", "1700000000"]);
    assert_eq!(
        (run.code, run.stdout),
        (Some(0), format!("Demo-Signature: {SIGNATURE}\n"))
    );
    let run = on_event(
        "sign",
        SECRET,
        EVENT,
        &["--time", "2023-11-14T22:13:20Z", "--format", "json"],
    );
    let report: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(report["headers"]["Demo-Signature"], SIGNATURE);
}

#[test]
fn a_secret_may_be_in_the_environment_and_is_never_shown() {
    let (temporary, _) = folder();
    let body = file(&temporary, "body", EVENT);
    let spec = case("webhook");
    let args = [
        "verify",
        "--spec",
        &spec,
        "--notification",
        "--body",
        &body,
        "--signature",
        SIGNATURE,
    ];
    let variable = "PAYSPEC_CREDENTIAL_WEBHOOK_SECRET";
    let right = run_command(payspec(&args).env(variable, SECRET));
    assert_eq!(right.code, Some(0), "{right}");
    let wrong = run_command(payspec(&args).env(variable, "hunter2"));
    assert_eq!(wrong.code, Some(1), "{wrong}");
    let missing = with(&args);
    assert_eq!(missing.code, Some(2), "{missing}");
    assert!(missing.stderr.contains(variable), "{missing}");
    for run in [right, wrong] {
        let shown = format!("{run}");
        assert!(
            !shown.contains(SECRET) && !shown.contains("hunter2"),
            "{shown}"
        );
    }
    let headless = run_command(payspec(&args[..6]).env(variable, SECRET));
    assert_eq!(headless.code, Some(2), "{headless}");
    assert!(headless.stderr.contains("Demo-Signature"), "{headless}");
}

/// The proof of a request covers the path, and has the number of the merchant beside it.
#[test]
fn requests_answers_and_notifications_are_signed_by_rsa_keys() {
    let (temporary, _) = folder();
    let keys = &fixture()["keys"];
    let text = |name: &str| keys[name].as_str().expect("a key").to_owned();
    let private = file(
        &temporary,
        "private.pem",
        text("private_pkcs1_pem").as_bytes(),
    );
    let public = file(&temporary, "public.pem", text("public_spki_pem").as_bytes());
    let body = file(&temporary, "body", EVENT);
    let spec = case("rsa-auth");
    for (kind, path) in [
        ("", "/v3/payments?a=1"),
        ("--response", "/"),
        ("--notification", "/"),
    ] {
        let message = ["--spec", &spec, "--body", &body, "--path", path, kind];
        let message: Vec<&str> = message.into_iter().filter(|one| !one.is_empty()).collect();
        let call = |args: &[&str]| {
            let args = [args, &message].concat();
            run_command(payspec(&args).env("PAYSPEC_CREDENTIAL_MERCHANT", "1900000109"))
        };
        let signed = call(&["sign", "--key", &private, "--key-version", "5157F09E"]);
        assert_eq!(signed.code, Some(0), "{kind} {signed}");
        assert!(signed.stdout.contains("5157F09E"), "{signed}");
        let headers: Vec<&str> = signed
            .stdout
            .lines()
            .flat_map(|line| ["--header", line])
            .collect();
        let verified = call(&[&["verify", "--key", &public], headers.as_slice()].concat());
        assert_eq!(verified.code, Some(0), "{kind} {verified}");
        let moved = ["--method", "PUT"];
        let moved = call(&[&["verify", "--key", &public], headers.as_slice(), &moved].concat());
        assert_eq!(
            moved.code,
            Some(i32::from(kind.is_empty())),
            "{kind} {moved}"
        );
        let without = with(&[
            "verify",
            "--spec",
            &spec,
            "--body",
            &body,
            "--key",
            &public,
            "--signature",
            "x",
        ]);
        assert_eq!(without.code, Some(2), "{without}");
    }
    let run = with(&[
        "sign", "--spec", &spec, "--body", &body, "--path", "/", "--key", &private,
    ]);
    assert!(
        run.code == Some(2) && run.stderr.contains("PAYSPEC_CREDENTIAL_MERCHANT"),
        "{run}"
    );
    let run = with(&["sign", "--spec", &spec, "--body", &body, "--path", "/"]);
    assert!(
        run.code == Some(2) && run.stderr.contains("--key FILE"),
        "{run}"
    );
}

#[test]
fn a_kind_of_message_that_is_not_signed_is_named_with_those_that_are() {
    let run = with(&[
        "sign",
        "--spec",
        &case("webhook"),
        "--body",
        &case("webhook"),
        "--key",
        "none",
    ]);
    assert_eq!(run.code, Some(2), "{run}");
    assert!(
        run.stderr.contains("notifications (`--notification`)"),
        "{run}"
    );
    let run = with(&["verify", "--key", "none", "--body", "none"]);
    assert_eq!(run.code, Some(2), "{run}");
}

/// The key and the event of tests/providers/adyen, with the signature of Adyen's own test.
const BODY_KEY: &str = "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056";
const BODY_EVENT: &str =
    include_str!("../../../../tests/providers/adyen/spec/examples/event-authorised.json");
const BODY_SIGNATURE: &str = "coqCmt/IZ4E3CzPvMY8zTjQVL5hYJUiBRg8UU+iCWo0=";

/// Runs a command on a notification of tests/providers/adyen.
fn on_signed_body(command: &str, key: &str, body: &str, options: &[&str]) -> Run {
    let (temporary, _) = folder();
    let key = file(&temporary, "key", key.as_bytes());
    let body = file(&temporary, "body", body.as_bytes());
    let spec = root().join("tests/providers/adyen").display().to_string();
    let message = [command, "--spec", &spec, "--notification", "--body", &body];
    with(&[&message[..], &["--key", &key], options].concat())
}

#[test]
fn a_signature_in_the_body_is_made_and_verified() {
    let run = on_signed_body("sign", BODY_KEY, BODY_EVENT, &[]);
    let printed = format!("/additionalData/hmacSignature: {BODY_SIGNATURE}\n");
    assert_eq!(
        (run.code, run.stdout.as_str()),
        (Some(0), printed.as_str()),
        "{run}"
    );
    let item = format!(r#"{{"NotificationRequestItem": {BODY_EVENT}}}"#);
    let changed = item.replace("1130", "1131");
    let message = |items: &[&str]| format!(r#"{{"notificationItems": [{}]}}"#, items.join(","));
    for good in [BODY_EVENT, &message(&[&item]), &message(&[&item, &item])] {
        let run = on_signed_body("verify", BODY_KEY, good, &[]);
        assert_eq!(run.code, Some(0), "{run}");
    }
    for (key, bad, why) in [
        (
            BODY_KEY,
            message(&[&item, &changed]),
            "of notification 2, its signature is wrong",
        ),
        (
            BODY_KEY,
            message(&[&changed]),
            "does not verify: its signature is wrong",
        ),
        (
            BODY_KEY,
            message(&[&item, "{}"]),
            "of notification 2, it is not a JSON object",
        ),
        (
            BODY_KEY,
            BODY_EVENT.replace(BODY_SIGNATURE, ""),
            "its signature is wrong",
        ),
        (
            BODY_KEY,
            BODY_EVENT.replace("hmacSignature", "x"),
            "it carries no signature",
        ),
        (
            &"00".repeat(32),
            BODY_EVENT.to_owned(),
            "its signature is wrong",
        ),
    ] {
        let run = on_signed_body("verify", key, &bad, &[]);
        assert_eq!(run.code, Some(1), "{why} {run}");
        assert!(run.stdout.contains(why), "{why} {run}");
        assert!(!run.stdout.contains(BODY_SIGNATURE), "{run}");
    }
    let run = on_signed_body("verify", BODY_KEY, BODY_EVENT, &["--header", "X: 1"]);
    assert_eq!(run.code, Some(2), "{run}");
    assert!(
        run.stderr.contains("no header proves these notifications"),
        "{run}"
    );
    let run = on_signed_body("verify", "no hexadecimal digits", BODY_EVENT, &[]);
    assert_eq!(run.code, Some(2), "{run}");
    assert!(!run.stderr.contains("no hexadecimal digits"), "{run}");
}

#[test]
fn the_doctor_names_the_command_for_a_signature_in_the_body() {
    let (temporary, _) = folder();
    let capture = file(
        &temporary,
        "event.http",
        b"POST /adyen-events HTTP/1.1\r\n\r\n{}",
    );
    let spec = root().join("tests/providers/adyen").display().to_string();
    let run = with(&[
        "doctor",
        "--spec",
        &spec,
        &capture,
        "--operation",
        "report_event",
    ]);
    assert_eq!(run.code, Some(2), "{run}");
    assert!(
        run.stderr.contains("payspec verify --notification"),
        "{run}"
    );
}
