//! Whatever spec the loader accepts, the source that is written from it compiles, its documentation
//! has no broken links, and the only tests in it are our examples: random specs with awkward names
//! and texts, and every name that means something, in every role.

mod bodies;
mod dice;
mod fields;
mod money;
mod names;
mod spec;
mod vocabulary;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use payspec_codegen::emit::rust::{ClientCode, Options, Root, emit};
use payspec_model::load_from;
use payspec_model::source::Memory;
use payspec_tests::outside::Outside;

use self::dice::Dice;
use self::names::Role;

/// How many APIs are put into the crate whose documentation is built as well.
const DOCUMENTED: usize = 30;

/// How many more are compiled where there is more time.
const MANY: usize = 300;

/// How many pairs of names are tried.
const PAIRS: usize = 2000;

/// The accepted among random APIs, all in one spec.
pub(crate) fn accepted(wanted: usize) -> Memory {
    let mut together = Memory::default();
    let (mut count, mut tried) = (0, 0);
    while count < wanted {
        tried += 1;
        assert!(
            tried < 40 * wanted,
            "only {count} of {tried} specs are sound"
        );
        let mut memory = Memory::default();
        spec::write(&Dice::new(tried as u64), count, &mut memory);
        if load_from(&memory).model.is_some() {
            together.files.extend(memory.files);
            count += 1;
        }
    }
    together
}

/// Adds the API of a case whose client has a flow, and credentials.
fn with_flow(memory: &mut Memory) {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/bearer/spec");
    for folder in ["", "flows", "examples"] {
        for entry in fs::read_dir(spec.join(folder)).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_file() {
                let below = path.strip_prefix(&spec).expect("below the spec");
                let name = format!("demo/{}", below.display());
                memory.files.insert(name, fs::read(&path).expect("a file"));
            }
        }
    }
}

/// A crate with the random APIs, and one with a flow.
fn random_crate(name: &str, apis: usize) -> Outside {
    let mut memory = accepted(apis);
    with_flow(&mut memory);
    let loaded = load_from(&memory);
    let model = loaded.model.expect("each API is sound, so all are");
    let mut options = Options::new(Path::new("spec"), Root::Crate);
    options.crate_name = Some(name.replace('-', "_"));
    options.client = ClientCode::Always;
    let files = emit(&model, &options).expect("a sound model can be written");
    let outside = Outside::with_clients(Path::new(env!("CARGO_TARGET_TMPDIR")), name);
    for file in files {
        outside.write(&format!("src/{}", file.path), &file.contents);
    }
    outside
}

#[test]
#[ignore = "long: an own step of .ci/run"]
fn what_is_accepted_compiles() {
    let outside = random_crate("random-specs", DOCUMENTED);
    outside.cargo(&["check"]);
    outside.cargo(&["doc", "--no-deps"]);
    outside.cargo(&["test", "--doc"]);
}

#[test]
#[ignore = "a minute of CPU: own step of .ci/more"]
fn many_that_are_accepted_compile() {
    random_crate("many-random-specs", MANY).cargo(&["check"]);
}

/// Returns the code of the first error that `check` finds in a spec, if it finds any.
fn refused(memory: &Memory) -> Option<&'static str> {
    let loaded = load_from(memory);
    let mut errors = loaded.diagnostics.iter().filter(|one| one.is_error());
    match (loaded.model.is_some(), errors.next()) {
        (true, None) => None,
        (false, Some(error)) => Some(error.code.id),
        (accepted, error) => panic!("accepted: {accepted}, with {error:?}"),
    }
}

/// Writes specs into one crate, each as a module of its own.
#[derive(Default)]
struct Batch {
    modules: Vec<String>,
}

impl Batch {
    fn add(&mut self, outside: &Outside, memory: &Memory) {
        let model = load_from(memory).model.expect("it was accepted");
        let module = format!("spec{}", self.modules.len());
        let options = Options::new(Path::new("spec"), Root::Include);
        for file in emit(&model, &options).expect("a sound model can be written") {
            outside.write(&format!("src/{module}/{}", file.path), &file.contents);
        }
        self.modules.push(format!("pub mod {module};\n"));
    }

    fn compile(self, outside: &Outside) {
        outside.write("src/lib.rs", &self.modules.concat());
        outside.cargo(&["check"]);
    }
}

/// The codes of errors in a name: it has no spelling, it collides, it is declared twice, it is an
/// outcome of the format's own.
const ABOUT_NAMES: &[&str] = &["E030", "E031", "E032", "E033", "E102", "E104"];

