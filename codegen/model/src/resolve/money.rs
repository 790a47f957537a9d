//! Amounts of money (a value whose currency is a field beside it) and exchange rates.

use payspec_runtime::rules;

use super::Context;
use super::sources::Cited;
use crate::diagnostic::{Diagnostic, codes, limits};
use crate::format::{self, Fields, Money, MoneyEntry};
use crate::model::{Amount, AmountStep, Field, Object, Quote, QuoteDirection, Type};
use crate::source::{At, Span};

impl Context<'_> {
    /// Returns the amount that an object is: that of its field with `money`.
    pub(super) fn amount(
        &mut self,
        fields: &Fields,
        at: At<'_>,
        object: &Object,
        sources: &Cited,
    ) -> Option<Amount> {
        let mut amount = None;
        for ((name, field), at) in fields.iter().zip(at.entries()) {
            let field = field.field();
            let (Some(money), None) = (&field.money, &field.removed) else {
                continue;
            };
            let at = at.at("money");
            if amount.is_some() {
                let message = "payspec does not describe an object with two amounts of money";
                self.report(
                    Diagnostic::new(&codes::MISFIT, message)
                        .at(at.key_span(), "the second one")
                        .help("describe each amount as an object of a value and a currency"),
                );
                continue;
            }
            amount = self.money(name, money, at, object, sources);
        }
        amount
    }

    fn money(
        &mut self,
        value: &str,
        money: &MoneyEntry,
        at: At<'_>,
        object: &Object,
        sources: &Cited,
    ) -> Option<Amount> {
        let place = at.at("currency");
        let beside = money.currency().strip_prefix('/');
        let Some(currency) = beside.filter(|name| !name.contains(['/', '~'])) else {
            let message =
                "payspec describes an amount of money whose currency is a field beside it";
            self.report(
                Diagnostic::new(&codes::BAD_PATH, message)
                    .at(place.span(), "")
                    .help("write the name of that field behind a slash: `/currency`"),
            );
            return None;
        };
        self.typed_field(object, currency, place, &Type::Currency);
        self.typed_field(object, value, at, &Type::Integer);
        let multiple_of = match money {
            MoneyEntry::Currency(_) => Vec::new(),
            MoneyEntry::Money(money) => self.steps(money, at.at("multiple_of"), sources),
        };
        Some(Amount {
            currency: currency.to_owned(),
            value: value.to_owned(),
            multiple_of,
        })
    }

    fn steps(&mut self, money: &Money, at: At<'_>, sources: &Cited) -> Vec<AmountStep> {
        let steps = money.multiple_of.iter().zip(at.entries());
        let resolve = |((currency, step), at): ((&String, &format::AmountStep), At<'_>)| {
            if !rules::currency_known(currency) {
                let message = format!("unknown currency `{currency}`");
                self.report(
                    Diagnostic::new(&codes::UNKNOWN_CURRENCY, message)
                        .at(at.key_span(), "expected three capital letters of ISO 4217"),
                );
            }
            AmountStep {
                currency: currency.clone(),
                step: step.step,
                strength: self.strength(&step.particulars, at.at("particulars"), sources),
            }
        };
        steps.map(resolve).collect()
    }

    /// Reports amounts of money among the fields of a body itself.
    pub(super) fn no_amount(&mut self, fields: &Fields, at: At<'_>) {
        for (field, at) in fields.values().zip(at.entries()) {
            if field.field().money.is_some() {
                let message =
                    "payspec does not describe an amount of money beside other fields of a body";
                self.report(
                    Diagnostic::new(&codes::MISFIT, message)
                        .at(at.at("money").key_span(), "")
                        .help("describe it as an object of a value and a currency"),
                );
            }
        }
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
        self.typed_field(object, pair, at.at("pair"), &Type::String);
        self.typed_field(object, price, at.at("price"), &Type::Decimal);
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

    fn typed_field(&mut self, object: &Object, name: &str, at: At<'_>, wanted: &Type) {
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
        if field.ty != *wanted && !self.opaque.contains(&field.origin) {
            let message = format!(
                "`{name}` is of type {}, expected {} here",
                self.type_name(&field.ty),
                self.type_name(wanted)
            );
            let declared = self.map.word_at(field.origin);
            let diagnostic = Diagnostic::new(&codes::WRONG_TARGET, message)
                .at(at.span(), "")
                .also(declared, "declared here");
            let in_major_units = (&field.ty, wanted) == (&Type::Decimal, &Type::Integer);
            self.report(match in_major_units {
                true => diagnostic.limit(&limits::MAJOR_UNITS),
                false => diagnostic,
            });
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
