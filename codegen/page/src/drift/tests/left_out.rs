//! Checks that a draft holds what its page states, and names what it leaves out.

use super::*;
use crate::drift::draft::{Draft, Target, draft};

/// Writes a page with these lines about the parameters of its request, and these after them.
fn page_of(title: &str, endpoint: &str, request: &str, rest: &str) -> String {
    format!(
        "# {title}\n\n{endpoint}\n\nDoes it.\n\n### Request parameters\n\n{request}\n\n{rest}\n"
    )
}

/// Drafts a page into an empty spec, or into these files, and checks that the draft is valid.
fn drafted(text: &str, source: Option<&str>, mut files: Memory) -> (Draft, Model) {
    let page = read(text);
    let copy = Copy {
        name: "page",
        page: &page,
    };
    let hints = Hints {
        operation: None,
        source,
    };
    let before = load_from(&files).model.unwrap_or_default();
    let target = Target::Spec(Path::new("shop/operations/drafted.yaml"));
    let draft = draft(&before, copy, hints, target).expect("a draft");
    for file in &draft.files {
        let path = file.path.to_string_lossy().into_owned();
        files.files.insert(path, file.text.clone().into_bytes());
    }
    let loaded = load_from(&files);
    let messages: Vec<_> = loaded
        .diagnostics
        .iter()
        .map(|one| one.message.clone())
        .collect();
    let Some(model) = loaded.model else {
        panic!("{messages:?}\n{}", draft.files[0].text);
    };
    (draft, model)
}

/// Drafts a page with one parameter; returns the operation's file, and what is left out.
fn operation_of(declaration: &str, lines: &str) -> (String, Vec<String>) {
    let request = format!("#### code {declaration}\n\n{lines}");
    let text = page_of("askBill", "POST /v1/bills/ask", &request, "");
    let (draft, _) = drafted(&text, None, Memory::default());
    (draft.files[0].text.clone(), draft.left_out)
}

#[test]
fn limits_defaults_and_values_are_drafted() {
    for (declaration, lines, expected) in [
        (
            "String",
            "6 to 32 characters.",
            &["min_length: 6", "max_length: 32"][..],
        ),
        ("String", "The only valid value is `A`.", &["const: A"]),
        (
            "String",
            "Valid values are `A`, `B`. The default value is `A`.",
            &["default: A"],
        ),
        (
            "Integer",
            "From 1 to 9. Defaults to 3.",
            &["min: '1'", "max: '9'", "default: '3'"],
        ),
        ("Boolean", "By default, it is false.", &["default: 'false'"]),
        (
            "Array<String>",
            "At least 2 items, at most 10 items.",
            &["min_items: 2", "max_items: 10"],
        ),
        (
            "Array<String>",
            "*   Maximum length: 64 characters",
            &["of:\n        type: string\n        max_length: 64\n"],
        ),
        (
            "Array<String>",
            "Valid values are `A`, `B`.",
            &["of:\n        type: string\n        values:\n        - A\n        - B\n"],
        ),
    ] {
        let (text, left_out) = operation_of(declaration, lines);
        for line in expected {
            assert!(text.contains(line), "{line}\n{text}");
        }
        assert_eq!(left_out, Vec::<String>::new(), "{text}");
    }
}

#[test]
fn limits_of_elements_are_compared_and_patched() {
    let request = "#### tags Array<String>\n\n*   Maximum length: 64 characters";
    let text = page_of("askBill", "POST /v1/bills/ask", request, "");
    let (whole, model) = drafted(&text, None, Memory::default());
    let page = read(&text);
    let patch = |model: &Model| {
        let copy = Copy {
            name: "page",
            page: &page,
        };
        let target = Target::Apart(Path::new("patch.yaml"));
        draft(model, copy, Hints::default(), target).expect("a patch")
    };
    assert_eq!(patch(&model).files, []);

    let mut files = Memory::default();
    for file in &whole.files {
        let path = file.path.to_string_lossy().into_owned();
        let text = file.text.replace("        max_length: 64\n", "");
        files.files.insert(path, text.into_bytes());
    }
    let without = load_from(&files).model.expect("a model");
    let patch = patch(&without);
    let text = &patch.files[0].text;
    assert!(
        text.contains("of:\n        type: string\n        max_length: 64\n"),
        "{text}"
    );
}

