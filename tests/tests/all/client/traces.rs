//! The spans and events of a client's calls: enough to follow them, and nothing that is sensitive.

use super::life;
use super::support::*;
use alipay_instore::ams_instore::client::Client;
use alipay_instore::ams_instore::pay_entry_code::{PayEntryCodeRequest, PayEntryCodeResponse};
use payspec_model::model::Side;
use payspec_model::sample;
use payspec_runtime::client::RawClient;
use payspec_runtime::{Message, Severity, Valid, check, decode};
use payspec_tests::{canary, messages};
use serde_json::{Value as Json, json};
use std::cell::RefCell;
use std::fmt::{Debug, Write as _};
use std::sync::Once;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::set_global_default;
use tracing::{Event, Metadata, Subscriber};
use tracing_core::span::Current;

thread_local! {
    /// `None` while the thread does not listen.
    static NOTES: RefCell<Option<Notes>> = const { RefCell::new(None) };
}

/// The records of a thread: a line for each span and each event.
#[derive(Default)]
struct Notes {
    lines: Vec<String>,
    /// The span of each line, if it has one.
    spans: Vec<Option<&'static Metadata<'static>>>,
    /// The spans that are entered.
    entered: Vec<Id>,
}

/// Writes down all that a listening thread is told. There is one for all threads: what a single thread listens
/// to, others may switch off.
struct Listener;

struct Line<'a>(&'a mut String);

impl Visit for Line<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = match field.name() {
            "message" => write!(self.0, " {value:?}"),
            name => write!(self.0, " {name}={value:?}"),
        };
    }
}

impl Notes {
    fn add(
        &mut self,
        head: &str,
        span: Option<&'static Metadata<'static>>,
        record: impl FnOnce(&mut Line<'_>),
    ) -> Id {
        let mut line = head.to_owned();
        record(&mut Line(&mut line));
        self.lines.push(line);
        self.spans.push(span);
        Id::from_u64(u64::try_from(self.lines.len()).expect("few"))
    }
}

fn place(span: &Id) -> usize {
    usize::try_from(span.into_u64() - 1).expect("few")
}

/// Takes a note, if this thread listens.
fn noted<T>(note: impl FnOnce(&mut Notes) -> T) -> Option<T> {
    NOTES.with_borrow_mut(|notes| notes.as_mut().map(note))
}

impl Subscriber for Listener {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("payspec_runtime")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let metadata = span.metadata();
        let id =
            noted(|notes| notes.add(metadata.name(), Some(metadata), |line| span.record(line)));
        id.unwrap_or_else(|| Id::from_u64(1))
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        noted(|notes| {
            let line = notes.lines.get_mut(place(span)).expect("a span");
            values.record(&mut Line(line));
        });
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let level = event.metadata().level().as_str().to_lowercase();
        let head = format!("- {level}");
        noted(|notes| notes.add(&head, None, |line| event.record(line)));
    }

    fn enter(&self, span: &Id) {
        noted(|notes| notes.entered.push(span.clone()));
    }

    fn exit(&self, _: &Id) {
        noted(|notes| notes.entered.pop());
    }

    fn current_span(&self) -> Current {
        let current = noted(|notes| {
            notes.entered.last().map(|id| {
                let metadata = notes.spans.get(place(id)).copied().flatten();
                Current::new(id.clone(), metadata.expect("a span"))
            })
        });
        current.flatten().unwrap_or_else(Current::none)
    }
}

/// A message with all its fields, with a canary in each that is sensitive and takes one.
fn with_canaries<M: Message>(side: Side) -> Json {
    let model = life::model();
    let (api, operation) = model.operation("pay_entry_code").expect("an operation");
    let body = operation.body(side).expect("a body");
    let mut json = sample::full(api, body);
    let mut pointers = Vec::new();
    canary::sensitive(api, &body.object, &json, ("", false), &mut pointers);
    for pointer in &pointers {
        let before = json.clone();
        if let Some(place) = json.pointer_mut(pointer) {
            *place = json!(canary::of(pointer));
        }
        let found = check::<M>(json.to_string().as_bytes()).expect("JSON");
        if found.iter().any(|one| one.severity == Severity::Error) {
            json = before;
        }
    }
    assert!(canary::seen(&json.to_string()).len() >= 3, "{json}");
    json
}

fn request() -> Valid<PayEntryCodeRequest> {
    let mut json = with_canaries::<PayEntryCodeRequest>(Side::Request);
    // It would be over before it begins.
    json["paymentExpiryTime"] = Json::Null;
    let request = decode(json.to_string().as_bytes()).expect("it decodes");
    Valid::new(request).expect("it is valid")
}

fn answer(status: &str, code: &str) -> Json {
    let mut json = with_canaries::<PayEntryCodeResponse>(Side::Response);
    json["paymentRequestId"] = json!(request().payment_request_id);
    json["result"] = result(status, code)["result"].clone();
    json["result"]["resultMessage"] = json!(canary::of("message"));
    json["redirectActionForm"] = redirect()["redirectActionForm"].clone();
    json
}

fn unsigned() -> Scene {
    Scene::Changed(answer("S", "SUCCESS"), |response| {
        response.headers_mut().clear()
    })
}

