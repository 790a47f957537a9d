//! A copy of the repository in which the blocks of one page run.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use super::page::Block;
use crate::support::{Run, root, run, without_settings};

/// The address of the mock gateway on the pages.
const DOCUMENTED: &str = "127.0.0.1:8080";

pub(super) struct Stage {
    folder: tempfile::TempDir,
    servers: Vec<Child>,
    /// Addresses on the page, and the free ones that stand for them.
    addresses: Vec<(String, String)>,
}

impl Stage {
    /// Makes a repository with a tag `v0.1.0` and a branch `main`, and a branch `topic` that is checked out.
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        // `generate` takes the repository and the versions from the manifest of the workspace.
        for part in ["spec", "generated", "docs", "CHANGELOG.md", "Cargo.toml"] {
            copy(&root().join(part), &folder.path().join(part));
        }
        let stage = Stage {
            folder,
            servers: Vec::new(),
            addresses: Vec::new(),
        };
        let repository = "git init --quiet --initial-branch main && git add --all \
            && git commit --quiet --message 'The description as it was released' \
            && git tag v0.1.0 && git checkout --quiet -b topic";
        let made = run(&mut stage.bash(repository));
        assert_eq!(made.code, Some(0), "{made}");
        stage
    }

    /// Runs a script of the shell and returns its output, both streams in one.
    pub(super) fn run(&self, script: &str) -> Run {
        run(&mut self.bash(&format!("exec 2>&1\n{script}")))
    }

    /// Runs what a block shows.
    pub(super) fn play(&mut self, block: &Block) -> Result<(), String> {
        for setup in &block.setup {
            let made = self.run(&self.placed(setup));
            if made.code != Some(0) {
                return Err(format!("setup `{setup}`: {made}"));
            }
        }
        match (block.serves, block.console) {
            (true, _) => self.serve(block),
            (false, _) if block.text.contains("payspec mock ") => {
                Err("a gateway never ends: `<!-- serve: … -->`".to_owned())
            }
            (false, true) => block.shown().iter().try_for_each(|shown| {
                let ran = self.run(&self.placed(shown.command));
                expect(&ran, shown.exit, shown.command)?;
                let output = self.documented(&ran.stdout);
                compare(&output, &shown.output).map_err(|why| format!("{}: {why}", shown.command))
            }),
            (false, false) => {
                if block.exit != 0 && block.commands() != 1 {
                    return Err("a block with an exit code has one command".to_owned());
                }
                let ran = self.run(&self.placed(&block.text));
                expect(&ran, block.exit, &block.text)
            }
        }
    }

    /// Starts a gateway at a free port, and compares what it prints at the start.
    fn serve(&mut self, block: &Block) -> Result<(), String> {
        let shown = block.console.then(|| block.shown());
        let (command, output) = match shown.as_deref() {
            Some([one]) => (one.command, one.output.as_slice()),
            Some(_) => return Err("one command serves".to_owned()),
            None => (block.text.trim_end(), &[][..]),
        };
        let words: Vec<&str> = command.split_whitespace().collect();
        let named = words.windows(2).find(|pair| pair[0] == "--listen");
        let (documented, script) = match named {
            Some(pair) => (pair[1], command.replace(pair[1], "127.0.0.1:0")),
            None => (DOCUMENTED, format!("{command} --listen 127.0.0.1:0")),
        };
        let mut bash = self.bash(&format!("exec {script} 2>&1"));
        bash.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = bash.spawn().expect("the command starts");
        let stdout = child.stdout.take().expect("stdout is piped");
        self.servers.push(child);
        let mut printed = String::new();
        let mut lines = BufReader::new(stdout).lines();
        let mut address = None;
        let mut left = output.len();
        while left > 0 || address.is_none() {
            let line = lines.next().and_then(Result::ok);
            let line = line.ok_or_else(|| format!("`{command}` ended: {printed}"))?;
            if let Some((_, url)) = line.split_once("listening on ") {
                address = url.split_once("://").map(|(_, address)| address.to_owned());
            }
            printed += &format!("{line}\n");
            left = left.saturating_sub(1);
        }
        self.addresses
            .extend(address.map(|real| (documented.to_owned(), real)));
        let printed = self.documented(&printed);
        // A gateway whose pipe is full would wait.
        std::thread::spawn(move || lines.for_each(drop));
        match output {
            [] => Ok(()),
            output => compare(&printed, output),
        }
    }

    fn bash(&self, script: &str) -> Command {
        let command = PathBuf::from(env!("CARGO_BIN_EXE_payspec"));
        let folder = command.parent().expect("the folder of the command");
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = [folder.to_owned()]
            .into_iter()
            .chain(std::env::split_paths(&path));
        // The packages of the repository are built where they are.
        let cargo = "cargo() { command cargo \"$1\" --quiet --manifest-path \"$ROOT/Cargo.toml\" \"${@:2}\"; }";
        let mut bash = Command::new("bash");
        without_settings(&mut bash);
        bash.args(["-euo", "pipefail", "-c", &format!("{cargo}\n{script}")])
            .current_dir(self.folder.path())
            .env("PATH", std::env::join_paths(folders).expect("a PATH"))
            .env("ROOT", root())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1");
        for who in ["AUTHOR", "COMMITTER"] {
            bash.env(format!("GIT_{who}_NAME"), "A reader")
                .env(format!("GIT_{who}_EMAIL"), "reader@example.com")
                .env(format!("GIT_{who}_DATE"), "2026-11-30T12:00:00Z");
        }
        bash
    }

    /// Puts the addresses that the servers have in place of those on the page.
    fn placed(&self, text: &str) -> String {
        let start = text.to_owned();
        let pairs = self.addresses.iter();
        pairs.fold(start, |text, (page, real)| text.replace(page, real))
    }

    fn documented(&self, text: &str) -> String {
        let start = text.to_owned();
        let pairs = self.addresses.iter();
        pairs.fold(start, |text, (page, real)| text.replace(real, page))
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        for server in &mut self.servers {
            // One that has ended by itself is gone already.
            let _ = server.kill();
            let _ = server.wait();
        }
    }
}

