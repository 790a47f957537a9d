//! Checks names, types and values in forms that pages use now and then.

use super::others::facts;
use super::page;
use crate::{Base, Page, Profile, read_with};

/// Lists the fields of both sides: path, type, requirement and limits.
fn fields(page: &Page) -> Vec<String> {
    let found = facts(page);
    let mut lines = Vec::new();
    let sides = &page.operations[0];
    for (side, list) in [("request", &sides.request), ("response", &sides.response)] {
        for one in list {
            let name = format!("{side} {} ", one.path);
            let own = found.iter().filter_map(|fact| fact.strip_prefix(&name));
            let own: Vec<&str> = own.collect();
            lines.push(format!("{side} {} {}", one.path, own.join(" ")));
        }
    }
    lines
}

fn markdown(heading: &str, text: &str) -> Page {
    page(&format!(
        "# bill\n\nPOST /v1/bill\n\n### Request parameters\n\n#### billId String\n\nThe id.\n\n\
         #### {heading}\n\n{text}\n"
    ))
}

fn last(page: &Page) -> String {
    fields(page).pop().unwrap_or_default()
}

#[test]
fn names_that_begin_with_an_underscore_and_maps() {
    let page = page(
        "bill\n\nPOST /v1/bill\n\nRequest parameters\n\nbillId String  REQUIRED\n\nThe id.\n\n\
         _labels String  REQUIRED\n\nLabels.\n\nextra_info Map<String,String>  \n\nMore.\n",
    );
    assert_eq!(
        fields(&page),
        [
            "request /billId required=R type=string",
            "request /_labels required=R type=string",
            "request /extra_info required=O type=object",
        ]
    );
    let page = super::page(
        "bill.close\n\nCloses.\n\nRequest parameters\n\npartner\n\nString(16) Required\n\nThe partner.\n\n\
         _charset\n\nString Required\n\nThe charset.\n\nsign_kind\n\nString Required\n\nThe kind.\n",
    );
    assert_eq!(fields(&page)[1], "request /_charset required=R type=string");
}

#[test]
fn a_declaration_that_is_not_understood_is_not_swallowed() {
    let page = page(
        "bill\n\nPOST /v1/bill\n\nRequest parameters\n\nbillId String  REQUIRED\n\nThe id.\n\n\
         day_limits Table<Day> REQUIRED\n\nThe limits of a day.\n\nnote String\n\nA note.\n",
    );
    let paths: Vec<&str> = page.operations[0]
        .request
        .iter()
        .map(|one| one.path.as_str())
        .collect();
    assert_eq!(paths, ["/billId", "/note"]);
    let unread: Vec<&str> = page.unread.iter().map(|one| one.text.as_str()).collect();
    assert_eq!(
        unread,
        ["day_limits Table<Day> REQUIRED", "The limits of a day."]
    );
    for (word, required) in [("不可空", "R"), ("可为空", "O"), ("必输项", "O")] {
        let page = super::page(&format!(
            "账单\n\n发送账单。\n\n请求参数\n\nbill_url\n\nURL (200)\n\n地址。\n\n\
             bill_name\n\nString(256) {word}\n\n名称。\n\namount\n\nNumber\n\n数量。\n"
        ));
        let expected = format!("request /bill_name max_length=256 required={required} type=string");
        assert_eq!(fields(&page)[1], expected, "{word}");
        let open = page
            .lines
            .iter()
            .any(|line| line.text.contains(word) && !line.open().is_empty());
        assert_eq!(open, word == "必输项");
    }
}

#[test]
fn forms_of_a_heading() {
    for (heading, expected) in [
        ("env：Env 对象 必需", "request /env required=R type=object"),
        (
            "env: Env object REQUIRED",
            "request /env required=R type=object",
        ),
        (
            "createdAt - 创建时间 - 日期时间",
            "request /createdAt required=O type=datetime",
        ),
        (
            "createdAt – Creation time – Datetime",
            "request /createdAt required=O type=datetime",
        ),
        (
            "bills 账单记录数组 对象",
            "request /bills required=O type=array",
        ),
        (
            "bills 账单列表 对象 必需",
            "request /bills required=R type=array",
        ),
    ] {
        assert_eq!(last(&markdown(heading, "One.")), expected, "{heading}");
    }
}

#[test]
fn a_string_has_no_children() {
    let page = page(
        "# bill\n\n### Request parameters\n\n### 争议 (disputeId) String REQUIRED\n\nA dispute.\n\n\
         #### disputedAt Datetime\n\nWhen.\n\n### payer Payer object\n\nWho.\n\n#### name String\n\nThe name.\n",
    );
    let paths: Vec<&str> = page.operations[0]
        .request
        .iter()
        .map(|one| one.path.as_str())
        .collect();
    assert_eq!(
        paths,
        ["/disputeId", "/disputedAt", "/payer", "/payer/name"]
    );
}

#[test]
fn lists_of_values_under_their_words() {
    for (text, expected) in [
        (
            "The product. The fixed value is:\n\n*   `SHOP`: the only one.",
            "values=SHOP",
        ),
        (
            "状态。枚举值为：\n\n*   `DONE`：成功。\n*   `FAILED`：失败。",
            "values=DONE,FAILED",
        ),
        (
            "状态。可取值为：\n\n*   `DONE`：成功。\n*   `FAILED`：失败。",
            "values=DONE,FAILED",
        ),
        ("地区。可能的值包括 `US`、`SG` 和 `JP`。", "values=US,SG,JP"),
        ("地区。可能取值包括：`US`、`SG`。", "values=US,SG"),
    ] {
        let page = markdown("kind String", text);
        assert_eq!(
            last(&page),
            format!("request /kind required=O type=string {expected}")
        );
        assert!(page.unread.is_empty(), "{text}: {:?}", page.unread);
    }
}

