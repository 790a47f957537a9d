//! Mistakes in proofs of `auth`, made on purpose.

use aws_lc_rs::{digest, hmac};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use payspec_doctor::{
    Diagnosis, GivenSecret, HYPOTHESES, Keys, PROOF_HYPOTHESES, ProofSettings, Verdict,
    diagnose_proofs, read,
};
use payspec_model::model::Model;
use payspec_runtime::client::{Signer as _, SigningKey};
use std::time::{Duration, UNIX_EPOCH};

use super::exchange::{given, own, provider};
use super::mistakes;
use crate::support::{file, folder, payspec, root, run, with};

const SECRET: &str = "whsec_6669737368";
const TIME: u64 = 1_700_000_000;
const EVENT: &str = r#"{"id":"evt_1","type":"payment.succeeded","order":"O-1","amount":1.50}"#;

fn loaded(case: &str) -> Model {
    let loaded = payspec_model::load(&root().join("tests/cases").join(case));
    loaded.model.expect("the spec is sound")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn mac(key: &[u8], content: &[u8]) -> Vec<u8> {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key);
    hmac::sign(&key, content).as_ref().to_vec()
}

fn capture(target: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("POST {target} HTTP/1.1\r\nHost: shop.example\r\n{headers}\r\nContent-Length: {length}\r\n\r\n{body}")
        .into_bytes()
}

fn settings<'m>(model: &'m Model, operation: Option<&str>) -> ProofSettings<'m> {
    ProofSettings {
        keys: Keys {
            own_private: Some(given(&own().private)),
            own_public: None,
            provider: vec![given(&provider().public)],
        },
        secret: Some(GivenSecret::new(SECRET)),
        identifiers: vec![("webhook_id".to_owned(), "W-1".to_owned())],
        operation: operation.map(|id| model.operation(id).expect("an operation").1),
        method: None,
        path: None,
        now: Some(UNIX_EPOCH + Duration::from_secs(TIME)),
        most_contents: 1_000_000,
    }
}

fn examined(model: &Model, settings: &ProofSettings<'_>, capture: &[u8]) -> Diagnosis {
    let exchanges = read(capture).expect("a capture");
    let report = diagnose_proofs(&model.apis[0], settings, &exchanges);
    report.expect("it can be examined").messages.remove(0)
}

/// Examines an event that was signed so.
fn event(signature: &str) -> Diagnosis {
    let model = loaded("webhook");
    let settings = settings(&model, Some("send"));
    let headers = format!("Demo-Signature: {signature}");
    examined(&model, &settings, &capture("/hook?a=1", &headers, EVENT))
}

fn v1(signature: &[u8]) -> Diagnosis {
    event(&format!("t={TIME},v1={}", hex(signature)))
}

/// Examines an event over this content.
fn over(content: &str) -> Diagnosis {
    v1(&mac(SECRET.as_bytes(), content.as_bytes()))
}

/// Examines a request that was signed with this key over this content.
fn request(key: &str, content: &str) -> Diagnosis {
    let model = loaded("rsa-auth");
    let settings = settings(&model, None);
    let key = SigningKey::from_text(key).expect("a key");
    let signature = STANDARD.encode(key.sign(content.as_bytes()).expect("it signs"));
    let headers = format!(
        "Authorization: DEMO-SHA256-RSA merchant=\"1\",nonce=\"N\",signature=\"{signature}\",timestamp=\"{TIME}\",serial=\"S\""
    );
    examined(
        &model,
        &settings,
        &capture("/v3/payments?a=1", &headers, EVENT),
    )
}

/// Examines an event of PayPal that was signed over this text for the CRC-32 of its body.
fn over_checksum(checksum: &str) -> Diagnosis {
    let spec = root().join("tests/providers/paypal");
    let model = payspec_model::load(&spec).model.expect("a sound spec");
    let settings = settings(&model, Some("report_event"));
    let key = SigningKey::from_text(&provider().private).expect("a key");
    let time = "2026-11-20T10:00:05Z";
    let content = format!("N|{time}|W-1|{checksum}");
    let signature = STANDARD.encode(key.sign(content.as_bytes()).expect("it signs"));
    let headers = format!(
        "Paypal-Transmission-Id: N\r\nPaypal-Transmission-Time: {time}\r\nPaypal-Cert-Url: C\r\nPaypal-Auth-Algo: SHA256withRSA\r\nPaypal-Transmission-Sig: {signature}"
    );
    examined(&model, &settings, &capture("/webhook", &headers, EVENT))
}

