use crate::support::{file, folder, piped, snapshot, with};

const PAGE: &str = "tests/fixtures/pages/d-en-unknown-sections.md";

#[test]
fn facts_are_json_unless_a_person_asks() {
    let run = with(&["page", PAGE]);
    assert_eq!(run.code, Some(0));
    let page: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let parameter = &page["operations"][0]["request"][0];
    assert_eq!(parameter["path"], "/paymentId");
    assert_eq!(parameter["max_length"]["value"], 64);
    // A line names the fact that it states.
    let line = &parameter["max_length"]["line"];
    let mut lines = page["lines"].as_array().expect("lines").iter();
    let captured = lines.find(|one| one["line"] == *line).expect("the line");
    let fact = captured["facts"][0].as_str().expect("a fact");
    assert_eq!(page.pointer(fact), Some(&parameter["max_length"]), "{fact}");
    assert_eq!(with(&["page", PAGE, "--format", "json"]).stdout, run.stdout);
    snapshot!("page", with(&["page", PAGE, "--format", "human"]));
}

#[test]
fn a_page_may_come_from_a_pipe() {
    let page = b"\xef\xbb\xbf### Request parameters\r\n\r\n#### note String REQUIRED\r\n";
    let run = piped(&["page", "-"], page);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(run.stdout.contains("\"/note\""), "{run}");
}

#[test]
fn invalid_pages() {
    let (folder, path) = folder();
    std::fs::create_dir(folder.path().join("folder")).expect("a folder");
    let mut all = String::new();
    for name in [
        format!("{path}/missing.md"),
        format!("{path}/folder"),
        file(&folder, "empty.md", b""),
        file(&folder, "blank.md", b" \n\n\t\n"),
        file(
            &folder,
            "nothing.html",
            b"<!DOCTYPE html><html><head><title>x</title></head></html>",
        ),
        file(&folder, "image.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        file(
            &folder,
            "gb18030.txt",
            b"productCode String\n\xd7\xd6\xb7\xfb\n",
        ),
    ] {
        let run = with(&["page", &name]);
        assert_eq!(run.code, Some(2), "{run}");
        assert_eq!(run.stdout, "");
        all += &format!("==== {name}\n{run}\n");
    }
    snapshot!("bad_pages", all, path => "DIR");
}
