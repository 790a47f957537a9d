//! Judges each line of a page against the spec.

mod statements;

use std::collections::BTreeSet;

use super::{Line, LineState, Link, is_covered};
use crate::drift::compare::Difference;
use crate::drift::comparison::Comparison;
use crate::drift::fact_sheet::{Code, Facts};
use crate::drift::letters::letters;
use crate::drift::place::Place;
use crate::{Aspect, FactRef, Reading, Section, Subject};
use payspec_model::hash::fnv1a;
use payspec_model::model::{PageFact, Side};

/// The reason why advice is not captured.
const NOT_UNDERSTOOD: &str = "the advice is not understood";

/// The judgement of one fact of a line.
enum Fate {
    /// The spec says the same, at this place.
    Stated(Place),
    /// The spec says something else, and a dispute records the page's statement.
    Known(Place, String),
    /// The spec says something else, or nothing.
    Differs(String),
    /// Text that no program can compare.
    Prose,
}

/// Returns the name of a line in waivers: a hash of its letters and digits.
pub(crate) fn fingerprint(text: &str) -> String {
    format!("{:016x}", fnv1a(letters(text).as_bytes()))
}

/// Returns the judged lines of the page, and the waivers that were used: the index of each waiver
/// and of the line in it.
pub(super) fn lines(comparison: &Comparison<'_>) -> (Vec<Line>, BTreeSet<(usize, usize)>) {
    let mut judge = Judge {
        comparison,
        at: section_word(Section::Head).to_owned(),
        section: Section::Head,
        used: BTreeSet::new(),
    };
    let all = comparison.copy.page.lines.iter();
    let covered = all.filter(|line| is_covered(line.section));
    let lines = covered.map(|line| judge.line(line)).collect();
    (lines, judge.used)
}

struct Judge<'b, 'm> {
    comparison: &'b Comparison<'m>,
    /// The subject of the previous line, which also holds for a line that no rule understood.
    at: String,
    section: Section,
    used: BTreeSet<(usize, usize)>,
}

impl Judge<'_, '_> {
    fn line(&mut self, line: &crate::Line) -> Line {
        if self.section != line.section {
            self.section = line.section;
            self.at = section_word(line.section).to_owned();
        }
        let mut judged = Line {
            line: line.line,
            section: line.section,
            text: line.text.clone(),
            state: LineState::Uncaptured,
            at: String::new(),
            fingerprint: fingerprint(&line.text),
            states: Vec::new(),
            open: line.open().to_vec(),
            why: None,
            waiver: None,
        };
        match &line.reading {
            Reading::Captured { facts, .. } => self.captured(facts, line.line, &mut judged),
            Reading::Frame { .. } => judged.state = LineState::Frame,
            // The navigation above the title.
            Reading::Outside if line.section == Section::Head => judged.state = LineState::Frame,
            Reading::Junk { .. } => judged.state = LineState::Junk,
            Reading::Unread | Reading::Outside => {
                judged.why = Some("no rule understands this line".to_owned());
            }
        }
        judged.at.clone_from(&self.at);
        if judged.state == LineState::Uncaptured {
            self.waive(&mut judged);
        }
        judged
    }

    fn captured(&mut self, facts: &[FactRef], line: u32, judged: &mut Line) {
        let (mut stated, mut differs) = (0, None);
        for fact in facts {
            if let Some(at) = self.anchor(fact.subject) {
                self.at = at;
            }
            let place = |place| Some(self.comparison.place(place));
            let (spec, dispute) = match self.fate(*fact, line) {
                Fate::Stated(at) => (place(at), None),
                Fate::Known(at, dispute) => (place(at), Some(dispute)),
                Fate::Differs(why) => {
                    differs.get_or_insert(why);
                    (None, None)
                }
                Fate::Prose => (None, None),
            };
            stated += usize::from(spec.is_some());
            judged.states.push(Link {
                fact: fact.aspect.as_str().to_owned(),
                spec,
                dispute,
            });
        }
        // Prose next to a captured fact belongs to it.
        if stated > 0 && differs.is_none() && judged.open.is_empty() {
            judged.state = LineState::Captured;
        }
        judged.why = match (judged.state, differs) {
            (LineState::Captured, _) => None,
            (_, Some(why)) => Some(why),
            (_, None) if stated > 0 => {
                let parts = judged.open.iter().map(|part| part.of(&judged.text));
                let parts: Vec<String> = parts.map(|part| format!("`{part}`")).collect();
                Some(format!("not understood: {}", parts.join(", ")))
            }
            (_, None) => Some("words that no program can compare".to_owned()),
        };
    }

