//! The rules' class in Rust is held against the generated code, for every pair there and back.

use payspec_model::model::Model;
use payspec_review::sections::rust::Words;
use payspec_review::{Report, SemverBump};

use super::pairs::PAIRS;
use payspec_tests::random::is_tried;

/// Returns the contradiction between the generated code and the verdict of the rules, if there is one.
fn contradiction(old: &Model, new: &Model) -> Option<String> {
    let report = Report::with_generated(old, new).expect("both can be written");
    let generated = report.generated.as_ref().expect("it was compared");
    let ruled = report.summary.rust;
    let understated = match generated.level {
        SemverBump::Major | SemverBump::Minor => ruled < generated.level,
        SemverBump::Patch | SemverBump::None => false,
    };
    let refuted = matches!(generated.words, Words::Refuted { .. });
    (understated || refuted).then(|| {
        let items: Vec<&str> = generated
            .items
            .iter()
            .map(|item| item.path.as_str())
            .collect();
        format!(
            "ruled {ruled:?}, {:?}, {:?}: {items:?}",
            generated.level, generated.words
        )
    })
}

#[test]
fn the_generated_code_contradicts_no_rule() {
    let mut wrong = Vec::new();
    for (number, pair) in PAIRS.iter().enumerate() {
        if !is_tried(number) {
            continue;
        }
        for (way, old, new) in [
            ("there", &pair.old, &pair.new),
            ("back", &pair.new, &pair.old),
        ] {
            if let Some(told) = contradiction(old, new) {
                wrong.push(format!("{} {way}: {told}", pair.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
