//! Specs as a base and patches of it, so that a test shows only what is its own.
//!
//! A text holds whole files, each behind a line `# file: PATH`, which replace those that are there or
//! join them. Behind `# edit: PATH` stand, as in a patch and in the order of the file, lines to find
//! (` `), to take out (`-`) and to put in (`+`). A line `# gone: PATH` takes a file away.

use payspec_model::source::Memory;

/// Lays a text over a spec. What other lines that start with `# ` ask for is done by `other`, which
/// gets the rest of the line.
///
/// # Panics
///
/// When the text does not fit the spec: a mistake in the fixture.
pub fn overlay(memory: &mut Memory, text: &str, other: &dyn Fn(&mut Memory, &str)) {
    for part in format!("\n{text}").split("\n# ").skip(1) {
        let (head, content) = part.split_once('\n').unwrap_or((part, ""));
        if let Some(path) = head.strip_prefix("file: ") {
            let content = format!("{}\n", content.strip_suffix('\n').unwrap_or(content));
            memory.files.insert(path.to_owned(), content.into());
        } else if let Some(path) = head.strip_prefix("edit: ") {
            let file = memory.files.get_mut(path).expect("a file to edit");
            let text = String::from_utf8(file.clone()).expect("UTF-8");
            *file = edited(&text, content).into();
        } else if let Some(path) = head.strip_prefix("gone: ") {
            memory.files.remove(path).expect("a file to take away");
        } else {
            other(memory, head);
        }
    }
}

/// A text after a patch without line numbers: each line is looked for behind the one before.
fn edited(text: &str, patch: &str) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    let mut place = 0;
    for edit in patch.lines().filter(|line| !line.is_empty()) {
        let (sign, line) = edit.split_at(1);
        if sign == "+" {
            lines.insert(place, line);
            place += 1;
            continue;
        }
        let found = lines[place..].iter().position(|one| *one == line);
        place += found.unwrap_or_else(|| panic!("nowhere behind: {line}"));
        match sign {
            "-" => drop(lines.remove(place)),
            " " => place += 1,
            _ => panic!("neither found, taken out nor put in: {edit}"),
        }
    }
    lines.join("\n") + "\n"
}
