//! One small case for each feature of the spec format: a folder below `cases/` with a spec, the
//! source that is generated from it, and messages with what they break and what they decide.
//!
//! The expected source is also what the messages are decoded with: it is compiled into this test.
//! `CONTRIBUTING.md` says what a folder holds; `INSTA_UPDATE=always` writes what is expected anew.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs};

use payspec_codegen::emit::rust::{ClientCode, Options, Root};
use payspec_codegen::generate;
use payspec_model::check::Checker;
use payspec_model::diagnostic;
use payspec_model::model::{Caller, Side};
use payspec_runtime::request::RequestLayout;
use payspec_runtime::{Message, Severity, Validate, Violation, decode, encode};
use payspec_tests::agree::Validators;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A test for a folder, with the sides that its operation `send` has types for.
macro_rules! case {
    ($module:ident: $folder:literal $(, $side:ident)*) => {
        #[test]
        #[allow(unused_mut)]
        fn $module() {
            let mut case = super::Case::load($folder);
            $(case!(@ case, $module, $side);)*
            case.finish();
        }
    };
    (@ $case:ident, $module:ident, request) => {
        $case.messages::<$module::demo::send::SendRequest>(super::Side::Request, |_, _| None);
    };
    (@ $case:ident, $module:ident, response) => {
        $case.messages::<$module::demo::send::SendResponse>(super::Side::Response, |_, _| None);
    };
    (@ $case:ident, $module:ident, judged) => {
        $case.messages::<$module::demo::send::SendRequest>(super::Side::Request, |request, _| {
            Some(format!("{:#?}\n", request.outcome()))
        });
    };
    (@ $case:ident, $module:ident, outcome) => {
        $case.messages::<$module::demo::send::SendResponse>(super::Side::Response, |answer, _| {
            Some(format!("{:#?}\n", answer.outcome()))
        });
    };
    (@ $case:ident, $module:ident, outcome_by_http_status) => {
        $case.messages::<$module::demo::send::SendResponse>(super::Side::Response, |answer, name| {
            let status = super::http_status(name).expect("a status in the name");
            Some(format!("{:#?}\n", answer.outcome(status)))
        });
    };
}

/// The cases whose expected source has a client, which other tests use.
const WITH_CLIENT: &[&str] = &[
    "batches",
    "bearer",
    "carried",
    "forms",
    "pagination",
    "parameters",
    "proved-notifications",
    "rsa-auth",
    "signed-pairs",
    "tokens",
    "unproved-notifications",
    "webhook",
    "whole-body",
];

#[allow(clippy::module_inception, unreachable_pub)]
pub(crate) mod cases {
    include!(concat!(env!("OUT_DIR"), "/cases.rs"));
}

/// A folder whose spec is sound and whose source is as expected.
struct Case {
    folder: PathBuf,
    validators: Validators,
    /// The files that nothing has looked at yet.
    unread: BTreeSet<String>,
}

impl Case {
    fn load(name: &str) -> Case {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("cases")
            .join(name);
        let loaded = payspec_model::load(&folder);
        let report = diagnostic::human(&loaded.diagnostics, &loaded.sources, false);
        assert_eq!(report, "", "the spec of {name} is not sound");
        let model = loaded.model.expect("a spec without errors");

        let mut options = Options::new(&folder, Root::Include);
        if WITH_CLIENT.contains(&name) {
            options.client = ClientCode::Always;
        }
        let plan = generate::prepare(&model, &options, &folder.join("expected"));
        let plan = plan.expect("it can be written");
        if is_update() {
            generate::apply(&plan).expect("it can be written");
            assert!(
                plan.is_empty(),
                "the source of {name} is written; run again"
            );
        }
        assert!(plan.is_empty(), "{name}: not as expected:\n{}", plan.diff());

        let unread = files_of(&folder);
        Case {
            folder,
            validators: Validators::new(model),
            unread,
        }
    }

