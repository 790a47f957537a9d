//! The media type of the body of a request, and the styles of queries and forms.

use std::collections::BTreeSet;

use super::Context;
use crate::diagnostic::{Diagnostic, codes, limits};
use crate::format::{self, Caller, OperationFile};
use crate::model::{Element, Field, ObjectId, Rule, Side, Type};
use crate::source::At;
use payspec_runtime::{Location, MediaType, Style};

impl Context<'_> {
    /// Returns the media type of a body.
    pub(super) fn media_type(
        &mut self,
        file: &OperationFile,
        body: &format::Body,
        side: Side,
        at: At<'_>,
    ) -> MediaType {
        let (usual, _) = self.usual;
        let said = body.media_type;
        let span = || at.at("media_type").span();
        match (side, file.caller()) {
            (Side::Request, Caller::Merchant) if file.method.has_body() => said.unwrap_or(usual),
            (Side::Request, Caller::Merchant) => {
                if said.is_some() {
                    let message = format!("a {} request cannot have a body", file.method.as_str());
                    let wrong = Diagnostic::new(&codes::BODY_NOT_SENT, message).at(span(), "");
                    self.report(wrong.help("remove `media_type`"));
                }
                MediaType::Json
            }
            (Side::Response, _) | (Side::Request, Caller::Provider) => {
                if said == Some(MediaType::Form) {
                    let message = "only a request that the merchant sends can be a form";
                    let wrong = Diagnostic::new(&codes::NO_FORM, message).at(span(), "");
                    self.report(wrong.limit(&limits::FORMS_RECEIVED));
                }
                MediaType::Json
            }
        }
    }

    /// Gives each field of a request in a query or form its style.
    pub(super) fn styled(&self, body: &format::Body, media_type: MediaType, fields: &mut [Field]) {
        let (_, usual) = self.usual;
        for field in fields {
            let said = body
                .fields
                .get(&field.name)
                .and_then(|said| said.field().style);
            let has_style = is_in_pairs(field.location, media_type) && !field.ty.is_text();
            if has_style {
                field.style = said.unwrap_or(usual);
            }
        }
    }

    /// Checks that the values of a field can travel in its place.
    pub(super) fn travels(&mut self, field: &Field, media_type: MediaType, at: At<'_>) {
        let is_in_pairs = is_in_pairs(field.location, media_type);
        if let Some(style) = at.get("style") {
            let said = match (is_in_pairs, field.ty.is_text()) {
                (true, false) => None,
                (true, true) => Some("a text, number or boolean has no style"),
                (false, _) => Some("only a field in a query or form has a style"),
            };
            if let Some(message) = said {
                let wrong = Diagnostic::new(&codes::BAD_STYLE, message).at(style.key_span(), "");
                self.report(wrong.help("remove `style`"));
            }
        }
        match field.location {
            Location::Path | Location::Header => self.fits_text(field, at),
            Location::Query | Location::Body if is_in_pairs => self.fits_style(field, at),
            Location::WholeBody if media_type == MediaType::Form => {
                let wrong = Diagnostic::new(&codes::WRONG_PLACE, "a form consists of fields");
                self.report(wrong.at(at.span(), "").limit(&limits::WHOLE_IN_FORM));
            }
            Location::Query | Location::Body | Location::WholeBody => {}
        }
    }

    /// Checks a field in the path or a header.
    fn fits_text(&mut self, field: &Field, at: At<'_>) {
        if field.ty.is_text() && !matches!(field.ty, Type::Json(_)) {
            return;
        }
        let message = format!("`{}` has no text for the {}", field.name, field.location);
        let span = at.get("type").map_or(at.key_span(), |ty| ty.span());
        let wrong = Diagnostic::new(&codes::WRONG_PLACE, message)
            .at(span, "expected a text, number, boolean or enum");
        self.report(wrong.limit(&limits::NO_TEXT));
    }

    /// Checks a field in a query or form.
    fn fits_style(&mut self, field: &Field, at: At<'_>) {
        let span = at.get("type").map_or(at.key_span(), |ty| ty.span());
        let part = part(field.location);
        if field.name.contains(['[', ']']) && field.style != Style::Repeat {
            let message = format!("the name `{}` contains a bracket", field.name);
            let wrong = Diagnostic::new(&codes::BAD_STYLE, message);
            let help = "only the style `repeat` can have such a name";
            self.report(wrong.at(at.key_span(), "").help(help));
        }
        let mut way = Way {
            context: self,
            style: field.style,
            seen: BTreeSet::new(),
            path: vec![field.name.clone()],
        };
        if let Some(why) = way.misfit(&field.ty) {
            let path = way.path.join("/");
            let message = format!(
                "the style `{}` cannot write `/{path}` in a {part}",
                field.style
            );
            let wrong = Diagnostic::new(&codes::BAD_STYLE, message).at(span, why.label());
            self.report(wrong.help(why.help()));
        } else if field.required && field.style != Style::Json && may_be_empty(field) {
            let message = format!(
                "a {part} cannot contain an empty list or map, but `{}` is required",
                field.name
            );
            let wrong = Diagnostic::new(&codes::BAD_STYLE, message).at(at.key_span(), "");
            self.report(wrong.help("add `min_items: 1`, or make it optional"));
        }
    }
}

/// Returns whether a value in this place of a request is written as `name=value` pairs.
fn is_in_pairs(location: Location, media_type: MediaType) -> bool {
    match location {
        Location::Query => true,
        Location::Body => media_type == MediaType::Form,
        Location::Path | Location::Header | Location::WholeBody => false,
    }
}

fn part(location: Location) -> &'static str {
    match location {
        Location::Body | Location::WholeBody => "form",
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
    }
}

