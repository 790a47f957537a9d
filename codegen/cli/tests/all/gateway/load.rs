//! The gateway under load: no client waits for others, and bad connections are closed.

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use payspec_mock::{Gateway, Notifier, Served, Serving, serve};

use super::{PAY, envelope, gateway, keys, pay_request, signed, spoken};
use crate::mock::{connect, exchange, path, pay, wire};
use crate::support::{folder, payspec};

fn served(gateway: Gateway, serving: Serving) -> Served {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    serve(Arc::new(gateway), listener, serving).expect("it is served")
}

#[test]
fn six_hundred_slow_connections_delay_no_client() {
    // The gateway runs as its own process, because one process may not open so many files.
    let (temporary, folder) = folder();
    crate::mock::key_folder(&temporary);
    let args = ["mock", "--listen", "127.0.0.1:0", "--keys", &folder];
    let mock = crate::mock::Mock::start(&mut payspec(&args));
    let address = mock.address;
    let page = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let slow: Vec<TcpStream> = (0..600)
        .map(|number| {
            let mut stream = connect(address);
            let text = match number % 4 {
                0 => String::new(),
                1 => "POST /ams HTTP/1.1\r\nHost: x\r\nX-".to_owned(),
                2 => "POST /ams HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{".to_owned(),
                // It requests a lot and reads none of it.
                _ => page.repeat(200),
            };
            // The connection may have lost its place already.
            let _ = stream.write_all(text.as_bytes());
            stream
        })
        .collect();
    let started = Instant::now();
    let envelope = envelope(&format!("http://{address}"), &keys());
    for number in 0..10 {
        let request = pay(
            &envelope,
            &format!("pay-{number}"),
            "100",
            SystemTime::now(),
        );
        let sent = wire(&request, &path(&request));
        assert!(exchange(&mut connect(address), &sent).is_some());
    }
    let took = started.elapsed();
    assert!(took < Duration::from_secs(15), "{took:?}");
    drop(slow);
}

#[test]
fn a_client_that_does_not_read_its_answer_is_disconnected() {
    let mut serving = Serving::default();
    serving.limits.timeout = Duration::from_millis(300);
    let served = served(gateway(|_| {}), serving);
    let mut stream = connect(served.address());
    let pages = 20_000;
    let asked = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(pages);
    let mut writer = stream.try_clone().expect("a stream");
    let writing = std::thread::spawn(move || drop(writer.write_all(asked.as_bytes())));
    std::thread::sleep(Duration::from_secs(3));
    // The buffered pages arrive, and then the connection is closed before the others.
    let mut got = Vec::new();
    let _ = stream.read_to_end(&mut got);
    writing.join().expect("a thread");
    assert!(got.len() < pages * 1_000, "{} bytes came", got.len());
}

#[test]
fn a_request_of_a_client_that_is_gone_is_logged() {
    let (tell, told) = std::sync::mpsc::channel();
    let serving = Serving {
        tell: Some(tell),
        hosts: vec!["here".to_owned()],
        ..Serving::default()
    };
    let served = served(gateway(|_| {}), serving);
    let envelope = envelope(&format!("http://{}", served.address()), &keys());
    let ids: BTreeSet<String> = (0..20).map(|number| format!("gone-{number}")).collect();
    let requests: Vec<Vec<u8>> = ids
        .iter()
        .map(|id| {
            let request = pay(&envelope, id, "100", SystemTime::now());
            wire(&request, &path(&request))
        })
        .collect();
    for request in &requests {
        let mut stream = connect(served.address());
        stream.write_all(request).expect("it is sent");
    }
    // A client that waits: its request is a repetition, unless the first one was never read.
    for request in &requests {
        assert!(exchange(&mut connect(served.address()), request).is_some());
    }
    let mut processed = BTreeSet::new();
    while processed != ids {
        let entry = told.recv_timeout(Duration::from_secs(10));
        let entry = entry.unwrap_or_else(|_| panic!("only {processed:?} were logged"));
        if !entry.replayed {
            let id = entry.key.expect("a key");
            assert!(processed.insert(id), "processed twice");
        }
    }
}

