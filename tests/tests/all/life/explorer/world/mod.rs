//! One order, paid or refunded, a shop, a provider, a payer, and a network that loses, delays and doubles.

mod choice;
mod course;
mod deliver;
mod texts;

pub(super) use self::choice::Choice;
use self::texts::{operation, text};
use super::carrier::{Belief, Move};
use super::diagram::{Diagram, Party};
use super::keys::{Signs, Verifies};
use super::provider::{Done, Kept, Provider};
use super::shop::{self, By, Method, Shop};
use super::way::Words;
use http::{Request, Response};
use payspec_runtime::client::Moment;
use serde_json::Value as Json;
use std::rc::Rc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// How much a world has of what can go wrong.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules {
    pub(super) method: Method,
    pub(super) by: By,
    pub(super) shop: Option<shop::Breach>,
    /// After how many seconds the payment expires.
    pub(super) expires: Option<u64>,
    /// The mishaps that can happen; all, when it is not set.
    pub(super) menu: Option<&'static [Choice]>,
    /// That the payer tries once more is no mishap.
    pub(super) anew: bool,
}

/// Something that is late.
#[derive(Clone)]
enum Late {
    Request(Request<Vec<u8>>),
    Answer(usize, String, Response<Vec<u8>>),
    Notification(Request<Vec<u8>>),
}

pub(super) struct World {
    provider: Rc<Provider>,
    keys: (Signs, Verifies),
    shop: Shop,
    now: SystemTime,
    /// How far the shop's clock on the wall is set, in seconds.
    set: i64,
    kept: Rc<Kept>,
    /// The request that the shop sent, while its result is open.
    sent: Option<(Request<Vec<u8>>, usize)>,
    /// Until when the shop waits.
    wait: Option<SystemTime>,
    ended: Option<Belief>,
    late: Vec<Late>,
    /// The ends that the shop took for true, by payment.
    beliefs: Vec<(String, Belief)>,
    /// Payments of which the shop has acknowledged that they are paid.
    acknowledged: Vec<String>,
    /// The rule that the shop broke, in words.
    broken: Option<String>,
    rules: Rules,
    /// The last message that the shop has taken in states another amount.
    contradicted: bool,
    /// True if the disk was full when the present choice was made.
    had_full_disk: bool,
    /// How often money was taken for the order, without what was given back.
    taken: i32,
    pub(super) diagram: Diagram,
}

const START: Duration = Duration::from_secs(1_795_435_200);

/// How long a program is down that does not go on at once.
const DOWN: Duration = Duration::from_secs(300);

/// How far a clock is set. Signatures are taken for a quarter of an hour.
const SET: i64 = 600;

impl World {
    pub(super) fn new(provider: &Rc<Provider>, keys: &(Signs, Verifies), rules: Rules) -> Self {
        let now = UNIX_EPOCH + START;
        let (kept, paid) = match rules.method {
            Method::EntryCode | Method::OrderCode | Method::UserPresented => {
                (provider.nothing(), None)
            }
            Method::Refund => {
                let (kept, paid) = provider.paid(keys, now);
                (kept, Some(paid))
            }
        };
        let mut world = World {
            provider: Rc::clone(provider),
            keys: keys.clone(),
            shop: Shop::new(keys, rules, paid, moment(now, 0)),
            rules,
            now,
            set: 0,
            kept,
            sent: None,
            wait: None,
            ended: None,
            late: Vec::new(),
            beliefs: Vec::new(),
            acknowledged: Vec::new(),
            broken: None,
            contradicted: false,
            had_full_disk: false,
            taken: 0,
            diagram: Diagram::default(),
        };
        world.go_on();
        world
    }

