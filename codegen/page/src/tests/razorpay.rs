//! Reads what the pages of Razorpay have, in words of our own.

use super::other_providers::{described, fields, paths, read};
use crate::{Base, Page, UnreadReason, ValuesKind};

/// Returns the values of the field that [`described`] has, with their kind.
fn values(page: &Page) -> Option<(ValuesKind, Vec<&str>)> {
    let values = page.operations[0].request[1].values.as_ref()?;
    let items = values.items.iter().map(|one| one.value.as_str());
    Some((values.kind, items.collect()))
}

#[test]
fn values_of_a_list() {
    use ValuesKind::{Examples, Fixed, OneOf};
    for (ty, text, expected) in [
        (
            "string",
            "How fast.\n  - `slow` (default): By ship.\n  - `fast`: By air.",
            Some((OneOf, vec!["slow", "fast"])),
        ),
        (
            "boolean",
            "Says if it is fragile.\n  - `true`\n  - `false`",
            Some((OneOf, vec!["true", "false"])),
        ),
        (
            "string",
            "How fast. For example, `slow`. Possible values:\n  - `slow`\n  - `fast`",
            Some((OneOf, vec!["slow", "fast"])),
        ),
        (
            "string",
            "How fast. Possible values:- `slow` : By ship.\n- `fast` : By air.",
            Some((OneOf, vec!["slow", "fast"])),
        ),
        (
            "string",
            "The kind. The following classifications are available in the system by default:\n  - `glass`\n  - `books`",
            Some((Examples, vec!["glass", "books"])),
        ),
        (
            "string",
            "The kind. Here, it will be `parcel`.",
            Some((Fixed, vec!["parcel"])),
        ),
        // Fields of an object, and a value whose condition is unknown.
        (
            "object",
            "The payee.\n  - `name`: Who it is.\n  - `phone`: The number.",
            None,
        ),
        ("string", "How fast.\n  - `slow` if it is heavy", None),
        // The other one is on a line that cannot be understood.
        (
            "boolean",
            "Says if it is fragile. Possible values:\n  - `true`\n  - or not",
            Some((Examples, vec!["true"])),
        ),
    ] {
        assert_eq!(values(&described(ty, text)), expected, "{text}");
    }
}

#[test]
fn a_default_in_the_meaning_of_a_value() {
    let text = "Who calls.\n  - `true`: The carrier calls. Defaults to `true`.\n  - `false`: The shop calls.";
    let page = described("boolean", text);
    let default = page.operations[0].request[1].default.as_ref();
    assert_eq!(default.map(|one| one.value.as_str()), Some("true"));
    assert!(page.unread.is_empty(), "{:?}", page.unread);
}

#[test]
fn a_list_without_indentation_does_not_end_an_object() {
    let text = "# Send a parcel\n\n### Request Parameters\n\n`payee` _mandatory_\n: `object` Who gets it.\n\n  `kind` _mandatory_\n  : `string` Who it is.\n         Possible values: - `person`\n- `firm`\n\n  `name` _optional_\n  : `string` The name.\n\n`memo` _optional_\n: `string` Your words.\n";
    let page = read(Base::Razorpay, text);
    let expected = ["/payee", "/payee/kind", "/payee/name", "/memo"];
    let expected = expected.map(|path| format!("request {path}"));
    assert_eq!(paths(&page), expected);
    assert!(page.unread.is_empty(), "{:?}", page.unread);
}

#[test]
fn messages_below_the_title_of_a_response_are_examples() {
    let text = "# Fetch a parcel\n\n### Response\n\n```json: Found\n{\n  \"id\": \"p_1\",\n  \"state\": \"sent\"\n}\n```json: Missing\n{\n  \"error\": {\n    \"reason\": \"none\"\n  }\n}\n```\n\n### Parameters\n\n`id`\n: `string` The parcel.\n\n`state`\n: `string` How it is.\n";
    let page = read(Base::Razorpay, text);
    assert_eq!(paths(&page), ["response /id", "response /state"]);
    let examples: Vec<_> = page.operations[0].examples.iter().collect();
    let lines: Vec<_> = examples
        .iter()
        .map(|one| (one.line, one.end_line))
        .collect();
    assert_eq!(lines, [(6, 9), (11, 15)]);
    assert!(examples.iter().all(|one| one.parses), "{examples:?}");
    assert!(page.unread.is_empty(), "{:?}", page.unread);
}

