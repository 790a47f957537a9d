//! What hand-written types get from the derives.

use payspec_runtime::{
    Currency, Decimal, DecodeError, Decoded, Message, NextStep, OpenEnum, Resend, ResultCode,
    RuleId, Severity, StatusClass, UnknownValue, Url, Valid, Validate, Violations, check, decode,
    decode_reporting, encode,
};
use serde_json::json;

/// How the payer meets the order.
#[derive(Clone, PartialEq, Eq, Hash, OpenEnum)]
enum Terminal {
    #[value("WEB")]
    Web,
    #[value("MINI_APP")]
    MiniApp,
    #[unknown]
    Unknown(UnknownValue),
}

/// A closed set.
#[derive(Clone, Copy, PartialEq, Eq, Hash, OpenEnum)]
enum Method {
    #[value("GET")]
    Get,
    #[value("POST")]
    Post,
}

/// Result codes.
#[derive(Clone, PartialEq, Eq, Hash, ResultCode)]
enum Code {
    #[code(
        "SUCCESS",
        status = "S",
        class = "succeeded",
        next_step = "done",
        resend = "pointless",
        message = "Success"
    )]
    Success,
    #[code(
        "IN_PROCESS",
        status = "U",
        class = "pending",
        next_step = "resend_same",
        resend = "safe"
    )]
    InProcess,
    #[unknown]
    Unknown(UnknownValue),
}

/// Money.
#[derive(Clone, PartialEq, Message)]
#[message(scalars = "strings", empty_text = "forbidden")]
#[message(amount(currency = "currency", value = "value", multiple_of("IDR", 100)))]
struct Amount {
    currency: Currency,
    #[field(min = "1")]
    value: i64,
}

/// A thing bought.
#[derive(Clone, PartialEq, Message)]
#[message(scalars = "strings", empty_text = "forbidden")]
struct Goods {
    #[field(name = "goodsName", max_length = 5)]
    goods_name: String,
    #[field(name = "goodsUrl", max_length = 30)]
    goods_url: Option<Url>,
    #[field(min = "0.5", max = "9.5")]
    weight: Option<Decimal>,
}

/// A person.
#[derive(Clone, PartialEq, Message)]
#[message(scalars = "strings", empty_text = "forbidden")]
#[message(at_least_one_of("phone", "mail"))]
struct Buyer {
    #[field(sensitive = "pii", min_length = 3)]
    phone: Option<String>,
    #[field(sensitive = "pii", pattern = "[^@]+@[^@]+")]
    mail: Option<String>,
    #[field(sensitive = "secret")]
    pin: Option<i64>,
}

/// The body of a request.
#[derive(Clone, PartialEq, Message)]
#[message(direction = "outgoing", scalars = "strings", empty_text = "forbidden")]
#[message(refine("/goods/*/goodsUrl", required(severity = "warning")))]
#[message(refine("/buyer/mail", required, max_length = 12))]
struct Order {
    /// Id that the caller gives it.
    #[field(name = "orderId", max_length = 8)]
    order_id: String,
    amount: Amount,
    #[field(min_items = 1, max_items = 2)]
    goods: Vec<Goods>,
    buyer: Option<Buyer>,
    #[field(values("WEB", "MINI_APP"))]
    terminal: Option<Terminal>,
    #[field(
        name = "osType",
        required_when("/terminal", "MINI_APP"),
        forbidden_when("/terminal", "WEB")
    )]
    os_type: Option<String>,
    #[field(const = "EntryCode")]
    scenario: Option<String>,
    #[field(format = "mcc")]
    mcc: Option<String>,
    gift: Option<bool>,
    /// Orders within the order.
    parts: Option<Box<Parts>>,
}

/// Orders within an order.
#[derive(Clone, PartialEq, Message)]
struct Parts {
    orders: Option<Vec<Order>>,
}

/// The body of an answer, with native scalars.
#[derive(Clone, PartialEq, Message)]
#[message(direction = "incoming")]
struct Answer {
    code: Code,
    count: Option<i64>,
    done: Option<bool>,
    rate: Option<Decimal>,
    method: Option<Method>,
    r#type: Option<String>,
    build: Option<String>,
}

const ORDER: &str =
    r#"{"orderId":"o1","amount":{"currency":"USD","value":"100"},"goods":[{"goodsName":"Tea"}]}"#;

fn order() -> Order {
    decode(ORDER.as_bytes()).expect("the order decodes")
}

