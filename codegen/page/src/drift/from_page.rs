//! Makes the fact sheet of an operation on a page.

mod object_tables;

use super::condition::{Condition, Kind, Met, Test};
use super::fact_sheet::{Claim, Code, FactSheet, Facts, Field};
use super::groups;
use super::logic;
use super::place::Place;
use super::value::{Form, Type, UNIQUE, Value};
use crate as page;
use crate::{ConditionKind, Operation, Parameter, Requirement, SharedObject, TypeFact, TypeKind};
use payspec_model::model::{PageFact, Side, SourceIds};
use payspec_runtime::rules;

/// Returns the facts of a page's operation that can be compared, and the section in which the page
/// ends.
pub(crate) fn of_copy(page: &page::Page, operation: &Operation) -> FactSheet {
    let last = page.sections.last();
    FactSheet {
        ends: last.map(|span| span.section),
        ends_in_row: page.ends_in_row,
        last_line: last.map(|span| span.end_line),
        ..of_page(operation, &page.objects)
    }
}

/// Returns the facts of a page's operation that can be compared. Fields of objects that have tables of their
/// own come last.
pub(crate) fn of_page(operation: &Operation, objects: &[SharedObject]) -> FactSheet {
    let mut sheet = FactSheet {
        whole_table: true,
        ..FactSheet::default()
    };
    for (fact, stated) in [
        (PageFact::Method, &operation.method),
        (PageFact::Path, &operation.path),
    ] {
        if let Some(stated) = stated {
            let value = Value::word(stated.value.clone());
            sheet
                .endpoint
                .state(fact, Claim::of_page(value, stated.line));
        }
    }
    for side in Side::ALL.iter().copied() {
        let offset = sheet.fields.len();
        let parameters = operation.parameters(side);
        for (index, parameter) in parameters.iter().enumerate() {
            let open = parameters.iter().any(|other| other.parent == Some(index));
            sheet.fields.push(field(parameter, side, offset, open));
        }
    }
    object_tables::unfold(&mut sheet, objects);
    sheet.logic = logic::of_page(&operation.result_logic);
    sheet.codes = operation.codes.iter().map(code).collect();
    groups::settle(&mut sheet);
    sheet
}

fn field(parameter: &Parameter, side: Side, offset: usize, open: bool) -> Field {
    let wire = parameter.name.as_ref();
    Field {
        side,
        name: wire.unwrap_or(&parameter.name_as_printed).clone(),
        on_wire: wire.is_some(),
        aliases: vec![parameter.name_as_printed.clone()],
        parent: parameter.parent.map(|parent| parent + offset),
        path: format!("{side}{}", parameter.path),
        open,
        facts: facts(parameter, open),
        place: Place::Line(parameter.line),
        sources: SourceIds::new(),
        origins: Vec::new(),
        removed: None,
    }
}

