//! Checks how tables of result codes are found and read whose head, heading or cells are unusual.

use super::page;
use crate::{Page, Section, UnreadReason};

const TOP: &str = "# payBill\n\nPOST /v1/bills/pay\n\nPays.\n\n### Request parameters\n\n\
                   #### billId String REQUIRED\n\nThe id.\n\n";

/// Lists the codes with their statuses and steps.
fn codes(page: &Page) -> Vec<String> {
    let all = page.operations[0].codes.iter();
    let words = all.map(|one| {
        let steps = one.advice.steps.iter().map(ToString::to_string);
        let mut words = vec![one.code.clone(), one.status.clone().unwrap_or_default()];
        words.extend(steps);
        words.join(" ")
    });
    words.collect()
}

fn table(head: &str, rows: &str) -> String {
    let columns = head.matches('|').count() - 1;
    let ruler = "| --- ".repeat(columns);
    format!("{head}\n{ruler}|\n{rows}\n")
}

#[test]
fn headings_of_codes() {
    let rows = "| OLD_BILL | F | It is old. | Contact technical support. |";
    let table = table("| Code | Value | Message | Further action |", rows);
    for heading in [
        "结果/错误码",
        "错误码/结果码",
        "结果代码/错误代码",
        "返回码",
        "Result/Error codes",
        "Result and error codes",
        "Return codes",
    ] {
        let page = page(&format!("{TOP}### {heading}\n\n{table}"));
        assert_eq!(codes(&page), ["OLD_BILL F contact_support"], "{heading}");
    }
}

#[test]
fn a_second_table_of_codes_is_reported() {
    let rows = "| PAID | S | Paid. | No further action. |";
    let first = table("| Code | Value | Message | Further action |", rows);
    for (heading, head) in [
        (
            "Capture result codes",
            "| Code | Value | Message | Further action |",
        ),
        ("授权错误", "| 代码 | 值 | 消息 | 进一步操作 |"),
    ] {
        let rows = "| NO_FUNDS | F | Nothing left. | Contact technical support. |\n\
                    | TOO_OLD | F | Too old. | Contact technical support. |";
        let second = table(head, rows);
        let page = page(&format!(
            "{TOP}### Result codes\n\n{first}\n### {heading}\n\n{second}"
        ));
        assert_eq!(codes(&page), ["PAID S done"], "{heading}");
        let unread = page.unread.iter().map(|one| one.text.as_str());
        let unread: Vec<&str> = unread.filter(|one| one.contains('F')).collect();
        assert_eq!(unread.len(), 2, "{:?}", page.unread);
        let reasons = page.unread.iter().map(|one| one.reason);
        let reasons: Vec<_> = reasons.flatten().collect();
        assert_eq!(reasons, [UnreadReason::OtherCodes; 2]);
    }
}

#[test]
fn a_second_table_of_codes_of_the_same_operation_is_read() {
    let first = table(
        "| Code | Value | Message | Further action |",
        "| PAID | S | Paid. | No further action. |",
    );
    for (heading, head) in [
        (
            "Common result codes",
            "| Code | Value | Message | Further action |",
        ),
        (
            "Business error codes",
            "| Code | Value | Message | Action |",
        ),
        ("公共错误码", "| 代码 | 值 | 消息 | 进一步操作 |"),
    ] {
        let rows = "| NO_FUNDS | F | Nothing left. | Contact technical support. |";
        let second = table(head, rows);
        let page = page(&format!(
            "{TOP}### Result codes\n\n{first}\n### {heading}\n\n{second}"
        ));
        let expected = ["PAID S done", "NO_FUNDS F contact_support"];
        assert_eq!(codes(&page), expected, "{heading}");
        assert!(page.unread.is_empty(), "{:?}", page.unread);
    }
}

#[test]
fn rows_that_contradict_each_other_are_unsure() {
    let page = |second: &str| {
        let rows = "| PAID | S | Paid. | No further action. |\n\
                    | BUSY | U | Busy. | Call the API again. |";
        let head = "| Code | Value | Message | Further action |";
        let (first, second) = (table(head, rows), table(head, second));
        page(&format!(
            "{TOP}### Result codes\n\n{first}\n### Common error codes\n\n{second}"
        ))
    };
    let open = |page: &Page| {
        let lines = page.lines.iter().filter(|line| !line.open().is_empty());
        lines.map(|line| line.line).collect::<Vec<_>>()
    };
    let same = page("| BUSY | U | Busy. | Call the API again. |");
    assert_eq!(codes(&same), ["PAID S done", "BUSY U resend_same"]);
    assert_eq!(open(&same), Vec::<u32>::new());
    let status = page("| BUSY | F | Busy. | Call the API again. |");
    assert_eq!(codes(&status), ["PAID S done", "BUSY  resend_same"]);
    assert_eq!(open(&status), [18, 24]);
    let action = page("| BUSY | U | Slow. | Contact technical support. |");
    assert_eq!(codes(&action), ["PAID S done", "BUSY U"]);
    let [_, busy] = action.operations[0].codes.as_slice() else {
        panic!("two codes");
    };
    assert_eq!(busy.message.as_deref(), Some("Busy.\nSlow."));
    assert!(!busy.advice.is_sure());
    assert_eq!(open(&action), [18, 24]);
}

