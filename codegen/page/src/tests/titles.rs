//! Checks that a page's title is found among the lines of the site around it, in each rendering.

use super::page;

const REST: &str = "Request parameters\n\nrefundId String REQUIRED\n\nThe id.\n";

/// Returns the title of a page with these lines above the parameters.
fn title(above: &str, rest: &str) -> (String, Option<String>) {
    let page = page(&format!("{above}\n\n{rest}"));
    let title = page.title.map_or(String::new(), |title| title.value);
    let purpose = page.operations[0].purpose.as_ref();
    (title, purpose.map(|purpose| purpose.text.clone()))
}

#[test]
fn in_plain_text() {
    for above in [
        "refund\n\nPOST /v1/payments/refund\n\nGives money back.",
        "refund\n2024-06-01 10:00\nPOST /v1/payments/refund\nGives money back.",
        "Shop Docs\nLog in\nrefund\nLast updated: 2024-06-01\nPOST /v1/payments/refund\nGives money back.",
        "Shop Docs – Payments made easy\n\nAsk AI\n\nrefund\n\nCopy page\n\nLast updated on 2024-06-01\n\nPOST /v1/payments/refund\n\nGives money back.",
        "Home > APIs > refund\n\nrefund\n\nAsk AI\n\nPOST /v1/payments/refund\n\nGives money back.",
        "Docs / APIs / refund\n\nSearch\n\nrefund\n\nPOST /v1/payments/refund\n\nGives money back.",
        "refund | Product APIs | Shop Docs\n\nrefund\n\nPOST /v1/payments/refund\n\nGives money back.",
        "refund | Shop Docs\n\nPOST /v1/payments/refund\n\nGives money back.",
        "Title: Shop Docs - Payments made easy\n\nURL Source: https://shop.example/docs\n\nrefund\n\nPOST /v1/payments/refund\n\nGives money back.",
    ] {
        let (found, purpose) = title(above, REST);
        assert_eq!(found, "refund", "{above}");
        assert_eq!(purpose.as_deref(), Some("Gives money back."), "{above}");
    }
}

#[test]
fn in_markdown() {
    let rest = "### Request parameters\n\n#### refundId String REQUIRED\n\nThe id.\n";
    for above in [
        "# refund\n\nPOST /v1/payments/refund\n\nGives money back.",
        "# Shop Docs – Payments made easy\n\n[Ask AI](/ai)\n\n## refund\n\nLast updated: June 1, 2024\n\n`POST /v1/payments/refund`\n\nGives money back.",
        "[Home](/) > [APIs](/apis) > refund\n\n# refund\n\nAsk AI\n\nPOST /v1/payments/refund\n\nGives money back.",
        "# refund | Shop Docs\n\nCopy page\n\n**POST** /v1/payments/refund\n\nGives money back.",
        "Shop Docs\n=========\n\nrefund\n------\n\n2024-06-01\n\nPOST https://shop.example/v1/payments/refund\n\nGives money back.",
    ] {
        let (found, purpose) = title(above, rest);
        assert_eq!(found, "refund", "{above}");
        assert_eq!(purpose.as_deref(), Some("Gives money back."), "{above}");
    }
}

#[test]
fn in_html() {
    let rest = "<h3>Request parameters</h3><h4>refundId String REQUIRED</h4><p>The id.</p></main></body></html>";
    for above in [
        "<h1>refund</h1><p>POST /v1/payments/refund</p><p>Gives money back.</p>",
        "<div>Shop Docs – Payments made easy</div><button>Ask AI</button><ol><li>Home</li><li>APIs</li></ol><h1>refund</h1><div>Last updated: 2024-06-01</div><p>POST /v1/payments/refund</p><p>Gives money back.</p>",
        "<div class=crumbs>Home › APIs › refund</div><h1>refund <small>| Shop Docs</small></h1><button>Copy page</button><p>POST /v1/payments/refund</p><p>Gives money back.</p>",
    ] {
        let above = format!(
            "<!DOCTYPE html><html><head><title>Shop Docs – Payments made easy</title></head><body><main>{above}"
        );
        let (found, purpose) = title(&above, rest);
        assert_eq!(found, "refund", "{above}");
        assert_eq!(purpose.as_deref(), Some("Gives money back."), "{above}");
    }
}

#[test]
fn in_chinese() {
    for above in [
        "商家文档\n\n首页 > 接口 > 退款\n\n退款\n\n更新时间：2024-06-01\n\nPOST /v1/payments/refund\n\n把钱退给付款人。",
        "退款\n\n问 AI\n\n2024年6月1日\n\nPOST /v1/payments/refund\n\n把钱退给付款人。",
    ] {
        let (found, purpose) = title(above, "请求参数\n\nrefundId 字符串 必需\n\n编号。\n");
        assert_eq!(found, "退款", "{above}");
        assert_eq!(purpose.as_deref(), Some("把钱退给付款人。"), "{above}");
    }
}

#[test]
fn a_title_with_marks_is_whole() {
    for name in ["Pay (Entry Code)", "Pay - Entry Code", "Inquire a refund"] {
        let above = format!("{name}\n\nPOST /v1/payments/pay\n\nPays.");
        assert_eq!(title(&above, REST).0, name);
    }
}

#[test]
fn a_sentence_that_calls_the_operation_by_its_name_shows_the_title() {
    for (above, purpose) in [
        // Scraped pages put who calls whom behind the name.
        (
            "refundACQP → MPP\nThe refund API gives money back.",
            "The refund API gives money back.",
        ),
        (
            "Shop Docs\nrefund ACQP → MPP\nUse the refund API to give money back.",
            "Use the refund API to give money back.",
        ),
        (
            "refund\nThe refund interface gives money back.\nA value stands between quotes:\ntrue\n.",
            "The refund interface gives money back.",
        ),
        (
            "refund支付宝\nrefund\n调用 refund 接口退款。",
            "调用 refund 接口退款。",
        ),
    ] {
        let (found, first) = title(above, REST);
        assert_eq!(found, "refund", "{above}");
        assert_eq!(first.as_deref(), Some(purpose), "{above}");
    }
}
