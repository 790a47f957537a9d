//! The mock gateway under load, over time and with failures: no client waits for others, memory is bounded, and
//! odd requests get a remark.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use http::Request;
use payspec_mock::{
    FAULT, Gateway, NOTE, Notifier, RESULT, Retention, SETTLEMENT, Served, Serving, Setup, Store,
    serve,
};
use payspec_runtime::client::*;
use serde_json::{Value, json};

use super::gateway::{
    CANCEL, INQUIRE, PAY, ask, code, endpoint, envelope, gateway, keys, now, opened, pay_request,
    signed,
};
use super::mock::{connect, exchange, path, pay, wire};
use super::support::{folder, payspec, root};

const REFUND: Endpoint = endpoint("/v1/payments/refund");

fn served(gateway: Gateway, serving: Serving) -> Served {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    serve(Arc::new(gateway), listener, serving).expect("it is served")
}

/// Sends a text, and returns the status and the whole text of the answer.
fn spoken(address: SocketAddr, text: &str) -> (u16, String) {
    let mut stream = connect(address);
    stream.write_all(text.as_bytes()).expect("it is sent");
    let mut got = Vec::new();
    // The gateway may close the connection before everything is read.
    let _ = stream.read_to_end(&mut got);
    let got = String::from_utf8_lossy(&got).into_owned();
    let status = got.split(' ').nth(1).and_then(|status| status.parse().ok());
    (status.unwrap_or(0), got)
}

fn note(exchange: &payspec_mock::Exchange) -> &str {
    let note = exchange.response.headers().get(NOTE);
    note.map_or("", |note| note.to_str().expect("a text"))
}

#[test]
fn six_hundred_slow_connections_keep_nobody_waiting() {
    // The gateway runs as its own process, because one process may not open so many files.
    let (temporary, folder) = folder();
    super::mock::key_folder(&temporary);
    let args = ["mock", "--listen", "127.0.0.1:0", "--keys", &folder];
    let mock = super::mock::Mock::start(&mut payspec(&args));
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
fn an_answer_that_nobody_takes_is_given_up() {
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
fn heads_and_bodies_are_refused_by_what_is_wrong_with_them() {
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
            "{post}Transfer-Encoding: chunked\r\n\r\n{}",
            "8000\r\n".to_owned() + &"x".repeat(0x8000) + "\r\n0\r\n\r\n"
        ),
    );
    assert!(large.starts_with("HTTP/1.1 200"), "{large}");
}

