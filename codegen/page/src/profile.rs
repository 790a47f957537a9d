//! Profiles: the phrases and the layout of a provider's pages.

mod check;

use std::path::Path;
use std::sync::LazyLock;

use payspec_model::diagnostic::{self, Diagnostics};
use payspec_model::format::schema_of;
use payspec_model::source::{At, Disk, Files, SourceMap, read_as};
use payspec_runtime::closest;

use super::lexicon::{Base, Lexicon, Phrases};

/// The files of the built-in profile: one for each language, and one for all.
const BUILT_IN: [&str; 3] = [
    include_str!("phrases/en.yaml"),
    include_str!("phrases/zh.yaml"),
    include_str!("phrases/marks.yaml"),
];

/// The phrases of a provider's pages.
#[derive(Debug)]
pub struct Profile {
    lexicon: Lexicon,
}

/// The reason why a profile cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// No shipped profile and no file has this name.
    #[error("unknown profile `{name}`\nhelp: {help}")]
    Unknown {
        /// The name.
        name: String,
        /// A hint.
        help: String,
    },
    /// The file is invalid. Holds the diagnostics with their places.
    #[error("{0}")]
    Invalid(String),
}

impl Profile {
    /// Returns a shipped profile. It is built once.
    pub fn shipped(base: Base) -> &'static Self {
        static BUILT_IN: LazyLock<Profile> = LazyLock::new(|| Profile::of(Base::BuiltIn, None));
        static WECHATPAY: LazyLock<Profile> = LazyLock::new(|| Profile::of(Base::Wechatpay, None));
        static RAZORPAY: LazyLock<Profile> = LazyLock::new(|| Profile::of(Base::Razorpay, None));
        match base {
            Base::BuiltIn => &BUILT_IN,
            Base::Wechatpay => &WECHATPAY,
            Base::Razorpay => &RAZORPAY,
        }
    }

    /// Returns the shipped profile of this name, or reads the file at this path.
    ///
    /// # Errors
    ///
    /// Returns an error if neither exists, or if the file is invalid.
    pub fn find(name: &str) -> Result<Self, ProfileError> {
        if let Some(base) = Base::ALL.iter().find(|base| base.as_str() == name) {
            return Ok(Self::of(*base, None));
        }
        let path = Path::new(name);
        if !path.exists() {
            let names = Base::ALL.iter().map(|base| base.as_str());
            let help = match closest(name, names.clone()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => {
                    let names: Vec<&str> = names.collect();
                    format!("write the path of a file, or one of: {}", names.join(", "))
                }
            };
            let name = name.to_owned();
            return Err(ProfileError::Unknown { name, help });
        }
        let folder = path.parent().filter(|folder| *folder != Path::new(""));
        let files = Disk::new(folder.unwrap_or(Path::new(".")));
        let file = path.file_name().unwrap_or_default();
        Self::from_files(&files, &file.to_string_lossy())
    }

    /// Reads a file that need not be on a disk.
    ///
    /// # Errors
    ///
    /// Returns an error if the file is invalid.
    pub(crate) fn from_files(files: &dyn Files, path: &str) -> Result<Self, ProfileError> {
        let mut sources = SourceMap::new(files.root());
        let mut diagnostics = Diagnostics::default();
        let document = read_as::<Phrases>(files, path, &mut sources, &mut diagnostics);
        if let Some(document) = &document {
            let base = document.value.extends.map(Self::shipped);
            let classes = base.map(|base| base.lexicon.conditions.class_names());
            let root = At::root(&document.tree, &sources);
            diagnostics.extend(check::check(root, &classes.unwrap_or_default()));
        }
        match document.filter(|_| !diagnostics.has_errors()) {
            Some(document) => Ok(Self::with(document.value)),
            None => {
                let text = diagnostic::human(&diagnostics, &sources, false);
                Err(ProfileError::Invalid(text.trim_end().to_owned()))
            }
        }
    }

    pub(crate) fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    fn with(phrases: Phrases) -> Self {
        match phrases.extends {
            Some(base) => Self::of(base, Some(phrases)),
            None => {
                let mut lexicon = Lexicon::default();
                lexicon.add(&phrases);
                lexicon.prepare();
                Profile { lexicon }
            }
        }
    }

    /// Builds a shipped profile, with the phrases that extend it.
    fn of(base: Base, own: Option<Phrases>) -> Self {
        let mut lexicon = Lexicon::default();
        // Tests read these files as all others are read.
        for file in BUILT_IN.into_iter().chain(text(base)) {
            lexicon.add(&serde_yaml::from_str::<Phrases>(file).unwrap_or_default());
        }
        if let Some(own) = own {
            lexicon.add(&own);
        }
        lexicon.prepare();
        Profile { lexicon }
    }
}

/// Returns the file of a shipped profile; it extends the built-in one.
const fn text(base: Base) -> Option<&'static str> {
    match base {
        Base::BuiltIn => None,
        Base::Wechatpay => Some(include_str!("profiles/wechatpay.yaml")),
        Base::Razorpay => Some(include_str!("profiles/razorpay.yaml")),
    }
}

/// Returns the JSON Schema (draft-07) of a profile.
pub fn profile_schema() -> serde_json::Value {
    schema_of::<Phrases>()
}

#[cfg(test)]
mod tests {
    use payspec_model::source::Memory;

    use super::*;

    #[test]
    fn every_shipped_file_is_valid() {
        let shipped = Base::ALL.iter().filter_map(|base| text(*base));
        for file in BUILT_IN.into_iter().chain(shipped) {
            let mut files = Memory::default();
            files.files.insert("p.yaml".to_owned(), file.into());
            if let Err(error) = Profile::from_files(&files, "p.yaml") {
                panic!("{error}");
            }
        }
        for base in [Base::Wechatpay, Base::Razorpay] {
            let file: Phrases = serde_yaml::from_str(text(base).expect("a file")).expect("YAML");
            assert_eq!(file.extends, Some(Base::BuiltIn));
        }
    }
}
