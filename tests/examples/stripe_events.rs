//! Receives events by the types that are generated for Stripe, for `tests/interop/stripe`. Each line of the input has the
//! `secret` of the webhook endpoint, the `signature` and the `body` of an event, and the time `now` in seconds since 1970;
//! each line of the output has the `outcome` and the `id` of the event, or the reason why it is `refused`.

#![allow(missing_docs)]

use std::io::{BufRead, Write};
use std::time::{Duration, UNIX_EPOCH};

use http::Request;
use payspec_runtime::client::{Base, Envelope};
use serde::Deserialize;
use serde_json::{Value, json};

use self::generated::stripe::RECIPE;
use self::generated::stripe::client::Credentials;
use self::generated::stripe::report_event::ReportEventRequest;

#[allow(dead_code, unreachable_pub, clippy::all, clippy::pedantic)]
#[rustfmt::skip]
#[path = "../providers/stripe/expected/mod.rs"]
mod generated;

#[derive(Deserialize)]
struct Line {
    secret: String,
    signature: String,
    body: String,
    now: u64,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut output = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line: Line = serde_json::from_str(&line?)?;
        writeln!(output, "{}", received(&line)?)?;
        output.flush()?;
    }
    Ok(())
}

fn received(line: &Line) -> Result<Value, Box<dyn std::error::Error>> {
    let base: Base = "https://api.stripe.com".parse()?;
    let credentials = Credentials {
        secret_key: "sk_test".into(),
        webhook_secret: Some(line.secret.as_str().into()),
    };
    let envelope = Envelope::with_credentials(&RECIPE, base, &credentials)?;
    let request = Request::post("https://shop.example/hook")
        .header("Stripe-Signature", &line.signature)
        .body(line.body.clone().into_bytes())?;
    let now = UNIX_EPOCH + Duration::from_secs(line.now);
    let received = envelope.receive::<ReportEventRequest>(&request, now);
    Ok(match received {
        Ok(event) => {
            let object = event.notification.data.and_then(|data| data.object);
            json!({
                "outcome": format!("{:?}", event.outcome),
                "id": event.notification.id,
                "object": object.and_then(|object| object.id),
            })
        }
        Err(why) => json!({ "refused": why.to_string() }),
    })
}