#[test]
fn names_of_other_sites_are_turned_away_and_browsers_protected() {
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
    let courier = Notifier::new(None).expect("a courier");
    let serving = Serving {
        courier: Some(courier),
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

#[test]
fn what_is_settled_is_forgotten_by_count_and_age() {
    let pay = |gateway: &Gateway, id: &str, later: &str, at: SystemTime| {
        let mut request = signed(&PAY, &pay_request(id, "100"));
        request
            .headers_mut()
            .insert(SETTLEMENT, later.parse().expect("a value"));
        let exchange = gateway.answer(&request, at);
        assert_eq!(code(&PAY, &exchange), "SUCCESS");
        exchange.record.replayed
    };
    let known = |gateway: &Gateway, id: &str| {
        let question = json!({ "paymentRequestId": id });
        code(&INQUIRE, &ask(gateway, &INQUIRE, &question)) == "SUCCESS"
    };
    let minute = Duration::from_secs(60);
    let gateway = gateway(|setup| {
        setup.retention = Retention {
            most: 3,
            age: 10 * minute,
        };
        setup.remote_notifications = false;
    });
    pay(&gateway, "open", "waits", now());
    for number in 0..5 {
        pay(&gateway, &format!("pay-{number}"), "succeeds", now());
    }
    let all = ["open", "pay-0", "pay-1", "pay-2", "pay-3", "pay-4"];
    let left: Vec<&str> = all.into_iter().filter(|id| known(&gateway, id)).collect();
    assert_eq!(left, ["open", "pay-3", "pay-4"]);
    // A forgotten request is new again; a remembered one is replayed.
    assert!(pay(&gateway, "pay-4", "succeeds", now()));
    assert!(!pay(&gateway, "pay-0", "succeeds", now()));
    // Ended resources are forgotten by age, open ones are not.
    pay(&gateway, "late", "succeeds", now() + 11 * minute);
    let left: Vec<&str> = all.into_iter().filter(|id| known(&gateway, id)).collect();
    assert_eq!(left, ["open"]);
    assert!(known(&gateway, "late"));
    assert_eq!(
        gateway
            .decide("pay-4", true, now())
            .map_err(|why| why.to_string()),
        Err("no request that this gateway has answered was about this".to_owned())
    );
}

#[test]
fn a_file_forgets_too_and_shrinks_in_what_it_lists() {
    let (_temporary, folder) = folder();
    let state = format!("{folder}/state");
    let start = || {
        gateway(|setup| {
            setup.ledger = Box::new(Store::open(state.as_ref()).expect("a file"));
            setup.retention.most = 2;
            setup.remote_notifications = false;
        })
    };
    let before = start();
    for number in 0..4 {
        ask(&before, &PAY, &pay_request(&format!("pay-{number}"), "100"));
    }
    drop(before);
    let after = start();
    let known = |id: &str| ask(&after, &PAY, &pay_request(id, "100")).record.replayed;
    assert!(known("pay-3") && known("pay-2"));
    assert!(!known("pay-0"));
}

/// A lookup by name must not read all entries.
#[test]
fn a_form_is_as_fast_with_many_payments_as_with_few() {
    let many = gateway(|setup| {
        setup.retention.most = usize::MAX;
        setup.remote_notifications = false;
    });
    let pay = |number: usize| {
        let mut request = signed(&PAY, &pay_request(&format!("pay-{number}"), "100"));
        request
            .headers_mut()
            .insert(SETTLEMENT, "waits".parse().expect("a value"));
        many.answer(&request, now());
    };
    let decide = |from: usize| {
        let started = Instant::now();
        for number in from..from + 20 {
            let end = many.decide(&format!("pay-{number}"), true, now());
            assert_eq!(end.map_err(|why| why.to_string()), Ok("paid".to_owned()));
        }
        started.elapsed()
    };
    (0..40).for_each(&pay);
    let few = decide(0);
    (40..2_000).for_each(&pay);
    let full = decide(20);
    // Reading all entries would take fifty times as long.
    assert!(
        full < few * 10 + Duration::from_millis(5),
        "{few:?} {full:?}"
    );
}

#[test]
fn after_a_full_disk_it_works_again() {
    let prlimit = |args: &[&str]| {
        let ran = std::process::Command::new("prlimit").args(args).status();
        ran.is_ok_and(|status| status.success())
    };
    if !prlimit(&["--version"]) {
        eprintln!("prlimit is not installed: no disk can be made full");
        return;
    }
    let (temporary, folder) = folder();
    super::mock::key_folder(&temporary);
    let state = format!("{folder}/state");
    let args = [
        "mock",
        "--listen",
        "127.0.0.1:0",
        "--keys",
        &folder,
        "--state",
        &state,
    ];
    // With the signal ignored, the limit on file sizes causes an error, as a full disk does.
    let inner = payspec(&args);
    let mut command = std::process::Command::new("sh");
    command.args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""]);
    command.arg(inner.get_program()).args(inner.get_args());
    command.current_dir(inner.get_current_dir().unwrap_or(".".as_ref()));
    let mock = super::mock::Mock::start(&mut command);
    let number = mock.child.id().to_string();
    let envelope = envelope(&format!("http://{}", mock.address), &keys());
    let mut next = 0;
    let mut paid = || {
        next += 1;
        let request = pay(&envelope, &format!("pay-{next}"), "100", SystemTime::now());
        let sent = wire(&request, &path(&request));
        exchange(&mut connect(mock.address), &sent)
            .expect("an answer")
            .1
            .status()
            .as_u16()
    };
    assert_eq!(paid(), 200);
    assert!(prlimit(&["--pid", &number, "--fsize=4096:unlimited"]));
    let full = (0..400).map(|_| paid()).find(|status| *status != 200);
    assert_eq!(full, Some(500));
    assert!(prlimit(&["--pid", &number, "--fsize=unlimited:unlimited"]));
    assert_eq!([paid(), paid()], [200, 200]);
}

