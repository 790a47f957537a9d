use super::{Change, SemverBump, money, money_of_amounts, money_of_defaults, none, patch, safe};

/// Returns the bump for a change of whether an object is an amount, which has conversions from and
/// to major units.
fn by_conversions(change: &Change) -> SemverBump {
    match (&change.old, &change.new) {
        (Some(_), None) => SemverBump::Major,
        (None, Some(_)) => SemverBump::Minor,
        (Some(_), Some(_)) | (None, None) => SemverBump::Patch,
    }
}

super::table! {
    Field Added: Tolerated, None, patch, money_of_amounts,
        "a field was added",
        "A message can carry one more field. Where the merchant sends it and must, callers with the old crate are refused; where it may, a provider that has not moved may refuse a name it does not know. Where the provider sends it, old readers ignore it; a new reader that needs it fails on messages of a provider that has not moved.";
    Field Removed: Tolerated, Risky, patch, money_of_amounts,
        "a field was removed",
        "A message no longer carries a field. What the merchant still sends under the name is refused or ignored in silence; what the provider no longer sends is missing in the old crate, and its reader fails if it must be there.";
    Field Renamed: Values, None, patch, money_of_amounts,
        "a field has another name",
        "The same value is sent under another name. Who has not moved sends the old name, which is refused or ignored, and looks for the old name, which is not there. Without being recognised as one it would be a field that was removed and one that was added. Its other changes are separate findings.";
    Field Moved: Values, None, patch, money_of_amounts,
        "a field moved to another object",
        "The same value is sent at another place. Who has not moved sends it where it is refused or ignored, and looks for it where it no longer is. Its other changes are separate findings.";
    Field Narrowed: Values, None, patch, safe,
        "a field became required",
        "Messages without the field are no longer allowed. Where the merchant sends it, callers with the old crate may be refused; where the provider does, only a new reader at a provider that has not moved can miss it.";
    Field Widened: Values, None, patch, safe,
        "a field became optional",
        "Messages without the field are allowed now. Where the provider sends it, the old crate cannot read a message that lacks it; where the merchant does, only a provider that has not moved minds.";
    Kind Narrowed: Values, None, patch, money_of_amounts,
        "the form of a value became narrower",
        "A text must now have a certain form, such as a date. Values of another form are refused by whoever has moved.";
    Kind Widened: Values, None, patch, money_of_amounts,
        "the form of a value became wider",
        "Texts of any form are allowed now where one form was asked for. Whoever has not moved refuses the new ones.";
    Kind Changed: Values, None, patch, money_of_amounts,
        "the form of a value changed",
        "Values are written in another form, and neither crate reads what the other side's provider expects.";
    Allowed Narrowed: Values, None, patch, safe,
        "fewer texts are allowed",
        "Texts that used to be allowed are not any more. What the merchant still sends of them is refused; what the provider no longer sends is only missed.";
    Allowed Widened: Values, None, patch, safe,
        "more texts are allowed",
        "There are new texts. The old crate keeps those of an open enum as unknown values, which a strict reader may not expect, and fails on those of a closed one; a provider that has not moved refuses them.";
    Allowed Changed: Values, None, patch, safe,
        "other texts are allowed",
        "Some texts are no longer allowed, and others are.";
    Open Narrowed: Values, None, patch, safe,
        "an enum was closed where it is received",
        "The provider no longer adds values. The new crate cannot read those of a provider that has not moved and sends others.";
    Open Widened: Values, None, patch, safe,
        "an enum was opened where it is received",
        "The provider may add values. The old crate cannot read a message with one.";
    MinLength Narrowed: Values, None, patch, safe,
        "the least length grew",
        "The minimum length was increased.";
    MinLength Widened: Values, None, patch, safe,
        "the least length shrank",
        "Shorter texts are allowed now.";
    MaxLength Narrowed: Values, None, patch, safe,
        "the greatest length shrank",
        "The maximum length was reduced. Requests with longer values will be rejected.";
    MaxLength Widened: Values, None, patch, safe,
        "the greatest length grew",
        "Longer texts are allowed now. A reader that stores them needs the room: a column of the old width overflows.";
    Pattern Narrowed: Values, None, patch, safe,
        "fewer texts match",
        "A pattern was added, or lets fewer texts through than before.";
    Pattern Widened: Values, None, patch, safe,
        "more texts match",
        "A pattern was removed, or lets more texts through than before.";
    Pattern Changed: Values, None, patch, safe,
        "a pattern changed",
        "Each of two patterns lets texts through that the other does not, or nobody can tell: then both directions count as broken. Of two patterns for the same texts nothing breaks.";
    Format Narrowed: Values, None, patch, safe,
        "a form was asked for",
        "Texts must have a certain form.";
    Format Widened: Values, None, patch, safe,
        "a format is no longer required",
        "Texts need no longer have a certain form.";
    Format Changed: Values, None, patch, safe,
        "another form is asked for",
        "Texts must have another form than before.";
    Min Narrowed: Values, None, patch, money_of_amounts,
        "the least number grew",
        "The minimum was increased.";
    Min Widened: Values, None, patch, money_of_amounts,
        "the least number shrank",
        "Smaller numbers are allowed now; for an amount that may be nothing at all.";
    Max Narrowed: Values, None, patch, money_of_amounts,
        "the greatest number shrank",
        "The maximum was reduced.";
    Max Widened: Values, None, patch, money_of_amounts,
        "the greatest number grew",
        "Greater numbers are allowed now; an amount in the wrong unit may pass unnoticed.";
    MultipleOf Narrowed: Values, None, patch, money_of_amounts,
        "fewer multiples are allowed",
        "A number must be a multiple of another one now, or of a greater one. Requests with other numbers will be rejected.";
    MultipleOf Widened: Values, None, patch, money_of_amounts,
        "more multiples are allowed",
        "Numbers between the old multiples are allowed now.";
    MultipleOf Changed: Values, None, patch, money_of_amounts,
        "other multiples are allowed",
        "Each side allows numbers that the other refuses.";
    MinItems Narrowed: Values, None, patch, safe,
        "the least number of elements grew",
        "The minimum number of elements was increased.";
    MinItems Widened: Values, None, patch, safe,
        "the least number of elements shrank",
        "Shorter lists are allowed now.";
    MaxItems Narrowed: Values, None, patch, safe,
        "the greatest number of elements shrank",
        "The maximum number of elements was reduced.";
    MaxItems Widened: Values, None, patch, safe,
        "the greatest number of elements grew",
        "Longer lists are allowed now.";
    UniqueItems Narrowed: Values, None, patch, safe,
        "elements must differ",
        "No two elements of a list may be equal any more. Requests that repeat one will be rejected.";
    UniqueItems Widened: Values, None, patch, safe,
        "elements may be equal",
        "Lists that repeat an element are allowed now.";
    RequiredWhen Narrowed: Values, None, patch, safe,
        "a field is required in more cases",
        "In a case that is new, messages without the field are no longer allowed.";
    RequiredWhen Widened: Values, None, patch, safe,
        "a field is required in fewer cases",
        "In a case that is gone, messages without the field are allowed.";
    RequiredWhen Changed: Values, None, patch, safe,
        "a field is required in other cases",
        "Some cases in which the field must be there are gone, and others are new.";
    ForbiddenWhen Narrowed: Values, None, patch, safe,
        "a field is forbidden in more cases",
        "In a case that is new, messages with the field are no longer allowed.";
    ForbiddenWhen Widened: Values, None, patch, safe,
        "a field is forbidden in fewer cases",
        "In a case that is gone, messages with the field are allowed.";
    ForbiddenWhen Changed: Values, None, patch, safe,
        "a field is forbidden in other cases",
        "Some cases in which the field must not be there are gone, and others are new.";
    Default Added: Tolerated, RiskyForAll, none, money_of_defaults,
        "a field has a default",
        "A message without the field now means the same as one with the default. The message itself does not change, so nobody notices unless they look. The generated code fills nothing in: where the value matters, send it.";
    Default Removed: Tolerated, RiskyForAll, none, money_of_defaults,
        "a field has no default any more",
        "The spec no longer says what a message without the field means. The message itself does not change, so nobody notices unless they look. Where the value matters, send it.";
    Default Changed: Tolerated, RiskyForAll, none, money_of_defaults,
        "the default of a field changed",
        "A message without the field means another value than before, although the message is the same. The generated code fills nothing in: where the value matters, send it.";
    AtLeastOneOf Narrowed: Values, None, patch, safe,
        "a group of fields must have one",
        "Messages with none of a group of fields are no longer allowed, or the group is smaller.";
    AtLeastOneOf Widened: Values, None, patch, safe,
        "a group of fields may have none",
        "Messages with none of a group of fields are allowed now, or the group is larger.";
    AtLeastOneOf Changed: Values, None, patch, safe,
        "other groups of fields must have one",
        "Some groups of which one field must be there are gone, and others are new.";
    SameCurrency Narrowed: Values, None, patch, money,
        "amounts must be in one currency",
        "Messages with these amounts in different currencies are no longer allowed.";
    SameCurrency Widened: Values, None, patch, money,
        "amounts may be in different currencies",
        "Messages with these amounts in different currencies are allowed now; who has not moved refuses them.";
    SameCurrency Changed: Values, None, patch, money,
        "other amounts must be in one currency",
        "Some amounts that had to be in one currency may differ now, and others may no longer.";
    AmountSteps Narrowed: Values, None, patch, money,
        "amounts of a currency come in larger steps",
        "Amounts between the steps are no longer allowed, and may be rounded by who has not moved.";
    AmountSteps Widened: Values, None, patch, money,
        "amounts of a currency come in smaller steps",
        "Amounts between the old steps are allowed now, and may be rounded by who has not moved.";
    AmountSteps Changed: Values, None, patch, money,
        "amounts of a currency come in other steps",
        "Some amounts are no longer allowed and others are; who has not moved may round them.";
    Advice Narrowed: Tolerated, None, patch, safe,
        "more is warned of",
        "Messages pass with a warning that passed without one. Nothing is refused for it, but the provider advises against them.";
    Advice Widened: Tolerated, None, patch, safe,
        "less is warned of",
        "Messages pass without a warning that passed with one. A provider that has not moved still advises against them.";
    Advice Changed: Tolerated, None, patch, safe,
        "something else is warned of",
        "Some messages pass with a warning that passed without one, and the other way around. Nothing is refused for it.";
    AmountFields Changed: Values, None, by_conversions, money,
        "the unit of an amount changed",
        "An object is an amount of money now, or no longer, or other fields hold its currency and its number of minor units: the same message means another amount. The conversions from and to major units come and go with it.";
    QuoteFields Changed: Text, Risky, by_conversions, money,
        "the unit of an exchange rate changed",
        "An object is an exchange rate now, or no longer, or its price counts the other way round. No message changes, but amounts are converted in another way; the conversion comes and goes with it.";
}
