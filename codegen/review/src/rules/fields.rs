//! The rules for the fields of messages.

use payspec_model::model::AmountUnit;
use payspec_model::value::{Amount, Value};

use super::{Change, SemverBump, money, money_of_amounts, money_of_defaults, none, patch, safe};

/// Returns the bump for a change of whether an object is an amount, or an exchange rate, which has conversions.
fn by_conversions(change: &Change) -> SemverBump {
    let [old, new] = [&change.old, &change.new].map(|point| {
        let value = point.as_ref().map(|point| &point.value);
        value.and_then(conversions)
    });
    match (old, new) {
        (None, None) => SemverBump::Patch,
        (None, Some(_)) => SemverBump::Minor,
        (Some(old), Some(new)) if old == new => SemverBump::Patch,
        (Some(_), _) => SemverBump::Major,
    }
}

/// Returns the kind of conversions that come with a fact, if any.
fn conversions(value: &Value) -> Option<Option<AmountUnit>> {
    let Value::Amounts(amounts) = value else {
        return Some(None);
    };
    let mut amounts = amounts.values();
    match (amounts.next(), amounts.next()) {
        (Some(Amount { currency, unit }), None) => currency.field().map(|_| Some(*unit)),
        (None | Some(_), _) => None,
    }
}

super::table! {
    Field Added: Tolerated, None, patch, money_of_amounts,
        "a field was added",
        "Messages can carry one more field. If the merchant sends it and it is required, callers with the old crate are rejected; if it is optional, a provider that has not updated may reject a name that it does not know. If the provider sends it, old readers ignore it; a new reader that requires it fails on messages of a provider that has not updated.";
    Field Removed: Tolerated, Risky, patch, money_of_amounts,
        "a field was removed",
        "Messages no longer carry the field. If the merchant still sends it, the provider rejects it or silently ignores it. If the provider no longer sends it, the old crate does not receive it, and its reader fails if the field is required.";
    Field Renamed: Values, None, patch, money_of_amounts,
        "a field was renamed",
        "The same value is sent under another name. A party that has not updated sends the old name, which is rejected or ignored, and reads the old name, which is missing. If the two names were not matched, this would be a removed field and an added field. Other changes of the field are separate findings.";
    Field Moved: Values, None, patch, money_of_amounts,
        "a field moved to another object",
        "The same value is sent at another place. A party that has not updated sends it at the old place, where it is rejected or ignored, and reads it at the old place, where it is missing. Other changes of the field are separate findings.";
    Field Narrowed: Values, None, patch, safe,
        "a field became required",
        "Messages without the field are no longer allowed. If the merchant sends it, callers with the old crate may be rejected. If the provider sends it, only a new reader can miss it, in messages of a provider that has not updated.";
    Field Widened: Values, None, patch, safe,
        "a field became optional",
        "Messages without the field are allowed. If the provider sends it, the old crate cannot read a message without it. If the merchant sends it, only a provider that has not updated may reject a message without it.";
    Kind Narrowed: Values, None, patch, money_of_amounts,
        "the type of a value became narrower",
        "A string must now have a certain format, such as a date. A party that has updated rejects values in another format.";
    Kind Widened: Values, None, patch, money_of_amounts,
        "the type of a value became wider",
        "Strings in any format are allowed where one format was required. A party that has not updated rejects the new ones.";
    Kind Changed: Values, None, patch, money_of_amounts,
        "the type of a value changed",
        "Values are written in another way. The old crate does not work with a provider that has updated, nor the new crate with one that has not.";
    Location Changed: Values, None, patch, money_of_amounts,
        "a field moved to another part of the request",
        "The same value travels in another part of the request: the path, the query, a header or the body. A party that has not updated sends it, or looks for it, at the old place, where it is missing.";
    Style Changed: Values, None, patch, money_of_amounts,
        "a query or form writes a value in another way",
        "The same list, object or map is written as other `name=value` pairs. A party that has not updated does not find it, or reads another value.";
    JsonType Added: Values, None, patch, money_of_amounts,
        "a value now has a JSON type of its own",
        "The value is written as another JSON type than the API's other values, such as a number in place of a string. A party that has not updated may reject or misread it.";
    JsonType Removed: Values, None, patch, money_of_amounts,
        "a value no longer has a JSON type of its own",
        "The value is written as the API's other values are, in the form that `wire.scalars` states. A party that has not updated may reject or misread it.";
    JsonType Changed: Values, None, patch, money_of_amounts,
        "the JSON type of a value changed",
        "The value is written as another JSON type, such as a number in place of a string. A party that has not updated may reject or misread it.";
    Nullable Narrowed: Values, None, patch, money_of_amounts,
        "`null` is no longer a value of a field",
        "If the merchant still sends `null`, the provider may reject it or take it for an absent value. If the provider no longer sends it, it is only missing; a message of a provider that has not updated has it still.";
    Nullable Widened: Values, None, patch, money_of_amounts,
        "`null` is now a value of a field",
        "The provider may send `null`, which the old crate takes for an absent value and other readers may refuse. If the merchant sends it, a provider that has not updated may reject it.";
    ElementNullable Narrowed: Values, None, patch, money_of_amounts,
        "an element of a list can no longer be `null`",
        "If the merchant still sends `null` in the list, the provider may reject the request. The new crate cannot read a list in which a provider that has not updated still sends it: the whole list is lost.";
    ElementNullable Widened: Values, None, patch, money_of_amounts,
        "an element of a list can now be `null`",
        "The old crate cannot read a list in which the provider sends `null`: the whole list is lost. If the merchant sends it, a provider that has not updated may reject the request.";
    Allowed Narrowed: Values, None, patch, safe,
        "fewer values are allowed",
        "If the merchant still sends a removed value, it is rejected. If the provider no longer sends it, it is only missing.";
    Allowed Widened: Values, None, patch, safe,
        "more values are allowed",
        "The old crate keeps new values of an open enum as unknown values, which a strict reader may not expect, and fails on new values of a closed enum. A provider that has not updated rejects them.";
    Allowed Changed: Values, None, patch, safe,
        "other values are allowed",
        "Some values were removed, and others were added.";
    Open Narrowed: Values, None, patch, safe,
        "an enum in received messages was closed",
        "The provider no longer adds values. The new crate cannot read other values, which a provider that has not updated may still send.";
    Open Widened: Values, None, patch, safe,
        "an enum in received messages was opened",
        "The provider may add values. The old crate cannot read a message with a new value.";
    MinLength Narrowed: Values, None, patch, safe,
        "the minimum length was increased",
        "Shorter values are no longer allowed.";
    MinLength Widened: Values, None, patch, safe,
        "the minimum length was reduced",
        "Shorter values are allowed.";
    MaxLength Narrowed: Values, None, patch, safe,
        "the maximum length was reduced",
        "Requests with longer values will be rejected.";
    MaxLength Widened: Values, None, patch, safe,
        "the maximum length was increased",
        "Longer values are allowed. A reader that stores them needs the space: a database column of the old width overflows.";
    Pattern Narrowed: Values, None, patch, safe,
        "fewer values match",
        "A pattern was added, or matches fewer values than before.";
    Pattern Widened: Values, None, patch, safe,
        "more values match",
        "A pattern was removed, or matches more values than before.";
    Pattern Changed: Values, None, patch, safe,
        "a pattern changed",
        "Each of the two patterns matches values that the other does not, or they cannot be compared; then both directions count as broken. If both match the same values, nothing breaks.";
    Format Narrowed: Values, None, patch, safe,
        "a format is now required",
        "Values must have a certain format.";
    Format Widened: Values, None, patch, safe,
        "a format is no longer required",
        "Values need no longer have a certain format.";
    Format Changed: Values, None, patch, safe,
        "another format is required",
        "Values must have another format than before.";
    Min Narrowed: Values, None, patch, money_of_amounts,
        "the minimum was increased",
        "Smaller numbers are no longer allowed.";
    Min Widened: Values, None, patch, money_of_amounts,
        "the minimum was reduced",
        "Smaller numbers are allowed; for an amount, possibly zero.";
    Max Narrowed: Values, None, patch, money_of_amounts,
        "the maximum was reduced",
        "Larger numbers are no longer allowed.";
    Max Widened: Values, None, patch, money_of_amounts,
        "the maximum was increased",
        "Larger numbers are allowed; an amount in the wrong unit may pass unnoticed.";
    MultipleOf Narrowed: Values, None, patch, money_of_amounts,
        "fewer multiples are allowed",
        "A number must now be a multiple of a given number, or of a larger one than before. Requests with other numbers will be rejected.";
    MultipleOf Widened: Values, None, patch, money_of_amounts,
        "more multiples are allowed",
        "Numbers between the old multiples are allowed.";
    MultipleOf Changed: Values, None, patch, money_of_amounts,
        "other multiples are allowed",
        "Each spec allows numbers that the other rejects.";
    MinItems Narrowed: Values, None, patch, safe,
        "the minimum number of elements was increased",
        "Shorter lists are no longer allowed.";
    MinItems Widened: Values, None, patch, safe,
        "the minimum number of elements was reduced",
        "Shorter lists are allowed.";
    MaxItems Narrowed: Values, None, patch, safe,
        "the maximum number of elements was reduced",
        "Longer lists are no longer allowed.";
    MaxItems Widened: Values, None, patch, safe,
        "the maximum number of elements was increased",
        "Longer lists are allowed.";
    KeyMaxLength Narrowed: Values, None, patch, safe,
        "the maximum length of keys was reduced",
        "Longer keys are no longer allowed.";
    KeyMaxLength Widened: Values, None, patch, safe,
        "the maximum length of keys was increased",
        "Longer keys are allowed. A reader that stores them needs the space: a database column of the old width overflows.";
    KeyPattern Narrowed: Values, None, patch, safe,
        "fewer keys match",
        "A pattern of the keys was added, or matches fewer keys than before.";
    KeyPattern Widened: Values, None, patch, safe,
        "more keys match",
        "A pattern of the keys was removed, or matches more keys than before.";
    KeyPattern Changed: Values, None, patch, safe,
        "a pattern of keys changed",
        "Each of the two patterns matches keys that the other does not, or they cannot be compared; then both directions count as broken. If both match the same keys, nothing breaks.";
    UniqueItems Narrowed: Values, None, patch, safe,
        "elements must be unique",
        "A list must not contain equal elements. Requests that repeat an element will be rejected.";
    UniqueItems Widened: Values, None, patch, safe,
        "elements need not be unique",
        "Lists that repeat an element are allowed.";
    RequiredWhen Narrowed: Values, None, patch, safe,
        "a field is required in more cases",
        "In the added cases, messages without the field are no longer allowed.";
    RequiredWhen Widened: Values, None, patch, safe,
        "a field is required in fewer cases",
        "In the removed cases, messages without the field are allowed.";
    RequiredWhen Changed: Values, None, patch, safe,
        "a field is required in other cases",
        "Some cases in which the field is required were removed, and others were added.";
    ForbiddenWhen Narrowed: Values, None, patch, safe,
        "a field is forbidden in more cases",
        "In the added cases, messages with the field are no longer allowed.";
    ForbiddenWhen Widened: Values, None, patch, safe,
        "a field is forbidden in fewer cases",
        "In the removed cases, messages with the field are allowed.";
    ForbiddenWhen Changed: Values, None, patch, safe,
        "a field is forbidden in other cases",
        "Some cases in which the field is forbidden were removed, and others were added.";
    Default Added: Tolerated, RiskyForAll, none, money_of_defaults,
        "a field has a default",
        "A message without the field now means the same as one with the default value. The message itself does not change, so the effect is easy to miss. The generated code does not fill in the default: if the value matters, send it.";
    Default Removed: Tolerated, RiskyForAll, none, money_of_defaults,
        "a field no longer has a default",
        "The spec no longer says what a message without the field means. The message itself does not change, so the effect is easy to miss. If the value matters, send it.";
    Default Changed: Tolerated, RiskyForAll, none, money_of_defaults,
        "the default of a field changed",
        "A message without the field means another value than before, although the message is the same. The generated code does not fill in the default: if the value matters, send it.";
    AtLeastOneOf Narrowed: Values, None, patch, safe,
        "a group of fields requires at least one",
        "Messages without any field of the group are no longer allowed, or the group has fewer fields.";
    AtLeastOneOf Widened: Values, None, patch, safe,
        "a group of fields no longer requires one",
        "Messages without any field of the group are allowed, or the group has more fields.";
    AtLeastOneOf Changed: Values, None, patch, safe,
        "other groups of fields require at least one",
        "Some groups that require at least one of their fields were removed, and others were added.";
    SameCurrency Narrowed: Values, None, patch, money,
        "amounts must have the same currency",
        "Messages with these amounts in different currencies are no longer allowed.";
    SameCurrency Widened: Values, None, patch, money,
        "amounts may have different currencies",
        "Messages with these amounts in different currencies are allowed. A party that has not updated rejects them.";
    SameCurrency Changed: Values, None, patch, money,
        "other amounts must have the same currency",
        "Some amounts that had to have the same currency may now differ, and others may no longer.";
    AmountSteps Narrowed: Values, None, patch, money,
        "amounts of a currency have larger steps",
        "Amounts between the steps are no longer allowed. A party that has not updated may round them.";
    AmountSteps Widened: Values, None, patch, money,
        "amounts of a currency have smaller steps",
        "Amounts between the old steps are allowed. A party that has not updated may round them.";
    AmountSteps Changed: Values, None, patch, money,
        "amounts of a currency have other steps",
        "Some amounts are no longer allowed, and others are new. A party that has not updated may round them.";
    Advice Narrowed: Tolerated, None, patch, safe,
        "more messages cause a warning",
        "Some messages that passed without a warning now cause one. They are not rejected, but the provider advises against them.";
    Advice Widened: Tolerated, None, patch, safe,
        "fewer messages cause a warning",
        "Some messages that caused a warning now pass without one. A provider that has not updated still advises against them.";
    Advice Changed: Tolerated, None, patch, safe,
        "other messages cause a warning",
        "Some messages that passed without a warning now cause one, and others no longer do. No message is rejected for it.";
    AmountFields Changed: Values, None, by_conversions, money,
        "the unit of an amount changed",
        "A field became an amount of money, or is no longer one, or its number counts another unit or has another currency: the same message means another amount. The conversions of an object that is one amount are added or removed with it.";
    QuoteFields Changed: Text, Risky, by_conversions, money,
        "the unit of an exchange rate changed",
        "An object became an exchange rate, or is no longer one, or its price counts in the opposite direction. No message changes, but amounts are converted differently. The conversion is added or removed with it.";
}
