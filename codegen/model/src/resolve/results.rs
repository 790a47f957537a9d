use std::collections::BTreeSet;

use indexmap::IndexMap;
use payspec_runtime::StatusClass;

use super::Context;
use super::paths::{Wanted, Way};
use super::sources::Cited;
use crate::diagnostic::{Diagnostic, codes};
use crate::format::{
    self, CodeEntry, FileKind, HTTP_STATUS, OperationFile, Pointers, SharedCodes, Sources,
};
use crate::model::{Agreement, Code, Object, Response, ResultHandling, Status, StatusPlace};
use crate::source::{ApiSource, At, Span};

/// The key of the decision of every message, and the status that such a message counts as.
pub(super) const DEFAULT: &str = "default";

/// The body that is judged.
#[derive(Clone, Copy)]
pub(super) struct JudgedBody<'b> {
    /// The fields; those of all answers, if these differ by HTTP status.
    pub(super) object: &'b Object,
    /// The answers by HTTP status, if they differ.
    pub(super) responses: &'b [Response],
}

/// The cases and codes of `results.yaml`.
#[derive(Default)]
pub(super) struct Shared {
    /// The classes of the shared cases.
    pub(super) statuses: IndexMap<String, StatusClass>,
    /// The field that decides them.
    pub(super) by: Option<String>,
    codes: IndexMap<String, Code>,
    /// Codes that the provider removed.
    removed: BTreeSet<String>,
    pub(super) used: BTreeSet<String>,
}

impl Shared {
    /// Returns the class of the shared case that holds for a case of an operation: that of the same value or,
    /// for an HTTP status, that of its class.
    pub(super) fn class_of(&self, status: &str) -> Option<StatusClass> {
        let wider = || {
            let by_http = self.by.as_deref() == Some(HTTP_STATUS);
            let class = status.get(..1).filter(|_| by_http)?;
            self.statuses.get(&format!("{class}XX"))
        };
        self.statuses.get(status).or_else(wider).copied()
    }

    /// Iterates over the shared codes that no operation lists.
    pub(super) fn unused(&self) -> impl Iterator<Item = &Code> {
        let codes = self.codes.iter();
        codes.filter_map(|(name, code)| (!self.used.contains(name)).then_some(code))
    }
}

impl<'a> Context<'a> {
    /// Resolves `results.yaml`.
    pub(super) fn shared_results(&mut self, source: &'a ApiSource) -> Vec<Status> {
        let Some(file) = &source.results else {
            return Vec::new();
        };
        let at = self.at_file(file);
        let value = &file.value;
        let inherited = self.sources(value.source.as_ref(), at, &Cited::default());
        let origin = self.origin(at);
        self.disputes(&value.disputed, at, origin, || "results".to_owned());
        if !value.responses.is_empty() && value.by.as_deref() != Some(HTTP_STATUS) {
            let message = "answers differ by HTTP status, but it does not judge them";
            let help = "write `by: http_status`, or a `response` in each operation";
            self.wrong_decision(at.at("responses"), message, help);
        }
        let mut statuses = Vec::new();
        for ((name, case), at) in value.cases.iter().zip(at.at("cases").entries()) {
            if value.by.as_deref() == Some(HTTP_STATUS) {
                self.http_status_case(name, at);
            }
            let (description, class, source) = self.shared_case(name, case, at);
            self.results.statuses.insert(name.clone(), class);
            statuses.push(Status {
                name: name.clone(),
                description,
                class,
                sources: self.needed_sources(source, at, &inherited, "case").ids,
                origin: self.origin(at),
            });
        }
        self.results.by.clone_from(&value.by);
        self.default_sources(&inherited);
        let known = self.cases_of(None);
        for ((name, code), at) in value.codes.iter().zip(at.at("codes").entries()) {
            let place = format!("code {name}");
            if code.removed.is_none() && !known.is_empty() {
                self.known_status(&known, &code.status, at.at("status").span());
            }
            match self.code(name, code, at, &inherited, place) {
                Some(code) => {
                    let code = Code {
                        shared: true,
                        ..code
                    };
                    self.results.codes.insert(name.clone(), code);
                }
                None => {
                    self.results.removed.insert(name.clone());
                }
            }
        }
        statuses
    }

