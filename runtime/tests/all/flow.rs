//! The machine of a flow: sendings, late answers, pauses, the deadline, ends, the journal.

use payspec_runtime::flow::{
    Command, End, Flow, Input, Limits, Machine, Pause, Role, Sending, Signal, StateRow, Step,
    Table, Target, Verdict,
};
use std::time::Duration;

/// Pay, then ask, then cancel.
enum Demo {}

const PAYING: usize = 0;
const ASKING: usize = 1;
const CANCELLING: usize = 2;
const PAID: usize = 3;
const UNPAID: usize = 4;
const CANCELLED: usize = 5;
const ESCALATED: usize = 6;

const REDIRECT: usize = 0;
const PAY_FAILED: usize = 1;
const PAY_PENDING: usize = 2;
const ASK_PAID: usize = 3;
const ASK_OPEN: usize = 4;
const UNDONE: usize = 5;
const TOLD_PAID: usize = 6;

static TABLE: Table = Table {
    id: "demo",
    start: PAYING,
    contradicted: ESCALATED,
    signals: &[
        Signal {
            name: "pay.redirect",
            call: Some(0),
        },
        Signal {
            name: "pay.failed",
            call: Some(0),
        },
        Signal {
            name: "pay.pending",
            call: Some(0),
        },
        Signal {
            name: "ask.paid",
            call: Some(1),
        },
        Signal {
            name: "ask.pending",
            call: Some(1),
        },
        Signal {
            name: "undo.cancelled",
            call: Some(2),
        },
        Signal {
            name: "told.paid",
            call: None,
        },
    ],
    states: &[
        StateRow {
            name: "paying",
            role: Role::Step(Step {
                call: 0,
                pauses: &[Pause::Seconds(0), Pause::Own, Pause::Own],
                on: &[
                    (REDIRECT, Target::State(ASKING)),
                    (PAY_FAILED, Target::State(UNPAID)),
                    (PAY_PENDING, Target::Again),
                    (TOLD_PAID, Target::State(PAID)),
                ],
                no_answer: Target::Again,
                exhausted: Target::State(ASKING),
                expired: Target::State(CANCELLING),
            }),
        },
        StateRow {
            name: "asking",
            role: Role::Step(Step {
                call: 1,
                pauses: &[Pause::Seconds(2), Pause::Seconds(3)],
                on: &[
                    (ASK_PAID, Target::State(PAID)),
                    (ASK_OPEN, Target::Again),
                    (TOLD_PAID, Target::State(PAID)),
                ],
                no_answer: Target::Again,
                exhausted: Target::State(CANCELLING),
                expired: Target::State(CANCELLING),
            }),
        },
        StateRow {
            name: "cancelling",
            role: Role::Step(Step {
                call: 2,
                pauses: &[Pause::Seconds(0), Pause::Seconds(2)],
                on: &[(UNDONE, Target::State(CANCELLED))],
                no_answer: Target::Again,
                exhausted: Target::State(ESCALATED),
                expired: Target::Stay,
            }),
        },
        StateRow {
            name: "paid",
            role: Role::End(End::Done(Verdict::Paid)),
        },
        StateRow {
            name: "unpaid",
            role: Role::End(End::Done(Verdict::Unpaid)),
        },
        StateRow {
            name: "cancelled",
            role: Role::End(End::Done(Verdict::Cancelled)),
        },
        StateRow {
            name: "escalated",
            role: Role::End(End::Escalate),
        },
    ],
};

#[derive(Debug, Clone, Copy, PartialEq)]
enum Call {
    Pay,
    Ask,
    Undo,
}

impl Flow for Demo {
    type State = &'static str;
    type Call = Call;
    type Event<'a> = Input;

    const TABLE: &'static Table = &TABLE;

    fn state(index: usize) -> &'static str {
        TABLE.states[index].name
    }

    fn call(index: usize) -> Call {
        match index {
            0 => Call::Pay,
            1 => Call::Ask,
            _ => Call::Undo,
        }
    }

    fn input(event: Input) -> Input {
        event
    }
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn wait(time: u64) -> Command<Call> {
    Command::Wait(seconds(time))
}

fn send(call: Call, number: u32) -> Command<Call> {
    Command::Send {
        call,
        sending: sending(number),
    }
}

