//! Variations of a message that may have been signed instead, one deviation at a time.

pub(super) mod address;
pub(super) mod body;
pub(super) mod charset;
pub(super) mod escape;
pub(super) mod frame;
pub(super) mod number;
pub(super) mod spelling;
pub(super) mod time;
