//! Overrides for one request, from its headers, a script or its amount.

use std::str::FromStr;

use http::HeaderMap;
use serde_json::Value;

use super::fault::Fault;
use super::notification::Manner;
use super::script::Script;
use super::settlement::Settlement;
use super::{FAULT, NOTIFICATION, RESULT, SETTLEMENT};
use payspec_model::model::{AmountCurrency, AmountUnit, Api, Object, Operation, Type};
use payspec_runtime::rules;

/// The behaviour chosen for one request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Overrides {
    /// The result: a code, an outcome or an example.
    pub(super) result: Option<String>,
    /// The faults of the answer.
    pub(super) faults: Vec<Fault>,
    /// The settlement, if the answer leaves the resource open.
    pub(super) settlement: Option<Settlement>,
    /// The delivery of the notification that reports the end.
    pub(super) manner: Option<Manner>,
}

impl Overrides {
    /// Reads the overrides in the headers of a request; [`None`] if there are none.
    pub(super) fn of_headers(headers: &HeaderMap) -> Result<Option<Overrides>, String> {
        let text = |name: &str| -> Result<Option<&str>, String> {
            let value = headers.get(name).map(|value| value.to_str());
            let text = value
                .transpose()
                .map_err(|_| format!("the header `{name}` is not text"))?;
            Ok(text.map(str::trim).filter(|text| !text.is_empty()))
        };
        let overrides = Overrides {
            result: text(RESULT)?.map(str::to_owned),
            faults: text(FAULT)?
                .map(Fault::parse_list)
                .transpose()?
                .unwrap_or_default(),
            settlement: text(SETTLEMENT)?.map(Settlement::from_str).transpose()?,
            manner: text(NOTIFICATION)?.map(Manner::from_str).transpose()?,
        };
        Ok((overrides != Overrides::default()).then_some(overrides))
    }

    /// Returns the overrides of the next step of the script, or else those for the amount of the request.
    pub(super) fn of_script(
        script: &mut Script,
        api: &Api,
        operation: &Operation,
        key: Option<&str>,
        request: &Value,
    ) -> Overrides {
        if let Some(step) = script.take(&operation.id, key) {
            // All of it was checked when the script was read.
            let faults = step.fault.as_deref().map(Fault::parse_list);
            return Overrides {
                result: step.result,
                faults: faults.and_then(Result::ok).unwrap_or_default(),
                settlement: step.settlement.and_then(|text| text.parse().ok()),
                manner: step.notification.and_then(|text| text.parse().ok()),
            };
        }
        let result = amount(api, operation, request);
        Overrides {
            result: result.and_then(|(amount, _)| script.amounts.get(&amount).cloned()),
            ..Overrides::default()
        }
    }
}

/// Returns the amount of a request in minor units, and its currency: of the first of its own fields that is an amount, or
/// of the first that holds one.
pub(super) fn amount(
    api: &Api,
    operation: &Operation,
    request: &Value,
) -> Option<(String, String)> {
    let body = &operation.request.object;
    let own = first_amount(api, body, request);
    own.or_else(|| {
        body.fields.iter().find_map(|field| {
            let Type::Object(id) = field.ty else {
                return None;
            };
            first_amount(api, api.object(id), request.get(&field.name)?)
        })
    })
}

/// Returns the first amount among the fields of an object, and its currency.
fn first_amount(api: &Api, object: &Object, value: &Value) -> Option<(String, String)> {
    object.amounts.iter().find_map(|amount| {
        let text = |name: &str| match value.get(name)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
        };
        let currency = match &amount.currency {
            AmountCurrency::Field(name) => text(name).unwrap_or_default(),
            AmountCurrency::Code(code) => code.clone(),
        };
        let number = text(&amount.value)?;
        let minor = match amount.unit {
            AmountUnit::Minor => number,
            AmountUnit::Major => {
                rules::in_minor_units(&number, api.wire.decimal_places(&currency)?)?
            }
        };
        // Without zeros in front: `0.50` is 50.
        let minor: i64 = minor.parse().ok()?;
        Some((minor.to_string(), currency))
    })
}
