//! Notifications: what is remembered, and why one is not taken in.

use super::*;

#[test]
fn a_notification_is_remembered_for_its_time_and_no_longer() {
    let seen = SeenInMemory::for_as_long_as(Duration::from_secs(10));
    let at = |seconds: u64| at(1000 * (1_000 + seconds));
    let acts = |id: &str, time| {
        let begun = seen.begin(id, time);
        if begun == Seen::New {
            seen.finish(id, time);
        }
        begun
    };
    assert_eq!(acts("a", at(0)), Seen::New);
    assert_eq!(acts("a", at(10)), Seen::Done);
    assert_eq!(acts("a", at(11)), Seen::New);
    seen.forget("a");
    // An id in work stays in work, however old; the expiry of an earlier end does not change that.
    assert_eq!(seen.begin("a", at(12)), Seen::New);
    assert_eq!(seen.begin("a", at(99)), Seen::InWork);
    seen.finish("a", at(99));
    assert_eq!(acts("a", at(109)), Seen::Done);
    // A clock that is set back forgets nothing, and ids that are too old are new again.
    assert_eq!(acts("b", at(200)), Seen::New);
    assert_eq!(acts("c", at(150)), Seen::New);
    assert_eq!(acts("b", at(150)), Seen::Done);
    assert_eq!(acts("c", at(161)), Seen::New);
}

#[test]
fn remembering_costs_the_same_for_many_notifications_as_for_few() {
    let ask = |already: u32| {
        let seen = SeenInMemory::for_as_long_as(Duration::from_secs(3_600));
        let ids = |from: u32, to: u32| (from..to).map(|number| format!("{number:064x}"));
        for id in ids(0, already) {
            assert_eq!(seen.begin(&id, at(0)), Seen::New);
            seen.finish(&id, at(0));
        }
        let started = std::time::Instant::now();
        for id in ids(already, already + 2_000) {
            assert_eq!(seen.begin(&id, at(1)), Seen::New);
            seen.finish(&id, at(1));
        }
        started.elapsed()
    };
    let few = (0..3).map(|_| ask(20)).min().unwrap_or_default();
    let many = (0..3).map(|_| ask(20_000)).min().unwrap_or_default();
    // Looking at all of them each time would take a thousand times as long.
    assert!(
        many < few * 30 + Duration::from_millis(5),
        "{few:?} {many:?}"
    );
}

#[test]
fn why_a_notification_was_not_taken_in_is_said() {
    use payspec_runtime::client::life::{NotifiedError, OtherPayment};

    let other = NotifiedError::from(OtherPayment);
    assert_eq!(other.to_string(), OtherPayment.to_string());
    let broken = JournalError::NotAJournal {
        path: "payments.journal".into(),
    };
    assert_eq!(
        NotifiedError::from(broken.clone()).to_string(),
        broken.to_string()
    );
}
