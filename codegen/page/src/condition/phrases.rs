//! The phrases of conditions, as the files of the lexicon hold them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

/// The phrases of conditions. Patterns have placeholders: `{field}` for another field, `{fields}`,
/// `{both}` and `{either}` for several, `{values}` for values, `{self}` and `{this}` for the field
/// itself, `{any}` for any words, and `<name>` for a phrase of a class.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(rename = "ConditionPhrases")]
pub(crate) struct Phrases {
    /// Words that are left out of phrases and sentences.
    pub(super) filler: Vec<String>,
    /// Words for the field itself.
    pub(super) own: Vec<String>,
    /// Words between fields or values that all count.
    pub(super) and: Vec<String>,
    /// Words between fields or values of which one counts.
    pub(super) or: Vec<String>,
    /// Words before values of which each one is enough.
    pub(super) one_of: Vec<String>,
    /// Fields by what else pages call them.
    pub(super) fields: BTreeMap<String, Vec<String>>,
    /// Words before an effect, without a meaning of their own.
    pub(super) lead: Vec<String>,
    /// Words between a test and an effect.
    pub(super) then: Vec<String>,
    /// Words before what holds while the test fails.
    pub(super) otherwise: Vec<String>,
    /// Words before a test.
    pub(super) when: Vec<String>,
    /// Words before a test without which the effect cannot hold, while it need not hold with it.
    pub(super) only: Vec<String>,
    /// Words before a test that must fail.
    pub(super) unless: Vec<String>,
    /// Words before a test, if one of the words of `behind` closes the test: `在…时`.
    pub(super) when_closed: Vec<String>,
    /// Words behind a test.
    pub(super) behind: Vec<String>,
    /// Words behind an event after which an effect holds.
    pub(super) after: Vec<String>,
    /// Words in brackets before a test that explains the words before them.
    pub(super) namely: Vec<String>,
    /// Phrases that `<name>` stands for in patterns. A profile that extends another one may use its classes.
    pub(super) classes: BTreeMap<String, Vec<String>>,
    /// Patterns for what a condition decides.
    pub(super) effects: Effects,
    /// Patterns for what a condition tests.
    pub(super) tests: Tests,
    /// Patterns for several fields of which at least one must be present.
    pub(super) groups: Vec<String>,
    /// Patterns for several fields of which at most one may be present.
    pub(super) exclusive: Vec<String>,
    /// Patterns for groups whose fields are not named.
    pub(super) vague_groups: Vec<String>,
    /// Words that announce a list of tests.
    pub(super) following: Vec<String>,
    /// Words that announce a list of tests that all count.
    pub(super) all_following: Vec<String>,
    /// Words that announce a list of tests of which one is enough, whatever else is said of them: `any of these
    /// conditions`.
    pub(super) any_following: Vec<String>,
    /// Words for what a list of tests consists of: a list of anything else is none.
    pub(super) cases: Vec<String>,
    /// Patterns for conditions that name no test.
    pub(super) vague: Vec<String>,
    /// Patterns for sentences by which a field is absent at times: `may not be returned`.
    pub(super) at_times: Vec<String>,
    /// Patterns for sentences by which a field is present in all cases: `always returned`.
    pub(super) always: Vec<String>,
    /// Words with which a clause begins that states a condition, whatever follows. A phrase with a filler is
    /// matched with it.
    pub(super) starts: Vec<String>,
    /// Words that begin so, and begin no condition. A phrase with a filler is matched with it: `返回的金额`.
    pub(super) plain_starts: Vec<String>,
    /// Those of them that say where a field has a meaning, and not that it is required there: `only applicable`.
    pub(super) applies: Vec<String>,
    /// Words that contain one of an effect, or one behind a test: `返回码`, `小时`.
    pub(super) nouns: Vec<String>,
    /// Patterns for exceptions from an effect.
    pub(super) exceptions: Vec<String>,
    /// Words before the field itself that compare something with it: `more than this value`.
    pub(super) comparisons: Vec<String>,
    /// Words for those whose actions are no conditions of a field.
    pub(super) others: Vec<String>,
    /// Beginnings of tests that say what somebody wants.
    pub(super) wishes: Vec<String>,
    /// Patterns for clauses that change no condition.
    pub(super) asides: Vec<String>,
    /// Words that turn a condition into another one unless a pattern has them.
    pub(super) negations: Vec<String>,
    /// Words at the start of a clause that a test goes on with.
    pub(super) joints: Vec<String>,
}

/// The effects of conditions.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Effects {
    /// The field must be present.
    pub(super) required: Vec<String>,
    /// The field may be absent.
    pub(super) optional: Vec<String>,
    /// The field is present.
    pub(super) present: Vec<String>,
    /// The field must be absent.
    pub(super) absent: Vec<String>,
}

/// The tests of conditions.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Tests {
    /// Another field is present.
    pub(super) present: Vec<String>,
    /// Another field is absent.
    pub(super) absent: Vec<String>,
    /// Another field has one of these values.
    pub(super) one_of: Vec<String>,
    /// Another field has none of these values.
    pub(super) none_of: Vec<String>,
    /// Another field has none of these values; no word such as `when` stands before it.
    pub(super) all_but: Vec<String>,
    /// Several fields are absent.
    pub(super) all_absent: Vec<String>,
    /// One of several fields is present.
    pub(super) any_present: Vec<String>,
}
