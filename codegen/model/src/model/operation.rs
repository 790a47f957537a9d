use super::{
    Agreement, Condition, Constraint, DefaultValue, Deprecated, Object, Origin, Rule, SameCurrency,
    Side, Since, SourceIds,
};
pub use crate::format::{Caller, Decide, Method, PendingAction, Refusal, SharedCodes};
use payspec_runtime::Direction;
pub use payspec_runtime::{NextStep, Resend};

/// One operation of an API.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// The name, `snake_case`.
    pub id: String,
    /// The name for people.
    pub title: String,
    /// What it does.
    pub description: String,
    /// The HTTP method.
    pub method: Method,
    /// The path behind the API's prefix.
    pub path: String,
    /// Who calls whom.
    pub caller: Caller,
    /// The id of the abstract operation that this one lies over.
    pub extends: Option<String>,
    /// The id that it had before.
    pub renamed_from: Option<String>,
    /// Since when it exists.
    pub since: Option<Since>,
    /// It should no longer be used.
    pub deprecated: Option<Deprecated>,
    /// The body of the request.
    pub request: Body,
    /// The body of the response.
    pub response: Option<Body>,
    /// How the answer is judged.
    pub result: Option<ResultHandling>,
    /// How the provider recognises a repeated request.
    pub idempotency: Option<Idempotency>,
    /// The documented messages.
    pub examples: Vec<Example>,
    /// Lines of the provider's page that the spec leaves out on purpose.
    pub waivers: Vec<Waiver>,
    /// Who says so.
    pub sources: SourceIds,
    /// Where it stands.
    pub origin: Origin,
    /// Where its keys stand.
    pub origins: OperationOrigins,
}

/// Where keys of an operation stand: in its own file or in that of a base.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OperationOrigins {
    /// The HTTP method.
    pub method: Origin,
    /// The path.
    pub path: Origin,
    /// Who calls whom.
    pub caller: Origin,
}

/// An operation that a client can call: the merchant calls it, and an answer has a status.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Callable<'m> {
    /// The operation.
    pub operation: &'m Operation,
    /// The body of its answer.
    pub response: &'m Body,
    /// How that is judged.
    pub result: &'m ResultHandling,
    /// Path of the status in it.
    pub status: &'m [String],
}

impl<'m> Callable<'m> {
    /// The operation, if it is one.
    pub fn of(operation: &'m Operation) -> Option<Self> {
        let result = operation.result.as_ref()?;
        match (operation.caller, &operation.response, &result.status) {
            (Caller::Merchant, Some(response), StatusPlace::Field(status)) => Some(Callable {
                operation,
                response,
                result,
                status,
            }),
            (Caller::Merchant | Caller::Provider, _, _) => None,
        }
    }
}

impl Operation {
    /// The body of one side.
    pub fn body(&self, side: Side) -> Option<&Body> {
        match side {
            Side::Request => Some(&self.request),
            Side::Response => self.response.as_ref(),
        }
    }

    /// The body that is judged, if any is: the one that comes in.
    pub fn judged(&self) -> Option<&Body> {
        let mut sides = Side::ALL.iter();
        let side = sides.find(|side| self.direction(**side) == Direction::Incoming)?;
        self.body(*side)
    }

    /// Returns which way the body of a side goes: the merchant sends it, and it is held to every rule, or
    /// receives it, and it is read tolerantly.
    pub fn direction(&self, side: Side) -> Direction {
        side.direction(self.caller)
    }

    /// The name of the field that holds the address of this operation: the provider calls the address
    /// that a request of the merchant named there.
    pub fn address_field(&self) -> Option<&str> {
        address_field(self.caller, &self.path)
    }

    /// The bodies that there are.
    pub fn bodies(&self) -> impl Iterator<Item = &Body> {
        std::iter::once(&self.request).chain(&self.response)
    }
}

/// The field that names the address of an operation with this path: `path: "{notifyUrl}"`. Only the
/// provider's calls have one.
pub fn address_field(caller: Caller, path: &str) -> Option<&str> {
    let name = path.strip_prefix('{')?.strip_suffix('}')?;
    let is_one = !name.is_empty() && !name.contains(['{', '}']);
    (caller == Caller::Provider && is_one).then_some(name)
}

/// The body of a request or response.
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    /// The fields.
    pub object: Object,
    /// What the operation asks of fields inside shared objects.
    pub refinements: Vec<Refinement>,
    /// Groups of fields that should hold one currency.
    pub same_currency: Vec<SameCurrency>,
}

impl Body {
    /// Makes fields of the body itself required that refinements ask for without any ifs.
    pub fn fold(&mut self) {
        let always = |rule: &Constraint| rule.rule == Rule::Required && rule.strength.is_strict();
        for refinement in &mut self.refinements {
            let [name] = refinement.path.as_slice() else {
                continue;
            };
            let mut fields = self.object.fields.iter_mut();
            let Some(field) = fields.find(|field| field.name == *name) else {
                continue;
            };
            // A field that is sometimes absent stays optional in its type.
            if field.forbidden_when.is_empty() && refinement.constraints.iter().any(always) {
                refinement.constraints.retain(|rule| !always(rule));
                field.constraints.retain(|rule| rule.rule != Rule::Required);
                field.required_when.clear();
                field.default = None;
                field.required = true;
                field.plain = true;
            }
        }
    }
}