#[test]
fn examples_do_not_limit_a_drafted_field() {
    let lines =
        "Some possible values are `US`, `SG`, and `MY`.\n\n*   Maximum length: 2 characters";
    let request = format!("#### country String\n\n{lines}");
    let text = page_of("askBill", "POST /v1/bills/ask", &request, "");
    let (draft, model) = drafted(&text, None, Memory::default());
    assert!(
        !draft.files[0].text.contains("values"),
        "{}",
        draft.files[0].text
    );
    let (_, operation) = model.operation("ask").expect("the operation");
    let body = operation
        .body(payspec_model::model::Side::Request)
        .expect("a body");
    let field = &body.object.fields[0];
    let closed = field.constraints.iter().any(|one| {
        matches!(
            one.rule,
            payspec_model::model::Rule::Values(_) | payspec_model::model::Rule::Const(_)
        )
    });
    assert!(!closed);
}

#[test]
fn what_a_draft_cannot_hold_is_named_in_it() {
    for (declaration, lines, expected) in [
        (
            "Array<Integer>",
            "*   Maximum length: 64 characters",
            "request/code max_length 64 (line 11)",
        ),
        (
            "Integer",
            "*   Maximum length: 8 characters",
            "request/code max_length 8 (line 11)",
        ),
        (
            "Integer",
            "Valid values are `1`, `2`.",
            "request/code values 1, 2 (line 11)",
        ),
        (
            "Datetime",
            "The default value is `NOW`.",
            "request/code default NOW (line 11)",
        ),
        (
            "String REQUIRED",
            "The default value is `A`.",
            "request/code default A (line 11)",
        ),
        (
            "String",
            "Kept for 30 days.",
            "lines that were not understood: 11",
        ),
    ] {
        let (text, left_out) = operation_of(declaration, lines);
        assert_eq!(left_out, [expected], "{text}");
        assert!(
            text.contains(&format!("# Left out: {expected}\n")),
            "{text}"
        );
    }
}

#[test]
fn codes_without_a_result_are_drafted() {
    let codes = "### Result codes\n\n| Code | Value | Message |\n| --- | --- | --- |\n| SUCCESS | S | Done |\n| NO_BILL | F | None |";
    let request = "#### code String\n\nThe code.";
    let text = page_of("askBill", "POST /v1/bills/ask", request, codes);
    let (draft, _) = drafted(&text, None, Memory::default());
    assert_eq!(draft.left_out, Vec::<String>::new());
    let mut files = draft.files.iter();
    let results = files.find(|file| file.path.ends_with("results.yaml"));
    let results = results.map_or("", |file| file.text.as_str());
    assert!(
        results.contains("  SUCCESS:\n") && results.contains("  NO_BILL:\n"),
        "{results}"
    );
}

#[test]
fn a_notification_is_a_call_of_the_provider() {
    let request = "#### billId String REQUIRED\n\nThe id.\n\n#### result Result object REQUIRED\n\nHow it went.";
    let codes = "### Response parameters\n\n#### result Result object REQUIRED\n\nThat it came.\n\n### Result codes\n\n| Code | Value | Message |\n| --- | --- | --- |\n| SUCCESS | S | Done |";
    for (title, endpoint, is_call) in [
        ("notifyBill", "POST /shop/notify", true),
        ("Bill notification", "", true),
        ("Bill", "POST /shop/notifyBill", true),
        ("askBill", "POST /v1/bills/ask", false),
    ] {
        let (draft, model) = drafted(
            &page_of(title, endpoint, request, codes),
            None,
            Memory::default(),
        );
        let text = &draft.files[0].text;
        assert_eq!(text.contains("notification: {}"), is_call, "{text}");
        assert_eq!(model.apis[0].operations.len(), 1);
        let has_codes = model.apis[0].operations[0].result.as_ref();
        assert!(
            has_codes.is_some_and(|result| result.codes.len() == 1),
            "{text}"
        );
    }
}

#[test]
fn the_printed_path_is_kept_with_its_prefix() {
    let request = "#### code String\n\nThe code.";
    for (endpoint, path) in [
        (
            "POST /aps/api/v1/bills/ask",
            "path: /aps/api/v1/bills/ask\n",
        ),
        (
            "POST https://shop.example/aps/api/v1/bills/ask",
            "path: /aps/api/v1/bills/ask\n",
        ),
    ] {
        let text = page_of("askBill", endpoint, request, "");
        let (draft, _) = drafted(&text, None, Memory::default());
        assert!(
            draft.files[0].text.contains(path),
            "{}",
            draft.files[0].text
        );
    }
}

