//! The state of the gateway over time: retention, state files and a full disk.

use std::time::{Duration, Instant, SystemTime};

use payspec_mock::{Gateway, Retention, SETTLEMENT, Store};
use serde_json::json;

use super::{INQUIRE, PAY, ask, code, envelope, gateway, keys, now, pay_request, signed};
use crate::mock::{connect, exchange, path, pay, wire};
use crate::support::{folder, payspec};

#[test]
fn ended_resources_are_forgotten_by_count_and_age() {
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
        Err("unknown id: no earlier request to this gateway used it".to_owned())
    );
}

#[test]
fn a_state_file_forgets_ended_resources() {
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
    // The fastest of twenty: other processes slow some of them down, but hardly all.
    let decide = |from: usize| {
        let took = (from..from + 20).map(|number| {
            let started = Instant::now();
            let end = many.decide(&format!("pay-{number}"), true, now());
            assert_eq!(end.map_err(|why| why.to_string()), Ok("paid".to_owned()));
            started.elapsed()
        });
        took.min().unwrap_or_default()
    };
    (0..40).for_each(&pay);
    let few = decide(0);
    (40..1_000).for_each(&pay);
    let full = decide(20);
    // Reading all entries would take 25 times as long.
    assert!(
        full < few * 10 + Duration::from_micros(250),
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
    crate::mock::key_folder(&temporary);
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
    let mock = crate::mock::Mock::start(&mut command);
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
fn an_older_copy_of_a_state_file_is_reported() {
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
