//! The table of rules: the possible differences between a page and a spec, or between two pages.

use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;

use payspec_model::model::PageFact;

/// The severity of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Different words for the same fact: nothing to do.
    Note,
    /// Only one side states the fact.
    Warning,
    /// The sides contradict each other, or something is new.
    Error,
}

impl Level {
    /// All of them, the worst first.
    pub const ALL: &'static [Level] = &[Level::Error, Level::Warning, Level::Note];

    /// Returns the word for it in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Level::Note => "note",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// One kind of difference.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The stable name.
    pub id: &'static str,
    /// The severity, unless the page does not state the fact, or states it only in words: that is a
    /// warning.
    pub level: Level,
    /// The title for a page and a spec.
    pub drift: &'static str,
    /// The title for an old and a new page.
    pub change: &'static str,
    /// The conditions under which it is reported.
    pub explanation: &'static str,
    /// A hint how to resolve a difference between page and spec.
    pub help: &'static str,
}

impl Rule {
    /// Returns the rule with this id, in any letter case.
    pub fn find(id: &str) -> Option<&'static Rule> {
        all().find(|rule| rule.id.eq_ignore_ascii_case(id))
    }
}

/// Only the page has a field.
pub(crate) const FIELD_NEW: Rule = Rule {
    id: "field-new",
    level: Level::Error,
    drift: "the spec does not have this field",
    change: "the field is new",
    explanation: "No field of the spec matches this parameter of the page by name, alias, values, type or position. A name that is valid on the wire is never matched as the translation of another name. If the field was possibly renamed, the finding names the possible former field.",
    help: "Add the field; `--write-draft FILE` drafts it.",
};

/// The page lacks a field.
pub(crate) const FIELD_GONE: Rule = Rule {
    id: "field-gone",
    level: Level::Error,
    drift: "the page no longer has this field",
    change: "the field is gone",
    explanation: "The spec cites the page for the field, but no parameter of the page matches it. Fields that the page hides are not reported, nor are fields that the spec has from other sources.",
    help: "Mark the field as `removed`, or name the source that still has it.",
};

/// The page has a field that the spec marks as removed.
pub(crate) const FIELD_WITHDRAWN: Rule = Rule {
    id: "field-withdrawn",
    level: Level::Error,
    drift: "the page has a field that the spec marks as removed",
    change: "the field is back",
    explanation: "The spec marks the field as `removed`, but the page lists it as a parameter.",
    help: "An older page still has the field: nothing to do. On a newer page the field is back: delete `removed`.",
};

/// Only the page has a code.
pub(crate) const CODE_NEW: Rule = Rule {
    id: "code-new",
    level: Level::Error,
    drift: "the spec does not have this code",
    change: "the code is new",
    explanation: "The table of the page has a code that the spec does not have. Letter case matters.",
    help: "Add the code; `--write-draft FILE` drafts it.",
};

/// The page lacks a code.
pub(crate) const CODE_GONE: Rule = Rule {
    id: "code-gone",
    level: Level::Error,
    drift: "the page no longer has this code",
    change: "the code is gone",
    explanation: "The spec cites the page for the code, but the table of the page does not have it.",
    help: "Mark the code as `removed`, or name the source that still has it.",
};

/// The page has no codes at all.
pub(crate) const TABLE_GONE: Rule = Rule {
    id: "table-gone",
    level: Level::Warning,
    drift: "the page has no table of result codes",
    change: "the table of result codes is gone",
    explanation: "The spec has codes from the page, but the page has none. This is reported once, not for each code.",
    help: "The copy may be incomplete. If the provider's table cannot be read, write `shared_codes: unknown`.",
};

/// A copy of the page ends before the whole page does.
pub(crate) const COPY_CUT: Rule = Rule {
    id: "copy-cut",
    level: Level::Warning,
    drift: "the copy of the page is not complete",
    change: "a copy of the page is not complete",
    explanation: "The copy ends inside the request, the response or the result codes, and everything behind is missing. What is behind the end is not compared, and not reported as missing. The report says how many fields and codes were compared.",
    help: "Save the whole page, and compare again.",
};

/// A part of a line that no rule understands differs.
pub(crate) const NOT_UNDERSTOOD: Rule = Rule {
    id: "not-understood",
    level: Level::Warning,
    drift: "a part that looks like a fact is not understood",
    change: "a part that looks like a fact and is not understood changed",
    explanation: "A number, a name, a value or a word such as `must` changed in a line of the parameters or codes, in a part that no rule understands. Reported only for two pages in the same language.",
    help: "Read both, and correct the spec.",
};

