//! Pairs the fields of two fact sheets, even if their names differ.

mod codes;

use std::collections::BTreeSet;

use heck::ToSnakeCase;
use serde::Serialize;

use super::fact_sheet::{FactSheet, Field};
use super::value::Value;
use crate::TypeKind;
use payspec_model::model::{PageFact, Side};

/// The way in which a field was found on the other side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MatchedBy {
    /// By its name on the wire.
    Name,
    /// By a name that the spec lists in `page_names`.
    Alias,
    /// By its allowed values, which are the same on both sides and unique there.
    Values,
    /// By the object that it holds, if it is the only one left of that name.
    Type,
    /// By its position, if it is the only one left between the same neighbours, with a matching
    /// type.
    Position,
}

impl MatchedBy {
    /// Returns the word for it in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            MatchedBy::Name => "name",
            MatchedBy::Alias => "alias",
            MatchedBy::Values => "values",
            MatchedBy::Type => "type",
            MatchedBy::Position => "position",
        }
    }
}

/// A field or a code on both sides, by its place in each list.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pair {
    pub(crate) page: usize,
    pub(crate) spec: usize,
    pub(crate) by: MatchedBy,
}

/// The pairs of two sheets. `page` is the newer one, `spec` is the one that it is compared with: a
/// spec, or an older page.
#[derive(Debug, Default)]
pub(crate) struct Alignment {
    pub(crate) fields: Vec<Pair>,
    /// Fields that may be the same, renamed on the wire.
    pub(crate) perhaps: Vec<(usize, usize)>,
    pub(crate) codes: Vec<Pair>,
}

impl Alignment {
    pub(crate) fn new(page: &FactSheet, spec: &FactSheet) -> Self {
        let mut aligning = Aligning {
            page,
            spec,
            found: Alignment::default(),
        };
        for side in Side::ALL.iter().copied() {
            aligning.level(side, None, None);
        }
        let mut found = aligning.found;
        found.fields.sort_by_key(|pair| pair.page);
        found.codes = codes::pairs(&page.codes, &spec.codes);
        found
    }

    /// Returns the counterpart of a field of the page.
    pub(crate) fn of_page(&self, page: usize) -> Option<Pair> {
        self.fields.iter().find(|pair| pair.page == page).copied()
    }

    /// Returns the counterpart of a field of the spec.
    pub(crate) fn of_spec(&self, spec: usize) -> Option<Pair> {
        self.fields.iter().find(|pair| pair.spec == spec).copied()
    }
}

struct Aligning<'s> {
    page: &'s FactSheet,
    spec: &'s FactSheet,
    found: Alignment,
}

/// The fields of one level that have no counterpart yet, in their order.
struct Level {
    page: Vec<usize>,
    spec: Vec<usize>,
    pairs: Vec<Pair>,
}

type Fits = fn(&Field, &Field) -> bool;

/// The ways to find a field, the most certain first. All but the first two are for translated names
/// only: a wire name that the other side does not have is a new field.
const WAYS: &[(MatchedBy, Fits)] = &[
    (MatchedBy::Name, |page, spec| {
        page.name == spec.name && page.on_wire == spec.on_wire
    }),
    (MatchedBy::Alias, |page, spec| {
        spec.aliases.contains(&page.name) || page.aliases.contains(&spec.name)
    }),
    (MatchedBy::Values, |page, spec| {
        translated(page, spec) && same_values(page, spec)
    }),
    (MatchedBy::Type, |page, spec| {
        translated(page, spec) && same_object(page, spec)
    }),
];

