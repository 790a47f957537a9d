//! Payments from their beginning to their end, against the mock gateway inside of this process. The
//! clock moves only when the shop waits, so it is over at once.

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use alipay_instore::ams_instore::entry_code_payment::Ending;
use alipay_instore::ams_instore::{RECIPE, client::Client, notify_payment::NotifyPaymentRequest};
use payspec_mock::{Clock as Hands, MockGateway, Script};
use payspec_runtime::client::life::{Notified, Stop};
use payspec_runtime::client::{Clock, Envelope, RawClient, SigningKey, Ureq, VerifyingKey};
use payspec_runtime::{Valid, decode};
use payspec_tests::messages;

fn main() -> ExitCode {
    let lives = [
        (
            "The payer pays after seven seconds",
            r#"{"settlement": "succeeds=7"}"#,
            false,
        ),
        (
            "The provider tells before it is asked",
            r#"{"settlement": "succeeds=1"}"#,
            true,
        ),
        (
            "The answer is lost, and the request sent again",
            r#"{"fault": "lose-answer"}"#,
            false,
        ),
        (
            "Risk control says no",
            r#"{"result": "RISK_REJECT"}"#,
            false,
        ),
        (
            "The payer does not pay",
            r#"{"settlement": "waits"}"#,
            false,
        ),
    ];
    for (title, step, listens) in lives {
        println!("{title}:");
        if let Err(error) = live(step, listens) {
            eprintln!("error: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

/// One payment, of which the gateway shall make this.
fn live(step: &str, listens: bool) -> Result<Ending, Box<dyn Error>> {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let model = payspec_model::load(&spec)
        .model
        .ok_or("the spec has errors")?;
    let noon = UNIX_EPOCH + Duration::from_secs(1_795_435_200);
    let gateway = MockGateway::start_at(model, Hands::standing(noon))?;
    gateway.script(Script::from_json(&format!(r#"{{"steps": [{step}]}}"#))?)?;

    let envelope = Envelope::new(
        &RECIPE,
        gateway.url().parse()?,
        "SANDBOX_5X00000000000000",
        SigningKey::from_text(&gateway.keys().client.private)?,
        VerifyingKey::from_text(&gateway.keys().gateway.public)?,
    )?;
    let watch = Watch(gateway.clock().clone());
    let client = Client::from(RawClient::new(envelope, Ureq::default()).clock(watch));
    let request = decode(messages::clean_request().to_string().as_bytes())?;
    let mut payment = client.entry_code_payment(Valid::new(request)?)?;
    let ending = loop {
        let since = gateway.clock().now().duration_since(noon)?.as_secs();
        match client.go_on(&mut payment)? {
            Stop::Show(form) => {
                let url = form.redirect_url.map(|url| url.as_str().to_owned());
                let host: String = url.unwrap_or_default().chars().take(34).collect();
                println!("  {since:>2} s  the payer is sent to {host}...");
            }
            Stop::Until(time) => {
                println!("  {since:>2} s  {}", payment.state().as_str());
                gateway
                    .clock()
                    .advance(time.duration_since(gateway.clock().now())?);
                let now = gateway.clock().now();
                // A shop hears of it over HTTP: see the example `notifications`.
                for notification in gateway.notifications()?.into_iter().filter(|_| listens) {
                    let envelope = client.envelope();
                    let received =
                        envelope.receive::<NotifyPaymentRequest>(&notification.request, now)?;
                    println!("        told: {:?}", received.outcome);
                    if let Notified::Contradicts(end) = payment.notified(&received, now)? {
                        println!("        people have to act: {end:?}");
                    }
                }
            }
            Stop::Ended(ending) => {
                println!("  {since:>2} s  {ending}");
                break ending;
            }
        }
    };
    let mut exchanges = gateway.exchanges();
    exchanges.reverse();
    for one in exchanges {
        let [operation, code] = [one.operation, one.code].map(Option::unwrap_or_default);
        println!("        {operation}: {code}");
    }
    Ok(ending)
}

/// The hands of the gateway's clock.
struct Watch(Hands);

impl Clock for Watch {
    fn now(&self) -> SystemTime {
        self.0.now()
    }

    fn sleep(&self, time: Duration) {
        self.0.advance(time);
    }
}
