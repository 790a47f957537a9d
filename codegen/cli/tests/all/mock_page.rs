//! The status page of the mock gateway, and the events that it follows, through a real socket.

use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, SystemTime};

use http::{Request, Response};
use payspec_mock::{Clock, MockGateway, Setup, Verdict};
use payspec_runtime::client::{Endpoint, Envelope};
use scraper::{Html, Selector};
use serde_json::{Value, json};

use super::gateway::{INQUIRE, PAY, endpoint, envelope, keys, model, pay_request};
use super::mock::{connect, exchange, path, pay, wire};

const REFUND: Endpoint = endpoint("/v1/payments/refund");
const INQUIRE_REFUND: Endpoint = endpoint("/v1/payments/inquiryRefund");

/// A key that would break out of a page.
const HOSTILE: &str = "\"><b onclick=x>&\u{202e}<script>pay</script>";

fn start() -> (MockGateway, Envelope) {
    let keys = keys();
    let setup = Setup::with(&keys);
    let gateway = MockGateway::start_with(model(), setup, keys.clone(), Clock::real());
    let gateway = gateway.expect("a gateway");
    let envelope = envelope(&gateway.url(), &keys);
    (gateway, envelope)
}

fn send(gateway: &MockGateway, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    let sent = wire(request, &path(request));
    let answer = exchange(&mut connect(gateway.address()), &sent);
    answer.expect("an answer").1
}

/// Sends a message to an operation and returns the body of the answer.
fn call(gateway: &MockGateway, envelope: &Envelope, endpoint: &Endpoint, body: &Value) -> Value {
    let body = body.to_string().into_bytes();
    let request = envelope.sign(endpoint, &body, SystemTime::now());
    let answer = send(gateway, &request.expect("a request"));
    serde_json::from_slice(answer.body()).expect("JSON")
}

fn get(address: SocketAddr, target: &str) -> (String, Response<Vec<u8>>) {
    let sent = format!("GET {target} HTTP/1.1\r\nHost: here\r\n\r\n");
    exchange(&mut connect(address), sent.as_bytes()).expect("an answer")
}

fn page(gateway: &MockGateway, target: &str) -> Html {
    let (_, response) = get(gateway.address(), target);
    let text = String::from_utf8(response.into_body()).expect("a page in UTF-8");
    Html::parse_document(&text)
}

fn all<'p>(page: &'p Html, selector: &str) -> Vec<scraper::ElementRef<'p>> {
    let selector = Selector::parse(selector).expect("a selector");
    page.select(&selector).collect()
}

/// Returns the keys in the lines that a page shows.
fn shown(page: &Html) -> Vec<String> {
    let keys = all(page, ".exchange:not([hidden]) .key").into_iter();
    keys.map(|key| key.text().collect()).collect()
}