#[test]
fn a_state_file_of_an_earlier_day_says_so() {
    let (_temporary, folder) = folder();
    let state = format!("{folder}/state");
    let start = || Store::open(state.as_ref()).expect("a file");
    let pay = |id: &str| {
        let store = start();
        assert_eq!(store.lost(), 0);
        let gateway = gateway(|setup| {
            setup.ledger = Box::new(store);
            setup.remote_notifications = false;
        });
        ask(&gateway, &PAY, &pay_request(id, "100"));
    };
    pay("pay-1");
    let earlier = std::fs::read(&state).expect("a file");
    pay("pay-2");
    std::fs::write(&state, earlier).expect("a file");
    assert_eq!(start().lost(), 1);
    // The loss is reported once.
    pay("pay-3");
    let opened = start();
    let twice = Store::open(state.as_ref()).expect_err("it is open");
    assert!(twice.to_string().contains("stop the process"), "{twice}");
    drop(opened);
    let whole = std::fs::read(&state).expect("a file");
    std::fs::write(&state, &whole[..whole.len() / 2]).expect("a file");
    let cut = Store::open(state.as_ref()).expect_err("it is cut");
    assert!(cut.to_string().contains("restore a copy"), "{cut}");
}

#[test]
fn a_repetition_after_a_cancellation_is_refused() {
    let gateway = gateway(|_| {});
    let by_id = json!({ "paymentRequestId": "pay-1" });
    let body = pay_request("pay-1", "100");
    assert_eq!(code(&PAY, &ask(&gateway, &PAY, &body)), "SUCCESS");
    assert!(ask(&gateway, &PAY, &body).record.replayed);
    assert_eq!(code(&CANCEL, &ask(&gateway, &CANCEL, &by_id)), "SUCCESS");
    for _ in 0..2 {
        let late = ask(&gateway, &PAY, &body);
        assert_eq!(code(&PAY, &late), "ORDER_IS_CANCELED");
    }
    // The cancellation itself may come again.
    assert_eq!(code(&CANCEL, &ask(&gateway, &CANCEL, &by_id)), "SUCCESS");
    // A request that differs otherwise is still a conflict.
    let other = ask(&gateway, &PAY, &pay_request("pay-1", "101"));
    assert_eq!(code(&PAY, &other), "REPEAT_REQ_INCONSISTENT");
}

#[test]
fn what_nobody_began_and_what_is_too_much_is_told() {
    let gateway = gateway(|_| {});
    let cancelled = ask(&gateway, &CANCEL, &json!({ "paymentRequestId": "nobody" }));
    assert!(note(&cancelled).contains("no request that this gateway has answered"));
    let refund = |id: &str, payment: &Value, value: &str, currency: &str| {
        let body = json!({
            "refundRequestId": id,
            "paymentId": payment,
            "refundAmount": { "value": value, "currency": currency },
        });
        ask(&gateway, &REFUND, &body)
    };
    let unknown = refund("refund-0", &json!("20230101000000000000"), "1", "USD");
    assert!(note(&unknown).contains("paymentId"), "{}", note(&unknown));
    let body = pay_request("pay-1", "100");
    let currency = body["paymentAmount"]["currency"]
        .as_str()
        .expect("a currency")
        .to_owned();
    let payment = opened(&PAY, &ask(&gateway, &PAY, &body))["paymentId"].clone();
    let first = refund("refund-1", &payment, "60", &currency);
    assert_eq!(note(&first), "");
    let second = refund("refund-2", &payment, "60", &currency);
    assert!(note(&second).contains("120"), "{}", note(&second));
    // A repeated refund claims nothing more.
    let again = refund("refund-2", &payment, "60", &currency);
    assert!(again.record.replayed);
    let other = refund(
        "refund-3",
        &payment,
        "1",
        if currency == "EUR" { "USD" } else { "EUR" },
    );
    assert!(note(&other).contains(&currency), "{}", note(&other));
}

