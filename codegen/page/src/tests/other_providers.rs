//! Reads what other providers' pages have and this provider's have not, in words of our own.

use crate::{Base, Page, Profile, Section, UnreadReason, read_with};

pub(super) fn read(base: Base, text: &str) -> Page {
    read_with(text, Profile::shipped(base)).expect("a page")
}

/// Lists the paths of the parameters with their sides, in their order.
pub(super) fn paths(page: &Page) -> Vec<String> {
    let operation = &page.operations[0];
    let side = |name: &'static str, list: &[crate::Parameter]| {
        let all = list.iter().map(move |one| format!("{name} {}", one.path));
        all.collect::<Vec<_>>()
    };
    let mut all = side("request", &operation.request);
    all.extend(side("response", &operation.response));
    all
}

const PATH: &str = "### Parameters\n\n`id` _mandatory_\n: `string` The parcel.\n\n";
const BODY: &str = "### Parameters\n\n`weight` _mandatory_\n: `integer` In grams.\n\n`memo` _optional_\n: `string` Your words.\n\n";
const ANSWER: &str =
    "### Parameters\n\n`id`\n: `string` The parcel.\n\n`state`\n: `string` How it is.\n\n";
const MARKED_ANSWER: &str = "### Parameters\n\n`id`\n: `string` The parcel.\n\n`state`\n: `string` How it is.\n\n`memo` _optional_\n: `string` Your words.\n\n";
const REQUEST: &str =
    "### Request\n\n```curl\ncurl https://api.parcels.example/v1/parcels/p_1/send\n```\n\n";
const RESPONSE: &str =
    "### Response\n\n```json\n{\n\"id\": \"p_1\", \"state\": \"sent\"\n}\n```\n\n";

#[test]
fn requirements_tell_the_parameters_of_a_request_from_those_of_a_response() {
    let request = ["request /id", "request /weight", "request /memo"];
    let response = ["response /id", "response /state"];
    for (blocks, expected) in [
        (
            [REQUEST, RESPONSE, PATH, BODY, ANSWER].as_slice(),
            [&request[..], &response].concat(),
        ),
        (
            &[RESPONSE, PATH, BODY, ANSWER],
            [&request[..], &response].concat(),
        ),
        (&[REQUEST, RESPONSE, PATH, BODY], request.to_vec()),
        (&[REQUEST, RESPONSE, PATH], request[..1].to_vec()),
        (
            &[REQUEST, RESPONSE, BODY, ANSWER],
            [&request[1..], &response].concat(),
        ),
        (
            &[REQUEST, PATH, BODY, RESPONSE, ANSWER],
            [&request[..], &response].concat(),
        ),
        (&[REQUEST, PATH, BODY], request.to_vec()),
        (&[RESPONSE, ANSWER], response.to_vec()),
        (&[REQUEST, RESPONSE, ANSWER], response.to_vec()),
        (
            &[RESPONSE, MARKED_ANSWER],
            vec!["response /id", "response /state", "response /memo"],
        ),
        (
            &[REQUEST, RESPONSE, BODY, MARKED_ANSWER],
            vec![
                "request /weight",
                "request /memo",
                "response /id",
                "response /state",
                "response /memo",
            ],
        ),
    ] {
        let text = format!(
            "# Send a parcel\n\n{}### Errors\n\nNone.\n",
            blocks.concat()
        );
        let page = read(Base::Razorpay, &text);
        assert_eq!(paths(&page), expected, "{text}");
        assert!(
            !page.unread.iter().any(|line| line.reason.is_some()),
            "{:?}",
            page.unread
        );
    }
}

#[test]
fn the_names_in_a_path_tell_its_parameters() {
    let path = "### Parameters\n\n`parcel_id`\n: `string` The parcel.\n\n";
    for printed in [
        "/v1/parcels/:parcel_id/send",
        "/v1/parcels/{parcel_id}/send",
    ] {
        let text =
            format!("# Send a parcel\n\nPOST {printed}\n\n{REQUEST}{RESPONSE}{path}{ANSWER}");
        let page = read(Base::Razorpay, &text);
        assert_eq!(
            paths(&page),
            ["request /parcel_id", "response /id", "response /state"]
        );
    }
}

#[test]
fn parameters_whose_side_is_unknown_are_unread_with_the_reason() {
    let text = format!("# Send a parcel\n\n{REQUEST}{RESPONSE}{ANSWER}{BODY}");
    let page = read(Base::Razorpay, &text);
    assert_eq!(paths(&page), ["request /weight", "request /memo"]);
    let unread = page
        .unread
        .iter()
        .filter(|one| one.section == Section::Other);
    let unread: Vec<_> = unread.map(|one| (one.text.as_str(), one.reason)).collect();
    let reason = Some(UnreadReason::UnknownSide);
    let expected = [("Parameters", reason), ("`id`", None), ("`state`", None)];
    assert_eq!(unread, expected);
}

