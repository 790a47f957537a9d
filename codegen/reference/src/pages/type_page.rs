//! The pages of shared types: objects, enums and unions.

use askama::Template;
use payspec_model::describe;
use payspec_model::format::EnumType;
use payspec_model::model::{Enum, EnumId, EnumValue, Object, ObjectId, Union, UnionId, Variant};
use payspec_report::{Badge, Tone};
use payspec_review::Item;

use super::shell;
use crate::context::{ApiSite, Site, User};
use crate::fields::{FieldView, Fields, Place};
use crate::parts::{
    ChangeView, DisputeView, Link, Prose, RuleView, Sources, Words, beginning, deprecation,
    disputes,
};
use crate::types::TypeView;
use crate::{File, links};

/// The largest number of users that a page lists.
const MOST_USERS: usize = 100;

#[derive(Template)]
#[template(path = "type.html")]
struct TypePage<'s> {
    name: &'s str,
    kind: &'static str,
    description: Prose,
    notes: Vec<Words>,
    changes: Vec<ChangeView<'s>>,
    disputes: Vec<DisputeView<'s>>,
    rules: Vec<RuleView<'s>>,
    fields: Vec<FieldView<'s>>,
    values_title: &'static str,
    values: Vec<ValueView<'s>>,
    sources: Sources<'s>,
    users: Vec<Link>,
    more_users: usize,
}

/// A value of an enum, or an object of a union.
struct ValueView<'s> {
    anchor: String,
    name: &'s str,
    ty: Option<TypeView>,
    badges: Vec<Badge>,
    description: Prose,
    notes: Vec<Words>,
    changes: Vec<ChangeView<'s>>,
    disputes: Vec<DisputeView<'s>>,
    sources: Sources<'s>,
}

/// Returns the pages of an API's types.
pub(super) fn pages(site: &Site<'_>, api: &ApiSite<'_>) -> Vec<File> {
    let objects = api.api.objects.iter().enumerate();
    let objects = objects.map(|(index, object)| {
        let id = ObjectId(index);
        let page = of_object(site, api, object, id);
        shell::page(site, Some(api), api.object(id), &object.name, &page)
    });
    let enums = api.api.enums.iter().enumerate();
    let enums = enums.map(|(index, set)| {
        let id = EnumId(index);
        let page = of_enum(site, api, set, id);
        shell::page(site, Some(api), api.enumeration(id), &set.name, &page)
    });
    let unions = api.api.unions.iter().enumerate();
    let unions = unions.map(|(index, union)| {
        let id = UnionId(index);
        let page = of_union(site, api, union, id);
        shell::page(site, Some(api), api.union(id), &union.name, &page)
    });
    objects.chain(enums).chain(unions).collect()
}

fn of_object<'s>(
    site: &'s Site<'_>,
    api: &'s ApiSite<'_>,
    object: &'s Object,
    id: ObjectId,
) -> TypePage<'s> {
    let page = api.object(id);
    let fields = Fields {
        site,
        api,
        page,
        place: Place::Type(object),
    };
    let Object {
        name,
        description,
        fields: _,
        removed_fields,
        // Rules.
        at_least_one_of: _,
        amounts,
        quote,
        renamed_from,
        deprecated,
        since,
        sources,
        origin,
    } = object;
    let mut notes = Vec::new();
    notes.extend(since.as_ref().map(|one| Words::new(&beginning(one))));
    notes.extend(deprecated.as_ref().map(|one| Words::new(&deprecation(one))));
    notes.extend((renamed_from.as_ref()).map(|name| Words::new(&format!("Formerly `{name}`."))));
    notes.extend(amounts.iter().map(|amount| {
        let text = format!("`{}` is {}.", amount.value, describe::amount(amount));
        Words::new(&text)
    }));
    notes.extend(quote.as_ref().map(|quote| {
        let text = format!(
            "An exchange rate: `{}` is the price of the pair in `{}` ({}).",
            quote.price,
            quote.pair,
            quote.direction.as_str()
        );
        Words::new(&text)
    }));
    notes.extend(removed_fields.iter().map(|field| {
        let note = field.note.as_deref().unwrap_or_default();
        Words::new(&format!("Removed {}: `{}`. {note}", field.date, field.name))
    }));
    let (users, more_users) = users(page, api.users_of_object(id));
    let item = Item::Object(name.clone());
    TypePage {
        name,
        kind: "object",
        description: Prose::new(description),
        notes,
        changes: ChangeView::all(site.changes.at(&api.api.id, None, item)),
        disputes: disputes(api, page, &[*origin], None),
        rules: fields.rules_of(object),
        fields: fields.of_type(object),
        values_title: "",
        values: Vec::new(),
        sources: Sources::new(api, page, sources),
        users,
        more_users,
    }
}