/// `path rule` of each violation.
fn found(violations: &Violations) -> Vec<String> {
    violations
        .iter()
        .map(|one| format!("{} {}", one.path, one.rule))
        .collect()
}

fn encoded<T: Message + serde::Serialize>(message: &T) -> String {
    String::from_utf8(encode(message).expect("it encodes")).expect("JSON is UTF-8")
}

#[test]
fn what_is_decoded_is_encoded_in_the_order_of_the_fields() {
    assert_eq!(encoded(&order()), ORDER);
    let shuffled =
        r#"{"goods":[{"goodsName":"Tea"}],"orderId":"o1","amount":{"value":100,"currency":"USD"}}"#;
    assert_eq!(
        decode::<Order>(shuffled.as_bytes()).expect("any order will do"),
        order()
    );
}

#[test]
fn null_and_nothing_are_the_same() {
    let text = ORDER.replacen('{', r#"{"buyer":null,"terminal":null,"#, 1);
    assert_eq!(
        decode::<Order>(text.as_bytes()).expect("null is nothing"),
        order()
    );
}

#[test]
fn unknown_fields_are_passed_over() {
    let text = ORDER.replacen('{', r#"{"new":{"a":[1,2,{"b":null}]},"#, 1);
    assert_eq!(
        decode::<Order>(text.as_bytes()).expect("unknown fields do no harm"),
        order()
    );
    let report = check::<Order>(text.as_bytes()).expect("it is JSON");
    assert_eq!(
        found(&report),
        ["/new unknown_field", "/goods/0/goodsUrl required"]
    );
}

#[test]
fn a_field_that_comes_twice_is_an_error() {
    let text = ORDER.replacen('{', r#"{"orderId":"o0","#, 1);
    let Err(DecodeError::Violations(violations)) = decode::<Order>(text.as_bytes()) else {
        panic!("a duplicate field must not pass");
    };
    assert_eq!(
        found(&violations),
        ["/orderId duplicate_field", "/goods/0/goodsUrl required"]
    );
    assert!(serde_json::from_str::<Order>(&text).is_err());
}

#[test]
fn all_missing_fields_are_named_at_once() {
    let error =
        serde_json::from_str::<Order>(r#"{"amount":null}"#).expect_err("fields are missing");
    let text = error.to_string();
    for name in ["orderId", "amount", "goods"] {
        assert!(text.contains(name), "{text}");
    }
    let Err(DecodeError::Violations(violations)) = decode::<Order>(b"{}") else {
        panic!("missing fields must not pass");
    };
    assert_eq!(
        found(&violations),
        ["/orderId required", "/amount required", "/goods required"]
    );
}

#[test]
fn a_builder_takes_the_required_fields_first_and_checks_in_the_end() {
    let amount = Amount::builder(AmountRequired {
        currency: Currency::USD,
        value: 100,
    });
    let goods = Goods::builder(GoodsRequired {
        goods_name: "Tea".into(),
    });
    let valid: Valid<Order> = Order::builder(OrderRequired {
        order_id: "o1".into(),
        amount: amount.into(),
        goods: vec![goods.into()],
    })
    .scenario("EntryCode")
    .gift(true)
    .build()
    .expect("it breaks warnings only");
    assert_eq!(found(valid.warnings()), ["/goods/0/goodsUrl required"]);
    assert_eq!(valid.scenario.as_deref(), Some("EntryCode"));

    let order = Order::builder(OrderRequired {
        order_id: "far too long".into(),
        amount: valid.amount.clone(),
        goods: Vec::new(),
    });
    let violations = order.mcc("12").build().expect_err("it breaks three rules");
    assert_eq!(
        found(&violations),
        ["/orderId max_length", "/goods min_items", "/mcc format"]
    );
}

#[test]
fn a_field_named_build_and_a_keyword_have_setters() {
    let answer: Answer = Answer::builder(AnswerRequired {
        code: Code::Success,
    })
    .set_build("b")
    .r#type("t")
    .into();
    assert_eq!(
        encoded(&answer),
        r#"{"code":"SUCCESS","type":"t","build":"b"}"#
    );
}

#[test]
fn debug_has_wire_names_and_masks_what_is_sensitive() {
    let mut order = order();
    let phone = "5550123";
    let buyer = Buyer::builder().phone(phone).pin(987_654_321_i64);
    order.buyer = Some(buyer.into());
    let text = format!("{order:?} {order:#?}");
    assert!(text.contains("orderId") && text.contains("[pii]") && text.contains("[secret]"));
    assert!(!text.contains(phone) && !text.contains("987654321") && !text.contains("order_id"));
    assert!(
        !text.contains("scenario"),
        "absent fields are left out: {text}"
    );
}

#[test]
fn violations_point_into_nested_objects_and_lists() {
    let mut order = order();
    order.amount = Amount {
        currency: Currency::IDR,
        value: 150,
    };
    order.goods = vec![
        Goods::builder(GoodsRequired {
            goods_name: "Tea".into(),
        })
        .goods_url(Url::from("not a url"))
        .into(),
        Goods::builder(GoodsRequired {
            goods_name: "Coffee".into(),
        })
        .weight("9.51".parse::<Decimal>().expect("a decimal"))
        .into(),
    ];
    order.buyer = Some(Buyer::builder().mail("someone.at.example").into());
    let inner = Parts {
        orders: Some(vec![Order {
            goods: Vec::new(),
            ..self::order()
        }]),
    };
    order.parts = Some(Box::new(inner));
    let violations = order.validate().expect_err("it breaks many rules");
    assert_eq!(
        found(&violations),
        [
            "/amount/value amount_step",
            "/goods/0/goodsUrl format",
            "/goods/1/goodsName max_length",
            "/goods/1/weight max",
            "/buyer/mail pattern",
            "/parts/orders/0/goods min_items",
            "/goods/1/goodsUrl required",
            "/buyer/mail max_length",
        ]
    );
    let severity = |index: usize| violations.as_slice()[index].severity;
    assert_eq!(
        (severity(0), severity(6)),
        (Severity::Error, Severity::Warning)
    );
    assert!(!violations.to_string().contains("someone"), "{violations}");
}

#[test]
fn conditions_look_at_other_fields() {
    let mut order = order();
    let rules = |order: &Order| -> Vec<RuleId> {
        let errors = order.violations();
        errors.errors().map(|one| one.rule).collect()
    };
    order.terminal = Some(Terminal::MiniApp);
    assert_eq!(rules(&order), [RuleId::RequiredWhen]);
    order.os_type = Some("IOS".into());
    assert_eq!(rules(&order), []);
    order.terminal = Some(Terminal::Web);
    assert_eq!(rules(&order), [RuleId::ForbiddenWhen]);
    order.os_type = None;
    order.buyer = Some(Buyer::builder().into());
    assert_eq!(found(&order.violations())[0], "/buyer at_least_one_of");
}

#[test]
fn a_recursive_path_of_types_decodes() {
    let text = ORDER.replacen('{', &format!(r#"{{"parts":{{"orders":[{ORDER}]}},"#), 1);
    let order = decode::<Order>(text.as_bytes()).expect("orders may hold orders");
    assert_eq!(decode::<Order>(encoded(&order).as_bytes()), Ok(order));
}

#[test]
fn an_open_enum_keeps_what_it_does_not_know() {
    assert_eq!(Terminal::VALUES, ["WEB", "MINI_APP"]);
    assert_eq!(Terminal::from("WEB"), Terminal::Web);
    assert_eq!(Terminal::Web.to_string(), "WEB");
    assert_eq!(
        format!("{:?} {:?}", Terminal::Web, Terminal::from("TV")),
        r#"WEB "TV""#
    );
    let text = ORDER.replacen('{', r#"{"terminal":"TV","#, 1);
    let order = decode::<Order>(text.as_bytes()).expect("an unknown value is kept");
    assert!(
        order
            .terminal
            .as_ref()
            .is_some_and(|terminal| !terminal.is_known())
    );
    assert!(encoded(&order).contains(r#""terminal":"TV""#));
    assert_eq!(
        found(&order.validate().expect_err("a request")),
        ["/terminal values", "/goods/0/goodsUrl required"]
    );
}

#[test]
fn a_closed_enum_refuses_what_it_does_not_know() {
    assert_eq!(Method::try_from("POST"), Ok(Method::Post));
    assert_eq!("GET".parse(), Ok(Method::Get));
    assert!(Method::try_from("PUT").is_err() && Method::try_from(String::new()).is_err());
    let answer = decode_reporting::<Answer>(br#"{"code":"SUCCESS","method":"PUT"}"#);
    let Decoded { message, dropped } = answer.expect("the code can be read");
    assert_eq!(message.method, None);
    assert_eq!(found(&dropped), ["/method values"]);
}

#[test]
fn what_comes_in_is_read_field_by_field() {
    let json = br#"{
        "code": "SUCCESS", "count": 1.20e3, "done": "TRUE", "rate": 5.06E-5, "method": "GET",
        "type": "\ud83d", "build": "1", "build": "2", "news": [NaN, "\ud83d"], "\ud83d": 01
    }"#;
    let Decoded { message, dropped } =
        decode_reporting::<Answer>(json).expect("the code can be read");
    assert_eq!((message.count, message.done), (Some(1200), None));
    assert_eq!(
        message.rate.map(|rate| rate.to_string()).as_deref(),
        Some("0.0000506")
    );
    assert_eq!((message.r#type, message.build), (None, None));
    assert_eq!(
        found(&dropped),
        ["/done format", "/type type", "/build duplicate_field"]
    );
    // Other deserializers cannot go on behind what does not fit.
    assert!(serde_json::from_slice::<Answer>(br#"{"code":"SUCCESS","done":"TRUE"}"#).is_err());
}

#[test]
fn what_is_sent_is_read_as_a_whole() {
    let exponent = ORDER.replace("\"100\"", "1e2");
    assert!(decode::<Order>(exponent.as_bytes()).is_err());
    let damaged = ORDER.replace("Tea", "\\ud83d");
    assert!(matches!(
        decode::<Order>(damaged.as_bytes()),
        Err(DecodeError::NotJson(_))
    ));
}

#[test]
fn what_is_missing_from_every_answer_leaves_it_undecided() {
    let Err(DecodeError::Undecidable(refused)) = decode::<Answer>(br#"{"count":"x","code":[]}"#)
    else {
        panic!("an answer without a code must not pass");
    };
    assert_eq!(found(refused.violations()), ["/code type", "/count format"]);
    assert_eq!(found(refused.decisive()), ["/code type"]);
}

#[test]
fn a_result_code_knows_what_to_do() {
    let code = Code::from("IN_PROCESS");
    assert_eq!(code, Code::InProcess);
    assert_eq!(code.status(), Some("U"));
    assert_eq!(code.class(), Some(StatusClass::Pending));
    assert_eq!(code.next_step(), Some(NextStep::ResendSame));
    assert_eq!(code.resend(), Some(Resend::Safe));
    assert_eq!(
        (code.message(), Code::Success.message()),
        (None, Some("Success"))
    );
    let new = <Code as ResultCode>::parse("NEW");
    assert_eq!(
        (new.status(), new.class(), new.next_step()),
        (None, None, None)
    );
    assert_eq!(new.as_str(), "NEW");
    let answer = decode::<Answer>(br#"{"code":"NEW"}"#).expect("an unknown code is kept");
    assert_eq!(encoded(&answer), r#"{"code":"NEW"}"#);
}

#[test]
fn scalars_travel_as_texts_or_natively() {
    let native = r#"{"code":"SUCCESS","count":7,"done":false,"rate":1.50}"#;
    let texts = r#"{"code":"SUCCESS","count":"7","done":"false","rate":"1.50"}"#;
    let answer = decode::<Answer>(native.as_bytes()).expect("native scalars");
    assert_eq!(decode::<Answer>(texts.as_bytes()), Ok(answer.clone()));
    // A decimal stays a text, so that nobody reads it as a float.
    assert_eq!(encoded(&answer), native.replace("1.50", r#""1.50""#));

    let text = ORDER.replacen('{', r#"{"gift":true,"#, 1);
    let order = decode::<Order>(text.as_bytes()).expect("a native boolean is read");
    assert!(encoded(&order).contains(r#""gift":"true""#));
    let report = check::<Order>(text.as_bytes()).expect("it is JSON");
    assert_eq!(
        found(&report),
        ["/gift encoding", "/goods/0/goodsUrl required"]
    );
}

#[test]
fn messages_are_ordinary_serde_types() {
    let value = json!({
        "orderId": "o1",
        "amount": {"currency": "USD", "value": "100"},
        "goods": [{"goodsName": "Tea"}],
    });
    assert_eq!(
        serde_json::from_value::<Order>(value.clone()).expect("from a value"),
        order()
    );
    assert_eq!(serde_json::to_value(order()).expect("to a value"), value);

    let text = ORDER.replace(r#""Tea""#, "[]");
    let mut reader = serde_json::Deserializer::from_str(&text);
    let error = serde_path_to_error::deserialize::<_, Order>(&mut reader).expect_err("no text");
    assert_eq!(error.path().to_string(), "goods[0].goodsName");
}

#[test]
fn an_amount_converts_exactly() {
    let amount = Amount::from_major("12.34", Currency::USD).expect("it fits");
    assert_eq!(amount.value, 1234);
    assert_eq!(amount.to_major().expect("it fits").to_string(), "12.34");
    assert!(Amount::from_major("12.345", Currency::USD).is_err());
    assert!(Amount::from_major("12.50", Currency::IDR).is_err());
}

/// Names and values with the look of code stay texts.
#[derive(Clone, PartialEq, Message)]
struct Hostile {
    #[field(
        name = "a\"]) } fn main() { panic!() } /*",
        const = "*/ \" #[x] {0} \n \u{4e2d}"
    )]
    a: Option<String>,
    #[field(values("{", "}", "\\", "$x", "r#\""))]
    b: Option<String>,
}

#[test]
fn attribute_texts_never_become_code() {
    let hostile: Hostile = Hostile::builder()
        .a("*/ \" #[x] {0} \n \u{4e2d}")
        .b("$x")
        .into();
    assert!(hostile.violations().is_empty());
    let name = "a\"]) } fn main() { panic!() } /*";
    assert_eq!(Hostile::schema().fields[0].name, name);
    assert_eq!(decode::<Hostile>(encoded(&hostile).as_bytes()), Ok(hostile));
    let unescaped = format!(r#"{{"{name}": null}}"#);
    assert!(matches!(
        decode::<Hostile>(unescaped.as_bytes()),
        Err(DecodeError::NotJson(_))
    ));
}

macro_rules! message {
    ($name:ident { $($field:ident: $ty:ty,)+ }) => {
        #[derive(Clone, PartialEq, Message)]
        struct $name {
            $($field: $ty,)+
        }
    };
}

message! { Written { one: String, two: Option<Vec<i64>>, } }

#[test]
fn a_message_may_be_written_by_a_macro() {
    let required = WrittenRequired { one: "1".into() };
    let written: Written = Written::builder(required).two(vec![2, 3]).into();
    assert_eq!(encoded(&written), r#"{"one":"1","two":[2,3]}"#);
    assert_eq!(
        decode::<Written>(br#"{"one":"1","two":["2",3]}"#),
        Ok(written)
    );
}

#[test]
fn every_word_of_the_runtime_is_a_word_of_the_derive() {
    assert_eq!(
        words::Step::ALL.map(|step| step.next_step().expect("documented")),
        NextStep::ALL
    );
    assert_eq!(
        words::Class::ALL.map(|one| one.class().expect("documented")),
        StatusClass::ALL
    );
    assert_eq!(
        words::Again::ALL.map(|one| one.resend().expect("documented")),
        Resend::ALL
    );
}

/// One code for each word.
mod words {
    use payspec_runtime::{ResultCode, UnknownValue};

    macro_rules! codes {
        ($name:ident $count:literal: $($variant:ident $class:literal $step:literal $resend:literal)+) => {
            #[derive(Clone, ResultCode)]
            pub(super) enum $name {
                $(#[code($step, status = $class, class = $class, next_step = $step, resend = $resend)]
                $variant,)+
                #[unknown]
                #[allow(dead_code)]
                Unknown(UnknownValue),
            }

            impl $name {
                pub(super) const ALL: [Self; $count] = [$(Self::$variant),+];
            }
        };
    }

    codes! { Step 13:
        A "failed" "done" "safe"
        B "failed" "redirect" "safe"
        C "failed" "fix_request" "safe"
        D "failed" "fix_credentials" "safe"
        E "failed" "check_contract" "safe"
        F "failed" "register_merchant" "safe"
        G "failed" "lower_amount" "safe"
        H "failed" "new_request_id" "safe"
        I "failed" "resend_same" "safe"
        J "failed" "inquire" "safe"
        K "failed" "refund" "safe"
        L "failed" "contact_support" "safe"
        M "failed" "tell_user" "safe"
    }

    codes! { Class 3:
        A "succeeded" "done" "safe"
        B "failed" "redirect" "safe"
        C "pending" "inquire" "safe"
    }

    codes! { Again 3:
        A "failed" "done" "safe"
        B "failed" "redirect" "pointless"
        C "failed" "inquire" "never"
    }
}
