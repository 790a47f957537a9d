//! The documentation of a flow: its states, its events, an example that compiles.

use proc_macro2::TokenStream;
use quote::quote;

use super::names::Names;
use crate::emit::flow::words::schedule;
use crate::emit::rust::docs::{Docs, code, comment, prose, sentence};
use crate::emit::rust::{EmitError, Options, summary};
use payspec_model::model::{Api, End, Flow, FlowKind, Role, Step, Target};
use payspec_model::naming;
use payspec_model::pointer::pointer;

/// Returns the documentation above the diagram.
pub(super) fn docs(flow: &Flow) -> Docs {
    let mut docs = Docs::of(&flow.id, &flow.title);
    docs.paragraph().text(&flow.description);
    docs.paragraph().own(
        "A pure machine: it does nothing itself. Tell it what happened and when, and do what it \
         says.",
    );
    docs.heading("States");
    docs
}

/// Returns the documentation below the diagram.
pub(super) fn tables(
    api: &Api,
    flow: &Flow,
    options: &Options,
    folder: &str,
    module: &str,
    names: &Names<'_>,
) -> Result<TokenStream, EmitError> {
    let mut docs = Docs::default();
    docs.list(flow.states.iter().map(|state| {
        let does = match &state.role {
            Role::Step(step) => {
                let operation = api.operation(&step.send);
                let deprecated = operation.and_then(|operation| operation.deprecated.as_ref());
                let remark = deprecated.map_or("", |_| " (deprecated)");
                format!(
                    "Sends {}{remark} {}{}.",
                    code(&step.send),
                    schedule(step),
                    carried(flow, step)
                )
            }
            Role::End(End::Escalated) => "The end: people have to find out.".to_owned(),
            Role::End(end) => format!("The end: {}.", end.as_str()),
        };
        let about = sentence(&prose(&state.description));
        format!("{}: {about} {does}", code(&state.name))
    }));
    if let Some(expires) = &flow.expires {
        let pointer = format!("/{}", expires.join("/"));
        docs.paragraph().own(&format!(
            "{} of {} bounds all waiting.",
            code(&pointer),
            code(&flow.principal)
        ));
    }
    if let Some(end) = flow.contradicted() {
        docs.paragraph().own(&format!(
            "A message that contradicts the request (another id, another value of a field that must \
             agree) leads from every state to {}, whatever else it says.",
            code(&flow.state(end).name)
        ));
    }
    docs.heading("Events");
    docs.verbatim(events(flow));
    summary::sources(&mut docs, api, &flow.sources);
    if let Some(crate_name) = &options.crate_name {
        docs.heading("Example");
        docs.verbatim(example(crate_name, folder, module, flow, names)?);
    }
    let lines = docs.lines();
    let lines = lines.iter().map(|line| comment(line));
    // The diagram ends with its last line: Markdown continues after an empty one.
    Ok(quote!(#![doc = ""] #(#![doc = #lines])*))
}

/// Returns the values that the request of a step carries, in words: nothing if there are none.
fn carried(flow: &Flow, step: &Step) -> String {
    let values = flow.carried_by(&step.send).map(|one| {
        let field = code(&format!("/{}", one.field));
        let (path, from) = (code(&pointer(&one.path)), code(&one.from));
        let message = one.side.of_operation();
        format!("{field} from {path} of the {message} {from}")
    });
    let values: Vec<String> = values.collect();
    match values.is_empty() {
        true => String::new(),
        false => format!(", with {}", values.join(", ")),
    }
}

/// Returns the table of events, with the states that each leads to. It has two columns, whose texts wrap,
/// because a column for each step does not fit on a page.
fn events(flow: &Flow) -> Vec<String> {
    let mut lines = vec![
        "| Event | Leads to |".to_owned(),
        "| --- | --- |".to_owned(),
    ];
    let number = flow.steps().count();
    for event in flow.events() {
        let mut targets: Vec<(Target, Vec<String>)> = Vec::new();
        for (_, state, step) in flow.steps() {
            let Some(row) = step.row(event) else {
                continue;
            };
            let from = code(&state.name);
            match targets.iter_mut().find(|(target, _)| *target == row.target) {
                Some((_, states)) => states.push(from),
                None => targets.push((row.target, vec![from])),
            }
        }
        let targets: Vec<String> = targets
            .iter()
            .map(|(target, states)| {
                let states = match states.len() == number {
                    true => "every step".to_owned(),
                    false => states.join(", "),
                };
                match target {
                    Target::State(id) => {
                        format!("**{}** from {states}", prose(&flow.state(*id).name))
                    }
                    Target::Again => format!("again in {states}"),
                    Target::Stay => format!("stay in {states}"),
                }
            })
            .collect();
        lines.push(format!(
            "| {} | {} |",
            code(&event.name()),
            targets.join("; ")
        ));
    }
    if let Some(end) = flow.contradicted() {
        let end = prose(&flow.state(end).name);
        lines.push(format!("| contradiction | **{end}** from every step |"));
    }
    lines
}

/// Generates an example that drives the state machine. It only contains names of our own, no text of
/// the spec.
fn example(
    crate_name: &str,
    api: &str,
    module: &str,
    flow: &Flow,
    names: &Names<'_>,
) -> Result<Vec<String>, EmitError> {
    let (crate_name, api) = (naming::ident(crate_name), naming::ident(api));
    let module = naming::ident(module);
    let start = &names.states[flow.starts.0];
    let calls = names.calls.iter().map(|party| {
        let (variant, words) = (&party.variant, format!("send {}", party.operation.id));
        quote!(Command::Send { call: Call::#variant, sending: _ } => #words)
    });
    let imports = quote! {
        use #crate_name::#api::#module::{Call, Command, Event, Limits, Machine, State, Verdict};
        use std::time::Duration;
    };
    let done = match flow.kind {
        FlowKind::Payment => vec![
            quote!(Command::Done(Verdict::Paid) => "hand out the goods"),
            quote!(Command::Done(_) => "keep the goods"),
        ],
        FlowKind::Refund => vec![
            quote!(Command::Done(Verdict::Refunded) => "book the refund"),
            quote!(Command::Done(_) => "nothing is given back"),
        ],
    };
    let next = quote! {
        #[doc = " What to do next, in words."]
        fn next(machine: &mut Machine, since_start: Duration, event: Event<'_>) -> &'static str {
            match machine.step(since_start, event) {
                #(#calls,)*
                Command::Wait(_) => "wait, unless something happens",
                #(#done,)*
                Command::Escalate => "let people find out",
            }
        }
    };
    let expires = match flow.expires {
        Some(_) => quote!(Some(Duration::from_secs(180))),
        None => quote!(None),
    };
    let begin = quote! {
        let mut machine = Machine::new(Limits {
            expires: #expires,
            pause: Duration::from_secs(2),
            timeout: Duration::from_secs(10),
        });
        assert_eq!(machine.state(), State::#start);
        let first = next(&mut machine, Duration::ZERO, Event::Tick);
        println!("{first}");
    };
    let restore = quote! {
        let line = machine.save();
        let restored = Machine::restore(&line);
        assert_eq!(restored, Ok(machine));
    };
    let mut lines = vec!["```".to_owned()];
    for item in [imports, next] {
        lines.extend(printed(item)?);
        lines.push(String::new());
    }
    lines.extend(statements(begin)?);
    lines.push(
        "// Before each sending the journal gets a line, from which a restart goes on.".to_owned(),
    );
    lines.extend(statements(restore)?);
    lines.push("```".to_owned());
    Ok(lines)
}

fn printed(items: TokenStream) -> Result<Vec<String>, EmitError> {
    let text = prettyplease::unparse(&syn::parse2(items)?);
    Ok(text.lines().map(str::to_owned).collect())
}

/// Prints statements, which is only possible as the body of a function.
fn statements(statements: TokenStream) -> Result<Vec<String>, EmitError> {
    let lines = printed(quote!(fn body() { #statements }))?;
    let body = lines.iter().skip(1).take(lines.len().saturating_sub(2));
    Ok(body
        .map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned())
        .collect())
}
