//! Checks that a draft is a valid spec, and states the same as its page.

use super::*;
use crate::drift::draft::{DraftError, DraftFile, Target, draft};

fn files_of(drafts: &[DraftFile], into: &mut Memory) {
    for file in drafts {
        let path = file.path.to_string_lossy().into_owned();
        into.files.insert(path, file.text.clone().into_bytes());
    }
}

/// Drafts a page onto some files, and compares it with the result.
fn round_trip(name: &str, files: Memory) {
    let drift = drafted(name, files, "shop");
    assert_eq!(drift.findings, [], "{name}");
}

/// Drafts a page into this folder, checks that the draft is valid, and compares the page with it.
fn drafted(name: &str, mut files: Memory, folder: &str) -> Drift {
    let page = read(&fixture(name));
    let copy = Copy {
        name: "page",
        page: &page,
    };
    let hints = Hints {
        operation: Some("drafted"),
        source: None,
    };
    let before = load_from(&files).model.unwrap_or_default();
    let drafts = draft(
        &before,
        copy,
        hints,
        Target::Spec(Path::new(&format!("{folder}/operations/drafted.yaml"))),
    );
    files_of(&drafts.expect("a draft").files, &mut files);
    let loaded = load_from(&files);
    let messages: Vec<_> = loaded
        .diagnostics
        .iter()
        .map(|one| one.message.clone())
        .collect();
    let Some(model) = loaded.model else {
        panic!("{name}: {messages:?}");
    };
    Drift::new(&model, copy, hints).expect("the operation is there")
}

/// A mark says that a field is required, and a sentence that it may be absent: the draft leaves it open.
#[test]
fn a_mark_and_a_sentence_that_contradict_each_other() {
    let text = "# Inquiry\n\nPOST /v1/inquiry\n\n## Response parameters\n\npayTime String REQUIRED\nThe time. \
        This field may not be returned.\n\nmemo String\nThe memo. This field may not be returned.\n\n\
        payId String REQUIRED\nThe id. This field is required.\n\n\
        kind String OPTIONAL\nThe kind. This field is required.\n\nnote String REQUIRED\nThe note. This field is \
        optional.\n\ntag String\nThe tag. This field is required.\n";
    let page = read(text);
    let copy = Copy {
        name: "page",
        page: &page,
    };
    let hints = Hints {
        operation: Some("drafted"),
        source: None,
    };
    let target = Target::Spec(Path::new("shop/operations/drafted.yaml"));
    let drafts = draft(&Model::default(), copy, hints, target).expect("a draft");
    let texts = drafts.files.iter().map(|file| file.text.as_str());
    let text = texts
        .filter(|text| text.contains("payTime:"))
        .collect::<String>();
    let field = |name: &str| {
        let (_, from) = text
            .split_once(&format!("    {name}:\n"))
            .expect("the field");
        from.lines()
            .take_while(|line| line.starts_with("      "))
            .collect::<Vec<_>>()
            .join("\n")
    };
    assert!(!field("payTime").contains("required: true"), "{text}");
    assert!(
        field("payTime").contains("TODO: This field may not be returned."),
        "{text}"
    );
    assert!(!field("memo").contains("required"), "{text}");
    assert!(field("payId").contains("required: true"), "{text}");
    assert!(
        field("kind").contains("TODO: This field is required."),
        "{text}"
    );
    assert!(!field("note").contains("required: true"), "{text}");
    assert!(
        field("note").contains("TODO: This field is optional."),
        "{text}"
    );
    assert!(
        field("tag").contains("TODO: This field is required."),
        "{text}"
    );
}

#[test]
fn from_nothing() {
    for name in PAGES {
        round_trip(name, Memory::default());
    }
}

#[test]
fn from_an_api_without_operations() {
    let api = include_str!("../../../../cli/src/starter/api.yaml");
    for name in TWINS {
        let mut files = Memory::default();
        files
            .files
            .insert("shop/api.yaml".to_owned(), api.as_bytes().to_vec());
        round_trip(name, files);
    }
}

