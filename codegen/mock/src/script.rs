//! Scripts that choose results and inject faults.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::compose::Composer;
use super::error::{MockError, ScriptPart};
use super::fault::Fault;
use super::notification::Manner;
use super::route;
use super::settlement::Settlement;
use payspec_model::model::Model;

/// The results and faults of the next requests. Read from JSON:
///
/// ```
/// use payspec_mock::Script;
///
/// let script = Script::from_json(r#"{
///     "steps": [
///         {"operation": "pay_entry_code", "result": "UNKNOWN_EXCEPTION", "times": 2},
///         {"operation": "pay_entry_code", "fault": "lose-answer"}
///     ],
///     "amounts": {"9901": "RISK_REJECT"}
/// }"#)?;
/// assert_eq!(script.steps.len(), 2);
/// # Ok::<(), payspec_mock::MockError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Script {
    /// Steps; each request takes the first one that fits and is not used up.
    #[serde(default)]
    pub steps: Vec<Step>,
    /// Results by amount, in minor units, for requests that no step fits.
    #[serde(default)]
    pub amounts: BTreeMap<String, String>,
}

/// One step of a script.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The operation that the step is for; any, when left out.
    #[serde(default)]
    pub operation: Option<String>,
    /// The idempotency key that the step is for; any, when left out.
    #[serde(default)]
    pub key: Option<String>,
    /// The result: a code, an outcome or an example.
    #[serde(default)]
    pub result: Option<String>,
    /// The [`Fault`]s of the answer, separated by commas.
    #[serde(default)]
    pub fault: Option<String>,
    /// The way an open payment ends: see [`Settlement`].
    #[serde(default)]
    pub settlement: Option<String>,
    /// The way its end is reported: `never`, `copies=NUMBER` and [`Fault`]s, separated by commas.
    #[serde(default)]
    pub notification: Option<String>,
    /// The number of requests that the step is for.
    #[serde(default = "once")]
    pub times: u32,
}

fn once() -> u32 {
    1
}

impl Script {
    /// Reads a script.
    ///
    /// # Errors
    ///
    /// When the text is not JSON or has an unknown key.
    pub fn from_json(text: &str) -> Result<Self, MockError> {
        serde_json::from_str(text).map_err(|error| MockError::Script {
            part: ScriptPart::Place(error.line(), error.column()),
            why: format!("{error}"),
        })
    }

    /// Returns line and column, from 1, of a part in the text of a script.
    pub fn place(text: &str, part: &ScriptPart) -> Option<(usize, usize)> {
        #[derive(Deserialize)]
        struct Parts<'t> {
            #[serde(borrow, default)]
            steps: Vec<&'t RawValue>,
            #[serde(borrow, default)]
            amounts: BTreeMap<String, &'t RawValue>,
        }
        let part = match part {
            ScriptPart::Place(line, column) => return Some((*line, *column)),
            ScriptPart::Step(number) => {
                let parts: Parts<'_> = serde_json::from_str(text).ok()?;
                *parts.steps.get(*number)?
            }
            ScriptPart::Amount(amount) => {
                let parts: Parts<'_> = serde_json::from_str(text).ok()?;
                *parts.amounts.get(amount)?
            }
        };
        // The part is borrowed from the text, so the difference of the pointers is its position.
        let at = (part.get().as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
        let before = text.get(..at)?;
        let line = before.rsplit('\n').next().unwrap_or_default();
        Some((before.matches('\n').count() + 1, line.chars().count() + 1))
    }

    /// Checks the script against the spec.
    pub(super) fn check(&self, model: &Model) -> Result<(), MockError> {
        let bad = |part: ScriptPart, why: String| {
            let at = match &part {
                ScriptPart::Place(line, column) => format!("line {line} column {column}"),
                ScriptPart::Step(number) => format!("step {}", number + 1),
                ScriptPart::Amount(amount) => format!("amount {}", amount.escape_debug()),
            };
            let why = format!("{at}: {why}");
            Err(MockError::Script { part, why })
        };
        for (number, step) in self.steps.iter().enumerate() {
            let at = || ScriptPart::Step(number);
            let faults = step.fault.as_deref().map(Fault::parse_list);
            let settlement = step.settlement.as_deref().map(str::parse::<Settlement>);
            let notification = step.notification.as_deref().map(str::parse::<Manner>);
            let wrong = [
                faults.and_then(Result::err),
                settlement.and_then(Result::err),
                notification.and_then(Result::err),
            ];
            if let Some(why) = wrong.into_iter().flatten().next() {
                return bad(at(), why);
            }
            let Some(id) = &step.operation else { continue };
            let Some((api, operation)) = model.operation(id) else {
                return bad(at(), format!("unknown operation `{}`", id.escape_debug()));
            };
            let result = step.result.as_deref();
            if let Some(Err(why)) = result.map(|word| Composer::new(api, operation).want(word)) {
                return bad(at(), why);
            }
        }
        for (amount, word) in &self.amounts {
            let mut operations = route::called(model)
                .flat_map(|api| route::operations(api).map(move |operation| (api, operation)));
            if !operations.any(|(api, operation)| Composer::new(api, operation).want(word).is_ok())
            {
                let why = format!("no operation has a result `{}`", word.escape_debug());
                return bad(ScriptPart::Amount(amount.clone()), why);
            }
        }
        Ok(())
    }

    /// Takes the next step for a request.
    pub(super) fn take(&mut self, operation: &str, key: Option<&str>) -> Option<Step> {
        let fits = |wanted: &Option<String>, is: Option<&str>| {
            wanted.as_deref().is_none_or(|wanted| Some(wanted) == is)
        };
        let step = self.steps.iter_mut().find(|step| {
            step.times > 0 && fits(&step.operation, Some(operation)) && fits(&step.key, key)
        })?;
        step.times -= 1;
        Some(step.clone())
    }
}
