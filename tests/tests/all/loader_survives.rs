//! Whatever the files of a spec hold, the loader answers and every renderer can show the answer.

use std::path::Path;

use payspec_model::source::Memory;
use payspec_model::{diagnostic, load_from};
use payspec_tests::random::share;

/// A small generator of numbers, so that a failure can be repeated.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

/// Pieces that YAML and the spec format care about.
const PIECES: &[&str] = &[
    ": ",
    "- ",
    "\n",
    "\n  ",
    "\n    ",
    "{",
    "}",
    "[",
    "]",
    ",",
    "'",
    "\"",
    "#",
    "&a ",
    "*a",
    "!t ",
    "|\n",
    ">-\n",
    "? ",
    "---\n",
    "...\n",
    "%YAML 1.2\n",
    "\t",
    "\r\n",
    "\u{a0}",
    "\u{ff1a}",
    "\u{feff}",
    "\u{200b}",
    "编号",
    "😀",
    "\\u0000",
    "\\x41",
    "null",
    "~",
    "true",
    "64",
    "-1",
    "1e9",
    "0x1F",
    "unknown",
    "source",
    "type",
    "string",
    "list",
    "json",
    "Thing",
    "fields",
    "objects",
    "/thing/*/id",
    "/",
    "~1",
    "required",
    "required_when",
    "path",
    "const",
    "values",
    "pattern",
    "(a+)+$",
    "[",
    "max_length",
    "disputed",
    "settles",
    "codes",
    "shared",
    "removed",
    "sensitive",
    "pii",
    "<<",
    "\u{7f}",
    "\u{1b}[31m",
];

/// The real spec and the base of the diagnostics: files to damage.
fn seeds() -> Vec<Memory> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut base = Memory::default();
    let text = std::fs::read_to_string(root.join("fixtures/diagnostics/base.yaml")).expect("base");
    for part in text.split("# file: ").skip(1) {
        let (path, content) = part.split_once('\n').expect("a path");
        base.files.insert(path.to_owned(), content.into());
    }
    let mut real = Memory::default();
    read_into(&mut real, &root.join("../spec"), "");
    vec![base, real]
}

fn read_into(memory: &mut Memory, folder: &Path, prefix: &str) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        match std::fs::read(entry.path()) {
            Ok(bytes) => drop(memory.files.insert(name, bytes)),
            Err(_) => read_into(memory, &entry.path(), &format!("{name}/")),
        }
    }
}

/// Loads; shows the answer in one round of ten, as that takes most of the time.
fn survive(memory: &Memory, round: u32) {
    let loaded = load_from(memory);
    assert_eq!(loaded.model.is_none(), loaded.diagnostics.has_errors());
    if !round.is_multiple_of(10) {
        return;
    }
    let (diagnostics, sources) = (&loaded.diagnostics, &loaded.sources);
    diagnostic::human(diagnostics, sources, true);
    diagnostic::json(diagnostics, sources);
    diagnostic::github(diagnostics, sources);
    loaded.summary();
}

#[test]
fn random_bytes() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let names = [
        "api.yaml",
        "results.yaml",
        "types/a.yaml",
        "operations/a.yaml",
    ];
    for round in 0..share(10_000) {
        let mut memory = Memory::default();
        memory
            .files
            .insert("a/api.yaml".into(), b"payspec: 2".to_vec());
        let length = random.below(60);
        let bytes = (0..length).map(|_| random.next() as u8).collect();
        memory
            .files
            .insert(format!("a/{}", random.pick(&names)), bytes);
        survive(&memory, round);
    }
}

#[test]
fn random_pieces() {
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    for round in 0..share(10_000) {
        let mut memory = Memory::default();
        for name in ["a/api.yaml", "a/types/a.yaml"] {
            let count = random.below(40);
            let text: String = (0..count).map(|_| random.pick(PIECES)).collect();
            memory.files.insert(name.into(), text.into());
        }
        survive(&memory, round);
    }
}

#[test]
fn damaged_specs() {
    let mut random = Random(0xd1b5_4a32_d192_ed03);
    for (seed, rounds) in seeds().into_iter().zip([2_000, 30]) {
        let names: Vec<String> = seed.files.keys().cloned().collect();
        for round in 0..share(rounds) {
            let mut memory = seed.clone();
            for _ in 0..=random.below(3) {
                let name = &names[random.below(names.len())];
                if let Some(bytes) = memory.files.get_mut(name) {
                    damage(bytes, &mut random);
                }
            }
            survive(&memory, round);
        }
    }
}

/// Replaces, removes or doubles a stretch.
fn damage(bytes: &mut Vec<u8>, random: &mut Random) {
    let from = random.below(bytes.len());
    let to = (from + random.below(20)).min(bytes.len());
    let old = bytes[from..to].to_vec();
    let new = match random.below(4) {
        0 => Vec::new(),
        1 => [old.clone(), old].concat(),
        2 => random.pick(PIECES).into(),
        _ => vec![random.next() as u8],
    };
    bytes.splice(from..to, new);
}
