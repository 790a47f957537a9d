use super::{
    Agreement, Condition, Constraint, Decision, DefaultValue, Deprecated, Object, ObjectId,
    OperationAuth, Origin, Pagination, Pause, Response, Rule, SameCurrency, Side, Since, SourceIds,
    StatusClass,
};
pub use crate::format::{Caller, Decide, Method, PendingAction, Refusal, SharedCodes};
use crate::pointer::EACH;
use payspec_runtime::{Direction, MediaType, rules};
pub use payspec_runtime::{NextStep, Resend};

/// One operation of an API.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// The name, `snake_case`.
    pub id: String,
    /// The title for readers.
    pub title: String,
    /// The description.
    pub description: String,
    /// The HTTP method.
    pub method: Method,
    /// The path after the API's prefix.
    pub path: String,
    /// The side that calls.
    pub caller: Caller,
    /// The field of a notification whose object travels encrypted; the request has the plaintext there.
    pub encrypted: Option<Encrypted>,
    /// The place of the notifications in a message with several; the request is one of them.
    pub each: Option<Each>,
    /// Paths of the values that identify the event of a notification.
    pub event_id: Vec<Vec<String>>,
    /// The id of the abstract operation that this one extends.
    pub extends: Option<String>,
    /// The former id.
    pub renamed_from: Option<String>,
    /// The date since when it exists, if documented.
    pub since: Option<Since>,
    /// Set if it should no longer be used.
    pub deprecated: Option<Deprecated>,
    /// The headers that prove who sends its requests, if other than those of the API.
    pub auth: Option<OperationAuth>,
    /// The body of the request.
    pub request: Body,
    /// The body of the response. With [`responses`](Self::responses), it has the fields of all of them, and those
    /// that not all of them require are optional.
    pub response: Option<Body>,
    /// The answers by HTTP status, if their bodies differ; else empty.
    pub responses: Vec<Response>,
    /// The rules for judging the answer.
    pub result: Option<ResultHandling>,
    /// The rules by which the provider recognises a repeated request.
    pub idempotency: Option<Idempotency>,
    /// The parts of a list that comes in pages.
    pub pagination: Option<Pagination>,
    /// The documented messages.
    pub examples: Vec<Example>,
    /// Lines of the provider's page that the spec omits on purpose.
    pub waivers: Vec<Waiver>,
    /// The sources that state it.
    pub sources: SourceIds,
    /// The place in the spec.
    pub origin: Origin,
    /// The places of its keys.
    pub origins: OperationOrigins,
}

/// The encrypted object of a notification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encrypted {
    /// The field of the request.
    pub field: String,
    /// The place in the spec.
    pub origin: Origin,
}

/// The place of the notifications in a message with several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Each {
    /// Path of the list.
    pub list: Vec<String>,
    /// Path of the notification in an element of the list.
    pub inside: Vec<String>,
    /// The place in the spec.
    pub origin: Origin,
}

impl Each {
    /// Returns the path of every notification, with `*` for the elements of the list.
    pub fn path(&self) -> Vec<String> {
        let each = [EACH.to_owned()];
        [self.list.as_slice(), &each, &self.inside].concat()
    }
}

/// The places of an operation's keys: in its own file or in that of a base.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OperationOrigins {
    /// The HTTP method.
    pub method: Origin,
    /// The path.
    pub path: Origin,
    /// The side that calls.
    pub caller: Origin,
}

/// An operation that a client can call: the merchant calls it, and an answer has a status.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Callable<'m> {
    /// The operation.
    pub operation: &'m Operation,
    /// The body of its answer.
    pub response: &'m Body,
    /// The rules for judging it.
    pub result: &'m ResultHandling,
    /// Path of the status in it; empty if the HTTP status decides.
    pub status: &'m [String],
}

impl<'m> Callable<'m> {
    /// Returns the operation, if a client can call it.
    pub fn of(operation: &'m Operation) -> Option<Self> {
        let result = operation.result.as_ref()?;
        match (operation.caller, &operation.response, &result.status) {
            (Caller::Merchant, Some(response), StatusPlace::Field(status)) => Some(Callable {
                operation,
                response,
                result,
                status,
            }),
            (Caller::Merchant, Some(response), StatusPlace::HttpStatus) => Some(Callable {
                operation,
                response,
                result,
                status: &[],
            }),
            (
                Caller::Merchant | Caller::Provider,
                _,
                StatusPlace::Field(_) | StatusPlace::HttpStatus | StatusPlace::Always(_),
            ) => None,
        }
    }
}

