//! Reads what the pages of WeChat Pay have, in words of our own.

use super::other_providers::{fields, paths, read};
use crate::{Base, Page, Requirement};

/// Lists the fields of a request with the first letters of their requirements.
fn requirements(page: &Page) -> Vec<String> {
    let all = page.operations[0].request.iter().map(|one| {
        let required = match one.required.value {
            Requirement::Required => "R",
            Requirement::Optional => "O",
            Requirement::Conditional => "C",
            Requirement::Unstated => "-",
        };
        format!("{} {required}", one.path)
    });
    all.collect()
}

#[test]
fn a_table_whose_cells_have_only_a_space_between_them() {
    let text = "寄件\n\n请求URL:https://parcels.example/v3/parcels\n请求方式:POST\n\n请求参数\n\n参数名 变量 类型[长度限制] 必填 描述\n\
        单号 parcel_no string[1, 32] 二选一 body单号。\n示例值:P1\n客户 单号 out_no string[6,32] body客户的单号。\n\
        重量 weight int 是 body 克。\n+收件人 payee object body 收件人。\n参数名 变量 类型[长度限制] 必填 描述\n\
        姓名 name string[1,16] 是 姓名。\n电话 phone string[1,20] 电话。\n+站点 stops array body 站点。\n\
        参数名 变量 类型[长度限制] 必填 描述\n+地址 place object 地址。\n参数名 变量 类型[长度限制] 必填 描述\n城市 city string[1,8] 城市。\n\
        备注 memo string[1,99] 否 body 备注。\n";
    let page = read(Base::Wechatpay, text);
    let expected = [
        "/parcel_no C",
        "/out_no -",
        "/weight R",
        "/payee -",
        "/payee/name R",
        "/payee/phone -",
        "/stops -",
        "/stops/*/place -",
        "/memo O",
    ];
    assert_eq!(requirements(&page), expected);
    assert_eq!(
        fields(&page)[..2],
        [
            "/parcel_no max_length=32 min_length=1 type=string",
            "/out_no max_length=32 min_length=6 type=string",
        ]
    );
    // It may be in the place or in the stop.
    assert!(page.unread.iter().any(|line| line.text.contains("city")));
}

#[test]
fn rows_of_an_object_whose_end_nothing_shows_are_unread() {
    let text = "寄件\n\n请求参数\n\n参数名 变量 类型[长度限制] 必填 描述\n收件人 payee object 是 收件人。\n\
        参数名 变量 类型[长度限制] 必填 描述\n姓名 name string[1,16] 是 姓名。\n备注 memo string[1,99] 否 备注。\n";
    let page = read(Base::Wechatpay, text);
    assert_eq!(paths(&page), ["request /payee"]);
    for name in ["name", "memo"] {
        assert!(
            page.unread.iter().any(|line| line.text.contains(name)),
            "{name}: {:?}",
            page.unread
        );
    }
}

#[test]
fn a_table_without_a_head_that_has_a_cell_on_each_line() {
    let text = "寄件\n1. 接口说明 请求URL: https://parcels.example/v3/parcels\n2. 请求参数 单号\nparcel_no\nstring[1,32]\n二选一\nBody 单号。\n\
        客户单号\nout_no\nstring[1,32]\nBody 客户的单号。\n重量\nweight\nint\n是\nBody 克。\n备注\nmemo\nstring[1,99]\n否\nBody 备注。\n";
    let page = read(Base::Wechatpay, text);
    let expected = ["/parcel_no C", "/out_no -", "/weight R", "/memo O"];
    assert_eq!(requirements(&page), expected);
}

