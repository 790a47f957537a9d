//! The static table that describes a message.

use super::amount;
use crate::ast::{Field, Message, Shape};
use crate::attr::inside::Inside;
use crate::attr::message::{Alternatives, Refinement, Response, SameCurrency};
use crate::attr::rule::{Condition, Met, Rule, RuleKind, Rules, Strength};
use crate::attr::words::Chosen;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::{LitStr, Type};

/// Generates `static SCHEMA: Schema = …;` and the statics that it refers to.
pub(super) fn statics(message: &Message) -> TokenStream {
    let mut statics = Statics::default();
    let name = message.ident.to_string();
    let attributes = &message.attributes;
    let fields: Vec<_> = message
        .fields
        .iter()
        .map(|one| field(one, attributes.is_form(), &mut statics))
        .collect();
    let direction = attributes
        .direction
        .map(|direction| quote!(direction: ::core::option::Option::Some(::payspec_runtime::Direction::#direction),));
    let media_type = attributes
        .is_form()
        .then(|| quote!(media_type: ::payspec_runtime::MediaType::Form,));
    let strings = attributes.scalars.filter(|chosen| chosen.word == "strings");
    let strings = strings.map(|_| quote!(strings: true,));
    let no_empty_text = attributes
        .empty_text
        .filter(|chosen| chosen.word == "forbidden");
    let no_empty_text = no_empty_text.map(|_| quote!(empty_text: false,));
    let alternatives = list(
        "alternatives",
        attributes.alternatives.iter().map(alternatives),
    );
    let same_currency = list(
        "same_currency",
        attributes.same_currency.iter().map(same_currency),
    );
    let amounts = list(
        "amounts",
        (attributes.amounts.iter()).map(|one| amount::rule(one, message)),
    );
    let refinements = attributes
        .refinements
        .iter()
        .map(|one| refinement(one, &mut statics))
        .collect::<Vec<_>>();
    let refinements = list("refinements", refinements);
    let responses = list("responses", attributes.responses.iter().map(response));
    let decisive = list(
        "decisive",
        attributes.decisive.iter().map(|path| quote!(#path)),
    );
    let statics = statics.items;
    quote! {
        #(#statics)*
        static SCHEMA: ::payspec_runtime::Schema = ::payspec_runtime::Schema {
            name: #name,
            fields: &[#(#fields),*],
            #direction
            #media_type
            #strings
            #no_empty_text
            #alternatives
            #same_currency
            #amounts
            #refinements
            #responses
            #decisive
            ..::payspec_runtime::Schema::EMPTY
        };
    }
}

/// Returns the fields of the answer of an HTTP status.
fn response(response: &Response) -> TokenStream {
    let Response {
        status,
        required,
        optional,
    } = response;
    quote! {
        ::payspec_runtime::ResponseFields {
            status: #status,
            required: &[#(#required),*],
            optional: &[#(#optional),*],
        }
    }
}

/// Values that keep data while the program runs, and so need a `static` of their own: compiled
/// patterns, indexes on a path.
#[derive(Default)]
struct Statics {
    items: Vec<TokenStream>,
}

impl Statics {
    /// Adds `static NAME: Type = Type::new(of);`.
    fn add(&mut self, ty: &str, of: impl ToTokens) -> Ident {
        let name = format_ident!("{}_{}", ty.to_uppercase(), self.items.len());
        let ty = Ident::new(ty, Span::call_site());
        self.items.push(quote! {
            static #name: ::payspec_runtime::#ty = ::payspec_runtime::#ty::new(#of);
        });
        name
    }
}

/// Returns `name: &[…],`, or [`None`] if the list is empty.
fn list(name: &str, items: impl IntoIterator<Item = TokenStream>) -> Option<TokenStream> {
    let name = Ident::new(name, Span::call_site());
    let items: Vec<_> = items.into_iter().collect();
    (!items.is_empty()).then(|| quote!(#name: &[#(#items),*],))
}

/// Returns the place of a field of a request, and checks that its type can travel there while the table is compiled.
fn location(field: &Field, is_in_form: bool) -> Option<TokenStream> {
    let attributes = &field.attributes;
    if attributes.location.is_none() && !is_in_form {
        return None;
    }
    let ty = field.shape.present;
    let location = match attributes.location {
        Some(location) => quote!(#location),
        None => quote!(Body),
    };
    let style = match attributes.style {
        Some(style) => quote!(#style),
        None => quote!(Repeat),
    };
    let media_type = if is_in_form {
        quote!(Form)
    } else {
        quote!(Json)
    };
    Some(quote! {
        location: <#ty as ::payspec_runtime::Wire>::KIND.placed(
            ::payspec_runtime::Location::#location,
            ::payspec_runtime::Style::#style,
            ::payspec_runtime::MediaType::#media_type,
        ),
    })
}

fn field(field: &Field, is_in_form: bool, statics: &mut Statics) -> TokenStream {
    let name = LitStr::new(&field.wire_name(), field.wire_name_span());
    let constructor = if field.shape.optional {
        "new"
    } else {
        "required"
    };
    let constructor = Ident::new(constructor, Span::call_site());
    let ty = field.shape.present;
    let kind = match field.is_in_small_letters() {
        true => quote!(::payspec_runtime::__private::LowerCurrency),
        false => quote!(#ty),
    };
    let plain = quote! {
        ::payspec_runtime::Field::#constructor(#name, <#kind as ::payspec_runtime::Wire>::KIND)
    };
    let nullable = (field.shape.nullable).then(|| quote!(nullable: true,));
    let location = location(field, is_in_form);
    let style = field
        .attributes
        .style
        .map(|style| quote!(style: ::payspec_runtime::Style::#style,));
    let json_type = field.attributes.json_type.map(|word| json_type(word, ty));
    let json_type = json_type.map(|json_type| quote!(json_type: #json_type,));
    let sensitive = field.attributes.sensitive.map(|kind| {
        quote!(sensitive: ::core::option::Option::Some(::payspec_runtime::Sensitive::#kind),)
    });
    let purpose = field.attributes.purpose.map(|purpose| {
        quote!(purpose: ::core::option::Option::Some(::payspec_runtime::Purpose::#purpose),)
    });
    let Lists {
        rules,
        required_when,
        forbidden_when,
    } = Lists::of(&field.attributes.rules, statics);
    let inside = inside(&field.attributes.inside, &field.shape, statics);
    let parts: Vec<TokenStream> = [
        nullable,
        location,
        style,
        json_type,
        sensitive,
        purpose,
        list("rules", rules),
        inside,
        list("required_when", required_when),
        list("forbidden_when", forbidden_when),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() {
        return plain;
    }
    quote!(::payspec_runtime::Field { #(#parts)* ..#plain })
}

/// Returns `inside: …,`, or [`None`] if there are no such rules.
fn inside(rules: &Inside, shape: &Shape, statics: &mut Statics) -> Option<TokenStream> {
    let Inside { keys, each } = rules;
    if keys.is_none() && each.is_none() {
        return None;
    }
    let keys = keys
        .iter()
        .flat_map(|keys| Lists::of(&keys.rules, statics).rules);
    let keys: Vec<TokenStream> = keys.collect();
    let (mut values, mut own, mut deeper) = (Vec::new(), None, None);
    if let (Some(each), Some(element)) = (each, shape.of_element()) {
        values = Lists::of(&each.rules, statics).rules;
        own = (each.json_type).map(|word| json_type(word, element.present));
        deeper = inside(&each.inside, &element, statics);
    }
    let own = own.unwrap_or_else(|| quote!(::core::option::Option::None));
    let deeper = deeper.unwrap_or_else(|| quote!(inside: ::core::option::Option::None,));
    Some(quote! {
        inside: ::core::option::Option::Some(&::payspec_runtime::Inside {
            keys: &[#(#keys),*],
            json_type: #own,
            values: &[#(#values),*],
            #deeper
        }),
    })
}

/// Returns the JSON type of values of this type; the compiler refuses one that they cannot have.
fn json_type(word: Chosen, ty: &Type) -> TokenStream {
    quote! {
        <#ty as ::payspec_runtime::Wire>::KIND.travelling_as(::payspec_runtime::JsonType::#word)
    }
}

/// The rules and conditions of one value, as items of lists.
struct Lists {
    rules: Vec<TokenStream>,
    required_when: Vec<TokenStream>,
    forbidden_when: Vec<TokenStream>,
}

impl Lists {
    fn of(rules: &Rules, statics: &mut Statics) -> Self {
        let conditions = |forbids: bool| {
            rules
                .conditions
                .iter()
                .filter(|one| one.forbids == forbids)
                .map(condition)
                .collect()
        };
        Lists {
            required_when: conditions(false),
            forbidden_when: conditions(true),
            rules: rules.rules.iter().map(|one| rule(one, statics)).collect(),
        }
    }
}

fn rule(rule: &Rule, statics: &mut Statics) -> TokenStream {
    let strength = rule.strength;
    let rule = match &rule.kind {
        RuleKind::Required => quote!(Required),
        RuleKind::Const(text) => quote!(Const(#text)),
        RuleKind::Values(texts) => quote!(Values(&[#(#texts),*])),
        RuleKind::MinLength(limit) => quote!(MinLength(#limit)),
        RuleKind::MaxLength(limit) => quote!(MaxLength(#limit)),
        RuleKind::Pattern(pattern) => {
            let pattern = statics.add("Pattern", pattern);
            quote!(Pattern(&#pattern))
        }
        RuleKind::Min(limit) => quote!(Min(::payspec_runtime::Limit::new(#limit))),
        RuleKind::Max(limit) => quote!(Max(::payspec_runtime::Limit::new(#limit))),
        RuleKind::MinItems(limit) => quote!(MinItems(#limit)),
        RuleKind::MultipleOf(step) => quote!(MultipleOf(::payspec_runtime::Limit::new(#step))),
        RuleKind::MaxItems(limit) => quote!(MaxItems(#limit)),
        RuleKind::UniqueItems => quote!(UniqueItems),
        RuleKind::Format(format) => format.to_token_stream(),
    };
    let rule = quote!(::payspec_runtime::Rule::#rule);
    if strength.is_plain() {
        return quote!(::payspec_runtime::RuleAt::error(#rule));
    }
    quote!(::payspec_runtime::RuleAt { rule: #rule, #strength })
}

fn condition(condition: &Condition) -> TokenStream {
    let Condition {
        path,
        met,
        strength,
        ..
    } = condition;
    let met = match met {
        Met::Present => quote!(Present),
        Met::Absent => quote!(Absent),
        Met::OneOf(values) => quote!(OneOf(&[#(#values),*])),
    };
    let met = quote!(::payspec_runtime::Met::#met);
    if strength.is_plain() {
        return quote!(::payspec_runtime::Condition::error(#path, #met));
    }
    quote! {
        ::payspec_runtime::Condition { path: #path, met: #met, #strength }
    }
}

fn alternatives(group: &Alternatives) -> TokenStream {
    let Alternatives {
        fields, strength, ..
    } = group;
    quote!(::payspec_runtime::Alternatives { fields: &[#(#fields),*], #strength })
}

fn same_currency(group: &SameCurrency) -> TokenStream {
    let SameCurrency {
        word: _,
        paths,
        strength,
    } = group;
    quote!(::payspec_runtime::SameCurrency { paths: &[#(#paths),*], #strength })
}

fn refinement(refinement: &Refinement, statics: &mut Statics) -> TokenStream {
    let path = statics.add("Path", &refinement.path);
    let Lists {
        rules,
        required_when,
        forbidden_when,
    } = Lists::of(&refinement.rules, statics);
    quote! {
        ::payspec_runtime::Refinement {
            path: &#path,
            rules: &[#(#rules),*],
            required_when: &[#(#required_when),*],
            forbidden_when: &[#(#forbidden_when),*],
        }
    }
}

impl ToTokens for Strength {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let severity = match &self.severity {
            Some(severity) => quote!(#severity),
            None => quote!(Error),
        };
        let direction = match &self.direction {
            Some(direction) => quote!(Some(::payspec_runtime::Direction::#direction)),
            None => quote!(None),
        };
        tokens.extend(quote! {
            severity: ::payspec_runtime::Severity::#severity,
            direction: ::core::option::Option::#direction,
        });
    }
}
