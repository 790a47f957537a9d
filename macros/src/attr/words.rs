//! The words of the attributes.

use crate::closest;
use crate::errors::Errors;
use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::LitStr;

/// Words, one of which an attribute takes as its value. Each denotes the variant of the runtime's enum
/// with the same name in camel case.
pub(crate) struct Vocabulary {
    what: &'static str,
    words: &'static [&'static str],
}

pub(crate) const SEVERITY: Vocabulary = Vocabulary {
    what: "severity",
    words: &["error", "warning"],
};
pub(crate) const DIRECTION: Vocabulary = Vocabulary {
    what: "direction",
    words: &["outgoing", "incoming"],
};
pub(crate) const SCALARS: Vocabulary = Vocabulary {
    what: "form of scalars",
    words: &["strings", "native"],
};
pub(crate) const EMPTY_TEXT: Vocabulary = Vocabulary {
    what: "ruling on empty texts",
    words: &["allowed", "forbidden"],
};
pub(crate) const LOCATION: Vocabulary = Vocabulary {
    what: "place of a field",
    words: &["path", "query", "header", "body", "whole_body"],
};
pub(crate) const STYLE: Vocabulary = Vocabulary {
    what: "style",
    words: &["repeat", "comma", "brackets", "empty_brackets", "json"],
};
pub(crate) const BODY: Vocabulary = Vocabulary {
    what: "form of a body",
    words: &["json", "form"],
};
pub(crate) const JSON_TYPE: Vocabulary = Vocabulary {
    what: "JSON type",
    words: &["string", "number", "boolean"],
};
pub(crate) const CASE: Vocabulary = Vocabulary {
    what: "case of letters",
    words: &["upper", "lower"],
};
pub(crate) const SENSITIVE: Vocabulary = Vocabulary {
    what: "kind of sensitive value",
    words: &["pii", "secret"],
};
pub(crate) const PURPOSE: Vocabulary = Vocabulary {
    what: "purpose",
    words: &["id", "callback"],
};
pub(crate) const FORMAT: Vocabulary = Vocabulary {
    what: "format",
    words: &["mcc", "json"],
};
pub(crate) const CLASS: Vocabulary = Vocabulary {
    what: "class of status",
    words: &["succeeded", "failed", "pending"],
};
pub(crate) const QUOTE_DIRECTION: Vocabulary = Vocabulary {
    what: "direction of a quote",
    words: &["counter_per_base", "base_per_counter"],
};
pub(crate) const RESEND: Vocabulary = Vocabulary {
    what: "resend advice",
    words: &["safe", "pointless", "never"],
};
pub(crate) const NEXT_STEP: Vocabulary = Vocabulary {
    what: "next step",
    words: &[
        "done",
        "redirect",
        "fix_request",
        "fix_credentials",
        "check_contract",
        "register_merchant",
        "lower_amount",
        "new_request_id",
        "resend_same",
        "inquire",
        "refund",
        "contact_support",
        "tell_user",
    ],
};

/// A word chosen from a vocabulary; its tokens are the name of the runtime's variant.
#[derive(Clone, Copy)]
pub(crate) struct Chosen {
    pub(crate) word: &'static str,
    pub(crate) span: Span,
}

impl PartialEq for Chosen {
    fn eq(&self, other: &Self) -> bool {
        self.word == other.word
    }
}

impl ToTokens for Chosen {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let mut variant = String::new();
        for part in self.word.split('_') {
            variant.push_str(&part[..1].to_ascii_uppercase());
            variant.push_str(&part[1..]);
        }
        Ident::new(&variant, Span::mixed_site()).to_tokens(tokens);
    }
}

impl Vocabulary {
    /// Returns the word that a literal names.
    pub(crate) fn choose(&self, literal: &LitStr, errors: &mut Errors) -> Option<Chosen> {
        let text = literal.value();
        let found = self.words.iter().find(|word| **word == text);
        if found.is_none() {
            let (what, hint) = (self.what, closest::hint(&text, self.words.iter().copied()));
            let all = listed(self.words.iter().copied());
            errors.at(
                literal.span(),
                format!("unknown {what} `{text}`: expected {all}{hint}"),
            );
        }
        found.map(|word| Chosen {
            word,
            span: literal.span(),
        })
    }
}

