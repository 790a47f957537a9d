//! Counts the described and the unknown parts of each operation.

use std::collections::BTreeSet;

use serde::Serialize;

use super::provenance::Provenance;
use payspec_model::Summary;
use payspec_model::model::{
    Api, Body, Model, Object, Operation, Origin, ReachableTypes, SharedCodes,
};

/// The coverage of a spec.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Coverage {
    /// Each API, sorted by id.
    pub apis: Vec<ApiCoverage>,
    /// All APIs together.
    pub total: Counts,
}

/// The coverage of an API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct ApiCoverage {
    /// The id.
    pub api: String,
    /// The name for people.
    pub title: String,
    /// Each operation, sorted by id.
    pub operations: Vec<OperationCoverage>,
    /// All operations together. Shared parts are counted once. The disputes are all of the API's, also those
    /// about headers, the wire or the signature.
    pub total: Counts,
}

/// The coverage of an operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct OperationCoverage {
    /// The id.
    pub operation: String,
    /// The name for people.
    pub title: String,
    /// The caller: `merchant` or `provider`.
    pub caller: &'static str,
    /// The counts of the operation.
    #[serde(flatten)]
    pub counts: Counts,
    /// The sources of its facts, the most trusted first.
    pub sources: Vec<DatedSource>,
}

/// A source with its date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct DatedSource {
    /// The tag.
    pub tag: String,
    /// The date or version; `unknown` if the source carries none.
    pub date: String,
}

/// The counts of one operation or of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub(super) struct Counts {
    /// Fields of requests.
    pub request: Fields,
    /// Fields of responses.
    pub response: Fields,
    /// Requirements, conditions, limits and allowed values beyond types, in the bodies and in all types that
    /// they reach.
    pub constraints: usize,
    /// Result codes.
    pub codes: usize,
    /// Points on which sources disagree, about the operation or any type that it reaches.
    pub disputes: usize,
    /// Limits that no source states.
    pub unknown_limits: usize,
    /// Tables of result codes that were not read whole.
    pub unknown_tables: usize,
    /// Operations, types, values and fields without a description.
    pub undescribed: usize,
    /// Documented messages.
    pub examples: usize,
    /// The provenance of the facts.
    pub provenance: Provenance,
}

/// Counts of fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub(super) struct Fields {
    /// Fields of the bodies themselves.
    pub own: usize,
    /// Fields of the shared objects that the bodies reach, each object counted once.
    pub shared: usize,
}

/// Counts the parts of a spec.
pub(super) fn coverage(model: &Model) -> Coverage {
    let apis: Vec<ApiCoverage> = model.apis.iter().map(of_api).collect();
    let total = apis
        .iter()
        .map(|api| api.total)
        .fold(Counts::default(), sum);
    Coverage { apis, total }
}

fn of_api(api: &Api) -> ApiCoverage {
    ApiCoverage {
        api: api.id.clone(),
        title: api.title.clone(),
        operations: api
            .operations
            .iter()
            .map(|operation| of_operation(api, operation))
            .collect(),
        total: Counts {
            disputes: api.disputes.len(),
            ..Counts::of(api, &api.operations)
        },
    }
}

fn of_operation(api: &Api, operation: &Operation) -> OperationCoverage {
    let sources = operation.sources.iter().map(|id| &api.sources[*id]);
    OperationCoverage {
        operation: operation.id.clone(),
        title: operation.title.clone(),
        caller: operation.caller.as_str(),
        counts: Counts::of(api, std::slice::from_ref(operation)),
        sources: sources
            .map(|source| DatedSource {
                tag: source.tag.clone(),
                date: source.date.clone(),
            })
            .collect(),
    }
}

