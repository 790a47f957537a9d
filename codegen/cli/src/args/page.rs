//! Commands about saved documentation pages.

use std::path::PathBuf;

use clap::Args;

/// Compare a saved documentation page with the spec or with an older copy
#[derive(Debug, Args)]
#[command(
    long_about = "\
Compare a saved documentation page with the spec or with an older copy.

A page is HTML, Markdown or text, in English or Chinese. Without `--profile`, the command reads the pages of \
Alipay's in-store family; a profile says what other pages look like. Each difference shows the line of the page and the \
line of the spec; wording alone is not a difference. Facts that the spec has from other sources need not be on \
the page. The report says how many fields and codes were compared. Differences that the spec records as disputes are listed separately.

With a second page, the command lists the changes from the first to the second; every changed line is shown.",
    after_help = "\
Examples:
  payspec drift page.md
  payspec drift page.html --operation pay_entry_code
  payspec drift page.md --coverage --format html --out coverage.html
  payspec drift page.md --write-draft spec/shop/operations/place_order.yaml
  payspec drift page.html --profile wechatpay
  payspec drift old.md new.html"
)]
pub(crate) struct Drift {
    /// The saved page; of two copies, the older one
    #[arg(value_name = "PAGE")]
    pub(crate) page: PathBuf,
    /// A newer copy of the page
    #[arg(
        value_name = "NEW_PAGE",
        conflicts_with_all = ["operation", "source", "coverage", "write_draft"]
    )]
    pub(crate) new: Option<PathBuf>,
    /// The operation that the page describes [default: found by path, title and parameters]
    #[arg(long, value_name = "OP")]
    pub(crate) operation: Option<String>,
    /// The spec's source tag for this page [default: found by its date]
    #[arg(long, value_name = "TAG")]
    pub(crate) source: Option<String>,
    /// Account for every line of the page and every fact of the spec; fail while any is open
    #[arg(long)]
    pub(crate) coverage: bool,
    /// Write the report to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Draft what the spec lacks; a whole operation if the spec has none
    #[arg(long, value_name = "FILE", conflicts_with_all = ["coverage", "out"])]
    pub(crate) write_draft: Option<PathBuf>,
    /// Overwrite existing files with the draft
    #[arg(long, requires = "write_draft")]
    pub(crate) force: bool,
    #[command(flatten)]
    pub(crate) profile: ProfileOption,
}

/// Print the facts that a saved documentation page states
#[derive(Debug, Args)]
#[command(
    long_about = "\
Print the facts that a saved documentation page states.

The page is HTML, Markdown or plain text, in English or Chinese. Without `--profile`, the command reads the \
pages of Alipay's in-store family; a profile says what other pages look like. Facts are printed as JSON, each with its \
line; `--format human` prints tables. Lines that the reader does not understand are listed. If nothing is found, the \
headings are listed and the exit code is 1.",
    after_help = "\
Examples:
  payspec page saved-page.md
  payspec page saved-page.html --format human
  payspec page orders.html --profile razorpay
  payspec page orders.html --profile shop.profile.yaml
  curl -s https://docs.example.com/pay | payspec page -"
)]
pub(crate) struct Page {
    /// The saved page; `-` reads standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) profile: ProfileOption,
}

// What the page looks like.
#[derive(Debug, Args)]
pub(crate) struct ProfileOption {
    /// Profile of the provider: a file, `wechatpay` or `razorpay` [default: built_in]
    #[arg(long, value_name = "PROFILE")]
    pub(crate) profile: Option<String>,
}
