//! Matches the rule that refuses a message with the property that changed.

use crate::property::Property;
use payspec_runtime::RuleId;

/// Returns whether a rule is the one that a property states. Where several properties of an item changed, each has a
/// witness of its own.
pub(super) fn is_about(property: Property, rule: RuleId) -> bool {
    let own = match property {
        Property::MinLength => RuleId::MinLength,
        Property::MaxLength | Property::HeaderMaxLength => RuleId::MaxLength,
        Property::Pattern | Property::HeaderPattern => RuleId::Pattern,
        Property::HeaderFormat => RuleId::Format,
        Property::Min => RuleId::Min,
        Property::Max => RuleId::Max,
        Property::MultipleOf => RuleId::MultipleOf,
        Property::MinItems => RuleId::MinItems,
        Property::MaxItems => RuleId::MaxItems,
        Property::UniqueItems => RuleId::UniqueItems,
        Property::KeyMaxLength => RuleId::KeyMaxLength,
        Property::KeyPattern => RuleId::KeyPattern,
        Property::RequiredWhen => RuleId::RequiredWhen,
        Property::ForbiddenWhen => RuleId::ForbiddenWhen,
        Property::AtLeastOneOf => RuleId::AtLeastOneOf,
        Property::AmountSteps => RuleId::AmountStep,
        Property::SameCurrency => RuleId::SameCurrency,
        Property::Header => return matches!(rule, RuleId::Required | RuleId::UnknownField),
        // Presence, form and allowed texts show in several rules.
        Property::Field
        | Property::Kind
        | Property::Allowed
        | Property::Open
        | Property::Format
        | Property::Scalars
        | Property::EmptyText
        | Property::Advice => return true,
        // No rule of messages states these.
        Property::Default
        | Property::AmountFields
        | Property::QuoteFields
        | Property::ConditionInWords
        | Property::UnreachableRules
        | Property::Api
        | Property::Operation
        | Property::Body
        | Property::Method
        | Property::Path
        | Property::Caller
        | Property::Result
        | Property::StatusPointer
        | Property::CodePointer
        | Property::MessagePointer
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
        | Property::Refuses
        | Property::SharedCodes
        | Property::Status
        | Property::StatusClass
        | Property::Idempotency
        | Property::IdempotencyKey
        | Property::MustRepeat
        | Property::Settled
        | Property::ConflictCode
        | Property::Host
        | Property::HostRole
        | Property::Environment
        | Property::Prefix
        | Property::PrefixClientIds
        | Property::Lengths
        | Property::Signature
        | Property::SignatureRecipe
        | Property::Type
        | Property::Member
        | Property::MemberType
        | Property::MemberOrder
        | Property::EnumValue
        | Property::EnumOpen
        | Property::Flow
        | Property::FlowPays
        | Property::FlowStart
        | Property::FlowHeard
        | Property::FlowExpires
        | Property::FlowProves
        | Property::FlowState
        | Property::FlowRole
        | Property::FlowPauses
        | Property::FlowTarget
        | Property::Sensitive
        | Property::FormerName
        | Property::Deprecated
        | Property::Lifecycle
        | Property::Description
        | Property::CodeMeaning
        | Property::Example
        | Property::Unknown
        | Property::Sources
        | Property::Dispute => return true,
    };
    rule == own
}
