//! Resolves flows: names become states and operations, `OPERATION.*` becomes rows.

mod events;
mod states;
mod with;

use super::paths::{Target, Wanted, Way};
use super::sources::Cited;
use super::{Context, title};
use crate::diagnostic::{Diagnostic, codes};
use crate::format::{FileKind, FlowFile, Sources};
use crate::model::{
    Caller, Flow, FlowKind, FlowOrigins, Object, Operation, Origin, State, StateId,
};
use crate::source::{ApiSource, At, Span};

/// A flow with more states is too large for readers, and the limit keeps the proofs fast.
const MAX_STATES: usize = 64;

/// The context for the states of a flow.
struct FlowScope<'a> {
    operations: &'a [Operation],
    file: &'a FlowFile,
    kind: FlowKind,
    /// The id of the operation that moves the money.
    principal: &'a str,
    /// The place of the flow.
    origin: Origin,
    /// The names of the states, the first state first.
    names: Vec<&'a str>,
    /// The notifications.
    heard: Vec<&'a Operation>,
}

impl<'a> Context<'a> {
    /// Resolves all flows, sorted by id. A flow with unknown names is reported and left out.
    pub(super) fn flows(&mut self, source: &'a ApiSource, operations: &[Operation]) -> Vec<Flow> {
        for part in &source.parts {
            let at = At::root(part, self.map);
            self.part_sources(at);
            self.part_is_used(at, source);
        }
        let mut flows = Vec::new();
        for file in &source.flows {
            let at = self.at_file(file);
            flows.extend(self.flow(&file.value, at, operations));
        }
        flows.sort_by(|a, b| a.id.cmp(&b.id));
        flows
    }

    /// Makes the sources of a part the default for its constructs that name none.
    fn part_sources(&mut self, at: At<'_>) {
        let Some(source) = at.get("source") else {
            return;
        };
        let tags = source.items().chain(source.text().map(|_| source));
        let tags = tags.filter_map(|tag| tag.text().map(str::to_owned));
        let own = Sources::Many(tags.collect());
        let sources = self.sources(Some(&own), at, &Cited::default());
        self.default_sources(&sources);
    }

    /// Reports a part that no flow extends.
    fn part_is_used(&mut self, at: At<'_>, source: &ApiSource) {
        let id = at.get("id").and_then(|id| id.text());
        let used = source
            .flows
            .iter()
            .any(|flow| flow.value.extends.as_deref() == id);
        if !used && self.complete(FileKind::Flow) {
            let message = format!(
                "no flow extends the abstract flow `{}`",
                id.unwrap_or_default()
            );
            self.report(Diagnostic::new(&codes::UNUSED_BASE, message).at(at.at("id").span(), ""));
        }
    }

    fn flow(&mut self, file: &FlowFile, at: At<'_>, operations: &[Operation]) -> Option<Flow> {
        let origin = self.map.origin(at.at("id").span());
        let sources = self.needed_sources(file.source.as_ref(), at, &Cited::default(), "flow");
        self.disputes(&file.disputed, at, origin, || file.id.clone());
        let (kind, id) = self.kind(file, at)?;
        let named = at.at(kind.key());
        let principal = self.operation_of(operations, id, named, Caller::Merchant);
        let heard = file.notified_by.iter().zip(at.at("notified_by").each());
        let heard: Vec<_> = heard
            .map(|(id, at)| self.operation_of(operations, id, at, Caller::Provider))
            .collect();
        let expires = match (&file.expires, principal) {
            (Some(text), Some(principal)) => {
                let wanted = (Way::Fields, Wanted::Instant);
                self.path_to(&principal.request.object, text, at.at("expires"), wanted)
            }
            (None, _) | (_, None) => None,
        };
        let proves = self.proves(file, at.at("proves"), operations);
        let mut names: Vec<&str> = file.states.keys().map(String::as_str).collect();
        names.sort_by_key(|name| *name != file.starts);
        let scope = FlowScope {
            operations,
            file,
            kind,
            principal: id,
            origin,
            names,
            heard: heard.iter().copied().flatten().collect(),
        };
        let states = self.states(&scope, at.at("states"), &sources);
        let with = self.with(&scope, at.at("with"));
        let starts = self.start(&scope, at.at("starts"));
        // A state machine with a missing part cannot be checked.
        if principal.is_none() || heard.iter().any(Option::is_none) {
            return None;
        }
        Some(Flow {
            id: file.id.clone(),
            title: title(&file.title, &file.id),
            description: file.description.clone(),
            kind,
            principal: id.to_owned(),
            starts: starts?,
            notified_by: file.notified_by.clone(),
            expires,
            proves,
            with,
            states: states?,
            sources: sources.ids,
            origin,
            origins: FlowOrigins {
                principal: self.key_origin(at, kind.key(), origin),
                starts: self.key_origin(at, "starts", origin),
                notified_by: self.key_origin(at, "notified_by", origin),
                expires: self.key_origin(at, "expires", origin),
                proves: self.key_origin(at, "proves", origin),
                with: self.key_origin(at, "with", origin),
            },
        })
    }

