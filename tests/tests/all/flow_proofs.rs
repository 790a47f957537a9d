//! The real flows hold what is proved of them, and each proof can fail: the real description is
//! broken in every way, by an edit, and the loader says so.

use std::collections::BTreeSet;
use std::path::Path;

use payspec_model::source::Memory;
use payspec_model::{diagnostic, load_from};
use payspec_tests::random::is_tried;

const SPEC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/ams-instore");
const PAYMENT: &str = "flows/payment.yaml";
const ENTRY_CODE: &str = "flows/entry_code_payment.yaml";
const CANCEL: &str = "operations/cancel.yaml";
const INQUIRY: &str = "operations/inquiry_payment.yaml";

fn real() -> Memory {
    let mut memory = Memory::default();
    take_in(&mut memory, Path::new(SPEC), "ams-instore");
    memory
}

fn take_in(memory: &mut Memory, folder: &Path, name: &str) {
    for entry in std::fs::read_dir(folder).expect("the folder") {
        let path = entry.expect("an entry").path();
        let name = format!(
            "{name}/{}",
            path.file_name().expect("a name").to_string_lossy()
        );
        if path.is_dir() {
            take_in(memory, &path, &name);
        } else {
            let bytes = std::fs::read(&path).expect("a file");
            memory.files.insert(name, bytes);
        }
    }
}

/// Replaces what stands once behind another text of a file.
fn edit(memory: &mut Memory, file: &str, behind: &str, old: &str, new: &str) {
    let bytes = memory.files.get_mut(&format!("ams-instore/{file}"));
    let bytes = bytes.unwrap_or_else(|| panic!("{file} is there"));
    let text = String::from_utf8(bytes.clone()).expect("UTF-8");
    let start = text
        .find(behind)
        .unwrap_or_else(|| panic!("{file} has {behind:?}"));
    let (before, after) = text.split_at(start);
    assert!(after.contains(old), "{file} has {old:?} behind {behind:?}");
    *bytes = format!("{before}{}", after.replacen(old, new, 1)).into();
}

/// Returns the codes and the texts of the loader's errors after an edit.
fn raised(file: &str, behind: &str, old: &str, new: &str) -> (BTreeSet<&'static str>, String) {
    let mut memory = real();
    edit(&mut memory, file, behind, old, new);
    let loaded = load_from(&memory);
    let codes = loaded.diagnostics.iter().map(|found| found.code.id);
    let report = diagnostic::human(&loaded.diagnostics, &loaded.sources, false);
    (codes.collect(), report)
}

#[test]
fn the_real_flows_are_sound() {
    let loaded = load_from(&real());
    let report = diagnostic::human(&loaded.diagnostics, &loaded.sources, false);
    assert_eq!(report, "");
    let model = loaded.model.expect("a sound description");
    let flows = model.apis.iter().flat_map(|api| &api.flows);
    let flows: Vec<&str> = flows.map(|flow| flow.id.as_str()).collect();
    assert!(flows.contains(&"entry_code_payment"), "{flows:?}");
}

