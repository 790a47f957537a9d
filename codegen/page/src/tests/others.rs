//! Reads pages in the layout of other providers by their profiles, and measures what is found.

use std::collections::BTreeSet;
use std::path::Path;

use super::{OTHER_PAGES, folder};
use crate::{Base, Page, Parameter, Profile, Requirement, read_with};

/// The pages, with the profile that reads them.
const GROUPS: [(&str, Base); 2] = [
    ("wechatpay-order", Base::Wechatpay),
    ("razorpay-order", Base::Razorpay),
];

/// Returns the facts of a page, one by one, in the notation of the folder.
pub(super) fn facts(page: &Page) -> BTreeSet<String> {
    let mut facts = BTreeSet::new();
    for operation in &page.operations {
        if let (Some(method), Some(path)) = (&operation.method, &operation.path) {
            facts.insert(format!("endpoint {} {}", method.value, path.value));
        }
        for (side, list) in [
            ("request", &operation.request),
            ("response", &operation.response),
        ] {
            for one in list {
                let name = format!("{side} {}", one.path);
                facts.extend(parameter(one).map(|fact| format!("{name} {fact}")));
                facts.insert(name);
            }
        }
        for code in &operation.codes {
            let name = format!("code {}", code.code);
            facts.extend(
                code.http_status
                    .map(|status| format!("{name} http={status}")),
            );
            facts.insert(name);
        }
    }
    facts
}

fn parameter(one: &Parameter) -> impl Iterator<Item = String> {
    let ty = one
        .ty
        .as_ref()
        .map(|ty| format!("type={}", ty.value.kind.as_str()));
    let required = match one.required.value {
        Requirement::Required => "R",
        Requirement::Optional => "O",
        Requirement::Conditional => "C",
        Requirement::Unstated => "-",
    };
    let number = |name: &str, limit: &Option<crate::Stated<u32>>| {
        limit
            .as_ref()
            .map(|limit| format!("{name}={}", limit.value))
    };
    let range = one.range.as_ref().map(|range| &range.value);
    let bound = |name: &str, bound: Option<&String>| bound.map(|bound| format!("{name}={bound}"));
    let values = one.values.as_ref().map(|values| {
        let values: Vec<&str> = values.items.iter().map(|one| one.value.as_str()).collect();
        format!("values={}", values.join(","))
    });
    [
        ty,
        Some(format!("required={required}")),
        number("min_length", &one.min_length),
        number("max_length", &one.max_length),
        number("max_items", &one.max_items),
        bound("min", range.and_then(|range| range.min.as_ref())),
        bound("max", range.and_then(|range| range.max.as_ref())),
        values,
    ]
    .into_iter()
    .flatten()
}

/// Returns the facts of a file in the notation of the folder.
fn expected(file: &Path) -> BTreeSet<String> {
    let text = std::fs::read_to_string(file).expect("the facts");
    let mut facts = BTreeSet::new();
    for line in text.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        match words.as_slice() {
            ["endpoint", ..] => {
                facts.insert(line.to_owned());
            }
            ["code", code, more @ ..] => {
                facts.extend(more.iter().map(|fact| format!("code {code} {fact}")));
                facts.insert(format!("code {code}"));
            }
            [side, path, ty, required, more @ ..] => {
                let own = [format!("type={ty}"), format!("required={required}")];
                let more = more.iter().map(|fact| (*fact).to_owned());
                let all = own.into_iter().chain(more);
                facts.extend(all.map(|fact| format!("{side} {path} {fact}")));
                facts.insert(format!("{side} {path}"));
            }
            other => panic!("not in the notation: {other:?}"),
        }
    }
    facts
}

#[test]
fn pages_of_other_providers_are_read_by_their_profiles() {
    let mut wrong = Vec::new();
    for (name, base) in GROUPS {
        let profile = Profile::shipped(base);
        let expected = expected(&folder(OTHER_PAGES).join(format!("{name}.facts")));
        for kind in ["html", "md", "txt"] {
            let file = folder(OTHER_PAGES).join(format!("{name}.{kind}"));
            let text = std::fs::read_to_string(&file).expect("a page");
            let found = facts(&read_with(&text, profile).expect("a page"));
            let right = found.intersection(&expected).count() as f64;
            let (precision, recall) = (right / found.len() as f64, right / expected.len() as f64);
            println!(
                "{name}.{kind}: precision {precision:.3}, recall {recall:.3} of {} facts",
                expected.len()
            );
            for fact in expected.difference(&found) {
                println!("  not found: {fact}");
            }
            for fact in found.difference(&expected) {
                println!("  invented:  {fact}");
            }
            if precision < 0.95 || recall < 0.9 {
                wrong.push(format!("{name}.{kind}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}
