//! The entries that are open, and the size of the file that holds them.

use super::*;

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
    assert_eq!(journal.before_send(refund("{}")), again());
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
    assert_eq!(journal.before_send(call("r-1", "{}")), again());
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
    assert_eq!(journal.before_send(call("r-1", "{}")), again());
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
    assert_eq!(disk.open().before_send(call("r-1", "{}")), again());
}
