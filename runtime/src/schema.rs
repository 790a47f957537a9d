//! The static table that describes a message. The derives generate it; reading, writing, checking and
//! printing of a message all use it.

use crate::text::is_same;
use crate::{
    Case, Direction, JsonType, Location, MediaType, Path, Pattern, Purpose, Sensitive, Severity,
    Style, rules,
};

/// Largest number of fields of an object, because reading keeps one bit per field.
pub const MAX_FIELDS: usize = 512;

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
    /// Name of the object, as shown in reports and in `Debug` output.
    pub name: &'static str,
    /// The fields in the order of the spec; at most [`MAX_FIELDS`].
    pub fields: &'static [Field],
    /// The direction of a body. Objects that several bodies share have none: they are checked like the
    /// body that contains them, or as outgoing on their own.
    pub direction: Option<Direction>,
    /// The media type of the body of a request; [`MediaType::Json`] for all others.
    pub media_type: MediaType,
    /// True if integers and booleans travel as JSON strings. Decimals do in any case; a field can have a JSON type of its own.
    pub strings: bool,
    /// True if `""` may denote an absent value.
    pub empty_text: bool,
    /// Groups of fields of which at least one must be present.
    pub alternatives: &'static [Alternatives],
    /// Groups of fields of a body that should have the same currency.
    pub same_currency: &'static [SameCurrency],
    /// The fields that are amounts of money.
    pub amounts: &'static [AmountRule],
    /// Rules of a body for values deep inside it.
    pub refinements: &'static [Refinement],
    /// Paths, as names from the body, to the values that decide what an incoming body means. A body in
    /// which one of them is duplicate or unreadable cannot be judged: see [`decode()`](crate::decode()).
    pub decisive: &'static [&'static [&'static str]],
}

/// The way in which the single values of a field, list or map are written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Encoding {
    /// The JSON type of these values, if they have one of their own.
    pub(crate) json_type: Option<JsonType>,
    /// True if the schema's integers and booleans travel as JSON strings.
    pub(crate) strings: bool,
}

impl Encoding {
    /// Returns the JSON type in which a value of this kind travels; [`None`] if the wire format permits several, or if it
    /// is not a single value.
    pub(crate) const fn of(self, kind: &Kind) -> Option<JsonType> {
        match (kind, self.json_type) {
            (Kind::Enum(EnumSchema { numbers: true, .. }), own) => match own {
                None => Encoding::of(self, &Kind::Integer),
                own => own,
            },
            (
                Kind::Integer | Kind::Decimal | Kind::Timestamp(_) | Kind::Boolean,
                Some(json_type),
            ) => Some(json_type),
            (Kind::Integer | Kind::Decimal | Kind::Timestamp(_) | Kind::Boolean, None)
                if self.strings =>
            {
                Some(JsonType::String)
            }
            (Kind::Integer | Kind::Timestamp(_), None) => Some(JsonType::Number),
            (Kind::Boolean, None) => Some(JsonType::Boolean),
            (Kind::Decimal, None)
            | (
                Kind::Text
                | Kind::DateTime
                | Kind::Date
                | Kind::Uuid
                | Kind::Binary
                | Kind::Url
                | Kind::Country
                | Kind::Currency(_)
                | Kind::Enum(_)
                | Kind::Object(_)
                | Kind::List(_)
                | Kind::Map(_)
                | Kind::Union(_)
                | Kind::Json(_)
                | Kind::Any,
                _,
            ) => None,
        }
    }
}

impl Schema {
    /// No name, no fields, no direction, native scalars, empty texts allowed. Use it as the base of a
    /// literal.
    pub const EMPTY: Self = Self {
        name: "",
        fields: &[],
        direction: None,
        media_type: MediaType::Json,
        strings: false,
        empty_text: true,
        alternatives: &[],
        same_currency: &[],
        amounts: &[],
        refinements: &[],
        decisive: &[],
    };

