//! Conditions of fields, and groups of fields of which one must be present.

mod named;

use std::collections::BTreeSet;
use std::fmt;

use super::compare::letters;
use super::draft::TODO;
use super::fact_sheet::{FactSheet, Place};
use super::value::Value;
use named::Named;
use payspec_model::model::{PageFact, Side, SourceIds};

/// A condition under which a field must be present, or absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Condition {
    pub(crate) kind: Kind,
    pub(crate) test: Test,
    /// The words of the page or of the spec.
    pub(crate) words: String,
    pub(crate) place: Place,
    /// The sources of the condition, if it is from a spec.
    pub(crate) sources: SourceIds,
}

/// The effect of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Required,
    /// May be absent; a spec has no key for it.
    Optional,
    /// Present in a response; a spec calls it required, often as a warning.
    Returned,
    Absent,
}

/// The test of a message that decides a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Test {
    /// The last name of the deciding field, and what it must be.
    Field(String, Met),
    /// Fields of which one must be present, until they are known to be fields of one object.
    Group(Vec<String>),
    /// No test that a program understands.
    Words,
}

/// The state or the values of a field for which a condition holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Met {
    Present,
    Absent,
    OneOf(BTreeSet<String>),
}

/// Fields of one object of which at least one must be present.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub(crate) side: Side,
    /// The field that contains them.
    pub(crate) parent: Option<usize>,
    pub(crate) members: BTreeSet<usize>,
    pub(crate) place: Place,
    pub(crate) sources: SourceIds,
}

/// The conditions of two sides that have no counterpart.
#[derive(Debug, Default)]
pub(crate) struct Unpaired<'c> {
    pub(crate) page: Vec<&'c Condition>,
    pub(crate) spec: Vec<&'c Condition>,
}

impl Kind {
    /// Returns whether a spec states both kinds by the same key.
    fn is_same(self, other: Kind) -> bool {
        let key = |kind| match kind {
            Kind::Required | Kind::Returned => Kind::Required,
            Kind::Optional => Kind::Optional,
            Kind::Absent => Kind::Absent,
        };
        key(self) == key(other)
    }
}

impl Condition {
    pub(crate) fn is_in_words(&self) -> bool {
        self.test == Test::Words
    }

    /// Returns whether the words of a draft are those of the page.
    fn quotes(&self, page: &Condition) -> bool {
        let drafted = self.words.strip_prefix(TODO);
        let drafted = drafted.and_then(|rest| rest.strip_prefix(':'));
        let is_quoted = |words| letters(words) == letters(&page.words);
        self.is_in_words() && drafted.is_some_and(is_quoted)
    }

    fn has_kind_of(&self, other: &Condition) -> bool {
        self.kind.is_same(other.kind)
    }
}

/// The way in which two sides are compared.
pub(crate) struct Pairing<'p, F> {
    /// True if both are in one language, so that conditions in words are compared by their letters.
    pub(crate) same_words: bool,
    /// The field that the conditions are about, by the name of the spec.
    pub(crate) own: &'p str,
    /// Returns the name that the spec has for a field of the page.
    pub(crate) name: F,
}

impl<F: Fn(&str) -> String> Pairing<'_, F> {
    fn named(&self, condition: &Condition) -> Named {
        Named::of(&condition.words, self.own, &self.name)
    }

    /// Returns whether a condition of the spec says what one of the page says. With `surely`, those
    /// in words must also name the same, and something.
    fn is_pair(&self, page: &Condition, spec: &Condition, surely: bool) -> bool {
        if spec.quotes(page) {
            return true;
        }
        page.has_kind_of(spec)
            && match (&page.test, &spec.test) {
                (Test::Field(field, met), Test::Field(other, same)) => {
                    (self.name)(field) == *other && met == same
                }
                (Test::Words, Test::Words) if self.same_words => {
                    letters(&page.words) == letters(&spec.words)
                }
                (Test::Words, Test::Words) => {
                    let (page, spec) = (self.named(page), self.named(spec));
                    match surely {
                        true => page.is_same(&spec),
                        false => page.agrees_with(&spec),
                    }
                }
                (Test::Group(page), Test::Group(spec)) => page == spec,
                (Test::Field(..) | Test::Group(_) | Test::Words, _) => false,
            }
    }
}

/// Finds the conditions without a counterpart: those on fields are compared by field and test, those
/// in words by their letters if both sides are in one language, and otherwise by the fields and
/// values that they name.
pub(crate) fn unpaired<'c>(
    page: &'c [Condition],
    spec: Vec<&'c Condition>,
    pairing: &Pairing<'_, impl Fn(&str) -> String>,
) -> Unpaired<'c> {
    let mut found = Unpaired {
        page: page.iter().collect(),
        spec,
    };
    for surely in [true, false] {
        let Unpaired { page, spec } = &mut found;
        page.retain(|one| {
            let mut others = spec.iter();
            let pair = others.position(|other| pairing.is_pair(one, other, surely));
            if let Some(at) = pair {
                spec.remove(at);
            }
            pair.is_none()
        });
    }
    found
}

