use super::encoding;
use core::cmp::Ordering;

/// A path with the names of fields in braces: `/payments/{paymentId}/captures`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PathPattern<'a>(&'a str);

/// A part of a [`PathPattern`], between two slashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathSegment<'a> {
    /// This text, as it is sent.
    Literal(&'a str),
    /// The value of the field with this name.
    Field(&'a str),
}

impl<'a> PathPattern<'a> {
    /// Makes a pattern. A segment that is a name in braces is a field, every other one a literal.
    pub const fn new(path: &'a str) -> Self {
        Self(path)
    }

    /// Returns its text.
    pub const fn as_str(self) -> &'a str {
        self.0
    }

    /// Iterates over its segments. The first one, before the leading slash, is empty.
    pub fn segments(self) -> impl Iterator<Item = PathSegment<'a>> {
        self.0.split('/').map(|segment| {
            let name = segment
                .strip_prefix('{')
                .and_then(|rest| rest.strip_suffix('}'));
            name.map_or(PathSegment::Literal(segment), PathSegment::Field)
        })
    }

    /// Iterates over the names of its fields.
    pub fn fields(self) -> impl Iterator<Item = &'a str> {
        self.segments().filter_map(|segment| match segment {
            PathSegment::Field(name) => Some(name),
            PathSegment::Literal(_) => None,
        })
    }

    /// Returns the names and the encoded values of the fields in a path; [`None`] if the path does not have this pattern.
    ///
    /// ```
    /// use payspec_runtime::request::PathPattern;
    ///
    /// let pattern = PathPattern::new("/payments/{id}");
    /// assert_eq!(pattern.values("/payments/a%2Fb"), Some(vec![("id", "a%2Fb")]));
    /// assert_eq!(pattern.values("/payments/a/b"), None);
    /// assert_eq!(pattern.values("/payments/"), None);
    /// ```
    pub fn values<'p>(self, path: &'p str) -> Option<Vec<(&'a str, &'p str)>> {
        let mut values = Vec::new();
        let mut actual = path.split('/');
        for segment in self.segments() {
            let actual = actual.next()?;
            match segment {
                PathSegment::Literal(text) if text == actual => {}
                PathSegment::Literal(_) => return None,
                PathSegment::Field(_) if is_dropped(actual) => return None,
                PathSegment::Field(name) => values.push((name, actual)),
            }
        }
        actual.next().is_none().then_some(values)
    }

    /// Returns whether a path has this pattern.
    pub fn matches(self, path: &str) -> bool {
        self.values(path).is_some()
    }

    /// Returns whether some path has both patterns.
    pub fn overlaps(self, other: PathPattern<'_>) -> bool {
        let (mut one, mut two) = (self.segments(), other.segments());
        loop {
            match (one.next(), two.next()) {
                (None, None) => return true,
                (None, Some(_)) | (Some(_), None) => return false,
                (Some(PathSegment::Literal(one)), Some(PathSegment::Literal(two))) => {
                    if one != two {
                        return false;
                    }
                }
                // An empty segment is not a value.
                (Some(PathSegment::Literal(text)), Some(PathSegment::Field(_)))
                | (Some(PathSegment::Field(_)), Some(PathSegment::Literal(text))) => {
                    if is_dropped(text) {
                        return false;
                    }
                }
                (Some(PathSegment::Field(_)), Some(PathSegment::Field(_))) => {}
            }
        }
    }

    /// Returns whether every path with this pattern has the other one, but not the other way round: it has a literal
    /// where the other one has a field, and no field where the other one has a literal.
    pub fn is_within(self, other: PathPattern<'_>) -> bool {
        let is_field = |segment| matches!(segment, PathSegment::Field(_));
        let mut pairs = self.segments().zip(other.segments());
        let is_narrower = |(own, other)| is_field(other) || !is_field(own);
        let is_same_shape = self
            .segments()
            .map(is_field)
            .eq(other.segments().map(is_field));
        !is_same_shape && self.overlaps(other) && pairs.all(is_narrower)
    }

    /// Compares two patterns that a path has: the one with a literal where the other one first has a field is less, and
    /// takes precedence.
    pub fn precedence(self, other: PathPattern<'_>) -> Ordering {
        let is_field = |segment| matches!(segment, PathSegment::Field(_));
        self.segments()
            .map(is_field)
            .cmp(other.segments().map(is_field))
    }
}

/// Returns whether clients and servers drop a segment of a path: it is empty, or consists of dots.
fn is_dropped(segment: &str) -> bool {
    encoding::decode_segment(segment).is_some_and(|text| !is_value(&text))
}

/// Returns whether a text can be the value of a segment.
pub(super) fn is_value(text: &str) -> bool {
    !matches!(text, "" | "." | "..")
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn pattern(path: &str) -> PathPattern<'_> {
        PathPattern::new(path)
    }

    #[test]
    fn values_of_a_path() {
        let one = pattern("/v1/{a}/b/{c}");
        assert_eq!(
            one.values("/v1/x%20y/b/."),
            None,
            "clients and servers drop the last segment"
        );
        assert_eq!(
            one.values("/v1/x%20y/b/z"),
            Some(vec![("a", "x%20y"), ("c", "z")])
        );
        for other in [
            "/v1/x/b",
            "/v1/x/b/z/",
            "/v1//b/z",
            "/v1/x/c/z",
            "v1/x/b/z",
            "/v1/%2e%2E/b/z",
        ] {
            assert!(!one.matches(other), "{other}");
        }
        assert!(pattern("/v1/pay").matches("/v1/pay") && !pattern("/v1/pay").matches("/v1/pay/"));
    }

    #[test]
    fn paths_of_two_patterns() {
        // The first is within the second; they overlap.
        for (one, two) in [
            ("/a/search", "/a/{id}"),
            ("/a/b/{c}", "/a/{b}/{c}"),
            ("/a/b", "/{a}/{b}"),
        ] {
            let (one, two) = (pattern(one), pattern(two));
            assert!(one.overlaps(two) && two.overlaps(one));
            assert!(one.is_within(two) && !two.is_within(one));
            assert_eq!(one.precedence(two), Ordering::Less);
        }
        // They overlap, and neither is within the other.
        for (one, two) in [("/a/{x}", "/a/{y}"), ("/a/{x}/c", "/a/b/{y}")] {
            let (one, two) = (pattern(one), pattern(two));
            assert!(one.overlaps(two) && !one.is_within(two) && !two.is_within(one));
        }
        for (one, two) in [
            ("/a/{x}", "/b/{x}"),
            ("/a/{x}", "/a"),
            ("/a/{x}", "/a/"),
            ("/a/{x}/c", "/a/{x}/d"),
        ] {
            assert!(!pattern(one).overlaps(pattern(two)), "{one} {two}");
        }
    }
}
