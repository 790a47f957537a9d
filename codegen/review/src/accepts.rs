//! Compares the sets of texts that two specs allow at a place, as far as they can be decided.

use payspec_runtime::{Case, Pattern, rules};

use super::property::Property;
use super::relation::Relation;
use payspec_model::model::{Epoch, FormatName};
use payspec_model::value::{Bound, Kind, Value};

/// The properties that together define the texts that a place allows.
pub(super) const TEXT_PROPERTIES: &[Property] = &[
    Property::Kind,
    Property::Allowed,
    Property::MinLength,
    Property::MaxLength,
    Property::Pattern,
    Property::Format,
    Property::Min,
    Property::Max,
    Property::MultipleOf,
];

/// Returns how the set of allowed texts changes; [`None`] when neither side lists its texts, so
/// that each property is compared by itself.
pub(super) fn relation(
    old: impl Fn(Property) -> Option<Value>,
    new: impl Fn(Property) -> Option<Value>,
) -> Option<Relation> {
    let (old_texts, new_texts) = (listed(&old), listed(&new));
    Some(match (old_texts, new_texts) {
        (None, None) => return None,
        (Some(old), Some(new)) => Relation::of(
            old.iter().all(|text| new.contains(text)),
            new.iter().all(|text| old.contains(text)),
        ),
        (Some(texts), None) => Relation::of(texts.iter().all(|text| admits(&new, text)), false),
        (None, Some(texts)) => Relation::of(false, texts.iter().all(|text| admits(&old, text))),
    })
}

/// Returns the listed texts of a side that its other properties accept as well.
fn listed(side: &impl Fn(Property) -> Option<Value>) -> Option<Vec<String>> {
    let Value::Texts(texts) = side(Property::Allowed)? else {
        return None;
    };
    let texts = texts.into_iter().filter(|text| admits(side, text));
    Some(texts.collect())
}

/// Returns whether all properties of a side accept a text.
fn admits(side: &impl Fn(Property) -> Option<Value>, text: &str) -> bool {
    let mut properties = TEXT_PROPERTIES.iter();
    properties.all(|property| side(*property).is_none_or(|value| lets_through(&value, text)))
}

/// Returns whether a value of one of the [`TEXT_PROPERTIES`] accepts a text. Other values accept
/// every text.
fn lets_through(value: &Value, text: &str) -> bool {
    match value {
        Value::Kind(kind) => of_kind(*kind, text),
        Value::Texts(texts) => texts.contains(text),
        // A count of characters: none of the properties counts elements.
        Value::Count(Bound::Least, limit) => rules::min_length(text, *limit),
        Value::Count(Bound::Greatest, limit) => rules::max_length(text, *limit),
        Value::Limit(Bound::Least, limit) => rules::at_least(text, limit.as_str()),
        Value::Limit(Bound::Greatest, limit) => rules::at_most(text, limit.as_str()),
        Value::Multiples(steps) => steps
            .iter()
            .all(|step| rules::multiple_of(text, step.as_str())),
        Value::Patterns(patterns) => patterns
            .iter()
            .all(|pattern| rules::matches(&Pattern::from_text(pattern.clone()), text)),
        Value::Forms(forms) => forms.iter().all(|form| match form {
            FormatName::Mcc => rules::mcc(text),
            FormatName::Json => rules::json(text),
        }),
        Value::Flag(_)
        | Value::Type(_)
        | Value::Conditions(_)
        | Value::Groups(_)
        | Value::SameCurrency(_)
        | Value::Steps(_)
        | Value::Places(_)
        | Value::Amounts(_)
        | Value::Quote { .. }
        | Value::Path(_)
        | Value::Choice(_)
        | Value::Paths(_)
        | Value::Order(_)
        | Value::Address(_)
        | Value::Principal(..)
        | Value::Operations(_)
        | Value::Carried(_)
        | Value::Target(_)
        | Value::Role(_)
        | Value::Pauses(_)
        | Value::Decide(_)
        | Value::NextStep(_)
        | Value::Resend(_)
        | Value::StatusClass(_)
        | Value::Recipe(_)
        | Value::Word(_)
        | Value::WordSet(_)
        | Value::Name(_)
        | Value::Names(_)
        | Value::Rules(_)
        | Value::Words(_) => true,
    }
}

fn of_kind(kind: Kind, text: &str) -> bool {
    match kind {
        Kind::Integer => rules::integer(text),
        Kind::Decimal => rules::decimal(text),
        Kind::Boolean => rules::boolean(text),
        Kind::DateTime => rules::datetime(text),
        Kind::Date => rules::date(text),
        Kind::Timestamp(Epoch::Seconds) => rules::epoch_seconds(text),
        Kind::Timestamp(Epoch::Millis) => rules::epoch_millis(text),
        Kind::Uuid => rules::uuid(text),
        Kind::Binary => rules::base64(text),
        Kind::Url => rules::url(text),
        Kind::Country => rules::country_known(text),
        Kind::Currency(Case::Upper) => rules::currency_known(text),
        Kind::Currency(Case::Lower) => rules::lower_currency_known(text),
        Kind::Json => rules::json(text),
        Kind::Object | Kind::List | Kind::Map | Kind::Union => false,
        Kind::String | Kind::Any => true,
    }
}
