//! Finds the fields, codes, headers and disputes that decide whether money moves.

use std::collections::BTreeSet;

use super::location::{Item, Location};
use payspec_model::model::{
    Api, Body, Decision, Direction, FlowEvent, Model, Object, Operation, Origin, ResultHandling,
    Role, Side, Type,
};
use payspec_model::pointer::pointer;

/// Returns whether a place is a field, a code or a header that decides whether money moves, how
/// often, how much, or what a caller believes about it, or a dispute about one of these.
pub(super) fn decides(model: &Model, place: &Location) -> bool {
    let Some(api) = model.api(&place.api) else {
        return false;
    };
    match &place.subject {
        Item::Dispute(id) => {
            let mut disputes = api.disputes.iter();
            disputes
                .find(|dispute| dispute.id == *id)
                .is_some_and(|dispute| {
                    let about = origins(api);
                    about.iter().any(|origin| dispute.concerns(*origin))
                })
        }
        Item::Field(side, at) => {
            let id = place.operation.as_deref();
            let operation = id.and_then(|id| api.operation(id));
            let mut fields = operation.into_iter().flat_map(|one| fields(api, one));
            fields.any(|(of, path)| of == *side && pointer(&path) == *at)
        }
        Item::Code(code) => {
            let operation = place.operation.as_deref();
            operation.is_some_and(|operation| leads_on(api, operation, code))
        }
        Item::Header(Side::Response, name) => {
            let signature = api.signature.as_ref();
            signature.is_some_and(|signature| signature.header.eq_ignore_ascii_case(name))
        }
        Item::Api
        | Item::Operation
        | Item::Signature
        | Item::Auth
        | Item::Credential(_)
        | Item::Wire
        | Item::Idempotency
        | Item::Result
        | Item::Responses
        | Item::Response(_)
        | Item::ResponseField(..)
        | Item::Decision(_)
        | Item::Body(_)
        | Item::Status(_)
        | Item::Host(_)
        | Item::Prefix(_)
        | Item::Object(_)
        | Item::Member(..)
        | Item::Enum(_)
        | Item::EnumValue(..)
        | Item::Union(_)
        | Item::UnionObject(..)
        | Item::Flow(_)
        | Item::FlowState(..)
        | Item::FlowEvent(..)
        | Item::Example(_)
        | Item::Source(_)
        | Item::Header(Side::Request, _) => false,
    }
}

/// Returns whether a code itself, and not only its status, moves a flow on or signals a conflict.
fn leads_on(api: &Api, operation: &str, code: &str) -> bool {
    let rule = api.operation(operation);
    let rule = rule.and_then(|operation| operation.idempotency.as_ref());
    let conflict = rule.and_then(|rule| rule.conflict_code.as_deref());
    let states = api.flows.iter().flat_map(|flow| &flow.states);
    let mut rows = states.flat_map(|state| match &state.role {
        Role::Step(step) => step.rows.as_slice(),
        Role::End(_) => &[],
    });
    conflict == Some(code)
        || rows.any(|row| match &row.event {
            FlowEvent::Outcome {
                operation: of,
                outcome: _,
                code: Some(with),
            } => of == operation && with == code,
            FlowEvent::Outcome { .. }
            | FlowEvent::NoAnswer
            | FlowEvent::Exhausted
            | FlowEvent::Expired => false,
        })
}

/// Returns the positions at which an API states what decides about money.
fn origins(api: &Api) -> BTreeSet<Origin> {
    let mut found = BTreeSet::new();
    for object in &api.objects {
        amounts(object, &mut found);
    }
    found.extend(api.statuses.iter().map(|status| status.origin));
    found.extend(api.signature.iter().map(|signature| signature.origin));
    found.extend(api.servers.iter().map(|prefix| prefix.origin));
    for operation in &api.operations {
        of_operation(api, operation, &mut found);
    }
    for flow in &api.flows {
        found.insert(flow.origin);
        for state in &flow.states {
            found.insert(state.origin);
            if let Role::Step(step) = &state.role {
                found.insert(step.origin);
                found.extend(step.rows.iter().map(|row| row.origin));
            }
        }
    }
    found
}

/// Adds the currencies and the numbers of amounts, and the object that holds them.
fn amounts(object: &Object, found: &mut BTreeSet<Origin>) {
    for amount in &object.amounts {
        found.insert(object.origin);
        let parts = amount.fields();
        found.extend(parts.filter_map(|name| Some(object.field(name)?.origin)));
    }
}

/// Returns the fields of an operation that decide: the idempotency key and the fields that must
/// repeat with it, those that bound a flow that the operation pays for, and those that judge its
/// answer.
fn fields(api: &Api, operation: &Operation) -> Vec<(Side, Vec<String>)> {
    let mut found = Vec::new();
    if let Some(rule) = &operation.idempotency {
        let paths = rule.must_repeat.iter().chain([&rule.key]);
        found.extend(paths.map(|path| (Side::Request, path.clone())));
    }
    let flows = api.flows.iter();
    let expires = flows.filter(|flow| flow.principal == operation.id);
    let expires = expires.filter_map(|flow| flow.expires.clone());
    found.extend(expires.map(|path| (Side::Request, path)));
    let mut sides = Side::ALL.iter().copied();
    let judged = sides.find(|side| operation.direction(*side) == Direction::Incoming);
    if let (Some(result), Some(side)) = (&operation.result, judged) {
        let decisive = operation.decisive(api).into_iter();
        found.extend(decisive.map(|path| (side, path)));
        for Decision { cases, needs, .. } in &result.decisions {
            let paths = cases.iter().map(|case| &case.by).chain(needs);
            found.extend(paths.map(|path| (side, path.clone())));
        }
    }
    found
}

fn of_operation(api: &Api, operation: &Operation, found: &mut BTreeSet<Origin>) {
    for body in operation.bodies() {
        amounts(&body.object, found);
    }
    for (side, path) in fields(api, operation) {
        if let Some(body) = operation.body(side) {
            field(api, body, &path, found);
        }
    }
    found.extend(operation.idempotency.iter().map(|rule| rule.origin));
    if let Some(result) = &operation.result {
        let ResultHandling {
            // The operation's own lists name these fields.
            status: _,
            code: _,
            message: _,
            references: _,
            agrees: _,
            decisions,
            codes,
            shared_codes: _,
            origin,
        } = result;
        found.insert(*origin);
        found.extend(decisions.iter().map(|decision| decision.origin));
        found.extend(codes.iter().map(|code| code.origin));
    }
}

/// Adds the field at a path, its refinements, and the texts that it can have.
fn field(api: &Api, body: &Body, path: &[String], found: &mut BTreeSet<Origin>) {
    let refinements = body.refinements.iter().filter(|one| one.path == path);
    found.extend(refinements.map(|one| one.origin));
    let mut holder = Some(&body.object);
    for (at, name) in path.iter().enumerate() {
        let Some(field) = holder.and_then(|holder| holder.field(name)) else {
            return;
        };
        if at + 1 == path.len() {
            found.insert(field.origin);
            if let Type::Enum(id) = &field.ty {
                let one = api.enumeration(*id);
                found.insert(one.origin);
                found.extend(one.values.iter().map(|value| value.origin));
            }
        }
        holder = field.ty.object().map(|id| api.object(id));
    }
}
