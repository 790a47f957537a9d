//! The subjects of explanations, and the search for them by name.

use payspec_runtime::RuleId;
use serde::Serialize;

use super::paths;
use payspec_model::diagnostic::Code as DiagnosticCode;
use payspec_model::model::{
    Api, Auth, Code, Credential, Dispute, Enum, EnumValue, Field, Flow, Header, Host, Model,
    Object, Operation, Side, Signature, Source, Status, Union, Variant,
};
use payspec_page::drift::rules as drift;
use payspec_review::approvals::{POLICY_RULES, PolicyRule};

/// A subject that can be explained.
#[derive(Clone, Copy)]
pub(super) enum Subject<'m> {
    Code(&'m Api, &'m Operation, &'m Code),
    Status(&'m Api, &'m Status),
    Field(&'m Api, &'m Object, &'m Field),
    Object(&'m Api, &'m Object),
    Enum(&'m Api, &'m Enum),
    Value(&'m Api, &'m Enum, &'m EnumValue),
    Union(&'m Api, &'m Union),
    UnionObject(&'m Api, &'m Union, &'m Variant),
    Operation(&'m Api, &'m Operation),
    Flow(&'m Api, &'m Flow),
    Dispute(&'m Api, &'m Dispute),
    Api(&'m Api),
    Source(&'m Api, &'m Source),
    Host(&'m Api, &'m Host),
    Header(&'m Api, Side, &'m Header),
    Wire(&'m Api),
    Signature(&'m Api, &'m Signature),
    Auth(&'m Api, &'m Auth),
    Credential(&'m Api, &'m Credential),
    Diagnostic(&'static DiagnosticCode),
    Rule(RuleId),
    Change(&'static payspec_review::Rule),
    Policy(&'static PolicyRule),
    Drift(&'static drift::Rule),
}

/// A kind of subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Code,
    Status,
    Field,
    Object,
    Enum,
    Value,
    Union,
    Operation,
    Flow,
    Dispute,
    Api,
    Source,
    Host,
    Header,
    Wire,
    Signature,
    Auth,
    Credential,
    Diagnostic,
    Rule,
    Change,
    Drift,
}

impl Kind {
    /// Returns the word for the kind in reports.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Kind::Code => "code",
            Kind::Status => "status",
            Kind::Field => "field",
            Kind::Object => "object",
            Kind::Enum => "enum",
            Kind::Value => "value",
            Kind::Union => "union",
            Kind::Operation => "operation",
            Kind::Flow => "flow",
            Kind::Dispute => "dispute",
            Kind::Api => "api",
            Kind::Source => "source",
            Kind::Host => "host",
            Kind::Header => "header",
            Kind::Wire => "wire",
            Kind::Signature => "signature",
            Kind::Auth => "auth",
            Kind::Credential => "credential",
            Kind::Diagnostic => "diagnostic",
            Kind::Rule => "rule",
            Kind::Change => "change",
            Kind::Drift => "drift",
        }
    }
}

impl Serialize for Kind {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

/// The prefix for rules of `payspec drift`: only their ids can also be names in a spec.
const DRIFT: &str = "drift/";

impl<'m> Subject<'m> {
    /// Finds a subject of the tool by name: a diagnostic, a rule, a kind of change or a kind of drift.
    pub(super) fn of_tool(name: &str) -> Option<Self> {
        let diagnostic = DiagnosticCode::find(name).map(Subject::Diagnostic);
        let rule = || RuleId::parse(name).map(Subject::Rule);
        let change = || payspec_review::Rule::find(name).map(Subject::Change);
        let policy = || {
            let mut rules = POLICY_RULES.iter();
            let found = rules.find(|rule| rule.id.eq_ignore_ascii_case(name));
            found.map(Subject::Policy)
        };
        let drift = || Subject::drift(name.strip_prefix(DRIFT)?);
        let found = diagnostic.or_else(rule).or_else(change).or_else(policy);
        found.or_else(drift)
    }

    /// Finds a rule of `payspec drift` by id.
    pub(super) fn drift(id: &str) -> Option<Self> {
        drift::Rule::find(id).map(Subject::Drift)
    }

    /// Returns all subjects of the tool.
    pub(super) fn all_of_tool() -> impl Iterator<Item = Subject<'static>> {
        let diagnostics = payspec_model::diagnostic::codes::all().map(Subject::Diagnostic);
        let rules = RuleId::ALL.iter().copied().map(Subject::Rule);
        let drift = drift::all().map(Subject::Drift);
        diagnostics
            .chain(rules)
            .chain(Subject::changes())
            .chain(drift)
    }

    /// Returns all rules that `payspec diff` reports.
    pub(super) fn changes() -> impl Iterator<Item = Subject<'static>> {
        let changes = payspec_review::rules().map(Subject::Change);
        changes.chain(POLICY_RULES.iter().map(Subject::Policy))
    }

    /// Returns the kind of the subject.
    pub(super) fn kind(&self) -> Kind {
        match self {
            Subject::Code(..) => Kind::Code,
            Subject::Status(..) => Kind::Status,
            Subject::Field(..) => Kind::Field,
            Subject::Object(..) => Kind::Object,
            Subject::Enum(..) => Kind::Enum,
            Subject::Value(..) | Subject::UnionObject(..) => Kind::Value,
            Subject::Union(..) => Kind::Union,
            Subject::Operation(..) => Kind::Operation,
            Subject::Flow(..) => Kind::Flow,
            Subject::Dispute(..) => Kind::Dispute,
            Subject::Api(_) => Kind::Api,
            Subject::Source(..) => Kind::Source,
            Subject::Host(..) => Kind::Host,
            Subject::Header(..) => Kind::Header,
            Subject::Wire(_) => Kind::Wire,
            Subject::Signature(..) => Kind::Signature,
            Subject::Auth(..) => Kind::Auth,
            Subject::Credential(..) => Kind::Credential,
            Subject::Diagnostic(_) => Kind::Diagnostic,
            Subject::Rule(_) => Kind::Rule,
            Subject::Change(_) | Subject::Policy(_) => Kind::Change,
            Subject::Drift(_) => Kind::Drift,
        }
    }

    /// Returns the names of the subject. The first one is unique.
    pub(super) fn names(&self) -> Vec<String> {
        match self {
            Subject::Code(_, operation, code) => {
                vec![format!("{}/{}", operation.id, code.name), code.name.clone()]
            }
            Subject::Status(api, status) => {
                vec![
                    format!("{}/status/{}", api.id, status.name),
                    status.name.clone(),
                ]
            }
            Subject::Field(api, holder, field) => {
                let name = format!("{}.{}", holder.name, field.name);
                vec![format!("{}/{name}", api.id), name, field.name.clone()]
            }
            Subject::Object(api, object) => {
                vec![format!("{}/{}", api.id, object.name), object.name.clone()]
            }
            Subject::Enum(api, set) => vec![format!("{}/{}", api.id, set.name), set.name.clone()],
            Subject::Value(api, set, value) => {
                let name = format!("{}.{}", set.name, value.name);
                vec![format!("{}/{name}", api.id), name, value.name.clone()]
            }
            Subject::Union(api, union) => {
                vec![format!("{}/{}", api.id, union.name), union.name.clone()]
            }
            Subject::UnionObject(api, union, variant) => {
                let name = format!("{}.{}", union.name, variant.tag);
                vec![format!("{}/{name}", api.id), name, variant.tag.clone()]
            }
            Subject::Operation(_, operation) => vec![operation.id.clone()],
            Subject::Flow(_, flow) => vec![flow.id.clone()],
            Subject::Dispute(api, dispute) => {
                vec![format!("{}/{}", api.id, dispute.id), dispute.id.clone()]
            }
            Subject::Api(api) => vec![api.id.clone()],
            Subject::Source(api, source) => {
                vec![
                    format!("{}/source/{}", api.id, source.tag),
                    source.tag.clone(),
                ]
            }
            Subject::Host(api, host) => {
                vec![format!("{}/{}", api.id, host.host), host.host.clone()]
            }
            Subject::Header(api, side, header) => {
                let name = format!("{side}/{}", header.name);
                vec![format!("{}/{name}", api.id), name, header.name.clone()]
            }
            Subject::Wire(api) => vec![format!("{}/wire", api.id), "wire".to_owned()],
            Subject::Signature(api, _) => {
                vec![format!("{}/signature", api.id), "signature".to_owned()]
            }
            Subject::Auth(api, _) => vec![format!("{}/auth", api.id), "auth".to_owned()],
            Subject::Credential(api, credential) => {
                let name = &credential.name;
                vec![format!("{}/credential/{name}", api.id), name.clone()]
            }
            Subject::Diagnostic(code) => vec![code.id.to_owned()],
            Subject::Rule(rule) => vec![rule.as_str().to_owned()],
            Subject::Change(rule) => vec![rule.id()],
            Subject::Policy(rule) => vec![rule.id.to_owned()],
            Subject::Drift(rule) => vec![format!("{DRIFT}{}", rule.id), rule.id.to_owned()],
        }
    }
}

/// Returns every subject of a spec, each once.
pub(super) fn all(model: &Model) -> Vec<Subject<'_>> {
    let mut all = Vec::new();
    for api in &model.apis {
        push_api(&mut all, api);
        all.extend(
            api.statuses
                .iter()
                .map(|status| Subject::Status(api, status)),
        );
        for object in &api.objects {
            push_object(&mut all, api, object);
        }
        for set in &api.enums {
            all.push(Subject::Enum(api, set));
            all.extend(
                set.values
                    .iter()
                    .map(|value| Subject::Value(api, set, value)),
            );
        }
        for union in &api.unions {
            all.push(Subject::Union(api, union));
            let variants = union.variants.iter();
            all.extend(variants.map(|variant| Subject::UnionObject(api, union, variant)));
        }
        let bases = api.bases.iter();
        all.extend(bases.map(|base| Subject::Operation(api, base)));
        let mut codes = Vec::new();
        for operation in &api.operations {
            all.push(Subject::Operation(api, operation));
            for side in Side::ALL {
                if let Some(body) = operation.body(*side) {
                    push_object(&mut all, api, &body.object);
                }
            }
            for code in operation.result.iter().flat_map(|result| &result.codes) {
                // A shared code is explained once, a refined one for its operation.
                if !codes.contains(&code) {
                    codes.push(code);
                    all.push(Subject::Code(api, operation, code));
                }
            }
        }
        all.extend(api.flows.iter().map(|flow| Subject::Flow(api, flow)));
        all.extend(
            api.disputes
                .iter()
                .map(|dispute| Subject::Dispute(api, dispute)),
        );
    }
    all
}

/// Adds the subjects in `api.yaml`.
fn push_api<'m>(all: &mut Vec<Subject<'m>>, api: &'m Api) {
    all.extend([Subject::Api(api), Subject::Wire(api)]);
    let signature = api.signature.iter();
    all.extend(signature.map(|signature| Subject::Signature(api, signature)));
    all.extend(api.auth.iter().map(|auth| Subject::Auth(api, auth)));
    let credentials = api.credentials.iter();
    all.extend(credentials.map(|one| Subject::Credential(api, one)));
    for (side, headers) in [
        (Side::Request, &api.request_headers),
        (Side::Response, &api.response_headers),
    ] {
        let headers = headers.iter();
        all.extend(headers.map(|header| Subject::Header(api, side, header)));
    }
    all.extend(api.hosts.iter().map(|host| Subject::Host(api, host)));
    let sources = api.sources.iter();
    all.extend(sources.map(|source| Subject::Source(api, source)));
}

fn push_object<'m>(all: &mut Vec<Subject<'m>>, api: &'m Api, object: &'m Object) {
    all.push(Subject::Object(api, object));
    all.extend(
        object
            .fields
            .iter()
            .map(|field| Subject::Field(api, object, field)),
    );
}

/// Returns the subjects that a name, or a path into a message, can mean.
pub(super) fn find<'m>(model: &'m Model, what: &str) -> Vec<Subject<'m>> {
    let all = all(model);
    let matching = |same: &dyn Fn(&str) -> bool| -> Vec<Subject<'m>> {
        all.iter()
            .copied()
            .filter(|subject| subject.names().iter().any(|name| same(name)))
            .collect()
    };
    let found = matching(&|name| name == what);
    let is_value = |subject: &Subject<'_>| {
        matches!(
            subject,
            Subject::Value(..) | Subject::UnionObject(..) | Subject::Source(..)
        )
    };
    // A status, a code or a type explains a word better than an enum value does. A source that happens to have
    // the word as its tag explains it least.
    let better: Vec<_> = found
        .iter()
        .copied()
        .filter(|subject| !is_value(subject))
        .collect();
    if !better.is_empty() {
        return better;
    }
    if !found.is_empty() {
        return found;
    }
    let found = at_path(model, what);
    if !found.is_empty() {
        return found;
    }
    matching(&|name| name.eq_ignore_ascii_case(what))
}

