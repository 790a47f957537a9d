//! Facts in the documentation of an item, after its description.

use payspec_model::pointer::pointer;
use payspec_runtime::{Direction, Location, MediaType, Severity, Style};

use super::docs::{Docs, code, prose};
use payspec_model::describe;
use payspec_model::format::FormatName;
use payspec_model::model::{
    Amount, Api, Body, Condition, Constraint, DefaultValue, Element, Field, Header, Met, Object,
    Refinement, Rule, SourceIds, Strength, Test, Type,
};

/// Largest number of values that a field's documentation lists.
const LISTED_VALUES: usize = 6;

/// Longest example, and longest pattern, in a field's documentation, in characters.
const SHOWN: usize = 48;

/// Returns the documentation of a field, inside an object with the sources `inherited`.
pub(super) fn field_docs(
    api: &Api,
    field: &Field,
    amount: Option<&Amount>,
    inherited: &SourceIds,
) -> Docs {
    let mut docs = Docs::of(&field.name, &field.description);
    if let Some(amount) = amount {
        docs.own(&format!("It is {}.", describe::amount(amount)));
    }
    if let Some(place) = place(field.location) {
        docs.own(place);
    }
    if let Some(style) = style(field.style) {
        docs.own(style);
    }
    if let Some(json_type) = field.json_type {
        docs.own(&format!("A JSON {json_type} on the wire."));
    }
    if field.nullable {
        docs.own("`null` is a value, and not an absent one.");
    }
    if field.required && !field.plain {
        docs.own("Required, though a message that comes in is read without it.");
    }
    for constraint in &field.constraints {
        if let Some(words) = rule(&constraint.rule) {
            docs.own(&strict(&words, &constraint.strength));
        }
    }
    inside(&mut docs, &field.ty, "");
    for condition in conditions(&field.required_when, &field.forbidden_when) {
        docs.own(&condition);
    }
    if let Some(default) = &field.default {
        docs.own(&assumed(default));
    }
    for limit in &field.unknown_limits {
        docs.own(&format!("{}: not documented.", unknown_limit(limit)));
    }
    if let Some(example) = field.example.as_deref().filter(|text| text.len() <= SHOWN) {
        docs.own(&format!("Example: {}.", code(example)));
    }
    if let Some(since) = &field.since {
        docs.own(&format!("Since {}.", prose(&since.date)));
    }
    if field.sources != *inherited && !field.sources.is_empty() {
        let tags: Vec<String> = field
            .sources
            .iter()
            .map(|id| code(&api.sources[*id].tag))
            .collect();
        docs.own(&format!("Source: {}.", tags.join(", ")));
    }
    docs
}

/// Returns the place of a field of a request, unless it is the body.
fn place(location: Location) -> Option<&'static str> {
    match location {
        Location::Body => None,
        Location::Path => Some("In the path."),
        Location::Query => Some("In the query."),
        Location::Header => Some("In the header of this name."),
        Location::WholeBody => Some("The whole body."),
    }
}

/// Returns the way in which a query or form writes a field, unless it is the usual one.
fn style(style: Style) -> Option<&'static str> {
    match style {
        Style::Repeat => None,
        Style::Comma => Some("Written with commas: `a=1,2`."),
        Style::Brackets => Some("Written with brackets: `a[b]=x&a[0]=y`."),
        Style::EmptyBrackets => Some("Written with brackets: `a[b]=x&a[]=y`."),
        Style::Json => Some("Written as its JSON: `a=[1,2]`."),
    }
}

/// Adds the rules of what a list or map contains; `of` says what contains the list or map.
fn inside(docs: &mut Docs, ty: &Type, of: &str) {
    let mut add = |what: &str, constraints: &[Constraint]| {
        for constraint in constraints {
            if let Some(words) = rule(&constraint.rule) {
                let words = format!("{what}: {}{}", words[..1].to_lowercase(), &words[1..]);
                docs.own(&strict(&words, &constraint.strength));
            }
        }
    };
    add(&format!("Each key{of}"), ty.key_rules());
    if let Some(element) = ty.element() {
        let Element {
            ty: inner,
            json_type,
            nullable,
            constraints,
        } = element;
        let what = if matches!(ty, Type::Map(_)) {
            "value"
        } else {
            "element"
        };
        add(&format!("Each {what}{of}"), constraints);
        if let Some(json_type) = json_type {
            docs.own(&format!(
                "Each {what}{of} is a JSON {json_type} on the wire."
            ));
        }
        if *nullable {
            docs.own(&format!("Each {what}{of} may be `null`."));
        }
        inside(docs, inner, &format!(" of each {what}{of}"));
    }
}

/// Returns the documentation of an object: its description, and its groups of fields.
pub(super) fn object_docs(api: &Api, object: &Object) -> Docs {
    let mut docs = Docs::of(&object.name, &object.description);
    for group in &object.at_least_one_of {
        let words = format!("At least one of {} is present", listed(&group.fields));
        docs.own(&strict(&words, &group.strength));
    }
    sources(&mut docs, api, &object.sources);
    docs
}

/// Returns the documentation of a body: that of an object, and the operation's rules for values inside
/// it.
pub(super) fn body_docs(api: &Api, body: &Body) -> Docs {
    let mut docs = object_docs(api, &body.object);
    match body.media_type {
        MediaType::Json => {}
        MediaType::Form => {
            docs.paragraph()
                .own("The body is a form: `application/x-www-form-urlencoded`.");
        }
    }
    for group in &body.same_currency {
        let paths: Vec<String> = group.paths.iter().map(|path| pointer(path)).collect();
        let words = format!("{} are of one currency", listed(&paths));
        docs.own(&strict(&words, &group.strength));
    }
    let refinements: Vec<String> = body.refinements.iter().filter_map(refinement).collect();
    if !refinements.is_empty() {
        docs.paragraph()
            .own("Beyond what the shared types ask:")
            .list(refinements);
    }
    docs
}

