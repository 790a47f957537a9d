//! Checks that the class of a change in Rust is that of the generated code, and that the findings
//! explain it.

use std::path::Path;

use super::chunks::{Chunk, differing};
use super::{Mark, Words, Written, options};
use crate::canonical::canonical;
use crate::{Report, SemverBump};
use payspec_codegen::emit::GeneratedFile;
use payspec_codegen::emit::rust::emit;
use payspec_model::format::Sensitive;
use payspec_model::load;
use payspec_model::model::*;

/// A change of the in-store API, and the bump that the rules and the generated code must report.
type Edit = (&'static str, SemverBump, fn(&mut Api));

fn operation<'a>(api: &'a mut Api, id: &str) -> &'a mut Operation {
    let mut operations = api.operations.iter_mut();
    operations.find(|one| one.id == id).expect("the operation")
}

fn pay(api: &mut Api) -> &mut Operation {
    operation(api, "pay_entry_code")
}

fn result(api: &mut Api) -> &mut ResultHandling {
    pay(api).result.as_mut().expect("it is judged")
}

fn code<'a>(api: &'a mut Api, name: &str) -> &'a mut Code {
    let mut codes = result(api).codes.iter_mut();
    codes.find(|code| code.name == name).expect("the code")
}

fn object<'a>(api: &'a mut Api, name: &str) -> &'a mut Object {
    let mut objects = api.objects.iter_mut();
    objects.find(|one| one.name == name).expect("the object")
}

fn field<'a>(api: &'a mut Api, object_name: &str, name: &str) -> &'a mut Field {
    let mut fields = object(api, object_name).fields.iter_mut();
    fields.find(|field| field.name == name).expect("the field")
}

fn open_enum(api: &mut Api) -> &mut Enum {
    api.enums
        .iter_mut()
        .find(|one| one.open)
        .expect("an open enum")
}

/// Adds a copy of an existing field under a new name.
fn another(api: &mut Api, required: bool) {
    let mut new = field(api, "Env", "userAgent").clone();
    new.name = "quiteNew".to_owned();
    new.required = required;
    new.plain = required;
    object(api, "Env").fields.push(new);
}

fn flow(api: &mut Api) -> &mut Flow {
    &mut api.flows[0]
}

fn deprecated() -> Option<Deprecated> {
    Some(Deprecated {
        reason: "It is old.".to_owned(),
        replacement: None,
        sunset: None,
        date: None,
    })
}

