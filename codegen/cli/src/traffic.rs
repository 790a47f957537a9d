//! Helpers for `--traffic` in `validate` and `diff`.

use super::Outcome;
use super::output::{plain, tell};

/// Names the files that were not read to their end. The run fails if there are any, or if no message could be
/// judged.
pub(super) fn tell_unread(unread: &[String], judged: u64) -> Outcome {
    for file in unread {
        tell(format_args!("error: {}", plain(file)));
    }
    if judged == 0 {
        tell(
            "error: no message could be validated\n\
             help: each line is an object with `operation`, `side` and `body`, or with `method`, `path`, `body` and, \
             for a response, `status`; HAR files are also accepted",
        );
    }
    match unread.is_empty() && judged > 0 {
        true => Outcome::Fine,
        false => Outcome::Unread,
    }
}
