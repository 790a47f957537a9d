//! Codes of flows: their content, then the proofs about them.

super::codes! {
    UNKNOWN_IN_FLOW = "E120", "unknown state, operation or outcome in a flow",
        "A flow speaks of its own states, of operations, and of their outcomes and codes. In a \
         state only outcomes of the operation that it sends, and of those in `notified_by`, can \
         happen.",
        "on:\n  pay_entry_code.redirct: awaiting";
    ODD_STATE = "E121", "a state that is neither a step nor an end",
        "A step has `send`, `after_s` and `on`. An end has `end`, and nothing of a step. The words \
         `again` and `stay` are reserved.",
        "waiting: {description: Waits.}";
    MISUSED_TARGET = "E122", "`again` or `stay` where it cannot be",
        "`again` means the next sending: an outcome of what was sent, or `no_answer`, can ask for \
         it. `stay` means that nothing changes: a notification or `expired` can be passed over. \
         After the answer to a sending, `stay` would leave the state waiting for nothing.",
        "on:\n  exhausted: again";
    WRONG_PARTY = "E123", "an operation that cannot be sent or heard",
        "A step sends an operation that the merchant calls. `notified_by` lists operations that \
         the provider calls. Both are judged by a `result`: without one there are no outcomes.",
        "send: notify_payment";
    WRONG_START = "E124", "the flow does not start with the operation that moves the money",
        "The state in `starts` sends the operation in `pays` or `refunds`.",
        "pays: pay_entry_code\nstarts: asking        # sends inquiry_payment";

    WRONG_PROOF = "E125", "a proof that is in no message",
        "`proves` names fields of the messages that the flow receives: answers to what it sends, and \
         what it hears. A field has the same type in all messages that have it, and no two fields \
         have the same name.",
        "proves: [/paymentNumber]        # no answer and no notification has it";
    WRONG_FLOW_KIND = "E126", "a flow that is not of one kind",
        "A flow is the life of a payment, and `pays` names the operation that takes the money; or it is the \
         life of a refund, and `refunds` names the operation that gives it back. A payment ends as `paid`, \
         `unpaid`, `cancelled` or `escalated`, a refund as `refunded`, `refund_failed` or `escalated`.",
        "pays: pay_entry_code\nrefunds: refund";

    NOT_HANDLED = "E130", "an event without a row",
        "Every step says where each of these leads: every outcome of the operation that it sends \
         and of each in `notified_by`, `no_answer`, `exhausted`, and `expired` where the flow \
         expires. `OPERATION.*` covers all outcomes of an operation that are not listed.",
        "a step that sends `cancel` and has no row for `cancel.failed`";
    NEVER_ENTERED = "E131", "a state that is never entered",
        "No event leads to the state, neither directly nor on the way through others.",
        "a state that no `on` names";
    NO_WAY_OUT = "E132", "a state without a way to an end",
        "Whatever happens, no end can be reached from this state.",
        "two steps that lead to each other only";
    ENTERED_AGAIN = "E133", "a state that can be entered again",
        "The states must not form a circle: what has been left is not entered again, so that every \
         life ends. Repetition is `again`, and `after_s` bounds it.",
        "asking: {on: {exhausted: paying}, …}";
    PAYS_TWICE = "E134", "a way to pay twice",
        "Money can move once. So the operation that moves it has an idempotency key, and it is sent again \
         only while nobody knows how it came out: after `pending` or `no_answer`, by the first state \
         or by one that nothing else leads to. No other operation that moves money (of the same path, or the `pays` or `refunds` \
         of another flow) is sent in the same life.",
        "on:\n  pay_entry_code.failed: again";
    FALSE_END = "E135", "an end that the event does not prove",
        "`paid` is entered by an outcome called `paid` that decides `done`; `unpaid` by one called \
         `unpaid` that decides `ended` or `failed`, or by the failure of the paying operation where it \
         was sent once (a repetition can be refused while the first sending was paid); \
         `cancelled` by one called `cancelled` that decides `done` or `ended`. A refund becomes `refunded` as a \
         payment becomes `paid`, and `refund_failed` as it becomes `unpaid`. A pending outcome, \
         silence, and a timeout prove nothing, and the `conflict_code` of the operation that moves the \
         money speaks of another request.",
        "on:\n  inquiry_payment.failed: unpaid        # the inquiry failed, not the payment";
    PASSED_OVER = "E136", "a paid answer that is passed over",
        "While no cancellation can have been accepted, an outcome called `paid` that decides `done` \
         leads to an end `paid`, and in the life of a refund one called `refunded` to an end `refunded`. Anything else could cancel a payment that was made, or ask for it \
         again.",
        "on:\n  notify_payment.paid: stay        # and nothing has been cancelled";
    PAID_AFTER_CANCEL = "E137", "paid, although it may have been cancelled",
        "A cancellation was sent on the way here and may have been accepted: it was not refused, or \
         only a repetition of it was, which says nothing of the one before. Then the payer has the \
         money back. Such an order does not become paid.",
        "cancelling: {send: cancel, on: {notify_payment.paid: paid, …}, …}";
    END_LEFT = "E138", "an end that is left again",
        "A state with `end` neither sends anything nor has rows: the life is over, whatever comes \
         later.",
        "cancelled: {end: cancelled, on: {notify_payment.paid: paid}}";
    POINTLESS_REPEAT = "E139", "a repetition after a decided answer",
        "`again` is for answers that leave the question open: `pending`, `waiting`, a failed call. \
         An answer that decides (`done`, `ended`, `redirect`) stays the same however often one \
         asks.",
        "on:\n  inquiry_payment.unpaid: again";
    NO_DOUBT = "E140", "a contradiction that leads nowhere",
        "A message whose fields must agree with the request (`agrees`), and do not, proves nothing: \
         people have to find out. From every step such a message leads to the end `escalated`, so a \
         flow that sends or hears such an operation has one.",
        "a flow that sends an operation with `agrees`, and has no state with `end: escalated`";
    NOT_DRIVEN = "W050", "a flow that no client can carry through",
        "A client makes every request after the first out of the idempotency key of the first, and \
         notifications name the payment by it. Where one needs more, the flow is generated as a state \
         machine alone: the program makes the requests and tells the machine what came.",
        "a flow that sends `cancel`, whose request requires `reason` beside the key";
    SENDS_DEPRECATED = "W051", "a flow sends a deprecated operation",
        "The flow is generated and carried through as before. The compiler warns a program that begins it if \
         `pays` or `refunds` is deprecated, but not of what is sent later: the flow should send what takes its \
         place.",
        "a flow that sends `ask`, an operation with `deprecated`";
}
