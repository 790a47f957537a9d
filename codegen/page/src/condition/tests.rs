//! Reads the sentences of a table, and their negations.

use std::path::Path;

use super::{About, Candidate, Names, Outright, Reading};
use crate::facts::{ConditionKind, Met, Parameter, Test};
use crate::{Base, Profile};

const PAGE: &str = "\
### Request parameters

#### ticketId String

#### billId String

#### billType String

#### channels Array<String>

#### isGuest Boolean

#### memo String

#### kind String

*   Valid values: `A`, `B`

#### orderInfo OrderInfo object

##### kind String

#### 门店 String

### Response parameters

#### result Result object REQUIRED

#### resultStatus String REQUIRED

*   Valid values: `S`, `F`, `U`

#### routeKind String

*   Valid values: `SEA`, `LAND`
";

fn names() -> Names {
    let page = crate::read(PAGE).expect("a page");
    let mut names = Names::default();
    let operation = &page.operations[0];
    let all: [&[Parameter]; 2] = [&operation.request, &operation.response];
    for list in all {
        names.add(list);
    }
    names
}

/// Writes a reading in the notation of the table.
fn written(names: &Names, text: &str) -> String {
    let own = ["ticketId".to_owned()];
    let about = About { names, own: &own };
    let grammar = &Profile::shipped(Base::BuiltIn).lexicon().conditions;
    let candidate = Candidate::of(grammar, text, about);
    let found = candidate.and_then(|one| one.read(false).or_else(|| one.begins()));
    let (kind, test) = match found {
        None => return "none".to_owned(),
        Some(Reading::Outright(Outright::Required)) => return "always required".to_owned(),
        Some(Reading::Outright(Outright::Optional)) => return "absent at times".to_owned(),
        Some(Reading::Follows(..)) => return "follows".to_owned(),
        Some(Reading::Condition(kind, test) | Reading::Exemption(kind, test)) => (kind, test),
    };
    let kind = match kind {
        ConditionKind::RequiredWhen => "required",
        ConditionKind::OptionalWhen => "optional",
        ConditionKind::PresentWhen => "returned",
        ConditionKind::AbsentWhen => "absent",
        ConditionKind::AtLeastOneOf => "group",
    };
    match test {
        Test::Words => format!("{kind} words"),
        Test::Group { fields } => format!("{kind} {}", fields.join(", ")),
        Test::Field { field, met } => match met {
            Met::Present => format!("{kind} {field} present"),
            Met::Absent => format!("{kind} {field} absent"),
            Met::OneOf { mut values } => {
                values.sort();
                format!("{kind} {field} = {}", values.join(", "))
            }
        },
    }
}

fn table() -> Vec<(String, String)> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = here.join("../../tests/fixtures/conditions.txt");
    let text = std::fs::read_to_string(file).expect("the table");
    let rows = text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let rows = rows.map(|line| line.split_once(" | ").expect("a reading and a sentence"));
    rows.map(|(reading, text)| (reading.to_owned(), text.to_owned()))
        .collect()
}

#[test]
fn sentences_are_read_as_people_read_them() {
    let rows = table();
    assert!(rows.len() >= 80, "{}", rows.len());
    let names = names();
    let wrong: Vec<String> = rows
        .iter()
        .map(|(expected, text)| (expected, text, written(&names, text)))
        .filter(|(expected, _, found)| *expected != found)
        .map(|(expected, text, found)| format!("{text}\n    {expected} / {found}"))
        .collect();
    assert!(
        wrong.is_empty(),
        "{} wrong\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// Returns the sentence with a negation at each of its places.
fn negated(text: &str) -> Vec<String> {
    let is_chinese = text.chars().any(crate::text::is_chinese);
    let word = if is_chinese { "不" } else { "not " };
    let places = text.char_indices().filter(|(at, char)| {
        let before = text[..*at].chars().next_back();
        let apart = before.is_none_or(|before| before == ' ') && char.is_alphanumeric();
        apart || is_chinese && crate::text::is_chinese(*char)
    });
    places
        .map(|(at, _)| format!("{}{word}{}", &text[..at], &text[at..]))
        .collect()
}

/// Returns the sentence with the opposite test.
fn turned(text: &str) -> Vec<String> {
    let pairs = [
        (" is empty", " is given"),
        (" is not empty", " is empty"),
        (" is given", " is empty"),
        (" is null", " is present"),
        (" is specified", " is left out"),
        (" is set", " is missing"),
        (" if ", " unless "),
        (" unless ", " if "),
        ("required", "not required"),
        (" S", " F"),
        ("`S`", "`F`"),
        ("BUS", "SHIP"),
        ("true", "false"),
        ("false", "true"),
        ("不为空", "为空"),
        ("为空时", "不为空时"),
        ("未传", "传入了"),
        ("未提供", "提供了"),
        ("未指定", "指定了"),
        ("提供了", "未提供"),
        ("必填", "非必填"),
        ("时返回", "时不返回"),
        ("不能同时为空", "可以同时为空"),
        ("cannot both", "can both"),
        ("At least one", "At most one"),
        ("Required", "Not required"),
    ];
    let found = pairs.iter().filter(|(from, _)| text.contains(from));
    found.map(|(from, to)| text.replacen(from, to, 1)).collect()
}

#[test]
fn no_sentence_is_read_as_its_negation() {
    let names = names();
    let mut count = 0;
    let mut wrong = Vec::new();
    for (expected, text) in table() {
        if expected == "none" || expected.ends_with("words") {
            continue;
        }
        // What is only an example may be negated.
        let end = text.find([',', '，'].as_slice()).filter(|at| {
            let aside = ["for example", "otherwise", "都给时"];
            aside.iter().any(|one| text[*at..].contains(one))
        });
        let (start, aside) = text.split_at(end.unwrap_or(text.len()));
        for other in negated(start).into_iter().chain(turned(start)) {
            let other = format!("{other}{aside}");
            count += 1;
            if written(&names, &other) == expected {
                wrong.push(format!("{text}\n    {other}\n    {expected}"));
            }
        }
    }
    assert!(count > 700, "{count}");
    assert!(
        wrong.is_empty(),
        "{} wrong\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
