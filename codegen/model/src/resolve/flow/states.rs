use super::FlowScope;
use crate::diagnostic::{Diagnostic, codes};
use crate::format::FlowState;
use crate::model::{Caller, End, Pause, Role, State, Step};
use crate::resolve::Context;
use crate::resolve::sources::Cited;
use crate::source::At;

/// Reserved names of targets.
pub(super) const AGAIN: &str = "again";
pub(super) const STAY: &str = "stay";

impl Context<'_> {
    /// Resolves a state: a step or an end.
    pub(super) fn state(
        &mut self,
        scope: &FlowScope<'_>,
        name: &str,
        state: &FlowState,
        at: At<'_>,
        inherited: &Cited,
    ) -> Option<State> {
        let origin = self.origin(at);
        // Content of the part that the flow extends is disputed in that part.
        let part = scope.file.extends.as_ref();
        let flow = part.filter(|_| origin.file != scope.origin.file);
        let flow = flow.unwrap_or(&scope.file.id);
        self.disputes(&state.disputed, at, origin, || {
            format!("{flow} state {name}")
        });
        let sources = self.sources(state.source.as_ref(), at, inherited);
        if [AGAIN, STAY].contains(&name) {
            let message = format!("a state cannot be named `{name}`: the word is reserved");
            self.report(Diagnostic::new(&codes::ODD_STATE, message).at(at.key_span(), ""));
        }
        let role = match state.end {
            Some(end) => self.end(scope, state, end, at).map(Role::End),
            None => self.step(scope, state, at).map(Role::Step),
        };
        Some(State {
            name: name.to_owned(),
            description: state.description.clone(),
            role: role?,
            sources: sources.ids,
            origin,
        })
    }

    /// Resolves an end, which no event leaves.
    fn end(
        &mut self,
        scope: &FlowScope<'_>,
        state: &FlowState,
        end: End,
        at: At<'_>,
    ) -> Option<End> {
        if !scope.kind.ends(end) {
            let (word, noun) = (end.as_str(), scope.kind.noun());
            let message = format!("the flow of a {noun} cannot end as `{word}`");
            let known = End::ALL.iter().filter(|known| scope.kind.ends(**known));
            let known: Vec<String> = known.map(|known| format!("`{}`", known.as_str())).collect();
            let diagnostic =
                Diagnostic::new(&codes::WRONG_FLOW_KIND, message).at(at.at("end").span(), "");
            self.report(diagnostic.help(format!("expected one of {}", known.join(", "))));
            return None;
        }
        let present = [
            ("send", state.send.is_some()),
            ("after_s", !state.after_s.is_empty()),
            ("on", !state.on.is_empty()),
        ];
        let mut left = present.into_iter().filter(|(_, present)| *present);
        let Some((key, _)) = left.next() else {
            return Some(end);
        };
        let message = format!(
            "the flow ends here as `{}`, so `{key}` is not allowed",
            end.as_str()
        );
        self.report(
            Diagnostic::new(&codes::END_LEFT, message)
                .at(at.at(key).key_span(), "an end cannot continue")
                .also(at.at("end").key_span(), "the end"),
        );
        None
    }

    fn step(&mut self, scope: &FlowScope<'_>, state: &FlowState, at: At<'_>) -> Option<Step> {
        let Some(send) = &state.send else {
            let message = "the state has neither `send` nor `end`";
            self.report(
                Diagnostic::new(&codes::ODD_STATE, message)
                    .at(at.key_span(), "")
                    .help("a step has `send`, `after_s` and `on`; an end has `end`"),
            );
            return None;
        };
        if state.after_s.is_empty() {
            let message = "the state does not define when and how often it sends";
            self.report(
                Diagnostic::new(&codes::ODD_STATE, message)
                    .at(at.key_span(), "missing key `after_s`")
                    .help("write the pause before each sending: `after_s: [0, 2, 3]`"),
            );
        }
        let sent = self.operation_of(scope.operations, send, at.at("send"), Caller::Merchant);
        let rows = self.rows(scope, sent?, state, at.at("on"))?;
        let pauses = state.after_s.iter().map(|pause| Pause::from(*pause));
        Some(Step {
            send: send.clone(),
            pauses: pauses.collect(),
            rows,
            origin: self.map.origin(at.at("send").span()),
        })
        .filter(|step| !step.pauses.is_empty())
    }
}
