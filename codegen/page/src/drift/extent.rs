//! Determines which part of a page was compared, and whether a copy ends early.

use schemars::JsonSchema;
use serde::Serialize;

use super::align::{Alignment, Pair};
use super::fact_sheet::{FactSheet, Field};
use crate::Section;
use payspec_model::model::Side;

/// The part of the fields and codes that was compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Compared {
    /// The fields.
    pub(crate) fields: Share,
    /// The result codes.
    pub(crate) codes: Share,
    /// The section in which the copy ends early.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) ends_inside: Option<Section>,
}

/// A part of a whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Share {
    /// The number of facts that were compared.
    pub(crate) compared: usize,
    /// The number of facts on the side that the page is compared with.
    pub(crate) of: usize,
}

impl Compared {
    pub(crate) fn new(page: &FactSheet, spec: &FactSheet, alignment: &Alignment) -> Self {
        let mut fields = Share::default();
        for (at, field) in spec.fields.iter().enumerate() {
            let pair = alignment.of_spec(at);
            let counts = field.removed.is_none() && is_listed(page, alignment, field);
            fields.of += usize::from(pair.is_some() || counts);
            fields.compared += usize::from(pair.is_some());
        }
        let codes = spec.codes.iter().enumerate().filter(|(at, code)| {
            let is_paired = alignment.codes.iter().any(|pair| pair.spec == *at);
            is_paired || code.removed.is_none()
        });
        Compared {
            fields,
            codes: Share {
                compared: alignment.codes.len(),
                of: codes.count(),
            },
            ends_inside: Cut::of_page(page, spec, alignment).map(|cut| cut.section),
        }
    }

    /// Describes it in a sentence without a full stop: `3 of 12 fields, 0 of 29 codes compared`.
    pub fn words(&self) -> String {
        let Compared {
            fields,
            codes,
            ends_inside,
        } = self;
        let counts = format!(
            "{} of {} fields, {} of {} codes compared",
            fields.compared, fields.of, codes.compared, codes.of
        );
        match ends_inside {
            Some(section) => format!("{counts}: {}", ends_inside_words(*section)),
            None => counts,
        }
    }
}

/// Describes where a copy ends.
pub(crate) fn ends_inside_words(section: Section) -> String {
    let place = match section {
        Section::Request => "the request",
        Section::Response => "the response",
        Section::Codes => "the result codes",
        Section::Head
        | Section::Objects
        | Section::Examples
        | Section::MoreInformation
        | Section::ResultLogic
        | Section::Footer
        | Section::Other => "the page",
    };
    format!("the copy ends inside {place}")
}

/// Returns whether the page lists the fields next to a field of the spec. What is inside a missing
/// object is missing with it.
fn is_listed(page: &FactSheet, alignment: &Alignment, field: &Field) -> bool {
    field.parent.is_none_or(|parent| {
        let pair = alignment.of_spec(parent);
        pair.is_some_and(|pair| page.fields[pair.page].open)
    })
}

/// The early end of a copy.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cut {
    pub(crate) section: Section,
    /// The last field and the last code of the other side that the copy has. The order of a spec is
    /// not that of its pages, so that any field of the section may be behind the end.
    field: Option<usize>,
    code: Option<usize>,
    /// The field or the code of the copy in whose name it ends.
    half_field: Option<usize>,
    half_code: Option<usize>,
}

/// A copy that may end early, and what it is compared with, with the indices of their pairs.
struct Ends<'s> {
    short: &'s FactSheet,
    whole: &'s FactSheet,
    /// The pairs of fields and codes: first of the copy, then of the other side.
    fields: Vec<(usize, usize)>,
    codes: Vec<(usize, usize)>,
}

/// The least number of codes that a copy lacks at its end for that not to be a removal.
const CODES: usize = 2;

impl Cut {
    /// Returns the end of a page that lacks the rest of the other side.
    pub(crate) fn of_page(
        page: &FactSheet,
        spec: &FactSheet,
        alignment: &Alignment,
    ) -> Option<Self> {
        let pairs = |pairs: &[Pair]| pairs.iter().map(|pair| (pair.page, pair.spec)).collect();
        let ends = Ends {
            short: page,
            whole: spec,
            fields: pairs(&alignment.fields),
            codes: pairs(&alignment.codes),
        };
        ends.cut()
    }

