use std::collections::{BTreeMap, BTreeSet};

use super::Found;
use crate::check::{Because, Checker, Finding};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::format::Contradiction;
use crate::model::{Api, Body, Example, Object, Operation, Origin, Severity, StatusPlace};
use crate::pointer::pointer;
use crate::source::SourceMap;

/// Checks the documented messages against the spec: a broken rule of severity `error` is an error of
/// the spec, one of severity `warning` a contradiction of the provider.
pub(super) fn find(api: &Api, sources: &SourceMap, diagnostics: &mut Diagnostics) -> Vec<Found> {
    let holders = Holders::of(api);
    let mut found = Vec::new();
    for operation in &api.operations {
        let mut seen = BTreeSet::new();
        for example in &operation.examples {
            let Some(checker) = Checker::new(api, operation, example.side) else {
                continue;
            };
            let (findings, verdict) =
                match checker.assess(example.json.as_bytes(), example.http_status) {
                    Ok(assessed) => assessed,
                    Err(error) => {
                        let message =
                            format!("invalid JSON in the example `{}`: {error}", example.name);
                        diagnostics.push(
                            Diagnostic::new(&codes::EXAMPLE_NOT_JSON, message)
                                .at(sources.word_at(example.origin), ""),
                        );
                        continue;
                    }
                };
            let odd = verdict
                .and_then(|verdict| decides_nothing(operation, example, &verdict.because, sources));
            if let Some(odd) = odd {
                diagnostics.push(odd);
            }
            for finding in findings.iter() {
                match finding.violation.severity {
                    Severity::Error => diagnostics.push(error(example, finding, sources)),
                    Severity::Warning => {
                        if seen.insert((finding.origin, finding.violation.rule)) {
                            found.push(contradiction(operation, example, finding, &holders));
                        }
                    }
                }
            }
        }
    }
    found
}

/// Reports a documented answer that stays pending because its status or its code is wrong.
fn decides_nothing(
    operation: &Operation,
    example: &Example,
    because: &Because,
    sources: &SourceMap,
) -> Option<Diagnostic> {
    let (message, expected) = match because {
        Because::NoStatus => {
            let stands = operation.result.as_ref().map(|result| &result.status);
            let expected = match stands {
                Some(StatusPlace::Field(path)) => format!("expected one at {}", pointer(path)),
                // The spec states the HTTP status of each example.
                Some(StatusPlace::HttpStatus | StatusPlace::Always(_)) | None => String::new(),
            };
            (
                format!("the example `{}` has no status", example.name),
                expected,
            )
        }
        Because::UnknownStatus => {
            let message = format!("unknown status in the example `{}`", example.name);
            let result = operation.result.iter();
            let known = result.flat_map(|result| result.statuses());
            let known: Vec<_> = known.map(|status| format!("`{status}`")).collect();
            (message, format!("expected one of {}", known.join(", ")))
        }
        Because::NoResponse => {
            let message = format!(
                "no response is described for the status of the example `{}`",
                example.name
            );
            let known = operation.responses.iter();
            let known: Vec<_> = known.map(|one| format!("`{}`", one.status)).collect();
            (message, format!("expected one of {}", known.join(", ")))
        }
        Because::Contradiction { expected } => {
            let message = format!(
                "the code and the status of the example `{}` contradict each other",
                example.name
            );
            (message, format!("expected the status `{expected}`"))
        }
        Because::Status
        | Because::Case(_)
        | Because::NoCase(_)
        | Because::Missing(_)
        | Because::NotForPayers(_)
        | Because::Unreadable
        | Because::OtherRequest(_) => return None,
    };
    let place = sources.word_at(example.origin);
    Some(
        Diagnostic::new(&codes::EXAMPLE_WITHOUT_STATUS, message)
            .at(place, expected)
            .help("such an answer decides nothing; correct the example or the spec"),
    )
}

fn told(example: &Example, finding: &Finding) -> String {
    let violation = &finding.violation;
    format!(
        "the example `{}` breaks the rule `{}` at {}: expected {}, found {}",
        example.name, violation.rule, violation.path, violation.expected, violation.actual
    )
}

fn error(example: &Example, finding: &Finding, sources: &SourceMap) -> Diagnostic {
    Diagnostic::new(&codes::EXAMPLE_BREAKS_SPEC, told(example, finding))
        .at(sources.word_at(example.origin), "")
        .also(sources.word_at(finding.origin), "the rule")
        .help("correct the rule, or make it a `warning` and record the contradiction")
}

fn contradiction(
    operation: &Operation,
    example: &Example,
    finding: &Finding,
    holders: &Holders,
) -> Found {
    let holder = holders.0.get(&finding.origin).copied();
    let mut subjects = vec![holder.unwrap_or(finding.origin)];
    subjects.extend([operation.origin, finding.origin]);
    Found {
        contradiction: Contradiction::ExampleBreaksRule,
        message: told(example, finding),
        at: finding.origin,
        also: vec![(example.origin, "the example")],
        subjects,
    }
}

/// The field, refinement or object that holds a rule, by the origin of the rule.
struct Holders(BTreeMap<Origin, Origin>);

impl Holders {
    fn of(api: &Api) -> Self {
        let mut holders = Holders(BTreeMap::new());
        for object in &api.objects {
            holders.object(object);
        }
        for operation in &api.operations {
            holders.body(&operation.request);
            operation
                .response
                .iter()
                .for_each(|body| holders.body(body));
        }
        holders
    }

    fn body(&mut self, body: &Body) {
        self.object(&body.object);
        let groups = body.same_currency.iter();
        self.0
            .extend(groups.map(|group| (group.origin, body.object.origin)));
        for refinement in &body.refinements {
            let constraints = refinement.constraints.iter().map(|rule| rule.origin);
            let conditions = refinement
                .required_when
                .iter()
                .chain(&refinement.forbidden_when);
            let rules = constraints.chain(conditions.map(|condition| condition.origin));
            self.0.extend(rules.map(|rule| (rule, refinement.origin)));
        }
    }

    fn object(&mut self, object: &Object) {
        let groups = object.at_least_one_of.iter();
        self.0
            .extend(groups.map(|group| (group.origin, object.origin)));
        for field in &object.fields {
            let constraints = field.constraints.iter().chain(field.ty.inner_rules());
            let constraints = constraints.map(|rule| rule.origin);
            let conditions = field.required_when.iter().chain(&field.forbidden_when);
            let rules = constraints.chain(conditions.map(|condition| condition.origin));
            self.0.extend(rules.map(|rule| (rule, field.origin)));
        }
    }
}