#[test]
fn beside_operations_that_judge_codes_otherwise() {
    for name in PAGES {
        let drift = drafted(name, spec(), "ams-instore");
        let codes = drift
            .findings
            .iter()
            .filter(|one| one.subject.starts_with("codes"));
        assert_eq!(codes.count(), 0, "{name}");
    }
}

#[test]
fn a_patch_holds_what_is_missing_and_nothing_else() {
    let page = read(&fixture("d-en-pay-user-presented.md"));
    let copy = Copy {
        name: "page.md",
        page: &page,
    };
    let files = draft(
        &model(),
        copy,
        Hints::default(),
        Target::Apart(Path::new("patch.yaml")),
    )
    .expect("a patch")
    .files;
    let texts: Vec<_> = files
        .iter()
        .map(|file| (file.path.to_string_lossy(), &file.text))
        .collect();
    insta::assert_debug_snapshot!("patch", texts);
}

#[test]
fn a_page_that_the_spec_knows_needs_no_draft() {
    let page = read(&fixture("html-en-refund.html"));
    let copy = Copy {
        name: "page",
        page: &page,
    };
    let files = draft(
        &model(),
        copy,
        Hints::default(),
        Target::Apart(Path::new("patch.yaml")),
    );
    assert_eq!(files.map(|draft| draft.files), Ok(Vec::new()));
}

/// Returns the files that are drafted from a page that the spec does not know, or the error.
fn placed(model: &Model, target: Target<'_>) -> Result<Vec<String>, DraftError> {
    let page = read(&fixture("f2-en-inquiry-payment.md"));
    let copy = Copy {
        name: "page",
        page: &page,
    };
    let hints = Hints {
        operation: Some("drafted"),
        source: None,
    };
    let files = draft(model, copy, hints, target)?.files;
    let paths = files.iter().map(|file| file.path.to_string_lossy());
    Ok(paths.map(String::from).collect())
}

#[test]
fn a_whole_operation_in_the_spec_folder_lies_where_it_is_read() {
    let none = Model::default();
    for (file, instead) in [
        ("draft.yaml", "my-api/operations/draft.yaml"),
        ("shop/draft.yaml", "shop/operations/draft.yaml"),
        ("shop/operations", "shop/operations/draft.yaml"),
        ("shop/operations/pay.yml", "shop/operations/pay.yaml"),
        ("shop/operations/in/pay.yaml", "shop/operations/pay.yaml"),
        ("operations/pay.yaml", "operations/operations/pay.yaml"),
    ] {
        let refused = Err(DraftError::NotRead(instead.to_owned()));
        let target = Target::Spec(Path::new(file));
        assert_eq!(placed(&none, target), refused, "{file}");
    }
    let refused = Err(DraftError::NotRead(
        "ams-instore/operations/draft.yaml".to_owned(),
    ));
    let target = Target::Spec(Path::new("draft.yaml"));
    let mut one = model();
    one.apis.retain(|api| api.folder == "ams-instore");
    assert_eq!(placed(&one, target), refused);
}

#[test]
fn a_new_folder_beside_an_api_is_a_new_api() {
    let target = Target::Spec(Path::new("shop/operations/pay.yaml"));
    let files = placed(&model(), target).expect("a draft");
    assert!(files.contains(&"shop/api.yaml".to_owned()), "{files:?}");
    let target = Target::Spec(Path::new("ams-instore/operations/query.yaml"));
    let files = placed(&model(), target).expect("a draft");
    assert!(
        !files.contains(&"ams-instore/api.yaml".to_owned()),
        "{files:?}"
    );
}

#[test]
fn parts_of_files_are_not_put_where_files_are_read() {
    let page = read(&fixture("d-en-pay-user-presented.md"));
    let copy = Copy {
        name: "page.md",
        page: &page,
    };
    let at = |target| draft(&model(), copy, Hints::default(), target).err();
    let inside = Path::new("ams-instore/operations/patch.yaml");
    assert_eq!(at(Target::Spec(inside)), Some(DraftError::Parts));
    assert_eq!(at(Target::Spec(Path::new("patch.yaml"))), None);
}

