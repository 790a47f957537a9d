//! Every rule that the spec states is broken by an edit of some table.

use std::collections::BTreeMap;

use payspec_model::check::check_message;
use payspec_model::model::{
    AmountUnit, Api, Body, Condition, Constraint, Direction, Discriminator, Object, Operation,
    Origin, Side, Type,
};
use payspec_runtime::RuleId;
use payspec_tests::agree::Validators;

use super::table;

/// The rules of a spec by where they stand, each with the field that it is about.
#[derive(Default)]
struct Rules {
    found: BTreeMap<(Origin, &'static str), String>,
}

/// The rules that hold for a body and what it holds.
struct Walk<'r, 'm> {
    rules: &'r mut Rules,
    api: &'m Api,
    direction: Direction,
    /// The objects that were walked through.
    seen: Vec<&'m str>,
}

impl<'m> Walk<'_, 'm> {
    fn body(&mut self, body: &'m Body) {
        self.object(&body.object);
        for refinement in &body.refinements {
            let name = format!("{}, {}", body.object.name, refinement.path.join("/"));
            self.constraints(&refinement.constraints, &name);
            self.conditions(&refinement.required_when, RuleId::RequiredWhen, &name);
            self.conditions(&refinement.forbidden_when, RuleId::ForbiddenWhen, &name);
        }
    }

    fn object(&mut self, object: &'m Object) {
        if self.seen.contains(&object.name.as_str()) {
            return;
        }
        self.seen.push(&object.name);
        for field in &object.fields {
            let name = format!("{}.{}", object.name, field.name);
            if field.required {
                self.add(field.origin, RuleId::Required, &name);
            }
            self.constraints(&field.constraints, &name);
            self.conditions(&field.required_when, RuleId::RequiredWhen, &name);
            self.conditions(&field.forbidden_when, RuleId::ForbiddenWhen, &name);
            self.form(&field.ty, field.origin, &name);
        }
        for group in &object.at_least_one_of {
            if self.holds(group.strength.direction) {
                self.add(group.origin, RuleId::AtLeastOneOf, &object.name);
            }
        }
        for amount in &object.amounts {
            for step in &amount.multiple_of {
                if self.holds(step.strength.direction) {
                    self.add(object.origin, RuleId::AmountStep, &object.name);
                }
            }
            if let (AmountUnit::Major, Some(field)) = (amount.unit, object.field(&amount.value)) {
                let name = format!("{}.{}", object.name, field.name);
                self.add(field.origin, RuleId::Decimals, &name);
            }
        }
    }

    /// Adds the demands of the type on a text.
    fn form(&mut self, ty: &'m Type, origin: Origin, name: &str) {
        match ty {
            Type::String | Type::Any => {}
            Type::Integer
            | Type::Decimal
            | Type::Boolean
            | Type::DateTime
            | Type::Date
            | Type::Uuid
            | Type::Binary
            | Type::Timestamp(_)
            | Type::Url
            | Type::Country
            | Type::Currency(_) => self.add(origin, RuleId::Format, name),
            Type::Json(id) => {
                self.add(origin, RuleId::Format, name);
                self.object(self.api.object(*id));
            }
            Type::Enum(id) => {
                let open = self.api.enums.get(id.0).is_some_and(|one| one.open);
                if self.direction == Direction::Outgoing || !open {
                    self.add(origin, RuleId::Values, name);
                }
            }
            Type::Object(id) => self.object(self.api.object(*id)),
            Type::Union(id) => {
                let union = self.api.union(*id);
                let is_limited = self.direction == Direction::Outgoing || !union.open;
                match union.discriminator {
                    Discriminator::Field { origin, .. } => {
                        self.add(origin, RuleId::Required, &union.name);
                        if is_limited {
                            self.add(origin, RuleId::Values, &union.name);
                        }
                    }
                    Discriminator::JsonType if is_limited => {
                        self.add(origin, RuleId::Type, &union.name);
                    }
                    Discriminator::JsonType => {}
                }
                for variant in &union.variants {
                    self.form(&variant.ty, origin, name);
                }
            }
            Type::List(element) => {
                self.constraints(&element.constraints, name);
                self.form(&element.ty, origin, name);
            }
            Type::Map(map) => {
                for constraint in &map.keys {
                    let rule = constraint.rule.of_keys().map(|(rule, _)| rule);
                    let holds = self.holds(constraint.strength.direction);
                    if let Some(rule) = rule.filter(|_| holds) {
                        self.add(constraint.origin, rule, name);
                    }
                }
                self.constraints(&map.values.constraints, name);
                self.form(&map.values.ty, origin, name);
            }
        }
    }

    fn constraints(&mut self, constraints: &[Constraint], name: &str) {
        for constraint in constraints {
            if self.holds(constraint.strength.direction) {
                self.add(constraint.origin, constraint.rule.id(), name);
            }
        }
    }

    fn conditions(&mut self, conditions: &[Condition], rule: RuleId, name: &str) {
        for condition in conditions {
            if condition.test.is_some() && self.holds(condition.strength.direction) {
                self.add(condition.origin, rule, name);
            }
        }
    }

    fn holds(&self, direction: Option<Direction>) -> bool {
        direction.is_none_or(|direction| direction == self.direction)
    }

    fn add(&mut self, origin: Origin, rule: RuleId, name: &str) {
        let name = name.to_owned();
        self.rules
            .found
            .entry((origin, rule.as_str()))
            .or_insert(name);
    }
}

fn rules_of(api: &Api, operation: &Operation, rules: &mut Rules) {
    for &side in Side::ALL {
        if let Some(body) = operation.body(side) {
            let mut walk = Walk {
                rules,
                api,
                direction: operation.direction(side),
                seen: Vec::new(),
            };
            walk.body(body);
        }
    }
}

#[test]
fn every_rule_is_broken_by_an_edit() {
    let validators = Validators::load();
    let model = validators.model();
    let mut rules = Rules::default();
    for id in validators.operation_ids() {
        let (api, operation) = validators.operation(id);
        rules_of(api, operation, &mut rules);
    }
    for edited in table::edited(&validators) {
        let (api, operation) = validators.operation(&edited.operation);
        let found = check_message(api, operation, edited.side, edited.json.as_bytes());
        for finding in &found.expect("the edited messages are JSON") {
            let rule = finding.violation.rule.as_str();
            rules.found.remove(&(finding.origin, rule));
        }
    }
    let left: Vec<String> = rules
        .found
        .iter()
        .map(|((origin, rule), name)| format!("{}: {name}, {rule}", model.place(*origin)))
        .collect();
    assert!(
        left.is_empty(),
        "{} rules that no edit breaks:\n{}",
        left.len(),
        left.join("\n")
    );
}
