//! Requests that are open in the journal, and what else has their ids.

use super::*;

#[test]
fn a_second_call_of_an_open_request_starts_in_doubt() {
    let (_folder, path) = path();
    let refused = || Scene::Answer(result("F", "RISK_REJECT"));
    let (client, stage) = client_of(
        vec![
            lost(),
            lost(),
            lost(),
            lost(),
            refused(),
            not_sent(),
            not_sent(),
            not_sent(),
            not_sent(),
            refused(),
        ],
        open(&path),
    );
    let first = client.pay_entry_code(request()).expect_err("in doubt");
    // Whether the first doubt is still held or not.
    let again = client.pay_entry_code(request()).expect_err("in doubt");
    let doubt = again.in_doubt().expect("a doubt");
    assert!(
        matches!(doubt.problem(), Problem::RepetitionRefused(_)),
        "{doubt}"
    );
    drop((first, doubt));
    // An earlier run may have sent the request, even if this one sends nothing.
    let error = client.pay_entry_code(request()).expect_err("in doubt");
    assert!(error.needs_inquiry(), "{error}");
    drop(error);
    // The next run knows as much.
    drop(client);
    let (client, _) = client_of(vec![refused(), Scene::Answer(redirect())], open(&path));
    let error = client.pay_entry_code(request()).expect_err("in doubt");
    assert!(error.needs_inquiry(), "{error}");
    drop(error);
    assert!(client.pay_entry_code(request()).is_ok());
    assert_eq!(client.unfinished().expect("readable").len(), 0);
    assert_eq!(stage.left(), 1);
}

#[test]
fn another_body_under_an_open_id_is_refused() {
    let (_folder, path) = path();
    let (client, stage) = client_of(vec![lost(), lost(), lost(), lost()], open(&path));
    let doubt = client.pay_entry_code(request()).expect_err("in doubt");
    let mut other = messages::clean_request();
    other["order"]["orderDescription"] = "Something else".into();
    let other = decode(other.to_string().as_bytes()).expect("it decodes");
    let error = client.pay_entry_code(Valid::new(other).expect("valid"));
    let error = error.expect_err("refused");
    let CallError::Refused(Refused::Journal(JournalError::OtherBody {
        operation,
        id: open,
    })) = &error
    else {
        panic!("{error}");
    };
    assert_eq!((operation.as_str(), open), ("pay_entry_code", &id()));
    assert_eq!(stage.requests().len(), 4, "nothing of it left");
    // The same id cannot have a life as well, nor a call beside a life.
    let life = client
        .entry_code_payment(request())
        .expect_err("a call is open");
    assert!(matches!(
        life,
        BeginError::Journal(JournalError::Unfinished { .. })
    ));
    client
        .resolve(doubt.in_doubt().expect("a doubt"))
        .expect("written");
    let payment = client.entry_code_payment(request()).expect("it begins");
    let error = client
        .pay_entry_code(request())
        .expect_err("a life is open");
    assert!(matches!(
        error,
        CallError::Refused(Refused::Journal(JournalError::Unfinished { .. }))
    ));
    // It is under way, so it cannot be closed, and is not unfinished for others.
    let error = client.close(&payment).expect_err("under way");
    assert!(
        matches!(&error, CloseError::UnderWay { id: open, .. } if *open == id()),
        "{error}"
    );
    assert_eq!(client.unfinished().expect("readable").len(), 0);
    drop(payment);
    assert_eq!(client.unfinished().expect("readable").len(), 1);
}

#[test]
fn a_cancellation_is_written_down_and_an_inquiry_is_not() {
    let (_folder, path) = path();
    let script = (0..8).map(|_| lost()).collect();
    let (client, _) = client_of(script, open(&path));
    let inquiry = InquiryPaymentRequest::builder()
        .payment_request_id(id())
        .build();
    client
        .inquiry_payment(inquiry.expect("valid"))
        .expect_err("in doubt");
    assert_eq!(client.unfinished().expect("readable").len(), 0);
    let cancel = CancelRequest::builder().payment_request_id(id()).build();
    client.cancel(cancel.expect("valid")).expect_err("in doubt");
    drop(client);
    let (client, _) = client_of(vec![Scene::Answer(result("S", "SUCCESS"))], open(&path));
    let unfinished = client.unfinished().expect("readable").pop();
    let Some(Ok(Unfinished::Cancel(doubt))) = unfinished else {
        panic!("{unfinished:?}");
    };
    assert_eq!(
        client.unfinished().expect("readable").len(),
        0,
        "it is held"
    );
    client.resend(doubt).expect("decided");
    assert_eq!(client.unfinished().expect("readable").len(), 0);
}

#[test]
fn what_cannot_be_restored_is_an_item_that_names_it() {
    let (_folder, path) = path();
    let journal = open(&path);
    let entry = |operation, id| Entry {
        kind: EntryKind::Call,
        operation,
        scope: "/x",
        id,
        bytes: b"{}",
        begun: None,
    };
    journal.before_send(entry("gone", "g-1")).expect("written");
    journal
        .before_send(entry("refund", "f-1"))
        .expect("written");
    let (client, _) = client_of(Vec::new(), journal);
    let unfinished = client.unfinished().expect("readable");
    let texts: Vec<String> = unfinished
        .iter()
        .map(|one| one.as_ref().expect_err("not restored").to_string())
        .collect();
    assert!(
        texts[0].starts_with("`gone` g-1 is unfinished"),
        "{texts:?}"
    );
    assert!(
        texts[1].starts_with("`refund` f-1 is unfinished"),
        "{texts:?}"
    );
    let shown = format!("{:?}", unfinished[0].as_ref().expect_err("not restored"));
    assert!(shown.contains("gone") && shown.contains("g-1"), "{shown}");
    for one in unfinished {
        client
            .resolve_entry(one.expect_err("not restored"))
            .expect("written");
    }
    assert_eq!(client.unfinished().expect("readable").len(), 0);
}
