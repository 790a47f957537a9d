//! Threads and tasks that share a token and its fetch.

use super::*;
use crate::cases::cases::tokens::demo::client::AsyncClient;
use crate::cases::cases::tokens::demo::send::SendOutcome;
use payspec_runtime::client::{AsyncRawClient, AsyncTransport, CallError};
use std::future::Future;
use std::pin::pin;
use std::sync::Barrier;
use std::task::{Context, Poll, Waker};

#[test]
fn threads_share_one_fetch() {
    const THREADS: usize = 8;
    let line = Line::new(|_, request| {
        if is_fetch(request) {
            std::thread::sleep(Duration::from_millis(100));
        }
        Fate::Arrives
    });
    let client = line.client(FakeClock::new());
    let barrier = Barrier::new(THREADS);
    std::thread::scope(|scope| {
        for number in 0..THREADS {
            let (client, barrier) = (&client, &barrier);
            scope.spawn(move || {
                barrier.wait();
                let paid = client
                    .send(sending(&number.to_string()))
                    .expect("an answer");
                assert!(matches!(paid, SendOutcome::Paid), "{paid:?}");
            });
        }
    });
    let paths = line.paths();
    assert_eq!(paths.iter().filter(|path| *path == "token").count(), 1);
    assert_eq!(line.payments().len(), THREADS);
}

/// Threads that wait for a fetch that fails do not fetch one after the other.
#[test]
fn threads_share_a_failed_fetch() {
    const THREADS: usize = 8;
    let line = Line::new(|_, _| {
        std::thread::sleep(Duration::from_millis(200));
        Fate::Gets(403)
    });
    let client = line.client(FakeClock::new());
    let barrier = Barrier::new(THREADS);
    std::thread::scope(|scope| {
        for number in 0..THREADS {
            let (client, barrier) = (&client, &barrier);
            scope.spawn(move || {
                barrier.wait();
                let error = client.send(sending(&number.to_string()));
                assert!(matches!(error, Err(CallError::NotSent(_))), "{error:?}");
            });
        }
    });
    assert!(line.paths().len() < THREADS, "{:?}", line.paths());
}

/// The async side of a line: requests wait until they are let through.
#[derive(Clone)]
struct Gate {
    line: Line,
    /// The number of requests that are still held back for ever.
    held: Arc<Mutex<usize>>,
}

impl AsyncTransport for Gate {
    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        let is_held = {
            let mut held = self.held.lock().expect("a number");
            let is_held = *held > 0;
            *held = held.saturating_sub(1);
            is_held
        };
        match is_held {
            true => std::future::pending().await,
            false => self.line.carry(&request),
        }
    }
}

/// A task that is dropped while it fetches a token hands the fetch over to a task that waits for it.
#[test]
fn a_dropped_fetch_is_taken_over() {
    let gate = Gate {
        line: Line::new(all_arrive),
        held: Arc::new(Mutex::new(1)),
    };
    let raw = AsyncRawClient::new(envelope(), gate.clone(), FakeClock::new());
    let client = AsyncClient::from(raw.seed(7));
    let context = &mut Context::from_waker(Waker::noop());
    let mut waiting = pin!(client.send(sending("2")));
    {
        let mut fetching = pin!(client.send(sending("1")));
        assert!(fetching.as_mut().poll(context).is_pending());
        assert!(waiting.as_mut().poll(context).is_pending());
    }
    assert!(gate.line.paths().is_empty());
    let Poll::Ready(paid) = waiting.as_mut().poll(context) else {
        panic!("it waits for nobody");
    };
    assert!(matches!(paid, Ok(SendOutcome::Paid)), "{paid:?}");
    assert_eq!(gate.line.paths(), ["token", "payments"]);

    // The async client replaces a refused token, too.
    gate.line.pass(LIFETIME);
    let Poll::Ready(paid) = pin!(client.send(sending("3"))).poll(context) else {
        panic!("it waits for nobody");
    };
    assert!(matches!(paid, Ok(SendOutcome::Paid)), "{paid:?}");
    let payments = gate.line.payments();
    differ_in_token_only(&payments[1], &payments[2]);
}
