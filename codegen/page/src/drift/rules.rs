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
    /// The severity, unless the page does not state the fact: that is a warning.
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
pub const FIELD_NEW: Rule = Rule {
    id: "field-new",
    level: Level::Error,
    drift: "the spec has no such field",
    change: "the field is new",
    explanation: "A parameter of the page that no field of the spec is, by its name, an alias, its values, its type or its place. A name that can stand on the wire is never taken for the translation of another one; the field that it may have been is told.",
    help: "Add the field; `--write-draft FILE` drafts it.",
};

/// The page lacks a field.
pub const FIELD_GONE: Rule = Rule {
    id: "field-gone",
    level: Level::Error,
    drift: "the page has no such field any more",
    change: "the field is gone",
    explanation: "The spec cites the page for the field, and no parameter of the page is it. What the page folds away is not missing, and a field that the spec has from other sources need not stand there.",
    help: "Mark the field as `removed`, or name the source that still has it.",
};

/// The page has a field that the spec marks as removed.
pub const FIELD_WITHDRAWN: Rule = Rule {
    id: "field-withdrawn",
    level: Level::Error,
    drift: "the page has a field that the spec says was removed",
    change: "the field is back",
    explanation: "The spec marks the field as `removed`, and the page has it as a parameter.",
    help: "An older page still has it. On a newer one it came back: take `removed` away.",
};

/// Only the page has a code.
pub const CODE_NEW: Rule = Rule {
    id: "code-new",
    level: Level::Error,
    drift: "the spec has no such code",
    change: "the code is new",
    explanation: "A code in the table of the page that the spec does not have. Letter case counts.",
    help: "Add the code; `--write-draft FILE` drafts it.",
};

/// The page lacks a code.
pub const CODE_GONE: Rule = Rule {
    id: "code-gone",
    level: Level::Error,
    drift: "the page has no such code any more",
    change: "the code is gone",
    explanation: "The spec cites the page for the code, and the table of the page does not have it.",
    help: "Mark the code as `removed`, or name the source that still has it.",
};

/// The page has no codes at all.
pub const TABLE_GONE: Rule = Rule {
    id: "table-gone",
    level: Level::Warning,
    drift: "the page has no table of result codes",
    change: "the table of result codes is gone",
    explanation: "The spec has codes from the page, and the page has not a single one: that is told once, not for each code.",
    help: "The copy may be cut. Where the provider's table cannot be read, say `shared_codes: all`.",
};

