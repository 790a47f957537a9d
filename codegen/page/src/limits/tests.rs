use super::*;
use crate::field::declared;
use crate::{Base, Profile};

#[test]
fn limits_beside_a_type() {
    let lexicon = Profile::shipped(Base::BuiltIn).lexicon();
    for (text, kind, lengths, range, items) in [
        (
            "string[1,32]",
            TypeKind::String,
            (Some(1), Some(32)),
            None,
            None,
        ),
        (
            "string[1, 32]",
            TypeKind::String,
            (Some(1), Some(32)),
            None,
            None,
        ),
        (
            "string [1..12]",
            TypeKind::String,
            (Some(1), Some(12)),
            None,
            None,
        ),
        (
            "String(1-64)",
            TypeKind::String,
            (Some(1), Some(64)),
            None,
            None,
        ),
        ("string(32)", TypeKind::String, (None, Some(32)), None, None),
        (
            "string（32）",
            TypeKind::String,
            (None, Some(32)),
            None,
            None,
        ),
        (
            "string <= 64",
            TypeKind::String,
            (None, Some(64)),
            None,
            None,
        ),
        (
            "string ≤64 characters",
            TypeKind::String,
            (None, Some(64)),
            None,
            None,
        ),
        (
            "string (max 40 chars)",
            TypeKind::String,
            (None, Some(40)),
            None,
            None,
        ),
        (
            "string(32个字符)",
            TypeKind::String,
            (None, Some(32)),
            None,
            None,
        ),
        (
            "string[0,32]",
            TypeKind::String,
            (None, Some(32)),
            None,
            None,
        ),
        ("int(10)", TypeKind::Integer, (None, Some(10)), None, None),
        (
            "int[1,100]",
            TypeKind::Integer,
            (None, None),
            Some((Some("1"), Some("100"))),
            None,
        ),
        (
            "integer >= 1",
            TypeKind::Integer,
            (None, None),
            Some((Some("1"), None)),
            None,
        ),
        (
            "Integer (1 - unlimited)",
            TypeKind::Integer,
            (None, None),
            Some((Some("1"), None)),
            None,
        ),
        ("array[1,10]", TypeKind::Array, (None, None), None, Some(10)),
        (
            "Array<String> (10)",
            TypeKind::Array,
            (None, None),
            None,
            Some(10),
        ),
    ] {
        let (found, unknown) = declared(lexicon, text);
        assert_eq!(unknown, None, "{text}");
        assert_eq!(found.ty.map(|ty| ty.kind), Some(kind), "{text}");
        assert_eq!((found.min_length, found.max_length), lengths, "{text}");
        let bounds = found.range.map(|range| (range.min, range.max));
        let expected = range.map(|(min, max): (Option<&str>, Option<&str>)| {
            (min.map(str::to_owned), max.map(str::to_owned))
        });
        assert_eq!(bounds, expected, "{text}");
        assert_eq!(found.max_items, items, "{text}");
    }
}

#[test]
fn what_is_no_limit() {
    let lexicon = Profile::shipped(Base::BuiltIn).lexicon();
    for text in [
        "Array<Goods>",
        "(Type, REQUIRED)",
        "[object]",
        "int64",
        "(1.2.3)",
        "[1",
    ] {
        let (rest, found) = split(lexicon, text);
        let is_text = found.is_empty() && rest == text;
        assert!(is_text || text == "(1.2.3)", "{text}: {rest} {found:?}");
    }
}
