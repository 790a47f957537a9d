//! Crates outside of the workspace that depend on the runtime, as those of users do.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// A crate outside of the workspace.
pub struct Outside {
    folder: PathBuf,
}

impl Outside {
    /// A crate of this name below a folder, without any source yet.
    ///
    /// # Panics
    ///
    /// When it cannot be written.
    pub fn new(below: &Path, name: &str) -> Self {
        Self::with(below, name, &["pattern"])
    }

    /// A crate that has clients, too.
    ///
    /// # Panics
    ///
    /// When it cannot be written.
    pub fn with_clients(below: &Path, name: &str) -> Self {
        Self::with(below, name, &["pattern", "client"])
    }

    /// A crate that uses these features of the runtime.
    fn with(below: &Path, name: &str, features: &[&str]) -> Self {
        let folder = below.join(name);
        let _ = fs::remove_dir_all(folder.join("src"));
        let outside = Outside { folder };
        let manifest = format!(
            "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [dependencies]\npayspec-runtime = {{ path = {:?}, features = {features:?} }}\n\n\
             [workspace]\n",
            root().join("runtime")
        );
        outside.write("Cargo.toml", &manifest);
        // The versions that the workspace was built with: nothing has to be fetched.
        fs::copy(root().join("Cargo.lock"), outside.folder.join("Cargo.lock"))
            .expect("a lock file");
        outside
    }

    /// Writes a file of it.
    ///
    /// # Panics
    ///
    /// When it cannot be written.
    pub fn write(&self, path: &str, contents: &str) {
        let path = self.folder.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, contents).expect("a file");
    }

    /// Returns the output of a cargo command in it. All such crates share what they are built from.
    ///
    /// # Panics
    ///
    /// When cargo fails, or there is a warning.
    pub fn cargo(&self, arguments: &[&str]) -> String {
        let target =
            env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), Into::into);
        let output = Command::new(env!("CARGO"))
            .args(arguments)
            .args(["--quiet", "--offline"])
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", target.join("downstream"))
            .env("RUSTFLAGS", "-D warnings")
            .env("RUSTDOCFLAGS", "-D warnings")
            .output()
            .expect("cargo runs");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "cargo {arguments:?}\n{errors}");
        String::from_utf8(output.stdout).expect("UTF-8")
    }
}

/// The folder of the workspace.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .canonicalize()
        .expect("the workspace")
}
