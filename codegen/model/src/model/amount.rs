//! Amounts of money.

use super::{Api, Field, Object};

/// A field that is an amount of money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// Name of the field that holds the number.
    pub value: String,
    /// The currency.
    pub currency: AmountCurrency,
    /// The unit of the number.
    pub unit: AmountUnit,
    /// Currencies whose value must be a multiple of a number of minor units.
    pub multiple_of: Vec<AmountStep>,
}

impl Amount {
    /// Returns the names of the fields that hold the amount.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.currency.field().into_iter().chain([&*self.value])
    }
}

/// The currency of an amount of money.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AmountCurrency {
    /// Name of the field that holds it, beside the number.
    Field(String),
    /// Always the currency with this ISO 4217 code.
    Code(String),
}

impl AmountCurrency {
    /// Returns the name of the field that holds it.
    pub fn field(&self) -> Option<&str> {
        match self {
            AmountCurrency::Field(name) => Some(name),
            AmountCurrency::Code(_) => None,
        }
    }
}

/// The unit of an amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AmountUnit {
    /// A whole number of the currency's smallest unit: 1230.
    Minor,
    /// A decimal number of the currency: 12.30.
    Major,
}

impl AmountUnit {
    /// Returns the word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            AmountUnit::Minor => "minor",
            AmountUnit::Major => "major",
        }
    }
}

/// A currency whose amounts come in steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AmountStep {
    /// ISO 4217 code.
    pub currency: String,
    /// The step, in minor units.
    pub step: u32,
    /// Severity, direction and sources.
    pub strength: super::Strength,
}

impl Object {
    /// Returns the amount of money that a field is.
    pub fn amount(&self, field: &str) -> Option<&Amount> {
        self.amounts.iter().find(|amount| amount.value == field)
    }
}

impl Api {
    /// Returns the amount of money that a field of this API is.
    pub fn amount(&self, field: &Field) -> Option<&Amount> {
        let bodies = self.operations.iter().flat_map(|one| one.bodies());
        let mut objects = self.objects.iter().chain(bodies.map(|body| &body.object));
        let is_here = |object: &&Object| object.fields.iter().any(|one| std::ptr::eq(one, field));
        objects.find(is_here)?.amount(&field.name)
    }
}
