//! The static table that describes a message. The derives write it; reading, writing, checking
//! and printing of a message are walks over it.

use crate::text::is_same;
use crate::{Direction, Path, Pattern, Purpose, Sensitive, Severity};

/// Most fields that one object may have: reading keeps one bit per field.
pub const MAX_FIELDS: usize = 128;

/// An object: its name, its fields, and the rules that concern several of them.
///
/// Written as a literal over [`Schema::EMPTY`]:
///
/// ```
/// use payspec_runtime::{Field, Kind, Schema};
///
/// static NAME: Schema = Schema {
///     name: "UserName",
///     fields: &[Field::new("firstName", Kind::Text), Field::required("lastName", Kind::Text)],
///     ..Schema::EMPTY
/// };
/// assert_eq!(NAME.position("lastName"), Some(1));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Schema {
    /// Name of the object, as it stands in reports and in `Debug` output.
    pub name: &'static str,
    /// The fields in the order of the spec; at most [`MAX_FIELDS`].
    pub fields: &'static [Field],
    /// Which way a body goes. Objects that several bodies share have none, and are checked as what
    /// holds them is; on their own they are checked as outgoing.
    pub direction: Option<Direction>,
    /// True if integers and booleans travel as JSON strings. Decimals always do.
    pub strings: bool,
    /// True if `""` may stand for an absent value.
    pub empty_text: bool,
    /// Groups of fields of which at least one must be present.
    pub alternatives: &'static [Alternatives],
    /// Groups of fields of a body that should hold one currency.
    pub same_currency: &'static [SameCurrency],
    /// What makes the object an amount of money.
    pub amount: Option<AmountRule>,
    /// Rules of a body for values deep inside it.
    pub refinements: &'static [Refinement],
    /// Where the values stand that decide what a body that comes in means: names from the body on. A body
    /// in which one of them came twice, or is there and cannot be read, is no message: see
    /// [`decode`](crate::decode).
    pub decisive: &'static [&'static [&'static str]],
}

impl Schema {
    /// No name, no fields, no direction, native scalars, empty texts allowed: the base of a literal.
    pub const EMPTY: Self = Self {
        name: "",
        fields: &[],
        direction: None,
        strings: false,
        empty_text: true,
        alternatives: &[],
        same_currency: &[],
        amount: None,
        refinements: &[],
        decisive: &[],
    };

    /// Index of the field with this name on the wire.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.position_from(0, name)
    }

    /// The same, looking first from this index on: fields mostly come in order.
    #[inline]
    pub(crate) fn position_from(&self, hint: usize, name: &str) -> Option<usize> {
        match self.fields.get(hint) {
            Some(field) if is_same(field.name, name) => Some(hint),
            _ => self.search(hint, name),
        }
    }

    fn search(&self, hint: usize, name: &str) -> Option<usize> {
        let (behind, ahead) = self
            .fields
            .split_at_checked(hint)
            .unwrap_or((self.fields, &[]));
        match ahead.iter().position(|field| is_same(field.name, name)) {
            Some(steps) => Some(hint + steps),
            None => behind.iter().position(|field| is_same(field.name, name)),
        }
    }
}

/// One field of an object.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// The name on the wire.
    pub name: &'static str,
    /// The kind of its value.
    pub kind: Kind,
    /// True if it must always be present, in both directions. A weaker requirement is a
    /// [`Rule::Required`].
    pub required: bool,
    /// Why its value must not reach a log.
    pub sensitive: Option<Sensitive>,
    /// The purpose of its text, or of each text of its list.
    pub purpose: Option<Purpose>,
    /// What its value must obey.
    pub rules: &'static [RuleAt],
    /// When it must be present.
    pub required_when: &'static [Condition],
    /// When it must be absent.
    pub forbidden_when: &'static [Condition],
}

impl Field {
    /// An optional field without rules.
    pub const fn new(name: &'static str, kind: Kind) -> Self {
        Self {
            name,
            kind,
            required: false,
            sensitive: None,
            purpose: None,
            rules: &[],
            required_when: &[],
            forbidden_when: &[],
        }
    }

    /// Returns whether it depends on others whether it must be present or absent.
    pub(crate) const fn has_conditions(&self) -> bool {
        !self.required_when.is_empty() || !self.forbidden_when.is_empty()
    }

    /// A required field without rules.
    pub const fn required(name: &'static str, kind: Kind) -> Self {
        Self {
            required: true,
            ..Self::new(name, kind)
        }
    }
}

