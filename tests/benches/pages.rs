//! Reading pages of a megabyte, in each kind of input. What is measured is the time that this thread
//! had a processor, from `/proc`, so that other work on the machine hardly moves it: Linux only.

use std::fmt::Write;
use std::hint::black_box;
use std::{fs, io};

/// The allocator of the command.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SIZE: usize = 1_000_000;
const ROUNDS: usize = 15;

/// A rendering, and who writes a page of so many bytes in it.
type Kind = (&'static str, fn(usize) -> String);

fn main() -> io::Result<()> {
    println!(
        "{:<44} {:>8} {:>12} {:>12}",
        "payspec page", "KB", "CPU ms", "parameters"
    );
    let kinds: [Kind; 6] = [
        ("text of a page", text),
        ("text without blank lines", flat),
        ("scraped Markdown, machine-translated", translated),
        ("the provider's own Markdown, nested", nested),
        ("Markdown with tables", tables),
        ("HTML", html),
    ];
    for (name, write) in kinds {
        for size in [SIZE / 4, SIZE] {
            let text = write(size);
            let mut times = Vec::new();
            let mut parameters = 0;
            for _ in 0..ROUNDS {
                let start = cpu()?;
                let page = payspec_page::read(black_box(&text)).map_err(io::Error::other)?;
                times.push(cpu()? - start);
                parameters = page.operations.iter().map(|one| one.request.len()).sum();
                black_box(page);
            }
            times.sort_unstable();
            println!(
                "{name:<44} {:>8} {:>12.1} {parameters:>12}",
                text.len() / 1_000,
                times[ROUNDS / 10] as f64 / 1e6
            );
        }
    }
    Ok(())
}

/// How long this thread has had a processor, in nanoseconds.
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
