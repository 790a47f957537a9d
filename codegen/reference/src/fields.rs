//! The fields of a body or of a type: everything that a spec states about each, with the fields inside folded.

mod fact;

use askama::Template;
use askama::filters::HtmlSafe;
use payspec_model::counted;
use payspec_model::describe::{self, Statement};
use payspec_model::model::{
    Amount, Body, Constraint, Direction, Field, Object, ObjectId, Operation, Origin, Refined, Rule,
    Severity, Side, SourceIds, Type,
};
use payspec_model::pointer::{EACH, pointer};
use payspec_report::{Badge, Tone};
use payspec_review::Item;
use payspec_runtime::{Location, Style};

use self::fact::Fact;
use crate::changes::Change;
use crate::context::{ApiSite, Site};
use crate::links;
use crate::parts::{ChangeView, DisputeView, Prose, RuleView, Sources, Words, disputes, quiet};
use crate::types::TypeView;

/// The largest number of fields that a body unfolds, as far as no refinement is deeper.
pub(crate) const MOST_FIELDS: usize = 600;

/// The largest number of values of an enum that a field lists.
const MOST_VALUES: usize = 12;

/// A field.
#[derive(Template)]
#[template(path = "field.html")]
pub(crate) struct FieldView<'m> {
    pub(crate) anchor: String,
    name: &'m str,
    ty: TypeView,
    badges: Vec<Badge>,
    changes: Vec<ChangeView<'m>>,
    description: Prose,
    notes: Vec<Words>,
    rules: Vec<RuleView<'m>>,
    values: Vec<ValueLink<'m>>,
    more_values: usize,
    facts: Vec<Fact>,
    sources: Sources<'m>,
    disputes: Vec<DisputeView<'m>>,
    inside: Vec<Inside<'m>>,
}

impl HtmlSafe for FieldView<'_> {}

/// A value of an enum with its link.
struct ValueLink<'m> {
    name: &'m str,
    href: String,
    title: &'m str,
}

/// The object in a field, or one of those of a union.
struct Inside<'m> {
    title: String,
    rules: Vec<RuleView<'m>>,
    fields: Vec<FieldView<'m>>,
}

/// What a spec states about a field, where it is declared and in refinements.
struct Stated<'m> {
    rules: Vec<RuleView<'m>>,
    sources: SourceIds,
    origins: Vec<Origin>,
}

/// The place of fields: the body of an operation, or a type.
pub(crate) struct Fields<'s, 'm> {
    pub(crate) site: &'s Site<'m>,
    pub(crate) api: &'s ApiSite<'m>,
    pub(crate) page: &'s str,
    pub(crate) place: Place<'m>,
}

