//! Reads the layouts of other providers' pages, one at a time.

use super::others::facts;
use crate::{Base, Profile, read_with};

/// Checks the parameters of a request: path, type, requirement and limits.
fn check(base: Base, page: &str, expected: &[&str]) {
    let profile = Profile::shipped(base);
    let page = read_with(page, profile).expect("a page");
    let found = facts(&page);
    let mut lines = Vec::new();
    for one in &page.operations[0].request {
        let name = format!("request {} ", one.path);
        let own = found.iter().filter_map(|fact| fact.strip_prefix(&name));
        let own: Vec<&str> = own.collect();
        lines.push(format!("{} {}", one.path, own.join(" ")));
    }
    assert_eq!(lines, expected, "{:?}", page.unread);
}

const HEAD: &str = "\
# x

## Request parameters

| Name | Type | Required | Description |
| --- | --- | --- | --- |
";

fn table(base: Base, rows: &str, expected: &[&str]) {
    check(base, &format!("{HEAD}{rows}"), expected);
}

#[test]
fn children_by_marks_and_space() {
    let expected = [
        "/order required=R type=object",
        "/order/payer required=O type=object",
        "/order/payer/name required=R type=string",
        "/order/state required=O type=string",
        "/id required=R type=string",
    ];
    for (one, two) in [
        ("+", "++"),
        ("> ", ">> "),
        ("└ ", "&nbsp;&nbsp;└ "),
        ("├─ ", "│ ├─ "),
        ("- ", "-- "),
        ("&nbsp;&nbsp;", "&nbsp;&nbsp;&nbsp;&nbsp;"),
        ("\u{a0}\u{a0}", "\u{a0}\u{a0}\u{a0}\u{a0}"),
        ("\u{3000}\u{3000}", "\u{3000}\u{3000}\u{3000}"),
    ] {
        let rows = format!(
            "| order | object | Yes | a |\n| {one}payer | object | No | b |\n\
             | {two}name | string | Yes | c |\n| {one}state | string | No | d |\n\
             | id | string | Yes | e |\n"
        );
        table(Base::BuiltIn, &rows, &expected);
    }
}

#[test]
fn space_below_a_text_shows_no_depth() {
    let rows = "| order | string | Yes | a |\n| &nbsp;&nbsp;payer | string | No | b |\n";
    let expected = [
        "/order required=R type=string",
        "/payer required=O type=string",
    ];
    table(Base::BuiltIn, rows, &expected);
}

#[test]
fn children_by_their_names() {
    let rows = "| amount.total | int | Yes | a |\n| payer[openid] | string | No | b |\n\
                | items[].sku | string | Yes | c |\n| items[0][price] | int | Yes | d |\n\
                | items[*].tags[] | array | No | e |\n";
    let expected = [
        "/amount required=- type=object",
        "/amount/total required=R type=integer",
        "/payer required=- type=object",
        "/payer/openid required=O type=string",
        "/items required=- type=array",
        "/items/*/sku required=R type=string",
        "/items/*/price required=R type=integer",
        "/items/*/tags required=O type=array",
    ];
    table(Base::BuiltIn, rows, &expected);
}

#[test]
fn children_by_a_label() {
    let own = "| Name | Type | Required | Description |\n| --- | --- | --- | --- |\n| id | string | Yes | b |\n";
    for label in [
        "order",
        "`order`",
        "### order",
        "## order",
        "The order",
        "Child attributes of order",
        "#### Attributes of order",
        "order:",
        "order (object)",
    ] {
        let rows = format!("| order | object | Yes | The order. |\n\n{label}\n\n{own}");
        let expected = [
            "/order required=R type=object",
            "/order/id required=R type=string",
        ];
        table(Base::Razorpay, &rows, &expected);
    }
}

#[test]
fn requirements() {
    for (cell, required) in [
        ("Yes", "R"),
        ("N", "O"),
        ("是", "R"),
        ("否", "O"),
        ("必填", "R"),
        ("选填", "O"),
        ("✔", "R"),
        ("*", "R"),
        ("✗", "O"),
        ("Required", "R"),
        ("optional", "O"),
        ("Yes (if known)", "R"),
        ("C", "C"),
        ("", "-"),
    ] {
        let rows = format!("| a | string | {cell} | b |\n");
        table(
            Base::BuiltIn,
            &rows,
            &[&format!("/a required={required} type=string")],
        );
    }
    for (name, required) in [
        ("name*", "R"),
        ("*name", "R"),
        ("name *", "R"),
        ("name (optional)", "O"),
    ] {
        let page = format!(
            "# x\n\n## Request parameters\n\n| Name | Type | Description |\n| --- | --- | --- |\n| {name} | string | b |\n"
        );
        check(
            Base::BuiltIn,
            &page,
            &[&format!("/name required={required} type=string")],
        );
    }
    // Beside marks, a blank cell means the opposite.
    let rows = "| a | string | ✔ | b |\n| c | string | | d |\n";
    let expected = ["/a required=R type=string", "/c required=O type=string"];
    table(Base::BuiltIn, rows, &expected);
}

