//! A shop that listens for notifications of payments, with axum.
//!
//! ```sh
//! cargo run --example notifications -- CLIENT_ID OWN_PRIVATE_KEY.pem PROVIDERS_PUBLIC_KEY.pem [ADDRESS]
//! ```
//!
//! Name its address as `paymentNotifyUrl` in a payment at `payspec mock`, and see it told.

use std::error::Error;
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
    Base, Envelope, Received, SeenInMemory, SeenNotices, SigningKey, VerifyingKey,
};
use payspec_runtime::{Valid, Violations};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [client_id, own_key, providers_key, rest @ ..] = arguments.as_slice() else {
        return Err("say: CLIENT_ID OWN_PRIVATE_KEY.pem PROVIDERS_PUBLIC_KEY.pem [ADDRESS]".into());
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
        let shop = Shop::new(envelope, |notice, outcome| {
            let id = notice.payment_request_id.as_deref();
            println!("{}: {outcome:?}", id.unwrap_or("no id"));
            Ok(())
        });
        axum::serve(listener, shop.router()).await?;
        Ok(())
    })
}

/// The books could not be written.
#[derive(Debug)]
pub(crate) struct NotBooked;

type Book =
    dyn Fn(&NotifyPaymentRequest, &NotifyPaymentOutcome) -> Result<(), NotBooked> + Send + Sync;

/// What the shop knows and does.
pub(crate) struct Shop {
    envelope: Envelope,
    seen: SeenInMemory,
    book: Box<Book>,
}

impl Shop {
    /// A shop that books what it is told.
    pub(crate) fn new(
        envelope: Envelope,
        book: impl Fn(&NotifyPaymentRequest, &NotifyPaymentOutcome) -> Result<(), NotBooked>
        + Send
        + Sync
        + 'static,
    ) -> Self {
        Self {
            envelope,
            seen: SeenInMemory::for_as_long_as(Duration::from_secs(24 * 60 * 60)),
            book: Box::new(book),
        }
    }

    /// Whatever the path: it is signed, so it must be the one that the payment named.
    pub(crate) fn router(self) -> Router {
        Router::new().fallback(notified).with_state(Arc::new(self))
    }

    /// Books a notification, once however often it comes. Says whether it is in the books.
    fn take_in(&self, received: &Received<NotifyPaymentRequest>, now: SystemTime) -> bool {
        if !self.seen.is_new(&received.id, now) {
            return true;
        }
        let booked = (self.book)(&received.notice, &received.outcome).is_ok();
        if !booked {
            // It shall come again, and be new then.
            self.seen.forget(&received.id);
        }
        booked
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
    let reply = reply(shop.take_in(&received, now));
    let reply = reply.map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    let answer = shop.envelope.acknowledge(&received, &reply, now);
    let answer = answer.map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    Ok(answer.map(Body::from))
}

/// That it is booked, or that it shall be told again.
fn reply(booked: bool) -> Result<Valid<NotifyPaymentResponse>, Violations> {
    let (status, code) = match booked {
        true => (ResultStatus::S, "SUCCESS"),
        false => (ResultStatus::U, "UNKNOWN_EXCEPTION"),
    };
    let result = ResultInfo::builder(ResultInfoRequired {
        result_code: code.into(),
        result_status: status,
    });
    let required = NotifyPaymentResponseRequired {
        result: result.result_message(code.to_lowercase()).into(),
    };
    NotifyPaymentResponse::builder(required).build()
}
