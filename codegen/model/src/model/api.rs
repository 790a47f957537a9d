use super::{Dispute, Enum, EnumId, Flow, Object, ObjectId, Operation, Origin, SourceIds};
pub use crate::format::{
    EmptyText, HeaderFormat, HostRole, Lengths, Read, Scalars, SignatureAlgorithm,
    SignatureEncoding, SourceKind,
};
pub use payspec_runtime::{Issuer, StatusClass};

/// One API.
#[derive(Debug, Clone, PartialEq)]
pub struct Api {
    /// The name, `snake_case`.
    pub id: String,
    /// The folder below the spec folder.
    pub folder: String,
    /// The name for people.
    pub title: String,
    /// What it is.
    pub description: String,
    /// What facts come from.
    pub sources: Vec<Source>,
    /// What stands before the path of an operation, by environment.
    pub path_prefixes: Vec<PathPrefix>,
    /// The hosts by region.
    pub hosts: Vec<Host>,
    /// Headers of a request.
    pub request_headers: Vec<Header>,
    /// Headers of a response.
    pub response_headers: Vec<Header>,
    /// How values are written on the wire.
    pub wire: Wire,
    /// How messages are signed.
    pub signature: Option<Signature>,
    /// The shared objects, by [`ObjectId`]. Bodies of operations are not among them.
    pub objects: Vec<Object>,
    /// The enums, by [`EnumId`].
    pub enums: Vec<Enum>,
    /// The statuses.
    pub statuses: Vec<Status>,
    /// The operations, sorted by id.
    pub operations: Vec<Operation>,
    /// What several operations have in common, sorted by id: the abstract operations that they
    /// extend. Nobody calls them.
    pub bases: Vec<Operation>,
    /// The lives of payments, sorted by id.
    pub flows: Vec<Flow>,
    /// The whole contradiction register of the API, each dispute with its place.
    pub disputes: Vec<Dispute>,
    /// Where the API is described.
    pub origin: Origin,
}

impl Api {
    /// The object with this id.
    pub fn object(&self, id: ObjectId) -> &Object {
        &self.objects[id.0]
    }

    /// The enum with this id.
    pub fn enumeration(&self, id: EnumId) -> &Enum {
        &self.enums[id.0]
    }

    /// The operation with this id.
    pub fn operation(&self, id: &str) -> Option<&Operation> {
        self.operations.iter().find(|operation| operation.id == id)
    }

    /// Returns who gives the ids of fields with this name: the merchant, where some request is recognised by one of them.
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

    /// The status with this spelling.
    pub fn status(&self, name: &str) -> Option<&Status> {
        self.statuses.iter().find(|status| status.name == name)
    }
}

/// Something that states facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The tag.
    pub tag: String,
    /// What it is.
    pub title: String,
    /// Who speaks.
    pub kind: SourceKind,
    /// How much of it was read.
    pub read: Read,
    /// The date or version.
    pub date: String,
    /// Where it was found.
    pub url: Option<String>,
    /// What it is worth.
    pub note: Option<String>,
    /// Where it is declared.
    pub origin: Origin,
}

/// What stands before the path of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathPrefix {
    /// The environment: `production`, `sandbox`.
    pub environment: String,
    /// The prefix.
    pub prefix: String,
    /// When it is used.
    pub description: String,
    /// A client id that starts with this selects it.
    pub client_id_prefix: Option<String>,
    /// Who says so.
    pub sources: SourceIds,
    /// Where it stands.
    pub origin: Origin,
}

/// A host that serves the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Host {
    /// The region it serves.
    pub region: String,
    /// The host name.
    pub host: String,
    /// Whether it is the one to choose.
    pub role: HostRole,
    /// What there is to know about it.
    pub note: Option<String>,
    /// Day or month since when it exists.
    pub since: Option<String>,
    /// Day or month since when it no longer exists.
    pub removed: Option<String>,
    /// Who says so.
    pub sources: SourceIds,
    /// Where it stands.
    pub origin: Origin,
}

/// One HTTP header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The name; letter case does not matter.
    pub name: String,
    /// True if it must be there.
    pub required: bool,
    /// What it holds.
    pub description: String,
    /// The form of its value.
    pub format: HeaderFormat,
    /// Greatest number of characters.
    pub max_length: Option<u32>,
    /// The pattern that the whole value matches.
    pub pattern: Option<String>,
    /// A value that shows the form.
    pub example: Option<String>,
    /// Who says so.
    pub sources: SourceIds,
    /// Where it stands.
    pub origin: Origin,
}

/// How values are written on the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wire {
    /// How numbers and booleans are written.
    pub scalars: Scalars,
    /// What an empty text is in what the merchant sends.
    pub empty_text: EmptyText,
    /// What lengths count.
    pub lengths: Lengths,
    /// The rule in words.
    pub description: Option<String>,
    /// Who says so.
    pub sources: SourceIds,
}

/// How messages are signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The algorithm.
    pub algorithm: SignatureAlgorithm,
    /// The algorithm's name in the header.
    pub algorithm_name: String,
    /// Bits of the key's modulus.
    pub key_bits: u32,
    /// Template of what is signed of a request.
    pub request_content: String,
    /// Template of what is signed of a response.
    pub response_content: String,
    /// What `{uri}` stands for.
    pub uri: String,
    /// Steps from the signature's bytes to the text in the header.
    pub encoding: Vec<SignatureEncoding>,
    /// Name of the header that carries the signature.
    pub header: String,
    /// The keys of the header's pairs.
    pub header_keys: Vec<String>,
    /// What there is to know.
    pub notes: Vec<String>,
    /// Who says so.
    pub sources: SourceIds,
    /// Where it stands.
    pub origin: Origin,
}

/// What a status says about a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// The spelling on the wire.
    pub name: String,
    /// What it says.
    pub description: String,
    /// The class that decides what can follow.
    pub class: StatusClass,
    /// Who says so.
    pub sources: SourceIds,
    /// Where it stands.
    pub origin: Origin,
}
