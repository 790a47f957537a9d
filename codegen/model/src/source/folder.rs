use std::io::ErrorKind;

use payspec_runtime::json::wide_encoding;

use super::{FileId, Files, SourceMap, Span, io_reason};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};

/// Greatest size of a spec file, in bytes.
const MAX_FILE_BYTES: u64 = 8 * 1024 * 1024;
/// Greatest size of an example message, in bytes.
pub(crate) const MAX_EXAMPLE_BYTES: u64 = 1024 * 1024;

/// The folder of one API, and the files that are read from it, as paths from the spec folder.
pub(crate) struct ApiFolder {
    pub(crate) name: String,
    pub(crate) api: String,
    pub(crate) results: Option<String>,
    pub(crate) types: Vec<String>,
    pub(crate) operations: Vec<String>,
    pub(crate) flows: Vec<String>,
}

/// Finds the APIs of a spec folder, sorted by the folders' names.
pub(crate) fn discover(files: &dyn Files, diagnostics: &mut Diagnostics) -> Vec<ApiFolder> {
    let root = files.root();
    let folders = match files.folders("") {
        Ok(folders) => folders,
        Err(error) => {
            let message = match error.kind() {
                ErrorKind::NotFound => format!("spec folder `{root}` not found"),
                _ => {
                    let why = io_reason(&error);
                    format!("the spec folder `{root}` cannot be read: {why}")
                }
            };
            diagnostics.push(Diagnostic::new(&codes::NO_SPEC, message).help(
                "pass the folder with `--spec DIR`, or create a spec with `payspec init DIR`",
            ));
            return Vec::new();
        }
    };
    let mut found = Diagnostics::default();
    let mut apis = Vec::new();
    for name in folders.into_iter().filter(|name| !is_hidden(name)) {
        if let Err(why) = may_enter(files, &name) {
            found.push(Diagnostic::new(
                &codes::UNREADABLE_FILE,
                format!("the folder `{root}/{name}` is not read: {why}"),
            ));
            continue;
        }
        match api_folder(files, &name, &mut found) {
            Ok(Some(api)) => apis.push(api),
            Ok(None) => {}
            Err(error) => found.push(Diagnostic::new(
                &codes::UNREADABLE_FILE,
                format!("the folder `{root}/{name}` cannot be read: {error}"),
            )),
        }
    }
    if apis.is_empty() && !found.has_errors() {
        let here = files.files("").unwrap_or_default();
        let help = if here.iter().any(|file| file == API_FILE) {
            // Otherwise every file in it would be reported as misplaced.
            found = Diagnostics::default();
            "this is the folder of a single API: pass its parent folder"
        } else {
            "create a spec with `payspec init DIR`"
        };
        let message = format!(
            "no API found in the spec folder `{root}`: none of its folders has an `api.yaml`"
        );
        found.push(Diagnostic::new(&codes::NO_SPEC, message).help(help));
    }
    diagnostics.extend(found.into_all());
    apis
}

/// The file that makes a folder an API.
const API_FILE: &str = "api.yaml";

fn api_folder(
    files: &dyn Files,
    name: &str,
    diagnostics: &mut Diagnostics,
) -> std::io::Result<Option<ApiFolder>> {
    let here = files.files(name)?;
    let folders: Vec<String> = files.folders(name)?;
    let mut strays = Strays { files, diagnostics };
    strays.folders(name, &folders);
    strays.not_folders(name, &here);
    let is_api = here.iter().any(|file| file == API_FILE);
    let known: &[&str] = if is_api {
        &[API_FILE, "results.yaml"]
    } else {
        &[]
    };
    strays.among(
        name,
        &here,
        known,
        if is_api {
            WHAT_IS_READ
        } else {
            "the folder of an API contains an `api.yaml`"
        },
    );
    if !is_api {
        return Ok(None);
    }
    for folder in folders.iter().filter(|name| !is_hidden(name)) {
        let path = format!("{name}/{folder}");
        if let Err(why) = may_enter(files, &path) {
            let root = files.root();
            strays.diagnostics.push(Diagnostic::new(
                &codes::UNREADABLE_FILE,
                format!("the folder `{root}/{path}` is not read: {why}"),
            ));
            return Ok(None);
        }
        if [TYPES, OPERATIONS, FLOWS].contains(&folder.as_str()) {
            strays.folders(&path, &files.folders(&path)?);
            strays.below(&path, "folders inside this one are not read")?;
        } else {
            strays.among(&path, &files.files(&path)?, &[], WHAT_IS_READ);
        }
    }
    let mut listing = |folder: &str| -> std::io::Result<Vec<String>> {
        let path = format!("{name}/{folder}");
        let (read, others): (Vec<_>, Vec<_>) = files
            .files(&path)?
            .into_iter()
            .filter(|file| !is_hidden(file))
            .partition(|file| file.ends_with(".yaml"));
        strays.among(&path, &others, &[], "its name must end in `.yaml`");
        Ok(read
            .into_iter()
            .map(|file| format!("{path}/{file}"))
            .collect())
    };
    Ok(Some(ApiFolder {
        types: listing(TYPES)?,
        operations: listing(OPERATIONS)?,
        flows: listing(FLOWS)?,
        name: name.to_owned(),
        api: format!("{name}/{API_FILE}"),
        results: here
            .iter()
            .any(|file| file == "results.yaml")
            .then(|| format!("{name}/results.yaml")),
    }))
}

