//! Commands about the spec as a whole.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Check the spec and report every problem with its place
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  payspec check
  payspec check spec/shop
  payspec check --disputed
  payspec check --format github")]
pub(crate) struct Check {
    /// Folder of the spec, or a single API of it [default: that of `--spec`]
    #[arg(value_name = "PATH")]
    pub(crate) path: Option<PathBuf>,
    /// List the points on which sources disagree, and the side taken
    #[arg(long)]
    pub(crate) disputed: bool,
}

/// Write the Rust sources of the spec
#[derive(Debug, Args)]
#[command(
    long_about = "\
Write the Rust sources of the spec.

A crate can request one cargo feature per operation and flow in its Cargo.toml. The [features] table is \
then written and checked together with the sources. With `openapi`, so are an OpenAPI document and a JSON \
Schema of each API, in a folder `openapi` beside the sources:

  [package.metadata.payspec]
  operation-features = true
  openapi = true",
    after_help = "\
Examples:
  payspec generate
  payspec generate --check
  payspec generate my-spec --out src/api"
)]
pub(crate) struct Generate {
    /// Folder of the spec [default: that of `--spec`]
    #[arg(value_name = "PATH")]
    pub(crate) path: Option<PathBuf>,
    /// Folder of the generated crate [default: `generated` beside the spec folder]
    #[arg(
        long,
        value_name = "DIR",
        env = "PAYSPEC_PACKAGE",
        hide_env_values = true
    )]
    pub(crate) package: Option<PathBuf>,
    /// Folder of the generated sources [default: `src` in the crate]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Write nothing; print a diff and fail if the sources are out of date
    #[arg(long)]
    pub(crate) check: bool,
}

/// Create a crate with a small working spec
#[derive(Debug, Args)]
#[command(
    long_about = "\
Create a crate with a small working spec.

The crate builds as it is: a manifest, a build script that generates the code of the API from `spec`, and a \
program that makes a first request. With --committed, the code is written to `src/api` instead, and `payspec \
generate --out src/api` brings it up to date.",
    after_help = "\
Examples:
  payspec init my-shop
  payspec init my-shop --committed
  payspec init my-shop --style rest
  payspec init my-shop --style signed
  payspec init spec --spec-only"
)]
pub(crate) struct Init {
    /// Folder to create; must be empty or not exist
    #[arg(value_name = "DIR")]
    pub(crate) dir: PathBuf,
    /// Write the generated code to `src/api`, to be committed, in place of a build script
    #[arg(long)]
    pub(crate) committed: bool,
    /// Kind of API that the spec describes
    #[arg(long, value_enum, default_value_t)]
    pub(crate) style: Starter,
    /// Create only the spec, in the folder itself
    #[arg(long, conflicts_with = "committed")]
    pub(crate) spec_only: bool,
}

/// The specs to start from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Starter {
    /// An API with result codes, notifications and a flow, in files by kind.
    #[default]
    Full,
    /// A small REST API in one file.
    Rest,
    /// A small API in one file, whose requests, answers and notifications are signed with RSA keys.
    Signed,
}

/// Print the JSON Schema of the spec format
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  payspec schema operation
  payspec schema --out docs/schema")]
pub(crate) struct Schema {
    /// Kind of file (`api`, `types`, `operation`, `results`, `flow`, `approvals`) or the command whose output
    /// it describes (`page`, `diff`, `traffic`, `doctor`) [default: all]
    #[arg(value_name = "KIND")]
    pub(crate) kind: Option<String>,
    /// Write one file per kind into this folder
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
}

/// Print shell completions
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  payspec completions bash > /etc/bash_completion.d/payspec")]
pub(crate) struct Completions {
    /// Shell to print completions for
    #[arg(value_name = "SHELL")]
    pub(crate) shell: clap_complete::Shell,
}

/// Write manual pages
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  payspec man --out /usr/local/share/man/man1")]
pub(crate) struct Man {
    /// Write one page per command into this folder
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
}
