//! Groups of fields of which one must be present.

use std::collections::BTreeSet;

use super::condition::{Condition, Group, Kind, Met, Test};
use super::fact_sheet::FactSheet;
use super::value::Value;
use payspec_model::model::PageFact;

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
