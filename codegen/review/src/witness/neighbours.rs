//! Collects what the specs state about the neighbours of a field that changed.

use super::values::points;
use crate::change::Change;
use crate::location::Item;
use payspec_model::model::{Api, Field, Model, Side, Type};
use payspec_model::pointer;
use payspec_model::value::{Condition, Value};
use payspec_runtime::Case;

/// A field that holds the currency of an amount.
pub(super) struct CurrencyAt {
    /// The pointer of the field.
    pub(super) pointer: String,
    /// The case of its codes.
    case: Case,
}

impl CurrencyAt {
    /// Returns the code of a currency as the field writes it.
    pub(super) fn code(&self, currency: &str) -> String {
        match self.case {
            Case::Upper => currency.to_owned(),
            Case::Lower => currency.to_ascii_lowercase(),
        }
    }
}

/// Returns the field that holds the currency of the amount at a place, if there is one.
pub(super) fn currency_at(
    model: &Model,
    operation: &str,
    side: Side,
    pointer: &str,
) -> Option<CurrencyAt> {
    let path = pointer::names(pointer);
    let (value, holder) = path.split_last()?;
    let (api, operation) = model.operation(operation)?;
    let body = &operation.body(side)?.object;
    let object = match holder {
        [] => body,
        holder => api.object(api.field_at(body, holder)?.ty.innermost().object()?),
    };
    let amount = object.amounts.iter().find(|one| one.value == *value)?;
    let currency = object.field(amount.currency.field()?)?;
    let case = currency.ty.currency_case()?;
    let pointer = pointer::pointer(&[holder, std::slice::from_ref(&currency.name)].concat());
    Some(CurrencyAt { pointer, case })
}

/// Facts about the neighbours of an item that changed.
pub(super) struct Near<'n> {
    /// The currencies of the amounts at the place.
    pub(super) currencies: &'n [CurrencyAt],
    /// The texts of the fields that decide about it.
    pub(super) deciding: &'n [String],
}

/// Returns the texts that the fields of conditions can have, and one that they cannot.
pub(super) fn deciding(models: [&Model; 2], change: &Change) -> Vec<String> {
    let mut texts = vec!["other".to_owned()];
    let (Some(operation), Item::Field(side, _)) = (&change.place.operation, &change.place.subject)
    else {
        return texts;
    };
    for value in points(change) {
        let Value::Conditions(conditions) = value else {
            continue;
        };
        for (model, Condition { path, .. }) in models
            .into_iter()
            .flat_map(|model| conditions.iter().map(move |one| (model, one)))
        {
            let found = field_at(model, operation, *side, path);
            if let Some((api, Type::Enum(id))) = found.map(|(api, field)| (api, &field.ty)) {
                let values = api.enumeration(*id).values.iter();
                texts.extend(values.map(|value| value.name.clone()));
            }
        }
    }
    texts.sort();
    texts.dedup();
    texts
}

/// Returns the field at a path in a body.
fn field_at<'m>(
    model: &'m Model,
    operation: &str,
    side: Side,
    path: &[String],
) -> Option<(&'m Api, &'m Field)> {
    let (api, operation) = model.operation(operation)?;
    let field = api.field_at(&operation.body(side)?.object, path)?;
    Some((api, field))
}