#[test]
fn a_number_before_a_heading_does_not_matter() {
    for (request, response) in [
        ("## 02 请求参数", "## 03 返回参数"),
        ("2. 请求参数", "3. 返回参数"),
        ("二、请求参数", "三、返回参数"),
        ("### 2.1 Request parameters", "### 2.2 Response parameters"),
    ] {
        let text = format!(
            "# 寄件\n\n1. 接口说明\n\nPOST /v3/parcels\n\n{request}\n\n| 参数名 | 变量 | 类型 | 必填 | 描述 |\n| --- | --- | --- | --- | --- |\n\
             | 重量 | weight | int | 是 | 克。 |\n\n{response}\n\n| 参数名 | 变量 | 类型 | 必填 | 描述 |\n| --- | --- | --- | --- | --- |\n\
             | 单号 | parcel_no | string(32) | 是 | 单号。 |\n"
        );
        for base in [Base::Wechatpay, Base::BuiltIn] {
            let page = read(base, &text);
            assert_eq!(
                paths(&page),
                ["request /weight", "response /parcel_no"],
                "{text}"
            );
        }
    }
}

#[test]
fn a_sign_of_folding_is_not_one_of_nesting() {
    let text = "# 寄件\n\n## 请求参数\n\n| 参数名 | 变量 | 类型 | 必填 | 描述 |\n| --- | --- | --- | --- | --- |\n\
                | 备注 | memo | string(32) | 否 | 备注。 |\n| + 收件人 | payee | object | 是 | 收件人。 |\n\
                | +寄件人 | sender | object | 是 | 寄件人。 |\n| 重量 | weight | int | 是 | 克。 |\n\
                | - 费用 | fee | object | 否 | 费用。 |\n";
    let page = read(Base::Wechatpay, text);
    let names = ["memo", "payee", "sender", "weight", "fee"];
    assert_eq!(paths(&page), names.map(|name| format!("request /{name}")));
}

#[test]
fn what_looks_like_a_field_in_an_introduction_is_not_captured() {
    for (line, is_unread) in [
        ("parcel_no 必填 string(32)", true),
        ("| 重量 | weight | int | 是 | 克。 |", true),
        ("string[1,32]", true),
        ("最多32个字符", true),
        ("寄件后通知收件人。", false),
    ] {
        let text = format!("# 寄件\n\nPOST /v3/parcels\n\n寄送一个包裹。\n\n{line}\n");
        let page = read(Base::Wechatpay, &text);
        assert_eq!(
            page.unread.iter().any(|one| one.text == line),
            is_unread,
            "{line}: {:?}",
            page.lines
        );
    }
}

/// Lists the parameters of a request, each with its facts.
pub(super) fn fields(page: &Page) -> Vec<String> {
    let facts = super::others::facts(page);
    let all = page.operations[0].request.iter().map(|one| {
        let name = format!("request {} ", one.path);
        let own = facts.iter().filter_map(|fact| fact.strip_prefix(&name));
        let own: Vec<&str> = own.filter(|fact| !fact.starts_with("required")).collect();
        format!("{} {}", one.path, own.join(" "))
    });
    all.collect()
}

/// Reads the description of a field of this type.
pub(super) fn described(ty: &str, text: &str) -> Page {
    read(
        Base::Razorpay,
        &format!(
            "# Send a parcel\n\n### Request Parameters\n\n`route` _optional_\n: `string` Which way.\n\n`mode` _optional_\n: `{ty}` {text}\n"
        ),
    )
}

#[test]
fn limits_and_values_of_a_field() {
    for (ty, text, facts) in [
        (
            "string",
            "Words. The maximum character limit supported is 40.",
            "max_length=40",
        ),
        (
            "string",
            "Words. Maximum of 40 characters.",
            "max_length=40",
        ),
        (
            "string",
            "Words. The minimum character length is 2 and maximum is 40.",
            "max_length=40 min_length=2",
        ),
        ("string", "The kind. Here, it is `parcel`.", "values=parcel"),
        (
            "boolean",
            "Must be set to `true` for creating a parcel of glass.",
            "",
        ),
        ("boolean", "Must be set to `true`.", "values=true"),
        // The lengths of two things.
        (
            "string",
            "The prefix has between 4-10 characters, and the rest from 10-16 characters.",
            "",
        ),
    ] {
        let found = fields(&described(ty, text));
        let kind = format!("type={ty}");
        let mut expected: Vec<&str> = facts.split(' ').filter(|fact| !fact.is_empty()).collect();
        let at = expected.iter().position(|fact| *fact > kind.as_str());
        expected.insert(at.unwrap_or(expected.len()), &kind);
        assert_eq!(found[1], format!("/mode {}", expected.join(" ")), "{text}");
    }
}

