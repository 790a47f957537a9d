//! Reads the recordings of the mock gateway with `--traffic`.

use http::Request;
use serde_json::Value;

use crate::diff::starter;
use crate::mock::{Mock, connect, exchange, wire};
use crate::support::{folder, payspec, with};

#[test]
fn the_gateway_records_what_is_judged_again() {
    let (folder, path) = folder();
    let spec = starter(&folder.path().join("spec"), &[]);
    let record = format!("{path}/recorded.jsonl");
    let args = [
        "mock",
        "--spec",
        &spec,
        "--listen",
        "127.0.0.1:0",
        "--record",
        &record,
    ];
    let mock = Mock::start(&mut payspec(&args));
    let mut stream = connect(mock.address);
    for body in [
        r#"{"requestId":"R-1","amount":{"currency":"USD","value":"1250"},"buyer":{"name":"Kim","channel":"WEB"}}"#,
        "{\n  \"requestId\": 5\n}",
        "not JSON",
    ] {
        let request = Request::post("/api/v1/orders").header("Content-Type", "application/json");
        let request = request.body(body.as_bytes().to_vec()).expect("a request");
        exchange(&mut stream, &wire(&request, "/api/v1/orders")).expect("an answer");
    }
    drop(mock);
    let text = std::fs::read_to_string(&record).expect("a recording");
    for line in text.lines() {
        let line: Value = serde_json::from_str(line).expect("JSON");
        assert_eq!(line["operation"], "place_order", "{line}");
    }
    let run = with(&[
        "validate",
        "--spec",
        &spec,
        "--traffic",
        &record,
        "--format",
        "json",
    ]);
    let survey: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{run}"));
    let judged: Vec<_> = survey["operations"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| (one["side"].as_str(), one["judged"].as_u64()))
        .collect();
    // The starter has no codes for refusals, so the gateway refuses in plain text.
    assert_eq!(
        judged,
        [(Some("request"), Some(2)), (Some("response"), Some(1))],
        "{run}"
    );
    assert_eq!(
        survey["problems"][0]["reason"], "the body is not JSON",
        "{run}"
    );
}
