//! The generated machines under random events: whatever happens, nobody pays twice, every life ends,
//! ends stay, and an order is paid only when the provider said so.

use std::cell::Cell;
use std::time::Duration;

use alipay_instore::ams_instore::cancel::CancelResponse;
use alipay_instore::ams_instore::entry_code_payment::{
    Call, Command, Event, Limits, Machine, Sending, State, Verdict,
};
use alipay_instore::ams_instore::inquiry_payment::InquiryPaymentResponse;
use alipay_instore::ams_instore::notify_payment::NotifyPaymentRequest;
use alipay_instore::ams_instore::pay_entry_code::PayEntryCodeResponse;
use payspec_runtime::decode;
use payspec_tests::kept;
use payspec_tests::random::{holds, share};
use proptest::prelude::*;
use serde::de::DeserializeOwned;

fn message<T: DeserializeOwned + payspec_runtime::Message>(json: &str) -> T {
    decode(json.as_bytes()).unwrap_or_else(|error| panic!("{json}: {error}"))
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn result(status: &str, code: &str) -> String {
    format!(r#""result":{{"resultStatus":"{status}","resultCode":"{code}","resultMessage":"m"}}"#)
}

/// A statement of the provider.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Word {
    Paid,
    Unpaid,
    Cancelled,
    Processing,
    Redirect,
    Failed,
    NotKnown,
    Unclear,
}

const WORDS: &[Word] = &[
    Word::Paid,
    Word::Unpaid,
    Word::Cancelled,
    Word::Processing,
    Word::Redirect,
    Word::Failed,
    Word::NotKnown,
    Word::Unclear,
];

fn pay(word: Word) -> PayEntryCodeResponse {
    let form = r#""redirectActionForm":{"redirectUrl":"https://wallet.example/pay"}"#;
    message(&match word {
        Word::Redirect | Word::Paid => format!("{{{},{form}}}", result("S", "SUCCESS")),
        Word::Failed | Word::Unpaid => format!("{{{}}}", result("F", "RISK_REJECT")),
        Word::NotKnown => format!("{{{}}}", result("F", "REPEAT_REQ_INCONSISTENT")),
        // A success that does not say where the payer goes is none.
        Word::Cancelled => format!("{{{}}}", result("S", "SUCCESS")),
        Word::Processing | Word::Unclear => format!("{{{}}}", result("U", "UNKNOWN_EXCEPTION")),
    })
}

fn inquiry(word: Word) -> InquiryPaymentResponse {
    let stands = |status: &str| {
        format!(
            r#"{{{},"paymentStatus":"{status}","paymentResultCode":"X","paymentResultMessage":"m"}}"#,
            result("S", "SUCCESS")
        )
    };
    let failed = |status: &str, code: &str| {
        format!(
            r#"{{{},"paymentResultCode":"X","paymentResultMessage":"m"}}"#,
            result(status, code)
        )
    };
    message(&match word {
        Word::Paid => stands("SUCCESS"),
        Word::Unpaid => stands("FAIL"),
        Word::Cancelled => stands("CANCELLED"),
        Word::Processing => stands("PROCESSING"),
        // A status that is not documented.
        Word::Redirect => stands("REDIRECTED"),
        Word::Failed => failed("F", "PROCESS_FAIL"),
        Word::NotKnown => failed("F", "ORDER_NOT_EXIST"),
        Word::Unclear => failed("U", "UNKNOWN_EXCEPTION"),
    })
}

fn cancel(word: Word) -> CancelResponse {
    let (status, code) = match word {
        Word::Cancelled | Word::Paid => ("S", "SUCCESS"),
        Word::Failed | Word::Unpaid | Word::NotKnown => ("F", "PROCESS_FAIL"),
        Word::Processing | Word::Redirect | Word::Unclear => ("U", "UNKNOWN_EXCEPTION"),
    };
    message(&format!("{{{}}}", result(status, code)))
}

fn notification(word: Word) -> NotifyPaymentRequest {
    let (kind, status, code) = match word {
        Word::Paid => ("PAYMENT_RESULT", "S", "SUCCESS"),
        Word::Unpaid | Word::Failed => ("PAYMENT_RESULT", "F", "RISK_REJECT"),
        Word::Processing | Word::Redirect => ("PAYMENT_PENDING", "S", "SUCCESS"),
        Word::Cancelled | Word::NotKnown => ("SOMETHING_NEW", "S", "SUCCESS"),
        Word::Unclear => ("PAYMENT_RESULT", "U", "UNKNOWN_EXCEPTION"),
    };
    message(&format!(
        r#"{{"notifyType":"{kind}",{},"paymentRequestId":"r","paymentId":"p",
        "paymentAmount":{{"currency":"USD","value":"1"}},"paymentCreateTime":"2026-01-01T00:00:00Z"}}"#,
        result(status, code)
    ))
}