    /// Returns the index of the field with this name on the wire.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.position_from(0, name)
    }

    /// Works like `position`, but tries this index first, because fields mostly come in order.
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
    /// True if it must always be present, in both directions. [`Rule::Required`] is a weaker
    /// requirement.
    pub required: bool,
    /// True if `null` is a value, and not an absent one. Its rules do not apply to `null`, and the conditions and
    /// groups of other fields take `null` for an absent value.
    pub nullable: bool,
    /// The place of a field of a request; [`Location::Body`] for all others.
    pub location: Location,
    /// The way in which a query or form writes its list, object or map.
    pub style: Style,
    /// The JSON type of its value on the wire, if it differs from that of the schema's other values.
    pub json_type: Option<JsonType>,
    /// The reason why its value must not be logged, if any.
    pub sensitive: Option<Sensitive>,
    /// The purpose of its text, or of each text of its list.
    pub purpose: Option<Purpose>,
    /// The rules of its value.
    pub rules: &'static [RuleAt],
    /// The rules of what its list or map contains.
    pub inside: Option<&'static Inside>,
    /// The conditions under which it must be present.
    pub required_when: &'static [Condition],
    /// The conditions under which it must be absent.
    pub forbidden_when: &'static [Condition],
}

impl Field {
    /// Makes an optional field without rules.
    pub const fn new(name: &'static str, kind: Kind) -> Self {
        Self {
            name,
            kind,
            required: false,
            nullable: false,
            location: Location::Body,
            style: Style::Repeat,
            json_type: None,
            sensitive: None,
            purpose: None,
            rules: &[],
            inside: None,
            required_when: &[],
            forbidden_when: &[],
        }
    }

    /// Returns whether other fields determine that it must be present or absent.
    pub(crate) const fn has_conditions(&self) -> bool {
        !self.required_when.is_empty() || !self.forbidden_when.is_empty()
    }

    /// Makes a required field without rules.
    pub const fn required(name: &'static str, kind: Kind) -> Self {
        Self {
            required: true,
            ..Self::new(name, kind)
        }
    }
}

/// The rules of what a list or map contains.
#[derive(Debug, Clone, Copy)]
pub struct Inside {
    /// The rules of each key of a map: [`Rule::MaxLength`] and [`Rule::Pattern`].
    pub keys: &'static [RuleAt],
    /// The JSON type of each element or value on the wire, if it differs from that of the schema's other values.
    pub json_type: Option<JsonType>,
    /// The rules of each element or value.
    pub values: &'static [RuleAt],
    /// The rules of what each element or value contains.
    pub inside: Option<&'static Inside>,
}

impl Inside {
    /// Returns the rules of each element or value, and of what it contains.
    pub(crate) fn values(
        inside: Option<&'static Self>,
    ) -> (&'static [RuleAt], Option<&'static Self>) {
        inside.map_or((&[], None), |inside| (inside.values, inside.inside))
    }

    /// Returns the JSON type of each element or value, if it has one of its own.
    pub(crate) fn json_type(inside: Option<&'static Self>) -> Option<JsonType> {
        inside.and_then(|inside| inside.json_type)
    }

