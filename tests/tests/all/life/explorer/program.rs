//! A client with its journal, blocking or not, in a thread of its own. It stops at each sending, so that
//! what comes of it can be chosen.

use super::carrier::{Carrier, Heard, Move};
use super::keys::{Signs, Verifies, envelope};
use super::paper::Paper;
use super::way::{Way, timing};
use http::{Request, Response};
use payspec_runtime::Valid;
use payspec_runtime::client::life::{Payment, Stop};
use payspec_runtime::client::{
    AsyncClock, AsyncRawClient, AsyncTransport, Clock, Envelope, Journal as _, JournalError,
    Moment, NotificationError, RawClient, Transport, TransportError, Unverified,
};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::{Pin, pin};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::{Duration, SystemTime};

/// How a client carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Blocking,
    Async,
}

/// A report of a program.
enum Said<F: Way> {
    /// It sends this.
    Sends(Request<Vec<u8>>),
    /// It has come to a stop.
    Stops(Payment<F>, Result<Stop<F>, JournalError>),
    /// It has dropped the future that carried the payment.
    Dropped(Payment<F>),
    /// It panicked.
    Broke(String),
}

/// The fate of a sending.
enum Fate {
    Answer(Result<Response<Vec<u8>>, TransportError>),
    /// Nobody waits for the answer any more.
    Dropped,
}

/// Ends the thread of a program that is gone.
struct Stopped;

/// The line of a program to the provider.
struct Wire<F: Way> {
    says: Sender<Said<F>>,
    fates: Mutex<Receiver<Fate>>,
}

impl<F: Way> Wire<F> {
    fn carry(&self, request: Request<Vec<u8>>) -> Fate {
        let is_heard = self.says.send(Said::Sends(request)).is_ok();
        let fate = self.fates.lock().expect("a line").recv();
        match fate {
            Ok(fate) if is_heard => fate,
            // The program stops here.
            _ => resume_unwind(Box::new(Stopped)),
        }
    }
}

impl<F: Way> Transport for Wire<F> {
    fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        match self.carry(request) {
            Fate::Answer(answer) => answer,
            Fate::Dropped => panic!("a blocking call cannot be dropped"),
        }
    }
}

impl<F: Way> AsyncTransport for Wire<F> {
    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        match self.carry(request) {
            Fate::Answer(answer) => answer,
            Fate::Dropped => {
                DROPPED.set(true);
                std::future::pending().await
            }
        }
    }
}

thread_local! {
    /// The future of this thread is to be dropped.
    static DROPPED: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Waits for a future; nothing, when it is dropped on the way.
fn wait<T>(future: impl Future<Output = T>) -> Option<T> {
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(done) => return Some(done),
            Poll::Pending if DROPPED.take() => return None,
            Poll::Pending => thread::park(),
        }
    }
}

/// The hands of the clock that the program looks at.
#[derive(Clone)]
struct Hands(Arc<Mutex<Moment>>);

impl Hands {
    fn read(&self) -> Moment {
        *self.0.lock().expect("a clock")
    }
}

impl Clock for Hands {
    fn now(&self) -> SystemTime {
        self.read().wall()
    }

    fn steady(&self) -> Option<Duration> {
        self.read().steady()
    }

    fn sleep(&self, _: Duration) {
        panic!("the program only goes on, and never sleeps");
    }
}

impl AsyncClock for Hands {
    fn now(&self) -> SystemTime {
        self.read().wall()
    }

    fn steady(&self) -> Option<Duration> {
        self.read().steady()
    }

    fn sleep(&self, _: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        panic!("the program only goes on, and never sleeps");
    }
}

enum AnyClient<F: Way> {
    Blocking(RawClient<Wire<F>, Signs, Verifies>),
    Async(AsyncRawClient<Wire<F>, Signs, Verifies>),
}

impl<F: Way> AnyClient<F> {
    fn begin(&self, request: Valid<F::Request>) -> Payment<F> {
        let begun = match self {
            AnyClient::Blocking(client) => client.begin(request),
            AnyClient::Async(client) => wait(client.begin(request)).expect("it is not dropped"),
        };
        begun.expect("it begins")
    }

    fn go_on(&self, payment: &mut Payment<F>) -> Option<Result<Stop<F>, JournalError>> {
        match self {
            AnyClient::Blocking(client) => Some(client.go_on(payment)),
            AnyClient::Async(client) => wait(client.go_on(payment)),
        }
    }

    fn envelope(&self) -> &Envelope<Signs, Verifies> {
        match self {
            AnyClient::Blocking(client) => client.envelope(),
            AnyClient::Async(client) => client.envelope(),
        }
    }

    fn says(&self) -> &Sender<Said<F>> {
        match self {
            AnyClient::Blocking(client) => &client.transport().says,
            AnyClient::Async(client) => &client.transport().says,
        }
    }
}

/// A running program.
pub(super) struct Program<F: Way> {
    kind: Kind,
    keys: (Signs, Verifies),
    id: String,
    paper: Paper,
    hands: Hands,
    client: Arc<AnyClient<F>>,
    says: Receiver<Said<F>>,
    fates: Sender<Fate>,
    /// The payment, while nothing carries it.
    payment: Option<Payment<F>>,
    sendings: usize,
}

/// A client on a line of its own.
type Connected<F> = (Arc<AnyClient<F>>, Receiver<Said<F>>, Sender<Fate>);

