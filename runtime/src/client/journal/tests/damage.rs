//! Files that are damaged, cut, of an earlier version, or no journal.

use super::*;

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
            .starts_with(Record::Header { version: "3" }.line().as_bytes())
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
    let newer = Record::Header { version: "4" }.line();
    let newer = format!("{newer}{}", Record::Header { version: "more" }.line());
    assert!(matches!(
        opened(newer.as_bytes()),
        Some(JournalError::Version { found, .. }) if found == "4"
    ));
    // A file that never got its first line, as after a loss of power.
    for bytes in [&b""[..], &[0; 40]] {
        assert_eq!(open(&over(bytes).0), []);
    }
}
