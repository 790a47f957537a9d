//! The phrases of conditions, as the files of the lexicon hold them.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The phrases of one language. `docs` of the keys are in `phrases/en.yaml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Phrases {
    pub(super) filler: Vec<String>,
    pub(super) own: Vec<String>,
    pub(super) and: Vec<String>,
    pub(super) or: Vec<String>,
    pub(super) one_of: Vec<String>,
    pub(super) fields: BTreeMap<String, Vec<String>>,
    pub(super) lead: Vec<String>,
    pub(super) then: Vec<String>,
    pub(super) otherwise: Vec<String>,
    pub(super) when: Vec<String>,
    pub(super) unless: Vec<String>,
    pub(super) behind: Vec<String>,
    pub(super) classes: BTreeMap<String, Vec<String>>,
    pub(super) effects: Effects,
    pub(super) tests: Tests,
    pub(super) groups: Vec<String>,
    pub(super) exclusive: Vec<String>,
    pub(super) vague_groups: Vec<String>,
    pub(super) following: Vec<String>,
    pub(super) all_following: Vec<String>,
    pub(super) vague: Vec<String>,
    pub(super) others: Vec<String>,
    pub(super) wishes: Vec<String>,
    pub(super) asides: Vec<String>,
    pub(super) negations: Vec<String>,
    pub(super) joints: Vec<String>,
}

/// What a condition decides.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Effects {
    pub(super) required: Vec<String>,
    pub(super) optional: Vec<String>,
    pub(super) present: Vec<String>,
    pub(super) absent: Vec<String>,
}

/// What a condition tests.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tests {
    pub(super) present: Vec<String>,
    pub(super) absent: Vec<String>,
    pub(super) one_of: Vec<String>,
    pub(super) all_absent: Vec<String>,
    pub(super) any_present: Vec<String>,
}
