use super::*;
use QuoteDirection::{BasePerCounter, CounterPerBase};

fn rate(pair: &str, price: &str) -> Rate {
    let price = price.parse().expect("a decimal");
    Rate::read(pair, &price, CounterPerBase).expect("a rate")
}

fn code(text: &str) -> Currency {
    text.parse().expect("a currency")
}

/// Pairs, prices and both amounts from recorded answers and notifications of the provider.
#[test]
fn recorded_numbers() {
    for (pair, price, from, minor, to, expected) in [
        // The amount is in the counter currency, so it is divided: 97.57. A multiplication would give 102.49.
        ("344/446", "1.02487562", "MOP", 100, "HKD", 98),
        ("446/156", "0.88156063", "MOP", 100, "CNY", 88),
        ("392/156", "0.064622", "JPY", 200, "CNY", 1292),
        ("949/156", "1.05980252", "TRY", 134, "CNY", 142),
    ] {
        let converted = rate(pair, price).convert(minor, code(from), Rounding::HalfUp);
        assert_eq!(converted, Ok((expected, code(to))), "{pair} {price}");
    }
}

#[test]
fn multiplying_by_the_recorded_settlement_rate_contradicts_the_recorded_amount() {
    let inverse = Rate {
        direction: BasePerCounter,
        ..rate("344/446", "1.02487562")
    };
    let multiplied = inverse.convert(100, code("MOP"), Rounding::HalfUp);
    assert_eq!(multiplied, Ok((102, Currency::HKD)));
}

#[test]
fn roundings() {
    use Rounding::{Down, HalfEven, HalfUp, Up};
    // 1 USD is 0.5 EUR, so odd amounts end in a half.
    let half = rate("USD/EUR", "0.5");
    for (minor, rounding, expected) in [
        (5, Down, 2),
        (5, Up, 3),
        (5, HalfUp, 3),
        (5, HalfEven, 2),
        (7, HalfEven, 4),
        (-5, Down, -2),
        (-5, Up, -3),
        (-5, HalfUp, -3),
        (-5, HalfEven, -2),
        (4, Up, 2),
        (0, Up, 0),
    ] {
        let (converted, _) = half
            .convert(minor, Currency::USD, rounding)
            .expect("it fits");
        assert_eq!(converted, expected, "{minor} {rounding:?}");
    }
    let third = rate("USD/EUR", "3");
    for (minor, expected) in [(4, 1), (5, 2)] {
        for rounding in [HalfUp, HalfEven] {
            assert_eq!(
                third.convert(minor, code("EUR"), rounding),
                Ok((expected, Currency::USD))
            );
        }
    }
}

#[test]
fn exact_where_a_float_is_not() {
    let rate = rate("USD/EUR", "0.1000000000000000055511151231257827");
    let converted = rate.convert(10, Currency::USD, Rounding::Up);
    assert_eq!(converted, Ok((2, code("EUR"))));
}

#[test]
fn places_of_both_currencies_count() {
    let rate = rate("KWD/JPY", "487.5");
    assert_eq!(
        rate.convert(1_000, code("KWD"), Rounding::HalfUp),
        Ok((488, Currency::JPY))
    );
    assert_eq!(
        rate.convert(975, Currency::JPY, Rounding::HalfUp),
        Ok((2_000, code("KWD")))
    );
}

#[test]
fn an_error_instead_of_a_wrong_amount() {
    let read = |pair: &str, price: &str| {
        Rate::read(pair, &price.parse().expect("a decimal"), CounterPerBase)
    };
    for pair in [
        "",
        "HKD",
        "HKD/",
        "/USD",
        "HKDUSD",
        "HKD/HKD",
        "344/HKD",
        "hkd/USD",
        "HKD/XYZ",
        "1/2",
        "0344/840",
        "HKD/USD/EUR",
        "+34/840",
    ] {
        assert_eq!(read(pair, "1"), Err(QuoteError::UnreadablePair), "{pair}");
    }
    for price in ["0", "0.000", "-1"] {
        assert_eq!(
            read("HKD/USD", price),
            Err(QuoteError::NotPositive),
            "{price}"
        );
    }
    let too_large = Err(QuoteError::Money(MoneyError::TooLarge));
    assert_eq!(
        rate("HKD/USD", "1").convert(1, Currency::JPY, Rounding::Up),
        Err(QuoteError::OtherCurrency(Currency::JPY))
    );
    assert_eq!(
        rate("HKD/USD", "2").convert(i64::MAX, Currency::HKD, Rounding::Up),
        too_large
    );
    assert_eq!(
        rate("HKD/USD", "99999999999999999999999999999999999999").convert(
            1_000,
            Currency::HKD,
            Rounding::Up
        ),
        too_large
    );
    assert_eq!(
        rate("XAU/USD", "2").convert(1, code("XAU"), Rounding::Up),
        Err(QuoteError::Money(MoneyError::NoMinorUnit(code("XAU"))))
    );
}

#[test]
fn there_and_back_in_either_direction() {
    for direction in QuoteDirection::ALL {
        let one = Rate {
            direction: *direction,
            ..rate("USD/EUR", "1.25")
        };
        let (there, to) = one
            .convert(1_000, Currency::USD, Rounding::HalfUp)
            .expect("it fits");
        let expected = match direction {
            CounterPerBase => 1_250,
            BasePerCounter => 800,
        };
        assert_eq!((there, to), (expected, code("EUR")));
        assert_eq!(
            one.convert(there, to, Rounding::HalfUp),
            Ok((1_000, Currency::USD))
        );
    }
}
