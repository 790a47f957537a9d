use crate::support::{file, folder, is_whole, payspec, piped, root, run, snapshot, with};

const REQUEST: &str = "spec/ams-instore/examples/pay-entry-code.request.json";
const RESPONSE: &str = "spec/ams-instore/examples/pay-entry-code.response.json";

fn of(side: &'static str) -> [&'static str; 5] {
    ["validate", "--operation", "pay_entry_code", "--side", side]
}

fn validate(side: &'static str, more: &[&str]) -> Vec<String> {
    of(side)
        .iter()
        .chain(more)
        .map(|word| (*word).to_owned())
        .collect()
}

fn check(side: &'static str, more: &[&str], input: &[u8]) -> crate::support::Run {
    let args = validate(side, more);
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    piped(&args, input)
}

fn documented(path: &str) -> serde_json::Value {
    let text = std::fs::read_to_string(root().join(path)).expect("the example is there");
    serde_json::from_str(&text).expect("the example is JSON")
}

#[test]
fn documented_messages() {
    snapshot!("documented_request", check("request", &[REQUEST], b""));
    snapshot!("documented_response", check("response", &[RESPONSE], b""));
    snapshot!(
        "documented_response_as_json",
        check("response", &[RESPONSE, "--format", "json"], b"")
    );
    let args = [
        "validate",
        "--operation",
        "trade_precreate",
        "--side",
        "request",
    ];
    let example = "spec/openplatform/examples/trade-precreate.request.json";
    assert_eq!(with(&[&args[..], &[example]].concat()).code, Some(0));
}

/// A violation outside of the body names its place.
#[test]
fn a_request_in_several_parts() {
    let case = "tests/cases/parameters";
    let message = format!("{case}/invalid-absent.request.json");
    let run = with(&[
        "--spec",
        case,
        "validate",
        "--operation",
        "send",
        "--side",
        "request",
        &message,
    ]);
    assert_eq!(run.code, Some(1), "{run}");
    for place in [
        "/orderId (path) [required]",
        "/Idempotency-Key (header) [not_empty]",
        "/dryRun (query) [format]",
        "/amount [min]",
    ] {
        assert!(run.stdout.contains(place), "{place}: {run}");
    }
}

/// The HTTP status decides an answer, and must be given.
#[test]
fn an_answer_with_an_http_status() {
    let case = "tests/cases/status-answers";
    let check = |side: &str, file: &str, status: &[&str]| {
        let message = format!("{case}/{file}.{side}.json");
        let all = [
            "--spec",
            case,
            "validate",
            "--operation",
            "send",
            "--side",
            side,
            &message,
        ];
        with(&[&all[..], status].concat())
    };
    let declined = "valid-declined-402";
    for (status, outcome) in [
        ("402", "declined (failed)"),
        ("400", "pending"),
        ("200", "pending"),
        ("409", "pending"),
    ] {
        let run = check("response", declined, &["--status", status]);
        assert_eq!(run.code, Some(0), "{run}");
        assert!(
            run.stdout.contains(&format!("decision: {outcome}\n")),
            "{run}"
        );
    }
    for (side, file, status) in [
        ("response", declined, &[][..]),
        ("response", declined, &["--status", "600"]),
        ("request", "valid", &["--status", "402"]),
    ] {
        let run = check(side, file, status);
        assert_eq!(run.code, Some(2), "{run}");
        assert!(run.stderr.contains("--status"), "{run}");
    }
    let line = r#"{"operation":"send","side":"response","status":408,"body":{}}"#;
    let run = crate::support::piped(
        &["--spec", case, "validate", "--traffic", "-"],
        line.as_bytes(),
    );
    assert!(
        run.stdout.contains("status 408"),
        "no case decides it: {run}"
    );
}

#[test]
fn broken_request() {
    let mut message = documented(REQUEST);
    message["paymentRequestId"] = "x".repeat(65).into();
    message["paymentAmount"]["value"] = "10.5".into();
    message["order"]["orderAmount"]["value"] = 10.into();
    message["order"]["env"]["terminalType"] = "WAP".into();
    message["order"]["buyer"] = serde_json::json!({ "buyerName": { "fullName": 5 } });
    message["paymentMethod"]["paymentMethodType"] = "connect_wallet".into();
    message["paymentAmuont"] = serde_json::Value::Bool(true);
    message["paymentNotifyUrl"] = serde_json::Value::Null;
    let text = message.to_string();
    let human = check("request", &[], text.as_bytes());
    assert_eq!(human.code, Some(1));
    snapshot!("broken_request", human);
    let json = check("request", &["--format", "json", "-"], text.as_bytes());
    let report: serde_json::Value = serde_json::from_str(&json.stdout).expect("one JSON object");
    snapshot!(
        "broken_request_as_json",
        serde_json::to_string_pretty(&report).expect("JSON")
    );
}

