//! Collects the facts of a flow.

use std::collections::BTreeSet;

use super::{FactCollector, titled};
use crate::location::Item;
use crate::property::Property;
use payspec_model::model::{CarriedValue, Flow, Role, Row, State, Step, Target};
use payspec_model::value::{self, Value};

impl FactCollector<'_> {
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
            with,
            states,
            sources,
            origin,
            origins,
        } = flow;
        let subject = Item::Flow(id.clone());
        self.push(&subject, Property::Flow, true, *origin);
        let principal = Value::Principal(*kind, principal.clone());
        self.push(&subject, Property::FlowPays, principal, origins.principal);
        let start = Value::Target(value::Target::State(flow.state(*starts).name.clone()));
        self.push(&subject, Property::FlowStart, start, origins.starts);
        let heard: BTreeSet<String> = notified_by.iter().cloned().collect();
        let heard = (!heard.is_empty()).then_some(Value::Operations(heard));
        self.push_opt(&subject, Property::FlowHeard, heard, origins.notified_by);
        let expires = expires.clone().map(Value::Path);
        self.push_opt(&subject, Property::FlowExpires, expires, origins.expires);
        self.paths(&subject, Property::FlowProves, proves, origins.proves);
        let carried = with.iter().map(|one| {
            let CarriedValue {
                to,
                field,
                from,
                side,
                path,
                origin: _,
            } = one.clone();
            value::Carried {
                to,
                field,
                from,
                side,
                path,
            }
        });
        let carried = (!with.is_empty()).then(|| Value::Carried(carried.collect()));
        self.push_opt(&subject, Property::FlowWith, carried, origins.with);
        let text = titled(title, description);
        self.words(&subject, Property::Description, text, *origin);
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
        let subject = Item::FlowState(flow.id.clone(), name.clone());
        self.push(&subject, Property::FlowState, true, *origin);
        self.words(&subject, Property::Description, description, *origin);
        self.sources(&subject, sources, *origin);
        match role {
            Role::End(end) => {
                let role = Value::Role(value::Role::Ends(*end));
                self.push(&subject, Property::FlowRole, role, *origin);
            }
            Role::Step(step) => {
                let Step {
                    send,
                    pauses,
                    rows,
                    origin: sends,
                } = step;
                let role = Value::Role(value::Role::Sends(send.clone()));
                self.push(&subject, Property::FlowRole, role, *sends);
                let pauses = (!pauses.is_empty()).then(|| Value::Pauses(pauses.clone()));
                self.push_opt(&subject, Property::FlowPauses, pauses, *origin);
                for Row {
                    event,
                    target,
                    origin,
                } in rows
                {
                    let (flow_id, event) = (flow.id.clone(), event.name());
                    let subject = Item::FlowEvent(flow_id, name.clone(), event);
                    let target = Value::Target(match target {
                        Target::State(id) => value::Target::State(flow.state(*id).name.clone()),
                        Target::Again => value::Target::Again,
                        Target::Stay => value::Target::Stay,
                    });
                    self.push(&subject, Property::FlowTarget, target, *origin);
                }
            }
        }
    }
}
