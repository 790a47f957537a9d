//! The rules for flows and their states.

use super::{major, minor, money, money_of_schedules, patch, safe};

super::table! {
    Flow Added: Text, None, minor, safe,
        "a flow was added",
        "The crate has one more state machine.";
    Flow Removed: Text, None, major, money,
        "a flow was removed",
        "The state machine is gone: programs that used it must decide themselves when to inquire, resend and cancel.";
    FlowPays Changed: Text, None, major, money,
        "another operation moves the money",
        "The state machine sends another request for the payment or the refund.";
    FlowStart Changed: Text, None, patch, money,
        "a flow starts in another state",
        "The state machine does something else first.";
    FlowHeard Changed: Text, None, major, money,
        "the notifications of a flow changed",
        "Notifications that were used may now be ignored, or the reverse.";
    FlowExpires Changed: Text, None, patch, money,
        "the expiry of a flow changed",
        "A payment may be given up before or after it expires.";
    FlowProves Changed: Text, None, major, money,
        "the proof of a flow changed",
        "The proof of a payment or a refund has other fields. Code that uses a removed field for its bookkeeping does not compile.";
    FlowWith Changed: Text, None, major, money,
        "later requests of a flow carry other values",
        "The flow names the payment or the refund by another value. The client may gain or lose the methods that run it, and a payment that was saved before may lack a value: then it ends in doubt.";
    FlowState Added: Text, None, major, money,
        "a flow has a new state",
        "Code that matches on states must handle the new state.";
    FlowState Removed: Text, None, major, money,
        "a flow lost a state",
        "Code that names the state does not compile, and a payment that was saved in it cannot be restored.";
    FlowState Renamed: Text, None, major, money,
        "a state of a flow was renamed",
        "Code that names the state does not compile, and a payment that was saved in it cannot be restored under its old name.";
    FlowRole Changed: Text, Risky, major, money,
        "the action of a state changed",
        "The state machine sends something else in the state, or the state is another end: the same events have another result.";
    FlowPauses Changed: Text, None, patch, money_of_schedules,
        "the schedule of a state changed",
        "The state machine sends more or less often, or at other times, and gives up earlier or later.";
    FlowTarget Changed: Text, Risky, patch, money,
        "an event leads to another state",
        "The same event has another result. Check that an unpaid payment cannot be taken for paid, and that a payment cannot be made twice. `payspec check` proves both for the new flow.";
}
