//! The page that compares the shortest program with the one for the provider's SDK shows what both are.

use std::fs;
use std::path::Path;

fn read(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Returns the lines of a function between its head and its end, without their indentation.
fn body<'t>(text: &'t str, head: &str, end: &str) -> Vec<&'t str> {
    let lines = text.lines().skip_while(|line| !line.starts_with(head));
    let body = lines.skip(1).take_while(|line| *line != end);
    body.map(|line| line.strip_prefix("    ").unwrap_or(line))
        .collect()
}

#[test]
fn the_page_shows_both_programs_and_counts_their_lines() {
    let page = read("docs/pay-once.md");
    let rust = read("tests/examples/pay_once.rs");
    let rust = body(&rust, "fn pay(", "}");
    let python = read("tests/interop/pay.py");
    let calls: Vec<&str> = [
        "client = DefaultAlipayClient(url, ",
        "answer = json.loads(client.execute(",
    ]
    .into_iter()
    .filter_map(|start| {
        python
            .lines()
            .map(str::trim)
            .find(|line| line.starts_with(start))
    })
    .collect();
    let request = body(&python, "def payment(", "");
    for part in [&rust, &request, &calls] {
        assert!(
            page.contains(&format!("\n{}\n```", part.join("\n"))),
            "{part:#?}"
        );
    }
    let python = request.len() + calls.len();
    assert!(rust.len() <= 26, "{} lines", rust.len());
    let counted = format!("| in all | {python} lines | {} lines |", rust.len());
    assert!(page.contains(&counted), "{counted}");
}
