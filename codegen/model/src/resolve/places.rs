//! The places of the fields of a request in HTTP: path, query, header, body.

use std::collections::{BTreeMap, BTreeSet};

use super::Context;
use super::address::is_token;
use super::sources::Cited;
use crate::diagnostic::{Diagnostic, codes};
use crate::format::{Fields, OperationFile};
use crate::model::{Body, Caller, Field, Method, Operation, Origin, SourceIds, Type};
use crate::source::{At, Span};
use payspec_runtime::request::PathPattern;
use payspec_runtime::{Location, Style, rules};

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
        for field in fields.iter_mut() {
            let said = file.request.fields.get(&field.name);
            let said = said.and_then(|said| said.field().location);
            let is_in_path = in_path.contains(field.name.as_str());
            let usual = if is_in_path {
                Location::Path
            } else {
                elsewhere
            };
            field.location = said.unwrap_or(usual);
            let place = at.at("fields").at(&field.name).at("in");
            self.agrees_with_path(file, field, is_in_path, place);
        }
        let known: BTreeSet<String> = fields.iter().map(|field| field.name.clone()).collect();
        let missing = pattern.fields().filter(|name| !known.contains(*name));
        let origin = self.origin(at);
        let implied: Vec<Field> = missing
            .map(|name| implied(name, sources.ids.clone(), origin))
            .collect();
        fields.splice(..0, implied);
    }

    /// Checks that a field is in the path if, and only if, the path contains its name.
    fn agrees_with_path(
        &mut self,
        file: &OperationFile,
        field: &Field,
        is_in_path: bool,
        place: At<'_>,
    ) {
        let (message, help) = match (is_in_path, field.location) {
            (true, Location::Query | Location::Header | Location::Body | Location::WholeBody) => {
                let help = "remove `in`, or the segment of the path".to_owned();
                ("the path contains this field", help)
            }
            // The operations that extend an abstract one have paths of their own.
            (false, Location::Path) if !file.r#abstract => {
                let help = format!("add it to the path: `/{{{}}}`", field.name);
                ("the path does not contain this field", help)
            }
            (true, Location::Path)
            | (
                false,
                Location::Path
                | Location::Query
                | Location::Header
                | Location::Body
                | Location::WholeBody,
            ) => return,
        };
        let wrong = Diagnostic::new(&codes::WRONG_PLACE, message);
        self.report(wrong.at(place.span(), "").help(help));
    }

    /// Checks that each field of a request has a form in its place.
    pub(super) fn placed(&mut self, file: &OperationFile, request: &Body, at: At<'_>) {
        let mut headers: Vec<(&str, Span)> = Vec::new();
        for field in &request.object.fields {
            // Fields of the object that is the whole body are judged where it is named.
            let whole = || {
                let is_in_body = field.location == Location::Body || field.is_whole_body();
                at.get("body").filter(|_| is_in_body)
            };
            let Some(at) = at.at("fields").get(&field.name).or_else(whole) else {
                continue;
            };
            let span = at.key_span();
            let location = field.location;
            let is_opaque = self.opaque.contains(&field.origin);
            if !is_opaque {
                self.travels(field, request.media_type, at);
            }
            self.no_json_type(field, at);
            self.no_null(field, request.media_type, at);
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
                Location::Path | Location::Query | Location::Body | Location::WholeBody => {}
            }
        }
    }

    /// Reports a JSON type of a value that travels as a text.
    fn no_json_type(&mut self, field: &Field, at: At<'_>) {
        let (own, of) = (field.json_type, field.ty.element());
        let at = match own {
            Some(_) => at,
            None => at.at("of"),
        };
        let own = own.or_else(|| of.and_then(|of| of.json_type));
        let is_in_body = field.location == Location::Body || field.is_whole_body();
        if own.is_some() && !is_in_body {
            let message = format!("a value in the {} has no JSON type", field.location);
            let span = at.at("json_type").key_span();
            let wrong = Diagnostic::new(&codes::WRONG_PLACE, message).at(span, "");
            self.report(wrong.help("remove `json_type`: only a body is JSON"));
        }
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

    /// Reports places and styles of fields that only travel in a JSON body, or inside another value.
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
            if field.field().style.is_some() {
                let message = "this field has no style of its own";
                self.report(
                    Diagnostic::new(&codes::BAD_STYLE, message)
                        .at(at.at("style").key_span(), "")
                        .help(
                            "remove it: what is inside a value has the style of the field of the request, and responses \
                             and notifications are JSON",
                        ),
                );
            }
        }
    }

    /// Checks that no path leads to two operations with the same method of which none takes precedence, and that paths
    /// that differ only in the names of their fields are one path. Operations with the same path without fields are told
    /// apart by their bodies.
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
                let Some((what, help)) = conflict(one, two) else {
                    continue;
                };
                let message = format!(
                    "{} and {} {what}",
                    call(one.method, &one.id),
                    call(two.method, &two.id)
                );
                found.push(
                    Diagnostic::new(&codes::SAME_PATH, message)
                        .at(*span, "")
                        .also(*first, "the other path")
                        .help(help),
                );
            }
        }
        self.found.extend(found);
    }
}

fn call(method: Method, id: &str) -> String {
    format!("`{id}` ({})", method.as_str())
}

/// Returns what is wrong with the paths of two operations, and what to do.
fn conflict(one: &Operation, two: &Operation) -> Option<(&'static str, &'static str)> {
    let [first, second] = [one, two].map(|operation| PathPattern::new(&operation.path));
    let types = [one, two].map(Operation::body_type);
    if one.method == two.method && types[0] != types[1] && first.overlaps(second) {
        return Some((
            "are called at such a path with bodies of different media types",
            "give both the same `media_type`",
        ));
    }
    let has_fields = first.fields().chain(second.fields()).next().is_some();
    if !has_fields || !first.overlaps(second) {
        return None;
    }
    let is_ordered = first.is_within(second) || second.is_within(first);
    if one.method == two.method && !is_ordered {
        return Some((
            "are both called at such a path",
            "describe them as one operation, or give them different literal segments",
        ));
    }
    let is_one = one.path == two.path || first.precedence(second).is_ne();
    (!is_one).then_some((
        "name the fields of one path differently",
        "use the same names: those of fields in the path are never sent",
    ))
}

/// Returns the field of a name in a path that is not among the fields.
fn implied(name: &str, sources: SourceIds, origin: Origin) -> Field {
    Field {
        name: name.to_owned(),
        description: String::new(),
        ty: Type::String,
        location: Location::Path,
        style: Style::Repeat,
        json_type: None,
        required: true,
        plain: true,
        nullable: false,
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
        rust_name: None,
        page_names: Vec::new(),
        sources,
        origin,
    }
}
