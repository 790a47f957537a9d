//! Recorded messages, judged by the starter and by an edited starter.

mod batches;
mod gateway;
mod hostile;

use serde_json::Value;

use crate::diff::{EDITS, starter};
use crate::support::{Run, folder, payspec, root, run, snapshot, with};

/// Edits that refuse some recorded messages, accept others, or touch none.
const MORE: &[(&str, &str, &str)] = &[
    ("types/order.yaml", "max_length: 128", "max_length: 16"),
    ("types/order.yaml", "max_length: 256", "max_length: 512"),
    (
        "types/order.yaml",
        "      APP: { description: An app. }\n",
        "",
    ),
    (
        "operations/place_order.yaml",
        "      needs: [/orderId]\n",
        "",
    ),
    (
        "operations/place_order.yaml",
        "      meaning: The goods are sold out.",
        "      meaning: Nothing of it is left.",
    ),
];

fn recorded(name: &str) -> String {
    let path = root().join("codegen/cli/tests/all/traffic").join(name);
    path.to_str().expect("a path in UTF-8").to_owned()
}

/// Runs `validate --traffic` on the starter.
fn survey(more: &[&str]) -> Run {
    let (folder, path) = folder();
    let spec = starter(&folder.path().join("spec"), &[]);
    let args = [
        "validate",
        "--spec",
        &spec,
        "--traffic",
        "recorded.jsonl",
        "session.har",
    ];
    among_recordings(&[&args[..], more].concat(), &path)
}

/// Runs `diff --traffic` on the starter and its edits.
fn review(more: &[&str]) -> Run {
    let (folder, path) = folder();
    let old = starter(&folder.path().join("old"), &[]);
    let new = starter(&folder.path().join("new"), &[EDITS, MORE].concat());
    let args = [
        "diff",
        &old,
        &new,
        "--traffic",
        "recorded.jsonl",
        "session.har",
    ];
    among_recordings(&[&args[..], more].concat(), &path)
}

/// Runs the command in the folder of the recordings; the folder of the specs is shown as `DIR`.
fn among_recordings(args: &[&str], folder: &str) -> Run {
    let mut run = run(payspec(args).current_dir(recorded("")));
    for text in [&mut run.stdout, &mut run.stderr] {
        *text = text.replace(folder, "DIR");
    }
    run
}

fn json(run: &Run) -> Value {
    serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{run}"))
}

#[test]
fn unknown_names_are_counted() {
    let run = survey(&[]);
    assert_eq!(run.code, Some(1), "{run}");
    snapshot!("traffic_survey", run);
    let run = survey(&["--format", "json"]);
    assert_eq!(run.code, Some(1), "{run}");
    snapshot!("traffic_survey_as_json", run);
}

#[test]
fn what_a_change_refuses() {
    let text = review(&[]);
    assert_eq!(text.code, Some(1), "{text}");
    snapshot!("traffic_diff", text);
    snapshot!("traffic_diff_markdown", review(&["--format", "markdown"]));
    let report = json(&review(&["--format", "json"]));
    let traffic = serde_json::to_string_pretty(&report["traffic"]).expect("JSON");
    snapshot!("traffic_diff_json", traffic);
    let html = review(&["--format", "html"]).stdout;
    let section = html
        .split("<section")
        .find(|part| part.contains(">Recorded messages<"));
    snapshot!("traffic_diff_html", section.expect("the section"));
}

