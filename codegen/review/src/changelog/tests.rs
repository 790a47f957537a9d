use semver::Version;

use super::{Bump, insert, next, version_of};

#[test]
fn the_next_version_by_cargos_rules() {
    use Bump::{Major, Minor, None, Patch};
    for (old, expected) in [
        ("0.0.3", ["0.0.4", "0.0.4", "0.0.4"]),
        ("0.1.0", ["0.1.1", "0.1.1", "0.2.0"]),
        ("0.9.7", ["0.9.8", "0.9.8", "0.10.0"]),
        ("1.0.0", ["1.0.1", "1.1.0", "2.0.0"]),
        ("2.3.4", ["2.3.5", "2.4.0", "3.0.0"]),
        ("1.0.0-rc.1", ["1.0.0-rc.2"; 3]),
        ("1.0.0-rc", ["1.0.0-rc.1"; 3]),
        ("0.3.0-9", ["0.3.0-10"; 3]),
        ("0.3.0+build.5", ["0.3.1", "0.3.1", "0.4.0"]),
    ] {
        let old: Version = old.parse().expect("a version");
        assert_eq!(next(&old, None), old);
        for (bump, expected) in [Patch, Minor, Major].into_iter().zip(expected) {
            let new = next(&old, bump);
            assert_eq!(new.to_string(), expected, "{old} {bump:?}");
            assert!(new > old, "{new} after {old}");
            // Cargo updates to any version that matches `^old`; a major change must not arrive that
            // way.
            let taken = semver::VersionReq::parse(&format!("^{old}")).expect("a requirement");
            if bump == Major && old.pre.is_empty() {
                assert!(!taken.matches(&new), "{new} is taken in for {old}");
            }
        }
    }
}

const ENTRY: &str = "### Added\n\n- One.\n";

fn put(changelog: &str) -> String {
    let once = insert(changelog, ENTRY).expect("it goes in");
    assert_eq!(insert(&once, ENTRY).as_deref(), Ok(once.as_str()), "{once}");
    // Another entry takes its place, and back again.
    let other = insert(&once, "### Removed\n\n- Two.\n").expect("it goes in");
    assert!(!other.contains("One."), "{other}");
    assert_eq!(insert(&other, ENTRY).as_deref(), Ok(once.as_str()));
    once
}

/// Returns the lines that payspec did not write.
fn rest(changelog: &str) -> String {
    let mut inside = false;
    let lines = changelog.lines().filter(|line| {
        inside |= line.contains("<!-- payspec");
        let keep = !inside && !line.contains("[Unreleased]") && !line.is_empty();
        inside &= !line.contains("<!-- end");
        keep
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_entry_goes_to_its_place_and_the_rest_stays() {
    let released = "# Changelog\n\nWords.\n\n## [0.1.0] - 2026-01-01\n\n### Added\n\n- First.\n\n[0.1.0]: https://x.example\n";
    let open =
        "# Changelog\n\n## [Unreleased]\n\n### Fixed\n\n- By hand.\n\n## [0.1.0]\n\n- First.\n";
    for changelog in [
        released,
        open,
        "# Changelog\n\n## Unreleased\n## 0.1.0\n\n- First.\n",
        "# Changelog\n",
        "# Changelog",
        "# Changelog\n\n## [Unreleased]",
    ] {
        let new = put(changelog);
        assert_eq!(
            rest(&new).replace("## Unreleased\n", ""),
            rest(changelog).replace("## Unreleased\n", "")
        );
        let at = |text: &str| new.find(text);
        assert!(at("nreleased") < at("- One."), "{new}");
        if new.contains("0.1.0") {
            assert!(at("- One.") < at("0.1.0"), "{new}");
        }
        let windows = changelog.replace('\n', "\r\n");
        assert_eq!(
            put(&windows).replace("\r\n", "\n"),
            new.replace("\r\n", "\n")
        );
    }
    insta::assert_snapshot!("changelog_open", put(open));
    insta::assert_snapshot!("changelog_released", put(released));
    insta::assert_snapshot!("changelog_empty", put(""));
}

#[test]
fn half_a_part_is_not_guessed_at() {
    let whole = insert("", ENTRY).expect("it goes in");
    for mark in [
        "<!-- payspec changelog -->\n",
        "<!-- end of payspec changelog -->\n",
    ] {
        let half = whole.replace(mark, "");
        let error = insert(&half, ENTRY).expect_err("a mark is missing");
        assert!(error.to_string().starts_with("line "), "{error}");
    }
}

#[test]
fn the_version_of_a_crate_may_be_that_of_its_workspace() {
    let own = "[package]\nname = \"a\"\nversion = \"1.2.3\"\n";
    let inherited = "[package]\nname = \"a\"\nversion.workspace = true\n";
    let workspace = "[workspace.package]\nversion = \"0.4.0\"\n";
    let of = |manifests: &[&str]| {
        let manifests: Vec<String> = manifests.iter().map(ToString::to_string).collect();
        version_of(&manifests).map(|version| version.to_string())
    };
    assert_eq!(of(&[own, workspace]).as_deref(), Some("1.2.3"));
    assert_eq!(of(&[inherited, workspace]).as_deref(), Some("0.4.0"));
    let both = format!("{inherited}{workspace}");
    assert_eq!(of(&[&both]).as_deref(), Some("0.4.0"));
    for none in [
        &[][..],
        &[inherited],
        &["[package]\nname = \"a\"\n"],
        &["no manifest"],
    ] {
        assert_eq!(of(none), None);
    }
}
