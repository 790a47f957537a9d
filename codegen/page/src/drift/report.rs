//! Reports about a page that is compared with the spec, or with an older page. These types are the
//! JSON that `payspec drift` prints.

mod changes;

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::align::{Alignment, MatchedBy};
use super::compare::{Against, Difference, StatedValue, compare};
use super::condition::{Condition, Group, unpaired};
use super::extent::Compared;
use super::fact_sheet::{FactSheet, Place};
use super::find::{self, FindError};
use super::rules::Level;
use super::value::Value;
use super::{from_page, from_spec};
use crate::{Language, Page, Rendering};
use payspec_model::model::{Api, Dispute, Model, Operation, PageFact};

/// The version of the JSON: it increases when a key changes its meaning or is removed.
pub const VERSION: u32 = 1;

/// A page with its name.
#[derive(Debug, Clone, Copy)]
pub struct Copy<'p> {
    /// The name in reports, such as the path of its file.
    pub name: &'p str,
    /// The facts of the page.
    pub page: &'p Page,
}

/// The facts about a page that the user supplied.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hints<'h> {
    /// The operation that it describes.
    pub operation: Option<&'h str>,
    /// The tag of the source that the page is.
    pub source: Option<&'h str>,
}

/// The comparison of a page with the spec.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Drift {
    /// The version of this format.
    pub version: u32,
    /// The page.
    pub page: PageInfo,
    /// The operation that the page is compared with.
    pub operation: String,
    /// The source of the spec that the page is assumed to be: the page need not state facts of
    /// other sources.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Fields that the page names differently than the wire, and how they were found.
    pub matches: Vec<Match>,
    /// The differences.
    pub findings: Vec<Finding>,
    /// The part of the spec that was compared.
    pub compared: Compared,
    /// Known differences: a dispute of the spec records the page's statement.
    pub known: Vec<Known>,
    /// The number of lines that were not understood; `--coverage` lists them.
    pub unread: usize,
    /// The number of lines that were understood in part.
    pub partly_read: usize,
}

/// The comparison of two copies of a page.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Changes {
    /// The version of this format.
    pub version: u32,
    /// The older copy.
    pub old: PageInfo,
    /// The newer copy.
    pub new: PageInfo,
    /// Fields that the copies name differently, and how they were found.
    pub matches: Vec<Match>,
    /// The part of the older copy that was compared.
    pub compared: Compared,
    /// The differences.
    pub changes: Vec<Change>,
}

/// A page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PageInfo {
    /// The file.
    pub file: String,
    /// The format of the saved page.
    pub rendering: Rendering,
    /// The language.
    pub language: Language,
    /// The title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
}

/// A field that has another name on the other side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Match {
    /// The name on the page, or on the newer of two pages.
    pub name: String,
    /// The position on that page: `page.md:12`.
    pub place: String,
    /// The field of the spec, or of the older page: `request/merchantRegion`.
    pub field: String,
    /// The way in which it was found.
    pub matched_by: MatchedBy,
}

/// A difference between a page and the spec.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Finding {
    /// The rule, one of those in `docs/drift.md`.
    pub rule: &'static str,
    /// The severity.
    pub level: Level,
    /// The subject: `endpoint`, `request/order`, `codes/SUCCESS`.
    pub subject: String,
    /// The fact that differs; absent when a whole field or code is on one side only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fact: Option<PageFact>,
    /// A description of the difference.
    pub title: &'static str,
    /// A hint how to resolve it.
    pub help: &'static str,
    /// The statement of the page; absent if it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<Statement>,
    /// The statement of the spec.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spec: Option<Statement>,
    /// A field of the other side that it may have become, or have been.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub perhaps: Option<String>,
}

/// A difference between two copies of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Change {
    /// The rule.
    pub rule: &'static str,
    /// The severity.
    pub level: Level,
    /// The subject.
    pub subject: String,
    /// The fact that changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fact: Option<PageFact>,
    /// A description of the change.
    pub title: &'static str,
    /// The statement of the older copy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<Statement>,
    /// The statement of the newer copy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<Statement>,
    /// A field that it may have become, or have been.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub perhaps: Option<String>,
}

/// The statement of a side, and its position.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Statement {
    /// The stated value.
    pub value: String,
    /// `FILE:LINE`.
    pub place: String,
}

