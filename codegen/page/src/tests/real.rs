//! Reads a page as a provider published it, including machine translation and damage. The page must
//! not be copied into this repository: the tests read it from the folder that `PAYSPEC_PAGES`
//! names, and are ignored without one.

use std::path::Path;

use super::expected::summary;
use super::page;
use crate::{DamageKind, JunkKind, Language, Met, Reading, Section, Test};

/// The facts of the page, read by a person.
const FACTS: &str = "\
page scraped zh POST /v1/payments/pay
request /productCode string R - values=IN_STORE_PAYMENT
request /paymentRequestId string R 64
request /order object R - hidden
request /paymentAmount object R - hidden
request /paymentMethod object R - hidden
request /paymentExpiryTime datetime O - format=iso8601
request /paymentRedirectUrl url O 2048
request /paymentNotifyUrl url R 2048
request /paymentFactor object O - hidden
request /settlementStrategy object O - hidden conditions=2
request /商家地区 string O 2 values=US,JP,PK,SG conditions=1
response /结果 object R - hidden
response /paymentRequestId string O 64
response /paymentId string O 64
response /paymentAmount object O - hidden
response /paymentTime datetime O - format=iso8601
response /paymentCreateTime datetime O - format=iso8601
response /pspCustomerInfo object O - hidden
response /challengeActionForm object O - hidden
response /redirectActionForm object O - hidden
response /grossSettlementAmount object O - hidden
response /settlementQuote object O - hidden
codes S SUCCESS
codes F ACCESS_DENIED INVALID_API CLIENT_INVALID CURRENCY_NOT_SUPPORT INVALID_CONTRACT \
INVALID_MERCHANT_STATUS INVALID_SIGNATURE KEY_NOT_FOUND MEDIA_TYPE_NOT_ACCEPTABLE \
MERCHANT_KYB_NOT_QUALIFIED MERCHANT_NOT_REGISTERED METHOD_NOT_SUPPORTED NO_INTERFACE_DEF \
NO_PAY_OPTIONS ORDER_IS_CANCELED ORDER_IS_CLOSED PARAM_ILLEGAL PAYMENT_AMOUNT_EXCEED_LIMIT \
PAYMENT_COUNT_EXCEED_LIMIT PAYMENT_NOT_QUALIFIED PROCESS_FAIL REPEAT_REQ_INCONSISTENT \
RISK_REJECT SYSTEM_ERROR USER_NOT_EXIST
codes U PAYMENT_IN_PROCESS REQUEST_TRAFFIC_EXCEED_LIMIT UNKNOWN_EXCEPTION
examples damaged damaged good
";

fn text() -> String {
    let folder = std::env::var_os("PAYSPEC_PAGES").expect("PAYSPEC_PAGES names a folder of pages");
    let path = Path::new(&folder).join("pay-entry-code.zh-mt.2023-07-27.md");
    std::fs::read_to_string(path).expect("the page that PAYSPEC_PAGES promises")
}

#[test]
#[ignore = "it reads pages that are not ours to copy: an own step of .ci/run, with PAYSPEC_PAGES"]
fn the_facts_are_those_that_a_person_reads() {
    let text = text();
    let page = page(&text);
    assert_eq!(summary(&page), FACTS);
    assert_eq!(page.language, Language::MachineChinese);
    let operation = &page.operations[0];
    // The page prints eleven parameters on each side, and 29 codes.
    let counts = [
        operation.request.len(),
        operation.response.len(),
        operation.codes.len(),
    ];
    assert_eq!(counts, [11, 11, 29]);
    let date = page
        .date
        .as_ref()
        .map(|date| (date.value.as_str(), date.line));
    assert_eq!(date, Some(("2023-07-27 09:58", 39)));
    let lines = operation.request.iter().map(|one| one.line);
    let lines: Vec<u32> = lines.collect();
    assert_eq!(lines, [62, 66, 75, 83, 89, 95, 105, 113, 121, 127, 138]);
    let region = &operation.request[10];
    let at = [
        region.max_length.as_ref().map(|one| one.line),
        region.values.as_ref().map(|one| one.line),
        region.conditions.first().map(|one| one.line),
    ];
    assert_eq!(at, [Some(146), Some(140), Some(142)]);
    let strategy = &operation.request[9];
    let condition = &strategy.conditions[1];
    let values = vec!["CONNECT_WALLET".to_owned()];
    let wallet = Test::Field {
        field: "paymentMethodType".to_owned(),
        met: Met::OneOf { values },
    };
    assert_eq!(condition.test, wallet);
    // One cell continues in a list, and one row never ends.
    let spans = ["INVALID_SIGNATURE", "KEY_NOT_FOUND"].map(|name| {
        let code = operation.codes.iter().find(|code| code.code == name);
        code.map(|code| (code.line, code.end_line))
    });
    assert_eq!(spans, [Some((571, 574)), Some((576, 576))]);
}

#[test]
#[ignore = "it reads pages that are not ours to copy: an own step of .ci/run, with PAYSPEC_PAGES"]
fn damage_and_junk_are_recognised() {
    let text = text();
    let page = page(&text);
    let [request, response, foreign] = page.operations[0].examples.as_slice() else {
        panic!("three examples");
    };
    let kinds = |example: &crate::Example| -> Vec<DamageKind> {
        example.damage.iter().map(|damage| damage.kind).collect()
    };
    use DamageKind::{Elided, Gutter, Syntax, TranslatedKeys, Wrapped};
    assert_eq!(request.gutter, Some(35));
    assert_eq!(
        kinds(request),
        [Gutter, Syntax, Wrapped, Elided, TranslatedKeys]
    );
    assert_eq!(response.gutter, Some(18));
    assert_eq!(kinds(response), [Gutter, Syntax, Wrapped]);
    assert!(foreign.parses && foreign.foreign.is_some());

    let junk = |kind| {
        let own = page
            .lines
            .iter()
            .filter(|line| line.reading == Reading::Junk { kind });
        own.map(|line| line.line).collect::<Vec<_>>()
    };
    assert_eq!(junk(JunkKind::TranslatorChatter), [330, 398, 456, 510]);
    let foreign = junk(JunkKind::ForeignExample);
    assert_eq!(foreign.first(), Some(&458));
    assert_eq!(foreign.last(), Some(&508));
    assert_eq!(page.unread, []);
    let outside = |line: &&crate::Line| line.reading == Reading::Outside;
    let outside = page.lines.iter().filter(outside);
    let outside = outside.map(|line| line.section);
    let read: Vec<Section> = outside.filter(|section| section.is_read()).collect();
    assert_eq!(read, []);
}
