//! Names that have no Rust spelling, and names that get the same one. How names are spelt is known
//! to [`crate::emit::naming`] alone.

use super::Context;
use crate::diagnostic::{Diagnostic, codes};
use crate::emit::naming::{self, NameError};
use crate::model::{Api, Flow, Object, Operation, Origin};

/// Whether a name of ours is written as all of them are.
pub(super) fn is_snake_case(name: &str) -> bool {
    let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(letters)
        && !name.ends_with('_')
        && !name.contains("__")
}

/// The names of one scope: the spelling, the name, where it stands.
#[derive(Default)]
struct Scope {
    names: Vec<(String, String, Origin)>,
}

impl Context<'_> {
    /// Checks all names of an API.
    pub(super) fn names(&mut self, api: &Api) {
        self.snake_case(&api.id, api.origin, "id of an API");
        let mut types = Scope::default();
        for object in &api.objects {
            let spellings = naming::object_spellings(&object.name);
            self.spell(&mut types, &object.name, object.origin, spellings);
            self.fields_of(object);
        }
        for listed in &api.enums {
            let spelling = naming::type_name(&listed.name).map(|name| [name]);
            self.spell(&mut types, &listed.name, listed.origin, spelling);
            let mut variants = Scope::default();
            for value in &listed.values {
                let spelling = naming::variant_name(&value.name).map(|name| [name]);
                self.spell(&mut variants, &value.name, value.origin, spelling);
            }
            self.collisions(variants);
        }
        let mut modules = Scope::default();
        for own in [naming::TYPES_MODULE, naming::CLIENT_MODULE] {
            modules
                .names
                .push((own.to_owned(), own.to_owned(), api.origin));
        }
        for base in &api.bases {
            self.snake_case(&base.id, base.origin, "operation");
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

    fn flow_names(&mut self, flow: &Flow, modules: &mut Scope) {
        if !self.snake_case(&flow.id, flow.origin, "id of a flow") {
            return;
        }
        let module = naming::module_name(&flow.id).map(|module| [module]);
        self.spell(modules, &flow.id, flow.origin, module);
        let mut events = Scope::default();
        for name in ["no_answer", "tick"].into_iter().chain(flow.operations()) {
            let spelling = naming::variant_name(name).map(|name| [name]);
            self.spell(&mut events, name, flow.origin, spelling);
        }
        self.collisions(events);
        let mut signals = Scope::default();
        for event in flow.events() {
            let name = event.name();
            let spelling = naming::constant_name(&name).map(|spelling| [spelling]);
            self.spell(&mut signals, &name, flow.origin, spelling);
        }
        self.collisions(signals);
        let mut states = Scope::default();
        for state in &flow.states {
            if self.snake_case(&state.name, state.origin, "name of a state") {
                let spelling = naming::variant_name(&state.name).map(|name| [name]);
                self.spell(&mut states, &state.name, state.origin, spelling);
            }
        }
        self.collisions(states);
    }

    fn operation_names(&mut self, operation: &Operation, types: &mut Scope, modules: &mut Scope) {
        let origin = operation.origin;
        if !self.snake_case(&operation.id, origin, "id of an operation") {
            return;
        }
        if let Ok(names) = naming::operation_names(&operation.id) {
            let own = [&names.request, &names.response];
            let companions = own.iter().flat_map(|name| {
                [
                    naming::required_companion(name),
                    naming::builder_companion(name),
                ]
            });
            let own = own.into_iter().cloned().chain(companions);
            let all = own.chain([names.result_code, names.outcome]);
            types
                .names
                .extend(all.map(|spelling| (spelling, operation.id.clone(), origin)));
            modules
                .names
                .push((names.module, operation.id.clone(), origin));
        }
        self.fields_of(&operation.request.object);
        if let Some(response) = &operation.response {
            self.fields_of(&response.object);
        }
        let mut codes = Scope::default();
        for code in operation.result.iter().flat_map(|result| &result.codes) {
            let spelling = naming::variant_name(&code.name).map(|name| [name]);
            self.spell(&mut codes, &code.name, code.origin, spelling);
        }
        self.collisions(codes);
    }

    fn fields_of(&mut self, object: &Object) {
        let mut scope = Scope::default();
        for field in &object.fields {
            let spelling = naming::field_name(&field.name).map(|name| [name]);
            self.spell(&mut scope, &field.name, field.origin, spelling);
        }
        self.collisions(scope);
    }

    /// Takes a name into a scope, or says why it cannot be spelt.
    fn spell<const N: usize>(
        &mut self,
        scope: &mut Scope,
        name: &str,
        origin: Origin,
        spellings: Result<[String; N], NameError>,
    ) {
        match spellings {
            Ok(spellings) => {
                let spellings = spellings.into_iter();
                scope
                    .names
                    .extend(spellings.map(|spelling| (spelling, name.to_owned(), origin)));
            }
            Err(error) => self.say(
                Diagnostic::new(
                    &codes::BAD_NAME,
                    format!("the name `{name}` cannot be spelt in Rust: {error}"),
                )
                .at(self.map.word_at(origin), ""),
            ),
        }
    }

    /// Whether an id is `snake_case`.
    fn snake_case(&mut self, id: &str, origin: Origin, what: &str) -> bool {
        let good = is_snake_case(id);
        if !good {
            let better = heck::ToSnakeCase::to_snake_case(id);
            let diagnostic =
                Diagnostic::new(&codes::BAD_NAME, format!("the {what} is `snake_case`")).at(
                    self.map.word_at(origin),
                    "lower-case ASCII letters, digits and `_`",
                );
            let usable = better.is_ascii() && better.starts_with(|c: char| c.is_ascii_lowercase());
            self.say(if usable {
                diagnostic.help(format!("write `{better}`"))
            } else {
                diagnostic
            });
        }
        good
    }

    fn collisions(&mut self, mut scope: Scope) {
        // Sorting is stable: of equal spellings the first declared stays first.
        scope.names.sort_by(|a, b| a.0.cmp(&b.0));
        for pair in scope.names.windows(2) {
            let [(spelling, first, first_at), (other, second, second_at)] = pair else {
                continue;
            };
            // Equal names are reported as declared twice.
            if spelling != other || first == second {
                continue;
            }
            self.say(
                Diagnostic::new(
                    &codes::NAMES_COLLIDE,
                    format!("`{first}` and `{second}` both become `{spelling}` in Rust"),
                )
                .at(self.map.word_at(*second_at), "this one")
                .also(self.map.word_at(*first_at), "and this one"),
            );
        }
    }
}
