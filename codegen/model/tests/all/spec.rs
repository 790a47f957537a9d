//! A small spec that has every rule once.

use payspec_model::load_from;
use payspec_model::model::Model;
use payspec_model::source::Memory;

/// Returns the text of its operation.
pub(crate) fn operation() -> String {
    include_str!("spec/operation.yaml").replace("BODY", include_str!("spec/body.yaml"))
}

/// Returns the spec with these wire rules; its operation is `probe`.
pub(crate) fn spec(scalars: &str, empty_text: &str) -> Model {
    let api = include_str!("spec/api.yaml");
    let api = api
        .replace("SCALARS", scalars)
        .replace("EMPTY_TEXT", empty_text);
    let texts = [
        ("probe/api.yaml", api),
        (
            "probe/types/all.yaml",
            include_str!("spec/types.yaml").to_owned(),
        ),
        ("probe/operations/probe.yaml", operation()),
    ];
    of(texts)
}

/// Returns the spec in these files.
pub(crate) fn of<T: Into<String>, const COUNT: usize>(texts: [(&str, T); COUNT]) -> Model {
    let mut files = Memory::default();
    files
        .files
        .extend(texts.map(|(path, text)| (path.to_owned(), text.into().into_bytes())));
    let loaded = load_from(&files);
    let problems = payspec_model::diagnostic::human(&loaded.diagnostics, &loaded.sources, false);
    loaded.model.unwrap_or_else(|| panic!("{problems}"))
}
