//! The time of a call's first attempt.

use super::*;

/// Returns the times of the open entries.
fn begun(journal: &FileJournal) -> Vec<Option<SystemTime>> {
    let open = journal.unfinished().expect("readable").into_iter();
    open.map(|one| one.entry().and_then(|entry| entry.begun))
        .collect()
}

/// Makes a line of these texts, with its checksum.
fn line(texts: &[&str]) -> String {
    let json = serde_json::Value::from(texts).to_string();
    let signed = format!("{} {json}", json.len());
    format!("{:08x} {signed}\n", crc32fast::hash(signed.as_bytes()))
}

#[test]
fn the_first_attempt_is_kept_however_often_it_is_opened() {
    let disk = Faulty::default();
    let journal = disk.open();
    journal.before_send(call("r-1", "{}")).expect("written");
    let later = Entry {
        begun: Some(first() + Duration::from_secs(3600)),
        ..call("r-1", "{}")
    };
    assert_eq!(journal.before_send(later), again());
    journal.begin(payment("p-1", "{}"), "0").expect("written");
    drop(journal);
    assert_eq!(begun(&disk.open()), [Some(first()), None]);
    assert_eq!(disk.open().before_send(later), again());
    // A damaged end lets the file be rewritten.
    disk.state().file.extend_from_slice(b"0123abcd 57 [");
    assert_eq!(disk.open().damage().len(), 1);
    let again = disk.open();
    assert!(again.damage().is_empty());
    assert_eq!(begun(&again), [Some(first()), None]);
}

#[test]
fn a_call_of_version_2_has_no_time() {
    let old = [
        line(&["payspec-journal", "2"]),
        line(&["call", "pay", "r-1", "/paymentRequestId", "{}"]),
        line(&["payment", "pay_flow", "p-1", "/paymentRequestId", "{}", "0"]),
        line(&["state", "pay_flow", "p-1", "1"]),
    ];
    let (journal, disk) = over(old.concat().as_bytes());
    assert_eq!(journal.damage(), []);
    assert_eq!(begun(&journal), [None, None]);
    assert_eq!(journal.unfinished().expect("readable")[1].state(), "1");
    // A program that knows version 2 alone must not append to it.
    let header = line(&["payspec-journal", "3"]);
    assert!(disk.state().file.starts_with(header.as_bytes()));
    assert_eq!(disk.state().kept, [] as [Vec<u8>; 0]);
    let unknown = Ok(Opened::Again { begun: None });
    assert_eq!(disk.open().before_send(call("r-1", "{}")), unknown);
    // The power was lost while the first line was written.
    for cut in 0..header.len() {
        assert_eq!(open(&over(&old[0].as_bytes()[..cut]).0), [], "{cut}");
    }
}

/// A time that nobody can read must not hide that a call is open.
#[test]
fn an_unreadable_time_is_an_unknown_one() {
    for time in [
        "",
        " ",
        "soon",
        "-1",
        "+1",
        "1e3",
        "1.5",
        "18446744073709551616",
    ] {
        let file = [
            line(&["payspec-journal", "3"]),
            line(&["call", "pay", "r-1", "/paymentRequestId", "{}", time]),
        ];
        let (journal, _) = over(file.concat().as_bytes());
        assert_eq!(journal.damage(), [], "{time:?}");
        assert_eq!(begun(&journal), [None], "{time:?}");
    }
}
