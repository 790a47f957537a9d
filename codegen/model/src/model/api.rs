use std::collections::BTreeMap;

use super::{
    Auth, Credential, CredentialKind, Dispute, Enum, EnumId, Field, Flow, Object, ObjectId,
    Operation, Origin, ResultHandling, SourceIds, Union, UnionId,
};
pub use crate::format::{
    EmptyText, HeaderFormat, HostRole, Lengths, Read, Scalars, SignatureAlgorithm,
    SignatureEncoding, SourceKind,
};
use crate::pointer::EACH;
use payspec_runtime::rules;
pub use payspec_runtime::{Issuer, StatusClass};

/// One API.
#[derive(Debug, Clone, PartialEq)]
pub struct Api {
    /// The name, `snake_case`.
    pub id: String,
    /// The folder below the spec folder.
    pub folder: String,
    /// The title for readers.
    pub title: String,
    /// The description.
    pub description: String,
    /// The sources of facts.
    pub sources: Vec<Source>,
    /// The addresses before the path of an operation, by environment.
    pub servers: Vec<Server>,
    /// The hosts by region.
    pub hosts: Vec<Host>,
    /// Headers of a request.
    pub request_headers: Vec<Header>,
    /// Headers of a response.
    pub response_headers: Vec<Header>,
    /// The encoding of values on the wire.
    pub wire: Wire,
    /// The rules for signing messages.
    pub signature: Option<Signature>,
    /// The credentials of a merchant.
    pub credentials: Vec<Credential>,
    /// The proof of the sender of requests, if they are not signed.
    pub auth: Option<Auth>,
    /// The shared objects, by [`ObjectId`]. Bodies of operations are not among them.
    pub objects: Vec<Object>,
    /// The enums, by [`EnumId`].
    pub enums: Vec<Enum>,
    /// The unions, by [`UnionId`].
    pub unions: Vec<Union>,
    /// The statuses that operations share: the cases of `results.yaml`.
    pub statuses: Vec<Status>,
    /// The operations, sorted by id.
    pub operations: Vec<Operation>,
    /// The abstract operations that others extend, sorted by id. They cannot be called.
    pub bases: Vec<Operation>,
    /// The flows of payments and refunds, sorted by id.
    pub flows: Vec<Flow>,
    /// The whole contradiction register of the API, each dispute with its place.
    pub disputes: Vec<Dispute>,
    /// The place of the API in the spec.
    pub origin: Origin,
}

impl Api {
    /// Returns whether its messages are signed with pairs of keys.
    pub fn has_key_pairs(&self) -> bool {
        let mut credentials = self.credentials.iter();
        self.signature.is_some()
            || credentials.any(|one| match one.kind {
                CredentialKind::Id | CredentialKind::Secret => false,
                CredentialKind::PrivateKey | CredentialKind::PublicKeys => true,
            })
    }

    /// Returns the object with this id.
    pub fn object(&self, id: ObjectId) -> &Object {
        &self.objects[id.0]
    }

    /// Returns the enum with this id.
    pub fn enumeration(&self, id: EnumId) -> &Enum {
        &self.enums[id.0]
    }

    /// Returns the union with this id.
    pub fn union(&self, id: UnionId) -> &Union {
        &self.unions[id.0]
    }

    /// Returns the field at a path through objects, elements of lists and values of maps (`*`), and objects of unions
    /// ([`Union::step`]).
    pub fn field_at<'m>(&'m self, object: &'m Object, path: &[String]) -> Option<&'m Field> {
        let mut names = path.iter().filter(|name| *name != EACH);
        let mut field = object.field(names.next()?)?;
        while let Some(name) = names.next() {
            let ty = field.ty.innermost();
            field = match ty.union() {
                Some(id) => {
                    let variant = self.union(id).at_step(name)?;
                    self.object(variant.object()?).field(names.next()?)?
                }
                None => self.object(ty.object()?).field(name)?,
            };
        }
        Some(field)
    }

    /// Returns the disputes about these origins. Operations share codes and types but have disputes of their own, so
    /// disputes of operations that have none of these places are left out; without places, all are returned.
    pub fn disputes_about(&self, origins: &[Origin], places: &[String]) -> Vec<&Dispute> {
        let elsewhere = |dispute: &Dispute| {
            let mut operations = self.operations.iter();
            let of = operations.find(|operation| is_of(&dispute.place, &operation.id));
            of.is_some_and(|of| !places.iter().any(|place| is_of(place, &of.id)))
        };
        let disputes = self.disputes.iter();
        disputes
            .filter(|dispute| origins.iter().any(|origin| dispute.concerns(*origin)))
            .filter(|dispute| places.is_empty() || !elsewhere(dispute))
            .collect()
    }

    /// Returns the operation with this id.
    pub fn operation(&self, id: &str) -> Option<&Operation> {
        self.operations.iter().find(|operation| operation.id == id)
    }

