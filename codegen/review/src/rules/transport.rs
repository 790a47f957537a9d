use super::{major, minor, money, money_if_decisive, patch, safe};

super::table! {
    Api Added: Tolerated, None, minor, safe,
        "an API was added",
        "There is one more API to call.";
    Api Removed: Values, None, major, safe,
        "an API was removed",
        "Callers with the old crate call operations that are no longer there.";
    Operation Added: Tolerated, None, minor, safe,
        "an operation was added",
        "There is one more operation to call.";
    Operation Removed: Values, None, major, safe,
        "an operation was removed",
        "Callers with the old crate call what is no longer there.";
    Operation Renamed: Text, None, major, safe,
        "an operation has another id",
        "Its module, its types and its cargo feature have another name: code that names them does not compile. On the wire nothing depends on the id. What else changed about it, such as its path, is told apart.";
    Body Added: Tolerated, None, patch, safe,
        "a body is described now",
        "The messages of this side have a type now.";
    Body Removed: Tolerated, Risky, patch, safe,
        "a body is no longer described",
        "The type of the messages of this side is gone.";
    Method Changed: Values, None, patch, safe,
        "the HTTP method changed",
        "Callers with the old crate are refused.";
    Path Changed: Values, None, patch, safe,
        "the path changed",
        "Callers with the old crate call another address; the signature covers the path.";
    Caller Changed: Values, Breaking, major, money,
        "who calls whom changed",
        "What was sent is received now: which side is strict and which tolerant has turned around.";
    Host Added: Tolerated, None, patch, safe,
        "a host was added",
        "There is one more host to call.";
    Host Removed: Values, None, patch, safe,
        "a host was removed",
        "Callers with the old crate may call a host that is no longer there.";
    Environment Added: Tolerated, None, patch, safe,
        "an environment was added",
        "There is one more environment to call.";
    Environment Removed: Values, None, patch, money,
        "an environment was removed",
        "Callers with the old crate call what is no longer there, or what another environment answers.";
    Prefix Changed: Values, None, patch, money,
        "the path prefix of an environment changed",
        "Callers with the old crate call another address, perhaps of another environment: real money instead of play money, or the reverse.";
    PrefixClientIds Changed: Values, Risky, patch, money,
        "other client ids select an environment",
        "Client ids are sent to another environment than before: real money instead of play money, or the reverse.";
    Header Added: Tolerated, None, patch, money_if_decisive,
        "a header was added",
        "Messages may carry one more header; where it must be there, callers with the old crate are refused.";
    Header Removed: Tolerated, Risky, patch, money_if_decisive,
        "a header was removed",
        "Messages no longer carry a header: what is still sent is ignored, what is looked for is missing.";
    Header Renamed: Values, None, patch, money_if_decisive,
        "a header has another name",
        "The same value is sent under another name. Who has not moved sends the old name, which is ignored, and looks for the old name, which is not there. Its other changes are separate findings.";
    Header Narrowed: Values, None, patch, money_if_decisive,
        "a header became required",
        "The header is required now.";
    Header Widened: Values, None, patch, money_if_decisive,
        "a header became optional",
        "Messages without the header are allowed now.";
    HeaderFormat Changed: Values, None, patch, safe,
        "the form of a header changed",
        "The value of the header is written in another form.";
    HeaderMaxLength Narrowed: Values, None, patch, safe,
        "the greatest length of a header shrank",
        "The maximum length was reduced.";
    HeaderMaxLength Widened: Values, None, patch, safe,
        "the greatest length of a header grew",
        "Longer values are allowed now.";
    HeaderPattern Narrowed: Values, None, patch, safe,
        "a header got a pattern",
        "The value of the header must match a pattern. Where the merchant sends it, other values are refused by a provider that has moved, and by the client of the new crate before anything is sent.";
    HeaderPattern Widened: Values, None, patch, safe,
        "a header has no pattern any more",
        "The value of the header need no longer match a pattern. Where the merchant sends it, a provider that has not moved refuses the new values.";
    HeaderPattern Changed: Values, None, patch, safe,
        "the pattern of a header changed",
        "Which of two patterns lets more through cannot be told, so both directions count as broken.";
    Scalars Changed: Values, None, patch, money,
        "numbers and booleans are written in another way",
        "As strings or as they are: who has not moved may refuse or misread every number, amounts included.";
    EmptyText Narrowed: Values, None, patch, safe,
        "an empty text may no longer be sent",
        "An absent value has to be left out. Callers with the old crate may still send an empty text, and are refused.";
    EmptyText Widened: Values, None, patch, safe,
        "an empty text may be sent",
        "What callers with the old crate send is still taken. A provider that has not moved refuses the empty texts of the new one.";
    Lengths Changed: Values, None, patch, safe,
        "lengths count something else",
        "The limits of all texts mean something else, for texts beyond ASCII.";
    Signature Added: Values, Breaking, minor, money,
        "messages are signed now",
        "Callers with the old crate sign nothing and are refused.";
    Signature Removed: Values, Breaking, major, money,
        "messages are no longer signed",
        "Nothing proves any more who sent a message and that it is whole.";
    SignatureRecipe Changed: Values, Breaking, patch, money,
        "messages are signed in another way",
        "Every signature of a caller that has not moved is wrong: a total outage.";
}