/// Examines a request whose signature is one of several pairs, after this pair, and is percent-encoded so many times.
fn among_pairs(before: &str, times: usize) -> Diagnosis {
    let model = loaded("signed-pairs");
    let mut settings = settings(&model, None);
    settings.identifiers = vec![("client_id".to_owned(), "shop-1".to_owned())];
    let key = SigningKey::from_text(&own().private).expect("a key");
    let content = format!("POST /v1/payments\nshop-1.{TIME}000.{EVENT}");
    let mut signature = STANDARD.encode(key.sign(content.as_bytes()).expect("it signs"));
    for _ in 0..times {
        for (char, code) in [('%', "%25"), ('+', "%2B"), ('/', "%2F"), ('=', "%3D")] {
            signature = signature.replace(char, code);
        }
    }
    let headers = format!(
        "Client-Id: shop-1\r\nRequest-Time: {TIME}000\r\nSignature: algorithm=RSA256,{before}signature={signature}"
    );
    examined(&model, &settings, &capture("/v1/payments", &headers, EVENT))
}

fn right() -> String {
    format!("{TIME}.{EVENT}")
}

/// Makes a mistake.
fn made(id: &str) -> Option<Diagnosis> {
    let secret = SECRET.as_bytes();
    let right = right();
    let tag = mac(secret, right.as_bytes());
    let asked = |method: &str, target: &str| {
        request(
            &own().private,
            &format!("{method}\n{target}\n{TIME}\nN\n{EVENT}\n"),
        )
    };
    let body = |body: &str| over(&format!("{TIME}.{body}"));
    Some(match id {
        "proof-header" => event(&format!("v1={}", hex(&tag))),
        "clock-off" => {
            let model = loaded("webhook");
            let mut settings = settings(&model, Some("send"));
            settings.now = settings.now.map(|now| now + Duration::from_secs(301));
            let headers = format!("Demo-Signature: t={TIME},v1={}", hex(&tag));
            examined(&model, &settings, &capture("/hook", &headers, EVENT))
        }
        "signature-encoding" => event(&format!("t={TIME},v1={}", STANDARD.encode(&tag))),
        "other-sides-key" => request(
            &provider().private,
            &format!("POST\n/v3/payments?a=1\n{TIME}\nN\n{EVENT}\n"),
        ),
        "other-key-of-the-side" => {
            let model = loaded("rsa-auth");
            let mut settings = settings(&model, Some("report"));
            settings.keys.provider = vec![
                given(include_str!("third-key.public.pem")),
                given(&provider().public),
            ];
            let key = SigningKey::from_text(&provider().private).expect("a key");
            let content = format!("{TIME}\nN\n{EVENT}\n");
            let signature = STANDARD.encode(key.sign(content.as_bytes()).expect("it signs"));
            let headers = format!(
                "Demo-Timestamp: {TIME}\r\nDemo-Nonce: N\r\nDemo-Serial: S\r\nDemo-Signature: {signature}\r\nDemo-Signature-Type: DEMO-SHA256-RSA"
            );
            examined(&model, &settings, &capture("/events", &headers, EVENT))
        }
        "secret-encoding" => {
            let model = loaded("webhook");
            let mut settings = settings(&model, Some("send"));
            settings.secret = Some(GivenSecret::new("00ff10"));
            let tag = mac(&[0, 255, 16], right.as_bytes());
            let headers = format!("Demo-Signature: t={TIME},v1={}", hex(&tag));
            examined(&model, &settings, &capture("/hook", &headers, EVENT))
        }
        "secret-part" => v1(&mac(b"6669737368", right.as_bytes())),
        "secret-blanks" => v1(&mac(format!("{SECRET}\n").as_bytes(), right.as_bytes())),
        "other-hash" => {
            let key = hmac::Key::new(hmac::HMAC_SHA512, secret);
            v1(hmac::sign(&key, right.as_bytes()).as_ref())
        }
        "digest-in-place-of-hmac" => {
            let content = [secret, right.as_bytes()].concat();
            v1(digest::digest(&digest::SHA256, &content).as_ref())
        }
        "part-left-out" => over(EVENT),
        "part-separators" => over(&format!("{TIME}:{EVENT}")),
        "crc32-form" => over_checksum("f036bc2e"),
        "signed-time-form" => over(&format!("{TIME}000.{EVENT}")),
        "signed-method" => asked("post", "/v3/payments?a=1"),
        "signed-query" => asked("POST", "/v3/payments"),
        "signed-slash" => asked("POST", "/v3/payments/?a=1"),
        // Each value has a line of its own.
        "signed-line-ends" => {
            let model = loaded("webhook");
            let settings = settings(&model, Some("send"));
            let tag = mac(secret, format!("{TIME}.{{\r\n\"id\": 1\r\n}}").as_bytes());
            let headers = format!("Demo-Signature: t={TIME},v1={}", hex(&tag));
            examined(
                &model,
                &settings,
                &capture("/hook", &headers, "{\n\"id\": 1\n}"),
            )
        }
        // A line end behind the body might be one of the template as well.
        "signed-outer-blanks" => {
            let model = loaded("webhook");
            let settings = settings(&model, Some("send"));
            let headers = format!("Demo-Signature: t={TIME},v1={}", hex(&tag));
            examined(
                &model,
                &settings,
                &capture("/hook", &headers, &format!("{EVENT}\n")),
            )
        }
        "byte-order-mark" => body(&format!("\u{feff}{EVENT}")),
        "signed-stand-in" => body("{}"),
        "rewritten-numbers" => body(&EVENT.replace("1.50", "1.5")),
        "rewritten-body" => body(&EVENT.replace("\":", "\": ").replace(",\"", ", \"")),
        _ => return None,
    })
}

