//! One order, paid or refunded, a shop, a provider, a payer, and a network that loses, delays and doubles.

use super::carrier::{Belief, Heard, Move};
use super::diagram::{Diagram, Party};
use super::keys::other_notification;
use super::keys::{Signs, Verifies};
use super::program::Kind;
use super::provider::{Done, Kept, Provider};
use super::search::Course;
use super::shop::{self, By, Method, Shop};
use super::way::Words;
use http::{Request, Response};
use payspec_runtime::client::{Moment, TransportError};
use serde_json::Value as Json;
use std::mem::discriminant;
use std::rc::Rc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// What can happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Choice {
    /// What was sent arrives, and its answer does, too.
    Answered,
    /// Nothing leaves: there is no connection.
    NotSent,
    /// It is lost before it arrives.
    RequestLost,
    /// It arrives, and the answer is lost.
    AnswerLost,
    /// The answer comes, and a byte of it is another one.
    AnswerSpoilt,
    /// The answer states another amount.
    OtherAmount,
    /// It arrives later, when nobody waits for it any more.
    RequestLate,
    /// The answer comes later. Until then the shop knows of nothing.
    AnswerLate,
    /// The answer is that nobody knows.
    Undecided,
    /// It is refused.
    Refused,
    /// It is turned away before anybody looks at what it asks for.
    TurnedAway,
    /// The program stops before anything leaves.
    CrashBefore,
    /// The program stops while the answer is under way.
    CrashAfter,
    /// The program stops while it waits, or after an end.
    Crash,
    /// The program stops, and is down for five minutes.
    Down,
    /// It arrives, and the future that waits for the answer is dropped.
    Dropped,
    /// The disk is full the next time that the shop writes something down.
    DiskFull,
    /// The shop's clock on the wall is set back, as far as signatures allow.
    ClockBack,
    /// It is set forward.
    ClockForward,
    /// Time passes, until the shop acts.
    Wait,
    /// The payer pays, or the provider makes the refund.
    Pay,
    /// The payer declines, or the refund fails.
    Decline,
    /// Something that is late arrives.
    Arrives(usize),
    /// A notification arrives, and will again.
    ArrivesTwice(usize),
    /// A notification arrives, and the program stops as soon as it has acknowledged it.
    ArrivesAndCrash(usize),
    /// A notification arrives, and states another amount.
    ArrivesWithOtherAmount(usize),
    /// The shop takes the order to be unpaid, and the payer tries once more.
    Anew,
}

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
    /// What the shop sent, and nobody knows yet what comes of it.
    sent: Option<(Request<Vec<u8>>, usize)>,
    /// Until when the shop waits.
    wait: Option<SystemTime>,
    ended: Option<Belief>,
    late: Vec<Late>,
    /// What the shop took for true of payments, for good.
    beliefs: Vec<(String, Belief)>,
    /// Payments of which the shop has acknowledged that they are paid.
    acknowledged: Vec<String>,
    /// What the shop has done that it must not do.
    broken: Option<String>,
    rules: Rules,
    /// The last message that the shop has taken in states another amount.
    contradicted: bool,
    /// Whether the disk was full when the present choice was made.
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

    /// What the clocks of the shop show.
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

    /// What was sent arrives at the provider.
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

    fn ask(&mut self, choice: Choice, request: Request<Vec<u8>>, number: usize) {
        let (shop, provider) = (Party::Shop, Party::Provider);
        let what = name(&request);
        let no_answer = || TransportError::NoAnswer("nothing came".to_owned());
        match choice {
            Choice::NotSent => {
                self.diagram.note(shop, format!("no connection for {what}"));
                let error = TransportError::NotSent("no connection".to_owned());
                self.shop.transport_failed(number, error, self.moment());
            }
            Choice::RequestLost => {
                self.diagram.is_lost(shop, provider, what);
                self.shop
                    .transport_failed(number, no_answer(), self.moment());
            }
            Choice::RequestLate => {
                self.diagram
                    .is_lost(shop, provider, format!("{what} (late)"));
                self.late.push(Late::Request(request));
                self.shop
                    .transport_failed(number, no_answer(), self.moment());
            }
            Choice::CrashBefore => {
                self.diagram
                    .note(shop, format!("crashes before it sends {what}"));
                self.shop.crash(self.moment());
            }
            _ => {
                let operation = operation(&request);
                let result = match choice {
                    Choice::Undecided => Some("UNKNOWN_EXCEPTION"),
                    Choice::TurnedAway => Some("INVALID_SIGNATURE"),
                    Choice::Refused if operation == self.words().principal => {
                        Some(self.words().refusal)
                    }
                    Choice::Refused => Some("PROCESS_FAIL"),
                    _ => self
                        .rules
                        .method
                        .open()
                        .filter(|_| operation == self.words().principal && !self.is_decided()),
                };
                self.diagram.arrives(shop, provider, what.clone());
                let fault = match choice {
                    Choice::AnswerSpoilt => Some("changed-body"),
                    Choice::OtherAmount => Some("other-amount"),
                    _ => None,
                };
                let answer = self.arrive(request, result, fault);
                let json: Json = serde_json::from_slice(answer.body()).unwrap_or_default();
                let says = said(&answer) + &self.stated(&json);
                match choice {
                    Choice::AnswerLost => {
                        self.diagram.is_lost(provider, shop, says);
                        self.shop
                            .transport_failed(number, no_answer(), self.moment());
                    }
                    Choice::AnswerLate => {
                        self.diagram
                            .is_lost(provider, shop, format!("{says} (late)"));
                        self.late.push(Late::Answer(number, what, answer));
                    }
                    Choice::Dropped => {
                        self.diagram.is_lost(provider, shop, says);
                        self.diagram.note(shop, "drops the future that waits");
                        self.shop.drop_future(self.moment());
                    }
                    Choice::CrashAfter => {
                        self.diagram.is_lost(provider, shop, says);
                        self.diagram.note(shop, "crashes, and goes on");
                        self.shop.crash(self.moment());
                    }
                    _ => {
                        let spoilt = match choice {
                            Choice::AnswerSpoilt => " (spoilt)",
                            _ => "",
                        };
                        self.diagram
                            .arrives(provider, shop, format!("{says}{spoilt}"));
                        self.shop.answered(number, &answer, self.moment());
                        self.expects_people(answer.body());
                    }
                }
            }
        }
    }

    /// Something that was late arrives.
    fn come(&mut self, late: Late) {
        let (shop, provider) = (Party::Shop, Party::Provider);
        match late {
            Late::Request(request) => {
                let what = name(&request);
                self.diagram
                    .arrives(shop, provider, format!("{what} (late)"));
                let result = self.rules.method.open().filter(|_| {
                    operation(&request) == self.words().principal && !self.is_decided()
                });
                let answer = self.arrive(request, result, None);
                // Nobody waits for the answer.
                self.diagram.is_lost(provider, shop, said(&answer));
            }
            Late::Answer(number, what, answer) => {
                let says = said(&answer);
                self.diagram
                    .arrives(provider, shop, format!("{says} (to {what}, late)"));
                self.shop.answered(number, &answer, self.moment());
                self.go_on();
            }
            Late::Notification(request) => {
                self.notification(request);
                self.go_on();
            }
        }
    }

    /// A notification arrives.
    fn notification(&mut self, request: Request<Vec<u8>>) {
        let json: Json = serde_json::from_slice(request.body()).unwrap_or_default();
        let amount = self.stated(&json);
        let says = format!(
            "notification: {}{amount}",
            text(&json["result"]["resultCode"])
        );
        self.diagram.arrives(Party::Provider, Party::Shop, says);
        // What is over stays as it is, also while its end waits to be written down.
        let was_over = self.shop.is_over();
        match self.shop.notified(&request, self.moment()) {
            Heard::Done => self.acknowledged.push(self.shop.id().to_owned()),
            Heard::Taken if !was_over && json[self.words().id] == self.shop.id() => {
                self.expects_people(request.body());
            }
            Heard::Taken => {}
            Heard::Again => {
                self.diagram.note(Party::Shop, "cannot write it down");
                self.late.push(Late::Notification(request));
            }
        }
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

    /// The same notification with another amount, as the provider would sign it.
    fn with_other_amount(&self, request: &Request<Vec<u8>>) -> Request<Vec<u8>> {
        let mut json: Json = serde_json::from_slice(request.body()).expect("JSON");
        let value = &mut json[self.words().amount]["value"];
        *value = format!("{}1", text(value)).into();
        let body = json.to_string().into_bytes();
        other_notification(&self.keys, request, body, self.now)
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

    /// Whether the payer has acted on the present payment.
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

impl Course for World {
    type Choice = Choice;

    fn choices(&self) -> Vec<(Choice, u32)> {
        let mut choices = Vec::new();
        if let Some((request, _)) = &self.sent {
            choices.extend([
                (Choice::Answered, 0),
                (Choice::NotSent, 1),
                (Choice::RequestLost, 1),
                (Choice::AnswerLost, 1),
                (Choice::AnswerSpoilt, 1),
                (Choice::OtherAmount, 1),
                (Choice::RequestLate, 1),
                (Choice::Undecided, 1),
                (Choice::CrashBefore, 1),
                (Choice::CrashAfter, 1),
                (Choice::Down, 1),
            ]);
            // Nobody hears of an answer to a client that waits no longer.
            match self.rules.by {
                By::Machine => choices.push((Choice::AnswerLate, 1)),
                By::Client(Kind::Async) => choices.push((Choice::Dropped, 1)),
                By::Client(Kind::Blocking) => {}
            }
            if operation(request) != self.words().inquiry {
                choices.extend([(Choice::Refused, 1), (Choice::TurnedAway, 1)]);
            }
            if operation(request) == "cancel" {
                // Its answer states no amount.
                choices.retain(|(choice, _)| *choice != Choice::OtherAmount);
            }
        } else if self.wait.is_some() {
            choices.extend([
                (Choice::Wait, 0),
                (Choice::Crash, 1),
                (Choice::Down, 1),
                (Choice::ClockBack, 1),
                (Choice::ClockForward, 1),
            ]);
        }
        if self.ended == Some(Belief::NotDone) && self.shop.attempts() < 2 {
            choices.push((Choice::Anew, u32::from(!self.rules.anew)));
        }
        if self.ended.is_some() {
            choices.extend([(Choice::Crash, 1), (Choice::Down, 1)]);
        } else if !self.shop.has_full_disk() {
            choices.push((Choice::DiskFull, 1));
        }
        if self.open().is_some() {
            choices.extend([(Choice::Pay, 0), (Choice::Decline, 1)]);
        }
        // While a client carries the payment, the shop cannot tell it anything.
        let is_busy = self.sent.is_some() && self.rules.by != By::Machine;
        for (number, late) in self.late.iter().enumerate() {
            if is_busy && matches!(late, Late::Notification(_)) {
                continue;
            }
            choices.push((Choice::Arrives(number), 0));
            if matches!(late, Late::Notification(_)) {
                choices.push((Choice::ArrivesTwice(number), 1));
                choices.push((Choice::ArrivesAndCrash(number), 1));
                choices.push((Choice::ArrivesWithOtherAmount(number), 1));
            }
        }
        if let Some(menu) = self.rules.menu {
            let is_on = |choice: &Choice| {
                menu.iter()
                    .any(|one| discriminant(one) == discriminant(choice))
            };
            choices.retain(|(choice, cost)| *cost == 0 || is_on(choice));
        }
        choices
    }

    fn take(&mut self, choice: Choice) {
        self.had_full_disk = self.shop.has_full_disk();
        match choice {
            Choice::Wait => {
                self.now = self.wait.take().unwrap_or(self.now);
                self.go_on();
            }
            Choice::ClockBack | Choice::ClockForward => {
                let (by, what) = match choice {
                    Choice::ClockBack => (-SET, "back"),
                    _ => (SET, "forward"),
                };
                let what = format!("its clock is set {what} by {SET} s");
                self.diagram.note(Party::Shop, what);
                self.set += by;
                self.go_on();
            }
            Choice::Crash => self.crash(Duration::ZERO),
            Choice::Down => self.crash(DOWN),
            Choice::DiskFull => {
                self.diagram
                    .note(Party::Shop, "has a full disk, for a moment");
                self.shop.fill_disk();
            }
            Choice::Anew => {
                self.shop.begin_anew(self.moment());
                self.diagram.arrives(Party::Payer, Party::Shop, "once more");
                self.go_on();
            }
            Choice::Pay | Choice::Decline => {
                let id = self.open().expect("one is open");
                let pays = choice == Choice::Pay;
                match (self.rules.method, pays) {
                    (Method::Refund, true) => {}
                    (Method::Refund, false) => self
                        .diagram
                        .note(Party::Provider, format!("cannot refund {id}")),
                    (_, _) => {
                        let what = if pays { "pays" } else { "declines" };
                        self.diagram
                            .arrives(Party::Payer, Party::Provider, format!("{what} {id}"));
                    }
                }
                let done = self.provider.decided(&self.kept, &id, pays, self.now);
                self.done(done);
            }
            Choice::Arrives(number) => {
                let late = self.late.remove(number);
                self.come(late);
            }
            Choice::ArrivesTwice(number) => {
                let late = self.late[number].clone();
                self.come(late);
            }
            Choice::ArrivesWithOtherAmount(number) => {
                if let Late::Notification(request) = self.late.remove(number) {
                    self.notification(self.with_other_amount(&request));
                    self.go_on();
                }
            }
            Choice::ArrivesAndCrash(number) => {
                if let Late::Notification(request) = self.late.remove(number) {
                    self.notification(request);
                    self.crash(DOWN);
                }
            }
            _ => {
                let (request, number) = self.sent.take().expect("something was sent");
                self.ask(choice, request, number);
                self.go_on();
            }
        }
    }

    fn key(&self) -> String {
        let mut late: Vec<String> = self
            .late
            .iter()
            .map(|late| match late {
                Late::Request(request) => name(request),
                Late::Answer(number, what, answer) => format!("{number} {what} {}", said(answer)),
                Late::Notification(request) => String::from_utf8_lossy(request.body()).into_owned(),
            })
            .collect();
        late.sort();
        let sent = self.sent.as_ref().map(|(request, _)| name(request));
        format!(
            "{:?} {} {} {sent:?} {:?} {late:?} {:?} {:?} {} {:?}",
            self.now,
            self.set,
            self.shop.key(),
            self.wait,
            self.beliefs,
            self.acknowledged,
            self.taken,
            self.kept.number,
        )
    }

    fn wrong(&self) -> Option<String> {
        if self.taken > 1 {
            return Some(self.words().twice.to_owned());
        }
        if self.broken.is_some() {
            return self.broken.clone();
        }
        let told = self.beliefs.iter();
        let told = told.zip(self.beliefs.iter().skip(1));
        if let Some(((id, before), (_, after))) =
            { told }.find(|((id, before), (other, after))| id == other && before != after)
        {
            return Some(format!("{id} was {before:?}, and is {after:?} now"));
        }
        let (payments, done) = (&self.kept.payments, self.words().done);
        self.beliefs.iter().find_map(|(id, belief)| {
            let end = payments.get(id).cloned().flatten();
            let is_done = end.as_deref() == Some(self.words().done);
            match (belief, is_done) {
                (Belief::Done, false) => Some(format!("{id} is taken to be {done}, and is not")),
                (Belief::NotDone, true) => Some(format!("{id} is taken not to be {done}, and is")),
                (_, _) => None,
            }
        })
    }

    fn length(&self) -> usize {
        self.diagram.len()
    }
}

/// What the clocks of a shop show whose clock on the wall is set so many seconds.
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

fn operation(request: &Request<Vec<u8>>) -> &str {
    request.uri().path().rsplit('/').next().unwrap_or_default()
}

/// A request in two words.
fn name(request: &Request<Vec<u8>>) -> String {
    let json: Json = serde_json::from_slice(request.body()).unwrap_or_default();
    let ids = ["paymentRequestId", "refundRequestId"].map(|id| json[id].as_str());
    let id = ids.into_iter().flatten().next();
    format!("{} {}", operation(request), id.unwrap_or("?"))
}

/// An answer in two words.
fn said(answer: &Response<Vec<u8>>) -> String {
    let json: Json = serde_json::from_slice(answer.body()).unwrap_or_default();
    let result = &json["result"];
    let mut said = format!(
        "{} {}",
        text(&result["resultStatus"]),
        text(&result["resultCode"])
    );
    for what in ["payment", "refund"] {
        if let Some(status) = json[format!("{what}Status")].as_str() {
            said += &format!(", {what} {status}");
        }
    }
    said
}

fn text(json: &Json) -> &str {
    json.as_str().unwrap_or("?")
}
