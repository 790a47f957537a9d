//! Objects that are amounts of money or exchange rates.

use payspec_runtime::rules;

use super::Context;
use super::sources::Cited;
use crate::diagnostic::{Diagnostic, codes};
use crate::format;
use crate::model::{Amount, AmountStep, Field, Object, Quote, QuoteDirection, Type};
use crate::source::{At, Span};

impl Context<'_> {
    pub(super) fn amount(
        &mut self,
        amount: &format::Amount,
        at: At<'_>,
        object: &Object,
        sources: &Cited,
    ) -> Amount {
        self.typed_field(object, &amount.currency, at.at("currency"), &Type::Currency);
        self.typed_field(object, &amount.value, at.at("value"), &Type::Integer);
        let steps = amount
            .multiple_of
            .iter()
            .zip(at.at("multiple_of").entries());
        let multiple_of = steps.map(|((currency, step), at)| {
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
        });
        Amount {
            currency: amount.currency.clone(),
            value: amount.value.clone(),
            multiple_of: multiple_of.collect(),
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
        if field.ty != *wanted && !self.opaque.contains(&field.origin) {
            let message = format!(
                "`{name}` is of type {}, expected {} here",
                self.type_name(&field.ty),
                self.type_name(wanted)
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
