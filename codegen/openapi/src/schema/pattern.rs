//! Patterns of the spec as regular expressions of ECMA-262, which JSON Schema uses.
//!
//! A pattern of the spec has the syntax of `regex-lite`. The two languages read the same text differently: `.`,
//! `\s`, and a `]` at the beginning of a class. So a pattern is parsed and written again.

use std::fmt::Write;

use regex_syntax::ast::parse::Parser;
use regex_syntax::ast::{
    AssertionKind, Ast, ClassPerl, ClassPerlKind, ClassSet, ClassSetItem, GroupKind, Repetition,
    RepetitionKind, RepetitionRange,
};

/// Returns the expression that matches a text where the pattern matches the whole text; [`None`] if ECMA-262 cannot
/// say it.
pub(crate) fn ecma(pattern: &str) -> Option<String> {
    let ast = Parser::new().parse(pattern).ok()?;
    let mut written = String::new();
    write(&ast, &mut written)?;
    Some(format!("^(?:{written})$"))
}

fn write(ast: &Ast, to: &mut String) -> Option<()> {
    match ast {
        Ast::Empty(_) => {}
        // Flags change what the rest means.
        Ast::Flags(_) | Ast::ClassUnicode(_) => return None,
        Ast::Literal(literal) => push_literal(to, literal.c, r"^$\.*+?()[]{}|"),
        // Only a line feed is excluded.
        Ast::Dot(_) => to.push_str(r"[^\n]"),
        Ast::Assertion(assertion) => to.push_str(assertion_text(&assertion.kind)?),
        Ast::ClassPerl(class) => {
            let negation = if class.negated { "^" } else { "" };
            let _ = write!(to, "[{negation}{}]", members(&class.kind));
        }
        Ast::ClassBracketed(class) => {
            to.push_str(if class.negated { "[^" } else { "[" });
            match &class.kind {
                ClassSet::Item(item) => push_item(item, to)?,
                ClassSet::BinaryOp(_) => return None,
            }
            to.push(']');
        }
        Ast::Repetition(repetition) => push_repetition(repetition, to)?,
        Ast::Group(group) => {
            match &group.kind {
                GroupKind::NonCapturing(flags) if !flags.items.is_empty() => return None,
                GroupKind::CaptureIndex(_)
                | GroupKind::CaptureName { .. }
                | GroupKind::NonCapturing(_) => {}
            }
            to.push_str("(?:");
            write(&group.ast, to)?;
            to.push(')');
        }
        Ast::Alternation(ways) => {
            for (index, way) in ways.asts.iter().enumerate() {
                if index > 0 {
                    to.push('|');
                }
                write(way, to)?;
            }
        }
        Ast::Concat(parts) => {
            for part in &parts.asts {
                write(part, to)?;
            }
        }
    }
    Some(())
}

/// Returns how ECMA-262 writes an assertion.
fn assertion_text(kind: &AssertionKind) -> Option<&'static str> {
    match kind {
        AssertionKind::StartLine | AssertionKind::StartText => Some("^"),
        AssertionKind::EndLine | AssertionKind::EndText => Some("$"),
        AssertionKind::WordBoundary => Some(r"\b"),
        AssertionKind::NotWordBoundary => Some(r"\B"),
        AssertionKind::WordBoundaryStart
        | AssertionKind::WordBoundaryEnd
        | AssertionKind::WordBoundaryStartAngle
        | AssertionKind::WordBoundaryEndAngle
        | AssertionKind::WordBoundaryStartHalf
        | AssertionKind::WordBoundaryEndHalf => None,
    }
}

fn push_repetition(repetition: &Repetition, to: &mut String) -> Option<()> {
    if is_atom(&repetition.ast) {
        write(&repetition.ast, to)?;
    } else {
        to.push_str("(?:");
        write(&repetition.ast, to)?;
        to.push(')');
    }
    match &repetition.op.kind {
        RepetitionKind::ZeroOrOne => to.push('?'),
        RepetitionKind::ZeroOrMore => to.push('*'),
        RepetitionKind::OneOrMore => to.push('+'),
        RepetitionKind::Range(RepetitionRange::Exactly(count)) => {
            let _ = write!(to, "{{{count}}}");
        }
        RepetitionKind::Range(RepetitionRange::AtLeast(least)) => {
            let _ = write!(to, "{{{least},}}");
        }
        RepetitionKind::Range(RepetitionRange::Bounded(least, most)) => {
            let _ = write!(to, "{{{least},{most}}}");
        }
    }
    if !repetition.greedy {
        to.push('?');
    }
    Some(())
}

