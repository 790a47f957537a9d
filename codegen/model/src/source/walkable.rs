//! A file that has been read as a tree.

use super::{FileId, Tree};

/// A file whose tree can be read.
pub(super) struct Walkable {
    pub(super) file: FileId,
    pub(super) tree: Tree,
    /// True if `parse_yaml` accepts it.
    pub(super) sound: bool,
}
