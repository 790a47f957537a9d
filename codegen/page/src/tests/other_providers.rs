//! Reads what other providers' pages have and this provider's have not, in words of our own.

use crate::{Base, Page, Profile, Section, UnreadReason, read_with};

fn read(base: Base, text: &str) -> Page {
    read_with(text, &Profile::shipped(base)).expect("a page")
}

/// Lists the paths of the parameters with their sides, in their order.
fn paths(page: &Page) -> Vec<String> {
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
const REQUEST: &str =
    "### Request\n\n```curl\ncurl https://api.parcels.example/v1/parcels/p_1/send\n```\n\n";
const RESPONSE: &str = "### Response\n\n```json\n{\n\"id\": \"p_1\"\n}\n```\n\n";

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
