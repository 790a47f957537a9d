//! Content codings. A signature covers the plain bytes, so an encoded body cannot be verified.

use core::fmt;
use http::HeaderMap;
use http::header::CONTENT_ENCODING;

/// The encoding of a body that arrived encoded although only `identity` was accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ContentCoding {
    /// `gzip`.
    Gzip,
    /// `deflate`.
    Deflate,
    /// `br`: Brotli.
    Brotli,
    /// `zstd`: Zstandard.
    Zstd,
    /// `compress`.
    Compress,
    /// Another coding, or several.
    Unknown,
}

/// The codings by their HTTP names, and by the first bytes of such bodies if those are fixed.
const CODINGS: &[(ContentCoding, &[&str], &[u8])] = &[
    (ContentCoding::Gzip, &["gzip", "x-gzip"], b"\x1f\x8b"),
    (ContentCoding::Zstd, &["zstd"], b"\x28\xb5\x2f\xfd"),
    (
        ContentCoding::Compress,
        &["compress", "x-compress"],
        b"\x1f\x9d",
    ),
    (ContentCoding::Deflate, &["deflate"], b""),
    (ContentCoding::Brotli, &["br"], b""),
];

impl ContentCoding {
    /// Returns the coding of a message: the one that its header names, or that its bytes show.
    pub(super) fn of(headers: &HeaderMap, body: &[u8]) -> Option<Self> {
        let values = headers.get_all(CONTENT_ENCODING).iter();
        // A value that is not text names no known coding.
        let names = values.flat_map(|value| value.to_str().unwrap_or("?").split(','));
        let mut named = names
            .map(str::trim)
            .filter(|name| !name.is_empty() && !name.eq_ignore_ascii_case("identity"));
        match (named.next(), named.next()) {
            (Some(name), None) => {
                let is_named =
                    |names: &[&str]| names.iter().any(|one| one.eq_ignore_ascii_case(name));
                let known = CODINGS.iter().find(|(_, names, _)| is_named(names));
                Some(known.map_or(Self::Unknown, |(coding, _, _)| *coding))
            }
            (Some(_), Some(_)) => Some(Self::Unknown),
            (None, _) => {
                let begins = |magic: &[u8]| !magic.is_empty() && body.starts_with(magic);
                let seen = CODINGS.iter().find(|(_, _, magic)| begins(magic));
                seen.map(|(coding, _, _)| *coding)
            }
        }
    }
}

impl fmt::Display for ContentCoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Gzip => "gzip",
            Self::Deflate => "deflate",
            Self::Brotli => "br",
            Self::Zstd => "zstd",
            Self::Compress => "compress",
            Self::Unknown => "an unknown coding",
        })
    }
}
