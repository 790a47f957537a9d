//! Where the keys of a mapping stand, for reports that name the line of one key.

use std::collections::HashMap;

use super::parse_yaml::parse_yaml;
use super::tree::At;
use super::{FileId, SourceMap};
use crate::model::Origin;

/// The keys of the mappings of files, found when they are asked for.
pub struct Keys<'m> {
    map: &'m SourceMap,
    files: HashMap<FileId, Mappings>,
}

/// From where a mapping starts to its keys, each with where it stands.
type Mappings = HashMap<Origin, Vec<(String, Origin)>>;

impl<'m> Keys<'m> {
    /// Reads no file yet.
    pub fn new(map: &'m SourceMap) -> Self {
        Keys {
            map,
            files: HashMap::new(),
        }
    }

    /// Returns where a key of the thing at an origin stands. A name with a dot leads into the mapping of its first
    /// part; where that has no such key, it is the first part.
    pub fn find(&mut self, thing: Origin, key: &str) -> Option<Origin> {
        let file = FileId(thing.file);
        let map = self.map;
        let mappings = self.files.entry(file).or_insert_with(|| read(file, map));
        let of = |thing: &Origin, key: &str| -> Option<Origin> {
            let mut keys = mappings.get(thing)?.iter();
            keys.find(|(name, _)| name == key).map(|(_, at)| *at)
        };
        match key.split_once('.') {
            None => of(&thing, key),
            Some((outer, inner)) => {
                let outer = of(&thing, outer)?;
                Some(of(&outer, inner).unwrap_or(outer))
            }
        }
    }
}

fn read(file: FileId, map: &SourceMap) -> Mappings {
    let mut mappings = Mappings::new();
    if map.files().get(file.0 as usize).is_some() {
        // What is wrong with the file was told when it was loaded.
        if let Some(tree) = parse_yaml(file, map, &mut Vec::new()) {
            collect(At::root(&tree, map), map, &mut mappings);
        }
    }
    mappings
}

fn collect(at: At<'_>, map: &SourceMap, mappings: &mut Mappings) {
    let keys = at.entries().filter_map(|entry| {
        let name = entry.key()?.to_owned();
        Some((name, map.origin(entry.key_span())))
    });
    let keys: Vec<(String, Origin)> = keys.collect();
    if !keys.is_empty() {
        let start = map.origin(at.key_span());
        mappings.entry(start).or_default().extend(keys);
    }
    for inner in at.entries().chain(at.items()) {
        collect(inner, map, mappings);
    }
}
