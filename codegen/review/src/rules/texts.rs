//! The rules for texts, examples, sources and disputes.

use super::{minor, money_if_decisive, none, patch, safe};

super::table! {
    ConditionInWords Changed: Text, Risky, none, safe,
        "a condition in words changed",
        "No program checks it: read it, and make sure that your requests still satisfy it.";
    UnreachableRules Changed: Text, None, patch, safe,
        "rules that apply to no message changed",
        "No operation uses the type, or only in the other direction. Only code that builds the type itself and validates it notices.";
    MessagePointer Changed: Text, None, patch, safe,
        "the message text is at another place",
        "The text of a response that is meant for people is read from another place.";
    HostRole Changed: Text, None, patch, safe,
        "another host is recommended",
        "The host that callers should use changed.";
    Sensitive Narrowed: Text, None, patch, safe,
        "a value must not appear in a log",
        "The value is now hidden from `Debug` output, reports and error messages.";
    Sensitive Widened: Text, RiskyForAll, patch, safe,
        "a value may appear in a log",
        "The value is no longer marked as sensitive. With the new crate it appears in `Debug` output, reports and error messages. If the mark was removed by mistake, this is a leak.";
    Sensitive Changed: Text, None, patch, safe,
        "a value is sensitive for another reason",
        "The value stays hidden. The placeholder shows whether it is a secret or personal data.";
    FormerName Changed: Text, None, none, safe,
        "a former name changed",
        "Only the record of former names changed: the other spec has no item with any of them.";
    Deprecated Changed: Text, None, minor, safe,
        "a deprecation was added, changed or removed",
        "Code that uses the item gets a deprecation warning, or no longer gets one.";
    Sunset Changed: Text, None, patch, safe,
        "a sunset was added, changed or removed",
        "From this date on, the provider may refuse or leave out the item. Code that uses it has to change before. The deprecation warning shows the date.";
    Lifecycle Changed: Text, None, none, safe,
        "the dates of an item changed",
        "Only the record of when the item was introduced or removed changed.";
    Description Changed: Text, None, none, safe,
        "a description changed",
        "Only words for readers changed.";
    CodeMeaning Changed: Text, None, patch, safe,
        "the wording of a code's meaning changed",
        "The status and the next step define what the code means. Its wording is part of the error that a program shows.";
    Example Changed: Text, None, none, safe,
        "an example changed",
        "Only an example changed. Like every example, it is checked against the rules.";
    Unknown Changed: Text, None, none, safe,
        "the list of unknown limits changed",
        "A limit that no source states was added to the list, or removed from it.";
    Sources Changed: Text, None, none, safe,
        "the sources of a fact changed",
        "The fact stays the same; other sources state it.";
    Dispute Changed: Text, Risky, none, money_if_decisive,
        "the decision of a dispute changed",
        "Sources disagree, and the spec now follows another source, or the dispute was added or removed.";
}
