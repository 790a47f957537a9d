//! The example `notifications`: signed notifications over a real socket.

use super::support::{envelope, notification};
use http::{Request, Uri};
use payspec_runtime::client::{StampForm, Transport as _, Ureq};
use serde_json::Value as Json;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

// Its `main` has no use here.
#[allow(dead_code)]
#[path = "../../../examples/notifications.rs"]
mod example;

use example::{Books, Shop};

const PAID: &[u8] =
    include_bytes!("../../../../spec/ams-instore/examples/notify-payment.request.paid.json");

/// A shop that listens, and can book when this says so.
struct Listening {
    runtime: tokio::runtime::Runtime,
    address: SocketAddr,
    books: Arc<Books>,
    _folder: tempfile::TempDir,
}

impl Listening {
    fn open(before_booking: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let books = Books::open(folder.path().join("books.redb")).expect("books");
        let books = Arc::new(books);
        let shop = Shop::with(
            envelope("https://open.example"),
            books.clone(),
            before_booking,
        );
        let runtime = tokio::runtime::Builder::new_multi_thread();
        let runtime = { runtime }.worker_threads(1).enable_all().build();
        let runtime = runtime.expect("a runtime");
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0"));
        let listener = listener.expect("a port");
        let address = listener.local_addr().expect("an address");
        runtime.spawn(async move { axum::serve(listener, shop.router()).await });
        Self {
            runtime,
            address,
            books,
            _folder: folder,
        }
    }

    /// HTTP status and result of the answer.
    fn bring(&self, request: Request<Vec<u8>>) -> (u16, String) {
        bring(self.address, request)
    }

    fn booked(&self) -> Option<String> {
        let paid: Json = serde_json::from_slice(PAID).expect("JSON");
        let id = paid["paymentRequestId"].as_str().expect("an id");
        self.books.payment(id).expect("books")
    }
}

fn bring(address: SocketAddr, mut request: Request<Vec<u8>>) -> (u16, String) {
    let target = request.uri().to_string();
    let uri: Uri = format!("http://{address}{target}").parse().expect("a URI");
    *request.uri_mut() = uri;
    let response = Ureq::default().send(request).expect("an answer");
    let json: Json = serde_json::from_slice(response.body()).unwrap_or_default();
    let status = json["result"]["resultStatus"].as_str().unwrap_or_default();
    (response.status().as_u16(), status.to_owned())
}

fn told() -> Request<Vec<u8>> {
    notification(StampForm::EpochMillis, SystemTime::now(), PAID)
}

fn answer(status: &str) -> (u16, String) {
    (200, status.to_owned())
}

#[test]
fn a_notification_is_booked_once_and_acknowledged_each_time() {
    let times = Arc::new(AtomicUsize::new(0));
    let count = times.clone();
    let shop = Listening::open(move || count.fetch_add(1, Ordering::SeqCst) > 0);
    // Not booked: told again. Then in the books, whatever comes.
    assert_eq!(shop.bring(told()), answer("U"));
    assert_eq!(shop.booked(), None);
    assert_eq!(shop.bring(told()), answer("S"));
    assert_eq!(shop.booked().as_deref(), Some("paid"));
    assert_eq!(shop.bring(told()), answer("S"));
    assert_eq!(times.load(Ordering::SeqCst), 2, "tried twice, booked once");
}

#[test]
fn a_notification_that_comes_again_while_it_is_being_booked_is_not_acknowledged_as_done() {
    let (begun, has_begun) = channel();
    let (fails, shall_fail) = channel();
    let first = Mutex::new(Some((begun, shall_fail)));
    let shop = Listening::open(move || match first.lock().expect("a lock").take() {
        None => true,
        Some((begun, shall_fail)) => {
            begun.send(()).expect("someone listens");
            shall_fail.recv().expect("a word");
            false
        }
    });
    let address = shop.address;
    let slow = std::thread::spawn(move || bring(address, told()));
    has_begun.recv().expect("it is being booked");
    assert_eq!(shop.bring(told()), answer("U"), "the first one may fail");
    fails.send(()).expect("it waits");
    assert_eq!(slow.join().expect("an answer"), answer("U"));
    assert_eq!(shop.booked(), None);
    assert_eq!(shop.bring(told()), answer("S"));
    assert_eq!(shop.booked().as_deref(), Some("paid"));
    drop(shop.runtime);
}

#[test]
fn what_is_not_the_providers_is_turned_away() {
    let now = SystemTime::now();
    let mut unsigned = told();
    unsigned.headers_mut().clear();
    let mut changed = told();
    changed.body_mut().push(b' ');
    let old = notification(
        StampForm::EpochMillis,
        now - Duration::from_secs(3600),
        PAID,
    );
    let shop = Listening::open(|| true);
    for request in [unsigned, changed, old] {
        assert_eq!(shop.bring(request), (400, String::new()));
    }
    assert_eq!(shop.booked(), None);
}
