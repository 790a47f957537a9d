//! The sections of `api.yaml` that may also be files of their own. A small API is a single file.

use super::layer::Layers;
use super::tree::{At, Kind};
use super::walkable::Walkable;
use super::{SourceMap, Tree};
use crate::diagnostic::{Diagnostic, codes};

/// The keys of a file below `types/`.
pub(crate) const TYPES: &[&str] = &["objects", "enums", "unions"];
/// The keys of `results.yaml`.
pub(crate) const RESULTS: &[&str] = &[
    "by",
    "code",
    "message",
    "cases",
    "responses",
    "shared_codes",
    "codes",
];
/// The key of the operations, by id.
pub(crate) const OPERATIONS: &str = "operations";
/// The key whose value holds for all sections.
const SOURCE: &str = "source";
/// The key of an operation's file that its name here replaces.
const ID: &str = "id";

/// A file divided into its sections. Every node keeps its place.
#[derive(Default)]
pub(super) struct Sections {
    /// The sections that only `api.yaml` has.
    pub(super) api: Option<Walkable>,
    /// The shared types, as a file below `types/`.
    pub(super) types: Option<Walkable>,
    /// The shared results, as `results.yaml`.
    pub(super) results: Option<Walkable>,
    /// The operations, each as a file below `operations/`.
    pub(super) operations: Vec<Walkable>,
}

/// Divides `api.yaml`.
pub(super) fn divide(file: Walkable, map: &SourceMap, found: &mut Vec<Diagnostic>) -> Sections {
    let root = At::root(&file.tree, map);
    let has = |keys: &[&str]| keys.iter().any(|key| root.get(key).is_some());
    if root.kind() != Kind::Mapping || !(has(TYPES) || has(RESULTS) || has(&[OPERATIONS])) {
        return Sections {
            api: Some(file),
            types: None,
            results: None,
            operations: Vec::new(),
        };
    }
    let section = |tree: Tree| Walkable {
        file: file.file,
        tree,
        sound: file.sound,
    };
    let is_of = |entry: &At<'_>, keys: &[&str]| entry.key().is_some_and(|key| keys.contains(&key));
    let select = |keep: &dyn Fn(&At<'_>) -> bool| {
        let mut layers = Layers::default();
        let index = layers.open(root);
        let kept = root.entries().filter(|entry| keep(entry));
        kept.for_each(|entry| layers.copy_entry(entry));
        layers.close(index);
        section(layers.tree)
    };
    let is_source = |entry: &At<'_>| is_of(entry, &[SOURCE]);
    let others = |entry: &At<'_>| {
        let sections = [TYPES, RESULTS, &[OPERATIONS]];
        !sections.iter().any(|keys| is_of(entry, keys))
    };
    let api = select(&others);
    let types = has(TYPES).then(|| select(&|entry| is_of(entry, TYPES) || is_source(entry)));
    let results = has(RESULTS).then(|| select(&|entry| is_of(entry, RESULTS) || is_source(entry)));
    let listed = root.get(OPERATIONS);
    let mut operations = Vec::new();
    if let Some(listed) = listed {
        if listed.kind() != Kind::Mapping {
            let message = "expected a mapping of operations by their ids";
            found.push(Diagnostic::new(&codes::WRONG_TYPE, message).at(listed.span(), ""));
        }
        for entry in listed.entries() {
            if let Some(id) = entry.get(ID) {
                let message = "unknown key `id`";
                let unknown = Diagnostic::new(&codes::UNKNOWN_KEY, message);
                found.push(unknown.at(id.key_span(), "the id is the key of the operation"));
            }
            operations.push(section(operation(entry, root.get(SOURCE))));
        }
    }
    Sections {
        api: Some(api),
        types,
        results,
        operations,
    }
}

/// Returns an operation as the tree of a file of its own.
fn operation(entry: At<'_>, source: Option<At<'_>>) -> Tree {
    let mut layers = Layers::default();
    if entry.kind() != Kind::Mapping {
        layers.copy(entry);
        return layers.tree;
    }
    let index = layers.open(entry);
    if let Some(name) = entry.key_node() {
        layers.add_key(name, ID);
        layers.copy(name);
    }
    let own = entry.entries().filter(|one| one.key() != Some(ID));
    own.for_each(|one| layers.copy_entry(one));
    let source = source.filter(|_| entry.get(SOURCE).is_none());
    source.into_iter().for_each(|one| layers.copy_entry(one));
    layers.close(index);
    layers.tree
}