fn expect(ran: &Run, exit: i32, command: &str) -> Result<(), String> {
    match ran.code {
        Some(code) if code == exit => Ok(()),
        Some(code) => Err(format!(
            "{command}: exit code {code}, expected {exit}\n{ran}"
        )),
        None => Err(format!("{command}: ended by a signal")),
    }
}

/// Compares lines; a shown line `...` stands for any number of lines, and `...` at the end of one for its rest.
fn compare(output: &str, shown: &[&str]) -> Result<(), String> {
    let lines: Vec<&str> = output.lines().map(str::trim_end).collect();
    let mut at = 0;
    let mut skips = false;
    for wanted in shown {
        if *wanted == "..." {
            skips = true;
            continue;
        }
        let rest = lines.get(at..).unwrap_or_default();
        let same = |line: &&str| match wanted.strip_suffix("...") {
            Some(begin) => line.starts_with(begin),
            None => line == wanted,
        };
        let found = match skips {
            true => rest.iter().position(same),
            false => rest.first().filter(|line| same(line)).map(|_| 0),
        };
        let ahead = found.ok_or_else(|| {
            let there = rest.first().map_or("the end", |line| line);
            format!("expected `{wanted}`, found `{there}` in\n{output}")
        })?;
        at += ahead + 1;
        skips = false;
    }
    match skips || at == lines.len() {
        true => Ok(()),
        false => Err(format!("expected nothing more, found\n{output}")),
    }
}

fn copy(from: &Path, to: &Path) {
    if from.is_file() {
        fs::copy(from, to).expect("a file is copied");
        return;
    }
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        copy(&entry.path(), &to.join(entry.file_name()));
    }
}
