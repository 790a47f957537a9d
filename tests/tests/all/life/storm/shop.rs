//! A shop that carries its orders to an end, over whatever happens.

use super::fate::Dice;
use super::gateway::Gateway;
use super::network::Network;
use super::watch::{Watch, count};
use alipay_instore::ams_instore::RECIPE;
use alipay_instore::ams_instore::cancel::{CancelOutcome, CancelRequest};
use alipay_instore::ams_instore::client::{Client, Unfinished};
use alipay_instore::ams_instore::inquiry_payment::{InquiryPaymentOutcome, InquiryPaymentRequest};
use alipay_instore::ams_instore::pay_entry_code::{PayEntryCodeOutcome, PayEntryCodeRequest};
use payspec_runtime::client::life::Unresolved;
use payspec_runtime::client::{
    Call, CallError, Envelope, FileJournal, InDoubt, Policy, Problem, RawClient, SigningKey,
    Transport, VerifyingKey,
};
use payspec_runtime::{Message, Valid, decode};
use payspec_tests::messages;
use serde_json::{Value as Json, json};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// How often a shop begins anew with what it could not find out.
const PATIENCE: u32 = 200;
/// How often it hears that nobody has paid yet before it cancels.
const INQUIRIES: u32 = 12;

/// How an order, or a refund, came out, as far as the shop was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    Paid,
    Unpaid,
    Cancelled,
    Refunded,
    RefundFailed,
    /// Nobody said.
    InDoubt,
    /// The provider named another amount.
    Contradicted,
}

impl Told {
    /// Maps the name of an ending; [`None`] where no request has left.
    pub(super) fn of(ending: &str, unresolved: Option<&Unresolved>) -> Option<Self> {
        match (ending, unresolved) {
            (_, Some(unresolved)) if unresolved.contradiction().is_some() => {
                Some(Told::Contradicted)
            }
            (_, Some(_)) => Some(Told::InDoubt),
            ("paid", None) => Some(Told::Paid),
            ("unpaid", None) => Some(Told::Unpaid),
            ("cancelled", None) => Some(Told::Cancelled),
            ("refunded", None) => Some(Told::Refunded),
            ("refund_failed", None) => Some(Told::RefundFailed),
            (ending, None) => {
                assert_eq!(ending, "not_sent");
                None
            }
        }
    }
}

/// The parts that all shops share.
#[derive(Clone)]
pub(super) struct World {
    pub(super) gateway: Arc<Gateway>,
    pub(super) watch: Arc<Watch>,
    pub(super) dice: Dice,
    /// The text of a private key that both sides have.
    pub(super) key: String,
}

impl World {
    pub(super) fn envelope(&self) -> Envelope {
        let key = SigningKey::from_text(&self.key).expect("a key");
        let verifier: VerifyingKey = key.public();
        // The way knows where the gateway listens at the time.
        let base = "http://127.0.0.1:1".parse().expect("a base");
        Envelope::new(&RECIPE, base, "SANDBOX_5X00000000000000", key, verifier).expect("it fits")
    }

    /// A client on a way on which nothing goes wrong, with no journal.
    pub(super) fn calm(&self) -> RawClient<impl Transport> {
        let network = Network::calm(&self.gateway, &self.watch, self.dice);
        RawClient::new(self.envelope(), network).policy(policy())
    }
}

fn policy() -> Policy {
    let mut policy = Policy::default();
    policy.first_pause = Duration::from_millis(4);
    policy.longest_pause = Duration::from_millis(40);
    policy
}

/// The request of an order.
pub(super) fn pay_request(id: &str) -> Valid<PayEntryCodeRequest> {
    let mut request = messages::clean_request();
    request["paymentRequestId"] = id.into();
    valid(&request)
}

pub(super) fn inquiry(id: &str) -> Valid<InquiryPaymentRequest> {
    valid(&json!({"paymentRequestId": id}))
}

fn valid<R: Message + payspec_runtime::Validate>(request: &Json) -> Valid<R> {
    let request = decode(request.to_string().as_bytes()).expect("it decodes");
    Valid::new(request).expect("it is valid")
}

/// A shop with a journal of its own.
pub(super) struct Shop {
    world: World,
    journal: PathBuf,
    /// [`None`] while the program is being started again.
    client: Option<Client<Network>>,
    /// The orders that stay open in the journal, since nothing was sent again that could be decided.
    open: Vec<String>,
}

impl Shop {
    pub(super) fn open(world: &World, folder: &Path, number: usize) -> Self {
        let journal = folder.join(format!("journal-{number}"));
        let (client, unfinished) = start(world, &journal);
        assert!(unfinished.is_empty(), "a new journal");
        Shop {
            world: world.clone(),
            journal,
            client: Some(client),
            open: Vec::new(),
        }
    }

    fn client(&self) -> &Client<Network> {
        self.client.as_ref().expect("a running program")
    }

    /// Carries an order to its end.
    pub(super) fn order(&mut self, id: &str) -> Told {
        let told = self.pay(id);
        told.unwrap_or_else(|| self.follow(id))
    }

