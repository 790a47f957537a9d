//! `payspec mock` as a tester of a client sees it: TLS, delivery of notifications, limits and shutdown.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use http::{Request, Response};
use payspec_mock::{Gateway, Limits, Serving, Setup, serve};
use payspec_runtime::client::*;
use serde_json::Value;
use ureq::tls::{Certificate, RootCerts, TlsConfig};

use super::gateway::{PAY, envelope, keys, model, pay_request};
use super::mock::{Mock, connect, exchange, key_folder, path, pay, wire};
use super::support::{file, folder, payspec, with};

const TIMEOUT: Duration = Duration::from_secs(20);

/// Starts a gateway as a process, with keys in this folder and logs in JSON.
fn mock(folder: &str, more: &[&str]) -> Mock {
    let mut args = vec!["mock", "--listen", "127.0.0.1:0", "--keys", folder];
    args.extend(["--format", "json"]);
    args.extend(more);
    Mock::start(&mut payspec(&args))
}

fn line(mock: &Mock) -> Value {
    let line = mock.lines.recv_timeout(TIMEOUT).expect("a line");
    serde_json::from_str(&line).expect("a record")
}

fn url(mock: &Mock, scheme: &str) -> String {
    format!("{scheme}://localhost:{}", mock.address.port())
}

/// Sends a payment that asks for a notification at this address.
fn pay_and_report(mock: &Mock, id: &str, address: &str) -> Response<Vec<u8>> {
    let envelope = envelope(&url(mock, "http"), &keys());
    let mut body = pay_request(id, "100");
    body["paymentNotifyUrl"] = address.into();
    let body = body.to_string().into_bytes();
    let request = envelope
        .sign(&PAY, &body, SystemTime::now())
        .expect("a request");
    let sent = wire(&request, &path(&request));
    let answer = exchange(&mut connect(mock.address), &sent);
    answer.expect("an answer").1
}

/// A plain request without a signature.
fn plain(address: SocketAddr, head: &str, body: &str) -> (u16, String) {
    let mut stream = connect(address);
    let length = body.len();
    let text = format!("{head}\r\nHost: {address}\r\nContent-Length: {length}\r\n\r\n{body}");
    let (_, response) = exchange(&mut stream, text.as_bytes()).expect("an answer");
    let text = String::from_utf8_lossy(response.body()).into_owned();
    (response.status().as_u16(), text)
}

fn transport(trusted: Option<&str>) -> Ureq {
    let provider = Arc::new(rustls_provider());
    let mut tls = TlsConfig::builder().unversioned_rustls_crypto_provider(provider);
    if let Some(pem) = trusted {
        let certificate = Certificate::from_pem(pem.as_bytes()).expect("a certificate");
        tls = tls.root_certs(RootCerts::new_with_certs(&[certificate]));
    }
    let config = ureq::Agent::config_builder().tls_config(tls.build());
    let config = config.proxy(None).timeout_global(Some(TIMEOUT));
    config.build().new_agent().into()
}

fn rustls_provider() -> tokio_rustls::rustls::crypto::CryptoProvider {
    tokio_rustls::rustls::crypto::aws_lc_rs::default_provider()
}

#[test]
fn a_client_that_trusts_the_certificate_pays_by_tls() {
    let (temporary, folder) = folder();
    key_folder(&temporary);
    let certificate = format!("{folder}/ca.pem");
    let mock = mock(
        &folder,
        &["--tls-self-signed", "--tls-ca-out", &certificate],
    );
    let trusted = std::fs::read_to_string(&certificate).expect("a certificate");
    let address = mock.address.to_string();
    for host in [url(&mock, "https"), format!("https://{address}")] {
        let envelope = envelope(&host, &keys());
        let request = pay(&envelope, "pay-1", "100", SystemTime::now());
        let answer = transport(Some(&trusted)).send(request).expect("an answer");
        let answer = envelope
            .verify(&PAY, b"{}", &answer, SystemTime::now())
            .expect("signed");
        let json: Value = serde_json::from_slice(answer.body()).expect("JSON");
        assert_eq!(json["paymentRequestId"], "pay-1");
    }
    // A client that does not trust the certificate sends nothing.
    let envelope = envelope(&url(&mock, "https"), &keys());
    let request = pay(&envelope, "pay-2", "100", SystemTime::now());
    let refused = transport(None).send(request).expect_err("no trust");
    assert!(matches!(
        refused,
        TransportError::NotSent(_) | TransportError::NoAnswer(_)
    ));
    let other = format!("{folder}/other.pem");
    let second = super::mock_process::mock(&folder, &["--tls-self-signed", "--tls-ca-out", &other]);
    let request = pay(&envelope, "pay-3", "100", SystemTime::now());
    let other = std::fs::read_to_string(&other).expect("a certificate");
    drop(second);
    transport(Some(&other))
        .send(request)
        .expect_err("the authority of another run");
    let keys: Vec<Value> = (0..2).map(|_| line(&mock)["key"].clone()).collect();
    assert_eq!(keys, ["pay-1", "pay-1"]);
    // A gateway with TLS does not understand plain HTTP.
    let mut stream = connect(mock.address);
    stream
        .write_all(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n")
        .expect("it is sent");
    let mut got = Vec::new();
    let _ = stream.read_to_end(&mut got);
    assert!(!got.starts_with(b"HTTP"), "{got:?}");
}

/// Answers one request with each of these HTTP statuses and an acknowledgement, and returns the requests.
fn shop(statuses: &'static [u16]) -> (String, std::thread::JoinHandle<Vec<Request<Vec<u8>>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let thread = std::thread::spawn(move || {
        let mut got = Vec::new();
        for status in statuses {
            let (stream, _) = listener.accept().expect("a connection");
            got.push(hear(stream, *status));
        }
        got
    });
    (format!("http://{address}/notify?shop=1"), thread)
}

