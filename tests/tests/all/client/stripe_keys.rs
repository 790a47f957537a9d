//! Stripe keeps a key for a day. After that the same request under the same key is a second payment, so a single call is
//! not sent again, however the program comes by it.

use http::{Request, Response};
use payspec_mock::{MockGateway, Retention};
use payspec_runtime::client::{
    Call, CallError, Clock, Ended, Entry, FileJournal, InDoubt, Journal, JournalError, OpenEntry,
    Opened, Policy, Problem, RawClient, Transport, TransportError, UnderWay, Unsigned, Ureq,
};
use serde_json::json;
use std::fmt::Debug;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use super::stripe::{gateway_that_keeps, order, raw_client};
use super::support::FakeClock;
use crate::providers::generated::stripe::stripe;
use stripe::client::{Client, Unfinished};
use stripe::create_payment::{CreatePaymentOutcome, CreatePaymentRequest};

const HOUR: Duration = Duration::from_secs(3600);

/// A transport over a socket that loses the answers while it is told to.
#[derive(Clone, Default)]
struct Losing {
    inner: Ureq,
    loses: Arc<Mutex<bool>>,
    no_route: Arc<Mutex<usize>>,
}

impl Losing {
    fn loses(&self, loses: bool) {
        *self.loses.lock().expect("a switch") = loses;
    }

    fn has_no_route(&self, sendings: usize) {
        *self.no_route.lock().expect("a number") = sendings;
    }
}

impl Transport for Losing {
    fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        let mut no_route = self.no_route.lock().expect("a number");
        if *no_route > 0 {
            *no_route -= 1;
            return Err(TransportError::NotSent("no route".to_owned()));
        }
        drop(no_route);
        let answer = self.inner.send(request);
        match *self.loses.lock().expect("a switch") {
            true => Err(TransportError::NoAnswer("the connection broke".to_owned())),
            false => answer,
        }
    }
}

/// A gateway that forgets payments and their keys after a day, as Stripe forgets keys, and the parts of a shop.
struct Shop {
    gateway: MockGateway,
    wire: Losing,
    clock: FakeClock,
}

impl Shop {
    fn new() -> Self {
        let retention = Retention {
            age: 24 * HOUR,
            ..Retention::default()
        };
        Self {
            gateway: gateway_that_keeps(&json!([]), retention),
            wire: Losing::default(),
            clock: FakeClock::new(),
        }
    }

    fn client(&self) -> RawClient<Losing, Unsigned, Unsigned> {
        let client = raw_client(self.wire.clone(), &self.gateway.url(), "sk_test");
        client.clock(self.clock.clone()).policy(Policy::ONCE)
    }

    fn with_journal(&self, path: &Path) -> Client<Losing> {
        let journal = FileJournal::open(path).expect("a journal");
        Client::from(self.client().journal(journal))
    }

    /// Both clocks go on.
    fn wait(&self, time: Duration) {
        Clock::sleep(&self.clock, time);
        self.gateway.clock().advance(time);
    }

    /// Pays, and loses the answer.
    fn lost(&self) -> InDoubt<CreatePaymentRequest> {
        self.wire.loses(true);
        let error = self.client().call(order("1", 1099)).expect_err("in doubt");
        self.wire.loses(false);
        error.in_doubt().expect("a doubt")
    }

    /// Returns how many payments the gateway made.
    fn payments(&self) -> usize {
        let exchanges = self.gateway.exchanges();
        let made = exchanges.iter().filter(|one| !one.replayed);
        made.count()
    }
}

/// Expects that nothing was sent because of the age of the key, and returns the doubt.
fn expired<T: Debug, R: Call>(again: Result<T, CallError<R>>, age: Option<Duration>) -> InDoubt<R> {
    let doubt = again.expect_err("in doubt").in_doubt().expect("a doubt");
    let Problem::KeyExpired { expired, .. } = doubt.problem() else {
        panic!("{doubt:?}");
    };
    assert_eq!((expired.lifetime(), expired.age()), (24 * HOUR, age));
    assert!(doubt.needs_inquiry() && !doubt.is_safe_to_resend());
    let text = doubt.to_string();
    assert!(
        text.contains("keeps its key for 86400 s") && text.contains("inquire"),
        "{text}"
    );
    doubt
}

#[test]
fn a_call_in_doubt_is_sent_again_for_a_day() {
    for (hours, is_sent) in [
        (1, true),
        (23, true),
        (24, false),
        (25, false),
        (24 * 30, false),
    ] {
        let shop = Shop::new();
        let doubt = shop.lost();
        shop.wait(hours * HOUR);
        let again = shop.client().resend(doubt);
        assert_eq!(again.is_ok(), is_sent, "{hours} h: {again:?}");
        if !is_sent {
            let doubt = expired(again, Some(hours * HOUR));
            drop(expired(shop.client().resend(doubt), Some(hours * HOUR)));
        }
        assert_eq!(shop.payments(), 1, "{hours} h");
    }
}

