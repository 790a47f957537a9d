//! The mock gateway through a real socket, and as a process that can be killed.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::{Request, Response};
use payspec_mock::{self, Clock, Fault, MockGateway, Setup};
use payspec_runtime::client::Envelope;
use serde_json::Value;

use super::gateway::{PAY, envelope, keys, model, pay_request};
use super::support::{file, folder, payspec, with};

fn start() -> MockGateway {
    start_at(Clock::real())
}

fn start_at(clock: Clock) -> MockGateway {
    let keys = keys();
    MockGateway::start_with(model(), Setup::with(&keys), keys, clock).expect("a gateway")
}

pub(crate) fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).expect("a connection");
    let timeout = Some(Duration::from_secs(20));
    stream.set_read_timeout(timeout).expect("a timeout");
    stream
}

/// Returns a request as bytes on the wire.
pub(crate) fn wire(request: &Request<Vec<u8>>, target: &str) -> Vec<u8> {
    let mut text = format!("{} {target} HTTP/1.1\r\nHost: here\r\n", request.method());
    for (name, value) in request.headers() {
        let value = value.to_str().expect("a text");
        text += &format!("{name}: {value}\r\n");
    }
    text += &format!("Content-Length: {}\r\n\r\n", request.body().len());
    let mut wire = text.into_bytes();
    wire.extend(request.body());
    wire
}

/// Sends a request and reads the answer; [`None`] when the connection ends before the answer does.
pub(crate) fn exchange(stream: &mut TcpStream, wire: &[u8]) -> Option<(String, Response<Vec<u8>>)> {
    stream.write_all(wire).ok()?;
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).ok()?;
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).expect("a head in UTF-8");
    let mut lines = head.lines();
    let status = lines.next()?.split(' ').nth(1)?.to_owned();
    let mut response = Response::builder().status(status.as_str());
    for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
        response = response.header(name, value);
    }
    let length = response
        .headers_ref()?
        .get("content-length")?
        .to_str()
        .ok()?;
    let mut body = vec![0; length.parse().ok()?];
    stream.read_exact(&mut body).ok()?;
    Some((head, response.body(body).expect("a response")))
}

pub(crate) fn pay(
    envelope: &Envelope,
    id: &str,
    amount: &str,
    now: SystemTime,
) -> Request<Vec<u8>> {
    let body = pay_request(id, amount).to_string().into_bytes();
    envelope.sign(&PAY, &body, now).expect("a request")
}

pub(crate) fn path(request: &Request<Vec<u8>>) -> String {
    request.uri().path().to_owned()
}

#[test]
fn a_client_pays_through_a_socket() {
    let gateway = start();
    let envelope = envelope(&gateway.url(), &keys());
    let mut stream = connect(gateway.address());
    // The connection stays open. A target may have scheme and host, which are not signed.
    for (number, absolute) in [false, true, true].into_iter().enumerate() {
        let now = SystemTime::now();
        let request = pay(&envelope, &format!("pay-{number}"), "100", now);
        let target = if absolute {
            request.uri().to_string()
        } else {
            path(&request)
        };
        let sent = wire(&request, &target);
        let (head, response) = exchange(&mut stream, &sent).expect("an answer");
        let answer = envelope.verify(&PAY, b"{}", &response, SystemTime::now());
        let answer = answer.unwrap_or_else(|error| panic!("{error}"));
        let json: Value = serde_json::from_slice(answer.body()).expect("JSON");
        assert_eq!(json["result"]["resultStatus"], "S");
        assert_eq!(json["paymentRequestId"], format!("pay-{number}"));
        // Some SDKs look for headers only in this spelling.
        for name in ["\r\nsignature: ", "\r\nresponse-time: ", "\r\nclient-id: "] {
            assert!(head.contains(name), "{head}");
        }
    }
    let exchanges = gateway.exchanges();
    let keys: Vec<_> = exchanges
        .iter()
        .filter_map(|one| one.key.as_deref())
        .collect();
    assert_eq!(keys, ["pay-2", "pay-1", "pay-0"]);
}