    fn waive(&mut self, judged: &mut Line) {
        let waivers = self.comparison.operation.waivers.iter().enumerate();
        for (number, waiver) in waivers.filter(|(_, waiver)| waiver.at == judged.at) {
            let mut lines = waiver.lines.iter();
            if let Some(line) = lines.position(|one| *one == judged.fingerprint) {
                judged.state = LineState::Waived;
                judged.why = Some(waiver.reason.clone());
                judged.waiver = Some(self.comparison.model.place(waiver.origin));
                self.used.insert((number, line));
                return;
            }
        }
    }

    /// Returns the name of a subject in waivers: the one in the spec, if the spec has it.
    fn anchor(&self, subject: Subject) -> Option<String> {
        match subject {
            Subject::Page | Subject::Operation { .. } | Subject::Example { .. } => None,
            Subject::Logic { index, .. } => {
                let logic = self.comparison.stated.result_logic.get(index)?;
                let status = logic.statuses.first()?;
                Some(format!("logic/{status}"))
            }
            Subject::Parameter { side, index, .. } => {
                let at = self.place_of(side, index);
                let field = self.comparison.page.fields.get(at)?;
                let pair = self.comparison.alignment.of_page(at);
                let spec = pair.map(|pair| &self.comparison.spec.fields[pair.spec]);
                Some(spec.unwrap_or(field).path.clone())
            }
            Subject::Field { object, .. } => {
                let object = self.comparison.copy.page.objects.get(object)?;
                Some(format!("objects/{}", object.name.value))
            }
            Subject::Code { index, .. } => {
                let code = self.comparison.page.codes.get(index)?;
                let mut pairs = self.comparison.alignment.codes.iter();
                let pair = pairs.find(|pair| pair.page == index);
                let name = pair.map_or(&code.name, |pair| {
                    &self.comparison.spec.codes[pair.spec].name
                });
                Some(format!("codes/{name}"))
            }
        }
    }

    /// Returns the place of a parameter in the fact sheet.
    fn place_of(&self, side: Side, index: usize) -> usize {
        match side {
            Side::Request => index,
            Side::Response => index + self.comparison.stated.request.len(),
        }
    }

    /// Returns what the spec says of a fact of the field with this place in the fact sheet.
    fn field_fate(
        &self,
        fact: FactRef,
        line: u32,
        at: usize,
        stated: Option<&crate::Parameter>,
    ) -> Fate {
        let Some(field) = self.comparison.page.fields.get(at) else {
            return Fate::Prose;
        };
        let Some(pair) = self.comparison.alignment.of_page(at) else {
            return Fate::Differs("the spec does not have this field".to_owned());
        };
        let spec = &self.comparison.spec.fields[pair.spec];
        if spec.removed.is_some() {
            return Fate::Differs("the spec marks the field as removed".to_owned());
        }
        match (fact.aspect, stated) {
            (Aspect::Description, Some(stated)) => {
                let first = stated.description.as_ref().map(|words| words.line);
                if first == Some(line) {
                    Fate::Stated(spec.place)
                } else {
                    Fate::Prose
                }
            }
            (Aspect::Conditions, Some(stated)) => {
                let on = |one: &&crate::Condition| (one.line..=one.end_line).contains(&line);
                // The introduction of the conditions belongs to all of them.
                let mut here: Vec<_> = stated.conditions.iter().filter(on).collect();
                if here.is_empty() {
                    here = stated.conditions.iter().collect();
                }
                let fates = here.into_iter().map(|one| self.condition(pair, one));
                let mut fates: Vec<Fate> = fates.collect();
                let differs = |fate: &Fate| matches!(fate, Fate::Differs(_));
                let at = fates.iter().position(differs).unwrap_or_default();
                if fates.is_empty() {
                    Fate::Prose
                } else {
                    fates.swap_remove(at)
                }
            }
            (aspect, _) => self.aspect(aspect, (&spec.path, spec.place), &field.facts, &spec.facts),
        }
    }

    fn fate(&self, fact: FactRef, line: u32) -> Fate {
        match fact.subject {
            // The frame of the page, not its facts.
            Subject::Page | Subject::Operation { .. } | Subject::Example { .. } => {
                self.head(fact.aspect)
            }
            Subject::Logic { index, .. } => {
                let stated = self.comparison.stated.result_logic.get(index);
                stated.map_or(Fate::Prose, |stated| self.logic(stated))
            }
            Subject::Field { object, index } => {
                let object = self.comparison.copy.page.objects.get(object);
                let stated = object.and_then(|object| object.fields.get(index));
                let place = stated.map(|stated| Place::Line(stated.line));
                let mut fields = self.comparison.page.fields.iter();
                match fields.position(|field| Some(field.place) == place) {
                    Some(at) => self.field_fate(fact, line, at, stated),
                    None => Fate::Differs("no field has the type of this object".to_owned()),
                }
            }
            Subject::Parameter { side, index, .. } => {
                let stated = self.comparison.stated.parameters(side).get(index);
                self.field_fate(fact, line, self.place_of(side, index), stated)
            }
            Subject::Code { index, .. } => {
                let Some(code) = self.comparison.page.codes.get(index) else {
                    return Fate::Prose;
                };
                let pair = self
                    .comparison
                    .alignment
                    .codes
                    .iter()
                    .find(|pair| pair.page == index);
                match pair {
                    Some(pair) => {
                        self.code(fact.aspect, code, &self.comparison.spec.codes[pair.spec])
                    }
                    None => Fate::Differs("the spec does not have this code".to_owned()),
                }
            }
        }
    }

