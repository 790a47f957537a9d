//! Mistakes made on purpose, and healthy exchanges.

mod cases;
mod exchange;
mod spellings;

use base64::Engine as _;
use payspec_doctor::{
    Certainty, Diagnosis, Exchange, HYPOTHESES, Hypothesis, Report, Settings, Verdict, diagnose,
    read, read_time,
};
use payspec_model::model::Model;
use payspec_model::signing::Signing;
use payspec_runtime::client::{Signed, Signer as _, SigningKey};
use serde_json::{Value, json};
use std::sync::LazyLock;

use self::exchange::{BODY, CLIENT_ID, Mail, PATH, given, own, provider, settings};
use crate::support::{Run, file, folder, piped, root, snapshot, with};

fn model() -> &'static Model {
    static MODEL: LazyLock<Model> = LazyLock::new(|| {
        let loaded = payspec_model::load(&root().join("spec"));
        loaded.model.expect("the spec is sound")
    });
    &MODEL
}

fn report(exchanges: &[Exchange], settings: &Settings<'_>) -> Report {
    let model = model();
    let api = model
        .apis
        .iter()
        .find(|api| api.id == "ams_instore")
        .expect("the API");
    let signing = Signing::of(api).expect("it signs");
    diagnose((api, &signing), settings, exchanges).expect("it can be looked at")
}

fn examined(mail: &Mail, settings: &Settings<'_>) -> Diagnosis {
    let exchanges = read(&mail.bytes()).expect("a capture");
    report(&exchanges, settings).messages.remove(0)
}

fn mistakes(diagnosis: &Diagnosis) -> Vec<&'static str> {
    diagnosis
        .findings
        .iter()
        .map(|finding| finding.mistake)
        .collect()
}

#[test]
fn every_mistake_is_named() {
    for hypothesis in HYPOTHESES {
        let id = hypothesis.id;
        let case = cases::of(id).unwrap_or_else(|| panic!("no test makes the mistake `{id}`"));
        let found = examined(&case.mail, &case.settings);
        assert_eq!(found.verdict, case.verdict, "{id}: {found:#?}");
        let mut named = mistakes(&found);
        let mut expected = [&[id], case.also].concat();
        named.sort_unstable();
        expected.sort_unstable();
        assert_eq!(named, expected, "{id}: {found:#?}");
    }
}

#[test]
fn the_documentation_lists_every_mistake() {
    let page = std::fs::read_to_string(root().join("docs/doctor.md")).expect("the page");
    let row = |one: &Hypothesis| format!("| `{}` | {} | {} |", one.id, one.title, one.advice);
    let rows: Vec<String> = HYPOTHESES.iter().map(row).collect();
    let shown: Vec<_> = page
        .lines()
        .filter(|line| line.starts_with("| `"))
        .collect();
    assert_eq!(shown, rows);
}

#[test]
fn reports_obey_their_schema() {
    let schema = Report::schema();
    let words = |schema: &Value| -> Vec<String> {
        let required = schema["required"].as_array().into_iter().flatten();
        required
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect()
    };
    let report = examined(&Mail::request(), &settings());
    let report = serde_json::to_value(&report).expect("JSON");
    let keys: Vec<_> = report
        .as_object()
        .expect("an object")
        .keys()
        .cloned()
        .collect();
    let mut required = words(&schema["definitions"]["Diagnosis"]);
    required.push("operation".to_owned());
    required.sort_unstable();
    required.dedup();
    let mut keys = keys;
    keys.sort_unstable();
    assert_eq!(keys, required);
}

