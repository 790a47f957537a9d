//! How the answers of an operation are judged, before and after.

use payspec_runtime::StatusClass;
use schemars::JsonSchema;
use serde::Serialize;

use super::outcome_diagram::{Hazardous, fan, key};
use super::{Drawings, Hazard, HazardKind, Mark, Risk, hazards, joined, operations};
use payspec_codegen::emit::flow::OutcomeDiagram;
use payspec_model::model::{
    Api, Caller, Case, Code, Decide, Decision, Idempotency, Model, NextStep, Operation, Resend,
    ResultHandling,
};
use payspec_model::pointer::pointer;

/// The table of an operation whose judging changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OutcomeTable {
    /// The operation.
    pub operation: String,
    /// What became of the judging as a whole.
    pub mark: Mark,
    /// What each status decides, then what each code asks for; rows that are gone stand last in
    /// their part.
    pub rows: Vec<OutcomeRow>,
    /// What a reviewer must not overlook: new hazards first.
    pub hazards: Vec<Hazard>,
    /// What the answers come to as drawings, for a page. Not part of the JSON.
    #[serde(skip)]
    pub drawings: Drawings,
    /// What they come to in the new spec, in Mermaid. Not part of the JSON.
    #[serde(skip)]
    pub diagram: Option<String>,
}

/// A row: what a status decides, or what a code asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OutcomeRow {
    /// What became of it.
    pub mark: Mark,
    /// The code; absent in a row that speaks of all codes of a status.
    pub code: Option<String>,
    /// What the old spec says.
    pub old: Option<OutcomeCells>,
    /// What the new spec says.
    pub new: Option<OutcomeCells>,
}

/// What one spec says in a row.
#[derive(Debug, Clone, Eq, Serialize, JsonSchema)]
pub struct OutcomeCells {
    /// The status.
    pub status: String,
    /// The value of another field that is asked for, as in `/paymentStatus = SUCCESS`.
    pub when: Option<String>,
    /// The ways in which the call can come out: one, or several where other fields decide.
    pub outcomes: Vec<OutcomeWord>,
    /// What a program does next: of a code.
    pub next_step: Option<&'static str>,
    /// Whether the same may be sent again: of a code.
    pub resend: Option<&'static str>,
    /// What may be done while nobody knows: of a pending decision.
    pub actions: Vec<&'static str>,
    /// `file:line`.
    pub spec: String,
}

/// A way in which a call can come out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OutcomeWord {
    /// The name, a variant of the generated outcome: `paid`.
    pub name: String,
    /// What it decides: `done`.
    pub decides: &'static str,
}

impl PartialEq for OutcomeCells {
    /// Returns where it stands in the spec does not matter.
    fn eq(&self, other: &Self) -> bool {
        let said = |cells: &Self| {
            let OutcomeCells {
                status,
                when,
                outcomes,
                next_step,
                resend,
                actions,
                spec: _,
            } = cells;
            let words = (status.clone(), when.clone(), outcomes.clone());
            (words, *next_step, *resend, actions.clone())
        };
        said(self) == said(other)
    }
}

/// The tables of operations that both specs have and judge in different ways, sorted by operation.
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
    // What the statuses decide stands before the codes, also where a row is gone.
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
    // A request that was or is recognised again is one that must not be made twice.
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
    let before = fan(id, &rows, Mark::Removed, &gone);
    let after = fan(id, &rows, Mark::Added, &come);
    let table = OutcomeTable {
        operation: id.clone(),
        mark: match (result(old), result(new)) {
            (false, true) => Mark::Added,
            (true, false) => Mark::Removed,
            (false, false) | (true, true) => Mark::Changed,
        },
        drawings: Drawings {
            old: before.map(|fan| fan.svg()),
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

/// What makes two rows of the two specs the same one.
#[derive(Debug, PartialEq, Eq)]
enum Key {
    Decision(String, Option<String>),
    Code(String),
}

fn rows((model, (_, operation)): Judged<'_>) -> Vec<(Key, OutcomeCells)> {
    let Some(result) = &operation.result else {
        return Vec::new();
    };
    let decisions = result.decisions.iter().map(|decision| {
        let when = decision.case.as_ref();
        let when = when.map(self::when);
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

/// `/paymentStatus = SUCCESS`.
fn when(Case { by, value }: &Case) -> String {
    format!("{} = {value}", pointer(by))
}

fn word(decision: &Decision) -> OutcomeWord {
    OutcomeWord {
        name: decision.name.clone(),
        decides: decision.decide.as_str(),
    }
}

/// The ways in which an answer with a status can come out. What nothing decides is pending.
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

/// Returns what can go wrong with answers that are judged like this; `counts` says whether the request does
/// something that must not be done twice.
fn risks(api: &Api, operation: &Operation, counts: bool) -> Vec<Risk> {
    let Some(result) = &operation.result else {
        return Vec::new();
    };
    let mut risks = Vec::new();
    for code in &result.codes {
        let class = api.status(&code.status).map(|status| status.class);
        let repeated = operation.idempotency.as_ref();
        let found = class.and_then(|class| of_code(code, class, repeated));
        if let Some((kind, why)) =
            found.filter(|(kind, _)| counts || *kind != HazardKind::PaysTwice)
        {
            risks.push(Risk {
                kind,
                key: key(&code.status, None, Some(&code.name)),
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
                key: key(
                    &decision.status,
                    decision.case.as_ref().map(when).as_deref(),
                    None,
                ),
                message: format!(
                    "nobody knows what became of the call after the status `{}`, and nothing is said \
                     of what may be done",
                    decision.status
                ),
                proof: None,
                at: decision.origin,
            });
        }
    }
    risks
}

/// Returns what can go wrong with a code of a status of this class, and why.
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
                "allows to send the same again, and no field tells a repetition from a new request",
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
            "leaves the outcome open, yet its next step leads to another request: the first one may \
             still go through",
        )),
        (StatusClass::Pending, NextStep::ContactSupport | NextStep::TellUser) => Some((
            DeadEnd,
            "leaves the outcome open, and no program can go on from it",
        )),
        (StatusClass::Pending, NextStep::Done | NextStep::Redirect) => Some((
            Misread,
            "leaves the outcome open, yet its next step takes it for a success",
        )),
        (StatusClass::Succeeded, NextStep::NewRequestId | NextStep::ResendSame) => Some((
            PaysTwice,
            "says that the call succeeded, yet its next step is to make it again",
        )),
        (StatusClass::Failed, _) if repeats => Some((
            Misread,
            "is final, yet the same may be sent again: it may not be final",
        )),
        (StatusClass::Failed, NextStep::Done | NextStep::Redirect) => Some((
            Misread,
            "is a failure, yet its next step takes it for a success",
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
