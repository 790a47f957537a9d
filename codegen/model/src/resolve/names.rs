//! Names that have no Rust spelling, and names that have the same one. [`crate::naming`] alone knows
//! the spellings.

use super::Context;
use crate::diagnostic::{Diagnostic, codes};
use crate::model::{Api, Flow, Object, Operation, Origin};
use crate::naming::{self, NameError};

/// Returns whether a name of the spec format is in snake case.
pub(super) fn is_snake_case(name: &str) -> bool {
    let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(letters)
        && !name.ends_with('_')
        && !name.contains("__")
}

/// A name of the spec, or one that the generator reserves.
#[derive(Clone, Copy, PartialEq)]
struct Name<'n> {
    text: &'n str,
    kind: Kind,
    /// The place of the name; [`None`] for the generator's own.
    origin: Option<Origin>,
}

/// The kind of construct that a name belongs to. Two equal names of the same kind are a duplicate
/// declaration, reported elsewhere; of different kinds, they collide.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Own,
    Type,
    Field,
    Value,
    Code,
    Outcome,
    Operation,
    Flow,
    Event,
    State,
}

impl Kind {
    const fn as_str(self) -> &'static str {
        match self {
            Kind::Own => "generated code",
            Kind::Type => "type",
            Kind::Field => "field",
            Kind::Value => "value",
            Kind::Code => "code",
            Kind::Outcome => "outcome",
            Kind::Operation => "operation",
            Kind::Flow => "flow",
            Kind::Event => "event",
            Kind::State => "state",
        }
    }
}

impl Kind {
    /// Returns whether a `rust_name` can stand for the name.
    const fn may_be_renamed(self) -> bool {
        match self {
            Kind::Value | Kind::Code | Kind::Field => true,
            Kind::Own
            | Kind::Type
            | Kind::Operation
            | Kind::Flow
            | Kind::Event
            | Kind::State
            | Kind::Outcome => false,
        }
    }
}

/// The names of one scope, each with its spelling.
#[derive(Default)]
struct Scope<'n> {
    names: Vec<(String, Name<'n>)>,
}

impl<'n> Scope<'n> {
    /// Makes a scope in which the generator uses these spellings itself.
    fn with(own: impl IntoIterator<Item = (String, &'n str)>) -> Self {
        let own = own.into_iter().map(|(spelling, text)| {
            let (kind, origin) = (Kind::Own, None);
            (spelling, Name { text, kind, origin })
        });
        Scope {
            names: own.collect(),
        }
    }
}

impl Context<'_> {
    /// Checks all names of an API.
    pub(super) fn names(&mut self, api: &Api) {
        if self.snake_case(&api.id, api.origin, "id of an API") {
            let name = named(&api.id, Kind::Own, api.origin);
            self.spell(
                &mut Scope::default(),
                name,
                one(naming::module_name(&api.id)),
            );
        }
        let mut types = Scope::default();
        for object in &api.objects {
            let name = named(&object.name, Kind::Type, object.origin);
            self.spell(&mut types, name, naming::object_spellings(&object.name));
            self.fields_of(object);
        }
        for listed in &api.enums {
            let name = named(&listed.name, Kind::Type, listed.origin);
            self.spell(&mut types, name, one(naming::type_name(&listed.name)));
            let mut variants = Scope::default();
            for value in &listed.values {
                let name = named(&value.name, Kind::Value, value.origin);
                self.spell(
                    &mut variants,
                    name,
                    one(naming::variant_name(value.spelling())),
                );
            }
            self.collisions(variants);
        }
        for union in &api.unions {
            let name = named(&union.name, Kind::Type, union.origin);
            self.spell(&mut types, name, one(naming::type_name(&union.name)));
            let mut variants = Scope::default();
            for variant in &union.variants {
                let name = named(&variant.tag, Kind::Value, variant.origin);
                let spelling = naming::variant_name(variant.spelling());
                self.spell(&mut variants, name, one(spelling));
            }
            self.collisions(variants);
        }
        // A module and the method of the clients have the same name.
        let own = naming::OWN_MODULES.iter().chain(naming::OWN_METHODS);
        let mut modules = Scope::with(own.map(|own| ((*own).to_owned(), *own)));
        for base in &api.bases {
            self.snake_case(&base.id, base.origin, "id of an operation");
        }
        for operation in &api.operations {
            self.operation_names(operation, &mut types, &mut modules);
        }
        for flow in &api.flows {
            self.flow_names(flow, &mut modules);
        }
        self.collisions(types);
        self.collisions(modules);
    }

