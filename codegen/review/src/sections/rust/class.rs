//! Assigns each finding its class in Rust, as the generated crates show it.

use super::RustReview;
use crate::SemverBump;
use crate::report::Entry;

/// Gives each finding the class that the generated crates show for it, so that the worst finding
/// has the class of the crates.
///
/// A rule knows the class of a kind of change; the crates show whether it applies here. A finding
/// keeps the class of its rule if an item that comes from it requires as much; otherwise it only
/// changes code. If an item requires more than any of its findings explains, its findings get that
/// class.
pub(crate) fn decide(entries: &mut [Entry], review: &RustReview) {
    let by_rule: Vec<SemverBump> = entries.iter().map(|entry| entry.rust).collect();
    for entry in entries.iter_mut() {
        let own = review.items.iter();
        let own = own.filter(|item| item.findings.contains(&entry.fingerprint));
        let shown = own.map(|item| item.level).max().unwrap_or(SemverBump::None);
        let most = shown.max(SemverBump::Patch.min(review.level));
        entry.rust = entry.rust.min(most);
    }
    for item in &review.items {
        let from = |entry: &Entry| item.findings.contains(&entry.fingerprint);
        let owned = entries.iter().filter(|entry| from(entry));
        let owned = owned.map(|entry| entry.rust).max();
        if owned.is_some_and(|owned| owned >= item.level) {
            continue;
        }
        // If an item has no finding, its origin is unknown: the findings whose rules require as
        // much get its class, or else all findings.
        let any = by_rule.iter().any(|rust| *rust >= item.level);
        for (entry, rule) in entries.iter_mut().zip(&by_rule) {
            let guilty = match owned {
                Some(_) => from(entry),
                None => *rule >= item.level || !any,
            };
            if guilty {
                entry.rust = entry.rust.max(item.level);
            }
        }
    }
}
