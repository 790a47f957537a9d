//! A shop that is steered from outside: one payment, from its beginning or from where an earlier run left it to its
//! end. Kill it anywhere, run it twice, start it again.
//!
//! ```sh
//! cargo run --example shop -- --gateway http://127.0.0.1:8080 --key client-private.pem \
//!     --providers-key gateway-public.pem --journal shop.journal --id order-1 --amount 100 [--async]
//! ```
//!
//! Without `--id` it only goes on with what is unfinished. Each ending is one line of JSON on standard output:
//! `{"id": "order-1", "ending": "paid", "text": "paid"}`; the ending is `paid`, `not_paid` or `in_doubt`. A run that
//! is turned away, as by a journal that another one has open, writes `{"error": "…"}` and exits with 1.

use std::error::Error;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use alipay_instore::ams_instore::RECIPE;
use alipay_instore::ams_instore::client::{AsyncClient, Client, Unfinished};
use alipay_instore::ams_instore::entry_code_payment::{Ending, Payment};
use alipay_instore::ams_instore::pay_entry_code::PayEntryCodeRequest;
use payspec_runtime::client::life::Timing;
use payspec_runtime::client::{
    AsyncRawClient, Envelope, FileJournal, RawClient, Reqwest, SigningKey, TokioClock, Ureq,
    VerifyingKey,
};
use payspec_runtime::{Valid, decode};
use payspec_tests::messages;
use serde_json::json;

fn main() -> ExitCode {
    let done = Arguments::parse(std::env::args().skip(1)).and_then(|arguments| run(&arguments));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("{}", json!({"error": error.to_string()}));
            ExitCode::FAILURE
        }
    }
}

/// The arguments of the command line.
struct Arguments {
    gateway: String,
    key: PathBuf,
    providers_key: PathBuf,
    journal: PathBuf,
    client_id: String,
    id: Option<String>,
    amount: String,
    is_async: bool,
}

impl Arguments {
    fn parse(mut words: impl Iterator<Item = String>) -> Result<Self, Box<dyn Error>> {
        let [
            mut gateway,
            mut key,
            mut providers_key,
            mut journal,
            mut client_id,
            mut id,
            mut amount,
        ] = [const { None::<String> }; 7];
        let mut is_async = false;
        while let Some(word) = words.next() {
            let place = match word.as_str() {
                "--gateway" => &mut gateway,
                "--key" => &mut key,
                "--providers-key" => &mut providers_key,
                "--journal" => &mut journal,
                "--client-id" => &mut client_id,
                "--id" => &mut id,
                "--amount" => &mut amount,
                "--async" => {
                    is_async = true;
                    continue;
                }
                _ => return Err(format!("unknown argument `{word}`").into()),
            };
            *place = Some(words.next().ok_or(format!("`{word}` needs a value"))?);
        }
        Ok(Self {
            gateway: gateway.ok_or("`--gateway` is missing")?,
            key: key.ok_or("`--key` is missing")?.into(),
            providers_key: providers_key.ok_or("`--providers-key` is missing")?.into(),
            journal: journal.ok_or("`--journal` is missing")?.into(),
            client_id: client_id.unwrap_or_else(|| "SANDBOX_5X00000000000000".to_owned()),
            id,
            amount: amount.unwrap_or_else(|| "100".to_owned()),
            is_async,
        })
    }

    fn envelope(&self) -> Result<Envelope, Box<dyn Error>> {
        let read = |path| std::fs::read_to_string(path);
        Ok(Envelope::new(
            &RECIPE,
            self.gateway.parse()?,
            &self.client_id,
            SigningKey::from_text(&read(&self.key)?)?,
            VerifyingKey::from_text(&read(&self.providers_key)?)?,
        )?)
    }

    /// The payment of the order.
    fn request(&self) -> Result<Option<Valid<PayEntryCodeRequest>>, Box<dyn Error>> {
        let Some(id) = &self.id else {
            return Ok(None);
        };
        let mut request = messages::clean_request();
        request["paymentRequestId"] = id.as_str().into();
        for place in ["/paymentAmount/value", "/order/orderAmount/value"] {
            if let Some(value) = request.pointer_mut(place) {
                *value = self.amount.as_str().into();
            }
        }
        let request = decode(request.to_string().as_bytes())?;
        Ok(Some(Valid::new(request)?))
    }
}

/// Pauses that suit a sandbox.
const TIMING: Timing = Timing {
    pause: Duration::from_millis(50),
    timeout: Duration::from_secs(5),
};

fn run(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let journal = FileJournal::open(&arguments.journal)?;
    for damage in journal.damage() {
        eprintln!("{}: {damage}", arguments.journal.display());
    }
    let envelope = arguments.envelope()?;
    let request = arguments.request()?;
    match arguments.is_async {
        false => {
            let calls = RawClient::new(envelope, Ureq::with_timeout(TIMING.timeout));
            blocking(
                &Client::from(calls.timing(TIMING).journal(journal)),
                request,
            )
        }
        true => {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?;
            let transport = Reqwest::with(|builder| builder.timeout(TIMING.timeout))?;
            let calls = AsyncRawClient::new(envelope, transport, TokioClock);
            let client = AsyncClient::from(calls.timing(TIMING).journal(journal));
            runtime.block_on(asynchronous(&client, request))
        }
    }
}

fn blocking(
    client: &Client<Ureq>,
    mut request: Option<Valid<PayEntryCodeRequest>>,
) -> Result<(), Box<dyn Error>> {
    for found in client.unfinished()? {
        settle(client, payment(found?, &mut request)?)?;
    }
    match request {
        Some(request) => settle(client, client.entry_code_payment(request)?),
        None => Ok(()),
    }
}

fn settle(client: &Client<Ureq>, mut payment: Payment) -> Result<(), Box<dyn Error>> {
    let ending = client.settle(&mut payment, drop)?;
    tell(&payment, &ending)?;
    Ok(client.close(&payment)?)
}

async fn asynchronous(
    client: &AsyncClient<Reqwest>,
    mut request: Option<Valid<PayEntryCodeRequest>>,
) -> Result<(), Box<dyn Error>> {
    for found in client.unfinished().await? {
        settle_async(client, payment(found?, &mut request)?).await?;
    }
    match request {
        Some(request) => settle_async(client, client.entry_code_payment(request).await?).await,
        None => Ok(()),
    }
}

async fn settle_async(
    client: &AsyncClient<Reqwest>,
    mut payment: Payment,
) -> Result<(), Box<dyn Error>> {
    let ending = client.settle(&mut payment, drop).await?;
    tell(&payment, &ending)?;
    Ok(client.close(&payment).await?)
}

/// Returns a payment that an earlier run began. The order of this run is not paid anew when that run began it.
fn payment(
    found: Unfinished,
    request: &mut Option<Valid<PayEntryCodeRequest>>,
) -> Result<Payment, Box<dyn Error>> {
    let Unfinished::EntryCodePayment(payment) = found else {
        return Err(format!("this shop began no such thing: {found:?}").into());
    };
    request.take_if(|request| request.payment_request_id == payment.id());
    Ok(payment)
}

/// Books an ending, before it is closed: it may be told twice, and is the same then.
fn tell(payment: &Payment, ending: &Ending) -> std::io::Result<()> {
    let word = match ending {
        Ending::NotPaid(_) => "not_paid",
        Ending::InDoubt(_) => "in_doubt",
        Ending::Paid(_) => "paid",
    };
    let line = json!({"id": payment.id(), "ending": word, "text": ending.to_string()});
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}
