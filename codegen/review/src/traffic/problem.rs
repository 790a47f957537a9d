//! Reasons why a record cannot be judged.

use std::fmt;

use payspec_runtime::NotJson;

/// The reason why a message, a line or a file cannot be judged. Holds no value of a message.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Problem {
    /// The file cannot be opened or read. Holds the system's message.
    Io(String),
    /// The path names a directory.
    Directory,
    /// The file is not text.
    Binary(Binary),
    /// The file is empty.
    Empty,
    /// A HAR file has no `log.entries`.
    NoEntries,
    /// A HAR file ends inside its entries.
    Truncated,
    /// A line or an entry is longer than the limit.
    TooLong,
    /// A line is not valid JSON. Holds a reason without values.
    NotJson(String),
    /// A line holds JSON that is not a record.
    NotRecord,
    /// A member of a record has the wrong type.
    Member(&'static str),
    /// `side` is neither `request` nor `response`.
    Side,
    /// A record names neither an operation nor a method and a path.
    Unnamed,
    /// The spec has no operation of this id. Holds the id if it may be shown.
    Operation(String),
    /// The spec has no operation at this method and path, which are masked.
    Path(String),
    /// The operation has no body on this side.
    NoSuchBody,
    /// The request is a form, or has fields in its path, its query or its headers, and the record names it by its address.
    Parts,
    /// The record holds no body.
    NoBody,
    /// The body is not JSON.
    BodyNotJson,
    /// An element of a batch has no notification, or the batch has no element.
    NoNotification,
    /// An object of the notification is encrypted.
    Encrypted,
}

/// The form of a file that is not text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Binary {
    /// It begins as gzip does.
    Gzip,
    /// It is UTF-16 or UTF-32.
    Utf16,
    /// Something else: it has a zero byte.
    Other,
}

impl Problem {
    /// Makes the problem of a line that is not JSON, with the column of the error.
    pub(super) fn not_json(error: &NotJson) -> (Self, Option<usize>) {
        (
            Problem::NotJson(error.reason().to_owned()),
            Some(error.column()),
        )
    }

    /// Returns the operation that the spec does not have: its id, or its method and path.
    pub(super) fn unknown_operation(&self) -> Option<&str> {
        match self {
            Problem::Operation(name) | Problem::Path(name) => Some(name),
            Problem::Io(_)
            | Problem::Directory
            | Problem::Binary(_)
            | Problem::Empty
            | Problem::NoEntries
            | Problem::Truncated
            | Problem::TooLong
            | Problem::NotJson(_)
            | Problem::NotRecord
            | Problem::Member(_)
            | Problem::Side
            | Problem::Unnamed
            | Problem::NoSuchBody
            | Problem::Parts
            | Problem::NoBody
            | Problem::BodyNotJson
            | Problem::NoNotification
            | Problem::Encrypted => None,
        }
    }

    /// Returns whether the problem concerns the whole file, so that the run did not read all of its input.
    pub(super) fn is_of_file(&self) -> bool {
        match self {
            Problem::Io(_)
            | Problem::Directory
            | Problem::Binary(_)
            | Problem::NoEntries
            | Problem::Truncated => true,
            Problem::Empty
            | Problem::TooLong
            | Problem::NotJson(_)
            | Problem::NotRecord
            | Problem::Member(_)
            | Problem::Side
            | Problem::Unnamed
            | Problem::Operation(_)
            | Problem::Path(_)
            | Problem::NoSuchBody
            | Problem::Parts
            | Problem::NoBody
            | Problem::BodyNotJson
            | Problem::NoNotification
            | Problem::Encrypted => false,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            Problem::Io(error) => return write!(f, "cannot read the file: {error}"),
            Problem::Directory => {
                "the path is a directory; name the files in it, and the spec with `--spec`"
            }
            Problem::Binary(Binary::Gzip) => "the file is compressed; decompress it first",
            Problem::Binary(Binary::Utf16) => "the file is UTF-16 or UTF-32; expected UTF-8",
            Problem::Binary(Binary::Other) => "the file is binary; expected JSON lines or HAR",
            Problem::Empty => "the file contains no message",
            Problem::NoEntries => "the file is not HAR: `log.entries` is missing",
            Problem::Truncated => "the file ends within an entry",
            Problem::TooLong => "the line or entry is longer than 8 MiB",
            Problem::NotJson(reason) => return write!(f, "invalid JSON: {reason}"),
            Problem::NotRecord => "expected an object with `operation`, `side` and `body`",
            Problem::Member(name) => return write!(f, "`{name}` has the wrong type"),
            Problem::Side => "`side` must be `request` or `response`",
            Problem::Unnamed => "expected `operation`, or `method` and `path`",
            Problem::Operation(id) => return write!(f, "unknown operation `{id}`"),
            Problem::Path(path) => return write!(f, "no operation at `{path}`"),
            Problem::NoSuchBody => "the operation describes no such body",
            Problem::Parts => {
                "this request has fields outside of a JSON body; record it as `operation` with all its fields in `body`"
            }
            Problem::NoBody => "the record has no body",
            Problem::BodyNotJson => "the body is not JSON",
            Problem::NoNotification => "the batch has no notification here",
            Problem::Encrypted => {
                "an object is encrypted, and nothing of the message was judged; record the plaintext in its place"
            }
        };
        f.write_str(text)
    }
}