    /// Returns the class of a status in the result of an operation: that of its decisions, or that of the
    /// shared case. [`None`] if nothing decides it.
    pub fn class(&self, result: &ResultHandling, status: &str) -> Option<StatusClass> {
        let shared = self.statuses.iter().find(|shared| shared.name == status);
        result.class(status).or(shared.map(|shared| shared.class))
    }

    /// Returns the issuer of ids in fields with this name: the merchant, if some request is recognised
    /// by such a field.
    pub fn issuer(&self, name: &str) -> Issuer {
        let keys = self.operations.iter().filter_map(|operation| {
            let rule = operation.idempotency.as_ref()?;
            rule.key.last()
        });
        match keys.into_iter().any(|key| key == name) {
            true => Issuer::Merchant,
            false => Issuer::Provider,
        }
    }
}

/// Returns whether a place is in an operation.
fn is_of(place: &str, operation: &str) -> bool {
    let rest = place.strip_prefix(operation);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', ' ']))
}

/// A source of facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The tag.
    pub tag: String,
    /// The title.
    pub title: String,
    /// The kind of source.
    pub kind: SourceKind,
    /// The extent to which it was read.
    pub read: Read,
    /// The date or version.
    pub date: String,
    /// The address where it was found.
    pub url: Option<String>,
    /// An assessment of its value.
    pub note: Option<String>,
    /// The place of its declaration.
    pub origin: Origin,
}

/// The address of an environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// The environment: `production`, `sandbox`.
    pub environment: String,
    /// The host, if the address names one; else each of [`Api::hosts`] serves it.
    pub host: Option<String>,
    /// The prefix before the path of an operation.
    pub prefix: String,
    /// The purpose of the environment.
    pub description: String,
    /// The beginning of the client ids that select it.
    pub client_id_prefix: Option<String>,
    /// The sources that state it.
    pub sources: SourceIds,
    /// The place in the spec.
    pub origin: Origin,
}

/// A host that serves the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Host {
    /// The region it serves.
    pub region: String,
    /// The host name.
    pub host: String,
    /// The role of the host among the others.
    pub role: HostRole,
    /// A note about it.
    pub note: Option<String>,
    /// Day or month since when it exists.
    pub since: Option<String>,
    /// Day or month of its removal.
    pub removed: Option<String>,
    /// The sources that state it.
    pub sources: SourceIds,
    /// The place in the spec.
    pub origin: Origin,
}

/// One HTTP header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The name; letter case does not matter.
    pub name: String,
    /// True if it must be present.
    pub required: bool,
    /// The content.
    pub description: String,
    /// The format of its value.
    pub format: HeaderFormat,
    /// Greatest number of characters.
    pub max_length: Option<u32>,
    /// The pattern that the whole value matches.
    pub pattern: Option<String>,
    /// An example value.
    pub example: Option<String>,
    /// The sources that state it.
    pub sources: SourceIds,
    /// The place in the spec.
    pub origin: Origin,
}

/// The encoding of values on the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wire {
    /// The encoding of numbers and booleans.
    pub scalars: Scalars,
    /// The meaning of an empty text in outgoing messages.
    pub empty_text: EmptyText,
    /// The unit of lengths.
    pub lengths: Lengths,
    /// Currencies whose decimal places differ from those of ISO 4217, each with their number.
    pub decimals: BTreeMap<String, u8>,
    /// The rule in words.
    pub description: Option<String>,
    /// The sources that state it.
    pub sources: SourceIds,
}

impl Wire {
    /// Returns the number of decimal places of the currency with this code; [`None`] for an unknown code, and for a
    /// currency without a minor unit, such as gold.
    pub fn decimal_places(&self, code: &str) -> Option<u8> {
        let own = self.decimals.iter();
        rules::decimal_places(code, own.map(|(code, places)| (code.as_str(), *places)))
    }
}

/// The rules for signing messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The algorithm.
    pub algorithm: SignatureAlgorithm,
    /// The algorithm's name in the header.
    pub algorithm_name: String,
    /// The size of the key's modulus, in bits.
    pub key_bits: u32,
    /// Template of the signed content of a request.
    pub request_content: String,
    /// Template of the signed content of a response.
    pub response_content: String,
    /// The meaning of `{uri}`.
    pub uri: String,
    /// Steps from the signature's bytes to the text in the header.
    pub encoding: Vec<SignatureEncoding>,
    /// Name of the header that carries the signature.
    pub header: String,
    /// The keys of the header's pairs.
    pub header_keys: Vec<String>,
    /// Notes.
    pub notes: Vec<String>,
    /// The sources that state it.
    pub sources: SourceIds,
    /// The place in the spec.
    pub origin: Origin,
}

/// The status of an answer, with its meaning for the call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// The spelling on the wire.
    pub name: String,
    /// The description.
    pub description: String,
    /// The class, which determines the possible decisions.
    pub class: StatusClass,
    /// The sources that state it.
    pub sources: SourceIds,
    /// The place in the spec.
    pub origin: Origin,
}
