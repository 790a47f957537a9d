//! A journal over a disk that fails, and over files that are damaged.

use super::disk::Disk;
use super::record::Record;
use super::{DamageKind, Ended, Entry, EntryKind, FileJournal, Journal, JournalError, Opened};
use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

fn call<'a>(id: &'a str, body: &'a str) -> Entry<'a> {
    Entry {
        kind: EntryKind::Call,
        operation: "pay",
        scope: "/paymentRequestId",
        id,
        bytes: body.as_bytes(),
    }
}

fn payment<'a>(id: &'a str, body: &'a str) -> Entry<'a> {
    Entry {
        kind: EntryKind::Payment,
        operation: "pay_flow",
        ..call(id, body)
    }
}

/// Returns the ids and bodies of the open entries.
fn open(journal: &FileJournal) -> Vec<(String, String)> {
    let open = journal.unfinished().expect("readable").into_iter();
    open.map(|one| {
        let body = one.entry().map(|entry| entry.bytes.to_vec());
        let body = String::from_utf8(body.unwrap_or_default()).expect("UTF-8");
        (one.id().to_owned(), body)
    })
    .collect()
}

/// An operation of a disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Op {
    Append,
    Sync,
    Truncate,
    WriteBeside,
    Keep,
    Replace,
    SyncFolder,
}

/// The content of a disk, and the numbers of the operations that fail, counted from the first one.
#[derive(Debug, Default)]
struct State {
    file: Vec<u8>,
    beside: Vec<u8>,
    kept: Vec<Vec<u8>>,
    done: Vec<Op>,
    fails: BTreeSet<usize>,
    /// Percentage of a failing append that is written nevertheless.
    written: usize,
}

#[derive(Clone, Default)]
struct Faulty(Arc<Mutex<State>>);

impl Faulty {
    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().expect("a state")
    }

    fn does(&self, op: Op) -> io::Result<()> {
        let mut state = self.state();
        state.done.push(op);
        match state.fails.contains(&(state.done.len() - 1)) {
            true => Err(io::Error::other(format!("{op:?} fails"))),
            false => Ok(()),
        }
    }

    fn open(&self) -> FileJournal {
        let bytes = self.state().file.clone();
        let disk = Box::new(self.clone());
        FileJournal::over(disk, PathBuf::from("journal"), &bytes).expect("a journal")
    }
}

impl Disk for Faulty {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        let done = self.does(Op::Append);
        let mut state = self.state();
        let length = match done {
            Ok(()) => bytes.len(),
            Err(_) => bytes.len() * state.written / 100,
        };
        state.file.extend_from_slice(&bytes[..length]);
        done
    }

    fn sync(&mut self) -> io::Result<()> {
        self.does(Op::Sync)
    }

    fn truncate(&mut self, length: u64) -> io::Result<()> {
        self.does(Op::Truncate)?;
        let length = usize::try_from(length).expect("a length");
        self.state().file.truncate(length);
        Ok(())
    }

    fn write_beside(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.does(Op::WriteBeside)?;
        self.state().beside = bytes.to_vec();
        Ok(())
    }

    fn keep(&mut self) -> io::Result<()> {
        self.does(Op::Keep)?;
        let mut state = self.state();
        let file = state.file.clone();
        state.kept.push(file);
        Ok(())
    }

    fn replace(&mut self) -> io::Result<()> {
        self.does(Op::Replace)?;
        let mut state = self.state();
        state.file = std::mem::take(&mut state.beside);
        Ok(())
    }

    fn sync_folder(&mut self) -> io::Result<()> {
        self.does(Op::SyncFolder)
    }
}

