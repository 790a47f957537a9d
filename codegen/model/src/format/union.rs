use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

use super::Sources;

/// Several types, of which a value is one. A text inside an object, the discriminator, says which, or the JSON type.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Union {
    /// The description of the union, in one or two sentences.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub(crate) description: String,
    /// The sources, if other than those of the file.
    #[serde(default)]
    pub(crate) source: Option<Sources>,
    /// The name on the wire of the text that says which object it is. The objects do not have it as a field. Without it, the
    /// JSON type says which type it is.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub(crate) discriminator: Option<String>,
    /// The objects by that text, or without a discriminator the names of types with different JSON types.
    pub(crate) one_of: OneOf,
    /// True if the provider may add types; an open union keeps an unknown value when it reads one.
    #[serde(default = "yes")]
    pub(crate) open: bool,
    /// The former name of the union.
    #[serde(default)]
    pub(crate) renamed_from: Option<String>,
}

/// The types of a union.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum OneOf {
    /// Objects by the text of the discriminator.
    Tagged(IndexMap<String, VariantEntry>),
    /// Names of types with different JSON types.
    Types(Vec<String>),
}

/// One of the objects of a union: its name alone, or with more about it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum VariantEntry {
    /// Short form.
    Object(String),
    /// Long form.
    Variant(Box<Variant>),
}

/// One of the objects of a union.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Variant {
    /// The name of the object.
    #[serde(rename = "type")]
    pub(crate) ty: String,
    /// The meaning, if the object is not only used here.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub(crate) description: String,
    /// The name of the variant in Rust, if the text on the wire does not suit: `three_d_secure` for `3ds`.
    #[serde(default)]
    pub(crate) rust_name: Option<String>,
}

impl VariantEntry {
    /// Returns the name of the object.
    pub(crate) fn object(&self) -> &str {
        match self {
            VariantEntry::Object(object) => object,
            VariantEntry::Variant(variant) => &variant.ty,
        }
    }

    /// Returns the long form.
    pub(crate) fn variant(&self) -> Option<&Variant> {
        match self {
            VariantEntry::Object(_) => None,
            VariantEntry::Variant(variant) => Some(variant),
        }
    }
}

fn yes() -> bool {
    true
}
