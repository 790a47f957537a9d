//! Compares how the answers of an operation are judged.

use payspec_runtime::StatusClass;

use super::outcome_diagram::{Hazardous, outcome_diagram};
use super::outcome_table::Key;
pub use super::outcome_table::OutcomeTable;
pub(crate) use super::outcome_table::{OutcomeCells, OutcomeRow, OutcomeWord};
use super::{Drawings, HazardKind, Mark, Risk, RiskKey, hazards, joined, operations};
use payspec_codegen::emit::flow::OutcomeDiagram;
use payspec_model::model::{
    Api, Caller, Case, Code, Decide, Decision, Idempotency, Model, NextStep, Operation, Resend,
    ResultHandling,
};

/// Returns the tables of operations that both specs have and judge differently, sorted by
/// operation.
pub(crate) fn tables(old: &Model, new: &Model) -> Vec<OutcomeTable> {
    let (before, after) = (operations(old), operations(new));
    let both = after
        .iter()
        .filter_map(|(id, new)| Some((*before.get(id)?, *new)));
    both.filter_map(|(before, after)| table((old, before), (new, after)))
        .collect()
}

type Judged<'m> = (&'m Model, (&'m Api, &'m Operation));

fn table(old: Judged<'_>, new: Judged<'_>) -> Option<OutcomeTable> {
    let result = |(_, (_, operation)): Judged<'_>| operation.result.is_some();
    let (before, after) = (rows(old), rows(new));
    let keys = joined(
        before.iter().map(|row| &row.0),
        after.iter().map(|row| &row.0),
    );
    // Rows of statuses come before rows of codes, even if one was removed.
    let (codes, decisions): (Vec<_>, Vec<_>) = keys
        .into_iter()
        .partition(|key| matches!(key, Key::Code(_)));
    let find = |rows: &[(Key, OutcomeCells)], key: &Key| {
        let row = rows.iter().find(|(other, _)| other == key);
        row.map(|(_, cells)| cells.clone())
    };
    let rows = decisions.into_iter().chain(codes).map(|key| {
        let (old, new) = (find(&before, key), find(&after, key));
        OutcomeRow {
            mark: Mark::of(old.as_ref(), new.as_ref(), |old, new| old == new),
            code: match key {
                Key::Decision(..) => None,
                Key::Code(name) => Some(name.clone()),
            },
            old,
            new,
        }
    });
    let rows: Vec<OutcomeRow> = rows.collect();
    // A request that is recognised when repeated, before or after, must not be made twice.
    let counts = [old, new]
        .iter()
        .any(|(_, (_, one))| one.idempotency.is_some());
    let risks = |(model, (api, operation))| (model, risks(api, operation, counts));
    let (old_risks, new_risks) = (risks(old), risks(new));
    let only = |own: &[Risk], other: &[Risk]| -> Hazardous {
        let own = own.iter().filter(|risk| {
            let mut others = other.iter();
            !others.any(|other| (other.kind, &other.key) == (risk.kind, &risk.key))
        });
        own.map(|risk| (risk.key.clone(), risk.kind)).collect()
    };
    let id = &new.1.1.id;
    let gone = only(&old_risks.1, &new_risks.1);
    let come = only(&new_risks.1, &old_risks.1);
    let before = outcome_diagram(id, &rows, Mark::Removed, &gone);
    let after = outcome_diagram(id, &rows, Mark::Added, &come);
    let table = OutcomeTable {
        operation: id.clone(),
        mark: match (result(old), result(new)) {
            (false, true) => Mark::Added,
            (true, false) => Mark::Removed,
            (false, false) | (true, true) => Mark::Changed,
        },
        drawings: Drawings {
            old: before.map(|diagram| diagram.svg()),
            new: after.as_ref().map(OutcomeDiagram::svg),
            changed: after.as_ref().and_then(OutcomeDiagram::changed_svg),
        },
        diagram: after.as_ref().map(OutcomeDiagram::mermaid),
        hazards: hazards(old_risks, new_risks),
        rows,
    };
    let changed = table.rows.iter().any(|row| row.mark != Mark::Same);
    (changed || !table.hazards.is_empty()).then_some(table)
}

fn rows((model, (_, operation)): Judged<'_>) -> Vec<(Key, OutcomeCells)> {
    let Some(result) = &operation.result else {
        return Vec::new();
    };
    let decisions = result.decisions.iter().map(|decision| {
        let when = when(decision);
        let cells = OutcomeCells {
            status: decision.status.clone(),
            when: when.clone(),
            outcomes: vec![word(decision)],
            next_step: None,
            resend: None,
            actions: decision
                .actions
                .iter()
                .map(|action| action.as_str())
                .collect(),
            spec: model.place(decision.origin),
        };
        (Key::Decision(decision.status.clone(), when), cells)
    });
    let codes = result.codes.iter().map(|code| {
        let cells = OutcomeCells {
            status: code.status.clone(),
            when: None,
            outcomes: outcomes(result, &code.status),
            next_step: Some(code.next_step.as_str()),
            resend: Some(code.resend.as_str()),
            actions: Vec::new(),
            spec: model.place(code.origin),
        };
        (Key::Code(code.name.clone()), cells)
    });
    decisions.chain(codes).collect()
}

