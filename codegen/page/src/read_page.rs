//! Reads a page: splits it into sections, and gives each section to its reader.

use payspec_model::model::Side;

use crate::annotations::Annotations;
use crate::condition::{self, Names};
use crate::error::ReadError;
use crate::examples::{self, examples};
use crate::facts::{Page, Parameter, Section, SharedObject, Stated};
use crate::item::{Item, Kind};
use crate::lexicon::{Label, Lexicon};
use crate::line_report::{FrameKind, UnreadReason};
use crate::lines::Lines;
use crate::parameters::{self, Nesting, Owner, Purpose, parameters};
use crate::rendering::{language, rendering};
use crate::sections::{self, Sections};
use crate::tables::{Head, is_ruler};
use crate::{codes, field, glued, head, input, logic, spaced};

/// A page has one operation.
const OPERATION: usize = 0;

/// Reads a page by the phrases of a lexicon.
pub(super) fn read(text: &str, lexicon: &Lexicon) -> Result<Page, ReadError> {
    let text = &*input::clean(text);
    let input = input::detect(text);
    let items = spaced::rows(lexicon, glued::split(lexicon, input::items(text, input)?));
    let sections = sections::sections(lexicon, &items);
    let mut annotations = Annotations::new(items.len());
    for (index, title) in sections.titles.iter().enumerate() {
        if title.is_some() {
            annotations.frame(index, FrameKind::Heading);
        }
    }
    let reader = Reader {
        lexicon,
        sections: &sections,
        lines: Lines::new(lexicon, &items),
    };
    let of = &sections.of;
    let mut head = head::head(lexicon, &items, of, OPERATION, &mut annotations);
    let nesting = reader.nesting(&annotations);
    let names = reader.names(&nesting, &annotations);
    let facts = Purpose::Facts(&names);
    let [request, response] = reader.sides(facts, &nesting, &mut annotations);
    let objects = reader.objects(&names, &mut annotations);
    let names_of_operation = head::names(&head.operation);
    let codes = codes::codes(
        lexicon,
        &items,
        &reader.own(Section::Codes),
        OPERATION,
        &names_of_operation,
        &mut annotations,
    );
    let result_logic = logic::logic(
        lexicon,
        &items,
        &reader.own(Section::ResultLogic),
        &codes,
        OPERATION,
        &names_of_operation,
        &mut annotations,
    );
    let all = request.parameters.iter().chain(&response.parameters);
    let names: Vec<&str> = all.map(name).collect();
    let found = reader.examples(&names, &mut annotations);
    reader.astray(&mut annotations);

    let tables = request.in_tables || response.in_tables || !objects.is_empty();
    let in_parentheses = request.in_parentheses || response.in_parentheses;
    head.operation.request = request.parameters;
    head.operation.response = response.parameters;
    head.operation.result_logic = result_logic;
    head.operation.codes = codes;
    head.operation.examples = found.examples;
    head.operation.endpoints = found.endpoints;
    let mut page = Page {
        rendering: rendering(input, text, tables, in_parentheses),
        language: language(lexicon, &items, found.chatter),
        title: head.title,
        date: head.date,
        sections: sections::spans(&items, of),
        headings: sections::unknown_headings(&items, &sections, input),
        operations: vec![head.operation],
        objects,
        unread: Vec::new(),
        lines: Vec::new(),
        ends_in_row: ends_in_row(&items),
    };
    if !page.is_empty() {
        page.headings.clear();
    }
    annotations.keep(|fact| {
        let parameter = page.parameter(fact.subject);
        parameter.is_none_or(|one| one.states(fact.aspect))
    });
    annotations.find_open_parts(lexicon, &items, &page.names(), |subject| {
        page.parameter(subject).map(name).into_iter().collect()
    });
    (page.lines, page.unread) = annotations.line_report(items, of);
    Ok(page)
}

/// Returns whether the last line is a row of a table with fewer cells than the row above it.
fn ends_in_row(items: &[Item]) -> bool {
    match items {
        [.., above, last] => match (above.row(), last.row()) {
            (Some(above), Some(last)) => {
                above.nesting == last.nesting && last.cells.len() < above.cells.len()
            }
            (Some(_), None) | (None, _) => false,
        },
        [_] | [] => false,
    }
}

/// Returns the name of a parameter, as it is printed if it is no name on the wire.
fn name(parameter: &Parameter) -> &str {
    let name = parameter.name.as_deref();
    name.unwrap_or(&parameter.name_as_printed)
}

/// The sections of a page, for the readers of each.
struct Reader<'p> {
    lexicon: &'p Lexicon,
    sections: &'p Sections,
    lines: Lines<'p>,
}

