//! Determines which part of a page was compared, and whether a copy ends early.

use schemars::JsonSchema;
use serde::Serialize;

use super::align::Alignment;
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
    /// The last field and the last code of the other side that the copy has.
    field: Option<usize>,
    code: Option<usize>,
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
        let fields = alignment.fields.iter().map(|pair| pair.spec);
        let codes = alignment.codes.iter().map(|pair| pair.spec);
        Cut::of(page, spec, fields.max(), codes.max())
    }

    /// Returns the end of an older page that lacks the rest of the newer one.
    pub(crate) fn of_older(
        page: &FactSheet,
        older: &FactSheet,
        alignment: &Alignment,
    ) -> Option<Self> {
        let fields = alignment.fields.iter().map(|pair| pair.page);
        let codes = alignment.codes.iter().map(|pair| pair.page);
        Cut::of(older, page, fields.max(), codes.max())
    }

    fn of(
        short: &FactSheet,
        whole: &FactSheet,
        field: Option<usize>,
        code: Option<usize>,
    ) -> Option<Self> {
        let has = |sheet: &FactSheet, side| sheet.fields.iter().any(|field| field.side == side);
        let lacks_codes = short.codes.is_empty() && whole.whole_table && !whole.codes.is_empty();
        let section = short.ends?;
        let is_cut = match section {
            Section::Request => {
                let lacks_response = !has(short, Side::Response) && has(whole, Side::Response);
                lacks_response && short.codes.is_empty()
            }
            Section::Response => lacks_codes,
            Section::Codes => {
                let next = code.map_or(0, |code| code + 1);
                let missing = whole.codes.len().saturating_sub(next);
                let before = short.codes.len() == next;
                // If both end there, the codes were removed.
                let goes_on = whole.whole_table && whole.ends != Some(Section::Codes);
                missing >= CODES && before && goes_on
            }
            Section::Head
            | Section::Objects
            | Section::Examples
            | Section::MoreInformation
            | Section::ResultLogic
            | Section::Footer
            | Section::Other => false,
        };
        is_cut.then_some(Cut {
            section,
            field,
            code,
        })
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
}
