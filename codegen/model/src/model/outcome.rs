use super::{Api, Decide, Decision, End, Object, Operation, StatusClass, Type};

/// An outcome of a call or a notification: a variant of the generated outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome<'m> {
    /// The name, `snake_case`, unique in the operation: `paid`, `failed`, `pending`.
    pub name: &'m str,
    /// The decision.
    pub kind: Decide,
}

impl Operation {
    /// Returns the outcomes of the operation in the order of its decisions; `pending` always exists and
    /// comes last. Empty if the operation is not judged.
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

impl Decision {
    /// Returns the paths, in the judged body, of the addresses that the decision hands over for the
    /// payer: those in its payload, and those that it needs. Addresses in a list or in a JSON text, or
    /// deeper than three steps below the payload, are not included.
    pub fn addresses(&self, api: &Api, body: &Object) -> Vec<Vec<String>> {
        match self.decide {
            Decide::Redirect | Decide::Waiting => {}
            Decide::Done | Decide::Ended | Decide::Failed | Decide::Pending => return Vec::new(),
        }
        let mut found = Vec::new();
        for path in self.payload.iter().chain(&self.needs) {
            let most = path.len() + MOST_STEPS;
            addresses_below(api, body, &mut path.clone(), (0, most), &mut found);
        }
        found.sort();
        found.dedup();
        found
    }
}

/// Follows a path from its step `at` on, then into the objects below, up to the step `most`.
fn addresses_below(
    api: &Api,
    object: &Object,
    path: &mut Vec<String>,
    (at, most): (usize, usize),
    found: &mut Vec<Vec<String>>,
) {
    // Objects may contain themselves.
    if at == most {
        return;
    }
    let wanted = path.get(at).cloned();
    let fields = object.fields.iter();
    for field in fields.filter(|field| wanted.as_ref().is_none_or(|name| *name == field.name)) {
        if wanted.is_none() {
            path.push(field.name.clone());
        }
        match field.ty {
            Type::Url if path.len() == at + 1 => found.push(path.clone()),
            Type::Object(id) => {
                addresses_below(api, api.object(id), path, (at + 1, most), found);
            }
            Type::Url
            | Type::String
            | Type::Integer
            | Type::Decimal
            | Type::Boolean
            | Type::Any
            | Type::DateTime
            | Type::Date
            | Type::Uuid
            | Type::Binary
            | Type::Timestamp(_)
            | Type::Country
            | Type::Currency(_)
            | Type::Enum(_)
            | Type::List(_)
            | Type::Map(_)
            | Type::Union(_)
            | Type::Json(_) => {}
        }
        if wanted.is_none() {
            path.pop();
        }
    }
}

/// Number of steps below a payload to search for an address: deeper than any payment form.
const MOST_STEPS: usize = 3;

impl Decide {
    /// Returns the class of the statuses that may have this decision. A case of any status may be
    /// pending.
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
    /// Returns whether the outcome is unknown.
    pub(crate) fn is_pending(&self) -> bool {
        self.kind == Decide::Pending
    }

    /// Returns whether it has a result code that distinguishes failures.
    pub(crate) fn has_code(&self) -> bool {
        self.kind == Decide::Failed
    }

    /// Returns whether the operation is decided, so that another answer would say the same.
    pub(crate) fn is_settled(&self) -> bool {
        match self.kind {
            Decide::Done | Decide::Redirect | Decide::Ended => true,
            Decide::Waiting | Decide::Failed | Decide::Pending => false,
        }
    }

    /// Returns whether it proves an end of a payment or a refund. `principal` is true for an outcome of
    /// the operation that moves the money.
    pub fn proves(&self, end: End, principal: bool) -> bool {
        let named = self.name == end.as_str();
        match (self.kind, end) {
            (Decide::Done, End::Paid | End::Cancelled | End::Refunded) => named,
            (Decide::Ended, End::Unpaid | End::Cancelled | End::RefundFailed) => named,
            (Decide::Failed, End::Unpaid | End::RefundFailed) => named || principal,
            (
                Decide::Done
                | Decide::Redirect
                | Decide::Waiting
                | Decide::Ended
                | Decide::Failed
                | Decide::Pending,
                End::Paid
                | End::Unpaid
                | End::Cancelled
                | End::Refunded
                | End::RefundFailed
                | End::Escalated,
            ) => false,
        }
    }
}
