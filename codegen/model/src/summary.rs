use std::fmt;

use serde::Serialize;

use crate::Loaded;
use crate::model::{Body, Object};

/// The size of a spec.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Summary {
    /// APIs.
    pub apis: usize,
    /// Operations of all APIs.
    pub operations: usize,
    /// Flows of all APIs.
    pub flows: usize,
    /// Objects, enums and unions, bodies of operations not counted.
    pub types: usize,
    /// Fields of objects and bodies.
    pub fields: usize,
    /// Result codes of operations.
    pub codes: usize,
    /// All restrictions of messages beyond types: requirements, conditions, limits, values, groups,
    /// steps of amounts, in types and refinements.
    pub constraints: usize,
    /// Disputes.
    pub disputes: usize,
}

impl Loaded {
    /// Counts the contents of the spec; all zero without a model.
    pub fn summary(&self) -> Summary {
        let mut summary = Summary::default();
        for api in self.model.iter().flat_map(|model| &model.apis) {
            summary.apis += 1;
            summary.operations += api.operations.len();
            summary.flows += api.flows.len();
            summary.types += api.objects.len() + api.enums.len() + api.unions.len();
            summary.disputes += api.disputes.len();
            api.objects.iter().for_each(|object| summary.object(object));
            for operation in &api.operations {
                summary.body(&operation.request);
                operation
                    .response
                    .iter()
                    .for_each(|body| summary.body(body));
                let result = operation.result.iter();
                summary.codes += result.map(|result| result.codes.len()).sum::<usize>();
            }
        }
        summary
    }
}

impl Summary {
    /// Adds a body.
    pub fn body(&mut self, body: &Body) {
        self.object(&body.object);
        self.constraints += body.same_currency.len();
        for refinement in &body.refinements {
            let conditions = refinement.required_when.len() + refinement.forbidden_when.len();
            self.constraints += refinement.constraints.len() + conditions;
        }
    }

    /// Adds an object.
    pub fn object(&mut self, object: &Object) {
        self.fields += object.fields.len();
        self.constraints += object.at_least_one_of.len();
        let steps = object.amounts.iter().map(|amount| amount.multiple_of.len());
        self.constraints += steps.sum::<usize>();
        for field in &object.fields {
            let conditions = field.required_when.len() + field.forbidden_when.len();
            let constraints = field.constraints.len() + field.ty.inner_rules().len();
            self.constraints += usize::from(field.required) + constraints + conditions;
        }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = [
            (self.apis, "API"),
            (self.operations, "operation"),
            (self.flows, "flow"),
            (self.types, "type"),
            (self.fields, "field"),
            (self.codes, "result code"),
            (self.constraints, "constraint"),
            (self.disputes, "dispute"),
        ];
        f.write_str(&counts.map(|(count, word)| counted(count, word)).join(", "))
    }
}

/// Returns a count with its noun: `1 error`, `2 errors`.
pub fn counted(count: usize, word: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {word}{plural}")
}