#[test]
fn every_mistake_in_a_proof_is_named() {
    for hypothesis in PROOF_HYPOTHESES {
        let id = hypothesis.id;
        let found = made(id).unwrap_or_else(|| panic!("no test makes the mistake `{id}`"));
        assert_eq!(mistakes(&found), [id], "{found:#?}");
        let expected = match id {
            "proof-header" => Verdict::Unreadable,
            "clock-off" => Verdict::Good,
            _ => Verdict::Explained,
        };
        assert_eq!(found.verdict, expected, "{id} {found:#?}");
        let shown = format!("{found:?}");
        for secret in [SECRET, "6669737368", "evt_1", "payment.succeeded"] {
            assert!(!shown.contains(secret), "{id} {shown}");
        }
    }
}

#[test]
fn a_good_proof_is_good_and_two_mistakes_are_both_named() {
    let good = over(&right());
    assert_eq!(
        (good.verdict, good.findings.len()),
        (Verdict::Good, 0),
        "{good:#?}"
    );
    let good = request(
        &own().private,
        &format!("POST\n/v3/payments?a=1\n{TIME}\nN\n{EVENT}\n"),
    );
    assert_eq!(
        (good.verdict, good.findings.len()),
        (Verdict::Good, 0),
        "{good:#?}"
    );
    let good = over_checksum("4030118958");
    assert_eq!(
        (good.verdict, good.findings.len()),
        (Verdict::Good, 0),
        "{good:#?}"
    );
    // The secret has a line end, and the body was written again.
    let content = format!(
        "{TIME}.{}",
        EVENT.replace("\":", "\": ").replace(",\"", ", \"")
    );
    let both = v1(&mac(format!("{SECRET}\n").as_bytes(), content.as_bytes()));
    let mut found = mistakes(&both);
    found.sort_unstable();
    assert_eq!(found, ["rewritten-body", "secret-blanks"], "{both:#?}");
    // Its time was left out, and it is written in base64.
    let both = event(&format!(
        "t={TIME},v1={}",
        STANDARD.encode(mac(SECRET.as_bytes(), EVENT.as_bytes()))
    ));
    let mut found = mistakes(&both);
    found.sort_unstable();
    assert_eq!(found, ["part-left-out", "signature-encoding"], "{both:#?}");
}