fn sending(number: u32) -> Sending {
    Sending::from_number(number).expect("a number from 1")
}

fn answer(number: u32, signal: usize) -> Input {
    Input::Answer {
        sending: sending(number),
        signal,
    }
}

/// A life without an expiry, whose first sending has left.
fn begun() -> Machine<Demo> {
    begun_with(None)
}

fn begun_with(expires: Option<u64>) -> Machine<Demo> {
    let mut machine = Machine::new(Limits {
        expires: expires.map(seconds),
        pause: seconds(1),
        timeout: seconds(10),
    });
    assert_eq!(machine.tick(seconds(0)), send(Call::Pay, 1));
    machine
}

#[test]
fn a_payment_that_is_asked_for() {
    let mut machine = begun();
    assert_eq!(machine.step(seconds(1), answer(1, REDIRECT)), wait(2));
    assert_eq!(machine.state(), "asking");
    assert_eq!(machine.tick(seconds(3)), send(Call::Ask, 2));
    assert_eq!(machine.step(seconds(4), answer(2, ASK_OPEN)), wait(3));
    assert_eq!(machine.tick(seconds(7)), send(Call::Ask, 3));
    let done = Command::Done(Verdict::Paid);
    assert_eq!(machine.step(seconds(8), answer(3, ASK_PAID)), done);
}

#[test]
fn a_tick_sends_once_however_early_and_often() {
    let mut machine = begun();
    for _ in 0..3 {
        assert_eq!(
            machine.tick(seconds(0)),
            wait(10),
            "the answer is waited for"
        );
    }
    assert_eq!(machine.step(seconds(1), answer(1, PAY_PENDING)), wait(1));
    assert_eq!(machine.tick(seconds(1)), wait(1), "too early");
    assert_eq!(machine.tick(seconds(2)), send(Call::Pay, 2));
    assert_eq!(machine.tick(seconds(2)), wait(10), "not twice");
}

#[test]
fn time_does_not_go_back() {
    let mut machine = begun();
    let _ = machine.step(seconds(5), answer(1, PAY_PENDING));
    assert_eq!(machine.tick(seconds(1)), wait(1));
    assert_eq!(machine.tick(seconds(6)), send(Call::Pay, 2));
}

#[test]
fn silence_counts_after_the_timeout() {
    let mut machine = begun();
    assert_eq!(machine.tick(seconds(9)), wait(1));
    assert_eq!(machine.tick(seconds(10)), wait(1), "the client's own pause");
    assert_eq!(machine.tick(seconds(11)), send(Call::Pay, 2));
    let lost = Input::NoAnswer(sending(2));
    assert_eq!(machine.step(seconds(12), lost), wait(1));
    assert_eq!(machine.step(seconds(12), lost), wait(1), "told twice");
    assert_eq!(machine.tick(seconds(13)), send(Call::Pay, 3));
    assert_eq!(
        machine.tick(seconds(23)),
        wait(2),
        "no sending is left: ask"
    );
    assert_eq!(machine.state(), "asking");
}

#[test]
fn what_was_under_way_when_the_program_stopped_is_sent_again_and_not_counted() {
    let mut machine = begun();
    assert_eq!(machine.step(seconds(1), answer(1, REDIRECT)), wait(2));
    assert_eq!(machine.tick(seconds(3)), send(Call::Ask, 2));
    // It stops twice.
    for number in [2, 3] {
        let stopped = Input::Interrupted(sending(number));
        assert_eq!(
            machine.step(seconds(4), stopped),
            send(Call::Ask, number + 1),
            "at once"
        );
        assert_eq!(machine.step(seconds(4), stopped), wait(10), "told twice");
    }
    // The second question of the schedule is still to come.
    let lost = Input::NoAnswer(sending(4));
    assert_eq!(machine.step(seconds(5), lost), wait(3));
    assert_eq!(machine.tick(seconds(8)), send(Call::Ask, 5));
    let lost = Input::NoAnswer(sending(5));
    assert_eq!(machine.step(seconds(9), lost), send(Call::Undo, 6));
    // A cancellation, likewise.
    let stopped = Input::Interrupted(sending(6));
    assert_eq!(machine.step(seconds(10), stopped), send(Call::Undo, 7));
}

