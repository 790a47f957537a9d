//! The class in Rust of each finding, as the generated crates show it.

use super::RustReview;
use crate::SemverBump;
use crate::report::Entry;

/// Gives each finding the class that the generated crates show of it, so that the worst of them is that of
/// the crates.
///
/// A rule knows the class of a kind of change; the crates know whether this one is of it. A finding keeps
/// the class of its rule where an item that comes from it asks for as much; otherwise it changes code
/// alone. What an item asks for and no finding owns up to is put to the findings that the item comes from.
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
        // Nobody can tell where an item comes from that has no finding: from any that its rule takes for
        // as much, or else from all.
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