/// Returns the fields at a path into a message, each once.
fn at_path<'m>(model: &'m Model, path: &str) -> Vec<Subject<'m>> {
    if !path.contains('/') {
        return Vec::new();
    }
    let mut found: Vec<Subject<'m>> = Vec::new();
    for place in paths::at(model, path) {
        let known = |subject: &Subject<'_>| matches!(subject, Subject::Field(_, _, field) if std::ptr::eq(*field, place.field));
        if !found.iter().any(known) {
            found.push(Subject::Field(place.api, place.holder, place.field));
        }
    }
    found
}

/// Returns a name for each subject: the shortest one that no other subject has.
pub(super) fn distinct_names(subjects: &[Subject<'_>]) -> Vec<String> {
    let names: Vec<Vec<String>> = subjects.iter().map(Subject::names).collect();
    let is_own = |name: &String| {
        names
            .iter()
            .flatten()
            .filter(|other| *other == name)
            .count()
            == 1
    };
    let pick = |names: &Vec<String>| names.iter().rev().find(|name| is_own(name)).cloned();
    names
        .iter()
        .map(|own| pick(own).unwrap_or_else(|| own[0].clone()))
        .collect()
}

/// Returns all names, for "did you mean".
pub(super) fn all_names(model: &Model) -> Vec<String> {
    let of_spec = all(model).into_iter().flat_map(|subject| subject.names());
    let of_tool = Subject::all_of_tool().flat_map(|subject| subject.names());
    of_spec.chain(of_tool).collect()
}