    /// Returns the rules of each key.
    pub(crate) fn keys(inside: Option<&'static Self>) -> &'static [RuleAt] {
        inside.map_or(&[], |inside| inside.keys)
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
    /// Time as a number since 1970-01-01T00:00:00Z.
    Timestamp(Epoch),
    /// UUID.
    Uuid,
    /// Bytes in base64.
    Binary,
    /// Absolute URL.
    Url,
    /// ISO 3166-1 alpha-2 code.
    Country,
    /// ISO 4217 alphabetic code, in capital or small letters.
    Currency(Case),
    /// One of a set of texts or whole numbers.
    Enum(&'static EnumSchema),
    /// An object. A function, so that types can be recursive.
    Object(fn() -> &'static Schema),
    /// A list of values of one kind.
    List(&'static Kind),
    /// An object with free keys and values of one kind.
    Map(&'static Kind),
    /// One of several objects, which a text inside it tells apart.
    Union(&'static UnionSchema),
    /// A text that holds the JSON of an object.
    Json(fn() -> &'static Schema),
    /// Any JSON, of which nothing is checked.
    Any,
}

impl Kind {
    /// Returns whether a single value of this kind can travel in this JSON type.
    pub const fn travels_as(&self, json_type: JsonType) -> bool {
        match (self, json_type) {
            (Self::Enum(EnumSchema { numbers: true, .. }), json_type) => {
                Self::Integer.travels_as(json_type)
            }
            (
                Self::Integer | Self::Decimal | Self::Timestamp(_),
                JsonType::String | JsonType::Number,
            )
            | (Self::Boolean, JsonType::String | JsonType::Boolean) => true,
            (Self::Integer | Self::Decimal | Self::Timestamp(_), JsonType::Boolean)
            | (Self::Boolean, JsonType::Number)
            | (
                Self::Text
                | Self::DateTime
                | Self::Date
                | Self::Uuid
                | Self::Binary
                | Self::Url
                | Self::Country
                | Self::Currency(_)
                | Self::Enum(_)
                | Self::Object(_)
                | Self::List(_)
                | Self::Map(_)
                | Self::Union(_)
                | Self::Json(_)
                | Self::Any,
                JsonType::String | JsonType::Number | JsonType::Boolean,
            ) => false,
        }
    }

    /// Returns the JSON type of a field of this kind.
    ///
    /// # Panics
    ///
    /// When its values cannot travel in this JSON type. The derives call it while the table is compiled.
    #[doc(hidden)]
    pub const fn travelling_as(&self, json_type: JsonType) -> Option<JsonType> {
        assert!(
            self.travels_as(json_type),
            "only numbers can be JSON numbers, only a `bool` a JSON boolean, and only these need a `json_type`"
        );
        Some(json_type)
    }

    /// Returns whether its values are whole numbers of 64 bits.
    pub(crate) const fn is_whole(&self) -> bool {
        matches!(
            self,
            Self::Integer | Self::Enum(EnumSchema { numbers: true, .. })
        )
    }

    /// Returns whether `null` is a value, and not an absent one.
    pub(crate) const fn holds_null(&self) -> bool {
        matches!(self, Self::Any)
    }
}

/// The unit of a time that is a number since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Epoch {
    /// Whole seconds.
    Seconds,
    /// Whole milliseconds.
    Millis,
}

impl Epoch {
    /// Returns the word of the spec format: `epoch_seconds`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Epoch::Seconds => "epoch_seconds",
            Epoch::Millis => "epoch_millis",
        }
    }
}

/// A set of texts, or of whole numbers.
#[derive(Debug, Clone, Copy)]
pub struct EnumSchema {
    /// Name of the enum.
    pub name: &'static str,
    /// The values, spelled as on the wire.
    pub values: &'static [&'static str],
    /// True if the values are whole numbers, which travel as an integer does.
    pub numbers: bool,
    /// True if there may be other values.
    pub open: bool,
}

/// Several objects, of which a value is one. A field that none of them declares, the tag, says which.
#[derive(Debug, Clone, Copy)]
pub struct UnionSchema {
    /// Name of the union.
    pub name: &'static str,
    /// Name of the tag on the wire.
    pub tag: &'static str,
    /// The text of the tag for each of the objects.
    pub tags: &'static [&'static str],
    /// The objects, in the order of their tags.
    pub objects: &'static [fn() -> &'static Schema],
    /// True if there may be other objects, with other tags.
    pub open: bool,
}

impl UnionSchema {
    /// Returns the index of the object with this tag.
    pub fn position(&self, tag: &str) -> Option<usize> {
        self.tags.iter().position(|one| is_same(one, tag))
    }

    /// Returns the object with this tag.
    pub(crate) fn object(&self, tag: &str) -> Option<&'static Schema> {
        let object = self.objects.get(self.position(tag)?)?;
        Some(object())
    }
}

/// A rule for one value.
#[derive(Debug, Clone, Copy)]
pub enum Rule {
    /// The field must be present.
    Required,
    /// The only allowed text.
    Const(&'static str),
    /// The allowed texts.
    Values(&'static [&'static str]),
    /// Least number of characters.
    MinLength(u32),
    /// Greatest number of characters.
    MaxLength(u32),
    /// A regular expression that the whole text must match. A reference to a `static` of its own, which
    /// keeps the compiled expression.
    Pattern(&'static Pattern),
    /// Least allowed number.
    Min(Limit),
    /// Greatest allowed number.
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
    /// Makes a limit from a decimal text.
    pub const fn new(text: &'static str) -> Self {
        // Parsed here once, while the schema is compiled.
        let whole = match i64::from_str_radix(text, 10) {
            Ok(number) => Some(number),
            Err(_) => None,
        };
        Self { text, whole }
    }

    /// Returns the decimal text.
    pub const fn as_str(&self) -> &'static str {
        self.text
    }

