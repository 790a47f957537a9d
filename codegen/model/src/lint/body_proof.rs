//! Signatures inside of bodies: what decides must be signed.

use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::model::{Api, BodyProof, Caller, Operation, Origin, ResultHandling, StatusPlace, Type};
use crate::pointer::pointer;
use crate::source::SourceMap;

/// Reports each notification that decides something by a value that its signature does not cover.
pub(super) fn check(api: &Api, sources: &SourceMap, diagnostics: &mut Diagnostics) {
    let Some(proof) = api.auth.as_ref().and_then(|auth| auth.body_proof.as_ref()) else {
        return;
    };
    let notifications = api.operations.iter();
    let notifications = notifications.filter(|one| one.caller == Caller::Provider);
    for operation in notifications {
        for (at, message) in wrong(api, proof, operation) {
            let bad = Diagnostic::new(&codes::NOT_SIGNED, message);
            let content = sources.word_at(proof.origin);
            let bad = bad.at(sources.word_at(at), "").also(content, "signed here");
            diagnostics.extend([bad]);
        }
    }
}

/// Returns what is wrong, and where.
fn wrong(api: &Api, proof: &BodyProof, operation: &Operation) -> Vec<(Origin, String)> {
    let (id, object) = (&operation.id, &operation.request.object);
    let caller = operation.origins.caller;
    let object_of = |ty: &Type| {
        let Type::Object(id) = ty else { return None };
        Some(api.object(*id))
    };
    let mut wrong = Vec::new();
    if !operation.method.has_body() {
        wrong.push((caller, format!("`{id}` has no body that could be signed")));
    }
    if operation.encrypted.is_some() {
        let message = format!("the signed values of `{id}` are encrypted");
        wrong.push((caller, message));
    }
    for path in &proof.content {
        let found = path.split_last().and_then(|(last, way)| {
            let mut inner = object;
            for name in way {
                inner = object_of(&inner.field(name)?.ty)?;
            }
            inner.field(last)
        });
        if !found.is_some_and(|field| is_single(&field.ty)) {
            let message = format!(
                "the signed `{}` is not a single value of `{id}`",
                pointer(path)
            );
            wrong.push((caller, message));
        }
    }
    let result = operation.result.iter();
    let deciding = result.flat_map(|result| deciding(result));
    let named = operation.event_id.iter().map(|path| (caller, path));
    for (at, path) in deciding.chain(named) {
        if !proof.covers(object, path, &object_of) {
            let message = format!("`{}` of `{id}` is not signed", pointer(path));
            if !wrong.contains(&(at, message.clone())) {
                wrong.push((at, message));
            }
        }
    }
    wrong
}

/// Returns the paths of everything that a decision, or its payment, follows from.
fn deciding(result: &ResultHandling) -> Vec<(Origin, &Vec<String>)> {
    let status = match &result.status {
        StatusPlace::Field(path) => Some(path),
        StatusPlace::HttpStatus | StatusPlace::Always(_) => None,
    };
    let agrees = result.agrees.iter().map(|agreement| &agreement.path);
    let own = status
        .into_iter()
        .chain(&result.code)
        .chain(&result.references);
    let own = own.chain(agrees).map(|path| (result.origin, path));
    let decisions = result.decisions.iter().flat_map(|decision| {
        let by = decision.cases.iter().map(|case| &case.by);
        let paths = by.chain(&decision.needs).chain(&decision.payload);
        paths.map(|path| (decision.origin, path))
    });
    own.chain(decisions).collect()
}

/// Returns whether a value is a JSON string, number or boolean.
fn is_single(ty: &Type) -> bool {
    match ty {
        Type::String
        | Type::Integer
        | Type::Decimal
        | Type::Boolean
        | Type::DateTime
        | Type::Date
        | Type::Timestamp(_)
        | Type::Uuid
        | Type::Binary
        | Type::Url
        | Type::Country
        | Type::Currency(_)
        | Type::Enum(_) => true,
        Type::Object(_)
        | Type::List(_)
        | Type::Map(_)
        | Type::Union(_)
        | Type::Json(_)
        | Type::Any => false,
    }
}
