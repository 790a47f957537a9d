//! Reports about a page that is compared with the spec, or with an older page. These types are the
//! JSON that `payspec drift` prints.

mod changes;

use schemars::JsonSchema;
use serde::Serialize;

use super::align::{Alignment, MatchedBy};
use super::comparison::Comparison;
use super::copy::{Copy, Hints};
use super::extent::Compared;
use super::fact_sheet::FactSheet;
use super::find::FindError;
use super::finding::{Finding, Statement};
use super::place::Place;
use super::rules::Level;
use crate::{Language, Page, Rendering};
use payspec_model::model::{Model, PageFact};

/// The version of the JSON: it increases when a key changes its meaning or is removed.
pub(crate) const VERSION: u32 = 1;

/// The comparison of a page with the spec.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Drift {
    /// The version of this format.
    pub(crate) version: u32,
    /// The page.
    pub page: PageInfo,
    /// The operation that the page is compared with.
    pub operation: String,
    /// The source of the spec that the page is assumed to be: the page need not state facts of
    /// other sources.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) source: Option<String>,
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
    pub(crate) version: u32,
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
    pub(crate) rendering: Rendering,
    /// The language.
    pub(crate) language: Language,
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
    pub(crate) fact: Option<PageFact>,
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

/// A difference that the spec records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Known {
    /// The difference.
    #[serde(flatten)]
    pub finding: Finding,
    /// The dispute that records it.
    pub dispute: String,
    /// The question of the dispute.
    pub(crate) question: String,
    /// The side that the spec takes.
    pub(crate) takes: String,
    /// The reason for taking that side.
    pub(crate) because: String,
    /// The position of the dispute.
    pub place: String,
}

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
