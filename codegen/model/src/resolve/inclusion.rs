//! Objects that have the fields of others: `all_of`.

use std::collections::{BTreeSet, VecDeque};

use super::Context;
use super::types::Declared;
use crate::diagnostic::{Diagnostic, codes};
use crate::model::{Alternatives, Amount, Field, Object, ObjectId};
use crate::source::{At, Span};
use payspec_runtime::schema::MAX_FIELDS;

/// The copies that an object gets from those that it includes.
#[derive(Default)]
pub(super) struct Copied<'s> {
    /// The fields, each with the place that names its object.
    fields: Vec<(Field, At<'s>)>,
    groups: Vec<Alternatives>,
    amounts: Vec<Amount>,
}

impl Context<'_> {
    /// Returns the objects, each after those that it includes, without those that include themselves; reports these, and
    /// names of no objects.
    pub(super) fn inclusion_order(&mut self, declared: &[Declared<'_>]) -> Vec<ObjectId> {
        for one in declared {
            self.unknown_bases(one);
        }
        let bases = declared.iter().map(|one| self.bases(one));
        let bases: Vec<Vec<usize>> = bases
            .map(|bases| bases.into_iter().map(|(id, _)| id.0).collect())
            .collect();
        let mut includers = vec![Vec::new(); declared.len()];
        for (id, bases) in bases.iter().enumerate() {
            for base in bases {
                includers[*base].push(id);
            }
        }
        // An object that includes itself is neither free of bases nor free of includers.
        let from_bases = peel(&bases, &includers, &[]);
        let from_includers = peel(&includers, &bases, &from_bases);
        let peeled: BTreeSet<usize> = from_bases.into_iter().chain(from_includers).collect();
        let endless: BTreeSet<usize> = (0..declared.len())
            .filter(|id| !peeled.contains(id))
            .collect();
        for id in &endless {
            let one = &declared[*id];
            let message = format!("`{}` includes itself", one.object.name);
            let names = bases[*id].iter().filter(|base| endless.contains(base));
            let names: Vec<&str> = names.map(|base| &*declared[*base].object.name).collect();
            self.report(Diagnostic::new(&codes::ENDLESS_TYPE, message).at(
                one.at.at("all_of").span(),
                format!("by `{}`", names.join("`, `")),
            ));
        }
        let endless: Vec<usize> = endless.into_iter().collect();
        let order = peel(&bases, &includers, &endless);
        order.into_iter().map(ObjectId).collect()
    }

    /// Gives an object the fields, the groups and the amounts of those that it includes, before its own.
    pub(super) fn include(&mut self, id: ObjectId, declared: &mut [Declared<'_>]) {
        let bases = self.bases(&declared[id.0]).into_iter();
        let bases = bases.map(|(base, at)| (&declared[base.0].object, at));
        let copied = self.copied(&bases.collect::<Vec<_>>());
        let one = &mut declared[id.0];
        let at = one.at.at("all_of").span();
        self.add_copied(copied, &mut one.object, (0, at));
    }

    /// Copies what objects give to one that includes them.
    pub(super) fn copied<'s>(&mut self, bases: &[(&Object, At<'s>)]) -> Copied<'s> {
        let mut copied = Copied::default();
        for (base, at) in bases {
            if base.quote.is_some() {
                let message = format!(
                    "payspec does not describe an object that includes a rate, such as `{}`",
                    base.name
                );
                self.report(
                    Diagnostic::new(&codes::MISFIT, message)
                        .at(at.span(), "")
                        .help("add a field of this type"),
                );
            }
            // One too many is enough for the report.
            let room = (MAX_FIELDS + 1).saturating_sub(copied.fields.len());
            let fields = base.fields.iter().take(room);
            copied
                .fields
                .extend(fields.map(|field| (field.clone(), *at)));
            let groups = base.at_least_one_of.iter();
            copied.groups.extend(groups.cloned());
            copied.amounts.extend(base.amounts.iter().cloned());
        }
        copied
    }

    /// Adds what an object includes at a position among its own fields; `span` is the place of the inclusion.
    pub(super) fn add_copied(
        &mut self,
        copied: Copied<'_>,
        object: &mut Object,
        (position, span): (usize, Span),
    ) {
        let Copied {
            mut fields,
            groups,
            amounts,
        } = copied;
        self.distinct_fields(&fields, object);
        if !fields.is_empty() && fields.len() + object.fields.len() > MAX_FIELDS {
            let message = format!("an object has at most {MAX_FIELDS} fields");
            self.report(
                Diagnostic::new(&codes::TOO_MANY, message).at(span, "with those that it includes"),
            );
        }
        fields.truncate(MAX_FIELDS.saturating_sub(object.fields.len()));
        let fields = fields.into_iter().map(|(field, _)| field);
        object.fields.splice(position..position, fields);
        object.at_least_one_of = groups;
        object.amounts = amounts;
    }

    /// Reports names that two of the included objects have, or one of them and the object itself.
    fn distinct_fields(&mut self, included: &[(Field, At<'_>)], object: &Object) {
        for (index, (field, at)) in included.iter().enumerate() {
            let mut earlier = included[..index].iter();
            let twice = earlier.find(|(other, _)| other.name == field.name);
            let own = object.field(&field.name);
            let (span, first) = match (twice, own) {
                (Some((first, _)), _) => (at.span(), first.origin),
                (None, Some(own)) => (self.map.word_at(own.origin), field.origin),
                (None, None) => continue,
            };
            let message = format!(
                "the field `{}` of `{}` is declared twice",
                field.name, object.name
            );
            let first = self.map.word_at(first);
            self.report(
                Diagnostic::new(&codes::DECLARED_TWICE, message)
                    .at(span, "again")
                    .also(first, "first"),
            );
        }
    }

    /// Returns the objects that an object includes, each with the place of its name.
    fn bases<'s>(&self, one: &Declared<'s>) -> Vec<(ObjectId, At<'s>)> {
        let names = one.said.all_of.iter().zip(one.at.at("all_of").each());
        let names = names.filter_map(|(name, at)| Some((self.types.object(name)?, at)));
        names.collect()
    }

    /// Reports names in `all_of` that are not those of objects.
    fn unknown_bases(&mut self, one: &Declared<'_>) {
        for (name, at) in one.said.all_of.iter().zip(one.at.at("all_of").each()) {
            match self.types.object(name) {
                Some(id) => drop(self.included.insert(id)),
                None => self.not_an_object(name, at),
            }
        }
    }

    /// Reports a name that is not that of an object.
    pub(super) fn not_an_object(&mut self, name: &str, at: At<'_>) {
        let message = format!("`{name}` is not an object of this API");
        let names: Vec<String> = self.types.objects().map(str::to_owned).collect();
        let unknown = Diagnostic::new(&codes::UNKNOWN_TYPE, message)
            .at(at.span(), "expected the name of an object");
        let unknown = self.suggest(unknown, name, names.iter().map(String::as_str));
        self.report(unknown);
    }
}

/// Returns the nodes in an order in which each comes after all that it needs. Those of a cycle, and what needs them, are
/// left out; `done` are the nodes that nothing needs to wait for.
fn peel(needs: &[Vec<usize>], needed_by: &[Vec<usize>], done: &[usize]) -> Vec<usize> {
    let done: BTreeSet<usize> = done.iter().copied().collect();
    let mut missing: Vec<usize> = needs
        .iter()
        .map(|needs| needs.iter().filter(|one| !done.contains(one)).count())
        .collect();
    let free = (0..needs.len()).filter(|id| missing[*id] == 0 && !done.contains(id));
    let mut next: VecDeque<usize> = free.collect();
    let mut order = Vec::with_capacity(needs.len());
    while let Some(id) = next.pop_front() {
        order.push(id);
        for waiting in needed_by[id].iter().filter(|id| !done.contains(id)) {
            missing[*waiting] -= 1;
            if missing[*waiting] == 0 {
                next.push_back(*waiting);
            }
        }
    }
    order
}
