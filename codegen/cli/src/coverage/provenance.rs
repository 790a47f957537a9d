//! The provenance of the facts of a spec.

use serde::Serialize;

use payspec_model::format::{Read, SourceKind};
use payspec_model::model::{Api, Body, Condition, Constraint, Object, Operation, SourceIds};

/// Counts of facts by the best of their sources. A fact is a field, a constraint or a result code, and is
/// counted once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub(super) struct Provenance {
    /// Facts from a page of the API's documentation that was read whole.
    pub page_whole: usize,
    /// Facts from such a page that was read in part.
    pub page_part: usize,
    /// Facts from the provider's own code.
    pub sdk: usize,
    /// Facts from another product of the provider.
    pub other_product: usize,
    /// Facts from third parties alone.
    pub third_party: usize,
}

impl Provenance {
    /// Counts the facts of operations and of the shared objects that they reach.
    pub(super) fn of(api: &Api, operations: &[Operation]) -> Self {
        let mut count = Counter {
            api,
            found: Provenance::default(),
        };
        let bodies = || operations.iter().flat_map(Operation::bodies);
        bodies().for_each(|body| count.body(body));
        let reach = api.reach(bodies().map(|body| &body.object));
        for id in reach.objects {
            count.object(api.object(id));
        }
        for result in operations.iter().filter_map(|one| one.result.as_ref()) {
            for code in &result.codes {
                count.fact(&code.sources);
            }
        }
        count.found
    }

    /// Returns the sum of two counts.
    pub(super) fn plus(self, other: Self) -> Self {
        Provenance {
            page_whole: self.page_whole + other.page_whole,
            page_part: self.page_part + other.page_part,
            sdk: self.sdk + other.sdk,
            other_product: self.other_product + other.other_product,
            third_party: self.third_party + other.third_party,
        }
    }
}

struct Counter<'a> {
    api: &'a Api,
    found: Provenance,
}

impl Counter<'_> {
    fn body(&mut self, body: &Body) {
        self.object(&body.object);
        for group in &body.same_currency {
            self.fact(&group.strength.sources);
        }
        for refinement in &body.refinements {
            self.constraints(&refinement.constraints);
            self.conditions(&refinement.required_when);
            self.conditions(&refinement.forbidden_when);
        }
    }

    fn object(&mut self, object: &Object) {
        for group in &object.at_least_one_of {
            self.fact(&group.strength.sources);
        }
        let amounts = object.amounts.iter();
        for step in amounts.flat_map(|amount| &amount.multiple_of) {
            self.fact(&step.strength.sources);
        }
        for field in &object.fields {
            self.fact(&field.sources);
            self.constraints(&field.constraints);
            self.constraints(field.ty.inner_rules());
            self.conditions(&field.required_when);
            self.conditions(&field.forbidden_when);
        }
    }

    fn constraints<'c>(&mut self, constraints: impl IntoIterator<Item = &'c Constraint>) {
        for constraint in constraints {
            self.fact(&constraint.strength.sources);
        }
    }

    fn conditions(&mut self, conditions: &[Condition]) {
        for condition in conditions {
            self.fact(&condition.strength.sources);
        }
    }

    fn fact(&mut self, sources: &SourceIds) {
        let kinds = sources.iter().map(|id| &self.api.sources[*id]);
        let best = kinds.map(|source| (source.kind, source.read)).min();
        let count = match best {
            Some((SourceKind::Page, Read::Whole)) => &mut self.found.page_whole,
            Some((SourceKind::Page, Read::Part)) => &mut self.found.page_part,
            Some((SourceKind::Sdk, Read::Whole | Read::Part)) => &mut self.found.sdk,
            Some((SourceKind::OtherProduct, Read::Whole | Read::Part)) => {
                &mut self.found.other_product
            }
            Some((SourceKind::ThirdParty, Read::Whole | Read::Part)) => &mut self.found.third_party,
            None => return,
        };
        *count += 1;
    }
}
