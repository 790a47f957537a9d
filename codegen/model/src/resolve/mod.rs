//! Turns the types of [`crate::format`] into the [`crate::model`]: names become ids, paths are
//! followed, sources are inherited, and errors are reported at their place.

mod address;
mod api;
mod auth;
mod bodies;
mod body_proof;
mod case;
mod conditions;
mod constraints;
mod contradictions;
mod credentials;
mod currencies;
mod cycles;
mod decisions;
mod defaults;
mod disputes;
mod examples;
mod fields;
mod flow;
mod http_status;
mod inclusion;
mod json_type;
mod lifecycle;
mod mask;
mod message_proof;
mod money;
mod names;
mod nullable;
mod operation_auth;
mod operations;
mod pagination;
mod paths;
mod pattern;
mod places;
mod plain;
mod proof_places;
mod responses;
mod results;
mod sources;
mod styles;
pub(crate) mod type_names;
mod types;
mod unions;
mod url_path;
mod usage;
mod whole_body;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Diagnostics, SHOWN};
use crate::format::FileKind;
use crate::model::{Api, Dispute, Enum, Object, ObjectId, Origin, Union};
use crate::source::{ApiSource, At, Broken, Files, SourceMap, Span};
use payspec_runtime::{MediaType, Style, closest};

/// Largest number of allowed words that a message lists.
const LISTED: usize = 24;

/// Resolves one API. Returns a model only if its `api.yaml` could be read; it is complete only if no
/// error was reported.
pub(crate) fn resolve(
    source: &ApiSource,
    files: &dyn Files,
    map: &mut SourceMap,
    diagnostics: &mut Diagnostics,
) -> Option<Api> {
    let mut context = Context::new(source, map, files);
    let api = context.api(source);
    let Context { found, hidden, .. } = context;
    diagnostics.extend(found);
    for span in hidden {
        map.hide(span);
    }
    api
}

/// The state of the resolution of an API.
struct Context<'a> {
    map: &'a SourceMap,
    files: &'a dyn Files,
    folder: &'a str,
    found: Vec<Diagnostic>,
    /// Values of sensitive fields, found by following paths.
    hidden: Vec<Span>,
    tags: sources::Tags,
    /// The sources of files whose parts may be in another document.
    defaults: Vec<sources::Cited>,
    types: type_names::Names,
    /// The objects that another one includes.
    included: BTreeSet<ObjectId>,
    objects: Vec<Object>,
    enums: Vec<Enum>,
    unions: Vec<Union>,
    results: results::Shared,
    disputes: Vec<Dispute>,
    dispute_ids: BTreeMap<String, Span>,
    /// The headers that the API declares for all requests.
    declared_headers: Vec<&'a str>,
    /// The names of the credentials that the API lists.
    listed_credentials: Vec<String>,
    /// These headers, and those of the signature and of `auth`.
    own_headers: Vec<&'a str>,
    /// The media type of requests, and the style of queries and forms, unless they state another one.
    usual: (MediaType, Style),
    /// True if the API signs its messages.
    is_signed: bool,
    /// Fields whose type could not be resolved, so that nothing is known about their inside.
    opaque: BTreeSet<Origin>,
    /// Files that could not be read.
    broken: &'a [Broken],
}

impl<'a> Context<'a> {
    fn new(source: &'a ApiSource, map: &'a SourceMap, files: &'a dyn Files) -> Self {
        Context {
            map,
            files,
            folder: &source.folder,
            found: Vec::new(),
            hidden: Vec::new(),
            tags: sources::Tags::default(),
            defaults: Vec::new(),
            types: type_names::Names::default(),
            included: BTreeSet::new(),
            objects: Vec::new(),
            enums: Vec::new(),
            unions: Vec::new(),
            results: results::Shared::default(),
            disputes: Vec::new(),
            dispute_ids: BTreeMap::new(),
            declared_headers: declared_headers(source),
            listed_credentials: listed_credentials(source),
            own_headers: own_headers(source),
            usual: usual(source),
            is_signed: source.api.iter().any(|api| api.value.signature.is_some()),
            opaque: BTreeSet::new(),
            broken: &source.broken,
        }
    }

