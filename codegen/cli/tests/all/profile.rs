//! Profiles of other providers at the command line.

use serde_json::Value;

use crate::support::{Run, file, folder, root, snapshot, with};

const PAGE: &str = "docs/examples/page-profile/bills.md";
const PROFILE: &str = "docs/examples/page-profile/bills.profile.yaml";

fn facts(run: &Run) -> Value {
    serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{run}"))
}

#[test]
fn a_page_needs_the_profile_of_its_provider() {
    let without = with(&["page", PAGE]);
    assert_eq!(
        facts(&without)["operations"][0]["request"],
        Value::Array(Vec::new())
    );
    assert!(without.stderr.contains("--profile"), "{without}");
    let page = facts(&with(&["page", PAGE, "--profile", PROFILE]));
    let operation = &page["operations"][0];
    assert_eq!(operation["request"][2]["path"], "/payer/email");
    assert_eq!(operation["request"][2]["max_length"]["value"], 80);
    assert_eq!(operation["codes"][1]["http_status"], 409);
    assert_eq!(page["unread"], Value::Array(Vec::new()));
}

#[test]
fn copies_in_several_formats_do_not_drift() {
    for (name, profile) in [
        ("wechatpay-order", "wechatpay"),
        ("razorpay-order", "razorpay"),
    ] {
        let page = |kind: &str| format!("tests/fixtures/other-pages/{name}.{kind}");
        for (old, new) in [("html", "md"), ("md", "txt")] {
            let run = with(&["drift", &page(old), &page(new), "--profile", profile]);
            assert_eq!(run.code, Some(0), "{run}");
        }
    }
}

#[test]
fn every_key_is_documented() {
    let docs = std::fs::read_to_string(root().join("docs/page-profiles.md")).expect("the page");
    let schema = facts(&with(&["schema", "profile"]));
    let keys = schema["properties"].as_object().expect("keys");
    for key in keys.keys() {
        assert!(docs.contains(&format!("`{key}`")), "{key}");
    }
    let profile = std::fs::read_to_string(root().join(PROFILE)).expect("the profile");
    assert!(
        docs.contains(&profile),
        "the profile on the page is out of date"
    );
}

#[test]
fn invalid_profiles() {
    let (folder, path) = folder();
    std::fs::create_dir(folder.path().join("folder")).expect("a folder");
    let many = format!("footer:\n{}", "  - a word\n".repeat(10_001));
    let long = format!("footer: [{}]\n", "a".repeat(201));
    let large = format!("# {}\n", "x".repeat(9 * 1024 * 1024));
    let mut all = String::new();
    for name in [
        "wechatpya".to_owned(),
        format!("{path}/missing.yaml"),
        format!("{path}/folder"),
        file(&folder, "list.yaml", b"- a\n"),
        file(&folder, "syntax.yaml", b"types: [\n"),
        file(&folder, "binary.yaml", b"\xff\xfe\0\0"),
        file(
            &folder,
            "keys.yaml",
            b"extends: builtin\ntypes:\n  strng: [a]\n  string: a\n",
        ),
        file(
            &folder,
            "phrases.yaml",
            b"sections:\n  request: ['!!']\nconstraints:\n  max_length: ['most {x}', most]\n\
              values:\n  fixed: ['{values} only']\n\
              parameter_columns:\n  name: [A]\n  title: [a]\n",
        ),
        file(&folder, "many.yaml", many.as_bytes()),
        file(&folder, "long.yaml", long.as_bytes()),
        file(&folder, "large.yaml", large.as_bytes()),
        file(&folder, "deep.yaml", "[".repeat(100_000).as_bytes()),
    ] {
        let run = with(&["page", PAGE, "--profile", &name]);
        assert_eq!(run.code, Some(2), "{run}");
        assert_eq!(run.stdout, "");
        let cut = |text: &str| text.chars().take(100).collect::<String>();
        let shown: Vec<String> = run.to_string().lines().map(cut).collect();
        all += &format!("==== {name}\n{}\n", shown.join("\n"));
    }
    snapshot!("bad_profiles", all, path => "DIR");
}

#[test]
fn a_profile_without_phrases_knows_none() {
    let (folder, _) = folder();
    let empty = file(&folder, "empty.yaml", b"");
    let nothing = file(&folder, "nothing.yaml", b"{}\n");
    let run = with(&["page", PAGE, "--profile", &nothing]);
    assert_eq!(run.code, Some(1), "{run}");
    assert!(run.stderr.contains("nothing was found"), "{run}");
    let run = with(&["page", PAGE, "--profile", &empty]);
    assert_eq!(run.code, Some(2), "{run}");
    assert!(run.stderr.contains("expected a mapping"), "{run}");
}