#[test]
fn nothing_secret_is_shown() {
    let secret = |text: &str| -> Vec<String> {
        let lines = text.lines().filter(|line| line.len() > 60);
        lines.map(str::to_owned).collect()
    };
    let keys =
        [own(), provider()].map(|pair| [secret(&pair.private), secret(&pair.public)].concat());
    for hypothesis in HYPOTHESES {
        let case = cases::of(hypothesis.id).expect("a case");
        let raw = case.mail.bytes();
        let exchanges = read(&raw).expect("a capture");
        let shown = format!("{:?} {exchanges:?}", report(&exchanges, &case.settings));
        let signature = exchanges[0]
            .request
            .as_ref()
            .or(exchanges[0].response.as_ref());
        let fields = signature.into_iter().flat_map(|message| &message.headers);
        let values = fields
            .filter(|field| field.name == "Signature")
            .map(|field| {
                let value = field.value.rsplit("signature=").next().unwrap_or_default();
                value.get(..40).unwrap_or_default().to_owned()
            });
        let values: Vec<_> = values.filter(|value| !value.is_empty()).collect();
        for hidden in keys.iter().flatten().chain(&values) {
            assert!(!shown.contains(hidden), "{}: {hidden}", hypothesis.id);
        }
        for hidden in ["Café", "pay-1", "a-token-that-nobody-may-see"] {
            assert!(!shown.contains(hidden), "{}: {hidden}", hypothesis.id);
        }
    }
}

#[test]
fn two_mistakes_at_once_are_named() {
    let spaced = BODY.replace("\":", "\": ").replace(",\"", ", \"");
    let cases: [(Mail, &[&str]); 3] = [
        (
            Mail::request().signing(|parts| {
                parts.path = format!("https://open-sea-global.alipay.com{PATH}");
                parts.body = spaced.clone().into_bytes();
            }),
            &["signed-url", "rewritten-body"],
        ),
        (
            Mail::request().signing(|parts| {
                parts.path = "/ams/sandbox/api/v1/payments/pay/".to_owned();
            }),
            &["signed-environment", "signed-slash"],
        ),
        (
            Mail::request().signing(|parts| {
                parts.time = "2026-11-24T00:00:00Z".to_owned();
                parts.body.push(b'\n');
            }),
            &["signed-time-form", "signed-outer-blanks"],
        ),
    ];
    for (mail, expected) in cases {
        let found = examined(&mail, &settings());
        assert_eq!(found.verdict, Verdict::Explained, "{found:#?}");
        let mut named = mistakes(&found);
        named.sort_unstable();
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        assert_eq!(named, expected, "{found:#?}");
    }
}

