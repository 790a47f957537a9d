//! The example `notifications`: signed notices over a real socket.

use crate::support::{envelope, notice};
use alipay_instore::ams_instore::notify_payment::NotifyPaymentOutcome;
use http::{Request, Uri};
use payspec_runtime::client::{StampForm, Transport as _, Ureq};
use serde_json::Value as Json;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

// Its `main` has no use here.
#[allow(dead_code)]
#[path = "../../examples/notifications.rs"]
mod example;

use example::{NotBooked, Shop};

const PAID: &[u8] =
    include_bytes!("../../../spec/ams-instore/examples/notify-payment.request.paid.json");

/// Brings requests to a shop that cannot book the first notification; the HTTP status and the result
/// of each answer, and the number of those that were booked.
fn bring(requests: Vec<Request<Vec<u8>>>) -> (Vec<(u16, String)>, usize) {
    let booked: Arc<Mutex<Vec<bool>>> = Arc::default();
    let books = booked.clone();
    let shop = Shop::new(envelope("https://open.example"), move |_, outcome| {
        assert!(matches!(outcome, NotifyPaymentOutcome::Paid));
        let mut books = books.lock().expect("books");
        let works = !books.is_empty();
        books.push(works);
        works.then_some(()).ok_or(NotBooked)
    });
    let runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = { runtime }.worker_threads(1).enable_all().build();
    let runtime = runtime.expect("a runtime");
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0"));
    let listener = listener.expect("a port");
    let address = listener.local_addr().expect("an address");
    runtime.spawn(async move { axum::serve(listener, shop.router()).await });
    let answers = requests.into_iter().map(|mut request| {
        let target = request.uri().to_string();
        let uri: Uri = format!("http://{address}{target}").parse().expect("a URI");
        *request.uri_mut() = uri;
        let response = Ureq::default().send(request).expect("an answer");
        let json: Json = serde_json::from_slice(response.body()).unwrap_or_default();
        let status = json["result"]["resultStatus"].as_str().unwrap_or_default();
        (response.status().as_u16(), status.to_owned())
    });
    let answers = answers.collect();
    let booked = booked.lock().expect("books");
    (answers, booked.iter().filter(|works| **works).count())
}

#[test]
fn a_notice_is_booked_once_and_acknowledged_each_time() {
    let now = SystemTime::now();
    let told = || notice(StampForm::EpochMillis, now, PAID);
    let (answers, booked) = bring(vec![told(), told(), told()]);
    // Not booked: told again. Then in the books, whatever comes.
    let [first, second, third] = ["U", "S", "S"].map(|status| (200, status.to_owned()));
    assert_eq!(answers, [first, second, third]);
    assert_eq!(booked, 1);
}

#[test]
fn what_is_not_the_providers_is_turned_away() {
    let now = SystemTime::now();
    let told = || notice(StampForm::EpochMillis, now, PAID);
    let mut unsigned = told();
    unsigned.headers_mut().clear();
    let mut changed = told();
    changed.body_mut().push(b' ');
    let old = notice(
        StampForm::EpochMillis,
        now - Duration::from_secs(3600),
        PAID,
    );
    let (answers, booked) = bring(vec![unsigned, changed, old]);
    assert_eq!(answers, vec![(400, String::new()); 3]);
    assert_eq!(booked, 0);
}