/// Returns whether ECMA-262 repeats an expression without a group: it repeats neither an assertion nor a repetition.
fn is_atom(ast: &Ast) -> bool {
    match ast {
        Ast::Literal(_)
        | Ast::Dot(_)
        | Ast::ClassPerl(_)
        | Ast::ClassBracketed(_)
        | Ast::Group(_) => true,
        Ast::Empty(_)
        | Ast::Flags(_)
        | Ast::ClassUnicode(_)
        | Ast::Assertion(_)
        | Ast::Repetition(_)
        | Ast::Alternation(_)
        | Ast::Concat(_) => false,
    }
}

/// The characters with a meaning in a class.
const IN_CLASS: &str = r"^\[]-";

fn push_item(item: &ClassSetItem, to: &mut String) -> Option<()> {
    match item {
        ClassSetItem::Empty(_) => {}
        ClassSetItem::Literal(literal) => push_literal(to, literal.c, IN_CLASS),
        ClassSetItem::Range(range) => {
            push_literal(to, range.start.c, IN_CLASS);
            to.push('-');
            push_literal(to, range.end.c, IN_CLASS);
        }
        ClassSetItem::Perl(ClassPerl {
            kind,
            negated: false,
            ..
        }) => to.push_str(members(kind)),
        ClassSetItem::Union(union) => {
            for item in &union.items {
                push_item(item, to)?;
            }
        }
        ClassSetItem::Perl(_)
        | ClassSetItem::Ascii(_)
        | ClassSetItem::Unicode(_)
        | ClassSetItem::Bracketed(_) => return None,
    }
    Some(())
}

/// Returns the members of a class of ASCII characters.
fn members(kind: &ClassPerlKind) -> &'static str {
    match kind {
        ClassPerlKind::Digit => "0-9",
        ClassPerlKind::Space => r"\t\n\v\f\r ",
        ClassPerlKind::Word => "0-9A-Za-z_",
    }
}

/// Writes a character, with a backslash before those of `special`.
fn push_literal(to: &mut String, c: char, special: &str) {
    match c {
        '\n' => to.push_str(r"\n"),
        '\r' => to.push_str(r"\r"),
        '\t' => to.push_str(r"\t"),
        c if c.is_control() => {
            let _ = write!(to, r"\u{:04x}", u32::from(c));
        }
        c => {
            if special.contains(c) {
                to.push('\\');
            }
            to.push(c);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ecma;

    #[test]
    fn what_both_read_alike_stays() {
        for (pattern, written) in [
            ("[0-9]{4}", "^(?:[0-9]{4})$"),
            ("a|b", "^(?:a|b)$"),
            ("(?:a|b)c", "^(?:(?:a|b)c)$"),
            ("(a)+?", "^(?:(?:a)+?)$"),
            ("(?:a{2}){3}", "^(?:(?:a{2}){3})$"),
            ("^*a", "^(?:(?:^)*a)$"),
            ("", "^(?:)$"),
        ] {
            assert_eq!(ecma(pattern).as_deref(), Some(written), "{pattern}");
        }
    }

    #[test]
    fn what_they_read_differently_is_translated() {
        for (pattern, written) in [
            (".", r"^(?:[^\n])$"),
            (r"\d\s\w", r"^(?:[0-9][\t\n\v\f\r ][0-9A-Za-z_])$"),
            (r"\D", r"^(?:[^0-9])$"),
            (r#"[^]"\\]+"#, r#"^(?:[^\]"\\]+)$"#),
            (r"\A\z", "^(?:^$)$"),
            ("(?P<year>x)", "^(?:(?:x))$"),
            ("a/b-c[a^-]", r"^(?:a/b-c[a\^\-])$"),
        ] {
            assert_eq!(ecma(pattern).as_deref(), Some(written), "{pattern}");
        }
    }

    #[test]
    fn what_it_cannot_say_is_refused() {
        for pattern in ["(?i)a", "(?s:.)", "[[:alpha:]]", r"\b{start}a", "("] {
            assert_eq!(ecma(pattern), None, "{pattern}");
        }
    }
}
