//! Checks that paths reach their servers unchanged.

use payspec_runtime::request::{PathPattern, PathSegment};

/// The reason why a path is not valid in the request line of HTTP.
pub(super) enum NotAPath {
    /// It does not start with a slash.
    Relative,
    /// It is a prefix that ends in a slash, but the path after it starts with one.
    DoubleSlash,
    /// It contains this character, which begins a query or fragment.
    Query(char),
    /// It contains this segment, which clients and servers resolve.
    Segment(&'static str),
    /// It contains braces that are not around the name of a field, as a whole segment.
    Braces,
    /// It contains the same field twice.
    Twice,
    /// It contains this character, which is not allowed in a path.
    Character(char),
}

impl NotAPath {
    pub(super) fn message(&self, path: &str) -> String {
        match self {
            NotAPath::Relative => format!("`{path}` does not start with `/`"),
            NotAPath::DoubleSlash => format!("the prefix `{path}` ends with `/`"),
            NotAPath::Query(mark) => format!("the path contains `{mark}`"),
            NotAPath::Segment("") => "the path contains an empty segment".to_owned(),
            NotAPath::Segment(segment) => format!("the path contains the segment `{segment}`"),
            NotAPath::Braces => "these braces do not name a field".to_owned(),
            NotAPath::Twice => "the path contains a field twice".to_owned(),
            NotAPath::Character(c) => format!("invalid character {c:?} in the path"),
        }
    }

    pub(super) fn help(&self, path: &str) -> String {
        match self {
            NotAPath::Relative => format!("write `/{path}`"),
            NotAPath::DoubleSlash => format!("write `{}`", path.trim_end_matches('/')),
            NotAPath::Query(_) => {
                "remove it and what follows; a field of the request with `in: query` is in the query"
                    .to_owned()
            }
            NotAPath::Segment(_) => {
                "remove it: clients and servers drop such segments, which makes the signature invalid"
                    .to_owned()
            }
            NotAPath::Braces => {
                "a field is a whole segment of the path of an operation that the merchant calls: \
                 `/payments/{paymentId}`; it is the whole path of one that the provider calls: \
                 `\"{notifyUrl}\"`"
                    .to_owned()
            }
            NotAPath::Twice => "give each segment a name of its own".to_owned(),
            NotAPath::Character(_) => {
                "percent-encode it as the provider does, such as `%20` for a space".to_owned()
            }
        }
    }
}

/// Checks that the path of an operation that the merchant calls reaches its server unchanged, once the values of its
/// fields are in it.
pub(super) fn pattern(text: &str) -> Result<(), NotAPath> {
    let mut names = Vec::new();
    let segments = PathPattern::new(text)
        .segments()
        .map(|segment| match segment {
            PathSegment::Literal(text) => Ok(text),
            PathSegment::Field(name) if name.is_empty() || name.contains(['{', '}']) => {
                Err(NotAPath::Braces)
            }
            PathSegment::Field(name) if names.contains(&name) => Err(NotAPath::Twice),
            PathSegment::Field(name) => {
                names.push(name);
                Ok("field")
            }
        });
    let filled: Vec<&str> = segments.collect::<Result<_, _>>()?;
    path(&filled.join("/"))
}

/// Checks that a path reaches its server unchanged (RFC 3986, section 3.3).
pub(super) fn path(text: &str) -> Result<(), NotAPath> {
    if let Some(mark) = text.chars().find(|c| matches!(c, '?' | '#')) {
        return Err(NotAPath::Query(mark));
    }
    if text.contains(['{', '}']) {
        return Err(NotAPath::Braces);
    }
    let Some(rest) = text.strip_prefix('/') else {
        return Err(NotAPath::Relative);
    };
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@/".contains(c);
    for (index, c) in text.char_indices() {
        let hex = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let is_encoded = || text.get(index + 1..index + 3).is_some_and(hex);
        if !(allowed(c) || c == '%' && is_encoded()) {
            return Err(NotAPath::Character(c));
        }
    }
    let mut segments = rest.split('/').peekable();
    while let Some(segment) = segments.next() {
        let is_last = segments.peek().is_none();
        match segment.to_ascii_lowercase().replace("%2e", ".").as_str() {
            "" if !is_last => return Err(NotAPath::Segment("")),
            "." => return Err(NotAPath::Segment(".")),
            ".." => return Err(NotAPath::Segment("..")),
            _ => {}
        }
    }
    Ok(())
}

pub(super) fn prefix(text: &str) -> Result<(), NotAPath> {
    match text {
        "" => Ok(()),
        text if text.ends_with('/') => Err(NotAPath::DoubleSlash),
        text => path(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        for good in [
            "/",
            "/v1/orders",
            "/v1/orders/",
            "/a%20b",
            "/a:b@c",
            "/v1.0/x_y~",
        ] {
            assert!(path(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "v1/orders",
            " /v1",
            "/v1 ",
            "/a b",
            "/a?b=c",
            "/a#b",
            "/a/{id}",
            "/{",
            "/a{b}",
            "//a",
            "/a//b",
            "/a/../b",
            "/a/%2E%2e/b",
            "/./a",
            "/a%2",
            "/a%zz",
            "/支付",
            "/a\\b",
            "/a\n",
            "/a\u{7}",
            "/a|b",
            "/a\"b",
            "https://a.example/b",
        ] {
            assert!(path(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn patterns() {
        for good in ["/", "/v1/orders", "/v1/{id}", "/{a}/b/{c}", "/v1/{pay-id}"] {
            assert!(pattern(good).is_ok(), "{good}");
        }
        for bad in [
            "{id}",
            "/v1/{}",
            "/v1/{id",
            "/v1/x{id}",
            "/v1/{id}:cancel",
            "/v1/{{id}}",
            "/v1/{id}/{id}",
            "/v1/{a}{b}",
            "/v1/{id}?a=b",
            "/v1//{id}",
        ] {
            assert!(pattern(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn prefixes() {
        assert!(prefix("").is_ok() && prefix("/ams/api").is_ok());
        assert!(prefix("/").is_err() && prefix("/ams/").is_err() && prefix("ams").is_err());
    }
}
