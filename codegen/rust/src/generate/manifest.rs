//! The `Cargo.toml` beside a source folder: its settings for payspec, and the features that payspec
//! writes into it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use toml_edit::{Array, DocumentMut, Item, Table, TableLike, Value};

use super::GenerateError;
use crate::emit::features::{Feature, client, features};
use crate::emit::rust::{ExampleCrates, Package};
use payspec_model::model::Model;
use payspec_model::naming::{CLIENT_FEATURE, DEFAULT_FEATURE};
use payspec_runtime::closest;

/// A manifest that was read.
pub(super) struct Manifest {
    path: PathBuf,
    pub(super) text: String,
    document: DocumentMut,
}

/// The crate that generated code uses.
const RUNTIME: &str = "payspec-runtime";

/// The table of the settings for payspec.
const SETTINGS: [&str; 3] = ["package", "metadata", "payspec"];

/// The setting for a feature for each operation and flow.
const OPERATION_FEATURES: &str = "operation-features";

/// The setting for clients, behind a feature.
const CLIENT_SETTING: &str = "client-feature";

/// The setting for OpenAPI documents and JSON Schemas beside the source.
const OPENAPI_SETTING: &str = "openapi";

/// The settings of a crate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Settings {
    /// A feature for each operation and flow.
    pub(super) operation_features: bool,
    /// Clients, behind a feature.
    pub(super) client_feature: bool,
    /// OpenAPI documents and JSON Schemas, in a folder beside the source.
    pub(super) openapi: bool,
}

impl Settings {
    /// Returns the features that the crate must have for a model.
    pub(super) fn features(self, model: &Model) -> Vec<Feature> {
        let mut features = match self.operation_features {
            true => features(model),
            false => Vec::new(),
        };
        if self.client_feature {
            features.push(client());
        }
        features
    }
}

/// The comment above a table of features that payspec adds.
const COMMENT: &str =
    "\n# Written by `payspec generate`: one feature for each operation and flow.\n";

impl Manifest {
    /// Reads the `Cargo.toml` beside a folder named `src`; [`None`] if there is none.
    pub(super) fn beside(source: &Path) -> Result<Option<Self>, GenerateError> {
        if source.file_name().is_none_or(|name| name != "src") {
            return Ok(None);
        }
        let path = source.with_file_name("Cargo.toml");
        match fs::symlink_metadata(&path) {
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(GenerateError::io("look at", &path)(error)),
        }
        let text = fs::read_to_string(&path).map_err(GenerateError::io("read", &path))?;
        Self::parse(path, text).map(Some)
    }

    fn parse(path: PathBuf, text: String) -> Result<Self, GenerateError> {
        match text.parse() {
            Ok(document) => Ok(Manifest {
                path,
                text,
                document,
            }),
            Err(error) => Err(GenerateError::Manifest {
                path,
                reason: error.to_string().trim_end().to_owned(),
            }),
        }
    }

    fn error(&self, reason: impl Into<String>) -> GenerateError {
        GenerateError::Manifest {
            path: self.path.clone(),
            reason: reason.into(),
        }
    }

    /// Returns the name of the library in code; [`None`] if it is not a plain name.
    pub(super) fn crate_name(&self) -> Option<String> {
        let name = |section: &str| self.document.get(section)?.get("name")?.as_str();
        let name = name("lib").or_else(|| name("package"))?.replace('-', "_");
        syn::parse_str::<syn::Ident>(&name).is_ok().then_some(name)
    }

