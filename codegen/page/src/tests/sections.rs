//! Checks what begins a section, and what the sections beside the parameters say.

use super::page;
use crate::{Page, Reading, Section};

fn flat(name: &str, ty: &str) -> String {
    format!(
        "askBill\n\nPOST /v1/bills/ask\n\nAsks.\n\nRequest parameters\n\nParameter name\n\nType\n\nRequired\n\n\
         Description\n\nbillId\n\nString\n\nYes\n\nThe id.\n\nResponse parameters\n\nParameter name\n\nType\n\n\
         Required\n\nDescription\n\nstate\n\nString\n\nYes\n\nHow it stands.\n\n{name}\n\n{ty}\n\nYes\n\nOne.\n\n\
         paidAt\n\nDatetime\n\nNo\n\nWhen.\n"
    )
}

fn names(page: &Page) -> Vec<&str> {
    let all = page.operations[0].response.iter();
    all.map(|one| one.name_as_printed.as_str()).collect()
}

#[test]
fn a_field_does_not_begin_the_section_of_its_name() {
    for name in [
        "resultCode",
        "errorCode",
        "result_code",
        "responseCode",
        "requestParameters",
        "sample",
        "example",
        "request",
        "response",
        "moreInformation",
    ] {
        for ty in ["String", "Integer", "Boolean"] {
            let page = page(&flat(name, ty));
            assert_eq!(names(&page), ["state", name, "paidAt"], "{name} {ty}");
        }
    }
}

#[test]
fn a_title_still_begins_its_section() {
    for title in ["Result codes", "Error code", "结果码"] {
        let text =
            flat("amount", "String") + &format!("\n{title}\n\nOK\tS\tDone\tNo further action.\n");
        let page = page(&text);
        assert_eq!(names(&page), ["state", "amount", "paidAt"], "{title}");
        assert_eq!(page.operations[0].codes.len(), 1, "{title}");
    }
}

fn logic(lines: &str) -> Page {
    page(&format!(
        "# payBill\n\nPOST /v1/bills/pay\n\nPays.\n\n### Request parameters\n\n#### billId String REQUIRED\n\n\
         The id.\n\n## Result process logic\n\n{lines}\n\n### Result codes\n\n| Code | Value | Message |\n\
         | --- | --- | --- |\n| OK | S | Done |\n"
    ))
}

/// Lists the statuses with their steps.
fn listed(page: &Page) -> Vec<String> {
    let all = page.operations[0].result_logic.iter();
    all.map(|one| {
        let steps = one.advice.steps.iter().map(|step| step.as_str());
        let never = one.advice.never.iter().map(|step| format!("!{step}"));
        let mut words: Vec<String> = steps.map(str::to_owned).chain(never).collect();
        if !one.advice.is_sure() {
            words.push("?".to_owned());
        }
        format!("{}: {}", one.statuses.join(" "), words.join(" "))
    })
    .collect()
}

#[test]
fn result_logic_is_read_status_by_status() {
    for (lines, expected) in [
        ("*   `U`: Call payBill again.", &["U: resend_same"][..]),
        ("*   U - inquire.", &["U: inquire"]),
        (
            "*   If _result.resultStatus_ is `U`, the merchant must call payBill again.",
            &["U: resend_same"],
        ),
        (
            "*   `S`: redirect the payer.\n*   `S` or `F`: no further action.",
            &["S: redirect", "S F: done"],
        ),
        (
            "| Status | What to do |\n| --- | --- |\n| `U` | Inquire. |\n| 成功 | 无需进一步操作。 |",
            &["U: inquire", "S: done"],
        ),
        ("*   `U`：不要再次调用 payBill。", &["U: !resend_same"]),
        ("*   返回的状态为 `U` 时，查询支付结果。", &["U: inquire"]),
        ("*   `S`: done. `U`: call payBill again.", &["S: ?"]),
        (
            "*   Unless the status is `U`, call payBill again.",
            &["U: ?"],
        ),
        ("*   Call payBill again if the status is `U`.", &["U: ?"]),
        ("*   除 `U` 以外，重新调用。", &["U: ?"]),
        ("*   `U`:\n\n    call payBill again.", &["U: resend_same"]),
        (
            "*   `F`:\n    *   Never pay again.\n    *   Contact support.\n*   `U`: Inquire.",
            &[
                "F: contact_support !resend_same !new_request_id",
                "U: inquire",
            ],
        ),
        (
            "Never call payBill twice.",
            &[": !resend_same !new_request_id"],
        ),
        ("The answer has a status.", &[": "]),
    ] {
        assert_eq!(listed(&logic(lines)), expected, "{lines}");
    }
}

#[test]
fn every_line_above_the_parameters_is_a_fact_of_the_operation() {
    let page = page(
        "# payBill\n\nPOST /v1/bills/pay\n\nPays.\n\nThe amount is held for a day.\n\n*   Twice a day at most.\n\n\
         ### Request parameters\n\n#### billId String REQUIRED\n\nThe id.\n",
    );
    let operation = &page.operations[0];
    let words: Vec<&str> = operation
        .introduction
        .iter()
        .map(|one| one.text.as_str())
        .collect();
    assert_eq!(
        words,
        ["The amount is held for a day.", "Twice a day at most."]
    );
    let mut head = page
        .lines
        .iter()
        .filter(|line| line.section == Section::Head);
    assert!(head.all(|line| line.reading != Reading::Outside));
}

