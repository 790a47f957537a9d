//! Adds the phrases that state facts about a field.

use super::{FactKind, Lexicon, Limit, Phrases, Unit, map, norms, type_norm};
use crate::facts::{Format, ValuesKind};

impl Lexicon {
    /// Adds the statements about a field.
    pub(super) fn add_facts(&mut self, file: &Phrases) {
        let limits = &file.constraints;
        let (format, values) = (&file.format, &file.values);
        for (kind, phrases) in [
            (FactKind::Limit(Limit::MaxLength), &limits.max_length),
            (FactKind::Limit(Limit::MinLength), &limits.min_length),
            (FactKind::Limit(Limit::MaxItems), &limits.max_items),
            (FactKind::Limit(Limit::MinItems), &limits.min_items),
            (FactKind::Limit(Limit::Length), &limits.length),
            (FactKind::Limit(Limit::Items), &limits.items),
            (FactKind::Limit(Limit::AtMost), &limits.at_most),
            (FactKind::Limit(Limit::AtLeast), &limits.at_least),
            (FactKind::Limit(Limit::Between), &limits.between),
            (FactKind::Limit(Limit::MultipleOf), &limits.multiple_of),
            (FactKind::Limit(Limit::Range), &limits.range),
            (FactKind::Format(Format::Datetime), &format.datetime),
            (FactKind::Format(Format::Date), &format.date),
            (FactKind::Format(Format::Url), &format.url),
            (FactKind::Format(Format::Country), &format.country),
            (FactKind::Format(Format::Currency), &format.currency),
            (FactKind::Format(Format::Mcc), &format.mcc),
            (FactKind::Format(Format::Json), &format.json),
            (FactKind::Format(Format::Alphanumeric), &format.alphanumeric),
            (FactKind::Values(ValuesKind::Fixed), &values.fixed),
            (FactKind::Values(ValuesKind::OneOf), &values.one_of),
            (FactKind::Values(ValuesKind::Examples), &values.examples),
            (FactKind::Default, &file.default),
            (FactKind::UniqueItems, &file.unique_items),
            (FactKind::Idempotency, &file.idempotency),
            (FactKind::Deprecated, &file.deprecated),
        ] {
            self.statements.add(kind, phrases);
        }
        self.open_end.extend(norms(&file.values.open_end));
        self.circumstances.extend(norms(&file.values.circumstances));
        self.left_out.extend(norms(&file.values.left_out));
        let tied = file.values.tied.iter();
        self.tied.extend(tied.map(|words| words.to_lowercase()));
        self.default_marks.extend(norms(&file.values.default));
        let time = file.units.time.iter();
        self.time_units.extend(time.map(|word| type_norm(word)));
        map(&mut self.units, &file.units.characters, Unit::Characters);
        map(&mut self.units, &file.units.elements, Unit::Elements);
        for (words, into) in [
            (&file.fact_words, &mut self.fact_words),
            (&file.example_starts, &mut self.example_starts),
        ] {
            into.extend(words.iter().map(|word| word.to_ascii_lowercase()));
        }
    }
}
