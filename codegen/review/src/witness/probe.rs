//! The messages that can show the change of a property.

use crate::property::Property;
use payspec_runtime::RuleId;

/// A way to show the change of a property.
pub(super) struct Probe {
    /// The difference between the messages and a full one.
    pub(super) by: By,
    /// The rules that refuse such a message; empty if it may be any.
    rules: &'static [RuleId],
}

/// A difference between messages.
pub(super) enum By {
    /// The value of the field.
    Value(Values),
    /// The fields that decide about the field.
    Conditions,
    /// The presence of the fields of a group.
    Groups,
    /// The currencies of amounts.
    Currencies,
    /// The number of an amount.
    Steps,
}

/// Values that differ in the property that changed.
pub(super) enum Values {
    /// No value.
    Absent,
    /// Texts of other lengths.
    Lengths,
    /// `null`.
    Null,
    /// Lists of other lengths.
    Counts,
    /// Maps with keys of other lengths.
    KeyLengths,
    /// Maps with keys that the specs list, and of all forms.
    Keys,
    /// A list with an element twice.
    Repeated,
    /// Numbers that are multiples, and others.
    Multiples,
    /// Numbers around limits.
    Numbers,
    /// The texts that the specs list, and texts of all forms.
    Listed,
}

impl Probe {
    /// Returns the way to show the change of this property.
    pub(super) fn of(property: Property) -> Self {
        let (by, rules): (By, &[RuleId]) = match property {
            Property::MinLength => (By::Value(Values::Lengths), &[RuleId::MinLength]),
            Property::MaxLength => (By::Value(Values::Lengths), &[RuleId::MaxLength]),
            Property::HeaderMaxLength => (By::Value(Values::Lengths), &[RuleId::MaxLength]),
            Property::Pattern | Property::HeaderPattern => {
                (By::Value(Values::Listed), &[RuleId::Pattern])
            }
            Property::HeaderFormat => (By::Value(Values::Listed), &[RuleId::Format]),
            Property::Min => (By::Value(Values::Numbers), &[RuleId::Min]),
            Property::Max => (By::Value(Values::Numbers), &[RuleId::Max]),
            Property::MultipleOf => (By::Value(Values::Multiples), &[RuleId::MultipleOf]),
            Property::MinItems => (By::Value(Values::Counts), &[RuleId::MinItems]),
            Property::MaxItems => (By::Value(Values::Counts), &[RuleId::MaxItems]),
            Property::UniqueItems => (By::Value(Values::Repeated), &[RuleId::UniqueItems]),
            Property::KeyMaxLength => (By::Value(Values::KeyLengths), &[RuleId::KeyMaxLength]),
            Property::KeyPattern => (By::Value(Values::Keys), &[RuleId::KeyPattern]),
            Property::RequiredWhen => (By::Conditions, &[RuleId::RequiredWhen]),
            Property::ForbiddenWhen => (By::Conditions, &[RuleId::ForbiddenWhen]),
            Property::AtLeastOneOf => (By::Groups, &[RuleId::AtLeastOneOf]),
            Property::AmountSteps => (By::Steps, &[RuleId::AmountStep]),
            Property::SameCurrency => (By::Currencies, &[RuleId::SameCurrency]),
            Property::ResponseField => (By::Value(Values::Absent), &[RuleId::Required]),
            Property::ElementNullable => (By::Value(Values::Null), &[RuleId::Type]),
            Property::Header => (
                By::Value(Values::Listed),
                &[RuleId::Required, RuleId::UnknownField],
            ),
            // Presence, form and allowed texts show in several rules.
            Property::Field => (By::Value(Values::Absent), &[]),
            Property::Kind
            | Property::Allowed
            | Property::Open
            | Property::Format
            | Property::Scalars
            | Property::JsonType
            | Property::Nullable
            | Property::EmptyText
            | Property::Advice => (By::Value(Values::Listed), &[]),
            // No rule of messages states these.
            Property::Location
            | Property::WholeBody
            | Property::MediaType
            | Property::Style
            | Property::Default
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
            | Property::Refuses
            | Property::SharedCodes
            | Property::Status
            | Property::StatusClass
            | Property::Idempotency
            | Property::IdempotencyKey
            | Property::MustRepeat
            | Property::Settled
            | Property::ConflictCode
            | Property::KeyLifetime
            | Property::Host
            | Property::HostRole
            | Property::Environment
            | Property::Prefix
            | Property::PrefixClientIds
            | Property::Lengths
            | Property::Decimals
            | Property::Signature
            | Property::SignatureRecipe
            | Property::Auth
            | Property::AuthHeaders
            | Property::OperationAuth
            | Property::ResponseProof
            | Property::ResponseProofRecipe
            | Property::NotificationProof
            | Property::NotificationProofRecipe
            | Property::UnprovedNotifications
            | Property::NotificationEncryption
            | Property::Encrypted
            | Property::Pagination
            | Property::PaginationParts
            | Property::Each
            | Property::EventId
            | Property::Credential
            | Property::CredentialKind
            | Property::Type
            | Property::Member
            | Property::MemberType
            | Property::MemberOrder
            | Property::EnumValue
            | Property::UnionObject
            | Property::UnionShape
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
            | Property::Dispute => (By::Value(Values::Listed), &[]),
        };
        Self { by, rules }
    }

    /// Returns whether a rule is the one that the property states. Where several properties of an
    /// item changed, each has a witness of its own.
    pub(super) fn is_about(&self, rule: RuleId) -> bool {
        self.rules.is_empty() || self.rules.contains(&rule)
    }
}
