//! What a request is to be answered, by its headers, a script or its amount.

use http::HeaderMap;
use serde_json::Value;

use super::fault::Fault;
use super::script::Script;
use super::{FAULT, RESULT};
use crate::model::{Api, Operation, Type};

/// What is wished for one request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Wish {
    pub(super) result: Option<String>,
    pub(super) faults: Vec<Fault>,
}

impl Wish {
    /// What the headers of a request ask for; [`None`] when they ask for nothing.
    pub(super) fn of_headers(headers: &HeaderMap) -> Result<Option<Wish>, String> {
        let text = |name: &str| -> Result<Option<&str>, String> {
            let value = headers.get(name).map(|value| value.to_str());
            value
                .transpose()
                .map_err(|_| format!("`{name}` is no text"))
        };
        let result = text(RESULT)?.map(str::trim).filter(|word| !word.is_empty());
        let faults = text(FAULT)?.map(Fault::parse_list).transpose()?;
        let wish = Wish {
            result: result.map(str::to_owned),
            faults: faults.unwrap_or_default(),
        };
        Ok((wish != Wish::default()).then_some(wish))
    }

    /// What the script says to a request, or else its amount.
    pub(super) fn of_script(
        script: &mut Script,
        api: &Api,
        operation: &Operation,
        key: Option<&str>,
        request: &Value,
    ) -> Wish {
        if let Some(step) = script.take(&operation.id, key) {
            let faults = step.fault.as_deref().map(Fault::parse_list);
            return Wish {
                result: step.result,
                // It was checked when the script was read.
                faults: faults.and_then(Result::ok).unwrap_or_default(),
            };
        }
        let result = amount(api, operation, request);
        Wish {
            result: result.and_then(|amount| script.amounts.get(amount).cloned()),
            faults: Vec::new(),
        }
    }
}

/// The amount of a request: the first of its own fields that is one.
fn amount<'r>(api: &Api, operation: &Operation, request: &'r Value) -> Option<&'r str> {
    operation.request.object.fields.iter().find_map(|field| {
        let Type::Object(id) = field.ty else {
            return None;
        };
        let amount = api.object(id).amount.as_ref()?;
        request.get(&field.name)?.get(&amount.value)?.as_str()
    })
}