/// Writes the cases of a decision, if it has any: `/paymentStatus = SUCCESS`.
fn when(decision: &Decision) -> Option<String> {
    let cases: Vec<String> = decision.cases.iter().map(Case::to_string).collect();
    (!cases.is_empty()).then(|| cases.join(", "))
}

fn word(decision: &Decision) -> OutcomeWord {
    OutcomeWord {
        name: decision.name.clone(),
        decides: decision.decide.as_str(),
    }
}

/// Returns the possible outcomes of an answer with a status. A status without a decision is
/// pending.
fn outcomes(result: &ResultHandling, status: &str) -> Vec<OutcomeWord> {
    let mut words: Vec<OutcomeWord> = Vec::new();
    for decision in result.decisions.iter().filter(|one| one.status == status) {
        let word = word(decision);
        if !words.contains(&word) {
            words.push(word);
        }
    }
    if words.is_empty() {
        let pending = Decide::Pending.as_str();
        words.push(OutcomeWord {
            name: pending.to_owned(),
            decides: pending,
        });
    }
    words
}

/// Returns the hazards of answers that are judged like this; `counts` is true if the request must
/// not be carried out twice.
fn risks(api: &Api, operation: &Operation, counts: bool) -> Vec<Risk> {
    let Some(result) = &operation.result else {
        return Vec::new();
    };
    let mut risks = Vec::new();
    for code in &result.codes {
        let class = api.class(result, &code.status);
        let repeated = operation.idempotency.as_ref();
        let found = class.and_then(|class| of_code(code, class, repeated));
        if let Some((kind, why)) =
            found.filter(|(kind, _)| counts || *kind != HazardKind::PaysTwice)
        {
            risks.push(Risk {
                kind,
                key: RiskKey::Outcome(Key::Code(code.name.clone())),
                message: format!("the code `{}` {why}", code.name),
                proof: None,
                at: code.origin,
            });
        }
    }
    let open = |decision: &&Decision| decision.decide == Decide::Pending;
    let stuck = |decision: &&Decision| decision.actions.is_empty();
    if operation.caller == Caller::Merchant {
        for decision in result.decisions.iter().filter(open).filter(stuck) {
            risks.push(Risk {
                kind: HazardKind::DeadEnd,
                key: RiskKey::Outcome(Key::Decision(decision.status.clone(), when(decision))),
                message: format!(
                    "the result of the call is unknown after the status `{}`, and the spec allows no \
                     action",
                    decision.status
                ),
                proof: None,
                at: decision.origin,
            });
        }
    }
    risks
}

/// Returns the hazard of a code with a status of this class, and the reason.
fn of_code(
    code: &Code,
    class: StatusClass,
    idempotency: Option<&Idempotency>,
) -> Option<(HazardKind, &'static str)> {
    use HazardKind::{DeadEnd, Misread, PaysTwice};
    let repeats = code.next_step == NextStep::ResendSame || code.resend == Resend::Safe;
    match (class, code.next_step) {
        (StatusClass::Pending, NextStep::ResendSame | NextStep::Inquire) => {
            (repeats && idempotency.is_none()).then_some((
                PaysTwice,
                "allows resending the same request, but no field distinguishes a repetition from a new request",
            ))
        }
        (
            StatusClass::Pending,
            NextStep::FixRequest
            | NextStep::FixCredentials
            | NextStep::CheckContract
            | NextStep::RegisterMerchant
            | NextStep::LowerAmount
            | NextStep::NewRequestId
            | NextStep::Refund,
        ) => Some((
            PaysTwice,
            "leaves the outcome open, but its next step leads to another request: the first one may \
             still succeed",
        )),
        (StatusClass::Pending, NextStep::ContactSupport | NextStep::TellUser) => Some((
            DeadEnd,
            "leaves the outcome open, and no program can continue",
        )),
        (StatusClass::Pending, NextStep::Done | NextStep::Redirect) => Some((
            Misread,
            "leaves the outcome open, but its next step treats it as a success",
        )),
        (StatusClass::Succeeded, NextStep::NewRequestId | NextStep::ResendSame) => Some((
            PaysTwice,
            "means that the call succeeded, but its next step repeats it",
        )),
        (StatusClass::Failed, _) if repeats => Some((
            Misread,
            "is final, but allows resending the same request: it may not be final",
        )),
        (StatusClass::Failed, NextStep::Done | NextStep::Redirect) => Some((
            Misread,
            "is a failure, but its next step treats it as a success",
        )),
        (
            StatusClass::Failed,
            NextStep::FixRequest
            | NextStep::FixCredentials
            | NextStep::CheckContract
            | NextStep::RegisterMerchant
            | NextStep::LowerAmount
            | NextStep::NewRequestId
            | NextStep::ResendSame
            | NextStep::Inquire
            | NextStep::Refund
            | NextStep::ContactSupport
            | NextStep::TellUser,
        )
        | (
            StatusClass::Succeeded,
            NextStep::Done
            | NextStep::Redirect
            | NextStep::FixRequest
            | NextStep::FixCredentials
            | NextStep::CheckContract
            | NextStep::RegisterMerchant
            | NextStep::LowerAmount
            | NextStep::Inquire
            | NextStep::Refund
            | NextStep::ContactSupport
            | NextStep::TellUser,
        ) => None,
    }
}
