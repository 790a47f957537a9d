//! The generated crate, on the documented messages.

use std::fs;
use std::path::{Path, PathBuf};

use alipay_instore::ams_instore::pay_entry_code::{
    PayEntryCodeOutcome, PayEntryCodeRequest, PayEntryCodeResponse,
};
use alipay_instore::openplatform::trade_precreate::TradePrecreateRequest;
use payspec_codegen::emit::GeneratedFile;
use payspec_codegen::emit::rust::{Options, Root, emit};
use payspec_model::check::Checker;
use payspec_model::model::Side;
use payspec_model::source::Memory;
use payspec_runtime::json::Node;
use payspec_runtime::{
    Message, PaymentReference, RuleId, Severity, StatusClass, Validate, check, decode, encode,
};
use serde_json::{Value, json};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn example(path: &str) -> Vec<u8> {
    fs::read(root().join("spec").join(path)).expect("an example")
}

fn parsed(json: &[u8]) -> Value {
    serde_json::from_slice(json).expect("JSON")
}

/// Decodes, writes again, validates; gives the message and the warnings.
fn round_trip<T>(json: &[u8]) -> (T, Vec<String>)
where
    T: Message + serde::Serialize + serde::de::DeserializeOwned,
{
    let message: T = decode(json).expect("it can be read");
    let written = encode(&message).expect("it can be written");
    assert_eq!(parsed(&written), parsed(json));
    message.validate().expect("no error");
    let found = check::<T>(json).expect("JSON");
    let warnings = message.violations();
    assert_eq!(found, warnings);
    let warnings = warnings.into_iter().inspect(|violation| {
        assert_eq!(violation.severity, Severity::Warning);
    });
    (
        message,
        warnings.map(|violation| violation.to_string()).collect(),
    )
}

#[test]
fn documented_request() {
    let json = example("ams-instore/examples/pay-entry-code.request.json");
    let (request, warnings) = round_trip::<PayEntryCodeRequest>(&json);
    insta::assert_debug_snapshot!((request, warnings));
}

#[test]
fn documented_response() {
    let json = example("ams-instore/examples/pay-entry-code.response.json");
    let (response, warnings) = round_trip::<PayEntryCodeResponse>(&json);
    insta::assert_debug_snapshot!((response.outcome(), warnings));
}

#[test]
fn documented_request_of_the_other_api() {
    let json = example("openplatform/examples/trade-precreate.request.json");
    let (request, warnings) = round_trip::<TradePrecreateRequest>(&json);
    insta::assert_debug_snapshot!((request, warnings));
}

/// The outcome of the documented response after a change.
fn outcome(change: impl FnOnce(&mut Value)) -> PayEntryCodeOutcome {
    let mut message = parsed(&example(
        "ams-instore/examples/pay-entry-code.response.json",
    ));
    change(&mut message);
    let response: PayEntryCodeResponse =
        decode(message.to_string().as_bytes()).expect("it can be read");
    response.outcome()
}

fn class(outcome: &PayEntryCodeOutcome) -> StatusClass {
    match outcome {
        PayEntryCodeOutcome::Redirect(_) => StatusClass::Succeeded,
        PayEntryCodeOutcome::Failed(_) => StatusClass::Failed,
        _ => StatusClass::Pending,
    }
}

#[test]
fn what_is_not_clear_is_pending() {
    let result = |status: &str, code: &str| json!({ "resultStatus": status, "resultCode": code, "resultMessage": "m" });
    let with = |status: &str, code: &str| {
        let result = result(status, code);
        class(&outcome(|message| message["result"] = result))
    };
    for (status, code, expected) in [
        ("S", "SUCCESS", StatusClass::Succeeded),
        ("F", "PARAM_ILLEGAL", StatusClass::Failed),
        ("U", "PAYMENT_IN_PROCESS", StatusClass::Pending),
        // A code that is not documented is judged by its status.
        ("S", "NEW_CODE", StatusClass::Succeeded),
        ("F", "NEW_CODE", StatusClass::Failed),
        ("U", "NEW_CODE", StatusClass::Pending),
        // A status that is not documented, or a code that belongs to another one.
        ("A", "SUCCESS", StatusClass::Pending),
        ("s", "SUCCESS", StatusClass::Pending),
        ("F", "SUCCESS", StatusClass::Pending),
        ("S", "PARAM_ILLEGAL", StatusClass::Pending),
        ("F", "UNKNOWN_EXCEPTION", StatusClass::Pending),
    ] {
        assert_eq!(with(status, code), expected, "{status} {code}");
    }
}

