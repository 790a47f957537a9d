//! The three ways to pay in a shop share a path, their types and their codes, and differ by what each
//! asks of them: what one demands the others do not.

use std::collections::BTreeMap;

use alipay_instore::ams_instore::pay_entry_code::{
    self, PayEntryCodeOutcome, PayEntryCodeRequest, PayEntryCodeResponse,
};
use alipay_instore::ams_instore::pay_order_code::{
    self, PayOrderCodeOutcome, PayOrderCodeRequest, PayOrderCodeResponse,
};
use alipay_instore::ams_instore::pay_user_presented::{
    self, PayUserPresentedOutcome, PayUserPresentedRequest, PayUserPresentedResponse,
};
use alipay_instore::ams_instore::types::{
    Env, Merchant, MerchantRequired, OrderCodeForm, PaymentFactor, PaymentMethod,
    PaymentMethodRequired, PaymentMethodType,
};
use payspec_model::model::Side;
use payspec_runtime::{RuleId, Validate, Violation, decode};
use payspec_tests::{agree::Validators, edit};
use serde_json::{Value, json};

/// Both validators on a request of one scenario.
type Check = fn(&Validators, &Value) -> Vec<Violation>;

struct Scenario {
    id: &'static str,
    /// How a request says that it is of this scenario.
    name: &'static str,
    check: Check,
}

macro_rules! scenario {
    ($id:literal, $name:literal, $request:ty) => {
        Scenario {
            id: $id,
            name: $name,
            check: |validators, request| {
                let json = request.to_string();
                let found = validators.both::<$request>($id, Side::Request, json.as_bytes());
                found.expect("the request is JSON")
            },
        }
    };
}

fn scenarios() -> [Scenario; 3] {
    [
        scenario!("pay_user_presented", "PaymentCode", PayUserPresentedRequest),
        scenario!("pay_order_code", "OrderCode", PayOrderCodeRequest),
        scenario!("pay_entry_code", "EntryCode", PayEntryCodeRequest),
    ]
}

/// Which rule is broken where.
fn broken(found: &[Violation]) -> Vec<(String, RuleId)> {
    let places = found.iter().map(|one| (one.path.to_string(), one.rule));
    places.collect()
}

/// A request that has what any of the scenarios demands.
fn request(scenario: &str) -> Value {
    json!({
        "productCode": "IN_STORE_PAYMENT",
        "paymentRequestId": "SHOP0420261102000017",
        "order": {
            "orderDescription": "Two pots of tea and a cake",
            "orderAmount": {"currency": "HKD", "value": "12800"},
            "merchant": {
                "referenceMerchantId": "M20261101",
                "merchantName": "Blue Kettle Catering Limited",
                "merchantMCC": "5812",
                "store": {
                    "referenceStoreId": "S0001",
                    "storeName": "Blue Kettle, Harbour Lane",
                    "storeMCC": "5812"
                }
            },
            "env": {
                "userAgent": "Mozilla/5.0",
                "storeTerminalId": "TILL-2",
                "storeTerminalRequestTime": "2026-11-02T15:15:30+08:00"
            }
        },
        "paymentAmount": {"currency": "HKD", "value": "12800"},
        "paymentMethod": {
            "paymentMethodType": "CONNECT_WALLET",
            "paymentMethodId": "280000000000000000"
        },
        "paymentNotifyUrl": "https://blue-kettle.example/notify/payment",
        "paymentFactor": {"inStorePaymentScenario": scenario},
        "settlementStrategy": {"settlementCurrency": "USD"}
    })
}

#[test]
fn one_request_satisfies_all_but_for_its_name() {
    let validators = Validators::load();
    for asked in scenarios() {
        for named in scenarios() {
            let found = (asked.check)(&validators, &request(named.name));
            let found = broken(&found);
            let expected = if asked.id == named.id {
                vec![]
            } else {
                vec![(
                    "/paymentFactor/inStorePaymentScenario".to_owned(),
                    RuleId::Const,
                )]
            };
            assert_eq!(found, expected, "{} asked as {}", named.name, asked.id);
        }
    }
}

/// Fields to leave out, each with the scenarios that demand it.
const DEMANDS: &[(&str, &[&str])] = &[
    ("/order/env/userAgent", &["pay_entry_code"]),
    ("/order/env/storeTerminalId", &["pay_user_presented"]),
    (
        "/order/env/storeTerminalRequestTime",
        &["pay_user_presented"],
    ),
    ("/order/env", &["pay_user_presented", "pay_entry_code"]),
    ("/paymentMethod/paymentMethodId", &["pay_user_presented"]),
    (
        "/paymentFactor/inStorePaymentScenario",
        &["pay_user_presented", "pay_order_code", "pay_entry_code"],
    ),
    (
        "/order/merchant/store",
        &["pay_user_presented", "pay_order_code", "pay_entry_code"],
    ),
    (
        "/paymentNotifyUrl",
        &["pay_user_presented", "pay_order_code", "pay_entry_code"],
    ),
    ("/paymentExpiryTime", &[]),
    ("/order/referenceOrderId", &[]),
];

