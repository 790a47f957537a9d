//! Merges a document with the one that it extends.

use std::collections::HashMap;

use super::SourceMap;
use super::tree::{At, Kind, Node, Tree, What};

/// Keys of a base that are not inherited.
const OWN: &[&str] = &["id", "abstract", "renamed_from"];

/// Lists that are joined: a dispute of the base stays disputed.
const GROWING: &[&str] = &["disputed"];

/// Returns the tree of a document that extends another one. Mappings are merged by their keys, those of
/// the base first; for texts and lists the extending document wins. Every node keeps its place in its
/// file.
pub(super) fn lay(base: &Tree, over: &Tree, map: &SourceMap) -> Tree {
    let mut layers = Layers::default();
    let (base, over) = (At::root(base, map), At::root(over, map));
    layers.open(over);
    // The place of the whole document is in the file that extends.
    let bases: HashMap<_, _> = base.entries().map(|entry| (entry.key(), entry)).collect();
    for entry in over
        .entries()
        .filter(|entry| !bases.contains_key(&entry.key()) || is_own(entry))
    {
        layers.copy_entry(entry);
    }
    let overs = by_key(over);
    for entry in base.entries().filter(|entry| !is_own(entry)) {
        layers.entry(entry, overs.get(&entry.key()).copied());
    }
    layers.close(0);
    layers.tree
}

fn is_own(entry: &At<'_>) -> bool {
    entry.key().is_some_and(|key| OWN.contains(&key))
}

/// Returns whether one document decides a case that the other one splits.
fn changes_kind(base: At<'_>, over: At<'_>) -> bool {
    let decides = |at: At<'_>| at.get("decide").is_some();
    let splits = |at: At<'_>| at.get("by").is_some();
    decides(base) && splits(over) || splits(base) && decides(over)
}

fn by_key<'a>(mapping: At<'a>) -> HashMap<Option<&'a str>, At<'a>> {
    mapping
        .entries()
        .map(|entry| (entry.key(), entry))
        .collect()
}

/// A tree that is put together from nodes of other trees.
#[derive(Default)]
pub(super) struct Layers {
    pub(super) tree: Tree,
}

impl Layers {
    /// Adds a key of the base with its content from both documents.
    fn entry(&mut self, base: At<'_>, over: Option<At<'_>>) {
        let Some(over) = over else {
            return self.copy_entry(base);
        };
        let grows = base.key().is_some_and(|key| GROWING.contains(&key));
        match (base.kind(), over.kind()) {
            (Kind::Mapping, Kind::Mapping) if changes_kind(base, over) => self.copy_entry(over),
            (Kind::Mapping, Kind::Mapping) => {
                self.copy_key(base);
                self.mappings(base, over);
            }
            (Kind::Sequence, Kind::Sequence) if grows => {
                self.copy_key(base);
                let index = self.open(over);
                base.items()
                    .chain(over.items())
                    .for_each(|item| self.copy(item));
                self.close(index);
            }
            (_, _) => self.copy_entry(over),
        }
    }

    // The nesting limit of `parse_yaml` bounds the depth of this recursion.
    fn mappings(&mut self, base: At<'_>, over: At<'_>) {
        let index = self.open(over);
        let (bases, overs) = (by_key(base), by_key(over));
        for entry in base.entries() {
            self.entry(entry, overs.get(&entry.key()).copied());
        }
        for entry in over
            .entries()
            .filter(|entry| !bases.contains_key(&entry.key()))
        {
            self.copy_entry(entry);
        }
        self.close(index);
    }

    /// Adds a mapping or sequence that will be filled later.
    pub(super) fn open(&mut self, at: At<'_>) -> usize {
        self.tree.nodes.push(*at.node());
        self.tree.nodes.len() - 1
    }

    pub(super) fn close(&mut self, index: usize) {
        self.tree.nodes[index].next = self.tree.nodes.len() as u32;
    }

    pub(super) fn copy_entry(&mut self, entry: At<'_>) {
        self.copy_key(entry);
        self.copy(entry);
    }

    pub(super) fn copy_key(&mut self, entry: At<'_>) {
        if let Some(key) = entry.key_node() {
            self.copy(key);
        }
    }

    /// Adds a key with another name, at the place of a node.
    pub(super) fn add_key(&mut self, at: At<'_>, name: &str) {
        self.tree.cooked.push(name.into());
        let what = What::Cooked {
            index: self.tree.cooked.len() as u32 - 1,
            plain: true,
        };
        let next = self.tree.nodes.len() as u32 + 1;
        self.tree.nodes.push(Node {
            what,
            next,
            ..*at.node()
        });
    }

    /// Adds a node with everything below it.
    pub(super) fn copy(&mut self, at: At<'_>) {
        let (first, nodes) = at.nodes();
        let shift = self.tree.nodes.len();
        for node in nodes {
            let what = match node.what {
                What::Cooked { index, plain } => {
                    self.tree.cooked.push(at.cooked(index).into());
                    What::Cooked {
                        index: self.tree.cooked.len() as u32 - 1,
                        plain,
                    }
                }
                What::Mapping | What::Sequence | What::Plain | What::Quoted => node.what,
            };
            let next = (node.next as usize - first + shift) as u32;
            self.tree.nodes.push(Node {
                what,
                next,
                ..*node
            });
        }
    }
}