/// A life, with what an observer sees of it.
struct Observed {
    machine: Machine,
    now: Duration,
    command: Command,
    sendings: Vec<Sent>,
    /// How often a state was left.
    left: u32,
}

/// A sending, and how often a state had been left when it was made.
#[derive(Clone, Copy)]
struct Sent {
    call: Call,
    sending: Sending,
    left: u32,
}

fn limits(expires: Option<u64>) -> Limits {
    Limits {
        expires: expires.map(seconds),
        pause: seconds(2),
        timeout: seconds(10),
    }
}

impl Observed {
    fn new(expires: Option<u64>) -> Self {
        let mut life = Observed {
            machine: Machine::new(limits(expires)),
            now: Duration::ZERO,
            command: Command::Wait(Duration::ZERO),
            sendings: Vec::new(),
            left: 0,
        };
        life.tell(Event::Tick, false);
        life
    }

    fn is_over(&self) -> bool {
        matches!(self.command, Command::Done(_) | Command::Escalate)
    }

    /// Something happens. It proves that the order is paid, or it does not: the machine believes it then
    /// and only then.
    fn tell(&mut self, event: Event<'_>, proves: bool) {
        let (over, before, state) = (self.is_over(), self.command, self.machine.state());
        self.command = self.machine.step(self.now, event);
        if over {
            assert_eq!(self.command, before, "an end is left: {event:?}");
        } else {
            let is_paid = self.command == Command::Done(Verdict::Paid);
            assert_eq!(
                is_paid, proves,
                "paid, and nobody said so, or the reverse: {event:?}"
            );
        }
        self.left += u32::from(self.machine.state() != state);
        if let Command::Send { call, sending } = self.command {
            let number = usize::try_from(sending.number()).expect("small");
            assert_eq!(number, self.sendings.len() + 1, "sendings are numbered");
            if call == Call::PayEntryCode {
                let others = self
                    .sendings
                    .iter()
                    .any(|other| other.call != Call::PayEntryCode);
                assert!(!others, "it is paid again after something else");
                assert!(number <= 4, "once, and three times again");
            }
            let left = self.left;
            self.sendings.push(Sent {
                call,
                sending,
                left,
            });
        }
        // A machine that was saved and restored is the same.
        assert_eq!(Machine::restore(&self.machine.save()), Ok(self.machine));
    }

    /// An answer to the last sending but `back`.
    fn answer(&mut self, word: Word, back: usize) {
        let Some(index) = self.sendings.len().checked_sub(back + 1) else {
            return;
        };
        let Sent {
            call,
            sending,
            left,
        } = self.sendings[index];
        match call {
            Call::PayEntryCode => {
                self.tell(Event::PayEntryCode(sending, &pay(word).outcome()), false);
            }
            Call::InquiryPayment => {
                // An answer to what was asked before something else happened is an old truth.
                // A paid payment of which a cancellation may still arrive is none, either.
                let state = self.machine.state();
                let counts = matches!(state, State::Awaiting | State::Checking | State::Settling);
                let proves = word == Word::Paid && left == self.left && counts;
                let outcome = inquiry(word).outcome();
                self.tell(Event::InquiryPayment(sending, &outcome), proves);
            }
            Call::Cancel => self.tell(Event::Cancel(sending, &cancel(word).outcome()), false),
        }
    }

    fn notification(&mut self, word: Word) {
        let before = matches!(
            self.machine.state(),
            State::Paying | State::Repeating | State::Awaiting | State::Checking | State::Settling
        );
        let proves = word == Word::Paid && before;
        self.tell(Event::NotifyPayment(&notification(word).outcome()), proves);
    }

    fn tick(&mut self) {
        self.tell(Event::Tick, false);
    }
}

/// The next event.
#[derive(Debug, Clone, Copy)]
enum Happening {
    Answer(Word, usize),
    Notification(Word),
    NoAnswer(usize),
    Contradiction,
    Pass(u64),
    /// As long as the machine asked for.
    Wait,
}

