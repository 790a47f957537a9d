//! Codes of flows: their content, then the proofs about them.

super::codes! {
    UNKNOWN_IN_FLOW = "E120", "unknown state, operation or outcome in a flow",
        "A flow refers to its own states, to operations, and to their outcomes and codes. A state \
         can only react to outcomes of the operation that it sends and of those in `notified_by`.",
        "on:\n  pay_entry_code.redirct: awaiting";
    ODD_STATE = "E121", "a state that is neither a step nor an end",
        "A step has `send`, `after_s` and `on`. An end has `end`, and no key of a step. The words \
         `again` and `stay` are reserved.",
        "waiting: {description: Waits.}";
    MISUSED_TARGET = "E122", "`again` or `stay` where it is not allowed",
        "`again` means the next sending: it is allowed after an outcome of the operation that was \
         sent, and after `no_answer`. `stay` means that nothing changes: it is allowed after a \
         notification and after `expired`. After the answer to a sending, `stay` would leave the \
         state with nothing to wait for.",
        "on:\n  exhausted: again";
    WRONG_PARTY = "E123", "an operation that cannot be sent or received",
        "A step sends an operation that the merchant calls. `notified_by` lists operations that \
         the provider calls. Both need a `result`: without it they have no outcomes.",
        "send: notify_payment";
    WRONG_START = "E124", "the flow does not start with the operation that moves the money",
        "The state in `starts` must send the operation in `pays` or `refunds`.",
        "pays: pay_entry_code\nstarts: asking        # sends inquiry_payment";

    WRONG_PROOF = "E125", "invalid field in `proves`",
        "`proves` names fields of the messages that the flow receives: the answers to its \
         requests, and the notifications. A field must have the same type in all messages that \
         contain it, and two fields cannot have the same name.",
        "proves: [/paymentNumber]        # no answer or notification has this field";
    WRONG_FLOW_KIND = "E126", "a flow that is not clearly a payment or a refund",
        "A flow describes a payment, and `pays` names the operation that takes the money; or it \
         describes a refund, and `refunds` names the operation that gives it back. A payment ends \
         as `paid`, `unpaid`, `cancelled` or `escalated`, a refund as `refunded`, `refund_failed` \
         or `escalated`.",
        "pays: pay_entry_code\nrefunds: refund";

    WRONG_WITH = "E127", "invalid value in `with`",
        "`with` names values of earlier messages that later requests of the flow carry. It has the id \
         of an operation that the flow sends after `pays` or `refunds`; for it, a field of the \
         request; and for that, an operation that the flow sends and the path of a value in its \
         answer, or the operation of `pays` or `refunds`, `request`, and the path of a value in its \
         request. Both are plain texts and not sensitive, because the journal keeps the value.",
        "with: { inquire: { /id: pay:/number } }        # the answer to `pay` has no field `/number`";

    NOT_HANDLED = "E130", "an event without a row",
        "Every step needs a row for each of these events: every outcome of the operation that it \
         sends and of each operation in `notified_by`, `no_answer`, `exhausted`, and `expired` if \
         the flow expires. `OPERATION.*` covers all outcomes of an operation that are not listed.",
        "a step that sends `cancel` and has no row for `cancel.failed`";
    NEVER_ENTERED = "E131", "unreachable state",
        "No event leads to this state, neither directly nor through other states.",
        "a state that no `on` names";
    NO_WAY_OUT = "E132", "a state from which no end can be reached",
        "Whatever happens, a flow in this state never ends.",
        "two steps that lead to each other only";
    ENTERED_AGAIN = "E133", "a state that can be entered again",
        "The states must not form a cycle: a state that was left is not entered again, so that \
         every flow ends. To repeat a sending, use `again`; `after_s` limits it.",
        "asking: {on: {exhausted: paying}, …}";
    PAYS_TWICE = "E134", "a way to pay twice",
        "Money can move only once. So the operation that moves it needs an idempotency key, and \
         can be sent again only while its result is unknown: after `pending` or `no_answer`, by \
         the first state or by one that no other event leads to. The flow must not send another \
         operation that moves money (one with the same path, or the `pays` or `refunds` of \
         another flow).",
        "on:\n  pay_entry_code.failed: again";
    FALSE_END = "E135", "an end that the event does not prove",
        "`paid` needs an outcome named `paid` that decides `done`. `unpaid` needs one named \
         `unpaid` that decides `ended` or `failed`, or the failure of the paying operation if it \
         was sent once (a repetition can be refused although the first sending was paid). \
         `cancelled` needs one named `cancelled` that decides `done` or `ended`. For a refund, \
         `refunded` follows the rule of `paid`, and `refund_failed` that of `unpaid`. A pending \
         outcome, a missing answer and a timeout prove nothing, and the `conflict_code` of the \
         operation that moves the money refers to another request.",
        "on:\n  inquiry_payment.failed: unpaid        # the inquiry failed, not the payment";
    PASSED_OVER = "E136", "a paid answer that is ignored",
        "While no cancellation can have been accepted, an outcome named `paid` that decides \
         `done` must lead to an end `paid`; in a refund, one named `refunded` must lead to an end \
         `refunded`. Any other target could cancel a payment that was made, or request it again.",
        "on:\n  notify_payment.paid: stay        # nothing was cancelled";
    PAID_AFTER_CANCEL = "E137", "paid, although it may have been cancelled",
        "A cancellation was sent before this event and may have been accepted: it was not \
         refused, or only a repetition of it was refused, which proves nothing about the first \
         one. The payer may have the money back, so the order must not become paid.",
        "cancelling: {send: cancel, on: {notify_payment.paid: paid, …}, …}";
    END_LEFT = "E138", "an end with keys of a step",
        "A state with `end` sends nothing and has no rows: the flow is over, whatever arrives \
         later.",
        "cancelled: {end: cancelled, on: {notify_payment.paid: paid}}";
    POINTLESS_REPEAT = "E139", "a repetition after a final answer",
        "`again` is for answers that leave the question open: `pending`, `waiting`, a failed \
         call. An answer that decides (`done`, `ended`, `redirect`) stays the same however often \
         the request is sent.",
        "on:\n  inquiry_payment.unpaid: again";
    NO_DOUBT = "E140", "missing end for a message that contradicts the request",
        "A message whose fields in `agrees` differ from the request proves nothing: people must \
         investigate. It leads from every step to the end `escalated`, so a flow that sends or \
         receives such an operation needs this end.",
        "a flow that sends an operation with `agrees`, and has no state with `end: escalated`";
    NOT_GIVEN = "E141", "a request whose value may be missing",
        "A state that sends a request with a value of an earlier answer must be entered only after \
         an outcome that makes this value sure: each decision with that name has the value in \
         `needs`, or the answer requires it.",
        "with: { inquire: { /id: pay:/id } }\nstates:\n  paying: {on: {no_answer: inquiring, …}}";
    KEY_EXPIRED = "E142", "a request that is sent again after its key is forgotten",
        "`lifetime_s` in `idempotency` is the time for which the provider keeps a key. After it, the \
         same request with the same key is a new one and may pay twice. The pauses between the first \
         and the last sending of the request must not add up to more.",
        "idempotency: {key: /id, lifetime_s: 60, …}        # and a state with `after_s: [0, 30, 60]`";
    UNPROVED_MOVES = "E085", "a flow that a notification moves which nothing proves",
        "With `notification: none` in `auth`, anyone can send a notification. It leads from a step to one that \
         sends an inquiry, or nowhere (`stay`): never to an end, a payment, a refund or a cancellation.",
        "notify_payment.pending: cancelling        # sends cancel";
    NOT_DRIVEN = "W050", "a flow that a client cannot run",
        "A client builds every request after the first one from the idempotency key of the first \
         and from the values in `with`, and notifications name the payment by this key. If the flow needs more, only a state \
         machine is generated: the program makes the requests and reports each message to the \
         machine.",
        "a flow that sends `cancel`, whose request requires `reason` beside the key";
    SENDS_DEPRECATED = "W051", "a flow sends a deprecated operation",
        "The flow is generated and runs as before. The compiler warns a program that starts it if \
         `pays` or `refunds` is deprecated, but not if an operation that is sent later is. The \
         flow should send the replacement.",
        "a flow that sends `ask`, an operation with `deprecated`";
}
