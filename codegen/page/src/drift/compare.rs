//! Compares two fact sheets.

mod advice;
mod codes;
mod conditions;

use super::align::Alignment;
use super::extent::{Cut, ends_inside_words};
use super::fact_sheet::{Claim, FactSheet, Facts, Field};
use super::place::Place;
use super::rules::{self, Level, Rule};
use super::value::Value;
use payspec_model::model::{Origin, PageFact, SourceIds};

/// A difference. `page` is the newer side, `spec` is a spec or an older page.
#[derive(Debug, Clone)]
pub(crate) struct Difference {
    pub(crate) rule: &'static Rule,
    pub(crate) level: Level,
    /// `request/order`, `codes/SUCCESS`, `endpoint`, with the names of the spec if it has them.
    pub(crate) subject: String,
    pub(crate) fact: Option<PageFact>,
    pub(crate) page: Option<StatedValue>,
    pub(crate) spec: Option<StatedValue>,
    /// The origins in the spec that a dispute about it may concern.
    pub(crate) origins: Vec<Origin>,
    /// The field that it may have become, or have been.
    pub(crate) perhaps: Option<String>,
}

/// The statement of one side.
#[derive(Debug, Clone)]
pub(crate) struct StatedValue {
    pub(crate) value: String,
    pub(crate) place: Place,
}

/// The kind of document that a page is compared with.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Against {
    /// A spec. The page is one of its sources, and need not state facts from other sources.
    Spec {
        /// The source that the page is; [`None`] if the spec does not have it.
        source: Option<usize>,
    },
    /// An older page.
    Page {
        /// True if both are in the same language, so that their words can be compared.
        same_language: bool,
    },
}

impl Against {
    /// Returns whether the page is expected to state a fact with these sources.
    pub(crate) fn cites(self, sources: &SourceIds) -> bool {
        match self {
            Against::Spec { source } => source.is_none_or(|source| sources.contains(&source)),
            Against::Page { .. } => true,
        }
    }

    fn agree(self, page: &Value, spec: &Value) -> bool {
        match self {
            Against::Spec { .. } => page.agrees_with(spec),
            Against::Page { .. } => page.is_same(spec),
        }
    }
}

/// Returns all differences in the page's order, followed by those that are missing on the page.
pub(crate) fn compare(
    page: &FactSheet,
    spec: &FactSheet,
    alignment: &Alignment,
    against: Against,
) -> Vec<Difference> {
    let mut comparing = Comparing {
        page,
        spec,
        alignment,
        against,
        cut: Cut::of_page(page, spec, alignment),
        older_cut: match against {
            Against::Spec { .. } => None,
            Against::Page { .. } => Cut::of_older(page, spec, alignment),
        },
        incomplete: false,
        found: Vec::new(),
    };
    comparing.ends();
    comparing.endpoint();
    comparing.fields();
    comparing.groups();
    comparing.logic();
    comparing.codes();
    comparing.found
}

/// The facts of an item on both sides.
#[derive(Clone, Copy)]
struct Sides<'f> {
    page: &'f Facts,
    spec: &'f Facts,
    /// True if it is a field of which another one may take the place.
    grouped: bool,
}

struct Comparing<'s> {
    page: &'s FactSheet,
    spec: &'s FactSheet,
    alignment: &'s Alignment,
    against: Against,
    /// The early end of the page, and of the older page.
    cut: Option<Cut>,
    older_cut: Option<Cut>,
    /// True if a copy may end before it states all facts of the current field.
    incomplete: bool,
    found: Vec<Difference>,
}

