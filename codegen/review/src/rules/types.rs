use super::{Change, SemverBump, major, minor, patch, safe};
use payspec_model::value::Value;

/// Returns the bump for an added field: everyone who builds the type must give a required one.
fn by_requirement(change: &Change) -> SemverBump {
    let required = change
        .new
        .as_ref()
        .is_some_and(|new| new.value == Value::Flag(true));
    if required {
        SemverBump::Major
    } else {
        SemverBump::Minor
    }
}

/// Returns the bump for an added value: code that matches on a closed enum names all its values.
fn by_closedness(change: &Change) -> SemverBump {
    if change.closed {
        SemverBump::Major
    } else {
        SemverBump::Minor
    }
}

super::table! {
    Type Added: Text, None, minor, safe,
        "a type was added",
        "There is one more type to name.";
    Type Removed: Text, None, major, safe,
        "a type was removed",
        "Code that names the type does not compile.";
    Type Renamed: Text, None, major, safe,
        "a type has another name",
        "Code that names the type does not compile. No message depends on the name. Its other changes are separate findings.";
    Member Added: Text, None, by_requirement, safe,
        "a type has a new field",
        "One that must be given has to be given by whoever builds the type, or it does not compile; one that may be given is one more setter.";
    Member Removed: Text, None, major, safe,
        "a type lost a field",
        "Code that sets or reads the field does not compile.";
    Member Renamed: Text, None, major, safe,
        "a field of a type has another name",
        "Code that sets or reads the field under its old name does not compile. What it does on the wire is reported at each place of use.";
    Member Moved: Text, None, major, safe,
        "a field moved to another type",
        "Code that sets or reads the field in the old type does not compile. What it does on the wire is reported at each place of use.";
    Member Narrowed: Text, None, major, safe,
        "a field of a type must be given now",
        "It is no Option any more, and whoever builds the type has to give it.";
    Member Widened: Text, None, major, safe,
        "a field of a type need not be given any more",
        "It is an Option now, and its setter moved to the builder.";
    MemberType Changed: Text, None, major, safe,
        "a field has another type",
        "Code that sets or reads the field does not compile, or means something else. Where it is another object, the fields that came and went inside are judged with it, and listed.";
    MemberOrder Changed: Text, None, patch, safe,
        "the order of fields changed",
        "Nothing is positional, so nothing breaks; messages are written in the new order.";
    EnumValue Added: Text, None, by_closedness, safe,
        "an enum has a new value",
        "It was an unknown value of an open enum before, and code that matches has an arm for those already. Code that matches on a closed enum names all its values, and does not compile.";
    EnumValue Removed: Text, None, major, safe,
        "an enum lost a value",
        "Code that names the variant does not compile; the text is an unknown value now.";
    EnumValue Renamed: Text, None, major, safe,
        "a value of an enum has another name",
        "Code that names the variant does not compile. At each place of use the old text is no longer allowed and the new one is; that is told apart.";
    EnumOpen Changed: Text, None, major, safe,
        "an enum was opened or closed",
        "A closed enum has no variant for unknown values: conversions and matches change.";
}
