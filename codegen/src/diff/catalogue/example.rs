//! An example for each rule: the edit of a small spec of which it tells.
//!
//! The files below `rules/examples` hold the edits. Behind a line `# pair: RULE` stands one; behind a
//! comma, in which case. An edit names its file behind `# edit: `, then come lines as in a patch.

use crate::diff::change::Edit;
use crate::diff::rules::Rule;

const FILES: &[&str] = &[
    include_str!("../rules/examples/fields.yaml"),
    include_str!("../rules/examples/results.yaml"),
    include_str!("../rules/examples/transport.yaml"),
    include_str!("../rules/examples/types.yaml"),
    include_str!("../rules/examples/flows.yaml"),
    include_str!("../rules/examples/texts.yaml"),
];

/// A change of a spec that a rule tells of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The file that changes.
    pub file: String,
    /// Its lines, as in a patch: what goes behind `-`, what comes behind `+`, what stays behind a space.
    pub patch: String,
}

impl Rule {
    /// A change that the rule tells of; [`None`] where the format cannot show one.
    pub fn example(&self) -> Option<Example> {
        let id = self.id();
        if let Some(patch) = of(&id) {
            return example(patch.lines().map(str::to_owned));
        }
        // The way back of an edit is an example of the mirror.
        let edit = self.edit.as_str();
        let mirror = format!(
            "{}{}",
            id.strip_suffix(edit)?,
            self.edit.mirrored().as_str()
        );
        let back = |line: &str| match line.split_at_checked(1) {
            Some(("+", rest)) => format!("-{rest}"),
            Some(("-", rest)) => format!("+{rest}"),
            Some(_) | None => line.to_owned(),
        };
        let lines = (self.edit != Edit::Changed).then(|| of(&mirror))??.lines();
        let mut lines: Vec<String> = lines.map(back).collect();
        // What goes stands before what comes.
        for run in lines.chunk_by_mut(|one, other| is_edit(one) == is_edit(other)) {
            if run.first().is_some_and(|line| is_edit(line)) {
                run.sort_by_key(|line| line.starts_with('+'));
            }
        }
        example(lines.into_iter())
    }
}

fn is_edit(line: &str) -> bool {
    line.starts_with(['+', '-'])
}

/// The first edit that a rule tells of.
fn of(id: &str) -> Option<&'static str> {
    let pairs = FILES
        .iter()
        .flat_map(|file| file.split("\n# pair: ").skip(1));
    let mut own = pairs.filter_map(|pair| {
        let (head, edit) = pair.split_once('\n')?;
        let rule = head.split(',').next()?;
        (rule.trim() == id).then_some(edit)
    });
    own.next()
}

/// The first edit of a pair, which may have several.
fn example(lines: impl Iterator<Item = String>) -> Option<Example> {
    let mut lines = lines.skip_while(|line| !line.starts_with("# edit: "));
    let file = lines.next()?.strip_prefix("# edit: ")?.to_owned();
    let lines: Vec<String> = lines
        .take_while(|line| !line.starts_with("# "))
        .filter(|line| !line.is_empty())
        .collect();
    Some(Example {
        file,
        patch: lines.join("\n") + "\n",
    })
}
