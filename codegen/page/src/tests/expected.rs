//! Compares the facts of each fixture page with those that a person found: see the folder's README.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::{ODD_PAGES, PAGES, fixtures_in, folder, page};
use crate::{
    Children, Code, ConditionKind, Format, Language, Page, Parameter, Rendering, Requirement,
    TypeKind,
};

#[test]
fn fixture_pages_say_what_was_found_by_hand() {
    let mut wrong = String::new();
    let kinds = [PAGES, ODD_PAGES].into_iter();
    let all = kinds.flat_map(|kind| fixtures_in(kind).into_iter().map(move |page| (kind, page)));
    for (kind, (name, text)) in all {
        let expected = std::fs::read_to_string(folder(kind).join(format!("{name}.facts")))
            .unwrap_or_else(|error| panic!("{name}.facts: {error}"));
        let expected = expected.lines().filter(|line| !line.starts_with('#'));
        let (unread, expected): (Vec<&str>, Vec<&str>) =
            expected.partition(|line| line.starts_with("unread "));
        let page = page(&text);
        let found = summary(&page);
        let found: BTreeSet<&str> = found.lines().collect();
        let expected: BTreeSet<&str> = expected.into_iter().collect();
        for line in expected.difference(&found) {
            writeln!(wrong, "{name}: not found: {line}").expect("a text");
        }
        for line in found.difference(&expected) {
            writeln!(wrong, "{name}: invented:  {line}").expect("a text");
        }
        for line in unread {
            let text = line.trim_start_matches("unread ");
            if !page.unread.iter().any(|line| line.text.contains(text)) {
                writeln!(wrong, "{name}: swallowed: {text}").expect("a text");
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Writes the facts of a page in the notation of the folder.
pub(super) fn summary(page: &Page) -> String {
    let mut out = String::new();
    let operation = &page.operations[0];
    let endpoint = |part: &Option<crate::Stated<String>>| {
        part.as_ref()
            .map_or("-".to_owned(), |part| part.value.clone())
    };
    let rendering = match page.rendering {
        Rendering::Html => "html",
        Rendering::HtmlText => "text",
        Rendering::FlatText => "flat",
        Rendering::ScrapedMarkdown => "scraped",
        Rendering::ProviderMarkdown => "provider",
        Rendering::Tables => "table",
    };
    let language = match page.language {
        Language::English => "en",
        Language::Chinese | Language::MachineChinese => "zh",
    };
    let (method, path) = (endpoint(&operation.method), endpoint(&operation.path));
    out += &format!("page {rendering} {language} {method} {path}\n");
    for (word, list) in [
        ("request", &operation.request),
        ("response", &operation.response),
    ] {
        for one in list {
            out += &format!("{word} {}{}\n", one.path, parameter(one));
        }
    }
    for object in &page.objects {
        for one in &object.fields {
            out += &format!(
                "object /{}{}{}\n",
                object.name.value,
                one.path,
                parameter(one)
            );
        }
    }
    for status in ["S", "F", "U"] {
        let own = |code: &&Code| code.status.as_deref() == Some(status);
        let codes: Vec<&str> = operation
            .codes
            .iter()
            .filter(own)
            .map(|code| code.code.as_str())
            .collect();
        if !codes.is_empty() {
            out += &format!("codes {status} {}\n", codes.join(" "));
        }
    }
    let good = operation.examples.iter().map(|example| {
        if example.parses && example.damage.is_empty() {
            "good"
        } else {
            "damaged"
        }
    });
    let good: Vec<&str> = good.collect();
    if !good.is_empty() {
        out += &format!("examples {}\n", good.join(" "));
    }
    out
}

fn parameter(one: &Parameter) -> String {
    let kind = one.ty.as_ref().map_or("-", |ty| match ty.value.kind {
        TypeKind::String => "string",
        TypeKind::Integer => "integer",
        TypeKind::Number => "number",
        TypeKind::Boolean => "boolean",
        TypeKind::Any => "any",
        TypeKind::Datetime => "datetime",
        TypeKind::Date => "date",
        TypeKind::Url => "url",
        TypeKind::Object => "object",
        TypeKind::Array => "list",
    });
    let required = match one.required.value {
        Requirement::Required => "R",
        Requirement::Optional => "O",
        Requirement::Conditional => "C",
        Requirement::Unstated => "-",
    };
    let length = one.max_length.as_ref();
    let length = length.map_or("-".to_owned(), |length| length.value.to_string());
    let mut out = format!(" {kind} {required} {length}");
    if let Some(values) = &one.values {
        let values: Vec<&str> = values.items.iter().map(|one| one.value.as_str()).collect();
        out += &format!(" values={}", values.join(","));
    }
    if one
        .format
        .as_ref()
        .is_some_and(|format| format.value == Format::Datetime)
    {
        out += " format=iso8601";
    }
    if let Some(min) = one
        .range
        .as_ref()
        .and_then(|range| range.value.min.as_ref())
    {
        out += &format!(" min={min}");
    }
    if let Some(max) = &one.max_items {
        out += &format!(" max_items={}", max.value);
    }
    if let Some(step) = &one.multiple_of {
        out += &format!(" multiple_of={}", step.value);
    }
    if one.unique_items.is_some() {
        out += " unique";
    }
    let conditions = one.conditions.iter();
    let conditions = conditions.filter(|one| one.kind == ConditionKind::RequiredWhen);
    match conditions.count() {
        0 => {}
        count => out += &format!(" conditions={count}"),
    }
    if one.children == Some(Children::Hidden) {
        // The notation puts it before the conditions.
        out = out.replacen(" conditions=", " hidden conditions=", 1);
        if !out.contains(" hidden") {
            out += " hidden";
        }
    }
    out
}
