//! The rules for result handling and idempotency.

use super::{major, minor, money, money_of_calls, money_of_steps, none, patch, safe};

super::table! {
    Result Added: Text, Risky, minor, money,
        "responses have result handling now",
        "The spec now says what a response decides. Before, every caller decided for itself.";
    Result Removed: Text, Breaking, major, money,
        "responses have no result handling any more",
        "The outcome type is gone. Every caller must decide for itself whether money moved.";
    StatusPointer Changed: Values, None, patch, money,
        "the status is at another place",
        "The old crate reads the status at the old place, where it is missing, and treats every response as undecided.";
    CodePointer Changed: Values, None, patch, money,
        "the code is at another place",
        "The old crate reads the code at the old place, where it is missing: a contradiction between code and status goes unnoticed.";
    References Changed: Tolerated, Risky, patch, money,
        "other fields identify a payment",
        "An inquiry or a cancellation may refer to another payment than the intended one.";
    Responses Added: Tolerated, Risky, patch, money,
        "answers are described by HTTP status now",
        "A field counts only in the answers that have it, and a status without an answer is undecided. The old crate reads every field in every answer.";
    Responses Removed: Tolerated, Risky, patch, money,
        "answers are no longer described by HTTP status",
        "Every answer can have every field, and each status with a case can decide. The old crate still treats the other answers as undecided.";
    Response Added: Tolerated, Risky, patch, money,
        "an HTTP status has an answer of its own now",
        "Answers with the status can decide. The old crate treats them as undecided, or reads them as the answer of their class.";
    Response Removed: Tolerated, Risky, patch, money,
        "an HTTP status no longer has an answer of its own",
        "Answers with the status are undecided, or are read as the answer of their class. The old crate still decides by them.";
    ResponseField Added: Tolerated, Risky, patch, money,
        "an answer has another field",
        "The field counts in answers with the status: a decision, a code or a reference can read it. The old crate ignores it there. If it is required, the new crate keeps a request in doubt whose answer lacks it.";
    ResponseField Removed: Tolerated, Risky, patch, money,
        "an answer no longer has a field",
        "The field no longer counts in answers with the status. The old crate still reads it there. If it was required, the old crate keeps a request in doubt whose answer lacks it.";
    ResponseField Narrowed: Values, None, patch, safe,
        "a field is required in an answer now",
        "The provider always sends the field with the status. An answer without it, which a provider that has not updated may send, decides nothing: the new crate keeps the request in doubt.";
    ResponseField Widened: Values, None, patch, safe,
        "a field is optional in an answer now",
        "The provider may leave out the field in answers with the status. Such an answer decides nothing for the old crate, which keeps the request in doubt.";
    Agrees Narrowed: Tolerated, Risky, patch, money,
        "more fields must match the request",
        "Responses and notifications with a different value than the request are now in doubt; before, they decided. The old crate still ships for a different amount.";
    Agrees Widened: Tolerated, Risky, patch, money,
        "fewer fields must match the request",
        "Responses and notifications with a different value than the request now decide: a payment of a different amount counts as paid.";
    Agrees Changed: Tolerated, Risky, patch, money,
        "other fields must match the request",
        "Some responses that decided are now in doubt, and the reverse.";
    Decision Added: Tolerated, None, major, money,
        "a status has a decision now",
        "Responses that were undecided are decided. The outcome type may have a new variant; every match over it then stops compiling, on purpose.";
    Decision Removed: Values, Breaking, major, money,
        "a status no longer has a decision",
        "Responses that were decided are undecided, and the old crate still treats them as decided. The outcome type may lose a variant.";
    Decides Changed: Values, Breaking, patch, money,
        "a status decides something else",
        "The same response means something else. A caller with the old crate acts on the old meaning, for example ships goods for a status that no longer means paid. If the outcome keeps its name, the compiler does not report it.";
    OutcomeName Changed: Text, None, major, money,
        "an outcome was renamed",
        "The variant of the outcome has another name; every match over it stops compiling, on purpose. Check that it still means the same.";
    Refuses Changed: Text, None, none, safe,
        "a code rejects something else",
        "The code is used to reject other requests than before. This matters only to programs that play the provider: callers see a code either way.";
    SharedCodes Changed: Text, None, none, safe,
        "the completeness of the code table changed",
        "The codes are now the provider's own table, or replace a table that could not be read.";
    Payload Changed: Values, Breaking, major, money,
        "a decision returns another object",
        "The object that comes with a decision is a different one. The old crate treats the response as undecided, or uses the wrong object.";
    Needs Narrowed: Tolerated, Risky, patch, money,
        "a decision requires more fields",
        "Responses that were decided are undecided, because they lack a field that the decision requires.";
    Needs Widened: Tolerated, Risky, patch, money,
        "a decision requires fewer fields",
        "Responses that were undecided are decided.";
    Needs Changed: Tolerated, Risky, patch, money,
        "a decision requires other fields",
        "Some responses that were decided are undecided, and the reverse.";
    PendingActions Changed: Tolerated, Risky, patch, money,
        "the allowed actions for a pending call changed",
        "Other actions are allowed after an undecided payment. Resending it where that is no longer safe pays twice.";
    Code Added: Tolerated, None, minor, safe,
        "a result code was added",
        "The provider may respond with a new code. The old crate keeps it as unknown and judges the response by its status; a strict reader does not expect it.";
    Code Removed: Tolerated, None, major, safe,
        "a result code was removed",
        "The provider no longer responds with the code, and its variant is gone.";
    Code Renamed: Values, None, major, money_of_calls,
        "a result code was renamed",
        "The provider responds with another code for the same reason. The old crate does not know it and judges the response by its status alone: the next step in the table is lost. Other changes of the code are separate findings.";
    CodeStatus Changed: Values, Breaking, patch, money,
        "a code has another status",
        "The same code decides something else. From U to F: polling stops, and the payment may be made again while the first one still succeeds. From F to U: a failed request is sent again. To S: goods are shipped.";
    NextStep Changed: Tolerated, Risky, patch, money_of_steps,
        "a code has another next step",
        "A program that follows the table does something else after the same response, for example starts a new payment instead of resending the same request.";
    Resend Changed: Tolerated, Risky, patch, money,
        "a code allows or forbids resending",
        "A caller with the old crate resends a request that must not be resent, or gives up one that could be.";
    Status Added: Tolerated, None, minor, money,
        "a status was added",
        "The provider may respond with a new status. The old crate treats it as undecided, never as a success.";
    Status Removed: Tolerated, None, patch, money,
        "a status was removed",
        "Responses with the status are undecided.";
    StatusClass Changed: Values, Breaking, patch, money,
        "a status has another class",
        "The same status now means something else for the call: success, failure or undecided.";
    Idempotency Added: Values, None, major, money,
        "repeated requests are now recognised",
        "A request can be sent again without paying twice, but only at a provider that has updated. An undecided result has another type, which can be sent again.";
    Idempotency Removed: Values, Breaking, major, money,
        "repeated requests are no longer recognised",
        "A request that is sent again may pay twice.";
    IdempotencyKey Changed: Values, Breaking, patch, money,
        "the idempotency key changed",
        "The old crate resends with a key that the provider ignores: it may pay twice.";
    MustRepeat Changed: Tolerated, Risky, patch, money,
        "other fields must be the same in a repeated request",
        "A repeated request that used to be recognised may be rejected, or a request that differs may be treated as a repetition.";
    Settled Changed: Values, Breaking, patch, money,
        "other statuses settle a request",
        "The statuses after which the same key gets the same response changed: resending may start a new payment.";
    ConflictCode Changed: Tolerated, Risky, patch, money,
        "another code reports a conflicting repetition",
        "A caller with the old crate does not see that its repetition was rejected because its content differs.";
    KeyLifetime Changed: Tolerated, Risky, patch, money,
        "the provider keeps an idempotency key for another time",
        "A request that is sent again after that time is a new one: it may pay twice. The old crate goes by the old time.";
    Pagination Added: Text, None, minor, safe,
        "a list is read page by page now",
        "`pages` of the generated client reads all of them.";
    Pagination Removed: Text, None, major, safe,
        "a list is no longer read page by page",
        "`pages` of the generated client no longer takes the request: code that calls it does not compile.";
    PaginationParts Changed: Values, Breaking, patch, money,
        "the pages of a list follow each other differently",
        "The old crate looks for the list or its cursor in the old place: it reads the first page again, stops early or stops with an error, and a payment on a later page is missed.";
}
