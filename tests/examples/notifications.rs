//! A shop that listens for notifications of payments, with axum, and books them in an embedded store.
//!
//! ```sh
//! cargo run --example notifications -- CLIENT_ID OWN_PRIVATE_KEY.pem PROVIDERS_PUBLIC_KEY.pem BOOKS.redb [ADDRESS]
//! ```
//!
//! A payment is booked, and its notification marked as done, in one transaction. While that is under way, the same
//! notification is acknowledged as not taken in yet, so that it comes again whatever becomes of the first one.
//!
//! Name its address as `paymentNotifyUrl` in a payment at `payspec mock`, and see it told.

use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use alipay_instore::ams_instore::RECIPE;
use alipay_instore::ams_instore::notify_payment::{
    NotifyPaymentOutcome, NotifyPaymentRequest, NotifyPaymentResponse,
    NotifyPaymentResponseRequired,
};
use alipay_instore::ams_instore::types::{ResultInfo, ResultInfoRequired, ResultStatus};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use payspec_runtime::client::{
    Base, Envelope, Received, Seen, SeenInMemory, SeenNotifications, SigningKey, VerifyingKey,
};
use payspec_runtime::{Valid, Violations};
use redb::{Database, ReadableDatabase as _, ReadableTableMetadata as _, TableDefinition};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [client_id, own_key, providers_key, books, rest @ ..] = arguments.as_slice() else {
        return Err(
            "usage: CLIENT_ID OWN_PRIVATE_KEY.pem PROVIDERS_PUBLIC_KEY.pem BOOKS.redb [ADDRESS]"
                .into(),
        );
    };
    let envelope = Envelope::new(
        &RECIPE,
        Base::https("open-na-global.alipay.com")?,
        client_id,
        SigningKey::from_text(&std::fs::read_to_string(own_key)?)?,
        VerifyingKey::from_text(&std::fs::read_to_string(providers_key)?)?,
    )?;
    let address = rest.first().map_or("127.0.0.1:8787", String::as_str);
    let runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = { runtime }.enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(address).await?;
        println!("listening on http://{}/notify", listener.local_addr()?);
        let shop = Shop::new(envelope, Books::open(books)?);
        axum::serve(listener, shop.router()).await?;
        Ok(())
    })
}

/// By payment request: how it came out.
const PAYMENTS: TableDefinition<&str, &str> = TableDefinition::new("payments");
/// By id: the notifications that are booked.
const DONE: TableDefinition<&str, u64> = TableDefinition::new("done");

/// The books of the shop.
pub(crate) struct Books(Database);

impl Books {
    pub(crate) fn open(path: impl AsRef<Path>) -> Result<Self, redb::Error> {
        let books = Self(Database::create(path)?);
        let begin = books.0.begin_write()?;
        begin.open_table(PAYMENTS)?;
        begin.open_table(DONE)?;
        begin.commit()?;
        Ok(books)
    }

    /// Books what a notification says and marks it as done, both or none.
    fn book(
        &self,
        payment: &str,
        received: &Received<NotifyPaymentRequest>,
    ) -> Result<(), redb::Error> {
        let write = self.0.begin_write()?;
        {
            let mut done = write.open_table(DONE)?;
            let number = done.len()?;
            if done.insert(received.id.as_str(), number)?.is_some() {
                // Another process may have been faster. Nothing is committed.
                return Ok(());
            }
            let mut payments = write.open_table(PAYMENTS)?;
            let outcome = match &received.outcome {
                NotifyPaymentOutcome::Paid => "paid",
                NotifyPaymentOutcome::Processing => "open",
                NotifyPaymentOutcome::Unpaid(_) => "failed",
                NotifyPaymentOutcome::Pending(_) => "not known",
            };
            payments.insert(payment, outcome)?;
        }
        write.commit()?;
        Ok(())
    }