    /// Returns the end of an older page that lacks the rest of the newer one.
    pub(crate) fn of_older(
        page: &FactSheet,
        older: &FactSheet,
        alignment: &Alignment,
    ) -> Option<Self> {
        let pairs = |pairs: &[Pair]| pairs.iter().map(|pair| (pair.spec, pair.page)).collect();
        let ends = Ends {
            short: older,
            whole: page,
            fields: pairs(&alignment.fields),
            codes: pairs(&alignment.codes),
        };
        ends.cut()
    }

    /// Returns whether a field of the other side is behind the end.
    pub(crate) fn lacks_field(self, side: Side, at: usize) -> bool {
        let is_after = self.field.is_none_or(|last| at > last);
        match (self.section, side) {
            (Section::Request, Side::Response) => true,
            (Section::Request, Side::Request) | (Section::Response, Side::Response) => is_after,
            (
                Section::Response
                | Section::Codes
                | Section::Head
                | Section::Objects
                | Section::Examples
                | Section::MoreInformation
                | Section::ResultLogic
                | Section::Footer
                | Section::Other,
                _,
            ) => false,
        }
    }

    /// Returns whether a code of the other side is behind the end.
    pub(crate) fn lacks_code(self, at: usize) -> bool {
        match self.section {
            Section::Request | Section::Response => true,
            Section::Codes => self.code.is_none_or(|last| at > last),
            Section::Head
            | Section::Objects
            | Section::Examples
            | Section::MoreInformation
            | Section::ResultLogic
            | Section::Footer
            | Section::Other => false,
        }
    }

    /// Returns whether the copy ends in the name of its field.
    pub(crate) fn halves_field(self, at: usize) -> bool {
        self.half_field == Some(at)
    }

    /// Returns whether the copy ends in the name of its code.
    pub(crate) fn halves_code(self, at: usize) -> bool {
        self.half_code == Some(at)
    }

    /// Returns whether what the statuses mean is behind the end.
    pub(crate) fn lacks_logic(self) -> bool {
        self.is_among_fields()
    }

    /// Returns whether a line of the other side is behind the end.
    pub(crate) fn is_behind(self, whole: &FactSheet, subject: &str, section: Section) -> bool {
        let order = |section: Section| match section {
            Section::Head => 0,
            Section::Request => 1,
            Section::Response | Section::Objects => 2,
            Section::Examples | Section::MoreInformation | Section::ResultLogic => 3,
            Section::Codes => 4,
            Section::Footer | Section::Other => 5,
        };
        let field = whole.fields.iter().position(|field| field.path == subject);
        let code = whole
            .codes
            .iter()
            .position(|code| subject.strip_prefix("codes/") == Some(code.name.as_str()));
        order(section) > order(self.section)
            || field.is_some_and(|at| self.lacks_field(whole.fields[at].side, at))
            || code.is_some_and(|at| self.lacks_code(at))
    }

    /// Returns whether the copy ends inside a side.
    pub(crate) fn is_inside(self, side: Side) -> bool {
        match side {
            Side::Request => self.section == Section::Request,
            Side::Response => self.section == Section::Response,
        }
    }

    /// Returns whether the copy ends among the fields, so that its last one may be incomplete.
    pub(crate) fn is_among_fields(self) -> bool {
        self.section != Section::Codes
    }

    /// Returns whether the copy ends among the codes, so that its last one may be incomplete.
    pub(crate) fn is_among_codes(self) -> bool {
        self.section == Section::Codes
    }
}

