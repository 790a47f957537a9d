//! Matches the rule that refuses a message with the property that changed.

use crate::property::Property;
use payspec_runtime::RuleId;

/// Returns whether a rule is the one that a property states. Where several properties of an item changed, each has a
/// witness of its own.
pub(super) fn is_about(property: Property, rule: RuleId) -> bool {
    let own = match property {
        Property::MinLength => RuleId::MinLength,
        Property::MaxLength | Property::HeaderMaxLength => RuleId::MaxLength,
        Property::Pattern | Property::HeaderPattern => RuleId::Pattern,
        Property::HeaderFormat => RuleId::Format,
        Property::Min => RuleId::Min,
        Property::Max => RuleId::Max,
        Property::MultipleOf => RuleId::MultipleOf,
        Property::MinItems => RuleId::MinItems,
        Property::MaxItems => RuleId::MaxItems,
        Property::UniqueItems => RuleId::UniqueItems,
        Property::RequiredWhen => RuleId::RequiredWhen,
        Property::ForbiddenWhen => RuleId::ForbiddenWhen,
        Property::AtLeastOneOf => RuleId::AtLeastOneOf,
        Property::AmountSteps => RuleId::AmountStep,
        Property::SameCurrency => RuleId::SameCurrency,
        Property::Header => return matches!(rule, RuleId::Required | RuleId::UnknownField),
        // Presence, form and allowed texts show in several rules.
        _ => return true,
    };
    rule == own
}