    /// Resolves a code; [`None`] if the provider removed it.
    fn code(
        &mut self,
        name: &str,
        code: &format::Code,
        at: At<'_>,
        inherited: &Cited,
        place: String,
    ) -> Option<Code> {
        let origin = self.origin(at);
        self.disputes(&code.disputed, at, origin, || place);
        let sources = self.needed_sources(code.source.as_ref(), at, inherited, "code");
        self.since(code.since.as_ref(), at);
        let deprecated = self.deprecated(code.deprecated.as_ref(), at);
        if self.removed(code.removed.as_ref(), at) {
            return None;
        }
        Some(Code {
            name: name.to_owned(),
            status: code.status.clone(),
            meaning: code.meaning.clone(),
            action: code.action.clone(),
            next_step: code.next_step,
            resend: code.resend,
            refuses: code.refuses,
            shared: false,
            rust_name: code.rust_name.clone(),
            renamed_from: code.renamed_from.clone(),
            deprecated,
            sources: sources.ids,
            origin,
        })
    }

    /// Returns what a shared case says in words, its class, and the sources that it names.
    fn shared_case<'f>(
        &mut self,
        name: &str,
        case: &'f format::Case,
        at: At<'_>,
    ) -> (String, StatusClass, Option<&'f Sources>) {
        match case {
            format::Case::One(decision) => {
                let origin = self.origin(at);
                self.disputes(&decision.disputed, at, origin, || format!("status {name}"));
                let class = decision.decide.class();
                (
                    decision.description.clone(),
                    class,
                    decision.source.as_ref(),
                )
            }
            format::Case::Split(_) => {
                let mut classes = case.decisions().map(|one| one.decide.class());
                let class = classes.find(|class| *class != StatusClass::Pending);
                (String::new(), class.unwrap_or(StatusClass::Pending), None)
            }
        }
    }

    /// Reports a status that is none of the known ones.
    fn known_status(&mut self, known: &BTreeSet<String>, status: &str, span: Span) {
        if known.contains(status) || !self.complete(FileKind::Results) {
            return;
        }
        let unknown = Diagnostic::new(&codes::UNKNOWN_STATUS, format!("unknown status `{status}`"))
            .at(span, "not one of the cases");
        let names = known.iter().map(String::as_str);
        let unknown = self.suggest_or_list(unknown, status, names);
        self.report(unknown.help(format!("or add `{status}` to the `cases`")));
    }

    /// Returns the statuses that an operation may name: the cases of its result or, without a result,
    /// those that are shared.
    fn cases_of(&self, handling: Option<&format::ResultHandling>) -> BTreeSet<String> {
        match handling {
            Some(handling) => handling.cases.keys().cloned().collect(),
            None => self.results.statuses.keys().cloned().collect(),
        }
    }

    /// Resolves the result handling of an operation against the judged body.
    pub(super) fn result_handling(
        &mut self,
        file: &OperationFile,
        handling: &format::ResultHandling,
        at: At<'_>,
        judged: JudgedBody<'_>,
        inherited: &Cited,
    ) -> ResultHandling {
        let body = judged.object;
        let origin = self.origin(at);
        self.disputes(&handling.disputed, at, origin, || {
            format!("{} result", file.id)
        });
        let path = |context: &mut Self, text: &str, at: At<'_>, wanted| {
            context
                .path_to(body, text, at, (Way::Decision, wanted))
                .unwrap_or_default()
        };
        let status = match (&handling.by, &handling.default) {
            (Some(by), None) if by == HTTP_STATUS => {
                self.by_http_status(file, at.at("by"));
                StatusPlace::HttpStatus
            }
            (Some(by), None) => StatusPlace::Field(path(self, by, at.at("by"), Wanted::Text)),
            (None, Some(_)) => StatusPlace::Always(DEFAULT.to_owned()),
            (by, _) => {
                self.judged_once(by.is_some(), at);
                StatusPlace::Field(Vec::new())
            }
        };
        let code = handling.code.as_ref().map_or(&[][..], Pointers::texts);
        let code = code.iter().zip(at.at("code").each());
        let code: Vec<Vec<String>> = code
            .map(|(text, at)| path(self, text, at, Wanted::Text))
            .collect();
        let message = handling
            .message
            .as_ref()
            .map(|text| path(self, text, at.at("message"), Wanted::Text));
        let references = handling.references.iter().zip(at.at("references").each());
        let references = references
            .map(|(text, at)| path(self, text, at, Wanted::Text))
            .collect();
        let agrees = handling.agrees.iter().zip(at.at("agrees").each());
        let agrees = agrees
            .filter_map(|(text, at)| {
                let path = self.path_to(body, text, at, (Way::Decision, Wanted::Any))?;
                let origin = self.map.origin(at.span());
                Some(Agreement { path, origin })
            })
            .collect();
        let decisions = self.decisions(handling, at, judged, inherited);
        let codes = self.operation_codes(file, handling, at, inherited);
        if !code.is_empty() && !file.r#abstract {
            self.codes_arrive(handling, &codes, &code, judged, at.at("code"));
        }
        ResultHandling {
            status,
            code,
            message,
            references,
            agrees,
            decisions,
            codes,
            shared_codes: handling.shared_codes,
            origin,
        }
    }

    /// Reports a result with two decisions for a message, or with none.
    fn judged_once(&mut self, twice: bool, at: At<'_>) {
        let diagnostic = if twice {
            let message = "`default` is for a message that no field decides: it excludes `by`";
            Diagnostic::new(&codes::WRONG_DECISION, message)
                .at(at.at(DEFAULT).key_span(), "")
                .help("remove one of them")
        } else if self.complete(FileKind::Results) {
            Diagnostic::new(&codes::MISSING_KEY, "missing key `by`")
                .at(at.key_span(), "the field that decides")
                .help("add the JSON Pointer of the status here, or in `results.yaml` for all operations")
        } else {
            return;
        };
        self.report(diagnostic);
    }

    fn operation_codes(
        &mut self,
        file: &OperationFile,
        handling: &format::ResultHandling,
        at: At<'_>,
        inherited: &Cited,
    ) -> Vec<Code> {
        let (list, all) = (at.at("codes"), at.at("shared_codes"));
        let known = self.cases_of(Some(handling));
        let mut resolved = Vec::new();
        for ((name, entry), at) in handling.codes.iter().zip(list.entries()) {
            let code = match entry {
                CodeEntry::Shared(_) => self.shared_code(name, at),
                CodeEntry::Own(code) => {
                    let place = format!("{} code {name}", file.id);
                    if code.removed.is_none() && !file.r#abstract {
                        self.known_status(&known, &code.status, at.at("status").span());
                    }
                    self.code(name, code, at, inherited, place)
                }
            };
            let Some(code) = code else { continue };
            if code.shared && !file.r#abstract {
                self.decided(&code, handling, at.key_span());
            }
            resolved.push(code);
        }
        match handling.shared_codes {
            SharedCodes::Listed => {}
            SharedCodes::All | SharedCodes::Unknown => {
                let shared = self.results.codes.values();
                let unnamed = shared.filter(|code| !handling.codes.contains_key(&code.name));
                for code in unnamed.cloned().collect::<Vec<_>>() {
                    self.results.used.insert(code.name.clone());
                    if !file.r#abstract {
                        self.decided(&code, handling, all.span());
                    }
                    resolved.push(code);
                }
            }
        }
        let needed = handling.code.is_some() && !file.r#abstract;
        if resolved.is_empty() && needed && self.complete(FileKind::Results) {
            let message = format!("the operation `{}` has no result code", file.id);
            self.report(Diagnostic::new(&codes::EMPTY_ENUM, message).at(list.key_span(), ""));
        }
        resolved
    }

    /// Checks that the status of a shared code has a decision, unless it leaves the outcome open anyway.
    fn decided(&mut self, code: &Code, handling: &format::ResultHandling, span: Span) {
        let Code { name, status, .. } = code;
        let open = self.results.statuses.get(status) == Some(&StatusClass::Pending);
        if !open && !handling.cases.contains_key(status) {
            let message =
                format!("the status `{status}` of `{name}` has no decision in this operation");
            self.report(
                Diagnostic::new(&codes::NO_DECISION, message)
                    .at(span, "")
                    .help(format!("add `{status}` to the cases")),
            );
        }
    }

    fn shared_code(&mut self, name: &str, at: At<'_>) -> Option<Code> {
        if let Some(code) = self.results.codes.get(name) {
            self.results.used.insert(name.to_owned());
            return Some(code.clone());
        }
        if !self.may_exist(FileKind::Results, "codes", name) {
            let message = if self.results.removed.contains(name) {
                format!("the code `{name}` was removed by the provider")
            } else {
                format!("`results.yaml` has no code `{name}`")
            };
            let unknown = Diagnostic::new(&codes::UNKNOWN_CODE, message)
                .at(at.key_span(), "marked as shared");
            let known = self.results.codes.keys().map(String::as_str);
            let unknown = self.suggest_or_list(unknown, name, known).help(format!(
                "or declare `{name}` under `codes` in `results.yaml`, or describe it here instead of `shared`"
            ));
            self.report(unknown);
        }
        None
    }

    /// Checks the statuses after which an answer is final.
    pub(super) fn settled(&mut self, file: &OperationFile, statuses: &[String], at: At<'_>) {
        let known = self.cases_of(file.result.as_ref());
        for (status, at) in statuses.iter().zip(at.each()) {
            if !file.r#abstract {
                self.known_status(&known, status, at.span());
            }
        }
    }
}
