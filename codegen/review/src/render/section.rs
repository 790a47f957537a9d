//! A section of a report, in one form for all writers: rows with the old and the new state.

use crate::sections::{Drawings, Hazard, Mark};

/// A table of the old and the new state.
pub(super) struct Section<'r> {
    /// The operation or the flow of the section.
    pub(super) name: &'r str,
    /// The subject of the section.
    pub(super) title: String,
    /// Sentences about the subject, each a note of its own.
    pub(super) notes: Vec<String>,
    /// The heading of the column that names the rows.
    pub(super) head: &'static str,
    /// The heading of the value column for unchanged rows.
    pub(super) value: &'static str,
    /// The title of the unchanged rows; empty for the usual one.
    pub(super) rest: &'static str,
    /// The rows, including unchanged ones.
    pub(super) rows: Vec<SectionRow>,
    /// The hazards that a reviewer must not overlook.
    pub(super) hazards: &'r [Hazard],
    /// A diagram in Mermaid.
    pub(super) diagram: Option<&'r str>,
    /// Diagrams as SVG.
    pub(super) drawings: Option<&'r Drawings>,
}

/// A row of a section.
#[derive(Clone)]
pub(super) struct SectionRow {
    pub(super) mark: Mark,
    pub(super) what: String,
    pub(super) old: String,
    pub(super) new: String,
}

/// The greatest number of added rows that are shown unfolded.
const ADDED: usize = 8;

impl Section<'_> {
    /// Returns the changed rows.
    pub(super) fn changed(&self) -> Vec<&SectionRow> {
        let rows = self.rows.iter();
        rows.filter(|row| row.mark != Mark::Same).collect()
    }

    /// Returns the changed rows, and how many are left out: the added ones if they are many.
    pub(super) fn short(&self) -> (Vec<&SectionRow>, usize) {
        let mut rows = self.changed();
        let added = rows.iter().filter(|row| row.mark == Mark::Added).count();
        if added <= ADDED {
            return (rows, 0);
        }
        rows.retain(|row| row.mark != Mark::Added);
        (rows, added)
    }
}