/// A program that writes, and remembers which entries were reported as written.
fn program(journal: &FileJournal) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut told, mut may) = (BTreeSet::new(), BTreeSet::new());
    let long = format!("{{\"x\":\"{}\"}}", "y".repeat(9_000));
    for number in 0..24 {
        let id = format!("r-{number}");
        let opened = match number % 4 {
            3 => journal
                .begin(payment(&id, "{}"), "0 resting")
                .map(|()| Opened::New),
            _ => journal.before_send(call(&id, &long)),
        };
        match opened {
            Ok(_) => {}
            Err(error) => {
                assert!(
                    matches!(
                        error,
                        JournalError::Unwritten { .. } | JournalError::Broken { .. }
                    ),
                    "{error}"
                );
                may.extend(error.remains().then_some(id));
                continue;
            }
        }
        told.insert(id.clone());
        let (operation, closes) = match number % 4 {
            3 => (
                "pay_flow",
                journal.stands("pay_flow", &id, "1 flying").is_ok(),
            ),
            _ => ("pay", number > 0),
        };
        if closes && operation == "pay" {
            match journal.after(operation, &id, Ended::Decided) {
                Ok(()) => drop(told.remove(&id)),
                // Its line may be there: the next run then does not find the entry, and the caller
                // knows its end.
                Err(_) => {
                    told.remove(&id);
                    may.insert(id);
                }
            }
        }
    }
    (told, may)
}

#[test]
fn whatever_fails_once_or_for_good_nothing_that_was_acknowledged_is_lost_and_nothing_else_is_found()
{
    let calm = Faulty::default();
    let journal = calm.open();
    program(&journal);
    let steps = calm.state().done.len();
    assert!(calm.state().done.contains(&Op::Replace), "it is rewritten");
    let mut seen = BTreeSet::new();
    for first in 2..steps {
        for (lasts, written) in [(1, 0), (1, 60), (2, 60), (usize::MAX, 60)] {
            let disk = Faulty::default();
            disk.state().fails = (first..steps.min(first.saturating_add(lasts))).collect();
            disk.state().written = written;
            // Opening fails as a whole; this test tries the operations after it.
            let bytes = disk.state().file.clone();
            let opened = FileJournal::over(Box::new(disk.clone()), "journal".into(), &bytes);
            let Ok(journal) = opened else {
                continue;
            };
            let (told, may) = program(&journal);
            seen.extend(disk.state().done.get(first).copied());
            disk.state().fails.clear();
            let found: BTreeSet<String> =
                open(&disk.open()).into_iter().map(|(id, _)| id).collect();
            assert!(
                told.is_subset(&found),
                "{first} {lasts}: {told:?} {found:?}"
            );
            let more: Vec<_> = found
                .difference(&told)
                .filter(|id| !may.contains(*id))
                .collect();
            assert!(more.is_empty(), "{first} {lasts}: {more:?}");
        }
    }
    let all = [
        Op::Append,
        Op::Sync,
        Op::WriteBeside,
        Op::Replace,
        Op::SyncFolder,
    ];
    assert_eq!(seen, all.into_iter().collect());
}

#[test]
fn a_line_whose_sync_failed_is_taken_back_and_the_journal_takes_no_more() {
    let disk = Faulty::default();
    let journal = disk.open();
    journal.before_send(call("r-1", "{}")).expect("written");
    let next = disk.state().done.len();
    disk.state().fails = [next + 1].into();
    let error = journal
        .before_send(call("r-2", "{}"))
        .expect_err("not written");
    assert!(
        !error.remains() && error.to_string().contains("Sync fails"),
        "{error}"
    );
    let error = journal.before_send(call("r-3", "{}")).expect_err("broken");
    assert!(matches!(error, JournalError::Broken { .. }), "{error}");
    assert!(journal.after("pay", "r-1", Ended::Decided).is_err());
    let again = disk.open();
    assert_eq!(open(&again), [("r-1".to_owned(), "{}".to_owned())]);
    again.before_send(call("r-3", "{}")).expect("open again");
}

