//! A type in words, with a link to its page.

use payspec_model::describe::type_name;
use payspec_model::model::Type;

use crate::context::ApiSite;
use crate::links;
use crate::parts::Link;

use askama::Template;
use askama::filters::HtmlSafe;

/// The type of a field: `list of Goods`, with a link at the name.
#[derive(Template)]
#[template(
    ext = "html",
    source = "{{ before }}{{ name }}{{ after }}",
    whitespace = "preserve"
)]
pub(crate) struct TypeView {
    before: String,
    name: Link,
    after: String,
}

/// The words behind the name of elements that may be `null`.
const OR_NULL: &str = " or null)";

impl HtmlSafe for TypeView {}

impl TypeView {
    pub(crate) fn new(site: &ApiSite<'_>, page: &str, ty: &Type) -> Self {
        let whole = type_name(site.api, ty);
        let Some((name, target)) = named(site, ty.innermost()) else {
            return TypeView {
                before: String::new(),
                name: Link::new(whole, None),
                after: String::new(),
            };
        };
        let mut head = whole.as_str();
        while let Some(shorter) = head.strip_suffix(OR_NULL) {
            head = shorter;
        }
        TypeView {
            before: head.strip_suffix(name).unwrap_or_default().to_owned(),
            name: Link::new(name, links::link(page, target)),
            after: whole.strip_prefix(head).unwrap_or_default().to_owned(),
        }
    }
}

/// Returns the name and the page of a type that has one.
pub(crate) fn named<'s>(site: &'s ApiSite<'_>, ty: &Type) -> Option<(&'s str, &'s str)> {
    match ty {
        Type::Object(id) | Type::Json(id) => Some((&site.api.object(*id).name, site.object(*id))),
        Type::Enum(id) => Some((&site.api.enumeration(*id).name, site.enumeration(*id))),
        Type::Union(id) => Some((&site.api.union(*id).name, site.union(*id))),
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
        | Type::List(_)
        | Type::Map(_)
        | Type::Any => None,
    }
}
