//! Over a disk that fails, for once or for good.

use super::*;

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
