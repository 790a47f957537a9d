//! Receives events by the types that are generated for PayPal, for `tests/interop/paypal`. Each line of the input has the
//! `webhook_id`, the `keys` by the addresses of their certificates, and the `headers` and the `body` of a message; each line of the
//! output has the `outcome` and the `id` of the event, or the reason why it is `refused`.

#![allow(missing_docs)]

use std::collections::BTreeMap;
use std::io::{BufRead, Write};
use std::time::SystemTime;

use http::Request;
use payspec_runtime::client::{Base, Envelope, VerifyingKey, VerifyingKeys};
use serde::Deserialize;
use serde_json::{Value, json};

use self::generated::paypal::RECIPE;
use self::generated::paypal::client::Credentials;
use self::generated::paypal::report_event::ReportEventRequest;

#[allow(dead_code, unreachable_pub, clippy::all, clippy::pedantic)]
#[rustfmt::skip]
#[path = "../providers/paypal/expected/mod.rs"]
mod generated;

#[derive(Deserialize)]
struct Line {
    webhook_id: String,
    keys: BTreeMap<String, String>,
    headers: BTreeMap<String, String>,
    body: String,
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
    let base: Base = "https://api-m.sandbox.paypal.com".parse()?;
    let mut keys: Option<VerifyingKeys> = None;
    for (address, key) in &line.keys {
        let key = VerifyingKey::from_text(key)?;
        keys = Some(match keys {
            Some(keys) => keys.with(address, key),
            None => VerifyingKeys::new(address, key),
        });
    }
    let credentials = Credentials {
        client_id: "app-1".to_owned(),
        client_secret: "secret".into(),
        webhook_id: Some(line.webhook_id.clone()),
        paypal_keys: keys,
    };
    let envelope = Envelope::with_credentials(&RECIPE, base, &credentials)?;
    let mut request = Request::post("https://shop.example/webhook");
    for (name, value) in &line.headers {
        request = request.header(name, value);
    }
    let request = request.body(line.body.clone().into_bytes())?;
    match envelope.receive::<ReportEventRequest>(&request, SystemTime::now()) {
        Ok(event) => Ok(json!({
            "outcome": format!("{:?}", event.outcome),
            "id": event.notification.id,
        })),
        Err(why) => Ok(json!({ "refused": why.to_string() })),
    }
}
