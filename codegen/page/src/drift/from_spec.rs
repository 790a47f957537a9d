//! Makes the fact sheet of an operation in the spec, with its shared objects unfolded.

mod field_facts;

use super::condition::{Condition, Group, Kind, Met, Test};
use super::fact_sheet::{Claim, Code, FactSheet, Facts, Field};
use super::groups;
use super::logic;
use super::place::Place;
use super::value::{Steps, Value};
use crate::Advice;
use field_facts::{claim, constraint, implied, quiet, type_of};
use payspec_model::model::{
    self, Api, Body, Constraint, ObjectId, Operation, Origin, PageFact, Refinement, RemovedField,
    Rule, SharedCodes, Side, SourceIds,
};
use payspec_model::pointer::EACH;

/// The depth to which objects are unfolded, which is deeper than any page shows them.
const DEPTH: usize = 8;

/// Returns the facts of the spec's operation that a page could state.
pub(crate) fn of_spec(api: &Api, operation: &Operation) -> FactSheet {
    let mut sheet = FactSheet::default();
    let method = method_word(operation.method);
    for (fact, word) in [
        (PageFact::Method, method),
        (PageFact::Path, &operation.path),
    ] {
        let claim = Claim::of_spec(Value::word(word), operation.origin, &operation.sources);
        sheet.endpoint.state(fact, claim);
    }
    for side in Side::ALL.iter().copied() {
        let Some(body) = operation.body(side) else {
            continue;
        };
        let mut unfold = Unfold {
            api,
            operation,
            body,
            side,
            sheet: &mut sheet,
        };
        unfold.object(&body.object, None, &mut Vec::new(), &mut Vec::new());
    }
    if let Some(result) = &operation.result {
        sheet.logic = logic::of_spec(operation, &result.decisions);
        sheet.whole_table = result.shared_codes == SharedCodes::Listed;
        let codes = result
            .codes
            .iter()
            .map(|code| self::code(code, sheet.whole_table));
        sheet.codes = codes.collect();
    }
    groups::settle(&mut sheet);
    sheet
}

/// Returns the method as pages write it.
pub(crate) const fn method_word(method: model::Method) -> &'static str {
    match method {
        model::Method::Get => "GET",
        model::Method::Post => "POST",
        model::Method::Put => "PUT",
        model::Method::Patch => "PATCH",
        model::Method::Delete => "DELETE",
    }
}

struct Unfold<'m, 's> {
    api: &'m Api,
    operation: &'m Operation,
    body: &'m Body,
    side: Side,
    sheet: &'s mut FactSheet,
}

