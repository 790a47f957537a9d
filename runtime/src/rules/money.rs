//! The decimal places of amounts of money.

use crate::iso;

/// Returns the number of decimal places of the currency with this code; [`None`] for an unknown code, and for a
/// currency without a minor unit, such as gold. The code may be in small letters. `own` are the numbers of a provider that differ from ISO 4217.
///
/// ```
/// use payspec_runtime::rules::decimal_places;
///
/// assert_eq!(decimal_places("USD", []), Some(2));
/// assert_eq!(decimal_places("ISK", []), Some(0));
/// assert_eq!(decimal_places("ISK", [("ISK", 2)]), Some(2));
/// assert_eq!(decimal_places("XAU", []), None);
/// ```
pub fn decimal_places<'a>(code: &str, own: impl IntoIterator<Item = (&'a str, u8)>) -> Option<u8> {
    if let Some((_, places)) = own
        .into_iter()
        .find(|(own, _)| super::same_currency(own, code))
    {
        return Some(places);
    }
    let mut letters = <[u8; 3]>::try_from(code.as_bytes()).ok()?;
    letters.make_ascii_uppercase();
    iso::minor_units(iso::currency_row(&letters)?)
}

/// Returns a decimal number of major units in minor units, as the digits of a whole number; [`None`] if it has more
/// decimal places than the currency. Zeros at its end do not count.
///
/// ```
/// use payspec_runtime::rules::in_minor_units;
///
/// assert_eq!(in_minor_units("12.3", 2).as_deref(), Some("1230"));
/// assert_eq!(in_minor_units("12.300", 2).as_deref(), Some("1230"));
/// assert_eq!(in_minor_units("12.345", 2), None);
/// ```
pub fn in_minor_units(major: &str, places: u8) -> Option<String> {
    let (whole, fraction) = major.split_once('.').unwrap_or((major, ""));
    let fraction = fraction.trim_end_matches('0');
    let missing = usize::from(places).checked_sub(fraction.len())?;
    Some(format!("{whole}{fraction}{}", "0".repeat(missing)))
}

/// Returns whether a decimal number is written with at most this many decimal places. Zeros count: a provider that has
/// no decimals for a currency refuses `12.00` as well.
///
/// ```
/// use payspec_runtime::rules::within_places;
///
/// assert!(within_places("12.3", 2));
/// assert!(!within_places("12.300", 2));
/// assert!(!within_places("12.0", 0));
/// ```
pub fn within_places(number: &str, places: u8) -> bool {
    match number.split_once('.') {
        Some((_, fraction)) => fraction.len() <= usize::from(places),
        None => true,
    }
}
