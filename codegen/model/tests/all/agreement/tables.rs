//! Static tables made from a model, as derived code would write them.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use payspec_model::model::{self, Api, Direction, FormatName, Operation, Side};
use payspec_runtime::{
    Alternatives, AmountCurrency, AmountRule, AmountStep, Condition, Discriminator, EnumSchema,
    Field, Fields, Inside, Kind, Limit, MediaType, Message, Met, Path, Pattern, Refinement,
    ResponseFields, Rule, RuleAt, SameCurrency, Schema, Shapes, Tags, UnionSchema, Value,
};

/// The tables of the bodies, by number.
static BODIES: [OnceLock<Schema>; 12] = [const { OnceLock::new() }; 12];
/// The tables of shared objects. Tables refer to each other by function, so each needs its own
/// function; every operation under test has [`ROOM`] of them.
static OBJECTS: [OnceLock<Schema>; 384] = [const { OnceLock::new() }; 384];
/// Largest number of shared objects of an API under test.
const ROOM: usize = 64;

/// A message that consists only of its table.
pub(crate) struct Table<const BODY: usize>;

impl<const BODY: usize> Message for Table<BODY> {
    fn schema() -> &'static Schema {
        BODIES[BODY].get().expect("the table is filled")
    }

    fn get(&self, _: usize) -> Value<'_> {
        Value::Absent
    }

    fn read<'de, A: serde::de::MapAccess<'de>>(
        _: &mut Fields<'_, A>,
        place: &mut Option<Self>,
    ) -> Result<(), A::Error> {
        *place = Some(Table);
        Ok(())
    }
}

fn object<const NUMBER: usize>() -> &'static Schema {
    OBJECTS[NUMBER].get().expect("the table is filled")
}

macro_rules! functions {
    ($($tens:literal)*) => {
        [$(
            object::<{ $tens * 8 }>, object::<{ $tens * 8 + 1 }>, object::<{ $tens * 8 + 2 }>,
            object::<{ $tens * 8 + 3 }>, object::<{ $tens * 8 + 4 }>, object::<{ $tens * 8 + 5 }>,
            object::<{ $tens * 8 + 6 }>, object::<{ $tens * 8 + 7 }>,
        )*]
    };
}

static FUNCTIONS: [fn() -> &'static Schema; 384] = functions!(
    0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23
    24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47
);

/// Makes the tables of an operation.
pub(crate) fn fill(api: &Api, operation: &Operation, bodies: [usize; 2]) {
    assert!(api.objects.len() <= ROOM, "more objects than functions");
    let tables = Tables {
        api,
        start: bodies[0] / 2 * ROOM,
    };
    for (number, object) in api.objects.iter().enumerate() {
        let table = tables.schema(object, (None, MediaType::Json), &[], &[], &[]);
        assert!(
            OBJECTS[tables.start + number].set(table).is_ok(),
            "filled twice"
        );
    }
    for (side, number) in [Side::Request, Side::Response].into_iter().zip(bodies) {
        if let Some(body) = operation.body(side) {
            let direction = Some(operation.direction(side));
            let decisive = match operation.direction(side) {
                Direction::Incoming => operation.decisive(api),
                Direction::Outgoing => Vec::new(),
            };
            let table = Schema {
                responses: list(operation.responses_of(body), response),
                ..tables.schema(
                    &body.object,
                    (direction, body.media_type),
                    &body.refinements,
                    &body.same_currency,
                    &decisive,
                )
            };
            assert!(BODIES[number].set(table).is_ok(), "filled twice");
        }
    }
}

struct Tables<'a> {
    api: &'a Api,
    start: usize,
}

