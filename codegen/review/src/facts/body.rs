//! Collects the facts of a body: its type, and the rules for the value at each place in it.

use std::collections::BTreeSet;

use super::FactCollector;
use super::bounds::Placed;
use super::limits::{key_limits, limits};
use super::unreachable_rules::Held;
use super::walk::Walk;
use super::warnings::Advice;
use crate::location::Item;
use crate::property::Property;
use payspec_model::model::{
    self, Alternatives, Body, Constraint, DefaultValue, Direction, Discriminator, Element, Field,
    Met, Object, Origin, Quote, Refinement, Rule, SameCurrency, Severity, Side, Test, Type, Union,
    UnionId,
};
use payspec_model::pointer::pointer;
use payspec_model::value::{Condition, Is, Kind, Value, one_spelling};
use payspec_runtime::{JsonType, Location, Style};

impl<'m> FactCollector<'m> {
    /// Adds the facts of a body: its type, and what messages may hold at each place in it.
    pub(super) fn body(&mut self, side: Side, direction: Direction, body: &'m Body) {
        let Body {
            media_type,
            // The fields are the same, however the spec lists them.
            named: _,
            object,
            refinements,
            same_currency,
        } = body;
        self.direction = direction;
        self.push(&Item::Body(side), Property::Body, true, object.origin);
        let form = match object.whole_body() {
            Some(_) => Value::Word("one value"),
            None => Value::Word("fields"),
        };
        self.push(&Item::Body(side), Property::WholeBody, form, object.origin);
        if side == Side::Request {
            let media_type = Value::Word(media_type.as_str());
            self.push(
                &Item::Body(side),
                Property::MediaType,
                media_type,
                object.origin,
            );
        }
        self.members(&object.name, object, Held::by(direction));
        let mut walk = Walk {
            facts: self,
            side,
            direction,
            refinements,
            holders: Vec::new(),
            path: Vec::new(),
        };
        walk.object(object);
        walk.currencies(same_currency, object.origin);
        for refinement in refinements {
            self.refinement(side, refinement);
        }
        self.direction = Direction::Outgoing;
    }

    /// Adds the texts of a refinement; its rules are facts of its field.
    fn refinement(&mut self, side: Side, refinement: &Refinement) {
        let Refinement {
            path,
            note,
            constraints: _,
            required_when: _,
            forbidden_when: _,
            default: _,
            sources: _,
            origin,
        } = refinement;
        let subject = Item::Field(side, pointer(path));
        let note = note.clone().map(Value::Words);
        self.push_opt(&subject, Property::Description, note, *origin);
    }
}