#[test]
fn a_column_of_statuses_under_an_unknown_head() {
    let read = |head: &str, rows: &str| {
        let page = page(&format!("{TOP}### Result codes\n\n{}", table(head, rows)));
        codes(&page)
    };
    let head = "| Code | Appealable | Message | Further action |";
    let rows = "| PAID | S | Paid. | No further action. |\n| OLD | F | Old. | Contact us. |";
    assert_eq!(read(head, rows), ["PAID S done", "OLD F contact_support"]);
    let head = "| 错误代码 | 可否申诉 | 描述 | 解决方案 |";
    let rows = "| OLD | 失败 | 太旧。 | 请联系客服。 |";
    assert_eq!(read(head, rows), ["OLD F contact_support"]);
    // Other values show that the column holds something else.
    let head = "| Code | Final | Message | Further action |";
    let rows = "| PAID | T | Paid. | No further action. |\n| OLD | F | Old. | Contact us. |";
    assert!(read(head, rows).iter().all(|one| !one.contains(" F")));
    // Two columns of statuses leave it open which one counts.
    let head = "| Code | Before | After | Message |";
    let rows = "| PAID | U | S | Paid. |";
    assert_eq!(read(head, rows), ["PAID "]);
}

#[test]
fn a_cell_that_goes_on_below_the_table() {
    let head = "| Code | Value | Message | Further action |";
    let rows = "| PAID | S | Paid. | No further action. |\n\
                | NO\\_KEY | F | No key. | \n\nCheck whether the key exists.\n\n\
                If not, upload it.\n\n |\n";
    let page = page(&format!("{TOP}### Result codes\n\n{}", table(head, rows)));
    assert_eq!(codes(&page), ["PAID S done", "NO_KEY F fix_credentials"]);
    assert!(page.unread.is_empty(), "{:?}", page.unread);
}

#[test]
fn a_row_with_fewer_cells_does_not_take_the_lines_below_it() {
    let head = "| Code | Value | Message | Further action |";
    let rows = "| PAID | S | Paid. |\n\nCall the API again.\n";
    let page = page(&format!("{TOP}### Result codes\n\n{}", table(head, rows)));
    assert_eq!(codes(&page), ["PAID S"]);
}

#[test]
fn a_body_as_the_heading_of_parameters() {
    for (heading, own) in [
        ("Request body", Section::Request),
        ("Response body", Section::Response),
    ] {
        let text = format!(
            "shop.cancel\n\nCancels.\n\n{heading}\n\nmerchantId\n\nString(64) Required\n\nThe merchant.\n\n\
             note\n\nString(256) Optional\n\nA note.\n"
        );
        let page = page(&text);
        let operation = &page.operations[0];
        let found = match own {
            Section::Request => &operation.request,
            _ => &operation.response,
        };
        let paths: Vec<&str> = found.iter().map(|one| one.path.as_str()).collect();
        assert_eq!(paths, ["/merchantId", "/note"], "{heading}");
    }
    // Above an example it is only a label.
    let text = format!(
        "{TOP}### Sample code\n\nRequest body\n\n```json\n{{\"billId\": \"1\"}}\n```\n\n\
         Response body\n\n```json\n{{\"billId\": \"1\"}}\n```\n"
    );
    let page = page(&text);
    assert_eq!(page.operations[0].request.len(), 1);
    assert!(!page.operations[0].examples.is_empty());
}

#[test]
fn a_code_that_is_broken_over_rows() {
    let head = "| Code | Value | Message | Further action |";
    for broken in [
        "| BILL_AMOUNT_TOO_\nLARGE | F | Too large. | Contact technical support. |",
        "| BILL_AMOUNT\n_TOO_LARGE | F | Too large. | Contact technical support. |",
        "| BILL\\_AMOUNT\\_\nTOO\\_LARGE | F | Too large. | Contact technical support. |",
        "| BILL_\nAMOUNT_TOO_\nLARGE | F | Too large. | Contact technical support. |",
        "| BILL_AMOUNT_TOO_ | | | |\n| LARGE | F | Too large. | Contact technical support. |",
        "| BILL_AMOUNT_ TOO_LARGE | F | Too large. | Contact technical support. |",
        "| BILL_AMOUNT_<br/>TOO_LARGE | F | Too large. | Contact technical support. |",
    ] {
        let rows = format!("| OLD_BILL | F | It is old. | |\n{broken}\n| LATE | F | Late. | |");
        let page = page(&format!("{TOP}### Error codes\n\n{}", table(head, &rows)));
        let expected = [
            "OLD_BILL F",
            "BILL_AMOUNT_TOO_LARGE F contact_support",
            "LATE F",
        ];
        assert_eq!(codes(&page), expected, "{broken}");
    }
    // Two codes, of which the first has nothing beside it.
    let rows = "| OLD_BILL\nLATE | F | Late. | |";
    let page = page(&format!("{TOP}### Error codes\n\n{}", table(head, rows)));
    assert_eq!(codes(&page), ["OLD_BILL ", "LATE F"]);
}

#[test]
fn a_code_with_a_remark_in_brackets() {
    let head = "| Code | Value | Message | Further action |";
    for (cell, expected) in [
        ("BILL\\_CLOSED (账单已关闭)", "BILL_CLOSED F"),
        ("BILL_CLOSED（账单已关闭）", "BILL_CLOSED F"),
        ("`BILL_CLOSED` (the bill is closed)", "BILL_CLOSED F"),
        ("BILL_CLOSED()", "BILL_CLOSED F"),
    ] {
        let rows = format!("| {cell} | F | Closed. | |\n| LATE | F | Late. | |");
        let page = page(&format!("{TOP}### Error codes\n\n{}", table(head, &rows)));
        assert_eq!(codes(&page), [expected, "LATE F"], "{cell}");
    }
    // The brackets hold another code.
    let rows = "| BILL_CLOSED (BILL_ENDED) | F | Closed. | |\n| LATE | F | Late. | |";
    let page = page(&format!("{TOP}### Error codes\n\n{}", table(head, rows)));
    assert_eq!(codes(&page), ["LATE F"]);
}
