use super::{Decide, Operation, StatusClass};

/// One way in which a call, or a notification, can come out: a variant of the generated outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome<'m> {
    /// Its name, `snake_case`, unique in the operation: `paid`, `failed`, `pending`.
    pub name: &'m str,
    /// What it decides.
    pub kind: Decide,
}

impl Operation {
    /// The ways in which the operation can come out, in the order of its decisions; `pending`
    /// stands last and is always there. None when nothing judges the operation.
    pub fn outcomes(&self) -> Vec<Outcome<'_>> {
        let Some(result) = &self.result else {
            return Vec::new();
        };
        let mut outcomes: Vec<Outcome<'_>> = Vec::new();
        for decision in &result.decisions {
            let (name, kind) = (decision.name.as_str(), decision.decide);
            let known = outcomes.iter().any(|outcome| outcome.name == name);
            if !known && kind != Decide::Pending {
                outcomes.push(Outcome { name, kind });
            }
        }
        outcomes.push(Outcome {
            name: Decide::Pending.as_str(),
            kind: Decide::Pending,
        });
        outcomes
    }
}

impl Decide {
    /// The class of the statuses that may decide this. A case beside any status may be pending.
    pub const fn class(self) -> StatusClass {
        match self {
            Decide::Done | Decide::Redirect | Decide::Waiting | Decide::Ended => {
                StatusClass::Succeeded
            }
            Decide::Failed => StatusClass::Failed,
            Decide::Pending => StatusClass::Pending,
        }
    }
}

impl Outcome<'_> {
    /// Whether it carries a result code, to tell one failure from another.
    pub fn has_code(&self) -> bool {
        self.kind == Decide::Failed
    }
}
