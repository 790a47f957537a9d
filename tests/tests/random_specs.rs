//! Whatever spec the loader accepts, the source that is written from it compiles, its documentation
//! has no broken links, and the only tests in it are our examples: random specs with awkward names
//! and texts.

mod random_specs {
    pub(crate) mod dice;
    pub(crate) mod spec;
}

use std::path::Path;

use payspec_codegen::emit::rust::{Options, Root, emit};
use payspec_codegen::load_from;
use payspec_codegen::source::Memory;
use payspec_tests::outside::Outside;

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

#[test]
fn what_is_accepted_compiles() {
    let loaded = load_from(&accepted());
    let model = loaded.model.expect("each API is sound, so all are");
    let mut options = Options::new(Path::new("spec"), Root::Crate);
    options.crate_name = Some("random_specs".to_owned());
    let files = emit(&model, &options).expect("a sound model can be written");

    let outside = Outside::new(Path::new(env!("CARGO_TARGET_TMPDIR")), "random-specs");
    for file in files {
        outside.write(&format!("src/{}", file.path), &file.contents);
    }
    outside.cargo(&["check"]);
    outside.cargo(&["doc", "--no-deps"]);
    outside.cargo(&["test", "--doc"]);
}