#[test]
fn times_that_are_odd_are_told_and_clocks_that_are_wrong_do_no_harm() {
    let gateway = gateway(|_| {});
    let envelope = envelope("https://open.example", &keys());
    let at = |apart: i64| match apart < 0 {
        true => now() - Duration::from_secs(apart.unsigned_abs()),
        false => now() + Duration::from_secs(apart.unsigned_abs()),
    };
    for (apart, part) in [
        (0, ""),
        (30, ""),
        (-3_600, "3600 seconds behind"),
        (3_600, "3600 seconds ahead"),
    ] {
        let body = pay_request(&format!("pay{apart}"), "100")
            .to_string()
            .into_bytes();
        let request = envelope.sign(&PAY, body, at(apart)).expect("a request");
        let exchange = gateway.answer(&request, now());
        assert_eq!(code(&PAY, &exchange), "SUCCESS");
        assert!(note(&exchange).contains(part), "{}", note(&exchange));
        assert_eq!(
            note(&exchange).is_empty(),
            part.is_empty(),
            "{}",
            note(&exchange)
        );
    }
    for clock in [
        UNIX_EPOCH - Duration::from_secs(86_400),
        UNIX_EPOCH + Duration::from_secs(260_000_000_000),
    ] {
        let mut body = pay_request("pay-1", "100");
        body["paymentNotifyUrl"] = "http://127.0.0.1:9/".into();
        let gateway = super::gateway::gateway(|_| {});
        let exchange = gateway.answer(&signed(&PAY, &body), clock);
        let time = exchange.response.headers()["response-time"]
            .to_str()
            .expect("a text");
        assert!(
            time.starts_with("1970-01-01") || time.starts_with("9999-12-31"),
            "{time}"
        );
        assert_eq!(exchange.record.code.as_deref(), Some("SUCCESS"));
        // Each payment has one notification due, and not all of its later attempts.
        assert_eq!(
            gateway.notifications(clock).expect("notifications").len(),
            1
        );
        assert!(
            gateway
                .notifications(clock)
                .expect("notifications")
                .is_empty()
        );
    }
}

#[test]
fn a_time_in_seconds_is_named() {
    let gateway = gateway(|_| {});
    let key = SigningKey::from_text(&keys().client.private).expect("a key");
    for (time, part) in [
        ("1700000000", "seconds"),
        ("2023-11-14T22:13:20Z", "ISO 8601"),
        ("1700000000000000", "microseconds"),
    ] {
        let body = pay_request(&format!("pay-{}", time.len()), "100").to_string();
        let mut request = signed(&PAY, &Value::Null);
        *request.body_mut() = body.clone().into_bytes();
        let signed = Signed {
            method: "POST",
            uri: request.uri().path(),
            client_id: super::gateway::CLIENT,
            time,
            body: body.as_bytes(),
        };
        let header = SignatureHeader {
            algorithm: "RSA256",
            key_version: Some("1"),
            signature: key
                .sign(&signed.content(super::gateway::CONTENT))
                .expect("it signs"),
        };
        let header = header.to_text(&super::gateway::RECIPE.keys);
        let headers = request.headers_mut();
        headers.insert("signature", header.parse().expect("a value"));
        headers.insert("request-time", time.parse().expect("a value"));
        let exchange = gateway.answer(&request, now());
        assert_eq!(
            exchange.record.code.as_deref(),
            Some("SUCCESS"),
            "{}",
            note(&exchange)
        );
        assert!(note(&exchange).contains(part), "{}", note(&exchange));
    }
}

#[test]
fn a_wish_for_what_is_not_there_is_a_bad_request() {
    let gateway = gateway(|_| {});
    let mut request: Request<Vec<u8>> = signed(&PAY, &pay_request("pay-1", "100"));
    request
        .headers_mut()
        .insert(RESULT, "NO_SUCH_CODE".parse().expect("a value"));
    let refused = gateway.answer(&request, now());
    assert_eq!(refused.response.status(), 400);
    assert!(note(&refused).contains("NO_SUCH_CODE"));
    request.headers_mut().remove(RESULT);
    let paid = gateway.answer(&request, now());
    assert!(!paid.record.replayed, "it left no trace");
    // A compressed body cannot be read, and the note says so.
    request
        .headers_mut()
        .insert("content-encoding", "gzip".parse().expect("a value"));
    request
        .headers_mut()
        .insert(FAULT, "delay=0".parse().expect("a value"));
    assert!(note(&gateway.answer(&request, now())).contains("compressed"));
}

#[test]
fn a_spec_without_a_signature_is_served_without_a_word_of_keys() {
    let (_temporary, folder) = folder();
    let spec = root().join("tests/cases/results");
    let spec = spec.to_str().expect("a path");
    let (said, listen) = (format!("{folder}/said"), "127.0.0.1:0");
    let inner = payspec(&["mock", "--spec", spec, "--listen", listen]);
    let mut command = std::process::Command::new("sh");
    command.args(["-c", "exec \"$0\" \"$@\" 2>\"$SAID\""]);
    command.env("SAID", &said).arg(inner.get_program());
    command.args(inner.get_args());
    let mock = super::mock::Mock::start(&mut command);
    let get = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    let (status, page) = spoken(mock.address, get);
    assert_eq!(status, 200);
    let said = std::fs::read_to_string(said).expect("what it said");
    assert!(!said.contains("key"), "{said}");
    assert!(!page.contains("private key"), "{page}");
}