#[test]
#[ignore = "minutes of CPU: own step of .ci/more"]
fn every_name_compiles_in_every_role_or_is_refused() {
    let words = names::words();
    let outside = Outside::new(Path::new(env!("CARGO_TARGET_TMPDIR")), "names");
    let mut batch = Batch::default();
    let mut refusals: BTreeMap<(Role, &str), Vec<&str>> = BTreeMap::new();
    let mut fine: Vec<(Role, &str)> = Vec::new();
    for word in &words {
        let mut good = Vec::new();
        for role in Role::ALL {
            match refused(&names::spec(&[(*role, *word)])) {
                None => good.push((*role, *word)),
                Some(code) => refusals.entry((*role, code)).or_default().push(*word),
            }
        }
        // As much as possible together; what does not go together alone.
        let (together, alone) = match refused(&names::spec(&good)) {
            None => (good.clone(), Vec::new()),
            Some(_) => {
                let flow = |one: &&(Role, &str)| one.0 == Role::Flow;
                let others: Vec<_> = good.iter().filter(|one| !flow(one)).copied().collect();
                let flows = good.iter().filter(flow).copied().collect();
                (others, flows)
            }
        };
        for names in [together, alone].iter().filter(|names| !names.is_empty()) {
            assert_eq!(refused(&names::spec(names)), None, "{names:?}");
            batch.add(&outside, &names::spec(names));
        }
        fine.extend(good);
    }
    let dice = Dice::new(7);
    let (mut pairs, mut unpaired) = (0, 0);
    for _ in 0..PAIRS {
        let one = *dice.pick(&fine);
        // Names that meet are alike.
        let respelt = names::respelt(one.1);
        let two = match dice.below(3) {
            0 => (*dice.pick(Role::ALL), one.1),
            1 => (one.0, dice.pick(&respelt).as_str()),
            _ => *dice.pick(&fine),
        };
        let memory = names::spec(&[one, two]);
        match refused(&memory) {
            None => {
                batch.add(&outside, &memory);
                pairs += 1;
            }
            Some(code) => {
                assert!(ABOUT_NAMES.contains(&code), "{one:?} and {two:?}: {code}");
                unpaired += 1;
            }
        }
    }
    let refusals_in_all: usize = refusals.values().map(Vec::len).sum();
    println!(
        "{} accepted, {refusals_in_all} refused: {refusals:#?}",
        fine.len()
    );
    println!("{pairs} pairs accepted, {unpaired} refused");
    for (role, code) in refusals.keys() {
        assert!(ABOUT_NAMES.contains(code), "{role:?}: {code}");
    }
    // Who refuses everything compiles everything.
    assert!(refusals_in_all * 12 < fine.len(), "{refusals_in_all}");
    assert!(unpaired * 2 < pairs, "{unpaired} pairs");
    batch.compile(&outside);
}

/// Names that are hard to write in Rust: keywords, the prelude, what the derives write, and what
/// becomes one of these only when it is spelt for Rust.
const HARD: &[&str] = &[
    "A_L_L",
    "Box",
    "Default",
    "ERR",
    "ERROR",
    "E_R_R",
    "Err",
    "K_I_N_D",
    "None",
    "Ok",
    "Option",
    "Result",
    "S_C_H_E_M_A",
    "Self",
    "Some",
    "String",
    "T_A_B_L_E",
    "V_A_L_U_E_S",
    "Vec",
    "build",
    "client",
    "crate",
    "gen",
    "self",
    "super",
    "type",
    "types",
    "unknown",
];

/// Two names of one scope that are spelt alike in Rust.
const ALIKE: &[(Role, &str, &str)] = &[
    (Role::Field, "paymentId", "payment_id"),
    (Role::Field, "order.id", "order-id"),
    (Role::Type, "OrderItem", "order_item"),
    (Role::Value, "TO_PAY", "ToPay"),
    (Role::Value, "1", "-1"),
    (Role::Value, "unknown", "NamedUnknown"),
    (Role::Code, "SYSTEM_ERROR", "SystemError"),
    (Role::Code, "X-Y", "X_Y"),
];

#[test]
#[ignore = "long: an own step of .ci/run"]
fn hard_names_compile_in_every_role_or_are_refused() {
    let outside = Outside::new(Path::new(env!("CARGO_TARGET_TMPDIR")), "hard-names");
    let mut batch = Batch::default();
    for word in HARD {
        for role in Role::ALL {
            let memory = names::spec(&[(*role, *word)]);
            match refused(&memory) {
                None => batch.add(&outside, &memory),
                Some(code) => assert!(ABOUT_NAMES.contains(&code), "{role:?} {word}: {code}"),
            }
        }
    }
    batch.compile(&outside);
}

#[test]
fn names_that_are_spelt_alike_are_refused() {
    for (role, one, two) in ALIKE {
        let memory = names::spec(&[(*role, *one), (*role, *two)]);
        assert_eq!(refused(&memory), Some("E031"), "{role:?}: {one}, {two}");
    }
}