#[test]
fn a_late_answer_counts_when_it_decides() {
    let mut machine = begun();
    assert_eq!(machine.tick(seconds(11)), wait(1));
    assert_eq!(machine.tick(seconds(12)), send(Call::Pay, 2));
    // A pending answer is no news, and the second sending is under way.
    assert_eq!(machine.step(seconds(13), answer(1, PAY_PENDING)), wait(9));
    assert_eq!(machine.under_way(), Some(sending(2)));
    assert_eq!(machine.step(seconds(14), answer(1, REDIRECT)), wait(2));
    assert_eq!(machine.state(), "asking");
}

#[test]
fn an_answer_after_its_timeout_does_not_use_up_another_sending() {
    let mut machine = begun();
    assert_eq!(machine.tick(seconds(10)), wait(1));
    assert_eq!(machine.step(seconds(10), answer(1, PAY_PENDING)), wait(1));
    assert_eq!(machine.tick(seconds(11)), send(Call::Pay, 2));
    assert_eq!(machine.tick(seconds(21)), wait(1));
    assert_eq!(machine.tick(seconds(22)), send(Call::Pay, 3));
}

#[test]
fn an_answer_to_a_state_that_was_left_is_passed_over() {
    let mut machine = begun();
    let _ = machine.step(seconds(1), answer(1, REDIRECT));
    assert_eq!(machine.tick(seconds(3)), send(Call::Ask, 2));
    // Two timeouts, so it is cancelled; then the answers come after all.
    assert_eq!(machine.tick(seconds(13)), wait(3));
    assert_eq!(machine.tick(seconds(16)), send(Call::Ask, 3));
    assert_eq!(machine.tick(seconds(26)), send(Call::Undo, 4));
    assert_eq!(machine.step(seconds(27), answer(3, ASK_PAID)), wait(9));
    assert_eq!(machine.step(seconds(27), answer(1, REDIRECT)), wait(9));
    assert_eq!(machine.step(seconds(27), Input::Heard(TOLD_PAID)), wait(9));
    let done = Command::Done(Verdict::Cancelled);
    assert_eq!(machine.step(seconds(28), answer(4, UNDONE)), done);
}

#[test]
fn answers_that_nobody_asked_for_change_nothing() {
    let mut machine = begun();
    assert_eq!(machine.step(seconds(1), answer(7, REDIRECT)), wait(9));
    assert_eq!(machine.step(seconds(1), answer(1, ASK_PAID)), wait(9));
    assert_eq!(machine.step(seconds(1), answer(1, 99)), wait(9));
    assert_eq!(machine.step(seconds(1), answer(1, TOLD_PAID)), wait(9));
    assert_eq!(machine.state(), "paying");
}

#[test]
fn a_notification_wins_over_asking() {
    let mut machine = begun();
    let _ = machine.step(seconds(1), answer(1, REDIRECT));
    assert_eq!(machine.tick(seconds(3)), send(Call::Ask, 2));
    let done = Command::Done(Verdict::Paid);
    assert_eq!(machine.step(seconds(4), Input::Heard(TOLD_PAID)), done);
    assert_eq!(machine.step(seconds(5), answer(2, ASK_OPEN)), done);
}

#[test]
fn an_end_absorbs_everything() {
    let mut machine = begun_with(Some(1));
    assert_eq!(machine.tick(seconds(2)), send(Call::Undo, 2));
    let done = Command::Done(Verdict::Cancelled);
    assert_eq!(machine.step(seconds(3), answer(2, UNDONE)), done);
    for event in [
        Input::Heard(TOLD_PAID),
        answer(1, REDIRECT),
        answer(2, UNDONE),
        Input::NoAnswer(sending(2)),
        Input::Tick,
    ] {
        assert_eq!(machine.step(seconds(99), event), done);
    }
}

#[test]
fn pauses_are_cut_at_the_expiry() {
    let mut machine = begun_with(Some(2));
    assert_eq!(machine.tick(seconds(0)), wait(2), "not the whole timeout");
    assert_eq!(machine.step(seconds(1), answer(1, REDIRECT)), wait(1));
    assert_eq!(machine.tick(seconds(2)), send(Call::Undo, 2));
    assert_eq!(
        machine.tick(seconds(2)),
        wait(10),
        "what stays is not woken again"
    );
}

