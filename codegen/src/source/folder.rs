use std::io::ErrorKind;

use super::{FileId, Files, SourceMap, Span};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};

/// Greatest size of a spec file.
const MAX_FILE_BYTES: u64 = 8 * 1024 * 1024;
/// Greatest size of an example message.
pub(crate) const MAX_EXAMPLE_BYTES: u64 = 1024 * 1024;

/// The folder of one API and the files that are read from it, each as a path from the spec folder.
pub(crate) struct ApiFolder {
    pub(crate) name: String,
    pub(crate) api: String,
    pub(crate) results: Option<String>,
    pub(crate) types: Vec<String>,
    pub(crate) operations: Vec<String>,
}

/// Finds the APIs of a spec folder, sorted by the folders' names.
pub(crate) fn discover(files: &dyn Files, diagnostics: &mut Diagnostics) -> Vec<ApiFolder> {
    let root = files.root();
    let folders = match files.folders("") {
        Ok(folders) => folders,
        Err(error) => {
            let message = match error.kind() {
                ErrorKind::NotFound => format!("there is no spec folder `{root}`"),
                _ => format!("the spec folder `{root}` cannot be read: {error}"),
            };
            diagnostics
                .push(Diagnostic::new(&codes::NO_SPEC, message).help(
                    "name the folder with `--spec DIR`; `payspec init DIR` writes a starter",
                ));
            return Vec::new();
        }
    };
    let mut apis = Vec::new();
    for name in folders {
        match api_folder(files, &name, diagnostics) {
            Ok(Some(api)) => apis.push(api),
            Ok(None) => {}
            Err(error) => diagnostics.push(Diagnostic::new(
                &codes::UNREADABLE_FILE,
                format!("the folder `{root}/{name}` cannot be read: {error}"),
            )),
        }
    }
    if apis.is_empty() && diagnostics.is_empty() {
        diagnostics.push(
            Diagnostic::new(
                &codes::NO_SPEC,
                format!("the spec folder `{root}` holds no API: no folder in it has an `api.yaml`"),
            )
            .help("`payspec init DIR` writes a starter"),
        );
    }
    apis
}

fn api_folder(
    files: &dyn Files,
    name: &str,
    diagnostics: &mut Diagnostics,
) -> std::io::Result<Option<ApiFolder>> {
    let here = files.files(name)?;
    if !here.iter().any(|file| file == "api.yaml") {
        return Ok(None);
    }
    let root = files.root();
    let mut stray = |path: String, why: &str| {
        diagnostics.push(
            Diagnostic::new(
                &codes::FILE_NOT_READ,
                format!("nothing reads `{root}/{path}`"),
            )
            .help(why),
        );
    };
    for file in &here {
        let is_known = file == "api.yaml" || file == "results.yaml";
        if is_yaml(file) && !is_known {
            stray(
                format!("{name}/{file}"),
                "an API has `api.yaml`, `results.yaml`, `types/*.yaml` and `operations/*.yaml`",
            );
        }
    }
    let mut listing = |folder: &str| -> std::io::Result<Vec<String>> {
        let mut paths = Vec::new();
        for file in files.files(&format!("{name}/{folder}"))? {
            let path = format!("{name}/{folder}/{file}");
            if file.ends_with(".yaml") {
                paths.push(path);
            } else if is_yaml(&file) {
                stray(path, "its name must end in `.yaml`");
            }
        }
        Ok(paths)
    };
    Ok(Some(ApiFolder {
        types: listing("types")?,
        operations: listing("operations")?,
        name: name.to_owned(),
        api: format!("{name}/api.yaml"),
        results: here
            .iter()
            .any(|file| file == "results.yaml")
            .then(|| format!("{name}/results.yaml")),
    }))
}

fn is_yaml(file: &str) -> bool {
    let lower = file.to_ascii_lowercase();
    lower.ends_with(".yaml") || lower.ends_with(".yml")
}

/// Reads a spec file as UTF-8 text into the source map.
pub(super) fn load_text(
    files: &dyn Files,
    path: &str,
    sources: &mut SourceMap,
    diagnostics: &mut Diagnostics,
) -> Option<FileId> {
    let bytes = match files.read(path, MAX_FILE_BYTES) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => {
            let file = sources.add(path, String::new());
            diagnostics.push(
                Diagnostic::new(&codes::FILE_TOO_LARGE, "this file has more than 8 MiB")
                    .at(Span::new(file, 0, 0), "")
                    .help("split it: all files below `types/` are read"),
            );
            return None;
        }
        Err(error) => {
            let file = sources.add(path, String::new());
            diagnostics.push(
                Diagnostic::new(
                    &codes::UNREADABLE_FILE,
                    format!("this file cannot be read: {error}"),
                )
                .at(Span::new(file, 0, 0), ""),
            );
            return None;
        }
    };
    match String::from_utf8(bytes) {
        Ok(text) => Some(sources.add(path, text)),
        Err(error) => {
            let at = error.utf8_error().valid_up_to() as u32;
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let file = sources.add(path, text);
            diagnostics.push(
                Diagnostic::new(&codes::NOT_UTF8, "this file is not UTF-8")
                    // The lossy text has U+FFFD, three bytes, in this place.
                    .at(Span::new(file, at, at + 3), "the first byte that is not")
                    .help("save it as UTF-8"),
            );
            None
        }
    }
}