fn of_enum<'s>(
    site: &'s Site<'_>,
    api: &'s ApiSite<'_>,
    set: &'s Enum,
    id: EnumId,
) -> TypePage<'s> {
    let page = api.enumeration(id);
    let Enum {
        name,
        description,
        renamed_from,
        ty,
        open,
        values,
        sources,
        origin,
    } = set;
    let open = format!("Open: {}.", payspec_model::describe::open_enum(*open));
    let mut notes = vec![Words::new(&open)];
    match ty {
        EnumType::Integer => notes.push(Words::new("The values are whole numbers.")),
        EnumType::String => {}
    }
    notes.extend((renamed_from.as_ref()).map(|name| Words::new(&format!("Formerly `{name}`."))));
    let values = values
        .iter()
        .map(|value| of_value(site, api, set, value, page));
    let (users, more_users) = users(page, api.users_of_enum(id));
    let item = Item::Enum(name.clone());
    TypePage {
        name,
        kind: "enum",
        description: Prose::new(description),
        notes,
        changes: ChangeView::all(site.changes.at(&api.api.id, None, item)),
        disputes: disputes(api, page, &[*origin], None),
        rules: Vec::new(),
        fields: Vec::new(),
        values_title: "Values",
        values: values.collect(),
        sources: Sources::new(api, page, sources),
        users,
        more_users,
    }
}

fn of_value<'s>(
    site: &'s Site<'_>,
    api: &'s ApiSite<'_>,
    set: &Enum,
    value: &'s EnumValue,
    page: &str,
) -> ValueView<'s> {
    let EnumValue {
        name,
        // A matter of the generated code.
        rust_name: _,
        description,
        renamed_from,
        deprecated,
        sources,
        origin,
    } = value;
    let mut notes = Vec::new();
    notes.extend(deprecated.as_ref().map(|one| Words::new(&deprecation(one))));
    notes.extend((renamed_from.as_ref()).map(|name| Words::new(&format!("Formerly `{name}`."))));
    let item = Item::EnumValue(set.name.clone(), name.clone());
    ValueView {
        anchor: links::anchor("value", name),
        name,
        ty: None,
        badges: deprecated
            .iter()
            .map(|_| Badge::new(Tone::Warn, "deprecated"))
            .collect(),
        description: Prose::new(description),
        notes,
        changes: ChangeView::all(site.changes.at(&api.api.id, None, item)),
        disputes: disputes(api, page, &[*origin], None),
        sources: Sources::new(api, page, sources),
    }
}

fn of_union<'s>(
    site: &'s Site<'_>,
    api: &'s ApiSite<'_>,
    union: &'s Union,
    id: UnionId,
) -> TypePage<'s> {
    let page = api.union(id);
    let Union {
        name,
        description,
        renamed_from,
        discriminator,
        open,
        variants,
        sources,
        origin,
    } = union;
    let (by, values_title) = match discriminator.field() {
        Some(name) => (
            format!("The text `{name}` says which of the objects it is."),
            "Objects",
        ),
        None => (
            "The JSON type says which of the types it is.".to_owned(),
            "Types",
        ),
    };
    let mut notes = vec![
        Words::new(&by),
        Words::new(&format!(
            "Open: {}.",
            payspec_model::describe::open_union(*open)
        )),
    ];
    notes.extend((renamed_from.as_ref()).map(|name| Words::new(&format!("Formerly `{name}`."))));
    let values = variants
        .iter()
        .map(|variant| of_variant(site, api, union, variant, page));
    let (users, more_users) = users(page, api.users_of_union(id));
    let item = Item::Union(name.clone());
    TypePage {
        name,
        kind: "union",
        description: Prose::new(description),
        notes,
        changes: ChangeView::all(site.changes.at(&api.api.id, None, item)),
        disputes: disputes(api, page, &[*origin], None),
        rules: Vec::new(),
        fields: Vec::new(),
        values_title,
        values: values.collect(),
        sources: Sources::new(api, page, sources),
        users,
        more_users,
    }
}

fn of_variant<'s>(
    site: &'s Site<'_>,
    api: &'s ApiSite<'_>,
    union: &'s Union,
    variant: &'s Variant,
    page: &str,
) -> ValueView<'s> {
    let Variant {
        tag,
        ty,
        // With that of the object.
        description: _,
        // A matter of the generated code.
        rust_name: _,
        origin,
    } = variant;
    let item = Item::UnionObject(union.name.clone(), tag.clone());
    ValueView {
        anchor: links::anchor("value", tag),
        name: tag,
        ty: Some(TypeView::new(api, page, ty)),
        badges: Vec::new(),
        description: Prose::new(api.api.meaning_of(variant)),
        notes: Vec::new(),
        changes: ChangeView::all(site.changes.at(&api.api.id, None, item)),
        disputes: disputes(api, page, &[*origin], None),
        sources: Sources::new(api, page, &union.sources),
    }
}

fn users(page: &str, users: &[User]) -> (Vec<Link>, usize) {
    let links = users.iter().take(MOST_USERS).map(|user| {
        let href = links::link_to(page, &user.page, &user.anchor);
        Link::new(&user.name, href)
    });
    (links.collect(), users.len().saturating_sub(MOST_USERS))
}
