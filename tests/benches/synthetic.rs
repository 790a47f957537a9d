//! The generator, and the compiler over what it generates, on specs of 200 and 2,000 object types with
//! ten fields each. CPU time and peak memory are read from `/proc`, so this runs on Linux only.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};
use std::{env, fs, io, thread};

use payspec_codegen::emit::rust::{Options, Root};
use payspec_codegen::generate;
use payspec_tests::synthetic;

/// Set for the compiler's wrapper: the file that takes its peak memory.
const PEAK: &str = "PAYSPEC_BENCH_PEAK";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let outcome = match (env::var_os(PEAK), arguments.as_slice()) {
        (Some(peak), [rustc, rest @ ..]) => return wrap(rustc, rest, Path::new(&peak)),
        (None, [word, spec, out]) if word == "generate" => child(Path::new(spec), Path::new(out)),
        _ => run(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> io::Result<()> {
    let target = target();
    let mut generated = Vec::new();
    println!(
        "{:<44} {:>10} {:>12} {:>14}",
        "payspec generate", "CPU ms", "peak MiB", "us per object"
    );
    for objects in [200, 2_000] {
        let folder = target.join(format!("synthetic-{objects}"));
        let _ = fs::remove_dir_all(&folder);
        let (spec, source) = (folder.join("spec"), folder.join("src"));
        synthetic::write(&spec, objects, 10)?;
        fs::create_dir_all(&source)?;
        let output = Command::new(env::current_exe()?)
            .arg("generate")
            .arg(&spec)
            .arg(&source)
            .output()?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let numbers: Vec<u64> = text
            .split_whitespace()
            .filter_map(|word| word.parse().ok())
            .collect();
        let [cpu, peak] = numbers.as_slice() else {
            return Err(io::Error::other(
                String::from_utf8_lossy(&output.stderr).into_owned(),
            ));
        };
        let name = format!("{objects} object types of 10 fields");
        println!(
            "{name:<44} {cpu:>10} {:>12} {:>14}",
            peak / 1024,
            cpu * 1_000 / objects as u64
        );
        let types = fs::read_to_string(source.join("synthetic/types.rs"))?;
        generated.push((objects, folder, types.lines().count()));
    }
    println!(
        "\n{:<44} {:>10} {:>12} {:>14} {:>10}",
        "cargo check of it", "CPU ms", "peak MiB", "ms per object", "lines each"
    );
    for (objects, folder, lines) in generated {
        let (cpu, peak) = check(&folder)?;
        let name = format!("{objects} object types of 10 fields");
        println!(
            "{name:<44} {:>10} {:>12} {:>14.1} {:>10}",
            cpu.as_millis(),
            peak / 1024,
            cpu.as_secs_f64() * 1e3 / objects as f64,
            lines / objects
        );
    }
    from_nothing(&target)
}

/// One generation, in a process of its own; prints CPU milliseconds and peak kibibytes.
fn child(spec: &Path, out: &Path) -> io::Result<()> {
    let loaded = payspec_model::load(spec);
    let model = loaded
        .model
        .ok_or_else(|| io::Error::other("the synthetic spec has errors"))?;
    let options = Options::new(spec, Root::Crate);
    let plan = generate::prepare(&model, &options, out).map_err(io::Error::other)?;
    generate::apply(&plan).map_err(io::Error::other)?;
    println!("{} {}", cpu_time(false)?.as_millis(), peak("self")?);
    Ok(())
}

/// CPU time and peak kibibytes of the compiler over a generated crate, its dependencies built before.
fn check(folder: &Path) -> io::Result<(Duration, u64)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .canonicalize()?;
    let manifest = format!(
        "[package]\nname = \"synthetic\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\npayspec-runtime = {{ path = {:?} }}\n",
        root.join("runtime")
    );
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))?;
    let report = folder.join("peak");
    let cargo = |peak: bool| {
        let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command
            .args(["check", "--quiet", "--offline"])
            .current_dir(folder);
        command
            .env("CARGO_TARGET_DIR", folder.join("target"))
            .env("CARGO_INCREMENTAL", "0");
        if peak {
            command
                .env("RUSTC_WRAPPER", env::current_exe().unwrap_or_default())
                .env(PEAK, &report);
        }
        command.status().and_then(|status| match status.success() {
            true => Ok(()),
            false => Err(io::Error::other("cargo check failed")),
        })
    };
    // Dependencies, and the crate once; then only the crate again.
    cargo(false)?;
    touch(&folder.join("src/lib.rs"))?;
    let before = cpu_time(true)?;
    cargo(false)?;
    let cpu = cpu_time(true)? - before;
    touch(&folder.join("src/lib.rs"))?;
    cargo(true)?;
    let peak = fs::read_to_string(&report)?
        .trim()
        .parse()
        .map_err(io::Error::other)?;
    Ok((cpu, peak))
}

/// The in-store crate with all it depends on, from an empty target folder.
fn from_nothing(target: &Path) -> io::Result<()> {
    let folder = target.join("from-nothing");
    let _ = fs::remove_dir_all(&folder);
    let start = Instant::now();
    let status = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["build", "--quiet", "-p", "alipay-instore"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("CARGO_TARGET_DIR", &folder)
        .status()?;
    if !status.success() {
        return Err(io::Error::other("cargo build failed"));
    }
    println!(
        "\nalipay-instore with its dependencies, from nothing: {:.1} s",
        start.elapsed().as_secs_f64()
    );
    Ok(())
}

/// Runs the compiler and keeps the largest peak memory that any of its runs had.
fn wrap(rustc: &str, arguments: &[String], report: &Path) -> ExitCode {
    let Ok(mut child) = Command::new(rustc).args(arguments).spawn() else {
        return ExitCode::FAILURE;
    };
    let mut most = 0;
    loop {
        match child.try_wait() {
            Ok(None) => {}
            Ok(Some(status)) => {
                let before = fs::read_to_string(report).ok();
                let before: u64 = before
                    .and_then(|text| text.trim().parse().ok())
                    .unwrap_or(0);
                let written = fs::write(report, most.max(before).to_string());
                return ExitCode::from(u8::from(!status.success() || written.is_err()));
            }
            Err(_) => return ExitCode::FAILURE,
        }
        most = most.max(peak(&child.id().to_string()).unwrap_or(0));
        thread::sleep(Duration::from_millis(5));
    }
}

/// Peak resident memory of a process, in kibibytes.
fn peak(process: &str) -> io::Result<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    number.ok_or_else(|| io::Error::other("no VmHWM"))
}

/// CPU time of this process, or of those that it has waited for. The kernel counts in hundredths.
fn cpu_time(children: bool) -> io::Result<Duration> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields);
    let ticks: Vec<i64> = fields
        .split_whitespace()
        .filter_map(|field| field.parse().ok())
        .collect();
    // Behind the letter of the state, utime is the eleventh number, cutime the thirteenth.
    let first = if children { 12 } else { 10 };
    match ticks.get(first..first + 2) {
        Some([user, system]) => Ok(Duration::from_millis((user + system).unsigned_abs() * 10)),
        _ => Err(io::Error::other("no times in /proc/self/stat")),
    }
}

fn touch(file: &Path) -> io::Result<()> {
    let text = fs::read(file)?;
    thread::sleep(Duration::from_millis(20));
    fs::write(file, text)
}

fn target() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target")
}
