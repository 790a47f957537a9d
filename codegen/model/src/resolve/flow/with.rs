//! Resolves `with`: the values of earlier messages that later requests of a flow carry.

use super::FlowScope;
use crate::diagnostic::{Diagnostic, codes};
use crate::format::FileKind;
use crate::model::{CarriedValue, Object, Operation, Side, Type};
use crate::resolve::Context;
use crate::resolve::paths::{Target, Way};
use crate::source::{At, Span};

/// Begins the path of a value in the request that moves the money.
const OF_REQUEST: &str = "request:";

impl Context<'_> {
    /// Resolves the values that requests carry; those that cannot be resolved are reported and left out.
    pub(super) fn with(&mut self, scope: &FlowScope<'_>, at: At<'_>) -> Vec<CarriedValue> {
        let mut with = Vec::new();
        for ((to, values), at) in scope.file.with.iter().zip(at.entries()) {
            let sent = self.sent_by(scope, to, at.key_span());
            let sent = sent.filter(|operation| self.is_later(scope, operation, at.key_span()));
            let Some(sent) = sent else { continue };
            for ((field, value), at) in values.iter().zip(at.entries()) {
                let field = self.own_text(sent, field, at.key_span());
                let value = self.earlier_text(scope, value, at.span());
                let Some((field, (from, side, path))) = field.zip(value) else {
                    continue;
                };
                with.push(CarriedValue {
                    to: to.clone(),
                    field,
                    from,
                    side,
                    path,
                    origin: self.origin(at),
                });
            }
        }
        with
    }

    /// Returns the operation with this id, if a state of the flow sends it.
    fn sent_by<'o>(
        &mut self,
        scope: &FlowScope<'o>,
        id: &str,
        span: Span,
    ) -> Option<&'o Operation> {
        let file = scope.file;
        let sent = file
            .states
            .values()
            .filter_map(|state| state.send.as_deref());
        if !sent.clone().any(|sent| sent == id) {
            let diagnostic =
                Diagnostic::new(&codes::WRONG_WITH, format!("no state sends `{id}`")).at(span, "");
            let diagnostic = self.suggest(diagnostic, id, sent);
            self.report(diagnostic);
            return None;
        }
        // An unknown operation is reported at the state that sends it.
        scope.operations.iter().find(|operation| operation.id == id)
    }

    fn is_later(&mut self, scope: &FlowScope<'_>, operation: &Operation, span: Span) -> bool {
        let is_first = operation.id == scope.principal;
        if is_first {
            let message = format!(
                "the request of `{}` carries no value: no message comes before it",
                operation.id
            );
            self.report(Diagnostic::new(&codes::WRONG_WITH, message).at(span, ""));
        }
        !is_first
    }

    /// Returns the name of a field of a request: one of its own that is a text.
    fn own_text(&mut self, operation: &Operation, text: &str, span: Span) -> Option<String> {
        let names = self.pointer(text, span)?;
        if names.len() > 1 {
            let message = format!("`{text}` is not a field of the request itself");
            self.report(Diagnostic::new(&codes::WRONG_WITH, message).at(span, ""));
            return None;
        }
        self.text_at(&operation.request.object, text, names, span)?
            .pop()
    }

    /// Returns the operation, the message and the path of a value such as `pay:/id` or `pay:request:/shop`,
    /// which must be a text.
    fn earlier_text(
        &mut self,
        scope: &FlowScope<'_>,
        value: &str,
        span: Span,
    ) -> Option<(String, Side, Vec<String>)> {
        let Some((from, text)) = value.split_once(':') else {
            let message = format!("`{value}` does not name a value of an earlier message");
            let help = "write the operation and the path in its answer, `OPERATION:/id`, or in the first \
                        request, `OPERATION:request:/id`";
            self.report(
                Diagnostic::new(&codes::WRONG_WITH, message)
                    .at(span, "")
                    .help(help),
            );
            return None;
        };
        let sent = self.sent_by(scope, from, span)?;
        if let Some(text) = text.strip_prefix(OF_REQUEST) {
            if sent.id != scope.principal {
                let message = format!(
                    "the request of `{from}` gives no value: only that of `{}` comes from the program",
                    scope.principal
                );
                self.report(Diagnostic::new(&codes::WRONG_WITH, message).at(span, ""));
                return None;
            }
            let names = self.pointer(text, span)?;
            let path = self.text_at(&sent.request.object, text, names, span)?;
            return Some((from.to_owned(), Side::Request, path));
        }
        let names = self.pointer(text, span)?;
        let Some(body) = &sent.response else {
            // A response that could not be read has been reported.
            if self.complete(FileKind::Operation) {
                let message = format!("`{from}` has no described answer");
                self.report(Diagnostic::new(&codes::WRONG_WITH, message).at(span, ""));
            }
            return None;
        };
        let path = self.text_at(&body.object, text, names, span)?;
        Some((from.to_owned(), Side::Response, path))
    }

    /// Returns the names of a path to a plain text in a body.
    fn text_at(
        &mut self,
        body: &Object,
        text: &str,
        names: Vec<String>,
        span: Span,
    ) -> Option<Vec<String>> {
        let diagnostic = match self.follow(body, &names, Way::Fields) {
            Ok(Target::Field(field)) => match (&field.ty, field.sensitive) {
                (Type::String, None) => return Some(names),
                (Type::String, Some(_)) => {
                    let message = format!("`{text}` is sensitive, and the journal would keep it");
                    Diagnostic::new(&codes::WRONG_WITH, message).at(span, "")
                }
                (ty, _) => {
                    let message = format!("`{text}` is of type {}, not string", self.type_name(ty));
                    Diagnostic::new(&codes::WRONG_WITH, message).at(span, "")
                }
            },
            // A part that could not be read has been reported; only a path with `*` has elements.
            Ok(Target::Elements(..) | Target::Unclear) => return None,
            Err(lost) => lost.at(span),
        };
        self.report(diagnostic);
        None
    }
}
