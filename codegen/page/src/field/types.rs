//! Reads the words for a type: `Array<Goods>`, `订单对象`, `Map<String, String>`.

use crate::facts::{Aspect, Confidence, Guess, TypeFact, TypeKind};
use crate::lexicon::{Lexicon, type_norm};
use crate::text::{between, is_chinese, is_wire_name};

/// The greatest depth of nested lists that is read.
const DEEPEST: u32 = 4;

/// Returns the type that some words mean.
pub(super) fn type_of(
    lexicon: &Lexicon,
    printed: &str,
    depth: u32,
) -> Option<(TypeFact, Option<Guess>)> {
    let fact = |kind, name: Option<String>, of| TypeFact {
        kind,
        name,
        of,
        printed: printed.to_owned(),
    };
    let word = type_norm(printed);
    if let Some(kind) = lexicon.types.get(&word) {
        return Some((fact(*kind, None, None), None));
    }
    if lexicon.bare_array.contains(&word) {
        return Some((fact(TypeKind::Array, None, None), None));
    }
    let is_map = |(before, after): &(String, String)| {
        word.starts_with(before.as_str()) && word.ends_with(after.as_str())
    };
    if lexicon.object.contains(&word) || lexicon.maps.iter().any(is_map) {
        return Some((fact(TypeKind::Object, None, None), None));
    }
    if let Some((ty, guess)) = array(lexicon, printed, &word, depth) {
        return Some((fact(TypeKind::Array, None, ty.of), guess));
    }
    if let Some(bare) = without_object(lexicon, printed) {
        if let Some((ty, guess)) = array(lexicon, bare, &type_norm(bare), depth) {
            return Some((fact(TypeKind::Array, None, ty.of), guess));
        }
        if lists(lexicon, &type_norm(bare)) {
            // The words before it are a title: `申报记录数组 对象`.
            let of = fact(TypeKind::Object, None, None);
            return Some((fact(TypeKind::Array, None, Some(Box::new(of))), None));
        }
        let name = bare.trim();
        if is_wire_name(name) {
            return Some((fact(TypeKind::Object, Some(name.to_owned()), None), None));
        }
        let known = lexicon.objects.get(&type_norm(name));
        let guess = Guess {
            aspect: Aspect::Type,
            confidence: known.map_or(Confidence::Low, |_| Confidence::High),
            why: match known {
                Some(known) => format!("`{name}` is a translation of `{known}`"),
                None => format!("`{name}` is a translation of an unknown name"),
            },
        };
        return Some((fact(TypeKind::Object, known.cloned(), None), Some(guess)));
    }
    let capital = printed.starts_with(|c: char| c.is_ascii_uppercase());
    (capital && is_wire_name(printed) && !printed.bytes().all(|b| b.is_ascii_uppercase()))
        .then(|| (fact(TypeKind::Object, Some(printed.to_owned()), None), None))
}

/// Returns the name of an object before the word for an object.
fn without_object<'t>(lexicon: &Lexicon, printed: &'t str) -> Option<&'t str> {
    let lower = printed.to_ascii_lowercase();
    lexicon.object.iter().find_map(|word| {
        let before = lower.strip_suffix(word.as_str())?;
        let name = printed.get(..before.len())?;
        // `Order object` and `订单对象`, not `Subobject`.
        let apart = word.chars().all(is_chinese) || name.ends_with(char::is_whitespace);
        (apart && !name.trim().is_empty()).then_some(name)
    })
}

/// Returns whether a word ends like the type of a list.
fn lists(lexicon: &Lexicon, word: &str) -> bool {
    let mut ends = lexicon.array.iter();
    ends.any(|(before, after)| before.is_empty() && word.ends_with(after.as_str()))
}

/// Reads the type of a list; `word` is the printed text in its normal form.
fn array(
    lexicon: &Lexicon,
    printed: &str,
    word: &str,
    depth: u32,
) -> Option<(TypeFact, Option<Guess>)> {
    if depth >= DEEPEST {
        return None;
    }
    // The case of an element's name is kept: the printed text without spaces has the same length.
    let spaceless = || -> String {
        let is_kept = |c: &char| !c.is_whitespace() && !matches!(c, '.' | '`' | '*' | '\\');
        printed.chars().filter(is_kept).collect()
    };
    lexicon.array.iter().find_map(|(before, after)| {
        let inner = between(word, before, after)?;
        let spaceless = spaceless();
        let inner = spaceless.get(before.len()..before.len() + inner.len())?;
        let (of, guess) = type_of(lexicon, inner, depth + 1)?;
        let ty = TypeFact {
            kind: TypeKind::Array,
            name: None,
            of: Some(Box::new(of)),
            printed: printed.to_owned(),
        };
        Some((ty, guess))
    })
}
