//! Writing a site into a folder.

use std::fs;
use std::path::Path;

use payspec_reference::{File, WriteError, write};

fn files(paths: &[&str]) -> Vec<File> {
    let file = |path: &&str| File {
        path: (*path).to_owned(),
        text: format!("the text of {path}"),
    };
    paths.iter().map(file).collect()
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

fn text(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join(path)).unwrap_or_default()
}

#[test]
fn what_is_no_longer_part_of_the_site_is_removed() {
    let folder = folder();
    let out = folder.path().join("deep/site");
    let first = files(&["index.html", "shop/types/Old.html", "shop/index.html"]);
    assert_eq!(write(&first, &out).expect("it is written"), 0);
    assert_eq!(
        text(&out, "shop/types/Old.html"),
        "the text of shop/types/Old.html"
    );
    let second = files(&["index.html", "shop/index.html"]);
    assert_eq!(write(&second, &out).expect("it is written"), 1);
    assert!(!out.join("shop/types").exists());
    assert!(out.join("shop/index.html").exists());
    assert!(!text(&out, "payspec-site.txt").contains("Old"));
    assert_eq!(write(&second, &out).expect("it is written"), 0);
}

#[test]
fn a_folder_of_others_is_refused_and_left_as_it_is() {
    let folder = folder();
    fs::write(folder.path().join("index.html"), "mine").expect("a file");
    let refused = write(&files(&["index.html"]), folder.path());
    assert!(
        matches!(refused, Err(WriteError::NotOwned { .. })),
        "{refused:?}"
    );
    assert_eq!(text(folder.path(), "index.html"), "mine");
    assert!(!folder.path().join("payspec-site.txt").exists());
}

#[test]
fn a_file_that_somebody_added_is_refused() {
    let folder = folder();
    let out = folder.path().join("site");
    write(&files(&["index.html"]), &out).expect("it is written");
    fs::write(out.join("notes.txt"), "mine").expect("a file");
    let refused = write(&files(&["index.html"]), &out);
    let error = refused.expect_err("it is refused").to_string();
    assert!(
        error.contains("notes.txt was not written by `payspec docs`"),
        "{error}"
    );
}

#[test]
fn a_list_of_another_program_is_no_list() {
    let folder = folder();
    fs::write(folder.path().join("payspec-site.txt"), "index.html\n").expect("a file");
    let refused = write(&files(&["index.html"]), folder.path());
    assert!(
        matches!(refused, Err(WriteError::NotOwned { .. })),
        "{refused:?}"
    );
}

#[test]
fn a_run_that_was_stopped_is_continued() {
    let folder = folder();
    let out = folder.path().join("site");
    write(&files(&["index.html"]), &out).expect("it is written");
    fs::write(out.join(".payspec-x1"), "half").expect("a file");
    assert_eq!(
        write(&files(&["index.html"]), &out).expect("it is written"),
        1
    );
    assert!(!out.join(".payspec-x1").exists());
}

#[test]
fn a_file_is_no_folder() {
    let folder = folder();
    let path = folder.path().join("file");
    fs::write(&path, "mine").expect("a file");
    let refused = write(&files(&["index.html"]), &path);
    assert!(
        matches!(refused, Err(WriteError::NotFolder { .. })),
        "{refused:?}"
    );
    assert_eq!(text(folder.path(), "file"), "mine");
}

#[cfg(unix)]
#[test]
fn a_link_is_not_followed() {
    let folder = folder();
    let out = folder.path().join("site");
    write(&files(&["index.html"]), &out).expect("it is written");
    let other = folder.path().join("other.html");
    fs::write(&other, "mine").expect("a file");
    fs::remove_file(out.join("index.html")).expect("it is removed");
    std::os::unix::fs::symlink(&other, out.join("index.html")).expect("a link");
    assert!(write(&files(&["index.html"]), &out).is_err());
    assert_eq!(fs::read_to_string(&other).expect("the file"), "mine");
}