impl Unpaired<'_> {
    pub(crate) fn is_empty(&self) -> bool {
        self.page.is_empty() && self.spec.is_empty()
    }

    /// Returns whether both sides state a condition in words that name other fields or values.
    pub(crate) fn names_others(&self) -> bool {
        let in_words = |one: &&&Condition| one.is_in_words();
        let mut page = self.page.iter().filter(in_words);
        page.any(|one| {
            let mut spec = self.spec.iter().filter(in_words);
            spec.any(|other| other.has_kind_of(one))
        })
    }

    /// Returns whether a test on one side contradicts the other. In another language, words may
    /// say the same as a test.
    pub(crate) fn contradicts(&self, same_language: bool) -> bool {
        let lost = |one: &&Condition, others: &[&Condition]| {
            let in_words = |other: &&Condition| other.is_in_words() && other.has_kind_of(one);
            !one.is_in_words() && (same_language || !others.iter().any(in_words))
        };
        let page = self.page.iter().any(|one| lost(one, &self.spec));
        page || self.spec.iter().any(|one| lost(one, &self.page))
    }
}

/// Finds the groups that the conditions of single fields state, and moves them to the sheet: that a
/// field is required when another one is absent means that one of both must be present.
pub(crate) fn settle(sheet: &mut FactSheet) {
    for at in 0..sheet.fields.len() {
        let Some(mut claim) = sheet.fields[at].facts.take(PageFact::Conditions) else {
            continue;
        };
        let Value::Conditions(conditions) = &mut claim.value else {
            sheet.fields[at].facts.state(PageFact::Conditions, claim);
            continue;
        };
        let mut moved = false;
        let mut left = Vec::new();
        for mut condition in std::mem::take(conditions) {
            if let Some(group) = group(sheet, at, &condition) {
                moved = true;
                let known = sheet.groups.iter();
                let mut known = known.filter(|one| one.members == group.members);
                if known.next().is_none() {
                    sheet.groups.push(group);
                }
                continue;
            }
            if matches!(condition.test, Test::Group(_)) {
                condition.test = Test::Words;
            }
            left.push(condition);
        }
        let facts = &mut sheet.fields[at].facts;
        let asks = left.iter().any(|one| one.kind != Kind::Absent);
        if moved && !asks && facts.value(PageFact::Required) == Some(&Value::word("conditional")) {
            facts.amend(PageFact::Required, |_| Value::word("optional"));
        }
        if let Some(first) = left.first() {
            claim.place = first.place;
            claim.sources.clone_from(&first.sources);
            claim.value = Value::Conditions(left);
            facts.state(PageFact::Conditions, claim);
        }
    }
}

/// Returns the group that a condition of a field states. A group with a field that is always
/// required has no effect.
pub(crate) fn group(sheet: &FactSheet, at: usize, condition: &Condition) -> Option<Group> {
    let field = sheet.fields.get(at)?;
    let own = [field.name.clone()];
    let (named, own): (&[String], &[String]) = match (&condition.test, condition.kind) {
        (Test::Group(names), _) => (names, &[]),
        (Test::Field(name, Met::Absent), Kind::Required) => (std::slice::from_ref(name), &own),
        (Test::Field(..) | Test::Words, _) => return None,
    };
    let sibling = |name: &String| {
        let mut inside = sheet.inside(field.side, field.parent);
        let found = inside.find(|(_, one)| one.name == *name || one.aliases.contains(name));
        found.map(|(at, _)| at)
    };
    let members: Option<BTreeSet<usize>> = named.iter().chain(own).map(sibling).collect();
    let members = members.filter(|members| members.len() > 1)?;
    let required = Value::word("required");
    let always = |at: &usize| sheet.fields[*at].facts.value(PageFact::Required) == Some(&required);
    (!members.iter().any(always)).then(|| Group {
        side: field.side,
        parent: field.parent,
        members,
        place: condition.place,
        sources: condition.sources.clone(),
    })
}

impl FactSheet {
    /// Returns the names of the members of a group, in their order.
    pub(crate) fn names(&self, group: &Group) -> Vec<&str> {
        let members = group.members.iter();
        let members = members.filter_map(|at| self.fields.get(*at));
        members.map(|field| field.name.as_str()).collect()
    }

    /// Returns whether a field is in a group.
    pub(crate) fn is_grouped(&self, at: usize) -> bool {
        self.groups.iter().any(|group| group.members.contains(&at))
    }

    /// Returns the subject of a group: the object around its fields.
    pub(crate) fn group_subject(&self, group: &Group) -> String {
        let parent = group.parent.and_then(|parent| self.fields.get(parent));
        parent.map_or_else(|| group.side.to_string(), |parent| parent.path.clone())
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            Kind::Required => "required when ",
            Kind::Optional => "optional when ",
            Kind::Returned => "returned when ",
            Kind::Absent => "absent when ",
        })?;
        match &self.test {
            Test::Words => f.write_str("(in words)"),
            Test::Group(names) => write!(f, "none of {} is present", names.join(", ")),
            Test::Field(field, Met::Present) => write!(f, "{field} is present"),
            Test::Field(field, Met::Absent) => write!(f, "{field} is absent"),
            Test::Field(field, Met::OneOf(values)) => {
                let values: Vec<&str> = values.iter().map(String::as_str).collect();
                write!(f, "{field} is {}", values.join(" or "))
            }
        }
    }
}
