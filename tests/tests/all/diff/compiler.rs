//! For every pair both crates are generated, and a program that was written against the old one is
//! compiled with the new one and run: what the diff says of Rust is held against the compiler.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{fs, thread};

use payspec_codegen::emit::GeneratedFile;
use payspec_codegen::emit::rust::{Options, Root, emit};
use payspec_model::model::Model;
use payspec_review::{Report, SemverBump};
use payspec_tests::outside::Outside;
use serde_json::Value;

use super::pairs::{PAIRS, Pair};

/// The program of somebody who depends on the generated crate.
const PROGRAM: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/diff/program.rs");

/// The fate of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Fate {
    /// It does not compile: what the compiler says, and the lines that it says it of.
    Refused(Vec<String>),
    /// It runs, and prints this.
    Runs(Vec<String>),
}

/// The compiler, with the runtime that was built once.
struct Rustc {
    runtime: PathBuf,
    below: PathBuf,
}

impl Rustc {
    fn new() -> Self {
        let below = Path::new(env!("CARGO_TARGET_TMPDIR")).join("verdicts");
        let outside = Outside::new(&below, "runtime");
        outside.write("src/lib.rs", "");
        let built = outside.cargo(&["build", "--message-format=json"]);
        let runtime = built
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok())
            .find(|message| message["target"]["name"] == "payspec_runtime")
            .and_then(|message| Some(PathBuf::from(message["filenames"][0].as_str()?)));
        Rustc {
            runtime: runtime.expect("the runtime was built"),
            below,
        }
    }

    fn command(&self, folder: &Path) -> Command {
        // The one that belongs to this cargo.
        let mut command = Command::new(Path::new(env!("CARGO")).with_file_name("rustc"));
        let mut runtime = std::ffi::OsString::from("payspec_runtime=");
        runtime.push(&self.runtime);
        let beside = self.runtime.parent().expect("a folder");
        command
            .args([
                "--edition=2024",
                "--cap-lints=allow",
                "--error-format=json",
                "-Cdebuginfo=0",
            ])
            .arg("-L")
            .arg(beside)
            .arg("--extern")
            .arg(runtime)
            .arg("--out-dir")
            .arg(folder);
        command
    }

    /// Compiles the program with what is generated from a model, and runs it.
    fn fate(&self, name: &str, files: &[GeneratedFile]) -> Fate {
        let folder = tempfile::tempdir_in(&self.below).expect("a folder");
        let folder = folder.path();
        for file in files {
            let path = folder.join(&file.path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, &file.contents).expect("a file");
        }
        let mut library = self.command(folder);
        library
            .args(["--crate-name=demo", "--crate-type=lib"])
            .arg(folder.join("lib.rs"));
        let found = errors(&mut library);
        assert!(
            found.is_empty(),
            "{name}: what is generated does not compile: {found:#?}"
        );
        let mut program = self.command(folder);
        let mut demo = std::ffi::OsString::from("demo=");
        demo.push(folder.join("libdemo.rlib"));
        program.arg("--extern").arg(demo).arg(PROGRAM);
        let found = errors(&mut program);
        if !found.is_empty() {
            return Fate::Refused(found);
        }
        let output = Command::new(folder.join("program"))
            .output()
            .expect("it runs");
        let told =
            [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
        Fate::Runs(told.concat().lines().map(str::to_owned).collect())
    }
}

/// The errors of the compiler: the code, and the line of the source.
fn errors(command: &mut Command) -> Vec<String> {
    let output = command.output().expect("the compiler runs");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    let messages = told
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let errors: Vec<String> = messages
        .filter(|message| message["level"] == "error")
        .filter_map(|message| {
            let mut spans = message["spans"].as_array()?.iter();
            let line = &spans.find(|span| span["is_primary"] == true)?["text"][0]["text"];
            let code = message["code"]["code"].as_str().unwrap_or_default();
            Some(format!("{code} {}", line.as_str()?.trim()))
        })
        .collect();
    assert_eq!(output.status.success(), errors.is_empty(), "{told}");
    errors
}

fn generated(model: &Model) -> Vec<GeneratedFile> {
    let mut options = Options::new(Path::new("spec"), Root::Crate);
    options.crate_name = Some("demo".to_owned());
    emit(model, &options).expect("a sound model can be written")
}