/// Drafts a text into the API of the spec in use, and returns the errors of the result.
fn errors_of_draft(text: &str, hints: Hints<'_>) -> (Vec<String>, Memory) {
    let page = read(text);
    let copy = Copy {
        name: "page",
        page: &page,
    };
    let mut files = spec();
    let target = Target::Spec(Path::new("ams-instore/operations/drafted.yaml"));
    let drafted = draft(&model(), copy, hints, target).expect("a draft");
    files_of(&drafted.files, &mut files);
    if let Some(declaration) = &drafted.declares {
        let path = declaration.path.to_string_lossy().into_owned();
        let file = files.files.get(&path).expect("the file of the API");
        let text = String::from_utf8(file.clone()).expect("UTF-8");
        let text = declaration.add_to(&text).expect("a list of sources");
        files.files.insert(path, text.into_bytes());
    }
    let loaded = load_from(&files);
    let errors = loaded.diagnostics.iter();
    let errors = errors.filter(|one| one.code.id.starts_with('E'));
    (errors.map(|one| one.message.clone()).collect(), files)
}

#[test]
fn a_draft_declares_its_source() {
    let text = "# askVoucher\n\nPOST /v1/vouchers/ask\n\n## Request parameters\n\n\
        #### voucherId String REQUIRED\n\nThe id.\n";
    let hints = Hints {
        operation: None,
        source: Some("vouchers"),
    };
    let (errors, files) = errors_of_draft(text, hints);
    assert!(errors.is_empty(), "{errors:?}");
    let api = &files.files["ams-instore/api.yaml"];
    let api = std::str::from_utf8(api).expect("UTF-8");
    let old = &spec().files["ams-instore/api.yaml"];
    let old = std::str::from_utf8(old).expect("UTF-8");
    let added = "  vouchers:\n    title: askVoucher\n    date: unknown\n";
    assert_eq!(api.replacen(added, "", 1), old);
}

#[test]
fn a_draft_gets_an_id_that_the_api_does_not_have() {
    let text = "# Cancel a voucher\n\nPOST /v1/vouchers/cancel\n\n## Request parameters\n\n\
        #### voucherId String REQUIRED\n\nThe id.\n";
    let (errors, files) = errors_of_draft(text, Hints::default());
    assert!(errors.is_empty(), "{errors:?}");
    let drafted = &files.files["ams-instore/operations/drafted.yaml"];
    let drafted = std::str::from_utf8(drafted).expect("UTF-8");
    assert!(drafted.contains("id: vouchers_cancel\n"), "{drafted}");
}

#[test]
fn a_draft_uses_an_enum_of_its_api() {
    let page = |values: &str| {
        format!(
            "# askThing\n\nPOST /v1/things/ask\n\n## Request parameters\n\n\
            #### terminal Terminal object\n\nThe terminal.\n\n##### terminalType TerminalType\n\n\
            The type. Valid values are:\n\n{values}"
        )
    };
    let (errors, files) = errors_of_draft(&page("*   `WEB`: a browser.\n"), Hints::default());
    assert!(errors.is_empty(), "{errors:?}");
    let types = &files.files["ams-instore/types/drafted.yaml"];
    let types = std::str::from_utf8(types).expect("UTF-8");
    assert!(types.contains("type: TerminalType\n"), "{types}");
    assert!(!types.contains("  TerminalType:\n"), "{types}");
    let (errors, files) = errors_of_draft(&page("*   `KIOSK`: a kiosk.\n"), Hints::default());
    assert!(errors.is_empty(), "{errors:?}");
    let drafted = &files.files["ams-instore/operations/drafted.yaml"];
    let drafted = std::str::from_utf8(drafted).expect("UTF-8");
    assert!(drafted.contains("terminalType values KIOSK"), "{drafted}");
}