    /// Returns how a payment came out, as far as it was told.
    pub(crate) fn payment(&self, id: &str) -> Result<Option<String>, redb::Error> {
        let payments = self.0.begin_read()?.open_table(PAYMENTS)?;
        let booked = payments.get(id)?;
        Ok(booked.map(|outcome| outcome.value().to_owned()))
    }

    fn is_done(&self, id: &str) -> Result<bool, redb::Error> {
        let done = self.0.begin_read()?.open_table(DONE)?;
        Ok(done.get(id)?.is_some())
    }
}

/// The shop: its keys, its books, and the notifications that it has seen.
pub(crate) struct Shop {
    envelope: Envelope,
    books: Arc<Books>,
    /// The notifications that are being booked or were booked lately.
    seen: SeenInMemory,
    /// Is called before each booking.
    before_booking: Box<dyn Fn() -> bool + Send + Sync>,
}

impl Shop {
    /// A shop that books what it is told.
    pub(crate) fn new(envelope: Envelope, books: Books) -> Self {
        Self::with(envelope, Arc::new(books), || true)
    }

    /// A shop that fails to book when it is told so.
    pub(crate) fn with(
        envelope: Envelope,
        books: Arc<Books>,
        before_booking: impl Fn() -> bool + Send + Sync + 'static,
    ) -> Self {
        Self {
            envelope,
            books,
            seen: SeenInMemory::for_as_long_as(Duration::from_secs(60 * 60)),
            before_booking: Box::new(before_booking),
        }
    }

    /// Whatever the path: it is signed, so it must be the one that the payment named.
    pub(crate) fn router(self) -> Router {
        Router::new().fallback(notified).with_state(Arc::new(self))
    }

    /// Books a notification, once however often it comes. Says whether it is in the books.
    fn take_in(&self, received: &Received<NotifyPaymentRequest>, now: SystemTime) -> bool {
        let Some(payment) = received.notification.payment_request_id.as_deref() else {
            // Nobody knows which payment it is about: let people look at it.
            return false;
        };
        let in_work = match self.seen.take(&received.id, now) {
            Ok(in_work) => in_work,
            Err(seen) => return seen == Seen::Done,
        };
        // From here on it is forgotten unless it is booked, and comes again.
        let is_booked = match self.books.is_done(&received.id) {
            Ok(false) => (self.before_booking)() && self.books.book(payment, received).is_ok(),
            Ok(true) => true,
            Err(_) => false,
        };
        if is_booked {
            in_work.finish(now);
            if let Ok(Some(outcome)) = self.books.payment(payment) {
                println!("{payment} is booked: {outcome}");
            }
        }
        is_booked
    }
}

async fn notified(State(shop): State<Arc<Shop>>, request: Request) -> Result<Response, StatusCode> {
    let (head, body) = request.into_parts();
    let body = to_bytes(body, 1 << 20).await;
    let body = body.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?;
    let request = Request::from_parts(head, body.to_vec());
    let now = SystemTime::now();
    let received = shop.envelope.receive(&request, now).map_err(|error| {
        eprintln!("turned away: {error}");
        StatusCode::BAD_REQUEST
    })?;
    // The store waits for the disk, so not in the task itself.
    let booking = tokio::task::spawn_blocking(move || {
        let booked = shop.take_in(&received, now);
        (shop, received, booked)
    });
    let (shop, received, booked) = booking
        .await
        .map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    let answer = match booked {
        true => shop.envelope.accept(&received, now),
        false => {
            let reply = told_again().map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
            shop.envelope.acknowledge(&received, &reply, now)
        }
    };
    let answer = answer.map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    Ok(answer.map(Body::from))
}

/// Makes the reply that the notification is not booked, so that it is sent again.
fn told_again() -> Result<Valid<NotifyPaymentResponse>, Violations> {
    let result = ResultInfo::builder(ResultInfoRequired {
        result_code: "UNKNOWN_EXCEPTION".into(),
        result_status: ResultStatus::U,
    });
    let required = NotifyPaymentResponseRequired {
        result: result.result_message("unknown exception").into(),
    };
    NotifyPaymentResponse::builder(required).build()
}