fn happening() -> impl Strategy<Value = Happening> {
    let word = || prop::sample::select(WORDS);
    prop_oneof![
        32 => (word(), 0usize..3).prop_map(|(word, back)| Happening::Answer(word, back)),
        8 => word().prop_map(Happening::Notification),
        1 => Just(Happening::Contradiction),
        8 => (0usize..3).prop_map(Happening::NoAnswer),
        16 => (0u64..20).prop_map(Happening::Pass),
        32 => Just(Happening::Wait),
    ]
}

/// Lives in which little is decided, so that they go on.
fn quiet() -> impl Strategy<Value = Happening> {
    let word = || prop::sample::select(&[Word::Processing, Word::NotKnown, Word::Unclear][..]);
    prop_oneof![
        4 => (word(), 0usize..3).prop_map(|(word, back)| Happening::Answer(word, back)),
        1 => (0usize..3).prop_map(Happening::NoAnswer),
        4 => Just(Happening::Wait),
    ]
}

fn live(expires: Option<u64>, happenings: &[Happening]) -> Observed {
    let mut life = Observed::new(expires);
    for happening in happenings {
        match *happening {
            Happening::Answer(word, back) => life.answer(word, back),
            Happening::Notification(word) => life.notification(word),
            Happening::NoAnswer(back) => {
                let index = life.sendings.len().checked_sub(back + 1);
                if let Some(Sent { sending, .. }) = index.map(|index| life.sendings[index]) {
                    life.tell(Event::NoAnswer(sending), false);
                }
            }
            Happening::Contradiction => {
                let over = life.is_over();
                life.tell(Event::Contradicted, false);
                assert!(over || life.command == Command::Escalate, "it goes on");
            }
            Happening::Pass(time) => {
                life.now += seconds(time);
                life.tick();
            }
            Happening::Wait => {
                if let Command::Wait(time) = life.command {
                    assert!(time > Duration::ZERO, "it waits for nothing");
                    life.now += time;
                }
                life.tick();
            }
        }
    }
    life
}

/// Nothing happens any more: the life ends by itself.
fn ends(life: &mut Observed) {
    for _ in 0..200 {
        match life.command {
            Command::Done(_) | Command::Escalate => return,
            Command::Wait(time) => life.now += time,
            Command::Send { .. } => {}
        }
        life.tick();
    }
    panic!("it goes on and on in {:?}", life.machine.state());
}

#[test]
fn whatever_happens() {
    let expires = prop::option::of(1u64..120);
    let lives = (expires, prop::collection::vec(happening(), 0..60));
    let paid = Cell::new(0);
    let cancelled = Cell::new(0);
    let ended = holds(
        kept!("whatever_happens"),
        share(3_000),
        &lives,
        |(expires, events)| {
            let mut life = live(expires, &events);
            let is_over = life.is_over();
            ends(&mut life);
            let over = life.command;
            let count = |cell: &Cell<u32>, is: bool| cell.set(cell.get() + u32::from(is));
            count(&paid, over == Command::Done(Verdict::Paid));
            count(&cancelled, over == Command::Done(Verdict::Cancelled));
            for word in WORDS {
                life.notification(*word);
                life.answer(*word, 0);
            }
            assert_eq!(life.command, over);
            is_over
        },
    );
    // It is about lives that end in each way, and before the events do.
    let counts = [ended, paid.get(), cancelled.get()];
    assert!(
        counts.iter().all(|count| *count >= share(150)),
        "{counts:?}"
    );
}

#[test]
fn undecided_lives_end_too() {
    let expires = prop::option::of(1u64..120);
    let lives = (expires, prop::collection::vec(quiet(), 0..80));
    let asked = holds(
        kept!("undecided_lives"),
        share(2_000),
        &lives,
        |(expires, events)| {
            let mut life = live(expires, &events);
            ends(&mut life);
            // Silence proves nothing.
            assert_ne!(life.command, Command::Done(Verdict::Paid));
            assert!(life.sendings.len() <= 4 + 9 + 2 + 6 + 9);
            life.sendings.iter().any(|sent| sent.call == Call::Cancel)
        },
    );
    assert!(asked >= share(500), "{asked} lives came to a cancellation");
}

#[test]
fn the_documented_schedule() {
    let mut life = Observed::new(None);
    life.answer(Word::Redirect, 0);
    let mut times = Vec::new();
    while life.machine.state() == State::Awaiting {
        if let Command::Wait(time) = life.command {
            life.now += time;
            life.tick();
        }
        times.push(life.now.as_secs());
        life.answer(Word::Processing, 0);
    }
    assert_eq!(times, [2, 5, 8, 13, 18, 23, 28, 33, 38]);
    let mut times = vec![life.now.as_secs()];
    life.answer(Word::Unclear, 0);
    while let Command::Wait(time) = life.command {
        life.now += time;
        life.tick();
        times.push(life.now.as_secs());
        life.answer(Word::Unclear, 0);
    }
    assert_eq!(times, [38, 40, 43, 46, 51, 56]);
    assert_eq!(life.command, Command::Escalate);
}

