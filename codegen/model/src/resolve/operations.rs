use std::collections::{BTreeMap, BTreeSet};

use super::paths::{Target, Wanted, Way};
use super::results::JudgedBody;
use super::sources::Cited;
use super::{Context, title};
use crate::diagnostic::{Diagnostic, codes};
use crate::format::{self, Caller, FileKind, OperationFile};
use crate::model::{
    Body, Each, Encrypted, Idempotency, Operation, OperationOrigins, Pause, Response,
    ResultHandling, Rule, Side, Waiver, address_field,
};
use crate::pointer::EACH;
use crate::source::{ApiSource, At, Span};

impl<'a> Context<'a> {
    /// Resolves all operations, each list sorted by id: those that can be called, and the abstract ones
    /// that they extend.
    pub(super) fn operations(&mut self, source: &'a ApiSource) -> [Vec<Operation>; 2] {
        let mut said = BTreeSet::new();
        let addresses = source.operations.iter().filter_map(|file| {
            let name = address_field(file.value.caller(), &file.value.path)?;
            Some((name.to_owned(), self.at_file(file).at("path").span()))
        });
        let addresses: Vec<_> = addresses.collect();
        let paths = source.operations.iter().map(|file| {
            let span = self.at_file(file).at("path").span();
            (file.value.id.clone(), span)
        });
        let paths: BTreeMap<String, Span> = paths.collect();
        // Abstract ones first, so that their errors are reported at them.
        let lists = [true, false].map(|base| {
            let files = source.operations.iter();
            let files = files.filter(|file| file.value.r#abstract == base);
            let resolve = files.map(|file| {
                let before = self.found.len();
                let operation = self.operation(&file.value, self.at_file(file));
                self.forget_known(before, &mut said);
                operation
            });
            let mut operations: Vec<Operation> = resolve.collect();
            operations.sort_by(|a, b| a.id.cmp(&b.id));
            operations
        });
        // A field may be in a file that could not be read.
        if self.complete(FileKind::Operation) && self.complete(FileKind::Types) {
            self.notified(&lists[1], &addresses);
        }
        self.distinct_paths(&lists[1], &paths);
        lists
    }

    /// Drops new diagnostics, from number `before` on, that repeat an earlier one at the same place:
    /// operations that extend the same one share its errors.
    fn forget_known(&mut self, before: usize, said: &mut BTreeSet<(&'static str, Span)>) {
        let fresh = self.found.split_off(before);
        let place = |one: &Diagnostic| Some((one.code.id, one.primary.as_ref()?.span));
        let new = fresh
            .into_iter()
            .filter(|one| place(one).is_none_or(|place| !said.contains(&place)));
        self.found.extend(new);
        said.extend(self.found[before..].iter().filter_map(place));
    }

    fn operation(&mut self, file: &OperationFile, at: At<'_>) -> Operation {
        let origin = self.map.origin(at.at("id").span());
        let sources = self.needed_sources(file.source.as_ref(), at, &Cited::default(), "operation");
        self.default_sources(&sources);
        self.disputes(&file.disputed, at, origin, || file.id.clone());
        let request = self.body(
            file,
            &file.request,
            Side::Request,
            at.at("request"),
            &sources,
        );
        self.callable(file, at, &request);
        if file.caller() == Caller::Merchant {
            self.placed(file, &request, at.at("request"));
        }
        let (response, responses) = self.answers(file, at, &sources);
        let judged = match file.caller() {
            Caller::Merchant => response.as_ref(),
            Caller::Provider => Some(&request),
        };
        let result = self.operation_result(file, at, judged, &responses, &sources);
        let idempotency = file.idempotency.as_ref().map(|idempotency| {
            let at = at.at("idempotency");
            self.idempotency(file, idempotency, at, &request, result.as_ref(), &sources)
        });
        let pagination = self.pagination(file, at.at("pagination"), &request, response.as_ref());
        let by_http = result
            .as_ref()
            .is_some_and(ResultHandling::is_by_http_status);
        let examples = self.examples(&file.examples, by_http, at.at("examples"), &sources);
        let located = file.waivers.iter().zip(at.at("waivers").each());
        let waivers = located.map(|(waiver, at)| Waiver {
            at: waiver.at.clone(),
            lines: waiver.lines.clone(),
            reason: waiver.reason.clone(),
            origin: self.map.origin(at.span()),
        });
        let waivers = waivers.collect();
        Operation {
            id: file.id.clone(),
            title: title(&file.title, &file.id),
            description: file.description.clone(),
            method: file.method,
            path: file.path.clone(),
            caller: file.caller(),
            encrypted: self.encrypted(file, at.at("notification").at("encrypted")),
            each: self.each(file, at.at("notification").at("each")),
            event_id: self.event_id(file, &request, at.at("notification").at("event_id")),
            extends: file.extends.clone(),
            renamed_from: file.renamed_from.clone(),
            since: self.since(file.since.as_ref(), at),
            deprecated: self.deprecated(file.deprecated.as_ref(), at),
            auth: self.operation_auth(file, &request.object, at.at("auth")),
            request,
            response,
            responses,
            result,
            idempotency,
            pagination,
            examples,
            waivers,
            sources: sources.ids,
            origin,
            origins: OperationOrigins {
                method: self.key_origin(at, "method", origin),
                path: self.key_origin(at, "path", origin),
                caller: self.key_origin(at, "notification", origin),
            },
        }
    }

    /// Resolves the field of a notification that travels encrypted.
    fn encrypted(&mut self, file: &OperationFile, at: At<'_>) -> Option<Encrypted> {
        let text = file.notification.as_ref()?.encrypted.as_ref()?;
        let mut names = self.pointer(text, at.span())?;
        match (names.pop(), names.is_empty()) {
            (Some(field), true) => Some(Encrypted {
                field,
                origin: self.map.origin(at.span()),
            }),
            (Some(_) | None, _) => {
                let message = format!("`{text}` is not a field of the request itself");
                self.report(Diagnostic::new(&codes::BAD_ENCRYPTED, message).at(at.span(), ""));
                None
            }
        }
    }

    /// Resolves the place of the notifications in a message with several.
    fn each(&mut self, file: &OperationFile, at: At<'_>) -> Option<Each> {
        let text = file.notification.as_ref()?.each.as_ref()?;
        let path = self.pointer(text, at.span())?;
        let mut split = path.split(|name| name == EACH);
        let parts = (split.next(), split.next(), split.next());
        let (Some(list @ [_, ..]), Some(inside), None) = parts else {
            let message = format!("`{text}` does not lead through one list");
            let bad = Diagnostic::new(&codes::BAD_BATCH, message).at(at.span(), "");
            self.report(bad.help("write `*` once, behind the list: `/items/*`"));
            return None;
        };
        Some(Each {
            list: list.to_vec(),
            inside: inside.to_vec(),
            origin: self.map.origin(at.span()),
        })
    }

    /// Resolves the paths of the values that identify the event of a notification.
    fn event_id(&mut self, file: &OperationFile, request: &Body, at: At<'_>) -> Vec<Vec<String>> {
        let stated = file
            .notification
            .iter()
            .filter_map(|one| one.event_id.as_ref());
        let paths = stated.flatten().zip(at.each());
        let paths = paths.filter_map(|(text, at)| {
            self.path_to(&request.object, text, at, (Way::Fields, Wanted::Scalar))
        });
        paths.collect()
    }

    fn operation_result(
        &mut self,
        file: &OperationFile,
        at: At<'_>,
        judged: Option<&Body>,
        responses: &[Response],
        sources: &Cited,
    ) -> Option<ResultHandling> {
        let handling = file.result.as_ref()?;
        let at = at.at("result");
        let Some(judged) = judged else {
            self.report(
                Diagnostic::new(
                    &codes::DANGLING_PATH,
                    "`result` needs a `response`, which is missing",
                )
                .at(at.key_span(), "")
                .help("add a `response`"),
            );
            return None;
        };
        let body = JudgedBody {
            object: &judged.object,
            responses,
        };
        Some(self.result_handling(file, handling, at, body, sources))
    }

    fn idempotency(
        &mut self,
        file: &OperationFile,
        idempotency: &format::Idempotency,
        at: At<'_>,
        request: &Body,
        result: Option<&ResultHandling>,
        sources: &Cited,
    ) -> Idempotency {
        let origin = self.origin(at);
        self.disputes(&idempotency.disputed, at, origin, || {
            format!("{} idempotency", file.id)
        });
        let key = self.path_to(
            &request.object,
            &idempotency.key,
            at.at("key"),
            (Way::Fields, Wanted::Text),
        );
        if let Some(key) = key.as_deref() {
            self.always_there(key, request, at.at("key"));
        }
        let repeated = at.at("must_repeat").each();
        let must_repeat = idempotency.must_repeat.iter().zip(repeated);
        let must_repeat = must_repeat
            .filter_map(|(text, at)| {
                self.path_to(&request.object, text, at, (Way::OneValue, Wanted::Any))
            })
            .collect();
        self.settled(file, &idempotency.settled, at.at("settled"));
        if let (Some(code), Some(result)) = (&idempotency.conflict_code, result) {
            let known = result.codes.iter().map(|code| code.name.as_str());
            // If `results.yaml` could not be read, the code may be a shared one that is unknown here.
            let complete = self.complete(FileKind::Results);
            if complete && !known.clone().any(|known| known == code) {
                let unknown = Diagnostic::new(
                    &codes::UNKNOWN_CODE,
                    format!("this operation has no code `{code}`"),
                )
                .at(at.at("conflict_code").span(), "");
                let unknown = self.suggest_or_list(unknown, code, known);
                self.report(unknown);
            }
        }
        Idempotency {
            key: key.unwrap_or_default(),
            must_repeat,
            settled: idempotency.settled.clone(),
            conflict_code: idempotency.conflict_code.clone(),
            lifetime: idempotency.lifetime_s.map(Pause::from),
            description: idempotency.description.clone(),
            sources: self.sources(idempotency.source.as_ref(), at, sources).ids,
            origin,
        }
    }

    /// Checks that every name on a path is required, by its type or by a refinement.
    fn always_there(&mut self, names: &[String], body: &Body, at: At<'_>) {
        if self.follow(&body.object, names, Way::Fields).is_err() {
            return;
        }
        for end in 1..=names.len() {
            let path = &names[..end];
            let Ok(Target::Field(field)) = self.follow(&body.object, path, Way::Fields) else {
                return;
            };
            let refined = body
                .refinements
                .iter()
                .filter(|refinement| refinement.path == path)
                .flat_map(|refinement| &refinement.constraints)
                .any(|rule| rule.rule == Rule::Required && rule.strength.is_strict());
            if field.nullable || !(field.required || refined) {
                let message = format!(
                    "`{}` {}, but an idempotency key must always have a value",
                    field.name,
                    if field.nullable {
                        "may be `null`"
                    } else {
                        "is optional"
                    },
                );
                let declared = self.map.word_at(field.origin);
                self.report(
                    Diagnostic::new(&codes::WRONG_TARGET, message)
                        .at(
                            at.span(),
                            "expected a required field that is not `nullable`",
                        )
                        .also(declared, "declared here")
                        .help("make it `required`, in its type or by a refinement"),
                );
                return;
            }
        }
    }
}
