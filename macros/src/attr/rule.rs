use super::path::Path;
use super::syntax::{Argument, Item, Tail};
use super::words::{self, Chosen, RULE_USAGE, STRENGTH_USAGE};
use super::{set_once, text_value, written_like};
use crate::errors::Errors;
use proc_macro2::{Ident, Span};
use syn::{Lit, LitStr};

/// A rule for a value.
pub(crate) struct Rule {
    pub(crate) word: Ident,
    pub(crate) kind: RuleKind,
    pub(crate) strength: Strength,
}

/// The requirement of a rule.
pub(crate) enum RuleKind {
    Required,
    Const(LitStr),
    Values(Vec<LitStr>),
    MinLength(Number),
    MaxLength(Number),
    Pattern(LitStr),
    Min(LitStr),
    Max(LitStr),
    MultipleOf(LitStr),
    MinItems(Number),
    MaxItems(Number),
    UniqueItems,
    Format(Chosen),
}

/// A condition under which a field must be present or absent.
pub(crate) struct Condition {
    pub(crate) word: Ident,
    pub(crate) forbids: bool,
    pub(crate) path: Path,
    pub(crate) met: Met,
    pub(crate) strength: Strength,
}

/// The state of the deciding field that meets a condition.
pub(crate) enum Met {
    Present,
    Absent,
    OneOf(Vec<LitStr>),
}

/// The strength of a rule; by default an error, in both directions.
#[derive(Default, Clone, Copy)]
pub(crate) struct Strength {
    pub(crate) severity: Option<Chosen>,
    pub(crate) direction: Option<Chosen>,
}

impl Strength {
    /// Returns whether both apply in some common direction.
    pub(crate) fn meets(&self, other: &Strength) -> bool {
        match (&self.direction, &other.direction) {
            (Some(left), Some(right)) => left == right,
            (None, _) | (_, None) => true,
        }
    }

    /// Returns whether severity and direction are the defaults.
    pub(crate) fn is_plain(&self) -> bool {
        self.severity.is_none() && self.direction.is_none()
    }

    pub(crate) fn is_warning(&self) -> bool {
        self.severity
            .is_some_and(|severity| severity.word == "warning")
    }
}

/// A whole number in an attribute.
#[derive(Clone, Copy)]
pub(crate) struct Number {
    pub(crate) value: u32,
    pub(crate) span: Span,
}

/// Rules and conditions, in their order.
#[derive(Default)]
pub(crate) struct Rules {
    pub(crate) rules: Vec<Rule>,
    pub(crate) conditions: Vec<Condition>,
}

impl Rules {
    /// Returns whether the word belongs to a rule.
    pub(crate) fn know(word: &Ident) -> bool {
        RULE_USAGE.iter().any(|(known, _)| word == known)
    }

    /// Returns whether a value must always be present in an incoming message.
    pub(crate) fn require_in_what_comes_in(&self) -> bool {
        self.rules.iter().any(|rule| {
            let direction = rule.strength.direction;
            matches!(rule.kind, RuleKind::Required)
                && direction.is_none_or(|direction| direction.word == "incoming")
        })
    }

    /// Reads one rule.
    pub(crate) fn read(&mut self, item: Item, errors: &mut Errors) {
        match item.word.to_string().as_str() {
            "required_when" => return self.condition(item, false, errors),
            "forbidden_when" => return self.condition(item, true, errors),
            _ => {}
        }
        let call = Call::read(item, errors);
        let kind = match call.word.to_string().as_str() {
            "required" => call.nothing(errors).map(|()| RuleKind::Required),
            "const" => call.text(errors).map(RuleKind::Const),
            "values" => call.texts(errors).map(RuleKind::Values),
            "min_length" => call.number(errors).map(RuleKind::MinLength),
            "max_length" => call.number(errors).map(RuleKind::MaxLength),
            "pattern" => call.text(errors).map(RuleKind::Pattern),
            "min" => call.text(errors).map(RuleKind::Min),
            "max" => call.text(errors).map(RuleKind::Max),
            "multiple_of" => call.text(errors).map(RuleKind::MultipleOf),
            "min_items" => call.number(errors).map(RuleKind::MinItems),
            "max_items" => call.number(errors).map(RuleKind::MaxItems),
            "unique_items" => call.nothing(errors).map(|()| RuleKind::UniqueItems),
            "format" => call
                .text(errors)
                .and_then(|text| words::FORMAT.choose(&text, errors))
                .map(RuleKind::Format),
            _ => return words::unknown(&call.word, &[RULE_USAGE], errors),
        };
        let Call { word, strength, .. } = call;
        self.rules.extend(kind.map(|kind| Rule {
            word,
            kind,
            strength,
        }));
    }

