//! Code lists of ISO, as data.

mod countries;
mod currencies;

pub(crate) use countries::COUNTRIES;
pub(crate) use currencies::CURRENCIES;

/// One bit for every pair of upper-case letters: whether it is an assigned country code.
static COUNTRY_BITS: [u64; 11] = {
    let mut bits = [0; 11];
    let mut row = 0;
    while row < COUNTRIES.len() {
        let at = number(&COUNTRIES[row]);
        bits[at / 64] |= 1 << (at % 64);
        row += 1;
    }
    bits
};

/// One bit for every three upper-case letters: whether they are an active currency code.
static CURRENCY_BITS: [u64; 275] = {
    let mut bits = [0; 275];
    let mut row = 0;
    while row < CURRENCIES.len() {
        let at = number(&CURRENCIES[row].0);
        bits[at / 64] |= 1 << (at % 64);
        row += 1;
    }
    bits
};

/// The letters as a number to the base 26; beyond every table when one is no upper-case letter.
const fn number(letters: &[u8]) -> usize {
    let mut number = 0;
    let mut index = 0;
    while index < letters.len() {
        if !letters[index].is_ascii_uppercase() {
            return usize::MAX;
        }
        number = number * 26 + (letters[index] - b'A') as usize;
        index += 1;
    }
    number
}

fn bit(bits: &[u64], at: usize) -> bool {
    bits.get(at / 64)
        .is_some_and(|word| word >> (at % 64) & 1 == 1)
}

/// Whether the code is an officially assigned one.
pub(crate) fn is_country(code: &[u8; 2]) -> bool {
    bit(&COUNTRY_BITS, number(code))
}

/// Whether the code is an active one.
pub(crate) fn is_currency(code: &[u8; 3]) -> bool {
    bit(&CURRENCY_BITS, number(code))
}

/// The number of decimal places of an active currency that has a minor unit.
pub(crate) fn minor_units(code: &[u8; 3]) -> Option<u8> {
    let row = CURRENCIES
        .binary_search_by_key(code, |(code, _)| *code)
        .ok()?;
    CURRENCIES.get(row)?.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_say_what_the_tables_say() {
        let letters = || b'?'..=b'[';
        for (a, b) in letters().flat_map(|a| letters().map(move |b| (a, b))) {
            assert_eq!(is_country(&[a, b]), COUNTRIES.contains(&[a, b]));
            for c in letters() {
                let known = CURRENCIES.iter().any(|(code, _)| *code == [a, b, c]);
                assert_eq!(is_currency(&[a, b, c]), known);
            }
        }
    }

    #[test]
    fn tables_are_in_order_and_complete() {
        assert!(COUNTRIES.is_sorted_by(|a, b| a < b));
        assert!(CURRENCIES.is_sorted_by(|a, b| a.0 < b.0));
        assert_eq!(COUNTRIES.len(), 249);
        assert_eq!(CURRENCIES.len(), 178);
    }
}
