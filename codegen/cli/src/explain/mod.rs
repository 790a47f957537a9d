//! `payspec explain`: explains one subject of the spec or of the tool.

mod api_cards;
mod body;
mod card;
mod describe;
mod details;
mod flow;
mod head;
mod list;
mod operation_cards;
mod paths;
mod spec_card;
mod subject;
mod text;
mod tool_cards;
mod type_cards;
mod union_cards;
mod words;

use std::io::Write;
use std::path::Path;

use serde_json::json;

use self::card::Card;
use self::subject::Subject;
use super::failure::Failure;
use super::generated_doc::GeneratedDoc;
use super::output::{Output, note, plain, tell};
use super::{Outcome, args};
use payspec_model::model::Model;
use payspec_review::catalogue;
use payspec_runtime::closest;

pub(super) use text::write_dispute;

pub(super) fn run(spec: &Path, args: &args::Explain, out: &mut Output) -> Result<Outcome, Failure> {
    let Some(what) = args.what.as_deref().map(str::trim) else {
        return match args.all {
            true => catalogue(args, out),
            false => list::run(spec, out),
        };
    };
    if let (Some(id), true) = (&args.id, what != FLOWS) {
        let message = format!("`{}` takes no id; only `flow` does", plain(id));
        return Err(Failure::Usage(message));
    }
    // The tool defines diagnostics and rules: they are explained even if the spec cannot be read.
    if let Some(subject) = Subject::of_tool(what) {
        return show(&Model::default(), &[subject], what, out);
    }
    let model = super::load(spec)?;
    if what == FLOWS {
        return flows(&model, args.id.as_deref(), out);
    }
    let mut found = subject::find(&model, what);
    // Rules of drift have names that keys and fields of a spec also have, so the spec comes first.
    if found.is_empty() {
        found.extend(Subject::drift(what));
    }
    if found.is_empty() {
        return unknown(&model, what, out);
    }
    show(&model, &found, what, out)
}

/// Explains all kinds of change.
fn catalogue(args: &args::Explain, out: &mut Output) -> Result<Outcome, Failure> {
    if let Some(file) = &args.out {
        let doc = GeneratedDoc {
            file,
            mark: catalogue::MARK,
            command: "explain --all".to_owned(),
        };
        return doc.write_or_check(&catalogue::markdown(), args.check, out);
    }
    let none = Model::default();
    let cards: Vec<_> = Subject::changes()
        .map(|subject| subject.card(&none))
        .collect();
    cards_of(&cards, out)?;
    Ok(Outcome::Fine)
}

fn cards_of(cards: &[Card<'_>], out: &mut Output) -> Result<(), Failure> {
    if out.is_json() {
        out.json(&cards)?;
        return Ok(());
    }
    for (index, card) in cards.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        card.write(out)?;
    }
    Ok(())
}

/// The word before the id of a flow.
const FLOWS: &str = "flow";

/// Explains the flow with this id, or all flows.
fn flows(model: &Model, id: Option<&str>, out: &mut Output) -> Result<Outcome, Failure> {
    let all = subject::all(model).into_iter();
    let flows = all.filter(|subject| matches!(subject, Subject::Flow(..)));
    let wanted = |subject: &Subject<'_>| id.is_none_or(|id| subject.names() == [id]);
    let found: Vec<Subject<'_>> = flows.filter(wanted).collect();
    match (id, found.as_slice()) {
        (Some(id), []) => unknown(model, id, out),
        (Some(id), found) => show(model, found, id, out),
        (None, found) => {
            let cards: Vec<_> = found.iter().map(|subject| subject.card(model)).collect();
            cards_of(&cards, out)?;
            if cards.is_empty() && !out.is_json() {
                note("the spec has no flow");
            }
            Ok(Outcome::Fine)
        }
    }
}

fn show(
    model: &Model,
    found: &[Subject<'_>],
    what: &str,
    out: &mut Output,
) -> Result<Outcome, Failure> {
    if let [subject] = found {
        let card = subject.card(model);
        if out.is_json() {
            out.json(&card)?;
        } else {
            card.write(out)?;
        }
        return Ok(Outcome::Fine);
    }
    let names = subject::distinct_names(found);
    if out.is_json() {
        out.json(&json!({ "ambiguous": what, "candidates": names }))?;
    } else {
        writeln!(out, "`{}` can mean:", plain(what))?;
        for (subject, name) in found.iter().zip(&names) {
            writeln!(out, "  {name}  ({})", subject.kind().as_str())?;
        }
        note("help: name one of them in full");
    }
    Ok(Outcome::Findings)
}

fn unknown(model: &Model, what: &str, out: &mut Output) -> Result<Outcome, Failure> {
    let names = subject::all_names(model);
    let meant = closest(what, names.iter().map(String::as_str));
    if out.is_json() {
        out.json(&json!({ "unknown": what, "did_you_mean": meant }))?;
    } else {
        tell(format_args!("error: unknown name `{}`", plain(what)));
        match meant {
            Some(meant) => note(format_args!("help: did you mean `{meant}`?")),
            None => note(
                "help: name a result code, a field, a type, an operation, a flow, a header, a host, a \
                 source, a dispute, a diagnostic, a rule, a kind of change or a kind of drift",
            ),
        }
    }
    Ok(Outcome::Findings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_and_code_is_explained() {
        let rules = payspec_runtime::RuleId::ALL.iter();
        let names = rules.map(|rule| rule.as_str().to_owned());
        let codes = payspec_model::diagnostic::codes::all();
        let names = names.chain(codes.map(|code| code.id.to_owned()));
        let drift = payspec_page::drift::rules::all();
        let names = names.chain(drift.map(|rule| format!("drift/{}", rule.id)));
        for name in names {
            let text = explained(&name);
            let id = name.rsplit('/').next().unwrap_or(&name);
            assert!(text.contains(id), "{text}");
        }
    }

    #[test]
    fn every_change_is_explained() {
        for rule in payspec_review::rules() {
            let text = explained(&rule.id());
            assert!(text.contains(rule.title), "{text}");
        }
    }

    fn explained(name: &str) -> String {
        let subject = Subject::of_tool(name).unwrap_or_else(|| panic!("`{name}` is unknown"));
        let mut text = Vec::new();
        let written = subject.card(&Model::default()).write(&mut text);
        written.expect("memory takes it");
        String::from_utf8(text).expect("a text")
    }
}
