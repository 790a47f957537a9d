//! Checks which operation a page is compared with.

use super::*;
use crate::drift::Changes;

/// Writes a page with this title and endpoint, and the parameters of an inquiry.
fn page_of(title: &str, endpoint: &str) -> String {
    format!(
        "# {title}\n\n{endpoint}\n\nAsks how it stands.\n\n### Request parameters\n\n#### paymentRequestId String\n\nThe id.\n\n#### paymentId String\n\nThe id.\n\n### Response parameters\n\n#### result Result object REQUIRED\n\nHow it went.\n"
    )
}

/// Returns the operation, or the error in words.
fn operation_of(title: &str, endpoint: &str) -> Result<String, String> {
    let drift = found_drift(&model(), &page_of(title, endpoint), Hints::default());
    drift
        .map(|drift| drift.operation)
        .map_err(|error| error.to_string())
}

#[test]
fn the_path_decides_then_the_title_then_the_parameters() {
    for (title, endpoint, expected) in [
        ("askAway", "POST /v1/payments/cancel", "cancel"),
        ("askAway", "POST /aps/api/v1/payments/cancel", "cancel"),
        (
            "askAway",
            "POST https://shop.example/aps/api/v1/payments/cancel",
            "cancel",
        ),
        ("cancel", "", "cancel"),
        ("inquiryPayment", "", "inquiry_payment"),
        ("Payment inquiry", "", "inquiry_payment"),
        (
            "inquiryPayment",
            "POST /v1/payments/inquiryPayment",
            "inquiry_payment",
        ),
        (
            "Pay (Entry Code)",
            "POST /v1/payments/pay",
            "pay_entry_code",
        ),
        (
            "pay (Order Code Payment)",
            "POST /v1/payments/pay",
            "pay_order_code",
        ),
        (
            "支付（用户出示模式支付）",
            "POST /v1/payments/pay",
            "pay_user_presented",
        ),
        ("支付（入口码）", "POST /v1/payments/pay", "pay_entry_code"),
        ("查询支付", "", "inquiry_payment"),
    ] {
        let found = operation_of(title, endpoint);
        assert_eq!(found.as_deref(), Ok(expected), "{title} {endpoint}");
    }
}

#[test]
fn a_page_that_contradicts_itself_is_not_compared() {
    for (title, endpoint, names) in [
        (
            "inquiryPayment",
            "POST /v1/payments/cancel",
            ["`cancel`", "`inquiry_payment`"],
        ),
        (
            "cancel",
            "POST /v2/payments/cancel",
            ["`/v2/payments/cancel`", "`cancel`"],
        ),
        (
            "askBill",
            "POST /v2/bills/ask",
            ["`/v2/bills/ask`", "`--operation OP`"],
        ),
    ] {
        let error = operation_of(title, endpoint).expect_err(title);
        for name in names {
            assert!(error.contains(name), "{title} {endpoint}: {error}");
        }
    }
}

#[test]
fn pages_of_different_operations_are_not_compared() {
    let changes = |old: &str, new: &str| {
        let (old, new) = (read(old), read(new));
        let copy = |page| Copy { name: "page", page };
        Changes::new(copy(&old), copy(&new)).map(|_| ())
    };
    let ask = page_of("askBill", "POST /v1/bills/ask");
    let void = page_of("voidBill", "POST /v1/bills/void");
    let error = changes(&ask, &void)
        .expect_err("two operations")
        .to_string();
    for name in ["askBill", "/v1/bills/ask", "voidBill", "/v1/bills/void"] {
        assert!(error.contains(name), "{error}");
    }
    for other in [
        page_of("askBill", "POST /v2/bills/ask"),
        page_of("Ask for a bill", "POST /aps/v1/bills/ask"),
        page_of("askBill", ""),
        page_of("Asking", ""),
    ] {
        assert_eq!(changes(&ask, &other), Ok(()), "{other}");
    }
    for [old, new, endpoint] in [
        ["askBill", "voidBill", ""],
        ["取消支付", "查询支付", ""],
        ["pay (entry code)", "pay (order code)", "POST /v1/bills/pay"],
        ["支付（入口码）", "支付（订单码）", "POST /v1/bills/pay"],
        ["创建账单", "关闭账单", "POST /v1/bills"],
        ["创建账单", "关闭账单", ""],
        ["争议接受", "争议抗辩", "POST /v1/disputes"],
        ["付款码支付", "付款单支付", "POST /v1/payments/pay"],
        ["查询账单", "关闭账单", "POST /v1/bills"],
    ] {
        let found = changes(&page_of(old, endpoint), &page_of(new, endpoint));
        assert!(found.is_err(), "{old} and {new}");
    }
    for [old, new, endpoint] in [
        ["inquiryPayment", "Payment inquiry", ""],
        ["取消支付", "cancel", ""],
        ["关闭账单", "关单", "POST /v1/bills"],
        ["查询账单", "查账单", "POST /v1/bills"],
        ["接受争议", "争议接受接口", "POST /v1/disputes"],
        ["新建账单", "创建账单", "POST /v1/bills"],
        ["下载账单", "账单下载", ""],
        ["关闭账单", "closeBill", "POST /v1/bills"],
        ["关闭账单", "Closing a bill", ""],
        [
            "Cancel a payment",
            "Void a payment",
            "POST /v1/payments/cancel",
        ],
    ] {
        let found = changes(&page_of(old, endpoint), &page_of(new, endpoint));
        assert_eq!(found, Ok(()), "{old} and {new}");
    }
    let other = fixture("c-en-refund.md").replace("POST /v1/payments/refund", "");
    assert!(changes(&ask, &other).is_err());
}
