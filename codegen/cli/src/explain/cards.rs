//! Fills the card of each kind of subject.

use payspec_runtime::RuleId;

use super::card::{Card, ChangeFact, PartFact};
use super::subject::Subject;
use super::{api_cards, describe, flow, paths, words};
use crate::facts::Facts;
use payspec_model::diagnostic::Code as DiagnosticCode;
use payspec_model::model::{
    Api, Code, Deprecated, Direction, Dispute, Enum, EnumValue, Field, Model, Object, Operation,
    Origin, Side, Since, SourceIds, Type,
};
use payspec_page::drift::rules as drift;
use payspec_review::approvals::PolicyRule;
use payspec_review::catalogue::{Equivalents, Example};
use payspec_runtime::Sensitive;

impl<'m> Subject<'m> {
    /// Returns the card of the subject.
    pub(super) fn card(&self, model: &'m Model) -> Card<'m> {
        let facts = |api: &'m Api| Facts { model, api };
        let mut card = match *self {
            Subject::Code(api, _, code) => code_card(facts(api), code),
            Subject::Status(api, status) => {
                let mut card = Card {
                    meaning: status.description.clone(),
                    ..Card::default()
                };
                card.facts.add("class", status.class.as_str());
                card.stands(facts(api), &status.sources, status.origin);
                card.disputed(facts(api), &[status.origin]);
                card
            }
            Subject::Field(api, _, field) => field_card(facts(api), field),
            Subject::Object(api, object) => object_card(facts(api), object),
            Subject::Enum(api, set) => enum_card(facts(api), set),
            Subject::Value(api, set, value) => value_card(facts(api), set, value),
            Subject::Operation(api, operation) => operation_card(facts(api), operation),
            Subject::Flow(api, flow) => flow::card(facts(api), flow),
            Subject::Dispute(api, dispute) => {
                let mut card = Card {
                    meaning: dispute.question.clone(),
                    ..Card::default()
                };
                card.api = Some(&api.id);
                card.disputes = vec![facts(api).dispute(dispute)];
                card
            }
            Subject::Api(api) => api_cards::api(facts(api)),
            Subject::Source(api, source) => api_cards::source(facts(api), source),
            Subject::Host(api, host) => api_cards::host(facts(api), host),
            Subject::Header(api, side, header) => api_cards::header(facts(api), side, header),
            Subject::Wire(api) => api_cards::wire(facts(api)),
            Subject::Signature(api, signature) => api_cards::signature(facts(api), signature),
            Subject::Diagnostic(code) => diagnostic_card(code),
            Subject::Change(rule) => change_card(rule),
            Subject::Policy(rule) => policy_card(rule),
            Subject::Rule(rule) => rule_card(rule),
            Subject::Drift(rule) => drift_card(rule),
        };
        card.kind = self.kind();
        // Use the name without the API, because the card has the API in another place.
        card.name = self
            .names()
            .into_iter()
            .nth(1)
            .unwrap_or_else(|| self.names().remove(0));
        card
    }
}

impl<'m> Card<'m> {
    pub(super) fn stands(
        &mut self,
        facts: Facts<'m>,
        sources: &SourceIds,
        origin: payspec_model::model::Origin,
    ) {
        self.api = Some(&facts.api.id);
        self.sources = facts.sources(sources);
        self.spec = Some(facts.place(origin));
    }

    pub(super) fn disputed(&mut self, facts: Facts<'m>, origins: &[Origin]) {
        self.disputed_in(facts, origins, &[]);
    }

    /// Adds disputes. Operations share codes and types but have disputes of their own, so disputes of
    /// operations that have none of these places are left out.
    fn disputed_in(&mut self, facts: Facts<'m>, origins: &[Origin], places: &[String]) {
        let elsewhere = |dispute: &&Dispute| {
            let mut operations = facts.api.operations.iter();
            let of = operations.find(|operation| is_of(&dispute.place, &operation.id));
            of.is_some_and(|of| !places.iter().any(|place| is_of(place, &of.id)))
        };
        let about = facts.disputes_about(origins);
        let about = about.filter(|dispute| places.is_empty() || !elsewhere(dispute));
        self.disputes = about.map(|dispute| facts.dispute(dispute)).collect();
    }

