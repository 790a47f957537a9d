//! The life of resources at the mock gateway: a resource ends, all operations report the same end, and a
//! notification reports it.

mod ends;
mod reports;
mod webhooks;

use std::time::{Duration, SystemTime};

use http::{HeaderMap, Request, Response};
use payspec_mock::{
    Exchange, Gateway, NOTIFICATION, Notification, RESULT, SETTLEMENT, Settlement, Setup, Store,
};
use payspec_model::check::Checker;
use payspec_model::model::Side;
use payspec_runtime::client::*;
use serde_json::{Value, json};

use super::gateway::{
    CANCEL, CLIENT, CONTENT, INQUIRE, PAY, RECIPE, ask, code, endpoint, gateway, keys, model, now,
    opened, pay_request, signed,
};
use super::support::folder;

const REFUND: Endpoint = endpoint("/v1/payments/refund");
const INQUIRE_REFUND: Endpoint = endpoint("/v1/payments/inquiryRefund");

fn seconds(number: u64) -> Duration {
    Duration::from_secs(number)
}

/// Sends a request with these overrides in headers, at a time.
fn ask_with(
    gateway: &Gateway,
    endpoint: &Endpoint,
    body: &Value,
    wishes: &[(&'static str, &str)],
    at: SystemTime,
) -> Exchange {
    let mut request = signed(endpoint, body);
    for (name, value) in wishes {
        let value = value.parse().expect("a value");
        request.headers_mut().insert(*name, value);
    }
    gateway.answer(&request, at)
}

fn status(gateway: &Gateway, id: &str, at: SystemTime) -> String {
    let question = json!({ "paymentRequestId": id });
    let answer = ask_with(gateway, &INQUIRE, &question, &[], at);
    let answer = opened(&INQUIRE, &answer);
    let status = answer["paymentStatus"].as_str();
    let code = answer["result"]["resultCode"].as_str();
    status.or(code).unwrap_or_default().to_owned()
}

fn notifications(gateway: &Gateway, at: SystemTime) -> Vec<Notification> {
    gateway.notifications(at).expect("the state can be read")
}

/// Returns the body of a notification, if the gateway's signature verifies.
fn verified(notification: &Notification) -> Option<Value> {
    let request = &notification.request;
    let header = |name: &str| request.headers().get(name)?.to_str().ok();
    let target = request.uri().path_and_query()?.as_str();
    let signed = Signed {
        method: request.method().as_str(),
        uri: target,
        client_id: header("client-id")?,
        time: header("request-time")?,
        body: request.body(),
    };
    let key = VerifyingKey::from_text(&keys().gateway.public).expect("a key");
    let signature = SignatureHeader::parse(header("signature")?, &RECIPE.keys).ok()?;
    key.verify(&signed.content(CONTENT), &signature.signature)
        .then(|| serde_json::from_slice(request.body()).ok())?
}

fn reply(status: &str) -> Response<Vec<u8>> {
    let code = match status {
        "S" => "SUCCESS",
        _ => "UNKNOWN_EXCEPTION",
    };
    let body =
        json!({ "result": { "resultStatus": status, "resultCode": code, "resultMessage": "m" } });
    Response::new(body.to_string().into_bytes())
}
