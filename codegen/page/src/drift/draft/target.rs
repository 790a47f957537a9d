//! Decides where the files of a draft belong.

use std::path::{Component, Path, PathBuf};

use super::{DraftError, Role};
use payspec_model::model::{Api, Model};

/// The file that a draft is written to.
#[derive(Debug, Clone, Copy)]
pub enum Target<'a> {
    /// In the spec folder, as a path from there.
    Spec(&'a Path),
    /// Anywhere else.
    Apart(&'a Path),
}

const OPERATIONS: &str = "operations";

impl<'a> Target<'a> {
    /// Returns the target as it was named: from the spec folder, or from the working directory.
    pub(crate) fn file(self) -> &'a Path {
        match self {
            Target::Spec(file) | Target::Apart(file) => file,
        }
    }

    /// Returns the folder of the API that has the file in its `operations/`.
    fn folder(self) -> Option<&'a Path> {
        let file = self.file();
        let is_yaml = file.extension().is_some_and(|ending| ending == "yaml");
        let operations = file
            .parent()
            .filter(|folder| folder.ends_with(OPERATIONS))?;
        let folder = operations.parent().filter(|_| is_yaml)?;
        folder.file_name().map(|_| folder)
    }

    /// Returns the name of that folder.
    pub(super) fn home(self) -> Option<String> {
        let name = self.folder()?.file_name()?;
        Some(name.to_string_lossy().into_owned())
    }

    /// Returns an error if a whole operation must not be written there: a file in the spec folder
    /// must be one that is read.
    pub(super) fn takes_a_whole(self, model: &Model) -> Result<(), DraftError> {
        match self {
            Target::Spec(file) if self.folder().is_none() || file.components().count() != 3 => {
                let folder = match (file.components().next(), model.apis.as_slice()) {
                    (Some(Component::Normal(first)), _) if Path::new(first) != file => {
                        first.to_string_lossy().into_owned()
                    }
                    (_, [only]) => only.folder.clone(),
                    (_, _) => "my-api".to_owned(),
                };
                let stem = file.file_stem().unwrap_or_default().to_string_lossy();
                let stem = if stem == OPERATIONS {
                    "draft".into()
                } else {
                    stem
                };
                Err(DraftError::NotRead(format!(
                    "{folder}/{OPERATIONS}/{stem}.yaml"
                )))
            }
            Target::Spec(_) | Target::Apart(_) => Ok(()),
        }
    }

    /// Returns an error if parts of files must not be written there: the spec must not be read with
    /// them.
    pub(super) fn takes_parts(self) -> Result<(), DraftError> {
        match self {
            Target::Spec(file) if file.components().count() > 1 => Err(DraftError::Parts),
            Target::Spec(_) | Target::Apart(_) => Ok(()),
        }
    }

    /// Returns the API of the spec that a new operation belongs to; [`None`] if the API is new as
    /// well.
    pub(super) fn api(self, model: &Model) -> Result<Option<&Api>, DraftError> {
        let home = self.home();
        match (home, model.apis.as_slice()) {
            (Some(home), apis) => Ok(apis.iter().find(|api| api.folder == home)),
            (None, []) => Ok(None),
            (None, [only]) => Ok(Some(only)),
            (None, _) => Err(DraftError::WhichApi),
        }
    }

    /// Returns the path of a file of a draft. Files of a whole operation go where the spec is read
    /// from; parts of files go next to each other, for people to copy from.
    pub(super) fn place(self, role: Role, is_whole: bool) -> PathBuf {
        let file = self.file();
        let stem = file.file_stem().unwrap_or_default().to_string_lossy();
        match (role, self.folder().filter(|_| is_whole)) {
            (Role::Operation, _) => file.to_owned(),
            (other, Some(folder)) => folder.join(read_from(other, &stem)),
            (Role::Types, None) => file.with_file_name(format!("{stem}.types.yaml")),
            (Role::Results, None) => file.with_file_name(format!("{stem}.results.yaml")),
            (Role::Api, None) => file.with_file_name(format!("{stem}.api.yaml")),
        }
    }
}

/// Returns the path from which a file is read, relative to the folder of its API.
pub(super) fn read_from(role: Role, stem: &str) -> String {
    match role {
        Role::Operation => format!("{OPERATIONS}/{stem}.yaml"),
        Role::Types => format!("types/{stem}.yaml"),
        Role::Results => "results.yaml".to_owned(),
        Role::Api => "api.yaml".to_owned(),
    }
}
