//! Values of facts: their comparison and their spelling.

use std::collections::BTreeSet;
use std::fmt;

use super::condition::Condition;
use crate::{Advice, TypeKind};
use payspec_model::model::{NextStep, Resend};

/// The value of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    /// A word, such as a method, a path, a status or a requirement.
    Word(String),
    /// A number of characters or elements.
    Number(u32),
    /// The allowed numbers; an absent bound is unlimited.
    Range(Option<String>, Option<String>),
    /// A type.
    Type(Type),
    /// The form of a text.
    Form(Form),
    /// The allowed texts.
    Values(Vec<String>),
    /// The conditions under which a field must be present, or absent.
    Conditions(Vec<Condition>),
    /// The next steps.
    Steps(Steps),
    /// The rule for sending the same request again.
    Resend(Resend),
}

/// The next steps after a result.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Steps {
    /// The step; from a page, all that its words may mean.
    pub(crate) any: BTreeSet<NextStep>,
    /// The steps that a page forbids, or that a spec excludes.
    pub(crate) never: BTreeSet<NextStep>,
    /// True if a page may advise something else as well.
    pub(crate) unsure: bool,
}

/// The word for a list whose elements all differ.
pub(crate) const UNIQUE: &str = "unique";

/// A type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Type {
    pub(crate) kind: TypeKind,
    /// Name of the object, or of the enum.
    pub(crate) name: Option<String>,
    /// The type of a list's elements.
    pub(crate) of: Option<Box<Type>>,
    /// True for a text of a fixed form, which a page may call a string.
    pub(crate) text: bool,
}

/// The form of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// ISO 8601 date and time.
    Datetime,
    /// ISO 8601 date.
    Date,
    /// An address.
    Url,
    /// ISO 3166 country.
    Country,
    /// ISO 4217 currency.
    Currency,
    /// Merchant category code.
    Mcc,
    /// JSON in a text.
    Json,
    /// A pattern of characters.
    Pattern,
}

impl Value {
    pub(crate) fn word(word: impl Into<String>) -> Self {
        Value::Word(word.into())
    }

    /// Returns whether a spec that says `spec` says the same as the page, or something more
    /// precise.
    pub(crate) fn agrees_with(&self, spec: &Value) -> bool {
        match (self, spec) {
            (Value::Type(page), Value::Type(spec)) => page.allows(spec),
            (Value::Values(page), Value::Values(spec)) => same_set(page, spec),
            (Value::Steps(page), Value::Steps(spec)) => page.allows(spec),
            (Value::Form(Form::Pattern), Value::Form(_)) => true,
            (one, other) => one == other,
        }
    }

    /// Returns whether two pages say the same.
    pub(crate) fn is_same(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::Type(one), Value::Type(other)) => one.is_same(other),
            (Value::Values(one), Value::Values(other)) => same_set(one, other),
            (one, other) => one == other,
        }
    }
}

fn same_set(one: &[String], other: &[String]) -> bool {
    let set = |values: &[String]| values.iter().cloned().collect::<BTreeSet<_>>();
    set(one) == set(other)
}

impl Steps {
    /// Returns the steps that a page advises.
    pub(crate) fn of_page(advice: &Advice) -> Self {
        Steps {
            any: advice.steps.iter().copied().collect(),
            never: advice.never.iter().copied().collect(),
            unsure: !advice.is_sure(),
        }
    }

    /// Returns the steps of a spec.
    pub(crate) fn of_spec(steps: impl IntoIterator<Item = NextStep>) -> Self {
        Steps {
            any: steps.into_iter().collect(),
            ..Steps::default()
        }
    }

    /// Returns whether a page leaves it open to a spec to have these steps.
    fn allows(&self, spec: &Steps) -> bool {
        let is_open = self.unsure || self.any.is_empty();
        let fits = spec.any.is_empty() || !self.any.is_disjoint(&spec.any);
        let is_excluded = self.any.is_subset(&spec.never);
        (is_open || fits && !is_excluded) && self.never.is_disjoint(&spec.any)
    }
}