#[test]
fn a_translated_code_is_a_guess() {
    let text = "# 查询\n\nPOST /v1/bills/ask\n\n### 请求参数\n\n#### billId 字符串 必需\n\n编号。\n\n### 结果码\n\n\
                | 代码 | 值 | 消息 | 进一步操作 |\n| --- | --- | --- | --- |\n| SUCCESS | S | 成功 | 无需进一步操作。 |\n\
                | 记录未找到 | F | 没有 | 检查编号。 |\n| 共两行。 | 说明 | | |\n";
    let page = page(text);
    let codes = &page.operations[0].codes;
    let names: Vec<&str> = codes.iter().map(|code| code.code.as_str()).collect();
    assert_eq!(names, ["SUCCESS", "记录未找到"]);
    assert!(codes[0].guesses.is_empty());
    assert_eq!(codes[1].guesses.len(), 1);
    assert_eq!(page.unread.len(), 1);
}

#[test]
fn an_object_of_a_table_with_a_cell_per_line_is_none_of_the_request() {
    let page = page(
        "请求参数\n\n参数名称\n\n类型\n\n是否必需\n\n描述\n\nrefundId\n\nString\n\n是\n\n编号。(最大长度:64 个字符)\n\nrefundAmount\n\nAmount\n\n退款金额。\n\n\
         Amount\n\n参数名称\n\n类型\n\n是否必需\n\n描述\n\nvalue\n\nInteger\n\n是\n\n金额。\n\ncurrency\n\nString\n\n币种。\n\n\
         响应参数\n\n参数名称\n\n类型\n\n描述\n\nresult\n\nResult\n\n结果。\n\n\
         Result\n\n参数名称\n\n类型\n\n描述\n\nresultStatus\n\nString\n\n状态。\n\n\
         结果码\n\n结果码\n\n状态码\n\n结果信息\n\n后续操作\n\nSUCCESS\n\nS\n\n成功\n\n无需后续操作。\n",
    );
    let operation = &page.operations[0];
    let paths =
        |all: &[crate::Parameter]| all.iter().map(|one| one.path.clone()).collect::<Vec<_>>();
    assert_eq!(paths(&operation.request), ["/refundId", "/refundAmount"]);
    assert_eq!(paths(&operation.response), ["/result"]);
    let objects = page.objects.iter();
    let objects: Vec<_> = objects
        .map(|one| (one.name.value.as_str(), paths(&one.fields)))
        .collect();
    assert_eq!(
        objects,
        [
            ("Amount", vec!["/value".to_owned(), "/currency".to_owned()]),
            ("Result", vec!["/resultStatus".to_owned()]),
        ]
    );
    assert_eq!(operation.codes.len(), 1);
    assert!(page.unread.is_empty(), "{:?}", page.unread);
}

/// A page whose codes and examples come before the tables of its objects.
const LATE_OBJECTS: &str = "\
## bookSeat

POST /v1/seats/book

### Request parameters

#### seatId String REQUIRED

The id.

#### extras Extras object

What comes with it.

### Response parameters

#### result Result object REQUIRED

How it went.

#### tickets Array<Ticket>

The tickets.

### Sample code

```json
{ \"seatId\": \"1\" }
```

#### Extras

| Name | Type | Required | Description |
| --- | --- | --- | --- |
| meal | String | Yes | The meal. |

### Result codes

| Code | Value | Message | Further action |
| --- | --- | --- | --- |
| SUCCESS | S | Success | Done. |
| SEAT_TAKEN | F | Taken. | Take another seat. |

#### Ticket

| Name | 名称 | Type | Required | Description |
| --- | --- | --- | --- | --- |
| ticketId | 票号 | String(12) | Yes | The id. |
| gate | 入口 | String | No | The gate. |

#### Hints

| Name | Type | Required | Description |
| --- | --- | --- | --- |
| tip | String | No | A hint. |
";

#[test]
fn an_object_behind_the_codes_is_that_of_its_field() {
    let plain = LATE_OBJECTS.replace("#### Ticket\n", "Ticket\n");
    for text in [LATE_OBJECTS, plain.as_str()] {
        let read = page(text);
        let objects = read.objects.iter().map(|object| {
            let fields = object.fields.iter().map(|field| field.path.as_str());
            (object.name.value.as_str(), fields.collect::<Vec<_>>())
        });
        let expected = [
            ("Extras", vec!["/meal"]),
            ("Ticket", vec!["/ticketId", "/gate"]),
            // Behind such a table, others are objects as well.
            ("Hints", vec!["/tip"]),
        ];
        let objects: Vec<_> = objects.collect();
        assert_eq!(objects, expected, "{text}");
        let codes = read.operations[0].codes.iter();
        let codes: Vec<&str> = codes.map(|code| code.code.as_str()).collect();
        assert_eq!(codes, ["SUCCESS", "SEAT_TAKEN"], "{text}");
    }
}

#[test]
fn a_table_behind_the_codes_that_no_field_has_as_its_type_is_unread() {
    let text = LATE_OBJECTS.replace("Array<Ticket>", "Array<Coupon>");
    let read = page(&text);
    assert!(read.objects.iter().all(|one| one.name.value != "Ticket"));
    let is_row = |line: u32| {
        let line = text.lines().nth(line as usize - 1);
        line.is_some_and(|line| line.starts_with("| ticketId"))
    };
    assert!(read.unread.iter().any(|one| is_row(one.line)));
}