#[test]
fn the_page_needs_no_script_and_has_only_its_own() {
    let (gateway, envelope) = start();
    send(&gateway, &pay(&envelope, HOSTILE, "0", SystemTime::now()));
    let (head, response) = get(gateway.address(), "/");
    let text = String::from_utf8(response.into_body()).expect("a page in UTF-8");
    for part in [
        "PARAM_ILLEGAL",
        "/paymentAmount/value",
        "/ams/sandbox/api/v1/payments/cancel",
        "✗ failed",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    let is_hostile = |part: &&str| text.contains(*part);
    let hostile = ["<b ", "<b>", "<script>", "\u{202e}"];
    assert_eq!(hostile.iter().find(|part| is_hostile(part)), None, "{text}");
    let page = Html::parse_document(&text);
    let scripts = all(&page, "script");
    assert_eq!(scripts.len(), 1);
    assert_eq!(scripts[0].attr("src"), Some("/payspec/page.js"));
    assert_eq!(scripts[0].inner_html(), "");
    let line = all(&page, ".exchange");
    assert_eq!(line.len(), 1);
    // A browser reads the key as the client wrote it, but for what turns the direction of writing.
    let key = HOSTILE.replace('\u{202e}', "\\u{202e}");
    assert_eq!(shown(&page), [key]);
    assert!(line[0].attr("data-failure").is_some());
    let policy = head
        .lines()
        .find(|line| line.starts_with("content-security-policy"));
    let policy = policy.expect("a policy");
    assert!(policy.contains("default-src 'none'") && policy.contains("script-src 'self'"));
    let (head, script) = get(gateway.address(), "/payspec/page.js");
    assert!(head.contains("content-type: text/javascript"), "{head}");
    assert!(!head.contains("script-src"), "{head}");
    assert!(String::from_utf8_lossy(script.body()).contains("EventSource"));
    // What a browser asks for beside the page is no exchange.
    assert_eq!(follow(gateway.address(), "/favicon.ico", "").0, 204);
    assert_eq!(gateway.exchanges().len(), 1);
}

#[test]
fn the_exchanges_of_a_payment_are_found_by_its_key() {
    let (gateway, envelope) = start();
    let paid = call(&gateway, &envelope, &PAY, &pay_request("pay-1", "100"));
    call(&gateway, &envelope, &PAY, &pay_request("pay-2", "100"));
    let refund = json!({
        "refundRequestId": "refund-1",
        "paymentId": paid["paymentId"],
        "refundAmount": { "currency": "HKD", "value": "1" },
    });
    let refunded = call(&gateway, &envelope, &REFUND, &refund);
    for (endpoint, body) in [
        (&INQUIRE, json!({ "paymentId": paid["paymentId"] })),
        (&INQUIRE, json!({ "paymentRequestId": "pay-2" })),
        (&INQUIRE_REFUND, json!({ "refundId": refunded["refundId"] })),
    ] {
        call(&gateway, &envelope, endpoint, &body);
    }
    let mut exchanges = gateway.exchanges();
    exchanges.reverse();
    let of = |index: usize| {
        let one = &exchanges[index];
        (one.key.as_deref(), one.group.as_deref())
    };
    for (index, (key, group)) in [
        ("pay-1", "pay-1"),
        ("pay-2", "pay-2"),
        ("refund-1", "pay-1"),
        ("pay-1", "pay-1"),
        ("pay-2", "pay-2"),
        ("refund-1", "pay-1"),
    ]
    .into_iter()
    .enumerate()
    {
        assert_eq!(of(index), (Some(key), Some(group)), "{}", exchanges[index]);
        assert_eq!(exchanges[index].verdict, Verdict::Succeeded);
        assert!(exchanges[index].duration.is_some());
    }
    let filtered = page(&gateway, "/?key=pay-1");
    assert_eq!(shown(&filtered), ["refund-1", "pay-1", "refund-1", "pay-1"]);
    assert_eq!(
        all(&filtered, ".exchange").len(),
        6,
        "the others are hidden"
    );
    let key = all(&filtered, "#key")[0].attr("value");
    assert_eq!(key, Some("pay-1"), "the form has the filter");
    let filtered = page(&gateway, "/?operation=inquiry_payment&key=");
    assert_eq!(shown(&filtered), ["pay-2", "pay-1"]);
    let chosen = all(&filtered, "option[selected]");
    assert_eq!(chosen[0].inner_html(), "inquiry_payment");
    let none = page(&gateway, "/?failures=on");
    assert!(shown(&none).is_empty() && all(&none, "#none:not([hidden])").len() == 1);
    // The line of a refund leads to its payment.
    let link = &all(&page(&gateway, "/"), "[data-operation=refund] a")[0]
        .attr("href")
        .map(str::to_owned);
    assert_eq!(link.as_deref(), Some("/?key=pay-1"));
}

/// Connects to the events, and reads the head of the answer.
fn follow(address: SocketAddr, target: &str, more: &str) -> (u16, BufReader<TcpStream>) {
    let mut stream = connect(address);
    let sent = format!("GET {target} HTTP/1.1\r\nHost: here\r\n{more}\r\n");
    stream.write_all(sent.as_bytes()).expect("it is sent");
    let mut reader = BufReader::new(stream);
    let mut status = None;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).expect("a line");
        if status.is_none() {
            status = line.split(' ').nth(1).and_then(|code| code.parse().ok());
        }
        if line.trim().is_empty() {
            return (status.expect("a status"), reader);
        }
    }
}

