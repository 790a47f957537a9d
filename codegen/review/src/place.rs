//! What a fact is about.

use std::fmt;

use payspec_model::check;
use payspec_model::model::Side;

/// A thing that a spec describes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The API.
    pub api: String,
    /// The operation; [`None`] for what is the API's own.
    pub operation: Option<String>,
    /// The thing.
    pub subject: Subject,
}

/// The kinds of things, with what tells one from another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The API as such.
    Api,
    /// The operation as such.
    Operation,
    /// How the messages are signed.
    Signature,
    /// How values are written.
    Wire,
    /// How a repeated request is recognised.
    Idempotency,
    /// How the answer is judged.
    Result,
    /// What a status decides.
    Decision(String),
    /// A result code.
    Code(String),
    /// A body.
    Body(Side),
    /// A field, by the JSON Pointer from its body.
    Field(Side, String),
    /// A status.
    Status(String),
    /// A header, in lower case.
    Header(Side, String),
    /// A host.
    Host(String),
    /// What stands before the paths of an environment.
    Prefix(String),
    /// A shared object, as a type.
    Object(String),
    /// A field of a shared object, as a member of the type.
    Member(String, String),
    /// An enum, as a type.
    Enum(String),
    /// A value of an enum.
    EnumValue(String, String),
    /// The life of a payment or a refund.
    Flow(String),
    /// A state of it.
    FlowState(String, String),
    /// What can happen in a state of it.
    FlowEvent(String, String, String),
    /// A documented message.
    Example(String),
    /// A point on which sources disagree.
    Dispute(String),
    /// A source of facts.
    Source(String),
}

impl Place {
    /// An operation.
    pub(super) fn operation(api: &str, id: &str) -> Place {
        Place {
            api: api.to_owned(),
            operation: Some(id.to_owned()),
            subject: Subject::Operation,
        }
    }

    /// What stands beside this, in the same operation or API.
    pub(super) fn with(&self, subject: Subject) -> Place {
        Place {
            api: self.api.clone(),
            operation: self.operation.clone(),
            subject,
        }
    }

    /// A field of the type at this place, as a member of it.
    pub(super) fn member(&self, name: &str) -> Place {
        match &self.subject {
            Subject::Object(object) => self.with(Subject::Member(object.clone(), name.to_owned())),
            _ => self.clone(),
        }
    }

    /// The type and the field of a member.
    pub(super) fn as_member(&self) -> Option<(&str, &str)> {
        match &self.subject {
            Subject::Member(object, field) => Some((object, field)),
            _ => None,
        }
    }

    /// What it is called where it stands.
    pub(super) fn name(&self) -> &str {
        match &self.subject {
            Subject::Api => &self.api,
            Subject::Operation => self.operation.as_deref().unwrap_or_default(),
            Subject::Field(_, pointer) => pointer.rsplit('/').next().unwrap_or_default(),
            Subject::Decision(name)
            | Subject::Code(name)
            | Subject::Status(name)
            | Subject::Header(_, name)
            | Subject::Host(name)
            | Subject::Prefix(name)
            | Subject::Object(name)
            | Subject::Member(_, name)
            | Subject::Enum(name)
            | Subject::EnumValue(_, name)
            | Subject::Flow(name)
            | Subject::FlowState(_, name)
            | Subject::FlowEvent(_, _, name)
            | Subject::Example(name)
            | Subject::Dispute(name)
            | Subject::Source(name) => name,
            Subject::Signature
            | Subject::Wire
            | Subject::Idempotency
            | Subject::Result
            | Subject::Body(_) => "",
        }
    }
    /// The field of this name in the object at this place.
    pub(super) fn field(&self, name: &str) -> Place {
        let mut field = self.clone();
        if let Subject::Field(_, pointer) = &mut field.subject {
            pointer.push_str(&check::pointer(&[name.to_owned()]));
        }
        field
    }

    /// The things that this one is a part of, and comes and goes with.
    pub fn wholes(&self) -> Vec<Place> {
        let mut wholes = Vec::new();
        let mut add = |subject: Subject| {
            wholes.push(Place {
                subject,
                ..self.clone()
            });
        };
        match &self.subject {
            Subject::Field(side, pointer) => {
                let ends = pointer.match_indices('/').map(|(at, _)| at);
                for end in ends.filter(|end| *end > 0) {
                    add(Subject::Field(*side, pointer[..end].to_owned()));
                }
                add(Subject::Body(*side));
            }
            Subject::Member(object, _) => add(Subject::Object(object.clone())),
            Subject::EnumValue(name, _) => add(Subject::Enum(name.clone())),
            Subject::Decision(_) | Subject::Code(_) => add(Subject::Result),
            Subject::FlowState(flow, _) => add(Subject::Flow(flow.clone())),
            Subject::FlowEvent(flow, state, _) => {
                add(Subject::FlowState(flow.clone(), state.clone()));
                add(Subject::Flow(flow.clone()));
            }
            Subject::Api
            | Subject::Operation
            | Subject::Signature
            | Subject::Wire
            | Subject::Idempotency
            | Subject::Result
            | Subject::Body(_)
            | Subject::Status(_)
            | Subject::Header(..)
            | Subject::Host(_)
            | Subject::Prefix(_)
            | Subject::Object(_)
            | Subject::Enum(_)
            | Subject::Flow(_)
            | Subject::Example(_)
            | Subject::Dispute(_)
            | Subject::Source(_) => {}
        }
        if self.operation.is_some() && self.subject != Subject::Operation {
            add(Subject::Operation);
        }
        if self.subject != Subject::Api {
            wholes.push(Place {
                api: self.api.clone(),
                operation: None,
                subject: Subject::Api,
            });
        }
        wholes
    }
}

impl fmt::Display for Place {
    /// As one would say it: `pay_entry_code request /order/env`, `ams_instore host a.example`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.operation.as_deref().unwrap_or(&self.api))?;
        match &self.subject {
            Subject::Api | Subject::Operation => Ok(()),
            Subject::Signature => f.write_str(" signature"),
            Subject::Wire => f.write_str(" wire"),
            Subject::Idempotency => f.write_str(" idempotency"),
            Subject::Result => f.write_str(" result"),
            Subject::Decision(status) => write!(f, " decision {status}"),
            Subject::Code(code) => write!(f, " code {code}"),
            Subject::Body(side) => write!(f, " {side}"),
            Subject::Field(side, pointer) => write!(f, " {side} {pointer}"),
            Subject::Status(status) => write!(f, " status {status}"),
            Subject::Header(side, header) => write!(f, " {side} header {header}"),
            Subject::Host(host) => write!(f, " host {host}"),
            Subject::Prefix(environment) => write!(f, " path prefix {environment}"),
            Subject::Object(object) => write!(f, " type {object}"),
            Subject::Member(object, field) => write!(f, " type {object}.{field}"),
            Subject::Enum(name) => write!(f, " enum {name}"),
            Subject::EnumValue(name, value) => write!(f, " enum {name} value {value}"),
            Subject::Flow(flow) => write!(f, " flow {flow}"),
            Subject::FlowState(flow, state) => write!(f, " flow {flow} state {state}"),
            Subject::FlowEvent(flow, state, event) => {
                write!(f, " flow {flow} state {state} on {event}")
            }
            Subject::Example(example) => write!(f, " example {example}"),
            Subject::Dispute(dispute) => write!(f, " dispute {dispute}"),
            Subject::Source(source) => write!(f, " source {source}"),
        }
    }
}
