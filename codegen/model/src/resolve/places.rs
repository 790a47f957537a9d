//! The places of the fields of a request in HTTP: path, query, header, body.

use std::collections::{BTreeMap, BTreeSet};

use super::Context;
use super::address::is_token;
use super::sources::Cited;
use crate::diagnostic::{Diagnostic, codes};
use crate::format::{Fields, OperationFile};
use crate::model::{Body, Caller, Field, Method, Operation, Rule, Type};
use crate::source::{At, Span};
use payspec_runtime::request::PathPattern;
use payspec_runtime::{Location, rules};

impl Context<'_> {
    /// Gives each field of a request that the merchant sends its place, and adds a text for each name in the path that
    /// is not among the fields.
    pub(super) fn place(
        &mut self,
        file: &OperationFile,
        at: At<'_>,
        fields: &mut Vec<Field>,
        sources: &Cited,
    ) {
        let pattern = PathPattern::new(&file.path);
        let in_path: BTreeSet<&str> = pattern.fields().collect();
        let elsewhere = match file.method.has_body() {
            true => Location::Body,
            false => Location::Query,
        };
        let written = at.at("fields");
        for field in fields.iter_mut() {
            let said = file.request.fields.get(&field.name);
            let said = said.and_then(|said| said.field().location);
            let is_in_path = in_path.contains(field.name.as_str());
            field.location = match (said, is_in_path) {
                (Some(location), _) => location,
                (None, true) => Location::Path,
                (None, false) => elsewhere,
            };
            let is_misplaced = is_in_path != (field.location == Location::Path);
            // The operations that extend an abstract one have paths of their own.
            if is_misplaced && !(file.r#abstract && !is_in_path) {
                let (message, help) = match is_in_path {
                    true => (
                        "the path contains this field",
                        "remove `in`, or the segment",
                    ),
                    false => ("the path does not contain this field", "add it to the path"),
                };
                let help = match is_in_path {
                    true => help.to_owned(),
                    false => format!("{help}: `/{{{}}}`", field.name),
                };
                let span = written.at(&field.name).at("in").span();
                let diagnostic = Diagnostic::new(&codes::WRONG_PLACE, message);
                self.report(diagnostic.at(span, "").help(help));
            }
        }
        let known: BTreeSet<String> = fields.iter().map(|field| field.name.clone()).collect();
        let missing = pattern.fields().filter(|name| !known.contains(*name));
        let origin = self.map.origin(at.key_span());
        let implied = missing.map(|name| Field {
            name: name.to_owned(),
            description: String::new(),
            ty: Type::String,
            location: Location::Path,
            required: true,
            plain: true,
            constraints: Vec::new(),
            required_when: Vec::new(),
            forbidden_when: Vec::new(),
            unknown_limits: Vec::new(),
            sensitive: None,
            renamed_from: None,
            since: None,
            deprecated: None,
            default: None,
            example: None,
            page_names: Vec::new(),
            sources: sources.ids.clone(),
            origin,
        });
        fields.splice(..0, implied.collect::<Vec<_>>());
    }

    /// Checks that each field of a request has a form in its place.
    pub(super) fn placed(&mut self, file: &OperationFile, request: &Body, at: At<'_>) {
        let mut headers: Vec<(&str, Span)> = Vec::new();
        for field in &request.object.fields {
            let Some(at) = at.at("fields").get(&field.name) else {
                continue;
            };
            let span = at.key_span();
            let location = field.location;
            let is_opaque = self.opaque.contains(&field.origin);
            if !field.ty.fits(location) && !is_opaque {
                self.no_text(field, at);
            }
            match location {
                Location::Path if !field.required => {
                    let message = format!("`{}` is in the path, but optional", field.name);
                    let wrong = Diagnostic::new(&codes::WRONG_PLACE, message).at(span, "");
                    self.report(wrong.help("make it `required`"));
                }
                Location::Header => {
                    self.header_field(file, field, span);
                    let same = |(name, _): &&(&str, Span)| name.eq_ignore_ascii_case(&field.name);
                    if let Some((_, first)) = headers.iter().find(same) {
                        let message = format!("two fields are the header `{}`", field.name);
                        let twice = Diagnostic::new(&codes::WRONG_PLACE, message).at(span, "again");
                        let first = *first;
                        self.report(twice.also(first, "first; letter case does not matter"));
                    }
                    headers.push((&field.name, span));
                }
                Location::Query if field.required && may_be_empty(field) => {
                    let message = format!(
                        "a query cannot contain an empty list, but `{}` is required",
                        field.name
                    );
                    let wrong = Diagnostic::new(&codes::WRONG_PLACE, message).at(span, "");
                    self.report(wrong.help("add `min_items: 1`, or make it optional"));
                }
                Location::Path | Location::Query | Location::Body => {}
            }
        }
    }

    fn no_text(&mut self, field: &Field, at: At<'_>) {
        let location = field.location;
        let message = format!("`{}` has no text for the {location}", field.name);
        let expected = match location {
            Location::Query => "expected a text, number, boolean or enum, or a list of these",
            Location::Path | Location::Header | Location::Body => {
                "expected a text, number, boolean or enum"
            }
        };
        let span = at.get("type").map_or(at.key_span(), |ty| ty.span());
        let wrong = Diagnostic::new(&codes::WRONG_PLACE, message).at(span, expected);
        self.report(wrong.help("only a body contains objects, maps and JSON"));
    }

    fn header_field(&mut self, file: &OperationFile, field: &Field, span: Span) {
        let name = &field.name;
        if !is_token(name) {
            let message = format!("invalid header name {name:?}");
            self.report(
                Diagnostic::new(&codes::BAD_HEADER, message)
                    .at(span, "expected ASCII letters, digits and `-`"),
            );
            return;
        }
        let is_own = |own: &&str| own.eq_ignore_ascii_case(name);
        let by = match rules::is_transport_header(name) {
            true => Some("the client"),
            false if self.own_headers.iter().any(is_own) => Some("the API, for all messages"),
            false => None,
        };
        if let Some(by) = by {
            let message = format!("the header `{name}` of `{}` is set by {by}", file.id);
            let wrong = Diagnostic::new(&codes::WRONG_PLACE, message).at(span, "");
            self.report(wrong.help("remove this field"));
        }
    }

    /// Reports places of fields that only travel in a body.
    pub(super) fn no_place(&mut self, fields: &Fields, at: At<'_>) {
        for (field, at) in fields.values().zip(at.entries()) {
            if field.field().location.is_some() {
                let message = "this field has no place of its own";
                self.report(
                    Diagnostic::new(&codes::WRONG_PLACE, message)
                        .at(at.at("in").key_span(), "")
                        .help(
                            "remove it: `in` is for the fields of a request that the merchant sends, \
                             not for those inside objects, in responses or in notifications",
                        ),
                );
            }
        }
    }

    /// Checks that no path leads to two operations with the same method of which none takes precedence. Operations with
    /// the same path without fields are told apart by their bodies.
    pub(super) fn distinct_paths(
        &mut self,
        operations: &[Operation],
        spans: &BTreeMap<String, Span>,
    ) {
        let called = operations
            .iter()
            .filter(|operation| operation.caller == Caller::Merchant)
            .filter_map(|operation| Some((operation, *spans.get(&operation.id)?)));
        let called: Vec<(&Operation, Span)> = called.collect();
        let mut found = Vec::new();
        for (index, (two, span)) in called.iter().enumerate() {
            for (one, first) in &called[..index] {
                if one.method != two.method || !conflict(&one.path, &two.path) {
                    continue;
                }
                let message = format!(
                    "{} and {} are both called at such paths",
                    call(one.method, &one.id),
                    call(two.method, &two.id)
                );
                found.push(
                    Diagnostic::new(&codes::SAME_PATH, message)
                        .at(*span, "")
                        .also(*first, "the other path")
                        .help("describe them as one operation, or give them different literal segments"),
                );
            }
        }
        self.found.extend(found);
    }
}

fn call(method: Method, id: &str) -> String {
    format!("`{id}` ({})", method.as_str())
}

fn conflict(one: &str, two: &str) -> bool {
    let (one, two) = (PathPattern::new(one), PathPattern::new(two));
    let has_fields = one.fields().chain(two.fields()).next().is_some();
    has_fields && one.overlaps(two) && !one.is_within(two) && !two.is_within(one)
}

fn may_be_empty(field: &Field) -> bool {
    let is_list = matches!(field.ty, Type::List(_));
    let least = |rule: &Rule| matches!(rule, Rule::MinItems(least) if *least > 0);
    is_list
        && !field
            .constraints
            .iter()
            .any(|one| least(&one.rule) && one.strength.is_strict())
}