impl Aligning<'_> {
    fn level(&mut self, side: Side, page: Option<usize>, spec: Option<usize>) {
        let list = |sheet: &FactSheet, parent| {
            let inside = sheet.inside(side, parent);
            inside.map(|(at, _)| at).collect::<Vec<usize>>()
        };
        let mut level = Level {
            page: list(self.page, page),
            spec: list(self.spec, spec),
            pairs: Vec::new(),
        };
        for (by, fits) in WAYS {
            self.pair(&mut level, *by, *fits);
        }
        self.by_position(&mut level, translated, |found, level, page, spec| {
            level.take(page, spec, MatchedBy::Position);
            let _ = found;
        });
        self.by_position(&mut level, may_be_renamed, |found, _, page, spec| {
            found.perhaps.push((page, spec));
        });
        self.found.fields.extend(&level.pairs);
        for pair in &level.pairs {
            let open = |sheet: &FactSheet, at: usize| sheet.fields[at].open;
            if open(self.page, pair.page) && open(self.spec, pair.spec) {
                self.level(side, Some(pair.page), Some(pair.spec));
            }
        }
    }

    /// Pairs fields that match only each other.
    fn pair(&self, level: &mut Level, by: MatchedBy, fits: Fits) {
        let page_field = |at: usize| &self.page.fields[at];
        let spec_field = |at: usize| &self.spec.fields[at];
        for page in level.page.clone() {
            let fitting = level.spec.iter().copied();
            let fitting: Vec<usize> = fitting
                .filter(|spec| fits(page_field(page), spec_field(*spec)))
                .collect();
            let [spec] = fitting.as_slice() else {
                continue;
            };
            let rivals = level.page.iter().filter(|rival| **rival != page);
            let mut rivals = rivals.map(|rival| page_field(*rival));
            if by > MatchedBy::Alias && rivals.any(|rival| fits(rival, spec_field(*spec))) {
                continue;
            }
            level.take(page, *spec, by);
        }
    }

    /// Pairs fields that are alone between the same neighbours on both sides.
    fn by_position(
        &mut self,
        level: &mut Level,
        fits: Fits,
        mut take: impl FnMut(&mut Alignment, &mut Level, usize, usize),
    ) {
        for page in level.page.clone() {
            let before = level.pairs.iter().filter(|pair| pair.page < page);
            let after = level.pairs.iter().filter(|pair| pair.page > page);
            let from = before.max_by_key(|pair| pair.page).map(|pair| pair.spec);
            let to = after.min_by_key(|pair| pair.page).map(|pair| pair.spec);
            // Neighbours in another order do not narrow the position.
            let ordered = from.is_none() || to.is_none() || from < to;
            let between = |at: &usize| {
                let behind = from.is_none_or(|from| *at > from);
                !ordered || behind && to.is_none_or(|to| *at < to)
            };
            let field = &self.page.fields[page];
            let left = level.spec.iter().copied().filter(between);
            let left: Vec<usize> = left
                .filter(|spec| fits(field, &self.spec.fields[*spec]))
                .filter(|spec| types_fit(field, &self.spec.fields[*spec]))
                .collect();
            if let [spec] = left.as_slice() {
                take(&mut self.found, level, page, *spec);
            }
        }
    }
}

impl Level {
    fn take(&mut self, page: usize, spec: usize, by: MatchedBy) {
        self.page.retain(|one| *one != page);
        self.spec.retain(|one| *one != spec);
        self.pairs.push(Pair { page, spec, by });
    }
}

/// Returns whether one of the two names may be a translation.
fn translated(page: &Field, spec: &Field) -> bool {
    spec.removed.is_none() && (!page.on_wire || !spec.on_wire)
}

/// Returns whether a field may be another one under a new name: the names share most of their words.
fn may_be_renamed(page: &Field, spec: &Field) -> bool {
    page.on_wire && spec.on_wire && spec.removed.is_none() && are_alike(&page.name, &spec.name)
}

fn are_alike(one: &str, other: &str) -> bool {
    let [one, other] = [one, other].map(|name| {
        let snake = name.to_snake_case();
        snake.split('_').map(str::to_owned).collect::<BTreeSet<_>>()
    });
    let shared = one.intersection(&other).count();
    shared * 2 >= one.len().max(other.len())
}

fn same_values(page: &Field, spec: &Field) -> bool {
    let stated = [page, spec].map(|field| field.facts.get(PageFact::Values));
    match stated {
        [Some(page), Some(spec)] => !spec.implied && page.value.agrees_with(&spec.value),
        [None, _] | [_, None] => false,
    }
}

fn same_object(page: &Field, spec: &Field) -> bool {
    let types = [page, spec].map(|field| field.facts.value(PageFact::Type));
    match types {
        [Some(Value::Type(page)), Some(Value::Type(spec))] => {
            page.kind == TypeKind::Object && page.name.is_some() && page == spec
        }
        [Some(_) | None, Some(_) | None] => false,
    }
}

fn types_fit(page: &Field, spec: &Field) -> bool {
    let types = [page, spec].map(|field| field.facts.value(PageFact::Type));
    match types {
        [Some(page), Some(spec)] => page.agrees_with(spec),
        [None, _] | [_, None] => true,
    }
}
