//! Each diagnostic of the loader: a small spec that raises it, and how it looks.
//!
//! A case is a file of `fixtures/diagnostics` named for its code: a [patch] of `base.yaml`, where a
//! line `# with: NAME` takes in `base-NAME.yaml` first.

use std::collections::BTreeSet;
use std::path::Path;

use payspec_model::diagnostic::{self, codes};
use payspec_model::source::{Files, Memory};
use payspec_model::{Loaded, load_from};
use payspec_tests::patch;

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/diagnostics");

/// Codes that no file of a fixture can raise; tests of their own raise them. `E013` is a mistake of
/// payspec: the types of the format read whatever the shape check accepts.
const WITHOUT_FIXTURE: &[&str] = &["E001", "E002", "E003", "E004", "E013"];

fn fixture(name: &str) -> String {
    let path = Path::new(FIXTURES).join(format!("{name}.yaml"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn overlay(memory: &mut Memory, text: &str) {
    patch::overlay(memory, text, &|memory, head| {
        if let Some(name) = head.strip_prefix("with: ") {
            overlay(memory, &fixture(&format!("base-{name}")));
        }
    });
}

fn base() -> Memory {
    let mut memory = Memory::default();
    overlay(&mut memory, &fixture("base"));
    memory
}

fn case(name: &str) -> Loaded {
    let mut memory = base();
    overlay(&mut memory, &fixture(name));
    load_from(&memory)
}

/// The names of all cases.
fn cases() -> Vec<String> {
    let entries = std::fs::read_dir(FIXTURES).expect("the fixtures");
    let names = entries.map(|entry| entry.expect("a fixture").file_name());
    let names = names.filter_map(|name| Some(name.to_str()?.strip_suffix(".yaml")?.to_owned()));
    let mut names: Vec<String> = names.filter(|name| !name.starts_with("base")).collect();
    names.sort();
    names
}

fn human(loaded: &Loaded) -> String {
    diagnostic::human(&loaded.diagnostics, &loaded.sources, false)
}

fn ids(loaded: &Loaded) -> BTreeSet<&'static str> {
    loaded.diagnostics.iter().map(|d| d.code.id).collect()
}

#[test]
fn the_base_is_sound() {
    let loaded = load_from(&base());
    assert_eq!(human(&loaded), "");
    assert!(loaded.model.is_some());
}

#[test]
fn each_case_looks_like_this() {
    for name in cases() {
        let loaded = case(&name);
        let code = name.split('-').next().expect("a code");
        let raised = ids(&loaded);
        assert!(raised.contains(code), "{name} raises {raised:?}");
        let errors = loaded.diagnostics.has_errors();
        assert_eq!(
            loaded.model.is_none(),
            errors,
            "{name}: a model only without errors"
        );
        insta::assert_snapshot!(name.as_str(), human(&loaded));
    }
}

#[test]
fn every_code_has_a_case() {
    let names = cases();
    let raised: BTreeSet<&str> = names
        .iter()
        .filter_map(|name| name.split('-').next())
        .collect();
    for code in codes::all() {
        let elsewhere = WITHOUT_FIXTURE.contains(&code.id);
        assert!(
            raised.contains(code.id) != elsewhere,
            "{}: {}",
            code.id,
            code.title
        );
    }
}

#[test]
fn codes_are_a_sorted_table_with_words() {
    let all: Vec<_> = codes::all().collect();
    assert!(all.windows(2).all(|pair| pair[0].id < pair[1].id));
    for code in all {
        assert!(
            !code.title.ends_with('.') && !code.title.is_empty(),
            "{}",
            code.id
        );
        assert!(code.explanation.ends_with('.'), "{}", code.id);
        assert!(!code.example.is_empty(), "{}", code.id);
        assert_eq!(codes::Code::find(&code.id.to_lowercase()), Some(code));
    }
}

#[test]
fn no_spec() {
    let loaded = payspec_model::load(Path::new("no-such-folder"));
    insta::assert_snapshot!("E001-no-spec", human(&loaded));
    let loaded = load_from(&Memory::default());
    assert_eq!(ids(&loaded), BTreeSet::from(["E001"]));
}

/// Files of which one cannot be read.
struct Locked(Memory);

impl Files for Locked {
    fn root(&self) -> String {
        self.0.root()
    }

    fn folders(&self, path: &str) -> std::io::Result<Vec<String>> {
        self.0.folders(path)
    }

    fn files(&self, path: &str) -> std::io::Result<Vec<String>> {
        self.0.files(path)
    }

    fn read(&self, path: &str, limit: u64) -> std::io::Result<Option<Vec<u8>>> {
        if path.ends_with("types.yaml") {
            return Err(std::io::ErrorKind::PermissionDenied.into());
        }
        self.0.read(path, limit)
    }
}

#[test]
fn a_file_that_cannot_be_read_makes_no_type_unknown() {
    assert_eq!(ids(&load_from(&Locked(base()))), BTreeSet::from(["E002"]));
}

#[test]
fn a_large_file() {
    let mut memory = base();
    let large = vec![b'#'; 8 * 1024 * 1024 + 1];
    memory.files.insert("demo/types/types.yaml".into(), large);
    assert_eq!(ids(&load_from(&memory)), BTreeSet::from(["E003"]));
}

#[test]
fn a_large_base_of_many() {
    let mut memory = base();
    let ping = String::from_utf8(memory.files["demo/operations/ping.yaml"].clone()).expect("UTF-8");
    let many = "1, ".repeat(500_000);
    let text = ping.replace("id: ping", "id: common\nabstract: true") + &format!("x: [{many}]\n");
    let mut add = |name: &str, text: String| {
        let path = format!("demo/operations/{name}.yaml");
        memory.files.insert(path, text.into_bytes());
    };
    add("common", text);
    for number in 0..5 {
        let text = format!("id: one{number}\nextends: common\n");
        add(&format!("one{number}"), text);
    }
    let loaded = load_from(&memory);
    let large = loaded
        .diagnostics
        .iter()
        .filter(|one| one.code.id == "E003");
    assert_eq!(large.count(), 1, "{}", human(&loaded));
}

#[test]
fn a_file_that_is_not_utf8() {
    let mut memory = base();
    let text = b"source: page\nobjects: {} # \xb1\xe0\xba\xc5\n";
    memory
        .files
        .insert("demo/types/types.yaml".into(), text.to_vec());
    insta::assert_snapshot!("E004-not-utf8", human(&load_from(&memory)));
}

#[test]
fn a_file_in_another_encoding() {
    let little: fn(&str) -> Vec<u8> =
        |text| text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: fn(&str) -> Vec<u8> = |text| text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let wide: fn(&str) -> Vec<u8> = |text| {
        text.chars()
            .flat_map(|c| u32::from(c).to_le_bytes())
            .collect()
    };
    for (encode, name) in [(little, "UTF-16"), (big, "UTF-16"), (wide, "UTF-32")] {
        for mark in ["", "\u{feff}"] {
            let mut memory = base();
            let text = encode(&format!("{mark}source: page\nobjects: {{}}\n"));
            memory.files.insert("demo/types/types.yaml".into(), text);
            let found = human(&load_from(&memory));
            let expected = format!("error[E004]: this file is {name}, expected UTF-8");
            assert!(found.contains(&expected), "{mark:?}: {found}");
        }
    }
}

#[test]
fn machines_read_this() {
    let loaded = case("E020-unknown-key");
    let json = diagnostic::json(&loaded.diagnostics, &loaded.sources);
    insta::assert_json_snapshot!("json", json);
    let github = diagnostic::github(&loaded.diagnostics, &loaded.sources);
    insta::assert_snapshot!("github", github);
}

#[test]
fn workflow_commands_cannot_be_forged() {
    let mut memory = base();
    let text = "source: page\n\"x%0A::error::forged\\n::set-output\": 1\n";
    memory
        .files
        .insert("demo/types/types.yaml".into(), text.into());
    let loaded = load_from(&memory);
    let github = diagnostic::github(&loaded.diagnostics, &loaded.sources);
    assert_eq!(github.lines().count(), loaded.diagnostics.len());
    assert!(github.contains("x%250A"));
}

#[test]
fn at_most_a_hundred_are_shown() {
    let mut memory = base();
    let keys: String = (0..150).map(|n| format!("key{n}: 1\n")).collect();
    memory
        .files
        .insert("demo/types/types.yaml".into(), keys.into());
    let loaded = load_from(&memory);
    assert_eq!(loaded.diagnostics.shown().len(), diagnostic::SHOWN);
    assert!(loaded.diagnostics.omitted() >= 50);
    assert!(human(&loaded).ends_with("; the first 100 are shown\n"));
}

#[test]
fn sensitive_values_are_not_shown() {
    for name in ["E052-const", "E055-refinement"] {
        let loaded = case(name);
        let shown = [
            human(&loaded),
            diagnostic::json(&loaded.diagnostics, &loaded.sources).to_string(),
            diagnostic::github(&loaded.diagnostics, &loaded.sources),
        ];
        assert!(shown[0].contains("this value"), "{name}");
        assert!(shown.iter().all(|text| !text.contains("hunter")), "{name}");
    }
}

#[test]
fn a_ruling_settles() {
    let mut memory = base();
    overlay(&mut memory, &fixture("E094-example-breaks-rule"));
    let types = "demo/types/types.yaml";
    let text = String::from_utf8(memory.files[types].clone()).expect("UTF-8");
    let ruled = text.replace(
        "required: { severity: warning } }",
        "required: { severity: warning }, disputed: [{ id: x, question: Is it?, sides: [\
         { says: It is., source: page }, { says: It is not., source: page }], takes: It is., \
         because: The page says so., settles: [example_breaks_rule] }] }",
    );
    assert_ne!(text, ruled);
    memory.files.insert(types.into(), ruled.into());
    assert_eq!(human(&load_from(&memory)), "");
}

#[test]
fn the_counts_of_the_base() {
    let summary = load_from(&base()).summary();
    let types = [summary.types, summary.fields, summary.constraints];
    assert_eq!((summary.apis, summary.operations), (1, 1));
    assert_eq!(types, [1, 4, 4]);
    assert_eq!((summary.codes, summary.disputes), (1, 0));
}

#[test]
fn keywords_are_names_like_any_other() {
    let mut memory = base();
    let words = [
        "type", "self", "crate", "super", "fn", "build", "async", "gen", "x-y", "1",
    ];
    let fields = words.map(|word| format!("      {word}: {{ type: string, description: A. }}\n"));
    let fields = fields.concat();
    let text =
        format!("source: page\nobjects:\n  Thing:\n    description: A.\n    fields:\n{fields}");
    memory
        .files
        .insert("demo/types/types.yaml".into(), text.into());
    assert_eq!(human(&load_from(&memory)), "");
}

#[test]
fn a_file_of_a_million_keys() {
    let mut memory = base();
    let deep = format!("- {}{}\n", "[".repeat(60), "]".repeat(60));
    let text = deep.repeat((1 << 20) / 60 + 2);
    memory
        .files
        .insert("demo/types/types.yaml".into(), text.into());
    assert_eq!(ids(&load_from(&memory)), BTreeSet::from(["E003"]));
}

#[test]
fn one_mistake_does_not_hide_the_others() {
    let mut memory = base();
    let types = "source: page\nobjects:\n  Thing:\n    description: !tag A thing.\n    fields:\n      \
                 id: { type: string, description: D., required: true }\n      \
                 id: { descripton: D. }\n";
    memory
        .files
        .insert("demo/types/types.yaml".into(), types.into());
    // The name of the type is known, although its file cannot be read.
    let ping = String::from_utf8(memory.files["demo/operations/ping.yaml"].clone()).expect("UTF-8");
    let ping = ping.replace(
        "response:\n  fields:",
        "response:\n  fields:\n    x: { type: Thign, description: D. }",
    );
    memory
        .files
        .insert("demo/operations/ping.yaml".into(), ping.into());
    let loaded = load_from(&memory);
    assert_eq!(
        ids(&loaded),
        BTreeSet::from(["E007", "E010", "E020", "E022", "E040"]),
        "{}",
        human(&loaded)
    );
}

#[test]
fn files_in_the_wrong_place() {
    let mut memory = base();
    for path in [
        "demo/type/a.yaml",
        "demo/types/deep/b.yaml",
        "demo/c.yml",
        "other/api.yml",
    ] {
        memory.files.insert(path.into(), b"x: 1\n".to_vec());
    }
    insta::assert_snapshot!("W001-places", human(&load_from(&memory)));
}

#[cfg(unix)]
#[test]
fn what_is_no_file_of_the_spec_is_not_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let spec = folder.path().join("spec");
    for (path, text) in base().files {
        let path = spec.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    let with_example = |file: &str| {
        let ping = fixture("base").replace("\r", "");
        let ping = ping
            .split("# file: demo/operations/ping.yaml\n")
            .nth(1)
            .expect("the operation");
        let examples = format!("{ping}examples:\n  - {{ name: x, side: request, file: {file} }}\n");
        std::fs::write(spec.join("demo/operations/ping.yaml"), examples).expect("a file");
        human(&payspec_model::load(&spec))
    };
    std::fs::write(folder.path().join("secret.json"), "{}").expect("a file");
    let link =
        |from: &str, to: &str| std::os::unix::fs::symlink(from, spec.join(to)).expect("a link");
    link("../../secret.json", "demo/out.json");
    link("/dev/zero", "demo/endless.json");
    let out = with_example("out.json");
    assert!(
        out.contains("E110") && out.contains("leads out of the folder"),
        "{out}"
    );
    let endless = with_example("endless.json");
    assert!(endless.contains("E110"), "{endless}");
    std::fs::remove_file(spec.join("demo/operations/ping.yaml")).expect("a file");
    std::fs::write(
        spec.join("demo/operations/ping.yaml"),
        base().files["demo/operations/ping.yaml"].clone(),
    )
    .expect("a file");
    let sound = human(&payspec_model::load(&spec));
    assert_eq!(sound, "");

    // Each alone: where it stands, and what is told of it.
    let told = |place: &str, make: &dyn Fn(&Path), expected: &str| {
        let path = spec.join(place);
        make(&path);
        let loaded = payspec_model::load(&spec);
        let text = human(&loaded);
        match expected {
            "" => assert_eq!(text, "", "{place}"),
            expected => {
                assert_eq!(ids(&loaded), BTreeSet::from(["E002"]), "{place}: {text}");
                assert!(text.contains(expected), "{place}: {text}");
            }
        }
        assert!(!text.contains("hunter2"), "{text}");
        let _ = std::fs::remove_file(&path).or_else(|_| std::fs::remove_dir_all(&path));
    };
    let secret = folder.path().join("secret.yaml");
    std::fs::write(&secret, "password: hunter2\n").expect("a file");
    let to = |target: &'static str| {
        move |path: &Path| std::os::unix::fs::symlink(target, path).expect("a link")
    };
    let out = "a link leads out of the spec folder";
    told("demo/types/z.yaml", &to("../../../secret.yaml"), out);
    told("demo/types/z.yaml", &to("/dev/zero"), out);
    told("demo/operations/z.yaml", &to("../../../secret.yaml"), out);
    told("demo/flows", &to("../.."), out);
    told("elsewhere", &to(".."), out);
    told(
        "demo/types/lost.yaml",
        &to("nowhere.yaml"),
        "cannot be read",
    );
    told("demo/flows", &to("nowhere"), "is not a folder");
    told("demo/types/.#types.yaml", &to("user@host.1234"), "");
    let folder = |path: &Path| std::fs::create_dir_all(path).expect("a folder");
    told("demo/types/x.yaml", &folder, "is a folder, not a file");
    told("demo/flows/x.yaml", &folder, "is a folder, not a file");
    told("demo/results.yml", &folder, "is a folder, not a file");
    let hidden = |path: &Path| std::fs::write(path, "password: hunter2\n: [").expect("a file");
    told("demo/types/._types.yaml", &hidden, "");
    told("demo/.api.yaml", &hidden, "");
    let pipe = |path: &Path| {
        let made = std::process::Command::new("mkfifo").arg(path).status();
        assert!(made.expect("mkfifo").success());
    };
    told("demo/types/pipe.yaml", &pipe, "not a regular file");
    let socket =
        |path: &Path| drop(std::os::unix::net::UnixListener::bind(path).expect("a socket"));
    told("demo/types/socket.yaml", &socket, "not a regular file");
    let foreign = |path: &Path| {
        use std::os::unix::ffi::OsStrExt;
        let name = std::ffi::OsStr::from_bytes(b"caf\xe9.yaml");
        let path = path.with_file_name(name);
        std::fs::write(path, "source: page\nobjects: {}\n").expect("a file");
    };
    told("demo/types/foreign", &foreign, "its name is not UTF-8");
}
