//! Receives events by the types that are generated for Adyen, for `tests/interop/adyen`. Each line of the input has the
//! `key` of the webhook and the `body` of a message; each line of the output has the `status` of the reply and, for each event,
//! its `outcome`, `id` and `reference`, or the reason why it is `refused`.

#![allow(missing_docs)]

use std::io::{BufRead, Write};
use std::time::SystemTime;

use http::Request;
use payspec_runtime::client::{Base, Envelope};
use serde::Deserialize;
use serde_json::{Value, json};

use self::generated::adyen::RECIPE;
use self::generated::adyen::client::Credentials;
use self::generated::adyen::report_event::ReportEventRequest;

#[allow(dead_code, unreachable_pub, clippy::all, clippy::pedantic)]
#[rustfmt::skip]
#[path = "../providers/adyen/expected/mod.rs"]
mod generated;

#[derive(Deserialize)]
struct Line {
    key: String,
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
    let base: Base = "https://checkout-test.adyen.com".parse()?;
    let credentials = Credentials {
        api_key: "key".into(),
        hmac_key: Some(line.key.as_str().into()),
    };
    let envelope = Envelope::with_credentials(&RECIPE, base, &credentials)?;
    let request =
        Request::post("https://shop.example/hook").body(line.body.clone().into_bytes())?;
    let now = SystemTime::now();
    let batch = match envelope.receive_batch::<ReportEventRequest>(&request, now) {
        Ok(batch) => batch,
        Err(why) => return Ok(json!({ "status": 500, "refused": why.to_string() })),
    };
    let events = batch.items().iter().map(|event| match event {
        Ok(event) => json!({
            "outcome": format!("{:?}", event.outcome),
            "id": event.id,
            "reference": event.notification.merchant_reference,
        }),
        Err(why) => json!({ "refused": why.to_string() }),
    });
    let events: Vec<Value> = events.collect();
    let status = envelope.acknowledge_batch(&batch, now)?.status().as_u16();
    Ok(json!({ "status": status, "events": events }))
}