    /// Adds the defaults of refinements, each after its path.
    fn defaults_in(&mut self, defaults: Vec<String>) {
        if !defaults.is_empty() {
            self.facts.add("default_in", defaults.join("\n"));
        }
    }

    fn lifecycle(&mut self, since: Option<&'m Since>, deprecated: Option<&'m Deprecated>) {
        if let Some(since) = since {
            let note = since
                .note
                .as_ref()
                .map(|note| format!(": {note}"))
                .unwrap_or_default();
            self.facts.add("since", format!("{}{note}", since.date));
        }
        if let Some(deprecated) = deprecated {
            self.facts.add("deprecated", deprecated.reason.as_str());
            self.facts
                .maybe("replacement", deprecated.replacement.as_deref());
        }
    }
}

/// Returns whether a place is in an operation.
fn is_of(place: &str, operation: &str) -> bool {
    let rest = place.strip_prefix(operation);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', ' ']))
}

fn code_card<'m>(facts: Facts<'m>, code: &'m Code) -> Card<'m> {
    let mut card = Card {
        meaning: code.meaning.clone(),
        ..Card::default()
    };
    let (who, step) = words::next_step(code.next_step);
    card.facts.add("status", code.status.as_str());
    card.facts.maybe(
        "class",
        facts
            .api
            .status(&code.status)
            .map(|status| status.class.as_str()),
    );
    card.facts.add("next_step", code.next_step.as_str());
    card.facts.add("who_acts", format!("{who}: {step}"));
    card.facts.add("action", code.action.as_str());
    card.facts.add("resend", code.resend.as_str());
    card.facts.add("resend_means", words::resend(code.resend));
    card.lifecycle(None, code.deprecated.as_ref());
    let has = |operation: &&Operation| {
        let mut codes = operation.result.iter().flat_map(|result| &result.codes);
        codes.any(|other| other == code)
    };
    let operations = facts.api.operations.iter().filter(has);
    card.used_in = operations.map(|operation| operation.id.clone()).collect();
    let places = card.used_in.clone();
    card.disputed_in(facts, &[code.origin], &places);
    card.stands(facts, &code.sources, code.origin);
    card
}

fn field_card<'m>(facts: Facts<'m>, field: &'m Field) -> Card<'m> {
    let mut card = Card {
        meaning: field.description.clone(),
        ..Card::default()
    };
    card.facts
        .add("type", describe::type_name(facts.api, &field.ty));
    card.facts.add(
        "required",
        if field.required {
            "yes"
        } else {
            "no, unless a constraint says so"
        },
    );
    let default = field.default.as_ref();
    card.facts
        .maybe("default", default.map(|default| default.text.as_str()));
    if !field.unknown_limits.is_empty() {
        card.facts
            .add("limits_unknown", field.unknown_limits.join(", "));
    }
    card.facts
        .maybe("sensitive", field.sensitive.map(Sensitive::as_str));
    card.lifecycle(field.since.as_ref(), field.deprecated.as_ref());
    if field.sensitive.is_none() {
        card.facts.maybe("example", field.example.as_deref());
    }
    card.constraints = describe::of_field(facts, field);
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
            card.constraints
                .extend(describe::of_refinement(facts, refinement, &place.path));
            if let Some(default) = &refinement.default {
                defaults.push(format!("{}: {}", place.path, default.text));
            }
            origins.push(refinement.origin);
        }
        card.used_in.push(place.path);
    }
    card.defaults_in(defaults);
    let places = card.used_in.clone();
    card.disputed_in(facts, &origins, &places);
    card.stands(facts, &field.sources, field.origin);
    card
}