/// The reason why a style cannot write a value so that the other side reads the same.
#[derive(Clone, Copy)]
enum Misfit {
    /// The style writes texts, and lists of these.
    Nested,
    /// An element may contain the comma that separates the elements.
    Comma,
    /// Without indexes, nobody knows which parts belong to one element.
    NoIndex,
    /// Any JSON has texts and objects alike.
    AnyJson,
    /// The fields of a union depend on its discriminator.
    Union,
    /// The name contains a bracket.
    Bracket,
}

impl Misfit {
    fn label(self) -> &'static str {
        match self {
            Misfit::Nested => "expected a text, number, boolean or enum, or a list of these",
            Misfit::Comma => "an element may contain a comma",
            Misfit::NoIndex => "expected a list of texts, numbers, booleans or enums",
            Misfit::AnyJson => "any JSON",
            Misfit::Union => "one of several objects",
            Misfit::Bracket => "a name with a bracket",
        }
    }

    fn help(self) -> &'static str {
        match self {
            Misfit::Nested => {
                "add the `style` that the provider reads, or set it for all fields in `wire.style`: `brackets`, \
                 `empty_brackets` or `json`"
            }
            Misfit::Comma => "list the `values` of the elements, or use another `style`",
            Misfit::NoIndex => "use `style: brackets` or `json`",
            Misfit::AnyJson | Misfit::Union | Misfit::Bracket => "use `style: json`",
        }
    }
}

/// The way into a value that a style writes.
struct Way<'c, 'a> {
    context: &'c Context<'a>,
    style: Style,
    /// The objects on the way or beside it: a type may contain itself.
    seen: BTreeSet<ObjectId>,
    /// The path of the value that does not fit.
    path: Vec<String>,
}

impl Way<'_, '_> {
    /// Returns why the style cannot write this type.
    fn misfit(&mut self, ty: &Type) -> Option<Misfit> {
        match (self.style, ty) {
            (Style::Json, _) => None,
            (_, ty) if ty.is_text() => None,
            (Style::Repeat, Type::List(element)) if element.ty.is_text() => None,
            (Style::Comma, Type::List(element)) if element.ty.is_text() => {
                self.may_hold_comma(element).then_some(Misfit::Comma)
            }
            (Style::Repeat | Style::Comma, _) => Some(Misfit::Nested),
            (Style::Brackets | Style::EmptyBrackets, ty) => self.brackets(ty),
        }
    }

    fn brackets(&mut self, ty: &Type) -> Option<Misfit> {
        match ty {
            Type::List(element) if self.style == Style::EmptyBrackets => {
                (!element.ty.is_text()).then_some(Misfit::NoIndex)
            }
            Type::List(element) => self.inside("*", &element.ty),
            Type::Map(map) => self.inside("*", &map.values.ty),
            Type::Object(id) => {
                let context = self.context;
                let object = context
                    .objects
                    .get(id.0)
                    .filter(|_| self.seen.insert(*id))?;
                object.fields.iter().find_map(|field| {
                    if field.name.contains(['[', ']']) {
                        self.path.push(field.name.clone());
                        return Some(Misfit::Bracket);
                    }
                    self.inside(&field.name, &field.ty)
                })
            }
            Type::Any => Some(Misfit::AnyJson),
            Type::Union(_) => Some(Misfit::Union),
            Type::String
            | Type::Integer
            | Type::Decimal
            | Type::Boolean
            | Type::DateTime
            | Type::Date
            | Type::Timestamp(_)
            | Type::Uuid
            | Type::Binary
            | Type::Url
            | Type::Country
            | Type::Currency(_)
            | Type::Enum(_)
            | Type::Json(_) => None,
        }
    }

    /// Looks one level deeper. The path stays at what does not fit.
    fn inside(&mut self, name: &str, ty: &Type) -> Option<Misfit> {
        self.path.push(name.to_owned());
        let misfit = self.brackets(ty);
        if misfit.is_none() {
            self.path.pop();
        }
        misfit
    }

    fn may_hold_comma(&self, element: &Element) -> bool {
        let has_comma = |text: &str| text.contains(',');
        match element.ty {
            Type::Integer
            | Type::Decimal
            | Type::Boolean
            | Type::DateTime
            | Type::Date
            | Type::Timestamp(_)
            | Type::Uuid
            | Type::Binary
            | Type::Country
            | Type::Currency(_) => false,
            Type::Enum(id) => {
                let known = self.context.enums.get(id.0);
                known.is_none_or(|one| one.values.iter().any(|value| has_comma(&value.name)))
            }
            Type::String => !element.constraints.iter().any(|one| {
                one.strength.is_strict()
                    && match &one.rule {
                        Rule::Const(text) => !has_comma(text),
                        Rule::Values(texts) => !texts.iter().any(|text| has_comma(text)),
                        Rule::Required
                        | Rule::MinLength(_)
                        | Rule::MaxLength(_)
                        | Rule::Pattern(_)
                        | Rule::Min(_)
                        | Rule::Max(_)
                        | Rule::MultipleOf(_)
                        | Rule::MinItems(_)
                        | Rule::MaxItems(_)
                        | Rule::UniqueItems
                        | Rule::Format(_) => false,
                    }
            }),
            Type::Url
            | Type::Json(_)
            | Type::Any
            | Type::Object(_)
            | Type::List(_)
            | Type::Map(_)
            | Type::Union(_) => true,
        }
    }
}

fn may_be_empty(field: &Field) -> bool {
    let is_container = field.ty.element().is_some();
    let least = |rule: &Rule| matches!(rule, Rule::MinItems(least) if *least > 0);
    is_container
        && !field
            .constraints
            .iter()
            .any(|one| least(&one.rule) && one.strength.is_strict())
}
