use std::collections::BTreeMap;

use payspec_runtime::json::Node;
use payspec_runtime::rules;

use super::Context;
use super::sources::Cited;
use crate::diagnostic::{Diagnostic, codes};
use crate::format::{self, ExampleSide};
use crate::model::{Example, Side};
use crate::source::{At, MAX_EXAMPLE_BYTES, Span};

impl Context<'_> {
    /// Reads the documented messages of an operation.
    pub(super) fn examples(
        &mut self,
        examples: &[format::Example],
        by_http_status: bool,
        list: At<'_>,
        inherited: &Cited,
    ) -> Vec<Example> {
        let mut names: BTreeMap<&str, Span> = BTreeMap::new();
        let mut resolved = Vec::new();
        for (example, at) in examples.iter().zip(list.each()) {
            let span = at.at("name").span();
            if let Some(first) = names.insert(&example.name, span) {
                let message = format!("the example `{}` is declared twice", example.name);
                self.report(
                    Diagnostic::new(&codes::DECLARED_TWICE, message)
                        .at(span, "again")
                        .also(first, "first"),
                );
            }
            let is_judged = by_http_status && example.side == ExampleSide::Response;
            self.example_status(example, is_judged, at);
            let sources = self.sources(example.source.as_ref(), at, inherited);
            let Some(json) = self.message(&example.file, at.at("file").span()) else {
                continue;
            };
            resolved.push(Example {
                name: example.name.clone(),
                side: match example.side {
                    ExampleSide::Request => Side::Request,
                    ExampleSide::Response => Side::Response,
                },
                http_status: example.status,
                file: format!("{}/{}", self.folder, example.file),
                json,
                note: example.note.clone(),
                sources: sources.ids,
                origin: self.map.origin(span),
            });
        }
        resolved
    }

    /// Checks that an example has an HTTP status exactly if that judges it.
    fn example_status(&mut self, example: &format::Example, is_judged: bool, at: At<'_>) {
        let diagnostic = match (is_judged, example.status) {
            (true, None) => {
                let message = format!("the example `{}` has no HTTP status", example.name);
                Diagnostic::new(&codes::MISSING_KEY, message)
                    .at(at.at("name").span(), "")
                    .help("add its `status`: the HTTP status decides")
            }
            (false, Some(_)) => {
                let message = format!(
                    "the HTTP status of the example `{}` has no effect",
                    example.name
                );
                Diagnostic::new(&codes::UNKNOWN_KEY, message)
                    .at(at.at("status").key_span(), "")
                    .help(
                        "remove it: only a response has one, where the result is `by: http_status`",
                    )
            }
            (true, Some(status)) if rules::has_no_body(status) => {
                let message =
                    format!("an answer with the HTTP status {status} has no body to show");
                Diagnostic::new(&codes::UNKNOWN_KEY, message)
                    .at(at.at("status").span(), "")
                    .help("remove the example")
            }
            (true, Some(_)) | (false, None) => return,
        };
        self.report(diagnostic);
    }

    /// Returns the text of an example's file.
    fn message(&mut self, file: &str, span: Span) -> Option<String> {
        let bytes = match self.read_example(file) {
            Ok(bytes) => bytes,
            Err(why) => {
                let message = format!("the example `{file}` cannot be read: {why}");
                self.report(Diagnostic::new(&codes::NO_EXAMPLE, message).at(span, ""));
                return None;
            }
        };
        if let Err(error) = Node::from_slice(&bytes) {
            let message = format!("the example `{file}` cannot be read: {error}");
            self.report(Diagnostic::new(&codes::EXAMPLE_NOT_JSON, message).at(span, ""));
            return None;
        }
        String::from_utf8(bytes).ok()
    }

    fn read_example(&self, file: &str) -> Result<Vec<u8>, String> {
        let strange = |part: &str| matches!(part, "" | "." | "..") || part.contains(['\\', ':']);
        if file.split('/').any(strange) {
            return Err("its path must stay inside the folder of the API".to_owned());
        }
        let path = format!("{}/{file}", self.folder);
        if let Ok(false) = self.files.stays_in(self.folder, &path) {
            return Err("a link leads out of the folder of the API".to_owned());
        }
        match self.files.read(&path, MAX_EXAMPLE_BYTES) {
            Ok(Some(bytes)) => Ok(bytes),
            Ok(None) => Err("it is larger than 1 MiB".to_owned()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Err("file not found".to_owned())
            }
            Err(error) => Err(error.to_string()),
        }
    }
}