/// Reads lines up to the end of an event, without the lengths of chunks. Returns its id and its data.
fn event(reader: &mut BufReader<TcpStream>) -> (u64, String) {
    let (mut id, mut data) = (0, String::new());
    loop {
        let mut line = String::new();
        assert_ne!(reader.read_line(&mut line).expect("a line"), 0, "the end");
        let line = line.trim_end_matches(['\r', '\n']);
        if let Some(number) = line.strip_prefix("id: ") {
            id = number.parse().expect("a number");
        } else if let Some(line) = line.strip_prefix("data: ") {
            data = data + line + "\n";
        } else if line.is_empty() && !data.is_empty() {
            return (id, data);
        }
    }
}

#[test]
fn new_exchanges_arrive_as_events() {
    let (gateway, envelope) = start();
    let now = SystemTime::now();
    send(&gateway, &pay(&envelope, "pay-1", "100", now));
    let (status, mut live) = follow(gateway.address(), "/payspec/events?after=1", "");
    assert_eq!(status, 200);
    send(&gateway, &pay(&envelope, HOSTILE, "0", now));
    let (id, data) = event(&mut live);
    assert_eq!(id, 2);
    assert!(!data.contains("<b") && !data.contains("<script"), "{data}");
    let line = Html::parse_fragment(&data);
    assert_eq!(shown(&line), [HOSTILE.replace('\u{202e}', "\\u{202e}")]);
    // The line of an event is the line of the page.
    let page = page(&gateway, "/");
    let whole: Vec<String> = all(&page, ".exchange")
        .iter()
        .map(|one| one.html())
        .collect();
    assert_eq!(all(&line, ".exchange")[0].html(), whole[0]);
    // A browser that connects again gets what it has missed.
    send(&gateway, &pay(&envelope, "pay-3", "100", now));
    let header = "Last-Event-ID: 1\r\n";
    let (_, mut again) = follow(gateway.address(), "/payspec/events?after=0", header);
    let ids = [event(&mut again).0, event(&mut again).0];
    assert_eq!(ids, [2, 3]);
    assert_eq!(event(&mut live).0, 3);
    // The numbers of another run of the gateway mean nothing here.
    let (_, mut other) = follow(gateway.address(), "/payspec/events?after=900", "");
    assert_eq!(event(&mut other).0, 1);
}

#[test]
fn followers_neither_grow_without_bound_nor_delay_payments() {
    let (gateway, envelope) = start();
    let address = gateway.address();
    let join = || follow(address, "/payspec/events", "");
    let mut followers: Vec<BufReader<TcpStream>> = Vec::new();
    for _ in 0..16 {
        let (status, reader) = join();
        assert_eq!(status, 200);
        followers.push(reader);
    }
    let (status, mut refused) = join();
    assert_eq!(status, 503);
    let mut why = String::new();
    refused.read_to_string(&mut why).expect("a text");
    assert!(why.contains("too many pages"), "{why}");
    // Nobody reads the events, and every payment is answered.
    let now = SystemTime::now();
    let mut stream = connect(address);
    for number in 0..300 {
        let request = pay(&envelope, &format!("pay-{number}"), "100", now);
        let sent = wire(&request, &path(&request));
        let (_, answer) = exchange(&mut stream, &sent).expect("an answer");
        assert_eq!(answer.status(), 200);
    }
    // A slow follower still gets exchanges in their order, but for those that are no longer kept.
    let slow = &mut followers[0];
    let ids: Vec<u64> = std::iter::from_fn(|| Some(event(slow).0))
        .take_while(|id| *id < 300)
        .collect();
    assert!(ids.is_sorted_by(|one, next| one < next), "{ids:?}");
    // A place is free again when its follower is gone.
    drop(followers);
    let joined = (0..100).any(|_| {
        std::thread::sleep(Duration::from_millis(50));
        join().0 == 200
    });
    assert!(joined);
}

#[test]
fn neither_the_page_nor_its_events_show_anything_sensitive() {
    let (gateway, envelope) = start();
    let (_, mut live) = follow(gateway.address(), "/payspec/events", "");
    let mut body = pay_request("pay-1", "100");
    body["order"]["env"]["clientIp"] = "canary-value-".repeat(9).into();
    call(&gateway, &envelope, &PAY, &body);
    let (_, data) = event(&mut live);
    let (_, page) = get(gateway.address(), "/?key=pay-1");
    let page = String::from_utf8_lossy(page.body()).into_owned();
    for text in [data, page] {
        assert!(
            text.contains("clientIp") && text.contains("pay-1"),
            "{text}"
        );
        assert!(!text.contains("canary"), "{text}");
    }
}