#[test]
fn a_line_that_cannot_be_taken_back_is_made_void_and_else_said_to_remain() {
    for (fails, remains) in [(&[1, 2][..], false), (&[1, 2, 3, 4], true)] {
        let disk = Faulty::default();
        let journal = disk.open();
        let next = disk.state().done.len();
        disk.state().fails = fails.iter().map(|fail| next + fail).collect();
        let error = journal
            .before_send(call("r-2", "{}"))
            .expect_err("not written");
        assert_eq!(error.remains(), remains, "{:?}", disk.state().done);
        assert_eq!(open(&disk.open()).len(), usize::from(remains));
    }
}

#[test]
fn an_append_that_failed_in_part_is_taken_back_and_the_next_one_is_whole() {
    let disk = Faulty::default();
    let journal = disk.open();
    disk.state().written = 50;
    let next = disk.state().done.len();
    disk.state().fails = [next].into();
    let error = journal.before_send(call("r-1", "{}")).expect_err("full");
    assert!(!error.remains());
    journal.before_send(call("r-2", "{}")).expect("room again");
    let again = disk.open();
    assert_eq!(again.damage(), []);
    assert_eq!(open(&again), [("r-2".to_owned(), "{}".to_owned())]);
}

#[test]
fn damage_is_reported_once_and_then_left_out() {
    let disk = Faulty::default();
    let journal = disk.open();
    for id in ["r-1", "r-2"] {
        journal.before_send(call(id, "{}")).expect("written");
    }
    drop(journal);
    let first = disk.state().file.iter().position(|byte| *byte == b'{');
    disk.state().file[first.expect("a body")] ^= 1;
    let damaged = disk.open();
    assert_eq!(damaged.damage().len(), 1);
    let found = open(&damaged);
    drop(damaged);
    let again = disk.open();
    assert_eq!(again.damage(), []);
    assert_eq!(open(&again), found);
}

#[test]
fn a_small_file_is_not_rewritten_when_it_is_opened() {
    let disk = Faulty::default();
    let journal = disk.open();
    for id in ["r-1", "r-2"] {
        journal.before_send(call(id, "{}")).expect("written");
    }
    journal
        .after("pay", "r-1", Ended::Decided)
        .expect("written");
    let bytes = disk.state().file.clone();
    let before = disk.state().done.len();
    let again = disk.open();
    assert_eq!(open(&again), [("r-2".to_owned(), "{}".to_owned())]);
    assert_eq!(disk.state().file, bytes);
    // An earlier run may have stopped before it was on the disk.
    assert_eq!(disk.state().done[before..], [Op::Sync, Op::SyncFolder]);
}

/// Makes a file with a few entries, and the entries that are open in it.
fn sample() -> (Vec<u8>, Vec<(String, String)>) {
    let disk = Faulty::default();
    let journal = disk.open();
    for number in 0..6 {
        let body = format!("{{\"amount\":\"{number}00\",\"text\":\"ä \\\"[\\\"call\\\"\"}}");
        journal
            .before_send(call(&format!("r-{number}"), &body))
            .expect("written");
    }
    journal
        .begin(payment("p-1", "{}"), "0 state")
        .expect("written");
    journal
        .stands("pay_flow", "p-1", "1 state")
        .expect("written");
    let bytes = disk.state().file.clone();
    (bytes, open(&journal))
}

fn over(bytes: &[u8]) -> (FileJournal, Faulty) {
    let disk = Faulty::default();
    disk.state().file = bytes.to_vec();
    (disk.open(), disk)
}

#[test]
fn no_changed_byte_is_ever_sent_and_all_other_entries_are_found() {
    let (bytes, whole) = sample();
    for place in 0..bytes.len() {
        for change in [1 << (place % 8), 0x20, 0xff, bytes[place]] {
            let mut changed = bytes.clone();
            changed[place] ^= change;
            let (journal, _) = over(&changed);
            let found = open(&journal);
            let known = |one: &(String, String)| whole.contains(one) || one.1.is_empty();
            assert!(found.iter().all(known), "{place} {change}: {found:?}");
            let missing = whole.iter().filter(|one| !found.contains(one)).count();
            assert!(missing <= 1, "{place} {change}: {missing} missing");
            assert!(!journal.damage().is_empty(), "{place} {change}");
        }
    }
}