impl Tables<'_> {
    fn schema(
        &self,
        object: &model::Object,
        (direction, media_type): (Option<Direction>, MediaType),
        refinements: &[model::Refinement],
        same_currency: &[model::SameCurrency],
        decisive: &[Vec<String>],
    ) -> Schema {
        let wire = &self.api.wire;
        Schema {
            name: text(&object.name),
            direction,
            media_type,
            fields: list(&object.fields, |field| self.field(field)),
            strings: wire.scalars == model::Scalars::Strings,
            empty_text: wire.empty_text == model::EmptyText::Allowed,
            alternatives: list(&object.at_least_one_of, |group| Alternatives {
                fields: texts(&group.fields),
                severity: group.strength.severity,
                direction: group.strength.direction,
            }),
            amounts: list(&object.amounts, |amount| self.amount(object, amount)),
            refinements: list(refinements, |refinement| Refinement {
                path: leak(Path::new(texts(&refinement.path))),
                rules: rules(&refinement.constraints),
                required_when: conditions(&refinement.required_when),
                forbidden_when: conditions(&refinement.forbidden_when),
            }),
            responses: &[],
            decisive: list(decisive, |path| texts(path)),
            same_currency: list(same_currency, |group| SameCurrency {
                paths: list(&group.paths, |path| texts(path)),
                severity: group.strength.severity,
                direction: group.strength.direction,
            }),
        }
    }

    fn amount(&self, object: &model::Object, amount: &model::Amount) -> AmountRule {
        let numbers: BTreeMap<&str, usize> = object
            .fields
            .iter()
            .enumerate()
            .map(|(number, field)| (&*field.name, number))
            .collect();
        let decimals: Vec<(&String, &u8)> = self.api.wire.decimals.iter().collect();
        AmountRule {
            currency: match &amount.currency {
                model::AmountCurrency::Field(name) => AmountCurrency::Field(numbers[&**name]),
                model::AmountCurrency::Code(code) => AmountCurrency::Code(text(code)),
            },
            value: numbers[&*amount.value],
            multiple_of: list(&amount.multiple_of, |step| AmountStep {
                currency: text(&step.currency),
                step: step.step,
                severity: step.strength.severity,
                direction: step.strength.direction,
            }),
            decimals: list(&decimals, |(code, places)| (text(code), **places)),
        }
    }

    fn field(&self, field: &model::Field) -> Field {
        Field {
            name: text(&field.name),
            kind: self.kind(&field.ty),
            required: field.plain,
            location: field.location,
            style: field.style,
            json_type: field.json_type,
            nullable: field.nullable,
            sensitive: field.sensitive,
            purpose: self.api.purposes().of(field),
            rules: field_rules(field),
            inside: inside(&field.ty),
            required_when: conditions(&field.required_when),
            forbidden_when: conditions(&field.forbidden_when),
        }
    }

    fn kind(&self, ty: &model::Type) -> Kind {
        match ty {
            model::Type::String => Kind::Text,
            model::Type::Integer => Kind::Integer,
            model::Type::Decimal => Kind::Decimal,
            model::Type::Boolean => Kind::Boolean,
            model::Type::DateTime => Kind::DateTime,
            model::Type::Date => Kind::Date,
            model::Type::Timestamp(epoch) => Kind::Timestamp(*epoch),
            model::Type::Uuid => Kind::Uuid,
            model::Type::Binary => Kind::Binary,
            model::Type::Url => Kind::Url,
            model::Type::Country => Kind::Country,
            model::Type::Currency(case) => Kind::Currency(*case),
            model::Type::Enum(id) => {
                let set = self.api.enumeration(*id);
                Kind::Enum(leak(EnumSchema {
                    name: text(&set.name),
                    values: list(&set.values, |value| text(&value.name)),
                    numbers: set.ty == payspec_model::format::EnumType::Integer,
                    open: set.open,
                }))
            }
            model::Type::Object(id) => Kind::Object(FUNCTIONS[self.start + id.0]),
            model::Type::Json(id) => Kind::Json(FUNCTIONS[self.start + id.0]),
            model::Type::List(element) => Kind::List(leak(self.element(element))),
            model::Type::Map(map) => Kind::Map(leak(self.element(&map.values))),
            model::Type::Union(id) => {
                let union = self.api.union(*id);
                let discriminator = match &union.discriminator {
                    model::Discriminator::Field { name, .. } => Discriminator::Tag(Tags {
                        name: text(name),
                        texts: list(&union.variants, |variant| text(&variant.tag)),
                        objects: list(&union.variants, |variant| {
                            FUNCTIONS[self.start + variant.object().expect("an object").0]
                        }),
                    }),
                    model::Discriminator::JsonType => {
                        let kinds = list(&union.variants, |variant| self.kind(&variant.ty));
                        Discriminator::Shape(Shapes::new(kinds))
                    }
                };
                Kind::Union(leak(UnionSchema {
                    name: text(&union.name),
                    discriminator,
                    open: union.open,
                }))
            }
            model::Type::Any => Kind::Any,
        }
    }

    fn element(&self, element: &model::Element) -> Kind {
        let kind = self.kind(&element.ty);
        match element.nullable {
            true => Kind::Nullable(leak(kind)),
            false => kind,
        }
    }
}

