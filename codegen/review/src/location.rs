//! Locations: the item of a spec that a fact is about.

use std::fmt;

use payspec_model::model::Side;
use payspec_model::pointer;

/// The place of an item that a spec describes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// The API.
    pub api: String,
    /// The operation; [`None`] for an item of the API itself.
    pub operation: Option<String>,
    /// The item.
    pub subject: Item,
}

/// The kinds of items, with the names that distinguish them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Item {
    /// The API itself.
    Api,
    /// The operation itself.
    Operation,
    /// The signing of the messages.
    Signature,
    /// The headers of requests that prove who calls.
    Auth,
    /// A credential.
    Credential(String),
    /// The spelling of values.
    Wire,
    /// The rule by which the provider recognises a repeated request.
    Idempotency,
    /// The rules that judge the answer.
    Result,
    /// The answers that differ by HTTP status.
    Responses,
    /// The answer of an HTTP status, of a class of them, or of every other status.
    Response(String),
    /// A field of the answer of an HTTP status.
    ResponseField(String, String),
    /// The decision of a status.
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
    /// The path prefix of an environment.
    Prefix(String),
    /// A shared object, as a type.
    Object(String),
    /// A field of a shared object, as a member of the type.
    Member(String, String),
    /// An enum, as a type.
    Enum(String),
    /// A value of an enum.
    EnumValue(String, String),
    /// A union, as a type.
    Union(String),
    /// One of the objects of a union, by the text of its discriminator.
    UnionObject(String, String),
    /// The life of a payment or a refund.
    Flow(String),
    /// A state of a flow.
    FlowState(String, String),
    /// An event in a state of a flow.
    FlowEvent(String, String, String),
    /// A documented message.
    Example(String),
    /// A point on which sources disagree.
    Dispute(String),
    /// A source of facts.
    Source(String),
}

impl Location {
    /// An operation.
    pub(super) fn operation(api: &str, id: &str) -> Location {
        Location {
            api: api.to_owned(),
            operation: Some(id.to_owned()),
            subject: Item::Operation,
        }
    }

    /// Returns the place of another item in the same operation or API.
    pub(super) fn with(&self, subject: Item) -> Location {
        Location {
            api: self.api.clone(),
            operation: self.operation.clone(),
            subject,
        }
    }

    /// Returns the place of a field of the type at this place, as a member.
    pub(super) fn member(&self, name: &str) -> Location {
        match &self.subject {
            Item::Object(object) => self.with(Item::Member(object.clone(), name.to_owned())),
            Item::Api
            | Item::Operation
            | Item::Signature
            | Item::Auth
            | Item::Credential(_)
            | Item::Wire
            | Item::Idempotency
            | Item::Result
            | Item::Responses
            | Item::Response(_)
            | Item::ResponseField(..)
            | Item::Decision(_)
            | Item::Code(_)
            | Item::Body(_)
            | Item::Field(..)
            | Item::Status(_)
            | Item::Header(..)
            | Item::Host(_)
            | Item::Prefix(_)
            | Item::Member(..)
            | Item::Enum(_)
            | Item::EnumValue(..)
            | Item::Union(_)
            | Item::UnionObject(..)
            | Item::Flow(_)
            | Item::FlowState(..)
            | Item::FlowEvent(..)
            | Item::Example(_)
            | Item::Dispute(_)
            | Item::Source(_) => self.clone(),
        }
    }

    /// Returns the type and the field of a member.
    pub(super) fn as_member(&self) -> Option<(&str, &str)> {
        let Item::Member(object, field) = &self.subject else {
            return None;
        };
        Some((object, field))
    }

    /// Returns the item's name, with the names of the fields or the type that contain it.
    pub(super) fn path(&self) -> String {
        match &self.subject {
            Item::Field(_, pointer) => pointer.clone(),
            Item::Member(object, field) => format!("{object}.{field}"),
            Item::Api
            | Item::Operation
            | Item::Signature
            | Item::Auth
            | Item::Credential(_)
            | Item::Wire
            | Item::Idempotency
            | Item::Result
            | Item::Responses
            | Item::Response(_)
            | Item::ResponseField(..)
            | Item::Decision(_)
            | Item::Code(_)
            | Item::Body(_)
            | Item::Status(_)
            | Item::Header(..)
            | Item::Host(_)
            | Item::Prefix(_)
            | Item::Object(_)
            | Item::Enum(_)
            | Item::EnumValue(..)
            | Item::Union(_)
            | Item::UnionObject(..)
            | Item::Flow(_)
            | Item::FlowState(..)
            | Item::FlowEvent(..)
            | Item::Example(_)
            | Item::Dispute(_)
            | Item::Source(_) => self.name().to_owned(),
        }
    }

