//! Records of a file, and the gaps between them.

use super::record::Record;

/// Records, and the gaps between them.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) records: Vec<Record<String>>,
    pub(super) gaps: Vec<(usize, usize)>,
}

impl Parts {
    /// Reads records from the beginning to the end of a file.
    ///
    /// For each position, `at` returns a record or [`None`] for a line that changes nothing, with its
    /// end; or [`None`] if no line begins there.
    pub(super) fn read(
        bytes: &[u8],
        mut at: impl FnMut(usize) -> Option<(Option<Record<String>>, usize)>,
    ) -> Self {
        let mut parts = Self::default();
        let (mut place, mut gap) = (0, None);
        while place < bytes.len() {
            match at(place) {
                Some((record, end)) => {
                    parts.gaps.extend(gap.take().map(|from| (from, place)));
                    parts.records.extend(record);
                    place = end;
                    // A missing line feed is damage, though it hides nothing.
                    match bytes.get(place) {
                        Some(b'\n') => place += 1,
                        Some(_) => gap = Some(place),
                        None => {}
                    }
                }
                None => {
                    gap.get_or_insert(place);
                    place += 1;
                }
            }
        }
        parts.gaps.extend(gap.map(|from| (from, bytes.len())));
        parts
    }
}
