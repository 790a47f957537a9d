//! One YAML description of a payment API in; Rust types, validators and reports out.
//!
//! [`load`] reads a spec folder into a [`model::Model`], or says with [`diagnostic`]s why it cannot.
//! All else reads the model: [`emit`] writes Rust, [`generate`] keeps a folder up to date with it,
//! [`check`] holds a JSON message against it, [`coverage`] counts. [`build`] does all of it in a build script.
//!
//! ```
//! use payspec_codegen::{diagnostic, load};
//! use std::path::Path;
//!
//! let loaded = load(Path::new("../spec"));
//! print!("{}", diagnostic::human(&loaded.diagnostics, &loaded.sources, false));
//! let model = loaded.model.ok_or("the spec has errors")?;
//! let (api, operation) = model.operation("pay_entry_code").ok_or("no such operation")?;
//! assert_eq!((api.id.as_str(), operation.path.as_str()), ("ams_instore", "/v1/payments/pay"));
//! # Ok::<(), &str>(())
//! ```

pub mod build;
pub mod check;
#[cfg(feature = "cli")]
pub mod cli;
pub mod coverage;
pub mod diagnostic;
pub mod diff;
#[cfg(feature = "doctor")]
pub mod doctor;
#[cfg(all(feature = "page", feature = "report"))]
pub mod drift;
pub mod emit;
pub mod format;
pub mod generate;
mod hash;
mod lint;
mod load;
#[cfg(feature = "mock")]
pub mod mock;
pub mod model;
#[cfg(feature = "page")]
pub mod page;
#[cfg(feature = "report")]
pub mod report;
mod resolve;
pub mod sample;
pub mod signing;
pub mod source;
mod summary;
#[cfg(feature = "traffic")]
pub mod traffic;
pub mod value;

pub use load::{Loaded, load, load_from};
pub use summary::Summary;
