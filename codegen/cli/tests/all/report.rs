//! The review report in every format, of a small pair of specs.

use std::collections::BTreeSet;
use std::process::Command;

use pulldown_cmark::{Event, Options, Parser, Tag};
use scraper::{Html, Node, Selector};

use crate::diff::{EDITS, edit, starter};
use crate::support::{Run, folder, snapshot, with};

/// A text that could break the markup of a report.
const NASTY: &str =
    "Say </details><script>alert(1)</script> | `x` @team *b* \\\" onload=a(1) [l](javascript:b)";

/// Reports on the usual edits and on the nasty text.
fn review(format: &str) -> Run {
    let (folder, root) = folder();
    let old = starter(&folder.path().join("old"), &[]);
    let nasty = format!("description: \"{NASTY}\"");
    let mut edits = EDITS.to_vec();
    edits.push((
        "operations/place_order.yaml",
        "description: The id of this request. A repetition has the same id.",
        &nasty,
    ));
    let new = starter(&folder.path().join("new"), &edits);
    let mut run = with(&[
        "diff",
        &old,
        &new,
        "--witness",
        "--today",
        "2026-11-30",
        "--format",
        format,
    ]);
    run.stdout = run.stdout.replace(&root, "ROOT");
    run
}

#[test]
fn as_text() {
    snapshot!("report_text", review("text"));
}

#[test]
fn as_a_comment() {
    let run = review("markdown");
    snapshot!("report_markdown", run);
    // The Markdown of GitHub; the only tags in it are those that the report writes itself.
    let options = Options::all() - Options::ENABLE_SMART_PUNCTUATION;
    let own = [
        "<br>",
        "<sub>",
        "</sub>",
        "<code>",
        "</code>",
        "<details>",
        "</details>",
        "<summary>",
        "</summary>",
        "<!-- -->",
    ];
    let mut columns = 0;
    for event in Parser::new_ext(&run.stdout, options) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => {
                let tags = html
                    .split_inclusive('>')
                    .filter_map(|part| part.find('<').map(|at| &part[at..]));
                for tag in tags {
                    assert!(own.contains(&tag.trim()), "{tag} in {html}");
                }
            }
            Event::Start(Tag::Table(head)) => columns = head.len(),
            Event::Start(Tag::Link { dest_url, .. }) => panic!("a link to {dest_url}"),
            Event::Start(Tag::Image { dest_url, .. }) => panic!("an image of {dest_url}"),
            Event::Text(text) => assert!(!text.contains("@team"), "{text}"),
            _ => {}
        }
    }
    assert_eq!(columns, 4);
    let count = |tag| run.stdout.matches(tag).count();
    assert_eq!(count("<details>"), count("</details>"));
}

#[test]
fn as_annotations() {
    let run = review("github");
    for line in run.stdout.lines() {
        let level = ["::error ", "::warning ", "::notice "];
        assert!(level.iter().any(|word| line.starts_with(word)), "{line}");
    }
    snapshot!("report_github", run);
}

#[test]
fn for_code_scanners() {
    let run = review("sarif");
    let sarif: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(sarif["version"], "2.1.0");
    let driver = &sarif["runs"][0]["tool"]["driver"];
    let rules = driver["rules"].as_array().expect("rules");
    for rule in rules {
        for text in ["shortDescription", "fullDescription", "help"] {
            assert!(rule[text]["text"].is_string(), "{rule}");
        }
    }
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    assert!(!results.is_empty());
    for result in results {
        let index = result["ruleIndex"].as_u64().expect("an index") as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().expect("a level")));
        assert!(result["message"]["text"].is_string());
        assert!(result["partialFingerprints"]["payspecFinding/v1"].is_string());
        let place = &result["locations"][0]["physicalLocation"];
        let file = place["artifactLocation"]["uri"].as_str().expect("a file");
        assert!(
            file.starts_with("ROOT/new/shop/") && file.ends_with(".yaml"),
            "{file}"
        );
        for number in ["startLine", "startColumn"] {
            assert!(place["region"][number].as_u64() >= Some(1), "{place}");
        }
    }
    snapshot!("report_sarif", run);
}

