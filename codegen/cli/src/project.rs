//! The project that a command works on: its spec folder, its settings, and where they come from.

use std::path::{Path, PathBuf};
use std::{env, fmt, fs};

use super::args::{Command, FailOn};
use super::failure::Failure;
use super::output::detail;
use super::settings::{FILE_NAME, Settings};
use payspec_model::source::Commit;

/// The project that a command works on.
#[derive(Debug)]
pub(super) struct Project {
    /// Folder of the spec.
    pub(super) spec: PathBuf,
    origin: Origin,
    /// Folder that relative defaults start from; empty for the current folder.
    root: PathBuf,
    settings: Settings,
}

/// The reason for a spec folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Origin {
    /// An option or argument names it.
    CommandLine,
    /// `PAYSPEC_SPEC` names it.
    Environment,
    /// The file of settings names it.
    File(PathBuf),
    /// It was found in the current folder or in one above.
    Found,
    /// Nothing was found in these folders, so it is the default.
    Missing(Vec<PathBuf>),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::CommandLine => f.write_str("named on the command line"),
            Origin::Environment => f.write_str("named by PAYSPEC_SPEC"),
            Origin::File(file) => write!(f, "named by {}", file.display()),
            Origin::Found => f.write_str("found"),
            Origin::Missing(_) => f.write_str("default"),
        }
    }
}

/// The default name of a spec folder.
const SPEC: &str = "spec";
/// The default name of the folder of the generated crate.
const PACKAGE: &str = "generated";

impl Project {
    /// Finds the project: the nearest folder, from the current one upward, with a file of settings or with a
    /// spec. The folder of a repository is the last one that is searched.
    pub(super) fn find(named: Option<(PathBuf, Origin)>) -> Result<Self, Failure> {
        let here = env::current_dir().map_err(Failure::of("."))?;
        let mut searched = Vec::new();
        let mut root = PathBuf::new();
        let mut project = None;
        for folder in here.ancestors() {
            let file = root.join(FILE_NAME);
            if let Some(settings) = Settings::read(&file)? {
                detail(format_args!("settings: {}", file.display()));
                project = Some((root, settings, true));
                break;
            }
            if holds_api(&folder.join(SPEC)) {
                project = Some((root, Settings::default(), false));
                break;
            }
            searched.push(folder.to_owned());
            if folder.join(".git").exists() {
                break;
            }
            root.push("..");
        }
        let (root, settings, origin) = match project {
            Some((root, settings, with_file)) => {
                let origin = match with_file && settings.spec.is_some() {
                    true => Origin::File(root.join(FILE_NAME)),
                    false => Origin::Found,
                };
                (root, settings, origin)
            }
            None => {
                let missing = Origin::Missing(searched);
                (PathBuf::new(), Settings::default(), missing)
            }
        };
        let (spec, origin) = named.unwrap_or_else(|| {
            let spec = settings.spec.clone();
            (spec.unwrap_or_else(|| root.join(SPEC)), origin)
        });
        detail(format_args!("spec: {} ({origin})", spec.display()));
        Ok(Project {
            spec,
            origin,
            root,
            settings,
        })
    }

    /// Fills in what neither an option nor the environment sets.
    pub(super) fn complete(&self, command: &mut Command) {
        let Project { root, settings, .. } = self;
        let package = || {
            let package = settings.package.clone();
            package.unwrap_or_else(|| root.join(PACKAGE))
        };
        match command {
            Command::Generate(args) => {
                let package = args.package.get_or_insert_with(package).join("src");
                let _ = args.out.get_or_insert(package);
            }
            Command::Docs(args) => {
                let _ = args.package.get_or_insert_with(package);
            }
            Command::Changelog(args) => {
                let _ = args.package.get_or_insert_with(package);
            }
            Command::Diff(args) => {
                let level = settings.fail_on.unwrap_or(FailOn::Breaking);
                let _ = args.fail_on.get_or_insert(level);
                let approvals = args.policy.approvals.take();
                args.policy.approvals = approvals.or_else(|| settings.approvals.clone());
            }
            Command::Check(_)
            | Command::Validate(_)
            | Command::Results(_)
            | Command::Coverage(_)
            | Command::Drift(_)
            | Command::Explain(_)
            | Command::Export(_)
            | Command::Mock(_)
            | Command::Page(_)
            | Command::Schema(_)
            | Command::Sign(_)
            | Command::Verify(_)
            | Command::Doctor(_)
            | Command::Init(_)
            | Command::Completions(_)
            | Command::Man(_)
            | Command::Help(_) => {}
        }
    }

