//! The pages: what they show, and that every link leads somewhere.

use std::collections::{BTreeMap, BTreeSet};

use scraper::{Html, Selector};

use crate::{made, page, real, small};

fn selector(text: &str) -> Selector {
    Selector::parse(text).expect("a selector")
}

/// Returns the text of a page's content, with one line for each element that holds text.
fn text(html: &str) -> String {
    let html = Html::parse_document(html);
    let main = html.select(&selector("main")).next().expect("a main part");
    let lines = main.text().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_page_of_an_operation() {
    let files = made(&small());
    insta::assert_snapshot!(text(page(&files, "shop/operations/place_order.html")));
}

#[test]
fn the_page_of_a_flow() {
    let files = made(&small());
    let page = page(&files, "shop/flows/order_payment.html");
    insta::assert_snapshot!(text(page));
    assert!(
        page.contains("<a href=\"#state/paid\">"),
        "the diagram links to the states"
    );
}

#[test]
fn a_type_says_where_null_is_a_value() {
    let case = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/cases/nullable-elements"
    );
    let model = payspec_model::load(std::path::Path::new(case)).model;
    let files = made(&model.expect("a sound spec"));
    let text = text(page(&files, "demo/operations/send.html"));
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "list of (string or null)",
        "list of (list of (integer or null) or null)",
        "map of ( Party or null)",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn a_field_of_some_answers_names_their_statuses() {
    let case = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/cases/answers-by-status"
    );
    let model = payspec_model::load(std::path::Path::new(case)).model;
    let files = made(&model.expect("a sound spec"));
    let text = text(page(&files, "demo/operations/send.html"));
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "In answers with HTTP status 200 (required) , 202 and 402 .",
        "In answers with HTTP status 402 (required).",
    ] {
        let squeezed = |text: &str| text.replace(' ', "");
        assert!(
            squeezed(&text).contains(&squeezed(words)),
            "{words}: {text}"
        );
    }
}

#[test]
fn every_link_leads_somewhere_and_every_id_is_unique() {
    for model in [small(), real()] {
        let files = made(&model);
        let mut ids: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        let mut links: Vec<(&str, String)> = Vec::new();
        let (with_id, with_link) = (
            selector("[id]"),
            selector("a[href], link[href], script[src]"),
        );
        for file in files.iter().filter(|file| file.path.ends_with(".html")) {
            let html = Html::parse_document(&file.text);
            let here = ids.entry(&file.path).or_default();
            for element in html.select(&with_id) {
                let id = element.attr("id").expect("an id").to_owned();
                assert!(here.insert(id.clone()), "{}: {id} twice", file.path);
            }
            for element in html.select(&with_link) {
                let href = element.attr("href").or(element.attr("src"));
                links.push((&file.path, href.expect("a link").to_owned()));
            }
        }
        assert!(links.len() > 100, "{}", links.len());
        let paths: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
        for (from, link) in links {
            if link.starts_with("https://") || link.starts_with("http://") {
                continue;
            }
            let (path, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let path = match path {
                "" => from.to_owned(),
                path => resolved(from, path),
            };
            assert!(paths.contains(path.as_str()), "{from}: {link}");
            let known = || {
                ids.get(path.as_str())
                    .is_some_and(|ids| ids.contains(anchor))
            };
            assert!(anchor.is_empty() || known(), "{from}: {link}");
        }
    }
}

/// Resolves a relative link.
fn resolved(from: &str, link: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn every_entry_of_the_search_leads_somewhere() {
    let files = made(&real());
    let index = page(&files, "assets/search.js");
    let index = index.strip_prefix("payspecIndex(").expect("a call");
    let index = index.strip_suffix(");\n").expect("a call");
    let index: serde_json::Value = serde_json::from_str(index).expect("JSON");
    let entries = index["entries"].as_array().expect("entries");
    assert!(entries.len() > 500, "{}", entries.len());
    let mut kinds = BTreeSet::new();
    for entry in entries {
        let at = entry[3].as_u64().expect("a number") as usize;
        let path = index["pages"][at].as_str().expect("a page");
        let anchor = entry[4].as_str().expect("an anchor");
        let has = anchor.is_empty() || page(&files, path).contains(&format!("id=\"{anchor}\""));
        assert!(has, "{entry}");
        kinds.insert(entry[0].as_str().expect("a kind"));
    }
    for kind in [
        "operation",
        "type",
        "field",
        "code",
        "value",
        "flow",
        "state",
        "header",
    ] {
        assert!(kinds.contains(kind), "{kind}");
    }
    let found_in_chinese = entries.iter().any(|entry| {
        let words = entry[5].as_str().unwrap_or_default();
        words
            .chars()
            .any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
    });
    let has_chinese = real().apis.iter().any(|api| {
        let bodies = api.operations.iter().flat_map(|one| one.bodies());
        let objects = bodies.map(|body| &body.object).chain(&api.objects);
        let mut fields = objects.flat_map(|object| &object.fields);
        fields.any(|field| !field.page_names.is_empty())
    });
    assert_eq!(found_in_chinese, has_chinese);
}

/// The requirement of a field is that of the operation, and not that of its type.
#[test]
fn a_refinement_shows_in_its_operation() {
    let files = made(&real());
    let badges = |path: &str, id: &str| -> Vec<String> {
        let html = Html::parse_document(page(&files, path));
        let all = selector("[id]");
        let mut fields = html.select(&all).filter(|one| one.attr("id") == Some(id));
        let field = fields.next().unwrap_or_else(|| panic!("no {id} in {path}"));
        let head = field.select(&selector(".head")).next().expect("a head");
        let badges = selector(".badge");
        head.select(&badges)
            .map(|one| one.text().collect())
            .collect()
    };
    let path = "ams_instore/operations/pay_entry_code.html";
    assert_eq!(badges(path, "request/order/env"), ["required"]);
    assert_eq!(
        badges("ams_instore/types/Order.html", "field/env"),
        ["optional"]
    );
    assert_eq!(
        badges(path, "request/order/env/userAgent"),
        ["required", "sensitive: pii"]
    );
}

#[test]
fn the_same_model_gives_the_same_site() {
    let model = real();
    assert_eq!(made(&model), made(&model));
}