/// Only the words differ.
pub const WORDING: Rule = Rule {
    id: "wording",
    level: Level::Note,
    drift: "the words differ",
    change: "the words changed",
    explanation: "Only of two pages in the same language: all facts are the same, and the words of the description are not.",
    help: "Read both; words alone are no difference.",
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
    "The word before the path of the endpoint, such as `POST`. A page that names no endpoint says nothing of it.",
    "Mend `method`.",
);
const PATH: Rule = fact(
    "path",
    "the path of the endpoint differs",
    "the path of the endpoint changed",
    "The path of the endpoint, without the prefixes of the API's `path_prefixes`.",
    "Mend `path`, or list the prefix in `path_prefixes`.",
);
const TYPE: Rule = fact(
    "type",
    "the type differs",
    "the type changed",
    "The kind of the value, and for objects their name. Words that differ and mean the same, such as `Datetime` and a string in the form of ISO 8601, are one type.",
    "Mend `type`.",
);
const REQUIRED: Rule = fact(
    "required",
    "the requirement differs",
    "the requirement changed",
    "Required, optional, or required under a condition. A page with no word for a field says that it is optional, if its rendering marks required fields.",
    "Mend `required`, or record the page's side in `disputed`.",
);
const MIN_LENGTH: Rule = fact(
    "min-length",
    "the least length differs",
    "the least length changed",
    "The least number of characters.",
    "Mend `min_length`.",
);
const MAX_LENGTH: Rule = fact(
    "max-length",
    "the greatest length differs",
    "the greatest length changed",
    "The greatest number of characters. That the page states none is told where the spec has one from the page.",
    "Mend `max_length`, or record the page's side in `disputed`.",
);
const RANGE: Rule = fact(
    "range",
    "the numbers allowed differ",
    "the numbers allowed changed",
    "The least and the greatest number, each where it is stated.",
    "Mend `min` and `max`.",
);
const MAX_ITEMS: Rule = fact(
    "max-items",
    "the greatest number of elements differs",
    "the greatest number of elements changed",
    "The greatest number of elements of a list.",
    "Mend `max_items`.",
);
const MULTIPLE_OF: Rule = fact(
    "multiple-of",
    "the number of which values are multiples differs",
    "the number of which values are multiples changed",
    "The number of which only multiples are allowed.",
    "Mend `multiple_of`.",
);
const UNIQUE_ITEMS: Rule = fact(
    "unique-items",
    "whether elements must differ is not the same",
    "whether elements must differ changed",
    "Whether no two elements of a list may be equal.",
    "Mend `unique_items`.",
);
const FORMAT: Rule = fact(
    "format",
    "the form of the text differs",
    "the form of the text changed",
    "The form of a text: a date, a URL, a country, a currency. A form that the type implies need not be stated again.",
    "Choose the type that has the form, or mend `format` or `pattern`.",
);
const VALUES: Rule = fact(
    "values",
    "the values allowed differ",
    "the values allowed changed",
    "The words that a field takes, in whatever order: a fixed one, or a list of them.",
    "Mend `const`, `values` or the enum.",
);
const CONDITIONS: Rule = fact(
    "conditions",
    "the conditions differ",
    "the conditions changed",
    "When a field is required, present or absent. Compared are the fields and values that a condition names, not its words.",
    "Mend `required_when` or `forbidden_when`.",
);
const DEPRECATED: Rule = fact(
    "deprecated",
    "one side says that it should no longer be used",
    "whether it should be used changed",
    "Whether a page asks not to use a field any more.",
    "Mend `deprecated`.",
);
const IDEMPOTENCY: Rule = fact(
    "idempotency",
    "one side says that it is the idempotency key",
    "the idempotency key changed",
    "Whether a field is what tells a repeated request from a new one.",
    "Mend `idempotency`.",
);
const STATUS: Rule = fact(
    "status",
    "the status of the code differs",
    "the status of the code changed",
    "The result status beside a code: success, failure or unknown.",
    "Mend `status`: programs decide by it.",
);
const NEXT_STEP: Rule = fact(
    "next-step",
    "the page asks for another step",
    "another step is asked for",
    "What the page asks to do about a code, as far as its words can be told. Of several steps that the words may mean, the spec's has to be one.",
    "Mend `next_step`, or record the page's side in `disputed`.",
);
const RESEND: Rule = fact(
    "resend",
    "the page forbids to send the same again",
    "whether the same may be sent again changed",
    "Whether the page forbids to send the same request again, where the spec allows it.",
    "Mend `resend`.",
);

/// Returns the rule for a fact.
pub const fn of_fact(fact: PageFact) -> &'static Rule {
    match fact {
        PageFact::Method => &METHOD,
        PageFact::Path => &PATH,
        PageFact::Type => &TYPE,
        PageFact::Required => &REQUIRED,
        PageFact::MinLength => &MIN_LENGTH,
        PageFact::MaxLength => &MAX_LENGTH,
        PageFact::Range => &RANGE,
        PageFact::MaxItems => &MAX_ITEMS,
        PageFact::MultipleOf => &MULTIPLE_OF,
        PageFact::UniqueItems => &UNIQUE_ITEMS,
        PageFact::Format => &FORMAT,
        PageFact::Values => &VALUES,
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
    const WHOLES: &[&Rule] = &[
        &FIELD_NEW,
        &FIELD_GONE,
        &FIELD_WITHDRAWN,
        &CODE_NEW,
        &CODE_GONE,
        &TABLE_GONE,
        &WORDING,
    ];
    let facts = PageFact::ALL.iter().map(|fact| of_fact(*fact));
    WHOLES.iter().copied().chain(facts)
}