fn hear(mut stream: TcpStream, status: u16) -> Request<Vec<u8>> {
    stream.set_read_timeout(Some(TIMEOUT)).expect("a timeout");
    let mut reader = BufReader::new(stream.try_clone().expect("a stream"));
    let mut first = String::new();
    reader.read_line(&mut first).expect("a line");
    let mut words = first.split(' ');
    let (method, target) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let mut request = Request::builder().method(method).uri(target);
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).expect("a line");
        let Some((name, value)) = line.trim_end().split_once(": ") else {
            break;
        };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.parse().expect("a length");
        }
        request = request.header(name, value);
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("a body");
    let reply =
        r#"{"result":{"resultStatus":"S","resultCode":"SUCCESS","resultMessage":"success"}}"#;
    let text = format!(
        "HTTP/1.1 {status} X\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{reply}",
        reply.len()
    );
    stream.write_all(text.as_bytes()).expect("it is sent");
    request.body(body).expect("a request")
}

#[test]
fn a_notification_is_sent_until_the_shop_acknowledges_it() {
    let (temporary, folder) = folder();
    key_folder(&temporary);
    let mock = mock(&folder, &[]);
    let (address, shop) = shop(&[503, 200]);
    let started = Instant::now();
    pay_and_report(&mock, "pay-1", &address);
    let got = shop.join().expect("the shop gets notifications");
    assert!(
        started.elapsed() >= Duration::from_secs(1),
        "it came again too soon"
    );
    for request in &got {
        // The client's own verification accepts the notification.
        let verifier = VerifyingKey::from_text(&keys().gateway.public).expect("a key");
        let header = |name: &str| request.headers()[name].to_str().expect("a text");
        let signed = Signed {
            method: "POST",
            uri: "/notify?shop=1",
            client_id: header("client-id"),
            time: header("request-time"),
            body: request.body(),
        };
        let recipe = &super::gateway::RECIPE;
        let signature = SignatureHeader::parse(header("signature"), &recipe.keys).expect("one");
        assert!(verifier.verify(&signed.content(recipe.request), &signature.signature));
        let json: Value = serde_json::from_slice(request.body()).expect("JSON");
        assert_eq!(json["paymentRequestId"], "pay-1");
    }
    // The line about the payment is written after its answer, so the first notification may come before.
    let records = [line(&mock), line(&mock), line(&mock)];
    let is_payment = |one: &Value| one["operation"] == "pay_entry_code";
    let (payments, notes): (Vec<_>, Vec<_>) = records.into_iter().partition(is_payment);
    assert_eq!(payments.len(), 1);
    let notes = notes.iter().map(|one| {
        assert_eq!(one["operation"], "notify_payment");
        assert_eq!(one["path"], "/notify", "the query is not shown");
        one["note"].as_str().unwrap_or_default().to_owned()
    });
    let notes: Vec<String> = notes.collect();
    assert!(
        notes[0].contains("not acknowledged: the HTTP status is 503"),
        "{notes:?}"
    );
    assert!(
        notes[1].ends_with("2 of 6, paid: acknowledged"),
        "{notes:?}"
    );
}

#[test]
fn no_notification_goes_to_another_machine() {
    let (temporary, folder) = folder();
    key_folder(&temporary);
    let mock = mock(&folder, &[]);
    let answer = pay_and_report(&mock, "pay-1", "https://shop.example/notify");
    assert_eq!(answer.status(), 200);
    let note = line(&mock)["note"].clone();
    assert!(
        note.as_str()
            .is_some_and(|note| note.contains("not on this machine")),
        "{note}"
    );
}