fn inside(ty: &model::Type) -> Option<&'static Inside> {
    let element = ty.element()?;
    Some(leak(Inside {
        keys: rules(ty.key_rules()),
        json_type: element.json_type,
        values: rules(&element.constraints),
        inside: inside(&element.ty),
    }))
}

/// Returns the rules of a field, including the requirement if the generated field is an `Option`.
fn field_rules(field: &model::Field) -> &'static [RuleAt] {
    let required = (field.required && !field.plain).then(|| RuleAt::error(Rule::Required));
    let others = rules(&field.constraints).iter().copied();
    required
        .into_iter()
        .chain(others)
        .collect::<Vec<_>>()
        .leak()
}

fn rules(constraints: &[model::Constraint]) -> &'static [RuleAt] {
    list(constraints, |constraint| RuleAt {
        rule: match &constraint.rule {
            model::Rule::Required => Rule::Required,
            model::Rule::Const(value) => Rule::Const(text(value)),
            model::Rule::Values(values) => Rule::Values(texts(values)),
            model::Rule::MinLength(limit) => Rule::MinLength(*limit),
            model::Rule::MaxLength(limit) => Rule::MaxLength(*limit),
            model::Rule::Pattern(pattern) => {
                Rule::Pattern(leak(Pattern::from_text(pattern.clone())))
            }
            model::Rule::Min(limit) => Rule::Min(Limit::new(text(limit))),
            model::Rule::Max(limit) => Rule::Max(Limit::new(text(limit))),
            model::Rule::MinItems(limit) => Rule::MinItems(*limit),
            model::Rule::MaxItems(limit) => Rule::MaxItems(*limit),
            model::Rule::MultipleOf(step) => Rule::MultipleOf(Limit::new(text(step))),
            model::Rule::UniqueItems => Rule::UniqueItems,
            model::Rule::Format(FormatName::Mcc) => Rule::Mcc,
            model::Rule::Format(FormatName::Json) => Rule::Json,
        },
        severity: constraint.strength.severity,
        direction: constraint.strength.direction,
    })
}

fn conditions(conditions: &[model::Condition]) -> &'static [Condition] {
    let shown: Vec<_> = conditions
        .iter()
        .filter_map(|condition| Some((condition.test.as_ref()?, &condition.strength)))
        .collect();
    list(&shown, |(test, strength)| Condition {
        path: texts(&test.path),
        met: match &test.met {
            model::Met::Present => Met::Present,
            model::Met::Absent => Met::Absent,
            model::Met::OneOf(values) => Met::OneOf(texts(values)),
        },
        severity: strength.severity,
        direction: strength.direction,
    })
}

fn response(response: &model::Response) -> ResponseFields {
    let names = |required: bool| {
        let own = response.fields.iter();
        let own = own.filter(|field| field.required == required);
        texts(&own.map(|field| field.name.clone()).collect::<Vec<_>>())
    };
    ResponseFields {
        status: text(&response.status),
        required: names(true),
        optional: names(false),
    }
}

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

fn list<T, U>(items: &[T], make: impl Fn(&T) -> U) -> &'static [U] {
    items.iter().map(make).collect::<Vec<_>>().leak()
}

fn text(text: &str) -> &'static str {
    text.to_owned().leak()
}

fn texts(words: &[String]) -> &'static [&'static str] {
    list(words, |word| text(word))
}