#[test]
fn a_sentence_begins_the_parameters_of_a_page_without_headings() {
    let below = "id\nstring\nThe parcel.\nweight\ninteger\nIn grams.\n";
    for (sentence, expected) in [
        (
            "The Parcel entity has the following fields:",
            ["response /id", "response /weight"].as_slice(),
        ),
        (
            "Here is the list of request parameters for sending it:",
            &["request /id", "request /weight"],
        ),
        ("The Parcel entity is sent with these:", &[]),
    ] {
        let text = format!("Parcels\nSend a parcel with our API.\n{sentence}\n{below}");
        assert_eq!(paths(&read(Base::Razorpay, &text)), expected, "{sentence}");
    }
    let text = "# Parcels\n\nThe Parcel entity has the following parameters:\n\n**id** `string`\n\nThe parcel.\n\n**parcel\\_no** `integer`\n\nThe number.\n";
    let page = read(Base::Razorpay, text);
    assert_eq!(paths(&page), ["response /id", "response /parcel_no"]);
}

#[test]
fn a_text_that_says_how_a_value_came_into_being_is_no_condition() {
    let text = "The id generated once the parcel is packed.";
    let page = described("string", text);
    assert_eq!(page.operations[0].request[1].conditions, []);
    assert_eq!(fields(&page)[1], "/mode type=string");
}

#[test]
fn terms_without_a_blank_line_above_them() {
    let text = "# Send a parcel\n\n### Request Parameters\n\n`payee` _mandatory_\n: `object` Who gets it.\n  `is_firm`\n  : `boolean` Says if it is a firm.\n    - `true`: A firm.\n    - `false`: A person.\n  `is_new`\n  : `boolean` Says if it is new.\n    - `true`: New.\n    - `false`: Known.\n\n`memo` _optional_\n: `string` Your words.\n";
    let page = read(Base::Razorpay, text);
    let expected = [
        "/payee type=object",
        "/payee/is_firm type=boolean values=true,false",
        "/payee/is_new type=boolean values=true,false",
        "/memo type=string",
    ];
    assert_eq!(fields(&page), expected);
}

#[test]
fn the_endpoint_of_a_command() {
    let endpoint = |command: &str| {
        let text = format!(
            "# Send a parcel\n\n### Request\n\n```curl: Curl\n{command}\n```\n\n### Request Parameters\n\n`memo` _optional_\n: `string` Your words.\n"
        );
        let page = read(Base::Razorpay, &text);
        let operation = &page.operations[0];
        let stated = |one: &Option<crate::Stated<String>>| {
            one.as_ref().map_or("", |one| one.value.as_str()).to_owned()
        };
        let is_open = page.unread.iter().any(|line| line.text.contains("://"));
        (stated(&operation.method), stated(&operation.path), is_open)
    };
    for (command, expected) in [
        (
            "curl -u id:secret \\\n-X POST https://parcels.example/v1/parcels \\\n-d '{\"memo\": \"a\"}'",
            ("POST", "/v1/parcels", false),
        ),
        (
            "curl -u id:secret \\\n- X GET https://parcels.example/v1/parcels?count=2",
            ("GET", "/v1/parcels", false),
        ),
        (
            "curl https://parcels.example/v1/parcels/:id/send -d 'memo=a'",
            ("POST", "/v1/parcels/:id/send", false),
        ),
        // The API has a variable in its place.
        (
            "curl -u id:secret \\\n-X GET https://parcels.example/v1/parcels/p_00000000000001",
            ("", "", true),
        ),
    ] {
        let (method, path, is_open) = expected;
        let expected = (method.to_owned(), path.to_owned(), is_open);
        assert_eq!(endpoint(command), expected, "{command}");
    }
}

#[test]
fn what_others_must_be_told_is_no_condition() {
    let text = "The address to which notifications must be sent in case of a delay.";
    let page = described("string", text);
    assert_eq!(page.operations[0].request[1].conditions, []);
}

