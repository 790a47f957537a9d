//! Decides the next version number.

use semver::{Prerelease, Version};
use serde::Serialize;

use crate::finding::Level;
use crate::report::Entry as Finding;
use crate::rules::SemverBump;

/// The kind of version bump that a change requires.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Bump {
    /// Nothing changed.
    None,
    /// Users of the crate need not do anything.
    Patch,
    /// There is more to use, or the provider accepts less than before: users should read the
    /// changes.
    Minor,
    /// Code may not compile, or money may move differently: users must read the changes.
    Major,
}

impl Bump {
    /// Returns the bump that the findings require together. If the compiler sees nothing, the wire
    /// decides: a finding about money counts like a break in Rust, so that a mere `cargo update`
    /// does not bring it. A break on the wire alone needs only a minor bump, because callers are
    /// better off with the new crate than with the old one.
    pub(super) fn of<'f>(findings: impl Iterator<Item = &'f Finding>) -> Self {
        let one = |finding: &Finding| match (finding.level, finding.rust) {
            (Level::Money, _) | (_, SemverBump::Major) => Bump::Major,
            (Level::Breaking, _) | (_, SemverBump::Minor) => Bump::Minor,
            (
                Level::Risky | Level::Compatible | Level::Text,
                SemverBump::Patch | SemverBump::None,
            ) => Bump::Patch,
        };
        findings.map(one).max().unwrap_or(Bump::None)
    }

    /// Gives the reason in a few words.
    pub(crate) const fn because(self) -> &'static str {
        match self {
            Bump::None => "nothing changed",
            Bump::Patch => "it compiles and behaves as documented",
            Bump::Minor => "items were added, or the provider accepts less than before",
            Bump::Major => "code may not compile, or money may move differently",
        }
    }
}

/// Returns the version that follows, by cargo's rules: before 1.0.0 a major change raises the minor
/// number and every other change the patch number; before 0.1.0 every change raises the patch
/// number; a pre-release is counted up within its release.
pub(crate) fn next(old: &Version, bump: Bump) -> Version {
    let Version {
        major,
        minor,
        patch,
        ..
    } = *old;
    if bump == Bump::None {
        return old.clone();
    }
    if !old.pre.is_empty() {
        return Version {
            pre: next_before_release(&old.pre),
            build: semver::BuildMetadata::EMPTY,
            ..old.clone()
        };
    }
    match (major, minor, bump) {
        (0, 0, _) => Version::new(0, 0, patch + 1),
        (0, _, Bump::Major) => Version::new(0, minor + 1, 0),
        (0, _, Bump::None | Bump::Patch | Bump::Minor) => Version::new(0, minor, patch + 1),
        (_, _, Bump::Major) => Version::new(major + 1, 0, 0),
        (_, _, Bump::Minor) => Version::new(major, minor + 1, 0),
        (_, _, Bump::None | Bump::Patch) => Version::new(major, minor, patch + 1),
    }
}

/// Counts up a pre-release: `rc.2` after `rc.1`, `rc.1` after `rc`.
fn next_before_release(pre: &Prerelease) -> Prerelease {
    let counted = pre.rsplit_once('.').and_then(|(word, number)| {
        let number: u64 = number.parse().ok()?;
        Some(format!("{word}.{}", number.checked_add(1)?))
    });
    let alone = || Some(pre.parse::<u64>().ok()?.checked_add(1)?.to_string());
    let text = counted.or_else(alone).unwrap_or_else(|| format!("{pre}.1"));
    Prerelease::new(&text).unwrap_or_else(|_| pre.clone())
}

/// Returns the version of a crate from its `Cargo.toml` and those above it, the nearest first. The
/// manifests above matter if the crate takes its version from the workspace.
pub fn version_of(manifests: &[String]) -> Option<Version> {
    let mut manifests = manifests
        .iter()
        .map(|text| text.parse::<toml_edit::DocumentMut>().ok());
    let own = manifests.next()??;
    let version = own.get("package")?.get("version")?;
    if let Some(version) = version.as_str() {
        return version.parse().ok();
    }
    if version.get("workspace")?.as_bool() != Some(true) {
        return None;
    }
    // A crate may be the root of its workspace.
    let documents = std::iter::once(own).chain(manifests.flatten());
    let mut versions = documents.filter_map(|document| {
        let version = document.get("workspace")?.get("package")?.get("version")?;
        version.as_str()?.parse().ok()
    });
    versions.next()
}