#[test]
fn as_a_page() {
    let run = review("html");
    snapshot!("report_html", run);
    let page = Html::parse_document(&run.stdout);
    let mut ids = BTreeSet::new();
    let mut text = String::new();
    for node in page.tree.nodes() {
        match node.value() {
            Node::Element(element) => {
                let name = element.name();
                assert!(
                    !["script", "link", "img", "iframe", "object", "form"].contains(&name),
                    "{name}"
                );
                for (attribute, value) in element.attrs() {
                    assert!(
                        !attribute.starts_with("on") && attribute != "src",
                        "{attribute}"
                    );
                    assert!(attribute != "href" || value.starts_with('#'), "{value}");
                    assert!(
                        attribute != "id" || ids.insert(value.to_owned()),
                        "{value} twice"
                    );
                }
            }
            Node::Text(part) => text += part,
            Node::Document | Node::Fragment | Node::Doctype(_) | Node::Comment(_) => {}
            Node::ProcessingInstruction(_) => panic!("a processing instruction"),
        }
    }
    assert!(
        text.contains("Say </details><script>alert(1)</script> | `x` @team *b*"),
        "{text}"
    );
    // Every target of a name or of an anchor exists.
    let pointing = Selector::parse("[aria-labelledby], a[href]").expect("a selector");
    for element in page.select(&pointing) {
        let named = element.attr("aria-labelledby");
        let to = named
            .or(element.attr("href").map(|href| &href[1..]))
            .unwrap_or_default();
        assert!(ids.contains(to), "{to}");
    }
    let all = |selector: &str| {
        let selector = Selector::parse(selector).expect("a selector");
        page.select(&selector).collect::<Vec<_>>()
    };
    assert_eq!(all("html[lang=en]").len(), 1);
    let title = all("title")[0].inner_html();
    assert_eq!(title, "Spec review of new: money, ROOT/old to ROOT/new");
    assert_eq!(all("time[datetime='2026-11-30']").len(), 1);
    // No heading skips a level.
    let mut last = 0;
    for heading in all("h1, h2, h3, h4, h5, h6") {
        let level: u32 = heading.value().name()[1..].parse().expect("a level");
        assert!(level <= last + 1, "h{level} after h{last}");
        last = level;
    }
    assert_eq!(all("h1").len(), 1);
    // Every table has a caption and head cells with words, and every drawing has a title.
    assert_eq!(all("table").len(), all("table > caption").len());
    for head in all("thead th") {
        assert!(head.attr("scope").is_some(), "{}", head.html());
    }
    for head in all("table:not(.sides) thead th") {
        assert!(!head.inner_html().is_empty(), "{}", head.html());
    }
    assert!(!all("svg").is_empty());
    assert_eq!(all("svg").len(), all("svg[role=img] > title").len());
    // The worst level comes first, and each fingerprint follows a word.
    let levels: Vec<_> = all(".findings > h2")
        .iter()
        .filter_map(|one| one.attr("id"))
        .collect();
    assert_eq!(levels, ["level-money", "level-breaking", "level-text"]);
    assert_eq!(
        all(".finding").len(),
        all(".finding details.approval:not([open]) code").len() / 2
    );
    // Every filter has a rule, and none needs a script.
    let inputs = Selector::parse("input[id]").expect("a selector");
    for input in page.select(&inputs).filter_map(|input| input.attr("id")) {
        let rule = format!("#{input}:");
        assert!(
            input == "operation-all" || run.stdout.contains(&rule),
            "{input}"
        );
    }
    let policy = "content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\"";
    assert!(run.stdout.contains(policy));
}

#[test]
fn a_page_of_two_revisions() {
    let (folder, _) = folder();
    let spec = starter(&folder.path().join("shop/spec"), &[]);
    let git = |arguments: &[&str]| {
        let mut git = Command::new("git");
        git.current_dir(folder.path().join("shop")).args([
            "-c",
            "user.name=t",
            "-c",
            "user.email=t@t",
            "-c",
            "commit.gpgsign=false",
        ]);
        git.env("GIT_COMMITTER_DATE", "2026-03-04T12:00:00Z");
        assert!(git.args(arguments).status().expect("git runs").success());
    };
    git(&["init", "--quiet"]);
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message", "one"]);
    edit(&folder.path().join("shop/spec"), EDITS);
    let args = [
        "diff",
        "--spec",
        &spec,
        "--against",
        "HEAD",
        "--format",
        "html",
    ];
    let page = with(&args).stdout;
    assert!(
        page.contains("<title>Spec review of shop: money, HEAD to "),
        "{page}"
    );
    assert_eq!(page.matches(", 2026-03-04").count(), 2, "{page}");
    assert!(page.contains(", 2026-03-04, with uncommitted changes)"));
    assert!(page.contains("<time datetime=\"2026-03-04\">"), "{page}");
    assert_eq!(with(&args).stdout, page);
    let dated = with(&[&args[..], &["--today", "2026-05-06"]].concat()).stdout;
    assert!(dated.contains("<time datetime=\"2026-05-06\">"), "{dated}");
}

#[test]
fn a_page_of_a_spec_with_errors() {
    let (folder, _) = folder();
    let old = starter(&folder.path().join("old"), &[]);
    let unsound = (
        "flows/order_payment.yaml",
        "place_order.failed: asking  #",
        "place_order.failed: unpaid  #",
    );
    let new = starter(&folder.path().join("new"), &[unsound]);
    let page = with(&["diff", &old, &new, "--format", "html"]).stdout;
    assert!(page.contains("The new spec has errors"), "{page}");
    assert!(page.contains("error[E"), "{page}");
}

#[test]
fn of_nothing() {
    let (folder, _) = folder();
    let spec = starter(&folder.path().join("spec"), &[]);
    for format in ["text", "markdown", "html"] {
        let run = with(&["diff", &spec, &spec, "--format", format]);
        assert_eq!(run.code, Some(0));
        assert!(run.stdout.contains("nothing changed"), "{run}");
    }
    let github = with(&["diff", &spec, &spec, "--format", "github"]);
    assert_eq!(github.stdout, "");
}

#[test]
fn into_a_file() {
    let (folder, _) = folder();
    let old = starter(&folder.path().join("old"), &[]);
    let new = starter(&folder.path().join("new"), EDITS);
    let out = folder.path().join("reports/review.md");
    let path = out.to_str().expect("a path in UTF-8");
    let args = ["diff", &old, &new, "--format", "markdown"];
    let printed = with(&args);
    let written = with(&[&args[..], &["--out", path]].concat());
    assert_eq!((written.code, written.stdout.as_str()), (Some(1), ""));
    assert_eq!(
        std::fs::read_to_string(&out).expect("written"),
        printed.stdout
    );
    // A folder is not a file, and no partial report is left behind.
    let refused = with(&[&args[..], &["--out", &old]].concat());
    assert_eq!(refused.code, Some(2), "{refused}");
    let left = std::fs::read_dir(folder.path()).expect("a folder").count();
    assert_eq!(left, 3);
}
