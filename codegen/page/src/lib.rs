//! Reads a saved copy of a provider's page, and extracts its facts line by line.
//!
//! [`read`] takes HTML, Markdown or plain text, in English or Chinese, and returns a [`Page`]. The
//! input becomes a list of lines with their roles in the layout; titles split it into sections;
//! each section is read by its own rules. The phrases of a page are looked up in the lexicon of a
//! [`Profile`]: the built-in one reads the pages of Alipay's in-store family, others those of other
//! providers.
//!
//! A line that no rule understands is listed, not dropped.
//!
//! Start at [`read`], and in `drift` for the comparison with a spec. A page is read without looking at a spec, so that the
//! comparison has two independent sides.

mod advice;
mod annotations;
mod clause;
mod codes;
mod condition;
mod declared;
pub mod drift;
mod error;
mod examples;
mod facts;
mod field;
mod glued;
mod head;
mod input;
mod item;
mod lexicon;
mod limits;
mod line_report;
mod lines;
mod logic;
mod open_parts;
mod parameters;
mod profile;
mod read_page;
mod rendering;
mod sections;
mod spaced;
mod tables;
mod template;
#[cfg(test)]
mod tests;
mod text;
mod word_search;

pub use error::ReadError;
pub use facts::*;
pub use lexicon::Base;
pub use line_report::*;
pub use profile::{Profile, ProfileError, profile_schema};

/// Returns the JSON Schema (draft-07) of a [`Page`].
pub fn schema() -> serde_json::Value {
    payspec_model::format::printed::<Page>()
}

/// Reads a page as it was saved: UTF-8 with or without a byte order mark, or UTF-16 with one.
///
/// # Errors
///
/// Returns an error if the bytes are not text, or the text has no content.
pub fn read_bytes(bytes: &[u8]) -> Result<Page, ReadError> {
    read_bytes_with(bytes, Profile::shipped(Base::BuiltIn))
}

/// Reads a page as it was saved, by the phrases of a profile.
///
/// # Errors
///
/// Like [`read_bytes`].
pub fn read_bytes_with(bytes: &[u8], profile: &Profile) -> Result<Page, ReadError> {
    read_with(&error::text(bytes)?, profile)
}

/// Reads a page by the built-in profile.
///
/// # Errors
///
/// Returns an error if the text has no content, or is HTML that is nested too deeply.
///
/// ```
/// let page = payspec_page::read("### Request parameters\n\n#### note String REQUIRED\n\n- Maximum length: 64\n")?;
/// let note = &page.operations[0].request[0];
/// assert_eq!((note.path.as_str(), note.max_length.as_ref().map(|length| length.value)), ("/note", Some(64)));
/// # Ok::<(), payspec_page::ReadError>(())
/// ```
pub fn read(text: &str) -> Result<Page, ReadError> {
    read_with(text, Profile::shipped(Base::BuiltIn))
}

/// Reads a page by the phrases of a profile.
///
/// # Errors
///
/// Like [`read`].
pub fn read_with(text: &str, profile: &Profile) -> Result<Page, ReadError> {
    read_page::read(text, profile.lexicon())
}
