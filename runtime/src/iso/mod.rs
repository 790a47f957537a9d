//! ISO code lists, as data.

mod countries;
mod currencies;

use countries::COUNTRIES;
use currencies::CURRENCIES;

/// The country codes as numbers, for the search.
const COUNTRY_KEYS: [u32; COUNTRIES.len()] = {
    let mut keys = [0; COUNTRIES.len()];
    let mut row = 0;
    while row < keys.len() {
        keys[row] = key(COUNTRIES[row].as_bytes());
        row += 1;
    }
    keys
};

/// The currency codes as numbers, for the search.
const CURRENCY_KEYS: [u32; CURRENCIES.len()] = {
    let mut keys = [0; CURRENCIES.len()];
    let mut row = 0;
    while row < keys.len() {
        keys[row] = key(CURRENCIES[row].0.as_bytes());
        row += 1;
    }
    keys
};

/// Returns the letters as a number that sorts in the same order.
const fn key(letters: &[u8]) -> u32 {
    let mut key = 0;
    let mut index = 0;
    while index < letters.len() {
        key = key << 8 | letters[index] as u32;
        index += 1;
    }
    key
}

/// The currency codes in small letters.
static LOWER_CURRENCIES: [[u8; 3]; CURRENCIES.len()] = {
    let mut codes = [[0; 3]; CURRENCIES.len()];
    let mut row = 0;
    while row < codes.len() {
        let mut letter = 0;
        while letter < 3 {
            codes[row][letter] = CURRENCIES[row].0.as_bytes()[letter].to_ascii_lowercase();
            letter += 1;
        }
        row += 1;
    }
    codes
};

/// The index of the first code with each first letter, and the index after the last code.
type Starts = [u8; 27];

static COUNTRY_STARTS: Starts = starts(&COUNTRY_KEYS, 8);
static CURRENCY_STARTS: Starts = starts(&CURRENCY_KEYS, 16);

const fn starts(keys: &[u32], shift: u32) -> Starts {
    let mut starts = [0; 27];
    let mut row = 0;
    while row < keys.len() {
        let letter = (keys[row] >> shift) as u8 - b'A';
        row += 1;
        starts[letter as usize + 1] = row as u8;
    }
    // A letter without codes begins and ends where the previous one ends.
    let mut letter = 1;
    while letter < starts.len() {
        if starts[letter] == 0 {
            starts[letter] = starts[letter - 1];
        }
        letter += 1;
    }
    starts
}

/// Returns the row of a code; searches only the codes with its first letter.
fn row_in(keys: &[u32], starts: &Starts, letters: &[u8]) -> Option<usize> {
    let letter = usize::from(letters.first()?.checked_sub(b'A')?);
    let (start, end) = (*starts.get(letter)?, *starts.get(letter + 1)?);
    let key = key(letters);
    let rows = keys.get(usize::from(start)..usize::from(end))?;
    let row = rows.iter().position(|one| *one == key)?;
    Some(usize::from(start) + row)
}

/// Returns the row of an officially assigned code.
pub(crate) fn country_row(letters: &[u8; 2]) -> Option<usize> {
    row_in(&COUNTRY_KEYS, &COUNTRY_STARTS, letters)
}

/// Returns the row of an active code.
pub(crate) fn currency_row(letters: &[u8; 3]) -> Option<usize> {
    row_in(&CURRENCY_KEYS, &CURRENCY_STARTS, letters)
}

/// Returns the row of the currency that a constant names.
pub(crate) const fn row_of_constant(code: &[u8]) -> u8 {
    let mut row = 0;
    while CURRENCY_KEYS[row] != key(code) {
        row += 1;
    }
    row as u8
}

/// Returns the code in this row.
pub(crate) fn country(row: usize) -> Option<&'static str> {
    COUNTRIES.get(row).copied()
}

/// Returns the code in this row.
pub(crate) fn currency(row: usize) -> Option<&'static str> {
    CURRENCIES.get(row).map(|row| row.0)
}

/// Returns the code in this row, in small letters.
pub(crate) fn lower_currency(row: usize) -> Option<&'static str> {
    core::str::from_utf8(LOWER_CURRENCIES.get(row)?).ok()
}

/// Returns the row of the active code with this number.
pub(crate) fn currency_with_number(number: u16) -> Option<usize> {
    CURRENCIES.iter().position(|row| row.1 == number)
}

/// Returns the ISO 4217 number of the currency in this row.
pub(crate) fn currency_number(row: usize) -> Option<u16> {
    Some(CURRENCIES.get(row)?.1)
}

/// Returns the number of decimal places of the currency in this row, if it has a minor unit.
pub(crate) fn minor_units(row: usize) -> Option<u8> {
    CURRENCIES.get(row)?.2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_in_order_and_complete() {
        assert!(COUNTRIES.is_sorted_by(|a, b| a < b));
        assert!(CURRENCIES.is_sorted_by(|a, b| a.0 < b.0));
        assert_eq!((COUNTRIES.len(), CURRENCIES.len()), (249, 178));
        for (row, (code, number, _)) in CURRENCIES.iter().enumerate() {
            assert_eq!(
                currency_with_number(*number),
                Some(row),
                "{code} alone has {number}"
            );
            assert_eq!(currency_number(row), Some(*number));
        }
    }

    #[test]
    fn rows_are_found_for_codes_and_nothing_else() {
        let bytes = || b'@'..=b'[';
        for (a, b) in bytes().flat_map(|a| bytes().map(move |b| (a, b))) {
            let row = COUNTRIES.iter().position(|code| code.as_bytes() == [a, b]);
            assert_eq!(country_row(&[a, b]), row);
            for c in bytes() {
                let row = CURRENCIES
                    .iter()
                    .position(|row| row.0.as_bytes() == [a, b, c]);
                assert_eq!(currency_row(&[a, b, c]), row);
            }
        }
    }
}