    /// Returns the item's own name.
    pub(super) fn name(&self) -> &str {
        match &self.subject {
            Item::Api => &self.api,
            Item::Operation => self.operation.as_deref().unwrap_or_default(),
            Item::Field(_, pointer) => pointer.rsplit('/').next().unwrap_or_default(),
            Item::Response(name)
            | Item::ResponseField(_, name)
            | Item::Decision(name)
            | Item::Code(name)
            | Item::Status(name)
            | Item::Header(_, name)
            | Item::Host(name)
            | Item::Prefix(name)
            | Item::Credential(name)
            | Item::Object(name)
            | Item::Member(_, name)
            | Item::Enum(name)
            | Item::EnumValue(_, name)
            | Item::Union(name)
            | Item::UnionObject(_, name)
            | Item::Flow(name)
            | Item::FlowState(_, name)
            | Item::FlowEvent(_, _, name)
            | Item::Example(name)
            | Item::Dispute(name)
            | Item::Source(name) => name,
            Item::Signature
            | Item::Auth
            | Item::Wire
            | Item::Idempotency
            | Item::Result
            | Item::Responses
            | Item::Body(_) => "",
        }
    }
    /// Returns the place of the field of this name in the object at this place.
    pub(super) fn field(&self, name: &str) -> Location {
        let mut field = self.clone();
        if let Item::Field(_, pointer) = &mut field.subject {
            pointer.push_str(&pointer::pointer(&[name.to_owned()]));
        }
        field
    }

    /// Returns the places of the items that contain this one, and with which it is added and
    /// removed.
    pub fn ancestors(&self) -> Vec<Location> {
        let mut ancestors = Vec::new();
        let mut add = |subject: Item| {
            ancestors.push(Location {
                subject,
                ..self.clone()
            });
        };
        match &self.subject {
            Item::Field(side, pointer) => {
                let ends = pointer.match_indices('/').map(|(at, _)| at);
                for end in ends.filter(|end| *end > 0) {
                    add(Item::Field(*side, pointer[..end].to_owned()));
                }
                add(Item::Body(*side));
            }
            Item::Member(object, _) => add(Item::Object(object.clone())),
            Item::EnumValue(name, _) => add(Item::Enum(name.clone())),
            Item::UnionObject(name, _) => add(Item::Union(name.clone())),
            Item::Decision(_) | Item::Code(_) => add(Item::Result),
            Item::Response(_) => add(Item::Responses),
            Item::ResponseField(status, _) => {
                add(Item::Response(status.clone()));
                add(Item::Responses);
            }
            Item::FlowState(flow, _) => add(Item::Flow(flow.clone())),
            Item::FlowEvent(flow, state, _) => {
                add(Item::FlowState(flow.clone(), state.clone()));
                add(Item::Flow(flow.clone()));
            }
            Item::Api
            | Item::Operation
            | Item::Signature
            | Item::Auth
            | Item::Credential(_)
            | Item::Wire
            | Item::Idempotency
            | Item::Result
            | Item::Responses
            | Item::Body(_)
            | Item::Status(_)
            | Item::Header(..)
            | Item::Host(_)
            | Item::Prefix(_)
            | Item::Object(_)
            | Item::Enum(_)
            | Item::Union(_)
            | Item::Flow(_)
            | Item::Example(_)
            | Item::Dispute(_)
            | Item::Source(_) => {}
        }
        if self.operation.is_some() && self.subject != Item::Operation {
            add(Item::Operation);
        }
        if self.subject != Item::Api {
            ancestors.push(Location {
                api: self.api.clone(),
                operation: None,
                subject: Item::Api,
            });
        }
        ancestors
    }
}

impl fmt::Display for Location {
    /// Writes the place as people call it: `pay_entry_code request /order/env`,
    /// `ams_instore host a.example`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.operation.as_deref().unwrap_or(&self.api))?;
        match &self.subject {
            Item::Api | Item::Operation => Ok(()),
            Item::Signature => f.write_str(" signature"),
            Item::Auth => f.write_str(" auth"),
            Item::Credential(name) => write!(f, " credential {name}"),
            Item::Wire => f.write_str(" wire"),
            Item::Idempotency => f.write_str(" idempotency"),
            Item::Result => f.write_str(" result"),
            Item::Responses => f.write_str(" responses"),
            Item::Response(status) => write!(f, " response {status}"),
            Item::ResponseField(status, field) => write!(f, " response {status} field {field}"),
            Item::Decision(status) => write!(f, " decision {status}"),
            Item::Code(code) => write!(f, " code {code}"),
            Item::Body(side) => write!(f, " {side}"),
            Item::Field(side, pointer) => write!(f, " {side} {pointer}"),
            Item::Status(status) => write!(f, " status {status}"),
            Item::Header(side, header) => write!(f, " {side} header {header}"),
            Item::Host(host) => write!(f, " host {host}"),
            Item::Prefix(environment) => write!(f, " path prefix {environment}"),
            Item::Object(object) => write!(f, " type {object}"),
            Item::Member(object, field) => write!(f, " type {object}.{field}"),
            Item::Enum(name) => write!(f, " enum {name}"),
            Item::EnumValue(name, value) => write!(f, " enum {name} value {value}"),
            Item::Union(name) => write!(f, " union {name}"),
            Item::UnionObject(name, tag) => write!(f, " union {name} object {tag}"),
            Item::Flow(flow) => write!(f, " flow {flow}"),
            Item::FlowState(flow, state) => write!(f, " flow {flow} state {state}"),
            Item::FlowEvent(flow, state, event) => {
                write!(f, " flow {flow} state {state} on {event}")
            }
            Item::Example(example) => write!(f, " example {example}"),
            Item::Dispute(dispute) => write!(f, " dispute {dispute}"),
            Item::Source(source) => write!(f, " source {source}"),
        }
    }
}
