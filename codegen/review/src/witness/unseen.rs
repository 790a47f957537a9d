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
        Property::Location => {
            "the message stays the same but a value travels in another part of the request"
        }
        Property::Style | Property::MediaType => {
            "the message stays the same but is written in another way"
        }
        Property::Body => "one of the specs does not describe the message",
        Property::Signature | Property::SignatureRecipe => {
            "the message stays the same but is signed differently"
        }
        Property::ResponseProof
        | Property::ResponseProofRecipe
        | Property::NotificationProof
        | Property::NotificationProofRecipe
        | Property::UnprovedNotifications
        | Property::NotificationEncryption
        | Property::Encrypted
        | Property::Each
        | Property::EventId => "the message stays the same but is proved differently",
        Property::Pagination | Property::PaginationParts => {
            "the message stays the same but another one follows it"
        }
        Property::Auth
        | Property::AuthHeaders
        | Property::OperationAuth
        | Property::Credential
        | Property::CredentialKind => {
            "the message stays the same but other headers prove who calls"
        }
        Property::Result
        | Property::StatusPointer
        | Property::CodePointer
        | Property::References
        | Property::Responses
        | Property::Response
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
        | Property::ConflictCode
        | Property::KeyLifetime => {
            "a single message shows nothing; a repeated one is treated differently"
        }
        Property::Default => "the message stays the same but its reader assumes another value",
        Property::AmountFields | Property::Decimals | Property::QuoteFields => {
            "the message stays the same but means another amount or rate"
        }
        Property::Scalars | Property::JsonType => {
            "the generated reader accepts both forms and warns about one; other readers may refuse it"
        }
        Property::Nullable => {
            "the generated reader takes `null` for an absent value where it is not allowed; other readers may refuse it"
        }
        Property::Lengths => "characters are counted in only one way",
        Property::Field
        | Property::Kind
        | Property::ElementNullable
        | Property::ResponseField
        | Property::UnionShape
        | Property::Allowed
        | Property::Open
        | Property::MinLength
        | Property::MaxLength
        | Property::Pattern
        | Property::Format
        | Property::Min
        | Property::Max
        | Property::MultipleOf
        | Property::MinItems
        | Property::MaxItems
        | Property::UniqueItems
        | Property::KeyMaxLength
        | Property::KeyPattern
        | Property::RequiredWhen
        | Property::ForbiddenWhen
        | Property::AtLeastOneOf
        | Property::WholeBody
        | Property::AmountSteps
        | Property::SameCurrency
        | Property::Advice
        | Property::ConditionInWords
        | Property::UnreachableRules
        | Property::MessagePointer
        | Property::Refuses
        | Property::SharedCodes
        | Property::HostRole
        | Property::Header
        | Property::HeaderFormat
        | Property::HeaderMaxLength
        | Property::HeaderPattern
        | Property::EmptyText
        | Property::Type
        | Property::Member
        | Property::MemberType
        | Property::MemberOrder
        | Property::EnumValue
        | Property::UnionObject
        | Property::UnionObjectType
        | Property::UnionOpen
        | Property::RustName
        | Property::EnumOpen
        | Property::EnumType
        | Property::Flow
        | Property::FlowPays
        | Property::FlowStart
        | Property::FlowHeard
        | Property::FlowExpires
        | Property::FlowProves
        | Property::FlowWith
        | Property::FlowState
        | Property::FlowRole
        | Property::FlowPauses
        | Property::FlowTarget
        | Property::Sensitive
        | Property::FormerName
        | Property::Deprecated
        | Property::Sunset
        | Property::Lifecycle
        | Property::Description
        | Property::CodeMeaning
        | Property::Example
        | Property::Unknown
        | Property::Sources
        | Property::Dispute => return None,
    };
    Some(reason)
}