#[test]
fn bad_heads_and_bodies_get_their_status() {
    let served = served(gateway(|_| {}), Serving::default());
    let address = served.address();
    let post = "POST /ams/api/v1/payments/pay HTTP/1.1\r\nHost: localhost\r\n";
    let filled = |bytes: usize| {
        let lines = bytes / 2_048;
        let line = format!(": {}\r\n", "y".repeat(2_048 - 10));
        let lines: String = (0..lines)
            .map(|number| format!("x-{number:04}{line}"))
            .collect();
        format!("{post}{lines}Content-Length: 0\r\nConnection: close\r\n\r\n")
    };
    for (text, status) in [
        // A stated length that is too large is refused before the body arrives.
        (format!("{post}Content-Length: 10000000000\r\n\r\n"), 413),
        (format!("{post}Content-Length: 1048577\r\n\r\n"), 413),
        (
            format!("{post}Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n"),
            400,
        ),
        (
            format!("{post}Transfer-Encoding: chunked\r\n\r\n5\r\nab"),
            0,
        ),
        (filled(56 * 1024), 200),
        (filled(66 * 1024), 431),
        (filled(100 * 1024), 431),
    ] {
        let started = Instant::now();
        if status == 0 {
            // A request that breaks off gets no answer.
            let mut stream = connect(address);
            stream.write_all(text.as_bytes()).expect("it is sent");
            drop(stream);
            continue;
        }
        let (got, said) = spoken(address, &text);
        assert_eq!(got, status, "{}: {said}", text.len());
        assert!(started.elapsed() < Duration::from_secs(10), "{text}");
    }
    let (_, large) = spoken(
        address,
        &format!(
            "{post}Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n{}",
            "8000\r\n".to_owned() + &"x".repeat(0x8000) + "\r\n0\r\n\r\n"
        ),
    );
    assert!(large.starts_with("HTTP/1.1 200"), "{large}");
}

#[test]
fn other_host_names_are_refused_and_browsers_protected() {
    let serving = Serving {
        hosts: vec!["mock.example".to_owned()],
        ..Serving::default()
    };
    let served = served(gateway(|_| {}), serving);
    let address = served.address();
    let form = "name=x&does=notify";
    let post = |host: &str| {
        let origin = format!("Origin: http://{host}\r\n");
        let length = form.len();
        format!(
            "POST /payspec HTTP/1.1\r\nHost: {host}\r\n{origin}Connection: close\r\nContent-Length: {length}\r\n\r\n{form}"
        )
    };
    let get = |host: &str| format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    for host in [
        "evil.example",
        "evil.example:8080",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
    ] {
        assert_eq!(spoken(address, &get(host)).0, 421, "{host}");
        assert_eq!(spoken(address, &post(host)).0, 421, "{host}");
    }
    for host in [
        "localhost:9000",
        "127.0.0.1",
        "[::1]:80",
        "mock.example",
        "open-sea-global.alipay.com",
        "gateway",
    ] {
        let (status, said) = spoken(address, &get(host));
        assert_eq!(status, 200, "{host}");
        let said = said.to_ascii_lowercase();
        assert!(said.contains("x-content-type-options: nosniff"), "{said}");
        assert!(
            said.contains("content-security-policy: default-src 'none'"),
            "{said}"
        );
        assert_eq!(spoken(address, &post(host)).0, 404, "{host}");
    }
    let twice = "GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n";
    assert_eq!(spoken(address, twice).0, 400);
    let none = |version: &str| format!("GET / HTTP/{version}\r\nConnection: close\r\n\r\n");
    assert_eq!(spoken(address, &none("1.1")).0, 400);
    assert_eq!(spoken(address, &none("1.0")).0, 200);
}

#[test]
fn a_silent_shop_delays_no_other() {
    let notifier = Notifier::new(None).expect("a notifier");
    let serving = Serving {
        notifier: Some(notifier),
        ..Serving::default()
    };
    let gateway = Arc::new(gateway(|_| {}));
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let _served = serve(Arc::clone(&gateway), listener, serving).expect("it is served");
    let silent = TcpListener::bind("127.0.0.1:0").expect("a port");
    let lively = TcpListener::bind("127.0.0.1:0").expect("a port");
    let report = |id: String, shop: &TcpListener| {
        let mut body = pay_request(&id, "100");
        let address = shop.local_addr().expect("an address");
        body["paymentNotifyUrl"] = format!("http://{address}/notify").into();
        gateway.answer(&signed(&PAY, &body), SystemTime::now());
    };
    for number in 0..40 {
        report(format!("pay-{number}"), &silent);
    }
    std::thread::sleep(Duration::from_millis(500));
    report("pay-last".to_owned(), &lively);
    let started = Instant::now();
    lively.set_nonblocking(true).expect("a listener");
    while lively.accept().is_err() {
        assert!(started.elapsed() < Duration::from_secs(8), "nothing comes");
        std::thread::sleep(Duration::from_millis(20));
    }
}
