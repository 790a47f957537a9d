//! Lists the changes that no message can show.

use crate::property::Property;

/// Returns the reason why no message shows a change of this property, because an old and a new
/// reader would treat every message alike. [`None`] if a message can show it.
pub fn unseen(property: Property) -> Option<&'static str> {
    let reason = match property {
        Property::Api
        | Property::Operation
        | Property::Method
        | Property::Path
        | Property::Host
        | Property::Environment
        | Property::Prefix
        | Property::PrefixClientIds => "the message stays the same and goes to another address",
        Property::Caller => "the message stays the same and somebody else sends it",
        Property::Body => "one of the specs describes no such message",
        Property::Signature | Property::SignatureRecipe => {
            "the message stays the same and is signed in another way"
        }
        Property::Result
        | Property::StatusPointer
        | Property::CodePointer
        | Property::References
        | Property::Agrees
        | Property::Decision
        | Property::Decides
        | Property::OutcomeName
        | Property::Payload
        | Property::Needs
        | Property::PendingActions
        | Property::Code
        | Property::CodeStatus
        | Property::NextStep
        | Property::Resend
        | Property::Status
        | Property::StatusClass => {
            "the answer stays the same and is judged in another way; the tables of outcomes show it"
        }
        Property::Idempotency
        | Property::IdempotencyKey
        | Property::MustRepeat
        | Property::Settled
        | Property::ConflictCode => {
            "one message shows nothing; a repeated one is treated in another way"
        }
        Property::Default => "the message stays the same and its reader assumes another value",
        Property::AmountFields | Property::QuoteFields => {
            "the message stays the same and means another amount or rate"
        }
        Property::Scalars => "readers here take both forms and warn of one; others may refuse it",
        Property::Lengths => "there is one way to count characters",
        _ => return None,
    };
    Some(reason)
}
