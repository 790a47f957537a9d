//! Random changes of a spec: one field, rule, enum, union or amount at a time.

use std::collections::BTreeSet;
use std::path::Path;

use payspec_model::model::{
    Alternatives, Amount, AmountCurrency, AmountStep, AmountUnit, Api, Condition, Constraint,
    DefaultValue, Direction, Discriminator, Element, EnumValue, Epoch, Field, Met, Model, Object,
    ObjectId, Origin, Rule, Severity, Strength, Test, Type, Variant,
};

/// A small generator of numbers: the same on every machine.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("it fits") % limit.max(1)
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

fn strength(dice: &mut Dice) -> Strength {
    Strength {
        severity: *dice.pick(&[
            Severity::Error,
            Severity::Error,
            Severity::Error,
            Severity::Warning,
        ]),
        direction: *dice.pick(&[
            None,
            None,
            Some(Direction::Outgoing),
            Some(Direction::Incoming),
        ]),
        sources: vec![0],
        reason: None,
    }
}

fn constraint(rule: Rule, dice: &mut Dice) -> Constraint {
    Constraint {
        rule,
        strength: strength(dice),
        origin: Origin::default(),
    }
}

/// The spec of the repository.
pub(super) fn model() -> Model {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    payspec_model::load(&spec).model.expect("a sound spec")
}

/// The spec with one operation left.
pub(super) fn alone(model: &Model, api: usize, operation: usize) -> Model {
    let mut api: Api = model.apis[api].clone();
    api.operations = vec![api.operations[operation].clone()];
    api.bases.clear();
    api.disputes.clear();
    // A condition that always holds would hide that a field is required.
    for operation in &mut api.operations {
        let fields = &mut operation.request.object.fields;
        fields
            .iter_mut()
            .for_each(|field| field.required_when.clear());
        let bodies = std::iter::once(&mut operation.request).chain(operation.response.as_mut());
        for body in bodies {
            let fields = body.object.fields.iter_mut();
            fields.for_each(|field| field.required_when.clear());
            let refinements = body.refinements.iter_mut();
            refinements.for_each(|refinement| refinement.required_when.clear());
        }
    }
    Model {
        files: model.files.clone(),
        apis: vec![api],
    }
}

/// The objects of which one is mutated: the bodies and what they reach.
fn objects(api: &mut Api) -> Vec<&mut Object> {
    let reach = api.reach(
        api.operations
            .iter()
            .flat_map(|one| one.bodies())
            .map(|body| &body.object),
    );
    let mut found: Vec<&mut Object> = Vec::new();
    for operation in &mut api.operations {
        found.push(&mut operation.request.object);
        found.extend(operation.response.as_mut().map(|body| &mut body.object));
    }
    let shared = api.objects.iter_mut().enumerate();
    let reached = shared.filter(|(id, _)| reach.objects.iter().any(|one| one.0 == *id));
    found.extend(reached.map(|(_, object)| object));
    found
}

/// Changes one thing.
pub(super) fn mutate(model: &mut Model, dice: &mut Dice) {
    let api = &mut model.apis[0];
    if dice.below(8) == 0 && !api.enums.is_empty() {
        let at = dice.below(api.enums.len());
        let one = &mut api.enums[at];
        match dice.below(3) {
            0 => one.open = !one.open,
            1 if one.values.len() > 1 => {
                let at = dice.below(one.values.len());
                one.values.remove(at);
            }
            _ => one.values.push(EnumValue {
                rust_name: None,
                name: format!("NEW_{}", dice.below(100)),
                description: "New.".to_owned(),
                renamed_from: None,
                deprecated: None,
                sources: vec![0],
                origin: Origin::default(),
            }),
        }
        return;
    }
    if !api.unions.is_empty() && dice.below(5) == 0 {
        return mutate_union(api, dice);
    }
    if dice.below(16) == 0 {
        let known = api.wire.decimals.remove("IDR");
        if known.is_none() {
            api.wire.decimals.insert("IDR".to_owned(), 0);
        }
        return;
    }
    let mut objects = objects(api);
    let at = dice.below(objects.len());
    let object = &mut *objects[at];
    match dice.below(10) {
        // An object without fields can only get one.
        which if which == 0 || object.fields.is_empty() => {
            let added = added(dice);
            object.fields.push(added);
        }
        1 if object.fields.len() > 1 => {
            let at = dice.below(object.fields.len());
            object.fields.remove(at);
        }
        2 => group(object, dice),
        3 if has_minor_units(object) => {
            let step = AmountStep {
                currency: "USD".to_owned(),
                step: *dice.pick(&[10, 100]),
                strength: strength(dice),
            };
            object
                .amounts
                .iter_mut()
                .for_each(|amount| amount.multiple_of.push(step.clone()));
        }
        4 if !object.amounts.is_empty() => money(object, dice),
        _ => {
            let at = dice.below(object.fields.len());
            // A text that is free to have any value, so that every condition on it can be met.
            let free = object.fields.iter().filter(|field| {
                field.ty == Type::String && !field.required && field.constraints.is_empty()
            });
            let names: Vec<String> = free.map(|field| field.name.clone()).collect();
            let deciding = (!names.is_empty()).then(|| dice.pick(&names).clone());
            let is_part = is_part_of_money(object, &object.fields[at].name);
            let field = &mut object.fields[at];
            let (ty, json_type) = (field.ty.clone(), field.json_type);
            change(field, deciding.as_deref(), dice);
            // No spec has another type there.
            if is_part {
                (field.ty, field.json_type, field.nullable) = (ty, json_type, false);
            }
        }
    }
}