fn connected<F: Way>(
    kind: Kind,
    keys: &(Signs, Verifies),
    paper: &Paper,
    hands: &Hands,
) -> Connected<F> {
    let (says, said) = channel();
    let (fates, comes) = channel();
    let fates_of_wire = Mutex::new(comes);
    let wire = Wire {
        says,
        fates: fates_of_wire,
    };
    let client = match kind {
        Kind::Blocking => {
            let client = RawClient::new(envelope(keys), wire).timing(timing());
            AnyClient::Blocking(client.clock(hands.clone()).journal(paper.clone()))
        }
        Kind::Async => {
            let client = AsyncRawClient::new(envelope(keys), wire, hands.clone());
            AnyClient::Async(client.timing(timing()).journal(paper.clone()))
        }
    };
    (Arc::new(client), said, fates)
}

impl<F: Way> Program<F> {
    pub(super) fn begin(
        kind: Kind,
        keys: &(Signs, Verifies),
        request: &Valid<F::Request>,
        now: Moment,
    ) -> Self {
        let (paper, hands) = (Paper::default(), Hands(Arc::new(Mutex::new(now))));
        let (client, says, fates) = connected(kind, keys, &paper, &hands);
        let payment = client.begin(request.clone());
        Program {
            kind,
            keys: keys.clone(),
            id: payment.id().to_owned(),
            paper,
            hands,
            client,
            says,
            fates,
            payment: Some(payment),
            sendings: 0,
        }
    }

    fn set(&self, now: Moment) {
        *self.hands.0.lock().expect("a clock") = now;
    }

    /// The program goes on, in its thread, to what it does next.
    fn start(&mut self) {
        let Some(mut payment) = self.payment.take() else {
            return;
        };
        let client = Arc::clone(&self.client);
        thread::spawn(move || {
            let gone = catch_unwind(AssertUnwindSafe(|| client.go_on(&mut payment)));
            let said = match gone {
                Ok(Some(stop)) => Said::Stops(payment, stop),
                Ok(None) => Said::Dropped(payment),
                Err(cause) if cause.is::<Stopped>() => return,
                Err(cause) => Said::Broke(format!("{:?}", cause.downcast_ref::<String>())),
            };
            // Nobody listens to a program that has stopped.
            let _ = client.says().send(said);
        });
    }

    fn hear(&mut self, now: Moment) -> Move {
        match self.says.recv().expect("the program says something") {
            Said::Sends(request) => {
                self.sendings += 1;
                Move::Send(request, self.sendings)
            }
            Said::Stops(payment, stop) => {
                self.payment = Some(payment);
                match stop {
                    Ok(Stop::Until(time)) => Move::Wait(time),
                    Ok(Stop::Show(_)) => Move::Show,
                    Ok(Stop::Ended(ending)) => Move::Ended(ending.into()),
                    // The end could not be written down, and is not told.
                    Err(_) => Move::Wait(now.wall() + Duration::from_secs(1)),
                }
            }
            Said::Dropped(payment) => {
                self.payment = Some(payment);
                self.next(now)
            }
            Said::Broke(why) => panic!("the program broke: {why}"),
        }
    }
}

impl<F: Way> Carrier for Program<F> {
    fn id(&self) -> &str {
        &self.id
    }

    fn is_over(&self) -> bool {
        self.payment.as_ref().is_some_and(Payment::is_over)
    }

    fn key(&self) -> String {
        let payment = self.payment.as_ref().map(Payment::save);
        format!("{payment:?} {}", self.paper.key())
    }

    fn next(&mut self, now: Moment) -> Move {
        self.set(now);
        self.start();
        self.hear(now)
    }

    fn answered(&mut self, number: usize, response: &Response<Vec<u8>>, now: Moment) {
        self.set(now);
        if number == self.sendings {
            let answer = Fate::Answer(Ok(response.clone()));
            self.fates.send(answer).expect("somebody waits");
        }
    }

    fn transport_failed(&mut self, number: usize, error: TransportError, now: Moment) {
        self.set(now);
        if number == self.sendings {
            let answer = Fate::Answer(Err(error));
            self.fates.send(answer).expect("somebody waits");
        }
    }

    fn notified(&mut self, request: &Request<Vec<u8>>, now: Moment) -> Heard {
        let payment = self.payment.as_mut().expect("nothing carries it");
        match F::hear(payment, self.client.envelope(), request, now) {
            Ok(true) => {}
            // It is about another payment of the order, which is over.
            Ok(false) => return Heard::Taken,
            // One that is too old by the clock of the shop is turned away.
            Err(NotificationError::Unverified(Unverified::Clock { .. })) => return Heard::Taken,
            Err(error) => panic!("it is the provider's: {error}"),
        }
        match self.paper.stands(F::TABLE.id, &self.id, &payment.save()) {
            Err(_) => Heard::Again,
            Ok(()) => match format!("{:?}", payment.state()).as_str() {
                state if state == F::WORDS.state => Heard::Done,
                _ => Heard::Taken,
            },
        }
    }

    fn crash(&mut self, now: Moment) {
        self.payment = None;
        self.paper = self.paper.found();
        self.set(now);
        // With its line, the program that carried it so far is gone.
        let (client, says, fates) = connected(self.kind, &self.keys, &self.paper, &self.hands);
        (self.client, self.says, self.fates) = (client, says, fates);
        self.payment = Some(self.paper.payment::<F>());
    }

    fn fill_disk(&mut self) {
        self.paper.fill();
    }

    fn has_full_disk(&self) -> bool {
        self.paper.is_full()
    }

    fn drop_future(&mut self) {
        self.fates.send(Fate::Dropped).expect("somebody waits");
    }
}