#[test]
fn an_answer_can_be_lost_and_cut_off_on_the_way() {
    let gateway = start();
    let envelope = envelope(&gateway.url(), &keys());
    let send = |id: &str, fault: Option<&str>| {
        let mut request = pay(&envelope, id, "100", SystemTime::now());
        if let Some(fault) = fault {
            let fault = fault.parse().expect("a value");
            request.headers_mut().insert("payspec-fault", fault);
        }
        let mut stream = connect(gateway.address());
        let answer = exchange(&mut stream, &wire(&request, &path(&request)));
        (answer, stream)
    };
    let replayed = |id: &str| {
        let (answer, _) = send(id, None);
        answer
            .expect("an answer")
            .1
            .headers()
            .contains_key("payspec-replayed")
    };
    assert!(send("pay-1", Some("lose-answer")).0.is_none());
    assert!(replayed("pay-1"), "it was paid all the same");
    assert!(send("pay-2", Some("drop")).0.is_none());
    assert!(!replayed("pay-2"), "it never arrived");
    // A truncated response arrives with its head and half of its body.
    let mut request = pay(&envelope, "pay-3", "100", SystemTime::now());
    let fault = "truncate".parse().expect("a value");
    request.headers_mut().insert("payspec-fault", fault);
    let mut stream = connect(gateway.address());
    stream
        .write_all(&wire(&request, &path(&request)))
        .expect("it is sent");
    let mut got = Vec::new();
    let _ = stream.read_to_end(&mut got);
    let got = String::from_utf8_lossy(&got);
    let (head, body) = got.split_once("\r\n\r\n").expect("a head");
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    let length: usize = length
        .and_then(|length| length.parse().ok())
        .expect("a length");
    assert_eq!(body.len(), length / 2, "{got}");
}

#[test]
fn a_clock_that_stands_makes_delays_without_waiting() {
    let noon = UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    let gateway = start_at(Clock::standing(noon));
    let envelope = envelope(&gateway.url(), &keys());
    let mut request = pay(&envelope, "pay-1", "100", noon);
    let fault = "delay=60000".parse().expect("a value");
    request.headers_mut().insert("payspec-fault", fault);
    let sent = wire(&request, &path(&request));
    let (_, response) = exchange(&mut connect(gateway.address()), &sent).expect("an answer");
    assert_eq!(response.headers()["response-time"], "2023-11-14T22:13:20Z");
    assert_eq!(gateway.clock().now(), noon + Duration::from_secs(60));
}

#[test]
fn oversized_requests_are_refused() {
    let gateway = start();
    let large = "x".repeat(1024 * 1024 + 1);
    let request = Request::post("/ams/api/v1/payments/pay").body(large.into_bytes());
    let sent = wire(&request.expect("a request"), "/ams/api/v1/payments/pay");
    let answer = exchange(&mut connect(gateway.address()), &sent);
    // The answer may be lost, because the rest of the body meets a closed connection.
    if let Some((_, response)) = answer {
        assert_eq!(response.status(), 413);
    }
    let many: String = (0..200)
        .map(|number| format!("x-{number}: y\r\n"))
        .collect();
    let sent = format!("POST / HTTP/1.1\r\nHost: here\r\n{many}Content-Length: 0\r\n\r\n");
    let (_, response) =
        exchange(&mut connect(gateway.address()), sent.as_bytes()).expect("an answer");
    assert_eq!(response.status(), 431);
    assert!(gateway.exchanges().is_empty());
}

/// `payspec mock` as a process.
pub(crate) struct Mock {
    pub(crate) child: Child,
    pub(crate) address: SocketAddr,
    pub(crate) lines: mpsc::Receiver<String>,
}

impl Mock {
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the command starts");
        let stdout = child.stdout.take().expect("stdout is piped");
        let (to, lines) = mpsc::channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                if to.send(line).is_err() {
                    return;
                }
            }
        });
        let first = lines.recv_timeout(Duration::from_secs(30)).expect("a line");
        let (_, address) = first.split_once("://").expect("an address");
        let address = address
            .trim_end_matches(['"', '}'])
            .parse()
            .expect("an address");
        Mock {
            child,
            address,
            lines,
        }
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        // On Unix this is what `kill -9` does.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) fn key_folder(folder: &tempfile::TempDir) {
    let keys = keys();
    for (name, text) in [
        ("client-private.pem", &keys.client.private),
        ("client-public.pem", &keys.client.public),
        ("gateway-private.pem", &keys.gateway.private),
        ("gateway-public.pem", &keys.gateway.public),
    ] {
        file(folder, name, text.as_bytes());
    }
}

