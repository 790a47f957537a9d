//! Code lists of ISO, as data.

mod countries;
mod currencies;

pub(crate) use countries::COUNTRIES;
pub(crate) use currencies::CURRENCIES;

/// Whether the code is an officially assigned one.
pub(crate) fn is_country(code: &[u8; 2]) -> bool {
    COUNTRIES.binary_search(code).is_ok()
}

/// The number of decimal places of an active currency; `Some(None)` when it has no minor unit.
pub(crate) fn currency(code: &[u8; 3]) -> Option<Option<u8>> {
    let index = CURRENCIES
        .binary_search_by_key(code, |(code, _)| *code)
        .ok()?;
    CURRENCIES.get(index).map(|(_, exponent)| *exponent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_in_order_and_complete() {
        assert!(COUNTRIES.is_sorted_by(|a, b| a < b));
        assert!(CURRENCIES.is_sorted_by(|a, b| a.0 < b.0));
        assert_eq!(COUNTRIES.len(), 249);
        assert_eq!(CURRENCIES.len(), 178);
    }
}
