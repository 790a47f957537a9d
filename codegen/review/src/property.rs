//! The properties that a spec can state about an item.

use serde::Serialize;

use super::edit::Edit;
use super::relation::Comparison;
use payspec_model::model::Direction;

macro_rules! properties {
    ($($(#[doc = $doc:literal])+ $name:ident = $word:literal: $comparison:ident $(, $direction:ident)?;)+) => {
        /// A property of an item.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Property {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Property {
            /// All properties.
            pub const ALL: &[Property] = &[$(Property::$name),+];

            /// The word in rule ids.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Property::$name => $word,)+
                }
            }

            /// Returns how its values are ordered.
            pub fn comparison(self) -> Comparison {
                match self {
                    $(Property::$name => Comparison::$comparison,)+
                }
            }

            /// Returns the direction of the messages that it binds; [`None`] if that depends on the
            /// place.
            pub fn direction(self) -> Option<Direction> {
                match self {
                    $(Property::$name => properties!(@direction $($direction)?),)+
                }
            }
        }
    };
    (@direction) => { None };
    (@direction $direction:ident) => { Some(Direction::$direction) };
}

properties! {
    // Fields, at each place of use.
    /// The presence of a field: absent, optional or required.
    Field = "field": Presence;
    /// The form of a value on the wire.
    Kind = "kind": Kind;
    /// The allowed texts of a value.
    Allowed = "allowed": Allowed;
    /// True if the provider may send texts that are not listed.
    Open = "open": Permission;
    /// The least number of characters.
    MinLength = "min-length": Least;
    /// The greatest number of characters.
    MaxLength = "max-length": Greatest;
    /// The pattern that the whole text must match.
    Pattern = "pattern": Restrictions;
    /// The form of a text.
    Format = "format": Restrictions;
    /// The least number.
    Min = "min": Least;
    /// The greatest number.
    Max = "max": Greatest;
    /// The numbers of which a number is a multiple.
    MultipleOf = "multiple-of": Restrictions;
    /// The least number of elements.
    MinItems = "min-items": Least;
    /// The greatest number of elements.
    MaxItems = "max-items": Greatest;
    /// The greatest number of characters of a key.
    KeyMaxLength = "key-max-length": Greatest;
    /// The pattern that a whole key must match.
    KeyPattern = "key-pattern": Restrictions;
    /// The permission to repeat an element of a list.
    UniqueItems = "unique-items": Permission;
    /// The conditions under which the field must be present.
    RequiredWhen = "required-when": Restrictions;
    /// The conditions under which the field must be absent.
    ForbiddenWhen = "forbidden-when": Restrictions;
    /// The value that the receiver assumes if the field is absent.
    Default = "default": Setting;
    /// Groups of fields of which at least one must be present.
    AtLeastOneOf = "at-least-one-of": Groups;
    /// The steps in which the value of an amount is counted.
    AmountSteps = "amount-steps": Steps;
    /// The fields that should have the same currency.
    SameCurrency = "same-currency": Restrictions;
    /// The unit of an amount: which fields hold currency and value.
    AmountFields = "amount-fields": Opaque;
    /// The unit of an exchange rate: the fields for the pair and the price, and their meaning.
    QuoteFields = "quote-fields": Text;
    /// The rules that only warn.
    Advice = "advice": Restrictions;
    /// A condition that can only be described in words.
    ConditionInWords = "condition-in-words": Text;
    /// The rules of a type that bind no message.
    UnreachableRules = "idle-rules": Text;

    // Operations.
    /// The existence of an API.
    Api = "api": Existence, Outgoing;
    /// The existence of an operation.
    Operation = "operation": Existence;
    /// The existence of a body on this side of the operation.
    Body = "body": Demand, Incoming;
    /// The HTTP method.
    Method = "method": Opaque;
    /// The path after the prefix.
    Path = "path": Opaque;
    /// The party that calls the other one.
    Caller = "caller": Opaque, Outgoing;

    // Judging answers.
    /// The existence of rules that judge answers.
    Result = "result": Existence, Incoming;
    /// The place of the status in an answer.
    StatusPointer = "status-pointer": Opaque, Incoming;
    /// The place of the code in an answer.
    CodePointer = "code-pointer": Opaque, Incoming;
    /// The place of the message in an answer.
    MessagePointer = "message-pointer": Text;
    /// The fields that identify the payment later.
    References = "references": Opaque, Incoming;
    /// The fields that must equal the same field of the request.
    Agrees = "agrees": Restrictions, Incoming;
    /// The existence of a decision for a status, or for a case of it.
    Decision = "decision": Existence, Incoming;
    /// The result that is decided.
    Decides = "decides": Opaque, Incoming;
    /// The name of the outcome.
    OutcomeName = "outcome-name": Opaque, Incoming;
    /// The object that the outcome hands over.
    Payload = "payload": Opaque, Incoming;
    /// The fields that must be present for the decision to apply.
    Needs = "needs": Restrictions, Incoming;
    /// The actions that are allowed while the result is unknown.
    PendingActions = "pending-actions": Opaque, Incoming;
    /// The existence of a result code.
    Code = "code": Existence, Incoming;
    /// The status that the code comes with.
    CodeStatus = "code-status": Opaque, Incoming;
    /// The next step for a program.
    NextStep = "next-step": Opaque, Incoming;
    /// The rule for sending the same body again.
    Resend = "resend": Opaque, Incoming;
    /// The part of the request that the provider refuses with the code.
    Refuses = "refuses": Text;
    /// The shared codes of an operation beyond the ones that it lists: none or all.
    SharedCodes = "shared-codes": Text;
    /// The existence of a status.
    Status = "status": Existence, Incoming;
    /// The meaning of the status for a call.
    StatusClass = "status-class": Opaque, Incoming;

    // Idempotency.
    /// The existence of a rule that recognises repeated requests.
    Idempotency = "idempotency": Existence, Outgoing;
    /// The field that identifies a request.
    IdempotencyKey = "idempotency-key": Opaque, Outgoing;
    /// The fields that a repeated request must repeat.
    MustRepeat = "must-repeat": Opaque, Outgoing;
    /// The statuses after which the answer no longer changes.
    Settled = "settled": Opaque, Incoming;
    /// The code that answers a conflict.
    ConflictCode = "conflict-code": Opaque, Incoming;

    // Transport.
    /// The existence of a host, and its purpose.
    Host = "host": Existence, Outgoing;
    /// The role of a host, such as `recommended`.
    HostRole = "host-role": Text;
    /// The existence of an environment.
    Environment = "environment": Existence, Outgoing;
    /// The prefix of all paths.
    Prefix = "prefix": Opaque, Outgoing;
    /// The client ids that select the environment.
    PrefixClientIds = "prefix-client-ids": Opaque, Outgoing;
    /// The presence of a header: absent, optional or required.
    Header = "header": Presence;
    /// The form of a header's value.
    HeaderFormat = "header-format": Opaque;
    /// The greatest length of a header's value.
    HeaderMaxLength = "header-max-length": Greatest;
    /// The pattern that the whole value of a header must match.
    HeaderPattern = "header-pattern": Restrictions;
    /// The spelling of numbers and booleans.
    Scalars = "scalars": Opaque, Outgoing;
    /// True if an empty text may be sent.
    EmptyText = "empty-text": Permission, Outgoing;
    /// The unit in which lengths are counted.
    Lengths = "lengths": Opaque, Outgoing;
    /// The existence of a signature on messages.
    Signature = "signature": Demand, Outgoing;
    /// The recipe for the signature.
    SignatureRecipe = "signature-recipe": Opaque, Outgoing;

    // Types, as Rust sees them.
    /// The existence of a type.
    Type = "type": Existence;
    /// The presence of a field in a type: absent, optional or required.
    Member = "member": Presence;
    /// The type of a field.
    MemberType = "member-type": Opaque;
    /// The order of the fields.
    MemberOrder = "member-order": Text;
    /// The existence of an enum value.
    EnumValue = "enum-value": Existence;
    /// True if the enum is open.
    EnumOpen = "enum-open": Opaque;

    // The life of a payment or a refund.
    /// The existence of a flow.
    Flow = "flow": Existence;
    /// The operation that moves money in the flow.
    FlowPays = "flow-pays": Opaque;
    /// The state in which the flow starts.
    FlowStart = "flow-start": Opaque;
    /// The notifications that the flow receives.
    FlowHeard = "flow-heard": Opaque;
    /// The expiry of the flow.
    FlowExpires = "flow-expires": Opaque;
    /// The facts that the flow proves in addition to its end.
    FlowProves = "flow-proves": Opaque;
    /// The existence of a state in the flow.
    FlowState = "flow-state": Existence;
    /// The operation that a state sends, or the end that it is.
    FlowRole = "flow-role": Opaque;
    /// The pauses before each sending.
    FlowPauses = "flow-pauses": Opaque;
    /// The target of an event.
    FlowTarget = "flow-target": Opaque;

    // Properties that are shown to people and never sent.
    /// The kind of sensitive value, which must not appear in a log.
    Sensitive = "sensitive": Secrecy;
    /// The former name.
    FormerName = "former-name": Text;
    /// The note that an item should no longer be used.
    Deprecated = "deprecated": Text;
    /// The first and the last version or date of the item.
    Lifecycle = "lifecycle": Text;
    /// The meaning, in words.
    Description = "description": Text;
    /// The meaning of a result code, in words.
    CodeMeaning = "code-meaning": Text;
    /// A value that shows the form, or a documented message.
    Example = "example": Text;
    /// Limits that no source states.
    Unknown = "unknown": Text;
    /// The sources of the fact.
    Sources = "sources": Text;
    /// A point on which sources disagree, or the ruling about it.
    Dispute = "dispute": Text;
}