#[test]
fn the_name_on_the_wire_is_taken() {
    let own = "| 商户号 | mch_id | string(32) | 是 | 编号 |\n";
    for head in [
        "| 名称 | 变量名 |",
        "| 参数名 | 变量 |",
        "| 名称 | 字段名 |",
        "| 名称 | 参数 |",
    ] {
        let page = format!(
            "# x\n\n## 请求参数\n\n{head} 类型 | 必填 | 描述 |\n| --- | --- | --- | --- | --- |\n{own}"
        );
        let expected = ["/mch_id max_length=32 required=R type=string"];
        check(Base::BuiltIn, &page, &expected);
    }
}

#[test]
fn values_in_a_cell() {
    for cell in [
        "State.<br>OPEN：open<br>SHUT：shut",
        "State.<br>- `OPEN`: open<br>- `SHUT`: shut",
        "State. Possible values:<br>• OPEN: open<br>• SHUT: shut",
        "Possible values: OPEN, SHUT",
        "Possible values: `OPEN`, `SHUT`.",
        "OPEN: open; SHUT: shut",
        "Possible values: OPEN: open; SHUT: shut",
    ] {
        let rows = format!("| a | string | Yes | {cell} |\n");
        table(
            Base::BuiltIn,
            &rows,
            &["/a required=R type=string values=OPEN,SHUT"],
        );
    }
    let rows = "| a | string | Yes | NOTE: it is long |\n";
    table(Base::BuiltIn, rows, &["/a required=R type=string"]);
}

#[test]
fn html_in_markdown() {
    let page = "# x\n\n## Request parameters\n\n<table>\n<tr><th>Name</th><th>Type</th><th>Required</th></tr>\n\n\
                <tr><td>order</td><td>object</td><td>Yes</td></tr>\n\
                <tr><td>&nbsp;&nbsp;id</td><td>string</td><td>Yes</td></tr>\n</table>\n\n\
                <dl>\n<dt>note</dt>\n<dd>string optional A note.</dd>\n</dl>\n";
    let expected = [
        "/order required=R type=object",
        "/order/id required=R type=string",
        "/note required=O type=string",
    ];
    check(Base::BuiltIn, page, &expected);
}

#[test]
fn names_alone() {
    for page in [
        "# x\n\n## Request parameters\n\n#### amount\ninteger, required\n\nThe amount.\n\n#### note\nstring(32)\n",
        "# x\n\n## Request parameters\n\n**amount**\n\ninteger required The amount.\n\nnote\n\nstring(32)\n",
        "# x\n\n## Request parameters\n\n- **amount** (integer, required): The amount.\n- **note** (string(32), optional): x\n",
        "<h2>Request parameters</h2><dl><dt>amount*</dt><dd>integer</dd><dt>note</dt><dd>string(32)</dd></dl>",
        "x\n\nRequest parameters\namount\n\n*\n\ninteger\n\nThe amount.\n\nnote\nstring(32)\n",
    ] {
        let expected = [
            "/amount required=R type=integer",
            "/note max_length=32 required=O type=string",
        ];
        check(Base::Razorpay, page, &expected);
    }
}

#[test]
fn names_alone_without_blank_lines() {
    let page = "x\nRequest parameters\namount\nmandatory\ninteger\nWhat is owed.\nFor example 100.\n\
                partial\noptional\nboolean\nSays if parts are fine. Possible values:\ntrue\n: Yes.\n\
                false\n(default): No.\nnotes\noptional\njson object\nOptional pairs.\n";
    let expected = [
        "/amount required=R type=integer",
        "/partial required=O type=boolean values=true,false",
        "/notes required=O type=object",
    ];
    check(Base::Razorpay, page, &expected);
}

#[test]
fn names_with_their_requirement_and_type() {
    let page = "门店下单\n请求参数\nHeader HTTP头参数\nAccept 必填 string\nbody 包体参数\n\
                appid 必填 string(32)\n【应用】应用的编号。\namount 必填 object\n【订单金额】\n\
                amount的属性\ntotal 必填 integer\n【总金额】单位为分。\n";
    let expected = [
        "/appid max_length=32 required=R type=string",
        "/amount required=R type=object",
        "/amount/total required=R type=integer",
    ];
    check(Base::Wechatpay, page, &expected);
}

#[test]
fn requirements_outside_their_column() {
    let page = "# x\n\n## Request parameters\n\n\
                Name | Type | Description | Notes\n--- | --- | --- | ---\n\
                **a** | **float** | __Mandatory__. The a. |\n**b** | *str* | The b. | [optional]\n";
    let expected = ["/a required=R type=number", "/b required=O type=string"];
    check(Base::Razorpay, page, &expected);
}