const EDITS: &[Edit] = &[
    // Types.
    ("an optional field", SemverBump::Minor, |api| {
        another(api, false)
    }),
    ("a required field", SemverBump::Major, |api| {
        another(api, true)
    }),
    ("a field less", SemverBump::Major, |api| {
        object(api, "Env").fields.pop();
    }),
    ("a field of another name", SemverBump::Major, |api| {
        field(api, "Env", "userAgent").name = "agent".to_owned();
    }),
    ("a field that must be there", SemverBump::Major, |api| {
        let field = field(api, "Env", "userAgent");
        (field.required, field.plain) = (true, true);
    }),
    ("a field that need not be there", SemverBump::Major, |api| {
        let mut fields = object(api, "Order").fields.iter_mut();
        let field = fields.find(|field| field.plain).expect("one");
        (field.required, field.plain) = (false, false);
    }),
    ("a field of another type", SemverBump::Major, |api| {
        field(api, "Env", "userAgent").ty = Type::Integer;
    }),
    ("fields in another order", SemverBump::Patch, |api| {
        object(api, "Env").fields.reverse();
    }),
    ("a deprecated field", SemverBump::Minor, |api| {
        field(api, "Env", "userAgent").deprecated = deprecated();
    }),
    ("a sensitive field", SemverBump::Patch, |api| {
        let one = field(api, "Env", "userAgent");
        one.sensitive = match one.sensitive {
            Some(_) => None,
            None => Some(Sensitive::Secret),
        };
    }),
    ("a tighter field", SemverBump::Patch, |api| {
        field(api, "Env", "clientIp").constraints = vec![Constraint {
            rule: Rule::MaxLength(7),
            strength: Strength {
                severity: Severity::Error,
                direction: None,
                sources: vec![0],
                reason: None,
            },
            origin: Origin::default(),
        }];
    }),
    ("words of a field", SemverBump::None, |api| {
        field(api, "Env", "userAgent").description = "Something else.".to_owned();
    }),
    ("an example", SemverBump::None, |api| {
        field(api, "Env", "userAgent").example = Some("another".to_owned());
    }),
    ("words of a type", SemverBump::None, |api| {
        object(api, "Env").description = "Something else.".to_owned();
    }),
    ("a source", SemverBump::None, |api| {
        api.sources[0].title = "Another title".to_owned();
    }),
    ("words of a dispute", SemverBump::None, |api| {
        api.disputes[0].because = "For another reason.".to_owned();
    }),
    (
        "an amount that is none any more",
        SemverBump::Major,
        |api| {
            let mut objects = api.objects.iter_mut();
            objects
                .find(|one| !one.amounts.is_empty())
                .expect("one")
                .amounts
                .clear();
        },
    ),
    ("an amount in one currency", SemverBump::Major, |api| {
        let mut amounts = api.objects.iter_mut().flat_map(|one| &mut one.amounts);
        let amount = amounts.next().expect("an amount");
        amount.currency = AmountCurrency::Code("CNY".to_owned());
        amount.multiple_of.clear();
    }),
    ("steps of an amount", SemverBump::Patch, |api| {
        let mut amounts = api.objects.iter_mut().flat_map(|one| &mut one.amounts);
        amounts.next().expect("an amount").multiple_of.clear();
    }),
    // Enums.
    ("a new value", SemverBump::Minor, |api| {
        let mut value = open_enum(api).values[0].clone();
        value.name = "QUITE_NEW".to_owned();
        open_enum(api).values.push(value);
    }),
    ("a value less", SemverBump::Major, |api| {
        open_enum(api).values.pop();
    }),
    ("a closed enum", SemverBump::Major, |api| {
        open_enum(api).open = false
    }),
    // Operations.
    ("another path", SemverBump::Patch, |api| {
        pay(api).path = "/v2/pay".to_owned()
    }),
    ("another method", SemverBump::Patch, |api| {
        pay(api).method = Method::Put
    }),
    ("words of an operation", SemverBump::None, |api| {
        pay(api).description = "Something else.".to_owned();
    }),
    ("an operation less", SemverBump::Major, |api| {
        api.operations
            .retain(|one| one.id != "inquiry_registration_info");
    }),
    ("no idempotency", SemverBump::Major, |api| {
        operation(api, "registration").idempotency = None;
    }),
    ("another key", SemverBump::Patch, |api| {
        let rule = operation(api, "refund").idempotency.as_mut();
        rule.expect("a rule").must_repeat.clear();
    }),
    // Results.
    ("a new code", SemverBump::Minor, |api| {
        let mut new = code(api, "RISK_REJECT").clone();
        new.name = "QUITE_NEW".to_owned();
        result(api).codes.push(new);
    }),
    ("a code less", SemverBump::Major, |api| {
        result(api).codes.retain(|code| code.name != "RISK_REJECT");
    }),
    ("a code of another status", SemverBump::Patch, |api| {
        code(api, "PAYMENT_IN_PROCESS").status = "F".to_owned();
    }),
    ("another next step", SemverBump::Patch, |api| {
        code(api, "PAYMENT_IN_PROCESS").next_step = NextStep::Inquire;
    }),
    ("a resend less", SemverBump::Patch, |api| {
        code(api, "PAYMENT_IN_PROCESS").resend = Resend::Never;
    }),
    // A code's meaning is also the message of its error, not only a comment.
    ("the meaning of a code", SemverBump::Patch, |api| {
        code(api, "RISK_REJECT").meaning = "Too risky.".to_owned();
    }),
    ("the action of a code", SemverBump::None, |api| {
        code(api, "RISK_REJECT").action = "Tell them.".to_owned();
    }),
    ("a deprecated code", SemverBump::Minor, |api| {
        code(api, "RISK_REJECT").deprecated = deprecated();
    }),
    ("another name of an outcome", SemverBump::Major, |api| {
        result(api).decisions[0].name = "sent_on".to_owned();
    }),
    ("a decision less", SemverBump::Major, |api| {
        result(api).decisions.remove(0);
    }),
    ("words of a decision", SemverBump::None, |api| {
        result(api).decisions[0].description = "Do something else.".to_owned();
    }),
    ("other needs", SemverBump::Patch, |api| {
        result(api).decisions[0].needs.clear()
    }),
    ("other references", SemverBump::Patch, |api| {
        result(api).references.pop();
    }),
    // Transport.
    ("a host less", SemverBump::Patch, |api| {
        let live = api.hosts.iter().position(|host| host.removed.is_none());
        api.hosts.remove(live.expect("a host"));
    }),
    ("no host", SemverBump::Patch, |api| api.hosts.clear()),
    ("another host to choose", SemverBump::Patch, |api| {
        for host in &mut api.hosts {
            host.role = HostRole::Ordinary;
        }
    }),
    // Without them no client can be generated.
    ("no header", SemverBump::Major, |api| {
        api.request_headers.clear()
    }),
    ("no prefix", SemverBump::Major, |api| api.servers.clear()),
    ("another signature", SemverBump::Patch, |api| {
        let signature = api.signature.as_mut().expect("messages are signed");
        signature.request_content += "\n";
    }),
    ("words of the signature", SemverBump::None, |api| {
        let signature = api.signature.as_mut().expect("messages are signed");
        signature.notes.pop();
    }),
    // Flows.
    ("another schedule", SemverBump::Patch, |api| {
        let steps = flow(api).states.iter_mut();
        let mut steps = steps.filter_map(|state| match &mut state.role {
            Role::Step(step) => Some(step),
            Role::End(_) => None,
        });
        let pauses = &mut steps.next().expect("a step").pauses;
        pauses.push(Pause::Seconds(9));
    }),
    ("words of a state", SemverBump::None, |api| {
        flow(api).states[0].description = "Something else.".to_owned();
    }),
    ("a state of another name", SemverBump::Major, |api| {
        flow(api).states[0].name = "beginning".to_owned();
    }),
    ("a flow less", SemverBump::Major, |api| {
        api.flows.pop();
    }),
];