fn object_card<'m>(facts: Facts<'m>, object: &'m Object) -> Card<'m> {
    let mut card = Card {
        meaning: object.description.clone(),
        ..Card::default()
    };
    card.lifecycle(object.since.as_ref(), object.deprecated.as_ref());
    let removed: Vec<String> = object
        .removed_fields
        .iter()
        .map(|field| format!("{} ({})", field.name, field.date))
        .collect();
    if !removed.is_empty() {
        card.facts.add("removed_fields", removed.join(", "));
    }
    card.constraints = describe::of_object(facts, object);
    card.parts = object
        .fields
        .iter()
        .map(|field| PartFact {
            name: field.name.as_str().into(),
            ty: Some(describe::type_name(facts.api, &field.ty)),
            meaning: &field.description,
        })
        .collect();
    card.used_in = users(facts.api, |ty| {
        ty.object()
            .is_some_and(|id| std::ptr::eq(facts.api.object(id), object))
    });
    card.disputed(facts, &[object.origin]);
    card.stands(facts, &object.sources, object.origin);
    card
}

fn enum_card<'m>(facts: Facts<'m>, set: &'m Enum) -> Card<'m> {
    let mut card = Card {
        meaning: set.description.clone(),
        ..Card::default()
    };
    let open = if set.open {
        "yes: responses may contain new values"
    } else {
        "no"
    };
    card.facts.add("open", open);
    card.parts = set
        .values
        .iter()
        .map(|value| PartFact {
            name: value.name.as_str().into(),
            ty: None,
            meaning: &value.description,
        })
        .collect();
    card.used_in = enum_users(facts.api, set);
    card.disputed(facts, &[set.origin]);
    card.stands(facts, &set.sources, set.origin);
    card
}

fn value_card<'m>(facts: Facts<'m>, set: &'m Enum, value: &'m EnumValue) -> Card<'m> {
    let mut card = Card {
        meaning: value.description.clone(),
        ..Card::default()
    };
    card.facts.add("value_of", set.name.as_str());
    card.lifecycle(None, value.deprecated.as_ref());
    card.used_in = enum_users(facts.api, set);
    card.disputed(facts, &[value.origin]);
    card.stands(facts, &value.sources, value.origin);
    card
}

fn operation_card<'m>(facts: Facts<'m>, operation: &'m Operation) -> Card<'m> {
    let mut card = Card {
        meaning: operation.description.clone(),
        ..Card::default()
    };
    card.facts.add("title", operation.title.as_str());
    card.facts.add("path", operation.path.as_str());
    card.facts.add("caller", operation.caller.as_str());
    card.facts.maybe("extends", operation.extends.as_deref());
    let over = facts.api.operations.iter();
    let over = over.filter(|other| other.extends.as_ref() == Some(&operation.id));
    let over: Vec<&str> = over.map(|other| other.id.as_str()).collect();
    if !over.is_empty() {
        card.facts.add("extended_by", over.join(", "));
    }
    card.lifecycle(operation.since.as_ref(), operation.deprecated.as_ref());
    if let Some(idempotency) = &operation.idempotency {
        card.facts.add(
            "idempotency_key",
            payspec_model::pointer::pointer(&idempotency.key),
        );
        card.facts
            .add("idempotency", idempotency.description.as_str());
    }
    for decision in operation.result.iter().flat_map(|result| &result.decisions) {
        let kind = decision.decide.as_str();
        let case = decision.case.as_ref().map(|case| {
            let by = payspec_model::pointer::pointer(&case.by);
            format!(" with {by} = {}", case.value)
        });
        let name = &decision.name;
        card.parts.push(PartFact {
            name: format!("{}{}", decision.status, case.unwrap_or_default()).into(),
            ty: Some(if name == kind {
                name.clone()
            } else {
                format!("{name} ({kind})")
            }),
            meaning: &decision.description,
        });
    }
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
            card.facts.add(name, body.object.name.as_str());
        }
        card.constraints.extend(describe::of_body(facts, body));
        for refinement in &body.refinements {
            let at = payspec_model::pointer::pointer(&refinement.path);
            if let Some(default) = &refinement.default {
                defaults.push(format!("{at}: {}", default.text));
            }
            card.constraints
                .extend(describe::of_refinement(facts, refinement, &at));
        }
    }
    card.defaults_in(defaults);
    card.disputed_in(facts, &origins, std::slice::from_ref(&operation.id));
    card.stands(facts, &operation.sources, operation.origin);
    card
}

