//! A shop whose client carries each payment, and each refund, to its end: by any of the flows, blocking or not.

use super::fate::Method;
use super::gateway::Gateway;
use super::network::{AsyncNetwork, Network};
use super::shop::{Told, World};
use super::watch::count;
use alipay_instore::ams_instore::client::Unfinished;
use alipay_instore::ams_instore::{
    entry_code_payment, order_code_payment, payment_refund, user_presented_payment,
};
use payspec_runtime::client::life::{Driven, Ends as _, Payment, Stop};
use payspec_runtime::client::{AsyncClock, AsyncRawClient, Clock, FileJournal, RawClient};
use payspec_runtime::{Valid, Validate, decode};
use serde_json::Value as Json;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

/// How much faster than the shop's clock the world goes: nobody waits for whole schedules.
const HASTE: u32 = 20;
/// How often a payment is begun that never leaves.
const ATTEMPTS: u32 = 200;

/// A flow, as a till knows it.
trait Carried: Driven<Request: Validate> + Sized {
    const EXAMPLE: &'static str;
    /// The field with the id of the request.
    const ID: &'static str = "paymentRequestId";

    /// Returns the payment that can be given back, if the ending is paid.
    fn paid(ending: &Self::Ending) -> Option<Paid>;

    /// The payment that a program finds when it starts again.
    fn found(unfinished: Unfinished) -> Option<Payment<Self>>;
}

impl Carried for entry_code_payment::Life {
    const EXAMPLE: &'static str =
        include_str!("../../../../../spec/ams-instore/examples/pay-entry-code.request.json");

    fn paid(ending: &Self::Ending) -> Option<Paid> {
        Paid::of::<Self>(ending.paid()?.proof().payment_id.clone()?)
    }

    fn found(unfinished: Unfinished) -> Option<Payment<Self>> {
        match unfinished {
            Unfinished::EntryCodePayment(payment) => Some(payment),
            _ => None,
        }
    }
}

impl Carried for order_code_payment::Life {
    const EXAMPLE: &'static str =
        include_str!("../../../../../spec/ams-instore/examples/pay-order-code.request.json");

    fn paid(ending: &Self::Ending) -> Option<Paid> {
        Paid::of::<Self>(ending.paid()?.proof().payment_id.clone()?)
    }

    fn found(unfinished: Unfinished) -> Option<Payment<Self>> {
        match unfinished {
            Unfinished::OrderCodePayment(payment) => Some(payment),
            _ => None,
        }
    }
}

impl Carried for user_presented_payment::Life {
    const EXAMPLE: &'static str =
        include_str!("../../../../../spec/ams-instore/examples/pay-user-presented.request.json");

    fn paid(ending: &Self::Ending) -> Option<Paid> {
        Paid::of::<Self>(ending.paid()?.proof().payment_id.clone()?)
    }

    fn found(unfinished: Unfinished) -> Option<Payment<Self>> {
        match unfinished {
            Unfinished::UserPresentedPayment(payment) => Some(payment),
            _ => None,
        }
    }
}

impl Carried for payment_refund::Life {
    const EXAMPLE: &'static str =
        include_str!("../../../../../spec/ams-instore/examples/refund.request.json");
    const ID: &'static str = "refundRequestId";

    fn paid(_: &Self::Ending) -> Option<Paid> {
        None
    }

    fn found(unfinished: Unfinished) -> Option<Payment<Self>> {
        match unfinished {
            Unfinished::PaymentRefund(refund) => Some(refund),
            _ => None,
        }
    }
}

/// A payment that can be given back.
pub(super) struct Paid {
    /// The provider's id.
    id: String,
    amount: Json,
}

impl Paid {
    fn of<F: Carried>(id: String) -> Option<Self> {
        let request: Json = serde_json::from_str(F::EXAMPLE).ok()?;
        Some(Paid {
            id,
            amount: request["paymentAmount"].clone(),
        })
    }
}