#[test]
fn decisions() {
    let mut all = String::new();
    let mut judge = |what: &str, change: &dyn Fn(&mut serde_json::Value)| {
        let mut message = documented(RESPONSE);
        change(&mut message);
        let run = check("response", &[], message.to_string().as_bytes());
        all += &format!("==== {what}\n{run}\n");
    };
    let result = |status: &'static str, code: &'static str| {
        move |message: &mut serde_json::Value| {
            message["result"]["resultStatus"] = status.into();
            message["result"]["resultCode"] = code.into();
        }
    };
    judge("failed", &result("F", "RISK_REJECT"));
    judge("pending", &result("U", "UNKNOWN_EXCEPTION"));
    judge("a new code", &result("F", "BRAND_NEW"));
    judge("a new status", &result("X", "SUCCESS"));
    judge("code and status disagree", &result("S", "RISK_REJECT"));
    judge("no form to redirect to", &|message| {
        message["redirectActionForm"] = serde_json::Value::Null;
    });
    judge("no result", &|message| {
        message["result"] = serde_json::Value::Null;
    });
    snapshot!("decisions", all);
}

#[test]
fn lines() {
    let good = documented(REQUEST).to_string();
    let mut input = format!("{good}\n\n{{\"productCode\": 1}}\nnot json\n[]\n").into_bytes();
    input.extend_from_slice(b"\xff\xfe\n");
    input.extend_from_slice("[".repeat(100_000).as_bytes());
    input.extend_from_slice(format!("\n{good}").as_bytes());
    snapshot!("lines", check("request", &["--lines"], &input));
    let json = check("request", &["--lines", "--format", "json"], &input);
    assert_eq!(json.code, Some(1));
    let reports: Vec<serde_json::Value> = json
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).expect("a JSON object a line"))
        .collect();
    let lines: Vec<_> = reports
        .iter()
        .map(|report| report["line"].as_u64())
        .collect();
    assert_eq!(lines, [1, 3, 4, 5, 6, 7, 8].map(Some));
    assert_eq!(reports[0]["valid"], true);
    assert!(reports[1..6].iter().all(|report| report["valid"] == false));
}

#[test]
fn a_line_without_end_is_skipped() {
    let good = documented(RESPONSE).to_string();
    let mut input = vec![b' '; 9 << 20];
    input.extend_from_slice(format!("\n{good}\n").as_bytes());
    snapshot!("long_line", check("response", &["--lines"], &input));
}

#[test]
fn several_files() {
    let (folder, path) = folder();
    let bad = file(&folder, "bad.json", b"{}");
    let missing = format!("{path}/missing.json");
    let run = check("response", &[&missing, RESPONSE, &bad], b"");
    assert_eq!(run.code, Some(2));
    snapshot!("several_files", run, path => "DIR");
}

#[test]
fn warnings_alone_are_fine() {
    let run = check("request", &[REQUEST, "--format", "json"], b"");
    assert_eq!(run.code, Some(0));
    let report: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(report["valid"], true);
    assert_eq!(report["violations"][0]["severity"], "warning");
}

#[test]
fn sensitive_values_are_masked() {
    let mut message = documented(REQUEST);
    message["order"]["env"]["clientIp"] = format!("CANARY{}", "9".repeat(70)).into();
    message["order"]["env"]["userAgent"] = serde_json::json!(["CANARY"]);
    message["order"]["buyer"] = serde_json::json!({
        "buyerEmail": "CANARY".repeat(60),
        "buyerName": { "firstName": "CANARY".repeat(60) },
        "buyerPhoneNo": "CANARY".repeat(60),
    });
    for format in ["human", "json"] {
        let run = check(
            "request",
            &["--format", format],
            message.to_string().as_bytes(),
        );
        assert_eq!(run.code, Some(1));
        assert!(!run.to_string().contains("CANARY"), "{run}");
    }
}

