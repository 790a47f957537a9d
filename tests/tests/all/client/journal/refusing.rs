//! A journal that refuses to write, and a disk that is full.

use super::*;

#[test]
fn what_cannot_be_written_down_is_not_sent() {
    let (_folder, path) = path();
    let journal = Failing::new(&path);
    journal.refuse(&["before_send"]);
    let (client, stage) = client_of(Vec::new(), journal);
    let error = client.pay_entry_code(request()).expect_err("not sent");
    assert!(matches!(error, CallError::Refused(Refused::Journal(_))));
    assert!(error.to_string().contains("no space left"), "{error}");
    assert!(!error.needs_inquiry());
    assert_eq!(stage.requests().len(), 0);
}

#[test]
fn a_doubt_that_cannot_be_written_down_again_stays_one_and_is_not_sent() {
    let (_folder, path) = path();
    let journal = Failing::new(&path);
    let (client, stage) = client_of((0..4).map(|_| lost()).collect(), journal.clone());
    let error = client.pay_entry_code(request()).expect_err("lost");
    let doubt = error.in_doubt().expect("a doubt");
    let sent = stage.requests().len();
    journal.refuse(&["before_send"]);
    let error = client.resend(doubt).expect_err("not sent");
    let doubt = error.in_doubt().expect("still a doubt");
    assert!(
        matches!(doubt.problem(), Problem::Journal { .. }),
        "{doubt}"
    );
    assert_eq!(stage.requests().len(), sent);
}

#[test]
fn an_end_that_cannot_be_written_down_stays_in_doubt_with_its_answer() {
    for (scenes, answered) in [
        (vec![Scene::Answer(redirect())], true),
        (vec![Scene::Answer(result("F", "RISK_REJECT"))], true),
        (vec![not_sent(), not_sent(), not_sent(), not_sent()], false),
    ] {
        let (_folder, path) = path();
        let journal = Failing::new(&path);
        journal.refuse(&["after"]);
        let (client, _) = client_of(scenes, journal.clone());
        let error = client.pay_entry_code(request()).expect_err("not an end");
        let doubt = error.in_doubt().expect("a doubt");
        assert!(
            matches!(doubt.problem(), Problem::Journal { .. }),
            "{doubt}"
        );
        assert_eq!(doubt.problem().answered().is_some(), answered);
        drop(doubt);
        assert_eq!(client.unfinished().expect("readable").len(), 1);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_loses_nothing_and_glues_nothing() {
    // A device of a few pages, where the machine allows one to be made.
    let folder = tempfile::tempdir().expect("a folder");
    let mounted = std::process::Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=64k", "tmpfs"])
        .arg(folder.path())
        .output();
    if !mounted.is_ok_and(|output| output.status.success()) {
        println!("skipped: a_full_disk_loses_nothing_and_glues_nothing cannot mount a small disk");
        return;
    }
    let path = folder.path().join("journal");
    let journal = open(&path);
    let body = format!("{{\"x\":\"{}\"}}", "y".repeat(3_000)).into_bytes();
    let mut written = Vec::new();
    let mut refused = 0;
    for number in 0..40 {
        let id = format!("r-{number}");
        let entry = Entry {
            kind: EntryKind::Call,
            operation: "pay",
            scope: "/x",
            id: &id,
            bytes: &body,
            begun: None,
        };
        match journal.before_send(entry) {
            Ok(_) => written.push(id),
            Err(error) => {
                assert!(error.to_string().contains("No space left"), "{error}");
                refused += 1;
            }
        }
    }
    drop(journal);
    let journal = open(&path);
    assert_eq!(journal.damage(), []);
    let found: Vec<String> = journal
        .unfinished()
        .expect("readable")
        .iter()
        .map(|one| one.id().to_owned())
        .collect();
    drop(journal);
    drop(
        std::process::Command::new("umount")
            .arg(folder.path())
            .output(),
    );
    assert!(refused > 0 && !written.is_empty());
    assert_eq!(found, written);
}