#[test]
fn examples_of_a_circumstance_are_no_values() {
    for (text, values) in [
        (
            "The note. In several regions, such as US and SG, it is printed.",
            "",
        ),
        ("The note. For cards (such as `VISA`), it is printed.", ""),
        (
            "The region, such as US and SG, of the shop.",
            " values=US,SG",
        ),
        ("The region. For example, `US`.", " values=US"),
    ] {
        let expected = format!("request /kind required=O type=string{values}");
        assert_eq!(last(&markdown("kind String", text)), expected, "{text}");
    }
}

fn with(base: Base, text: &str) -> Page {
    read_with(text, Profile::shipped(base)).expect("a page")
}

#[test]
fn razorpay_headings_and_names() {
    let page = with(
        Base::Razorpay,
        "# Bill\n\n### Request\n\n### Parameters\n\n`name ` _optional_\n: `string` The name. Between 3-50 \
         characters in length.\n\n### Response\n\n### Parameters\n\n`id`\n: `string` The id.\n",
    );
    assert_eq!(
        fields(&page),
        [
            "request /name max_length=50 min_length=3 required=O type=string",
            "response /id required=O type=string",
        ]
    );
    // Both messages come first, then the parameters of both.
    let message = |side: &str| format!("### {side}\n\n```json\n{{\"id\": \"1\"}}\n```\n\n");
    let parameters = |name: &str| format!("### Parameters\n\n`{name}`\n: `string` One.\n\n");
    let head = format!("# Bill\n\n{}{}", message("Request"), message("Response"));
    let both = with(
        Base::Razorpay,
        &format!("{head}{}{}", parameters("note"), parameters("id")),
    );
    let expected = [
        "request /note required=O type=string",
        "response /id required=O type=string",
    ];
    assert_eq!(fields(&both), expected);
    // Nothing shows whose a single list is.
    let one = with(Base::Razorpay, &format!("{head}{}", parameters("note")));
    assert_eq!(fields(&one), [""; 0]);
    let page = with(
        Base::Razorpay,
        "# Bill\n\nPOST /v1/bills\n\n### Request Parameters\n\n`amount` _mandatory_\n: `integer` The amount. \
         In some currencies, such as JPY and KRW, pass 295.\n",
    );
    assert_eq!(fields(&page), ["request /amount required=R type=integer"]);
}

#[test]
fn wechat_results_and_values_in_a_line() {
    let page = with(
        Base::Wechatpay,
        "关账\n\n请求方式: POST\n\n请求参数\n\n参数名\t变量名\t类型\t必填\t描述\n商户号\tmch_id\tstring(32)\t是\t商户号\n\n\
         返回结果\n\n字段名\t变量名\t类型\t必填\t描述\n返回码\treturn_code\tstring(16)\t是\t状态\n",
    );
    assert_eq!(
        fields(&page),
        [
            "request /mch_id max_length=32 required=R type=string",
            "response /return_code max_length=16 required=R type=string",
        ]
    );
    let page = with(
        Base::Wechatpay,
        "查账\n\n请求方式:【POST】/v3/x\n\n请求参数\nbody 包体参数\nkind 选填 string\n【种类】种类。\n可选取值:\n\
         A_ONE: 甲种。B_TWO: 乙种。\n",
    );
    assert_eq!(
        fields(&page),
        ["request /kind required=O type=string values=A_ONE,B_TWO"]
    );
}

#[test]
fn the_name_of_a_site_is_no_title() {
    let page = page(
        "Example Pay, the provider of payments for shops\n\nnotifyBill\n\nSends the bill.\n\n\
         Request parameters\n\nbillId String\n\nThe id.\n",
    );
    let title = page.title.as_ref().map(|title| title.value.as_str());
    assert_eq!(title, Some("notifyBill"));
}

#[test]
fn a_requirement_on_a_condition() {
    let page = with(
        Base::Razorpay,
        "# Bill\n\nPOST /v1/bills\n\n### Request Parameters\n\n`fixed_amount` _optional_\n: `boolean` Fixed or \
         not.\n\n`due` _mandatory if fixed_amount=true_\n: `integer` The amount.\n",
    );
    assert_eq!(fields(&page)[1], "request /due required=C type=integer");
    assert_eq!(page.operations[0].request[1].conditions.len(), 1);
    assert!(page.unread.is_empty(), "{:?}", page.unread);
}

#[test]
fn parameters_in_lists_of_a_drawn_page() {
    let page = with(
        Base::Wechatpay,
        "查账\n\n请求方式:【GET】/v3/x/{bill_no}\n\n# 请求参数\n\n    Path 路径参数\n  • bill_no 必填 string(32)\n    \
         【单号】 单号。\n  • payer 选填 object\n    【付款人】 付款人。\n      • name 必填 string(8)\n        【名】 名。\n  • kind 选填 string\n    【种类】 种类，枚举值:\n    * OLD:旧\n    * NEW:新\n  • state 必填 string\n    【状态】 状态。\n",
    );
    assert_eq!(
        fields(&page),
        [
            "request /bill_no max_length=32 required=R type=string",
            "request /payer required=O type=object",
            "request /payer/name max_length=8 required=R type=string",
            "request /kind required=O type=string values=OLD,NEW",
            "request /state required=R type=string",
        ],
        "{:?}",
        page.unread
    );
}
