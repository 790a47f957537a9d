use super::*;
use crate::{Base, Profile};

/// Name, kind, name of the object, requirement, length.
type Read<'a> = (
    &'a str,
    Option<TypeKind>,
    Option<&'a str>,
    Option<Requirement>,
    Option<u32>,
);

fn check(text: &str, strictness: Strictness, expected: Option<Read<'_>>) {
    let line = field_line(Profile::shipped(Base::BuiltIn).lexicon(), text, strictness);
    let found = line.as_ref().map(|line| {
        let declared = &line.declared;
        (
            line.name.as_deref().unwrap_or(&line.printed),
            declared.ty.as_ref().map(|ty| ty.kind),
            declared.ty.as_ref().and_then(|ty| ty.name.as_deref()),
            declared.required,
            declared.max_length,
        )
    });
    assert_eq!(found, expected, "{text}");
}

#[test]
fn lines_that_name_a_parameter() {
    use Requirement::{Optional, Required};
    use TypeKind::{Array, Boolean, Datetime, Integer, Object, String, Url};
    let heading = Strictness::Heading;
    for (text, name, kind, object, required, length) in [
        (
            "productCode String  REQUIRED",
            "productCode",
            String,
            None,
            Some(Required),
            None,
        ),
        (
            "productCode 字符串  必需",
            "productCode",
            String,
            None,
            Some(Required),
            None,
        ),
        (
            "order Order对象 REQUIRED",
            "order",
            Object,
            Some("Order"),
            Some(Required),
            None,
        ),
        (
            "grantType StringRequired",
            "grantType",
            String,
            None,
            Some(Required),
            None,
        ),
        (
            "order OrderREQUIRED",
            "order",
            Object,
            Some("Order"),
            Some(Required),
            None,
        ),
        (
            "order Order objectREQUIRED",
            "order",
            Object,
            Some("Order"),
            Some(Required),
            None,
        ),
        (
            "grantType 字符串必需",
            "grantType",
            String,
            None,
            Some(Required),
            None,
        ),
        (
            "order Order (REQUIRED)",
            "order",
            Object,
            Some("Order"),
            Some(Required),
            None,
        ),
        (
            "paymentMethod 支付方式对象 必需",
            "paymentMethod",
            Object,
            Some("PaymentMethod"),
            Some(Required),
            None,
        ),
        (
            "paymentRedirectUrl - URL",
            "paymentRedirectUrl",
            Url,
            None,
            None,
            None,
        ),
        (
            "paymentFactor - PaymentFactor 对象",
            "paymentFactor",
            Object,
            Some("PaymentFactor"),
            None,
            None,
        ),
        (
            "settlementQuote 赋值对象",
            "settlementQuote",
            Object,
            Some("Quote"),
            None,
            None,
        ),
        ("商家地区 String", "商家地区", String, None, None, None),
        (
            "结果 Result 对象 REQUIRED",
            "结果",
            Object,
            Some("Result"),
            Some(Required),
            None,
        ),
        (
            "争议ID (disputeId) - 字符串 - 必填",
            "disputeId",
            String,
            None,
            Some(Required),
            None,
        ),
        (
            "paymentTime 日期时间",
            "paymentTime",
            Datetime,
            None,
            None,
            None,
        ),
        (
            "value (Integer, REQUIRED)",
            "value",
            Integer,
            None,
            Some(Required),
            None,
        ),
        ("goods (Array<Goods>)", "goods", Array, None, None, None),
        (
            "goodsList Array<Goods> object",
            "goodsList",
            Array,
            None,
            None,
            None,
        ),
        ("isIt Boolean", "isIt", Boolean, None, None, None),
        (
            "region String (2) MANDATORY",
            "region",
            String,
            None,
            Some(Required),
            Some(2),
        ),
        (
            "`paymentId` OPTIONAL String (64)",
            "paymentId",
            String,
            None,
            Some(Optional),
            Some(64),
        ),
    ] {
        let expected = Some((name, Some(kind), object, required, length));
        check(text, heading, expected);
        check(text, Strictness::Prose, expected);
    }
}

