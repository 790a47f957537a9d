//! The cost of opening a journal with many open entries, against reading the file alone, and how long
//! the file is when nearly all of a great number of entries are decided.

use std::fmt::Write as _;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;
use std::{fs, io};

use payspec_runtime::client::{Ended, Entry, EntryKind, FileJournal, Journal as _};
use payspec_tests::messages;
use serde_json::json;

const ROUNDS: usize = 11;
const OPERATION: &str = "pay_entry_code";
/// How many entries are opened and decided while one stays open.
const DECIDED: usize = 3_000;

fn main() -> io::Result<()> {
    let folder = tempfile::tempdir()?;
    let body = messages::clean_request().to_string();
    println!(
        "{:<14} {:>9} {:>12} {:>12} {:>7} {:>14}",
        "open entries", "MB", "read ms", "open ms", "ratio", "us per entry"
    );
    for entries in [1_000, 10_000, 40_000] {
        let path = folder.path().join(format!("{entries}.journal"));
        fill(&path, entries, &body)?;
        let (mut read, mut opened) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            let start = Instant::now();
            black_box(fs::read(&path)?);
            read.push(start.elapsed().as_secs_f64() * 1e3);
            let start = Instant::now();
            let journal = FileJournal::open(&path).map_err(io::Error::other)?;
            opened.push(start.elapsed().as_secs_f64() * 1e3);
            let unfinished = journal.unfinished().map_err(io::Error::other)?;
            assert_eq!(unfinished.len(), entries);
        }
        let (read, opened) = (middle(read), middle(opened));
        println!(
            "{entries:<14} {:>9.1} {read:>12.1} {opened:>12.1} {:>7.1} {:>14.1}",
            fs::metadata(&path)?.len() as f64 / 1e6,
            opened / read,
            opened * 1e3 / entries as f64,
        );
    }
    shrinking(&folder.path().join("shrinking.journal"), &body).map_err(io::Error::other)
}

/// Makes a journal with these entries. It is written in the first version of the format, all at once,
/// since bringing each line to the disk would take minutes; the first opening rewrites it.
fn fill(path: &Path, entries: usize, body: &str) -> io::Result<()> {
    let mut lines = String::new();
    for number in 0..entries {
        let line = json!(["before", OPERATION, format!("order-{number}"), body]);
        writeln!(lines, "{line}").map_err(io::Error::other)?;
    }
    fs::write(path, lines)?;
    FileJournal::open(path).map(drop).map_err(io::Error::other)
}

/// The file while one entry stays open and many others come and go.
fn shrinking(path: &Path, body: &str) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let journal = FileJournal::open(path)?;
    journal.before_send(entry("stays-open", body))?;
    let mut longest = 0;
    for number in 0..DECIDED {
        let id = format!("order-{number}");
        journal.before_send(entry(&id, body))?;
        journal.after(OPERATION, &id, Ended::Decided)?;
        longest = longest.max(fs::metadata(path)?.len());
    }
    println!(
        "\none open, {DECIDED} decided: {:.0} KB at the end, {:.0} KB at most, of {:.0} KB written",
        fs::metadata(path)?.len() as f64 / 1e3,
        longest as f64 / 1e3,
        (body.len() * DECIDED) as f64 / 1e3,
    );
    Ok(())
}

fn entry<'a>(id: &'a str, body: &'a str) -> Entry<'a> {
    Entry {
        kind: EntryKind::Call,
        operation: OPERATION,
        scope: "/paymentRequestId",
        id,
        bytes: body.as_bytes(),
        begun: Some(std::time::SystemTime::now()),
    }
}

fn middle(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
