//! The facts that follow from a field's type and its constraints.

use crate::TypeKind;
use crate::drift::fact_sheet::{Claim, Facts};
use crate::drift::value::{Form, Type, UNIQUE, Value};
use payspec_model::model::{self, Api, Constraint, FormatName, PageFact, Rule};
use payspec_runtime::rules;

pub(super) fn claim(value: Value, rule: &Constraint) -> Claim {
    Claim::of_spec(value, rule.origin, &rule.strength.sources)
}

/// Marks a fact as one that a page need not repeat.
pub(super) fn quiet(claim: Claim) -> Claim {
    Claim {
        implied: true,
        ..claim
    }
}

/// Adds the facts that follow from a field's type.
pub(super) fn implied(facts: &mut Facts, api: &Api, field: &model::Field) {
    let own = |value| quiet(Claim::of_spec(value, field.origin, &field.sources));
    let mut form = |form| facts.state(PageFact::Format, own(Value::Form(form)));
    match &field.ty {
        model::Type::DateTime => form(Form::Datetime),
        model::Type::Date => form(Form::Date),
        // Pages have no word for these forms.
        model::Type::Timestamp(_) | model::Type::Uuid | model::Type::Binary => {}
        model::Type::Url => form(Form::Url),
        model::Type::Json(_) => form(Form::Json),
        model::Type::Country => {
            form(Form::Country);
            facts.state(PageFact::MaxLength, own(Value::Number(2)));
        }
        model::Type::Currency(_) => {
            form(Form::Currency);
            facts.state(PageFact::MaxLength, own(Value::Number(3)));
        }
        model::Type::Integer => {
            let digits = field.constraints.iter().find_map(|rule| match &rule.rule {
                Rule::Max(max) => u32::try_from(max.len()).ok(),
                Rule::Required
                | Rule::Const(_)
                | Rule::Values(_)
                | Rule::MinLength(_)
                | Rule::MaxLength(_)
                | Rule::MaxItems(_)
                | Rule::MinItems(_)
                | Rule::Min(_)
                | Rule::MultipleOf(_)
                | Rule::UniqueItems
                | Rule::Pattern(_)
                | Rule::Format(_) => None,
            });
            if let Some(digits) = digits {
                facts.state(PageFact::MaxLength, own(Value::Number(digits)));
            }
        }
        model::Type::Boolean => {
            let values = ["true", "false"].map(str::to_owned).to_vec();
            facts.state(PageFact::Values, own(Value::Values(values)));
        }
        model::Type::Enum(id) => {
            let item = api.enumeration(*id);
            let names = item.values.iter().map(|value| value.name.clone());
            let value = Value::Values(names.collect());
            let claim = Claim::of_spec(value, item.origin, &item.sources);
            facts.state(PageFact::Values, quiet(claim));
        }
        model::Type::String
        | model::Type::Decimal
        | model::Type::Object(_)
        | model::Type::List(_)
        | model::Type::Map(_)
        | model::Type::Union(_)
        | model::Type::Any => {}
    }
}

pub(super) fn constraint(facts: &mut Facts, rule: &Constraint, range: &mut [Option<String>; 2]) {
    let mut state = |fact, value| facts.state(fact, claim(value, rule));
    match &rule.rule {
        Rule::Required => {}
        Rule::Const(text) => state(PageFact::Values, Value::Values(vec![text.clone()])),
        Rule::Values(texts) => state(PageFact::Values, Value::Values(texts.clone())),
        Rule::MinLength(least) => state(PageFact::MinLength, Value::Number(*least)),
        Rule::MaxLength(most) => state(PageFact::MaxLength, Value::Number(*most)),
        Rule::MaxItems(most) => state(PageFact::MaxItems, Value::Number(*most)),
        Rule::MinItems(least) => state(PageFact::MinItems, Value::Number(*least)),
        Rule::Min(least) => {
            range[0] = Some(least.clone());
            state(
                PageFact::Range,
                Value::Range(range[0].clone(), range[1].clone()),
            );
        }
        Rule::Max(most) => {
            range[1] = Some(most.clone());
            state(
                PageFact::Range,
                Value::Range(range[0].clone(), range[1].clone()),
            );
        }
        Rule::MultipleOf(step) => state(
            PageFact::MultipleOf,
            Value::word(rules::plain(step).into_owned()),
        ),
        Rule::UniqueItems => state(PageFact::UniqueItems, Value::word(UNIQUE)),
        Rule::Pattern(_) => state(PageFact::Format, Value::Form(Form::Pattern)),
        Rule::Format(FormatName::Mcc) => state(PageFact::Format, Value::Form(Form::Mcc)),
        Rule::Format(FormatName::Json) => state(PageFact::Format, Value::Form(Form::Json)),
    }
}

pub(super) fn type_of(api: &Api, ty: &model::Type) -> Type {
    let text = |kind| Type {
        text: true,
        ..Type::plain(kind)
    };
    match ty {
        model::Type::Enum(_) if *api.written_as(ty) == model::Type::Integer => {
            text(TypeKind::Integer)
        }
        model::Type::String | model::Type::Enum(_) => text(TypeKind::String),
        model::Type::Country | model::Type::Currency(_) | model::Type::Json(_) => {
            text(TypeKind::String)
        }
        model::Type::Integer => text(TypeKind::Integer),
        model::Type::Decimal => text(TypeKind::Number),
        model::Type::Boolean => text(TypeKind::Boolean),
        model::Type::DateTime => text(TypeKind::Datetime),
        model::Type::Date => text(TypeKind::Date),
        model::Type::Timestamp(_) => text(TypeKind::Integer),
        model::Type::Uuid | model::Type::Binary => text(TypeKind::String),
        model::Type::Url => text(TypeKind::Url),
        model::Type::Any => Type::plain(TypeKind::Any),
        // A page has no word for free keys, and lists the fields of all objects of a union.
        model::Type::Map(_) | model::Type::Union(_) => Type::plain(TypeKind::Object),
        model::Type::Object(id) => Type {
            name: Some(api.object(*id).name.clone()),
            ..Type::plain(TypeKind::Object)
        },
        model::Type::List(element) => Type {
            of: Some(Box::new(type_of(api, &element.ty))),
            ..Type::plain(TypeKind::Array)
        },
    }
}
