//! Texts that look like code, and types that a macro writes.

use super::*;

/// Names and values with the look of code stay texts.
#[derive(Clone, PartialEq, Message)]
struct Hostile {
    #[field(
        name = "a\"]) } fn main() { panic!() } /*",
        const = "*/ \" #[x] {0} \n \u{4e2d}"
    )]
    a: Option<String>,
    #[field(values("{", "}", "\\", "$x", "r#\""))]
    b: Option<String>,
}

#[test]
fn attribute_texts_never_become_code() {
    let hostile: Hostile = Hostile::builder()
        .a("*/ \" #[x] {0} \n \u{4e2d}")
        .b("$x")
        .into();
    assert!(hostile.violations().is_empty());
    let name = "a\"]) } fn main() { panic!() } /*";
    assert_eq!(Hostile::schema().fields[0].name, name);
    assert_eq!(decode::<Hostile>(encoded(&hostile).as_bytes()), Ok(hostile));
    let unescaped = format!(r#"{{"{name}": null}}"#);
    assert!(matches!(
        decode::<Hostile>(unescaped.as_bytes()),
        Err(DecodeError::NotJson(_))
    ));
}

macro_rules! message {
    ($name:ident { $($field:ident: $ty:ty,)+ }) => {
        #[derive(Clone, PartialEq, Message)]
        struct $name {
            $($field: $ty,)+
        }
    };
}

message! { Written { one: String, two: Option<Vec<i64>>, } }

#[test]
fn a_message_may_be_written_by_a_macro() {
    let required = WrittenRequired { one: "1".into() };
    let written: Written = Written::builder(required).two(vec![2, 3]).into();
    assert_eq!(encoded(&written), r#"{"one":"1","two":[2,3]}"#);
    assert_eq!(
        decode::<Written>(br#"{"one":"1","two":["2",3]}"#),
        Ok(written)
    );
}