/// Changes a union: whether it is open, or its objects. Another object or discriminator is several changes at once.
fn mutate_union(api: &mut Api, dice: &mut Dice) {
    // One that holds the union itself cannot be made in every place.
    let flat = |object: &Object| {
        object
            .fields
            .iter()
            .all(|field| field.ty.object().is_none() && field.ty.union().is_none())
    };
    let objects = (0..api.objects.len()).filter(|at| flat(&api.objects[*at]));
    let objects: Vec<usize> = objects.collect();
    let at = dice.below(api.unions.len());
    let shapes = api.unions[at].discriminator == Discriminator::JsonType;
    let union = &mut api.unions[at];
    let which = dice.below(union.variants.len());
    match dice.below(3) {
        0 => union.open = !union.open,
        1 if union.variants.len() > 1 => drop(union.variants.remove(which)),
        _ if shapes => {
            let new = [
                ("number", Type::Integer),
                ("boolean", Type::Boolean),
                ("string", Type::Uuid),
            ];
            let (tag, ty) = dice.pick(&new).clone();
            if union.variant(tag).is_none() {
                union.variants.push(Variant {
                    tag: tag.to_owned(),
                    ty,
                    ..union.variants[which].clone()
                });
            }
        }
        _ => {
            let added = Variant {
                tag: format!("new_{}", dice.below(100)),
                ty: Type::Object(ObjectId(*dice.pick(&objects))),
                ..union.variants[which].clone()
            };
            union.variants.push(added);
        }
    }
}

/// Returns whether a field is a part of an amount or of an exchange rate.
fn is_part_of_money(object: &Object, name: &str) -> bool {
    let amounts = object.amounts.iter().flat_map(Amount::fields);
    let quote = object.quote.iter();
    amounts
        .chain(quote.flat_map(|quote| [&*quote.pair, &*quote.price]))
        .any(|part| part == name)
}

/// Makes a field no amount any more, or one that is always in the same currency.
fn money(object: &mut Object, dice: &mut Dice) {
    match dice.below(2) {
        0 => object.amounts.clear(),
        _ => object.amounts.iter_mut().for_each(|amount| {
            amount.currency = AmountCurrency::Code("CNY".to_owned());
            amount.multiple_of.clear();
        }),
    }
}

/// Returns whether an object has amounts of money, all of which can have steps in USD.
fn has_minor_units(object: &Object) -> bool {
    let mut amounts = object.amounts.iter();
    !object.amounts.is_empty()
        && amounts
            .all(|amount| amount.unit == AmountUnit::Minor && amount.currency.field().is_some())
}

/// Removes what a spec cannot say about fields of any JSON: every rule but that they are required.
pub(super) fn keep_what_fits_any(model: &mut Model) {
    let api = &mut model.apis[0];
    let mut names = BTreeSet::new();
    for object in objects(api) {
        for field in object.fields.iter_mut().filter(|one| one.ty == Type::Any) {
            field.constraints.retain(|one| one.rule == Rule::Required);
            names.insert(field.name.clone());
        }
    }
    for operation in &mut api.operations {
        let bodies = std::iter::once(&mut operation.request).chain(operation.response.as_mut());
        for refinement in bodies.flat_map(|body| &mut body.refinements) {
            if refinement
                .path
                .last()
                .is_some_and(|name| names.contains(name))
            {
                refinement
                    .constraints
                    .retain(|one| one.rule == Rule::Required);
            }
        }
    }
}

fn added(dice: &mut Dice) -> Field {
    let required = dice.below(2) == 0;
    Field {
        name: format!("new{}", dice.below(100)),
        description: "New.".to_owned(),
        ty: dice
            .pick(&[
                Type::String,
                Type::Integer,
                Type::Boolean,
                Type::Date,
                Type::Any,
            ])
            .clone(),
        location: payspec_runtime::Location::Body,
        style: payspec_runtime::Style::Repeat,
        json_type: None,
        nullable: false,
        required,
        plain: required,
        constraints: Vec::new(),
        required_when: Vec::new(),
        forbidden_when: Vec::new(),
        unknown_limits: Vec::new(),
        sensitive: None,
        renamed_from: None,
        since: None,
        deprecated: None,
        default: None,
        example: None,
        rust_name: None,
        page_names: Vec::new(),
        sources: vec![0],
        origin: Origin::default(),
    }
}

