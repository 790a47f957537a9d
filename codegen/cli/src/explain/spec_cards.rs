//! The cards of the subjects in types, operations and results, and the choice between all cards.

use super::body::{EnumBody, FieldBody, NoBody, ObjectBody, OperationBody, PartFact, UsedBody};
use super::card::{Card, Details, DisputeCard, Head, SpecCard};
use super::subject::Subject;
use super::union_cards::{union_card, variant_card};
use super::{api_cards, describe, flow, paths, tool_cards};
use crate::facts::{DisputeFact, Facts};
use payspec_model::describe as words;
use payspec_model::format::EnumType;
use payspec_model::model::{
    Api, Case, Code, Enum, EnumValue, Field, Model, Object, ObjectId, Operation, Origin, Side,
    Status, Type,
};
use payspec_model::pointer::pointer;
use payspec_runtime::{Location, MediaType, Sensitive, Style};

impl<'m> Subject<'m> {
    /// Returns the card of the subject.
    pub(super) fn card(&self, model: &'m Model) -> Card<'m> {
        let facts = |api: &'m Api| Facts { model, api };
        let head = Head::of(self);
        match *self {
            Subject::Code(api, _, code) => Card::Code(code_card(head, facts(api), code)),
            Subject::Status(api, status) => Card::Status(status_card(head, facts(api), status)),
            Subject::Field(api, _, field) => Card::Field(field_card(head, facts(api), field)),
            Subject::Object(api, object) => Card::Object(object_card(head, facts(api), object)),
            Subject::Enum(api, set) => Card::Enum(enum_card(head, facts(api), set)),
            Subject::Value(api, set, value) => {
                Card::Value(value_card(head, facts(api), set, value))
            }
            Subject::Union(api, union) => Card::Union(union_card(head, facts(api), union)),
            Subject::UnionObject(api, union, variant) => {
                Card::Value(variant_card(head, facts(api), union, variant))
            }
            Subject::Operation(api, operation) => {
                Card::Operation(operation_card(head, facts(api), operation))
            }
            Subject::Flow(api, flow) => Card::Flow(flow::card(head, facts(api), flow)),
            Subject::Dispute(api, dispute) => Card::Dispute(DisputeCard {
                head,
                api: &api.id,
                meaning: &dispute.question,
                disputes: [facts(api).dispute(dispute)],
            }),
            Subject::Api(api) => Card::Api(api_cards::api(head, facts(api))),
            Subject::Source(api, source) => {
                Card::Source(api_cards::source(head, facts(api), source))
            }
            Subject::Host(api, host) => Card::Host(api_cards::host(head, facts(api), host)),
            Subject::Header(api, side, header) => {
                Card::Header(api_cards::header(head, facts(api), side, header))
            }
            Subject::Wire(api) => Card::Wire(api_cards::wire(head, facts(api))),
            Subject::Signature(api, signature) => {
                Card::Signature(api_cards::signature(head, facts(api), signature))
            }
            Subject::Auth(api, auth) => Card::Auth(api_cards::auth(head, facts(api), auth)),
            Subject::Credential(api, credential) => {
                Card::Credential(api_cards::credential(head, facts(api), credential))
            }
            Subject::Diagnostic(code) => Card::Diagnostic(tool_cards::diagnostic(head, code)),
            Subject::Change(rule) => Card::Change(tool_cards::change(head, rule)),
            Subject::Policy(rule) => Card::Change(tool_cards::policy(head, rule)),
            Subject::Rule(rule) => Card::Rule(tool_cards::rule(head, rule)),
            Subject::Drift(rule) => Card::Drift(tool_cards::drift(head, rule)),
        }
    }
}

/// Returns the disputes about these places.
pub(super) fn disputes<'m>(facts: Facts<'m>, origins: &[Origin]) -> Vec<DisputeFact<'m>> {
    disputes_in(facts, origins, &[])
}