#[test]
fn each_proof_fails_of_a_broken_flow() {
    let edits = [
        (
            "E120",
            "a state that is not there",
            ENTRY_CODE,
            "",
            "redirect: awaiting",
            "redirect: waiting",
        ),
        (
            "E120",
            "an outcome that is not there",
            PAYMENT,
            "",
            "inquiry_payment.paid:",
            "inquiry_payment.done:",
        ),
        (
            "E121",
            "a step that sends nothing",
            PAYMENT,
            "  settling:",
            "    send: inquiry_payment\n",
            "",
        ),
        (
            "E122",
            "an end of the budget that asks for more",
            PAYMENT,
            "  awaiting:",
            "exhausted: cancelling",
            "exhausted: again",
        ),
        (
            "E123",
            "a notification that is sent",
            PAYMENT,
            "  settling:",
            "send: inquiry_payment",
            "send: notify_payment",
        ),
        (
            "E124",
            "a beginning without the payment",
            PAYMENT,
            "",
            "starts: paying",
            "starts: awaiting",
        ),
        (
            "E130",
            "an outcome without a row",
            PAYMENT,
            "",
            "      inquiry_payment.cancelled: cancelled\n",
            "",
        ),
        (
            "E130",
            "silence without a row",
            PAYMENT,
            "  cancelling:",
            "      no_answer: again\n",
            "",
        ),
        (
            "E130",
            "a notification without a row",
            PAYMENT,
            "  settling:",
            "      notify_payment.*: stay\n",
            "",
        ),
        (
            "E130",
            "the expiry without a row",
            PAYMENT,
            "  awaiting:",
            "      expired: checking\n",
            "",
        ),
        (
            "E131",
            "a state that nothing leads to",
            PAYMENT,
            "",
            "cancel.failed: settling",
            "cancel.failed: escalated",
        ),
        (
            "E132",
            "a state without a way out",
            PAYMENT,
            "  escalated:\n",
            "    end: escalated",
            ENDLESS,
        ),
        (
            "E133",
            "a way back to an inquiry",
            PAYMENT,
            "  settling:",
            "exhausted: escalated",
            "exhausted: cancelling",
        ),
        (
            "E133",
            "a way back to the payment",
            PAYMENT,
            "  awaiting:",
            "exhausted: cancelling",
            "exhausted: paying",
        ),
        (
            "E134",
            "a payment again after a failure",
            ENTRY_CODE,
            "",
            "pay_entry_code.failed: unpaid",
            "pay_entry_code.failed: again",
        ),
        (
            "E134",
            "a payment again after a success",
            ENTRY_CODE,
            "",
            "redirect: awaiting",
            "redirect: again",
        ),
        (
            "E134",
            "a second payment",
            PAYMENT,
            "  settling:",
            INQUIRING,
            PAYING_AGAIN,
        ),
        (
            "E135",
            "unpaid because nobody answered",
            PAYMENT,
            "  awaiting:",
            "exhausted: cancelling",
            "exhausted: unpaid",
        ),
        (
            "E135",
            "unpaid because time is over",
            PAYMENT,
            "  awaiting:",
            "expired: checking",
            "expired: unpaid",
        ),
        (
            "E135",
            "unpaid because an inquiry failed",
            PAYMENT,
            "  awaiting:",
            "inquiry_payment.failed: cancelling",
            "inquiry_payment.failed: unpaid",
        ),
        (
            "E135",
            "unpaid because a cancellation failed",
            PAYMENT,
            "",
            "cancel.failed: settling",
            "cancel.failed: unpaid",
        ),
        (
            "E135",
            "unpaid because of another request",
            ENTRY_CODE,
            "",
            "REPEAT_REQ_INCONSISTENT: escalated",
            "REPEAT_REQ_INCONSISTENT: unpaid",
        ),
        (
            "E135",
            "paid because the payer is redirected",
            ENTRY_CODE,
            "",
            "redirect: awaiting",
            "redirect: paid",
        ),
        (
            "E135",
            "paid because it is under way",
            PAYMENT,
            "  awaiting:",
            "inquiry_payment.processing: again",
            "inquiry_payment.processing: paid",
        ),
        (
            "E135",
            "paid because it is pending",
            PAYMENT,
            "  awaiting:",
            "notify_payment.*: stay",
            "notify_payment.*: paid",
        ),
        (
            "E135",
            "cancelled because nobody answered",
            PAYMENT,
            "  cancelling:",
            "exhausted: escalated",
            "exhausted: cancelled",
        ),
        (
            "E135",
            "cancelled because it is pending",
            PAYMENT,
            "",
            "cancel.pending: again",
            "cancel.pending: cancelled",
        ),
        (
            "E136",
            "a paid answer that is passed over",
            PAYMENT,
            "  awaiting:",
            "notify_payment.paid: paid",
            "notify_payment.paid: stay",
        ),
        (
            "E136",
            "a paid answer that is cancelled",
            PAYMENT,
            "  awaiting:",
            "inquiry_payment.paid: paid",
            "inquiry_payment.paid: cancelling",
        ),
        (
            "E137",
            "paid after a cancellation",
            PAYMENT,
            "  cancelling:",
            "notify_payment.*: stay",
            "notify_payment.paid: paid\n      notify_payment.*: stay",
        ),
        (
            "E137",
            "paid after an open cancellation",
            PAYMENT,
            "  recancelling:",
            "exhausted: escalated",
            "exhausted: settling",
        ),
        (
            "E137",
            "paid after a repeated cancellation was refused",
            PAYMENT,
            "  recancelling:",
            "cancel.failed: doubting",
            "cancel.failed: settling",
        ),
        (
            "E138",
            "an end that is left again",
            PAYMENT,
            "",
            "    end: cancelled",
            "    end: cancelled\n    on: { notify_payment.paid: paid }",
        ),
        (
            "E139",
            "an inquiry after an answer",
            PAYMENT,
            "  awaiting:",
            "inquiry_payment.unpaid: unpaid",
            "inquiry_payment.unpaid: again",
        ),
        (
            "E120",
            "a code that the operation does not have",
            INQUIRY,
            "",
            "    ORDER_NOT_EXIST:\n      status",
            "    ORDER_NOT_THERE:\n      status",
        ),
        (
            "E120",
            "a cancellation that does not say so",
            CANCEL,
            "",
            "as: cancelled",
            "as: undone",
        ),
    ];
    for (number, (code, what, file, behind, old, new)) in edits.into_iter().enumerate() {
        if !is_tried(number) {
            continue;
        }
        let (codes, report) = raised(file, behind, old, new);
        assert!(
            codes.contains(code),
            "{what} raises {codes:?}, not {code}:\n{report}"
        );
    }
}

/// The settling step: its operation and its events.
const INQUIRING: &str = "    send: inquiry_payment
    after_s: [2, 3, 3, 5, 5, 5, 5, 5, 5]
    on:
      inquiry_payment.paid: paid
      inquiry_payment.unpaid: unpaid
      inquiry_payment.cancelled: cancelled
      inquiry_payment.processing: again
      inquiry_payment.failed ORDER_NOT_EXIST: again
      inquiry_payment.failed: escalated
      inquiry_payment.pending: again
";

/// A payment in its place.
const PAYING_AGAIN: &str = "    send: pay_entry_code
    after_s: [0]
    on:
      pay_entry_code.*: escalated
";

/// A step that leads to itself only.
const ENDLESS: &str = concat!(
    "    send: cancel\n",
    "    after_s: [0]\n",
    "    on: { cancel.*: escalated, no_answer: again, exhausted: escalated, expired: stay, ",
    "notify_payment.*: stay }",
);

#[test]
fn a_payment_without_a_key_can_be_paid_twice() {
    let mut memory = real();
    let bytes = memory.files.get_mut("ams-instore/operations/pay.yaml");
    let bytes = bytes.expect("the base of all payments");
    let text = String::from_utf8(bytes.clone()).expect("UTF-8");
    let mut inside = false;
    let kept: Vec<&str> = text
        .lines()
        .filter(|line| {
            if !line.starts_with([' ', '#']) && !line.is_empty() {
                inside = line.starts_with("idempotency:");
            }
            !inside
        })
        .collect();
    assert!(kept.len() < text.lines().count());
    *bytes = kept.join("\n").into();
    let loaded = load_from(&memory);
    let mut found = loaded.diagnostics.iter();
    assert!(found.any(|found| found.code.id == "E134"));
}