/// Returns the facts about a parameter; `open` is true if the page lists fields inside it.
fn facts(parameter: &Parameter, open: bool) -> Facts {
    let mut facts = Facts::default();
    let mut state = |fact, value, line| facts.state(fact, Claim::of_page(value, line));
    if let Some(ty) = &parameter.ty {
        let is_enum = !open && parameter.children.is_none() && parameter.values.is_some();
        let ty_of = type_of(&ty.value, is_enum);
        state(PageFact::Type, Value::Type(ty_of), ty.line);
    }
    let conditions: Vec<Condition> = parameter.conditions.iter().map(condition).collect();
    let asks = |condition: &Condition| match condition.kind {
        Kind::Required | Kind::Optional | Kind::Returned => true,
        Kind::Absent => false,
    };
    let excuses = |condition: &Condition| condition.kind == Kind::Optional;
    let required = match parameter.required.value {
        Requirement::Required if conditions.iter().any(excuses) => Some("conditional"),
        Requirement::Required => Some("required"),
        Requirement::Conditional => Some("conditional"),
        Requirement::Optional if conditions.iter().any(asks) => Some("conditional"),
        Requirement::Optional => Some("optional"),
        Requirement::Unstated => None,
    };
    if let Some(word) = required {
        state(
            PageFact::Required,
            Value::word(word),
            parameter.required.line,
        );
    }
    for (fact, limit) in [
        (PageFact::MinLength, &parameter.min_length),
        (PageFact::MaxLength, &parameter.max_length),
        (PageFact::MinItems, &parameter.min_items),
        (PageFact::MaxItems, &parameter.max_items),
    ] {
        if let Some(limit) = limit {
            state(fact, Value::Number(limit.value), limit.line);
        }
    }
    if let Some(range) = &parameter.range {
        let value = Value::Range(range.value.min.clone(), range.value.max.clone());
        state(PageFact::Range, value, range.line);
    }
    if let Some(step) = &parameter.multiple_of {
        let value = Value::word(rules::plain(&step.value).into_owned());
        state(PageFact::MultipleOf, value, step.line);
    }
    if let Some(unique) = &parameter.unique_items {
        state(PageFact::UniqueItems, Value::word(UNIQUE), unique.line);
    }
    if let Some(format) = &parameter.format {
        state(
            PageFact::Format,
            Value::Form(form(format.value)),
            format.line,
        );
    }
    // Examples do not limit the values.
    let closed = |values: &&page::Values| values.kind != page::ValuesKind::Examples;
    if let Some(values) = parameter.values.as_ref().filter(closed) {
        let items = values.items.iter().map(|item| item.value.clone());
        state(
            PageFact::Values,
            Value::Values(items.collect()),
            values.line,
        );
    }
    if let (Some(first), false) = (parameter.conditions.first(), conditions.is_empty()) {
        state(
            PageFact::Conditions,
            Value::Conditions(conditions),
            first.line,
        );
    }
    if let Some(default) = &parameter.default {
        let value = Value::word(default.value.clone());
        state(PageFact::Default, value, default.line);
    }
    if let Some(words) = &parameter.idempotency {
        state(PageFact::Idempotency, Value::word("key"), words.line);
    }
    if let Some(words) = &parameter.deprecated {
        state(PageFact::Deprecated, Value::word("deprecated"), words.line);
    }
    facts
}

/// Returns a condition as it is compared.
pub(crate) fn condition(stated: &page::Condition) -> Condition {
    let kind = match stated.kind {
        ConditionKind::RequiredWhen | ConditionKind::AtLeastOneOf => Kind::Required,
        ConditionKind::OptionalWhen => Kind::Optional,
        ConditionKind::PresentWhen => Kind::Returned,
        ConditionKind::AbsentWhen => Kind::Absent,
    };
    let test = match &stated.test {
        page::Test::Field { field, met } => {
            let met = match met {
                page::Met::Present => Met::Present,
                page::Met::Absent => Met::Absent,
                page::Met::OneOf { values } => Met::OneOf(values.iter().cloned().collect()),
            };
            Test::Field(last_name(field), met)
        }
        page::Test::Group { fields } => {
            Test::Group(fields.iter().map(|field| last_name(field)).collect())
        }
        page::Test::Words => Test::Words,
    };
    Condition {
        kind,
        test,
        words: stated.text.clone(),
        place: Place::Line(stated.line),
        sources: SourceIds::new(),
    }
}

/// Returns the last name of a path with dots or slashes.
fn last_name(path: &str) -> String {
    path.rsplit(['.', '/']).next().unwrap_or(path).to_owned()
}

/// Returns a type; a bare name is that of a text if it `is_enum`, because the page lists its values.
fn type_of(ty: &TypeFact, is_enum: bool) -> Type {
    Type {
        kind: match ty.kind {
            TypeKind::Object if is_enum && ty.name.as_ref() == Some(&ty.printed) => {
                TypeKind::String
            }
            kind => kind,
        },
        name: ty.name.clone(),
        of: ty.of.as_deref().map(|of| Box::new(type_of(of, is_enum))),
        text: false,
    }
}

fn form(format: page::Format) -> Form {
    match format {
        page::Format::Datetime => Form::Datetime,
        page::Format::Date => Form::Date,
        page::Format::Url => Form::Url,
        page::Format::Country => Form::Country,
        page::Format::Currency => Form::Currency,
        page::Format::Mcc => Form::Mcc,
        page::Format::Json => Form::Json,
        page::Format::Alphanumeric => Form::Pattern,
    }
}

fn code(code: &page::Code) -> Code {
    let mut facts = Facts::default();
    if let Some(status) = &code.status {
        let value = Value::word(status.clone());
        facts.state(PageFact::Status, Claim::of_page(value, code.line));
    }
    logic::state_advice(&mut facts, &code.advice, code.line);
    Code {
        name: code.code.clone(),
        facts,
        place: Place::Line(code.line),
        action: code.action.clone(),
        advice: code.advice.clone(),
        http_status: code.http_status,
        sources: SourceIds::new(),
        is_common: false,
        origins: Vec::new(),
        removed: None,
    }
}