#[test]
fn a_call_of_an_earlier_run_is_sent_again_for_a_day() {
    for (hours, is_sent) in [(1, true), (23, true), (24, false), (25, false)] {
        let (shop, folder) = (Shop::new(), tempfile::tempdir().expect("a folder"));
        let path = folder.path().join("journal");
        shop.wire.loses(true);
        let client = shop.with_journal(&path);
        client
            .create_payment(order("1", 1099))
            .expect_err("in doubt");
        drop(client);
        shop.wire.loses(false);
        shop.wait(hours * HOUR);

        let client = shop.with_journal(&path);
        let found = client.unfinished().expect("it reads").pop();
        let Some(Ok(Unfinished::CreatePayment(doubt))) = found else {
            panic!("{found:?}");
        };
        let again = client.resend(doubt);
        assert_eq!(again.is_ok(), is_sent, "{hours} h: {again:?}");
        if !is_sent {
            drop(expired(again, Some(hours * HOUR)));
            // The shop may also make the same request anew.
            let anew = client.create_payment(order("1", 1099));
            let doubt = expired(anew, Some(hours * HOUR));
            client.resolve(doubt).expect("written");
        }
        assert_eq!(client.unfinished().expect("it reads").len(), 0);
        assert_eq!(shop.payments(), 1, "{hours} h");
    }
}

/// A journal of the program's own, or a file of an earlier version, may have no times.
struct WithoutTimes(FileJournal);

impl Journal for WithoutTimes {
    fn before_send(&self, entry: Entry<'_>) -> Result<Opened, JournalError> {
        self.0.before_send(Entry {
            begun: None,
            ..entry
        })
    }

    fn begin(&self, entry: Entry<'_>, state: &str) -> Result<(), JournalError> {
        self.0.begin(entry, state)
    }

    fn stands(&self, operation: &str, id: &str, state: &str) -> Result<(), JournalError> {
        self.0.stands(operation, id, state)
    }

    fn after(&self, operation: &str, id: &str, ended: Ended) -> Result<(), JournalError> {
        self.0.after(operation, id, ended)
    }

    fn unfinished(&self) -> Result<Vec<OpenEntry>, JournalError> {
        self.0.unfinished()
    }

    fn under_way(&self) -> &UnderWay {
        self.0.under_way()
    }
}

#[test]
fn a_call_without_a_time_is_never_sent_again() {
    let (shop, folder) = (Shop::new(), tempfile::tempdir().expect("a folder"));
    let open = || {
        let journal = FileJournal::open(folder.path().join("journal")).expect("a journal");
        Client::from(shop.client().journal(WithoutTimes(journal)))
    };
    shop.wire.loses(true);
    open()
        .create_payment(order("1", 1099))
        .expect_err("in doubt");
    shop.wire.loses(false);
    let client = open();
    let found = client.unfinished().expect("it reads").pop();
    let Some(Ok(Unfinished::CreatePayment(doubt))) = found else {
        panic!("{found:?}");
    };
    assert!(!doubt.is_safe_to_resend());
    drop(expired(client.resend(doubt), None));
    drop(expired(client.create_payment(order("1", 1099)), None));
    assert_eq!(shop.payments(), 1);
}

/// The age of a call is unknown if the clock shows an earlier time than the recorded one.
#[test]
fn a_clock_that_was_set_back_sends_nothing_again() {
    let shop = Shop::new();
    let doubt = shop.lost();
    let earlier = raw_client(shop.wire.clone(), &shop.gateway.url(), "sk_test")
        .clock(Past(shop.clock.clone()));
    drop(expired(earlier.resend(doubt), None));
    assert_eq!(shop.payments(), 1);
}

struct Past(FakeClock);

impl Clock for Past {
    fn now(&self) -> SystemTime {
        self.0.time() - HOUR
    }

    fn sleep(&self, time: Duration) {
        Clock::sleep(&self.0, time);
    }
}

/// The pauses of the retries may be as long as the caller likes.
#[test]
fn retries_end_with_the_key() {
    let shop = Shop::new();
    shop.wire.loses(true);
    let mut policy = Policy::default();
    policy.repeats = Some(10);
    (policy.first_pause, policy.longest_pause) = (10 * HOUR, 10 * HOUR);
    let client = shop.client().policy(policy);
    let error = client.call(order("1", 1099)).expect_err("in doubt");
    let doubt = error.in_doubt().expect("a doubt");
    let Problem::KeyExpired { expired, earlier } = doubt.problem() else {
        panic!("{doubt:?}");
    };
    assert!(matches!(**earlier, Problem::Transport(_)), "{earlier:?}");
    assert!(
        expired.age().is_some_and(|age| age < 40 * HOUR),
        "{expired}"
    );
    let sent = shop.gateway.exchanges().len();
    assert!((3..=5).contains(&sent), "{sent}");
    assert_eq!(shop.payments(), 1);
}

/// What never left has no key at the provider.
#[test]
fn a_call_that_never_left_is_sent_however_old_it_is() {
    let shop = Shop::new();
    shop.wire.has_no_route(3);
    let mut policy = Policy::default();
    policy.repeats = Some(5);
    (policy.first_pause, policy.longest_pause) = (48 * HOUR, 48 * HOUR);
    let client = shop.client().policy(policy);
    let paid = client.call(order("1", 1099)).expect("decided");
    assert!(matches!(paid.outcome, CreatePaymentOutcome::Paid));
    assert_eq!(shop.payments(), 1);
}