fn group(object: &mut Object, dice: &mut Dice) {
    if !object.at_least_one_of.is_empty() && dice.below(2) == 0 {
        object.at_least_one_of.pop();
        return;
    }
    let free = |field: &&Field| !field.required && field.required_when.is_empty();
    let optional = object.fields.iter().filter(free);
    let fields: Vec<String> = optional.take(2).map(|field| field.name.clone()).collect();
    if fields.len() == 2 {
        object.at_least_one_of.push(Alternatives {
            fields,
            strength: strength(dice),
            origin: Origin::default(),
        });
    }
}

/// Changes one thing of a field.
fn change(field: &mut Field, deciding: Option<&str>, dice: &mut Dice) {
    if dice.below(3) == 0 && !field.constraints.is_empty() {
        let at = dice.below(field.constraints.len());
        field.constraints.remove(at);
        return;
    }
    match dice.below(9) {
        0 => {
            field.required = !field.required;
            field.plain = field.required;
            field.required_when.clear();
        }
        1 => {
            field.ty = retyped(&field.ty, dice);
            field.json_type = None;
        }
        4 if !field.ty.json_types().is_empty() => {
            field.json_type = match field.json_type {
                Some(_) => None,
                None => Some(*dice.pick(field.ty.json_types())),
            };
        }
        5 if field.ty != Type::Any => field.nullable = !field.nullable,
        3 if !field.required => {
            field.default = match field.default {
                Some(_) => None,
                None => Some(DefaultValue {
                    text: "WEB".to_owned(),
                    origin: Origin::default(),
                }),
            };
        }
        2 if !field.required && deciding.is_some_and(|name| name != field.name) => {
            let met = match *dice.pick(&[0, 1, 2, 3]) {
                0 => Met::Present,
                3 => Met::Absent,
                values => Met::OneOf((0..values).map(|at| ["WEB", "S"][at].to_owned()).collect()),
            };
            let condition = Condition {
                test: Some(Test {
                    path: deciding.into_iter().map(str::to_owned).collect(),
                    met,
                }),
                text: None,
                strength: strength(dice),
                origin: Origin::default(),
            };
            if dice.below(2) == 0 {
                field.required_when.push(condition);
            } else {
                field.forbidden_when.push(condition);
            }
        }
        _ => {
            let inside = dice.below(2) == 0;
            match field.ty.element_mut() {
                Some(Element {
                    ty,
                    json_type: _,
                    nullable,
                    constraints,
                }) if inside => {
                    if dice.below(4) == 0 {
                        *nullable ^= !ty.holds_null();
                        return;
                    }
                    if dice.below(3) == 0 {
                        constraints.clear();
                    } else if let Some(rule) = limit(ty, dice) {
                        state(rule, constraints, dice);
                    }
                }
                Some(_) | None => {
                    let rule = limit(&field.ty, dice).unwrap_or(Rule::Required);
                    state(rule, &mut field.constraints, dice);
                }
            }
        }
    }
}

/// Returns a rule about the values of a type.
fn limit(ty: &Type, dice: &mut Dice) -> Option<Rule> {
    let bound = u32::try_from(dice.below(80) + 2).expect("it is small");
    match ty {
        Type::Integer | Type::Decimal if dice.below(2) == 0 => Some(Rule::Min(bound.to_string())),
        Type::Integer | Type::Decimal => Some(Rule::Max((bound + 100).to_string())),
        Type::List(_) | Type::Map(_) => Some(Rule::MaxItems(bound)),
        Type::String => Some(match dice.below(4) {
            0 => Rule::MinLength(bound),
            1 => Rule::Const("WEB".to_owned()),
            2 => Rule::Values(vec!["WEB".to_owned(), "text".to_owned()]),
            _ => Rule::MaxLength(bound + 40),
        }),
        Type::Binary | Type::Url => Some(Rule::MaxLength(bound + 40)),
        Type::Enum(_) if dice.below(2) == 0 => Some(Rule::Const("WEB".to_owned())),
        Type::Enum(_)
        | Type::Boolean
        | Type::DateTime
        | Type::Date
        | Type::Uuid
        | Type::Timestamp(_)
        | Type::Country
        | Type::Currency(_)
        | Type::Object(_)
        | Type::Union(_)
        | Type::Json(_)
        | Type::Any => None,
    }
}

/// Adds a rule. A later bound takes the place of an earlier one, as in a spec.
fn state(rule: Rule, constraints: &mut Vec<Constraint>, dice: &mut Dice) {
    let same =
        |one: &Constraint| std::mem::discriminant(&one.rule) == std::mem::discriminant(&rule);
    constraints.retain(|one| !same(one));
    constraints.push(constraint(rule, dice));
}

fn retyped(ty: &Type, dice: &mut Dice) -> Type {
    match ty {
        Type::Object(_)
        | Type::Union(_)
        | Type::List(_)
        | Type::Map(_)
        | Type::Json(_)
        | Type::Enum(_) => ty.clone(),
        _ => dice
            .pick(&[
                Type::String,
                Type::DateTime,
                Type::Integer,
                Type::Timestamp(Epoch::Seconds),
                Type::Timestamp(Epoch::Millis),
                Type::Uuid,
                Type::Binary,
                Type::Url,
                Type::Boolean,
                Type::Any,
            ])
            .clone(),
    }
}
