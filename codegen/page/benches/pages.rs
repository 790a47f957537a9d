//! Reading pages of a megabyte, in each kind of input. What is measured is the time that this thread
//! had a processor, from `/proc`, so that other work on the machine hardly moves it: Linux only. The
//! baseline is `scraper`, which parses the HTML page of the same size into a tree and does nothing else.

use std::fmt::Write;
use std::hint::black_box;
use std::{fs, io};

use payspec_page::{Base, Profile};

/// The allocator of the command.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SIZE: usize = 1_000_000;
const ROUNDS: usize = 15;

/// A rendering, the profile that reads it, and who writes a page of so many bytes in it.
type Kind = (&'static str, Base, fn(usize) -> String);

fn main() -> io::Result<()> {
    println!(
        "{:<44} {:>8} {:>12} {:>12} {:>8} {:>12}",
        "payspec page", "KB", "CPU ms", "baseline ms", "ratio", "parameters"
    );
    // `cargo bench … -- WeChat` runs those with this word in their names.
    let wanted = std::env::args().skip(1).find(|word| !word.starts_with('-'));
    let wanted = wanted.unwrap_or_default();
    let kinds: [Kind; 8] = [
        ("text of a page", Base::BuiltIn, text),
        ("text without blank lines", Base::BuiltIn, flat),
        (
            "scraped Markdown, machine-translated",
            Base::BuiltIn,
            translated,
        ),
        ("the provider's own Markdown, nested", Base::BuiltIn, nested),
        ("Markdown with tables", Base::BuiltIn, tables),
        ("HTML", Base::BuiltIn, html),
        (
            "WeChat Pay: HTML with tables",
            Base::Wechatpay,
            wechatpay_html,
        ),
        ("WeChat Pay: copied text", Base::Wechatpay, wechatpay_text),
    ];
    let chosen = kinds.iter().filter(|(name, ..)| name.contains(&wanted));
    for (name, base, write) in chosen {
        for size in [SIZE / 4, SIZE] {
            let (baseline, text) = (html(size), write(size));
            let profile = Profile::shipped(*base);
            let mut times = [Vec::new(), Vec::new()];
            let mut parameters = 0;
            for _ in 0..ROUNDS {
                let start = cpu()?;
                black_box(scraper::Html::parse_document(black_box(&baseline)));
                let between = cpu()?;
                let page = payspec_page::read_with(black_box(&text), profile);
                let page = page.map_err(io::Error::other)?;
                for (times, time) in times.iter_mut().zip([between - start, cpu()? - between]) {
                    times.push(time);
                }
                parameters = page.operations.iter().map(|one| one.request.len()).sum();
                black_box(page);
            }
            let [baseline, time] = times.map(|mut times| {
                times.sort_unstable();
                times[ROUNDS / 10] as f64 / 1e6
            });
            println!(
                "{name:<44} {:>8} {time:>12.1} {baseline:>12.1} {:>8.2} {parameters:>12}",
                text.len() / 1_000,
                time / baseline,
            );
        }
    }
    Ok(())
}

/// Returns the processor time of this thread, in nanoseconds.
fn cpu() -> io::Result<u64> {
    let text = fs::read_to_string("/proc/thread-self/schedstat")?;
    let first = text.split_whitespace().next().unwrap_or_default();
    first.parse().map_err(io::Error::other)
}

/// Parameters, one after the other, until the page is large enough.
fn page(size: usize, start: &str, one: impl Fn(&mut String, usize)) -> String {
    let mut text = start.to_owned();
    let mut index = 0;
    while text.len() < size {
        one(&mut text, index);
        index += 1;
    }
    text
}

macro_rules! add {
    ($text:expr, $($words:tt)*) => { let _ = writeln!($text, $($words)*); };
}

fn text(size: usize) -> String {
    page(
        size,
        "POST /v1/pay\n\nRequest parameters\n\n",
        |text, index| {
            add!(
                text,
                "field{index}Name String  REQUIRED\n\nWhat it is good for, in a sentence or two.\n"
            );
            add!(
                text,
                "More information:\n\n  • Maximum length: 64 characters\n"
            );
        },
    )
}

fn flat(size: usize) -> String {
    page(size, "Request parameters\n", |text, index| {
        add!(
            text,
            "field{index}Name String REQUIRED\nWhat it is good for (\nS\nor F\n). - Maximum length: 64 characters"
        );
    })
}

fn translated(size: usize) -> String {
    page(size, "### 请求参数\n\n", |text, index| {
        add!(
            text,
            "#### field{index}Name - 字符串 **必需**\n\n这个字段有什么用，说一两句话。\n"
        );
        add!(text, "关于此字段的更多信息：\n\n*   最大长度：64个字符\n");
    })
}

fn nested(size: usize) -> String {
    page(size, "## Request parameters\n\n", |text, index| {
        let level = "#".repeat(4 + index % 3);
        add!(
            text,
            "{level} field{index}Name (String, REQUIRED)\n\nWhat it is. Valid values are:\n"
        );
        add!(text, "- `ONE`: the first.\n- `TWO`: the other.\n");
        add!(
            text,
            "> **Note**: Specify this field when the value of `otherName` is `ONE`.\n"
        );
    })
}

fn tables(size: usize) -> String {
    let start = "## Request parameters\n\n| Field | Type | Required | Description |\n| --- | --- | --- | --- |\n";
    page(size, start, |text, index| {
        add!(
            text,
            "| field{index}Name | String(64) | Yes | What it is good for, by ISO 8601. |"
        );
    })
}

fn html(size: usize) -> String {
    page(
        size,
        "<!DOCTYPE html><html><body><h3>Request parameters</h3>\n",
        |text, index| {
            add!(
                text,
                "<div><h4>field{index}Name <span>String</span> <em>REQUIRED</em></h4>"
            );
            add!(
                text,
                "<p>What it is good for.</p><ul><li>Maximum length: 64 characters</li></ul></div>"
            );
        },
    )
}

/// Sentences of the kinds that such pages have about a parameter.
const SENTENCES: [&str; 8] = [
    "商户自己的编号，只能由数字、字母和下划线组成，在同一商户号下不能重复，用它可以查询这笔交易。",
    "顾客付款的时间，仅在交易成功后返回，按照rfc3339标准，格式为yyyy-MM-DDTHH:mm:ss+TIMEZONE，其中T表示时间部分的开始。",
    "交易走到了哪一步。枚举值：SUCCESS：付款成功；NOTPAY：还没有付款；CLOSED：已经关闭；REFUND：转入退款。",
    "商户的说明，查询时原样返回，实际情况下只有付款完成才会返回该字段，最多100个字符。",
    "当trade_state为SUCCESS时返回，表示顾客实际支付的金额，单位为分，只能为整数，不包括已经优惠的部分。",
    "接收结果的地址，必须是外网可以访问的地址，不能携带参数，只支持HTTPS协议，请确保没有登录限制。",
    "订单失效的时间，选填。如果没有传入，系统使用默认的有效期；传入的时间不能早于下单之后的一分钟。",
    "付款的银行。仅付款方式为银行卡且付款成功后返回，具体的取值请参考银行类型的对照表，其他方式统一为OTHERS。",
];

fn sentence(index: usize) -> &'static str {
    SENTENCES[index % SENTENCES.len()]
}

fn wechatpay_html(size: usize) -> String {
    let start = "<!DOCTYPE html><html><body><h3>请求参数</h3>\n<table><tr><th>参数名</th><th>变量</th>\
                 <th>类型[长度限制]</th><th>必填</th><th>描述</th></tr>\n";
    page(size, start, |text, index| {
        add!(
            text,
            "<tr><td>编号{index}</td><td>field_{index}</td><td>string[1,32]</td><td>否</td><td><span>body</span> {}<br>\
             <span>示例值：A{index}</span></td></tr>",
            sentence(index)
        );
    })
}

fn wechatpay_text(size: usize) -> String {
    page(size, "请求参数\n", |text, index| {
        let requirement = ["必填", "选填"][index % 2];
        add!(
            text,
            "field_{index} {requirement} string(32)\n【编号{index}】 {}",
            sentence(index)
        );
    })
}
