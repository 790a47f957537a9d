use super::{Said, pointer};
use crate::diff::facet::Facet;
use crate::diff::place::Subject;
use crate::model::{Flow, Pause, Role, Row, State, Step};

impl Said<'_> {
    /// The life of a payment.
    pub(super) fn flow(&mut self, flow: &Flow) {
        let Flow {
            id,
            title,
            description,
            pays,
            starts,
            notified_by,
            expires,
            proves,
            states,
            sources,
            origin,
        } = flow;
        let subject = Subject::Flow(id.clone());
        self.say(&subject, Facet::Flow, true, *origin);
        self.say(&subject, Facet::FlowPays, pays, *origin);
        self.say(
            &subject,
            Facet::FlowStart,
            &flow.state(*starts).name,
            *origin,
        );
        self.list(&subject, Facet::FlowHeard, notified_by.clone(), *origin);
        let expires = expires.as_deref().map(pointer);
        self.perhaps(&subject, Facet::FlowExpires, expires, *origin);
        let proves = proves.iter().map(|path| pointer(path)).collect();
        self.list(&subject, Facet::FlowProves, proves, *origin);
        let told = format!("{title}. {description}");
        self.say(&subject, Facet::Description, told, *origin);
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
        self.say(&subject, Facet::Description, description, *origin);
        self.sources(&subject, sources, *origin);
        match role {
            Role::End(end) => {
                let end = format!("ends {}", end.as_str());
                self.say(&subject, Facet::FlowRole, end, *origin);
            }
            Role::Step(step) => {
                let Step {
                    send,
                    pauses,
                    rows,
                    origin,
                } = step;
                self.say(&subject, Facet::FlowRole, format!("sends {send}"), *origin);
                let pauses = pauses.iter().map(|pause| match pause {
                    Pause::Seconds(seconds) => format!("{seconds} s"),
                    Pause::Unknown => "unknown".to_owned(),
                });
                self.list(&subject, Facet::FlowPauses, pauses.collect(), *origin);
                for Row {
                    event,
                    target,
                    origin,
                } in rows
                {
                    let (flow_id, event) = (flow.id.clone(), event.name());
                    let subject = Subject::FlowEvent(flow_id, name.clone(), event);
                    let target = flow.target_name(*target);
                    self.say(&subject, Facet::FlowTarget, target, *origin);
                }
            }
        }
    }
}
