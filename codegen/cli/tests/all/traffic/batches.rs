//! Recorded notifications: several in one message, and with encrypted objects.

use serde_json::{Value, json};

use crate::support::{folder, with};

const SPEC: &str = r#"
payspec: 2
id: demo
title: Demo
credentials: { hook_secret: { kind: secret }, hook_key: { kind: secret } }
auth:
  request: { bearer: key }
  notification:
    headers: { Hook-Signature: "{signature}" }
    signature: { algorithm: hmac_sha256, key: hook_secret, content: "{body}", encoding: hex }
  encryption: { algorithm: aes_256_gcm, key: hook_key, ciphertext: text, nonce: nonce }
objects:
  Order: { fields: { number: { type: string, required: true, max_length: 4 } } }
operations:
  tell_all:
    method: POST
    path: /all
    notification: { each: /items/*/item }
    request: { fields: { id: { type: string, required: true, max_length: 3 } } }
  tell_one:
    method: POST
    path: /one
    notification: { encrypted: /order }
    request: { fields: { order: { type: Order, required: true } } }
"#;

fn judged(lines: &[Value]) -> Value {
    let (folder, path) = folder();
    let spec = folder.path().join("spec/demo");
    std::fs::create_dir_all(&spec).expect("a folder");
    std::fs::write(spec.join("api.yaml"), SPEC).expect("a spec");
    let recorded = lines.iter().map(|line| format!("{line}\n"));
    let recorded: String = recorded.collect();
    let file = format!("{path}/recorded.jsonl");
    std::fs::write(&file, recorded).expect("a recording");
    let spec = format!("{path}/spec");
    let run = with(&[
        "validate",
        "--spec",
        &spec,
        "--traffic",
        &file,
        "--format",
        "json",
    ]);
    serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{run}"))
}

fn line(operation: &str, body: Value) -> Value {
    json!({ "operation": operation, "side": "request", "body": body })
}

#[test]
fn each_notification_of_a_batch_is_judged() {
    let item = |id: &str| json!({ "item": { "id": id } });
    let survey = judged(&[
        line(
            "tell_all",
            json!({ "live": true, "items": [item("1"), item("2345"), item("6789"), { "other": 1 }] }),
        ),
        line("tell_all", json!({ "items": [] })),
        // One alone, as a program may record it.
        line("tell_all", json!({ "id": "7" })),
    ]);
    let operation = &survey["operations"][0];
    assert_eq!(
        (&operation["judged"], &operation["invalid"]),
        (&json!(4), &json!(2)),
        "{survey:#}"
    );
    let broken = &survey["violations"][0];
    assert_eq!(
        (&broken["path"], &broken["messages"]),
        (&json!("/id"), &json!(2)),
        "{survey:#}"
    );
    let problem = &survey["problems"][0];
    assert_eq!(problem["reason"], "the batch has no notification here");
    assert_eq!(survey["not_judged"], 2, "{survey:#}");
    assert_eq!(survey["undocumented"], json!([]), "{survey:#}");
}

#[test]
fn an_encrypted_object_is_not_judged_and_counted() {
    let survey = judged(&[
        line(
            "tell_one",
            json!({ "order": { "text": "AAAA", "nonce": "0123456789ab" } }),
        ),
        line("tell_one", json!({ "order": { "number": "12345" } })),
    ]);
    let operation = &survey["operations"][0];
    assert_eq!(
        (&operation["judged"], &operation["invalid"]),
        (&json!(1), &json!(1)),
        "{survey:#}"
    );
    let reason = survey["problems"][0]["reason"].as_str().expect("a reason");
    assert!(
        reason.starts_with("an object is encrypted, and nothing"),
        "{reason}"
    );
    assert_eq!(survey["violations"][0]["path"], "/order/number");
}
