//! The URL profile of the wire types against the `url` crate. The profile is the stricter one, for it
//! takes only what RFC 3986 allows to be written; what it takes, the crate must take as well.

use payspec_runtime::rules;
use payspec_tests::kept;
use payspec_tests::random::{holds, share};
use proptest::prop_oneof;

const GOOD: &[&str] = &[
    "https://shop.example",
    "https://shop.example/",
    "http://shop.example:8080/a/b;c?d=e&f#g",
    "https://user@shop.example/",
    "https://203.0.113.7/",
    "https://[2001:db8::1]:443/",
    "https://shop.example/%E5%95%86?x=%20",
    "alipays://platformapi/startApp?appId=20000067",
    "mailto:ada@shop.example",
    "http://render-dev.site.alipay.net/p/index.html#/landing?pre_order_id=https://global",
];

const BAD: &[&str] = &[
    "",
    "shop.example/a",
    "//shop.example/a",
    "/a",
    "https:",
    "https://",
    "https:///a",
    "1https://shop.example",
    "https://shop.example/a b",
    "https://shop.example/商",
    "https://shop.example/%zz",
    "https://shop.example/%2",
    "https://shop.example/<a>",
    "https://shop.example/\n",
    " https://shop.example/",
];

#[test]
fn takes_what_it_should() {
    for text in GOOD {
        assert!(rules::url(text), "{text}");
        assert!(
            url::Url::parse(text).is_ok(),
            "{text}: the crate does not take it"
        );
    }
    for text in BAD {
        assert!(!rules::url(text), "{text}");
    }
}

/// Returns whether the last label of a host begins like a number.
fn ends_in_number(authority: &str) -> bool {
    let host = authority.split(':').next().unwrap_or_default();
    let host = host.strip_suffix('.').unwrap_or(host);
    let label = host.rsplit('.').next().unwrap_or_default();
    label.starts_with(|first: char| first.is_ascii_digit())
}

#[test]
fn takes_nothing_that_the_crate_refuses() {
    // The two standards differ about user names, and about hosts with escapes or that end in a
    // number without being an address; neither is what a payment is notified at.
    let any = "https?:/{0,3}[a-z.\\[\\]:-]{0,8}(:[0-9]{0,4})?(/[a-zA-Z0-9%?#&=;,+~ <>\"{}|^`é-]{0,8}){0,2}";
    // Of those alone, the profile takes one in a hundred.
    let likely = "https?://[a-z]{1,3}[a-z.-]{0,4}(:[0-9]{1,5})?(/[a-zA-Z0-9?#&=;,+~:@!$'()*._-]{0,8}){0,3}[ %]?";
    let texts = prop_oneof![any, likely];
    let taken = holds(kept!("url_profile"), share(20_000), &texts, |text| {
        let authority = text.split_once("//").map_or("", |(_, rest)| rest);
        let authority = authority.split(['/', '?', '#']).next().unwrap_or_default();
        if !rules::url(&text) || authority.contains('%') || ends_in_number(authority) {
            return false;
        }
        assert!(url::Url::parse(&text).is_ok(), "{text}");
        true
    });
    assert!(
        taken >= share(4_000),
        "the profile took {taken} of the texts"
    );
}