/// The request of an order, or of the refund of a payment.
fn request<F: Carried>(id: &str, paid: Option<&Paid>) -> Valid<F::Request> {
    let mut request: Json = serde_json::from_str(F::EXAMPLE).expect("JSON");
    request[F::ID] = id.into();
    if let Some(paid) = paid {
        request["paymentId"] = paid.id.as_str().into();
        request["refundAmount"] = paid.amount.clone();
    }
    let fields = request.as_object_mut().expect("an object");
    fields.remove("paymentExpiryTime");
    let request = decode(request.to_string().as_bytes()).expect("it decodes");
    Valid::new(request).expect("it is valid")
}

/// A clock that goes on by itself, and that sleeps less than it says.
#[derive(Clone)]
struct Hasty {
    skipped: Arc<Mutex<Duration>>,
    gateway: Arc<Gateway>,
}

impl Hasty {
    /// An order begins: the clock is set right.
    fn set(&self) {
        *self.skipped.lock().expect("a clock") = Duration::ZERO;
    }

    fn read(&self) -> SystemTime {
        SystemTime::now() + *self.skipped.lock().expect("a clock")
    }

    /// Skips most of a pause; gives what is left of it.
    fn skip(&self, time: Duration) -> Duration {
        self.gateway.wait();
        let left = time / HASTE;
        *self.skipped.lock().expect("a clock") += time - left;
        left
    }
}

impl Clock for Hasty {
    fn now(&self) -> SystemTime {
        self.read()
    }

    fn sleep(&self, time: Duration) {
        std::thread::sleep(self.skip(time));
    }
}

impl AsyncClock for Hasty {
    fn now(&self) -> SystemTime {
        self.read()
    }

    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(tokio::time::sleep(self.skip(time)))
    }
}

/// The client that carries.
enum Carrier {
    Blocking(RawClient<Network>),
    Async(AsyncRawClient<AsyncNetwork>),
}

impl Carrier {
    fn open(world: &World, journal: &Path, is_async: bool, clock: &Hasty) -> Self {
        let journal = FileJournal::open(journal).expect("a journal");
        let (gateway, watch, dice) = (&world.gateway, &world.watch, world.dice);
        match is_async {
            false => {
                let client = RawClient::new(world.envelope(), Network::new(gateway, watch, dice));
                Carrier::Blocking(client.clock(clock.clone()).journal(journal))
            }
            true => {
                let network = AsyncNetwork::new(gateway, watch, dice);
                let client = AsyncRawClient::new(world.envelope(), network, clock.clone());
                Carrier::Async(client.journal(journal))
            }
        }
    }
}

/// Returns whether two runs of a program tell the same, but for what went wrong on the way to it.
fn is_same<F: Driven>(before: &F::Ending, after: &F::Ending) -> bool {
    match (before.unresolved(), after.unresolved()) {
        (Some(before), Some(after)) => {
            (before.id(), before.reference(), before.last())
                == (after.id(), after.reference(), after.last())
                && before.contradiction() == after.contradiction()
        }
        _ => before == after,
    }
}

/// A shop with a journal of its own.
pub(super) struct Till {
    world: World,
    journal: PathBuf,
    is_async: bool,
    clock: Hasty,
    runtime: tokio::runtime::Runtime,
    /// [`None`] while the program is being started again.
    carrier: Option<Carrier>,
}

impl Till {
    pub(super) fn open(world: &World, folder: &Path, number: usize, is_async: bool) -> Self {
        let journal = folder.join(format!("journal-{number}"));
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        let clock = Hasty {
            skipped: Arc::default(),
            gateway: Arc::clone(&world.gateway),
        };
        Till {
            carrier: Some(Carrier::open(world, &journal, is_async, &clock)),
            world: world.clone(),
            journal,
            is_async,
            clock,
            runtime: runtime.enable_all().build().expect("a runtime"),
        }
    }

    /// Carries an order to its end. Returns what was paid, too, if anything was.
    pub(super) fn order(&mut self, id: &str) -> (Told, Option<Paid>) {
        match Method::of(id) {
            Method::EntryCode => self.carry::<entry_code_payment::Life>(id, None),
            Method::OrderCode => self.carry::<order_code_payment::Life>(id, None),
            Method::UserPresented => self.carry::<user_presented_payment::Life>(id, None),
        }
    }

    /// Gives a payment back.
    pub(super) fn refund(&mut self, id: &str, paid: &Paid) -> Told {
        self.carry::<payment_refund::Life>(id, Some(paid)).0
    }