#[test]
fn a_signature_is_percent_encoded_once_where_the_spec_says_so() {
    // The id of the key may be absent.
    for before in ["keyVersion=1,", ""] {
        let good = among_pairs(before, 1);
        assert_eq!(
            (good.verdict, good.findings.len()),
            (Verdict::Good, 0),
            "{good:#?}"
        );
        for (times, told) in [
            (0, "it is not percent-encoded"),
            (2, "it is percent-encoded twice"),
        ] {
            let wrong = among_pairs(before, times);
            assert_eq!(wrong.verdict, Verdict::Explained, "{wrong:#?}");
            assert_eq!(mistakes(&wrong), ["signature-encoding"], "{wrong:#?}");
            assert!(wrong.findings[0].detail.contains(told), "{wrong:#?}");
        }
    }
}

#[test]
fn what_no_mistake_explains_is_not_explained() {
    let other = v1(&mac(b"another", right().as_bytes()));
    assert_eq!(
        (other.verdict, other.findings.len()),
        (Verdict::Unexplained, 0),
        "{other:#?}"
    );
    assert!(other.tried > 100, "{}", other.tried);
    let other = request(include_str!("other-key.pem"), "something else");
    assert_eq!(other.verdict, Verdict::OtherContent, "{other:#?}");
    let model = loaded("webhook");
    let mut settings = settings(&model, Some("send"));
    let headers = format!(
        "Demo-Signature: t={TIME},v1={}",
        hex(&mac(b"", right().as_bytes()))
    );
    let raw = capture("/hook", &headers, EVENT);
    // Nothing is proved without a secret.
    for secret in [None, Some(GivenSecret::new(""))] {
        settings.secret = secret;
        let found = examined(&model, &settings, &raw);
        assert!(
            matches!(found.verdict, Verdict::NoKey | Verdict::Unexplained),
            "{found:#?}"
        );
    }
    let bare = examined(&model, &settings, &capture("/hook", "X: 1", EVENT));
    assert_eq!(bare.verdict, Verdict::Unsigned, "{bare:#?}");
}

#[test]
fn the_command_examines_an_event() {
    let (temporary, _) = folder();
    let secret = file(&temporary, "secret", format!("{SECRET}\n").as_bytes());
    let spec = root()
        .join("tests/cases/webhook/spec")
        .display()
        .to_string();
    let tag = hex(&mac(SECRET.as_bytes(), EVENT.as_bytes()));
    let headers = format!("Demo-Signature: t={TIME},v1={tag}");
    let raw = file(&temporary, "event.http", &capture("/hook", &headers, EVENT));
    let args = ["doctor", &raw, "--spec", &spec, "--operation", "send"];
    let found = with(&[&args[..], &["--secret", &secret]].concat());
    assert_eq!(found.code, Some(1), "{found}");
    assert!(found.stdout.contains("[part-left-out]"), "{found}");
    assert!(
        !found.stdout.contains(SECRET) && !found.stdout.contains(&tag),
        "{found}"
    );
    let variable = "PAYSPEC_CREDENTIAL_WEBHOOK_SECRET";
    let found = run(payspec(&args).env(variable, SECRET));
    assert!(found.stdout.contains("[part-left-out]"), "{found}");
    let found = with(&args);
    assert!(
        found.code == Some(2) && found.stderr.contains("--secret"),
        "{found}"
    );
    // Nobody proves its requests.
    let found = with(&["doctor", &raw, "--spec", &spec, "--secret", &secret]);
    assert!(
        found.code == Some(2) && found.stderr.contains("notifications"),
        "{found}"
    );
}

/// A mistake has the same words in both tables.
#[test]
fn a_mistake_has_one_name() {
    for one in PROOF_HYPOTHESES {
        for other in HYPOTHESES.iter().filter(|other| other.id == one.id) {
            assert_eq!((one.title, one.advice), (other.title, other.advice));
        }
    }
}
