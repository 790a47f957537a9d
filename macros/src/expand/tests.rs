//! The output of the derives for small types.

use proc_macro2::TokenStream;
use syn::DeriveInput;

fn expansion(derive: fn(&DeriveInput) -> TokenStream, input: &str) -> String {
    let input = syn::parse_str(input).expect("the input is an item");
    let file = syn::parse2(derive(&input)).expect("the expansion is a list of items");
    prettyplease::unparse(&file)
}

#[test]
fn message() {
    let input = r#"
        #[message(direction = "outgoing", scalars = "strings", empty_text = "forbidden")]
        #[message(at_least_one_of("osType", "userAgent"))]
        #[message(refine("/goods/*/name", max_length = 8))]
        pub struct Env {
            /// The place where the page is shown.
            #[field(name = "terminalType")]
            pub terminal_type: TerminalType,
            #[field(name = "osType", required_when("/terminalType", "WAP", "APP"))]
            pub os_type: Option<OsType>,
            #[field(
                name = "userAgent",
                max_length(512, severity = "warning", direction = "outgoing"),
                pattern = "[ -~]+",
                sensitive = "pii"
            )]
            #[deprecated = "No longer read."]
            pub user_agent: Option<String>,
            pub goods: Option<Vec<Goods>>,
        }
    "#;
    insta::assert_snapshot!(expansion(super::derive_message, input));
}

#[test]
fn incoming_message() {
    let input = r#"
        #[message(direction = "incoming", decisive("/result/status", "/id"))]
        #[message(response("200", "id", optional("note")), response("4XX"))]
        pub struct Answer {
            pub result: Outcome,
            #[field(required)]
            pub id: Option<String>,
            #[field(required(direction = "outgoing"))]
            pub note: Option<String>,
        }
    "#;
    insta::assert_snapshot!(expansion(super::derive_message, input));
}

#[test]
fn amount() {
    let input = r#"
        #[message(amount(currency = "currency", value = "value", multiple_of("IDR", 100)))]
        struct Amount {
            currency: Currency,
            value: i64,
        }
    "#;
    insta::assert_snapshot!(expansion(super::derive_message, input));
}

#[test]
fn amounts() {
    let input = r#"
        #[message(amount(currency = "currency_code", value = "value", decimals("ISK", 2)))]
        #[message(amount(code = "CNY", value = "fee"))]
        struct Money {
            #[field(case = "lower")]
            currency_code: Currency,
            #[field(case = "lower")]
            other: Option<Currency>,
            value: Decimal,
            fee: Option<i64>,
        }
    "#;
    insta::assert_snapshot!(expansion(super::derive_message, input));
}

#[test]
fn quote() {
    let input = r#"
        #[message(quote(pair = "pair", price = "price", direction = "counter_per_base"))]
        struct Quote {
            pair: String,
            price: Decimal,
        }
    "#;
    insta::assert_snapshot!(expansion(super::derive_message, input));
}

#[test]
fn open_enum() {
    let input = r#"
        pub enum OsType {
            #[value("IOS")]
            Ios,
            #[unknown]
            Unknown(UnknownValue),
        }
    "#;
    insta::assert_snapshot!(expansion(super::derive_open_enum, input));
}

#[test]
fn closed_enum() {
    let input = r#"
        pub enum Method {
            #[value("GET")]
            Get,
            #[value("POST")]
            Post,
        }
    "#;
    insta::assert_snapshot!(expansion(super::derive_open_enum, input));
}

#[test]
fn result_code() {
    let input = r#"
        pub enum Code {
            #[code(
                "SUCCESS",
                status = "S",
                class = "succeeded",
                next_step = "fix_request",
                resend = "pointless",
                message = "Success"
            )]
            Success,
            #[unknown]
            Unknown(UnknownValue),
        }
    "#;
    insta::assert_snapshot!(expansion(super::derive_result_code, input));
}

/// After an error everything is implemented, so that nothing else is missing.
#[test]
fn message_with_a_mistake() {
    let input = r#"
        struct Refund {
            #[field(max_lenght = 64)]
            id: String,
        }
    "#;
    insta::assert_snapshot!(expansion(super::derive_message, input));
}
