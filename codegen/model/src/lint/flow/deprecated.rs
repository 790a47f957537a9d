use std::collections::BTreeSet;

use super::{FlawSite, FlowFindings};
use crate::diagnostic::codes;

/// Checks that a flow sends nothing deprecated. Deprecated notifications are allowed, because the
/// provider may still send them.
pub(super) fn check(findings: &mut FlowFindings<'_>) {
    let (api, flow) = (findings.api, findings.flow);
    let mut seen = BTreeSet::new();
    for (_, state, step) in flow.steps() {
        let operation = api.operation(&step.send);
        let deprecated = operation.and_then(|operation| operation.deprecated.as_ref());
        let Some(deprecated) = deprecated.filter(|_| seen.insert(&step.send)) else {
            continue;
        };
        let message = format!("`{}` sends `{}`, which is deprecated", flow.id, step.send);
        let help = match &deprecated.replacement {
            Some(replacement) => format!("use {replacement} instead"),
            None => "ignore this until a replacement exists".to_owned(),
        };
        let flaw = findings.add(
            &codes::SENDS_DEPRECATED,
            message,
            FlawSite::state(state),
            step.origin,
        );
        flaw.help.push(help);
    }
}
