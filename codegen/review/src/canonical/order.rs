//! Sorts lists whose order has no meaning.

use super::simplify;
use payspec_model::model::{
    Alternatives, Api, Body, Condition, Field, Flow, Met, Object, Operation, ResultHandling, Role,
    StateId, Strength, Target, Type,
};

/// Sorts the lists of an API.
pub(super) fn sort(api: &mut Api) {
    for one in &mut api.enums {
        one.values.sort_by(|one, other| one.name.cmp(&other.name));
    }
    for one in &mut api.unions {
        one.variants.sort_by(|one, other| one.tag.cmp(&other.tag));
    }
    for object in &mut api.objects {
        sort_object(object);
    }
    api.statuses.sort_by(|one, other| one.name.cmp(&other.name));
    api.hosts
        .sort_by(|one, other| (&one.region, &one.host).cmp(&(&other.region, &other.host)));
    for headers in [&mut api.request_headers, &mut api.response_headers] {
        for header in headers.iter_mut() {
            header.name.make_ascii_lowercase();
        }
        headers.sort_by(|one, other| one.name.cmp(&other.name));
    }
    if let Some(signature) = &mut api.signature {
        signature.header.make_ascii_lowercase();
    }
    for operation in &mut api.operations {
        sort_operation(operation);
    }
    api.operations.sort_by(|one, other| one.id.cmp(&other.id));
    api.flows.iter_mut().for_each(sort_flow);
}

fn sort_object(object: &mut Object) {
    object.at_least_one_of.iter_mut().for_each(sort_group);
    object
        .at_least_one_of
        .sort_by(|one, other| one.fields.cmp(&other.fields));
    object
        .amounts
        .sort_by(|one, other| one.value.cmp(&other.value));
    for amount in &mut object.amounts {
        amount
            .multiple_of
            .sort_by(|one, other| one.currency.cmp(&other.currency));
    }
    object.fields.iter_mut().for_each(sort_field);
}

fn sort_group(group: &mut Alternatives) {
    group.fields.sort();
}

fn sort_field(field: &mut Field) {
    simplify(&mut field.constraints, None);
    sort_type(&mut field.ty);
    sort_conditions(&mut field.required_when);
    sort_conditions(&mut field.forbidden_when);
}

/// Merges the rules of what a list or map contains.
fn sort_type(ty: &mut Type) {
    if let Type::Map(map) = ty {
        simplify(&mut map.keys, None);
    }
    if let Some(element) = ty.element_mut() {
        simplify(&mut element.constraints, None);
        sort_type(&mut element.ty);
    }
}

/// Merges conditions on one field that differ only in their texts; those with words or of another
/// strength stay apart.
pub(super) fn sort_conditions(conditions: &mut Vec<Condition>) {
    let strength = |one: &Strength| (one.severity, one.direction);
    let mut kept: Vec<Condition> = Vec::new();
    for one in conditions.drain(..) {
        let known = kept.iter_mut().find_map(|known| {
            let same = known.text == one.text
                && strength(&known.strength) == strength(&one.strength)
                && known.test.as_ref().map(|test| &test.path)
                    == one.test.as_ref().map(|test| &test.path);
            if same { texts(known) } else { None }
        });
        let mut one = one;
        match (known, texts(&mut one)) {
            (Some(known), Some(own)) => known.append(own),
            (Some(_) | None, _) => kept.push(one),
        }
    }
    for texts in kept.iter_mut().filter_map(texts) {
        texts.sort();
        texts.dedup();
    }
    kept.sort_by_cached_key(|one| {
        let test = one.test.as_ref();
        test.map(|test| {
            let absent = test.met == Met::Absent;
            (test.path.clone(), absent, test.met.values().to_vec())
        })
    });
    *conditions = kept;
}

/// Returns the texts that meet a condition, if it lists any.
fn texts(condition: &mut Condition) -> Option<&mut Vec<String>> {
    match &mut condition.test.as_mut()?.met {
        Met::OneOf(texts) => Some(texts),
        Met::Present | Met::Absent => None,
    }
}

fn sort_operation(operation: &mut Operation) {
    sort_body(&mut operation.request);
    operation.response.iter_mut().for_each(sort_body);
    operation.result.iter_mut().for_each(sort_result);
    if let Some(rule) = &mut operation.idempotency {
        rule.must_repeat.sort();
        rule.settled.sort();
    }
}

fn sort_body(body: &mut Body) {
    sort_object(&mut body.object);
    body.same_currency
        .sort_by(|one, other| one.paths.cmp(&other.paths));
}

fn sort_result(result: &mut ResultHandling) {
    result
        .agrees
        .sort_by(|one, other| one.path.cmp(&other.path));
    result
        .decisions
        .sort_by(|one, other| (&one.status, &one.cases).cmp(&(&other.status, &other.cases)));
    for decision in &mut result.decisions {
        decision.needs.sort();
        decision.actions.sort_by_key(|action| action.as_str());
    }
    for code in &mut result.codes {
        code.shared = false;
    }
    result.codes.sort_by(|one, other| one.name.cmp(&other.name));
}

/// The states by their names, and the events of each.
fn sort_flow(flow: &mut Flow) {
    flow.notified_by.sort();
    flow.proves.sort();
    flow.with
        .sort_by(|one, other| (&one.to, &one.field).cmp(&(&other.to, &other.field)));
    let mut order: Vec<usize> = (0..flow.states.len()).collect();
    order.sort_by(|one, other| flow.states[*one].name.cmp(&flow.states[*other].name));
    let mut to = vec![0; order.len()];
    for (new, old) in order.iter().enumerate() {
        to[*old] = new;
    }
    flow.starts = StateId(to[flow.starts.0]);
    for state in &mut flow.states {
        if let Role::Step(step) = &mut state.role {
            for row in &mut step.rows {
                row.target = match row.target {
                    Target::State(id) => Target::State(StateId(to[id.0])),
                    Target::Again => Target::Again,
                    Target::Stay => Target::Stay,
                };
            }
            step.rows.sort_by(|one, other| one.event.cmp(&other.event));
        }
    }
    flow.states.sort_by(|one, other| one.name.cmp(&other.name));
}
