//! A generated client and the mock gateway, over bodies that are lists, maps, unions and single values as a whole.

use crate::cases::cases::whole_body::demo::RECIPE;
use crate::cases::cases::whole_body::demo::client::{Client, Credentials};
use crate::cases::cases::whole_body::demo::label::{LabelOutcome, LabelRequest};
use crate::cases::cases::whole_body::demo::note::{NoteOutcome, NoteRequest};
use crate::cases::cases::whole_body::demo::send::{SendOutcome, SendRequest};
use http::{Request, Response};
use payspec_mock::{Clock as MockClock, KeyPair, Keys, MockGateway, Setup, TestCredentials};
use payspec_runtime::client::{Transport, TransportError, Ureq};
use payspec_runtime::{Message, Valid, Validate, decode};
use std::path::Path;
use std::sync::{Arc, Mutex};

/// A transport that writes down the bodies that it sends and receives.
#[derive(Clone, Default)]
struct Recorded {
    inner: Ureq,
    bodies: Arc<Mutex<Vec<String>>>,
}

impl Transport for Recorded {
    fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        let sent = String::from_utf8_lossy(request.body()).into_owned();
        let answer = self.inner.send(request)?;
        let received = String::from_utf8_lossy(answer.body()).into_owned();
        self.bodies.lock().expect("a log").extend([sent, received]);
        Ok(answer)
    }
}

fn gateway() -> MockGateway {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/whole-body");
    let model = payspec_model::load(&folder).model.expect("a model");
    let none = || KeyPair {
        private: String::new(),
        public: String::new(),
    };
    let setup = Setup {
        credentials: TestCredentials::default().with("api_key", "key-1"),
        ..Setup::unsigned()
    };
    let keys = Keys {
        client: none(),
        gateway: none(),
    };
    MockGateway::start_with(model, setup, keys, MockClock::real()).expect("a gateway")
}

fn client(gateway: &MockGateway, transport: &Recorded) -> Client<Recorded> {
    let credentials = Credentials {
        api_key: "key-1".to_owned().into(),
    };
    let url = gateway.url();
    let base = url.parse().expect("a base");
    let envelope = payspec_runtime::client::Envelope::with_credentials(&RECIPE, base, &credentials);
    Client::new(envelope.expect("they fit"), transport.clone())
}

fn valid<T: Message + Validate>(json: &str) -> Valid<T> {
    let request = decode::<T>(json.as_bytes()).expect("it decodes");
    Valid::new(request).expect("it is valid")
}

#[test]
fn a_whole_body_travels_alone() {
    let gateway = gateway();
    let transport = Recorded::default();
    let client = client(&gateway, &transport);
    let changes = r#"[{"op":"replace","path":"/name","value":"Ada"}]"#;
    let request = format!(r#"{{"id":"o-1","Idempotency-Key":"k-1","body":{changes}}}"#);
    let changed = client
        .call(valid::<SendRequest>(&request))
        .expect("an answer");
    assert!(
        matches!(changed.outcome, SendOutcome::Changed),
        "{changed:?}"
    );
    assert_eq!(changed.response.body.as_ref().map(Vec::len), Some(1));

    let labelled = client
        .call(valid::<LabelRequest>(r#"{"a":"b","c":"d"}"#))
        .expect("an answer");
    assert!(matches!(labelled.outcome, LabelOutcome::Labelled));
    assert_eq!(labelled.response.body, "l-1");

    for note in [r#""a text""#, r#"{"text":"an object"}"#] {
        let noted = client.call(valid::<NoteRequest>(note)).expect("an answer");
        assert!(matches!(noted.outcome, NoteOutcome::Noted));
        assert!(!format!("{:?}", noted.response).contains(&noted.response.body.to_string()));
    }
    let bodies = transport.bodies.lock().expect("a log");
    assert_eq!(bodies[0], changes);
    assert!(bodies[1].starts_with('['), "{bodies:?}");
    assert_eq!(bodies[2..4], [r#"{"a":"b","c":"d"}"#, r#""l-1""#]);
    assert_eq!(bodies[4], r#""a text""#);
    assert_eq!(bodies[6], r#"{"text":"an object"}"#);
    let exchanges = gateway.exchanges();
    assert!(
        exchanges.iter().all(|one| one.violations.is_empty()),
        "{exchanges:?}"
    );
}

#[test]
fn the_gateway_refuses_what_breaks_a_rule_of_the_whole_body() {
    let gateway = gateway();
    let send = |path: &str, method: &str, body: &str| {
        let request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", gateway.url()))
            .header("authorization", "Bearer key-1")
            .header("content-type", "application/json")
            .header("idempotency-key", "k-2")
            .body(body.as_bytes().to_vec())
            .expect("a request");
        Ureq::default().send(request).expect("an answer")
    };
    for (body, pointer) in [
        ("[]", "/body"),
        (r#"[{"op":"add"}]"#, "/body/0/path"),
        (r#"{"op":"add","path":"/a"}"#, "/body"),
    ] {
        let answer = send("/v1/orders/o-1", "PATCH", body);
        assert_eq!(answer.status(), 400, "{body}");
        assert_eq!(answer.body(), br#"{"code":"invalid_request"}"#);
        let exchanges = gateway.exchanges();
        let found = exchanges[0].violations.iter();
        let found: Vec<String> = found.map(|one| one.path.to_string()).collect();
        assert_eq!(found, [pointer], "{body}");
    }
}