    /// Returns whether all files of a kind could be read, so that a missing name does not exist.
    fn complete(&self, kind: FileKind) -> bool {
        !self.broken.iter().any(|file| file.is(kind))
    }

    /// Returns whether a name may be declared in a section of a file that could not be read.
    fn may_exist(&self, kind: FileKind, section: &str, name: &str) -> bool {
        let mut broken = self.broken.iter().filter(|file| file.is(kind));
        broken.any(|file| file.may_declare(self.map, section, name))
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// Adds `did you mean` if one of the candidates is similar enough. Limited, because comparing takes
    /// time and a single error at the root can raise hundreds of diagnostics.
    fn suggest<'w>(
        &self,
        diagnostic: Diagnostic,
        word: &str,
        candidates: impl IntoIterator<Item = &'w str>,
    ) -> Diagnostic {
        if self.found.len() > SHOWN {
            return diagnostic;
        }
        match closest(word, candidates) {
            Some(candidate) => diagnostic.help(format!("did you mean `{candidate}`?")),
            None => diagnostic,
        }
    }

    /// Adds the word that was probably meant, or else the words that are allowed.
    fn suggest_or_list<'w>(
        &self,
        diagnostic: Diagnostic,
        word: &str,
        candidates: impl IntoIterator<Item = &'w str> + Clone,
    ) -> Diagnostic {
        let before = diagnostic.help.len();
        let diagnostic = self.suggest(diagnostic, word, candidates.clone());
        let mut known: Vec<&str> = candidates.into_iter().collect();
        if diagnostic.help.len() > before || known.is_empty() {
            return diagnostic;
        }
        let omitted = known.len().saturating_sub(LISTED);
        known.truncate(LISTED);
        let mut listed = format!("expected one of `{}`", known.join("`, `"));
        if omitted > 0 {
            listed += &format!(" and {omitted} more");
        }
        diagnostic.help(listed)
    }

    /// Returns the origin of a construct: its key.
    fn origin(&self, at: At<'_>) -> Origin {
        self.map.origin(at.key_span())
    }

    /// Returns the origin of a key of a construct, or that of the construct if it has no such key.
    fn key_origin(&self, at: At<'_>, key: &str, construct: Origin) -> Origin {
        at.get(key).map_or(construct, |one| self.origin(one))
    }

    fn at_file<T>(&self, document: &'a crate::source::Document<T>) -> At<'a> {
        At::root(&document.tree, self.map)
    }
}

fn declared_headers(source: &ApiSource) -> Vec<&str> {
    let api = source.api.iter();
    let declared = api.flat_map(|api| api.value.headers.request.keys());
    declared.map(String::as_str).collect()
}

fn listed_credentials(source: &ApiSource) -> Vec<String> {
    let api = source.api.iter();
    let listed = api.flat_map(|api| api.value.credentials.keys());
    listed.cloned().collect()
}

fn own_headers(source: &ApiSource) -> Vec<&str> {
    let Some(api) = &source.api else {
        return Vec::new();
    };
    let declared = api.value.headers.request.keys();
    let signature = api.value.signature.iter().map(|one| &one.header);
    let own = declared.chain(signature).map(String::as_str);
    let auth = api.value.auth.iter();
    own.chain(auth.flat_map(|auth| auth.request.names()))
        .collect()
}

fn usual(source: &ApiSource) -> (MediaType, Style) {
    let wire = source.api.as_ref().and_then(|api| api.value.wire.as_ref());
    wire.map(|wire| (wire.media_type, wire.style))
        .unwrap_or_default()
}

/// Returns the title of an operation or a flow: its own, or its id in words.
fn title(own: &str, id: &str) -> String {
    if !own.is_empty() {
        return own.to_owned();
    }
    let words = id.replace('_', " ");
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}
