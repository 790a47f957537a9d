use std::time::Duration;

use similar::TextDiff;

use super::Plan;

/// The time limit of the search for the shortest diff of one file.
const PATIENCE: Duration = Duration::from_secs(2);

impl Plan {
    /// Returns the plan as a unified diff from the present content of the folder to the new one; a
    /// missing or stale file is compared with `/dev/null`. Paths are below the output folder.
    pub fn diff(&self) -> String {
        let writes = self.writes.iter();
        let writes = writes.map(|file| file_diff(&file.path, file.old.as_deref(), Some(&file.new)));
        let stale = self.stale.iter();
        let stale = stale.map(|file| file_diff(&file.path, Some(&file.old), None));
        writes.chain(stale).collect()
    }
}

/// Returns a unified diff from the present content of a file to the new one; [`None`] means that the
/// file does not exist.
pub fn file_diff(path: &str, old: Option<&str>, new: Option<&str>) -> String {
    let name = |side: &str, text: Option<&str>| match text {
        Some(_) => format!("{side}/{path}"),
        None => "/dev/null".to_owned(),
    };
    let (before, after) = (name("a", old), name("b", new));
    let (old, new) = (old.unwrap_or_default(), new.unwrap_or_default());
    let diff = TextDiff::configure().timeout(PATIENCE).diff_lines(old, new);
    diff.unified_diff().header(&before, &after).to_string()
}