/// Returns the rules for a value; [`None`] if they need no words here.
fn refinement(refinement: &Refinement) -> Option<String> {
    let constraints = refinement
        .constraints
        .iter()
        .filter_map(|constraint| Some(strict(&rule(&constraint.rule)?, &constraint.strength)));
    let conditions = conditions(&refinement.required_when, &refinement.forbidden_when);
    let default = refinement.default.iter().map(assumed);
    let rules: Vec<String> = constraints.chain(conditions).chain(default).collect();
    let path = code(&refinement.path.join("."));
    (!rules.is_empty()).then(|| format!("{path}: {}", rules.join(" ")))
}

/// Returns the sentence about the value that the receiver assumes. It does not say "default", because
/// nothing is filled in, as a default in Rust is.
fn assumed(default: &DefaultValue) -> String {
    format!(
        "When it is absent, the receiver assumes {}.",
        code(&default.text)
    )
}

/// Returns the conditions under which a field must be present or absent.
fn conditions<'a>(
    required: &'a [Condition],
    forbidden: &'a [Condition],
) -> impl Iterator<Item = String> + 'a {
    let phrase = |verb: &'static str| {
        move |condition: &Condition| {
            strict(&format!("{verb} {}", when(condition)), &condition.strength)
        }
    };
    required
        .iter()
        .map(phrase("Required"))
        .chain(forbidden.iter().map(phrase("Not allowed")))
}

/// Adds the sources of an item, with title and date.
pub(super) fn sources(docs: &mut Docs, api: &Api, sources: &SourceIds) {
    if sources.is_empty() {
        return;
    }
    let titles: Vec<String> = sources
        .iter()
        .map(|id| {
            let source = &api.sources[*id];
            format!("{} ({})", prose(&source.title), prose(&source.date))
        })
        .collect();
    docs.paragraph()
        .own(&format!("Source: {}.", titles.join("; ")));
}

/// Returns the rules for the value of a header, as one item of a list; [`None`] if it has none.
pub(super) fn header(header: &Header) -> Option<String> {
    let Header {
        name,
        max_length,
        pattern,
        ..
    } = header;
    let longest = max_length.map(Rule::MaxLength);
    let pattern = pattern.clone().map(Rule::Pattern);
    let rules = longest.iter().chain(&pattern).filter_map(rule);
    let rules: Vec<String> = rules.map(|words| format!("{words}.")).collect();
    (!rules.is_empty()).then(|| format!("{}: {}", code(name), rules.join(" ")))
}

/// Returns a rule as a sentence without its full stop; [`None`] if it needs no words.
fn rule(rule: &Rule) -> Option<String> {
    Some(match rule {
        Rule::Required => "Required".to_owned(),
        Rule::Const(value) => format!("Always {}", code(value)),
        Rule::Values(values) => format!("One of {}", listed(values)),
        Rule::MinLength(limit) => format!("At least {}", counted(*limit, "character")),
        Rule::MaxLength(limit) => format!("At most {}", counted(*limit, "character")),
        Rule::Pattern(pattern) if pattern.len() <= SHOWN => format!("Matches {}", code(pattern)),
        Rule::Pattern(_) => return None,
        Rule::Min(limit) => format!("At least {}", code(limit)),
        Rule::Max(limit) => format!("At most {}", code(limit)),
        Rule::MultipleOf(step) => format!("A multiple of {}", code(step)),
        Rule::MinItems(limit) => format!("At least {}", counted(*limit, "element")),
        Rule::MaxItems(limit) => format!("At most {}", counted(*limit, "element")),
        Rule::UniqueItems => "No two elements are equal".to_owned(),
        Rule::Format(FormatName::Mcc) => "Four digits".to_owned(),
        Rule::Format(FormatName::Json) => "A JSON text".to_owned(),
    })
}

/// Adds the strength of a rule to a sentence.
fn strict(words: &str, strength: &Strength) -> String {
    let direction = match strength.direction {
        None => "",
        Some(Direction::Outgoing) => " in what is sent",
        Some(Direction::Incoming) => " in what is received",
    };
    let severity = match strength.severity {
        Severity::Error => "",
        Severity::Warning => " (a warning)",
    };
    format!("{words}{direction}{severity}.")
}

fn when(condition: &Condition) -> String {
    match (&condition.test, &condition.text) {
        (_, Some(text)) => format!("when: {}", prose(text).trim_end_matches('.')),
        (Some(Test { path, met }), None) => {
            let path = match path.split_last() {
                Some((last, list)) if last == "*" => {
                    format!("an element of {}", code(&list.join(".")))
                }
                _ => code(&path.join(".")),
            };
            match met {
                Met::Present => format!("when {path} is present"),
                Met::Absent => format!("when {path} is absent"),
                Met::OneOf(values) => format!("when {path} is {}", listed(values)),
            }
        }
        (None, None) => "in some cases".to_owned(),
    }
}

/// Formats a list as `A`, `B` or `C`; a long list is cut.
fn listed(values: &[String]) -> String {
    let shown: Vec<String> = values
        .iter()
        .take(LISTED_VALUES)
        .map(|value| code(value))
        .collect();
    if values.len() > LISTED_VALUES {
        return format!(
            "{} and {} more",
            shown.join(", "),
            values.len() - LISTED_VALUES
        );
    }
    match shown.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
    }
}

fn counted(number: u32, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}

fn unknown_limit(limit: &str) -> &str {
    match limit {
        "max_length" => "Maximum length",
        "max_items" => "Maximum number of elements",
        "keys" => "Maximum length of keys",
        "of" => "Limit of each element",
        other => other,
    }
}
