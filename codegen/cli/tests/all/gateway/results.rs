//! Each operation is served with its documented results.

use http::Request;
use payspec_mock::{Exchange, Gateway, RESULT, Script, Setup, Step};
use payspec_model::check::Checker;
use payspec_model::model::{Api, Caller, Model, Operation, Side};
use payspec_model::sample;
use serde_json::json;

use super::{
    CANCEL, INQUIRE, PAY, ask, code, gateway, model, note, now, opened, pay_request, request,
    spoken,
};
use crate::support::{folder, payspec, root};

fn called(model: &Model) -> impl Iterator<Item = (&Api, &Operation)> {
    model.apis.iter().flat_map(|api| {
        let operations = api.operations.iter();
        let called = operations.filter(|operation| operation.caller == Caller::Merchant);
        called.map(move |operation| (api, operation))
    })
}

/// Returns a documented request, or one that has every field.
fn request_of(api: &Api, operation: &Operation) -> String {
    let mut examples = operation.examples.iter();
    let example = examples.find(|example| example.side == Side::Request);
    match example {
        Some(example) => example.json.clone(),
        None => sample::full(api, &operation.request).to_string(),
    }
}

fn assert_valid(api: &Api, operation: &Operation, exchange: &Exchange) {
    let Some(checker) = Checker::new(api, operation, Side::Response) else {
        return;
    };
    let body = exchange.response.body();
    let findings = checker.check(body).expect("the answer is JSON");
    let found: Vec<String> = findings
        .iter()
        .map(|one| one.violation.to_string())
        .collect();
    assert!(
        findings.is_valid(),
        "{}: {found:?}: {}",
        operation.id,
        String::from_utf8_lossy(body)
    );
}

#[test]
fn every_operation_is_served_in_every_environment() {
    let model = model();
    let mut served = 0;
    for (api, operation) in called(&model) {
        for prefix in 0..api.servers.len().max(1) {
            // A fresh gateway, because another test checks answers that depend on earlier requests.
            let gateway = gateway(|_| {});
            let request = request(api, operation, prefix, request_of(api, operation));
            let exchange = gateway.answer(&request, now());
            assert_eq!(exchange.record.operation.as_ref(), Some(&operation.id));
            assert_eq!(exchange.response.status(), 200, "{:?}", exchange.record);
            assert_valid(api, operation, &exchange);
            served += 1;
        }
    }
    assert!(served > 20, "{served}");
}

#[test]
fn every_documented_result_can_be_chosen() {
    let model = model();
    let mut had = 0;
    for (api, operation) in called(&model) {
        let result = operation.result.as_ref();
        let codes = result.iter().flat_map(|result| &result.codes);
        let codes = codes.map(|code| code.name.as_str());
        let outcomes = operation.outcomes();
        let examples = operation.examples.iter();
        let examples = examples.filter(|example| example.side == Side::Response);
        let words = codes
            .chain(outcomes.iter().map(|outcome| outcome.name))
            .chain(examples.map(|example| example.name.as_str()));
        for word in words {
            let gateway = gateway(|_| {});
            let mut request = request(api, operation, 0, request_of(api, operation));
            let value = word.parse().expect("a value");
            request.headers_mut().insert(RESULT, value);
            let exchange = gateway.answer(&request, now());
            assert_eq!(
                exchange.response.status(),
                200,
                "{word}: {:?}",
                exchange.record
            );
            assert_valid(api, operation, &exchange);
            let names_code = result
                .iter()
                .flat_map(|result| &result.codes)
                .any(|code| code.name == word);
            if names_code {
                assert_eq!(
                    exchange.record.code.as_deref(),
                    Some(word),
                    "{}",
                    operation.id
                );
            }
            if outcomes.iter().any(|outcome| outcome.name == word) && !names_code {
                let checker = Checker::new(api, operation, Side::Response).expect("a body");
                let node = payspec_runtime::json::Node::from_slice(exchange.response.body());
                let node = node.expect("the answer is JSON");
                let verdict = checker
                    .judge(&node, &checker.check_node(&node), None)
                    .expect("a verdict");
                assert_eq!(verdict.outcome(), word, "{}", operation.id);
            }
            had += 1;
        }
    }
    assert!(had > 200, "{had}");
}

#[test]
fn values_of_the_request_are_filled_in() {
    let gateway = gateway(|_| {});
    let first = opened(&PAY, &ask(&gateway, &PAY, &pay_request("pay-1", "777")));
    assert_eq!(first["paymentRequestId"], "pay-1");
    let second = opened(&PAY, &ask(&gateway, &PAY, &pay_request("pay-2", "888")));
    assert_ne!(
        first["paymentId"], second["paymentId"],
        "each has an id of its own"
    );
    // An inquiry about the payment returns what was said of it before.
    let by_id = json!({ "paymentId": first["paymentId"] });
    let answer = opened(&INQUIRE, &ask(&gateway, &INQUIRE, &by_id));
    assert_eq!(answer["paymentRequestId"], "pay-1");
    assert_eq!(answer["paymentAmount"]["value"], "777");
}

#[test]
fn one_body_decides_between_operations_at_one_path() {
    let gateway = gateway(|_| {});
    for (file, operation) in [
        (
            include_str!("../../../../../spec/ams-instore/examples/pay-order-code.request.json"),
            "pay_order_code",
        ),
        (
            include_str!(
                "../../../../../spec/ams-instore/examples/pay-user-presented.request.json"
            ),
            "pay_user_presented",
        ),
        (
            include_str!("../../../../../spec/ams-instore/examples/pay-entry-code.request.json"),
            "pay_entry_code",
        ),
    ] {
        let body = serde_json::from_str(file).expect("the example is JSON");
        let exchange = ask(&gateway, &PAY, &body);
        assert_eq!(exchange.record.operation.as_deref(), Some(operation));
    }
}

