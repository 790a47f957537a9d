//! An example for each rule: the edit of a small spec of which it tells.
//!
//! The files below `rules/examples` hold the edits. Behind a line `# pair: RULE` stands one; behind a
//! comma, in which case. An edit names its file behind `# edit: `, then come lines as in a patch; behind
//! `# file: ` stands a file that is new.

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

/// A change of a spec that a rule tells of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The file that changes.
    pub file: String,
    /// The lines, as in a patch: what goes behind `-`, what comes behind `+`, what stays behind a space.
    pub patch: String,
}

impl Rule {
    /// A change that the rule tells of; [`None`] where the format cannot show one.
    pub fn example(&self) -> Option<Example> {
        let id = self.id();
        of(&id).or_else(|| {
            // The way back of an edit is an example of the mirror.
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
        // What goes stands before what comes.
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

/// The first edit that a rule tells of.
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
