//! Inserts the entry into a changelog that people edit as well.

/// The reason why an entry cannot be inserted into a changelog.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChangelogError {
    /// One of the two marks around the part that payspec writes is missing.
    #[error(
        "line {line}: unpaired `{mark}`; payspec writes its entry between `{BEGIN}` and `{END}`: restore the \
         other mark, or delete this one"
    )]
    Unpaired {
        /// The line, from 1.
        line: usize,
        /// The mark that has no partner.
        mark: &'static str,
    },
}

const BEGIN: &str = "<!-- payspec changelog -->";
const END: &str = "<!-- end of payspec changelog -->";

/// The beginning of a new changelog.
const HEAD: &str = "# Changelog\n\nChanges for users of the crate, newest first.\n";

/// The heading of the changes that are not released yet.
const UNRELEASED: &str = "## [Unreleased]";

/// Inserts an entry below the heading of unreleased changes, in place of the one that payspec
/// inserted before. Everything else stays as it is. If the heading is missing, it is added above
/// the newest release.
///
/// # Errors
///
/// Returns an error if one of the two marks around the part that payspec wrote is missing.
///
/// ```
/// use payspec_review::changelog::insert;
///
/// let old = "# Changelog\n\n## [0.1.0] - 2026-01-01\n\n- First.\n";
/// let new = insert(old, "### Added\n\n- More.\n")?;
/// assert!(new.find("- More.") < new.find("## [0.1.0]"));
/// assert_eq!(insert(&new, "### Added\n\n- More.\n")?, new);
/// # Ok::<(), payspec_review::changelog::ChangelogError>(())
/// ```
pub fn insert(changelog: &str, entry: &str) -> Result<String, ChangelogError> {
    let ending = if changelog.contains("\r\n") {
        "\r\n"
    } else {
        "\n"
    };
    let block = format!("{BEGIN}\n\n{}\n\n{END}\n", entry.trim_end());
    let block = block.replace('\n', ending);
    if changelog.trim().is_empty() {
        return Ok(format!("{HEAD}\n{UNRELEASED}\n\n{block}"));
    }
    let lines: Vec<&str> = changelog.split_inclusive('\n').collect();
    let heading = lines.iter().position(|line| is_unreleased(line));
    let Some(heading) = heading else {
        let newest = lines.iter().position(|line| line.starts_with("## "));
        let at = newest.unwrap_or(lines.len());
        let (before, after) = (lines[..at].concat(), lines[at..].concat());
        let gap = if before.ends_with('\n') { "" } else { ending };
        let blank = if before.trim_end_matches(['\r', '\n']).len() + ending.len() < before.len() {
            ""
        } else {
            ending
        };
        let rest = if after.is_empty() {
            String::new()
        } else {
            format!("{ending}{after}")
        };
        return Ok(format!(
            "{before}{gap}{blank}{UNRELEASED}{ending}{ending}{block}{rest}"
        ));
    };
    let is_end = |line: &&str| line.starts_with("## ");
    let length = lines[heading + 1..]
        .iter()
        .take_while(|line| !is_end(line))
        .count();
    let section = &lines[heading + 1..heading + 1 + length];
    let own = own(section, heading + 1)?;
    let (start, end) = match own {
        Some((start, end)) => (heading + 1 + start, heading + 2 + end),
        None => (heading + 1, heading + 1),
    };
    let (before, after) = (lines[..start].concat(), lines[end..].concat());
    let new = own.is_none();
    let gap = match (new, before.ends_with('\n')) {
        (true, true) => ending.to_owned(),
        (true, false) => ending.repeat(2),
        (false, _) => String::new(),
    };
    // The text after the block keeps its distance; a heading that followed directly gets an empty
    // line.
    let starts = |text: &str| text.starts_with(['\r', '\n']) || text.is_empty();
    let rest = if new && !starts(&after) { ending } else { "" };
    Ok(format!("{before}{gap}{block}{rest}{after}"))
}

fn is_unreleased(line: &str) -> bool {
    let Some(heading) = line.strip_prefix("## ") else {
        return false;
    };
    let word = heading.trim().trim_start_matches('[').split(']').next();
    word.is_some_and(|word| word.eq_ignore_ascii_case("unreleased"))
}

/// Returns the lines from the first mark to the last, if the marks are there.
fn own(section: &[&str], before: usize) -> Result<Option<(usize, usize)>, ChangelogError> {
    let find = |mark: &str| section.iter().position(|line| line.trim() == mark);
    match (find(BEGIN), find(END)) {
        (None, None) => Ok(None),
        (Some(start), Some(end)) if start < end => Ok(Some((start, end))),
        (Some(line), _) => Err(ChangelogError::Unpaired {
            line: before + line + 1,
            mark: BEGIN,
        }),
        (None, Some(line)) => Err(ChangelogError::Unpaired {
            line: before + line + 1,
            mark: END,
        }),
    }
}