#[test]
fn what_came_at_the_expiry_counts_before_it() {
    let mut machine = begun_with(Some(5));
    let done = Command::Done(Verdict::Paid);
    assert_eq!(machine.step(seconds(9), Input::Heard(TOLD_PAID)), done);
}

#[test]
fn a_saved_machine_goes_on() {
    let mut machine = begun_with(Some(60));
    loop {
        let line = machine.save();
        let restored = Machine::<Demo>::restore(&line).expect("its own line");
        assert_eq!(restored, machine, "{line}");
        assert_eq!(restored.state(), machine.state());
        let mut copy = restored;
        for time in [0, 1, 5, 100] {
            assert_eq!(
                copy.tick(seconds(time)),
                machine.tick(seconds(time)),
                "{line}"
            );
        }
        if machine.tick(seconds(100)) == Command::Escalate {
            break;
        }
        let _ = machine.step(
            seconds(200),
            Input::NoAnswer(machine.under_way().unwrap_or(sending(1))),
        );
        let _ = machine.tick(seconds(300));
    }
    assert_eq!(machine.state(), "escalated");
}

#[test]
fn lines_that_are_no_machine() {
    let good = begun().save();
    assert_eq!(
        good,
        "demo paying now=0 sent=1 here=1 answer_by=10000 pause=1000 timeout=10000"
    );
    assert!(Machine::<Demo>::restore(&good).is_ok());
    for (line, reason) in [
        ("", "it is of another flow"),
        ("other paying now=0", "it is of another flow"),
        ("demo praying now=0", "unknown state"),
        ("demo paying", "a number is missing or broken"),
        (
            &good.replace("now=0", "now=+0"),
            "a number is missing or broken",
        ),
        (
            &good.replace("sent=1", "sent=99999999999"),
            "a number is missing or broken",
        ),
        (
            &good.replace("answer_by", "answer"),
            "a number is missing or broken",
        ),
        (
            &good.replace("here=1", "here=2"),
            "its sendings do not add up",
        ),
        (
            &good.replace("sent=1 here=1", "sent=9 here=9"),
            "its sendings do not add up",
        ),
        (
            &good.replace("here=1", "here=0"),
            "its sendings do not add up",
        ),
        (
            &format!("{good} expires=9 more=1"),
            "unexpected text at the end",
        ),
    ] {
        let error = Machine::<Demo>::restore(line).expect_err(line);
        assert_eq!(
            error.to_string(),
            format!("not a saved machine of `demo`: {reason}"),
            "{line}"
        );
    }
}

/// A table that no check accepts: its two states lead to each other on every event.
enum Endless {}

static CIRCLE: Table = Table {
    id: "circle",
    start: 0,
    contradicted: 2,
    signals: &[],
    states: &[
        StateRow {
            name: "here",
            role: Role::Step(Step {
                call: 0,
                pauses: &[],
                on: &[],
                no_answer: Target::Stay,
                exhausted: Target::Again,
                expired: Target::State(1),
            }),
        },
        StateRow {
            name: "there",
            role: Role::Step(Step {
                call: 0,
                pauses: &[],
                on: &[],
                no_answer: Target::Again,
                exhausted: Target::Stay,
                expired: Target::State(0),
            }),
        },
    ],
};

impl Flow for Endless {
    type State = usize;
    type Call = usize;
    type Event<'a> = Input;

    const TABLE: &'static Table = &CIRCLE;

    fn state(index: usize) -> usize {
        index
    }

    fn call(index: usize) -> usize {
        index
    }

    fn input(event: Input) -> Input {
        event
    }
}

#[test]
fn a_broken_table_is_left_to_people() {
    let limits = |expires| Limits {
        expires,
        pause: seconds(1),
        timeout: seconds(1),
    };
    let mut machine = Machine::<Endless>::new(limits(Some(seconds(0))));
    assert_eq!(machine.tick(seconds(0)), Command::Escalate);
    assert_eq!(machine.tick(seconds(1)), Command::Escalate);
    // It sends although no sending is allowed, and waits for an answer that leads nowhere.
    let mut machine = Machine::<Endless>::new(limits(None));
    let sent = machine.tick(seconds(0));
    assert_eq!(
        sent,
        Command::Send {
            call: 0,
            sending: sending(1)
        }
    );
    assert_eq!(machine.tick(seconds(1)), Command::Escalate);
}