#[test]
fn the_value_of_an_absent_field() {
    for (text, default) in [
        (
            "How fast. Possible values:\n  - `slow`: By ship.\n  - `fast` (default): By air.",
            Some("fast"),
        ),
        (
            "How fast. Possible values:\n  - `slow` (default)\n  - `fast`",
            Some("slow"),
        ),
        ("Until when. The default value is 30 years.", None),
        ("How many. The default value is 30.", Some("30")),
    ] {
        let page = described("string", text);
        let found = page.operations[0].request[1].default.as_ref();
        assert_eq!(
            found.map(|default| default.value.as_str()),
            default,
            "{text}"
        );
        assert!(page.unread.is_empty(), "{:?}", page.unread);
    }
}

#[test]
fn conditions_of_a_field() {
    use crate::{ConditionKind, Test};
    for (text, expected) in [
        (
            "The stamp. Only applicable if `route` is `sea`.",
            Some((ConditionKind::PresentWhen, true)),
        ),
        (
            "The stamp. This parameter appears in the response only when `route` is passed.",
            Some((ConditionKind::PresentWhen, false)),
        ),
        (
            "The weight. If this is given, any transaction below this value is not allowed.",
            None,
        ),
    ] {
        let page = described("string", text);
        let found = page.operations[0].request[1].conditions.first();
        let found = found.map(|one| (one.kind, one.test == Test::Words));
        assert_eq!(found, expected, "{text}");
    }
    for (text, expected) in [
        ("印章。仅适用于海运。", Some(ConditionKind::PresentWhen)),
        (
            "如果参数中传了route,则平台上的路线将不会生效,优先采用当前传的这个路线",
            None,
        ),
    ] {
        let page = format!(
            "# 寄件\n\n请求参数\nroute 选填 string(32)\n路线。\nmode 选填 string(32)\n{text}\n"
        );
        let page = read(Base::Wechatpay, &page);
        let found = page.operations[0].request[1].conditions.first();
        let found = found.filter(|one| one.kind != ConditionKind::AbsentWhen);
        assert_eq!(found.map(|one| one.kind), expected, "{text}");
    }
}

#[test]
fn cells_of_a_table_that_was_copied_as_text_are_in_its_object() {
    let long = "很长的说明。".repeat(30);
    let page = "# 寄件\n\n请求参数\nparcel_no 必填 string(32)\n单号。\npayee 必填 object\n收件人。\n属性 | |\n\
                name 必填 string(16) 姓名。 phone 选填 string(20) 电话。LONG |\nstops 必填 array[object]\n【站点】最多可有9个站点\n\
                | 属性 | ||\ncity 必填 string(8) 城市。\nzip 选填 string(6) 要求4~6个字符。 |\nmemo 选填 string(99)\n备注。\n\
                fee 选填 object\n费用。\n属性\nnote 选填 string(9)\n说明。\n";
    let page = read(Base::Wechatpay, &page.replace("LONG", &long));
    assert_eq!(
        fields(&page),
        [
            "/parcel_no max_length=32 type=string",
            "/payee type=object",
            "/payee/name max_length=16 type=string",
            "/payee/phone max_length=20 type=string",
            "/stops max_items=9 type=array",
            "/stops/*/city max_length=8 type=string",
            "/stops/*/zip max_length=6 min_length=4 type=string",
            "/memo max_length=99 type=string",
            "/fee type=object",
            "/note max_length=9 type=string",
        ]
    );
    assert!(page.unread.is_empty(), "{:?}", page.unread);
}

#[test]
fn a_limit_of_a_field_is_none_of_its_object() {
    let page =
        "# 寄件\n\n请求参数\nstops 必填 array[object]\n【站点】每个站点的名称要求最多32个字符\n";
    let page = read(Base::Wechatpay, page);
    assert_eq!(fields(&page), ["/stops type=array"]);
}

#[test]
fn a_table_without_its_head_is_read_by_its_rows() {
    let page = "寄送一个包裹。\n2. 请求参数\n|\n单号 | parcel_no | string[1, 32] | 是 | Body 单号。 |\n备注 | memo | string[1, 99] | 否 | Body 备注。 |\n";
    let page = read(Base::Wechatpay, page);
    let expected = [
        "/parcel_no max_length=32 min_length=1 type=string",
        "/memo max_length=99 min_length=1 type=string",
    ];
    assert_eq!(fields(&page), expected);
}

#[test]
fn a_note_without_indentation_does_not_end_an_object() {
    for space in ["  ", "    "] {
        let text = format!(
            "# Send a parcel\n\n### Request Parameters\n\n`payee` _mandatory_\n: `object` Who gets it.\n\n{space}`name` _mandatory_\n{space}: `string` The name.\n\n\
             > **NOTE**\n>\n> Write it in capitals.\n\n{space}`phone` _optional_\n{space}: `string` The number.\n\n`memo` _optional_\n: `string` Your words.\n"
        );
        let page = read(Base::Razorpay, &text);
        let expected = [
            "request /payee",
            "request /payee/name",
            "request /payee/phone",
            "request /memo",
        ];
        assert_eq!(paths(&page), expected, "{text}");
    }
}