#[test]
fn what_must_repeat_is_compared_as_a_value() {
    let spec = root().join("tests/cases/results");
    let model = payspec_model::load(&spec)
        .model
        .expect("the spec has no errors");
    let gateway = Gateway::new(model, Setup::unsigned()).expect("it can be played");
    let send = |price: Value| {
        let body = json!({ "requestId": "id-1", "price": price }).to_string();
        let request = Request::post("/send")
            .body(body.into_bytes())
            .expect("a request");
        gateway.answer(&request, now()).record
    };
    let first = send(json!("10"));
    assert_eq!(first.code.as_deref(), Some("SUCCESS"), "{:?}", first.note);
    for price in [json!("10"), json!(10)] {
        let again = send(price);
        assert!(again.replayed, "{:?}", again.note);
    }
    assert_eq!(send(json!(11)).code.as_deref(), Some("SOLD_OUT"));
}

#[test]
fn what_was_begun_under_a_key_is_found_by_that_key() {
    let (_temporary, path) = folder();
    let spec = format!("{path}/spec");
    assert_eq!(crate::support::with(&["init", &spec]).code, Some(0));
    let example = format!("{spec}/shop/examples/place-order.request.json");
    let order = std::fs::read(example).expect("the example");
    let loaded = payspec_model::load(std::path::Path::new(&spec));
    let model = loaded.model.expect("the spec has no errors");
    let gateway = Gateway::new(model, Setup::unsigned()).expect("it can be played");
    let send = |path: &str, body: Vec<u8>| {
        let request = Request::post(format!("/api/v1/orders{path}")).body(body);
        gateway.answer(&request.expect("a request"), now())
    };
    let mut other: Value = serde_json::from_slice(&order).expect("JSON");
    other["amount"]["value"] = json!(1);
    let placed = send("", order);
    assert_eq!(placed.response.status(), 200);
    assert_eq!(note(&placed), "");
    let find = |id: &str| send("/find", json!({ "requestId": id }).to_string().into_bytes());
    let found = find("order-0001");
    let answer: Value = serde_json::from_slice(found.response.body()).expect("JSON");
    assert_eq!((note(&found), &answer["orderStatus"]), ("", &json!("PAID")));
    assert!(note(&find("nobody")).contains("no request that this gateway has answered"));
    // The spec has no code for a conflict, so the gateway answers with HTTP status 409.
    let conflict = send("", other.to_string().into_bytes());
    assert_eq!(conflict.response.status(), 409);
    assert!(
        note(&conflict).contains("conflict_code"),
        "{}",
        note(&conflict)
    );
}

#[test]
fn a_get_request_is_answered_without_a_body() {
    let mut files = payspec_model::source::Memory::default();
    let api = "payspec: 1\nid: demo\ntitle: Demo\ndescription: Reads a status.\n\
               sources: { page: { title: A page, date: unknown } }\nsource: page\n";
    let operation = "id: read_status\ntitle: Read\ndescription: Reads the status.\nsource: page\n\
                     method: GET\npath: /status\nrequest: { fields: {} }\n\
                     response:\n  fields:\n    text: { type: string, description: The status. }\n";
    for (path, text) in [("api.yaml", api), ("operations/read.yaml", operation)] {
        let path = format!("demo/{path}");
        files.files.insert(path, text.as_bytes().to_vec());
    }
    let loaded = payspec_model::load_from(&files);
    let model = loaded.model.expect("the spec has no errors");
    let gateway = Gateway::new(model, Setup::unsigned()).expect("it can be played");
    for (body, expected) in [("", 200), ("{}", 200), ("{\"text\"", 400)] {
        let request = Request::get("/status").body(body.as_bytes().to_vec());
        let exchange = gateway.answer(&request.expect("a request"), now());
        let status = exchange.response.status().as_u16();
        assert_eq!(status, expected, "{body}: {}", note(&exchange));
    }
}
