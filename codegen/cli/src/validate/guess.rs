//! Finds the operation and the side of a message that names neither.

use std::fmt::Write;

use crate::failure::Failure;
use crate::operations;
use crate::output::plain;
use payspec_model::check::{Checker, Findings};
use payspec_model::model::{Api, Model, Operation, Side};
use payspec_runtime::json::{Node, lenient_text};
use payspec_runtime::rules::BodyForm;
use payspec_runtime::{RuleId, Severity, Violation};

/// Most candidates that an error lists.
const LISTED: usize = 8;

/// Most reasons that an error lists for each of them.
const REASONS: usize = 3;

/// One side of an operation.
#[derive(Clone, Copy)]
pub(super) struct Kind<'m> {
    pub(super) api: &'m Api,
    pub(super) operation: &'m Operation,
    pub(super) side: Side,
}

impl Kind<'_> {
    /// Returns the options that name it.
    pub(super) fn options(&self) -> String {
        format!(
            "--operation {} --side {}",
            plain(&self.operation.id),
            self.side
        )
    }
}

/// A possible kind of a message, with what speaks against it.
struct Candidate<'m> {
    kind: Kind<'m>,
    /// The contents that rule this kind out: an unknown field, another constant, an unknown code.
    against: Vec<String>,
    /// True if the message breaks no rule at all.
    is_valid: bool,
}

/// Returns the only kind of message that fits, out of those that the arguments leave.
///
/// # Errors
///
/// When the text is not a JSON object, when no kind fits, or when several do.
pub(super) fn kind<'m>(
    model: &'m Model,
    name: &str,
    json: &[u8],
    operation: Option<&str>,
    side: Option<Side>,
) -> Result<Kind<'m>, Failure> {
    let hint = "name them with `--operation` and `--side`";
    let refused = |why: &str| {
        let what = "cannot tell the operation and the side of the message";
        Failure::Usage(format!("{name}: {what}: {why}\nhelp: {hint}"))
    };
    let text = lenient_text(json).map_err(|error| refused(&error.to_string()))?;
    let message = Node::parse_lenient(&text).map_err(|error| refused(&error.to_string()))?;
    let bodies = operations(model).flat_map(|(_, one)| one.bodies());
    let is_object = bodies
        .into_iter()
        .all(|body| body.object.form() == BodyForm::Members);
    match &message {
        Node::Object(members) if members.is_empty() => return Err(refused("it has no fields")),
        Node::Object(_) => {}
        _ if is_object => return Err(refused("it is not an object")),
        _ => {}
    }
    let mut all = candidates(model, &message, operation, side);
    all.sort_by_key(|one| one.against.len());
    let fitting = || all.iter().filter(|one| one.against.is_empty());
    let valid = || fitting().filter(|one| one.is_valid);
    match (fitting().count(), valid().count()) {
        (1, _) => fitting().next().map(|one| one.kind).ok_or(None),
        (_, 1) => valid().next().map(|one| one.kind).ok_or(None),
        (0, _) => Err(None),
        (_, 0) => Err(Some(fitting().map(|one| one.kind).collect())),
        (_, _) => Err(Some(valid().map(|one| one.kind).collect())),
    }
    .map_err(|several: Option<Vec<Kind<'m>>>| match several {
        Some(several) => ambiguous(name, &several),
        None => contradicted(name, &all),
    })
}

fn candidates<'m>(
    model: &'m Model,
    message: &Node<'_>,
    operation: Option<&str>,
    side: Option<Side>,
) -> Vec<Candidate<'m>> {
    let named = operations(model).filter(|(_, one)| operation.is_none_or(|id| one.id == id));
    let mut all = Vec::new();
    for (api, operation) in named {
        let sides = Side::ALL.iter().copied();
        for side in sides.filter(|one| side.is_none_or(|side| *one == side)) {
            if let Some(checker) = Checker::new(api, operation, side) {
                let kind = Kind {
                    api,
                    operation,
                    side,
                };
                all.push(candidate(kind, &checker, message));
            }
        }
    }
    all
}

