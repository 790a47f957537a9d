//! The properties that a spec can state of a thing.

use serde::Serialize;

use super::change::Edit;
use super::relation::Comparison;
use payspec_model::model::Direction;

macro_rules! properties {
    ($($(#[doc = $doc:literal])+ $name:ident = $word:literal: $comparison:ident $(, $direction:ident)?;)+) => {
        /// A property of a thing.
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

            /// Returns who sends what it is about; [`None`] where the place decides.
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
    /// That there is a field, and whether it must be there.
    Field = "field": Presence;
    /// The form of a value on the wire.
    Kind = "kind": Kind;
    /// The texts that a value can have.
    Allowed = "allowed": Allowed;
    /// Whether the provider may send other texts, where it sends them.
    Open = "open": Permission;
    /// The least number of characters.
    MinLength = "min-length": Least;
    /// The greatest number of characters.
    MaxLength = "max-length": Greatest;
    /// What the whole text matches.
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
    /// Whether two elements may be equal.
    UniqueItems = "unique-items": Permission;
    /// When the field must be there.
    RequiredWhen = "required-when": Restrictions;
    /// When the field must not be there.
    ForbiddenWhen = "forbidden-when": Restrictions;
    /// The value that the receiver assumes when the field is not there.
    Default = "default": Setting;
    /// Fields of which at least one must be there.
    AtLeastOneOf = "at-least-one-of": Groups;
    /// Amounts that come in steps.
    AmountSteps = "amount-steps": Steps;
    /// Fields that should hold one currency.
    SameCurrency = "same-currency": Restrictions;
    /// The unit of an amount: which fields hold currency and value.
    AmountFields = "amount-fields": Opaque;
    /// The unit of an exchange rate: which fields hold the pair and the price, and what that says.
    QuoteFields = "quote-fields": Text;
    /// What is asked for with a warning only.
    Advice = "advice": Restrictions;
    /// A condition that only words can say.
    ConditionInWords = "condition-in-words": Text;
    /// What a type asks for of messages that do not exist.
    UnreachableRules = "idle-rules": Text;

    // Operations.
    /// That there is an API.
    Api = "api": Existence, Outgoing;
    /// That there is an operation.
    Operation = "operation": Existence;
    /// That the operation has a body on this side.
    Body = "body": Demand, Incoming;
    /// The HTTP method.
    Method = "method": Opaque;
    /// The path behind the prefix.
    Path = "path": Opaque;
    /// Who calls whom.
    Caller = "caller": Opaque, Outgoing;

    // Judging answers.
    /// That answers are judged.
    Result = "result": Existence, Incoming;
    /// Where the status stands.
    StatusPointer = "status-pointer": Opaque, Incoming;
    /// Where the code stands.
    CodePointer = "code-pointer": Opaque, Incoming;
    /// Where the message stands.
    MessagePointer = "message-pointer": Text;
    /// What names the payment afterwards.
    References = "references": Opaque, Incoming;
    /// What must equal the same field of the request.
    Agrees = "agrees": Restrictions, Incoming;
    /// That a status, or a case of it, has a decision.
    Decision = "decision": Existence, Incoming;
    /// What is decided.
    Decides = "decides": Opaque, Incoming;
    /// What the outcome is called.
    OutcomeName = "outcome-name": Opaque, Incoming;
    /// The object that is handed over.
    Payload = "payload": Opaque, Incoming;
    /// What must be there for the decision to stand.
    Needs = "needs": Restrictions, Incoming;
    /// What may be done while nobody knows.
    PendingActions = "pending-actions": Opaque, Incoming;
    /// That there is a result code.
    Code = "code": Existence, Incoming;
    /// The status that the code comes with.
    CodeStatus = "code-status": Opaque, Incoming;
    /// What a program does next.
    NextStep = "next-step": Opaque, Incoming;
    /// Whether the same body may be sent again.
    Resend = "resend": Opaque, Incoming;
    /// What the provider refuses with the code.
    Refuses = "refuses": Text;
    /// Whether the provider's table of codes was read.
    SharedCodes = "shared-codes": Text;
    /// That there is a status.
    Status = "status": Existence, Incoming;
    /// What the status says of a call.
    StatusClass = "status-class": Opaque, Incoming;

    // Idempotency.
    /// That repetitions are recognised.
    Idempotency = "idempotency": Existence, Outgoing;
    /// The field that identifies a request.
    IdempotencyKey = "idempotency-key": Opaque, Outgoing;
    /// The fields that must be the same again.
    MustRepeat = "must-repeat": Opaque, Outgoing;
    /// The statuses after which the answer stays.
    Settled = "settled": Opaque, Incoming;
    /// The code that a conflict gets.
    ConflictCode = "conflict-code": Opaque, Incoming;

    // Transport.
    /// That there is a host, and what it is for.
    Host = "host": Existence, Outgoing;
    /// Whether the host is the one to choose.
    HostRole = "host-role": Text;
    /// That there is an environment.
    Environment = "environment": Existence, Outgoing;
    /// What stands before all paths.
    Prefix = "prefix": Opaque, Outgoing;
    /// The client ids that select the environment.
    PrefixClientIds = "prefix-client-ids": Opaque, Outgoing;
    /// That there is a header, and whether it must be there.
    Header = "header": Presence;
    /// The form of a header's value.
    HeaderFormat = "header-format": Opaque;
    /// The greatest length of a header's value.
    HeaderMaxLength = "header-max-length": Greatest;
    /// What the whole value of a header matches.
    HeaderPattern = "header-pattern": Restrictions;
    /// How numbers and booleans are written.
    Scalars = "scalars": Opaque, Outgoing;
    /// Whether an empty text may be sent.
    EmptyText = "empty-text": Permission, Outgoing;
    /// What lengths count.
    Lengths = "lengths": Opaque, Outgoing;
    /// That messages are signed.
    Signature = "signature": Demand, Outgoing;
    /// How they are signed.
    SignatureRecipe = "signature-recipe": Opaque, Outgoing;

    // Types, as Rust sees them.
    /// That there is a type.
    Type = "type": Existence;
    /// That a type has a field, and whether it must be there.
    Member = "member": Presence;
    /// The type of a field.
    MemberType = "member-type": Opaque;
    /// The order of the fields.
    MemberOrder = "member-order": Text;
    /// That an enum has a value.
    EnumValue = "enum-value": Existence;
    /// Whether an enum is open.
    EnumOpen = "enum-open": Opaque;

    // The life of a payment or a refund.
    /// That it is described.
    Flow = "flow": Existence;
    /// What moves money in it.
    FlowPays = "flow-pays": Opaque;
    /// Where it begins.
    FlowStart = "flow-start": Opaque;
    /// What is heard in it.
    FlowHeard = "flow-heard": Opaque;
    /// What bounds it.
    FlowExpires = "flow-expires": Opaque;
    /// What is proved beside the end.
    FlowProves = "flow-proves": Opaque;
    /// That it has a state.
    FlowState = "flow-state": Existence;
    /// What a state sends, or which end it is.
    FlowRole = "flow-role": Opaque;
    /// The pauses before each sending.
    FlowPauses = "flow-pauses": Opaque;
    /// The target of an event.
    FlowTarget = "flow-target": Opaque;

    // What is told, not sent.
    /// What must not reach a log.
    Sensitive = "sensitive": Secrecy;
    /// What it was called before.
    FormerName = "former-name": Text;
    /// That it should no longer be used.
    Deprecated = "deprecated": Text;
    /// Since when it exists, or until when it did.
    Lifecycle = "lifecycle": Text;
    /// What it means, in words.
    Description = "description": Text;
    /// What a result code means, in words.
    CodeMeaning = "code-meaning": Text;
    /// A value that shows the form, or a documented message.
    Example = "example": Text;
    /// Limits that no source states.
    Unknown = "unknown": Text;
    /// Where the fact comes from.
    Sources = "sources": Text;
    /// A point on which sources disagree, or its ruling.
    Dispute = "dispute": Text;
}

impl Property {
    /// The edits that it can see.
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

    /// Returns whether readers take a value that breaks it, and report it: a limit, a list, a pattern. What was
    /// promised to be there, or in another form, is lost to them instead.
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

    /// Returns whether the property is that something exists: its parts come and go with it.
    pub fn is_existence(self) -> bool {
        matches!(
            self.comparison(),
            Comparison::Existence | Comparison::Demand | Comparison::Presence
        )
    }

    /// Returns whether it may be stated or not: then it is added and removed.
    pub(super) fn comes_and_goes(self) -> bool {
        self.is_existence() || self.comparison() == Comparison::Setting
    }
}