impl Comparing<'_> {
    /// Reports a copy that ends early. What is behind the end is not missing.
    fn ends(&mut self) {
        let end = |cut: Option<Cut>, sheet: &FactSheet| {
            let line = sheet.last_line.unwrap_or_default();
            cut.map(|cut| stated_value(&ends_inside_words(cut.section), Place::Line(line)))
        };
        let (page, spec) = (end(self.cut, self.page), end(self.older_cut, self.spec));
        if page.is_some() || spec.is_some() {
            self.whole(&rules::COPY_CUT, "page", page, spec, &[]);
        }
    }

    /// Compares the endpoint. A page need not state it, but if it does, it must be the same.
    fn endpoint(&mut self) {
        for fact in [PageFact::Method, PageFact::Path] {
            let (page, spec) = (self.page.endpoint.get(fact), self.spec.endpoint.get(fact));
            if let (Some(page), Some(spec)) = (page, spec)
                && !self.against.agree(&page.value, &spec.value)
            {
                self.fact("endpoint", fact, Some(page), Some(spec), &[]);
            }
        }
    }

    fn fields(&mut self) {
        for (at, field) in self.page.fields.iter().enumerate() {
            let Some(pair) = self.alignment.of_page(at) else {
                self.new_field(at, field);
                continue;
            };
            let spec = &self.spec.fields[pair.spec];
            if let Some(date) = &spec.removed {
                self.whole(
                    &rules::FIELD_WITHDRAWN,
                    &spec.path,
                    Some(stated_value(&field.name, field.place)),
                    Some(stated_value(&format!("removed {date}"), spec.place)),
                    &spec.origins,
                );
                continue;
            }
            let is_last = at + 1 == self.page.fields.len();
            let is_older_last = pair.spec + 1 == self.spec.fields.len();
            self.incomplete = is_last && self.cut.is_some_and(Cut::is_among_fields)
                || is_older_last && self.older_cut.is_some_and(Cut::is_among_fields);
            let grouped = self.page.is_grouped(at) || self.spec.is_grouped(pair.spec);
            let sides = Sides {
                page: &field.facts,
                spec: &spec.facts,
                grouped,
            };
            self.facts(&spec.path, sides, &spec.origins);
            self.incomplete = false;
        }
        for (at, field) in self.spec.fields.iter().enumerate() {
            self.gone_field(at, field);
        }
    }

    fn new_field(&mut self, at: usize, field: &Field) {
        if self
            .older_cut
            .is_some_and(|cut| cut.lacks_field(field.side, at))
            || self.cut.is_some_and(|cut| cut.halves_field(at))
        {
            return;
        }
        // Fields inside a new field are new with it.
        if field
            .parent
            .is_some_and(|parent| self.alignment.of_page(parent).is_none())
        {
            return;
        }
        // If the older page hides the fields of the object around, nothing can be compared.
        let around = field
            .parent
            .and_then(|parent| self.alignment.of_page(parent));
        if around.is_some_and(|pair| !self.spec.fields[pair.spec].open) {
            let folded = matches!(self.against, Against::Page { .. });
            if folded {
                return;
            }
        }
        let path = match around {
            Some(pair) => format!("{}/{}", self.spec.fields[pair.spec].path, field.name),
            None => field.path.clone(),
        };
        self.whole(
            &rules::FIELD_NEW,
            &path,
            Some(stated_value(&summary(field), field.place)),
            None,
            &[],
        );
        let perhaps = self.alignment.perhaps.iter().find(|(page, _)| *page == at);
        if let (Some((_, spec)), Some(last)) = (perhaps, self.found.last_mut()) {
            last.perhaps = Some(self.spec.fields[*spec].name.clone());
        }
    }

    fn gone_field(&mut self, at: usize, field: &Field) {
        let matched = self.alignment.of_spec(at).is_some();
        if matched || field.removed.is_some() || !self.against.cites(&field.sources) {
            return;
        }
        if self.cut.is_some_and(|cut| cut.lacks_field(field.side, at))
            || self.older_cut.is_some_and(|cut| cut.halves_field(at))
        {
            return;
        }
        // A field can only be missing if its parent is on the page and lists its fields, or if it
        // has no parent.
        let listed = field.parent.is_none_or(|parent| {
            let pair = self.alignment.of_spec(parent);
            pair.is_some_and(|pair| self.page.fields[pair.page].open)
        });
        if !listed {
            return;
        }
        self.whole(
            &rules::FIELD_GONE,
            &field.path,
            None,
            Some(stated_value(&summary(field), field.place)),
            &field.origins,
        );
        let perhaps = self.alignment.perhaps.iter().find(|(_, spec)| *spec == at);
        if let (Some((page, _)), Some(last)) = (perhaps, self.found.last_mut()) {
            last.perhaps = Some(self.page.fields[*page].name.clone());
        }
    }

    /// Returns whether a page that is compared with a spec states no status for any code.
    fn lacks_statuses(&self) -> bool {
        let mut codes = self.page.codes.iter();
        let has_none = codes.all(|code| code.facts.get(PageFact::Status).is_none());
        has_none && matches!(self.against, Against::Spec { .. })
    }

    fn facts(&mut self, subject: &str, sides: Sides<'_>, origins: &[Origin]) {
        let Sides {
            page,
            spec,
            grouped,
        } = sides;
        let mut requirement_differs = false;
        for fact in PageFact::ALL.iter().copied() {
            let differs = match (page.get(fact), spec.get(fact)) {
                (None, None) => false,
                (None, Some(_)) | (Some(_), None) if self.incomplete => false,
                // A page that does not state these makes no claim about them.
                (None, Some(_)) if matches!(fact, PageFact::Type | PageFact::Required) => false,
                // Nor does one whose table of codes has no column for the status.
                (None, Some(_)) if fact == PageFact::Status && self.lacks_statuses() => false,
                // Nor does one that leaves open when a field must be present.
                (None, Some(_)) if fact == PageFact::Conditions && depends(page) => false,
                (_, _) if fact == PageFact::Conditions => {
                    !self.unpaired(subject, page, spec).is_empty()
                }
                (None, Some(spec)) => !spec.implied && self.against.cites(&spec.sources),
                // Whatever a page knows about the field belongs in the spec, except its type.
                (Some(_), None) => fact != PageFact::Type,
                (Some(page), Some(spec)) => !self.against.agree(&page.value, &spec.value),
            };
            let has_conditions = |facts: &Facts| facts.get(PageFact::Conditions).is_some();
            let covered_by_conditions = fact == PageFact::Required
                && (grouped || has_conditions(page) || has_conditions(spec))
                && ![page, spec].iter().any(|facts| is_required(facts));
            let covered_by_requirement = fact == PageFact::Conditions && requirement_differs;
            if differs && !covered_by_conditions && !covered_by_requirement {
                requirement_differs |= fact == PageFact::Required;
                self.fact(subject, fact, page.get(fact), spec.get(fact), origins);
                if fact == PageFact::Conditions {
                    let level = self.level(&self.unpaired(subject, page, spec));
                    if let Some(last) = self.found.last_mut() {
                        last.level = level;
                    }
                }
            }
        }
    }

    fn fact(
        &mut self,
        subject: &str,
        fact: PageFact,
        page: Option<&Claim>,
        spec: Option<&Claim>,
        origins: &[Origin],
    ) {
        let side = |claim: &Claim| stated_value(&claim.value.to_string(), claim.place);
        let (page, spec) = (page.map(side), spec.map(side));
        self.whole(rules::of_fact(fact), subject, page, spec, origins);
        if let Some(last) = self.found.last_mut() {
            last.fact = Some(fact);
            if last.page.is_none() {
                last.level = last.level.min(Level::Warning);
            }
        }
    }

    fn whole(
        &mut self,
        rule: &'static Rule,
        subject: &str,
        page: Option<StatedValue>,
        spec: Option<StatedValue>,
        origins: &[Origin],
    ) {
        self.found.push(Difference {
            rule,
            level: rule.level,
            subject: subject.to_owned(),
            fact: None,
            page,
            spec,
            origins: origins.to_vec(),
            perhaps: None,
        });
    }
}

fn stated_value(value: &str, place: Place) -> StatedValue {
    StatedValue {
        value: value.to_owned(),
        place,
    }
}

fn is_required(facts: &Facts) -> bool {
    facts.value(PageFact::Required) == Some(&Value::word("required"))
}

fn depends(facts: &Facts) -> bool {
    facts.value(PageFact::Required) == Some(&Value::word("conditional"))
}

/// Describes a field in a few words: `string, required, max_length 64`.
fn summary(field: &Field) -> String {
    let shown = |(fact, claim): (PageFact, &Claim)| {
        if matches!(fact, PageFact::Type | PageFact::Required) {
            claim.value.to_string()
        } else {
            format!("{} {}", fact.as_str(), claim.value)
        }
    };
    let stated = field.facts.iter().filter(|(_, claim)| !claim.implied);
    stated.map(shown).collect::<Vec<_>>().join(", ")
}
