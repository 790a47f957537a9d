use super::{major, minor, money, money_of_schedules, patch, safe};

super::table! {
    Flow Added: Text, None, minor, safe,
        "a life of a payment or a refund was described",
        "There is a machine to drive now.";
    Flow Removed: Text, None, major, money,
        "a life of a payment or a refund is no longer described",
        "The machine is gone: whoever drove it decides alone when to ask, to send again and to cancel.";
    FlowPays Changed: Text, None, major, money,
        "another operation moves the money",
        "The machine sends another request for the payment or the refund.";
    FlowStart Changed: Text, None, patch, money,
        "a life begins elsewhere",
        "The machine does something else first.";
    FlowHeard Changed: Text, None, major, money,
        "other notifications are heard",
        "What the provider reports may be passed over, or counts now.";
    FlowExpires Changed: Text, None, patch, money,
        "another time bounds the wait",
        "A payment may be given up earlier than it expires, or later.";
    FlowProves Changed: Text, None, major, money,
        "an end proves something else",
        "The proof of a payment or a refund has other fields: code that books by them does not compile where one is gone.";
    FlowState Added: Text, None, major, money,
        "a life has a new state",
        "The machine can be in a state that code which matches on states does not know, on purpose.";
    FlowState Removed: Text, None, major, money,
        "a life lost a state",
        "Code that names the state does not compile, and a machine that was saved in it cannot be restored.";
    FlowState Renamed: Text, None, major, money,
        "a state of a life has another name",
        "Code that names the state does not compile, and a machine that was saved in it cannot be restored under its old name.";
    FlowRole Changed: Text, Risky, major, money,
        "a state does something else",
        "The machine sends something else in the state, or the state is another end: the same events come to something else.";
    FlowPauses Changed: Text, None, patch, money_of_schedules,
        "the schedule of a state changed",
        "The machine sends more or less often, or at other times, and gives up earlier or later.";
    FlowTarget Changed: Text, Risky, patch, money,
        "an event leads elsewhere",
        "The same event comes to something else: look whether a payment can now be taken for paid that is not, or be made twice. `payspec check` proves that of the new machine.";
}
