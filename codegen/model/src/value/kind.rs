use crate::model::{Api, Element, Epoch, Field, Type};
use payspec_runtime::Case;

/// The form of a value on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Any text.
    String,
    /// A whole number.
    Integer,
    /// A number with exact decimals.
    Decimal,
    /// `true` or `false`.
    Boolean,
    /// ISO 8601 date and time.
    DateTime,
    /// ISO 8601 date.
    Date,
    /// A time as a number.
    Timestamp(Epoch),
    /// A UUID.
    Uuid,
    /// Bytes in base64.
    Binary,
    /// An absolute URL.
    Url,
    /// ISO 3166 country.
    Country,
    /// ISO 4217 currency.
    Currency(Case),
    /// An object.
    Object,
    /// A list.
    List,
    /// An object with free keys.
    Map,
    /// One of several objects.
    Union,
    /// A text that holds JSON.
    Json,
    /// Any JSON.
    Any,
}

impl Kind {
    /// Returns the form of values of a type.
    pub fn of(api: &Api, ty: &Type) -> Self {
        match api.written_as(ty) {
            Type::String | Type::Enum(_) => Kind::String,
            Type::Integer => Kind::Integer,
            Type::Decimal => Kind::Decimal,
            Type::Boolean => Kind::Boolean,
            Type::DateTime => Kind::DateTime,
            Type::Date => Kind::Date,
            Type::Timestamp(epoch) => Kind::Timestamp(*epoch),
            Type::Uuid => Kind::Uuid,
            Type::Binary => Kind::Binary,
            Type::Url => Kind::Url,
            Type::Country => Kind::Country,
            Type::Currency(case) => Kind::Currency(*case),
            Type::Object(_) => Kind::Object,
            Type::List(_) => Kind::List,
            Type::Map(_) => Kind::Map,
            Type::Union(_) => Kind::Union,
            Type::Json(_) => Kind::Json,
            Type::Any => Kind::Any,
        }
    }

    /// Returns the word of the format.
    pub const fn as_str(self) -> &'static str {
        match self {
            Kind::String => "string",
            Kind::Integer => "integer",
            Kind::Decimal => "decimal",
            Kind::Boolean => "boolean",
            Kind::DateTime => "datetime",
            Kind::Date => "date",
            Kind::Timestamp(epoch) => epoch.as_str(),
            Kind::Uuid => "uuid",
            Kind::Binary => "binary",
            Kind::Url => "url",
            Kind::Country => "country",
            Kind::Currency(Case::Upper) => "currency",
            Kind::Currency(Case::Lower) => "currency in small letters",
            Kind::Object => "object",
            Kind::List => "list",
            Kind::Map => "map",
            Kind::Union => "union",
            Kind::Json => "json",
            Kind::Any => "any",
        }
    }

    /// Returns whether values of this form contain others.
    pub const fn holds_others(self) -> bool {
        match self {
            Kind::Object | Kind::List | Kind::Map | Kind::Union | Kind::Json => true,
            Kind::String
            | Kind::Integer
            | Kind::Decimal
            | Kind::Boolean
            | Kind::Any
            | Kind::DateTime
            | Kind::Date
            | Kind::Uuid
            | Kind::Binary
            | Kind::Timestamp(_)
            | Kind::Url
            | Kind::Country
            | Kind::Currency(_) => false,
        }
    }

    /// Returns whether values of this form can be written as those of the other; `numbers_are_texts`
    /// means that numbers and booleans are written in quotes.
    pub fn covers(self, other: Kind, numbers_are_texts: bool) -> bool {
        match (self, other) {
            (one, other) if one == other => true,
            (Kind::Decimal, Kind::Integer)
            | (Kind::Integer | Kind::Decimal, Kind::Timestamp(_))
            | (Kind::Any, _) => true,
            (Kind::String, other) => match other {
                Kind::Integer | Kind::Decimal | Kind::Boolean | Kind::Timestamp(_) => {
                    numbers_are_texts
                }
                Kind::String
                | Kind::DateTime
                | Kind::Date
                | Kind::Uuid
                | Kind::Binary
                | Kind::Url
                | Kind::Country
                | Kind::Currency(_)
                | Kind::Json => true,
                Kind::Object | Kind::List | Kind::Map | Kind::Union | Kind::Any => false,
            },
            (
                Kind::Integer
                | Kind::Decimal
                | Kind::Boolean
                | Kind::DateTime
                | Kind::Date
                | Kind::Uuid
                | Kind::Binary
                | Kind::Timestamp(_)
                | Kind::Url
                | Kind::Country
                | Kind::Currency(_)
                | Kind::Object
                | Kind::List
                | Kind::Map
                | Kind::Union
                | Kind::Json,
                _,
            ) => false,
        }
    }
}

/// The type of a field, as the spec names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TypeName {
    /// A type of the format.
    Plain(Kind),
    /// A shared object, enum or union.
    Shared(String),
    /// A list of values.
    List(Box<TypeName>),
    /// An object with free keys.
    Map(Box<TypeName>),
    /// A JSON text that holds a shared object.
    Json(String),
    /// A value or `null`.
    Nullable(Box<TypeName>),
}

impl TypeName {
    /// Returns the name of the type of a field.
    pub fn of_field(api: &Api, field: &Field) -> Self {
        TypeName::or_null(TypeName::of(api, &field.ty), field.nullable)
    }

    fn of_element(api: &Api, element: &Element) -> Self {
        TypeName::or_null(TypeName::of(api, &element.ty), element.nullable)
    }

    fn or_null(self, may_be_null: bool) -> Self {
        match may_be_null {
            true => TypeName::Nullable(Box::new(self)),
            false => self,
        }
    }

    /// Returns the name of a type of an API.
    pub fn of(api: &Api, ty: &Type) -> Self {
        match ty {
            Type::String
            | Type::Integer
            | Type::Decimal
            | Type::Boolean
            | Type::Any
            | Type::DateTime
            | Type::Date
            | Type::Uuid
            | Type::Binary
            | Type::Timestamp(_)
            | Type::Url
            | Type::Country
            | Type::Currency(_) => TypeName::Plain(Kind::of(api, ty)),
            Type::Enum(id) => TypeName::Shared(api.enumeration(*id).name.clone()),
            Type::Object(id) => TypeName::Shared(api.object(*id).name.clone()),
            Type::Union(id) => TypeName::Shared(api.union(*id).name.clone()),
            Type::List(element) => TypeName::List(Box::new(TypeName::of_element(api, element))),
            Type::Map(map) => TypeName::Map(Box::new(TypeName::of_element(api, &map.values))),
            Type::Json(id) => TypeName::Json(api.object(*id).name.clone()),
        }
    }

    /// Returns the same type with other names of shared types.
    #[must_use]
    pub fn renamed(&self, name: &impl Fn(&str) -> String) -> Self {
        match self {
            TypeName::Plain(kind) => TypeName::Plain(*kind),
            TypeName::Shared(shared) => TypeName::Shared(name(shared)),
            TypeName::List(element) => TypeName::List(Box::new(element.renamed(name))),
            TypeName::Map(values) => TypeName::Map(Box::new(values.renamed(name))),
            TypeName::Json(shared) => TypeName::Json(name(shared)),
            TypeName::Nullable(value) => TypeName::Nullable(Box::new(value.renamed(name))),
        }
    }
}
