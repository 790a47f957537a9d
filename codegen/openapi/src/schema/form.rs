//! The forms of single values as regular expressions, each of which accepts the texts that a rule of
//! `payspec_runtime::rules` accepts.

use super::number::{self, Numbers};
use payspec_model::model::Epoch;

/// A whole number without superfluous zeros or signs.
pub(super) const INTEGER: &str = "^(?:0|-?[1-9][0-9]*)$";
/// A decimal number without superfluous zeros or signs in front.
pub(super) const DECIMAL: &str =
    r"^(?:(?:0|[1-9][0-9]*)(?:\.[0-9]+)?|-[1-9][0-9]*(?:\.[0-9]+)?|-0\.[0-9]*[1-9][0-9]*)$";
/// The same with an exponent behind it.
pub(super) const WITH_EXPONENT: &str = concat!(
    r"^(?:(?:0|[1-9][0-9]*)(?:\.[0-9]+)?|-[1-9][0-9]*(?:\.[0-9]+)?|-0\.[0-9]*[1-9][0-9]*)",
    r"[eE][+-]?[0-9]+$"
);
/// At most 38 digits.
pub(super) const DIGITS: &str = r"^-?(?:[0-9]\.?){1,38}$";

macro_rules! date {
    () => {
        concat!(
            "(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])",
            "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))",
            "|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)"
        )
    };
}

/// A day that exists.
pub(super) const DATE: &str = concat!("^", date!(), "$");
/// A day that exists, a time and an offset.
pub(super) const DATE_TIME: &str = concat!(
    "^",
    date!(),
    r"T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,9})?",
    "(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])$"
);

/// A URL of any scheme but `http` and `https`, or with the form that those share with others.
pub(super) const URL: &str = concat!(
    "^[A-Za-z][A-Za-z0-9+.-]*:",
    r"(?:#(?:[!$&-;=?-Z\[\]_a-z~]|%[0-9A-Fa-f]{2})*",
    r"|(?:[!$&-;=?-Z\[\]_a-z~]|%[0-9A-Fa-f]{2})+(?:#(?:[!$&-;=?-Z\[\]_a-z~]|%[0-9A-Fa-f]{2})*)?)$"
);
/// A URL of `http` or `https`, as far as its host.
pub(super) const WEB: &str = concat!(
    "^[Hh][Tt][Tt][Pp][Ss]?://",
    // A user, with everything but the delimiters of the authority.
    r"(?:[^/?#]*@)?",
    r"(?:[^/?#@:\[\]]+|\[[0-9A-Fa-f:.]+\])",
    "(?::0*(?:[0-9]{1,4}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])?)?",
    "(?:[/?#]|$)"
);
/// The schemes whose addresses have a host.
pub(super) const IS_WEB: &str = "^[Hh][Tt][Tt][Pp][Ss]?:";

pub(super) const COUNTRY_FORM: &str = "^[A-Z]{2}$";
pub(super) const CURRENCY_FORM: &str = "^[A-Z]{3}$";
pub(super) const LOWER_CURRENCY_FORM: &str = "^[a-z]{3}$";

/// A UUID.
pub(super) const UUID: &str =
    "^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$";
/// At least one byte in base64. The bits of the last digit that belong to no byte are zero.
pub(super) const BASE64: &str = "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)$";

/// Returns patterns for the numbers that are times in the years 1970 to 9999.
pub(super) fn epoch_patterns(epoch: Epoch) -> [String; 2] {
    [
        number::at_least("0", Numbers::Whole),
        number::at_most(&epoch.last().to_string(), Numbers::Whole),
    ]
}