fn disputes_in<'m>(
    facts: Facts<'m>,
    origins: &[Origin],
    places: &[String],
) -> Vec<DisputeFact<'m>> {
    let about = facts.api.disputes_about(origins, places);
    about
        .into_iter()
        .map(|dispute| facts.dispute(dispute))
        .collect()
}

fn status_card<'m>(head: Head, facts: Facts<'m>, status: &'m Status) -> SpecCard<'m, NoBody> {
    let mut details = Details::default();
    details.add("class", status.class.as_str());
    SpecCard {
        head,
        api: &facts.api.id,
        meaning: status.description.clone(),
        details,
        body: NoBody {},
        disputes: disputes(facts, &[status.origin]),
        sources: facts.sources(&status.sources),
        spec: facts.place(status.origin),
    }
}

fn code_card<'m>(head: Head, facts: Facts<'m>, code: &'m Code) -> SpecCard<'m, UsedBody> {
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
        disputes: disputes_in(facts, &[code.origin], &used_in),
        body: UsedBody { used_in },
        sources: facts.sources(&code.sources),
        spec: facts.place(code.origin),
    }
}

fn field_card<'m>(head: Head, facts: Facts<'m>, field: &'m Field) -> SpecCard<'m, FieldBody<'m>> {
    let mut details = Details::default();
    details.add("type", words::type_name(facts.api, &field.ty));
    details.add(
        "required",
        if field.required {
            "yes"
        } else {
            "no, unless a constraint says so"
        },
    );
    let answers = facts.api.operations.iter().find_map(|operation| {
        let body = operation.response.as_ref()?;
        let mut fields = body.object.fields.iter();
        let is_here = fields.any(|one| std::ptr::eq(one, field));
        is_here.then(|| words::statuses_with_field(operation, body, &field.name))?
    });
    details.maybe("in_answers", answers.map(|text| text.replace('`', "")));
    let location = Some(field.location).filter(|location| *location != Location::Body);
    details.maybe("in", location.map(Location::as_str));
    let style = Some(field.style).filter(|style| *style != Style::Repeat);
    details.maybe("style", style.map(words::style));
    let default = field.default.as_ref();
    details.maybe("default", default.map(|default| default.text.as_str()));
    if !field.unknown_limits.is_empty() {
        details.add("limits_unknown", field.unknown_limits.join(", "));
    }
    let money = facts.api.amount(field).map(words::amount);
    details.maybe("money", money.map(|text| text.replace('`', "")));
    details.maybe("null", field.nullable.then_some("is a value"));
    details.maybe("sensitive", field.sensitive.map(Sensitive::as_str));
    details.lifecycle(field.since.as_ref(), field.deprecated.as_ref());
    if field.sensitive.is_none() {
        details.maybe("example", field.example.as_deref());
    }
    let mut constraints = describe::of_field(facts, field);
    let mut used_in = Vec::new();
    let mut defaults = Vec::new();
    let mut origins = vec![field.origin];
    for place in paths::uses(facts.api) {
        if !std::ptr::eq(place.field, field) {
            continue;
        }
        let here = place
            .body
            .refinements
            .iter()
            .filter(|refinement| refinement.path == place.names);
        for refinement in here {
            constraints.extend(describe::of_refinement(facts, refinement, &place.path));
            if let Some(default) = &refinement.default {
                defaults.push(format!("{}: {}", place.path, default.text));
            }
            origins.push(refinement.origin);
        }
        used_in.push(place.path);
    }
    details.lines("default_in", defaults);
    SpecCard {
        head,
        api: &facts.api.id,
        meaning: field.description.clone(),
        details,
        disputes: disputes_in(facts, &origins, &used_in),
        body: FieldBody {
            constraints,
            used_in,
        },
        sources: facts.sources(&field.sources),
        spec: facts.place(field.origin),
    }
}

