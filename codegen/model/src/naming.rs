//! The Rust spellings of names.
//!
//! Every name of the spec gets its Rust name here, and nowhere else: the emitter writes it, the lints
//! ask whether a name has a spelling and whether two names share one. A name is a plain text such as
//! `payment_request_id` or `r#type`; [`ident`] turns it into a token.

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, Span};

/// The reason why a name of the spec has no Rust spelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// No character is left.
    #[error("it has neither a letter nor a digit")]
    Empty,
    /// It does not start with an ASCII letter.
    #[error("it must start with an ASCII letter")]
    Start,
    /// It contains a character that is not allowed in names of this kind.
    #[error("it must not contain the character {0:?}")]
    Character(char),
    /// It is longer than a file name may be.
    #[error("it has more than {LONGEST_MODULE} characters")]
    Long,
}

/// Keywords that are identifiers only in raw form.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Keywords without a raw form.
const NEVER_IDENTIFIERS: &[&str] = &["crate", "self", "Self", "super"];

/// Names of files and folders with a special meaning: for cargo, or for Windows, which opens a device
/// for them with any extension.
const FILE_NAMES: &[&str] = &[
    "aux", "bin", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
    "con", "lib", "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
    "main", "mod", "nul", "prn",
];

/// The longest name of a module: file systems allow 255 bytes, and the extension needs some.
const LONGEST_MODULE: usize = 200;

/// The module of an API that contains its shared types.
pub const TYPES_MODULE: &str = "types";

/// The module of an API's clients.
pub const CLIENT_MODULE: &str = "client";

/// Modules that the generator writes in addition to those of an API's operations and flows.
pub(crate) const OWN_MODULES: &[&str] = &[TYPES_MODULE, CLIENT_MODULE];

/// The feature of a generated crate that adds clients.
pub const CLIENT_FEATURE: &str = "client";

/// The feature of a generated crate that is enabled by default.
pub const DEFAULT_FEATURE: &str = "default";

/// Features of every generated crate, whatever its operations and flows are.
pub(crate) const OWN_FEATURES: &[&str] = &[DEFAULT_FEATURE, CLIENT_FEATURE];

/// Methods of generated clients in addition to those of an API's operations and flows.
pub(crate) const OWN_METHODS: &[&str] = &[
    "from_credentials",
    "from_keys",
    "journal",
    "new",
    "unfinished",
];

/// Events of a flow in addition to those of its operations, as spelt in a spec.
pub(crate) const OWN_EVENTS: &[&str] = &["no_answer", "tick"];

/// The variant of an open enum or of result codes that keeps an undocumented text.
pub const UNKNOWN_VARIANT: &str = "Unknown";

/// Methods of a builder; a setter must not have such a name.
const BUILDER_METHODS: &[&str] = &["build"];

/// Types of the prelude or of the emitter's own output: in generated code, and in code that imports it,
/// the short name must keep its meaning. A spec type with such a name gets the suffix `Info`.
const TAKEN_TYPES: &[&str] = &[
    "AsMut",
    "AsRef",
    "AsyncFn",
    "AsyncFnMut",
    "AsyncFnOnce",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Self",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
];

/// Characters that separate words inside a name of the wire.
const SEPARATORS: &[char] = &[
    '_', '-', '.', '/', ':', ' ', '+', '*', '@', '$', '#', '&', ',',
];

/// Returns the name of an object or enum: `Order` for `order`, `ResultInfo` for `Result`.
pub fn type_name(name: &str) -> Result<String, NameError> {
    plain(name)?;
    let spelling = upper_camel(name);
    Ok(if TAKEN_TYPES.contains(&spelling.as_str()) {
        format!("{spelling}Info")
    } else {
        escape(spelling)
    })
}

/// Returns the name of a field: `payment_request_id` for `paymentRequestId`, `r#type` for `type`.
pub fn field_name(name: &str) -> Result<String, NameError> {
    wire(name)?;
    let spelling = lead(snake(name), 'v');
    Ok(if BUILDER_METHODS.contains(&spelling.as_str()) {
        spelling + "_"
    } else {
        escape(spelling)
    })
}

