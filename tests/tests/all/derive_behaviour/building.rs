//! Builders, and the rules that a value is held to.

use super::*;

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
fn an_amount_converts_exactly() {
    let amount = Amount::from_major("12.34", Currency::USD).expect("it fits");
    assert_eq!(amount.value, 1234);
    assert_eq!(amount.to_major().expect("it fits").to_string(), "12.34");
    assert!(Amount::from_major("12.345", Currency::USD).is_err());
    assert!(Amount::from_major("12.50", Currency::IDR).is_err());
}
