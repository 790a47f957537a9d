//! The static table that describes a message. The derives generate it; reading, writing, checking and
//! printing of a message all use it.

mod kind;
mod rule;
mod union;

pub use kind::{EnumSchema, Epoch, Kind};
pub use rule::{
    Alternatives, AmountCurrency, AmountRule, AmountStep, Condition, Limit, Met, Refinement, Rule,
    RuleAt, SameCurrency,
};
pub use union::{Discriminator, Shapes, Tags, UnionSchema};

use crate::json::Node;
use crate::rules::BodyForm;
use crate::text::is_same;
use crate::{Direction, JsonType, Location, MediaType, Purpose, Sensitive, Style};

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
    /// The answers by HTTP status, if they differ; each has some of the fields.
    pub responses: &'static [ResponseFields],
    /// Paths, as names from the body, to the values that decide what an incoming body means. A body in
    /// which one of them is duplicate or unreadable cannot be judged: see [`decode()`](crate::decode()).
    pub decisive: &'static [&'static [&'static str]],
}

/// The fields of the answer of one HTTP status, of a class of them, or of every other status.
#[derive(Debug, Clone, Copy)]
pub struct ResponseFields {
    /// The status, `4XX` for a class, or `default`: see [`http_response`](crate::rules::http_response).
    pub status: &'static str,
    /// The fields that the answer must have.
    pub required: &'static [&'static str],
    /// The other fields that it can have.
    pub optional: &'static [&'static str],
}

impl ResponseFields {
    /// Returns whether the answer can have a field.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.required.contains(&name) || self.optional.contains(&name)
    }
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
            (Kind::Nullable(kind), _) => self.of(kind),
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
        responses: &[],
        decisive: &[],
    };

    /// Returns the index of the field with this name on the wire.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.position_from(0, name)
    }

    /// Returns the index of the field that is the whole body.
    pub(crate) fn whole_body(&self) -> Option<usize> {
        let mut fields = self.fields.iter();
        fields.position(Field::is_whole_body)
    }

    /// Returns the relation between the JSON of a message and its fields, and the index of the field that is the whole
    /// body.
    pub(crate) fn form(&self) -> (BodyForm, Option<usize>) {
        let whole = self.whole_body();
        let form = BodyForm::of(
            whole.is_some(),
            self.fields.len(),
            !self.responses.is_empty(),
        );
        (form, whole)
    }

    /// Returns whether the JSON of a message can be one of its fields.
    pub(crate) fn is_whole_body(&self) -> bool {
        self.form().0 != BodyForm::Members
    }

    /// Returns the fields of a message in its JSON.
    pub(crate) fn members<'a>(&'static self, message: Node<'a>) -> Node<'a> {
        match self.form() {
            (_, None) => message,
            (form, Some(index)) => form.members(self.fields[index].name, message),
        }
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
    /// The place of a field of a request, or [`Location::WholeBody`]; [`Location::Body`] for all others.
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

    /// Returns whether it is the whole body.
    pub(crate) fn is_whole_body(&self) -> bool {
        self.location == Location::WholeBody
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
