use std::collections::BTreeMap;
use std::path::Path;

use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::model::{Body, Constraint, Model, Object, Origin};
use crate::source::{Disk, Files, SourceMap};
use crate::{lint, resolve, source};

/// What came of a spec folder.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The description; absent when there are errors.
    pub model: Option<Model>,
    /// What there is to say about the spec, sorted by place.
    pub diagnostics: Diagnostics,
    /// The files that were read.
    pub sources: SourceMap,
}

/// Loads a spec folder: reads all files of all APIs, resolves them, looks for contradictions.
///
/// Nothing is printed and nothing panics, whatever the files hold; what is wrong with them is in
/// [`Loaded::diagnostics`].
///
/// ```
/// let loaded = payspec_codegen::load(std::path::Path::new("no-such-folder"));
/// assert!(loaded.model.is_none());
/// assert_eq!(loaded.diagnostics.iter().next().map(|d| d.code.id), Some("E001"));
/// ```
pub fn load(spec_dir: &Path) -> Loaded {
    load_from(&Disk::new(spec_dir))
}

/// As [`load`], from files that need not lie on a disk.
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
    // Contradictions are looked for in a spec that is otherwise sound.
    if !diagnostics.has_errors() {
        lint::lint(&model, &sources, &mut diagnostics);
    }
    diagnostics.sort();
    Loaded {
        model: (!diagnostics.has_errors()).then_some(model),
        diagnostics,
        sources,
    }
}

/// Ids of APIs and operations are unique in the whole spec.
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
    for api in &model.apis {
        check(&mut apis, "API", &api.id, api.origin);
        for operation in &api.operations {
            check(
                &mut operations,
                "operation",
                &operation.id,
                operation.origin,
            );
        }
    }
}

/// How much a spec holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// APIs.
    pub apis: usize,
    /// Operations of all APIs.
    pub operations: usize,
    /// Objects and enums, bodies of operations not counted.
    pub types: usize,
    /// Fields of objects and bodies.
    pub fields: usize,
    /// Result codes of operations.
    pub codes: usize,
    /// Everything that a message is held to beyond types: requirements, conditions, limits, values,
    /// groups, steps of amounts, in types and refinements.
    pub constraints: usize,
    /// Disputes.
    pub disputes: usize,
}

impl Loaded {
    /// Counts what the spec holds; all zero when there is no model.
    pub fn summary(&self) -> Summary {
        let mut summary = Summary::default();
        for api in self.model.iter().flat_map(|model| &model.apis) {
            summary.apis += 1;
            summary.operations += api.operations.len();
            summary.types += api.objects.len() + api.enums.len();
            summary.disputes += api.disputes.len();
            api.objects.iter().for_each(|object| summary.object(object));
            for operation in &api.operations {
                summary.body(&operation.request);
                operation
                    .response
                    .iter()
                    .for_each(|body| summary.body(body));
                let result = operation.result.iter();
                summary.codes += result.map(|result| result.codes.len()).sum::<usize>();
            }
        }
        summary
    }
}

impl Summary {
    fn body(&mut self, body: &Body) {
        self.object(&body.object);
        for refinement in &body.refinements {
            let conditions = refinement.required_when.len() + refinement.forbidden_when.len();
            self.constraints += refinement.constraints.len() + conditions;
        }
    }

    fn object(&mut self, object: &Object) {
        self.fields += object.fields.len();
        self.constraints += object.at_least_one_of.len();
        self.constraints += object
            .amount
            .iter()
            .map(|a| a.multiple_of.len())
            .sum::<usize>();
        for field in &object.fields {
            let conditions = field.required_when.len() + field.forbidden_when.len();
            let constraints: &[Constraint] = &field.constraints;
            self.constraints += usize::from(field.required) + constraints.len() + conditions;
        }
    }
}