#[test]
fn an_identifier_behind_its_title_is_the_name() {
    use TypeKind::{Array, Object, String};
    let required = Some(Requirement::Required);
    for (text, name, kind, object, requirement, length) in [
        (
            "交易号 tradeNo 字符串 必填",
            "tradeNo",
            String,
            None,
            required,
            None,
        ),
        ("交易号 tradeNo 字符串", "tradeNo", String, None, None, None),
        (
            "交易号 trade_no string(32) 必填",
            "trade_no",
            String,
            None,
            required,
            Some(32),
        ),
        (
            "交易号 `tradeNo` String REQUIRED",
            "tradeNo",
            String,
            None,
            required,
            None,
        ),
        (
            "交易号tradeNo 字符串 必填",
            "tradeNo",
            String,
            None,
            required,
            None,
        ),
        (
            "交易号 - tradeNo - 字符串 - 必填",
            "tradeNo",
            String,
            None,
            required,
            None,
        ),
        (
            "交易ID tradeNo 字符串 必填",
            "tradeNo",
            String,
            None,
            required,
            None,
        ),
        (
            "交易号（外部） tradeNo 字符串 必填",
            "tradeNo",
            String,
            None,
            required,
            None,
        ),
        (
            "用户 标识 payer.openid 字符串 必填",
            "payer.openid",
            String,
            None,
            required,
            None,
        ),
        (
            "订单 order Order对象 必填",
            "order",
            Object,
            Some("Order"),
            required,
            None,
        ),
        (
            "商品 goods Array<Goods> 必填",
            "goods",
            Array,
            None,
            required,
            None,
        ),
        // Without an identifier, the title is all that the page prints.
        (
            "订单 Order 对象 必填",
            "订单",
            Object,
            Some("Order"),
            required,
            None,
        ),
        ("交易号 string 必填", "交易号", String, None, required, None),
        (
            "数量列表 array 必填",
            "数量列表",
            Array,
            None,
            required,
            None,
        ),
    ] {
        let expected = Some((name, Some(kind), object, requirement, length));
        check(text, Strictness::Heading, expected);
        check(text, Strictness::Prose, expected);
    }
    for text in [
        "如果没有 tradeNo 则必填",
        "请参考 tradeNo 字符串的说明",
        "交易号 tradeNo",
        "当 tradeNo 的值为空时，字符串必填",
        "先查 tradeNo 再查 orderNo 字符串",
    ] {
        check(text, Strictness::Prose, None);
    }
}

#[test]
fn lines_that_name_none() {
    for text in [
        "42 (not a field)",
        "Maximum length: 64 characters",
        "Note: Empty when both currencies are the same.",
        "本页面是否有帮助？",
        "API Explorer",
        "Code Value Message Further action",
        "SUCCESS S Success Paid; there is no further action.",
        "the String",
        "(",
        "",
    ] {
        check(
            text,
            Strictness::Prose,
            if text == "the String" {
                Some(("the", Some(TypeKind::String), None, None, None))
            } else {
                None
            },
        );
    }
    check("Webhooks", Strictness::Heading, None);
    check("Is this page helpful?", Strictness::Heading, None);
    check("Rate limits", Strictness::Heading, None);
}

#[test]
fn what_is_not_required_is_optional() {
    for text in [
        "note StringNotRequired",
        "note String NotRequired",
        "note String not required",
        "note String (Not mandatory)",
        "note String Non-required",
        "note 字符串非必填",
    ] {
        let line = field_line(
            Profile::shipped(Base::BuiltIn).lexicon(),
            text,
            Strictness::Prose,
        );
        let declared = line.expect("a parameter").declared;
        assert_eq!(declared.required, Some(Requirement::Optional), "{text}");
        let kind = declared.ty.map(|ty| ty.kind);
        assert_eq!(kind, Some(TypeKind::String), "{text}");
    }
}