    fn words(&self) -> &'static Words {
        self.rules.method.words()
    }

    /// Returns the time of the shop's clocks.
    fn moment(&self) -> Moment {
        moment(self.now, self.set)
    }

    /// The shop does what it has to do now.
    fn go_on(&mut self) {
        self.sent = None;
        self.wait = None;
        self.ended = None;
        let contradicted = std::mem::take(&mut self.contradicted);
        self.does_next();
        // A doubt that cannot be written down is not told.
        let waits = self.had_full_disk && self.wait.is_some();
        if contradicted && self.ended != Some(Belief::InDoubt) && !waits {
            let what = "goes on as if nothing were wrong with the amount";
            self.broken = Some(format!("{} {what}", self.shop.id()));
        }
    }

    fn does_next(&mut self) {
        match self.shop.next(self.moment()) {
            Move::Send(request, number) => {
                let id = self.shop.id();
                let is_paid = self.acknowledged.iter().any(|known| known == id);
                if is_paid && operation(&request) == "cancel" {
                    let what = "is cancelled, and the shop acknowledged that it is paid";
                    self.broken = Some(format!("{id} {what}"));
                }
                self.sent = Some((request, number));
            }
            Move::Wait(time) => self.wait = Some(shifted(time, -self.set)),
            Move::Show => {
                self.diagram.arrives(Party::Shop, Party::Payer, "pay here");
                self.does_next();
            }
            Move::Ended(belief) => {
                self.ended = Some(belief);
                let known = (self.shop.id().to_owned(), belief);
                if self.beliefs.last() != Some(&known) {
                    let told = self.words().told;
                    let what = match belief {
                        Belief::Done => told[0],
                        Belief::NotDone => told[1],
                        Belief::InDoubt => "is in doubt: people have to find out",
                    };
                    self.diagram
                        .note(Party::Shop, format!("{} {what}", self.shop.id()));
                    self.beliefs.push(known);
                }
            }
        }
    }

    /// Takes in what a step of the provider came to.
    fn done(&mut self, done: Done) -> Option<Response<Vec<u8>>> {
        for (id, end) in &done.kept.payments {
            let before = self.kept.payments.get(id).cloned().flatten();
            let is = |end: &Option<String>, what: &str| end.as_deref() == Some(what);
            let words = self.rules.method.words();
            if !is(&before, words.done) && is(end, words.done) {
                self.taken += 1;
                self.diagram
                    .note(Party::Provider, format!("{} {id}", words.moves));
            }
            if is(&before, "paid") && is(end, "cancelled") {
                self.taken -= 1;
                self.diagram
                    .note(Party::Provider, format!("gives the money of {id} back"));
            }
        }
        self.kept = done.kept;
        self.late
            .extend(done.notifications.into_iter().map(Late::Notification));
        done.answer
    }

    /// A request arrives at the provider.
    fn arrive(
        &mut self,
        request: Request<Vec<u8>>,
        result: Option<&'static str>,
        fault: Option<&'static str>,
    ) -> Response<Vec<u8>> {
        let done = self
            .provider
            .asked(&self.kept, request, result, fault, self.now);
        self.done(done).expect("an answer")
    }

    /// After a message with another amount, people have to find out.
    fn expects_people(&mut self, body: &[u8]) {
        let json: Json = serde_json::from_slice(body).unwrap_or_default();
        self.contradicted |= self.ended.is_none() && !self.shop.is_own_amount(&json);
    }

    /// The amount of a message, where it is another one than the shop asked for.
    fn stated(&self, message: &Json) -> String {
        match self.shop.is_own_amount(message) {
            true => String::new(),
            false => format!(", {}", text(&message[self.words().amount]["value"])),
        }
    }

    /// The program stops, and goes on after so long.
    fn crash(&mut self, down: Duration) {
        let what = match down.as_secs() {
            0 => "crashes, and goes on".to_owned(),
            seconds => format!("crashes, and goes on after {seconds} s"),
        };
        self.diagram.note(Party::Shop, what);
        self.now += down;
        self.shop.crash(self.moment());
        self.go_on();
    }

    /// Returns whether the payer has acted on the present payment.
    fn is_decided(&self) -> bool {
        let end = self.kept.payments.get(self.shop.id());
        end.is_some_and(Option::is_some)
    }

    /// Ids of payments that the payer could act on.
    fn open(&self) -> Option<String> {
        let payments = self.kept.payments.iter();
        let mut open = payments.filter(|(_, end)| end.is_none());
        open.next().map(|(id, _)| id.clone())
    }
}

/// Returns the time of a shop's clocks, with the clock on the wall set so many seconds.
fn moment(now: SystemTime, set: i64) -> Moment {
    let steady = now.duration_since(UNIX_EPOCH).expect("after 1970");
    Moment::new(shifted(now, set), Some(steady))
}

fn shifted(time: SystemTime, seconds: i64) -> SystemTime {
    let by = Duration::from_secs(seconds.unsigned_abs());
    match seconds < 0 {
        true => time - by,
        false => time + by,
    }
}
