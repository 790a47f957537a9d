//! How much a spec describes.

use std::fmt;

use serde::Serialize;

use crate::model::{Api, Field, Model, Object};

/// Counts of what a spec describes.
#[derive(Debug, Default, Serialize)]
pub(super) struct Summary {
    apis: usize,
    operations: usize,
    objects: usize,
    enums: usize,
    fields: usize,
    codes: usize,
    constraints: usize,
    disputes: usize,
}

impl Summary {
    pub(super) fn of(model: &Model) -> Self {
        let mut summary = Summary { apis: model.apis.len(), ..Summary::default() };
        for api in &model.apis {
            summary.add(api);
        }
        summary
    }

    fn add(&mut self, api: &Api) {
        self.operations += api.operations.len();
        self.enums += api.enums.len();
        self.disputes += api.disputes.len();
        self.objects += api.objects.len();
        for object in &api.objects {
            self.add_object(object);
        }
        for operation in &api.operations {
            self.codes += operation.result.as_ref().map_or(0, |result| result.codes.len());
            for body in [Some(&operation.request), operation.response.as_ref()].into_iter().flatten() {
                self.add_object(&body.object);
                for refinement in &body.refinements {
                    self.constraints += refinement.constraints.len()
                        + refinement.required_when.len()
                        + refinement.forbidden_when.len();
                }
            }
        }
    }

    fn add_object(&mut self, object: &Object) {
        let steps = object.amount.as_ref().map_or(0, |amount| amount.multiple_of.len());
        self.fields += object.fields.len();
        self.constraints += object.at_least_one_of.len() + steps;
        self.constraints += object.fields.iter().map(constraints).sum::<usize>();
    }
}

fn constraints(field: &Field) -> usize {
    usize::from(field.required)
        + field.constraints.len()
        + field.required_when.len()
        + field.forbidden_when.len()
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let types = self.objects + self.enums;
        let counts = [
            (self.apis, "API"),
            (self.operations, "operation"),
            (types, "type"),
            (self.fields, "field"),
            (self.codes, "result code"),
            (self.constraints, "constraint"),
            (self.disputes, "dispute"),
        ];
        for (index, (count, word)) in counts.into_iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            let plural = if count == 1 { "" } else { "s" };
            write!(f, "{comma}{count} {word}{plural}")?;
        }
        Ok(())
    }
}