/// Rules that show only in the code of a client, which the crates of the pairs are compiled without.
const CLIENT_ONLY: &[&str] = &[
    "auth-headers-changed",
    "auth-headers-changed, a token that an operation hands out",
    "auth-removed",
    "credential-added",
    "credential-kind-changed",
    "flow-proves-changed",
    "notification-encryption-changed",
    "notification-proof-removed",
    "notification-proof-recipe-changed, what is signed",
    "notification-proof-recipe-changed, the encoding of the secret",
    "notification-proof-recipe-changed, the tolerance",
    "operation-auth-changed",
    "operation-auth-changed, the headers of the API",
    "response-proof-recipe-changed, the size of the keys",
    "response-proof-recipe-changed, what is signed",
    "response-proof-removed",
    "notification-proof-recipe-changed, the values that are signed",
    "notification-proof-recipe-changed, the value that may contain a separator",
    "encrypted-changed",
    "each-changed",
    "event-id-changed",
];

/// Returns the objection of the program's fate to a verdict, if it has one.
fn objection(verdict: SemverBump, same: bool, old: &Fate, new: &Fate) -> Option<&'static str> {
    match (verdict, new) {
        (SemverBump::None, _) if !same => Some("what is generated is not the same"),
        (SemverBump::Patch | SemverBump::Minor | SemverBump::Major, _) if same => {
            Some("nothing that is generated changes")
        }
        (SemverBump::None | SemverBump::Patch | SemverBump::Minor, Fate::Refused(_)) => {
            Some("it does not compile")
        }
        (SemverBump::Major, Fate::Runs(_)) if old == new => Some("it compiles and means the same"),
        _ => None,
    }
}

/// Returns the generated code without its comments.
fn code(files: &[GeneratedFile]) -> String {
    let mut code = String::new();
    for file in files.iter().filter(|file| file.path.ends_with(".rs")) {
        let lines = file.contents.lines().map(str::trim);
        let lines = lines.filter(|line| !line.starts_with("//") && !line.starts_with("#![doc"));
        lines.for_each(|line| {
            code.push_str(line);
            code.push('\n');
        });
    }
    code
}

/// In a pair's words: the verdict, and what became of the program.
fn told(pair: &Pair, verdict: SemverBump, old: &Fate, new: &Fate) -> String {
    let mut told = format!("{}: {}", pair.name, verdict.as_str());
    let mut add = |sign: &str, line: &str| writeln!(told, "\n  {sign} {line}").expect("a text");
    match (old, new) {
        (_, Fate::Refused(errors)) => errors.iter().for_each(|error| add("error", error)),
        (Fate::Runs(old), Fate::Runs(new)) => {
            old.iter()
                .filter(|line| !new.contains(line))
                .for_each(|line| add("-", line));
            new.iter()
                .filter(|line| !old.contains(line))
                .for_each(|line| add("+", line));
        }
        (Fate::Refused(_), Fate::Runs(_)) => {}
    }
    told.replace("\n\n", "\n").trim_end().to_owned() + "\n"
}

#[test]
#[ignore = "long: an own step of .ci/more"]
fn the_compiler_agrees() {
    let rustc = Rustc::new();
    let files = generated(&PAIRS[0].old);
    let (old, old_code) = (rustc.fate("base", &files), code(&files));
    assert!(matches!(old, Fate::Runs(_)), "{old:#?}");
    let next = AtomicUsize::new(0);
    let found = Mutex::new(Vec::new());
    let workers = thread::available_parallelism().map_or(2, usize::from);
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some((at, pair)) = {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    PAIRS.get(at).map(|pair| (at, pair))
                } {
                    let files = generated(&pair.new);
                    let report = Report::with_generated(&pair.old, &pair.new);
                    let verdict = report.expect("both can be written").summary.rust;
                    let same = code(&files) == old_code;
                    // The same code has the same fate.
                    let fate = match same {
                        true => old.clone(),
                        false => rustc.fate(&pair.name, &files),
                    };
                    let objection = objection(verdict, same, &old, &fate)
                        .filter(|_| !(same && CLIENT_ONLY.contains(&pair.name.as_str())));
                    let told = told(pair, verdict, &old, &fate);
                    found.lock().expect("no panic").push((at, told, objection));
                }
            });
        }
    });
    let mut found = found.into_inner().expect("no panic");
    found.sort();
    let all: String = found.iter().map(|(_, told, _)| told.as_str()).collect();
    let objections: Vec<String> = found
        .iter()
        .filter_map(|(_, told, objection)| Some(format!("{}\n{told}", (*objection)?)))
        .collect();
    assert!(objections.is_empty(), "{}", objections.join("\n"));
    insta::assert_snapshot!(all);
}