    /// Returns the name and the version of the package, and the crates that its examples can use; [`None`]
    /// if the manifest states no version, neither itself nor as a member of a workspace.
    pub(super) fn package(&self) -> Option<Package> {
        let package = self.document.get("package")?;
        let version = package.get("version")?;
        let version = match version.as_str() {
            Some(version) => version.to_owned(),
            None => self.workspace_version()?,
        };
        let has = |name: &str, feature: Option<&str>| {
            ["dependencies", "dev-dependencies"].iter().any(|section| {
                let dependency = self.document.get(section).and_then(|table| table.get(name));
                dependency.is_some_and(|dependency| {
                    feature.is_none_or(|feature| enables(dependency, feature))
                })
            })
        };
        Some(Package {
            name: package.get("name")?.as_str()?.to_owned(),
            version,
            examples: ExampleCrates {
                ureq: has(RUNTIME, Some("ureq")),
                reqwest: has(RUNTIME, Some("reqwest")),
                mock: has("payspec-mock", None) && has("payspec-model", None),
            },
        })
    }

    /// Returns the version that the nearest workspace above gives to its members.
    fn workspace_version(&self) -> Option<String> {
        // The parent of a bare file name is empty.
        let folder = fs::canonicalize(Path::new(".").join(self.path.parent()?)).ok()?;
        folder.ancestors().find_map(|folder| {
            let text = fs::read_to_string(folder.join("Cargo.toml")).ok()?;
            let document: DocumentMut = text.parse().ok()?;
            let package = document.get("workspace")?.get("package")?;
            Some(package.get("version")?.as_str()?.to_owned())
        })
    }

    /// Returns the settings of the crate.
    pub(super) fn settings(&self) -> Result<Settings, GenerateError> {
        let mut place = Some(self.document.as_item());
        for key in SETTINGS {
            place = place.and_then(|item| item.get(key));
        }
        let Some(settings) = place else {
            return Ok(Settings::default());
        };
        let table = settings
            .as_table_like()
            .ok_or_else(|| self.error(format!("`{}` is not a table", SETTINGS.join("."))))?;
        let known = [OPERATION_FEATURES, CLIENT_SETTING, OPENAPI_SETTING];
        if let Some((unknown, _)) = table.iter().find(|(key, _)| !known.contains(key)) {
            let hint = match closest(unknown, known) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("expected one of: `{}`", known.join("`, `")),
            };
            return Err(self.error(format!(
                "`{}` has no setting `{unknown}`; {hint}",
                SETTINGS.join(".")
            )));
        }
        let is_on = |key: &str| match table.get(key).map(Item::as_bool) {
            None => Ok(false),
            Some(Some(wanted)) => Ok(wanted),
            Some(None) => Err(self.error(format!(
                "`{}.{key}` is neither `true` nor `false`",
                SETTINGS.join(".")
            ))),
        };
        Ok(Settings {
            operation_features: is_on(OPERATION_FEATURES)?,
            client_feature: is_on(CLIENT_SETTING)?,
            openapi: is_on(OPENAPI_SETTING)?,
        })
    }

    /// Returns the text of the manifest with these features, and everything else unchanged.
    ///
    /// If payspec keeps features that are on by default, it owns the existing features that `default`
    /// names and that enable nothing of a dependency: it removes them when they are no longer needed.
    /// All others stay.
    pub(super) fn with_features(&self, features: &[Feature]) -> Result<String, GenerateError> {
        if let Some(feature) = features.iter().find(|one| one.name == DEFAULT_FEATURE) {
            return Err(self.error(format!(
                "the operation `{}` cannot have a feature of its name, which cargo has for the set \
                 that is on by default; rename it, or turn `{OPERATION_FEATURES}` off",
                feature.name
            )));
        }
        let clients = features.iter().filter(|one| one.name == CLIENT_FEATURE);
        if clients.count() > 1 {
            return Err(self.error(format!(
                "the operation `{CLIENT_FEATURE}` cannot have a feature of its name, which `{CLIENT_SETTING}` \
                 has; rename it, or turn one of the two off"
            )));
        }
        let mut document = self.document.clone();
        let table = document.entry("features").or_insert_with(|| {
            let mut table = Table::new();
            table.decor_mut().set_prefix(COMMENT);
            Item::Table(table)
        });
        let table = table
            .as_table_like_mut()
            .ok_or_else(|| self.error("`features` is not a table"))?;
        let changed = update_features(table, features).map_err(|reason| self.error(reason))?;
        if !changed {
            return Ok(self.text.clone());
        }
        if self.path.is_symlink() {
            return Err(GenerateError::Link {
                path: self.path.clone(),
            });
        }
        if let Some(table) = document.get_mut("features").and_then(Item::as_table_mut) {
            let place = |name: &str| match name {
                DEFAULT_FEATURE => 0,
                name => features
                    .iter()
                    .position(|one| one.name == name)
                    .map_or(usize::MAX, |index| index + 1),
            };
            table.sort_values_by(|one, _, other, _| place(one).cmp(&place(other)));
        }
        let text = document.to_string();
        Ok(match self.text.contains("\r\n") {
            true => text.replace("\r\n", "\n").replace('\n', "\r\n"),
            false => text,
        })
    }
}