impl<'m> Unfold<'m, '_> {
    fn object(
        &mut self,
        object: &'m model::Object,
        parent: Option<usize>,
        path: &mut Vec<String>,
        around: &mut Vec<ObjectId>,
    ) {
        for field in &object.fields {
            path.push(field.name.clone());
            self.field(field, parent, path, around);
            path.pop();
        }
        self.groups(object, parent);
        let removed = object.removed_fields.iter();
        let removed: Vec<Field> = removed
            .map(|field| self.removed(field, parent, path, object))
            .collect();
        self.sheet.fields.extend(removed);
    }

    fn field(
        &mut self,
        field: &'m model::Field,
        parent: Option<usize>,
        path: &mut Vec<String>,
        around: &mut Vec<ObjectId>,
    ) {
        let refinements = self.body.refinements.iter();
        let refinements: Vec<&Refinement> = refinements.filter(|one| one.path == *path).collect();
        let inner = inner_object(&field.ty);
        let unfolds = inner.filter(|id| !around.contains(id) && around.len() < DEPTH);
        let origins = refinements.iter().map(|refinement| refinement.origin);
        self.sheet.fields.push(Field {
            side: self.side,
            name: field.name.clone(),
            on_wire: true,
            aliases: field.page_names.clone(),
            parent,
            path: format!("{}/{}", self.side, path.join("/")),
            open: unfolds.is_some(),
            facts: self.facts(field, &refinements, &self.elements(field, path), path),
            place: Place::Spec(field.origin),
            sources: field.sources.clone(),
            origins: std::iter::once(field.origin).chain(origins).collect(),
            removed: None,
        });
        let index = self.sheet.fields.len() - 1;
        if let Some(id) = unfolds {
            around.push(id);
            let steps = path.len();
            if matches!(field.ty, model::Type::List(_)) {
                path.push("*".to_owned());
            }
            self.object(self.api.object(id), Some(index), path, around);
            path.truncate(steps);
            around.pop();
        }
    }

    /// Adds the groups of an object, whose fields are in the sheet.
    fn groups(&mut self, object: &model::Object, parent: Option<usize>) {
        for group in &object.at_least_one_of {
            let inside = self.sheet.inside(self.side, parent);
            let members = inside.filter(|(_, field)| group.fields.contains(&field.name));
            let group = Group {
                side: self.side,
                parent,
                members: members.map(|(at, _)| at).collect(),
                place: Place::Spec(group.origin),
                sources: group.strength.sources.clone(),
            };
            self.sheet.groups.push(group);
        }
    }

    fn removed(
        &self,
        field: &RemovedField,
        parent: Option<usize>,
        path: &[String],
        object: &model::Object,
    ) -> Field {
        let names = path.iter().map(String::as_str);
        let names: Vec<&str> = names.chain([field.name.as_str()]).collect();
        Field {
            side: self.side,
            name: field.name.clone(),
            on_wire: true,
            aliases: Vec::new(),
            parent,
            path: format!("{}/{}", self.side, names.join("/")),
            open: false,
            facts: Facts::default(),
            place: Place::Spec(field.origin),
            sources: object.sources.clone(),
            origins: vec![field.origin],
            removed: Some(field.date.clone()),
        }
    }

    /// Returns the rules of the elements of a list. A page states them at the list.
    fn elements<'f>(&self, field: &'f model::Field, path: &[String]) -> Vec<&'f Constraint>
    where
        'm: 'f,
    {
        let model::Type::List(element) = &field.ty else {
            return Vec::new();
        };
        // The limits of an inner list are not those of this one.
        if element.ty.element().is_some() {
            return Vec::new();
        }
        let is_each = |one: &&Refinement| match one.path.split_last() {
            Some((last, list)) => last == EACH && *list == *path,
            None => false,
        };
        let refined = self.body.refinements.iter().filter(is_each);
        let refined = refined.flat_map(|one| &one.constraints);
        element.constraints.iter().chain(refined).collect()
    }

    fn facts(
        &self,
        field: &model::Field,
        refinements: &[&Refinement],
        elements: &[&Constraint],
        path: &[String],
    ) -> Facts {
        let mut facts = Facts::default();
        let own = |value| Claim::of_spec(value, field.origin, &field.sources);
        facts.state(
            PageFact::Type,
            own(Value::Type(type_of(self.api, &field.ty))),
        );
        implied(&mut facts, self.api, field);
        let mut conditions = Conditions::default();
        conditions.add(field.required_when.iter(), field.forbidden_when.iter());
        let mut required = field.required.then(|| own(Value::word("required")));
        let rules = refinements.iter().flat_map(|one| &one.constraints);
        let mut range = [None, None];
        for rule in field.constraints.iter().chain(rules) {
            if rule.rule == Rule::Required {
                required = Some(claim(Value::word("required"), rule));
            }
            constraint(&mut facts, rule, &mut range);
        }
        for rule in elements {
            constraint(&mut facts, rule, &mut range);
        }
        for refinement in refinements {
            conditions.add(
                refinement.required_when.iter(),
                refinement.forbidden_when.iter(),
            );
        }
        let asks = |one: &Condition| match one.kind {
            Kind::Required | Kind::Optional | Kind::Returned => true,
            Kind::Absent => false,
        };
        let otherwise = if conditions.list.iter().any(asks) {
            "conditional"
        } else {
            "optional"
        };
        let required = required.unwrap_or_else(|| own(Value::word(otherwise)));
        facts.state(PageFact::Required, required);
        if let Some((origin, sources)) = conditions.first {
            let value = Value::Conditions(conditions.list);
            facts.state(
                PageFact::Conditions,
                Claim::of_spec(value, origin, &sources),
            );
        }
        if let Some(default) = &field.default {
            let value = Value::word(default.text.clone());
            let claim = Claim::of_spec(value, default.origin, &field.sources);
            facts.state(PageFact::Default, claim);
        }
        if field.deprecated.is_some() {
            let claim = own(Value::word("deprecated"));
            facts.state(PageFact::Deprecated, quiet(claim));
        }
        if let Some(idempotency) = &self.operation.idempotency
            && self.side == Side::Request
            && idempotency.key == path
        {
            let (origin, sources) = (idempotency.origin, &idempotency.sources);
            let claim = Claim::of_spec(Value::word("key"), origin, sources);
            facts.state(PageFact::Idempotency, claim);
        }
        facts
    }
}

/// The conditions of a field, with the position of the first one.
#[derive(Default)]
struct Conditions {
    list: Vec<Condition>,
    first: Option<(Origin, SourceIds)>,
}

impl Conditions {
    fn add<'c>(
        &mut self,
        required: impl Iterator<Item = &'c model::Condition>,
        forbidden: impl Iterator<Item = &'c model::Condition>,
    ) {
        let kinds = required
            .map(|one| (Kind::Required, one))
            .chain(forbidden.map(|one| (Kind::Absent, one)));
        for (kind, condition) in kinds {
            let at = (condition.origin, condition.strength.sources.clone());
            self.first.get_or_insert(at);
            let test = condition.test.as_ref();
            self.list.push(Condition {
                kind,
                test: test.map_or(Test::Words, test_of),
                words: condition.text.clone().unwrap_or_default(),
                place: Place::Spec(condition.origin),
                sources: condition.strength.sources.clone(),
            });
        }
    }
}

/// Returns the test of a condition: the last name of its path decides, without the `*` for the
/// elements of a list.
fn test_of(test: &model::Test) -> Test {
    let mut names = test.path.iter().rev();
    let field = names.find(|name| *name != "*").cloned().unwrap_or_default();
    let met = match &test.met {
        model::Met::Present => Met::Present,
        model::Met::Absent => Met::Absent,
        model::Met::OneOf(values) => Met::OneOf(values.iter().cloned().collect()),
    };
    Test::Field(field, met)
}

/// Returns the object whose fields a page may list below the field.
fn inner_object(ty: &model::Type) -> Option<ObjectId> {
    match ty {
        model::Type::List(element) => inner_object(&element.ty),
        other => other.object(),
    }
}

fn code(code: &model::Code, is_listed: bool) -> Code {
    let mut facts = Facts::default();
    let own = |value| Claim::of_spec(value, code.origin, &code.sources);
    facts.state(PageFact::Status, own(Value::word(code.status.clone())));
    let steps = Value::Steps(Steps::of_spec([code.next_step]));
    facts.state(PageFact::NextStep, quiet(own(steps)));
    facts.state(PageFact::Resend, quiet(own(Value::Resend(code.resend))));
    Code {
        name: code.name.clone(),
        facts,
        place: Place::Spec(code.origin),
        action: None,
        advice: Advice::default(),
        http_status: None,
        sources: code.sources.clone(),
        is_common: code.shared && !is_listed,
        origins: vec![code.origin],
        removed: None,
    }
}