#[test]
fn wherever_a_file_is_cut_the_entries_before_are_found_and_writing_goes_on() {
    let (bytes, whole) = sample();
    for cut in 0..bytes.len() {
        let (journal, disk) = over(&bytes[..cut]);
        let found = open(&journal);
        assert!(found.iter().all(|one| whole.contains(one)), "{cut}");
        let lines = bytes[..cut].iter().filter(|byte| **byte == b'\n').count();
        assert!(found.len() + 1 >= lines.min(8), "{cut}: {found:?}");
        assert!(journal.damage().len() <= 1, "{cut}");
        journal.before_send(call("new", "{}")).expect("written");
        let again = disk.open();
        assert_eq!(again.damage(), [], "{cut}");
        assert_eq!(open(&again).len(), found.len() + 1, "{cut}");
    }
}

#[test]
fn each_damaged_line_is_reported_and_a_copy_is_kept() {
    let (bytes, whole) = sample();
    let text = String::from_utf8(bytes).expect("UTF-8");
    let lines: Vec<&str> = text.lines().collect();
    let mut file = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        match number {
            // Glued to the next one.
            1 => file.extend_from_slice(&line.as_bytes()[..line.len() - 9]),
            2 => file.extend_from_slice(format!("{line}\nhello\n").as_bytes()),
            3 => file.extend_from_slice(format!("{line}\n\0\0\0\0\n").as_bytes()),
            4 => file.extend_from_slice(&[line.as_bytes(), b"\n\xff\xfe\n"].concat()),
            5 => file.extend_from_slice(format!("{}\n", line.replace("00", "99")).as_bytes()),
            _ => file.extend_from_slice(format!("{line}\n").as_bytes()),
        }
    }
    file.extend_from_slice(b"0123abcd 57 [\"call\",\"pay\",\"r-7\"");
    let (journal, disk) = over(&file);
    let damage: Vec<_> = journal
        .damage()
        .iter()
        .map(|one| (one.line, one.kind))
        .collect();
    assert_eq!(
        damage,
        [
            (2, DamageKind::Checksum),
            (3, DamageKind::NotAnEntry),
            (5, DamageKind::Zeros),
            (7, DamageKind::NotText),
            (8, DamageKind::Checksum),
            (12, DamageKind::CutOff),
        ]
    );
    let named = journal.damage().iter().map(|one| one.names.clone());
    let named: Vec<_> = named.flatten().map(|(_, id)| id).collect();
    assert_eq!(named, ["r-0", "r-4"]);
    let missing: Vec<_> = whole
        .iter()
        .filter(|one| !open(&journal).contains(one))
        .collect();
    assert_eq!(missing.len(), 2, "{missing:?}");
    assert_eq!(disk.state().kept, [file]);
    assert!(disk.open().damage().is_empty(), "it is rewritten");
}

#[test]
fn a_payment_whose_first_line_is_damaged_stays_open_by_its_name() {
    let (bytes, _) = sample();
    let text = String::from_utf8(bytes).expect("UTF-8");
    let damaged = text.replace("0 state", "9 state");
    let (journal, disk) = over(damaged.as_bytes());
    let lost = |journal: &FileJournal| {
        let open = journal.unfinished().expect("readable");
        let lost = open.iter().filter(|one| one.entry().is_none());
        lost.map(|one| (one.operation().to_owned(), one.id().to_owned()))
            .collect::<Vec<_>>()
    };
    let name = ("pay_flow".to_owned(), "p-1".to_owned());
    assert_eq!(lost(&journal), std::slice::from_ref(&name));
    // Nothing can begin under its id, however often the journal is opened.
    let again = disk.open();
    assert_eq!(lost(&again), [name]);
    let error = again.begin(payment("p-1", "{}"), "0").expect_err("open");
    assert!(matches!(error, JournalError::Unfinished { .. }), "{error}");
    again
        .after("pay_flow", "p-1", Ended::Decided)
        .expect("written");
    assert_eq!(lost(&disk.open()), []);
}