impl Property {
    /// Returns the edits that a comparison of it can produce.
    pub fn edits(self) -> Vec<Edit> {
        let kept: &[Edit] = match self {
            Property::Field | Property::Member => &[Edit::Renamed, Edit::Moved],
            Property::Type
            | Property::Operation
            | Property::EnumValue
            | Property::Code
            | Property::Header
            | Property::FlowState => &[Edit::Renamed],
            _ => &[],
        };
        [self.comparison().edits(), kept].concat()
    }

    /// Returns the property of the keys of a map that this one is of a text; [`None`] for a property that keys cannot
    /// have.
    pub(super) fn of_keys(self) -> Option<Self> {
        match self {
            Property::MaxLength => Some(Property::KeyMaxLength),
            Property::Pattern => Some(Property::KeyPattern),
            _ => None,
        }
    }

    /// Returns whether readers accept a value that breaks the rule, and report it: a limit, a list
    /// or a pattern. If a value is missing or has another form, readers lose it.
    pub(super) fn is_read_tolerantly(self) -> bool {
        matches!(
            self,
            Property::Allowed
                | Property::MinLength
                | Property::MaxLength
                | Property::Pattern
                | Property::Format
                | Property::Min
                | Property::Max
                | Property::MinItems
                | Property::MaxItems
                | Property::MultipleOf
                | Property::UniqueItems
                | Property::KeyMaxLength
                | Property::KeyPattern
                | Property::ForbiddenWhen
                | Property::AmountSteps
                | Property::SameCurrency
                | Property::HeaderPattern
        )
    }

    /// Returns whether it is about an object as a whole, and not about one field.
    pub(super) fn is_of_object(self) -> bool {
        matches!(
            self,
            Property::AtLeastOneOf
                | Property::AmountSteps
                | Property::SameCurrency
                | Property::AmountFields
                | Property::QuoteFields
        )
    }

    /// Returns whether it states that something exists. The parts of that item are added and
    /// removed with it.
    pub(crate) fn is_existence(self) -> bool {
        matches!(
            self.comparison(),
            Comparison::Existence | Comparison::Demand | Comparison::Presence
        )
    }

    /// Returns whether it can be added and removed.
    pub(super) fn comes_and_goes(self) -> bool {
        self.is_existence() || self.comparison() == Comparison::Setting
    }
}