#[test]
fn an_endpoint_in_one_line_or_two() {
    for lines in [
        "POST /v3/orders",
        "`POST` `/v3/orders`",
        "请求方式：【POST】/v3/orders",
        "请求URL：https://api.example.com/v3/orders\n\n请求方式：POST",
        "Method: POST\n\nURL: `/v3/orders`",
        "POST https://api.example.com/v3/orders",
    ] {
        let page = format!("# x\n\n{lines}\n\n## 请求参数\n\nid String REQUIRED\n");
        let page = read_with(&page, Profile::shipped(Base::BuiltIn)).expect("a page");
        let found = facts(&page);
        assert!(
            found.contains("endpoint POST /v3/orders"),
            "{lines}: {found:?}"
        );
    }
}

#[test]
fn codes_with_the_status_of_http() {
    let page = "# x\n\n## Error codes\n\n<table>\n\
                <tr><th>Status code</th><th>Code</th><th>Description</th><th>Solution</th></tr>\n\
                <tr><td rowspan=2>400</td><td>PARAM_ERROR</td><td>wrong</td><td>correct it</td></tr>\n\
                <tr><td>too_long</td><td>long</td><td>cut it</td></tr>\n\
                <tr><td>404 Not Found</td><td>1001</td><td>missing</td><td>look</td></tr>\n</table>\n";
    let page = read_with(page, Profile::shipped(Base::Razorpay)).expect("a page");
    let codes = page.operations[0].codes.iter();
    let codes: Vec<_> = codes
        .map(|one| (one.code.as_str(), one.http_status))
        .collect();
    let expected = [
        ("PARAM_ERROR", Some(400)),
        ("too_long", Some(400)),
        ("1001", Some(404)),
    ];
    assert_eq!(codes, expected);
}

#[test]
fn children_below_a_description() {
    let own =
        "| 参数 | 类型 | 必填 | 描述 |\n| --- | --- | --- | --- |\n| id | string | 是 | 编号 |\n";
    let row = "| 参数 | 类型 | 必填 | 描述 |\n| --- | --- | --- | --- |\n| scene | object | 否 | 场景信息，可以不填 |\n";
    let heading = "### scene object\n\n场景信息。更多的话。\n";
    for (before, label) in [
        (row, "场景信息"),
        (row, "### 场景信息"),
        (row, "## 场景信息"),
        (row, "**场景信息**："),
        (heading, "场景信息"),
    ] {
        let page = format!("# x\n\n## 请求参数\n\n{before}\n{label}\n\n{own}");
        let expected = [
            "/scene required=O type=object",
            "/scene/id required=R type=string",
        ];
        check(Base::BuiltIn, &page, &expected);
    }
}

#[test]
fn children_by_styles() {
    let page = "<h2>Request parameters</h2><table>\
                <tr><th>Name</th><th>Type</th><th>Required</th></tr>\
                <tr><td style=\"padding-left: 8px\">order</td><td>object</td><td>Yes</td></tr>\
                <tr><td style=\"padding-left: 24px\">id</td><td>string</td><td>Yes</td></tr>\
                <tr><td><span style='margin-left:24px'>name</span></td><td>string</td><td>No</td></tr>\
                <tr><td style=\"padding-left: 8px\">state</td><td>string</td><td>No</td></tr></table>";
    let expected = [
        "/order required=R type=object",
        "/order/id required=R type=string",
        "/order/name required=O type=string",
        "/state required=O type=string",
    ];
    check(Base::BuiltIn, page, &expected);
}

#[test]
fn definition_lists_with_parts_apart() {
    let page = "<!doctype html><body><h2>Body parameters</h2><dl>\
        <div><dt><b>amount</b></dt><dd>object</dd><dd>required</dd><dd>The money.\
        <dl><div><dt>value</dt><dd>string(12)</dd><dd>required</dd><dd>How much.</dd></div></dl></dd></div>\
        <div><dt>method</dt><dd>string</dd><dd>optional</dd><dd>How. Possible values:\
        <ul><li><code>card</code> A card.</li><li><code>cash</code> Coins.</li></ul></dd></div>\
        <div><dt><code>lines</code> <span>array of objects</span></dt><dd>Lines.\
        <table><tr><th>Name</th><th>Type</th><th>Required</th></tr>\
        <tr><td>sku</td><td>string</td><td>Yes</td></tr></table></dd></div></dl>";
    let expected = [
        "/amount required=R type=object",
        "/amount/value max_length=12 required=R type=string",
        "/method required=O type=string values=card,cash",
        "/lines required=O type=array",
        "/lines/*/sku required=R type=string",
    ];
    check(Base::Razorpay, page, &expected);
}