/// Further constraints on the field at a path.
#[derive(Debug, Clone, PartialEq)]
pub struct Refinement {
    /// Names from the body to the field; `*` matches every element of a list.
    pub path: Vec<String>,
    /// Why, or what it means here.
    pub note: Option<String>,
    /// The constraints, added to those of the shared type.
    pub constraints: Vec<Constraint>,
    /// When the field must be present; paths from the body.
    pub required_when: Vec<Condition>,
    /// When the field must be absent; paths from the body.
    pub forbidden_when: Vec<Condition>,
    /// The value that the receiver assumes here when the field is absent.
    pub default: Option<DefaultValue>,
    /// Who says so.
    pub sources: SourceIds,
    /// Where it stands.
    pub origin: Origin,
}

/// How what comes in is judged. Paths are names from that body: see [`Operation::judged`].
#[derive(Debug, Clone, PartialEq)]
pub struct ResultHandling {
    /// Where the status is found.
    pub status: StatusPlace,
    /// Path of the code, if there is one.
    pub code: Option<Vec<String>>,
    /// Path of the message.
    pub message: Option<Vec<String>>,
    /// Paths of what names the payment afterwards; the first present one wins.
    pub references: Vec<Vec<String>>,
    /// What must equal the same field of the request.
    pub agrees: Vec<Agreement>,
    /// What each status decides, in the order of the statuses.
    pub decisions: Vec<Decision>,
    /// The result codes in the page's order.
    pub codes: Vec<Code>,
    /// Whether the codes are the provider's table, or all shared ones stand in for what could not
    /// be read of it.
    pub shared_codes: SharedCodes,
    /// Where it stands.
    pub origin: Origin,
}

/// Where the status of a message is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StatusPlace {
    /// In a field: its path.
    Field(Vec<String>),
    /// The message carries none, and stands for this one.
    Always(String),
}

/// What a status decides, or a status with a value of another field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The status.
    pub status: String,
    /// The other field, with the value that it must have.
    pub case: Option<Case>,
    /// The decision.
    pub decide: Decide,
    /// What it is called, `snake_case`. Decisions with the same name are one outcome.
    pub name: String,
    /// What to do.
    pub description: String,
    /// Path of the object that the decision hands over.
    pub payload: Option<Vec<String>>,
    /// Paths of what must be present for the decision to stand.
    pub needs: Vec<Vec<String>>,
    /// For `pending`: what may be done with the payment.
    pub actions: Vec<PendingAction>,
    /// Who says so.
    pub sources: SourceIds,
    /// Where it stands.
    pub origin: Origin,
}

/// A value that a field must have for a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Path of the field.
    pub by: Vec<String>,
    /// The value.
    pub value: String,
}

/// One result code of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// The spelling on the wire.
    pub name: String,
    /// What it is named by in Rust, if not by that.
    pub rust_name: Option<String>,
    /// The status it comes with.
    pub status: String,
    /// What it means.
    pub meaning: String,
    /// The documented further action.
    pub action: String,
    /// What a program does next.
    pub next_step: NextStep,
    /// Whether the same body may be sent again.
    pub resend: Resend,
    /// What the provider refuses with it before it looks at what the request asks for.
    pub refuses: Option<Refusal>,
    /// True if it stands in the shared table.
    pub shared: bool,
    /// What it was called before.
    pub renamed_from: Option<String>,
    /// It should no longer be met.
    pub deprecated: Option<Deprecated>,
    /// Who says so.
    pub sources: SourceIds,
    /// Where it stands.
    pub origin: Origin,
}

impl Code {
    /// Returns what it is named by in Rust.
    pub fn spelling(&self) -> &str {
        self.rust_name.as_deref().unwrap_or(&self.name)
    }
}

/// How the provider recognises a repeated request. Paths are names from the request body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Idempotency {
    /// Path of the idempotency key.
    pub key: Vec<String>,
    /// Paths of the fields that must be the same again.
    pub must_repeat: Vec<Vec<String>>,
    /// The statuses after which the same key gets the same answer.
    pub settled: Vec<String>,
    /// The code that a request with the same key and other values gets.
    pub conflict_code: Option<String>,
    /// The rule in words.
    pub description: String,
    /// Who says so.
    pub sources: SourceIds,
    /// Where it stands.
    pub origin: Origin,
}

/// Lines of the provider's page that the spec leaves out on purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// What they stand at: `request/order`, `codes`.
    pub at: String,
    /// Their fingerprints.
    pub lines: Vec<String>,
    /// Why they are left out.
    pub reason: String,
    /// Where it stands.
    pub origin: Origin,
}

/// A documented message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// A short name.
    pub name: String,
    /// Which body it is.
    pub side: Side,
    /// The file, relative to the spec folder, with `/` between the parts.
    pub file: String,
    /// The message, as it stands in the file.
    pub json: String,
    /// What was restored or left out.
    pub note: Option<String>,
    /// Who says so.
    pub sources: SourceIds,
    /// Where it stands.
    pub origin: Origin,
}
