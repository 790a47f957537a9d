use super::FlowScope;
use super::states::{AGAIN, STAY};
use crate::diagnostic::{Diagnostic, codes};
use crate::format::{FileKind, FlowState};
use crate::model::{FlowEvent, Operation, Row, Target};
use crate::resolve::Context;
use crate::source::At;

/// The key before the target in `on`.
enum Key<'k> {
    Event(FlowEvent),
    /// All outcomes of an operation without a row of their own.
    Others(&'k str),
}

impl Context<'_> {
    /// Resolves the rows of a step; [`None`] if one cannot be resolved.
    pub(super) fn rows(
        &mut self,
        scope: &FlowScope<'_>,
        sent: &Operation,
        state: &FlowState,
        at: At<'_>,
    ) -> Option<Vec<Row>> {
        let (mut rows, mut others, mut sound) = (Vec::new(), Vec::new(), true);
        for ((key, target), at) in state.on.iter().zip(at.entries()) {
            let key = self.key(scope, sent, key, at);
            let target = self.target(scope, target, at);
            match key.zip(target) {
                Some((Key::Event(event), target)) => {
                    let fits = self.leads_there(sent, &event, target, at);
                    let origin = self.origin(at);
                    sound &= fits;
                    rows.push(Row {
                        event,
                        target,
                        origin,
                    });
                }
                Some((Key::Others(operation), target)) => others.push((operation, target, at)),
                None => sound = false,
            }
        }
        for (operation, target, at) in others {
            for row in self.others(scope, sent, operation, target, at, &rows) {
                sound &= self.leads_there(sent, &row.event, target, at);
                rows.push(row);
            }
        }
        sound.then_some(rows)
    }

    /// Returns the rows for `OPERATION.*`.
    fn others(
        &mut self,
        scope: &FlowScope<'_>,
        sent: &Operation,
        id: &str,
        target: Target,
        at: At<'_>,
        rows: &[Row],
    ) -> Vec<Row> {
        let mut operations = std::iter::once(sent).chain(scope.heard.iter().copied());
        let operation = operations.find(|operation| operation.id == id);
        let outcomes = operation.map(Operation::outcomes).unwrap_or_default();
        let events = outcomes.iter().map(|outcome| FlowEvent::Outcome {
            operation: id.to_owned(),
            outcome: outcome.name.to_owned(),
            code: None,
        });
        let origin = self.origin(at);
        events
            .filter(|event| !rows.iter().any(|row| row.event == *event))
            .map(|event| Row {
                event,
                target,
                origin,
            })
            .collect()
    }

    fn key<'k>(
        &mut self,
        scope: &FlowScope<'_>,
        sent: &Operation,
        key: &'k str,
        at: At<'_>,
    ) -> Option<Key<'k>> {
        let event = match key {
            "no_answer" => FlowEvent::NoAnswer,
            "exhausted" => FlowEvent::Exhausted,
            "expired" => FlowEvent::Expired,
            _ => return self.outcome_key(scope, sent, key, at),
        };
        if event == FlowEvent::Expired && scope.file.expires.is_none() {
            let message = "`expired` never happens: the flow has no `expires`";
            self.report(
                Diagnostic::new(&codes::UNKNOWN_IN_FLOW, message)
                    .at(at.key_span(), "")
                    .help("add `expires` with the path of a time in the request"),
            );
            return None;
        }
        Some(Key::Event(event))
    }

    /// Parses `OPERATION.OUTCOME`, `OPERATION.OUTCOME CODE` or `OPERATION.*`.
    fn outcome_key<'k>(
        &mut self,
        scope: &FlowScope<'_>,
        sent: &Operation,
        key: &'k str,
        at: At<'_>,
    ) -> Option<Key<'k>> {
        let span = at.key_span();
        let Some((id, outcome)) = key.split_once('.') else {
            let known = ["no_answer", "exhausted", "expired"];
            self.not_there(format!("unknown event `{key}`"), key, span, known);
            return None;
        };
        let mut here = std::iter::once(sent).chain(scope.heard.iter().copied());
        let known: Vec<&str> = here
            .clone()
            .map(|operation| operation.id.as_str())
            .collect();
        let Some(operation) = here.find(|operation| operation.id == id) else {
            // A notification that could not be resolved has been reported.
            if !scope.file.notified_by.iter().any(|heard| heard == id) {
                let message = format!("the state neither sends nor receives `{id}`");
                self.not_there(message, id, span, known);
            }
            return None;
        };
        if outcome == "*" {
            return Some(Key::Others(id));
        }
        let (outcome, code) = match outcome.split_once(' ') {
            Some((outcome, code)) => (outcome, Some(code)),
            None => (outcome, None),
        };
        let outcomes = operation.outcomes();
        let Some(found) = outcomes.iter().find(|known| known.name == outcome) else {
            let known = outcomes.iter().map(|outcome| outcome.name);
            let message = format!("unknown outcome `{outcome}` of `{id}`");
            self.not_there(message, outcome, span, known);
            return None;
        };
        if let Some(code) = code {
            if !found.has_code() {
                let message = format!("the outcome `{outcome}` of `{id}` has no code");
                self.report(Diagnostic::new(&codes::UNKNOWN_IN_FLOW, message).at(span, ""));
                return None;
            }
            let result = operation.result.iter();
            let known = result.flat_map(|result| &result.codes);
            let known = known.map(|code| code.name.as_str());
            if self.complete(FileKind::Results) && !known.clone().any(|known| known == code) {
                let message = format!("unknown code `{code}` of `{id}`");
                self.not_there(message, code, span, known);
                return None;
            }
        }
        Some(Key::Event(FlowEvent::Outcome {
            operation: id.to_owned(),
            outcome: outcome.to_owned(),
            code: code.map(str::to_owned),
        }))
    }

    fn target(&mut self, scope: &FlowScope<'_>, name: &str, at: At<'_>) -> Option<Target> {
        match name {
            AGAIN => Some(Target::Again),
            STAY => Some(Target::Stay),
            name => self.state_named(scope, name, at.span()).map(Target::State),
        }
    }

    /// Returns whether an event can have this target: only an event about the sending can cause another
    /// one, and it cannot be ignored.
    fn leads_there(
        &mut self,
        sent: &Operation,
        event: &FlowEvent,
        target: Target,
        at: At<'_>,
    ) -> bool {
        let about_sending = match event {
            FlowEvent::Outcome { operation, .. } => *operation == sent.id,
            FlowEvent::NoAnswer => true,
            FlowEvent::Exhausted | FlowEvent::Expired => false,
        };
        let name = event.name();
        let message = match target {
            Target::State(_) => return true,
            Target::Again if about_sending => return true,
            Target::Stay if !about_sending && *event != FlowEvent::Exhausted => return true,
            Target::Again => {
                format!("`{name}` cannot lead to `again`: it does not answer the sending")
            }
            Target::Stay => {
                format!("`{name}` cannot lead to `stay`: the state would have nothing to wait for")
            }
        };
        self.report(Diagnostic::new(&codes::MISUSED_TARGET, message).at(at.span(), ""));
        false
    }
}