    /// Sends the request until it is answered; nothing, when the payment has to be asked for.
    fn pay(&mut self, id: &str) -> Option<Told> {
        let mut result = self.client().call(pay_request(id));
        for time in 0..PATIENCE {
            result = match result {
                Ok(answered) => match answered.outcome {
                    PayEntryCodeOutcome::Redirect(_) => return None,
                    PayEntryCodeOutcome::Failed(_) => return Some(Told::Unpaid),
                    PayEntryCodeOutcome::Pending(_) => {
                        self.wrong(id, "an open outcome is no error");
                        return Some(Told::InDoubt);
                    }
                },
                Err(CallError::InDoubt(doubt)) => {
                    let is_refused = matches!(doubt.problem(), Problem::RepetitionRefused(_));
                    let doubt = self.stopped(id, time, doubt);
                    if is_refused {
                        // That says nothing of the request before.
                        self.open.push(id.to_owned());
                        return None;
                    }
                    pause(time);
                    self.client().resend(doubt)
                }
                Err(CallError::NotSent(_)) => {
                    // The gateway is being started again.
                    pause(time);
                    self.client().call(pay_request(id))
                }
                Err(CallError::Refused(error)) => {
                    self.wrong(id, &error.to_string());
                    return Some(Told::InDoubt);
                }
            };
        }
        self.wrong(id, "it stays in doubt for ever");
        Some(Told::InDoubt)
    }

    /// Perhaps the program stops here, and finds in its journal where it was.
    fn stopped(
        &mut self,
        id: &str,
        time: u32,
        doubt: InDoubt<PayEntryCodeRequest>,
    ) -> InDoubt<PayEntryCodeRequest> {
        if !self.world.dice.stops(id, time) {
            return doubt;
        }
        count(&self.world.watch.counts.stopped);
        let bytes = doubt.sent().bytes().to_vec();
        drop(doubt);
        self.client = None;
        let (client, mut unfinished) = start(&self.world, &self.journal);
        self.client = Some(client);
        let found = unfinished.pop().expect("it is in the journal");
        assert_eq!((found.id(), found.sent().bytes()), (id, &*bytes));
        let others: Vec<&str> = unfinished.iter().map(InDoubt::id).collect();
        assert_eq!(others, self.open, "so much is unfinished");
        found
    }

    /// Asks until it is known how the payment came out, and cancels it when nobody pays.
    fn follow(&mut self, id: &str) -> Told {
        let mut asked = 0;
        for time in 0..PATIENCE {
            match self.told(id, time, inquiry(id)) {
                Some(InquiryPaymentOutcome::Paid) => return Told::Paid,
                Some(InquiryPaymentOutcome::Unpaid) => return Told::Unpaid,
                Some(InquiryPaymentOutcome::Cancelled) => return Told::Cancelled,
                Some(InquiryPaymentOutcome::Processing) => {
                    asked += 1;
                    pause(asked);
                }
                Some(InquiryPaymentOutcome::Pending(_)) | None => {}
                Some(InquiryPaymentOutcome::Failed(failed)) => {
                    self.wrong(id, &format!("an inquiry failed: {failed:?}"));
                }
            }
            if asked >= INQUIRIES {
                let request: Valid<CancelRequest> = valid(&json!({"paymentRequestId": id}));
                match self.told(id, time, request) {
                    Some(CancelOutcome::Cancelled) => return Told::Cancelled,
                    Some(CancelOutcome::Failed(failed)) => {
                        // It has ended by now.
                        drop(failed);
                    }
                    Some(CancelOutcome::Pending(_)) | None => {}
                }
            }
        }
        self.wrong(id, "nobody says how it came out");
        Told::InDoubt
    }

    /// Returns the decision of a call, if it has one.
    fn told<R: Call>(&self, id: &str, time: u32, request: Valid<R>) -> Option<R::Outcome> {
        match self.client().call(request) {
            Ok(answered) => Some(answered.outcome),
            Err(CallError::InDoubt(_) | CallError::NotSent(_)) => {
                pause(time);
                None
            }
            Err(CallError::Refused(error)) => {
                self.wrong(id, &error.to_string());
                None
            }
        }
    }

    fn wrong(&self, id: &str, what: &str) {
        self.world.watch.wrong(format!("{id}: {what}"));
    }
}

/// A program that begins, with what an earlier one left unfinished.
fn start(world: &World, journal: &Path) -> (Client<Network>, Vec<InDoubt<PayEntryCodeRequest>>) {
    let journal = FileJournal::open(journal).expect("a journal");
    let network = Network::new(&world.gateway, &world.watch, world.dice);
    let client = RawClient::new(world.envelope(), network);
    let client = Client::from(client.policy(policy()).journal(journal));
    let unfinished = client.unfinished().expect("a journal").into_iter();
    let payments = unfinished.filter_map(|one| match one.expect("it is restored") {
        Unfinished::PayEntryCode(doubt) => Some(doubt),
        // A cancellation that nobody answered is asked for by its payment.
        other => {
            assert!(matches!(other, Unfinished::Cancel(_)), "{other:?}");
            None
        }
    });
    let payments = payments.collect();
    (client, payments)
}

fn pause(time: u32) {
    std::thread::sleep(Duration::from_millis(20 + u64::from(time.min(20)) * 10));
}