/// Updates a table of features; returns whether it changed.
fn update_features(table: &mut dyn TableLike, features: &[Feature]) -> Result<bool, String> {
    let is_wanted = |name: &str| features.iter().any(|one| one.name == name);
    let kept = |table: &dyn TableLike, name: &str| -> Result<Vec<String>, String> {
        let mut names = implied(table, name)?.unwrap_or_default();
        names.retain(|name| is_of_dependency(name));
        Ok(names)
    };
    let mut wanted = Vec::new();
    for feature in features {
        let mut own = kept(table, &feature.name)?;
        own.retain(|name| !feature.implies.contains(name));
        wanted.push((
            feature.name.as_str(),
            [feature.implies.clone(), own].concat(),
        ));
    }
    let on = features.iter().filter(|one| one.default);
    let mut default: Vec<String> = on.map(|one| one.name.clone()).collect();
    let owns_default = !default.is_empty();
    let mut stale = Vec::new();
    for name in implied(table, DEFAULT_FEATURE)?.unwrap_or_default() {
        if default.contains(&name) {
            continue;
        }
        match implied(table, &name)? {
            Some(names)
                if owns_default
                    && !is_wanted(&name)
                    && !names.iter().any(|name| is_of_dependency(name)) =>
            {
                stale.push(name)
            }
            Some(_) | None => default.push(name),
        }
    }
    if owns_default {
        wanted.push((DEFAULT_FEATURE, default));
    }
    let mut changed = !stale.is_empty();
    for name in stale {
        table.remove(&name);
    }
    for (name, names) in wanted {
        if implied(table, name)?.as_ref() != Some(&names) {
            table.insert(name, Item::Value(list(&names)));
            changed = true;
        }
    }
    Ok(changed)
}

/// Returns the features that a feature enables; [`None`] if the feature does not exist.
fn implied(table: &dyn TableLike, name: &str) -> Result<Option<Vec<String>>, String> {
    let Some(item) = table.get(name) else {
        return Ok(None);
    };
    let texts = item.as_array().and_then(|array| {
        let texts = array.iter().map(|value| value.as_str().map(str::to_owned));
        texts.collect::<Option<Vec<_>>>()
    });
    texts
        .map(Some)
        .ok_or_else(|| format!("the feature `{name}` is not a list of texts"))
}

/// Returns whether a dependency enables a feature.
fn enables(dependency: &Item, feature: &str) -> bool {
    let features = dependency.get("features").and_then(Item::as_array);
    features.is_some_and(|features| features.iter().any(|one| one.as_str() == Some(feature)))
}

/// Returns whether an enabled item is a dependency, or a feature of one.
fn is_of_dependency(name: &str) -> bool {
    name.starts_with("dep:") || name.contains('/')
}

/// Returns a list of texts: several of them on a line each.
fn list(texts: &[String]) -> Value {
    let mut array: Array = texts.iter().map(String::as_str).collect();
    if texts.len() > 1 {
        for value in array.iter_mut() {
            value.decor_mut().set_prefix("\n    ");
        }
        array.set_trailing("\n");
        array.set_trailing_comma(true);
    }
    Value::Array(array)
}

#[cfg(test)]
mod tests;