#[test]
fn a_redirect_needs_an_address() {
    let without_form = outcome(|message| message["redirectActionForm"] = Value::Null);
    assert_eq!(class(&without_form), StatusClass::Pending);
    let without_url = outcome(|message| message["redirectActionForm"] = json!({ "method": "GET" }));
    assert_eq!(class(&without_url), StatusClass::Pending);
    let empty_url = outcome(|message| message["redirectActionForm"]["redirectUrl"] = json!(""));
    assert_eq!(class(&empty_url), StatusClass::Pending);
    let no_url = outcome(|message| message["redirectActionForm"]["redirectUrl"] = json!("soon"));
    assert_eq!(class(&no_url), StatusClass::Pending);
    let app = json!("alipays://platformapi/startapp?appId=1");
    let app = outcome(|message| message["redirectActionForm"]["redirectUrl"] = app);
    assert_eq!(class(&app), StatusClass::Succeeded);
}

#[test]
fn a_pending_payment_is_named_by_the_first_reference_there_is() {
    let named = |change: fn(&mut Value)| {
        let outcome = outcome(|message| {
            message["result"]["resultStatus"] = json!("X");
            change(message);
        });
        let PayEntryCodeOutcome::Pending(pending) = outcome else {
            panic!("not pending")
        };
        pending.inquire().cloned()
    };
    assert_eq!(
        named(|_| {}),
        Some(PaymentReference::Provider {
            name: "paymentId".into(),
            value: "2019111919401080010018885020050XXXX".to_owned()
        })
    );
    assert_eq!(
        named(|message| message["paymentId"] = json!("")),
        Some(PaymentReference::Merchant {
            name: "paymentRequestId".into(),
            value: "10277574507XXXX".to_owned()
        })
    );
    let none = named(|message| {
        message["paymentId"] = Value::Null;
        message["paymentRequestId"] = Value::Null;
    });
    assert_eq!(none, None);
}

fn emitted(spec: &Path) -> Vec<GeneratedFile> {
    let model = payspec_model::load(spec)
        .model
        .expect("a spec without errors");
    emit(&model, &Options::new(spec, Root::Crate)).expect("it can be written")
}

#[test]
fn the_committed_source_is_what_the_spec_asks_for() {
    let spec = root().join("spec");
    let model = payspec_model::load(&spec).model.expect("a sound spec");
    let options = Options::new(&spec, Root::Crate);
    let out = root().join("generated/src");
    let plan = payspec_codegen::generate::prepare(&model, &options, &out).expect("a plan");
    assert!(plan.is_empty(), "run `payspec generate`:\n{}", plan.diff());
}

/// The files below a folder, with their paths.
fn files_below(folder: &Path, below: &str, found: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder.join(below)).expect("a folder") {
        let entry = entry.expect("an entry");
        let name = entry.file_name().into_string().expect("UTF-8");
        let path = if below.is_empty() {
            name
        } else {
            format!("{below}/{name}")
        };
        if entry.file_type().expect("a type").is_dir() {
            files_below(folder, &path, found);
        } else {
            found.push((path, fs::read(entry.path()).expect("a file")));
        }
    }
}

/// Neither the order in which files come to lie on the disk nor where the folder lies matters.
#[test]
fn the_order_of_files_does_not_matter() {
    let mut files = Vec::new();
    files_below(&root().join("spec"), "", &mut files);
    files.sort();
    let copy = |files: &[(String, Vec<u8>)]| {
        let folder = tempfile::tempdir().expect("a folder");
        for (path, contents) in files {
            let path = folder.path().join("spec").join(path);
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            fs::write(path, contents).expect("a file");
        }
        emitted(&folder.path().join("spec"))
    };
    let forward = copy(&files);
    files.reverse();
    assert_eq!(forward, copy(&files));
    assert_eq!(forward, emitted(&root().join("spec")));

    let memory = Memory {
        files: files.into_iter().collect(),
    };
    let model = payspec_model::load_from(&memory)
        .model
        .expect("a spec without errors");
    let options = Options::new(Path::new("spec"), Root::Crate);
    assert_eq!(forward, emit(&model, &options).expect("it can be written"));
}