/// Only the words differ.
pub(crate) const WORDING: Rule = Rule {
    id: "wording",
    level: Level::Note,
    drift: "the words differ",
    change: "the words changed",
    explanation: "A line of any section changed, came or went, and no fact that the reader understands changed with it. Reported only for two pages in the same language.",
    help: "Read both; a change of words alone changes no fact.",
};

/// Other words for advice that is not understood.
pub(crate) const ADVICE_WORDS: Rule = Rule {
    id: "advice-words",
    level: Level::Warning,
    drift: "the words of an advice differ",
    change: "the words of an advice that is not understood changed",
    explanation: "The page says after a code or a status what to do, but no rule understands it for certain, and its words changed. The step may be another one now. Reported only for two pages in the same language.",
    help: "Read both, and compare them with `next_step` and `resend`.",
};

/// The result logic of a page has or lacks a status.
pub(crate) const LOGIC: Rule = Rule {
    id: "result-logic",
    level: Level::Warning,
    drift: "only one side says what to do for this status",
    change: "only one page says what to do for this status",
    explanation: "One of two pages says what a result status means, and the other one does not.",
    help: "Read the section of the page, and compare it with `cases`.",
};

/// The HTTP status of a code differs between two pages; a spec does not have it.
pub(crate) const HTTP_STATUS: Rule = Rule {
    id: "http-status",
    level: Level::Error,
    drift: "the HTTP status of the code differs",
    change: "the HTTP status of the code changed",
    explanation: "The table of codes has a column for the status of the HTTP response, and two pages have different numbers there. A spec does not state it, so it is compared between two pages only.",
    help: "Read both, and compare them with the handling of the code.",
};

/// Makes the rule for a fact that both sides can state.
const fn fact(
    id: &'static str,
    drift: &'static str,
    change: &'static str,
    explanation: &'static str,
    help: &'static str,
) -> Rule {
    Rule {
        id,
        level: Level::Error,
        drift,
        change,
        explanation,
        help,
    }
}