fn diagnostic_card(code: &'static DiagnosticCode) -> Card<'static> {
    let mut card = Card {
        meaning: code.explanation.to_owned(),
        ..Card::default()
    };
    card.facts.add("level", code.level().as_str());
    card.facts.add("title", code.title);
    card.facts.add("example", code.example);
    card
}

fn change_card(rule: &'static payspec_review::Rule) -> Card<'static> {
    let mut card = Card {
        meaning: rule.explanation.to_owned(),
        ..Card::default()
    };
    card.facts.add("title", rule.title);
    for (direction, word) in [
        (Direction::Outgoing, "sent_by_the_merchant"),
        (Direction::Incoming, "sent_by_the_provider"),
    ] {
        if let Some(class) = rule.usual_class(direction) {
            let (old, new) = (class.old_caller.as_str(), class.new_caller.as_str());
            card.facts.add(
                word,
                format!("old callers: {old}; new callers at an old provider: {new}"),
            );
        }
    }
    card.facts.add("in_rust", rule.rust_words());
    card.facts.add("money", rule.money_words());
    if let Some(Equivalents { oasdiff, buf }) = rule.anchors() {
        for (tool, rules) in [("oasdiff", oasdiff), ("buf", buf)] {
            let rules = (!rules.is_empty()).then(|| rules.join(", "));
            card.facts.maybe(tool, rules);
        }
    }
    card.change = rule
        .example()
        .map(|Example { file, patch }| ChangeFact { file, patch });
    card
}

fn policy_card(rule: &'static PolicyRule) -> Card<'static> {
    let mut card = Card {
        meaning: rule.explanation.to_owned(),
        ..Card::default()
    };
    card.facts.add("title", rule.title);
    card.facts.add("level", rule.level.as_str());
    card
}

fn drift_card(rule: &'static drift::Rule) -> Card<'static> {
    let mut card = Card {
        meaning: rule.explanation.to_owned(),
        ..Card::default()
    };
    card.facts.add("level", rule.level.as_str());
    card.facts.add("page_and_spec", rule.drift);
    card.facts.add("two_pages", rule.change);
    card.facts.add("what_to_do", rule.help);
    card
}

fn rule_card(rule: RuleId) -> Card<'static> {
    let (meaning, spelling) = words::rule(rule);
    let mut card = Card {
        meaning: meaning.to_owned(),
        ..Card::default()
    };
    card.facts.maybe("in_a_spec", spelling);
    card
}

fn enum_users(api: &Api, set: &Enum) -> Vec<String> {
    users(api, |ty| {
        let Type::Enum(id) = ty else { return false };
        std::ptr::eq(api.enumeration(*id), set)
    })
}

/// Returns the fields whose type, or element type, is the wanted one.
fn users(api: &Api, wanted: impl Fn(&Type) -> bool) -> Vec<String> {
    let bodies = api
        .operations
        .iter()
        .flat_map(describe::bodies)
        .map(|(_, body)| &body.object);
    let mut found = Vec::new();
    for object in api.objects.iter().chain(bodies) {
        for field in &object.fields {
            let mut ty = &field.ty;
            while let Type::List(element) = ty {
                ty = element;
            }
            if wanted(ty) {
                found.push(format!("{}.{}", object.name, field.name));
            }
        }
    }
    found
}
