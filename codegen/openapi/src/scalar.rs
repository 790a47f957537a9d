//! Types of single values that a document names.

use payspec_model::model::{Epoch, Type};
use payspec_runtime::Case;

/// A type of single values that is the same wherever it occurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Scalar {
    Integer,
    Decimal,
    Boolean,
    DateTime,
    Date,
    Timestamp(Epoch),
    Uuid,
    Binary,
    Url,
    Country,
    Currency(Case),
}

impl Scalar {
    /// All of them.
    pub(crate) const ALL: &'static [Scalar] = &[
        Scalar::Integer,
        Scalar::Decimal,
        Scalar::Boolean,
        Scalar::DateTime,
        Scalar::Date,
        Scalar::Timestamp(Epoch::Seconds),
        Scalar::Timestamp(Epoch::Millis),
        Scalar::Uuid,
        Scalar::Binary,
        Scalar::Url,
        Scalar::Country,
        Scalar::Currency(Case::Upper),
        Scalar::Currency(Case::Lower),
    ];

    /// Returns the type; [`None`] if it is not a single value with a form of its own.
    pub(crate) fn of(ty: &Type) -> Option<Self> {
        match ty {
            Type::Integer => Some(Scalar::Integer),
            Type::Decimal => Some(Scalar::Decimal),
            Type::Boolean => Some(Scalar::Boolean),
            Type::DateTime => Some(Scalar::DateTime),
            Type::Date => Some(Scalar::Date),
            Type::Timestamp(epoch) => Some(Scalar::Timestamp(*epoch)),
            Type::Uuid => Some(Scalar::Uuid),
            Type::Binary => Some(Scalar::Binary),
            Type::Url => Some(Scalar::Url),
            Type::Country => Some(Scalar::Country),
            Type::Currency(case) => Some(Scalar::Currency(*case)),
            Type::String
            | Type::Enum(_)
            | Type::Object(_)
            | Type::List(_)
            | Type::Map(_)
            | Type::Union(_)
            | Type::Json(_)
            | Type::Any => None,
        }
    }

    /// Returns the name of its schema, if it has one of its own.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Scalar::Integer => "Integer",
            Scalar::Decimal => "Decimal",
            Scalar::Boolean => "Boolean",
            Scalar::DateTime => "DateTime",
            Scalar::Date => "Date",
            Scalar::Timestamp(Epoch::Seconds) => "EpochSeconds",
            Scalar::Timestamp(Epoch::Millis) => "EpochMillis",
            Scalar::Uuid => "Uuid",
            Scalar::Binary => "Binary",
            Scalar::Url => "Url",
            Scalar::Country => "CountryCode",
            Scalar::Currency(Case::Upper) => "CurrencyCode",
            Scalar::Currency(Case::Lower) => "LowerCurrencyCode",
        }
    }
}