fn candidate<'m>(kind: Kind<'m>, checker: &Checker<'m>, message: &Node<'_>) -> Candidate<'m> {
    let findings = checker.check_node(message);
    let mut against = Vec::new();
    let form =
        (kind.operation.body(kind.side)).map_or(BodyForm::Members, |body| body.object.form());
    match (form, message) {
        // A list or map has no names that tell it apart, so that every error counts.
        (BodyForm::Value, _) if !findings.is_valid() => {
            against.push("not such a value".to_owned());
        }
        (BodyForm::Members, Node::Object(_)) | (BodyForm::Value | BodyForm::ListOrMembers, _) => {}
        (BodyForm::Members, _) => against.push("it is not an object".to_owned()),
    }
    if let (Node::Object(members), BodyForm::Members | BodyForm::ListOrMembers) = (message, form) {
        let unknown = |name: &str| checker.body().field(name).is_none();
        let unknown = members.iter().filter(|(name, _)| unknown(name));
        against.extend(unknown.map(|(name, _)| format!("unknown field `{}`", plain(name))));
    }
    against.extend(other_values(&findings));
    // Without the HTTP status, no code is known to fit it.
    let by_http_status = (kind.operation.result.iter()).filter(|it| it.is_by_http_status());
    let listed = by_http_status.flat_map(|result| &result.codes);
    let listed: Vec<&str> = listed.map(|code| code.name.as_str()).collect();
    if let Some(verdict) = checker.judge(message, &findings, None)
        && let (Some(code), None) = (&verdict.code, verdict.known)
        && !listed.contains(&code.as_str())
    {
        against.push(format!("unknown code `{}`", plain(code)));
    }
    Candidate {
        kind,
        against,
        is_valid: findings.is_valid(),
    }
}

/// Returns the values that a message of this kind cannot have.
fn other_values(findings: &Findings) -> impl Iterator<Item = String> {
    let is_const = |violation: &Violation| {
        violation.rule == RuleId::Const && violation.severity == Severity::Error
    };
    let other = findings.iter().filter(move |one| is_const(&one.violation));
    other.map(|one| {
        let violation = &one.violation;
        format!(
            "`{}` is not {}",
            plain(&violation.path.to_string()),
            violation.expected
        )
    })
}

/// Reports that several kinds fit.
fn ambiguous(name: &str, several: &[Kind<'_>]) -> Failure {
    let count = several.len();
    let mut text =
        format!("{name}: the message fits {count} operations and sides\nhelp: choose one:");
    list(&mut text, several.iter().map(Kind::options));
    Failure::Usage(text)
}

/// Reports that no kind fits, with those that fit best.
fn contradicted(name: &str, all: &[Candidate<'_>]) -> Failure {
    let mut text =
        format!("{name}: no operation fits the message\nhelp: these come closest; choose one:");
    let least = all.first().map_or(0, |one| one.against.len());
    let closest = all.iter().filter(|one| one.against.len() == least);
    list(
        &mut text,
        closest.map(|one| format!("{} ({})", one.kind.options(), reasons(&one.against))),
    );
    Failure::Usage(text)
}

/// Joins the first reasons.
fn reasons(against: &[String]) -> String {
    let shown = against.get(..REASONS).unwrap_or(against).join(", ");
    match against.len().checked_sub(REASONS) {
        Some(more) if more > 0 => format!("{shown} and {more} more"),
        Some(_) | None => shown,
    }
}

fn list(text: &mut String, lines: impl Iterator<Item = String>) {
    let lines: Vec<String> = lines.collect();
    for line in lines.iter().take(LISTED) {
        let _ = write!(text, "\n  {line}");
    }
    if let Some(more) = lines.len().checked_sub(LISTED).filter(|more| *more > 0) {
        let _ = write!(text, "\n  and {more} more");
    }
}