    /// Goes through the messages of one side: `valid…`, `warned…` and `invalid…`.
    fn messages<T>(&mut self, side: Side, outcome: fn(&T, &str) -> Option<String>)
    where
        T: Message + Validate + Serialize + DeserializeOwned,
    {
        let ending = format!(".{side}.json");
        let names: Vec<String> = self
            .unread
            .iter()
            .filter_map(|file| file.strip_suffix(&ending).map(str::to_owned))
            .collect();
        for name in names {
            let file = format!("{name}{ending}");
            self.unread.remove(&file);
            let json = fs::read(self.folder.join(&file)).expect("a message");
            let violations = self
                .validators
                .both::<T>("send", side, &json)
                .unwrap_or_else(|| panic!("{file} is not JSON"));
            self.violations(&name, &violations);
            match decode::<T>(&json) {
                Ok(message) => {
                    if name.starts_with("valid") {
                        let written = encode(&message).expect("it can be written");
                        assert_eq!(parsed(&written), parsed(&json), "{file}: the round trip");
                        self.in_parts::<T>(side, &written);
                    }
                    if let Some(outcome) = outcome(&message, &name) {
                        self.outcome(&name, side, &json, &outcome);
                    }
                }
                Err(error) => assert!(name.starts_with("invalid"), "{file}: {error}"),
            }
        }
    }

    /// Takes a request apart as the client does, and puts it together as the mock gateway does.
    fn in_parts<T: Message>(&self, side: Side, json: &[u8]) {
        let (api, operation) = self.validators.operation("send");
        if side == Side::Response || operation.caller == Caller::Provider {
            return;
        }
        let layout = operation.layout(api);
        let method = operation.method.as_str();
        let of_type = RequestLayout::of(method, &operation.path, T::schema());
        assert_eq!(layout, of_type, "the layout of the model and of the type");
        let parts = of_type.split(json).expect("it can be sent");
        let headers = parts.headers.iter();
        let headers: Vec<_> = headers
            .map(|(name, value)| (name.as_str(), value.as_bytes()))
            .collect();
        let joined = layout.join(&parts.target, &headers, &parts.body);
        assert_eq!(parsed(&joined.expect("a request")), parsed(json));
    }

    /// Compares the rules that a message breaks with the file beside it; without a file it must break none.
    fn violations(&mut self, name: &str, violations: &[Violation]) {
        let sort = match violations.iter().map(|one| one.severity).min() {
            None => "valid",
            Some(Severity::Warning) => "warned",
            Some(Severity::Error) => "invalid",
        };
        assert!(
            name.starts_with(sort),
            "{name} should be {sort}-…: {violations:#?}"
        );
        if !violations.is_empty() {
            let text = serde_json::to_string_pretty(violations).expect("JSON") + "\n";
            self.expect(&format!("{name}.violations.json"), &text);
        }
    }

    /// Compares the decision of an answer: the generated type states it in full, the message checker agrees.
    fn outcome(&mut self, name: &str, side: Side, json: &[u8], outcome: &str) {
        let (api, operation) = self.validators.operation("send");
        let checker = Checker::new(api, operation, side).expect("a body");
        let assessed = checker.assess(json, http_status(name));
        let (_, verdict) = assessed.expect("JSON");
        let decided = verdict.expect("a result handling").outcome();
        let variant = outcome.split(|char: char| !char.is_alphanumeric()).next();
        assert_eq!(
            variant.map(str::to_lowercase),
            Some(decided.replace('_', "")),
            "{name}: the generated type says {outcome}"
        );
        self.expect(&format!("{name}.outcome.txt"), outcome);
    }

    /// Holds a text against a file of the folder.
    fn expect(&mut self, file: &str, text: &str) {
        self.unread.remove(file);
        let path = self.folder.join(file);
        if is_update() {
            fs::write(&path, text).expect("it can be written");
        }
        let expected = fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("{}: {error}; expected:\n{text}", path.display()));
        assert_eq!(text, expected, "found (left), {} (right)", path.display());
    }

    /// Every file has a purpose, and the case shows a good message.
    fn finish(self) {
        let files = files_of(&self.folder);
        assert!(
            files.iter().any(|file| file.starts_with("valid")),
            "{} shows no valid message",
            self.folder.display()
        );
        assert!(
            self.unread.is_empty(),
            "nothing reads {:?} in {}",
            self.unread,
            self.folder.display()
        );
    }
}

/// Returns the HTTP status of an answer, at the end of its name: `valid-declined-402`.
fn http_status(name: &str) -> Option<u16> {
    name.rsplit_once('-')?.1.parse().ok()
}

/// Returns whether files are to be written, not compared: the variable that insta has for it.
fn is_update() -> bool {
    env::var("INSTA_UPDATE").is_ok_and(|word| word == "always")
}

fn parsed(json: &[u8]) -> Value {
    serde_json::from_slice(json).expect("JSON")
}

/// The names of the files in a case's folder itself.
fn files_of(folder: &Path) -> BTreeSet<String> {
    fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.file_type().expect("a type").is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect()
}
