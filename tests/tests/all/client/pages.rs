//! Lists in pages: Stripe's payments over a transport that follows a script.

use std::collections::VecDeque;
use std::sync::Mutex;

use http::{Request, Response};
use payspec_runtime::Valid;
use payspec_runtime::client::{
    AsyncRawClient, AsyncTransport, Base, CallError, Envelope, Paged, PagesError, RawClient,
    Transport, TransportError, Unsigned,
};
use serde_json::{Value, json};

use super::futures::block_on;
use super::stripe::{raw_client, valid};
use super::support::FakeClock;
use crate::cases::cases::pagination::demo::RECIPE;
use crate::cases::cases::pagination::demo::client::Credentials;
use crate::cases::cases::pagination::demo::disputes::DisputesRequest;
use crate::cases::cases::pagination::demo::refunds::RefundsRequest;
use crate::providers::generated::stripe::stripe::list_payments::{
    ListPaymentsOutcome, ListPaymentsRequest,
};

/// Gives these answers in their order, and records the targets of the requests.
struct Scripted {
    answers: Mutex<VecDeque<(u16, Value)>>,
    targets: Mutex<Vec<String>>,
}

impl Scripted {
    fn new(answers: &[(u16, Value)]) -> Self {
        Self {
            answers: Mutex::new(answers.iter().cloned().collect()),
            targets: Mutex::default(),
        }
    }

    fn answer(&self, request: &Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        let target = request
            .uri()
            .path_and_query()
            .expect("a target")
            .to_string();
        self.targets.lock().expect("a lock").push(target);
        let next = self.answers.lock().expect("a lock").pop_front();
        let (status, body) =
            next.ok_or_else(|| TransportError::NotSent("the script is over".to_owned()))?;
        let response = Response::builder().status(status);
        Ok(response
            .body(body.to_string().into_bytes())
            .expect("an answer"))
    }

    fn targets(&self) -> Vec<String> {
        self.targets.lock().expect("a lock").clone()
    }
}

impl Transport for Scripted {
    fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        self.answer(&request)
    }
}

fn payment(id: &str) -> Value {
    json!({
        "id": id, "object": "payment_intent", "amount": 1099, "currency": "usd", "status": "succeeded",
        "created": 1_700_000_000, "livemode": false, "capture_method": "automatic",
        "confirmation_method": "automatic", "payment_method_types": ["card"],
    })
}

fn page(more: bool, ids: &[&str]) -> (u16, Value) {
    let data: Vec<Value> = ids.iter().map(|id| payment(id)).collect();
    (
        200,
        json!({ "object": "list", "has_more": more, "data": data }),
    )
}

/// The ids of the elements, the error at the end if there is one, and the targets.
fn read(
    answers: &[(u16, Value)],
    most: u32,
) -> (
    Vec<String>,
    Option<PagesError<ListPaymentsRequest>>,
    Vec<String>,
) {
    let scripted = Scripted::new(answers);
    let client = raw_client(&scripted, "https://api.example.com", "sk_test");
    let mut pages = client.pages(valid::<ListPaymentsRequest>(json!({ "limit": 2 })), most);
    assert_eq!(scripted.targets().len(), 0, "nothing is sent before");
    let (mut ids, mut error) = (Vec::new(), None);
    for element in &mut pages {
        assert!(error.is_none(), "an error is the last element");
        match element {
            Ok(payment) => ids.push(payment.id.expect("an id")),
            Err(one) => error = Some(one),
        }
    }
    assert!(pages.next().is_none(), "it stays over");
    (ids, error, scripted.targets())
}

#[test]
fn all_pages_are_read_and_the_cursor_is_the_last_id() {
    let answers = [
        page(true, &["a", "b"]),
        page(true, &["c"]),
        page(false, &["d"]),
    ];
    let (ids, error, targets) = read(&answers, 3);
    assert_eq!(ids, ["a", "b", "c", "d"]);
    assert!(error.is_none(), "{error:?}");
    let wanted = ["", "&starting_after=b", "&starting_after=c"];
    let wanted = wanted.map(|rest| format!("/v1/payment_intents?limit=2{rest}"));
    assert_eq!(targets, wanted);
}

#[test]
fn an_empty_list_has_no_elements() {
    let (ids, error, targets) = read(&[page(false, &[])], 1);
    assert!(ids.is_empty() && error.is_none(), "{error:?}");
    assert_eq!(targets.len(), 1);
}

