//! The properties that a spec can state of a thing.

use serde::Serialize;

use super::change::Edit;
use super::relation::Algebra;
use crate::model::Direction;

macro_rules! facets {
    ($($(#[doc = $doc:literal])+ $name:ident: $algebra:ident $(, $direction:ident)?;)+) => {
        /// A property of a thing.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Facet {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Facet {
            /// All facets.
            pub const ALL: &[Facet] = &[$(Facet::$name),+];

            /// How its values are ordered.
            pub fn algebra(self) -> Algebra {
                match self {
                    $(Facet::$name => Algebra::$algebra,)+
                }
            }

            /// Who sends what it is about; [`None`] where the place decides.
            pub fn direction(self) -> Option<Direction> {
                match self {
                    $(Facet::$name => facets!(@direction $($direction)?),)+
                }
            }
        }
    };
    (@direction) => { None };
    (@direction $direction:ident) => { Some(Direction::$direction) };
}

facets! {
    // Fields, at each place of use.
    /// That there is a field, and whether it must be there.
    Field: Presence;
    /// The form of a value on the wire.
    Kind: Kind;
    /// The texts that a value can have.
    Allowed: Allowed;
    /// Whether the provider may send other texts, where it sends them.
    Open: Permission;
    /// The least number of characters.
    MinLength: Least;
    /// The greatest number of characters.
    MaxLength: Greatest;
    /// What the whole text matches.
    Pattern: Restrictions;
    /// The form of a text.
    Format: Restrictions;
    /// The least number.
    Min: Least;
    /// The greatest number.
    Max: Greatest;
    /// The least number of elements.
    MinItems: Least;
    /// The greatest number of elements.
    MaxItems: Greatest;
    /// When the field must be there.
    RequiredWhen: Restrictions;
    /// When the field must not be there.
    ForbiddenWhen: Restrictions;
    /// Fields of which at least one must be there.
    AtLeastOneOf: Groups;
    /// Amounts that come in steps.
    AmountSteps: Steps;
    /// Fields that should hold one currency.
    SameCurrency: Restrictions;
    /// The unit of an amount: which fields hold currency and value.
    AmountFields: Opaque;
    /// The unit of an exchange rate: which fields hold the pair and the price, and what that says.
    QuoteFields: Opaque;
    /// What is asked for with a warning only.
    Advice: Text;
    /// A condition that only words can say.
    ConditionInWords: Text;
    /// What a type asks for of messages that do not exist.
    IdleRules: Text;

    // Operations.
    /// That there is an API.
    Api: Existence, Outgoing;
    /// That there is an operation.
    Operation: Existence;
    /// That the operation has a body on this side.
    Body: Demand, Incoming;
    /// The HTTP method.
    Method: Opaque;
    /// The path behind the prefix.
    Path: Opaque;
    /// Who calls whom.
    Caller: Opaque, Outgoing;

    // Judging answers.
    /// That answers are judged.
    Result: Existence, Incoming;
    /// Where the status stands.
    StatusPointer: Opaque, Incoming;
    /// Where the code stands.
    CodePointer: Opaque, Incoming;
    /// Where the message stands.
    MessagePointer: Text;
    /// What names the payment afterwards.
    References: Opaque, Incoming;
    /// What must equal the same field of the request.
    Agrees: Restrictions, Incoming;
    /// That a status, or a case of it, has a decision.
    Decision: Existence, Incoming;
    /// What is decided.
    Decides: Opaque, Incoming;
    /// What the outcome is called.
    OutcomeName: Opaque, Incoming;
    /// The object that is handed over.
    Payload: Opaque, Incoming;
    /// What must be there for the decision to stand.
    Needs: Restrictions, Incoming;
    /// What may be done while nobody knows.
    PendingActions: Opaque, Incoming;
    /// That there is a result code.
    Code: Existence, Incoming;
    /// The status that the code comes with.
    CodeStatus: Opaque, Incoming;
    /// What a program does next.
    NextStep: Opaque, Incoming;
    /// Whether the same body may be sent again.
    Resend: Opaque, Incoming;
    /// Whether the provider's table of codes was read.
    SharedCodes: Text;
    /// That there is a status.
    Status: Existence, Incoming;
    /// What the status says of a call.
    StatusClass: Opaque, Incoming;

    // Idempotency.
    /// That repetitions are recognised.
    Idempotency: Existence, Outgoing;
    /// The field that identifies a request.
    IdempotencyKey: Opaque, Outgoing;
    /// The fields that must be the same again.
    MustRepeat: Opaque, Outgoing;
    /// The statuses after which the answer stays.
    Settled: Opaque, Incoming;
    /// The code that a conflict gets.
    ConflictCode: Opaque, Incoming;

    // Transport.
    /// That there is a host, and what it is for.
    Host: Existence, Outgoing;
    /// Whether the host is the one to choose.
    HostRole: Text;
    /// That there is an environment.
    Environment: Existence, Outgoing;
    /// What stands before all paths.
    Prefix: Opaque, Outgoing;
    /// The client ids that select the environment.
    PrefixClientIds: Opaque, Outgoing;
    /// That there is a header, and whether it must be there.
    Header: Presence;
    /// The form of a header's value.
    HeaderFormat: Opaque;
    /// The greatest length of a header's value.
    HeaderMaxLength: Greatest;
    /// How numbers and booleans are written.
    Scalars: Opaque, Outgoing;
    /// Whether an empty text may be sent.
    EmptyText: Permission, Outgoing;
    /// What lengths count.
    Lengths: Opaque, Outgoing;
    /// That messages are signed.
    Signature: Demand, Outgoing;
    /// How they are signed.
    SignatureRecipe: Opaque, Outgoing;

    // Types, as Rust sees them.
    /// That there is a type.
    Type: Existence;
    /// That a type has a field, and whether it must be there.
    Member: Presence;
    /// The type of a field.
    MemberType: Opaque;
    /// The order of the fields.
    MemberOrder: Text;
    /// That an enum has a value.
    EnumValue: Existence;
    /// Whether an enum is open.
    EnumOpen: Opaque;

    // The life of a payment.
    /// That it is described.
    Flow: Existence;
    /// What moves money in it.
    FlowPays: Opaque;
    /// Where it begins.
    FlowStart: Opaque;
    /// What is heard in it.
    FlowHeard: Opaque;
    /// What bounds it.
    FlowExpires: Opaque;
    /// What is proved beside the end.
    FlowProves: Opaque;
    /// That it has a state.
    FlowState: Existence;
    /// What a state sends, or which end it is.
    FlowRole: Opaque;
    /// The pauses before each sending.
    FlowPauses: Opaque;
    /// Where an event leads.
    FlowTarget: Opaque;

    // What is told, not sent.
    /// What must not reach a log.
    Sensitive: Secrecy;
    /// What it was called before.
    FormerName: Text;
    /// That it should no longer be used.
    Deprecated: Text;
    /// Since when it exists, or until when it did.
    Lifecycle: Text;
    /// What it means, in words.
    Description: Text;
    /// What a result code means, in words.
    CodeMeaning: Text;
    /// A value that shows the form, or a documented message.
    Example: Text;
    /// Limits that no source states.
    Unknown: Text;
    /// Where the fact comes from.
    Sources: Text;
    /// A point on which sources disagree, or its ruling.
    Dispute: Text;
}

impl Facet {
    /// The edits that it can see.
    pub fn edits(self) -> Vec<Edit> {
        let kept: &[Edit] = match self {
            Facet::Field | Facet::Member => &[Edit::Renamed, Edit::Moved],
            Facet::Type | Facet::Operation | Facet::EnumValue | Facet::Code | Facet::FlowState => {
                &[Edit::Renamed]
            }
            _ => &[],
        };
        [self.algebra().edits(), kept].concat()
    }

    /// Whether readers take a value that breaks it, and report it: a limit, a list, a pattern. What was
    /// promised to be there, or in another form, is lost to them instead.
    pub(super) fn is_read_tolerantly(self) -> bool {
        matches!(
            self,
            Facet::Allowed
                | Facet::MinLength
                | Facet::MaxLength
                | Facet::Pattern
                | Facet::Format
                | Facet::Min
                | Facet::Max
                | Facet::MinItems
                | Facet::MaxItems
                | Facet::ForbiddenWhen
                | Facet::AmountSteps
        )
    }

    /// Whether the order of its texts means something.
    pub(super) fn is_ordered(self) -> bool {
        matches!(
            self,
            Facet::References | Facet::MemberOrder | Facet::FlowPauses | Facet::SignatureRecipe
        )
    }

    /// Whether the facet is that something exists: its parts come and go with it.
    pub fn is_existence(self) -> bool {
        matches!(
            self.algebra(),
            Algebra::Existence | Algebra::Demand | Algebra::Presence
        )
    }
}
