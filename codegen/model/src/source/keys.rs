//! The places of mapping keys, for reports that name the line of a key.

use std::collections::HashMap;

use super::parse_yaml::parse_yaml;
use super::tree::At;
use super::{FileId, SourceMap};
use crate::model::Origin;

/// The keys of the mappings of files, collected on first use.
pub struct Keys<'m> {
    map: &'m SourceMap,
    files: HashMap<FileId, Mappings>,
}

/// The start of a mapping, with its keys and their places.
type Mappings = HashMap<Origin, Vec<(String, Origin)>>;

impl<'m> Keys<'m> {
    /// Makes an index without reading a file.
    pub fn new(map: &'m SourceMap) -> Self {
        Keys {
            map,
            files: HashMap::new(),
        }
    }

    /// Returns the place of a key in the construct at an origin. A name with a dot leads into the
    /// mapping of its first part; if that has no such key, the place is that of the first part.
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
        // Errors of the file were reported when it was loaded.
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
