//! The file format of phrases: the built-in files and the profiles of other providers.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::condition;

/// A profile: how the pages of a provider say things. Phrases are compared by their letters and
/// digits; case, spaces and punctuation do not matter.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(rename = "ProfileFile")]
pub(crate) struct Phrases {
    /// The profile whose phrases this one adds to. Where both have a phrase, this one decides its
    /// meaning.
    pub(crate) extends: Option<Base>,
    /// The form of the pages, beside their words.
    pub(crate) layout: Layout,
    /// Whole lines that begin a section.
    pub(crate) sections: SectionPhrases,
    /// Whole lines above an example of a request.
    pub(crate) request_example: Vec<String>,
    /// Whole lines above an example of a response.
    pub(crate) response_example: Vec<String>,
    /// Beginnings of the lines after the last section.
    pub(crate) footer: Vec<String>,
    /// Lines of the site around a page, which are never its title.
    pub(crate) chrome: ChromePhrases,
    /// Whole lines that belong to the frame of a page.
    pub(crate) labels: LabelPhrases,
    /// Texts of buttons.
    pub(crate) buttons: Vec<String>,
    /// Buttons that show the fields of an object.
    pub(crate) hidden_children: Vec<String>,
    /// Buttons that hide the fields of an object, which are therefore shown.
    pub(crate) shown_children: Vec<String>,
    /// Lines above the fields of an object, with `{name}` for the name or the title of the object:
    /// `Fields of {name}`.
    pub(crate) child_labels: Vec<String>,
    /// Marks before the name of a field: the more of them, the deeper is the field.
    pub(crate) child_marks: Vec<String>,
    /// Beginnings of lines, up to a colon, that say nothing about a rule.
    pub(crate) note: Vec<String>,
    /// The words for types.
    pub(crate) types: TypePhrases,
    /// Words for an object, alone or after the name of its type; `map<*>` for one with the types of its
    /// members.
    pub(crate) object: Vec<String>,
    /// Words around the type of a list's elements, with `*` for that type: `Array<*>`.
    pub(crate) array: Vec<String>,
    /// Words for a list of elements that the page does not describe.
    pub(crate) bare_array: Vec<String>,
    /// Names of object types by their translation.
    pub(crate) objects: BTreeMap<String, String>,
    /// Words for the requirement, anywhere beside a name.
    pub(crate) requirement: RequirementPhrases,
    /// Further words for it in its own column.
    pub(crate) requirement_cells: RequirementPhrases,
    /// Words that begin the description of a parameter of a request, and say where it is: `query`, `body`.
    pub(crate) locations: Vec<String>,
    /// Marks for the requirement, directly before or after a name, or alone in its column.
    pub(crate) requirement_marks: RequirementPhrases,
    /// Sentences that state a limit, with `{n}`, `{min}` and `{max}` for numbers.
    pub(crate) constraints: ConstraintPhrases,
    /// Words after the number of a limit: `32 characters`.
    pub(crate) units: UnitPhrases,
    /// Phrases that say that no two elements of a list are equal.
    pub(crate) unique_items: Vec<String>,
    /// Phrases that name the form of a text.
    pub(crate) format: FormatPhrases,
    /// Sentences that list values, with `{values}` for the list.
    pub(crate) values: ValuePhrases,
    /// Sentences that name the value that an absent field means, with `{value}`.
    pub(crate) default: Vec<String>,
    /// Words that usually state a rule: a line with one that no phrase takes is not understood.
    pub(crate) fact_words: Vec<String>,
    /// Beginnings of examples, which state no rule, up to the end of the sentence.
    pub(crate) example_starts: Vec<String>,
    /// Phrases in sentences about the presence of a field.
    pub(crate) conditions: condition::Phrases,
    /// Phrases that name the idempotency key.
    pub(crate) idempotency: Vec<String>,
    /// Phrases that deprecate a field.
    pub(crate) deprecated: Vec<String>,
    /// Heads of columns in tables of fields.
    pub(crate) parameter_columns: ParameterColumns,
    /// Heads of columns in tables of result codes.
    pub(crate) code_columns: CodeColumns,
    /// Result statuses by their translation.
    pub(crate) status: BTreeMap<String, String>,
    /// Remarks of a translator.
    pub(crate) chatter: Vec<String>,
    /// Remarks about an example of another API.
    pub(crate) foreign_talk: Vec<String>,
    /// Words that only a machine's translation has.
    pub(crate) machine: Vec<String>,
    /// Words in the names of calls that the provider makes.
    pub(crate) notification: Vec<String>,
}