#[test]
#[ignore = "long: an own step of .ci/run"]
fn the_rules_and_the_generated_code_agree() {
    let old = load(Path::new("../../spec")).model.expect("a sound spec");
    let mut wrong = Vec::new();
    for (what, expected, edit) in EDITS {
        let mut new = old.clone();
        edit(&mut new.apis[0]);
        let report = Report::with_generated(&old, &new);
        let report = report.unwrap_or_else(|error| panic!("{what}: {error}"));
        assert!(!report.findings.is_empty(), "{what}: nothing is found");
        let review = report.generated.as_ref().expect("it was compared");
        let worst = report.findings.iter().map(|one| one.rust).max();
        let agree = [Some(review.level), Some(report.summary.rust), worst] == [Some(*expected); 3];
        let words = match expected {
            SemverBump::None => review.words == Words::Proved,
            SemverBump::Patch | SemverBump::Minor | SemverBump::Major => {
                review.words == Words::NotOnly
            }
        };
        // Users of an item must learn why it changed.
        let blind: Vec<_> = review
            .items
            .iter()
            .filter(|item| matches!(item.mark, Mark::Removed | Mark::Changed))
            .filter(|item| item.findings.is_empty())
            .collect();
        if !agree || !words || !blind.is_empty() {
            let rules: Vec<String> = report
                .findings
                .iter()
                .map(|one| format!("{} {:?}", one.rule, one.rust))
                .collect();
            wrong.push(format!(
                "{what}: expected {expected:?}, the code says {:?}, {:?}\n  {rules:?}\n  {:#?}",
                review.level, review.words, blind
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Returns the code that only one side has, in any order.
fn lone<'c>(own: &'c [Chunk], other: &[Chunk]) -> Vec<(&'c str, &'c str)> {
    let only = own.iter().filter(|chunk| {
        let mut others = other.iter();
        !others.any(|other| (&other.module, &other.code) == (&chunk.module, &chunk.code))
    });
    let mut lone: Vec<_> = only
        .map(|chunk| (chunk.module.as_str(), chunk.code.as_str()))
        .collect();
    lone.sort_unstable();
    lone
}

#[test]
#[ignore = "long: an own step of .ci/run"]
fn what_is_left_out_is_written_alike() {
    let old = load(Path::new("../../spec")).model.expect("a sound spec");
    let types = |files: &[GeneratedFile]| -> usize {
        let files = files.iter().filter(|file| file.path.ends_with("types.rs"));
        files.map(|file| file.contents.len()).sum()
    };
    // All edits of shared types come before that of a path.
    let edits = EDITS
        .iter()
        .take_while(|(what, ..)| *what != "another path");
    for (what, _, edit) in edits {
        let mut new = old.clone();
        edit(&mut new.apis[0]);
        let [whole, full] =
            canonical(&old, &new).map(|model| emit(&model, &options()).expect("it can be written"));
        let limit = types(&whole) / 2;
        let full = differing(&whole, &full).expect("it is Rust");
        let short = Written::of(&old, &new).expect("it can be written");
        let some = differing(&short.old, &short.new).expect("it is Rust");
        assert_eq!(
            lone(&full.0, &full.1),
            lone(&some.0, &some.1),
            "{what}: the old side"
        );
        assert_eq!(
            lone(&full.1, &full.0),
            lone(&some.1, &some.0),
            "{what}: the new side"
        );
        assert!(types(&short.old) < limit, "{what}");
    }
}

#[test]
fn a_type_is_what_it_is_called_and_not_where_it_stands() {
    let old = load(Path::new("../../spec")).model.expect("a sound spec");
    let mut new = old.clone();
    // Two types change places and nothing else changes, so every holder of one now holds the other.
    let api = &mut new.apis[0];
    let last = api.objects.len() - 1;
    let (first, other) = (api.objects[0].name.clone(), api.objects[last].name.clone());
    assert_ne!(first, other);
    api.objects.swap(0, last);
    let written = Written::of(&old, &new).expect("it can be written");
    let (_, after) = differing(&written.old, &written.new).expect("it is Rust");
    let holders = old.apis[0].objects.iter().filter(|object| {
        let held = object.fields.iter().filter_map(|field| field.ty.object());
        held.into_iter().any(|ObjectId(id)| id == 0 || id == last)
    });
    for holder in holders {
        let name = format!("struct {} ", holder.name);
        let is_written = after.iter().any(|chunk| chunk.code.contains(&name));
        assert!(is_written, "{}", holder.name);
    }
}
