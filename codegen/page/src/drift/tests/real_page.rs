//! Compares the provider's own page, if a copy of it is available.

use super::*;

#[test]
#[ignore = "it reads pages that are not ours to copy: an own step of .ci/run, with PAYSPEC_PAGES"]
fn differs_in_disputed_points_alone_and_is_covered_whole() {
    let folder = std::env::var_os("PAYSPEC_PAGES").expect("PAYSPEC_PAGES names a folder of pages");
    let file = Path::new(&folder).join("pay-entry-code.zh-mt.2023-07-27.md");
    let text = std::fs::read_to_string(file).expect("the page is in the folder");
    let model = model();
    let drift = drift(&model, &text);
    assert_eq!(drift.operation, "pay_entry_code");
    assert_eq!(drift.source.as_deref(), Some("page"));
    assert_eq!(drift.findings, []);
    assert_eq!(disputed(&drift), DISPUTED);
    let coverage = coverage_of(&model, &text);
    assert!(coverage.is_whole(), "{:?}", coverage.counts);
}
