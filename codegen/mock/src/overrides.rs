//! Overrides for one request, from its headers, a script or its amount.

use std::str::FromStr;

use http::HeaderMap;
use serde_json::Value;

use super::fault::Fault;
use super::notification::Manner;
use super::script::Script;
use super::settlement::Settlement;
use super::{FAULT, NOTIFICATION, RESULT, SETTLEMENT};
use payspec_model::model::{Api, Operation, Type};

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
            result: result.and_then(|(amount, _)| script.amounts.get(amount).cloned()),
            ..Overrides::default()
        }
    }
}

/// Returns the amount of a request and its currency, from the first of its own fields that is an amount.
pub(super) fn amount<'r>(
    api: &Api,
    operation: &Operation,
    request: &'r Value,
) -> Option<(&'r str, &'r str)> {
    operation.request.object.fields.iter().find_map(|field| {
        let Type::Object(id) = field.ty else {
            return None;
        };
        let amount = api.object(id).amount.as_ref()?;
        let value = request.get(&field.name)?;
        let text = |name: &str| value.get(name)?.as_str();
        Some((
            text(&amount.value)?,
            text(&amount.currency).unwrap_or_default(),
        ))
    })
}