const TYPES: &str = "types";
const OPERATIONS: &str = "operations";
const FLOWS: &str = "flows";
const WHAT_IS_READ: &str = "an API consists of `api.yaml`, `results.yaml`, `types/*.yaml`, `operations/*.yaml` and `flows/*.yaml`";

/// Reports YAML files that nothing reads.
struct Strays<'a> {
    files: &'a dyn Files,
    diagnostics: &'a mut Diagnostics,
}

impl Strays<'_> {
    /// Reports the unknown files of a folder.
    fn among(&mut self, folder: &str, names: &[String], known: &[&str], why: &str) {
        let root = self.files.root();
        let shown = names.iter().filter(|name| !is_hidden(name));
        for name in shown.filter(|name| is_yaml(name)) {
            if !known.contains(&name.as_str()) {
                let message = format!("unused file `{root}/{folder}/{name}`");
                self.diagnostics
                    .push(Diagnostic::new(&codes::FILE_NOT_READ, message).help(why));
            }
        }
    }

    /// Reports folders where files are expected.
    fn folders(&mut self, folder: &str, names: &[String]) {
        let root = self.files.root();
        for name in names
            .iter()
            .filter(|name| !is_hidden(name) && is_yaml(name))
        {
            let message = format!("`{root}/{folder}/{name}` is a folder, not a file");
            self.diagnostics.push(
                Diagnostic::new(&codes::UNREADABLE_FILE, message)
                    .help("give the folder a name that does not end in `.yaml`"),
            );
        }
    }

    /// Reports files, or dangling links, where the folders of an API are expected.
    fn not_folders(&mut self, folder: &str, names: &[String]) {
        let root = self.files.root();
        let expected = [TYPES, OPERATIONS, FLOWS];
        for name in names
            .iter()
            .filter(|name| expected.contains(&name.as_str()))
        {
            let message = format!("`{root}/{folder}/{name}` is not a folder");
            self.diagnostics.push(
                Diagnostic::new(&codes::UNREADABLE_FILE, message)
                    .help("if it is a link, check its target"),
            );
        }
    }

    /// Reports the files in the subfolders of a folder.
    fn below(&mut self, folder: &str, why: &str) -> std::io::Result<()> {
        let inner = self.files.folders(folder)?;
        for inner in inner.into_iter().filter(|name| !is_hidden(name)) {
            let path = format!("{folder}/{inner}");
            if may_enter(self.files, &path).is_err() {
                continue;
            }
            self.among(&path, &self.files.files(&path)?, &[], why);
        }
        Ok(())
    }
}

/// Returns whether a name belongs to an editor, a system or a tool.
fn is_hidden(name: &str) -> bool {
    name.starts_with('.')
}

/// Checks that a file or folder belongs to the spec: its name is valid, and no link leads outside.
fn may_enter(files: &dyn Files, path: &str) -> Result<(), &'static str> {
    if path.contains(char::REPLACEMENT_CHARACTER) {
        return Err("its name is not UTF-8");
    }
    match files.stays_in("", path) {
        Ok(false) => Err("a link leads out of the spec folder"),
        // A missing file is reported when it is read.
        Ok(true) | Err(_) => Ok(()),
    }
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
    if let Err(why) = may_enter(files, path) {
        let file = sources.add(path, String::new());
        let message = format!("this file is not read: {why}");
        diagnostics
            .push(Diagnostic::new(&codes::UNREADABLE_FILE, message).at(Span::new(file, 0, 0), ""));
        return None;
    }
    let bytes = match files.read(path, MAX_FILE_BYTES) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => {
            let file = sources.add(path, String::new());
            diagnostics.push(
                Diagnostic::new(&codes::FILE_TOO_LARGE, "this file is larger than 8 MiB")
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
    let not_utf8 = |what: &str| Diagnostic::new(&codes::NOT_UTF8, what).help("save it as UTF-8");
    if let Some(encoding) = wide_encoding(&bytes) {
        let file = sources.add(path, String::new());
        let what = format!("this file is {encoding}, expected UTF-8");
        diagnostics.push(not_utf8(&what).at(Span::new(file, 0, 0), ""));
        return None;
    }
    match String::from_utf8(bytes) {
        Ok(text) => Some(sources.add(path, text)),
        Err(error) => {
            let at = error.utf8_error().valid_up_to() as u32;
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let file = sources.add(path, text);
            diagnostics.push(
                // The lossy text has U+FFFD, three bytes, at this position.
                not_utf8("this file is not UTF-8")
                    .at(Span::new(file, at, at + 3), "the first invalid byte"),
            );
            None
        }
    }
}