#[test]
fn findings_say_how_many_messages_have_them() {
    let report = json(&review(&["--format", "json"]));
    let findings = report["findings"].as_array().expect("a list");
    let of = |rule: &str, place: &str| {
        let mut fitting = findings
            .iter()
            .filter(|one| one["rule"] == rule && one["places"].to_string().contains(place));
        fitting
            .next()
            .unwrap_or_else(|| panic!("{rule} at {place}"))["recorded"]
            .as_u64()
    };
    assert_eq!(of("max-length-narrowed", "request /requestId"), Some(6));
    // No message has the code with the changed words.
    assert_eq!(of("code-meaning-changed", "code OUT_OF_STOCK"), Some(0));
    // A finding with changed types also counts messages.
    let types = findings.iter().find(|one| one["types"].is_array());
    assert!(types.is_some_and(|one| one["recorded"].is_u64()));
    let html = review(&["--format", "html"]).stdout;
    assert!(html.contains("in no recorded message"));
    assert!(html.contains("in 6 recorded messages"));
}

#[test]
fn a_default_counts_the_messages_without_the_field() {
    const FIELD: &str = "      description: The id of the order.\n      max_length: 64\n";
    let (folder, path) = folder();
    let old = starter(&folder.path().join("old"), &[]);
    let recorded = |key: &str, value: &str| {
        let edit = format!("{FIELD}      {key}: {value}\n");
        let edits = [("operations/place_order.yaml", FIELD, edit.as_str())];
        let new = starter(&folder.path().join(key), &edits);
        let args = ["diff", &old, &new, "--format", "json", "--traffic"];
        let report = json(&among_recordings(
            &[&args[..], &["recorded.jsonl"]].concat(),
            &path,
        ));
        let findings = report["findings"].as_array().expect("a list").clone();
        let mut shown = findings.iter().filter_map(|one| one["recorded"].as_u64());
        shown.next()
    };
    // Some responses state the id, others do not.
    assert_eq!(recorded("min_length", "2"), Some(1));
    assert_eq!(recorded("default", "none"), Some(2));
}

#[test]
fn the_exit_code_is_that_of_the_findings() {
    assert_eq!(review(&["--fail-on", "never"]).code, Some(0));
    assert_eq!(review(&["--fail-on", "money"]).code, Some(1));
}

#[test]
fn no_value_leaves() {
    for format in ["human", "json", "markdown", "html", "github", "sarif"] {
        let run = review(&["--format", format]);
        assert!(!run.to_string().contains("CANARY"), "{run}");
    }
    for format in ["human", "json"] {
        let run = survey(&["--format", format]);
        assert!(!run.to_string().contains("CANARY"), "{run}");
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    // So many lines that several blocks are read.
    let (folder, _) = folder();
    let lines = std::fs::read_to_string(recorded("recorded.jsonl")).expect("a fixture");
    let many = crate::support::file(&folder, "many.jsonl", lines.repeat(500).as_bytes());
    let spec = starter(&folder.path().join("old"), &[]);
    let new = starter(&folder.path().join("new"), &[EDITS, MORE].concat());
    let runs = ["1", "2", "7"].map(|threads| {
        let files = ["--traffic", &many, &recorded("session.har"), &many];
        let more = ["--threads", threads, "--format", "json"];
        let survey = [&["validate", "--spec", &spec][..], &files, &more].concat();
        let review = [&["diff", &spec, &new][..], &files, &more].concat();
        [with(&survey).to_string(), with(&review).to_string()]
    });
    assert_eq!(runs[0], runs[1]);
    assert_eq!(runs[0], runs[2]);
    let report: Value = runs[0][0]
        .split_once("---- stdout\n")
        .and_then(|(_, json)| serde_json::from_str(json).ok())
        .expect("JSON");
    assert_eq!(report["judged"], 2 * 500 * 10 + 5);
}

#[test]
fn nothing_changed() {
    let (folder, _) = folder();
    let spec = starter(&folder.path().join("spec"), &[]);
    let lines = recorded("session.har");
    for format in ["human", "markdown", "html"] {
        let run = with(&[
            "diff",
            &spec,
            &spec,
            "--traffic",
            &lines,
            "--format",
            format,
        ]);
        assert_eq!(run.code, Some(0), "{run}");
        assert!(run.stdout.contains("5 recorded messages judged"), "{run}");
    }
}
