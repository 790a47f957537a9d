//! The rules for types, their fields and enums in Rust.

use super::{Change, SemverBump, major, minor, none, patch, safe};
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

/// Returns the bump for an added value: code that matches on a closed enum or union names all its values.
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
        "The crate has one more type.";
    Type Removed: Text, None, major, safe,
        "a type was removed",
        "Code that names the type does not compile.";
    Type Renamed: Text, None, major, safe,
        "a type was renamed",
        "Code that names the type does not compile. No message depends on the name. Its other changes are separate findings.";
    Member Added: Text, None, by_requirement, safe,
        "a type has a new field",
        "If the field is required, code that builds the type does not compile until it sets the field. If it is optional, the builder has one more setter.";
    Member Removed: Text, None, major, safe,
        "a type lost a field",
        "Code that sets or reads the field does not compile.";
    Member Renamed: Text, None, major, safe,
        "a field of a type was renamed",
        "Code that sets or reads the field under its old name does not compile. The effect on the wire is reported at each place of use.";
    Member Moved: Text, None, major, safe,
        "a field moved to another type",
        "Code that sets or reads the field in the old type does not compile. The effect on the wire is reported at each place of use.";
    Member Narrowed: Text, None, major, safe,
        "a field of a type became required",
        "The field is no longer an `Option`, and code that builds the type must set it.";
    Member Widened: Text, None, major, safe,
        "a field of a type became optional",
        "The field is now an `Option`, and its setter moved to the builder.";
    MemberType Changed: Text, None, major, safe,
        "a field has another type",
        "Code that sets or reads the field does not compile, or has another meaning. If the type is another object, the fields that were added and removed inside it are part of this finding, and listed.";
    MemberOrder Changed: Text, None, patch, safe,
        "the order of fields changed",
        "Fields have no positions, so nothing breaks. Messages are written in the new order.";
    EnumValue Added: Text, None, by_closedness, safe,
        "an enum has a new value",
        "In an open enum, the value was an unknown value before, and code that matches already has an arm for unknown values. Code that matches on a closed enum names all its values, and does not compile.";
    EnumValue Removed: Text, None, major, safe,
        "an enum lost a value",
        "Code that names the variant does not compile. The value is now an unknown value.";
    EnumValue Renamed: Text, None, major, safe,
        "an enum value was renamed",
        "Code that names the variant does not compile. At each place of use, the old value is no longer allowed and the new one is; that is a separate finding.";
    RustName Changed: Text, None, major, safe,
        "a Rust name changed",
        "Code that uses the old name does not compile. No message depends on the name.";
    EnumType Changed: Text, None, major, safe,
        "the values of an enum are of another type",
        "An enum of numbers is made from an `i64`, an enum of strings from a string: code with the other conversion does not compile. The form of the values in messages is a separate finding at each place of use.";
    EnumOpen Changed: Text, None, major, safe,
        "an enum was opened or closed",
        "A closed enum has no variant for unknown values: conversions and matches change.";
    UnionObject Added: Text, None, by_closedness, safe,
        "a union has a new type",
        "In an open union, its values were unknown values before, and code that matches already has an arm for unknown values. Code that matches on a closed union names all its types, and does not compile.";
    UnionObject Removed: Text, None, major, safe,
        "a union lost a type",
        "Code that names the variant does not compile. In an open union, its values are now unknown values.";
    UnionShape Added: Values, None, none, safe,
        "a type of an open union is described now",
        "Before, messages with such a value were accepted whatever else it held. Now the value must obey the rules of its type: the new crate reports one that does not.";
    UnionShape Removed: Values, None, none, safe,
        "a type of an open union is no longer described",
        "Messages with such a value are accepted whatever else it holds. The old crate still reports a value that does not obey the rules of its former type.";
    UnionObjectType Changed: Text, None, major, safe,
        "a type of a union is another one",
        "Code that makes the variant or matches on it does not compile. What messages may hold is a separate finding at each place of use.";
    UnionOpen Changed: Text, None, major, safe,
        "a union was opened or closed",
        "A closed union has no variant for unknown values: code that matches on it changes.";
}