impl Type {
    /// Makes a type without a name.
    pub(crate) fn plain(kind: TypeKind) -> Self {
        Type {
            kind,
            name: None,
            of: None,
            text: false,
        }
    }

    /// Returns whether a type on a page can mean this type of a spec.
    fn allows(&self, spec: &Type) -> bool {
        if self.kind == TypeKind::String && spec.text {
            return true;
        }
        self.kind == spec.kind
            && agree(self.name.as_deref(), spec.name.as_deref())
            && match (&self.of, &spec.of) {
                (Some(page), Some(spec)) => page.allows(spec),
                (None, _) | (_, None) => true,
            }
    }

    fn is_same(&self, other: &Type) -> bool {
        // Only the values of an enum show that it is none of the objects.
        let is_named = self.name.is_some() && other.name.is_some();
        (self.kind == other.kind || is_named)
            && agree(self.name.as_deref(), other.name.as_deref())
            && match (&self.of, &other.of) {
                (Some(one), Some(other)) => one.is_same(other),
                (None, _) | (_, None) => true,
            }
    }
}

/// Returns whether two names are equal, or one of them is unknown.
fn agree(one: Option<&str>, other: Option<&str>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
        (None, _) | (_, None) => true,
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Word(word) => f.write_str(word),
            Value::Number(number) => write!(f, "{number}"),
            Value::Range(min, max) => {
                let unlimited = || "unlimited".to_owned();
                let [min, max] = [min, max].map(|end| end.clone().unwrap_or_else(unlimited));
                write!(f, "{min} to {max}")
            }
            Value::Type(ty) => ty.fmt(f),
            Value::Form(form) => f.write_str(form.as_str()),
            Value::Values(values) => f.write_str(&values.join(", ")),
            Value::Conditions(conditions) => separated(f, conditions, "; "),
            Value::Steps(steps) => steps.fmt(f),
            Value::Resend(resend) => f.write_str(resend.as_str()),
        }
    }
}

impl fmt::Display for Steps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = |steps: &BTreeSet<NextStep>| {
            let words: Vec<&str> = steps.iter().map(|step| step.as_str()).collect();
            words.join(" or ")
        };
        match (self.any.is_empty(), self.never.is_empty()) {
            (false, _) => f.write_str(&words(&self.any)),
            (true, false) => write!(f, "not {}", words(&self.never)),
            (true, true) => f.write_str("unclear"),
        }
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.kind, &self.name, &self.of) {
            (TypeKind::Array, _, Some(of)) => write!(f, "list of {of}"),
            (_, Some(name), _) => f.write_str(name),
            (kind, None, _) => f.write_str(kind_word(kind)),
        }
    }
}

/// Returns the word for a kind, from the spec format if that has one.
pub(crate) const fn kind_word(kind: TypeKind) -> &'static str {
    match kind {
        TypeKind::String => "string",
        TypeKind::Integer => "integer",
        TypeKind::Number => "decimal",
        TypeKind::Boolean => "boolean",
        TypeKind::Datetime => "datetime",
        TypeKind::Date => "date",
        TypeKind::Url => "url",
        TypeKind::Object => "object",
        TypeKind::Array => "list",
        TypeKind::Any => "any",
    }
}

impl Form {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Form::Datetime => "datetime",
            Form::Date => "date",
            Form::Url => "url",
            Form::Country => "country",
            Form::Currency => "currency",
            Form::Mcc => "mcc",
            Form::Json => "json",
            Form::Pattern => "pattern",
        }
    }
}

fn separated<T: fmt::Display>(
    f: &mut fmt::Formatter<'_>,
    items: &[T],
    between: &str,
) -> fmt::Result {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            f.write_str(between)?;
        }
        item.fmt(f)?;
    }
    Ok(())
}
