//! Decisions of values that only one of two specs lists.
//!
//! A split may decide all values that it does not list. If the other spec lists one of them, the two
//! decisions of this value are compared. The same holds for an HTTP status and the case of its class.

use payspec_model::model::{Case, CaseValue, Decision};
use payspec_runtime::rules;

/// Returns the decisions of values that another spec lists and this one does not, from the decisions of
/// all other values here.
pub(super) fn spread(decisions: &[Decision], beside: &[Decision]) -> Vec<Decision> {
    let mut spread = Vec::new();
    let mut left: Vec<Decision> = decisions.to_vec();
    left.retain(|one| one.cases.iter().any(|case| listed(case).is_none()));
    while let Some(decision) = left.pop() {
        for (at, case) in decision.cases.iter().enumerate() {
            if listed(case).is_some() {
                continue;
            }
            let mut values: Vec<&str> = Vec::new();
            for other in beside.iter().filter(|other| meets(&decision, other, at)) {
                let value = listed(&other.cases[at]).filter(|value| case.value.fits(value));
                values.extend(value.filter(|value| !values.contains(value)));
            }
            for value in values {
                let mut one = decision.clone();
                one.cases[at].value = CaseValue::Listed(value.to_owned());
                if !spread.contains(&one) {
                    spread.push(one.clone());
                    left.push(one);
                }
            }
        }
    }
    spread
}

/// Returns the decisions of HTTP statuses that another spec lists and this one does not, from the decisions of their
/// classes here.
pub(super) fn spread_statuses(decisions: &[Decision], beside: &[Decision]) -> Vec<Decision> {
    let ours: Vec<&str> = decisions.iter().map(|one| one.status.as_str()).collect();
    let mut theirs: Vec<&str> = beside.iter().map(|one| one.status.as_str()).collect();
    theirs.sort_unstable();
    theirs.dedup();
    let unlisted = theirs.into_iter().filter(|status| !ours.contains(status));
    let spread = unlisted.flat_map(|status| {
        let case = status.parse().ok();
        let case = case.and_then(|status| rules::http_status_case(&ours, status));
        let rows = decisions
            .iter()
            .filter(move |row| Some(row.status.as_str()) == case);
        rows.map(|row| Decision {
            status: status.to_owned(),
            ..row.clone()
        })
    });
    spread.collect()
}

/// Returns the value of a case, if it has a single one.
fn listed(case: &Case) -> Option<&str> {
    match &case.value {
        CaseValue::Listed(value) => Some(value),
        CaseValue::Other(_) => None,
    }
}

/// Returns whether two decisions come from the same split at a depth.
fn meets(one: &Decision, other: &Decision, depth: usize) -> bool {
    let (Some(ours), Some(theirs)) = (one.cases.get(..=depth), other.cases.get(..=depth)) else {
        return false;
    };
    let mut above = ours.iter().zip(theirs).take(depth);
    one.status == other.status
        && ours[depth].by == theirs[depth].by
        && above.all(|(one, other)| one.by == other.by && listed(one) == listed(other))
}

#[cfg(test)]
mod tests {
    use payspec_model::load_from;
    use payspec_model::model::Model;
    use payspec_model::source::Memory;

    /// Returns a spec that judges the status `F` by an error.
    fn spec(cases: &str) -> Model {
        let text = format!(
            "payspec: 2\nid: demo\ntitle: Demo\noperations:\n  send:\n    method: POST\n    path: /send\n    \
             request: {{ fields: {{}} }}\n    response: {{ fields: {{ status: string, error: string }} }}\n    \
             result: {{ by: /status, cases: {{ F: {{ by: /error, {cases} }} }} }}\n"
        );
        let mut memory = Memory::default();
        memory.files.insert("demo/api.yaml".into(), text.into());
        load_from(&memory).model.expect("a sound spec")
    }

    /// Returns the places and rules of the changes between two specs.
    fn changes(old: &str, new: &str) -> Vec<String> {
        let found = crate::diff(&spec(old), &spec(new));
        let rules = found.iter().map(|change| {
            let rule = crate::rule(change).expect("a rule for every change");
            format!("{} {}", rule.id(), change.place)
        });
        rules.collect()
    }

    const LISTED: &str =
        "cases: { A: { decide: pending }, B: { decide: pending } }, default: { decide: failed }";
    const OTHER: &str = "cases: { A: { decide: pending } }, default: { decide: failed }";
    const REPEATED: &str =
        "cases: { A: { decide: pending }, B: { decide: failed } }, default: { decide: failed }";
    const ENDED: &str =
        "cases: { A: { decide: pending }, B: { decide: ended } }, default: { decide: failed }";

    /// Returns a spec that judges by the HTTP status.
    fn by_status(cases: &str) -> Model {
        let text = format!(
            "payspec: 2\nid: demo\ntitle: Demo\noperations:\n  send:\n    method: POST\n    path: /send\n    \
             request: {{ fields: {{}} }}\n    response: {{ fields: {{ state: string }} }}\n    \
             result: {{ by: http_status, cases: {{ {cases} }} }}\n"
        );
        let mut memory = Memory::default();
        memory.files.insert("demo/api.yaml".into(), text.into());
        load_from(&memory).model.expect("a sound spec")
    }

    #[test]
    fn a_status_that_leaves_its_class_is_compared_with_it() {
        let changes = |old: &str, new: &str| {
            let found = crate::diff(&by_status(old), &by_status(new));
            let rules = found.iter().map(|change| {
                let rule = crate::rule(change).expect("a rule for every change");
                format!("{} {}", rule.id(), change.place)
            });
            rules.collect::<Vec<String>>()
        };
        let class = "4XX: { decide: failed }";
        let open = "4XX: { decide: failed }, 402: { decide: pending }";
        let same = "4XX: { decide: failed }, 402: { decide: failed }";
        assert_eq!(changes(class, open), ["decision-removed send decision 402"]);
        assert_eq!(changes(open, class), ["decision-added send decision 402"]);
        assert_eq!(changes(class, same), [""; 0]);
        assert_eq!(changes(same, class), [""; 0]);
        // The case of a class never decides this status.
        let listed = "4XX: { decide: failed }, 409: { decide: failed }";
        assert_eq!(changes(class, listed), ["decision-added send decision 409"]);
        assert_eq!(
            changes(listed, class),
            ["decision-removed send decision 409"]
        );
    }

    #[test]
    fn a_value_that_leaves_the_default_is_compared_with_it() {
        assert_eq!(
            changes(OTHER, LISTED),
            ["decision-removed send decision F /error = B"]
        );
        assert_eq!(
            changes(LISTED, OTHER),
            ["decision-added send decision F /error = B"]
        );
        assert_eq!(changes(OTHER, REPEATED), [""; 0]);
        assert_eq!(changes(REPEATED, OTHER), [""; 0]);
        assert!(
            changes(OTHER, ENDED)
                .iter()
                .all(|one| one.ends_with("F /error = B"))
        );
        assert!(!changes(OTHER, ENDED).is_empty());
    }
}