/// The kind of a value.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// Any text.
    Text,
    /// A whole number that fits in 64 bits.
    Integer,
    /// A number with exact decimals.
    Decimal,
    /// `true` or `false`.
    Boolean,
    /// Date and time with offset.
    DateTime,
    /// Calendar day.
    Date,
    /// Absolute URL.
    Url,
    /// ISO 3166-1 alpha-2 code.
    Country,
    /// ISO 4217 alphabetic code.
    Currency,
    /// One of a set of texts.
    Enum(&'static EnumSchema),
    /// An object. A function, so that types may contain each other.
    Object(fn() -> &'static Schema),
    /// A list of values of one kind.
    List(&'static Kind),
    /// A text that holds the JSON of an object.
    Json(fn() -> &'static Schema),
}

/// A set of texts.
#[derive(Debug, Clone, Copy)]
pub struct EnumSchema {
    /// Name of the enum.
    pub name: &'static str,
    /// The texts, spelled as on the wire.
    pub values: &'static [&'static str],
    /// True if more texts may come.
    pub open: bool,
}

/// A rule that one value must obey.
#[derive(Debug, Clone, Copy)]
pub enum Rule {
    /// The field must be present.
    Required,
    /// The only text allowed.
    Const(&'static str),
    /// The texts allowed.
    Values(&'static [&'static str]),
    /// Least number of characters.
    MinLength(u32),
    /// Greatest number of characters.
    MaxLength(u32),
    /// A regular expression that the whole text matches. A reference to a `static` of its own,
    /// which keeps the compiled expression.
    Pattern(&'static Pattern),
    /// Least number allowed.
    Min(Limit),
    /// Greatest number allowed.
    Max(Limit),
    /// The number of which only multiples are allowed.
    MultipleOf(Limit),
    /// Least number of elements.
    MinItems(u32),
    /// Greatest number of elements.
    MaxItems(u32),
    /// No two elements are equal.
    UniqueItems,
    /// Four digits: a merchant category code.
    Mcc,
    /// A text that is JSON.
    Json,
}

/// A number in a rule, as a decimal text.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    text: &'static str,
    whole: Option<i64>,
}

impl Limit {
    /// The limit of a decimal text.
    pub const fn new(text: &'static str) -> Self {
        // Taken apart here, once, while the schema is compiled.
        let whole = match i64::from_str_radix(text, 10) {
            Ok(number) => Some(number),
            Err(_) => None,
        };
        Self { text, whole }
    }

    /// The decimal text.
    pub const fn as_str(&self) -> &'static str {
        self.text
    }

    /// The number, if it is whole and fits in 64 bits.
    pub(crate) const fn whole(&self) -> Option<i64> {
        self.whole
    }
}

/// A rule with how bad it is to break it and the direction in which it holds.
#[derive(Debug, Clone, Copy)]
pub struct RuleAt {
    /// The rule.
    pub rule: Rule,
    /// How bad it is to break it.
    pub severity: Severity,
    /// In which direction it holds; [`None`] in both.
    pub direction: Option<Direction>,
}

impl RuleAt {
    /// A rule that must not be broken in either direction.
    pub const fn error(rule: Rule) -> Self {
        Self {
            rule,
            severity: Severity::Error,
            direction: None,
        }
    }
}

/// When a field must be present, or must be absent.
#[derive(Debug, Clone, Copy)]
pub struct Condition {
    /// Names from the object that holds the field (for a refinement: from the body) to the
    /// deciding field.
    pub path: &'static [&'static str],
    /// Met when the deciding field has one of these texts; when empty, when it is present.
    pub values: &'static [&'static str],
    /// How bad it is to disobey.
    pub severity: Severity,
    /// In which direction it holds; [`None`] in both.
    pub direction: Option<Direction>,
}

impl Condition {
    /// A condition whose breach is an error in either direction.
    pub const fn error(path: &'static [&'static str], values: &'static [&'static str]) -> Self {
        Self {
            path,
            values,
            severity: Severity::Error,
            direction: None,
        }
    }
}

/// Fields of which at least one must be present.
#[derive(Debug, Clone, Copy)]
pub struct Alternatives {
    /// Names of the fields on the wire.
    pub fields: &'static [&'static str],
    /// How bad it is when none is present.
    pub severity: Severity,
    /// In which direction it holds; [`None`] in both.
    pub direction: Option<Direction>,
}

/// Fields that should hold one currency.
#[derive(Debug, Clone, Copy)]
pub struct SameCurrency {
    /// Names from the body to each field; the first that is there gives the currency.
    pub paths: &'static [&'static [&'static str]],
    /// How bad it is when one of them holds another currency.
    pub severity: Severity,
    /// In which direction it holds; [`None`] in both.
    pub direction: Option<Direction>,
}

/// What makes an object an amount of money.
#[derive(Debug, Clone, Copy)]
pub struct AmountRule {
    /// Index of the field that holds the currency.
    pub currency: usize,
    /// Index of the field that holds the number of minor units.
    pub value: usize,
    /// Currencies whose amounts come in steps.
    pub multiple_of: &'static [AmountStep],
}

/// A currency whose amounts come in steps.
#[derive(Debug, Clone, Copy)]
pub struct AmountStep {
    /// ISO 4217 alphabetic code.
    pub currency: &'static str,
    /// The step in minor units.
    pub step: u32,
    /// How bad it is when an amount is between two steps.
    pub severity: Severity,
    /// In which direction it holds; [`None`] in both.
    pub direction: Option<Direction>,
}

/// What a body asks of a value inside it, beyond what the value's own object asks.
#[derive(Debug, Clone, Copy)]
pub struct Refinement {
    /// From the body to the value; `*` matches every element of a list. A reference to a `static`
    /// of its own, which remembers where the names were found.
    pub path: &'static Path,
    /// What the value must obey.
    pub rules: &'static [RuleAt],
    /// When it must be present.
    pub required_when: &'static [Condition],
    /// When it must be absent.
    pub forbidden_when: &'static [Condition],
}