#[test]
fn tables_of_a_page_without_headings() {
    let head = "参数名 | 变量 | 类型[长度限制] | 必填 | 描述 |\n---|---|---|---|---|\n";
    let request = "日期 | day | string[1,10] | 是 | query 寄出的日期。 |\n";
    let response = "文件 | url | string[1,99] | 是 | 文件的地址。 |\n";
    let codes = "状态码 | 错误码 | 描述 | 解决方案 |\n---|---|---|---|\n500 | SYSTEM_ERROR | 服务忙 | 稍后再试 |\n";
    let path = "https://parcels.example/v3/parcels?day=1\n";
    let page = |blocks: &[&str]| {
        let text = format!(
            "取运单文件。\n请求URL:https://parcels.example/v3/parcels\n请求方式:GET\n{}",
            blocks.concat()
        );
        read(Base::Wechatpay, &text)
    };
    let whole = page(&[head, request, path, head, response, codes]);
    assert_eq!(paths(&whole), ["request /day", "response /url"]);
    let found = &whole.operations[0].codes;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].http_status, Some(500));
    // Nothing shows whose fields these are.
    let lost = page(&[head, response]);
    assert_eq!(paths(&lost), Vec::<String>::new());
    assert!(lost.unread.iter().any(|line| line.text.contains("url")));
    // The second table may list the fields of an object.
    let object = page(&[head, request, "站点\n", head, response]);
    assert!(!paths(&object).contains(&"response /url".to_owned()));
}

#[test]
fn codes_below_a_title_with_a_link() {
    let text = "# 寄件\n\n## 02 请求参数\n\n| 参数名 | 变量 | 类型[长度限制] | 必填 | 描述 |\n| --- | --- | --- | --- | --- |\n\
        | 重量 | weight | int | 是 | body 克。 |\n\n#### 03 返回示例\n\n```\n{\"id\": \"1\"}\n```\n\n- 错误码[公共错误码](https://parcels.example/codes)\n\n\
        | 状态码 | 错误码 | 描述 | 解决方案 |\n| --- | --- | --- | --- |\n| 403 | NO_AUTH | 没有开通 | 先开通 |\n";
    let page = read(Base::Wechatpay, text);
    let codes = page.operations[0].codes.iter();
    let codes: Vec<_> = codes
        .map(|one| (one.code.as_str(), one.http_status))
        .collect();
    assert_eq!(codes, [("NO_AUTH", Some(403))]);
}

#[test]
fn items_with_a_title_and_without_a_type() {
    let text = "寄件\n# 请求参数\n- Accept 必填请设置为json\nHeader HTTP头参数\n- parcel_no 必填【单号】 最多32个字符。\nPath 路径参数\n\
        - memo 选填【备注】 备注。\nBody 包体参数\n请求示例\nPOST\n# 应答参数\n无应答包体\n";
    let page = read(Base::Wechatpay, text);
    assert_eq!(requirements(&page), ["/parcel_no R", "/memo O"]);
    assert_eq!(fields(&page)[0], "/parcel_no max_length=32");
}

#[test]
fn values_that_follow_each_other_without_a_mark() {
    for (text, values) in [
        ("运输方式。枚举值: SEA:海运 AIR:空运 示例值:SEA", "SEA,AIR"),
        (
            "运输方式。枚举值：SEA：海运AIR：空运LAND：陆运",
            "SEA,AIR,LAND",
        ),
        ("时间,格式为YYYY-MM-DDTHH:mm:ss,HH:mm:ss表示时分秒。", ""),
    ] {
        let page = format!(
            "# 寄件\n\n## 请求参数\n\n| 参数名 | 变量 | 类型[长度限制] | 必填 | 描述 |\n| --- | --- | --- | --- | --- |\n| 方式 | mode | string[1,8] | 是 | {text} |\n"
        );
        let page = read(Base::Wechatpay, &page);
        let values = Some(values).filter(|values| !values.is_empty());
        let values = values.map(|values| format!(" values={values}"));
        let expected = format!(
            "/mode max_length=8 min_length=1 type=string{}",
            values.unwrap_or_default()
        );
        assert_eq!(fields(&page), [expected], "{text}");
    }
}

#[test]
fn a_number_that_is_used_once_is_the_idempotency_key() {
    let text = "# 寄件\n\n请求参数\nrefund_no 必填 string(64)\n【退款单号】商户的编号,同一编号多次请求只退一笔。\n";
    let page = read(Base::Wechatpay, text);
    assert!(page.operations[0].request[0].idempotency.is_some());
}

