//! Values as bytes, for stable ids. Each part has its length in front, so that no two values have the
//! same bytes; the number of a variant never changes and is never reused.

use super::{
    Address, Amount, Bound, Carried, Condition, Is, Kind, Limit, Role, Target, TypeName, Value,
};
use crate::model::{AmountCurrency, Pause, Side};

/// Appends parts, each with its length in front.
#[derive(Debug, Default)]
pub struct Bytes(Vec<u8>);

impl Bytes {
    /// Returns everything that was appended.
    pub fn as_slice(&self) -> &[u8] {
        &self.0
    }

    /// Appends a number.
    pub fn number(&mut self, number: usize) {
        // A length on this machine fits in 64 bits.
        let number = u64::try_from(number).unwrap_or(u64::MAX);
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    /// Appends a text.
    pub fn text(&mut self, text: &str) {
        self.number(text.len());
        self.0.extend_from_slice(text.as_bytes());
    }

    /// Appends a list.
    pub fn list<T>(
        &mut self,
        items: impl ExactSizeIterator<Item = T>,
        mut each: impl FnMut(&mut Self, T),
    ) {
        self.number(items.len());
        items.for_each(|item| each(self, item));
    }

    fn texts(&mut self, texts: impl ExactSizeIterator<Item = impl AsRef<str>>) {
        self.list(texts, |bytes, text| bytes.text(text.as_ref()));
    }

    fn path(&mut self, path: &[String]) {
        self.texts(path.iter());
    }

    fn perhaps(&mut self, text: Option<&str>) {
        self.texts(text.iter());
    }
}

impl Value {
    /// Appends the value.
    pub fn write(&self, bytes: &mut Bytes) {
        bytes.number(self.number());
        match self {
            Value::Flag(flag) => bytes.number(usize::from(*flag)),
            Value::Kind(kind) => bytes.text(Kind::as_str(*kind)),
            Value::Type(name) => type_name(bytes, name),
            Value::Limit(end, limit) => {
                bound(bytes, *end);
                bytes.text(limit.as_str());
            }
            Value::Multiples(steps) => bytes.texts(steps.iter().map(Limit::as_str)),
            Value::Count(end, count) => {
                bound(bytes, *end);
                bytes.text(&count.to_string());
            }
            Value::Texts(texts) | Value::Patterns(texts) | Value::Names(texts) => {
                bytes.texts(texts.iter());
            }
            Value::Forms(forms) => bytes.list(forms.iter(), |bytes, form| {
                bytes.text(form.as_str());
            }),
            Value::Conditions(conditions) => {
                bytes.list(conditions.iter(), |bytes, Condition { path, is }| {
                    bytes.path(path);
                    match is {
                        Is::Present => bytes.perhaps(None),
                        Is::Text(text) => bytes.perhaps(Some(text)),
                        // The number of texts is 0 or 1 in the other cases.
                        Is::Absent => bytes.number(2),
                    }
                });
            }
            Value::Groups(groups) => bytes.list(groups.iter(), |bytes, names| {
                bytes.texts(names.iter());
            }),
            Value::SameCurrency(groups) => bytes.list(groups.iter(), |bytes, paths| {
                bytes.list(paths.iter(), |bytes, path| bytes.path(path));
            }),
            Value::Steps(steps) => bytes.list(steps.iter(), |bytes, (currency, step)| {
                bytes.text(currency);
                bytes.text(&step.to_string());
            }),
            Value::Places(places) => bytes.list(places.iter(), |bytes, (currency, places)| {
                bytes.text(currency);
                bytes.text(&places.to_string());
            }),
            Value::Amounts(amounts) => {
                bytes.list(
                    amounts.iter(),
                    |bytes, (value, Amount { currency, unit })| {
                        bytes.text(value);
                        bytes.text(unit.as_str());
                        let (kind, text) = match currency {
                            AmountCurrency::Field(name) => ("field", name),
                            AmountCurrency::Code(code) => ("code", code),
                        };
                        bytes.text(kind);
                        bytes.text(text);
                    },
                );
            }
            Value::Quote {
                pair,
                price,
                direction,
            } => {
                bytes.text(pair);
                bytes.text(price);
                bytes.text(direction.as_str());
            }
            Value::Path(path) => bytes.path(path),
            Value::Choice(paths) => bytes.list(paths.iter(), |bytes, path| bytes.path(path)),
            Value::Paths(paths) => bytes.list(paths.iter(), |bytes, path| bytes.path(path)),
            Value::Order(names) => bytes.texts(names.iter()),
            Value::Address(address) => match address {
                Address::Fixed(path) => {
                    bytes.number(0);
                    bytes.text(path);
                }
                Address::Field(name) => {
                    bytes.number(1);
                    bytes.text(name);
                }
            },
            Value::Principal(kind, id) => {
                bytes.text(kind.key());
                bytes.text(id);
            }
            Value::Operations(ids) => bytes.texts(ids.iter()),
            Value::Carried(carried) => bytes.list(
                carried.iter(),
                |bytes,
                 Carried {
                     to,
                     field,
                     from,
                     side,
                     path,
                 }| {
                    bytes.texts([to, field, from].into_iter());
                    bytes.path(path);
                    // Values of answers came first; their bytes stay the same.
                    match side {
                        Side::Request => bytes.text(side.as_str()),
                        Side::Response => {}
                    }
                },
            ),
            Value::Target(target) => match target {
                Target::State(name) => {
                    bytes.number(0);
                    bytes.text(name);
                }
                Target::Again => bytes.number(1),
                Target::Stay => bytes.number(2),
            },
            Value::Role(role) => match role {
                Role::Sends(id) => {
                    bytes.number(0);
                    bytes.text(id);
                }
                Role::Ends(end) => {
                    bytes.number(1);
                    bytes.text(end.as_str());
                }
            },
            Value::Pauses(pauses) => bytes.list(pauses.iter(), |bytes, pause| {
                let seconds = match pause {
                    Pause::Seconds(seconds) => Some(seconds.to_string()),
                    Pause::Unknown => None,
                };
                bytes.perhaps(seconds.as_deref());
            }),
            Value::Decide(decide) => bytes.text(decide.as_str()),
            Value::NextStep(step) => bytes.text(step.as_str()),
            Value::Resend(resend) => bytes.text(resend.as_str()),
            Value::StatusClass(class) => bytes.text(class.as_str()),
            Value::Recipe(parts) => bytes.list(parts.iter(), |bytes, (what, value)| {
                bytes.text(what);
                bytes.text(value);
            }),
            Value::Rules(rules) => bytes.list(rules.iter(), |bytes, (name, rule)| {
                bytes.text(name);
                rule.write(bytes);
            }),
            Value::Word(word) => bytes.text(word),
            Value::WordSet(words) => bytes.texts(words.iter()),
            Value::Name(text) | Value::Words(text) => bytes.text(text),
        }
    }

