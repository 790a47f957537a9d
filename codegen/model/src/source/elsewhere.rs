//! Keys that stand in another place than where people write them.

/// A key, a key that is known where it is wrong, and what to write.
const KEYS: &[(&str, &str, &str)] = &[(
    "amount",
    "at_least_one_of",
    "write `money: /currency` on the field that holds the number",
)];

/// Returns what to write in place of a key; `known` are the keys that are allowed beside it.
pub(super) fn help<'k>(
    key: &str,
    mut known: impl Iterator<Item = &'k str>,
) -> Option<&'static str> {
    let (_, beside, help) = KEYS.iter().find(|(wrong, ..)| *wrong == key)?;
    known.any(|one| one == *beside).then_some(help)
}
