//! Checks that limits, values and defaults are read wherever a page states them, and that a line is
//! understood only if each of its parts is.

use super::page;
use crate::{Page, Parameter, Reading, ValuesKind};

/// Reads a page with one parameter.
fn parameter(declaration: &str, lines: &[&str]) -> (Page, Parameter) {
    let text = format!(
        "### Request parameters\n\n#### code {declaration}\n\n{}\n",
        lines.join("\n\n")
    );
    let page = page(&text);
    let parameter = page.operations[0].request[0].clone();
    (page, parameter)
}

/// Writes the limits, values and default in a few words.
fn facts(one: &Parameter) -> String {
    let number = |word: &str, limit: &Option<crate::Stated<u32>>| {
        let limit = limit.as_ref();
        limit.map_or(String::new(), |limit| format!(" {word}{}", limit.value))
    };
    let mut out = number("length>=", &one.min_length)
        + &number("length<=", &one.max_length)
        + &number("items>=", &one.min_items)
        + &number("items<=", &one.max_items);
    if let Some(range) = &one.range {
        let end = |end: &Option<String>| end.clone().unwrap_or("*".to_owned());
        let (min, max) = (end(&range.value.min), end(&range.value.max));
        out += &format!(" {min}..{max}");
    }
    if let Some(values) = &one.values {
        let word = match values.kind {
            ValuesKind::Fixed => "always",
            ValuesKind::OneOf => "one of",
            ValuesKind::Examples => "such as",
        };
        let list: Vec<&str> = values.items.iter().map(|one| one.value.as_str()).collect();
        out += &format!(" {word} {}", list.join(","));
    }
    if let Some(default) = &one.default {
        out += &format!(" default {}", default.value);
    }
    out.trim().to_owned()
}

/// Returns the parts of all lines that were not understood.
fn open(page: &Page) -> Vec<&str> {
    let lines = page.lines.iter();
    let parts = lines.flat_map(|line| match &line.reading {
        Reading::Captured { open, .. } => open.iter().map(|part| part.of(&line.text)).collect(),
        Reading::Unread => vec![line.text.as_str()],
        Reading::Frame { .. } | Reading::Junk { .. } | Reading::Outside => Vec::new(),
    });
    parts.collect()
}

#[test]
fn sentences() {
    for (declaration, sentence, expected) in [
        ("String", "The valid value is `A`.", "always A"),
        (
            "String",
            "Possible values are `A`, `B`. More values may follow.",
            "such as A,B",
        ),
        (
            "String",
            "Possible values are `A`, `B`. Other values are refused.",
            "one of A,B",
        ),
        ("String", "The only valid value is `A`.", "always A"),
        ("String", "Its valid values are `A` and `B`.", "one of A,B"),
        ("String", "It must be one of `A` or `B`.", "one of A,B"),
        ("Integer", "A step from 1 to 9.", "1..9"),
        ("Integer", "It must be between 1 and 9.", "1..9"),
        ("Integer", "It is at most 9.", "*..9"),
        (
            "Integer",
            "The minimum value is 100 (1.00 in all).",
            "100..*",
        ),
        ("Integer", "The minimum value is 100 / 7 of it.", "100..*"),
        ("Integer", "The maximum value is 10,000.", "*..10000"),
        (
            "Integer",
            "The maximum value is 10, 000 is too much.",
            "*..10",
        ),
        (
            "String",
            "Maximum length: 64 (32 before 2020)",
            "length<=64",
        ),
        (
            "Integer",
            "It cannot be less than 3 or so. It is no less than 2.",
            "2..*",
        ),
        ("String", "6 to 32 characters.", "length>=6 length<=32"),
        (
            "String",
            "Consists of 6-32 characters.",
            "length>=6 length<=32",
        ),
        (
            "String",
            "It has between 6 and 32 characters.",
            "length>=6 length<=32",
        ),
        (
            "String",
            "It has exactly 3 characters.",
            "length>=3 length<=3",
        ),
        ("String", "It must not exceed 64 characters.", "length<=64"),
        ("String", "No more than 64 characters.", "length<=64"),
        ("Array<String>", "Holds at most 10 items.", "items<=10"),
        ("Array<String>", "No more than 10.", "items<=10"),
        (
            "Array<String>",
            "At least 2 elements, up to 10 elements.",
            "items>=2 items<=10",
        ),
        (
            "String",
            "Some possible values are `US`, `SG`, and `MY`.",
            "such as US,SG,MY",
        ),
        ("String", "A country such as `US`.", "such as US"),
        ("String", "A country, e.g. `US` or `SG`.", "such as US,SG"),
        (
            "String",
            "Valid values are `US`, `SG`, etc.",
            "such as US,SG",
        ),
        ("String", "The default value is `A`.", "default A"),
        ("Integer", "Defaults to 10.", "default 10"),
        ("String", "The default is \"en\".", "default en"),
        ("Boolean", "By default, it is false.", "default false"),
        ("字符串", "默认值为`A`。", "default A"),
        ("字符串", "6到32个字符。", "length>=6 length<=32"),
        ("整数", "介于1和9之间。", "1..9"),
        ("Array<String>", "最多10项。", "items<=10"),
        ("字符串", "部分可能的值为：`US`、`SG`。", "such as US,SG"),
        ("字符串", "有效值为：`US`、`SG`等。", "such as US,SG"),
    ] {
        let (_, one) = parameter(declaration, &[sentence]);
        assert_eq!(facts(&one), expected, "{declaration}: {sentence}");
    }
}

