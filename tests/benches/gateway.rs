//! The memory that a payment costs the mock gateway, and the time of the control form and of an inquiry
//! when there are few payments and when there are many. Memory is read from `/proc`, so this runs on
//! Linux only.

use std::error::Error;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use std::{fs, thread};

use payspec_mock::{Gateway, Retention, Serving, Settlement, Setup, serve};
use payspec_model::load;
use payspec_tests::messages;
use serde_json::json;

/// Payments that are remembered.
const MANY: usize = 200_000;
/// Payments beyond that: as many others are forgotten.
const MORE: usize = 50_000;
/// How often each question is asked.
const ASKED: usize = 200;
/// Connections that pay at the same time.
const CONNECTIONS: usize = 4;

fn main() -> Result<(), Box<dyn Error>> {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let mut model = load(&spec).model.ok_or("the spec has errors")?;
    // A signature costs the same however many payments there are.
    model.apis.iter_mut().for_each(|api| api.signature = None);
    let setup = Setup {
        retention: Retention {
            most: MANY,
            ..Retention::default()
        },
        // The form decides.
        settlement: Settlement::Waits,
        ..Setup::unsigned()
    };
    let gateway = Arc::new(Gateway::new(model, setup)?);
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let served = serve(gateway, listener, Serving::default())?;
    let address = served.address();

    println!(
        "{:<28} {:>10} {:>10} {:>10} {:>10} {:>10}",
        "", "RSS MiB", "form p50", "form p99", "ask p50", "ask p99"
    );
    let empty = resident()?;
    pay(address, 0..1_000)?;
    report("1,000 payments", address, 1_000)?;
    pay(address, 1_000..MANY)?;
    let full = resident()?;
    report("200,000 payments", address, MANY)?;
    pay(address, MANY..MANY + MORE)?;
    report("250,000, 200,000 kept", address, MANY + MORE)?;
    println!("\n{} bytes for each payment", (full - empty) / MANY);
    Ok(())
}

/// Prints the memory and the times, in microseconds, of both questions about the latest payments.
fn report(what: &str, address: SocketAddr, payments: usize) -> Result<(), Box<dyn Error>> {
    let mut stream = TcpStream::connect(address)?;
    let memory = resident()? >> 20;
    let (mut forms, mut inquiries) = (Vec::new(), Vec::new());
    for number in payments - ASKED..payments {
        let inquiry = json!({ "paymentRequestId": id(number) }).to_string();
        inquiries.push(exchange(&mut stream, INQUIRY, &inquiry)?);
        let form = format!("name={}&does=succeeds", id(number));
        forms.push(exchange(&mut stream, "/payspec", &form)?);
    }
    forms.sort_unstable();
    inquiries.sort_unstable();
    let at = |times: &[Duration], share: usize| times[(times.len() - 1) * share / 100].as_micros();
    println!(
        "{what:<28} {memory:>10} {:>10} {:>10} {:>10} {:>10}",
        at(&forms, 50),
        at(&forms, 99),
        at(&inquiries, 50),
        at(&inquiries, 99)
    );
    Ok(())
}

const PAY: &str = "/ams/sandbox/api/v1/payments/pay";
const INQUIRY: &str = "/ams/sandbox/api/v1/payments/inquiryPayment";

fn id(number: usize) -> String {
    format!("bench-{number}")
}

fn pay(address: SocketAddr, numbers: std::ops::Range<usize>) -> Result<(), Box<dyn Error>> {
    thread::scope(|scope| {
        let pay = |share: usize| -> std::io::Result<()> {
            let mut stream = TcpStream::connect(address)?;
            let mut request = messages::clean_request();
            for number in numbers.clone().skip(share).step_by(CONNECTIONS) {
                request["paymentRequestId"] = json!(id(number));
                exchange(&mut stream, PAY, &request.to_string())?;
            }
            Ok(())
        };
        let threads: Vec<_> = (0..CONNECTIONS)
            .map(|share| scope.spawn(move || pay(share)))
            .collect();
        for one in threads {
            one.join().map_err(|_| "a thread panicked")??;
        }
        Ok(())
    })
}

/// One request on a connection that stays open; how long the answer took.
fn exchange(stream: &mut TcpStream, path: &str, body: &str) -> std::io::Result<Duration> {
    let media_type = match path {
        "/payspec" => "application/x-www-form-urlencoded",
        _ => "application/json",
    };
    let request = format!(
        "POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {media_type}\r\n\
         Client-Id: bench\r\nRequest-Time: 1795435200000\r\nSignature: none\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let began = Instant::now();
    stream.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let count = stream.read(&mut chunk)?;
        answer.extend_from_slice(&chunk[..count]);
        let text = String::from_utf8_lossy(&answer);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let head = head.to_ascii_lowercase();
            let length = head.split("content-length: ").nth(1);
            let length = length.and_then(|rest| rest.lines().next()?.parse::<usize>().ok());
            if length.is_some_and(|length| body.len() >= length) {
                // Refusals have the HTTP status 200, too.
                let is_done = text.contains("_PROCESS") || text.contains("SUCCESS");
                if !head.starts_with("http/1.1 200") || !(is_done || path == "/payspec") {
                    return Err(std::io::Error::other(text.into_owned()));
                }
                return Ok(began.elapsed());
            }
        }
        if count == 0 {
            return Err(std::io::Error::other("the gateway closed the connection"));
        }
    }
}

/// Bytes of memory that the process holds.
fn resident() -> Result<usize, Box<dyn Error>> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kibibytes = line.and_then(|line| line.split_whitespace().next());
    let kibibytes: usize = kibibytes.ok_or("VmRSS is missing")?.parse()?;
    Ok(kibibytes << 10)
}