impl Reader<'_> {
    fn items(&self) -> &[Item] {
        self.lines.items
    }

    /// Returns the lines of a section.
    fn own(&self, section: Section) -> Vec<usize> {
        let all = self.sections.of.iter().enumerate();
        let own = all.filter(|(_, one)| **one == section);
        own.map(|(index, _)| index).collect()
    }

    /// Reads the examples, which belong to another API if they have none of these names.
    fn examples(&self, names: &[&str], annotations: &mut Annotations) -> examples::Found {
        examples(
            self.lexicon,
            self.items(),
            &self.sections.titles,
            &self.own(Section::Examples),
            names,
            OPERATION,
            annotations,
        )
    }

    /// Returns which objects hold which fields, as the examples show it: in a copy without indentation,
    /// nothing else shows where an object ends.
    fn nesting(&self, annotations: &Annotations) -> Nesting {
        let is_label = |index: usize| self.lines.label(index) == Some(Label::ShownChildren);
        let has_examples = self.sections.of.contains(&Section::Examples);
        if !has_examples || !(0..self.items().len()).any(is_label) {
            return Nesting::default();
        }
        let found = self.examples(&[], &mut annotations.clone());
        Nesting::of(&found.examples)
    }

    /// Reads the parameters of the request and of the response.
    fn sides(
        &self,
        purpose: Purpose<'_>,
        nesting: &Nesting,
        annotations: &mut Annotations,
    ) -> [parameters::Read; 2] {
        let sides = [
            (Section::Request, Side::Request),
            (Section::Response, Side::Response),
        ];
        sides.map(|(section, side)| {
            let owner = Owner::Body {
                operation: OPERATION,
                side,
            };
            parameters(
                self.lexicon,
                &self.lines,
                &self.own(section),
                owner,
                purpose,
                nesting,
                annotations,
            )
        })
    }

    /// Returns the names of the parameters, to which conditions refer. A condition may come before the
    /// parameter that it names, so that the sides are read twice.
    fn names(&self, nesting: &Nesting, annotations: &Annotations) -> Names {
        let mut names = Names::default();
        let mut all = 0..self.items().len();
        if all.any(|index| self.may_state_condition(index)) {
            for read in self.sides(Purpose::Names, nesting, &mut annotations.clone()) {
                names.add(&read.parameters);
            }
        }
        names
    }

    /// Returns whether a line may state a condition: the words of one, apart from the requirement beside
    /// a name.
    fn may_state_condition(&self, index: usize) -> bool {
        let Some(item) = self.items().get(index) else {
            return false;
        };
        let has_words = |text: &str| condition::may_state(&self.lexicon.conditions, text);
        if !has_words(&item.text) {
            return false;
        }
        match item.kind {
            Kind::Text => {
                let line = self.lines.field(index);
                line.is_none_or(|line| has_words(&line.description))
            }
            Kind::Bullet | Kind::Term(_) | Kind::Row(_) => true,
            Kind::Heading(_) | Kind::Code | Kind::Fence => false,
        }
    }

    /// Reads the objects that tables describe, each under a heading that names it.
    fn objects(&self, names: &Names, annotations: &mut Annotations) -> Vec<SharedObject> {
        let own = self.own(Section::Objects);
        let headings = &self.sections.objects;
        let mut objects = Vec::new();
        for (index, heading) in headings.iter().enumerate() {
            let Some(item) = self.items().get(*heading) else {
                continue;
            };
            let end = headings.get(index + 1).copied().unwrap_or(usize::MAX);
            let (from, to) = (
                own.partition_point(|one| *one <= *heading),
                own.partition_point(|one| *one < end),
            );
            let owner = Owner::Object(index);
            annotations.frame(*heading, FrameKind::Heading);
            let read = parameters(
                self.lexicon,
                &self.lines,
                own.get(from..to).unwrap_or_default(),
                owner,
                Purpose::Facts(names),
                &Nesting::default(),
                annotations,
            );
            objects.push(SharedObject {
                name: Stated {
                    value: item.text.clone(),
                    line: item.line,
                },
                fields: read.parameters,
            });
        }
        objects
    }

    /// Marks lines that look like parameters or result codes in unknown sections as unread, so that they
    /// are not lost silently.
    fn astray(&self, annotations: &mut Annotations) {
        for heading in &self.sections.doubtful {
            annotations.unread(*heading, Some(UnreadReason::UnknownSide));
        }
        // True below the head of a table of codes.
        let mut codes = false;
        for index in self.own(Section::Other) {
            let Some(item) = self.items().get(index) else {
                continue;
            };
            let row = item.row();
            match row {
                Some(row) if Head::of_codes(self.lexicon, row).is_some() => codes = true,
                Some(row) if codes && !is_ruler(row) => {
                    annotations.unread(index, Some(UnreadReason::OtherCodes));
                }
                Some(_) => {}
                None => codes = false,
            }
            let strictness = match item.kind {
                Kind::Heading(_) => field::Strictness::Heading,
                Kind::Term(_) => field::Strictness::Name,
                Kind::Text | Kind::Bullet | Kind::Row(_) | Kind::Code | Kind::Fence => {
                    field::Strictness::Prose
                }
            };
            let names_field = field::field_line(self.lexicon, &item.text, strictness).is_some()
                || parameters::titled_item(self.lexicon, item).is_some();
            if row.is_none() && names_field {
                annotations.unread(index, None);
            }
        }
    }
}