#[test]
fn later_answers_report_what_happened_to_a_payment() {
    let gateway = gateway(|_| {});
    let question = json!({ "paymentRequestId": "pay-1" });
    let unknown = ask(&gateway, &INQUIRE, &question);
    assert_eq!(code(&INQUIRE, &unknown), "ORDER_NOT_EXIST");
    ask(&gateway, &PAY, &pay_request("pay-1", "100"));
    let cancelled = ask(&gateway, &CANCEL, &question);
    assert_eq!(code(&CANCEL, &cancelled), "SUCCESS");
    let answer = opened(&INQUIRE, &ask(&gateway, &INQUIRE, &question));
    assert_eq!(answer["paymentStatus"], "CANCELLED");
    // An id without a settled answer is used up, too.
    let script = Script {
        steps: vec![Step {
            operation: Some("pay_entry_code".to_owned()),
            key: None,
            result: Some("UNKNOWN_EXCEPTION".to_owned()),
            fault: None,
            settlement: None,
            notification: None,
            times: 1,
        }],
        ..Script::default()
    };
    gateway.script(script).expect("a script");
    ask(&gateway, &PAY, &pay_request("pay-2", "100"));
    ask(&gateway, &CANCEL, &json!({ "paymentRequestId": "pay-2" }));
    let late = ask(&gateway, &PAY, &pay_request("pay-2", "100"));
    assert_eq!(code(&PAY, &late), "ORDER_IS_CANCELED");
}

#[test]
fn a_get_request_is_answered_without_a_body() {
    let mut files = payspec_model::source::Memory::default();
    let api = "payspec: 2\nid: demo\ntitle: Demo\ndescription: Reads a status.\n\
               sources: { page: { title: A page, date: unknown } }\nsource: page\n";
    let operation = "id: read_status\ntitle: Read\ndescription: Reads the status.\nsource: page\n\
                     method: GET\npath: /status\nrequest: { fields: {} }\n\
                     response:\n  fields:\n    text: { type: string, description: The status. }\n";
    for (path, text) in [("api.yaml", api), ("operations/read.yaml", operation)] {
        let path = format!("demo/{path}");
        files.files.insert(path, text.as_bytes().to_vec());
    }
    let loaded = payspec_model::load_from(&files);
    let model = loaded.model.expect("the spec has no errors");
    let gateway = Gateway::new(model, Setup::unsigned()).expect("it can be played");
    for (body, expected) in [("", 200), ("{}", 200), ("{\"text\"", 400)] {
        let request = Request::get("/status").body(body.as_bytes().to_vec());
        let exchange = gateway.answer(&request.expect("a request"), now());
        let status = exchange.response.status().as_u16();
        assert_eq!(status, expected, "{body}: {}", note(&exchange));
    }
}

#[test]
fn a_spec_without_a_signature_needs_no_keys() {
    let (_temporary, folder) = folder();
    let spec = root().join("tests/cases/results");
    let spec = spec.to_str().expect("a path");
    let (said, listen) = (format!("{folder}/said"), "127.0.0.1:0");
    let inner = payspec(&["mock", "--spec", spec, "--listen", listen]);
    let mut command = std::process::Command::new("sh");
    command.args(["-c", "exec \"$0\" \"$@\" 2>\"$SAID\""]);
    command.env("SAID", &said).arg(inner.get_program());
    command.args(inner.get_args());
    let mock = crate::mock::Mock::start(&mut command);
    let get = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    let (status, page) = spoken(mock.address, get);
    assert_eq!(status, 200);
    let said = std::fs::read_to_string(said).expect("what it said");
    assert!(!said.contains("key"), "{said}");
    assert!(!page.contains("private key"), "{page}");
}

#[test]
fn clients_do_not_see_each_other() {
    let gateway = gateway(|_| {});
    let body = pay_request("pay-1", "100");
    ask(&gateway, &PAY, &body);
    let (api, operation) = gateway
        .model()
        .operation("pay_entry_code")
        .expect("an operation");
    let other = request(api, operation, 1, body.to_string());
    let exchange = gateway.answer(&other, now());
    assert_eq!(exchange.record.client_id.as_deref(), Some("SANDBOX_1"));
    assert!(!exchange.record.replayed);
}

#[test]
fn ids_follow_from_the_seed() {
    let id = |seed: u64| {
        let gateway = gateway(|setup| setup.seed = seed);
        let answer = opened(&PAY, &ask(&gateway, &PAY, &pay_request("pay-1", "100")));
        answer["paymentId"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(id(1), id(1));
    assert_ne!(id(1), id(2));
}

#[test]
fn a_record_shows_nothing_sensitive() {
    let gateway = gateway(|_| {});
    let mut body = pay_request("pay-1", "100");
    body["order"]["env"]["clientIp"] = "canary-value-".repeat(9).into();
    let exchange = ask(&gateway, &PAY, &body);
    assert_eq!(exchange.record.code.as_deref(), Some("PARAM_ILLEGAL"));
    let shown = format!(
        "{} {:?} {:?}",
        exchange.record,
        exchange.record,
        exchange.response.headers()
    );
    assert!(shown.contains("clientIp"), "{shown}");
    assert!(!shown.contains("canary"), "{shown}");
}
