//! The Rust source of a model.
//!
//! One file per construct: each is a small struct that collects its parts, then writes itself with one
//! `quote!`. [`naming`] decides every name, `docs` makes every text of the spec safe for a comment.

mod access;
mod api;
mod arms;
mod attr;
mod cfg;
mod client;
mod constants;
mod context;
mod decision;
mod digest;
mod docs;
mod enum_;
mod example;
mod field;
mod file;
mod fixed;
mod flow;
mod front;
mod lifecycle;
mod operation;
mod outcome;
mod package;
mod request;
mod result_code;
mod status_text;
mod struct_;
mod summary;
#[cfg(test)]
pub(super) mod tests;
mod union;

use std::path::Path;
use std::thread;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use self::api::Types;
pub use self::client::ClientCode;
pub use self::docs::prose;
use self::file::SourceFile;
pub use self::package::{ExampleCrates, Package};
pub use self::request::request_program;
use super::{GeneratedFile, Mark};

use payspec_model::model::Model;
use payspec_model::naming::{self, NameError};

/// The way the source becomes a part of a crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Root {
    /// As a crate: the first file is `lib.rs`.
    Crate,
    /// With `include!` from a build script's folder: the first file is `mod.rs`.
    Include,
}

/// The settings of the generator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Name of the spec folder, for the first line of every file.
    pub spec: String,
    /// The way the source becomes a part of a crate.
    pub root: Root,
    /// The name of the crate in other crates. If present, the documentation of an operation has an
    /// example, which compiles.
    pub crate_name: Option<String>,
    /// The package of the crate. If present, the documentation shows the lines for a manifest.
    pub package: Option<Package>,
    /// True if each operation has a cargo feature of its name, and each shared type exists with the
    /// operations that reach it. The crate's manifest must declare [`super::features::features`].
    pub operation_features: bool,
    /// The choice whether client code is generated.
    pub client: ClientCode,
}

impl Options {
    /// Makes the settings for a spec folder: only the last part of its path appears in the output. If
    /// the path does not end in a name, such as `.`, the real path of the folder is used.
    pub fn new(spec: &Path, root: Root) -> Self {
        let last = |path: &Path| Some(path.file_name()?.to_string_lossy().into_owned());
        let name = last(spec).or_else(|| last(&spec.canonicalize().ok()?));
        Options {
            spec: name.unwrap_or_else(|| "spec".to_owned()),
            root,
            crate_name: None,
            package: None,
            operation_features: false,
            client: ClientCode::Absent,
        }
    }

    /// Returns the mark of every file: the generator and the spec.
    pub(crate) fn mark(&self) -> Mark {
        Mark::new(&docs::collapse(&self.spec))
    }
}

/// The reason why no source can be generated. A model without lint errors never causes it.
#[derive(Debug, thiserror::Error)]
pub enum EmitError {
    /// A name has no Rust spelling.
    #[error("`{name}` cannot become a Rust name: {reason}")]
    Name {
        /// The name in the spec.
        name: String,
        /// The reason.
        reason: NameError,
    },
    /// The generated tokens are not valid Rust.
    #[error("the generator produced invalid Rust; please report this: {0}")]
    Syntax(#[from] syn::Error),
}

/// Generates the source of a model: the root file, then the files of each API.
///
/// The same model gives the same bytes, whatever the order of the spec files.
///
/// ```
/// use payspec_codegen::emit::rust::{Options, Root, emit};
/// use payspec_model::load;
/// use std::path::Path;
///
/// let spec = Path::new("../../spec");
/// let model = load(spec).model.ok_or("the spec has errors")?;
/// let files = emit(&model, &Options::new(spec, Root::Include))?;
/// assert_eq!(files[0].path, "mod.rs");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn emit(model: &Model, options: &Options) -> Result<Vec<GeneratedFile>, EmitError> {
    let types: Vec<Types> = model.apis.iter().map(Types::all).collect();
    emit_types(model, &types, options)
}

/// Generates two models, each without the shared types whose code is the same for both, apart from its
/// comments. Everything else is included, even if it is the same.
pub fn emit_differing(
    old: &Model,
    new: &Model,
    options: &Options,
) -> Result<[Vec<GeneratedFile>; 2], EmitError> {
    let [in_old, in_new] = both([old, new], |model| digest::of_types(model, options));
    let (in_old, in_new) = (in_old?, in_new?);
    let sides = [
        (old, in_old.without(&in_new)),
        (new, in_new.without(&in_old)),
    ];
    let [old, new] = both(sides, |(model, types)| emit_types(model, &types, options));
    Ok([old?, new?])
}

/// Does the same to both sides at the same time.
fn both<S: Send, T: Send>(sides: [S; 2], task: impl Fn(S) -> T + Sync) -> [T; 2] {
    let [one, other] = sides;
    thread::scope(|scope| {
        let one = scope.spawn(|| task(one));
        let other = task(other);
        let one = one.join();
        [
            one.unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            other,
        ]
    })
}

/// Generates a model with these of its shared types, which are listed for each API.
fn emit_types(
    model: &Model,
    types: &[Types],
    options: &Options,
) -> Result<Vec<GeneratedFile>, EmitError> {
    let mut files = vec![root(model, options)?];
    for (api, types) in model.apis.iter().zip(types) {
        files.extend(api::files(api, types, options)?);
    }
    Ok(files)
}

/// Compares the form of the generated code with the one that the runtime supports.
fn runtime_check() -> TokenStream {
    let generated = payspec_runtime::GENERATED_CODE;
    let version = env!("CARGO_PKG_VERSION");
    let message = format!(
        "this code, which payspec {version} generated, does not fit this version of `payspec-runtime`: \
         use payspec-runtime {version}, or generate the code again with the payspec of the runtime's version"
    );
    let literal = Literal::u32_unsuffixed(generated);
    quote!(
        const _: () = ::core::assert!(::payspec_runtime::GENERATED_CODE == #literal, #message);
    )
}

fn root(model: &Model, options: &Options) -> Result<GeneratedFile, EmitError> {
    let mut file = SourceFile::new(options);
    let modules = model
        .apis
        .iter()
        .map(|api| Ok(naming::ident(&api::module(api)?)))
        .collect::<Result<Vec<_>, EmitError>>()?;
    let (path, skip) = match options.root {
        Root::Crate => {
            let labelled = quote!(#![cfg_attr(docsrs, feature(doc_cfg))]);
            file.head(front::page(model, options)?, labelled)?;
            // The printer determines the format of the files: `cargo fmt` must not change them.
            ("lib.rs", Some(quote!(#[rustfmt::skip])))
        }
        Root::Include => ("mod.rs", None),
    };
    file.block(quote!(#(#skip pub mod #modules;)*))?;
    file.block(runtime_check())?;
    Ok(GeneratedFile {
        path: path.to_owned(),
        contents: file.finish(),
    })
}
