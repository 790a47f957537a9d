//! The cards of unions.

use super::body::{EnumBody, PartFact, UsedBody};
use super::details::Details;
use super::head::Head;
use super::paths;
use super::spec_card::SpecCard;
use crate::facts::Facts;
use payspec_model::describe as words;
use payspec_model::model::{Api, Type, Union, Variant};

/// Explains a union.
pub(super) fn union<'m>(
    head: Head,
    facts: Facts<'m>,
    union: &'m Union,
) -> SpecCard<'m, EnumBody<'m>> {
    let mut details = Details::default();
    let discriminator = union.discriminator.field();
    details.add("discriminator", discriminator.unwrap_or("the JSON type"));
    details.add("open", words::open_union(union.open));
    let values = union.variants.iter().map(|variant| PartFact {
        name: variant.tag.as_str().into(),
        ty: Some(words::type_name(facts.api, &variant.ty)),
        meaning: facts.api.meaning_of(variant),
    });
    SpecCard {
        head,
        api: &facts.api.id,
        meaning: union.description.clone(),
        details,
        disputes: facts.disputes_about(&[union.origin], &[]),
        body: EnumBody {
            values: values.collect(),
            used_in: union_users(facts.api, union),
        },
        sources: facts.sources(&union.sources),
        spec: facts.place(union.origin),
    }
}

/// Explains an object of a union.
pub(super) fn variant<'m>(
    head: Head,
    facts: Facts<'m>,
    union: &'m Union,
    variant: &'m Variant,
) -> SpecCard<'m, UsedBody> {
    let mut details = Details::default();
    details.add("object_of", union.name.as_str());
    details.add("type", words::type_name(facts.api, &variant.ty));
    SpecCard {
        head,
        api: &facts.api.id,
        meaning: facts.api.meaning_of(variant).to_owned(),
        details,
        disputes: facts.disputes_about(&[variant.origin], &[]),
        body: UsedBody {
            used_in: union_users(facts.api, union),
        },
        sources: facts.sources(&union.sources),
        spec: facts.place(variant.origin),
    }
}

fn union_users(api: &Api, union: &Union) -> Vec<String> {
    paths::users(api, |ty: &Type| {
        ty.union()
            .is_some_and(|id| std::ptr::eq(api.union(id), union))
    })
}
