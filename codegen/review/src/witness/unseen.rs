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
        | Property::PrefixClientIds => "the message stays the same but goes to another address",
        Property::Caller => "the message stays the same but another party sends it",
        Property::Body => "one of the specs does not describe the message",
        Property::Signature | Property::SignatureRecipe => {
            "the message stays the same but is signed differently"
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
            "the answer stays the same but is judged differently; the outcome tables show it"
        }
        Property::Idempotency
        | Property::IdempotencyKey
        | Property::MustRepeat
        | Property::Settled
        | Property::ConflictCode => {
            "a single message shows nothing; a repeated one is treated differently"
        }
        Property::Default => "the message stays the same but its reader assumes another value",
        Property::AmountFields | Property::QuoteFields => {
            "the message stays the same but means another amount or rate"
        }
        Property::Scalars => {
            "the generated reader accepts both forms and warns about one; other readers may refuse it"
        }
        Property::Lengths => "characters are counted in only one way",
        _ => return None,
    };
    Some(reason)
}