#[test]
fn runs_from_another_folder() {
    let (_folder, path) = folder();
    let spec = root().join("spec");
    let spec = spec.to_str().expect("UTF-8");
    let example = root().join(REQUEST);
    let example = example.to_str().expect("UTF-8");
    let args = [&of("request")[..], &["--spec", spec, example]].concat();
    let run = run(payspec(&args).current_dir(path));
    assert_eq!(run.code, Some(0), "{run}");
}

#[test]
fn a_message_is_held_against_its_request() {
    let pays = documented(REQUEST);
    let paid = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut message =
            documented("spec/ams-instore/examples/inquiry-payment.response.paid.json");
        message["paymentRequestId"] = pays["paymentRequestId"].clone();
        message["paymentAmount"] = pays["paymentAmount"].clone();
        change(&mut message);
        let args = [
            "validate",
            "--operation",
            "inquiry_payment",
            "--side",
            "response",
            "--format",
            "json",
            "--request",
            REQUEST,
        ];
        let run = piped(&args, message.to_string().as_bytes());
        let report: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
        assert_eq!(report["valid"] == true, run.code == Some(0), "{report}");
        report
    };
    let fine = paid(&|_| {});
    assert_eq!(fine["decision"]["outcome"], "paid");
    assert_eq!(fine["valid"], true);
    // A native number is the same amount; an absent amount contradicts nothing.
    let native = paid(&|message| {
        let value = message["paymentAmount"]["value"].as_str().expect("a text");
        message["paymentAmount"]["value"] = value.parse::<i64>().expect("a number").into();
    });
    assert_eq!(native["decision"]["outcome"], "paid");
    let absent = paid(&|message| message["paymentAmount"] = serde_json::Value::Null);
    assert_eq!(absent["decision"]["outcome"], "paid");
    for (field, pointer, value) in [
        ("/paymentAmount", "/paymentAmount/value", "1"),
        ("/paymentAmount", "/paymentAmount/currency", "IDR"),
        ("/paymentAmount", "/paymentAmount/currency", "usd"),
        ("/paymentAmount", "/paymentAmount/value", "ten"),
        ("/paymentRequestId", "/paymentRequestId", "another"),
    ] {
        let other = paid(&|message| {
            *message.pointer_mut(pointer).expect("it is there") = value.into();
        });
        assert_eq!(other["valid"], false, "{other}");
        let decision = &other["decision"];
        assert_eq!(decision["decision"], "pending", "{other}");
        let because = decision["because"].as_str().expect("a reason");
        assert!(
            because.starts_with(&format!("{field} contradicts the request")),
            "{because}"
        );
        assert_eq!(decision["allowed"], serde_json::json!([]), "{other}");
    }
}

#[test]
fn a_request_that_cannot_be_read_is_named() {
    let (folder, _) = folder();
    let broken = file(&folder, "request.json", b"{");
    let run = check("response", &["--request", &broken, RESPONSE], b"");
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    assert!(
        run.stderr
            .contains("request.json:1:2: the request is not JSON"),
        "{}",
        run.stderr
    );
    let run = check(
        "response",
        &["--request", "no-such-file.json", RESPONSE],
        b"",
    );
    assert_ne!(run.code, Some(0), "{}", run.stderr);
    assert!(run.stderr.contains("no-such-file.json"), "{}", run.stderr);
}

/// Returns a text in each encoding other than plain UTF-8, with its name.
fn encoded(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let marked = format!("\u{feff}{text}");
    let wide = |text: &str| {
        text.chars()
            .flat_map(|c| u32::from(c).to_le_bytes())
            .collect()
    };
    let little = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    vec![
        ("UTF-8 with a byte order mark", marked.clone().into_bytes()),
        ("UTF-16", little(&marked)),
        ("UTF-16", big(&marked)),
        ("UTF-16", little(text)),
        ("UTF-16", big(text)),
        ("UTF-32", wide(&marked)),
        ("UTF-32", wide(text)),
    ]
}