    fn number(&self) -> usize {
        match self {
            Value::Flag(_) => 1,
            Value::Kind(_) => 2,
            Value::Type(_) => 3,
            Value::Limit(..) => 4,
            Value::Count(..) => 5,
            Value::Texts(_) => 6,
            Value::Patterns(_) => 7,
            Value::Forms(_) => 8,
            Value::Conditions(_) => 9,
            Value::Groups(_) => 10,
            Value::Steps(_) => 11,
            Value::Path(_) => 13,
            Value::Choice(_) => 14,
            Value::Paths(_) => 15,
            Value::Order(_) => 16,
            Value::Address(_) => 17,
            Value::Principal(..) => 18,
            Value::Operations(_) => 19,
            Value::Target(_) => 20,
            Value::Role(_) => 21,
            Value::Pauses(_) => 22,
            Value::Decide(_) => 23,
            Value::NextStep(_) => 24,
            Value::Resend(_) => 25,
            Value::StatusClass(_) => 26,
            Value::Recipe(_) => 27,
            Value::Word(_) => 28,
            Value::WordSet(_) => 29,
            Value::Name(_) => 30,
            Value::Names(_) => 31,
            Value::Words(_) => 32,
            Value::Quote { .. } => 33,
            Value::SameCurrency(_) => 34,
            Value::Rules(_) => 35,
            Value::Multiples(_) => 36,
            Value::Amounts(_) => 37,
            Value::Places(_) => 38,
            Value::Carried(_) => 39,
        }
    }
}

fn bound(bytes: &mut Bytes, bound: Bound) {
    bytes.number(match bound {
        Bound::Least => 0,
        Bound::Greatest => 1,
    });
}

fn type_name(bytes: &mut Bytes, name: &TypeName) {
    match name {
        TypeName::Plain(kind) => {
            bytes.number(0);
            bytes.text(kind.as_str());
        }
        TypeName::Shared(name) => {
            bytes.number(1);
            bytes.text(name);
        }
        TypeName::List(element) => {
            bytes.number(2);
            type_name(bytes, element);
        }
        TypeName::Json(name) => {
            bytes.number(3);
            bytes.text(name);
        }
        TypeName::Map(values) => {
            bytes.number(4);
            type_name(bytes, values);
        }
        TypeName::Nullable(value) => {
            bytes.number(5);
            type_name(bytes, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(value: &Value) -> Vec<u8> {
        let mut bytes = Bytes::default();
        value.write(&mut bytes);
        bytes.as_slice().to_vec()
    }

    #[test]
    fn what_is_not_the_same_has_other_bytes() {
        let names =
            |names: &[&str]| Value::Order(names.iter().map(|&name| name.to_owned()).collect());
        let values = [
            names(&["ab", "c"]),
            names(&["a", "bc"]),
            names(&["abc"]),
            names(&[]),
            Value::Name("abc".to_owned()),
            Value::Words("abc".to_owned()),
            Value::Count(Bound::Least, 1),
            Value::Count(Bound::Greatest, 1),
            Value::Target(Target::Again),
            Value::Target(Target::Stay),
        ];
        for (at, one) in values.iter().enumerate() {
            for other in &values[at + 1..] {
                assert_ne!(bytes(one), bytes(other), "{one:?} {other:?}");
            }
            assert_eq!(bytes(one), bytes(&one.clone()));
        }
    }
}