impl Operation {
    /// Returns the body of one side.
    pub fn body(&self, side: Side) -> Option<&Body> {
        match side {
            Side::Request => Some(&self.request),
            Side::Response => self.response.as_ref(),
        }
    }

    /// Returns the body of one side, to change it.
    pub fn body_mut(&mut self, side: Side) -> Option<&mut Body> {
        match side {
            Side::Request => Some(&mut self.request),
            Side::Response => self.response.as_mut(),
        }
    }

    /// Returns the body that is judged, if any: the incoming one.
    pub fn judged(&self) -> Option<&Body> {
        let mut sides = Side::ALL.iter();
        let side = sides.find(|side| self.direction(**side) == Direction::Incoming)?;
        self.body(*side)
    }

    /// Returns the direction of the body of a side: the merchant sends it and every rule applies, or
    /// receives it and it is read tolerantly.
    pub fn direction(&self, side: Side) -> Direction {
        side.direction(self.caller)
    }

    /// Returns the name of the field that holds the address of this operation: the provider calls the
    /// address that a request of the merchant contained.
    pub fn address_field(&self) -> Option<&str> {
        address_field(self.caller, &self.path)
    }

    /// Iterates over its bodies.
    pub fn bodies(&self) -> impl Iterator<Item = &Body> {
        std::iter::once(&self.request).chain(&self.response)
    }
}

/// Returns the field that holds the address of an operation with this path: `path: "{notifyUrl}"`. Only
/// the provider's calls have one.
pub fn address_field(caller: Caller, path: &str) -> Option<&str> {
    let name = path.strip_prefix('{')?.strip_suffix('}')?;
    let is_one = !name.is_empty() && !name.contains(['{', '}']);
    (caller == Caller::Provider && is_one).then_some(name)
}

/// The body of a request or response.
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    /// The media type; only a request of the merchant is not JSON.
    pub media_type: MediaType,
    /// The object that is the whole body, if the spec names one; with [`responses`](Operation::responses), that of each
    /// answer. Their fields are among those of `object`.
    pub named: Vec<ObjectId>,
    /// The fields.
    pub object: Object,
    /// Additional rules of the operation for fields inside shared objects.
    pub refinements: Vec<Refinement>,
    /// Groups of fields that should have the same currency.
    pub same_currency: Vec<SameCurrency>,
}

impl Body {
    /// Marks fields of the body itself as required if a refinement requires them unconditionally.
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

/// Additional constraints on the field at a path.
#[derive(Debug, Clone, PartialEq)]
pub struct Refinement {
    /// Names from the body to the field; `*` matches every element of a list.
    pub path: Vec<String>,
    /// The reason, or the meaning in this place.
    pub note: Option<String>,
    /// The constraints, added to those of the shared type.
    pub constraints: Vec<Constraint>,
    /// Conditions under which the field must be present; paths from the body.
    pub required_when: Vec<Condition>,
    /// Conditions under which the field must be absent; paths from the body.
    pub forbidden_when: Vec<Condition>,
    /// The value that the receiver assumes here if the field is absent.
    pub default: Option<DefaultValue>,
    /// The sources that state it.
    pub sources: SourceIds,
    /// The place in the spec.
    pub origin: Origin,
}

/// The rules for judging an incoming message. Paths are names from that body: see
/// [`Operation::judged`].
#[derive(Debug, Clone, PartialEq)]
pub struct ResultHandling {
    /// The place of the status.
    pub status: StatusPlace,
    /// Paths of the code, the first one that is present wins; empty if there is none.
    pub code: Vec<Vec<String>>,
    /// Path of the message.
    pub message: Option<Vec<String>>,
    /// Paths of the ids that name the payment later; the first one that is present wins.
    pub references: Vec<Vec<String>>,
    /// The fields that must equal the same field of the request.
    pub agrees: Vec<Agreement>,
    /// The decisions of each status, in the order of the statuses.
    pub decisions: Vec<Decision>,
    /// The result codes in the page's order.
    pub codes: Vec<Code>,
    /// The meaning of the code list: the provider's table, or all shared codes in place of an unread
    /// table.
    pub shared_codes: SharedCodes,
    /// The place in the spec.
    pub origin: Origin,
}

impl ResultHandling {
    /// Returns the class of a status, or of a case of HTTP statuses: that of its decisions, where a case may also
    /// leave the outcome open. [`None`] if nothing decides it.
    pub fn class(&self, status: &str) -> Option<StatusClass> {
        let case = self.case_of(status).unwrap_or(status);
        let decisions = self.decisions.iter();
        let classes = decisions
            .filter(|one| one.status == case)
            .map(|one| one.decide.class());
        classes.reduce(|first, next| match first {
            StatusClass::Pending => next,
            StatusClass::Succeeded | StatusClass::Failed => first,
        })
    }