/// The profiles that can be extended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Base {
    /// The profile that is used when none is named.
    BuiltIn,
    /// WeChat Pay, version 3.
    Wechatpay,
    /// Razorpay.
    Razorpay,
}

impl Base {
    /// All values.
    pub(crate) const ALL: [Self; 3] = [Base::BuiltIn, Base::Wechatpay, Base::Razorpay];

    /// Returns the name of the profile.
    pub const fn as_str(self) -> &'static str {
        match self {
            Base::BuiltIn => "built_in",
            Base::Wechatpay => "wechatpay",
            Base::Razorpay => "razorpay",
        }
    }
}

/// The form of the pages.
#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Layout {
    /// True if a name is alone on its line, and its type and requirement begin the lines below.
    pub(crate) names_alone: Option<bool>,
    /// True if result codes may be in lower case, or numbers.
    pub(crate) any_codes: Option<bool>,
    /// True if only the parameters of requests have a requirement beside their names, which tells them from those of
    /// responses below a bare heading.
    pub(crate) marked_requests: Option<bool>,
    /// True if the items of a list below a field are its values when each begins with one: `` `open`: The account is
    /// open``.
    pub(crate) listed_values: Option<bool>,
}

/// The sections of a page.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct SectionPhrases {
    /// The part above the parameters.
    pub(crate) head: Vec<String>,
    /// The parameters of the request.
    pub(crate) request: Vec<String>,
    /// The parameters of the response.
    pub(crate) response: Vec<String>,
    /// Headings of parameters below a heading that tells whose they are: `Request`, `Response`.
    pub(crate) bare: Vec<String>,
    /// The example messages.
    pub(crate) examples: Vec<String>,
    /// Prose about single parameters.
    pub(crate) more_information: Vec<String>,
    /// The meaning of each result status.
    pub(crate) result_logic: Vec<String>,
    /// The table of result codes.
    pub(crate) codes: Vec<String>,
    /// Sentences above the parameters of a request on a page without headings, with `{any}` for any words.
    pub(crate) request_sentences: Vec<String>,
    /// The same for the parameters of a response.
    pub(crate) response_sentences: Vec<String>,
    /// A part of the page that is not read, for example HTTP headers.
    pub(crate) other: Vec<String>,
}

/// Lines of the site around a page.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ChromePhrases {
    /// Whole lines.
    pub(crate) lines: Vec<String>,
    /// Beginnings of lines.
    pub(crate) starts: Vec<String>,
    /// Words in the name of a site.
    pub(crate) site: Vec<String>,
    /// Words behind the name of an operation: `the refund API`.
    pub(crate) names: Vec<String>,
    /// Words before a date.
    pub(crate) dates: Vec<String>,
    /// Words in the titles of operations, with their English.
    pub(crate) operations: BTreeMap<String, String>,
}

/// Lines of the frame.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct LabelPhrases {
    /// Lines above further facts about a field.
    pub(crate) more: Vec<String>,
    /// Lines without a meaning.
    pub(crate) frame: Vec<String>,
}

/// The words for types.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct TypePhrases {
    /// Text.
    pub(crate) string: Vec<String>,
    /// A whole number.
    pub(crate) integer: Vec<String>,
    /// A number with decimals.
    pub(crate) number: Vec<String>,
    /// `true` or `false`.
    pub(crate) boolean: Vec<String>,
    /// Date and time.
    pub(crate) datetime: Vec<String>,
    /// Date.
    pub(crate) date: Vec<String>,
    /// An address.
    pub(crate) url: Vec<String>,
    /// Any JSON.
    pub(crate) any: Vec<String>,
}

/// The words for a requirement.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct RequirementPhrases {
    /// The field must be present.
    pub(crate) required: Vec<String>,
    /// The field may be absent.
    pub(crate) optional: Vec<String>,
    /// It depends on a condition.
    pub(crate) conditional: Vec<String>,
}