    fn flow_names<'n>(&mut self, flow: &'n Flow, modules: &mut Scope<'n>) {
        if !self.snake_case(&flow.id, flow.origin, "id of a flow") {
            return;
        }
        let name = named(&flow.id, Kind::Flow, flow.origin);
        self.spell(modules, name, one(naming::module_name(&flow.id)));
        let own = naming::OWN_EVENTS.iter().filter_map(|own| {
            let spelling = naming::variant_name(own).ok()?;
            Some((spelling, *own))
        });
        let mut events = Scope::with(own);
        for id in flow.operations() {
            let name = named(id, Kind::Operation, flow.origin);
            self.spell(&mut events, name, one(naming::variant_name(id)));
        }
        self.collisions(events);
        let happening: Vec<String> = flow.events().iter().map(|event| event.name()).collect();
        let mut signals = Scope::default();
        for event in &happening {
            let name = named(event, Kind::Event, flow.origin);
            self.spell(&mut signals, name, one(naming::constant_name(event)));
        }
        self.collisions(signals);
        let mut states = Scope::default();
        for state in &flow.states {
            if self.snake_case(&state.name, state.origin, "name of a state") {
                let name = named(&state.name, Kind::State, state.origin);
                self.spell(&mut states, name, one(naming::variant_name(&state.name)));
            }
        }
        self.collisions(states);
    }

    fn operation_names<'n>(
        &mut self,
        operation: &'n Operation,
        types: &mut Scope<'n>,
        modules: &mut Scope<'n>,
    ) {
        let origin = operation.origin;
        if !self.snake_case(&operation.id, origin, "id of an operation") {
            return;
        }
        let name = named(&operation.id, Kind::Operation, origin);
        let spellings = naming::operation_names(&operation.id);
        if let Ok(names) = &spellings {
            let own = [&names.request, &names.response];
            let companions = own.iter().flat_map(|name| {
                [
                    naming::required_companion(name),
                    naming::builder_companion(name),
                ]
            });
            let own = own.into_iter().cloned().chain(companions);
            let all = own.chain([names.result_code.clone(), names.outcome.clone()]);
            types.names.extend(all.map(|spelling| (spelling, name)));
        }
        self.spell(modules, name, one(spellings.map(|names| names.module)));
        self.fields_of(&operation.request.object);
        if let Some(response) = &operation.response {
            self.fields_of(&response.object);
        }
        let mut codes = Scope::default();
        for code in operation.result.iter().flat_map(|result| &result.codes) {
            let name = named(&code.name, Kind::Code, code.origin);
            self.spell(&mut codes, name, one(naming::variant_name(code.spelling())));
        }
        self.collisions(codes);
        let mut outcomes = Scope::default();
        for decision in operation.result.iter().flat_map(|result| &result.decisions) {
            let name = named(&decision.name, Kind::Outcome, decision.origin);
            self.spell(
                &mut outcomes,
                name,
                one(naming::variant_name(&decision.name)),
            );
        }
        self.collisions(outcomes);
    }

    fn fields_of(&mut self, object: &Object) {
        let mut scope = Scope::default();
        for field in &object.fields {
            let name = named(&field.name, Kind::Field, field.origin);
            self.spell(&mut scope, name, one(naming::field_name(field.spelling())));
        }
        self.collisions(scope);
    }

    /// Adds a name to a scope, or reports why it has no spelling.
    fn spell<'n, const N: usize>(
        &mut self,
        scope: &mut Scope<'n>,
        name: Name<'n>,
        spellings: Result<[String; N], NameError>,
    ) {
        match spellings {
            Ok(spellings) => {
                let spellings = spellings.into_iter();
                scope
                    .names
                    .extend(spellings.map(|spelling| (spelling, name)));
            }
            Err(error) => {
                let shown: String = name.text.chars().take(MOST_SHOWN).collect();
                let mut bad = Diagnostic::new(
                    &codes::BAD_NAME,
                    format!("the name `{shown}` cannot become a Rust name: {error}"),
                );
                if let Some(origin) = name.origin {
                    bad = bad.at(self.map.word_at(origin), "");
                }
                if name.kind.may_be_renamed() {
                    bad = bad.help("name it for Rust with `rust_name`");
                }
                self.report(bad);
            }
        }
    }

    /// Returns whether an id is `snake_case`.
    fn snake_case(&mut self, id: &str, origin: Origin, what: &str) -> bool {
        let good = is_snake_case(id);
        if !good {
            let better = heck::ToSnakeCase::to_snake_case(id);
            let diagnostic =
                Diagnostic::new(&codes::BAD_NAME, format!("the {what} must be `snake_case`")).at(
                    self.map.word_at(origin),
                    "expected lower-case ASCII letters, digits and `_`",
                );
            let usable = better.is_ascii() && better.starts_with(|c: char| c.is_ascii_lowercase());
            self.report(if usable {
                diagnostic.help(format!("write `{better}`"))
            } else {
                diagnostic
            });
        }
        good
    }

    fn collisions(&mut self, mut scope: Scope<'_>) {
        // Sorting is stable: of equal spellings the first declared stays first.
        scope.names.sort_by(|a, b| a.0.cmp(&b.0));
        for pair in scope.names.windows(2) {
            let [(spelling, first), (other, second)] = pair else {
                continue;
            };
            let is_same = (first.text, first.kind) == (second.text, second.kind);
            let Some(at) = second.origin.filter(|_| spelling == other && !is_same) else {
                continue;
            };
            let message = match (first.origin, first.text == second.text) {
                (None, _) => format!(
                    "`{}` becomes `{spelling}` in Rust, a name that is reserved for the generated code",
                    second.text
                ),
                (Some(_), true) => format!(
                    "the {} `{}` and the {} of the same name both become `{spelling}` in Rust",
                    first.kind.as_str(),
                    first.text,
                    second.kind.as_str()
                ),
                (Some(_), false) => format!(
                    "`{}` and `{}` both become `{spelling}` in Rust",
                    first.text, second.text
                ),
            };
            let mut collision = Diagnostic::new(&codes::NAMES_COLLIDE, message)
                .at(self.map.word_at(at), "this one");
            if let Some(first) = first.origin {
                collision = collision.also(self.map.word_at(first), "and this one");
            }
            let help = match second.kind.may_be_renamed() {
                true => "give one of them a `rust_name`",
                false => "give one of them another name",
            };
            self.report(collision.help(help));
        }
    }
}

/// Number of characters that are shown of a name without a spelling.
const MOST_SHOWN: usize = 80;

fn named(text: &str, kind: Kind, origin: Origin) -> Name<'_> {
    Name {
        text,
        kind,
        origin: Some(origin),
    }
}

/// Wraps the spelling of a name that has only one.
fn one(spelling: Result<String, NameError>) -> Result<[String; 1], NameError> {
    spelling.map(|spelling| [spelling])
}