/// Signs other forms of these bodies than those that are sent.
#[test]
fn the_siblings_of_a_mistake_bear_its_name() {
    let html = r#"{"a":"Tom & \"Jerry\" <x> it's a/b"}"#;
    let escaped = |quote: &str, apostrophe: &str| {
        let text = html
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        text.replace('"', quote).replace('\'', apostrophe)
    };
    let in_texts = html
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace("\\\"", "&quot;")
        .replace('\'', "&#039;");
    let numbers = r#"{"a":1.0,"b":[1e2,-0.50,12345678901234567890],"c":"1.0","d":100,"e":"7"}"#;
    let emoji = cases::EMOJI;
    let each = |with: &str| emoji.replace(['😀', '👨', '👩', '👧'], with);
    let cesu8: Vec<u8> = {
        let halves = |c: char| {
            let mut units = [0; 2];
            let units = c.encode_utf16(&mut units).to_vec();
            units.into_iter().flat_map(|unit| {
                let unit = u32::from(unit);
                [
                    0xe0 | unit >> 12,
                    0x80 | (unit >> 6 & 0x3f),
                    0x80 | (unit & 0x3f),
                ]
                .map(|byte| u8::try_from(byte).expect("a byte"))
            })
        };
        let bytes = emoji.chars().flat_map(|c| match c > '\u{ffff}' {
            true => halves(c).collect::<Vec<u8>>(),
            false => c.to_string().into_bytes(),
        });
        bytes.collect()
    };
    let form = cases::form;
    let plain = r#"{"a":"x y+z","b":{"c":1}}"#;
    type Row<'a> = (&'a str, Vec<u8>, Vec<u8>);
    let row = |id, sent: &str, signed: &str| -> Row<'_> { (id, sent.into(), signed.into()) };
    let rows: Vec<Row<'_>> = vec![
        row("html-escaped-body", html, &escaped("&quot;", "&#39;")),
        row("html-escaped-body", html, &escaped("&quot;", "&#x27;")),
        row("html-escaped-body", html, &escaped("&#34;", "&#39;")),
        row("html-escaped-body", html, &escaped("\"", "'")),
        row("html-escaped-body", html, &in_texts),
        row("html-escaped-body", &escaped("&quot;", "&#39;"), html),
        row("html-escaped-body", &in_texts, html),
        row("form-encoded-body", plain, &form(plain)),
        row("form-encoded-body", plain, &form(plain).replace('+', "%20")),
        row("form-encoded-body", plain, &(form(plain) + "=")),
        row(
            "form-encoded-body",
            plain,
            &format!("a={}&b={}", form("x y+z"), form(r#"{"c":1}"#)),
        ),
        row("form-encoded-body", plain, &plain.replace('+', " ")),
        row("form-encoded-body", &form(plain), plain),
        row("form-encoded-body", &(form(plain) + "="), plain),
        row("lost-emoji", emoji, &each("?")),
        row("lost-emoji", emoji, &each("??")),
        row("lost-emoji", emoji, &each("????")),
        row("lost-emoji", emoji, &each("\u{fffd}")),
        row("lost-emoji", emoji, &each("\u{fffd}\u{fffd}")),
        row("lost-emoji", emoji, &each("")),
        row(
            "lost-emoji",
            emoji,
            r#"{"order":{"orderDescription":"tea "}}"#,
        ),
        ("lost-emoji", emoji.into(), cesu8.clone()),
        ("lost-emoji", cesu8, emoji.into()),
        row(
            "rewritten-numbers",
            numbers,
            &numbers
                .replace("1.0,\"b", "1,\"b")
                .replace("1e2", "100")
                .replace("-0.50", "-0.5")
                .replace("12345678901234567890", "12345678901234567000"),
        ),
        row(
            "rewritten-numbers",
            numbers,
            &numbers
                .replace("-0.50", "-0.5")
                .replace(":1.0,\"b", ":1,\"b"),
        ),
        row(
            "rewritten-numbers",
            numbers,
            &numbers.replace("\"1.0\"", "1.0").replace("\"7\"", "7"),
        ),
        row("rewritten-numbers", r#"{"a":1}"#, r#"{"a":1.0}"#),
        row("rewritten-numbers", r#"{"a":1}"#, r#"{"a":1.00}"#),
        row("rewritten-numbers", r#"{"a":1}"#, r#"{"a":"1"}"#),
        row("rewritten-numbers", r#"{"a":"1"}"#, r#"{"a":1}"#),
        row("rewritten-numbers", r#"{"a":100.00}"#, r#"{"a":100}"#),
        row("rewritten-numbers", r#"{"a":20000000}"#, r#"{"a":2.0E7}"#),
    ];
    for (id, sent, signed) in rows {
        let shown = String::from_utf8_lossy(&signed).into_owned();
        let mut mail = Mail::request().signing(|parts| parts.body = signed);
        mail.sent.body = sent;
        let found = examined(&mail, &settings());
        assert_eq!(
            found.verdict,
            Verdict::Explained,
            "{id}: {shown}: {found:#?}"
        );
        let mut named = mistakes(&found);
        named.retain(|mistake| *mistake != "body-not-utf8");
        assert_eq!(named, [id], "{shown}: {found:#?}");
    }
    type Hash = fn(&[u8]) -> Vec<u8>;
    let hashes: [Hash; 4] = [
        |bytes| digest(bytes),
        |bytes| hex(&digest(bytes)).into(),
        |bytes| hex(&digest(bytes)).to_ascii_uppercase().into(),
        |bytes| {
            base64::engine::general_purpose::STANDARD
                .encode(digest(bytes))
                .into()
        },
    ];
    for hash in hashes {
        let signed = Signed {
            method: "POST",
            uri: PATH,
            client_id: CLIENT_ID,
            time: "1795478400123",
            body: BODY.as_bytes(),
        };
        let key = SigningKey::from_text(&own().private).expect("a key");
        let content = hash(&signed.content(crate::gateway::CONTENT));
        let signature = key.sign(&content).expect("it signs");
        let mut exchanges = read(&Mail::request().bytes()).expect("a capture");
        let request = exchanges[0].request.as_mut().expect("a request");
        let header = request
            .headers
            .iter_mut()
            .find(|field| field.name == "Signature");
        let text = exchange::percent(&base64::engine::general_purpose::STANDARD.encode(signature));
        header.expect("the header").value =
            format!("algorithm=RSA256,keyVersion=1,signature={text}");
        let found = report(&exchanges, &settings()).messages.remove(0);
        assert_eq!(mistakes(&found), ["hashed-twice"], "{found:#?}");
    }
}

fn digest(bytes: &[u8]) -> Vec<u8> {
    aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, bytes)
        .as_ref()
        .to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn spelling_key_and_content_may_all_be_wrong() {
    let mut mail = Mail::request().signing(|parts| parts.method = "post".to_owned());
    mail.text = |bytes| base64::engine::general_purpose::STANDARD.encode(bytes);
    mail.key = provider().private;
    let found = examined(&mail, &settings());
    let expected = ["signature-not-encoded", "other-sides-key", "signed-method"];
    assert_eq!(
        (found.verdict, mistakes(&found)),
        (Verdict::Explained, expected.to_vec())
    );
    let found = examined(&cases::pss(), &settings());
    assert_eq!(mistakes(&found), ["other-algorithm"]);
}

#[test]
fn what_nothing_explains_is_said_so() {
    let mail = Mail::request().signing(|parts| parts.body = b"{\"other\":1}".to_vec());
    let found = examined(&mail, &settings());
    assert_eq!(
        (found.verdict, mistakes(&found)),
        (Verdict::OtherContent, Vec::new())
    );
    assert!(found.tried > 10_000, "{}", found.tried);
    assert!(!found.is_healthy());
    let mut keys = settings();
    keys.keys.own_private = Some(given(include_str!("third-key.public.pem")));
    let found = examined(&Mail::request(), &keys);
    assert_eq!((found.verdict, found.tried), (Verdict::OtherKey, 0));
    assert_eq!(mistakes(&found), ["public-key-given"]);
}

#[test]
fn healthy_exchanges_are_healthy() {
    for mail in [Mail::request(), Mail::response()] {
        let found = examined(&mail, &settings());
        assert!(
            found.is_healthy() && found.verdict == Verdict::Good,
            "{found:#?}"
        );
        assert_eq!(found.tried, 1);
    }
    // One file with both messages, and with LF at the end of lines.
    let both = [Mail::request().bytes(), Mail::response().bytes()].concat();
    let unix = String::from_utf8(both.clone())
        .expect("text")
        .replace('\r', "")
        + "\n";
    for capture in [both, unix.into_bytes()] {
        let found = report(&read(&capture).expect("a capture"), &settings());
        assert_eq!(found.messages.len(), 2);
        assert!(found.healthy, "{found:#?}");
    }
}

#[test]
fn what_other_sdks_signed_is_healthy() {
    let fixture = include_str!("../../../../../runtime/tests/fixtures/signing.json");
    let fixture: Value = serde_json::from_str(fixture).expect("JSON");
    let mut settings = settings();
    settings.keys.provider = vec![given(&own().public)];
    (settings.client_id, settings.path) = (None, None);
    for vector in fixture["vectors"].as_array().expect("vectors") {
        let text = |name: &str| vector[name].as_str().expect("a text");
        let (method, path) = (text("method"), text("path"));
        let start = format!("{method} {path} HTTP/1.1");
        // The fixture does not say which vectors are responses.
        let capture = format!(
            "{start}\nclient-id: {}\nrequest-time: {}\nsignature: {}\n\n{}",
            text("client_id"),
            text("time"),
            text("header"),
            text("body"),
        );
        let found = report(&read(capture.as_bytes()).expect("a capture"), &settings);
        let found = &found.messages[0];
        assert_eq!(found.verdict, Verdict::Good, "{found:#?}");
        // Both sides have one key there, and ISO times are an older form.
        let rest = mistakes(found)
            .into_iter()
            .filter(|id| *id != "own-key-for-provider");
        assert!(rest.into_iter().all(|id| id == "time-form"), "{found:#?}");
    }
}

#[test]
fn clocks_are_compared_in_both_directions() {
    let at = |now: &str, skew: u64| {
        let mut settings = settings();
        settings.now = read_time(now);
        settings.skew = std::time::Duration::from_secs(skew);
        let found = examined(&Mail::response(), &settings);
        found.findings.first().map(|finding| finding.detail.clone())
    };
    assert_eq!(at("2026-11-24T00:15:01Z", 900), None);
    let behind = at("2026-11-24T00:15:02Z", 900).expect("a finding");
    assert!(behind.contains("901 seconds behind"), "{behind}");
    let ahead = at("2026-11-23T23:59:00Z", 60).expect("a finding");
    assert!(ahead.contains("61 seconds ahead of"), "{ahead}");
    // Without a time of receipt, the `Date` of the response is the provider's clock.
    let mut answer = Mail::response();
    answer.head = |head| head.push("Date: Tue, 24 Nov 2026 01:00:00 GMT".to_owned());
    let both = [Mail::request().bytes(), answer.bytes()].concat();
    let found = report(&read(&both).expect("a capture"), &settings());
    let clock = &found.messages[0].findings[0];
    assert_eq!(
        (clock.mistake, clock.certainty),
        ("clock-off", Certainty::Proved)
    );
    assert!(
        clock
            .detail
            .contains("3599 seconds behind the provider's clock"),
        "{clock:?}"
    );
}

#[test]
fn a_sandbox_path_with_a_production_id_is_named_too() {
    let path = "/ams/sandbox/api/v1/payments/pay";
    let mail = Mail::request().with(|parts| parts.path = path.to_owned());
    let mut settings = settings();
    settings.path = None;
    assert_eq!(mistakes(&examined(&mail, &settings)), ["wrong-environment"]);
}

#[test]
fn a_notification_is_signed_by_the_provider() {
    let model = model();
    let (_, operation) = model.operation("notify_payment").expect("the operation");
    let mut mail = Mail::request().with(|parts| parts.path = "/shop/notify?x=1".to_owned());
    mail.key = provider().private;
    let mut settings = settings();
    (settings.path, settings.operation) = (None, Some(operation));
    let found = examined(&mail, &settings);
    assert!(found.is_healthy(), "{found:#?}");
    // Behind a proxy, the program sees another path than the provider called.
    mail.sent.path = "/gateway/shop/notify?x=1".to_owned();
    assert_eq!(mistakes(&examined(&mail, &settings)), ["signed-other-path"]);
}

struct Files {
    folder: tempfile::TempDir,
    own: String,
    provider: String,
}

fn files() -> Files {
    let (folder, _) = folder();
    Files {
        own: file(&folder, "own.pem", own().private.as_bytes()),
        provider: file(&folder, "provider.pem", provider().public.as_bytes()),
        folder,
    }
}

fn doctor(files: &Files, capture: &[u8], options: &[&str]) -> Run {
    let capture = file(&files.folder, "capture", capture);
    let keys = [
        "--own-private-key",
        &files.own,
        "--provider-public-key",
        &files.provider,
    ];
    with(&[&["doctor", &capture][..], &keys, options].concat())
}

#[test]
fn reports() {
    let files = files();
    let request = Mail::request().signing(|parts| parts.body.push(b'\n'));
    let capture = [request.bytes(), Mail::response().bytes()].concat();
    let options = ["--client-id", CLIENT_ID, "--own-key-version", "2"];
    let run = doctor(&files, &capture, &options);
    assert_eq!(run.code, Some(1));
    snapshot!("doctor", run);
    let options = [&options[..], &["--format", "json"]].concat();
    let run = doctor(&files, &capture, &options);
    snapshot!("doctor_json", run);
    let healthy = doctor(&files, &Mail::request().bytes(), &[]);
    assert_eq!(healthy.code, Some(0), "{healthy}");
    assert!(healthy.stdout.contains("nothing is wrong"), "{healthy}");
}

#[test]
fn captures_come_in_several_forms() {
    let files = files();
    let [request, response] = [Mail::request(), Mail::response()].map(|mail| mail.bytes());
    let lines = |message: &[u8], mark: &str| {
        let text = String::from_utf8(message.to_vec()).expect("text");
        let (head, body) = text.split_once("\r\n\r\n").expect("a head");
        let head: String = head
            .lines()
            .map(|line| format!("{mark} {line}\n"))
            .collect();
        (format!("{head}{mark}\n"), body.to_owned())
    };
    let (asked, body) = lines(&request, ">");
    let (answered, answer) = lines(&response, "<");
    let curl = format!(
        "* Connected to example (127.0.0.1) port 443\n{asked}{{ [5 bytes data]\n{answered}{{ [31 bytes data]\n{answer}* Connection #0 to host example left intact\n"
    );
    let body = file(&files.folder, "body", body.as_bytes());
    let run = doctor(&files, curl.as_bytes(), &["--request-body", &body]);
    assert_eq!(run.code, Some(0), "{run}");
    let lacking = doctor(&files, curl.as_bytes(), &[]);
    assert_eq!(lacking.code, Some(2), "{lacking}");
    assert!(lacking.stderr.contains("--request-body FILE"), "{lacking}");

    let message = |raw: &[u8], content: &str| {
        let text = String::from_utf8(raw.to_vec()).expect("text");
        let (head, body) = text.split_once("\r\n\r\n").expect("a head");
        let headers = head
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once(": "));
        let headers: Vec<_> = headers
            .map(|(name, value)| json!({"name": name, "value": value}))
            .collect();
        json!({"method": "POST", "url": format!("https://open-sea-global.alipay.com{PATH}"), "status": 200,
               "headers": headers, content: {"text": body}})
    };
    let entry = json!({"request": message(&request, "postData"), "response": message(&response, "content")});
    for har in [entry.clone(), json!({"log": {"entries": [entry]}})] {
        let run = doctor(&files, har.to_string().as_bytes(), &[]);
        assert_eq!(run.code, Some(0), "{run}");
        assert_eq!(run.stdout.matches("nothing is wrong").count(), 2, "{run}");
    }

    // A chunked response after an interim one, from standard input; its request is in a file.
    let text = String::from_utf8(response).expect("text");
    let (head, body) = text.split_once("\r\n\r\n").expect("a head");
    let head: Vec<_> = head
        .lines()
        .filter(|line| !line.starts_with("Content-Length"))
        .collect();
    let chunked = format!(
        "HTTP/1.1 100 Continue\r\n\r\n{}\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{}\r\n{:x}\r\n{}\r\n0\r\n\r\n",
        head.join("\r\n"),
        &body[..5],
        body.len() - 5,
        &body[5..],
    );
    let request = file(&files.folder, "request", &request);
    let run = piped(
        &[
            "doctor",
            &request,
            "-",
            "--own-private-key",
            &files.own,
            "--provider-public-key",
            &files.provider,
        ],
        chunked.as_bytes(),
    );
    assert_eq!(run.code, Some(0), "{run}");
}

#[test]
fn bad_input_is_told() {
    let files = files();
    let good = Mail::request().bytes();
    let response = Mail::response().bytes();
    for (capture, options, said) in [
        (&b""[..], &[][..], "the capture is empty"),
        (b"hello\n", &[], "line 1 is neither"),
        (
            b"POST / HTTP/1.1\nno header\n\n{}",
            &[],
            "line 2 is not a header",
        ),
        (b"{\"a\": 1}", &[], "not a HAR file"),
        (b"* nothing\n", &[], "it needs `-v`"),
        (&good, &["--now", "noon"], "`noon` is not a time"),
        (
            &good,
            &["--operation", "pay_entry_cod"],
            "did you mean `pay_entry_code`?",
        ),
        (
            &good,
            &["--own-public-key", "Cargo.toml"],
            "Cargo.toml: the key is neither PEM nor base64",
        ),
        (
            &response,
            &[],
            "a response is signed with method and path of its request",
        ),
    ] {
        let run = doctor(&files, capture, options);
        assert_eq!(run.code, Some(2), "{run}");
        assert!(
            run.stdout.is_empty() && run.stderr.contains(said),
            "{said}: {run}"
        );
    }
    let capture = file(&files.folder, "capture", &good);
    let run = with(&["doctor", &capture]);
    assert_eq!(run.code, Some(2), "{run}");
    assert!(run.stderr.contains("no key was given"), "{run}");
}
