//! Everything that can happen next.

/// An event that can happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Choice {
    /// The request arrives, and its answer does, too.
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