#[test]
fn a_form_settles_a_payment() {
    let (temporary, folder) = folder();
    key_folder(&temporary);
    let mock = mock(&folder, &["--settlement", "waits"]);
    pay_and_report(&mock, "pay 1", "http://127.0.0.1:9/");
    let post = "POST /payspec HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded";
    let own = format!("{post}\r\nOrigin: http://{}", mock.address);
    let others = format!("{post}\r\nOrigin: http://evil.example");
    for (head, body, status, part) in [
        (post, "name=pay-2&does=succeeds", 404, "no earlier request"),
        (post, "name=pay+1&does=notify", 409, "still open"),
        (
            post,
            "name=pay+1&does=dance",
            400,
            "succeeds, fails, notify",
        ),
        (post, "does=fails", 400, "`name`"),
        (post, "name=pay+1&does=fails&x=1", 400, "unknown field `x`"),
        (
            &others,
            "name=pay+1&does=fails",
            403,
            "only the gateway's own page",
        ),
        ("GET /payspec HTTP/1.1", "", 405, "POST"),
        (&own, "name=pay%201&does=succeeds", 200, "paid"),
        (post, "name=pay+1&does=fails", 409, "already ended: paid"),
        (post, "name=pay+1&does=notify", 200, "paid"),
    ] {
        let (got, text) = plain(mock.address, head, body);
        assert_eq!(got, status, "{body}: {text}");
        assert!(text.contains(part), "{body}: {text}");
    }
    let (got, _) = plain(
        mock.address,
        &format!("{post}\r\nAccept: text/html"),
        "name=pay+1&does=notify",
    );
    assert_eq!(got, 303, "back to the page");
}

#[test]
fn unknown_words_are_refused() {
    for (args, part) in [
        (&["--settlement", "perhaps"][..], "succeeds=SECONDS"),
        (&["--tls-ca-out", "x"], "--tls-self-signed"),
        (&["--notify-ca", "/nowhere/ca.pem"], "/nowhere/ca.pem"),
    ] {
        let args: Vec<&str> = ["mock", "--listen", "127.0.0.1:0"]
            .iter()
            .chain(args)
            .copied()
            .collect();
        let run = with(&args);
        assert_eq!(run.code, Some(2), "{run}");
        assert!(run.stderr.contains(part), "{run}");
    }
}

#[test]
fn a_script_says_where_it_is_wrong() {
    let (temporary, folder) = folder();
    key_folder(&temporary);
    for (text, place) in [
        ("{\"steps\": [\n  {\"fault\": }\n]}", ":2:13"),
        (
            "{\"steps\": [\n  {}, {\"settlement\": \"perhaps\"}\n]}",
            ":2:7",
        ),
        ("{\"steps\": [{\"notification\": \"truncate\"}]}", ":1:12"),
        (
            "{\"amounts\": {\n\"1\": \"SUCCESS\",\n\"2\": \"NOTHING\"}}",
            ":3:6",
        ),
    ] {
        let script = file(&temporary, "script.json", text.as_bytes());
        let run = with(&[
            "mock",
            "--listen",
            "127.0.0.1:0",
            "--keys",
            &folder,
            "--script",
            &script,
        ]);
        assert_eq!(run.code, Some(2), "{run}");
        assert!(
            run.stderr.contains("script.json") && run.stderr.contains(place),
            "{run}"
        );
        assert!(run.stdout.is_empty(), "{run}");
    }
}

#[test]
fn a_port_that_is_taken_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    let (temporary, folder) = folder();
    key_folder(&temporary);
    let run = with(&["mock", "--listen", &address, "--keys", &folder]);
    assert_eq!(run.code, Some(2), "{run}");
    assert!(run.stderr.contains(&address), "{run}");
}

#[cfg(unix)]
#[test]
fn it_stops_on_a_signal() {
    let (temporary, folder) = folder();
    key_folder(&temporary);
    for signal in ["-INT", "-TERM"] {
        let mut mock = mock(&folder, &["--state", &format!("{folder}/state")]);
        pay_and_report(&mock, "pay-1", "http://127.0.0.1:9/");
        let number = mock.child.id().to_string();
        let sent = Command::new("kill").args([signal, &number]).status();
        assert!(sent.expect("`kill` is there").success());
        let ended = mock.child.wait().expect("it ends");
        assert_eq!(ended.code(), Some(0), "{signal}: {ended}");
    }
}

/// Returns whether the other side closes the connection, however much it sends before.
fn is_closed(mut stream: TcpStream) -> bool {
    let mut got = Vec::new();
    stream.read_to_end(&mut got).is_ok()
}

#[test]
fn slow_clients_are_disconnected() {
    let limits = Limits {
        timeout: Duration::from_millis(300),
        connections: 8,
        ..Limits::default()
    };
    let gateway = Gateway::new(model(), Setup::with(&keys())).expect("a gateway");
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let serving = Serving {
        limits,
        ..Serving::default()
    };
    let served = serve(Arc::new(gateway), listener, serving).expect("it is served");
    let address = served.address();
    let begin = |text: &str| {
        let mut stream = connect(address);
        stream.write_all(text.as_bytes()).expect("it is sent");
        stream
    };
    // More slow connections than places: nothing sent, half a head, half a body.
    let slow: Vec<TcpStream> = (0..12)
        .map(|number| match number % 3 {
            0 => begin(""),
            1 => begin("POST /ams HTTP/1.1\r\nHost: x\r\nX-"),
            _ => begin("POST /ams HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{"),
        })
        .collect();
    let envelope = envelope(&format!("http://{address}"), &keys());
    let request = pay(&envelope, "pay-1", "100", SystemTime::now());
    let sent = wire(&request, &path(&request));
    // A valid request waits for a place, and gets one.
    assert!(exchange(&mut connect(address), &sent).is_some());
    assert!(slow.into_iter().all(is_closed));
    assert_eq!(served.recent().len(), 1, "nothing else is an exchange");
}