/// Returns the name of an enum value or result code: `ConnectWallet` for `CONNECT_WALLET`, `V01` for
/// `01`, `V344_446` for `344/446`.
pub fn variant_name(name: &str) -> Result<String, NameError> {
    wire(name)?;
    let spelling = lead(upper_camel(name), 'V');
    Ok(if spelling == UNKNOWN_VARIANT {
        format!("Named{spelling}")
    } else {
        escape(spelling)
    })
}

/// Returns the name of a module, and of its file without `.rs`, from the id of an API or operation.
pub fn module_name(id: &str) -> Result<String, NameError> {
    plain(id)?;
    let spelling = snake(id);
    if spelling.len() > LONGEST_MODULE {
        return Err(NameError::Long);
    }
    let taken = [KEYWORDS, NEVER_IDENTIFIERS, FILE_NAMES]
        .iter()
        .any(|words| words.contains(&spelling.as_str()));
    Ok(if taken { spelling + "_" } else { spelling })
}

/// Returns the name of a constant: `HOST_NORTH_AMERICA` for `host North America`.
pub fn constant_name(name: &str) -> Result<String, NameError> {
    wire(name)?;
    Ok(lead(name.to_shouty_snake_case(), 'V'))
}

/// Returns the name of the companion struct with the required fields: `OrderRequired`.
pub fn required_companion(type_name: &str) -> String {
    format!("{type_name}Required")
}

/// Returns the name of the builder of a struct: `OrderBuilder`.
pub fn builder_companion(type_name: &str) -> String {
    format!("{type_name}Builder")
}

/// The names of the generated items of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationNames {
    /// The module: `pay_entry_code`.
    pub module: String,
    /// The body of its request: `PayEntryCodeRequest`.
    pub request: String,
    /// The body of its response: `PayEntryCodeResponse`.
    pub response: String,
    /// The result codes: `PayEntryCodeResultCode`.
    pub result_code: String,
    /// The decision of its response: `PayEntryCodeOutcome`.
    pub outcome: String,
}

/// Returns the names of the generated items of the operation with this id.
pub fn operation_names(id: &str) -> Result<OperationNames, NameError> {
    let module = module_name(id)?;
    let stem = upper_camel(id);
    Ok(OperationNames {
        module,
        request: format!("{stem}Request"),
        response: format!("{stem}Response"),
        result_code: format!("{stem}ResultCode"),
        outcome: format!("{stem}Outcome"),
    })
}

/// Returns the token of a spelling made by this module.
pub fn ident(spelling: &str) -> Ident {
    match spelling.strip_prefix("r#") {
        Some(keyword) => Ident::new_raw(keyword, Span::call_site()),
        None => Ident::new(spelling, Span::call_site()),
    }
}

/// Returns the spellings that a shared object takes in its module: its own and its companions'.
pub(crate) fn object_spellings(name: &str) -> Result<[String; 3], NameError> {
    let own = type_name(name)?;
    let (required, builder) = (required_companion(&own), builder_companion(&own));
    Ok([own, required, builder])
}

/// Checks a name that the spec's author chooses: ASCII letters, digits and `_`, a letter first.
fn plain(name: &str) -> Result<(), NameError> {
    match name.chars().next() {
        None => return Err(NameError::Empty),
        Some(first) if first.is_ascii_alphabetic() => {}
        Some(_) => return Err(NameError::Start),
    }
    let stray = name
        .chars()
        .find(|c| !c.is_ascii_alphanumeric() && *c != '_');
    stray.map_or(Ok(()), |c| Err(NameError::Character(c)))
}

/// Checks a name that the provider chose: ASCII letters and digits, separated by [`SEPARATORS`].
fn wire(name: &str) -> Result<(), NameError> {
    let stray = name
        .chars()
        .find(|c| !c.is_ascii_alphanumeric() && !SEPARATORS.contains(c));
    match stray {
        Some(c) => Err(NameError::Character(c)),
        None if name.chars().any(|c| c.is_ascii_alphanumeric()) => Ok(()),
        None => Err(NameError::Empty),
    }
}

