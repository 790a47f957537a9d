//! The cards of operations, statuses and result codes.

use super::body::{NoBody, OperationBody, PartFact, UsedBody};
use super::describe;
use super::details::Details;
use super::head::Head;
use super::spec_card::SpecCard;
use crate::facts::Facts;
use payspec_model::describe as words;
use payspec_model::model::{Case, Code, Operation, Side, Status};
use payspec_model::pointer::pointer;
use payspec_runtime::MediaType;

/// Explains an operation.
pub(super) fn operation<'m>(
    head: Head,
    facts: Facts<'m>,
    operation: &'m Operation,
) -> SpecCard<'m, OperationBody<'m>> {
    let mut details = Details::default();
    details.add("title", operation.title.as_str());
    details.add("path", operation.path.as_str());
    let media_type = operation.body_type();
    let media_type = media_type.filter(|media_type| *media_type != MediaType::Json);
    details.maybe("media_type", media_type.map(MediaType::as_str));
    details.add("caller", operation.caller.as_str());
    let encrypted = operation.encrypted.as_ref();
    details.maybe("encrypted", encrypted.map(|one| format!("/{}", one.field)));
    let pagination = operation.pagination.as_ref().map(|one| {
        let facts = one.facts().into_iter();
        let parts: Vec<String> = facts
            .map(|(name, place)| format!("{name}: {place}"))
            .collect();
        parts.join(", ")
    });
    details.maybe("pagination", pagination);
    let each = operation.each.as_ref();
    details.maybe("each", each.map(|each| pointer(&each.path())));
    let event_id = operation.event_id.iter().map(|path| pointer(path));
    details.lines("event_id", event_id);
    details.maybe("extends", operation.extends.as_deref());
    let over = facts.api.operations.iter();
    let over = over.filter(|other| other.extends.as_ref() == Some(&operation.id));
    let over: Vec<&str> = over.map(|other| other.id.as_str()).collect();
    if !over.is_empty() {
        details.add("extended_by", over.join(", "));
    }
    details.lifecycle(operation.since.as_ref(), operation.deprecated.as_ref());
    if let Some(idempotency) = &operation.idempotency {
        details.add("idempotency_key", pointer(&idempotency.key));
        details.add("idempotency", idempotency.description.as_str());
        let lifetime = idempotency.lifetime.map(|lifetime| lifetime.to_string());
        details.maybe("idempotency_lifetime", lifetime);
    }
    let mut decisions = Vec::new();
    for decision in operation.result.iter().flat_map(|result| &result.decisions) {
        let kind = decision.decide.as_str();
        let cases = decision.cases.iter().map(Case::to_string);
        let cases: Vec<String> = cases.collect();
        let with = match cases.is_empty() {
            true => String::new(),
            false => format!(" with {}", cases.join(", ")),
        };
        let name = &decision.name;
        decisions.push(PartFact {
            name: format!("{}{with}", decision.status).into(),
            ty: Some(if name == kind {
                name.clone()
            } else {
                format!("{name} ({kind})")
            }),
            meaning: &decision.description,
        });
    }
    let mut constraints = Vec::new();
    let mut defaults = Vec::new();
    let mut origins = vec![operation.origin];
    origins.extend(operation.result.as_ref().map(|result| result.origin));
    origins.extend(operation.idempotency.as_ref().map(|rule| rule.origin));
    for (side, body) in describe::bodies(operation) {
        let name = match side {
            Side::Request => "request",
            Side::Response => "response",
        };
        // An abstract operation has no types.
        if over.is_empty() {
            details.add(name, body.object.name.as_str());
        }
        constraints.extend(describe::of_body(facts, body));
        for refinement in &body.refinements {
            let at = pointer(&refinement.path);
            if let Some(default) = &refinement.default {
                defaults.push(format!("{at}: {}", default.text));
            }
            constraints.extend(describe::of_refinement(facts, refinement, &at));
        }
    }
    details.lines("default_in", defaults);
    SpecCard {
        head,
        api: &facts.api.id,
        meaning: operation.description.clone(),
        details,
        disputes: facts.disputes_about(&origins, std::slice::from_ref(&operation.id)),
        body: OperationBody {
            constraints,
            decisions,
        },
        sources: facts.sources(&operation.sources),
        spec: facts.place(operation.origin),
    }
}

/// Explains a status.
pub(super) fn status<'m>(head: Head, facts: Facts<'m>, status: &'m Status) -> SpecCard<'m, NoBody> {
    let mut details = Details::default();
    details.add("class", status.class.as_str());
    SpecCard {
        head,
        api: &facts.api.id,
        meaning: status.description.clone(),
        details,
        body: NoBody {},
        disputes: facts.disputes_about(&[status.origin], &[]),
        sources: facts.sources(&status.sources),
        spec: facts.place(status.origin),
    }
}

/// Explains a result code.
pub(super) fn code<'m>(head: Head, facts: Facts<'m>, code: &'m Code) -> SpecCard<'m, UsedBody> {
    let mut details = Details::default();
    let (who, step) = words::next_step(code.next_step);
    details.add("status", code.status.as_str());
    let mut results = facts
        .api
        .operations
        .iter()
        .filter_map(|one| one.result.as_ref());
    let of = results.find(|result| result.codes.iter().any(|one| one.origin == code.origin));
    let class = of.and_then(|result| facts.api.class(result, &code.status));
    details.maybe("class", class.map(|class| class.as_str()));
    details.add("next_step", code.next_step.as_str());
    details.add("who_acts", format!("{who}: {step}"));
    details.add("action", code.action.as_str());
    details.add("resend", code.resend.as_str());
    details.add("resend_means", words::resend(code.resend));
    details.lifecycle(None, code.deprecated.as_ref());
    let has = |operation: &&Operation| {
        let mut codes = operation.result.iter().flat_map(|result| &result.codes);
        codes.any(|other| other == code)
    };
    let operations = facts.api.operations.iter().filter(has);
    let used_in: Vec<String> = operations.map(|operation| operation.id.clone()).collect();
    SpecCard {
        head,
        api: &facts.api.id,
        meaning: code.meaning.clone(),
        details,
        disputes: facts.disputes_about(&[code.origin], &used_in),
        body: UsedBody { used_in },
        sources: facts.sources(&code.sources),
        spec: facts.place(code.origin),
    }
}