impl Counts {
    fn of(api: &Api, operations: &[Operation]) -> Self {
        let bodies = || operations.iter().flat_map(Operation::bodies);
        let reach = api.reach(bodies().map(|body| &body.object));
        let shared = || reach.objects.iter().map(|id| api.object(*id));
        let mut summary = Summary::default();
        bodies().for_each(|body| summary.body(body));
        shared().for_each(|object| summary.object(object));
        let objects = bodies().map(|body| &body.object).chain(shared());
        let fields: Vec<_> = objects.flat_map(|object| &object.fields).collect();
        let enums = reach.enums.iter().map(|id| api.enumeration(*id));
        let values = enums.clone().flat_map(|one| &one.values);
        let unions = reach.unions.iter().map(|id| api.union(*id));
        let descriptions = (operations.iter().map(|one| &one.description))
            .chain(shared().map(|object| &object.description))
            .chain(fields.iter().map(|field| &field.description))
            .chain(enums.map(|one| &one.description))
            .chain(values.map(|value| &value.description))
            .chain(unions.map(|one| &one.description));
        let results = operations.iter().filter_map(|one| one.result.as_ref());
        Counts {
            request: Fields::of(api, operations.iter().map(|one| &one.request)),
            response: Fields::of(
                api,
                operations.iter().filter_map(|one| one.response.as_ref()),
            ),
            constraints: summary.constraints,
            codes: results.clone().map(|result| result.codes.len()).sum(),
            disputes: disputes(api, operations, &reach),
            unknown_limits: fields.iter().map(|field| field.unknown_limits.len()).sum(),
            unknown_tables: results
                .filter(|result| result.shared_codes == SharedCodes::Unknown)
                .count(),
            undescribed: descriptions.filter(|text| text.is_empty()).count(),
            examples: operations.iter().map(|one| one.examples.len()).sum(),
            provenance: Provenance::of(api, operations),
        }
    }
}

impl Fields {
    fn of<'a>(api: &'a Api, bodies: impl Iterator<Item = &'a Body> + Clone) -> Self {
        let objects = bodies.map(|body| &body.object);
        let reach = api.reach(objects.clone());
        let shared = reach.objects.iter().map(|id| api.object(*id));
        let count = |object: &Object| object.fields.len();
        Fields {
            own: objects.map(count).sum(),
            shared: shared.map(count).sum(),
        }
    }
}

fn sum(one: Counts, other: Counts) -> Counts {
    let fields = |one: Fields, other: Fields| Fields {
        own: one.own + other.own,
        shared: one.shared + other.shared,
    };
    Counts {
        request: fields(one.request, other.request),
        response: fields(one.response, other.response),
        constraints: one.constraints + other.constraints,
        codes: one.codes + other.codes,
        disputes: one.disputes + other.disputes,
        unknown_limits: one.unknown_limits + other.unknown_limits,
        unknown_tables: one.unknown_tables + other.unknown_tables,
        undescribed: one.undescribed + other.undescribed,
        examples: one.examples + other.examples,
        provenance: one.provenance.plus(other.provenance),
    }
}

/// Returns the number of disputes about operations and the types that they reach: those in a file that
/// describes one of the operations, and those about a type or a shared code that is reached.
fn disputes(api: &Api, operations: &[Operation], reach: &ReachableTypes) -> usize {
    let codes = operations
        .iter()
        .filter_map(|operation| operation.result.as_ref())
        .flat_map(|result| &result.codes);
    let mut subjects: BTreeSet<Origin> = codes.clone().map(|code| code.origin).collect();
    for object in reach.objects.iter().map(|id| api.object(*id)) {
        subjects.insert(object.origin);
        subjects.extend(object.fields.iter().map(|field| field.origin));
    }
    for item in reach.enums.iter().map(|id| api.enumeration(*id)) {
        subjects.insert(item.origin);
        subjects.extend(item.values.iter().map(|value| value.origin));
    }
    for union in reach.unions.iter().map(|id| api.union(*id)) {
        subjects.insert(union.origin);
        subjects.extend(union.variants.iter().map(|variant| variant.origin));
    }
    let mut files: BTreeSet<u32> = operations.iter().map(|one| one.origin.file).collect();
    for body in operations.iter().flat_map(Operation::bodies) {
        files.extend(body.object.fields.iter().map(|field| field.origin.file));
        files.extend(body.refinements.iter().map(|one| one.origin.file));
    }
    files.extend(
        codes
            .filter(|code| !code.shared)
            .map(|code| code.origin.file),
    );
    let about = |dispute: &&payspec_model::model::Dispute| {
        subjects.contains(&dispute.subject) || files.contains(&dispute.origin.file)
    };
    api.disputes.iter().filter(about).count()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn of_this_repository() {
        let loaded = payspec_model::load(Path::new("../../spec"));
        let coverage = coverage(&loaded.model.expect("a sound spec"));
        assert_eq!(coverage.apis[0].api, "ams_instore");
        assert!(coverage.total.examples > 0);
    }
}
