//! The attributes for the derives.

use payspec_model::pointer::pointer;
use payspec_runtime::{Case, Direction, JsonType, Location, MediaType, Purpose, Severity, Style};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote};

use payspec_model::format::{EmptyText, Scalars, Sensitive};
use payspec_model::model::{
    Alternatives, Amount, AmountCurrency, Argument, Condition, Constraint, Element, Field, Met,
    Quote, Refinement, Response, Rule, SameCurrency, Strength, Type, Wire,
};

/// `#[field(…)]`, or nothing if it would be empty.
pub(super) struct FieldAttr<'a> {
    pub(super) field: &'a Field,
    pub(super) purpose: Option<Purpose>,
    /// The function that returns the only value that the field can have.
    pub(super) fixed: Option<String>,
    pub(super) ident: &'a Ident,
}

impl ToTokens for FieldAttr<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let field = self.field;
        let mut items = Vec::new();
        if self.ident != field.name.as_str() {
            let name = &field.name;
            items.push(quote!(name = #name));
        }
        items.extend(place(field.location));
        items.extend(style(field.style));
        items.extend(field.json_type.map(json_type));
        items.extend(case(&field.ty));
        if field.required && !field.plain {
            items.push(quote!(required));
        }
        items.extend(field.constraints.iter().map(rule));
        items.extend(inside(&field.ty));
        items.extend(
            field
                .required_when
                .iter()
                .filter_map(|c| condition("required_when", c)),
        );
        items.extend(
            field
                .forbidden_when
                .iter()
                .filter_map(|c| condition("forbidden_when", c)),
        );
        items.extend(self.purpose.map(|purpose| {
            let purpose = purpose.as_str();
            quote!(purpose = #purpose)
        }));
        items.extend(field.sensitive.map(sensitive));
        items.extend(self.fixed.iter().map(|name| quote!(fixed = #name)));
        if !items.is_empty() {
            tokens.extend(quote!(#[field(#(#items),*)]));
        }
    }
}

/// Returns the place of a field of a request, if it is not the body.
fn place(location: Location) -> Option<TokenStream> {
    match location {
        Location::Body => None,
        Location::Path | Location::Query | Location::Header | Location::WholeBody => {
            let word = location.as_str();
            Some(quote!(in = #word))
        }
    }
}

/// Returns the way in which a query or form writes a field, if it is not the usual one.
fn style(style: Style) -> Option<TokenStream> {
    match style {
        Style::Repeat => None,
        Style::Comma | Style::Brackets | Style::EmptyBrackets | Style::Json => {
            let word = style.as_str();
            Some(quote!(style = #word))
        }
    }
}

/// Returns the case of a currency in small letters.
fn case(ty: &Type) -> Option<TokenStream> {
    let lower = *ty == Type::Currency(Case::Lower);
    let word = Case::Lower.as_str();
    lower.then(|| quote!(case = #word))
}

fn json_type(json_type: JsonType) -> TokenStream {
    let word = json_type.as_str();
    quote!(json_type = #word)
}

/// Returns the rules of what a list or map contains.
fn inside(ty: &Type) -> Vec<TokenStream> {
    let mut items = Vec::new();
    let keys: Vec<TokenStream> = ty.key_rules().iter().map(rule).collect();
    if !keys.is_empty() {
        items.push(quote!(keys(#(#keys),*)));
    }
    if let Some(element) = ty.element() {
        let Element {
            ty,
            json_type: own,
            // An `Option` in its type says it.
            nullable: _,
            constraints,
        } = element;
        let mut each: Vec<TokenStream> = own.map(json_type).into_iter().collect();
        each.extend(constraints.iter().map(rule));
        each.extend(inside(ty));
        if !each.is_empty() {
            items.push(quote!(each(#(#each),*)));
        }
    }
    items
}

/// The `#[message(…)]` attributes of a struct.
pub(super) struct MessageAttrs<'a> {
    pub(super) direction: Option<Direction>,
    pub(super) media_type: MediaType,
    pub(super) wire: &'a Wire,
    pub(super) at_least_one_of: &'a [Alternatives],
    pub(super) same_currency: &'a [SameCurrency],
    pub(super) amounts: &'a [Amount],
    pub(super) quote: Option<&'a Quote>,
    pub(super) refinements: &'a [Refinement],
    /// The answers by HTTP status, if they differ.
    pub(super) responses: &'a [Response],
    /// Paths of the deciding values.
    pub(super) decisive: Vec<Vec<String>>,
}

impl ToTokens for MessageAttrs<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let form = self.form();
        let form = (!form.is_empty()).then(|| quote!(#[message(#(#form),*)]));
        let alternatives = self.at_least_one_of.iter().map(alternatives);
        let same_currency = self.same_currency.iter().map(same_currency);
        let amounts = self.amounts.iter().map(|one| amount(one, self.wire));
        let quote = self.quote.into_iter().map(rate);
        let refinements = self.refinements.iter().filter_map(refinement);
        let responses = self.responses.iter().map(response);
        let decisive = self.decisive();
        tokens.extend(quote! {
            #form
            #(#[message(#alternatives)])*
            #(#[message(#same_currency)])*
            #(#[message(#amounts)])*
            #(#[message(#quote)])*
            #(#[message(#refinements)])*
            #(#[message(#responses)])*
            #decisive
        });
    }
}

impl MessageAttrs<'_> {
    fn decisive(&self) -> Option<TokenStream> {
        let paths = self.decisive.iter().map(|path| pointer(path));
        (!self.decisive.is_empty()).then(|| quote!(#[message(decisive(#(#paths),*))]))
    }

    fn form(&self) -> Vec<TokenStream> {
        let mut items = Vec::new();
        if let Some(direction) = self.direction {
            let direction = direction.as_str();
            items.push(quote!(direction = #direction));
        }
        match self.media_type {
            MediaType::Form => items.push(quote!(body = "form")),
            MediaType::Json => {}
        }
        match self.wire.scalars {
            Scalars::Strings => items.push(quote!(scalars = "strings")),
            Scalars::Native => {}
        }
        match self.wire.empty_text {
            EmptyText::Forbidden => items.push(quote!(empty_text = "forbidden")),
            EmptyText::Allowed => {}
        }
        items
    }
}

fn alternatives(group: &Alternatives) -> TokenStream {
    let fields = &group.fields;
    let strength = strength(&group.strength);
    quote!(at_least_one_of(#(#fields),* #(, #strength)*))
}

fn same_currency(group: &SameCurrency) -> TokenStream {
    let SameCurrency {
        paths,
        strength: how,
        origin: _,
    } = group;
    let paths = paths.iter().map(|path| pointer(path));
    let strength = strength(how);
    quote!(same_currency(#(#paths),* #(, #strength)*))
}

fn amount(amount: &Amount, wire: &Wire) -> TokenStream {
    let Amount {
        value,
        currency,
        unit: _,
        multiple_of,
    } = amount;
    let (currency, only) = match currency {
        AmountCurrency::Field(name) => (quote!(currency = #name), None),
        AmountCurrency::Code(code) => (quote!(code = #code), Some(code)),
    };
    let steps = multiple_of.iter().map(|of| {
        let currency = &of.currency;
        let step = Literal::u32_unsuffixed(of.step);
        let strength = strength(&of.strength);
        quote!(multiple_of(#currency, #step #(, #strength)*))
    });
    let decimals = wire.decimals.iter();
    let decimals = decimals.filter(|(code, _)| only.is_none_or(|only| only == *code));
    let decimals = decimals.map(|(currency, places)| {
        let places = Literal::u8_unsuffixed(*places);
        quote!(decimals(#currency, #places))
    });
    quote!(amount(#currency, value = #value #(, #steps)* #(, #decimals)*))
}

fn rate(quote: &Quote) -> TokenStream {
    let Quote {
        pair,
        price,
        direction,
        sources: _,
    } = quote;
    let direction = direction.as_str();
    quote!(quote(pair = #pair, price = #price, direction = #direction))
}

/// Returns a refinement, if it has a rule that the derive can check.
fn refinement(refinement: &Refinement) -> Option<TokenStream> {
    let path = pointer(&refinement.path);
    let rules: Vec<TokenStream> = refinement
        .constraints
        .iter()
        .map(rule)
        .chain(
            refinement
                .required_when
                .iter()
                .filter_map(|c| condition("required_when", c)),
        )
        .chain(
            refinement
                .forbidden_when
                .iter()
                .filter_map(|c| condition("forbidden_when", c)),
        )
        .collect();
    (!rules.is_empty()).then(|| quote!(refine(#path, #(#rules),*)))
}

fn response(response: &Response) -> TokenStream {
    let Response {
        status,
        named: _,
        fields,
        sources: _,
        origin: _,
    } = response;
    let names = |required: bool| {
        let own = fields
            .iter()
            .filter(move |field| field.required == required);
        own.map(|field| field.name.as_str())
    };
    let (required, optional) = (names(true), names(false));
    let optional: Vec<&str> = optional.collect();
    let optional = (!optional.is_empty()).then(|| quote!(, optional(#(#optional),*)));
    quote!(response(#status #(, #required)* #optional))
}

fn rule(constraint: &Constraint) -> TokenStream {
    let values = constraint.rule.args().into_iter();
    let values: Vec<Literal> = values
        .map(|value| match value {
            Argument::Text(text) | Argument::Number(text) => Literal::string(text),
            Argument::Count(count) => Literal::u32_unsuffixed(count),
        })
        .collect();
    let many = matches!(constraint.rule, Rule::Values(_));
    let word = Ident::new(constraint.rule.name(), Span::call_site());
    let strength = strength(&constraint.strength);
    match (values.as_slice(), strength.as_slice()) {
        ([], []) => quote!(#word),
        ([], strength) => quote!(#word(#(#strength),*)),
        ([value], []) if !many => quote!(#word = #value),
        (values, strength) => quote!(#word(#(#values),* #(, #strength)*)),
    }
}

/// Returns a condition that a message shows; others are only in the documentation.
fn condition(word: &str, condition: &Condition) -> Option<TokenStream> {
    let test = condition.test.as_ref()?;
    let word = Ident::new(word, Span::call_site());
    let path = pointer(&test.path);
    let values = test.met.values();
    let absent = (test.met == Met::Absent).then(|| quote!(, absent));
    let strength = strength(&condition.strength);
    Some(quote!(#word(#path #(, #values)* #absent #(, #strength)*)))
}

/// Returns the severity and direction, if they differ from an error in both directions.
fn strength(strength: &Strength) -> Vec<TokenStream> {
    let severity = match strength.severity {
        Severity::Error => None,
        Severity::Warning => Some(quote!(severity = "warning")),
    };
    let direction = strength.direction.map(|direction| {
        let direction = direction.as_str();
        quote!(direction = #direction)
    });
    severity.into_iter().chain(direction).collect()
}

fn sensitive(sensitive: Sensitive) -> TokenStream {
    let word = sensitive.as_str();
    quote!(sensitive = #word)
}