fn snake(name: &str) -> String {
    name.to_snake_case()
}

/// Returns the upper camel case; a word that ends with a digit is kept apart from one that starts with
/// a digit.
fn upper_camel(name: &str) -> String {
    let mut spelling = String::with_capacity(name.len());
    for word in name.split(|c: char| !c.is_ascii_alphanumeric()) {
        let parts = word.to_upper_camel_case();
        let digits_meet = spelling.ends_with(|c: char| c.is_ascii_digit())
            && parts.starts_with(|c: char| c.is_ascii_digit());
        if digits_meet {
            spelling.push('_');
        }
        spelling.push_str(&parts);
    }
    spelling
}

/// Puts a letter before a leading digit.
fn lead(spelling: String, letter: char) -> String {
    if spelling.starts_with(|c: char| c.is_ascii_digit()) {
        format!("{letter}{spelling}")
    } else {
        spelling
    }
}

fn escape(spelling: String) -> String {
    if KEYWORDS.contains(&spelling.as_str()) {
        format!("r#{spelling}")
    } else if NEVER_IDENTIFIERS.contains(&spelling.as_str()) {
        spelling + "_"
    } else {
        spelling
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_wire() {
        for (name, field, variant) in [
            ("paymentRequestId", "payment_request_id", "PaymentRequestId"),
            ("merchantMCC", "merchant_mcc", "MerchantMcc"),
            ("CONNECT_WALLET", "connect_wallet", "ConnectWallet"),
            ("EntryCode", "entry_code", "EntryCode"),
            ("type", "r#type", "Type"),
            ("self", "self_", "Self_"),
            ("Self", "self_", "Self_"),
            ("build", "build_", "Build"),
            ("01", "v01", "V01"),
            ("344/446", "v344_446", "V344_446"),
            ("UNKNOWN", "unknown", "NamedUnknown"),
            ("order.status_1", "order_status_1", "OrderStatus1"),
            ("a-b c", "a_b_c", "ABC"),
        ] {
            assert_eq!(field_name(name).as_deref(), Ok(field), "field {name}");
            assert_eq!(variant_name(name).as_deref(), Ok(variant), "variant {name}");
        }
    }

    #[test]
    fn names_without_a_spelling() {
        assert_eq!(field_name(""), Err(NameError::Empty));
        assert_eq!(variant_name("_-_"), Err(NameError::Empty));
        assert_eq!(field_name("a\"]b"), Err(NameError::Character('"')));
        assert_eq!(field_name("订单"), Err(NameError::Character('订')));
        assert_eq!(type_name("1Order"), Err(NameError::Start));
        assert_eq!(type_name("Or-der"), Err(NameError::Character('-')));
        assert_eq!(module_name("../x"), Err(NameError::Start));
    }

    #[test]
    fn taken_names_give_way() {
        assert_eq!(type_name("Result").as_deref(), Ok("ResultInfo"));
        assert_eq!(type_name("String").as_deref(), Ok("StringInfo"));
        assert_eq!(type_name("self").as_deref(), Ok("SelfInfo"));
        assert_eq!(module_name("type").as_deref(), Ok("type_"));
        assert_eq!(module_name("mod").as_deref(), Ok("mod_"));
        assert_eq!(module_name("aux").as_deref(), Ok("aux_"));
        assert_eq!(module_name(&"a".repeat(201)), Err(NameError::Long));
    }

    #[test]
    fn every_spelling_is_an_identifier() {
        for word in KEYWORDS.iter().chain(NEVER_IDENTIFIERS) {
            for spelling in [
                field_name(word),
                variant_name(word),
                type_name(word),
                module_name(word),
            ] {
                let spelling = spelling.expect("a keyword has a spelling");
                assert!(
                    syn::parse_str::<syn::Ident>(&spelling).is_ok(),
                    "{spelling}"
                );
            }
        }
    }
}