/// A body that is signed, and is none.
fn malformed() -> Scene {
    let mut json = answer("S", "SUCCESS");
    json["paymentId"] = json!([canary::of("paymentId")]);
    Scene::Answer(json)
}

fn other() -> Scene {
    Scene::Changed(answer("S", "SUCCESS"), |response| {
        response.body_mut().extend(canary::of("tail").bytes());
    })
}

fn client_with_token(script: Vec<Scene>) -> Client<Stage> {
    let clock = FakeClock::new();
    let stage = Stage::new(&clock, script);
    let token = canary::of("token");
    let envelope = envelope("https://open.example").header("x-token", &token);
    let calls = RawClient::new(envelope.expect("a header"), stage);
    Client::from(calls.clock(clock).seed(7))
}

/// Returns the records of a piece of work, and asserts that none is sensitive.
pub(super) fn told(work: impl FnOnce()) -> Vec<String> {
    static LISTENS: Once = Once::new();
    LISTENS.call_once(|| set_global_default(Listener).expect("nobody else listens"));
    NOTES.set(Some(Notes::default()));
    work();
    let lines = NOTES.take().expect("it listened").lines;
    for line in &lines {
        assert!(canary::seen(line).is_empty(), "{line}");
        assert!(!line.contains("pay.example"), "{line}");
    }
    lines
}

#[test]
fn a_call_is_told_from_its_first_sending_to_its_outcome() {
    let unknown = Scene::Answer(answer("U", "UNKNOWN_EXCEPTION"));
    let script = vec![
        lost(),
        unsigned(),
        unknown,
        Scene::Answer(answer("S", "SUCCESS")),
    ];
    let client = client_with_token(script);
    let request = request();
    let lines = told(|| assert!(client.pay_entry_code(request.clone()).is_ok()));
    let id = &request.payment_request_id;
    assert_eq!(
        lines,
        [
            &format!(r#"call operation="pay_entry_code" id="{id}" outcome="decided""#),
            r#"sending operation="pay_entry_code" attempt=1"#,
            r#"- warn no answer sent=true error=the request may have arrived, but no whole answer came: the connection broke"#,
            "- info resend after_ms=347",
            r#"sending operation="pay_entry_code" attempt=2 http_status=200"#,
            r#"- warn answer decides nothing kind="unverified" why=it carries no signature"#,
            "- info resend after_ms=508",
            r#"sending operation="pay_entry_code" attempt=3 http_status=200 status="U" code="UNKNOWN_EXCEPTION""#,
            "- info resend after_ms=1900",
            r#"sending operation="pay_entry_code" attempt=4 http_status=200 status="S" code="SUCCESS""#,
        ]
    );
}

#[test]
fn a_doubt_is_told_and_nothing_of_what_brought_it() {
    let client = client_with_token(vec![malformed(), other(), malformed(), malformed()]);
    let request = request();
    let lines = told(|| assert!(client.pay_entry_code(request.clone()).is_err()));
    assert!(lines[0].ends_with(r#" outcome="in_doubt""#), "{lines:?}");
    let count = |word: &str| lines.iter().filter(|line| line.contains(word)).count();
    assert_eq!(count(r#"kind="malformed""#), 3, "{lines:#?}");
    assert_eq!(count(r#"kind="unverified" why=its signature is wrong"#), 1);
    assert_eq!(
        lines.last().expect("a line"),
        r#"- warn in doubt problem="malformed""#
    );
}

#[test]
fn a_life_is_told_state_by_state() {
    let mut paid = with_paid();
    paid["paymentRequestId"] = json!(request().payment_request_id);
    paid["paymentAmount"] = messages::clean_request()["paymentAmount"].clone();
    let client = client_with_token(vec![
        Scene::Answer(answer("S", "SUCCESS")),
        unsigned(),
        Scene::Answer(paid),
    ]);
    let lines = told(|| {
        let mut payment = client.entry_code_payment(request()).expect("it begins");
        let ending = client.settle(&mut payment, |_| {}).expect("written");
        assert!(ending.paid().is_some(), "{ending}");
    });
    let id = &request().payment_request_id;
    let life = format!(r#"life flow="entry_code_payment" id="{id}""#);
    assert_eq!(
        lines,
        [
            &life,
            r#"sending operation="pay_entry_code" attempt=1 http_status=200 status="S" code="SUCCESS""#,
            r#"- info state from="paying" to="awaiting""#,
            &life,
            "- debug wait for_ms=2000",
            &life,
            r#"sending operation="inquiry_payment" attempt=2 http_status=200"#,
            r#"- warn answer decides nothing kind="unverified" why=it carries no signature"#,
            "- debug wait for_ms=3000",
            &life,
            r#"sending operation="inquiry_payment" attempt=3 http_status=200 status="S" code="SUCCESS""#,
            r#"- info state from="awaiting" to="paid""#,
            r#"- info ended ending="paid""#,
        ]
    );
}

/// An inquiry's answer with canaries.
fn with_paid() -> Json {
    let text =
        include_str!("../../../../spec/ams-instore/examples/inquiry-payment.response.paid.json");
    let mut json: Json = serde_json::from_str(text).expect("JSON");
    json["extendInfo"] = json!(canary::of("extendInfo"));
    json["paymentResultMessage"] = json!(canary::of("paymentResultMessage"));
    json
}