/// The syntax of each word of `#[message(…)]`.
pub(crate) const MESSAGE_USAGE: &[(&str, &str)] = &[
    ("direction", r#"direction = "outgoing""#),
    ("body", r#"body = "form""#),
    ("scalars", r#"scalars = "strings""#),
    ("empty_text", r#"empty_text = "forbidden""#),
    ("at_least_one_of", r#"at_least_one_of("a", "b")"#),
    (
        "same_currency",
        r#"same_currency("/price/currency", "/fee/currency")"#,
    ),
    (
        "amount",
        r#"amount(currency = "currency", value = "value", multiple_of("IDR", 100))"#,
    ),
    (
        "quote",
        r#"quote(pair = "pair", price = "price", direction = "counter_per_base")"#,
    ),
    ("refine", r#"refine("/order/buyer", required)"#),
    (
        "response",
        r#"response("402", "reason", optional("paymentId"))"#,
    ),
    ("decisive", r#"decisive("/result/status", "/paymentId")"#),
];

/// The syntax of each word of `amount(…)`.
pub(crate) const AMOUNT_USAGE: &[(&str, &str)] = &[
    ("currency", r#"currency = "currency""#),
    ("code", r#"code = "CNY""#),
    ("value", r#"value = "value""#),
    ("multiple_of", r#"multiple_of("IDR", 100)"#),
    ("decimals", r#"decimals("ISK", 2)"#),
];

/// The syntax of each word of `quote(…)`.
pub(crate) const QUOTE_USAGE: &[(&str, &str)] = &[
    ("pair", r#"pair = "pair""#),
    ("price", r#"price = "price""#),
    ("direction", r#"direction = "counter_per_base""#),
];

/// The syntax of each rule of `#[field(…)]` and `refine(…)`.
pub(crate) const RULE_USAGE: &[(&str, &str)] = &[
    ("required", "required"),
    ("required_when", r#"required_when("/path", "VALUE")"#),
    ("forbidden_when", r#"forbidden_when("/path", "VALUE")"#),
    ("const", r#"const = "VALUE""#),
    ("values", r#"values("A", "B")"#),
    ("min_length", "min_length = 1"),
    ("max_length", "max_length = 64"),
    ("pattern", r#"pattern = "[0-9]+""#),
    ("min", r#"min = "1""#),
    ("max", r#"max = "100""#),
    ("multiple_of", r#"multiple_of = "0.01""#),
    ("min_items", "min_items = 1"),
    ("max_items", "max_items = 100"),
    ("unique_items", "unique_items"),
    ("format", r#"format = "mcc""#),
];

/// The syntax of the words of `#[field(…)]` that are not rules.
pub(crate) const FIELD_USAGE: &[(&str, &str)] = &[
    ("name", r#"name = "wireName""#),
    ("in", r#"in = "path""#),
    ("style", r#"style = "brackets""#),
    ("json_type", r#"json_type = "number""#),
    ("case", r#"case = "lower""#),
    ("sensitive", r#"sensitive = "pii""#),
    ("purpose", r#"purpose = "id""#),
    ("fixed", r#"fixed = "fixed_product""#),
    ("keys", "keys(max_length = 40)"),
    ("each", "each(max_length = 64)"),
];

/// The syntax of each word of `keys(…)`.
pub(crate) const KEY_USAGE: &[(&str, &str)] = &[
    ("max_length", "max_length = 40"),
    ("pattern", r#"pattern = "[a-z]+""#),
];

/// The syntax of the words that weaken a rule.
pub(crate) const STRENGTH_USAGE: &[(&str, &str)] = &[
    ("severity", r#"severity = "warning""#),
    ("direction", r#"direction = "outgoing""#),
];

/// The syntax of each word of `#[code("…", …)]`.
pub(crate) const CODE_USAGE: &[(&str, &str)] = &[
    ("status", r#"status = "S""#),
    ("class", r#"class = "succeeded""#),
    ("next_step", r#"next_step = "redirect""#),
    ("resend", r#"resend = "pointless""#),
    ("message", r#"message = "Success""#),
];

/// The syntax of each word of `#[union(…)]`.
pub(crate) const UNION_USAGE: &[(&str, &str)] =
    &[("tag", r#"tag = "type""#), ("json_type", "json_type")];

/// Returns the syntax of a word.
pub(crate) fn usage(tables: &[&[(&'static str, &'static str)]], word: &str) -> &'static str {
    let mut rows = tables.iter().copied().flatten();
    rows.find(|(known, _)| *known == word)
        .map(|(_, usage)| *usage)
        .unwrap_or_default()
}

/// Reports a word that is in none of the tables.
pub(crate) fn unknown(word: &Ident, tables: &[&[(&str, &str)]], errors: &mut Errors) {
    let words = || tables.iter().copied().flatten().map(|(known, _)| *known);
    let (text, all) = (word.to_string(), listed(words()));
    let hint = closest::hint(&text, words());
    errors.at(
        word.span(),
        format!("unknown word `{text}`: expected {all}{hint}"),
    );
}

/// Formats a list as `a`, `b` or `c`.
fn listed<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut words: Vec<String> = words.map(|word| format!("`{word}`")).collect();
    match words.pop() {
        Some(last) if !words.is_empty() => format!("{} or {last}", words.join(", ")),
        Some(only) => only,
        None => String::new(),
    }
}