/// A difference that the spec records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Known {
    /// The difference.
    #[serde(flatten)]
    pub finding: Finding,
    /// The dispute that records it.
    pub dispute: String,
    /// The question of the dispute.
    pub question: String,
    /// The side that the spec takes.
    pub takes: String,
    /// The reason for taking that side.
    pub because: String,
    /// The position of the dispute.
    pub place: String,
}

/// A page matched with an operation of the spec.
pub(crate) struct Comparison<'m> {
    pub(crate) model: &'m Model,
    pub(crate) api: &'m Api,
    pub(crate) operation: &'m Operation,
    pub(crate) copy: Copy<'m>,
    pub(crate) stated: &'m crate::Operation,
    pub(crate) source: Option<usize>,
    pub(crate) page: FactSheet,
    pub(crate) spec: FactSheet,
    pub(crate) alignment: Alignment,
    pub(crate) differences: Vec<Difference>,
}

impl<'m> Comparison<'m> {
    pub(crate) fn new(
        model: &'m Model,
        copy: Copy<'m>,
        hints: Hints<'_>,
    ) -> Result<Self, FindError> {
        let stated = find::described(copy.page)?;
        let (api, operation) = find::operation(model, stated, hints.operation)?;
        let source = find::source(api, operation, copy.page, hints.source)?;
        let mut page = from_page::of_copy(copy.page, stated);
        page.endpoint.amend(PageFact::Path, |value| match value {
            Value::Word(path) => Value::word(find::without_prefix(api, path)),
            other => other.clone(),
        });
        let spec = from_spec::of_spec(api, operation);
        let alignment = Alignment::new(&page, &spec);
        let against = Against::Spec { source };
        let differences = compare(&page, &spec, &alignment, against);
        Ok(Comparison {
            model,
            api,
            operation,
            copy,
            stated,
            source,
            page,
            spec,
            alignment,
            differences,
        })
    }

    /// Returns the part of the spec that was compared.
    pub(crate) fn compared(&self) -> Compared {
        Compared::new(&self.page, &self.spec, &self.alignment)
    }

    /// Returns the condition of a field of the spec that says what the page does; one in words must
    /// cite the page.
    pub(crate) fn counterpart(&self, read: &Condition, field: usize) -> Option<&Condition> {
        let against = Against::Spec {
            source: self.source,
        };
        let name = |name: &str| {
            let named = self.page.fields.iter();
            let named = named.enumerate().filter(|(_, one)| one.name == name);
            let mut pairs = named.filter_map(|(at, _)| self.alignment.of_page(at));
            let spec = pairs.next().map(|pair| &self.spec.fields[pair.spec]);
            spec.map_or_else(|| name.to_owned(), |spec| spec.name.clone())
        };
        let facts = &self.spec.fields.get(field)?.facts;
        let Some(Value::Conditions(list)) = facts.value(PageFact::Conditions) else {
            return None;
        };
        list.iter().find(|one| {
            let cites = !one.is_in_words() || against.cites(&one.sources);
            let left = unpaired(std::slice::from_ref(read), vec![one], false, name);
            cites && left.is_empty()
        })
    }

    /// Returns the group of the spec that has the same fields as a group of the page.
    pub(crate) fn spec_group(&self, page: &Group) -> Option<&Group> {
        let members = page.members.iter();
        let members: BTreeSet<usize> = members
            .map(|at| Some(self.alignment.of_page(*at)?.spec))
            .collect::<Option<_>>()?;
        self.spec.groups.iter().find(|one| one.members == members)
    }

    /// Returns `FILE:LINE` of a position.
    pub(crate) fn place(&self, place: Place) -> String {
        match place {
            Place::Line(line) => format!("{}:{line}", self.copy.name),
            Place::Spec(origin) => self.model.place(origin),
        }
    }