/// An address that runs a script is handed out to nobody, whoever judges the answer.
#[test]
fn no_payer_is_sent_to_a_script() {
    let json = example("ams-instore/examples/pay-entry-code.response.json");
    let loaded = payspec_model::load(&root().join("spec"));
    let model = loaded.model.expect("the spec is sound");
    let (api, operation) = model.operation("pay_entry_code").expect("an operation");
    let checker = Checker::new(api, operation, Side::Response).expect("a body");
    for (address, may) in [
        ("https://pay.example/1", true),
        ("alipays://platformapi/startapp?appId=1", true),
        ("javascript:alert(1)", false),
        ("JaVaScRiPt:alert(1)", false),
        ("data:text/html,x", false),
        ("file:///etc/passwd", false),
        (" javascript:alert(1)", false),
        ("\u{1}java\tscript:alert(1)", false),
    ] {
        let mut answer = parsed(&json);
        answer["redirectActionForm"]["redirectUrl"] = json!(address);
        let bytes = serde_json::to_vec(&answer).expect("JSON");
        let response: PayEntryCodeResponse = decode(&bytes).expect("it can be read");
        let by_types = matches!(response.outcome(), PayEntryCodeOutcome::Redirect(_));
        let node = Node::from_slice(&bytes).expect("JSON");
        let verdict = checker
            .judge(&node, &checker.check_node(&node), None)
            .expect("a verdict");
        assert_eq!(
            (by_types, verdict.outcome() == "redirect"),
            (may, may),
            "{address:?}"
        );
    }
}

/// Texts that must not be sent, and odd ones: the types and the message checker say the same.
#[test]
fn control_characters_and_schemes_of_what_is_sent() {
    let json = example("ams-instore/examples/pay-entry-code.request.json");
    let loaded = payspec_model::load(&root().join("spec"));
    let model = loaded.model.expect("the spec is sound");
    let (api, operation) = model.operation("pay_entry_code").expect("an operation");
    let checker = Checker::new(api, operation, Side::Request).expect("a body");
    for (pointer, value, expected) in [
        (
            "/paymentRequestId",
            "a\u{0}b",
            Some((RuleId::ControlCharacter, Severity::Error)),
        ),
        (
            "/paymentRequestId",
            "a\nb",
            Some((RuleId::ControlCharacter, Severity::Error)),
        ),
        // The shop's own number is not what the provider knows the payment by.
        (
            "/order/merchant/referenceMerchantId",
            "a\u{1b}b",
            Some((RuleId::ControlCharacter, Severity::Warning)),
        ),
        (
            "/order/orderDescription",
            "a\u{1b}b",
            Some((RuleId::ControlCharacter, Severity::Warning)),
        ),
        ("/order/orderDescription", "a\nb", None),
        ("/order/orderDescription", "支付 ¢", None),
        ("/paymentNotifyUrl", "https://a.example/n", None),
        (
            "/paymentNotifyUrl",
            "javascript:alert(1)",
            Some((RuleId::UrlScheme, Severity::Warning)),
        ),
        (
            "/paymentNotifyUrl",
            "alipays://x",
            Some((RuleId::UrlScheme, Severity::Warning)),
        ),
    ] {
        let mut request = parsed(&json);
        *request
            .pointer_mut(pointer)
            .expect("a field of the example") = json!(value);
        let bytes = serde_json::to_vec(&request).expect("JSON");
        let said = |rule: RuleId, severity: Severity| {
            let new = [RuleId::ControlCharacter, RuleId::UrlScheme].contains(&rule);
            new.then_some((rule, severity))
        };
        let typed: PayEntryCodeRequest = decode(&bytes).expect("it can be read");
        let by_types = typed.violations();
        let by_types: Vec<_> = by_types
            .iter()
            .filter_map(|one| said(one.rule, one.severity))
            .collect();
        let by_tables = check::<PayEntryCodeRequest>(&bytes).expect("JSON");
        let by_tables: Vec<_> = by_tables
            .iter()
            .filter_map(|one| said(one.rule, one.severity))
            .collect();
        let findings = checker.check(&bytes).expect("JSON");
        let findings = findings.iter().map(|one| &one.violation);
        let by_checker: Vec<_> = findings
            .filter_map(|one| said(one.rule, one.severity))
            .collect();
        let expected: Vec<_> = expected.into_iter().collect();
        assert_eq!(by_types, expected, "{pointer} {value:?}");
        assert_eq!(by_tables, expected, "{pointer} {value:?}");
        assert_eq!(by_checker, expected, "{pointer} {value:?}");
    }
}

/// A message in another encoding is named as such.
#[test]
fn other_encodings_are_named() {
    let text = r#"{"a": 1}"#;
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for (bytes, name) in [
        (
            [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat(),
            "byte order mark",
        ),
        ([b"\xff\xfe".as_slice(), &utf16].concat(), "UTF-16"),
        ([b"\xfe\xff".as_slice(), &big].concat(), "UTF-16"),
        (utf16, "UTF-16"),
        (big, "UTF-16"),
        (
            text.chars()
                .flat_map(|c| u32::from(c).to_le_bytes())
                .collect(),
            "UTF-32",
        ),
    ] {
        let error = Node::from_slice(&bytes).expect_err("not plain UTF-8");
        assert!(error.to_string().contains(name), "{error}");
    }
    assert!(Node::from_slice(text.as_bytes()).is_ok());
}
