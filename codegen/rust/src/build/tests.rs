use std::fs;

use super::*;

#[test]
fn an_error_shows_the_diagnostics() {
    let root = tempfile::tempdir().expect("a folder");
    let spec = root.path().join("spec");
    fs::create_dir_all(spec.join("shop")).expect("a folder");
    fs::write(
        spec.join("shop/api.yaml"),
        "payspec: 2\nid: shop\ntitel: Shop\n",
    )
    .expect("a file");
    let out = root.path().join("out");
    let error = Builder::new()
        .spec(&spec)
        .out_dir(&out)
        .generate()
        .expect_err("a mistake");
    let loaded = payspec_model::load(&spec);
    let report = diagnostic::human(&loaded.diagnostics, &loaded.sources, false);
    let BuildError::Spec { report: found, .. } = &error else {
        panic!("{error}")
    };
    assert_eq!(*found, report);
    assert!(report.contains("titel"));
    assert_eq!(format!("{error:?}"), format!("{error}"));
    assert!(!out.exists());
}

#[test]
fn a_second_run_changes_nothing() {
    let root = tempfile::tempdir().expect("a folder");
    let spec = concat!(env!("CARGO_MANIFEST_DIR"), "/../../spec");
    let builder = Builder::new().spec(spec).out_dir(root.path().join("out"));
    let first = builder.generate().expect("the repository's spec is sound");
    let second = builder.generate().expect("the repository's spec is sound");
    assert!(first.written > 0 && first.unchanged == 0);
    assert_eq!(
        (second.written, second.removed, second.unchanged),
        (0, 0, first.written)
    );
    assert!(first.out_dir.join("mod.rs").exists());
}