#[test]
fn other_encodings_are_named() {
    let (folder, _) = folder();
    for (place, (side, example)) in (0..).zip([("request", REQUEST), ("response", RESPONSE)]) {
        let text = documented(example).to_string();
        for (number, (name, bytes)) in (0..).zip(encoded(&format!("{text}\n{text}\n"))) {
            let path = file(&folder, "messages.json", &bytes);
            let ways = [
                (vec![path.as_str()], &b""[..]),
                (vec![], &bytes),
                (vec!["--lines", &path], b""),
                (vec!["--lines"], &bytes),
            ];
            for (way, (args, input)) in (0..).zip(ways) {
                // Each encoding in one way, unless the proof is whole.
                if !is_whole() && way != (number + place) % 4 {
                    continue;
                }
                let run = check(side, &args, input);
                let expected = format!("not JSON: {name}, expected plain UTF-8");
                assert_eq!(run.code, Some(1), "{name} {args:?}: {}", run.stderr);
                let named = run.stdout.matches(&expected).count();
                assert_eq!(named, 1, "{name} {side} {args:?}: {}", run.stdout);
            }
        }
    }
    for (name, bytes) in encoded(&documented(REQUEST).to_string()) {
        let path = file(&folder, "request.json", &bytes);
        let run = check("response", &["--request", &path, RESPONSE], b"");
        assert_eq!(run.code, Some(2), "{name}: {}", run.stderr);
        let expected = format!("the request is not JSON: {name}, expected plain UTF-8");
        assert!(run.stderr.contains(&expected), "{name}: {}", run.stderr);
    }
}

const EXAMPLES: &str = "spec/ams-instore/examples";

#[test]
fn operation_and_side_are_found_by_the_message() {
    for (example, found) in [
        ("pay-entry-code.request.json", "pay_entry_code request"),
        ("pay-order-code.request.json", "pay_order_code request"),
        ("pay-entry-code.response.json", "pay_entry_code response"),
        ("notify-payment.request.paid.json", "notify_payment request"),
        ("refund.request.json", "refund request"),
    ] {
        let file = format!("{EXAMPLES}/{example}");
        let run = with(&["validate", &file]);
        assert_eq!(run.code, Some(0), "{run}");
        assert!(
            run.stderr.starts_with(&format!("{file}: {found} (")),
            "{run}"
        );
        let named: Vec<&str> = found.split(' ').collect();
        let with_names = [
            "validate",
            "--operation",
            named[0],
            "--side",
            named[1],
            &file,
        ];
        let by_name = with(&with_names);
        assert_eq!(run.stdout, by_name.stdout);
        let quiet = with(&["validate", "-q", &file]);
        assert_eq!((quiet.stdout, quiet.stderr), (run.stdout, String::new()));
    }
}

#[test]
fn what_is_found_is_still_checked() {
    let broken = br#"{"refundRequestId": "1", "paymentId": "2", "refundReason": "late", "refundAmount": {"currency": "USD", "value": "0"}}"#;
    let run = piped(&["validate"], broken);
    assert_eq!(run.code, Some(1), "{run}");
    assert!(run.stderr.starts_with("<stdin>: refund request ("), "{run}");
    let lines = [&broken[..], b"\n", broken, b"\n"].concat();
    let run = piped(&["validate", "--lines"], &lines);
    assert_eq!(run.code, Some(1), "{run}");
    assert!(run.stdout.contains("2 messages"), "{run}");
}

#[test]
fn nothing_is_guessed_where_several_or_none_fit() {
    for (message, options, wanted) in [
        (
            r#"{"paymentId": "1"}"#,
            &[][..],
            "--operation cancel --side request\n  --operation inquiry_payment",
        ),
        (r#"{"foo": 1}"#, &[], "no operation fits the message"),
        (
            r#"{"refundRequestId": "1"}"#,
            &["--operation", "cancel"],
            "unknown field `refundRequestId`",
        ),
        (
            r#"{"result": {"resultStatus": "S", "resultCode": "SUCCESS", "resultMessage": "s"}}"#,
            &["--side", "request"],
            "no operation fits",
        ),
        ("{}", &[], "it has no fields"),
        ("[]", &[], "it is not an object"),
        ("{", &["--side", "request"], "not JSON"),
    ] {
        let run = piped(&[&["validate"], options].concat(), message.as_bytes());
        assert_eq!(run.code, Some(2), "{message}: {run}");
        assert_eq!(run.stdout, "", "{message}");
        assert!(run.stderr.contains(wanted), "{message}: {run}");
    }
    let unknown = with(&["validate", "--operation", "cancle"]);
    assert!(
        unknown.stderr.contains("did you mean `cancel`?"),
        "{unknown}"
    );
}
