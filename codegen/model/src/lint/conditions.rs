use super::Found;
use crate::format::Contradiction;
use crate::model::{
    Api, Body, Condition, Constraint, Direction, Field, Met, Object, Operation, Origin, Rule,
    Severity, Side, Type,
};

/// Finds conditional requirements that always apply: the deciding field is always present and has only
/// one value.
pub(super) fn find(api: &Api) -> Vec<Found> {
    let mut found = Vec::new();
    for object in &api.objects {
        let rules = Rules {
            api,
            body: None,
            direction: None,
        };
        for field in &object.fields {
            rules.field(object, &[], field, &[], &mut found);
        }
    }
    for operation in &api.operations {
        for side in Side::ALL {
            let Some(body) = operation.body(*side) else {
                continue;
            };
            let rules = Rules {
                api,
                body: Some(body),
                direction: Some(operation.direction(*side)),
            };
            rules.body(operation, body, &mut found);
        }
    }
    found
}

struct Rules<'a> {
    api: &'a Api,
    /// The body whose refinements apply, if a body is examined.
    body: Option<&'a Body>,
    direction: Option<Direction>,
}

impl<'a> Rules<'a> {
    fn body(&self, operation: &Operation, body: &'a Body, found: &mut Vec<Found>) {
        for field in &body.object.fields {
            self.field(&body.object, &[], field, &[operation.origin], found);
        }
        for refinement in &body.refinements {
            for condition in &refinement.required_when {
                if self.always(&body.object, &[], condition) {
                    let name = refinement.path.last().map_or("", String::as_str);
                    let subjects = [refinement.origin, operation.origin];
                    found.push(always_true(name, condition, &subjects));
                }
            }
            // Only a constant can make a condition of an inner object true, so the objects on the way
            // to one are enough.
            if self.constant(&refinement.constraints).is_none() {
                continue;
            }
            for depth in 1..refinement.path.len() {
                let prefix = &refinement.path[..depth];
                let Some(object) = self.inner(&body.object, prefix) else {
                    continue;
                };
                for field in &object.fields {
                    let mut subjects = vec![operation.origin, refinement.origin];
                    let mut path = prefix.to_vec();
                    path.push(field.name.clone());
                    let same = body.refinements.iter().filter(|other| other.path == path);
                    subjects.extend(same.map(|other| other.origin));
                    self.field(object, prefix, field, &subjects, found);
                }
            }
        }
    }

    /// Examines the conditions of a field of the object at a path of the body.
    fn field(
        &self,
        object: &'a Object,
        prefix: &[String],
        field: &Field,
        subjects: &[Origin],
        found: &mut Vec<Found>,
    ) {
        for condition in &field.required_when {
            if self.always(object, prefix, condition) {
                let mut all = vec![field.origin];
                all.extend(subjects);
                found.push(always_true(&field.name, condition, &all));
            }
        }
    }

    /// Returns whether a condition is met in every message that has the object.
    fn always(&self, object: &'a Object, prefix: &[String], condition: &Condition) -> bool {
        let Some(test) = &condition.test else {
            return false;
        };
        let mut object = object;
        let mut path = prefix.to_vec();
        for (index, name) in test.path.iter().enumerate() {
            let Some(field) = object.field(name) else {
                return false;
            };
            path.push(name.clone());
            let refined = self.refined(&path);
            let mut rules = refined.clone();
            let required = rules.any(|rule| rule.rule == Rule::Required && self.holds(rule));
            if field.nullable || (!field.required && !required) {
                return false;
            }
            if index + 1 == test.path.len() {
                let refined = refined.collect::<Vec<_>>();
                let constant = self
                    .constant(&field.constraints)
                    .or_else(|| refined.into_iter().find_map(|rule| self.constant_of(rule)));
                return match &test.met {
                    Met::Absent => false,
                    Met::Present => constant.is_some(),
                    Met::OneOf(values) => {
                        constant.is_some_and(|constant| values.iter().any(|one| one == constant))
                    }
                };
            }
            match self.object_of(&field.ty) {
                Some(inner) => object = inner,
                None => return false,
            }
        }
        false
    }

    /// Returns the constraints that the body's refinements add at a path.
    fn refined<'s>(
        &'s self,
        path: &'s [String],
    ) -> impl Iterator<Item = &'a Constraint> + Clone + 's {
        let refinements = self.body.into_iter().flat_map(|body| &body.refinements);
        let here = refinements.filter(move |refinement| refinement.path == path);
        here.flat_map(|refinement| &refinement.constraints)
    }

    fn constant(&self, constraints: &'a [Constraint]) -> Option<&'a str> {
        constraints.iter().find_map(|rule| self.constant_of(rule))
    }

    fn constant_of(&self, constraint: &'a Constraint) -> Option<&'a str> {
        let Rule::Const(value) = &constraint.rule else {
            return None;
        };
        self.holds(constraint).then_some(value)
    }

    /// Returns whether a message that breaks the rule is never sent.
    fn holds(&self, constraint: &Constraint) -> bool {
        let direction = constraint.strength.direction;
        constraint.strength.severity == Severity::Error
            && (direction.is_none() || direction == self.direction)
    }

    fn inner(&self, start: &'a Object, path: &[String]) -> Option<&'a Object> {
        let mut object = start;
        let mut each = false;
        for name in path {
            if each && name == "*" {
                each = false;
                continue;
            }
            let ty = &object.field(name)?.ty;
            each = matches!(ty, Type::List(_) | Type::Map(_));
            let element = match ty {
                Type::List(element) => &element.ty,
                Type::Map(map) => &map.values.ty,
                other => other,
            };
            object = self.object_of(element)?;
        }
        (!each).then_some(object)
    }

    fn object_of(&self, ty: &Type) -> Option<&'a Object> {
        ty.object().map(|id| self.api.object(id))
    }
}

fn always_true(name: &str, condition: &Condition, subjects: &[Origin]) -> Found {
    let path: String = condition
        .test
        .iter()
        .flat_map(|test| &test.path)
        .map(|name| format!("/{name}"))
        .collect();
    Found {
        contradiction: Contradiction::ConditionAlwaysTrue,
        message: format!(
            "this condition is always true: `{path}` is always present and has only one value, so `{name}` is required"
        ),
        at: condition.origin,
        also: Vec::new(),
        subjects: subjects.to_vec(),
    }
}
