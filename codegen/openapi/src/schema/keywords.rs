//! The keywords of a rule, and the parts of it that no keyword asserts.

use payspec_model::model::{Constraint, FormatName, Rule, Type};
use payspec_runtime::JsonType;

use super::number::{self, Numbers};
use super::scalar::with_exponent;
use super::typed::Typed;
use super::{Unsaid, Why, Writer, pattern};
use crate::json::{Json, Map};
use crate::scalar::Scalar;

/// The part of a rule that keywords assert.
pub(super) struct Said {
    pub(super) keywords: Map,
    /// The reasons why the keywords are not the whole rule.
    pub(super) gaps: Vec<Why>,
}

impl Said {
    fn whole(keywords: Map) -> Self {
        Said {
            keywords,
            gaps: Vec::new(),
        }
    }

    fn nothing(why: Why) -> Self {
        Said {
            keywords: Map::new(),
            gaps: vec![why],
        }
    }
}

/// Longest pattern in a document for people; a longer one says less than the rule itself.
const READABLE: usize = 80;

impl Writer<'_> {
    /// Returns the keywords of a rule. What they do not assert is noted; [`None`] if they assert nothing.
    pub(super) fn keywords(&mut self, constraint: &Constraint, value: Typed<'_>) -> Option<Map> {
        let Said { keywords, gaps } = self.said(&constraint.rule, value);
        for why in gaps {
            self.unsaid.push(Unsaid {
                origin: constraint.origin,
                rule: Some(constraint.rule.id()),
                why,
            });
        }
        (!keywords.is_empty()).then_some(keywords)
    }

    pub(super) fn said(&self, rule: &Rule, value: Typed<'_>) -> Said {
        let ty = value.ty;
        let one = |key: &str, value: u32| Said::whole(Map::new().with(key, value));
        match rule {
            // The object that has the field says it.
            Rule::Required => Said::whole(Map::new()),
            Rule::Const(text) => self
                .numbers_of(std::slice::from_ref(text), value)
                .unwrap_or_else(|| Said::whole(self.dialect.constant(text))),
            Rule::Values(texts) => self
                .numbers_of(texts, value)
                .unwrap_or_else(|| Said::whole(Map::new().with("enum", texts.clone()))),
            Rule::MinLength(limit) => one("minLength", *limit),
            Rule::MaxLength(limit) => one("maxLength", *limit),
            Rule::Pattern(source) => match pattern::ecma(source) {
                Some(pattern) => Said::whole(Map::new().with("pattern", pattern)),
                None => Said::nothing(Why::Pattern),
            },
            Rule::Min(limit) => {
                let pattern = number::at_least(limit, numbers(ty));
                self.limit("minimum", limit, pattern, value)
            }
            Rule::Max(limit) => {
                let pattern = number::at_most(limit, numbers(ty));
                self.limit("maximum", limit, pattern, value)
            }
            Rule::MultipleOf(step) => match number::multiple_of(step) {
                Some(pattern) => self.limit("multipleOf", step, pattern, value),
                None if self.is_native(value) => {
                    self.limit("multipleOf", step, String::new(), value)
                }
                None => Said::nothing(Why::Multiples),
            },
            Rule::MinItems(limit) => self.count("minItems", "minProperties", *limit, ty),
            Rule::MaxItems(limit) => self.count("maxItems", "maxProperties", *limit, ty),
            Rule::UniqueItems => unique_items(ty),
            Rule::Format(FormatName::Mcc) => Said::whole(Map::new().with("pattern", "^[0-9]{4}$")),
            Rule::Format(FormatName::Json) => Said {
                keywords: match self.dialect.is_modern() {
                    true => Map::new().with("contentMediaType", "application/json"),
                    false => Map::new(),
                },
                gaps: vec![Why::JsonText],
            },
        }
    }

    /// Returns the rule that a whole number is one of these; [`None`] for a text.
    fn numbers_of(&self, texts: &[String], value: Typed<'_>) -> Option<Said> {
        if *self.api.written_as(value.ty) != Type::Integer {
            return None;
        }
        if !self.dialect.is_exact() {
            let values = self.spellings(texts.iter(), self.is_native(value));
            return Some(Said::whole(Map::new().with("enum", values)));
        }
        Some(Said {
            keywords: self.one_of_numbers(texts.iter()),
            gaps: vec![Why::NativeNumber, Why::Exponent],
        })
    }

    /// Returns the numbers in the form that documentation shows.
    pub(super) fn spellings<'t>(
        &self,
        texts: impl Iterator<Item = &'t String>,
        native: bool,
    ) -> Vec<Json> {
        let spell = |text: &'t String| match native {
            true => number::json(text).map_or_else(|| Json::from(text), Json::from),
            false => Json::from(text),
        };
        texts.map(spell).collect()
    }

    /// Returns a schema of some whole numbers in each spelling that is accepted.
    pub(super) fn one_of_numbers<'t>(
        &self,
        texts: impl Iterator<Item = &'t String> + Clone,
    ) -> Map {
        let mut values = self.spellings(texts.clone(), false);
        values.extend(self.spellings(texts, true));
        let listed = Map::new().with("enum", values);
        match self.is_strict() {
            true => listed,
            false => Map::new().with("anyOf", vec![listed, with_exponent()]),
        }
    }

    /// Returns a limit of the number of elements or entries.
    fn count(&self, elements: &str, entries: &str, limit: u32, ty: &Type) -> Said {
        let Type::Map(map) = ty else {
            return Said::whole(Map::new().with(elements, limit));
        };
        let keywords = Map::new().with(entries, limit);
        let gaps = match map.values.ty.holds_null() {
            true => Vec::new(),
            false => vec![Why::AbsentEntries],
        };
        Said { keywords, gaps }
    }

    /// Returns whether documentation shows values of a type as JSON numbers.
    pub(super) fn is_native(&self, value: Typed<'_>) -> bool {
        !self.dialect.is_exact() && self.json_type(value) == Some(JsonType::Number)
    }

    /// Returns the JSON type in which a number or boolean travels.
    pub(super) fn json_type(&self, value: Typed<'_>) -> Option<JsonType> {
        self.api.json_type(value.ty, value.json_type)
    }

    /// Returns a limit of a number: a keyword for native numbers, a pattern for texts.
    fn limit(&self, keyword: &str, limit: &str, pattern: String, value: Typed<'_>) -> Said {
        // Steps of binary fractions are not those of decimal ones.
        let is_exact = |_: &serde_json::Number| {
            keyword != "multipleOf" || limit.parse::<i64>().is_ok() && *value.ty == Type::Integer
        };
        let native = || Map::new().with_some(keyword, number::json(limit).filter(is_exact));
        if self.is_native(value) {
            return Said::whole(native());
        }
        if !self.dialect.is_exact() {
            return match pattern.len() <= READABLE {
                true => Said::whole(Map::new().with("pattern", pattern)),
                false => Said::nothing(Why::Multiples),
            };
        }
        let pattern = Map::new().with("pattern", pattern);
        let mut gaps = vec![Why::NativeNumber];
        let text = match self.is_strict() {
            true => pattern,
            false => {
                gaps.push(Why::Exponent);
                let with_exponent = Map::new().with("pattern", "[eE]");
                Map::new().with("anyOf", vec![pattern, with_exponent])
            }
        };
        Said {
            keywords: text.and(native()),
            gaps,
        }
    }
}

fn numbers(ty: &Type) -> Numbers {
    match *ty == Type::Integer {
        true => Numbers::Whole,
        false => Numbers::Decimal,
    }
}

/// Returns the rule that elements differ. Schemas compare numbers as they are written.
fn unique_items(ty: &Type) -> Said {
    let keywords = Map::new().with("uniqueItems", true);
    let Type::List(element) = ty else {
        return Said::whole(keywords);
    };
    match Scalar::of(&element.ty) {
        Some(Scalar::Integer | Scalar::Timestamp(_)) => Said {
            keywords,
            gaps: vec![Why::EqualNumbers],
        },
        // Native fractions that a schema takes for equal may differ.
        Some(Scalar::Decimal) => Said::nothing(Why::EqualNumbers),
        Some(
            Scalar::Boolean
            | Scalar::DateTime
            | Scalar::Date
            | Scalar::Uuid
            | Scalar::Binary
            | Scalar::Url
            | Scalar::Country
            | Scalar::Currency(_),
        )
        | None => Said::whole(keywords),
    }
}