    /// Returns the dispute that records the page's statement, if one does.
    pub(crate) fn dispute(&self, difference: &Difference) -> Option<&'m Dispute> {
        let fact = difference.fact?;
        let stated = difference.page.as_ref();
        let page = stated.map_or(UNSTATED, |stated| stated.value.as_str());
        self.api.disputes.iter().find(|dispute| {
            let about = difference
                .origins
                .iter()
                .any(|origin| dispute.concerns(*origin));
            let about = about && !self.is_of_another(dispute);
            let mut stated = dispute.sides.iter().flat_map(|side| &side.states);
            about && stated.any(|(one, is)| *one == fact && is == page)
        })
    }

    /// Returns whether a dispute is about another operation's version of something that both
    /// inherit.
    fn is_of_another(&self, dispute: &Dispute) -> bool {
        let word = dispute.place.split([' ', '/', '.']).next();
        let others = self
            .api
            .operations
            .iter()
            .filter(|one| one.id != self.operation.id);
        others.map(|one| one.id.as_str()).any(|id| word == Some(id))
    }

    fn finding(&self, difference: &Difference) -> Finding {
        let statement = |stated: &StatedValue| Statement {
            value: stated.value.clone(),
            place: self.place(stated.place),
        };
        Finding {
            rule: difference.rule.id,
            level: difference.level,
            subject: difference.subject.clone(),
            fact: difference.fact,
            title: difference.rule.drift,
            help: difference.rule.help,
            page: difference.page.as_ref().map(statement),
            spec: difference.spec.as_ref().map(statement),
            perhaps: difference.perhaps.clone(),
        }
    }
}

/// The word in `states` of a dispute for a page that does not state the fact.
const UNSTATED: &str = "unstated";

impl Drift {
    /// Returns its JSON Schema (draft-07).
    pub fn schema() -> serde_json::Value {
        payspec_model::format::printed::<Drift>()
    }

    /// Compares a page with the spec.
    ///
    /// # Errors
    ///
    /// Returns an error if the page's operation cannot be determined.
    pub fn new(model: &Model, copy: Copy<'_>, hints: Hints<'_>) -> Result<Self, FindError> {
        Ok(Drift::of(&Comparison::new(model, copy, hints)?))
    }

    pub(crate) fn of(comparison: &Comparison<'_>) -> Self {
        let (mut findings, mut known) = (Vec::new(), Vec::new());
        for difference in &comparison.differences {
            let finding = comparison.finding(difference);
            match comparison.dispute(difference) {
                Some(dispute) => known.push(Known {
                    finding,
                    dispute: dispute.id.clone(),
                    question: dispute.question.clone(),
                    takes: dispute
                        .sides
                        .get(dispute.takes)
                        .map_or_else(String::new, |side| side.says.clone()),
                    because: dispute.because.clone(),
                    place: comparison.model.place(dispute.origin),
                }),
                None => findings.push(finding),
            }
        }
        let source = comparison
            .source
            .and_then(|id| comparison.api.sources.get(id));
        Drift {
            version: VERSION,
            page: PageInfo::of(comparison.copy),
            operation: comparison.operation.id.clone(),
            source: source.map(|source| source.tag.clone()),
            matches: matches(
                comparison.copy.name,
                &comparison.page,
                &comparison.spec,
                &comparison.alignment,
            ),
            findings,
            known,
            compared: comparison.compared(),
            unread: comparison.copy.page.unread.len(),
            partly_read: comparison.copy.page.partly_read(),
        }
    }

    /// Returns whether the page differs from the spec in anything that is not recorded.
    pub fn is_drift(&self) -> bool {
        !self.findings.is_empty()
    }
}

impl PageInfo {
    fn of(copy: Copy<'_>) -> Self {
        let Page { title, date, .. } = copy.page;
        PageInfo {
            file: copy.name.to_owned(),
            rendering: copy.page.rendering,
            language: copy.page.language,
            title: title.as_ref().map(|title| title.value.clone()),
            date: date.as_ref().map(|date| date.value.clone()),
        }
    }
}

/// Returns the fields and codes that have another name on the other side, in the page's order.
fn matches(file: &str, page: &FactSheet, spec: &FactSheet, alignment: &Alignment) -> Vec<Match> {
    let one = |name: &str, place: Place, other: String, by| Match {
        name: name.to_owned(),
        place: format!("{file}:{}", place.line().unwrap_or_default()),
        field: other,
        matched_by: by,
    };
    let fields = alignment.fields.iter().map(|pair| {
        let field = &page.fields[pair.page];
        let other = spec.fields[pair.spec].path.clone();
        one(&field.name, field.place, other, pair.by)
    });
    let codes = alignment.codes.iter().map(|pair| {
        let code = &page.codes[pair.page];
        let other = format!("codes/{}", spec.codes[pair.spec].name);
        one(&code.name, code.place, other, pair.by)
    });
    let all = fields.chain(codes);
    all.filter(|one| one.matched_by != MatchedBy::Name)
        .collect()
}