#[test]
fn numbers_with_other_units_are_no_limits() {
    for (declaration, sentence) in [
        ("Integer", "It is valid for at most 3 days."),
        ("String", "It is refused up to 3 times."),
        ("Integer", "From 1 to 9 percent."),
        ("String", "At most 9."),
    ] {
        let (page, one) = parameter(declaration, &[sentence]);
        assert_eq!(facts(&one), "", "{sentence}");
        let open = open(&page);
        assert!(open.contains(&"3") || open.contains(&"9"), "{open:?}");
    }
}

#[test]
fn limits_beside_the_type() {
    for (declaration, expected) in [
        ("string <= 64 characters", "length<=64"),
        ("string ≤ 64", "length<=64"),
        ("string = 3 characters", "length>=3 length<=3"),
        ("string [1..12]", "length>=1 length<=12"),
        (
            "string [ 1 .. 64 ] characters REQUIRED",
            "length>=1 length<=64",
        ),
        ("string [6-32]", "length>=6 length<=32"),
        ("string >= 6 <= 32 characters", "length>=6 length<=32"),
        ("integer [1..9]", "1..9"),
        ("integer >= 1", "1..*"),
        ("Array<String> [1..10]", "items>=1 items<=10"),
        ("Array of strings <= 10 items", "items<=10"),
        ("String[] <= 10 items", "items<=10"),
    ] {
        let heading = format!("### Request parameters\n\n#### code {declaration}\n");
        let cell = declaration.trim_end_matches(" REQUIRED");
        let table = format!(
            "### Request parameters\n\n| Field | Type | Description |\n| --- | --- | --- |\n| code | {cell} | It. |\n"
        );
        for text in [heading, table] {
            let page = page(&text);
            let one = page.operations[0].request.first();
            let found = one.map(facts).unwrap_or_default();
            assert_eq!(found, expected, "{text}");
            assert_eq!(open(&page), Vec::<&str>::new(), "{text}");
        }
    }
}

#[test]
fn a_limit_with_an_unknown_unit_is_open() {
    let text = "### Request parameters\n\n| Field | Type | Description |\n| --- | --- | --- |\n| code | string <= 64 furlongs | It. |\n";
    let page = page(text);
    assert_eq!(facts(&page.operations[0].request[0]), "");
    assert_eq!(open(&page), ["64"]);
}

#[test]
fn an_unknown_cell_is_open() {
    let head = "### Request parameters\n\n| Field | Type | Required | Max length |\n| --- | --- | --- | --- |\n";
    for (row, expected) in [
        ("| code | String | Yes | 64 |", &[][..]),
        ("| code | String | - | N/A |", &[]),
        ("| code | String | Perhaps | 64 |", &["Perhaps"]),
        ("| code | String | Yes | 64 pieces |", &["64", "pieces"]),
    ] {
        let page = page(&format!("{head}{row}\n"));
        assert_eq!(open(&page), expected, "{row}");
    }
}

#[test]
fn a_list_below_some_values_is_open() {
    let lines = ["Some possible values are:", "- `US`: one", "- `SG`: two"];
    let (_, one) = parameter("String", &lines);
    assert_eq!(facts(&one), "such as US,SG");
}

#[test]
fn a_line_is_understood_only_as_a_whole() {
    for (line, expected) in [
        ("Maximum length: 64 characters", &[][..]),
        ("The id. It must be unique within 30 days.", &["must", "30"]),
        ("Fixed value: `A`. Then the billId is read.", &["billId"]),
        ("Maximum length: 64 characters, 128 for tills.", &["128"]),
        ("Required when billId is `A`.", &[]),
        ("This field is an API idempotency field.", &[]),
        ("This is an idempotency field, kept for 7 days.", &["7"]),
        ("It is deprecated, use billId.", &["billId"]),
        // It is kept as a condition in the page's words.
        (
            "Required when billId is `A` and the amount is over 100.",
            &[],
        ),
    ] {
        let (page, _) = parameter("String", &[line]);
        assert_eq!(open(&page), expected, "{line}");
    }
}