    /// Returns the number, if it is whole and fits in 64 bits.
    pub(crate) const fn whole(&self) -> Option<i64> {
        self.whole
    }
}

/// A rule with its severity and its direction.
#[derive(Debug, Clone, Copy)]
pub struct RuleAt {
    /// The rule.
    pub rule: Rule,
    /// The severity of a violation.
    pub severity: Severity,
    /// The direction in which it holds; [`None`] for both.
    pub direction: Option<Direction>,
}

impl RuleAt {
    /// Makes a rule that is an error in both directions.
    pub const fn error(rule: Rule) -> Self {
        Self {
            rule,
            severity: Severity::Error,
            direction: None,
        }
    }
}

/// A condition under which a field must be present, or must be absent.
#[derive(Debug, Clone, Copy)]
pub struct Condition {
    /// Names from the object that has the field (for a refinement: from the body) to the deciding
    /// field.
    pub path: &'static [&'static str],
    /// The state of the deciding field that meets the condition.
    pub met: Met<'static>,
    /// The severity of a violation.
    pub severity: Severity,
    /// The direction in which it holds; [`None`] for both.
    pub direction: Option<Direction>,
}

/// When a condition is met, depending on the field that decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Met<'a, S = &'static str> {
    /// If the field is present.
    Present,
    /// If the field, or an object on the way to it, is absent.
    Absent,
    /// If the field has one of these texts.
    OneOf(&'a [S]),
}

impl Condition {
    /// Makes a condition that is an error in both directions.
    pub const fn error(path: &'static [&'static str], met: Met<'static>) -> Self {
        Self {
            path,
            met,
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
    /// The severity if none is present.
    pub severity: Severity,
    /// The direction in which it holds; [`None`] for both.
    pub direction: Option<Direction>,
}

/// Fields that should have the same currency.
#[derive(Debug, Clone, Copy)]
pub struct SameCurrency {
    /// Names from the body to each field; the first field that is present determines the currency.
    pub paths: &'static [&'static [&'static str]],
    /// The severity if one of them has another currency.
    pub severity: Severity,
    /// The direction in which it holds; [`None`] for both.
    pub direction: Option<Direction>,
}

/// A field that is an amount of money.
#[derive(Debug, Clone, Copy)]
pub struct AmountRule {
    /// The currency.
    pub currency: AmountCurrency,
    /// Index of the field that holds the number: of minor units for [`Kind::Integer`], of major ones for
    /// [`Kind::Decimal`].
    pub value: usize,
    /// Currencies whose amounts come in steps.
    pub multiple_of: &'static [AmountStep],
    /// Currencies whose decimal places differ from those of ISO 4217, each with their number.
    pub decimals: &'static [(&'static str, u8)],
}

impl AmountRule {
    /// Returns the number of decimal places of the currency with this code; [`None`] if it is unknown.
    pub fn decimal_places(&self, code: &str) -> Option<u8> {
        rules::decimal_places(code, self.decimals.iter().copied())
    }
}

/// The currency of an amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AmountCurrency {
    /// Index of the field that holds it.
    Field(usize),
    /// Always the currency with this ISO 4217 alphabetic code.
    Code(&'static str),
}

/// A currency whose amounts come in steps.
#[derive(Debug, Clone, Copy)]
pub struct AmountStep {
    /// ISO 4217 alphabetic code.
    pub currency: &'static str,
    /// The step in minor units.
    pub step: u32,
    /// The severity of an amount between two steps.
    pub severity: Severity,
    /// The direction in which it holds; [`None`] for both.
    pub direction: Option<Direction>,
}

/// Additional rules of a body for a value inside it.
#[derive(Debug, Clone, Copy)]
pub struct Refinement {
    /// The path from the body to the value; `*` matches every element of a list. A reference to a
    /// `static` of its own, which remembers the indexes of the names.
    pub path: &'static Path,
    /// The rules of the value.
    pub rules: &'static [RuleAt],
    /// The conditions under which it must be present.
    pub required_when: &'static [Condition],
    /// The conditions under which it must be absent.
    pub forbidden_when: &'static [Condition],
}