#[test]
fn what_one_demands_the_others_do_not() {
    let validators = Validators::load();
    for (pointer, missed_by) in DEMANDS {
        for scenario in scenarios() {
            let mut request = request(scenario.name);
            if request.pointer(pointer).is_some() {
                edit::remove(&mut request, pointer);
            }
            let found = (scenario.check)(&validators, &request);
            let found = broken(&found);
            let expected = if missed_by.contains(&scenario.id) {
                vec![((*pointer).to_owned(), RuleId::Required)]
            } else {
                vec![]
            };
            assert_eq!(found, expected, "{} without {pointer}", scenario.id);
        }
    }
}

/// A demand of a single scenario must not be part of a type that all of them share.
#[test]
fn shared_types_demand_nothing_of_one_scenario() {
    let env: Env = Env::builder().into();
    assert!(env.violations().is_empty());
    let factor: PaymentFactor = PaymentFactor::builder().into();
    assert!(factor.violations().is_empty());
    let method: PaymentMethod = PaymentMethod::builder(PaymentMethodRequired {
        payment_method_type: PaymentMethodType::ConnectWallet,
    })
    .into();
    assert!(method.violations().is_empty());
    let merchant: Merchant = Merchant::builder(MerchantRequired {
        reference_merchant_id: "M20261101".into(),
        merchant_mcc: "5812".into(),
        merchant_name: "Blue Kettle Catering Limited".into(),
    })
    .into();
    assert!(merchant.violations().is_empty());
    // Only one scenario has the form, so what it needs stands in its type.
    let form: OrderCodeForm = OrderCodeForm::builder().into();
    let violations = form.violations();
    let found: Vec<_> = violations.iter().map(|one| one.path.to_string()).collect();
    assert_eq!(found, ["/codeDetails"]);
}

#[test]
fn all_go_to_one_path() {
    let paths = [
        pay_user_presented::PATH,
        pay_order_code::PATH,
        pay_entry_code::PATH,
    ];
    assert_eq!(paths, ["/v1/payments/pay"; 3]);
}

/// The same success means a paid payment, a code to show, or an address to send the payer to; and
/// nothing at all without the code or the address.
#[test]
fn one_answer_means_three_things() {
    let mut answers: BTreeMap<&str, [&str; 3]> = BTreeMap::new();
    for (name, form) in [
        ("nothing", json!({})),
        (
            "a code",
            json!({"orderCodeForm": {"codeDetails": [{"codeValue": "https://code.example/1"}]}}),
        ),
        (
            "an address",
            json!({"redirectActionForm": {"redirectUrl": "https://wallet.example/1"}}),
        ),
    ] {
        let mut answer = json!({
            "result": {"resultStatus": "S", "resultCode": "SUCCESS", "resultMessage": "success."}
        });
        for (name, value) in form.as_object().expect("an object") {
            answer[name] = value.clone();
        }
        let json = answer.to_string();
        let user: PayUserPresentedResponse = decode(json.as_bytes()).expect("it can be read");
        let order: PayOrderCodeResponse = decode(json.as_bytes()).expect("it can be read");
        let entry: PayEntryCodeResponse = decode(json.as_bytes()).expect("it can be read");
        let meanings = [
            match user.outcome() {
                PayUserPresentedOutcome::Paid => "paid",
                PayUserPresentedOutcome::Failed(_) => "failed",
                PayUserPresentedOutcome::Pending(_) => "pending",
            },
            match order.outcome() {
                PayOrderCodeOutcome::ShowCode(_) => "show the code",
                PayOrderCodeOutcome::Failed(_) => "failed",
                PayOrderCodeOutcome::Pending(_) => "pending",
            },
            match entry.outcome() {
                PayEntryCodeOutcome::Redirect(_) => "redirect",
                PayEntryCodeOutcome::Failed(_) => "failed",
                PayEntryCodeOutcome::Pending(_) => "pending",
            },
        ];
        answers.insert(name, meanings);
    }
    assert_eq!(answers["nothing"], ["paid", "pending", "pending"]);
    assert_eq!(answers["a code"], ["paid", "show the code", "pending"]);
    assert_eq!(answers["an address"], ["paid", "pending", "redirect"]);
}

/// An order code answer that succeeded has to carry its form; the other scenarios do not know one.
#[test]
fn only_order_codes_miss_their_form() {
    let validators = Validators::load();
    let answer = json!({
        "result": {"resultStatus": "S", "resultCode": "SUCCESS", "resultMessage": "success."}
    });
    for scenario in scenarios() {
        let json = answer.to_string();
        let found = validators.by_model(scenario.id, Side::Response, json.as_bytes());
        let found = broken(&found);
        let expected = if scenario.id == "pay_order_code" {
            vec![("/orderCodeForm".to_owned(), RuleId::RequiredWhen)]
        } else {
            vec![]
        };
        assert_eq!(found, expected, "{}", scenario.id);
    }
}