const METHOD: Rule = fact(
    "method",
    "the HTTP method differs",
    "the HTTP method changed",
    "The word before the path of the endpoint, such as `POST`. A page without an endpoint does not state the method.",
    "Correct `method`.",
);
const PATH: Rule = fact(
    "path",
    "the path of the endpoint differs",
    "the path of the endpoint changed",
    "The path of the endpoint, without the paths of the API's `servers`.",
    "Correct `path`, or list the prefix in `servers`.",
);
const TYPE: Rule = fact(
    "type",
    "the type differs",
    "the type changed",
    "The kind of the value and, for an object, its name. Different words with the same meaning, such as `Datetime` and a string in ISO 8601 format, are the same type.",
    "Correct `type`.",
);
const REQUIRED: Rule = fact(
    "required",
    "the requirement differs",
    "the requirement changed",
    "Required, optional, or required under a condition. If a page marks required fields, a field without a mark is optional.",
    "Correct `required`, or record the page's side in `disputed`.",
);
const MIN_LENGTH: Rule = fact(
    "min-length",
    "the minimum length differs",
    "the minimum length changed",
    "The minimum number of characters.",
    "Correct `min_length`.",
);
const MAX_LENGTH: Rule = fact(
    "max-length",
    "the maximum length differs",
    "the maximum length changed",
    "The maximum number of characters. If the page states none, this is reported only where the spec has a limit from the page.",
    "Correct `max_length`, or record the page's side in `disputed`.",
);
const RANGE: Rule = fact(
    "range",
    "the allowed numbers differ",
    "the allowed numbers changed",
    "The minimum and the maximum, each compared where it is stated.",
    "Correct `min` and `max`.",
);
const MIN_ITEMS: Rule = fact(
    "min-items",
    "the minimum number of elements differs",
    "the minimum number of elements changed",
    "The minimum number of elements of a list.",
    "Correct `min_items`.",
);
const MAX_ITEMS: Rule = fact(
    "max-items",
    "the maximum number of elements differs",
    "the maximum number of elements changed",
    "The maximum number of elements of a list.",
    "Correct `max_items`.",
);
const MULTIPLE_OF: Rule = fact(
    "multiple-of",
    "the number that values must be a multiple of differs",
    "the number that values must be a multiple of changed",
    "The number that each value must be a multiple of.",
    "Correct `multiple_of`.",
);
const UNIQUE_ITEMS: Rule = fact(
    "unique-items",
    "only one side requires unique elements",
    "the rule that elements must be unique changed",
    "The rule that no two elements of a list may be equal.",
    "Correct `unique_items`.",
);
const FORMAT: Rule = fact(
    "format",
    "the format of the text differs",
    "the format of the text changed",
    "The format of a text: a date, a URL, a country, a currency. A format that the type implies need not be repeated.",
    "Choose the type that has the format, or correct `format` or `pattern`.",
);
const VALUES: Rule = fact(
    "values",
    "the allowed values differ",
    "the allowed values changed",
    "The allowed values of a field: a fixed one, or a list in any order.",
    "Correct `const`, `values` or the enum.",
);
const DEFAULT: Rule = fact(
    "default",
    "the default value differs",
    "the default value changed",
    "The value that the receiver assumes if the field is absent.",
    "Correct `default`.",
);
const CONDITIONS: Rule = fact(
    "conditions",
    "the conditions differ",
    "the conditions changed",
    "The conditions under which a field is required, returned or absent, and the groups of fields of which one must be present. The fields that a condition tests are compared, with their values, presence or absence. A condition that only the page's words state agrees with one that only words of the spec state, unless both name fields or values and these differ; of two copies in one language, the words are compared.",
    "Correct `required_when`, `forbidden_when` or `at_least_one_of`. If no message shows what the page's condition tests, write it as `text`.",
);
const DEPRECATED: Rule = fact(
    "deprecated",
    "only one side marks it as deprecated",
    "the deprecation changed",
    "The statement of a page that a field should no longer be used.",
    "Correct `deprecated`.",
);
const IDEMPOTENCY: Rule = fact(
    "idempotency",
    "only one side marks it as the idempotency key",
    "the idempotency key changed",
    "The idempotency key is the field by which the provider recognises a repeated request.",
    "Correct `idempotency`.",
);
const STATUS: Rule = fact(
    "status",
    "the status of the code differs",
    "the status of the code changed",
    "The result status of a code: success, failure or unknown.",
    "Correct `status`: programs decide by it.",
);
const NEXT_STEP: Rule = fact(
    "next-step",
    "the page advises a different next step",
    "the advised next step changed",
    "The action that the page advises after a code, as far as its words are known. If the words can mean several steps, the step of the spec must be one of them. After a status, the steps that its decision excludes count as well: no inquiry after a failure, no new payment while the result is open.",
    "Correct `next_step`, or record the page's side in `disputed`.",
);
const RESEND: Rule = fact(
    "resend",
    "the page forbids resending the same request",
    "the permission to resend the same request changed",
    "The page forbids resending the same request, but the spec allows it.",
    "Correct `resend`.",
);

/// Returns the rule for a fact.
pub(crate) const fn of_fact(fact: PageFact) -> &'static Rule {
    match fact {
        PageFact::Method => &METHOD,
        PageFact::Path => &PATH,
        PageFact::Type => &TYPE,
        PageFact::Required => &REQUIRED,
        PageFact::MinLength => &MIN_LENGTH,
        PageFact::MaxLength => &MAX_LENGTH,
        PageFact::Range => &RANGE,
        PageFact::MinItems => &MIN_ITEMS,
        PageFact::MaxItems => &MAX_ITEMS,
        PageFact::MultipleOf => &MULTIPLE_OF,
        PageFact::UniqueItems => &UNIQUE_ITEMS,
        PageFact::Format => &FORMAT,
        PageFact::Values => &VALUES,
        PageFact::Default => &DEFAULT,
        PageFact::Conditions => &CONDITIONS,
        PageFact::Deprecated => &DEPRECATED,
        PageFact::Idempotency => &IDEMPOTENCY,
        PageFact::Status => &STATUS,
        PageFact::NextStep => &NEXT_STEP,
        PageFact::Resend => &RESEND,
    }
}

/// Returns all rules.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    const ITEMS: &[&Rule] = &[
        &FIELD_NEW,
        &FIELD_GONE,
        &FIELD_WITHDRAWN,
        &CODE_NEW,
        &CODE_GONE,
        &TABLE_GONE,
        &COPY_CUT,
        &NOT_UNDERSTOOD,
        &WORDING,
        &ADVICE_WORDS,
        &LOGIC,
        &HTTP_STATUS,
    ];
    let facts = PageFact::ALL.iter().map(|fact| of_fact(*fact));
    ITEMS.iter().copied().chain(facts)
}
