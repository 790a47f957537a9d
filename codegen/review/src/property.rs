//! The properties that a spec can state about an item.

use serde::Serialize;

#[cfg(test)]
use super::edit::Edit;
use super::relation::Comparison;
use payspec_model::model::Direction;

macro_rules! properties {
    ($($(#[doc = $doc:literal])+ $name:ident = $word:literal: $comparison:ident, $role:ident $(, $direction:ident)?;)+) => {
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

            fn role(self) -> Role {
                match self {
                    $(Property::$name => Role::$role,)+
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

/// The kind of a property, as far as comparisons treat it specially.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// The existence of an item that can be renamed.
    Named,
    /// The existence of a field, which can be renamed or moved.
    Movable,
    /// A rule of one value. Readers accept a value that breaks it, and report it.
    Limit,
    /// Such a rule of an object as a whole.
    ObjectLimit,
    /// Another fact about an object as a whole.
    Object,
    /// Anything else.
    Other,
}

properties! {
    // Fields, at each place of use.
    /// The presence of a field: absent, optional or required.
    Field = "field": Presence, Movable;
    /// The form of a value on the wire.
    Kind = "kind": Kind, Other;
    /// The part of the request in which a field travels.
    Location = "location": Opaque, Other;
    /// The JSON of a body: an object with its fields, or one value as a whole.
    WholeBody = "whole-body": Opaque, Other;
    /// The way in which a query or form writes a list, an object or a map.
    Style = "style": Opaque, Other;
    /// The JSON type of a value, if it differs from that of the API's other values.
    JsonType = "json-type": Setting, Other;
    /// True if `null` is a value of the field or of the entry of a map, and not an absent one.
    Nullable = "nullable": Permission, Other;
    /// True if an element of a list may be `null`.
    ElementNullable = "element-nullable": Permission, Other;
    /// The allowed texts of a value.
    Allowed = "allowed": Allowed, Limit;
    /// True if the provider may send texts that are not listed.
    Open = "open": Permission, Other;
    /// The least number of characters.
    MinLength = "min-length": Least, Limit;
    /// The greatest number of characters.
    MaxLength = "max-length": Greatest, Limit;
    /// The pattern that the whole text must match.
    Pattern = "pattern": Restrictions, Limit;
    /// The form of a text.
    Format = "format": Restrictions, Limit;
    /// The least number.
    Min = "min": Least, Limit;
    /// The greatest number.
    Max = "max": Greatest, Limit;
    /// The numbers of which a number is a multiple.
    MultipleOf = "multiple-of": Restrictions, Limit;
    /// The least number of elements.
    MinItems = "min-items": Least, Limit;
    /// The greatest number of elements.
    MaxItems = "max-items": Greatest, Limit;
    /// The greatest number of characters of a key.
    KeyMaxLength = "key-max-length": Greatest, Limit;
    /// The pattern that a whole key must match.
    KeyPattern = "key-pattern": Restrictions, Limit;
    /// The permission to repeat an element of a list.
    UniqueItems = "unique-items": Permission, Limit;
    /// The conditions under which the field must be present.
    RequiredWhen = "required-when": Restrictions, Other;
    /// The conditions under which the field must be absent.
    ForbiddenWhen = "forbidden-when": Restrictions, Limit;
    /// The value that the receiver assumes if the field is absent.
    Default = "default": Setting, Other;
    /// Groups of fields of which at least one must be present.
    AtLeastOneOf = "at-least-one-of": Groups, Object;
    /// The steps in which the value of an amount is counted.
    AmountSteps = "amount-steps": Steps, Limit;
    /// The fields that should have the same currency.
    SameCurrency = "same-currency": Restrictions, ObjectLimit;
    /// The amounts of money: which fields hold them, in which unit and currency.
    AmountFields = "amount-fields": Opaque, Object;
    /// The unit of an exchange rate: the fields for the pair and the price, and their meaning.
    QuoteFields = "quote-fields": Text, Object;
    /// The rules that only warn.
    Advice = "advice": Restrictions, Other;
    /// A condition that can only be described in words.
    ConditionInWords = "condition-in-words": Text, Other;
    /// The rules of a type that bind no message.
    UnreachableRules = "idle-rules": Text, Other;

    // Operations.
    /// The existence of an API.
    Api = "api": Existence, Other, Outgoing;
    /// The existence of an operation.
    Operation = "operation": Existence, Named;
    /// The existence of a body on this side of the operation.
    Body = "body": Demand, Other, Incoming;
    /// The media type of the body of a request.
    MediaType = "media-type": Opaque, Other;
    /// The HTTP method.
    Method = "method": Opaque, Other;
    /// The path after the prefix.
    Path = "path": Opaque, Other;
    /// The party that calls the other one.
    Caller = "caller": Opaque, Other, Outgoing;

    // Judging answers.
    /// The existence of rules that judge answers.
    Result = "result": Existence, Other, Incoming;
    /// The place of the status in an answer.
    StatusPointer = "status-pointer": Opaque, Other, Incoming;
    /// The place of the code in an answer.
    CodePointer = "code-pointer": Opaque, Other, Incoming;
    /// The place of the message in an answer.
    MessagePointer = "message-pointer": Text, Other;
    /// The fields that identify the payment later.
    References = "references": Opaque, Other, Incoming;
    /// The existence of answers that differ by HTTP status.
    Responses = "responses": Existence, Other, Incoming;
    /// The existence of an answer of an HTTP status.
    Response = "response": Existence, Other, Incoming;
    /// The presence of a field in the answer of an HTTP status: absent, optional or required.
    ResponseField = "response-field": Presence, Other, Incoming;
    /// The fields that must equal the same field of the request.
    Agrees = "agrees": Restrictions, Other, Incoming;
    /// The existence of a decision for a status, or for a case of it.
    Decision = "decision": Existence, Other, Incoming;
    /// The result that is decided.
    Decides = "decides": Opaque, Other, Incoming;
    /// The name of the outcome.
    OutcomeName = "outcome-name": Opaque, Other, Incoming;
    /// The object that the outcome hands over.
    Payload = "payload": Opaque, Other, Incoming;
    /// The fields that must be present for the decision to apply.
    Needs = "needs": Restrictions, Other, Incoming;
    /// The actions that are allowed while the result is unknown.
    PendingActions = "pending-actions": Opaque, Other, Incoming;
    /// The existence of a result code.
    Code = "code": Existence, Named, Incoming;
    /// The status that the code comes with.
    CodeStatus = "code-status": Opaque, Other, Incoming;
    /// The next step for a program.
    NextStep = "next-step": Opaque, Other, Incoming;
    /// The rule for sending the same body again.
    Resend = "resend": Opaque, Other, Incoming;
    /// The part of the request that the provider refuses with the code.
    Refuses = "refuses": Text, Other;
    /// The shared codes of an operation beyond the ones that it lists: none or all.
    SharedCodes = "shared-codes": Text, Other;
    /// The existence of a status.
    Status = "status": Existence, Other, Incoming;
    /// The meaning of the status for a call.
    StatusClass = "status-class": Opaque, Other, Incoming;

    // Idempotency.
    /// The existence of a rule that recognises repeated requests.
    Idempotency = "idempotency": Existence, Other, Outgoing;
    /// The field that identifies a request.
    IdempotencyKey = "idempotency-key": Opaque, Other, Outgoing;
    /// The fields that a repeated request must repeat.
    MustRepeat = "must-repeat": Opaque, Other, Outgoing;
    /// The statuses after which the answer no longer changes.
    Settled = "settled": Opaque, Other, Incoming;
    /// The code that answers a conflict.
    ConflictCode = "conflict-code": Opaque, Other, Incoming;
    /// The time for which the provider keeps an idempotency key.
    KeyLifetime = "key-lifetime": Opaque, Other, Incoming;

    // Pagination.
    /// The existence of pages of a list.
    Pagination = "pagination": Existence, Other, Incoming;
    /// The places of the list and of its cursor.
    PaginationParts = "pagination-parts": Opaque, Other, Incoming;

    // Transport.
    /// The existence of a host, and its purpose.
    Host = "host": Existence, Other, Outgoing;
    /// The role of a host, such as `recommended`.
    HostRole = "host-role": Text, Other;
    /// The existence of an environment.
    Environment = "environment": Existence, Other, Outgoing;
    /// The prefix of all paths.
    Prefix = "prefix": Opaque, Other, Outgoing;
    /// The client ids that select the environment.
    PrefixClientIds = "prefix-client-ids": Opaque, Other, Outgoing;
    /// The presence of a header: absent, optional or required.
    Header = "header": Presence, Named;
    /// The form of a header's value.
    HeaderFormat = "header-format": Opaque, Other;
    /// The greatest length of a header's value.
    HeaderMaxLength = "header-max-length": Greatest, Other;
    /// The pattern that the whole value of a header must match.
    HeaderPattern = "header-pattern": Restrictions, Limit;
    /// The spelling of numbers and booleans.
    Scalars = "scalars": Opaque, Other, Outgoing;
    /// True if an empty text may be sent.
    EmptyText = "empty-text": Permission, Other, Outgoing;
    /// The unit in which lengths are counted.
    Lengths = "lengths": Opaque, Other, Outgoing;
    /// The decimal places of currencies that differ from ISO 4217.
    Decimals = "decimals": Opaque, Other;
    /// The existence of a signature on messages.
    Signature = "signature": Demand, Other, Outgoing;
    /// The recipe for the signature.
    SignatureRecipe = "signature-recipe": Opaque, Other, Outgoing;
    /// The existence of headers of requests that prove who calls.
    Auth = "auth": Demand, Other, Outgoing;
    /// The headers that prove who calls.
    AuthHeaders = "auth-headers": Opaque, Other, Outgoing;
    /// The headers that prove who calls an operation, if other than those of the API.
    OperationAuth = "operation-auth": Opaque, Other, Outgoing;
    /// The existence of a proof of answers.
    ResponseProof = "response-proof": Demand, Other, Incoming;
    /// The recipe for the proof of answers.
    ResponseProofRecipe = "response-proof-recipe": Opaque, Other, Incoming;
    /// The existence of a proof of notifications.
    NotificationProof = "notification-proof": Demand, Other, Incoming;
    /// The recipe for the proof of notifications.
    NotificationProofRecipe = "notification-proof-recipe": Opaque, Other, Incoming;
    /// The statement that nothing proves notifications.
    UnprovedNotifications = "unproved-notifications": Demand, Other, Incoming;
    /// The encryption of objects in notifications.
    NotificationEncryption = "notification-encryption": Opaque, Other, Incoming;
    /// The object of a notification that travels encrypted.
    Encrypted = "encrypted": Opaque, Other, Incoming;
    /// The place of the notifications in a message with several.
    Each = "each": Opaque, Other, Incoming;
    /// The values that identify the event of a notification.
    EventId = "event-id": Opaque, Other, Incoming;
    /// The existence of a credential.
    Credential = "credential": Existence, Other, Outgoing;
    /// The kind of a credential.
    CredentialKind = "credential-kind": Opaque, Other, Outgoing;

    // Types, as Rust sees them.
    /// The existence of a type.
    Type = "type": Existence, Named;
    /// The presence of a field in a type: absent, optional or required.
    Member = "member": Presence, Movable;
    /// The type of a field.
    MemberType = "member-type": Opaque, Other;
    /// The order of the fields.
    MemberOrder = "member-order": Text, Other;
    /// The existence of an enum value.
    EnumValue = "enum-value": Existence, Named;
    /// The name in Rust, if it is not made from the name on the wire.
    RustName = "rust-name": Opaque, Other;
    /// True if the enum is open.
    EnumOpen = "enum-open": Opaque, Other;
    /// The type of an enum's values: texts or whole numbers.
    EnumType = "enum-type": Opaque, Other;
    /// The existence of an object of a union.
    UnionObject = "union-object": Existence, Other;
    /// True if what messages hold of an object of an open union is described, at a place of use.
    UnionShape = "union-shape": Demand, Other;
    /// The type of an object of a union.
    UnionObjectType = "union-object-type": Opaque, Other;
    /// True if the union is open.
    UnionOpen = "union-open": Opaque, Other;

    // The life of a payment or a refund.
    /// The existence of a flow.
    Flow = "flow": Existence, Other;
    /// The operation that moves money in the flow.
    FlowPays = "flow-pays": Opaque, Other;
    /// The state in which the flow starts.
    FlowStart = "flow-start": Opaque, Other;
    /// The notifications that the flow receives.
    FlowHeard = "flow-heard": Opaque, Other;
    /// The expiry of the flow.
    FlowExpires = "flow-expires": Opaque, Other;
    /// The facts that the flow proves in addition to its end.
    FlowProves = "flow-proves": Opaque, Other;
    /// The values of earlier messages that later requests of the flow carry.
    FlowWith = "flow-with": Opaque, Other;
    /// The existence of a state in the flow.
    FlowState = "flow-state": Existence, Named;
    /// The operation that a state sends, or the end that it is.
    FlowRole = "flow-role": Opaque, Other;
    /// The pauses before each sending.
    FlowPauses = "flow-pauses": Opaque, Other;
    /// The target of an event.
    FlowTarget = "flow-target": Opaque, Other;

    // Properties that are shown to people and never sent.
    /// The kind of sensitive value, which must not appear in a log.
    Sensitive = "sensitive": Secrecy, Other;
    /// The former name.
    FormerName = "former-name": Text, Other;
    /// The note that an item should no longer be used.
    Deprecated = "deprecated": Text, Other;
    /// The date from which a deprecated item may no longer work.
    Sunset = "sunset": Text, Other;
    /// The first and the last version or date of the item.
    Lifecycle = "lifecycle": Text, Other;
    /// The meaning, in words.
    Description = "description": Text, Other;
    /// The meaning of a result code, in words.
    CodeMeaning = "code-meaning": Text, Other;
    /// A value that shows the form, or a documented message.
    Example = "example": Text, Other;
    /// Limits that no source states.
    Unknown = "unknown": Text, Other;
    /// The sources of the fact.
    Sources = "sources": Text, Other;
    /// A point on which sources disagree, or the ruling about it.
    Dispute = "dispute": Text, Other;
}

impl Property {
    /// Returns the edits that a comparison of it can produce.
    #[cfg(test)]
    pub(crate) fn edits(self) -> Vec<Edit> {
        let kept: &[Edit] = match self.role() {
            Role::Movable => &[Edit::Renamed, Edit::Moved],
            Role::Named => &[Edit::Renamed],
            Role::Limit | Role::ObjectLimit | Role::Object | Role::Other => &[],
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
        match self.role() {
            Role::Limit | Role::ObjectLimit => true,
            Role::Movable | Role::Named | Role::Object | Role::Other => false,
        }
    }

    /// Returns whether it is about an object as a whole, and not about one field.
    pub(super) fn is_of_object(self) -> bool {
        match self.role() {
            Role::Object | Role::ObjectLimit => true,
            Role::Movable | Role::Named | Role::Limit | Role::Other => false,
        }
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