    fn code(&self, aspect: Aspect, page: &Code, spec: &Code) -> Fate {
        let subject = format!("codes/{}", spec.name);
        match aspect {
            Aspect::Action if !page.advice.is_sure() => Fate::Differs(NOT_UNDERSTOOD.to_owned()),
            Aspect::Action => {
                let steps = [PageFact::NextStep, PageFact::Resend];
                let fates = steps.map(|fact| self.fact(fact, &subject, &page.facts, &spec.facts));
                let mut fates = fates.into_iter();
                let worse = fates.find(|fate| !matches!(fate, Fate::Stated(_) | Fate::Prose));
                worse.unwrap_or(Fate::Stated(spec.place))
            }
            aspect => self.aspect(aspect, (&subject, spec.place), &page.facts, &spec.facts),
        }
    }

    fn aspect(
        &self,
        aspect: Aspect,
        (subject, place): (&str, Place),
        page: &Facts,
        spec: &Facts,
    ) -> Fate {
        let fact = match aspect {
            Aspect::Type => PageFact::Type,
            Aspect::Required => PageFact::Required,
            Aspect::MinLength => PageFact::MinLength,
            Aspect::MaxLength => PageFact::MaxLength,
            Aspect::Range => PageFact::Range,
            Aspect::MinItems => PageFact::MinItems,
            Aspect::MaxItems => PageFact::MaxItems,
            Aspect::MultipleOf => PageFact::MultipleOf,
            Aspect::UniqueItems => PageFact::UniqueItems,
            Aspect::Format => PageFact::Format,
            Aspect::Values => PageFact::Values,
            Aspect::Default => PageFact::Default,
            Aspect::Conditions => PageFact::Conditions,
            Aspect::Idempotency => PageFact::Idempotency,
            Aspect::Deprecated => PageFact::Deprecated,
            Aspect::Status => PageFact::Status,
            Aspect::Method => PageFact::Method,
            Aspect::Path => PageFact::Path,
            // If the page has the field or the code, the spec has its name and its meaning as well.
            Aspect::Name
            | Aspect::Children
            | Aspect::Code
            | Aspect::Message
            | Aspect::Action
            | Aspect::Description => return Fate::Stated(place),
            Aspect::Notes
            | Aspect::HttpStatus
            | Aspect::Title
            | Aspect::Date
            | Aspect::Purpose
            | Aspect::Introduction
            | Aspect::Endpoints
            | Aspect::Text
            | Aspect::Gutter => return Fate::Prose,
        };
        match self.fact(fact, subject, page, spec) {
            // A requirement that the page leaves open states nothing.
            Fate::Prose => Fate::Stated(place),
            fate => fate,
        }
    }

    fn fact(&self, fact: PageFact, subject: &str, page: &Facts, spec: &Facts) -> Fate {
        if page.get(fact).is_none() {
            return Fate::Prose;
        }
        let place = spec.get(fact).map(|claim| claim.place);
        let Some(difference) = self.difference(fact, subject) else {
            return match place {
                Some(place) => Fate::Stated(place),
                None => Fate::Prose,
            };
        };
        let dispute = self.comparison.dispute(difference);
        match (dispute, place) {
            (Some(dispute), Some(place)) => Fate::Known(place, dispute.id.clone()),
            (Some(_) | None, _) => Fate::Differs(difference.rule.drift.to_owned()),
        }
    }

    fn difference(&self, fact: PageFact, subject: &str) -> Option<&Difference> {
        let mut all = self.comparison.differences.iter();
        all.find(|one| one.fact == Some(fact) && one.subject == subject)
    }
}

/// Returns the subject of lines before the first parameter or code of a section.
const fn section_word(section: Section) -> &'static str {
    match section {
        Section::Request => "request",
        Section::Response => "response",
        Section::Objects => "objects",
        Section::Codes => "codes",
        Section::Head => "introduction",
        Section::ResultLogic => "logic",
        Section::Examples | Section::MoreInformation | Section::Other | Section::Footer => "page",
    }
}