#[test]
fn a_source_that_is_not_declared_is_declared() {
    let request = "#### code String\n\nThe code.";
    let text = page_of("askBill", "POST /v1/bills/ask", request, "");
    let (draft, model) = drafted(&text, Some("bill-page"), Memory::default());
    let api = draft.files.last().expect("api.yaml");
    assert!(api.text.contains("bill-page:\n"), "{}", api.text);
    assert_eq!(model.apis[0].sources[0].tag, "bill-page");
    // A patch declares it beside the parts.
    let page = read(&fixture("d-en-pay-user-presented.md"));
    let copy = Copy {
        name: "page.md",
        page: &page,
    };
    let hints = Hints {
        operation: None,
        source: Some("new-page"),
    };
    let target = Target::Apart(Path::new("patch.yaml"));
    let files = super::super::draft::draft(&super::model(), copy, hints, target);
    let files = files.expect("a patch").files;
    let api = files.last().expect("a part of api.yaml");
    assert!(api.text.contains("new-page:\n"), "{}", api.text);
}

#[test]
fn a_code_that_is_broken_over_lines_is_one() {
    let request = "#### code String\n\nThe code.";
    for codes in [
        "### Result codes\n\n| Code | Value | Message |\n| --- | --- | --- |\n| NO_SUCH_<br>BILL | F | None |",
        "### Result codes\n\n| Code | Value | Message |\n| --- | --- | --- |\n| `NO_SUCH_`<br>`BILL` | F | None |",
        "### Result codes\n\nCode\n\nValue\n\nMessage\n\nNO_SUCH_\n\nBILL\n\nF\n\nNone",
    ] {
        let page = read(&page_of("askBill", "POST /v1/bills/ask", request, codes));
        let codes = &page.operations[0].codes;
        let names: Vec<&str> = codes.iter().map(|code| code.code.as_str()).collect();
        assert_eq!(names, ["NO_SUCH_BILL"]);
        assert_eq!(codes[0].status.as_deref(), Some("F"));
    }
}

#[test]
fn a_former_name_is_told_only_if_it_is_likely() {
    let model = model();
    let before = fixture(TWINS[0]);
    for (name, perhaps) in [
        ("paymentReportUrl", Some("paymentNotifyUrl")),
        ("shopLink", None),
    ] {
        let text = before.replace("paymentNotifyUrl URL", &format!("{name} URL"));
        let drift = drift(&model, &text);
        let new = drift.findings.iter().find(|one| one.rule == "field-new");
        let new = new.expect("a new field");
        assert_eq!(new.perhaps.as_deref(), perhaps, "{name}");
    }
}

#[test]
fn tables_of_objects_are_the_fields_of_whatever_has_their_type() {
    let head = "| Parameter | Type | Required | Description |\n| --- | --- | --- | --- |\n";
    let amount = format!(
        "#### Amount\n\n{head}| value | Integer | Yes | How much. |\n| currency | String | Yes | Maximum length: 3 characters |\n"
    );
    let item = format!(
        "#### Item\n\n{head}| sku | String | Yes | Maximum length: 9 characters |\n| price | Amount | No | What one costs. |\n"
    );
    let unused = format!(
        "#### Shipment\n\n{head}| carrier | String | No | Maximum length: 8 characters |\n"
    );
    let request = format!(
        "{head}| billId | String | Yes | Maximum length: 64 characters |\n| billAmount | Amount | Yes | How much. |\n\
         | items | Array<Item> | No | At most 5 items |\n"
    );
    let text = page_of(
        "askBill",
        "POST /v1/bills/ask",
        &request,
        &(amount + &item + &unused),
    );
    let (draft, model) = drafted(&text, None, Memory::default());
    let left_out: Vec<&String> = draft.left_out.iter().collect();
    assert_eq!(left_out.len(), 1, "{left_out:?}");
    assert!(
        left_out[0].starts_with("the table of `Shipment` (line "),
        "{left_out:?}"
    );
    let object = |name: &str| {
        let object = model.apis[0].objects.iter().find(|one| one.name == name);
        let fields = object.expect("such an object").fields.iter();
        fields.map(|field| field.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(object("Amount"), ["value", "currency"]);
    assert_eq!(object("Item"), ["sku", "price"]);

    // The page agrees with its draft, and a changed limit in a table is seen.
    let compared = |text: &str| {
        let page = read(text);
        let copy = Copy {
            name: "page",
            page: &page,
        };
        let drift = Drift::new(&model, copy, Hints::default()).expect("the operation is there");
        let subjects = drift.findings.iter().map(|one| one.subject.clone());
        subjects.collect::<Vec<_>>()
    };
    assert_eq!(compared(&text), [""; 0]);
    assert_eq!(
        compared(&text.replace("length: 9", "length: 8")),
        ["request/items/*/sku"]
    );
}
