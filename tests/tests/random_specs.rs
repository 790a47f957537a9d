//! Whatever spec the loader accepts, the source that is written from it compiles, its documentation
//! has no broken links, and the only tests in it are our examples: random specs with awkward names
//! and texts.

mod random_specs {
    pub(crate) mod dice;
    pub(crate) mod spec;
}

use std::path::Path;
use std::process::Command;
use std::{env, fs};

use payspec_codegen::emit::rust::{Options, Root, emit};
use payspec_codegen::load_from;
use payspec_codegen::source::Memory;

use random_specs::dice::Dice;
use random_specs::spec;

/// How many APIs are put into the one crate that is compiled.
const APIS: usize = 30;

/// The accepted among random APIs, all in one spec.
fn accepted() -> Memory {
    let mut together = Memory::default();
    let (mut count, mut tried) = (0, 0);
    while count < APIS {
        tried += 1;
        assert!(tried < 40 * APIS, "only {count} of {tried} specs are sound");
        let mut memory = Memory::default();
        spec::write(&Dice::new(tried as u64), count, &mut memory);
        if load_from(&memory).model.is_some() {
            together.files.extend(memory.files);
            count += 1;
        }
    }
    together
}

fn cargo(folder: &Path, arguments: &[&str]) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), Into::into);
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .args(["--quiet", "--offline"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target.join("downstream"))
        .env("RUSTFLAGS", "-D warnings")
        .env("RUSTDOCFLAGS", "-D warnings")
        .output()
        .expect("cargo runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo {arguments:?}\n{errors}");
}

#[test]
fn what_is_accepted_compiles() {
    let loaded = load_from(&accepted());
    let model = loaded.model.expect("each API is sound, so all are");
    let mut options = Options::new(Path::new("spec"), Root::Crate);
    options.crate_name = Some("random_specs".to_owned());
    let files = emit(&model, &options).expect("a sound model can be written");

    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .canonicalize()
        .expect("the workspace");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("random-specs");
    let manifest = format!(
        "[package]\nname = \"random-specs\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [dependencies]\npayspec-runtime = {{ path = {:?}, features = [\"pattern\"] }}\n\n\
         [workspace]\n",
        root.join("runtime")
    );
    let source = folder.join("src");
    let _ = fs::remove_dir_all(&source);
    for file in files {
        let path = source.join(file.path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, file.contents).expect("a file");
    }
    fs::write(folder.join("Cargo.toml"), manifest).expect("a manifest");
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).expect("a lock file");
    cargo(&folder, &["check"]);
    cargo(&folder, &["doc", "--no-deps"]);
    cargo(&folder, &["test", "--doc"]);
}