    fn carry<F: Carried>(&mut self, id: &str, paid: Option<&Paid>) -> (Told, Option<Paid>) {
        for _ in 0..ATTEMPTS {
            self.clock.set();
            let payment = self.begin::<F>(id, paid);
            let ending = self.settle(id, payment);
            if let Some(told) = Told::of(ending.name(), ending.unresolved()) {
                return (told, F::paid(&ending));
            }
            // The gateway is being started again.
            std::thread::sleep(Duration::from_millis(20));
        }
        self.wrong(id, "it never leaves");
        (Told::InDoubt, None)
    }

    fn begin<F: Carried>(&self, id: &str, paid: Option<&Paid>) -> Payment<F> {
        let request = request::<F>(id, paid);
        let begun = match self.carrier.as_ref().expect("a running program") {
            Carrier::Blocking(client) => client.begin(request),
            Carrier::Async(client) => self.runtime.block_on(client.begin(request)),
        };
        begun.expect("it begins")
    }

    fn settle<F: Carried>(&mut self, id: &str, mut payment: Payment<F>) -> F::Ending {
        let mut told: Option<F::Ending> = None;
        for time in 0.. {
            match self.go_on(id, time, &mut payment) {
                None | Some(Stop::Show(_)) => {}
                Some(Stop::Until(until)) => {
                    let pause = until.duration_since(self.clock.read());
                    std::thread::sleep(self.clock.skip(pause.unwrap_or_default()));
                }
                Some(Stop::Ended(ending)) => {
                    if told
                        .as_ref()
                        .is_some_and(|before| !is_same::<F>(before, &ending))
                    {
                        self.wrong(id, &format!("{told:?} is {ending:?} after a restart"));
                    }
                    told = Some(ending);
                }
            }
            if self.world.dice.stops(id, time) {
                drop(payment);
                payment = self.restart::<F>(id);
            } else if let Some(ending) = told {
                self.close(&payment);
                return ending;
            }
        }
        unreachable!("it ends")
    }

    /// Goes on; nothing, when the future was dropped on the way.
    fn go_on<F: Carried>(&self, id: &str, time: u32, payment: &mut Payment<F>) -> Option<Stop<F>> {
        let gone = match self.carrier.as_ref().expect("a running program") {
            Carrier::Blocking(client) => Some(client.go_on(payment)),
            Carrier::Async(client) => self.runtime.block_on(async {
                match self.world.dice.drops(id, time) {
                    Some(after) => {
                        let after = Duration::from_millis(after);
                        let gone = tokio::time::timeout(after, client.go_on(payment)).await;
                        if gone.is_err() {
                            count(&self.world.watch.counts.dropped);
                        }
                        gone.ok()
                    }
                    None => Some(client.go_on(payment).await),
                }
            }),
        };
        gone.map(|stop| stop.expect("it is written down"))
    }

    /// The program stops, and finds in its journal where it was.
    fn restart<F: Carried>(&mut self, id: &str) -> Payment<F> {
        count(&self.world.watch.counts.stopped);
        self.carrier = None;
        let carrier = Carrier::open(&self.world, &self.journal, self.is_async, &self.clock);
        let found = match &carrier {
            Carrier::Blocking(client) => client.unfinished::<Unfinished>(),
            Carrier::Async(client) => self.runtime.block_on(client.unfinished::<Unfinished>()),
        };
        self.carrier = Some(carrier);
        let mut found = found.expect("the journal is read");
        assert_eq!(found.len(), 1, "one payment is unfinished");
        let found = found.pop().expect("one").expect("it is restored");
        let payment = F::found(found).expect("it is of this flow");
        assert_eq!(payment.id(), id);
        payment
    }

    fn close<F: Carried>(&self, payment: &Payment<F>) {
        let closed = match self.carrier.as_ref().expect("a running program") {
            Carrier::Blocking(client) => client.close(payment),
            Carrier::Async(client) => self.runtime.block_on(client.close(payment)),
        };
        closed.expect("it is closed");
    }

    fn wrong(&self, id: &str, what: &str) {
        self.world.watch.wrong(format!("{id}: {what}"));
    }
}