/// Each of these lists is not whole: its elements come, and then an error.
#[test]
fn a_list_that_is_not_whole_ends_with_an_error() {
    let error = json!({ "error": { "type": "invalid_request_error", "message": "m" } });
    let mut unreadable = page(true, &["c"]);
    unreadable.1["data"][0] = json!("pi");
    type Wanted = fn(&PagesError<ListPaymentsRequest>) -> bool;
    let cases: [(&str, (u16, Value), Wanted); 7] = [
        ("refused", (400, error.clone()), |error| {
            matches!(error, PagesError::Refused(ListPaymentsOutcome::Failed(_)))
        }),
        ("undecided", (401, error), |error| {
            matches!(error, PagesError::Call(CallError::InDoubt(_)))
        }),
        ("no cursor", page(true, &[]), |error| {
            matches!(error, PagesError::NoCursor)
        }),
        ("the same cursor", page(true, &["b"]), |error| {
            matches!(error, PagesError::SameCursor)
        }),
        ("too many", page(true, &["c"]), |error| {
            matches!(error, PagesError::TooMany { most: 2 })
        }),
        ("unreadable", unreadable, |error| {
            matches!(
                error,
                PagesError::Unreadable(_) | PagesError::Call(CallError::InDoubt(_))
            )
        }),
        ("no JSON of an answer", (200, json!("list")), |error| {
            matches!(error, PagesError::Call(CallError::InDoubt(_)))
        }),
    ];
    for (name, second, wanted) in cases {
        let (ids, error, targets) = read(&[page(true, &["a", "b"]), second.clone()], 2);
        let error = error.unwrap_or_else(|| panic!("{name}: an error"));
        assert!(wanted(&error), "{name}: {error:?}");
        assert_eq!(ids[..2], ["a", "b"], "{name}");
        assert!(targets.len() >= 2, "{name}");
        assert!(!error.to_string().is_empty());
    }
    let (ids, error, targets) = read(&[page(false, &["a"])], 0);
    assert!(matches!(error, Some(PagesError::TooMany { most: 0 })));
    assert!(ids.is_empty() && targets.is_empty(), "nothing was wanted");
}

impl AsyncTransport for Scripted {
    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        self.answer(&request)
    }
}

#[test]
fn a_task_reads_the_same_pages() {
    let scripted = Scripted::new(&[page(true, &["a"]), page(false, &["b"])]);
    let envelope = raw_client(&scripted, "https://api.example.com", "sk_test")
        .envelope()
        .clone();
    let client: AsyncRawClient<_, Unsigned, Unsigned> =
        AsyncRawClient::new(envelope, &scripted, FakeClock::new());
    let mut pages = client.pages(valid::<ListPaymentsRequest>(json!({})), 2);
    let mut ids = Vec::new();
    while let Some(element) = block_on(pages.next()) {
        ids.push(element.expect("an element").id.expect("an id"));
    }
    assert_eq!(ids, ["a", "b"]);
    assert_eq!(
        scripted.targets()[1],
        "/v1/payment_intents?starting_after=a"
    );
}

/// Reads all pages of a list of `tests/cases/pagination`: the number of elements, the error at the end, and the targets.
fn count<R: Paged>(request: R, answers: &[Value]) -> (usize, Option<PagesError<R>>, Vec<String>) {
    let answers: Vec<(u16, Value)> = answers.iter().map(|body| (200, body.clone())).collect();
    let scripted = Scripted::new(&answers);
    let base: Base = "https://api.example.com".parse().expect("a base");
    let credentials = Credentials {
        secret_key: "sk".into(),
    };
    let envelope = Envelope::with_credentials(&RECIPE, base, &credentials).expect("they fit");
    let client = RawClient::new(envelope, &scripted).clock(FakeClock::new());
    let (mut elements, mut error) = (0, None);
    for element in client.pages(Valid::new(request).expect("it is valid"), 9) {
        match element {
            Ok(_) => elements += 1,
            Err(one) => error = Some(one),
        }
    }
    (elements, error, scripted.targets())
}

/// A cursor beside the list: without one, the page is the last. One that cannot be read is not absent.
#[test]
fn an_unreadable_cursor_does_not_end_a_list() {
    let page =
        |after: Value| json!({ "status": "OK", "list": { "refunds": ["r"], "after": after } });
    let request = || -> RefundsRequest { RefundsRequest::builder().into() };
    let (elements, error, targets) = count(request(), &[page(json!(7)), page(json!(null))]);
    assert!(error.is_none(), "{error:?}");
    assert_eq!((elements, targets[1].as_str()), (2, "/v1/refunds?after=7"));
    for after in [json!("x"), json!({}), json!(1.5)] {
        let (_, error, _) = count(request(), &[page(json!(7)), page(after.clone())]);
        let error = error.unwrap_or_else(|| panic!("{after}: the list is not whole"));
        assert!(
            matches!(error, PagesError::Unreadable(_)),
            "{after}: {error:?}"
        );
    }
}

/// A cursor in the elements, and nothing that says whether others follow: the list ends with an empty page.
#[test]
fn an_element_without_a_cursor_does_not_end_a_list() {
    let page = |data: Value| json!({ "status": "OK", "data": data });
    let request = || -> DisputesRequest { DisputesRequest::builder().into() };
    let whole = [page(json!([{ "id": "a" }])), page(json!([]))];
    let (elements, error, targets) = count(request(), &whole);
    assert!(error.is_none(), "{error:?}");
    assert_eq!((elements, targets.len()), (1, 2));
    for data in [json!([{}]), json!([{ "id": "b" }, { "id": "" }])] {
        let (_, error, _) = count(
            request(),
            &[page(json!([{ "id": "a" }])), page(data.clone())],
        );
        assert!(
            matches!(error, Some(PagesError::NoCursor)),
            "{data}: {error:?}"
        );
    }
    let (_, error, _) = count(request(), &[page(json!([{ "id": 7.5 }]))]);
    assert!(
        matches!(error, Some(PagesError::Unreadable(_))),
        "{error:?}"
    );
}
