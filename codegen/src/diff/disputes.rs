//! Which disputes are about what decides whether money moves.

use std::collections::BTreeSet;

use super::place::{Place, Subject};
use crate::model::{
    Api, Body, Code, Decision, Idempotency, Model, Object, Operation, Origin, ResultHandling, Role,
    Type,
};

/// Whether a place is a dispute about something that decides whether money moves, how often, how much, or
/// what a caller believes of it.
pub(super) fn decides(model: &Model, place: &Place) -> bool {
    let Subject::Dispute(id) = &place.subject else {
        return false;
    };
    let api = model.apis.iter().find(|api| api.id == place.api);
    let dispute = api.and_then(|api| {
        let mut disputes = api.disputes.iter();
        Some((api, disputes.find(|dispute| dispute.id == *id)?))
    });
    dispute.is_some_and(|(api, dispute)| {
        let about = origins(api);
        about.iter().any(|origin| dispute.concerns(*origin))
    })
}

/// Where an API states what decides about money.
fn origins(api: &Api) -> BTreeSet<Origin> {
    let mut found = BTreeSet::new();
    for object in &api.objects {
        amount(object, &mut found);
    }
    found.extend(api.statuses.iter().map(|status| status.origin));
    found.extend(api.signature.iter().map(|signature| signature.origin));
    found.extend(api.path_prefixes.iter().map(|prefix| prefix.origin));
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
        let principal = api.operation(&flow.principal);
        for (operation, path) in principal.into_iter().zip(&flow.expires) {
            field(api, &operation.request, path, &mut found);
        }
    }
    found
}

/// The currency and the number of an amount, and the object that makes them one.
fn amount(object: &Object, found: &mut BTreeSet<Origin>) {
    if let Some(amount) = &object.amount {
        found.insert(object.origin);
        let parts = [&amount.currency, &amount.value].into_iter();
        found.extend(parts.filter_map(|name| Some(object.field(name)?.origin)));
    }
}

fn of_operation(api: &Api, operation: &Operation, found: &mut BTreeSet<Origin>) {
    for body in operation.bodies() {
        amount(&body.object, found);
    }
    if let Some(rule) = &operation.idempotency {
        let Idempotency {
            key,
            must_repeat,
            settled: _,
            conflict_code: _,
            description: _,
            sources: _,
            origin,
        } = rule;
        found.insert(*origin);
        for path in must_repeat.iter().chain([key]) {
            field(api, &operation.request, path, found);
        }
    }
    let (Some(result), Some(body)) = (&operation.result, operation.judged()) else {
        return;
    };
    let ResultHandling {
        // Where these are found is asked of the operation.
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
    for path in operation.decisive(api) {
        field(api, body, &path, found);
    }
    for decision in decisions {
        let Decision {
            status: _,
            case,
            decide: _,
            name: _,
            description: _,
            payload: _,
            needs,
            actions: _,
            sources: _,
            origin,
        } = decision;
        found.insert(*origin);
        let by = case.iter().map(|case| &case.by);
        for path in by.chain(needs) {
            field(api, body, path, found);
        }
    }
    found.extend(codes.iter().map(|Code { origin, .. }| *origin));
}

/// The field at a path, what refines it, and the texts that it can have.
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
