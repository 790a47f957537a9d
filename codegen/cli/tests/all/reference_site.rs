//! `payspec docs`: the folder that it writes, and what it refuses.

use crate::support::{file, folder, with};

#[test]
fn a_site_is_written_and_written_again() {
    let (_folder, path) = folder();
    let out = format!("{path}/deep/site");
    for _ in 0..2 {
        let run = with(&["docs", "-o", &out]);
        assert_eq!((run.code, run.stdout.as_str()), (Some(0), ""), "{run}");
        assert!(run.stderr.contains("index.html: "), "{run}");
    }
    let page = format!("{out}/ams_instore/operations/cancel.html");
    let page = std::fs::read_to_string(page).expect("the page");
    assert!(page.contains("use alipay_instore::ams_instore::"), "{page}");
}

#[test]
fn a_crate_that_does_not_exist_has_no_programs() {
    let (_folder, path) = folder();
    let (out, package) = (format!("{path}/site"), format!("{path}/none"));
    let run = with(&["docs", "--out", &out, "--package", &package]);
    assert_eq!(run.code, Some(0), "{run}");
    let page = format!("{out}/ams_instore/operations/cancel.html");
    let page = std::fs::read_to_string(page).expect("the page");
    assert!(!page.contains("class=\"rust\""), "{page}");
}

#[test]
fn what_cannot_be_written_is_said() {
    let (folder, path) = folder();
    let occupied = file(&folder, "notes.txt", b"mine");
    let below = format!("{occupied}/site");
    let site = format!("{path}/site");
    for (args, wanted) in [
        (
            &["docs", "--out", &occupied][..],
            "is not a folder; name the folder of the site",
        ),
        (&["docs", "--out", &below], "notes.txt/site: "),
        (
            &["docs", "--out", &path],
            "notes.txt was not written by `payspec docs`",
        ),
        (
            &["docs", "--out", &site, "--since", "no-such-revision"],
            "no-such-revision",
        ),
        (&["docs"], "--out <DIR>"),
    ] {
        let run = with(args);
        assert_eq!(run.code, Some(2), "{args:?}: {run}");
        assert!(run.stderr.contains(wanted), "{args:?}: {run}");
        assert!(!std::path::Path::new(&site).exists(), "{args:?}");
    }
    assert_eq!(std::fs::read(&occupied).expect("the file"), b"mine");
}

#[test]
fn changes_since_a_revision_are_marked() {
    let (_folder, path) = folder();
    let out = format!("{path}/site");
    let run = with(&["docs", "--out", &out, "--since", "HEAD"]);
    assert_eq!(run.code, Some(0), "{run}");
    let changes = std::fs::read_to_string(format!("{out}/changes.html")).expect("the page");
    assert!(changes.contains("What changed since HEAD"), "{changes}");
}
