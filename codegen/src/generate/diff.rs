use std::fmt::Write as _;
use std::time::Duration;

use similar::TextDiff;

use super::Plan;

/// How long one file's diff may look for the shortest form.
const PATIENCE: Duration = Duration::from_secs(2);

impl Plan {
    /// The plan as a unified diff from what the folder holds to what it has to hold; a missing or
    /// stale file is compared with `/dev/null`. Paths are below the output folder.
    pub fn diff(&self) -> String {
        let mut out = String::new();
        for write in &self.writes {
            let before = write.old.as_ref().map(|_| format!("a/{}", write.path));
            let old = write.old.as_deref().unwrap_or_default();
            file(
                &mut out,
                before,
                old,
                Some(format!("b/{}", write.path)),
                &write.new,
            );
        }
        for stale in &self.stale {
            file(
                &mut out,
                Some(format!("a/{}", stale.path)),
                &stale.old,
                None,
                "",
            );
        }
        out
    }
}

fn file(out: &mut String, before: Option<String>, old: &str, after: Option<String>, new: &str) {
    let name = |name: Option<String>| name.unwrap_or_else(|| "/dev/null".to_owned());
    let diff = TextDiff::configure().timeout(PATIENCE).diff_lines(old, new);
    let (before, after) = (name(before), name(after));
    // Writing to a `String` cannot fail.
    let _ = write!(out, "{}", diff.unified_diff().header(&before, &after));
}
