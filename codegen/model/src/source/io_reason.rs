//! The words for a failure of the file system.

use std::io::{self, ErrorKind};

/// Returns the reason why a file or folder could not be read or written, in words of our own where those of the
/// system do not say what was expected.
pub fn io_reason(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::InvalidData => "the file is not text in UTF-8".to_owned(),
        ErrorKind::IsADirectory => "expected a file, found a folder".to_owned(),
        ErrorKind::AlreadyExists | ErrorKind::NotADirectory => {
            "expected a folder, found a file".to_owned()
        }
        _ => error.to_string(),
    }
}
