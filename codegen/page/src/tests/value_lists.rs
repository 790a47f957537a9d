//! Checks that lists of values, defaults and formats are read whole, or left open.

use super::page;
use crate::{Parameter, ValuesKind};

fn parameter(declaration: &str, text: &str) -> Parameter {
    let page = page(&format!(
        "### Request parameters\n\n#### code {declaration}\n\n{text}\n"
    ));
    page.operations[0].request[0].clone()
}

#[test]
fn a_list_with_remarks_has_all_its_values_or_is_open() {
    for (text, expected) in [
        (
            "Allowed values: `RED` (warm), or `BLUE` (cold).",
            "one of RED,BLUE",
        ),
        (
            "Allowed values: `RED` (warm) or `BLUE` (cold (very)).",
            "one of RED,BLUE",
        ),
        (
            "Valid values are: RED (warm), BLUE (cold) and GREEN (neither).",
            "one of RED,BLUE,GREEN",
        ),
        (
            "Valid values: `RED` - warm, `BLUE` - cold, and `GREEN` - neither.",
            "one of RED,BLUE,GREEN",
        ),
        (
            "Valid values: `RED`: warm; `BLUE`: cold.",
            "one of RED,BLUE",
        ),
        (
            "Valid values are: `RED` (warm),\n`BLUE` (cold).",
            "such as RED",
        ),
        (
            "有效值为：`RED`（暖）、`BLUE`（冷）或`GREEN`（两者皆非）。",
            "one of RED,BLUE,GREEN",
        ),
        ("可选值：RED（暖），BLUE（冷）。", "one of RED,BLUE"),
        (
            "Valid values are: `RED` (warm), or any other one.",
            "such as RED",
        ),
        (
            "Valid values are: `RED`, `BLUE` or a number.",
            "such as RED,BLUE",
        ),
        ("有效值为：`RED`（暖）或其他颜色。", "such as RED"),
        (
            "The fixed value is `RED` (see the API guide).",
            "always RED",
        ),
        ("The value must be `RED`.", "always RED"),
        ("当前支持的值为：`RED`、`BLUE`。", "one of RED,BLUE"),
    ] {
        let one = parameter("String", text);
        let values = one.values.as_ref().expect(text);
        let word = match values.kind {
            ValuesKind::Fixed => "always",
            ValuesKind::OneOf => "one of",
            ValuesKind::Examples => "such as",
        };
        let list: Vec<&str> = values.items.iter().map(|one| one.value.as_str()).collect();
        assert_eq!(format!("{word} {}", list.join(",")), expected, "{text}");
    }
}

#[test]
fn a_default_of_a_case_is_no_default() {
    for (text, expected) in [
        ("Defaults to SLOW when isUrgent is false.", None),
        ("Defaults to SLOW if the parcel is heavy.", None),
        ("When isUrgent is false, the default value is `SLOW`.", None),
        ("当 isUrgent 为 false 时，默认值为`SLOW`。", None),
        ("如果包裹很重，默认值为`SLOW`。", None),
        ("Defaults to SLOW.", Some("SLOW")),
        ("Defaults to SLOW if it is not specified.", Some("SLOW")),
        (
            "If this field is left empty, the default value is `SLOW`.",
            Some("SLOW"),
        ),
        ("如果未指定此字段，默认值为`SLOW`。", Some("SLOW")),
        (
            "The default value is `SLOW`. When isUrgent is true, it is ignored.",
            Some("SLOW"),
        ),
    ] {
        let one = parameter("String", text);
        let found = one.default.as_ref().map(|one| one.value.as_str());
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn a_pattern_of_a_date_decides_over_the_standard() {
    for (text, expected) in [
        ("The day, as YYYY-MM-DD by ISO 8601.", Some("date")),
        ("遵循 ISO 8601 标准，格式为 yyyy-MM-dd。", Some("date")),
        (
            "The time, as YYYY-MM-DDThh:mm:ss by ISO 8601.",
            Some("datetime"),
        ),
        ("The time by ISO 8601.", Some("datetime")),
        ("The day, as YYYY/MM/DD by ISO 8601.", None),
        ("Special characters are not supported.", None),
        ("不支持特殊字符。", None),
    ] {
        let one = parameter("String", text);
        let found = one.format.as_ref().map(|one| one.value.as_str());
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn a_limit_is_one_of_what_can_have_it() {
    for (declaration, text, expected) in [
        ("String", "Maximum size: 5 elements", [None, None]),
        ("Array<String>", "Maximum size: 5 elements", [None, Some(5)]),
        (
            "Array<String>",
            "Maximum length of each element: 8 characters",
            [Some(8), None],
        ),
        (
            "Array<String>",
            "每个元素的最大长度：8个字符",
            [Some(8), None],
        ),
        ("String", "It cannot exceed 8 characters.", [Some(8), None]),
        ("String", "Max. 8 chars", [Some(8), None]),
        ("字符串", "字符数上限：8", [Some(8), None]),
    ] {
        let one = parameter(declaration, text);
        let number = |limit: Option<crate::Stated<u32>>| limit.map(|one| one.value);
        let found = [number(one.max_length), number(one.max_items)];
        assert_eq!(found, expected, "{declaration}: {text}");
    }
}
