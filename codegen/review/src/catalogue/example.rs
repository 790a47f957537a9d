//! An example for each rule: an edit of a small spec that the rule reports.
//!
//! The edits are in the files of `rules/examples`. Each begins with a line `# pair: RULE`, which
//! may name a case after a comma. A line `# edit: FILE` names the file that is edited, followed by
//! lines as in a patch; `# file: ` begins a file that is new.

use crate::rules::Rule;

const FILES: &[&str] = &[
    include_str!("../rules/examples/fields.yaml"),
    include_str!("../rules/examples/results.yaml"),
    include_str!("../rules/examples/transport.yaml"),
    include_str!("../rules/examples/types.yaml"),
    include_str!("../rules/examples/flows.yaml"),
    include_str!("../rules/examples/texts.yaml"),
    include_str!("../rules/examples/names.yaml"),
];

/// A change of a spec that a rule reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The file that changes.
    pub file: String,
    /// The lines, as in a patch: `-` marks a removed line, `+` an added one, a space an unchanged
    /// one.
    pub patch: String,
}

impl Rule {
    /// Returns a change that the rule reports; [`None`] if the format cannot express one.
    pub fn example(&self) -> Option<Example> {
        let id = self.id();
        of(&id).or_else(|| {
            // The reverse of an edit is an example of the mirrored rule.
            let stem = id.strip_suffix(self.edit.as_str())?;
            of(&format!("{stem}{}", self.edit.mirrored().as_str())).map(Example::back)
        })
    }
}

impl Example {
    /// The edit that undoes this one.
    fn back(self) -> Self {
        let back = |line: &str| match line.split_at_checked(1) {
            Some(("+", rest)) => format!("-{rest}"),
            Some(("-", rest)) => format!("+{rest}"),
            Some(_) | None => line.to_owned(),
        };
        let mut lines: Vec<String> = self.patch.lines().map(back).collect();
        // Removed lines come before added ones.
        let is_edit = |line: &String| line.starts_with(['+', '-']);
        for run in lines.chunk_by_mut(|one, other| is_edit(one) == is_edit(other)) {
            if run.first().is_some_and(is_edit) {
                run.sort_by_key(|line| line.starts_with('+'));
            }
        }
        Example {
            patch: lines.join("\n") + "\n",
            ..self
        }
    }
}

/// Returns the first edit in the example files for a rule.
fn of(id: &str) -> Option<Example> {
    let pairs = FILES
        .iter()
        .flat_map(|file| file.split("\n# pair: ").skip(1));
    let mut own = pairs.filter(|pair| {
        let head = pair.lines().next().unwrap_or_default();
        head.split(',').next().map(str::trim) == Some(id)
    });
    let pair = own.next()?;
    let part = |word: &str, sign: &str| {
        let mut parts = pair.split("\n# ").skip(1);
        let part = parts.find_map(|part| part.strip_prefix(word))?;
        let (file, text) = part.split_once('\n')?;
        let lines = text.lines().filter(|line| !line.is_empty());
        let patch: String = lines.map(|line| format!("{sign}{line}\n")).collect();
        Some(Example {
            file: file.to_owned(),
            patch,
        })
    };
    part("edit: ", "").or_else(|| part("file: ", "+"))
}