    /// Resolves the kind of the flow and the operation that moves the money.
    fn kind<'f>(&mut self, file: &'f FlowFile, at: At<'_>) -> Option<(FlowKind, &'f str)> {
        let (message, place) = match (&file.pays, &file.refunds) {
            (Some(id), None) => return Some((FlowKind::Payment, id)),
            (None, Some(id)) => return Some((FlowKind::Refund, id)),
            (None, None) => (
                "the flow has neither `pays` nor `refunds`",
                at.at("id").span(),
            ),
            (Some(_), Some(_)) => (
                "a flow cannot have both `pays` and `refunds`",
                at.at("refunds").key_span(),
            ),
        };
        self.report(
            Diagnostic::new(&codes::WRONG_FLOW_KIND, message)
                .at(place, "")
                .help(
                    "write `pays: OPERATION` for a payment, or `refunds: OPERATION` for a refund",
                ),
        );
        None
    }

    /// Resolves the fields that an end carries: each must be a field of a message of the flow, with one
    /// type in all messages that have it.
    fn proves(
        &mut self,
        file: &FlowFile,
        at: At<'_>,
        operations: &[Operation],
    ) -> Vec<Vec<String>> {
        let sent = file.states.values().filter_map(|state| state.send.as_ref());
        let ids: Vec<&String> = sent.chain(&file.notified_by).collect();
        let bodies: Vec<&Object> = operations
            .iter()
            .filter(|operation| ids.contains(&&operation.id))
            .filter_map(|operation| Some(&operation.judged()?.object))
            .collect();
        let mut proves: Vec<Vec<String>> = Vec::new();
        let mut spellings: Vec<String> = Vec::new();
        for (text, at) in file.proves.iter().zip(at.each()) {
            let Some(names) = self.pointer(text, at.span()) else {
                continue;
            };
            let mut types = Vec::new();
            let mut spelling = None;
            for body in &bodies {
                match self.follow(body, &names, Way::Fields) {
                    Ok(Target::Field(field)) => {
                        types.push(field.ty.clone());
                        spelling.get_or_insert_with(|| field.spelling().to_owned());
                    }
                    // A part that could not be read has been reported.
                    Ok(Target::Unclear) => return Vec::new(),
                    Ok(Target::Elements(..)) | Err(_) => {}
                }
            }
            types.dedup_by(|one, other| one.is_same(other));
            let message = match types.as_slice() {
                [] => format!("no message of the flow has a field `{text}`"),
                [_] if spelling.iter().any(|one| spellings.contains(one)) => {
                    format!("another field in `proves` has the same name as `{text}`")
                }
                [_] => {
                    proves.push(names);
                    spellings.extend(spelling);
                    continue;
                }
                [..] => format!("`{text}` has different types in the messages of the flow"),
            };
            self.report(Diagnostic::new(&codes::WRONG_PROOF, message).at(at.span(), ""));
        }
        proves
    }

    /// Resolves all states; [`None`] if one cannot be resolved.
    fn states(&mut self, scope: &FlowScope<'_>, at: At<'_>, sources: &Cited) -> Option<Vec<State>> {
        if let Some(over) = at.entries().nth(MAX_STATES) {
            let message = format!("a flow has at most {MAX_STATES} states");
            self.report(Diagnostic::new(&codes::TOO_MANY, message).at(over.key_span(), ""));
            return None;
        }
        let mut states = Vec::new();
        for name in &scope.names {
            if let (Some(state), Some(at)) = (scope.file.states.get(*name), at.get(name)) {
                states.push(self.state(scope, name, state, at, sources));
            }
        }
        states.into_iter().collect()
    }

    /// Resolves the first state, which must send the request that moves the money.
    fn start(&mut self, scope: &FlowScope<'_>, at: At<'_>) -> Option<StateId> {
        let start = self.state_named(scope, &scope.file.starts, at.span())?;
        let state = scope.file.states.get(&scope.file.starts);
        if state.and_then(|state| state.send.as_deref()) != Some(scope.principal) {
            let message = format!(
                "the flow starts in `{}`, which does not send `{}`",
                scope.file.starts, scope.principal
            );
            self.report(Diagnostic::new(&codes::WRONG_START, message).at(at.span(), ""));
            return None;
        }
        Some(start)
    }

    /// Returns the state with this name.
    fn state_named(&mut self, scope: &FlowScope<'_>, name: &str, span: Span) -> Option<StateId> {
        let found = scope.names.iter().position(|known| *known == name);
        if found.is_none() {
            let known = scope.names.iter().copied();
            self.not_there(format!("unknown state `{name}`"), name, span, known);
        }
        found.map(StateId)
    }

    /// Returns the operation with this id; it must have the right caller and a judged outcome.
    fn operation_of<'o>(
        &mut self,
        operations: &'o [Operation],
        id: &str,
        at: At<'_>,
        caller: Caller,
    ) -> Option<&'o Operation> {
        let Some(operation) = operations.iter().find(|operation| operation.id == id) else {
            // It may be in a file that could not be read.
            if self.complete(FileKind::Operation) {
                let known = operations.iter().map(|operation| operation.id.as_str());
                let message = format!("unknown operation `{id}`");
                self.not_there(message, id, at.span(), known);
            }
            return None;
        };
        let message = if operation.caller != caller {
            match caller {
                Caller::Merchant => format!("`{id}` cannot be sent: the provider calls it"),
                Caller::Provider => format!("`{id}` cannot be received: the merchant calls it"),
            }
        } else if operation.result.is_none() {
            format!("`{id}` has no `result`, so it has no outcomes")
        } else {
            return Some(operation);
        };
        self.report(Diagnostic::new(&codes::WRONG_PARTY, message).at(at.span(), ""));
        None
    }

    /// Reports an unknown name in a flow.
    fn not_there<'w>(
        &mut self,
        message: String,
        word: &str,
        span: Span,
        known: impl IntoIterator<Item = &'w str>,
    ) {
        let diagnostic = Diagnostic::new(&codes::UNKNOWN_IN_FLOW, message).at(span, "");
        let diagnostic = self.suggest(diagnostic, word, known);
        self.report(diagnostic);
    }
}
