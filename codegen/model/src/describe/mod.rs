//! The model in words, for explanations and reference pages.
//!
//! The words of a rule are those of a violation (`payspec_runtime::violation_text`). Here they get their strength, and
//! the fixed words of the format get their meaning.

mod amount;
mod answers;
mod statement;
mod words;

pub use amount::{amount, decimals};
pub use answers::{statuses_with_field, with_field};
pub use statement::{Statement, of_body, of_field, of_object, of_refinement};
pub use words::{
    discriminator, empty_text, encoding, header_format, host_role, lengths, next_step, open_enum,
    open_union, resend, scalars, signature_algorithm, style, type_name,
};