#[test]
fn a_type_in_backticks_ends_with_them() {
    for (ty, text, kind) in [
        (
            "array",
            "List of keys from the `route` object that are shown.",
            "array",
        ),
        ("object", "Array that contains details.", "object"),
        ("array of objects", "List of stops.", "array"),
        ("json object", "Pairs of words.", "object"),
    ] {
        let found = fields(&described(ty, text));
        assert_eq!(found[1], format!("/mode type={kind}"), "{ty} {text}");
    }
}

#[test]
fn a_name_indented_below_a_string_is_unsure() {
    let page = |ty: &str, indent: &str| {
        let text = format!(
            "# Send a parcel\n\n### Request Parameters\n\n`payee` _mandatory_\n: `{ty}` Who gets it.\n\n\
            {indent}`name` _optional_\n{indent}: `string` The name.\n\n\
            {indent}`phone` _optional_\n{indent}: `string` The number.\n\n`memo` _optional_\n: `string` Your words.\n"
        );
        let page = read(Base::Razorpay, &text);
        let all = page.operations[0].request.iter();
        let all = all.map(|one| format!("{} {}", one.path, one.guesses.len()));
        all.collect::<Vec<_>>().join(", ")
    };
    for (ty, indent, expected) in [
        ("string", "  ", "/payee 0, /name 1, /phone 1, /memo 0"),
        ("integer", "    ", "/payee 0, /name 1, /phone 1, /memo 0"),
        ("string", "", "/payee 0, /name 0, /phone 0, /memo 0"),
        (
            "object",
            "  ",
            "/payee 0, /payee/name 0, /payee/phone 0, /memo 0",
        ),
    ] {
        assert_eq!(page(ty, indent), expected, "{ty} {indent:?}");
    }
}

#[test]
fn types_that_a_copy_has_glued_to_their_descriptions() {
    let text = "Send a parcel\nPOST/v1/parcels\nSends a parcel.\nRequest Parameters\n\
                weight *\ninteger The weight in grams. The minimum value is 100.\n\
                label *\nstringWhat is printed on it. Can have a maximum length of 40 characters.\n\
                objectId *\nstring The thing in it.\n\
                fragile boolean\nSays if it breaks.\n\
                notes json object Key-value pairs.\n\
                state stringHow it is, as the\nplain string Value of a list.\n\
                Response Parameters\nid string The parcel.\nsent_at\ninteger When it was sent.\n";
    let page = read(Base::Razorpay, text);
    let expected = [
        "/weight min=100 type=integer",
        "/label max_length=40 type=string",
        "/objectId type=string",
        "/fragile type=boolean",
        "/notes type=object",
        "/state type=string",
    ];
    assert_eq!(fields(&page), expected);
    let response = paths(&page).into_iter().skip(expected.len());
    assert_eq!(
        response.collect::<Vec<_>>(),
        ["response /id", "response /sent_at"]
    );
    assert!(page.unread.is_empty(), "{:?}", page.unread);
}

#[test]
fn errors_without_codes_say_why_they_are_unread() {
    for errors in [
        "The id is unknown.\n* code: 400\n* description: No parcel has it.\n* solution: Use another id.\n",
        "The id is unknown.\n\nCode: 4xx\n\nNo parcel has it.\n\nSolution: Use another id.\n",
        "The id is unknown.\n\nCode:400No parcel has it.Solution: Use another id.\n",
    ] {
        let text = format!("# Send a parcel\n\n### Errors\n\n{errors}");
        let page = read(Base::Razorpay, &text);
        assert!(page.operations[0].codes.is_empty(), "{errors}");
        let reasons: Vec<_> = page.unread.iter().map(|one| one.reason).collect();
        assert!(reasons.len() > 1, "{errors}");
        let expected = Some(UnreadReason::NoCode);
        assert!(reasons.iter().all(|one| *one == expected), "{reasons:?}");
    }
}

#[test]
fn a_term_with_too_much_space_before_it_is_no_code() {
    let text = "# Send a parcel\n\n### Request Parameters\n\n         `payee` _mandatory_\n: `object` Who gets it.\n\n      `name` _optional_\n  : `string` The name.\n\n`memo` _optional_\n: `string` Your words.\n";
    let page = read(Base::Razorpay, text);
    let expected = ["request /payee", "request /payee/name", "request /memo"];
    assert_eq!(paths(&page), expected);
    assert!(page.operations[0].examples.is_empty());
}