    /// Returns whether the HTTP status of an answer decides.
    pub fn is_by_http_status(&self) -> bool {
        self.status == StatusPlace::HttpStatus
    }

    /// Returns the case that decides a status of a message: the status itself, or for an HTTP status the case
    /// of its own or of its class.
    pub fn case_of<'s>(&'s self, status: &'s str) -> Option<&'s str> {
        match &self.status {
            StatusPlace::Field(_) | StatusPlace::Always(_) => Some(status),
            StatusPlace::HttpStatus => {
                rules::http_status_case(&self.statuses(), status.parse().ok()?)
            }
        }
    }

    /// Returns an HTTP status that a case decides: for a class, the first one without a case of its own.
    /// [`None`] unless the HTTP status decides.
    pub fn http_status_of(&self, case: &str) -> Option<u16> {
        if !self.is_by_http_status() {
            return None;
        }
        let statuses = self.statuses();
        (100..600).find(|status| rules::http_status_case(&statuses, *status) == Some(case))
    }

    /// Returns the statuses that it decides, in the order of their cases.
    pub fn statuses(&self) -> Vec<&str> {
        let mut statuses = Vec::new();
        for decision in &self.decisions {
            if !statuses.contains(&decision.status.as_str()) {
                statuses.push(decision.status.as_str());
            }
        }
        statuses
    }
}

/// The place of the status of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StatusPlace {
    /// In a field: its path.
    Field(Vec<String>),
    /// The HTTP status of the answer. The statuses of decisions and codes are statuses, or classes such as
    /// `4XX` for the other statuses of a class.
    HttpStatus,
    /// The message has no status, and counts as this one: every message decides the same.
    Always(String),
}

/// One result code of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// The spelling on the wire.
    pub name: String,
    /// The name to use in Rust, if it differs.
    pub rust_name: Option<String>,
    /// The status that it is documented with.
    pub status: String,
    /// The meaning.
    pub meaning: String,
    /// The documented further action.
    pub action: String,
    /// The next step of a program.
    pub next_step: NextStep,
    /// The rule for sending the same body again.
    pub resend: Resend,
    /// The kind of request that the provider refuses with it before processing.
    pub refuses: Option<Refusal>,
    /// True if it comes from the shared table.
    pub shared: bool,
    /// The former name.
    pub renamed_from: Option<String>,
    /// Set if it should no longer occur.
    pub deprecated: Option<Deprecated>,
    /// The sources that state it.
    pub sources: SourceIds,
    /// The place in the spec.
    pub origin: Origin,
}

impl Code {
    /// Returns the name to use in Rust.
    pub fn spelling(&self) -> &str {
        self.rust_name.as_deref().unwrap_or(&self.name)
    }
}

/// The rules by which the provider recognises a repeated request. Paths are names from the request
/// body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Idempotency {
    /// Path of the idempotency key.
    pub key: Vec<String>,
    /// Paths of the fields that must be unchanged in a repetition.
    pub must_repeat: Vec<Vec<String>>,
    /// The statuses after which the same key gets the same answer.
    pub settled: Vec<String>,
    /// The code for a request with the same key and other values.
    pub conflict_code: Option<String>,
    /// The time for which the provider keeps a key, if the spec says something about it.
    pub lifetime: Option<Pause>,
    /// The rule in words.
    pub description: String,
    /// The sources that state it.
    pub sources: SourceIds,
    /// The place in the spec.
    pub origin: Origin,
}

/// Lines of the provider's page that the spec omits on purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// Their place: `request/order`, `codes`.
    pub at: String,
    /// Their fingerprints.
    pub lines: Vec<String>,
    /// The reason.
    pub reason: String,
    /// The place in the spec.
    pub origin: Origin,
}

/// A documented message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// A short name.
    pub name: String,
    /// The side of its body.
    pub side: Side,
    /// The HTTP status of a response, if the spec states it.
    pub http_status: Option<u16>,
    /// The file, relative to the spec folder, with `/` between the parts.
    pub file: String,
    /// The message, as in the file.
    pub json: String,
    /// A note about restored or omitted parts.
    pub note: Option<String>,
    /// The sources that state it.
    pub sources: SourceIds,
    /// The place in the spec.
    pub origin: Origin,
}
