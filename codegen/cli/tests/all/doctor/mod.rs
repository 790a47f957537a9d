//! Mistakes made on purpose, and healthy exchanges.

mod cases;
mod command;
mod exchange;
mod healthy;
mod proofs;
mod siblings;
mod spellings;

use std::sync::LazyLock;

use base64::Engine as _;
use payspec_doctor::{
    Diagnosis, Exchange, HYPOTHESES, Hypothesis, PROOF_HYPOTHESES, Report, Settings, Verdict,
    diagnose, read,
};
use payspec_model::model::Model;
use payspec_model::signing::Signing;
use serde_json::Value;

use self::exchange::{BODY, Mail, PATH, given, own, provider, settings};
use crate::support::root;

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
    let is_known = |id: &str| HYPOTHESES.iter().any(|one| one.id == id);
    let of_proofs = PROOF_HYPOTHESES.iter().filter(|one| !is_known(one.id));
    let of_proofs =
        of_proofs.map(|one| format!("| `{}` | {} | {} |", one.id, one.title, one.advice));
    let rows: Vec<String> = HYPOTHESES.iter().map(row).chain(of_proofs).collect();
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
fn an_unexplained_signature_is_reported() {
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
