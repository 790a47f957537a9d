//! The texts that a place allows, as far as it can be decided.

use payspec_runtime::{Pattern, rules};

use super::facet::Facet;
use super::fact::Value;
use super::relation::Relation;

/// The facets that together say which texts a place allows.
pub(super) const TEXT_FACETS: &[Facet] = &[
    Facet::Kind,
    Facet::Allowed,
    Facet::MinLength,
    Facet::MaxLength,
    Facet::Pattern,
    Facet::Format,
    Facet::Min,
    Facet::Max,
];

/// How the texts allowed at a place change, where one of the sides lists them; [`None`] where neither
/// does, so that each facet speaks for itself.
pub(super) fn relation(
    old: impl Fn(Facet) -> Option<Value>,
    new: impl Fn(Facet) -> Option<Value>,
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

/// The texts that a side lists and that its other facets let through.
fn listed(side: &impl Fn(Facet) -> Option<Value>) -> Option<Vec<String>> {
    let mut texts = side(Facet::Allowed)?.texts();
    texts.retain(|text| admits(side, text));
    Some(texts)
}

/// Whether the facets of a side let a text through.
fn admits(side: &impl Fn(Facet) -> Option<Value>, text: &str) -> bool {
    TEXT_FACETS.iter().all(|facet| {
        let Some(value) = side(*facet) else {
            return true;
        };
        match facet {
            Facet::Kind => of_kind(&value.to_string(), text),
            Facet::Allowed => value.texts().iter().any(|allowed| allowed == text),
            Facet::MinLength => limit(&value).is_none_or(|limit| rules::min_length(text, limit)),
            Facet::MaxLength => limit(&value).is_none_or(|limit| rules::max_length(text, limit)),
            Facet::Min => rules::at_least(text, &value.to_string()),
            Facet::Max => rules::at_most(text, &value.to_string()),
            Facet::Pattern => value
                .texts()
                .iter()
                .all(|pattern| rules::matches(&Pattern::from_text(pattern.clone()), text)),
            Facet::Format => value.texts().iter().all(|format| match format.as_str() {
                "mcc" => rules::mcc(text),
                "json" => rules::json(text),
                _ => false,
            }),
            _ => true,
        }
    })
}

fn limit(value: &Value) -> Option<u32> {
    value.to_string().parse().ok()
}

fn of_kind(kind: &str, text: &str) -> bool {
    match kind {
        "integer" => rules::integer(text),
        "decimal" => rules::decimal(text),
        "boolean" => rules::boolean(text),
        "datetime" => rules::datetime(text),
        "date" => rules::date(text),
        "url" => rules::url(text),
        "country" => rules::country_known(text),
        "currency" => rules::currency_known(text),
        "json" => rules::json(text),
        "object" | "list" => false,
        _ => true,
    }
}
