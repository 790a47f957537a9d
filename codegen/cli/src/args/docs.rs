//! `payspec docs`.

use std::path::PathBuf;

use clap::Args;

/// Write the reference site: static pages for people
#[derive(Debug, Args)]
#[command(
    long_about = "\
Write the reference site: static pages for people.

The site has a page for each operation, type and flow, tables of result codes, and a search. It needs no server: open \
`index.html` in a browser, or publish the folder. With --since, each page shows what changed since a revision at the \
place where it changed.

A later run replaces the files of the site and removes those that are no longer part of it. A folder that holds \
anything else is refused. docs/reference-site.md describes the site.",
    after_help = "\
Examples:
  payspec docs --out site
  payspec docs --out site --since v1.2.0"
)]
pub(crate) struct Docs {
    /// Folder of the site
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Folder of the generated crate that programs in Rust use [default: `generated` beside the spec]
    #[arg(
        long,
        value_name = "DIR",
        env = "PAYSPEC_PACKAGE",
        hide_env_values = true
    )]
    pub(crate) package: Option<PathBuf>,
    /// Git revision to compare the spec with: a branch, tag or commit
    #[arg(long, value_name = "REVISION")]
    pub(crate) since: Option<String>,
}
