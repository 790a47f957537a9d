//! The address that requests are sent to.

use core::fmt;
use core::str::FromStr;
use http::Uri;
use http::uri::{Authority, PathAndQuery, Scheme};

/// Scheme, host and port of the provider: `https://open.example`.
///
/// ```
/// use payspec_runtime::client::{Base, BadBase};
///
/// let base: Base = "https://open.example".parse()?;
/// assert_eq!(base.to_string(), "https://open.example");
/// // What is not encrypted goes no further than this machine.
/// assert!("http://127.0.0.1:8080".parse::<Base>().is_ok());
/// assert_eq!("http://open.example".parse::<Base>(), Err(BadBase::NotEncrypted));
/// # Ok::<(), BadBase>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base {
    scheme: Scheme,
    authority: Authority,
}

impl Base {
    /// Makes the base `https://` plus this host.
    ///
    /// # Errors
    ///
    /// When the text is not a host name, optionally with a port.
    pub fn https(host: &str) -> Result<Self, BadBase> {
        format!("https://{host}").parse()
    }

    /// Appends a path and query.
    pub(super) fn with(&self, uri: &str) -> Option<Uri> {
        let path: PathAndQuery = uri.parse().ok()?;
        Uri::builder()
            .scheme(self.scheme.clone())
            .authority(self.authority.clone())
            .path_and_query(path)
            .build()
            .ok()
    }
}

impl FromStr for Base {
    type Err = BadBase;

    fn from_str(text: &str) -> Result<Self, BadBase> {
        let parts = text
            .parse::<Uri>()
            .map_err(|_| BadBase::NotAnAddress)?
            .into_parts();
        let (Some(scheme), Some(authority)) = (parts.scheme, parts.authority) else {
            return Err(BadBase::NotAnAddress);
        };
        if parts.path_and_query.is_some_and(|path| path != "/") {
            return Err(BadBase::Path);
        }
        if authority.as_str().contains('@') {
            return Err(BadBase::NotAnAddress);
        }
        let host = authority.host();
        let is_here = host == "localhost"
            || host
                .trim_matches(['[', ']'])
                .parse::<std::net::IpAddr>()
                .is_ok_and(|address| address.is_loopback());
        match scheme.as_str() {
            "https" => Ok(Self { scheme, authority }),
            "http" if is_here => Ok(Self { scheme, authority }),
            "http" => Err(BadBase::NotEncrypted),
            _ => Err(BadBase::NotAnAddress),
        }
    }
}

impl fmt::Display for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme, self.authority)
    }
}

/// A text is not a valid [`Base`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum BadBase {
    /// It is not `https://` and a host, optionally with a port.
    NotAnAddress,
    /// It has a path. The path of an operation is appended, so the base must not have one.
    Path,
    /// It is `http://` and another machine than this one. Only loopback addresses may be unencrypted.
    NotEncrypted,
}

impl fmt::Display for BadBase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotAnAddress => "expected `https://` and a host, perhaps with a port",
            Self::Path => "expected no path: those of the operations are appended",
            Self::NotEncrypted => {
                "expected `https://`: plain http goes no further than this machine"
            }
        })
    }
}

impl core::error::Error for BadBase {}
