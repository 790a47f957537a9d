//! Rules that bind no message: those of a type that no operation uses, and those for a direction in
//! which the type is never sent. The generated code contains them all the same.

use std::collections::BTreeSet;

use super::FactCollector;
use crate::location::Item;
use crate::property::Property;
use payspec_model::model::{
    Alternatives, Amount, AmountStep, Api, Argument, Condition, Constraint, DefaultValue,
    Direction, Element, Field, Met, Object, ObjectId, Rule, Side, Strength, Type,
};
use payspec_model::pointer::pointer;
use payspec_model::value::{Limit, Value, one_spelling};

/// The directions in which messages hold a type.
#[derive(Debug, Clone, Copy)]
pub(super) struct Held {
    outgoing: bool,
    incoming: bool,
}

impl Held {
    /// Returns the value for a type that goes one way only.
    pub(super) fn by(direction: Direction) -> Self {
        Held {
            outgoing: direction == Direction::Outgoing,
            incoming: direction == Direction::Incoming,
        }
    }

    /// Returns the directions of each shared object of an API, by its id.
    pub(super) fn of(api: &Api) -> Vec<Held> {
        let reached = |direction: Direction| -> BTreeSet<ObjectId> {
            let bodies = api.operations.iter().flat_map(|operation| {
                let sides = Side::ALL.iter().filter(move |side| {
                    // Only the bodies that are sent in this direction.
                    operation.direction(**side) == direction
                });
                sides.filter_map(|side| operation.body(*side))
            });
            api.reach_of_bodies(bodies).objects
        };
        let (outgoing, incoming) = (reached(Direction::Outgoing), reached(Direction::Incoming));
        let ids = (0..api.objects.len()).map(ObjectId);
        ids.map(|id| Held {
            outgoing: outgoing.contains(&id),
            incoming: incoming.contains(&id),
        })
        .collect()
    }

    /// Returns whether a rule binds no message.
    fn idles(self, strength: &Strength) -> bool {
        match strength.direction {
            Some(Direction::Outgoing) => !self.outgoing,
            Some(Direction::Incoming) => !self.incoming,
            None => !self.outgoing && !self.incoming,
        }
    }

    /// Returns whether messages hold the type in both directions, so that every rule can bind.
    fn both_ways(self) -> bool {
        self.outgoing && self.incoming
    }
}

impl FactCollector<'_> {
    /// Adds the unreachable rules of an object itself. If some are possible, the list is added even
    /// if it is empty: it distinguishes a type that messages do not hold from one that they do.
    pub(super) fn idle_of_object(&mut self, subject: &Item, object: &Object, held: Held) {
        if held.both_ways() {
            return;
        }
        let groups = object.at_least_one_of.iter().map(
            |Alternatives {
                 fields,
                 strength,
                 origin: _,
             }| {
                let mut fields = fields.clone();
                fields.sort();
                (format!("at_least_one_of {}", fields.join(", ")), strength)
            },
        );
        let steps = object.amounts.iter().flat_map(
            |Amount {
                 value: _,
                 currency: _,
                 unit: _,
                 multiple_of,
             }| multiple_of,
        );
        let steps = steps.map(
            |AmountStep {
                 currency,
                 step,
                 strength,
             }| (format!("multiple_of {currency} {step}"), strength),
        );
        let rules = Value::Names(idle(groups.chain(steps), held));
        self.push(subject, Property::UnreachableRules, rules, object.origin);
    }

    /// Adds the unreachable rules of a field.
    pub(super) fn idle_of_field(&mut self, subject: &Item, field: &Field, held: Held) {
        if held.both_ways() {
            return;
        }
        let constraints = field.constraints.iter().map(
            |Constraint {
                 rule,
                 strength,
                 origin: _,
             }| (text(rule), strength),
        );
        let required = field.required_when.iter().map(condition("required"));
        let forbidden = field.forbidden_when.iter().map(condition("forbidden"));
        let mut inner = Vec::new();
        inner_rules(&field.ty, "", &mut inner);
        let all = constraints.chain(inner).chain(required).chain(forbidden);
        let mut rules = idle(all, held);
        if !held.outgoing && !held.incoming {
            let default = field.default.iter();
            rules.extend(default.map(|DefaultValue { text, origin: _ }| {
                format!("default {}", one_spelling(&field.ty, text))
            }));
        }
        self.push(
            subject,
            Property::UnreachableRules,
            Value::Names(rules),
            field.origin,
        );
    }
}

/// Adds the rules of what a list or map contains.
fn inner_rules<'f>(ty: &'f Type, at: &str, found: &mut Vec<(String, &'f Strength)>) {
    let add = |at: &str, constraint: &'f Constraint| {
        let Constraint {
            rule,
            strength,
            origin: _,
        } = constraint;
        (format!("{at} {}", text(rule)), strength)
    };
    let keys = format!("{at}/[key]");
    found.extend(ty.key_rules().iter().map(|key| add(&keys, key)));
    if let Some(element) = ty.element() {
        let Element {
            ty,
            json_type: _,
            nullable: _,
            constraints,
        } = element;
        let each = format!("{at}/*");
        found.extend(constraints.iter().map(|one| add(&each, one)));
        inner_rules(ty, &each, found);
    }
}

/// Describes the rules that bind no message.
fn idle<'s>(rules: impl Iterator<Item = (String, &'s Strength)>, held: Held) -> BTreeSet<String> {
    let idle = rules.filter(|(_, strength)| held.idles(strength));
    let described = idle.map(|(rule, strength)| {
        let Strength {
            severity,
            direction,
            sources: _,
            reason: _,
        } = strength;
        let direction = match direction {
            Some(Direction::Outgoing) => " in what is sent",
            Some(Direction::Incoming) => " in what is received",
            None => "",
        };
        match severity {
            payspec_model::model::Severity::Error => format!("{rule}{direction}"),
            payspec_model::model::Severity::Warning => format!("{rule}{direction} (a warning)"),
        }
    });
    described.collect()
}

fn condition(verb: &'static str) -> impl Fn(&Condition) -> (String, &Strength) {
    move |condition| {
        let Condition {
            test,
            text: words,
            strength,
            origin: _,
        } = condition;
        let test = test.as_ref().map(|test| match &test.met {
            Met::Present => format!("{} is present", pointer(&test.path)),
            Met::Absent => format!("{} is absent", pointer(&test.path)),
            Met::OneOf(values) => {
                let mut values = values.clone();
                values.sort();
                format!("{} is {}", pointer(&test.path), values.join(", "))
            }
        });
        let parts: Vec<&str> = test.iter().chain(words).map(String::as_str).collect();
        (format!("{verb} when {}", parts.join("; ")), strength)
    }
}

/// Describes a rule.
fn text(rule: &Rule) -> String {
    let mut args: Vec<String> = rule.args().iter().map(argument).collect();
    args.sort();
    match args.is_empty() {
        true => rule.name().to_owned(),
        false => format!("{} {}", rule.name(), args.join(", ")),
    }
}

fn argument(argument: &Argument<'_>) -> String {
    match argument {
        Argument::Text(text) => (*text).to_owned(),
        Argument::Number(number) => Limit::new(number).to_string(),
        Argument::Count(count) => count.to_string(),
    }
}
