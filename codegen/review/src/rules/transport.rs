//! The rules for APIs, operations, hosts, headers, encoding and signatures.

use super::{major, minor, money, money_if_decisive, patch, safe};

super::table! {
    Api Added: Tolerated, None, minor, safe,
        "an API was added",
        "The crate has one more API.";
    Api Removed: Values, None, major, safe,
        "an API was removed",
        "Callers with the old crate call operations that no longer exist.";
    Operation Added: Tolerated, None, minor, safe,
        "an operation was added",
        "The API has one more operation.";
    Operation Removed: Values, None, major, safe,
        "an operation was removed",
        "Callers with the old crate call an operation that no longer exists.";
    Operation Renamed: Text, None, major, safe,
        "the id of an operation changed",
        "Its module, its types and its cargo feature have another name: code that names them does not compile. Nothing on the wire depends on the id. Other changes of the operation, such as its path, are separate findings.";
    Body Added: Tolerated, None, patch, safe,
        "a body is described now",
        "The messages of this side have a type now.";
    Body Removed: Tolerated, Risky, patch, safe,
        "a body is no longer described",
        "The messages of this side no longer have a type.";
    MediaType Changed: Values, None, patch, safe,
        "the media type of a request changed",
        "The body of the request is JSON where it was a form, or the other way round. A party that has not updated cannot read it.";
    WholeBody Changed: Values, None, patch, safe,
        "a body became one value as a whole, or an object with fields",
        "The JSON of the message is a list, a map, a union or a single value where it was an object with fields, or the other way round. A party that has not updated cannot read it.";
    Method Changed: Values, None, patch, safe,
        "the HTTP method changed",
        "Callers with the old crate are rejected.";
    Path Changed: Values, None, patch, safe,
        "the path changed",
        "Callers with the old crate call another address. The signature covers the path.";
    Caller Changed: Values, Breaking, major, money,
        "the caller of an operation changed",
        "Messages that were sent are now received: the strict side and the tolerant side are swapped.";
    Host Added: Tolerated, None, patch, safe,
        "a host was added",
        "The API has one more host.";
    Host Removed: Values, None, patch, safe,
        "a host was removed",
        "Callers with the old crate may call a host that no longer exists.";
    Environment Added: Tolerated, None, patch, safe,
        "an environment was added",
        "The API has one more environment.";
    Environment Removed: Values, None, patch, money,
        "an environment was removed",
        "Callers with the old crate call an environment that no longer exists, or reach another one.";
    Prefix Changed: Values, None, patch, money,
        "the path prefix of an environment changed",
        "Callers with the old crate call another address, possibly in another environment: real money instead of test money, or the reverse.";
    PrefixClientIds Changed: Values, Risky, patch, money,
        "other client ids select an environment",
        "Client ids are sent to another environment than before: real money instead of test money, or the reverse.";
    Header Added: Tolerated, None, patch, money_if_decisive,
        "a header was added",
        "Messages can carry one more header. If it is required, callers with the old crate are rejected.";
    Header Removed: Tolerated, Risky, patch, money_if_decisive,
        "a header was removed",
        "Messages no longer carry the header. If it is still sent, it is ignored; if a reader expects it, it is missing.";
    Header Renamed: Values, None, patch, money_if_decisive,
        "a header was renamed",
        "The same value is sent under another name. A party that has not updated sends the old name, which is ignored, and reads the old name, which is missing. Other changes of the header are separate findings.";
    Header Narrowed: Values, None, patch, money_if_decisive,
        "a header became required",
        "Messages without the header are no longer allowed.";
    Header Widened: Values, None, patch, money_if_decisive,
        "a header became optional",
        "Messages without the header are allowed.";
    HeaderFormat Changed: Values, None, patch, safe,
        "the format of a header changed",
        "The value of the header has another format.";
    HeaderMaxLength Narrowed: Values, None, patch, safe,
        "the maximum length of a header was reduced",
        "Longer values are no longer allowed.";
    HeaderMaxLength Widened: Values, None, patch, safe,
        "the maximum length of a header was increased",
        "Longer values are allowed.";
    HeaderPattern Narrowed: Values, None, patch, safe,
        "a header now has a pattern",
        "The value of the header must match a pattern. If the merchant sends it, other values are rejected by a provider that has updated, and by the client of the new crate before it sends anything.";
    HeaderPattern Widened: Values, None, patch, safe,
        "a header no longer has a pattern",
        "The value of the header need no longer match a pattern. If the merchant sends it, a provider that has not updated rejects the new values.";
    HeaderPattern Changed: Values, None, patch, safe,
        "the pattern of a header changed",
        "It is unknown which of the two patterns matches more, so both directions count as broken.";
    Scalars Changed: Values, None, patch, money,
        "numbers and booleans are written differently",
        "They are written as strings or as JSON values. A party that has not updated may reject or misread every number, including amounts.";
    EmptyText Narrowed: Values, None, patch, safe,
        "an empty string may no longer be sent",
        "An absent value must be left out. Callers with the old crate may still send an empty string, and are rejected.";
    EmptyText Widened: Values, None, patch, safe,
        "an empty string may be sent",
        "The provider still accepts what callers with the old crate send. A provider that has not updated rejects the empty strings of the new crate.";
    Lengths Changed: Values, None, patch, safe,
        "the unit of lengths changed",
        "The length limits of all strings with characters beyond ASCII change.";
    Decimals Changed: Values, None, patch, money,
        "the decimal places of a currency changed",
        "Amounts of the currency in minor units mean other amounts, and are converted differently. Amounts in major units may have more or fewer decimal places.";
    Signature Added: Values, Breaking, minor, money,
        "messages are signed now",
        "Callers with the old crate do not sign, and are rejected.";
    Signature Removed: Values, Breaking, major, money,
        "messages are no longer signed",
        "Nothing proves who sent a message and that it was not altered.";
    SignatureRecipe Changed: Values, Breaking, patch, money,
        "messages are signed differently",
        "Every signature of a caller that has not updated is invalid: a total outage.";
    Auth Added: Values, Breaking, major, safe,
        "requests must prove who calls",
        "Callers with the old crate send no credentials, and are rejected.";
    Auth Removed: Values, Breaking, major, money,
        "requests no longer prove who calls",
        "The generated client sends no credentials: a provider that has not updated rejects every request.";
    AuthHeaders Changed: Values, Breaking, patch, safe,
        "the headers that prove who calls changed",
        "Callers that have not updated send other headers, and are rejected: a total outage.";
    OperationAuth Changed: Values, Breaking, patch, safe,
        "the headers that prove who calls an operation changed",
        "Callers that have not updated send other headers with this operation, and are rejected.";
    ResponseProof Added: Values, Breaking, major, money,
        "answers are proved now",
        "The generated client verifies every answer, perhaps with one more credential. While the provider signs nothing, or with another key, every payment ends in doubt.";
    ResponseProof Removed: Values, Breaking, major, money,
        "answers are no longer proved",
        "Nothing but TLS proves who sent an answer: whoever can read and change what TLS carries can make a payment look paid.";
    ResponseProofRecipe Changed: Values, Breaking, patch, money,
        "the proof of answers changed",
        "The two sides prove answers in different ways until both have updated, and every payment ends in doubt. A wider tolerance, a time or a part of the content that is no longer signed is a weaker proof.";
    NotificationProof Added: Values, Breaking, major, money,
        "notifications are proved and received now",
        "The generated client verifies notifications with one more credential. A provider that has not updated proves nothing, and its notifications are refused.";
    NotificationProof Removed: Values, Breaking, major, money,
        "notifications are no longer proved",
        "The generated client receives no notifications any more. A program that reads them itself takes what anyone may have sent.";
    NotificationProofRecipe Changed: Values, Breaking, patch, money,
        "the proof of notifications changed",
        "The two sides prove notifications in different ways until both have updated, and every one is refused. A wider tolerance, a time or a part of the content that is no longer signed is a weaker proof.";
    UnprovedNotifications Added: Values, Breaking, major, money,
        "nothing proves notifications",
        "The generated client receives notifications that anyone may have sent. They decide nothing: each prompts an inquiry.";
    UnprovedNotifications Removed: Values, Breaking, major, money,
        "notifications that nothing proves are no longer received",
        "The generated client receives no notifications any more, or only those with a proof. A provider that has not updated proves nothing, and its notifications are refused.";
    NotificationEncryption Changed: Values, Breaking, patch, money,
        "the encryption of notifications changed",
        "The two sides encrypt in different ways until both have updated, and every notification with an encrypted object is refused.";
    Encrypted Changed: Values, Breaking, patch, money,
        "another object of a notification is encrypted",
        "Until both sides have updated, the generated client opens an object that is not encrypted, or reads one that is: every such notification is refused.";
    Each Changed: Values, Breaking, patch, money,
        "another place of the notifications in a message",
        "Until both sides have updated, the generated client looks for notifications where none are, and refuses every message.";
    EventId Changed: Values, Breaking, patch, money,
        "other values identify the event of a notification",
        "The ids of notifications that a program remembers are others: one that is sent again after the update is new, and acted upon twice. Fewer values make one event of two, and the second one is never acted upon.";
    Credential Added: Text, None, major, safe,
        "a credential was added",
        "The credentials of a client have one more field: every merchant must be given its value, and code that makes them does not compile.";
    Credential Removed: Text, None, major, safe,
        "a credential was removed",
        "The credentials of a client have one field less: code that names it does not compile.";
    CredentialKind Changed: Text, None, major, safe,
        "a credential became a secret, or is no longer one",
        "The field of the credential has another type: code that makes it does not compile. A credential that is no longer a secret may appear in logs.";
}