impl<'m> Walk<'_, 'm> {
    /// Adds the groups of fields that should have the same currency.
    fn currencies(&mut self, groups: &[SameCurrency], origin: Origin) {
        let subject = Item::Field(self.side, self.pointer());
        let (mut binding, mut advice) = (BTreeSet::new(), BTreeSet::new());
        for SameCurrency {
            paths,
            strength,
            origin: _,
        } in groups
        {
            match self.force(strength) {
                Some(Severity::Error) => binding.insert(paths.clone()),
                Some(Severity::Warning) => advice.insert(paths.clone()),
                None => continue,
            };
        }
        let binding = (!binding.is_empty()).then_some(Value::SameCurrency(binding));
        self.facts
            .push_opt(&subject, Property::SameCurrency, binding, origin);
        let mut warned = Advice::default();
        if !advice.is_empty() {
            warned.add(Property::SameCurrency, Value::SameCurrency(advice));
        }
        self.advice(&subject, warned, origin);
    }

    fn object(&mut self, object: &'m Object) {
        let subject = Item::Field(self.side, self.pointer());
        let origin = object.origin;
        let mut advice = Advice::default();
        let groups = |force: Severity| {
            let groups = object.at_least_one_of.iter().filter_map(|group| {
                let Alternatives {
                    fields,
                    strength,
                    origin: _,
                } = group;
                (self.force(strength) == Some(force)).then(|| fields.iter().cloned().collect())
            });
            let groups: BTreeSet<BTreeSet<String>> = groups.collect();
            (!groups.is_empty()).then_some(Value::Groups(groups))
        };
        advice.push_opt(Property::AtLeastOneOf, groups(Severity::Warning));
        let groups = groups(Severity::Error);
        self.facts
            .push_opt(&subject, Property::AtLeastOneOf, groups, origin);
        self.amounts(&subject, object);
        self.advice(&subject, advice, origin);
        if let Some(Quote {
            pair,
            price,
            direction,
            sources: _,
        }) = &object.quote
        {
            let quote = Value::Quote {
                pair: pair.clone(),
                price: price.clone(),
                direction: *direction,
            };
            self.facts
                .push(&subject, Property::QuoteFields, quote, origin);
        }
        for field in &object.fields {
            self.path.push(field.name.clone());
            self.field(field, object.amount(&field.name));
            self.path.pop();
        }
    }

    fn field(&mut self, field: &'m Field, amount: Option<&model::Amount>) {
        let bounds = self.bounds(field);
        let subject = Item::Field(self.side, self.pointer());
        self.facts
            .push(&subject, Property::Field, bounds.required, field.origin);
        self.facts.push(
            &subject,
            Property::Kind,
            Value::Kind(Kind::of(self.facts.api, &field.ty)),
            field.origin,
        );
        if self.side == Side::Request {
            let words = [
                (Property::Location, field.location.as_str()),
                (Property::Style, field.style.as_str()),
            ];
            for (property, word) in words {
                self.facts
                    .push(&subject, property, Value::Word(word), field.origin);
            }
        }
        self.facts
            .push(&subject, Property::Nullable, field.nullable, field.origin);
        self.json_type(&subject, field.json_type, field.origin);
        let mut advice = Advice::default();
        let conditions = [
            (Property::RequiredWhen, &bounds.required_when),
            (Property::ForbiddenWhen, &bounds.forbidden_when),
        ];
        for (property, conditions) in conditions {
            self.conditions(&subject, property, conditions, field, &mut advice);
        }
        let with = |force: Severity| self.with_force(&bounds.constraints, force);
        let (binding, warning) = (with(Severity::Error), with(Severity::Warning));
        if warning.iter().any(|one| one.rule == Rule::Required) {
            advice.add(Property::Field, true.into());
        }
        for (property, value, _) in limits(&warning, None) {
            advice.add(property, value);
        }
        self.values(&subject, &field.ty, &binding, field);
        self.keys(&subject, &field.ty, &mut advice);
        self.steps(&subject, amount, field.origin, &mut advice);
        self.advice(&subject, advice, field.origin);
        // A required field needs no default.
        if let Some(DefaultValue { text, origin }) = bounds.default.filter(|_| !bounds.required) {
            let default = Value::Name(one_spelling(&field.ty, text));
            self.facts
                .push(&subject, Property::Default, default, *origin);
        }
        self.inside(&field.ty, field);
    }

    fn json_type(&mut self, subject: &Item, json_type: Option<JsonType>, origin: Origin) {
        let json_type = json_type.map(|one| Value::Word(one.as_str()));
        self.facts
            .push_opt(subject, Property::JsonType, json_type, origin);
    }

    /// Walks the places inside a value.
    fn inside(&mut self, ty: &'m Type, field: &'m Field) {
        match ty {
            Type::Object(id) | Type::Json(id) => {
                if !self.holders.contains(id) {
                    self.holders.push(*id);
                    self.object(self.facts.api.object(*id));
                    self.holders.pop();
                }
            }
            Type::List(element) => self.each(element, Property::ElementNullable, field),
            // A map loses a `null` that is not a value, and nothing else.
            Type::Map(map) => self.each(&map.values, Property::Nullable, field),
            Type::Union(id) => self.union(*id, field),
            Type::String
            | Type::Integer
            | Type::Decimal
            | Type::Boolean
            | Type::Any
            | Type::DateTime
            | Type::Date
            | Type::Uuid
            | Type::Binary
            | Type::Timestamp(_)
            | Type::Url
            | Type::Country
            | Type::Currency(_)
            | Type::Enum(_) => {}
        }
    }

    /// Walks the places of a union: its discriminator, then those of each type.
    fn union(&mut self, id: UnionId, field: &'m Field) {
        let union = self.facts.api.union(id);
        self.discriminator(union);
        for variant in &union.variants {
            self.path.push(union.step(variant));
            let subject = Item::Field(self.side, self.pointer());
            self.facts
                .push(&subject, Property::UnionObject, true, variant.origin);
            let has_rules = match variant.object() {
                Some(id) => !self.facts.api.object(id).fields.is_empty(),
                // Nearly every value of these JSON types is one of these types.
                None => !matches!(variant.ty, Type::String | Type::Boolean | Type::Decimal),
            };
            // A value that the union does not list is accepted whatever it holds.
            let is_free = union.open && self.direction == Direction::Incoming;
            if is_free && has_rules {
                self.facts
                    .push(&subject, Property::UnionShape, true, variant.origin);
            }
            if variant.object().is_none() {
                let kind = Value::Kind(Kind::of(self.facts.api, &variant.ty));
                self.facts
                    .push(&subject, Property::Kind, kind, variant.origin);
                self.values(&subject, &variant.ty, &[], field);
            }
            self.inside(&variant.ty, field);
            self.path.pop();
        }
    }

    /// Adds the discriminator of a union as the text that it is in messages; the JSON type as if it were one.
    fn discriminator(&mut self, union: &Union) {
        let origin = match union.discriminator {
            Discriminator::Field { origin, .. } => origin,
            Discriminator::JsonType => union.origin,
        };
        self.path.push(union.discriminator.step().to_owned());
        let subject = Item::Field(self.side, self.pointer());
        self.path.pop();
        let tags = union.tags().map(str::to_owned).collect();
        let mut facts = vec![
            (Property::Field, true.into()),
            (Property::Kind, Value::Kind(Kind::String)),
            (Property::Nullable, false.into()),
        ];
        if self.side == Side::Request {
            facts.extend([
                (Property::Location, Value::Word(Location::Body.as_str())),
                (Property::Style, Value::Word(Style::Repeat.as_str())),
            ]);
        }
        for (property, value) in facts {
            self.facts.push(&subject, property, value, origin);
        }
        // The union states these, as an enum does.
        self.facts.push(
            &subject,
            Property::Allowed,
            Value::Texts(tags),
            union.origin,
        );
        if self.direction == Direction::Incoming {
            self.facts
                .push(&subject, Property::Open, union.open, union.origin);
        }
    }

    /// Walks the elements of a list, or the values of a map.
    fn each(&mut self, element: &'m Element, may_be_null: Property, field: &'m Field) {
        let Element {
            ty,
            json_type,
            nullable,
            constraints,
        } = element;
        self.path.push("*".to_owned());
        let subject = Item::Field(self.side, self.pointer());
        let kind = Value::Kind(Kind::of(self.facts.api, ty));
        self.facts
            .push(&subject, Property::Kind, kind, field.origin);
        self.facts
            .push(&subject, may_be_null, *nullable, field.origin);
        self.json_type(&subject, *json_type, field.origin);
        let mut rules: Vec<&Constraint> = constraints.iter().collect();
        rules.extend(self.refined());
        let with = |force: Severity| self.with_force(&rules, force);
        let (binding, warning) = (with(Severity::Error), with(Severity::Warning));
        self.values(&subject, ty, &binding, field);
        let mut advice = Advice::default();
        for (property, value, _) in limits(&warning, None) {
            advice.add(property, value);
        }
        self.keys(&subject, ty, &mut advice);
        self.advice(&subject, advice, field.origin);
        self.inside(ty, field);
        self.path.pop();
    }

    /// Adds the rules of the keys of a map.
    fn keys(&mut self, subject: &Item, ty: &'m Type, advice: &mut Advice) {
        let rules: Vec<&Constraint> = ty.key_rules().iter().collect();
        for (property, value, origin) in key_limits(&self.with_force(&rules, Severity::Error)) {
            self.facts.push(subject, property, value, origin);
        }
        for (property, value, _) in key_limits(&self.with_force(&rules, Severity::Warning)) {
            advice.add(property, value);
        }
    }

    /// Returns the rules that bind here with this severity.
    fn with_force<'c>(&self, rules: &[&'c Constraint], force: Severity) -> Vec<&'c Constraint> {
        let all = rules.iter().copied();
        all.filter(|one| self.force(&one.strength) == Some(force))
            .collect()
    }

    /// Adds the rules that only warn.
    fn advice(&mut self, subject: &Item, advice: Advice, origin: Origin) {
        let rules = (!advice.0.is_empty()).then_some(Value::Rules(advice.0));
        self.facts
            .push_opt(subject, Property::Advice, rules, origin);
    }

    /// Adds the rules about the value itself.
    fn values(&mut self, subject: &Item, ty: &Type, binding: &[&Constraint], field: &Field) {
        let mut listed = None;
        if let Type::Enum(id) = ty {
            let one = self.facts.api.enumeration(*id);
            listed = Some(one.values.iter().map(|value| value.name.clone()).collect());
            // In messages that the merchant sends, each text must be listed in any case. A rule
            // that lists texts binds open enums as well.
            if self.direction == Direction::Incoming {
                let lists =
                    |one: &&Constraint| matches!(one.rule, Rule::Const(_) | Rule::Values(_));
                let open = one.open && !binding.iter().any(lists);
                self.facts.push(subject, Property::Open, open, one.origin);
            }
        }
        for (property, value, origin) in limits(binding, listed) {
            let origin = origin.unwrap_or(field.origin);
            self.facts.push(subject, property, value, origin);
        }
    }

    /// Adds conditions one by one, with paths from the body: each text of the deciding field is a
    /// restriction of its own.
    fn conditions(
        &mut self,
        subject: &Item,
        property: Property,
        conditions: &[Placed<'_>],
        field: &Field,
        advice: &mut Advice,
    ) {
        let (mut cases, mut words, mut warned) = (BTreeSet::new(), Vec::new(), BTreeSet::new());
        for (start, condition) in conditions.iter().copied() {
            let model::Condition {
                test,
                text,
                strength,
                origin: _,
            } = condition;
            words.extend(text.clone());
            let Some(Test { path, met }) = test else {
                continue;
            };
            let path = [&self.path[..start], path].concat();
            let case = |is: Is| Condition {
                path: path.clone(),
                is,
            };
            let stated: Vec<Condition> = match met {
                Met::Present => vec![case(Is::Present)],
                Met::Absent => vec![case(Is::Absent)],
                Met::OneOf(values) => values
                    .iter()
                    .map(|value| case(Is::Text(value.clone())))
                    .collect(),
            };
            match self.force(strength) {
                Some(Severity::Error) => cases.extend(stated),
                Some(Severity::Warning) => warned.extend(stated),
                None => {}
            }
        }
        let some =
            |cases: BTreeSet<Condition>| (!cases.is_empty()).then_some(Value::Conditions(cases));
        advice.push_opt(property, some(warned));
        self.facts
            .push_opt(subject, property, some(cases), field.origin);
        self.facts
            .names(subject, Property::ConditionInWords, words, field.origin);
    }

    fn pointer(&self) -> String {
        pointer(&self.path)
    }
}