#[test]
fn a_failure_of_the_system_is_asked_about_before_an_order_is_unpaid() {
    for code in ["SYSTEM_ERROR", "PROCESS_FAIL"] {
        let mut life = Observed::new(None);
        let answer: PayEntryCodeResponse = message(&format!("{{{}}}", result("F", code)));
        let sending = life.sendings[0].sending;
        life.tell(Event::PayEntryCode(sending, &answer.outcome()), false);
        assert_eq!(life.machine.state(), State::Awaiting, "{code}");
        life.now += seconds(2);
        life.tick();
        life.answer(Word::Paid, 0);
        assert_eq!(life.command, Command::Done(Verdict::Paid), "{code}");
    }
    let mut life = Observed::new(None);
    life.answer(Word::Failed, 0);
    assert_eq!(life.command, Command::Done(Verdict::Unpaid));
}

#[test]
fn what_can_no_longer_be_cancelled_is_left_to_people() {
    let mut life = Observed::new(Some(10));
    life.answer(Word::Redirect, 0);
    life.now = seconds(10);
    life.tick();
    life.answer(Word::Processing, 0);
    assert_eq!(life.machine.state(), State::Cancelling);
    let answer: CancelResponse = message(&format!("{{{}}}", result("F", "CANCEL_WINDOW_EXCEED")));
    let sending = life.sendings.last().expect("a cancellation").sending;
    life.tell(Event::Cancel(sending, &answer.outcome()), false);
    assert_eq!(life.machine.state(), State::Doubting);
    life.now += seconds(2);
    life.tick();
    life.answer(Word::Paid, 0);
    assert_eq!(life.command, Command::Escalate);
}

#[test]
fn a_late_notification_of_success_does_not_flip_a_cancelled_order() {
    let mut life = Observed::new(Some(10));
    life.answer(Word::Redirect, 0);
    life.now = seconds(10);
    life.tick();
    assert_eq!(life.machine.state(), State::Checking);
    life.answer(Word::Processing, 0);
    assert_eq!(life.machine.state(), State::Cancelling);
    life.notification(Word::Paid);
    assert_eq!(life.machine.state(), State::Cancelling);
    life.answer(Word::Cancelled, 0);
    life.notification(Word::Paid);
    assert_eq!(life.command, Command::Done(Verdict::Cancelled));
}

#[test]
fn a_notification_wins_over_an_inquiry() {
    let mut life = Observed::new(None);
    life.answer(Word::Redirect, 0);
    life.now = seconds(2);
    life.tick();
    life.notification(Word::Paid);
    assert_eq!(life.command, Command::Done(Verdict::Paid));
    life.answer(Word::Processing, 0);
    assert_eq!(life.command, Command::Done(Verdict::Paid));
}

#[test]
fn an_undecided_request_is_repeated_three_times() {
    let mut life = Observed::new(None);
    for _ in 0..3 {
        life.answer(Word::Unclear, 0);
        assert_eq!(
            life.command,
            Command::Wait(seconds(2)),
            "the client's own pause"
        );
        life.now += seconds(2);
        life.tick();
    }
    life.answer(Word::Unclear, 0);
    assert_eq!(life.machine.state(), State::Awaiting);
    assert_eq!(life.sendings.len(), 4);
}

#[test]
fn a_payment_under_way_is_not_a_paid_order() {
    let mut life = Observed::new(None);
    life.notification(Word::Processing);
    assert_eq!(life.machine.state(), State::Paying);
    life.answer(Word::Redirect, 0);
    assert_eq!(life.machine.state(), State::Awaiting);
    life.notification(Word::Processing);
    assert_eq!(life.machine.state(), State::Awaiting);
}

#[test]
fn a_refused_cancellation_is_followed_by_an_inquiry() {
    let mut life = Observed::new(Some(1));
    life.now = seconds(1);
    life.tick();
    assert_eq!(life.machine.state(), State::Checking);
    life.answer(Word::Processing, 0);
    life.answer(Word::Failed, 0);
    assert_eq!(life.machine.state(), State::Settling);
    life.now += seconds(2);
    life.tick();
    life.answer(Word::Paid, 0);
    assert_eq!(life.command, Command::Done(Verdict::Paid));
}
