use std::collections::BTreeSet;

use super::Said;
use crate::facet::Facet;
use crate::place::Subject;
use payspec_model::model::{Flow, Role, Row, State, Step, Target};
use payspec_model::value::{self, Value};

impl Said<'_> {
    /// The life of a payment or a refund.
    pub(super) fn flow(&mut self, flow: &Flow) {
        let Flow {
            id,
            title,
            description,
            kind,
            principal,
            starts,
            notified_by,
            expires,
            proves,
            states,
            sources,
            origin,
            origins,
        } = flow;
        let subject = Subject::Flow(id.clone());
        self.say(&subject, Facet::Flow, true, *origin);
        let principal = Value::Principal(*kind, principal.clone());
        self.say(&subject, Facet::FlowPays, principal, origins.principal);
        let start = Value::Target(value::Target::State(flow.state(*starts).name.clone()));
        self.say(&subject, Facet::FlowStart, start, origins.starts);
        let heard: BTreeSet<String> = notified_by.iter().cloned().collect();
        let heard = (!heard.is_empty()).then_some(Value::Operations(heard));
        self.perhaps(&subject, Facet::FlowHeard, heard, origins.notified_by);
        let expires = expires.clone().map(Value::Path);
        self.perhaps(&subject, Facet::FlowExpires, expires, origins.expires);
        self.paths(&subject, Facet::FlowProves, proves, origins.proves);
        let text = format!("{title}. {description}");
        self.words(&subject, Facet::Description, text, *origin);
        self.sources(&subject, sources, *origin);
        for state in states {
            self.state(flow, state);
        }
    }

    fn state(&mut self, flow: &Flow, state: &State) {
        let State {
            name,
            description,
            role,
            sources,
            origin,
        } = state;
        let subject = Subject::FlowState(flow.id.clone(), name.clone());
        self.say(&subject, Facet::FlowState, true, *origin);
        self.words(&subject, Facet::Description, description, *origin);
        self.sources(&subject, sources, *origin);
        match role {
            Role::End(end) => {
                let role = Value::Role(value::Role::Ends(*end));
                self.say(&subject, Facet::FlowRole, role, *origin);
            }
            Role::Step(step) => {
                let Step {
                    send,
                    pauses,
                    rows,
                    origin: sends,
                } = step;
                let role = Value::Role(value::Role::Sends(send.clone()));
                self.say(&subject, Facet::FlowRole, role, *sends);
                let pauses = (!pauses.is_empty()).then(|| Value::Pauses(pauses.clone()));
                self.perhaps(&subject, Facet::FlowPauses, pauses, *origin);
                for Row {
                    event,
                    target,
                    origin,
                } in rows
                {
                    let (flow_id, event) = (flow.id.clone(), event.name());
                    let subject = Subject::FlowEvent(flow_id, name.clone(), event);
                    let target = Value::Target(match target {
                        Target::State(id) => value::Target::State(flow.state(*id).name.clone()),
                        Target::Again => value::Target::Again,
                        Target::Stay => value::Target::Stay,
                    });
                    self.say(&subject, Facet::FlowTarget, target, *origin);
                }
            }
        }
    }
}