#[test]
fn values_that_follow_each_other_in_a_line() {
    let text = "# 寄件\n\n请求参数\nmode 必填 string(8)\n【方式】运输方式。本字段值为枚举: SEA:海运 AIR:空运 LAND_MAIL:陆运\n";
    let page = read(Base::Wechatpay, text);
    assert_eq!(
        fields(&page),
        ["/mode max_length=8 type=string values=SEA,AIR,LAND_MAIL"]
    );
}

#[test]
fn a_row_that_is_glued_to_the_next_one_is_read_alone() {
    let text = "# 寄件\n\n2. 请求参数\n|\n单号 | parcel_no | string[1, 32] | 是 | Body 单号。 |\n\
        备注 | memo | string[1, 99] | 否 | 备注。 | 方式 | mode | string[1, 8] | 是 | 枚举值: SEA:海运, AIR:空运 | 重量 | weight | int | 是\n";
    let page = read(Base::Wechatpay, text);
    let expected = [
        "/parcel_no max_length=32 min_length=1 type=string",
        "/memo max_length=99 min_length=1 type=string",
    ];
    assert_eq!(fields(&page), expected);
    assert!(page.unread.iter().any(|line| line.text.contains("mode")));
}

#[test]
fn an_address_in_quotation_marks() {
    let text = "寄件\n\n请求URL: \"https://parcels.example/v3/parcels\"\n\n请求方式: 【GET】\n\n# 请求参数\n\n• day 必填 string(10)\n  日期。\n";
    let page = read(Base::Wechatpay, text);
    let path = page.operations[0].path.as_ref();
    assert_eq!(path.map(|path| path.value.as_str()), Some("/v3/parcels"));
}

#[test]
fn an_announcement_of_values_without_a_colon() {
    let text = "# 寄件\n\n请求参数\nmode 必填 string\n【方式】运输方式。\n可选取值\nSEA: 海运\nAIR_MAIL: 空运\nurl 选填 string(99)\n\
        【地址】只支持HTTPS协议,不能携带参数。\nkind 必填 string(9)\n【种类】包裹的种类。\n可选取值\nGLASS_WARE: 玻璃BOOKS_ONLY: 书\n";
    let page = read(Base::Wechatpay, text);
    let expected = [
        "/mode type=string values=SEA,AIR_MAIL",
        "/url max_length=99 type=string",
        "/kind max_length=9 type=string values=GLASS_WARE,BOOKS_ONLY",
    ];
    assert_eq!(fields(&page), expected);
}

#[test]
fn values_with_slashes_between_them_or_dashes_before_their_meanings() {
    for (text, values) in [
        ("方式。可选值:SUCCESS/FAIL", "SUCCESS,FAIL"),
        ("SUCCESS/FAIL", "SUCCESS,FAIL"),
        ("SUCCESS/FAIL<br>示例值:SUCCESS", "SUCCESS,FAIL"),
        (
            "方式。<br>SEA_MAIL / AIR_MAIL / LAND_MAIL",
            "SEA_MAIL,AIR_MAIL,LAND_MAIL",
        ),
        ("SEA—海运<br>AIR—空运", "SEA,AIR"),
        (
            "【方式】SEA—海运<br>AIR_MAIL—空运<br>LAND—陆运",
            "SEA,AIR_MAIL,LAND",
        ),
        ("方式见SEA/AIR说明", ""),
        ("GET/v3/parcels", ""),
        ("USD/CNY", ""),
        ("SUCCESS", ""),
        ("", ""),
    ] {
        for layout in [
            format!(
                "# 寄件\n\n## 请求参数\n\n| 参数名 | 变量 | 类型[长度限制] | 必填 | 描述 |\n| --- | --- | --- | --- | --- |\n| 方式 | mode | string[1,8] | 是 | {text} |\n"
            ),
            format!(
                "# 寄件\n\n请求参数\nmode 必填 string[1,8]\n{}\n",
                text.replace("<br>", "\n")
            ),
        ] {
            let page = read(Base::Wechatpay, &layout);
            let values = Some(values).filter(|values| !values.is_empty());
            let values = values.map(|values| format!(" values={values}"));
            let expected = format!(
                "/mode max_length=8 min_length=1 type=string{}",
                values.unwrap_or_default()
            );
            assert_eq!(fields(&page), [expected], "{layout}");
        }
    }
}