#[test]
fn the_file_stays_small_while_one_entry_is_open() {
    let disk = Faulty::default();
    let journal = disk.open();
    let body = format!("{{\"x\":\"{}\"}}", "y".repeat(1_000));
    journal.before_send(call("open", &body)).expect("written");
    let mut longest = 0;
    for number in 0..2_000 {
        let id = format!("r-{number}");
        journal.before_send(call(&id, &body)).expect("written");
        journal.after("pay", &id, Ended::Decided).expect("written");
        longest = longest.max(disk.state().file.len());
    }
    assert!(longest < 80 << 10, "{longest}");
    assert_eq!(open(&disk.open()).len(), 1);
    // With many open entries, not every line causes a rewrite.
    for number in 0..500 {
        journal
            .before_send(call(&format!("o-{number}"), &body))
            .expect("written");
    }
    let rewritten = |disk: &Faulty| {
        let done = disk.state();
        done.done.iter().filter(|op| **op == Op::Replace).count()
    };
    let before = rewritten(&disk);
    for number in 0..100 {
        let id = format!("n-{number}");
        journal.before_send(call(&id, &body)).expect("written");
        journal.after("pay", &id, Ended::Decided).expect("written");
    }
    assert!(rewritten(&disk) - before <= 1);
}

#[test]
fn what_is_closed_takes_nothing_of_its_id_along() {
    let disk = Faulty::default();
    let journal = disk.open();
    let refund = |body: &'static str| Entry {
        operation: "refund",
        scope: "/refundRequestId",
        ..call("r-1", body)
    };
    assert_eq!(journal.before_send(call("r-1", "{}")), Ok(Opened::New));
    assert_eq!(journal.before_send(refund("{}")), Ok(Opened::New));
    journal.after("pay", "r-1", Ended::Decided).expect("closed");
    assert_eq!(journal.before_send(refund("{}")), Ok(Opened::Again));
    let other = journal.before_send(refund("{\"a\":1}"));
    assert!(
        matches!(&other, Err(JournalError::OtherBody { operation, .. }) if operation == "refund"),
        "{other:?}"
    );
    assert_eq!(journal.before_send(call("r-1", "{}")), Ok(Opened::New));
}

#[test]
fn what_is_open_admits_nothing_else_with_its_id() {
    let disk = Faulty::default();
    let journal = disk.open();
    assert_eq!(journal.before_send(call("r-1", "{}")), Ok(Opened::New));
    assert_eq!(journal.before_send(call("r-1", "{}")), Ok(Opened::Again));
    let other = journal
        .before_send(call("r-1", "{\"a\":1}"))
        .expect_err("another body");
    assert!(
        matches!(&other, JournalError::OtherBody { id, .. } if id == "r-1"),
        "{other}"
    );
    let life = journal
        .begin(payment("r-1", "{}"), "0")
        .expect_err("a call is open");
    assert!(matches!(&life, JournalError::Unfinished { operation, .. } if operation == "pay"));
    let order = Entry {
        operation: "pay_order",
        ..call("r-1", "{}")
    };
    assert!(
        journal.before_send(order).is_err(),
        "the same field of another operation"
    );
    let refund = Entry {
        operation: "refund",
        scope: "/refundRequestId",
        ..call("r-1", "{}")
    };
    assert_eq!(journal.before_send(refund), Ok(Opened::New));
    journal.begin(payment("p-1", "{}"), "0").expect("it begins");
    assert!(journal.begin(payment("p-1", "{}"), "0").is_err());
    let other_flow = Entry {
        operation: "order_flow",
        ..payment("p-1", "{}")
    };
    assert!(journal.begin(other_flow, "0").is_err());
    assert!(journal.before_send(call("p-1", "{}")).is_err());
    // The second opening may have sent, so the end of the first one proves nothing.
    journal
        .after("pay", "r-1", Ended::NotSent)
        .expect("written");
    assert_eq!(journal.before_send(call("r-1", "{}")), Ok(Opened::Again));
    journal
        .after("pay", "r-1", Ended::Decided)
        .expect("written");
    assert_eq!(
        journal.before_send(call("r-1", "{\"a\":1}")),
        Ok(Opened::New)
    );
    journal
        .after("pay", "r-1", Ended::NotSent)
        .expect("written");
    assert_eq!(journal.before_send(call("r-1", "{}")), Ok(Opened::New));
    assert_eq!(
        disk.open().before_send(call("r-1", "{}")),
        Ok(Opened::Again)
    );
}

