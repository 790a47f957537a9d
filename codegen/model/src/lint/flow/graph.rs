use std::collections::BTreeSet;

use super::{FlawSite, FlowFindings};
use crate::diagnostic::codes;
use crate::model::{Flow, Role, Row, StateId, Target};

/// Proves that every state can be entered, can reach an end, and is never entered again.
pub(super) fn prove(findings: &mut FlowFindings<'_>) {
    let flow = findings.flow;
    let reached = closure([flow.starts], |id| {
        successors(flow, id).map(|(to, _)| to).collect()
    });
    let ends = (0..flow.states.len()).map(StateId);
    let ends = ends.filter(|id| matches!(flow.state(*id).role, Role::End(_)));
    let saved = closure(ends, |id| predecessors(flow, id));
    for id in (0..flow.states.len()).map(StateId) {
        let state = flow.state(id);
        if !reached.contains(&id) {
            let message = format!("no event leads to `{}`", state.name);
            findings.add(
                &codes::NEVER_ENTERED,
                message,
                FlawSite::state(state),
                state.origin,
            );
        }
        if !saved.contains(&id) {
            let message = format!("no end can be reached from `{}`", state.name);
            findings.add(
                &codes::NO_WAY_OUT,
                message,
                FlawSite::state(state),
                state.origin,
            );
        }
    }
    for (from, to, row) in circles(flow) {
        let (name, target) = (&flow.state(from).name, &flow.state(to).name);
        let message = match from == to {
            true => format!("`{name}` leads to itself"),
            false => format!("`{name}` leads back to `{target}`"),
        };
        let found = findings.add(
            &codes::ENTERED_AGAIN,
            message,
            FlawSite::row(flow.state(from), row),
            row.origin,
        );
        if from == to {
            found
                .help
                .push("use `again` to repeat the sending".to_owned());
        }
    }
}

/// Returns the states that a state leads to, with the row for each.
pub(super) fn successors(flow: &Flow, id: StateId) -> impl Iterator<Item = (StateId, &Row)> {
    let rows = match &flow.state(id).role {
        Role::Step(step) => step.rows.as_slice(),
        Role::End(_) => &[],
    };
    rows.iter().filter_map(|row| match row.target {
        Target::State(to) => Some((to, row)),
        Target::Again | Target::Stay => None,
    })
}

fn predecessors(flow: &Flow, id: StateId) -> Vec<StateId> {
    let states = (0..flow.states.len()).map(StateId);
    let lead = |from: &StateId| successors(flow, *from).any(|(to, _)| to == id);
    states.filter(lead).collect()
}

/// Returns all states that can be reached in any number of steps.
fn closure(
    start: impl IntoIterator<Item = StateId>,
    next: impl Fn(StateId) -> Vec<StateId>,
) -> BTreeSet<StateId> {
    let mut open: Vec<StateId> = start.into_iter().collect();
    let mut reached = BTreeSet::new();
    while let Some(id) = open.pop() {
        if reached.insert(id) {
            open.extend(next(id));
        }
    }
    reached
}

/// Returns the rows that close a cycle: each leads to a state from which it can be reached.
fn circles(flow: &Flow) -> Vec<(StateId, StateId, &Row)> {
    let mut walk = Walk {
        flow,
        done: BTreeSet::new(),
        on_the_way: Vec::new(),
        closing: Vec::new(),
    };
    // From the start first, so that the rows that lead back towards it are reported.
    let others = (0..flow.states.len()).map(StateId);
    for id in std::iter::once(flow.starts).chain(others) {
        walk.visit(id);
    }
    walk.closing
}

struct Walk<'a> {
    flow: &'a Flow,
    done: BTreeSet<StateId>,
    on_the_way: Vec<StateId>,
    closing: Vec<(StateId, StateId, &'a Row)>,
}

impl Walk<'_> {
    // The depth is limited by the number of states, and that by the size of a file.
    fn visit(&mut self, id: StateId) {
        if self.done.contains(&id) {
            return;
        }
        self.on_the_way.push(id);
        for (to, row) in successors(self.flow, id) {
            if self.on_the_way.contains(&to) {
                self.closing.push((id, to, row));
            } else {
                self.visit(to);
            }
        }
        self.on_the_way.pop();
        self.done.insert(id);
    }
}
