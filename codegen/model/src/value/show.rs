//! Values as text for readers.

use std::fmt::{self, Display};

use super::{Address, Amount, Carried, Condition, Is, Role, Target, TypeName, Value};
use crate::model::{AmountCurrency, Pause, carried_name};
use crate::pointer::pointer;

impl Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Flag(flag) => f.write_str(if *flag { "yes" } else { "no" }),
            Value::Kind(kind) => f.write_str(kind.as_str()),
            Value::Type(name) => name.fmt(f),
            Value::Limit(_, limit) => limit.fmt(f),
            Value::Multiples(steps) => list(f, steps),
            Value::Count(_, count) => count.fmt(f),
            Value::Texts(texts) | Value::Patterns(texts) | Value::Names(texts) => list(f, texts),
            Value::Forms(forms) => list(f, forms.iter().map(|form| form.as_str())),
            Value::Conditions(conditions) => list(f, conditions),
            Value::Groups(groups) => {
                let groups = groups.iter();
                list(f, groups.map(|names| joined(names, " or ")))
            }
            Value::SameCurrency(groups) => {
                let group = |paths: &Vec<Vec<String>>| {
                    joined(paths.iter().map(|path| pointer(path)), " and ")
                };
                list(f, groups.iter().map(group))
            }
            Value::Steps(steps) => {
                let steps = steps.iter();
                list(
                    f,
                    steps.map(|(currency, step)| format!("{currency} {step}")),
                )
            }
            Value::Places(places) => {
                let places = places.iter();
                list(
                    f,
                    places.map(|(currency, places)| format!("{currency} {places}")),
                )
            }
            Value::Amounts(amounts) => list(
                f,
                amounts.iter().map(|(value, Amount { currency, unit })| {
                    let of = match currency {
                        AmountCurrency::Field(name) | AmountCurrency::Code(name) => name,
                    };
                    format!("{value} in {} units of {of}", unit.as_str())
                }),
            ),
            Value::Quote {
                pair,
                price,
                direction,
            } => write!(f, "{price} of {pair}, {direction}"),
            Value::Path(path) => f.write_str(&pointer(path)),
            Value::Choice(paths) => list(f, paths.iter().map(|path| pointer(path))),
            Value::Paths(paths) => list(f, paths.iter().map(|path| pointer(path))),
            Value::Order(names) => list(f, names),
            Value::Address(Address::Fixed(path)) => f.write_str(path),
            Value::Address(Address::Field(name)) => write!(f, "{{{name}}}"),
            Value::Principal(kind, id) => write!(f, "{} {id}", kind.key()),
            Value::Operations(ids) => list(f, ids),
            Value::Carried(carried) => list(
                f,
                carried.iter().map(
                    |Carried {
                         to,
                         field,
                         from,
                         side,
                         path,
                     }| {
                        format!("{to} /{field}: {}", carried_name(from, *side, path))
                    },
                ),
            ),
            Value::Target(Target::State(name)) => f.write_str(name),
            Value::Target(Target::Again) => f.write_str("again"),
            Value::Target(Target::Stay) => f.write_str("stay"),
            Value::Role(Role::Sends(id)) => write!(f, "sends {id}"),
            Value::Role(Role::Ends(end)) => write!(f, "ends {}", end.as_str()),
            Value::Pauses(pauses) => {
                let pauses = pauses.iter();
                list(f, pauses.map(Pause::to_string))
            }
            Value::Decide(decide) => f.write_str(decide.as_str()),
            Value::NextStep(step) => f.write_str(step.as_str()),
            Value::Resend(resend) => f.write_str(resend.as_str()),
            Value::StatusClass(class) => f.write_str(class.as_str()),
            Value::Recipe(parts) => {
                let parts = parts.iter();
                list(f, parts.map(|(what, value)| format!("{what}: {value}")))
            }
            Value::Rules(rules) => {
                let rules = rules.iter();
                list(f, rules.map(|(name, rule)| format!("{name} {rule}")))
            }
            Value::Word(word) => f.write_str(word),
            Value::WordSet(words) => list(f, words),
            Value::Name(text) | Value::Words(text) => f.write_str(text),
        }
    }
}

impl Display for TypeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TypeName::Plain(kind) => f.write_str(kind.as_str()),
            TypeName::Shared(name) => f.write_str(name),
            TypeName::List(element) => write!(f, "list of {}", Inside(element)),
            TypeName::Map(values) => write!(f, "map of {}", Inside(values)),
            TypeName::Json(name) => write!(f, "json of {name}"),
            TypeName::Nullable(value) => write!(f, "{value} or null"),
        }
    }
}

/// The type of elements or values; in parentheses where it could be taken for that of the list or map.
struct Inside<'t>(&'t TypeName);

impl Display for Inside<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            TypeName::Nullable(_) => write!(f, "({})", self.0),
            TypeName::Plain(_)
            | TypeName::Shared(_)
            | TypeName::List(_)
            | TypeName::Map(_)
            | TypeName::Json(_) => self.0.fmt(f),
        }
    }
}

impl Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = pointer(&self.path);
        match &self.is {
            Is::Text(text) => write!(f, "{path} is {text}"),
            Is::Present => write!(f, "{path} is present"),
            Is::Absent => write!(f, "{path} is absent"),
        }
    }
}

fn list<T: Display>(f: &mut fmt::Formatter<'_>, items: impl IntoIterator<Item = T>) -> fmt::Result {
    f.write_str(&joined(items, ", "))
}

fn joined<T: Display>(items: impl IntoIterator<Item = T>, between: &str) -> String {
    let items = items.into_iter();
    let texts: Vec<String> = items.map(|item| item.to_string()).collect();
    texts.join(between)
}
