//! Tries what the pages for people say: each command of a `sh` or `console` block is run, names of options, tests,
//! links and pictures are looked up.
//!
//! The blocks of a page run in their order, in one copy of the repository. What a reader would have prepared stands in
//! comments above a block, which the page does not show: see [`page::Block`].

mod index;
mod limits;
mod names;
mod page;
mod pictures;
mod stage;

use std::fs;
use std::thread;

use self::page::{Block, Page};
use self::stage::Stage;
use crate::support::{is_tried, root};

/// Returns the pages for people, by their path in the repository. Two are written by payspec and have no commands.
fn pages() -> Vec<Page> {
    let docs = fs::read_dir(root().join("docs")).expect("the folder of the pages");
    let mut paths: Vec<String> = docs
        .map(|entry| entry.expect("an entry").file_name())
        .map(|name| format!("docs/{}", name.to_string_lossy()))
        .filter(|path| path.ends_with(".md"))
        .collect();
    paths.extend(["README.md", "CONTRIBUTING.md", "SECURITY.md"].map(str::to_owned));
    paths.sort();
    paths.iter().map(|path| Page::read(path)).collect()
}

/// Runs the blocks of a page up to the last one that is wanted, and returns what went wrong.
fn tried(page: &Page, long: bool) -> Vec<String> {
    let wanted = |block: &Block| match (&block.skipped, &block.long) {
        (Some(_), _) => false,
        (None, Some(_)) => long,
        // Tests and steps are looked up by `names`.
        (None, None) => !block.only_builds(),
    };
    // The long ones are tried with all that comes before them.
    if long && page.blocks.iter().all(|block| block.long.is_none()) {
        return Vec::new();
    }
    let mut blocks = page.blocks.iter().filter(|block| wanted(block)).peekable();
    if blocks.peek().is_none() {
        return Vec::new();
    }
    let mut stage = Stage::new();
    let failures = blocks.filter_map(|block| stage.play(block).err().map(|why| (block, why)));
    failures
        .map(|(block, why)| format!("{}:{}: {why}", page.path, block.line))
        .collect()
}

fn try_all(long: bool) {
    let pages = pages();
    let failures: Vec<String> = thread::scope(|scope| {
        let runs: Vec<_> = pages
            .iter()
            .enumerate()
            .filter(|(number, page)| is_tried(*number) || long || page.path == "README.md")
            .map(|(_, page)| page)
            .map(|page| scope.spawn(move || tried(page, long)))
            .collect();
        runs.into_iter()
            .flat_map(|run| run.join().expect("a page is tried"))
            .collect()
    });
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

#[test]
fn pages_do_what_they_show() {
    try_all(false);
}

#[test]
#[ignore = "own step of .ci/run: it builds the examples"]
fn long_commands_do_what_they_show() {
    try_all(true);
}

/// A runner that runs nothing would pass: these are faults that it must find.
#[test]
fn a_page_that_is_wrong_is_found() {
    let faults = [
        (
            "```sh\npayspec check nowhere\n```\n",
            "exit code 2, expected 0",
        ),
        (
            "<!-- exit: 1 -->\n```sh\npayspec check\n```\n",
            "exit code 0, expected 1",
        ),
        (
            "```console\n$ payspec results --format human\nNone.\n```\n",
            "expected `None.`",
        ),
        ("```console\n$ payspec check | wc -l\n```\n", "nothing more"),
        ("<!-- setup: false -->\n```sh\ntrue\n```\n", "setup"),
    ];
    for (text, wanted) in faults {
        let found = tried(&Page::parse("page.md", text), false).join("\n");
        assert!(found.contains(wanted), "{text}\n{found}");
    }
}

#[test]
fn every_page_with_commands_is_tried() {
    for page in pages() {
        for block in &page.blocks {
            if let Some(reason) = block.skipped.as_ref().or(block.long.as_ref()) {
                assert!(reason.len() > 10, "{}:{}: a reason", page.path, block.line);
            }
        }
    }
    let run: usize = pages()
        .iter()
        .flat_map(|page| &page.blocks)
        .filter(|block| block.skipped.is_none() && !block.only_builds())
        .map(Block::commands)
        .sum();
    assert!(run >= 45, "{run} commands are tried");
}