    fn condition(&mut self, item: Item, forbids: bool, errors: &mut Errors) {
        let mut item = item;
        let absent = item.take_word("absent");
        let call = Call::read(item, errors);
        let Some(mut values) = call.texts(errors) else {
            return;
        };
        let path = Path::new(values.remove(0));
        let met = match (absent, values.as_slice()) {
            (None, []) => Met::Present,
            (None, _) => Met::OneOf(values),
            (Some(_), []) => Met::Absent,
            (Some(absent), _) => {
                let text = "`absent` and values exclude each other: write two conditions";
                errors.at(absent.span(), text);
                return;
            }
        };
        let Call { word, strength, .. } = call;
        self.conditions.push(Condition {
            word,
            forbids,
            path,
            met,
            strength,
        });
    }
}

/// A word with its literals, in either syntax, and its strength.
pub(super) struct Call {
    pub(super) word: Ident,
    literals: Vec<Lit>,
    pub(super) strength: Strength,
}

impl Call {
    pub(super) fn read(item: Item, errors: &mut Errors) -> Self {
        let Item { word, tail } = item;
        let mut call = Call {
            word,
            literals: Vec::new(),
            strength: Strength::default(),
        };
        match tail {
            Tail::Nothing => {}
            Tail::Value(literal) => call.literals.push(literal),
            Tail::Arguments(arguments) => {
                for argument in arguments {
                    match argument {
                        Argument::Literal(literal) => call.literals.push(literal),
                        Argument::Item(item) => call.strength.read(&item, errors),
                    }
                }
            }
        }
        call
    }

    pub(super) fn literals(&self) -> &[Lit] {
        &self.literals
    }

    fn nothing(&self, errors: &mut Errors) -> Option<()> {
        let Some(literal) = self.literals.first() else {
            return Some(());
        };
        errors.at(literal.span(), format!("`{}` takes no value", self.word));
        None
    }

    fn text(&self, errors: &mut Errors) -> Option<LitStr> {
        match self.literals.as_slice() {
            [Lit::Str(text)] => Some(text.clone()),
            others => self.miswritten(others.last(), errors),
        }
    }

    /// Returns one text or more.
    pub(super) fn texts(&self, errors: &mut Errors) -> Option<Vec<LitStr>> {
        let mut texts = Vec::new();
        for literal in &self.literals {
            match literal {
                Lit::Str(text) => texts.push(text.clone()),
                other => return self.miswritten(Some(other), errors),
            }
        }
        if texts.is_empty() {
            self.miswritten(None, errors)
        } else {
            Some(texts)
        }
    }

    fn number(&self, errors: &mut Errors) -> Option<Number> {
        match self.literals.as_slice() {
            [literal @ Lit::Int(_)] => number(literal, errors),
            others => self.miswritten(others.last(), errors),
        }
    }

    fn miswritten<T>(&self, literal: Option<&Lit>, errors: &mut Errors) -> Option<T> {
        let span = literal.map_or(self.word.span(), Lit::span);
        written_like(
            span,
            &self.word,
            &[RULE_USAGE, words::MESSAGE_USAGE],
            errors,
        );
        None
    }
}

/// Returns the value of a literal that must be a whole number below 2³².
pub(super) fn number(literal: &Lit, errors: &mut Errors) -> Option<Number> {
    let value = match literal {
        Lit::Int(int) => int.base10_parse().ok(),
        _ => None,
    };
    if value.is_none() {
        errors.at(
            literal.span(),
            "expected a whole number from 0 to 4294967295",
        );
    }
    value.map(|value| Number {
        value,
        span: literal.span(),
    })
}

impl Strength {
    /// Reads `severity = "…"` or `direction = "…"`.
    fn read(&mut self, item: &Item, errors: &mut Errors) {
        let (slot, vocabulary) = match item.word.to_string().as_str() {
            "severity" => (&mut self.severity, &words::SEVERITY),
            "direction" => (&mut self.direction, &words::DIRECTION),
            _ => return words::unknown(&item.word, &[STRENGTH_USAGE], errors),
        };
        let Some(text) = text_value(item, &[STRENGTH_USAGE], errors) else {
            return;
        };
        let Some(chosen) = vocabulary.choose(&text, errors) else {
            return;
        };
        set_once(slot, chosen, &item.word, errors);
    }
}

impl quote::ToTokens for Number {
    fn to_tokens(&self, tokens: &mut proc_macro2::TokenStream) {
        self.value.to_tokens(tokens);
    }
}