fn object_card<'m>(
    head: Head,
    facts: Facts<'m>,
    object: &'m Object,
) -> SpecCard<'m, ObjectBody<'m>> {
    let mut details = Details::default();
    details.lifecycle(object.since.as_ref(), object.deprecated.as_ref());
    let removed: Vec<String> = object
        .removed_fields
        .iter()
        .map(|field| format!("{} ({})", field.name, field.date))
        .collect();
    if !removed.is_empty() {
        details.add("removed_fields", removed.join(", "));
    }
    let constraints = describe::of_object(facts, object);
    let fields = object
        .fields
        .iter()
        .map(|field| PartFact {
            name: field.name.as_str().into(),
            ty: Some(words::type_name(facts.api, &field.ty)),
            meaning: &field.description,
        })
        .collect();
    let is_it = |id: ObjectId| std::ptr::eq(facts.api.object(id), object);
    let mut used_in = users(facts.api, |ty| ty.object().is_some_and(is_it));
    for union in &facts.api.unions {
        let variants = union.variants.iter().filter(|one| is_it(one.object));
        used_in.extend(variants.map(|one| format!("{}.{}", union.name, one.tag)));
    }
    let bodies = facts.api.operations.iter().flat_map(describe::bodies);
    let whole = bodies.filter(|(_, body)| body.named.iter().any(|id| is_it(*id)));
    used_in.extend(whole.map(|(_, body)| body.object.name.clone()));
    SpecCard {
        head,
        api: &facts.api.id,
        meaning: object.description.clone(),
        details,
        disputes: disputes(facts, &[object.origin]),
        body: ObjectBody {
            constraints,
            fields,
            used_in,
        },
        sources: facts.sources(&object.sources),
        spec: facts.place(object.origin),
    }
}

fn enum_card<'m>(head: Head, facts: Facts<'m>, set: &'m Enum) -> SpecCard<'m, EnumBody<'m>> {
    let mut details = Details::default();
    match set.ty {
        EnumType::Integer => details.add("type", "integer"),
        EnumType::String => {}
    }
    details.add("open", words::open_enum(set.open));
    let values = set
        .values
        .iter()
        .map(|value| PartFact {
            name: value.name.as_str().into(),
            ty: None,
            meaning: &value.description,
        })
        .collect();
    let used_in = enum_users(facts.api, set);
    SpecCard {
        head,
        api: &facts.api.id,
        meaning: set.description.clone(),
        details,
        disputes: disputes(facts, &[set.origin]),
        body: EnumBody { values, used_in },
        sources: facts.sources(&set.sources),
        spec: facts.place(set.origin),
    }
}

fn value_card<'m>(
    head: Head,
    facts: Facts<'m>,
    set: &'m Enum,
    value: &'m EnumValue,
) -> SpecCard<'m, UsedBody> {
    let mut details = Details::default();
    details.add("value_of", set.name.as_str());
    details.lifecycle(None, value.deprecated.as_ref());
    let used_in = enum_users(facts.api, set);
    SpecCard {
        head,
        api: &facts.api.id,
        meaning: value.description.clone(),
        details,
        disputes: disputes(facts, &[value.origin]),
        body: UsedBody { used_in },
        sources: facts.sources(&value.sources),
        spec: facts.place(value.origin),
    }
}

fn operation_card<'m>(
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
        disputes: disputes_in(facts, &origins, std::slice::from_ref(&operation.id)),
        body: OperationBody {
            constraints,
            decisions,
        },
        sources: facts.sources(&operation.sources),
        spec: facts.place(operation.origin),
    }
}

fn enum_users(api: &Api, set: &Enum) -> Vec<String> {
    users(api, |ty| {
        let Type::Enum(id) = ty else { return false };
        std::ptr::eq(api.enumeration(*id), set)
    })
}

/// Returns the fields whose type, or element type, is the wanted one.
pub(super) fn users(api: &Api, wanted: impl Fn(&Type) -> bool) -> Vec<String> {
    let bodies = api
        .operations
        .iter()
        .flat_map(describe::bodies)
        .map(|(_, body)| &body.object);
    let mut found = Vec::new();
    for object in api.objects.iter().chain(bodies) {
        for field in &object.fields {
            if wanted(field.ty.innermost()) {
                found.push(format!("{}.{}", object.name, field.name));
            }
        }
    }
    found
}