#[test]
fn acknowledged_answers_survive_a_kill() {
    let (temporary, path_of) = folder();
    key_folder(&temporary);
    let state = format!("{path_of}/state.redb");
    let args = [
        "mock",
        "--listen",
        "127.0.0.1:0",
        "--keys",
        &path_of,
        "--state",
        &state,
        "--format",
        "json",
    ];
    let mut answers = Vec::new();
    for round in 0..2 {
        let mock = Mock::start(&mut payspec(&args));
        let envelope = envelope(&format!("http://{}", mock.address), &keys());
        let mut stream = connect(mock.address);
        for number in 0..5 {
            let request = pay(
                &envelope,
                &format!("pay-{number}"),
                "100",
                SystemTime::now(),
            );
            let sent = wire(&request, &path(&request));
            let (_, response) = exchange(&mut stream, &sent).expect("an answer");
            let is_replayed = response.headers().contains_key("payspec-replayed");
            assert_eq!(is_replayed, round == 1, "payment {number}");
            answers.push(response.into_body());
        }
        let line = mock
            .lines
            .recv_timeout(Duration::from_secs(30))
            .expect("a line");
        let record: Value = serde_json::from_str(&line).expect("a record");
        assert_eq!(
            (record["operation"].as_str(), record["key"].as_str()),
            (Some("pay_entry_code"), Some("pay-0"))
        );
    }
    let (before, after) = answers.split_at(5);
    assert_eq!(before, after);
}

#[test]
fn it_listens_only_on_this_machine_by_default() {
    let run = with(&["mock", "--listen", "0.0.0.0:0"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("--allow-remote"), "{run}");
}

#[test]
fn errors_at_startup_are_reported() {
    let (temporary, path_of) = folder();
    key_folder(&temporary);
    let bad = file(&temporary, "bad", b"no key!");
    for (option, part) in [
        ("--client-key", "neither PEM nor base64"),
        ("--script", "line 1"),
        ("--state", "bad"),
    ] {
        let run = with(&[
            "mock",
            "--listen",
            "127.0.0.1:0",
            "--keys",
            &path_of,
            option,
            &bad,
        ]);
        assert_eq!(run.code, Some(2), "{run}");
        assert!(run.stderr.contains(part), "{option}: {run}");
    }
}

#[test]
fn keys_are_made_where_there_are_none() {
    let (_temporary, path_of) = folder();
    let keys = format!("{path_of}/keys");
    let args = ["mock", "--listen", "127.0.0.1:0", "--keys", &keys];
    let first = Mock::start(&mut payspec(&args));
    let text = |name: &str| std::fs::read_to_string(format!("{keys}/{name}")).expect("a key");
    let made = payspec_mock::Keys {
        client: payspec_mock::KeyPair {
            private: text("client-private.pem"),
            public: text("client-public.pem"),
        },
        gateway: payspec_mock::KeyPair {
            private: text("gateway-private.pem"),
            public: text("gateway-public.pem"),
        },
    };
    assert_ne!(made.client.public, made.gateway.public);
    drop(first);
    // The keys in the folder are used again.
    let mock = Mock::start(&mut payspec(&args));
    let envelope = envelope(&format!("http://{}", mock.address), &made);
    let request = pay(&envelope, "pay-1", "100", SystemTime::now());
    let sent = wire(&request, &path(&request));
    let (_, response) = exchange(&mut connect(mock.address), &sent).expect("an answer");
    let verified = envelope.verify(&PAY, b"{}", &response, SystemTime::now());
    assert!(verified.is_ok(), "{verified:?}");
}

/// Checks that the documentation explains exactly the words that the gateway accepts.
#[test]
fn the_documentation_has_every_fault_and_header() {
    let page = std::fs::read_to_string("../../docs/mock-gateway.md").expect("the page");
    let why = Fault::parse_list("?").expect_err("no fault");
    let (_, words) = why.split_once("expected ").expect("a list");
    let words = words
        .split(", ")
        .map(|word| word.split(' ').next().unwrap_or_default());
    let words: Vec<&str> = words.collect();
    assert!(words.len() > 10, "{words:?}");
    for word in words {
        assert!(page.contains(&format!("| `{word}` |")), "no row for {word}");
    }
    let headers = [
        payspec_mock::RESULT,
        payspec_mock::FAULT,
        payspec_mock::SETTLEMENT,
        payspec_mock::NOTIFICATION,
    ];
    let said = [
        payspec_mock::NOTE,
        payspec_mock::VIOLATIONS,
        payspec_mock::OPERATION,
        payspec_mock::REPLAYED,
    ];
    for header in headers.into_iter().chain(said) {
        let page = page.to_ascii_lowercase();
        assert!(
            page.contains(&format!("`{header}")),
            "nothing about {header}"
        );
    }
}