    /// Adds to the error for a missing spec why this folder was used.
    pub(super) fn why_missing(&self, failure: Failure) -> Failure {
        let Failure::NoSpec(text) = failure else {
            return failure;
        };
        let why = match &self.origin {
            Origin::File(file) => format!("`spec` is set in {}", file.display()),
            Origin::Environment => "PAYSPEC_SPEC names this folder".to_owned(),
            Origin::Missing(searched) => {
                let searched = searched.iter().map(|one| one.display().to_string());
                let searched: Vec<String> = searched.collect();
                format!(
                    "looked for `{FILE_NAME}` and for a folder `{SPEC}` with an API in {}",
                    searched.join(", ")
                )
            }
            Origin::CommandLine => {
                let name = self.spec.to_string_lossy();
                if self.spec.exists() || Commit::of(Path::new("."), &name).is_none() {
                    return Failure::NoSpec(text);
                }
                format!(
                    "`{name}` is a git revision: compare the spec with it by `payspec diff {name}`"
                )
            }
            Origin::Found => return Failure::NoSpec(text),
        };
        Failure::NoSpec(format!("{text}\nhelp: {why}"))
    }
}

/// Returns whether a folder has an API.
fn holds_api(folder: &Path) -> bool {
    let Ok(entries) = fs::read_dir(folder) else {
        return false;
    };
    let mut folders = entries.flatten().map(|entry| entry.path());
    folders.any(|folder| is_api(&folder))
}

/// Returns whether a folder is that of an API.
fn is_api(folder: &Path) -> bool {
    folder.join("api.yaml").is_file()
}

/// Returns whether a file may belong to an API: it lies beside `api.yaml`, or in one of the folders of an API.
fn may_be_part(api: &Path, file: &Path) -> bool {
    let Ok(inside) = file.strip_prefix(api) else {
        return false;
    };
    let is_known = PARTS.iter().any(|folder| inside.starts_with(folder));
    let kind = inside.extension().and_then(|extension| extension.to_str());
    let is_beside = inside.components().count() == 1;
    (is_known || is_beside) && matches!(kind, Some("yaml" | "yml" | "json"))
}

/// The folders of an API.
const PARTS: [&str; 4] = ["types", "operations", "flows", "examples"];

/// Splits the path of an API, or of a file in it, into the spec folder and the name of the API. [`None`] for other
/// paths.
pub(super) fn single_api(path: &Path) -> Option<(PathBuf, String)> {
    let api = match path.is_file() {
        true => {
            let mut folders = path.ancestors().skip(1);
            folders.find(|folder| is_api(folder) && may_be_part(folder, path))?
        }
        false => Some(path).filter(|path| is_api(path) && !holds_api(path))?,
    };
    let current = [Path::new(""), Path::new(".")].contains(&api);
    let api = if current { Path::new(".") } else { api };
    let full;
    let (name, spec) = match (api.file_name(), api.parent()) {
        (Some(name), Some(spec)) if spec == Path::new("") => (name, PathBuf::from(".")),
        (Some(name), Some(spec)) => (name, spec.to_owned()),
        // A path such as `.` has a name only in full.
        (None, _) | (_, None) => {
            full = api.canonicalize().ok()?;
            let spec = if current {
                PathBuf::from("..")
            } else {
                api.join("..")
            };
            (full.file_name()?, spec)
        }
    };
    Some((spec, name.to_str()?.to_owned()))
}
