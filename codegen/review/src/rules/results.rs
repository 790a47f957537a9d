use super::{major, minor, money, money_of_calls, money_of_steps, none, patch, safe};

super::table! {
    Result Added: Text, Risky, minor, money,
        "answers are judged now",
        "The spec says now what an answer decides; before, every caller judged for itself.";
    Result Removed: Text, Breaking, major, money,
        "responses have no result handling any more",
        "The outcome type is gone, and every caller has to judge for itself whether money moved.";
    StatusPointer Changed: Values, None, patch, money,
        "the status is at another place",
        "The old crate reads the status where it no longer is, and takes every answer for undecided.";
    CodePointer Changed: Values, None, patch, money,
        "the code is at another place",
        "The old crate reads the code where it no longer is: a contradiction between code and status goes unnoticed.";
    References Changed: Tolerated, Risky, patch, money,
        "a payment is named by other fields",
        "An inquiry or a cancellation may name another payment than the one that is meant.";
    Agrees Narrowed: Tolerated, Risky, patch, money,
        "more has to agree with the request",
        "Answers and notifications that state another value than the request are in doubt now; before, they decided. The old crate still ships for another amount.";
    Agrees Widened: Tolerated, Risky, patch, money,
        "less has to agree with the request",
        "Answers and notifications that state another value than the request decide now: a payment of another amount counts as paid.";
    Agrees Changed: Tolerated, Risky, patch, money,
        "something else has to agree with the request",
        "Some answers that decided are in doubt now, and the other way around.";
    Decision Added: Tolerated, None, major, money,
        "a status has a decision now",
        "Answers that were undecided are decided. The outcome type may have a new variant, which breaks every match over it on purpose.";
    Decision Removed: Values, Breaking, major, money,
        "a status no longer has a decision",
        "Answers that were decided are undecided now, and the old crate still takes them for decided. The outcome type may lose a variant.";
    Decides Changed: Values, Breaking, patch, money,
        "a status decides something else",
        "The same answer means something else: a caller with the old crate acts on the old meaning, such as shipping for a status that is not a payment. No compiler tells of it where the outcome keeps its name.";
    OutcomeName Changed: Text, None, major, money,
        "an outcome has another name",
        "The variant of the outcome has another name, which breaks every match over it on purpose: look whether it still means the same.";
    Refuses Changed: Text, None, none, safe,
        "a code refuses something else",
        "Which requests the provider refuses with the code changed. It matters to whoever plays the provider: callers see a code either way.";
    SharedCodes Changed: Text, None, none, safe,
        "whether the table of codes was read changed",
        "The codes are now the provider's own table, or stand in for one that could not be read.";
    Payload Changed: Values, Breaking, major, money,
        "a decision hands over something else",
        "The object that comes with a decision is another one. The old crate takes the answer for undecided, or uses the wrong object.";
    Needs Narrowed: Tolerated, Risky, patch, money,
        "a decision requires more fields",
        "Answers that were decided are undecided now, because they lack what the decision needs.";
    Needs Widened: Tolerated, Risky, patch, money,
        "a decision requires fewer fields",
        "Answers that were undecided are decided now.";
    Needs Changed: Tolerated, Risky, patch, money,
        "a decision requires other fields",
        "Some answers that were decided are undecided now, and the other way around.";
    PendingActions Changed: Tolerated, Risky, patch, money,
        "the allowed actions for a pending call changed",
        "What may be done with an undecided payment changed. To send it again where that is no longer safe pays twice.";
    Code Added: Tolerated, None, minor, safe,
        "a result code was added",
        "The provider may answer with a new code. The old crate keeps it as unknown and judges the answer by its status; a strict reader does not expect it.";
    Code Removed: Tolerated, None, major, safe,
        "a result code was removed",
        "The provider no longer answers with the code, and its variant is gone.";
    Code Renamed: Values, None, major, money_of_calls,
        "a result code has another name",
        "The provider answers with another text for the same reason. The old crate does not know it and judges the answer by its status alone: what the table says to do next is lost. What else changed about the code is told apart.";
    CodeStatus Changed: Values, Breaking, patch, money,
        "a code has another status",
        "The same code decides something else. From U to F polling stops and the payment may be made anew while the first still goes through; from F to U a failed one is sent again; to S goods are shipped.";
    NextStep Changed: Tolerated, Risky, patch, money_of_steps,
        "a code asks for another next step",
        "A program that follows the table does something else on the same answer, such as starting a new payment instead of sending the same again.";
    Resend Changed: Tolerated, Risky, patch, money,
        "whether a code allows to send the same again changed",
        "A caller with the old crate sends again what must not be sent again, or gives up what could be.";
    Status Added: Tolerated, None, minor, money,
        "a status was added",
        "The provider may answer with a new status. The old crate takes it for undecided, never for a success.";
    Status Removed: Tolerated, None, patch, money,
        "a status was removed",
        "Answers with the status are undecided now.";
    StatusClass Changed: Values, Breaking, patch, money,
        "a status has another class",
        "The same status says something else of the call: success, failure or undecided.";
    Idempotency Added: Values, None, major, money,
        "repetitions are recognised now",
        "A request can be sent again without paying twice, but only at a provider that has moved. What is undecided has another type now, one that can be sent again.";
    Idempotency Removed: Values, Breaking, major, money,
        "repetitions are no longer recognised",
        "A request that is sent again may pay twice.";
    IdempotencyKey Changed: Values, Breaking, patch, money,
        "another field identifies a request",
        "The old crate sends again under a key that the provider does not look at: it may pay twice.";
    MustRepeat Changed: Tolerated, Risky, patch, money,
        "other fields must be the same in a repetition",
        "A repetition that used to be recognised may be refused, or one that differs may be taken for the same.";
    Settled Changed: Values, Breaking, patch, money,
        "other statuses settle a request",
        "After which statuses the same key gets the same answer changed: to send again may start a new payment.";
    ConflictCode Changed: Tolerated, Risky, patch, money,
        "a conflicting repetition gets another code",
        "A caller with the old crate does not see that its repetition was refused for its content.";
}
