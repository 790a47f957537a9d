use std::collections::BTreeMap;
use std::path::Path;

use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::model::{Model, Origin};
use crate::naming::{OWN_FEATURES, OWN_MODULES};
use crate::source::{Disk, Files, SourceMap};
use crate::{lint, resolve, source};

/// The result of reading a spec folder.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The model; absent if there are errors.
    pub model: Option<Model>,
    /// The model of a spec that can be read, but contradicts itself or has an unsound flow: for
    /// display, not for code generation. Absent if `model` is present.
    pub unsound: Option<Model>,
    /// The diagnostics, sorted by place.
    pub diagnostics: Diagnostics,
    /// The files that were read.
    pub sources: SourceMap,
}

/// Loads a spec folder: reads all files of all APIs, resolves them, searches for contradictions.
///
/// Prints nothing and never panics, whatever the files contain; errors are in [`Loaded::diagnostics`].
///
/// ```
/// let loaded = payspec_model::load(std::path::Path::new("no-such-folder"));
/// assert!(loaded.model.is_none());
/// assert_eq!(loaded.diagnostics.iter().next().map(|d| d.code.id), Some("E001"));
/// ```
pub fn load(spec_dir: &Path) -> Loaded {
    load_from(&Disk::new(spec_dir))
}

/// Loads a spec as [`load`] does, from files that need not be on a disk.
pub fn load_from(files: &dyn Files) -> Loaded {
    let mut diagnostics = Diagnostics::default();
    let mut sources = SourceMap::new(files.root());
    let mut model = Model::default();
    let folders = source::discover(files, &mut diagnostics);
    for folder in &folders {
        let api = source::read_api(files, folder, &mut sources, &mut diagnostics);
        model.apis.extend(resolve::resolve(
            &api,
            files,
            &mut sources,
            &mut diagnostics,
        ));
    }
    model.files = sources.names();
    model.apis.sort_by(|a, b| a.id.cmp(&b.id));
    unique_ids(&model, &sources, &mut diagnostics);
    unique_features(&model, &sources, &mut diagnostics);
    // Contradictions are only searched in an otherwise sound spec.
    let readable = !diagnostics.has_errors();
    if readable {
        lint::lint(&model, &sources, &mut diagnostics);
    }
    diagnostics.sort();
    let (model, unsound) = match (readable, diagnostics.has_errors()) {
        (true, false) => (Some(model), None),
        (true, true) => (None, Some(model)),
        (false, _) => (None, None),
    };
    Loaded {
        model,
        unsound,
        diagnostics,
        sources,
    }
}

/// Checks that ids of APIs, operations and flows are unique in the whole spec.
fn unique_ids(model: &Model, sources: &SourceMap, diagnostics: &mut Diagnostics) {
    let mut check = |seen: &mut BTreeMap<String, Origin>, what: &str, id: &str, origin| {
        if let Some(first) = seen.insert(id.to_owned(), origin) {
            let (one, two) = (first.min(origin), first.max(origin));
            diagnostics.push(
                Diagnostic::new(
                    &codes::DECLARED_TWICE,
                    format!("the {what} `{id}` is declared twice"),
                )
                .at(sources.word_at(two), "again")
                .also(sources.word_at(one), "first"),
            );
        }
    };
    let (mut apis, mut operations) = (BTreeMap::new(), BTreeMap::new());
    let mut flows = BTreeMap::new();
    for api in &model.apis {
        check(&mut apis, "API", &api.id, api.origin);
        for operation in api.bases.iter().chain(&api.operations) {
            check(
                &mut operations,
                "operation",
                &operation.id,
                operation.origin,
            );
        }
        for flow in &api.flows {
            check(&mut flows, "flow", &flow.id, flow.origin);
        }
    }
}

/// Checks the cargo features of operations and flows. All APIs share one namespace of features, so
/// names of different APIs must not collide. Names in one API have already been compared as modules.
fn unique_features(model: &Model, sources: &SourceMap, diagnostics: &mut Diagnostics) {
    let mut operations = BTreeMap::new();
    for (index, api) in model.apis.iter().enumerate() {
        let here = api.operations.iter();
        operations.extend(here.map(|one| (one.id.as_str(), (index, one.origin))));
    }
    for (index, api) in model.apis.iter().enumerate() {
        let flows = api.flows.iter().map(|flow| (&flow.id, flow.origin, true));
        let called = api.operations.iter();
        let called = called.map(|operation| (&operation.id, operation.origin, false));
        for (id, origin, is_flow) in called.chain(flows) {
            let namesake = operations.get(id.as_str());
            let namesake = namesake.filter(|(other, _)| is_flow && *other != index);
            let own = OWN_FEATURES.contains(&id.as_str());
            let collision = match namesake {
                Some((_, first)) => {
                    let message = format!("an operation and a flow are both named `{id}`");
                    Diagnostic::new(&codes::NAMES_COLLIDE, message)
                        .also(sources.word_at(*first), "and this one")
                }
                None if own && !OWN_MODULES.contains(&id.as_str()) => {
                    let message =
                        format!("`{id}` is reserved for a cargo feature of the generated crate");
                    Diagnostic::new(&codes::NAMES_COLLIDE, message)
                }
                None => continue,
            };
            diagnostics.push(
                collision
                    .at(sources.word_at(origin), "this one")
                    .help("give one of them another name"),
            );
        }
    }
}
