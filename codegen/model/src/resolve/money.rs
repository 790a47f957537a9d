//! Amounts of money (a value whose currency is a field beside it) and exchange rates.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use payspec_runtime::{Case, rules};

use super::Context;
use super::sources::Cited;
use crate::diagnostic::{Diagnostic, codes, limits};
use crate::format::{self, Fields, Money, MoneyEntry, Places};
use crate::model::{
    Amount, AmountCurrency, AmountStep, AmountUnit, Field, Object, Quote, QuoteDirection, Type,
};
use crate::source::{At, Span};

/// The types of fields that hold a currency.
const CURRENCIES: [Type; 2] = [Type::Currency(Case::Upper), Type::Currency(Case::Lower)];

impl Context<'_> {
    /// Returns the fields of an object that are amounts: those with `money`.
    pub(super) fn amounts(
        &mut self,
        fields: &Fields,
        at: At<'_>,
        object: &Object,
        sources: &Cited,
    ) -> Vec<Amount> {
        let mut amounts = Vec::new();
        for ((name, field), at) in fields.iter().zip(at.entries()) {
            let field = field.field();
            if let (Some(money), None) = (&field.money, &field.removed) {
                amounts.extend(self.money(name, money, at.at("money"), object, sources));
            }
        }
        amounts
    }

    fn money(
        &mut self,
        value: &str,
        money: &MoneyEntry,
        at: At<'_>,
        object: &Object,
        sources: &Cited,
    ) -> Option<Amount> {
        let currency = self.currency(money.currency(), at.at("currency"), object);
        let unit = self.unit(object, value, at);
        let multiple_of = match money {
            MoneyEntry::Currency(_) => Vec::new(),
            MoneyEntry::Money(money) => self.steps(money, at.at("multiple_of"), sources),
        };
        let (currency, unit) = (currency?, unit?);
        self.steps_of_currency(&currency, &multiple_of, at.at("multiple_of"));
        if let (AmountUnit::Major, Some(_)) = (unit, multiple_of.first()) {
            let message =
                "the steps of an amount are in minor units, but a decimal is in major ones";
            self.report(
                Diagnostic::new(&codes::MISFIT, message)
                    .at(at.at("multiple_of").key_span(), "")
                    .help("`multiple_of` beside `money` holds for all currencies")
                    .limit(&limits::STEPS_OF_MAJOR_UNITS),
            );
            return None;
        }
        Some(Amount {
            value: value.to_owned(),
            currency,
            unit,
            multiple_of,
        })
    }

    /// Reports steps of another currency than the only one of an amount.
    fn steps_of_currency(&mut self, currency: &AmountCurrency, steps: &[AmountStep], at: At<'_>) {
        let AmountCurrency::Code(code) = currency else {
            return;
        };
        for (step, at) in steps.iter().zip(at.entries()) {
            if step.currency != *code {
                let message = format!("the amount is always in {code}");
                self.report(
                    Diagnostic::new(&codes::MISFIT, message).at(at.key_span(), "has no effect"),
                );
            }
        }
    }

    /// Returns the currency of an amount: a code, or the pointer of a field beside it.
    fn currency(&mut self, text: &str, at: At<'_>, object: &Object) -> Option<AmountCurrency> {
        let Some(pointer) = text.strip_prefix('/') else {
            let is_known = self.known_currency(text, at.span());
            return is_known.then(|| AmountCurrency::Code(text.to_owned()));
        };
        if pointer.contains(['/', '~']) {
            let message = "the currency of an amount is a field beside it";
            self.report(
                Diagnostic::new(&codes::BAD_PATH, message)
                    .at(
                        at.span(),
                        "expected the name of a field behind a slash: `/currency`",
                    )
                    .limit(&limits::DISTANT_CURRENCY),
            );
            return None;
        }
        self.typed_field(object, pointer, at, &CURRENCIES);
        Some(AmountCurrency::Field(pointer.to_owned()))
    }

    /// Returns the unit of an amount, by the type of its field.
    fn unit(&mut self, object: &Object, value: &str, at: At<'_>) -> Option<AmountUnit> {
        self.typed_field(object, value, at, &[Type::Integer, Type::Decimal]);
        match object.field(value)?.ty {
            Type::Integer => Some(AmountUnit::Minor),
            Type::Decimal => Some(AmountUnit::Major),
            Type::String
            | Type::Boolean
            | Type::Any
            | Type::DateTime
            | Type::Date
            | Type::Timestamp(_)
            | Type::Uuid
            | Type::Binary
            | Type::Url
            | Type::Country
            | Type::Currency(_)
            | Type::Enum(_)
            | Type::Object(_)
            | Type::List(_)
            | Type::Map(_)
            | Type::Union(_)
            | Type::Json(_) => None,
        }
    }

    fn steps(&mut self, money: &Money, at: At<'_>, sources: &Cited) -> Vec<AmountStep> {
        let steps = money.multiple_of.iter().zip(at.entries());
        let resolve = |((currency, step), at): ((&String, &format::AmountStep), At<'_>)| {
            self.known_currency(currency, at.key_span());
            AmountStep {
                currency: currency.clone(),
                step: step.step,
                strength: self.strength(&step.particulars, at.at("particulars"), sources),
            }
        };
        steps.map(resolve).collect()
    }

    /// Returns the decimal places of an API's own.
    pub(super) fn decimals(
        &mut self,
        decimals: &IndexMap<String, Places>,
        at: At<'_>,
    ) -> BTreeMap<String, u8> {
        for (currency, at) in decimals.keys().zip(at.entries()) {
            self.known_currency(currency, at.key_span());
        }
        let places = decimals.iter();
        places
            .map(|(currency, Places(places))| (currency.clone(), *places))
            .collect()
    }

    /// Returns whether a text is the code of a currency; reports any other.
    fn known_currency(&mut self, code: &str, span: Span) -> bool {
        let is_known = rules::currency_known(code);
        if !is_known {
            let message = format!("unknown currency `{code}`");
            let unknown = Diagnostic::new(&codes::UNKNOWN_CURRENCY, message);
            self.report(unknown.at(span, "expected three capital letters of ISO 4217"));
        }
        is_known
    }

    pub(super) fn quote(
        &mut self,
        quote: &format::Quote,
        at: At<'_>,
        object: &Object,
        sources: &Cited,
    ) -> Quote {
        let format::Quote {
            pair,
            price,
            direction,
            source,
        } = quote;
        self.typed_field(object, pair, at.at("pair"), &[Type::String]);
        self.typed_field(object, price, at.at("price"), &[Type::Decimal]);
        Quote {
            pair: pair.clone(),
            price: price.clone(),
            direction: match direction {
                format::QuoteDirection::CounterPerBase => QuoteDirection::CounterPerBase,
                format::QuoteDirection::BasePerCounter => QuoteDirection::BasePerCounter,
            },
            sources: self.sources(source.as_ref(), at, sources).ids,
        }
    }

    /// Reports a field that does not exist, may be `null`, or is of none of the types.
    fn typed_field(&mut self, object: &Object, name: &str, at: At<'_>, wanted: &[Type]) {
        let Some(field) = self.field_named(object, name, at.span()) else {
            return;
        };
        if field.nullable {
            let message = format!("`{name}` may be `null`, expected a value here");
            let declared = self.map.word_at(field.origin);
            self.report(
                Diagnostic::new(&codes::WRONG_TARGET, message)
                    .at(at.span(), "")
                    .also(declared, "declared here")
                    .help("remove `nullable`"),
            );
        }
        if !wanted.contains(&field.ty) && !self.opaque.contains(&field.origin) {
            let mut names: Vec<String> = wanted.iter().map(|ty| self.type_name(ty)).collect();
            names.dedup();
            let message = format!(
                "`{name}` is of type {}, expected {} here",
                self.type_name(&field.ty),
                names.join(" or ")
            );
            let declared = self.map.word_at(field.origin);
            self.report(
                Diagnostic::new(&codes::WRONG_TARGET, message)
                    .at(at.span(), "")
                    .also(declared, "declared here"),
            );
        }
    }

    /// Returns the field of an object that a key names.
    pub(super) fn field_named<'o>(
        &mut self,
        object: &'o Object,
        name: &str,
        span: Span,
    ) -> Option<&'o Field> {
        let field = object.field(name);
        if field.is_none() {
            let message = format!("`{}` has no field `{name}`", object.name);
            let diagnostic =
                Diagnostic::new(&codes::DANGLING_PATH, message).at(span, "no such field");
            let names = object.fields.iter().map(|field| field.name.as_str());
            let diagnostic = self.suggest(diagnostic, name, names);
            self.report(diagnostic);
        }
        field
    }
}