impl Ends<'_> {
    fn cut(&self) -> Option<Cut> {
        let (short, whole) = (self.short, self.whole);
        let has = |sheet: &FactSheet, side| sheet.fields.iter().any(|field| field.side == side);
        let lacks_codes = short.codes.is_empty() && !whole.codes.is_empty();
        let section = short.ends?;
        let (half_field, half_code) = (self.half_field(), self.half_code());
        let is_cut = match section {
            Section::Request => {
                let goes_on = has(whole, Side::Response) || lacks_codes;
                !has(short, Side::Response) && short.codes.is_empty() && goes_on
            }
            Section::Response => {
                let is_broken = short.ends_in_row || self.lacks_last_field();
                short.codes.is_empty() && (lacks_codes && is_broken || half_field.is_some())
            }
            Section::Codes => half_code.is_some() || short.ends_in_row || self.lacks_last_codes(),
            Section::Head
            | Section::Objects
            | Section::Examples
            | Section::MoreInformation
            | Section::ResultLogic
            | Section::Footer
            | Section::Other => false,
        };
        // The order of a spec is not that of the page.
        let ordered = |last: Option<usize>| last.filter(|_| whole.ends.is_some());
        let field = self.fields.iter().map(|(_, whole)| *whole).max();
        let code = self.codes.iter().map(|(_, whole)| *whole).max();
        is_cut.then_some(Cut {
            section,
            field: ordered(field),
            code: ordered(code),
            half_field,
            half_code,
        })
    }

    /// Returns the last field of the copy, if its name is the beginning of another one.
    fn half_field(&self) -> Option<usize> {
        let at = self.short.fields.len().checked_sub(1)?;
        let last = self.short.fields.get(at)?;
        let is_paired = self.fields.iter().any(|(short, _)| *short == at);
        let missing = self.whole.fields.iter().enumerate().filter(|(at, field)| {
            field.side == last.side && !self.fields.iter().any(|(_, whole)| whole == at)
        });
        let begins = |field: &Field| is_beginning(&last.name, &field.name);
        let mut missing = missing.map(|(_, field)| field);
        (!is_paired && missing.any(begins)).then_some(at)
    }

    /// Returns the last code of the copy, if it is the beginning of another one.
    fn half_code(&self) -> Option<usize> {
        let at = self.short.codes.len().checked_sub(1)?;
        let last = self.short.codes.get(at)?;
        let is_paired = self.codes.iter().any(|(short, _)| *short == at);
        let missing = self.whole.codes.iter().enumerate();
        let mut missing =
            missing.filter(|(at, _)| !self.codes.iter().any(|(_, whole)| whole == at));
        let begins = missing.any(|(_, code)| is_beginning(&last.name, &code.name));
        (!is_paired && begins).then_some(at)
    }

    /// Returns whether the copy lacks the last field of the response, or any of a spec, whose order is
    /// not that of its pages.
    fn lacks_last_field(&self) -> bool {
        let response = self.whole.fields.iter().enumerate().filter(|(_, field)| {
            let is_top = field.parent.is_none();
            field.side == Side::Response && is_top && field.removed.is_none()
        });
        let is_missing = |at: &usize| !self.fields.iter().any(|(_, whole)| whole == at);
        let mut fields = response.map(|(at, _)| at);
        match self.whole.ends {
            Some(_) => fields.next_back().as_ref().is_some_and(is_missing),
            None => fields.any(|at| is_missing(&at)),
        }
    }

    /// Returns whether the copy has the codes of the other side up to one, and no more.
    fn lacks_last_codes(&self) -> bool {
        let is_paired = |at: usize| self.codes.iter().any(|(_, whole)| *whole == at);
        let last = self.codes.iter().map(|(_, whole)| *whole).max();
        let expected = self.whole.codes.iter().enumerate();
        let missing = expected
            .filter(|(at, code)| code.removed.is_none() && !code.is_common && !is_paired(*at));
        let missing: Vec<usize> = missing.map(|(at, _)| at).collect();
        let before = missing.iter().any(|at| Some(*at) < last);
        // If both end there, the codes were removed.
        let goes_on = self.whole.ends != Some(Section::Codes);
        missing.len() >= CODES && !before && goes_on
    }
}

/// Returns whether a name is another one without its end.
fn is_beginning(half: &str, name: &str) -> bool {
    let rest = name.strip_prefix(half);
    rest.is_some_and(|rest| !half.is_empty() && !rest.is_empty())
}