#[test]
fn files_of_version_1_are_read_with_what_is_glued_in_them() {
    let old = concat!(
        "[\"before\",\"pay\",\"r-0\",\"{}\"]\n",
        "[\"before\",\"pay\",\"r-1\",\"{\\\"x\\\":\\\"yyy[\"before\",\"pay\",\"r-2\",\"{}\"]\n",
        "[\"decided\",\"pay\",\"r-0\"]\n",
        "[\"begin\",\"pay_flow\",\"p-1\",\"{}\",\"0 state\"]\n",
        "[\"stands\",\"pay_flow\",\"p-1\",\"1 state\"]\n",
        "[\"opened\"]\n",
        "[\"before\",\"pay\",\"r-2\",\"{}\"]\n",
        "[\"not_sent\",\"pay\",\"r-2\"]\n",
        "[\"before\",\"pay\",\"r-4\",\"{}\"]\n",
        "[\"not_sent\",\"pay\",\"r-4\"]\n",
        "[\"before\",\"pay\",\"r-5\",\"{"
    );
    let (journal, disk) = over(old.as_bytes());
    let ids: Vec<_> = open(&journal).into_iter().map(|(id, _)| id).collect();
    assert_eq!(ids, ["r-2", "p-1"]);
    assert_eq!(
        journal.unfinished().expect("readable")[1].state(),
        "1 state"
    );
    let damage: Vec<_> = journal
        .damage()
        .iter()
        .map(|one| (one.line, one.kind))
        .collect();
    assert_eq!(
        damage,
        [(2, DamageKind::NotAnEntry), (11, DamageKind::CutOff)]
    );
    // It has the present format from now on; the scope of old ids is unknown.
    assert!(
        disk.state()
            .file
            .starts_with(Record::Header { version: "2" }.line().as_bytes())
    );
    let again = disk.open();
    assert_eq!(open(&again).len(), 2);
    assert!(again.before_send(call("p-1", "{}")).is_err());
}

#[test]
fn what_is_not_a_journal_or_is_newer_is_left_alone() {
    let opened = |bytes: &[u8]| {
        let disk = Faulty::default();
        disk.state().file = bytes.to_vec();
        let error = FileJournal::over(Box::new(disk.clone()), "journal".into(), bytes).err();
        assert_eq!(disk.state().done, [], "nothing is done to it");
        error
    };
    let text = b"hello\nhow are you\n";
    assert!(matches!(
        opened(text),
        Some(JournalError::NotAJournal { .. })
    ));
    let newer = Record::Header { version: "3" }.line();
    let newer = format!("{newer}{}", Record::Header { version: "more" }.line());
    assert!(matches!(
        opened(newer.as_bytes()),
        Some(JournalError::Version { found, .. }) if found == "3"
    ));
    // A file that never got its first line, as after a loss of power.
    for bytes in [&b""[..], &[0; 40]] {
        assert_eq!(open(&over(bytes).0), []);
    }
}