/// Sentences about limits.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ConstraintPhrases {
    /// The greatest number of characters.
    pub(crate) max_length: Vec<String>,
    /// The least number of characters.
    pub(crate) min_length: Vec<String>,
    /// The least and the greatest number of characters, with `{min}` and `{max}`, or an exact one.
    pub(crate) length: Vec<String>,
    /// The greatest number of elements.
    pub(crate) max_items: Vec<String>,
    /// The least number of elements.
    pub(crate) min_items: Vec<String>,
    /// The least and the greatest number of elements.
    pub(crate) items: Vec<String>,
    /// The number of which only multiples are allowed.
    pub(crate) multiple_of: Vec<String>,
    /// The allowed numbers.
    pub(crate) range: Vec<String>,
    /// A greatest number whose unit the type decides.
    pub(crate) at_most: Vec<String>,
    /// A least number whose unit the type decides.
    pub(crate) at_least: Vec<String>,
    /// A least and a greatest number whose unit the type decides.
    pub(crate) between: Vec<String>,
}

/// The units of limits.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct UnitPhrases {
    /// Of a text, or the digits of a number.
    pub(crate) characters: Vec<String>,
    /// Of a list.
    pub(crate) elements: Vec<String>,
    /// Of time: a number before one is not a value.
    pub(crate) time: Vec<String>,
}

/// The forms of texts.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct FormatPhrases {
    /// ISO 8601 date and time.
    pub(crate) datetime: Vec<String>,
    /// The pattern of a date without a time.
    pub(crate) date: Vec<String>,
    /// An address.
    pub(crate) url: Vec<String>,
    /// ISO 3166 country code.
    pub(crate) country: Vec<String>,
    /// ISO 4217 currency code.
    pub(crate) currency: Vec<String>,
    /// ISO 18245 merchant category code.
    pub(crate) mcc: Vec<String>,
    /// JSON in a text.
    pub(crate) json: Vec<String>,
    /// Only letters and digits.
    pub(crate) alphanumeric: Vec<String>,
}

/// Sentences about values.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ValuePhrases {
    /// There is only one value.
    pub(crate) fixed: Vec<String>,
    /// The value is one of a list, which may also be in the lines below.
    pub(crate) one_of: Vec<String>,
    /// The values are examples of a longer list.
    pub(crate) examples: Vec<String>,
    /// Words behind a list that is not complete.
    pub(crate) open_end: Vec<String>,
    /// Words behind a single value that holds only in a case: `must be set to A for creating …`.
    pub(crate) tied: Vec<String>,
    /// Words in brackets behind the value of a list that an absent field means.
    pub(crate) default: Vec<String>,
    /// Words in the condition of a default, by which the parameter is absent.
    pub(crate) left_out: Vec<String>,
    /// Words that begin a circumstance, whose examples are not values: `In some countries, such as SG, …`.
    pub(crate) circumstances: Vec<String>,
}

/// Columns of tables of fields.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ParameterColumns {
    /// The number of the row.
    pub(crate) number: Vec<String>,
    /// The name on the wire.
    pub(crate) name: Vec<String>,
    /// The name for people, beside a column with the name on the wire.
    pub(crate) title: Vec<String>,
    /// The type, with limits if there are any.
    pub(crate) r#type: Vec<String>,
    /// The requirement.
    pub(crate) required: Vec<String>,
    /// The greatest length.
    pub(crate) max_length: Vec<String>,
    /// The meaning.
    pub(crate) description: Vec<String>,
    /// Columns that state no fact, for example with examples.
    pub(crate) ignored: Vec<String>,
}

/// Columns of tables of result codes.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct CodeColumns {
    /// The number of the row.
    pub(crate) number: Vec<String>,
    /// The code.
    pub(crate) code: Vec<String>,
    /// The result status.
    pub(crate) status: Vec<String>,
    /// The status of the HTTP response.
    pub(crate) http_status: Vec<String>,
    /// The message.
    pub(crate) message: Vec<String>,
    /// The advice.
    pub(crate) action: Vec<String>,
    /// Columns that state no fact.
    pub(crate) ignored: Vec<String>,
}
