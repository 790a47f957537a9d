//! The crate around a new spec.

use std::path::Path;

use crate::args::{self, Starter};
use crate::failure::Failure;
use payspec_codegen::emit::rust::{Options, Root};
use payspec_codegen::generate;

use super::stage::Stage;

/// The name of a crate whose folder has no usable name.
const FALLBACK: &str = "my-api";

/// Writes the crate around the spec that is in the stage already.
pub(super) fn write(dir: &Path, args: &args::Init, stage: &Stage) -> Result<(), Failure> {
    let name = crate_name(dir);
    let version = env!("CARGO_PKG_VERSION");
    let mut manifest = include_str!("crate/Cargo.toml.txt")
        .replace("NAME", &name)
        .replace("VERSION", version);
    let api = if args.committed {
        generate_into(stage)?;
        "#[rustfmt::skip]\npub mod api;\n"
    } else {
        manifest += &format!("\n[build-dependencies]\npayspec-codegen = \"{version}\"\n");
        stage.write("build.rs", include_str!("crate/build.rs.txt"))?;
        "pub mod api {\n    include!(concat!(env!(\"OUT_DIR\"), \"/mod.rs\"));\n}\n"
    };
    let lib = format!("//! The API that `spec` describes.\n\n/// The generated code.\n{api}");
    let main = match args.style {
        Starter::Full => include_str!("crate/main.rs.txt"),
        Starter::Rest => include_str!("crate/rest.rs.txt"),
        Starter::Signed => include_str!("crate/signed.rs.txt"),
    };
    let main = main.replace("CRATE", &name.replace('-', "_"));
    stage.write("Cargo.toml", &manifest)?;
    stage.write("src/lib.rs", &lib)?;
    stage.write("src/main.rs", &main)?;
    stage.write(".gitignore", "/target\n")
}

/// Generates the code into `src/api`.
fn generate_into(stage: &Stage) -> Result<(), Failure> {
    let spec = stage.path("spec");
    let model = crate::load(&spec)?;
    let options = Options::new(Path::new("spec"), Root::Include);
    let plan = generate::prepare(&model, &options, &stage.path("src/api"))?;
    generate::apply(&plan)?;
    for write in &plan.writes {
        stage.note(&format!("src/api/{}", write.path));
    }
    Ok(())
}

/// Returns the name of the folder as that of a crate.
fn crate_name(dir: &Path) -> String {
    let full = dir.canonicalize();
    let name = dir
        .file_name()
        .or_else(|| full.as_deref().ok()?.file_name());
    let name = name.map(|name| name.to_string_lossy().to_lowercase());
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let parts: Vec<&str> = { name.as_deref().unwrap_or_default().split(|c| !word(c)) }
        .filter(|part| !part.is_empty())
        .collect();
    let name = parts.join("-");
    match name.chars().next() {
        Some(first) if first.is_ascii_alphabetic() => name,
        Some(_) | None => FALLBACK.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_gives_its_crate_a_name() {
        for (dir, name) in [
            ("work/my-shop", "my-shop"),
            ("My Shop", "my-shop"),
            ("a_b.c", "a_b-c"),
            ("7days", FALLBACK),
            ("日本", FALLBACK),
            ("it's", "it-s"),
        ] {
            assert_eq!(crate_name(Path::new(dir)), name, "{dir}");
        }
    }
}
