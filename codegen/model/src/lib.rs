//! The description of a payment API, from YAML to a resolved model, and the check of messages against it.
//!
//! [`load()`] reads a spec folder into a [`model::Model`], or reports in [`diagnostic`]s why it cannot:
//! [`source`] reads the files into a tree with positions, `resolve` turns the declarations of
//! [`mod@format`] into the model, [`lint`] searches for contradictions. [`check`] validates a JSON
//! message, [`sample`] generates one. [`describe`] puts the model into words.
//!
//! The model does not depend on its readers: generator, review, mock gateway and reports are crates of
//! their own.
//!
//! ```
//! use payspec_model::{diagnostic, load};
//! use std::path::Path;
//!
//! let loaded = load(Path::new("../../spec"));
//! print!("{}", diagnostic::human(&loaded.diagnostics, &loaded.sources, false));
//! let model = loaded.model.ok_or("the spec has errors")?;
//! let (api, operation) = model.operation("pay_entry_code").ok_or("no such operation")?;
//! assert_eq!((api.id.as_str(), operation.path.as_str()), ("ams_instore", "/v1/payments/pay"));
//! # Ok::<(), &str>(())
//! ```

#[cfg(feature = "signing")]
pub mod body_recipe;
pub mod check;
pub mod describe;
pub mod diagnostic;
#[cfg(feature = "signing")]
pub mod encryption_recipe;
pub mod format;
pub mod hash;
pub mod lint;
mod load;
pub mod model;
pub mod naming;
pub mod pointer;
#[cfg(feature = "signing")]
pub mod proof_recipe;
mod resolve;
pub mod sample;
pub mod signing;
pub mod source;
mod source_map;
mod summary;
pub mod value;

pub use load::{Loaded, load, load_from};
pub use summary::{Summary, counted};
