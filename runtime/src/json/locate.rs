//! Values of a message by the names on the way to them, without a tree.

use super::Reader;
use core::ops::Range;
use std::borrow::Cow;

/// A value occurs twice, or a value on the way to it is of another kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotOne;

/// Returns the text of the value at a path of names; [`None`] if it is absent or null, or a value on the way is.
pub(crate) fn value<'t>(object: &'t str, path: &[&str]) -> Result<Option<&'t str>, NotOne> {
    let mut value = object;
    for name in path {
        let mut found: Vec<Range<usize>> = Vec::new();
        let skipped = Reader::lenient(value).skip_fields(|one, range| {
            if one == *name {
                found.push(range);
            }
        });
        skipped.map_err(|_| NotOne)?;
        let member = match found.as_slice() {
            [] => return Ok(None),
            [range] => value.get(range.clone()).ok_or(NotOne)?,
            _ => return Err(NotOne),
        };
        if member == "null" {
            return Ok(None);
        }
        value = member;
    }
    Ok(Some(value))
}

/// Returns the text of the single value at a path of names, with the escapes of a string resolved; [`None`] if it is absent or
/// null, or a value on the way is.
pub(crate) fn scalar<'t>(object: &'t str, path: &[&str]) -> Result<Option<Cow<'t, str>>, NotOne> {
    let Some(text) = value(object, path)? else {
        return Ok(None);
    };
    let mut reader = Reader::new(text);
    let read = match reader.peek() {
        Some(b'"') => reader.string(),
        Some(b't') => reader.word("true").map(|()| Cow::Borrowed(text)),
        Some(b'f') => reader.word("false").map(|()| Cow::Borrowed(text)),
        Some(_) | None => reader.number().map(Cow::Borrowed),
    };
    reader.finish().map_err(|_| NotOne)?;
    read.map(Some).map_err(|_| NotOne)
}

/// Returns the texts of the elements of an array that is the whole text.
pub(crate) fn elements(array: &str) -> Result<Vec<&str>, NotOne> {
    let mut reader = Reader::lenient(array);
    if reader.peek() != Some(b'[') {
        return Err(NotOne);
    }
    let mut elements = Vec::new();
    reader.open().map_err(|_| NotOne)?;
    while reader
        .next_element(elements.is_empty())
        .map_err(|_| NotOne)?
    {
        elements.push(reader.skip().map_err(|_| NotOne)?);
    }
    reader.finish().map_err(|_| NotOne)?;
    Ok(elements)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_there_once() {
        let json = r#"{ "a": { "b": "x\u003ay", "n": 1.10, "t": true, "o": {} }, "z": null, "\u0063": "c", "d": 1, "d": 1 }"#;
        let found = |path: &[&str]| scalar(json, path).map(|text| text.map(Cow::into_owned));
        assert_eq!(found(&["a", "b"]), Ok(Some("x:y".to_owned())));
        assert_eq!(found(&["a", "n"]), Ok(Some("1.10".to_owned())));
        assert_eq!(found(&["a", "t"]), Ok(Some("true".to_owned())));
        assert_eq!(found(&["c"]), Ok(Some("c".to_owned())));
        for absent in [["a", "x"], ["z", "b"], ["y", "b"]] {
            assert_eq!(found(&absent), Ok(None), "{absent:?}");
        }
        for wrong in [&["d"][..], &["a"], &["a", "o"], &["a", "b", "c"]] {
            assert_eq!(found(wrong), Err(NotOne), "{wrong:?}");
        }
        for damaged in [
            r#"{"d": NaN}"#,
            r#"{"d": 01}"#,
            r#"{"d": "\ud83d"}"#,
            r#"{"d": tru}"#,
            "[]",
        ] {
            assert_eq!(scalar(damaged, &["d"]), Err(NotOne), "{damaged}");
        }
    }

    #[test]
    fn elements_are_texts() {
        assert_eq!(
            elements(r#" [ {"a": [1]}, 2 ] "#),
            Ok(vec![r#"{"a": [1]}"#, "2"])
        );
        assert_eq!(elements("[]"), Ok(vec![]));
        for wrong in ["{}", "[1", "[1] 2", "1"] {
            assert_eq!(elements(wrong), Err(NotOne), "{wrong}");
        }
    }
}
