use super::{minor, money_if_decisive, none, patch, safe};

super::table! {
    ConditionInWords Changed: Text, Risky, none, safe,
        "a condition in words changed",
        "No program checks it: read it, and ask whether your requests still meet it.";
    UnreachableRules Changed: Text, None, patch, safe,
        "rules that bind no message changed",
        "No operation holds the type, or it goes the other way. Only code that builds it by itself and validates it notifications.";
    MessagePointer Changed: Text, None, patch, safe,
        "the file of an example moved",
        "People read the message of an answer from another place.";
    HostRole Changed: Text, None, patch, safe,
        "another host is recommended",
        "The host that callers should choose changed.";
    Sensitive Narrowed: Text, None, patch, safe,
        "a value must not reach a log",
        "The value is hidden from `Debug`, reports and error messages now.";
    Sensitive Widened: Text, RiskyForAll, patch, safe,
        "a value may reach a log",
        "The value was marked as sensitive and is not any more: it shows in `Debug` output, reports and error messages of whoever takes in the new crate. Unmarked by mistake, it is a leak.";
    Sensitive Changed: Text, None, patch, safe,
        "a value is sensitive for another reason",
        "The value stays hidden; what stands in its place tells a secret from personal data.";
    FormerName Changed: Text, None, none, safe,
        "what a thing was called before changed",
        "Only the record of its names changed: the other spec knows the thing under none of them.";
    Deprecated Changed: Text, None, minor, safe,
        "a thing is deprecated, or no longer",
        "Code that uses it gets a warning, or loses it.";
    Lifecycle Changed: Text, None, none, safe,
        "since when a thing exists changed",
        "Only the record of its life changed.";
    Description Changed: Text, None, none, safe,
        "words changed",
        "Only what is told about it changed.";
    CodeMeaning Changed: Text, None, patch, safe,
        "the wording of a code's meaning changed",
        "The code means what its status and its next step say. Its words are part of the error that a program shows.";
    Example Changed: Text, None, none, safe,
        "an example changed",
        "Only an example changed; it is held against the rules like every other.";
    Unknown Changed: Text, None, none, safe,
        "the list of unknown limits changed",
        "A limit that no source states was found, or lost.";
    Sources Changed: Text, None, none, safe,
        "where a fact comes from changed",
        "The fact stays; another source states it.";
    Dispute Changed: Text, Risky, none, money_if_decisive,
        "a ruling changed",
        "Sources disagree on the point, and the spec takes another side than before, or the dispute is new or gone.";
}