/// The holder of fields.
#[derive(Clone, Copy)]
pub(crate) enum Place<'m> {
    /// The body of an operation.
    Body(&'m Operation, Side),
    /// A shared type.
    Type(&'m Object),
}

/// The way to a field.
struct Way<'r, 'm> {
    path: Vec<String>,
    /// The objects on the way. None is entered twice, because types can be recursive.
    holders: Vec<ObjectId>,
    refined: Option<&'r Refined<'m>>,
    depth: usize,
}

impl<'s, 'm: 's> Fields<'s, 'm> {
    /// Returns the fields of a body, with those inside shared types.
    pub(crate) fn of_body(&self, body: &'m Body) -> Vec<FieldView<'s>> {
        let refined = Refined::of(body);
        let way = Way {
            path: Vec::new(),
            holders: Vec::new(),
            refined: Some(&refined),
            depth: self.api.depth(&body.object, MOST_FIELDS),
        };
        self.object(&body.object, &way)
    }

    /// Returns the fields of a type; those inside are on the pages of their types.
    pub(crate) fn of_type(&self, object: &'m Object) -> Vec<FieldView<'s>> {
        let way = Way {
            path: Vec::new(),
            holders: Vec::new(),
            refined: None,
            depth: 0,
        };
        self.object(object, &way)
    }

    /// Returns the rules of an object that concern several of its fields.
    pub(crate) fn rules_of(&self, object: &'m Object) -> Vec<RuleView<'s>> {
        self.rules(describe::of_object(object), &object.sources)
    }

    /// Returns the rules of a body that concern several of its values.
    pub(crate) fn rules_of_body(&self, body: &'m Body) -> Vec<RuleView<'s>> {
        self.rules(describe::of_body(body), &body.object.sources)
    }

    fn direction(&self) -> Option<Direction> {
        match self.place {
            Place::Body(operation, side) => Some(operation.direction(side)),
            Place::Type(_) => None,
        }
    }

    fn applies(&self, direction: Option<Direction>) -> bool {
        match (self.direction(), direction) {
            (Some(here), Some(direction)) => here == direction,
            (None, _) | (_, None) => true,
        }
    }

    fn rules(&self, statements: Vec<Statement<'_>>, known: &SourceIds) -> Vec<RuleView<'s>> {
        let with_direction = self.direction().is_none();
        let statements = statements.iter();
        statements
            .filter(|one| self.applies(one.direction))
            .map(|one| RuleView::new(self.api, self.page, one, with_direction, known))
            .collect()
    }

    fn object(&self, object: &'m Object, way: &Way<'_, 'm>) -> Vec<FieldView<'s>> {
        let fields = object.fields.iter();
        fields
            .map(|field| self.field(field, object.amount(&field.name), way))
            .collect()
    }

    fn field(&self, field: &'m Field, amount: Option<&Amount>, way: &Way<'_, 'm>) -> FieldView<'s> {
        let Field {
            name,
            description,
            ty,
            // Badges.
            location: _,
            style: _,
            nullable: _,
            required: _,
            // A matter of the generated code.
            plain: _,
            // Statements.
            json_type: _,
            constraints: _,
            required_when: _,
            forbidden_when: _,
            // Facts and badges.
            unknown_limits: _,
            sensitive: _,
            renamed_from: _,
            since: _,
            deprecated: _,
            default: _,
            example: _,
            rust_name: _,
            page_names: _,
            // With those of refinements.
            sources: _,
            origin: _,
        } = field;
        let mut path = way.path.clone();
        path.push(name.clone());
        let refined = way.refined.and_then(|refined| refined.child(name));
        let Stated {
            rules,
            sources,
            origins,
        } = self.stated(field, refined);
        let (values, more_values) = self.values(ty);
        let notes = refined.iter().flat_map(|refined| &refined.notes);
        let notes = notes.map(|note| Words::new(note));
        let money = amount.map(|amount| format!("It is {}.", describe::amount(amount)));
        let answers = self.answers(&path);
        let operation = match self.place {
            Place::Body(operation, _) => Some(operation.id.as_str()),
            Place::Type(_) => None,
        };
        FieldView {
            anchor: self.anchor(&path),
            name,
            ty: TypeView::new(self.api, self.page, ty),
            badges: self.badges(field, refined),
            changes: ChangeView::all(self.changes_of(ty, &path)),
            description: Prose::new(description),
            notes: notes
                .chain(money.iter().chain(&answers).map(|text| Words::new(text)))
                .collect(),
            rules,
            values,
            more_values,
            facts: Fact::of(field, refined),
            sources: Sources::new(self.api, self.page, &sources),
            disputes: disputes(self.api, self.page, &origins, operation),
            inside: self.inside(ty, path, refined, way),
        }
    }

    /// Returns which answers have a field of the body, if they differ by HTTP status.
    fn answers(&self, path: &[String]) -> Option<String> {
        match (self.place, path) {
            (Place::Body(operation, side), [name]) => {
                describe::with_field(operation, operation.body(side)?, name)
            }
            (Place::Body(..) | Place::Type(_), _) => None,
        }
    }

    /// Returns the rules, the sources and the origins of a field, with those of its refinements here.
    fn stated(&self, field: &'m Field, refined: Option<&Refined<'m>>) -> Stated<'s> {
        let mut rules = self.rules(described(field), &field.sources);
        let mut origins = vec![field.origin];
        let mut sources = field.sources.clone();
        let mut at = refined;
        let mut part = "";
        while let Some(here) = at {
            for refinement in &here.refinements {
                let added = self.rules(describe::of_refinement(refinement), &refinement.sources);
                rules.extend(added.into_iter().map(|rule| rule.here().about(part)));
            }
            origins.extend(&here.origins);
            let added = here.sources.iter().filter(|id| !field.sources.contains(id));
            sources.extend(added);
            at = here.child(EACH);
            part = "each element";
        }
        Stated {
            rules,
            sources,
            origins,
        }
    }

    fn badges(&self, field: &Field, refined: Option<&Refined<'_>>) -> Vec<Badge> {
        let mut badges = vec![self.need(field, refined)];
        match field.location {
            Location::Body => {}
            Location::WholeBody => badges.push(Badge::new(Tone::Quiet, "the whole body")),
            location @ (Location::Path | Location::Query | Location::Header) => {
                badges.push(Badge::new(Tone::Quiet, format!("in: {location}")));
            }
        }
        match field.style {
            Style::Repeat => {}
            style @ (Style::Comma | Style::Brackets | Style::EmptyBrackets | Style::Json) => {
                let words = format!("style: {}", describe::style(style));
                badges.push(Badge::new(Tone::Quiet, words));
            }
        }
        if field.nullable {
            badges.push(Badge::new(Tone::Quiet, "may be null"));
        }
        badges.extend(field.sensitive.map(|sensitive| {
            let word = format!("sensitive: {}", sensitive.as_str());
            Badge::new(Tone::Worst, word)
        }));
        let deprecated = field.deprecated.as_ref();
        badges.extend(deprecated.map(|_| Badge::new(Tone::Warn, "deprecated")));
        badges
    }

    /// Returns the badge that says whether a field must be present here.
    fn need(&self, field: &Field, refined: Option<&Refined<'_>>) -> Badge {
        let added = refined.iter().flat_map(|refined| &refined.constraints);
        let all = field.constraints.iter().chain(added.copied());
        let required =
            |one: &&Constraint| one.rule == Rule::Required && self.applies(one.strength.direction);
        let worst = all.filter(required).map(|one| one.strength.severity).max();
        let conditions = refined.iter().flat_map(|refined| &refined.required_when);
        let conditions = field.required_when.iter().chain(conditions.copied());
        let is_conditional = conditions
            .filter(|one| self.applies(one.strength.direction))
            .count()
            > 0;
        match worst {
            _ if field.required => Badge::new(Tone::Bad, "required"),
            Some(Severity::Error) => Badge::new(Tone::Bad, "required"),
            Some(Severity::Warning) => Badge::new(Tone::Warn, "required (a warning)"),
            None if is_conditional => Badge::new(Tone::Warn, "conditional"),
            None => quiet("optional"),
        }
    }

    fn values(&self, ty: &Type) -> (Vec<ValueLink<'s>>, usize) {
        let api = self.api.api;
        let link = |page: &str, name: &'s str, title: &'s str| ValueLink {
            name,
            href: links::link_to(self.page, page, &links::anchor("value", name)),
            title,
        };
        let mut values: Vec<ValueLink<'s>> = if let Type::Enum(id) = ty.innermost() {
            let page = self.api.enumeration(*id);
            let values = api.enumeration(*id).values.iter();
            values
                .map(|one| link(page, &one.name, &one.description))
                .collect()
        } else if let Type::Union(id) = ty.innermost() {
            let page = self.api.union(*id);
            let variants = api.union(*id).variants.iter();
            variants
                .map(|one| link(page, &one.tag, &one.description))
                .collect()
        } else {
            Vec::new()
        };
        let more = values.len().saturating_sub(MOST_VALUES);
        values.truncate(MOST_VALUES);
        (values, more)
    }

    fn anchor(&self, path: &[String]) -> String {
        match self.place {
            Place::Body(_, side) => links::field_in_body(side, path),
            Place::Type(_) => links::anchor("field", &path.join("/")),
        }
    }

    /// Returns the changes of a field, and of the discriminator of its union.
    fn changes_of(&self, ty: &Type, path: &[String]) -> Vec<&'s Change> {
        let mut changes = self.changes(path);
        let discriminator = ty
            .union()
            .and_then(|id| self.api.api.union(id).discriminator.field());
        if let Some(name) = discriminator {
            let mut path = path.to_vec();
            path.push(name.to_owned());
            changes.extend(self.changes(&path));
        }
        changes
    }

    fn changes(&self, path: &[String]) -> Vec<&'s Change> {
        let api = &self.api.api.id;
        match (self.place, path) {
            (Place::Body(operation, side), _) => {
                let item = Item::Field(side, pointer(path));
                self.site.changes.at(api, Some(&operation.id), item)
            }
            (Place::Type(object), [name]) => {
                let item = Item::Member(object.name.clone(), name.clone());
                self.site.changes.at(api, None, item)
            }
            (Place::Type(_), _) => Vec::new(),
        }
    }

    /// Returns the fields inside a field, without those that are too deep or contain themselves.
    fn inside(
        &self,
        ty: &'m Type,
        mut path: Vec<String>,
        refined: Option<&Refined<'m>>,
        way: &Way<'_, 'm>,
    ) -> Vec<Inside<'s>> {
        let mut refined = refined;
        let mut level = ty;
        loop {
            level = match level {
                Type::List(element) => &element.ty,
                Type::Map(map) => &map.values.ty,
                Type::String
                | Type::Integer
                | Type::Decimal
                | Type::Boolean
                | Type::DateTime
                | Type::Date
                | Type::Uuid
                | Type::Binary
                | Type::Timestamp(_)
                | Type::Url
                | Type::Country
                | Type::Currency(_)
                | Type::Enum(_)
                | Type::Object(_)
                | Type::Union(_)
                | Type::Json(_)
                | Type::Any => break,
            };
            path.push(EACH.to_owned());
            refined = refined.and_then(|refined| refined.child(EACH));
        }
        let api = self.api.api;
        let Some(union) = level.union().map(|id| api.union(id)) else {
            let inside = level
                .object()
                .and_then(|id| self.inside_object(id, path, refined, way));
            return inside.into_iter().collect();
        };
        let variants = union.variants.iter().filter_map(|variant| {
            let mut path = path.clone();
            path.push(union.step(variant));
            let inside = self.inside_object(variant.object()?, path, None, way)?;
            let title = match union.discriminator.field() {
                Some(name) => format!("{}, if {name} is {}", inside.title, variant.tag),
                None => format!("{}, if it is a JSON {}", inside.title, variant.tag),
            };
            Some(Inside { title, ..inside })
        });
        variants.collect()
    }

    fn inside_object(
        &self,
        id: ObjectId,
        path: Vec<String>,
        refined: Option<&Refined<'m>>,
        way: &Way<'_, 'm>,
    ) -> Option<Inside<'s>> {
        let is_refined = refined.is_some_and(Refined::has_children);
        let is_recursive = way.holders.contains(&id);
        if (way.depth == 0 || is_recursive) && !is_refined {
            return None;
        }
        let object = self.api.api.object(id);
        let mut holders = way.holders.clone();
        holders.push(id);
        let way = Way {
            path,
            holders,
            refined,
            depth: way.depth.saturating_sub(1),
        };
        let fields = self.object(object, &way);
        Some(Inside {
            title: format!("{} of {}", counted(fields.len(), "field"), object.name),
            rules: self.rules_of(object),
            fields,
        })
    }
}

/// Returns the rules of a field that a badge does not say already.
fn described(field: &Field) -> Vec<Statement<'_>> {
    let mut statements = describe::of_field(field);
    if field.required {
        // The first one says that the field is required.
        statements.remove(0);
    }
    statements
}