/// Returns patterns for the numbers that fit in 64 bits.
pub(super) fn int64() -> [String; 2] {
    [
        number::at_least(&i64::MIN.to_string(), Numbers::Whole),
        number::at_most(&i64::MAX.to_string(), Numbers::Whole),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use payspec_runtime::{Pattern, rules};

    /// Checks that a pattern accepts what a rule accepts.
    fn agree(pattern: &str, rule: fn(&str) -> bool, texts: &[&str]) {
        let pattern = Pattern::from_text(pattern.to_owned());
        for text in texts {
            assert_eq!(pattern.matches(text), rule(text), "{text:?}");
        }
    }

    #[test]
    fn epochs() {
        let rules = [
            (Epoch::Seconds, rules::epoch_seconds as fn(&str) -> bool),
            (Epoch::Millis, rules::epoch_millis),
        ];
        for (epoch, rule) in rules {
            let [least, most] = epoch_patterns(epoch);
            let last = epoch.last();
            let texts = [
                0,
                -1,
                1,
                last - 1,
                last,
                last + 1,
                last * 10,
                1_700_000_000,
                1_700_000_000_000,
                9_999_999_999_999,
            ];
            for text in texts.map(|number: i64| number.to_string()) {
                let matches = [INTEGER, &least, &most]
                    .iter()
                    .all(|one| Pattern::from_text((*one).to_owned()).matches(&text));
                assert_eq!(matches, rule(&text), "{text}");
            }
        }
    }

    #[test]
    fn encoded_bytes() {
        let uuids = [
            "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
            "F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6",
            "f81d4fae7dec11d0a76500a0c91e6bf6",
            "g81d4fae-7dec-11d0-a765-00a0c91e6bf6",
            "",
        ];
        agree(UUID, rules::uuid, &uuids);
        let texts = [
            "", "A", "AA", "AA=", "AA==", "AB==", "AAA=", "AAB=", "AAE=", "AAAA", "AAAAA",
            "AAAAAA==", "A=AA", "AAAA====", "AAAAAA=A", "+/+/", "-_-_", "AAA\n",
        ];
        agree(BASE64, rules::base64, &texts);
    }

    #[test]
    fn days_exist() {
        let texts = [
            "2019-11-27",
            "2019-02-28",
            "2019-02-29",
            "2020-02-29",
            "2000-02-29",
            "1900-02-29",
            "0000-02-29",
            "2400-02-29",
            "2100-02-29",
            "2019-04-30",
            "2019-04-31",
            "2019-12-31",
            "2019-13-01",
            "2019-00-01",
            "2019-01-00",
            "2019-1-01",
            "",
            "2019-11-27 ",
            "２０１９-11-27",
        ];
        agree(DATE, rules::date, &texts);
        for day in texts {
            for time in [
                "T12:01:01Z",
                "T23:59:59+08:00",
                "T24:00:00Z",
                "T12:60:00Z",
                "T12:01:60Z",
                "T12:01:01",
                "T12:01:01.5Z",
                "T12:01:01.1234567890Z",
                "T12:01:01.Z",
                "T12:01:01+24:00",
                "T12:01:01+08:60",
                "T12:01:01-23:59",
                " 12:01:01Z",
            ] {
                agree(DATE_TIME, rules::datetime, &[&format!("{day}{time}")]);
            }
        }
    }

    #[test]
    fn decimals_have_one_spelling() {
        let longest = "9".repeat(38);
        let longer = "9".repeat(39);
        let split = format!("{}.{}", "9".repeat(20), "9".repeat(18));
        let texts = [
            "0", "0.0", "-0", "-0.0", "-0.01", "-0.10", "01", "1.", ".5", "1e3", "+1", "1.2.3",
            "12.50", "-7", "", "-", &longest, &longer, &split,
        ];
        let both = |text: &str| {
            [DECIMAL, DIGITS]
                .iter()
                .all(|one| Pattern::from_text((*one).to_owned()).matches(text))
        };
        for text in texts {
            assert_eq!(both(text), rules::decimal(text), "{text:?}");
        }
    }

    /// The web addresses of the rule's own tests, and others.
    #[test]
    fn addresses_have_a_host() {
        let url = Pattern::from_text(URL.to_owned());
        let rest = r"(?:[\s\S]*)";
        let open = |pattern: &str| Pattern::from_text(format!("{pattern}{rest}"));
        let (web, is_web) = (open(WEB), open(IS_WEB));
        for text in [
            "https://example.com",
            "http://example.com:8080/a/b?c=d&e=%E6%94%AF#f",
            "HTTPS://EXAMPLE.COM/",
            "http://[::1]:80/x",
            "http://user:pw@example.com/",
            "https://example.com?x=1",
            "https://example.com:/",
            "alipays://platformapi/startapp?appId=1",
            "weixin:pay",
            "mailto:a@example.com",
            "http://a.net/p/index.html#/landing?pre_order_id=https://global",
            "",
            "example.com",
            "/path",
            "//example.com/",
            "http:",
            "http:example.com",
            "http://",
            "http:///path",
            "http://?x",
            "http://:80/",
            "http://user@/",
            "http://example.com:port/",
            "http://example.com:99999/",
            "http://example.com:065535/",
            "http://[::1/",
            "http://[::1]x/",
            "http://a[b/",
            "http://a:1:2/",
            "http://exa mple.com/",
            "http://example.com/%zz",
            "http://example.com/%e",
            "http://example.com/支付",
            "http://example.com/<a>",
            "http://example.com/\"",
            "http://example.com/#a#b",
            "http://example.com/\n",
            "1http://example.com/",
            "ht_tp://example.com/",
            "a:#",
            "a:##",
            "a:",
            "httpsx:a",
            "http://a@b@c/",
            "http://a]b@c/",
            "x:{",
            "x:^",
            "x:`",
            "x:|",
            "x:\\",
            "x:~!$%20",
        ] {
            let found = url.matches(text) && (web.matches(text) || !is_web.matches(text));
            assert_eq!(found, rules::url(text), "{text:?}");
        }
    }

    #[test]
    fn numbers_fit_in_64_bits() {
        let [least, most] = int64();
        let texts = [
            "0",
            "-1",
            "999999999999999999",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775808",
            "-9223372036854775809",
            "10000000000000000000",
            "99999999999999999999",
        ];
        let both = |text: &str| {
            [INTEGER, &least, &most]
                .iter()
                .all(|one| Pattern::from_text((*one).to_owned()).matches(text))
        };
        for text in texts {
            assert_eq!(both(text), rules::integer(text), "{text:?}");
        }
    }
}
