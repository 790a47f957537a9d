//! Flows, restarts and a storm, whose tokens expire in the middle.

use super::*;
use crate::cases::cases::tokens::demo::client::Unfinished;
use crate::cases::cases::tokens::demo::send::SendOutcome;
use payspec_runtime::client::life::Ending;
use payspec_runtime::client::{CallError, FileJournal};

#[test]
fn a_flow_goes_on_with_a_new_token() {
    let line = Line::new(all_arrive);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("payments.journal");
    let client = line.client(FakeClock::new());
    let client = client.journal(FileJournal::open(&path).expect("a journal"));
    let _ = client.send(sending("1")).expect("an answer");
    line.pass(LIFETIME);
    let mut payment = client.life(sending("2")).expect("it begins");
    let ending = client.settle(&mut payment, |_| ()).expect("it ends");
    assert!(matches!(ending, Ending::Paid(_)), "{ending:?}");
    assert_eq!(
        line.paths(),
        ["token", "payments", "payments", "token", "payments"]
    );
    let payments = line.payments();
    differ_in_token_only(&payments[1], &payments[2]);
    let journal = std::fs::read(&path).expect("a journal");
    let journal = String::from_utf8_lossy(&journal);
    assert!(canary::seen(&journal).is_empty() && !journal.contains("test-token"));
}

#[test]
fn a_restart_sends_the_same_bytes_with_a_new_token() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("payments.journal");
    let line = Line::new(|number, _| match number {
        2 => Fate::LosesItsAnswer,
        _ => Fate::Arrives,
    });
    {
        let client = line.client_with(FakeClock::new(), repeats(0));
        let client = client.journal(FileJournal::open(&path).expect("a journal"));
        let lost = client.send(sending("1"));
        assert!(matches!(lost, Err(CallError::InDoubt(_))), "{lost:?}");
    }
    let client = line.client(FakeClock::new());
    let client = client.journal(FileJournal::open(&path).expect("a journal"));
    let mut found: Vec<_> = client.unfinished().expect("it reads").into_iter().collect();
    let Some(Ok(Unfinished::Send(doubt))) = found.pop() else {
        panic!("{found:?}");
    };
    let paid = client.resend(doubt).expect("an answer");
    assert!(matches!(paid.outcome, SendOutcome::Paid), "{paid:?}");
    let payments = line.payments();
    differ_in_token_only(&payments[0], &payments[1]);
}

/// Many shops pay over a bad network while tokens expire all the time: each order is paid once, with one key, and the shops'
/// records are true.
#[test]
fn a_storm_with_tokens_that_expire_pays_each_order_once() {
    const SHOPS: usize = 4;
    const ORDERS: usize = 60;
    let line = Line::new(|number, _| {
        // A multiplicative hash, so that equal numbers of requests have equal fates.
        match (number.wrapping_mul(0x9E37_79B9) >> 12) % 20 {
            0 | 1 => Fate::IsNotSent,
            2..=4 => Fate::LosesItsAnswer,
            5 => Fate::Gets(500),
            6 => Fate::Gets(401),
            _ => Fate::Arrives,
        }
    });
    let shared = envelope();
    let shop = |shop: usize| {
        let raw = RawClient::new(shared.clone(), line.clone());
        let client = Client::from(raw.clock(FakeClock::new()).seed(7));
        let order = |order: usize| {
            // The gateway's clock runs ahead of the client's, so that tokens expire in the middle of payments.
            line.pass(LIFETIME / 3);
            let key = format!("{shop}-{order}");
            let mut payment = client.life(sending(&key)).expect("it begins");
            (key, client.settle(&mut payment, |_| ()).expect("it ends"))
        };
        (0..ORDERS).map(order).collect::<Vec<_>>()
    };
    let endings: Vec<(String, Ending<_>)> = std::thread::scope(|scope| {
        let shops: Vec<_> = (0..SHOPS)
            .map(|number| scope.spawn(move || shop(number)))
            .collect();
        let endings = shops.into_iter().map(|shop| shop.join().expect("it ends"));
        endings.flatten().collect()
    });

    let paid = line.paid.lock().expect("a ledger");
    assert!(paid.values().all(|ids| ids.len() == 1), "{paid:?}");
    let mut number = 0;
    for (key, ending) in &endings {
        match ending {
            Ending::Paid(_) => {
                number += 1;
                assert!(paid.contains_key(key), "{key} was not paid");
            }
            Ending::NotPaid(_) => assert!(!paid.contains_key(key), "{key} was paid"),
            Ending::InDoubt(_) => {}
        }
    }
    assert!(number > SHOPS * ORDERS / 2, "{number} orders are paid");
    let (mut keys, mut tokens) = (BTreeMap::new(), BTreeMap::new());
    for payment in line.payments().iter().filter(|one| one.method() == "POST") {
        let [key, token] = ["idempotency-key", "authorization"]
            .map(|name| payment.headers()[name].to_str().expect("text").to_owned());
        let own: &mut BTreeSet<String> = keys.entry(payment.body().clone()).or_default();
        own.insert(key.clone());
        let own: &mut BTreeSet<String> = tokens.entry(key).or_default();
        own.insert(token);
    }
    assert!(
        keys.values().all(|keys| keys.len() == 1),
        "one key for each order"
    );
    let renewed = tokens.values().filter(|tokens| tokens.len() > 1).count();
    assert!(renewed > 20, "{renewed} payments needed a new token");
}
