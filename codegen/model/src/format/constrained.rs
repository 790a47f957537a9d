/// A struct with its own fields, followed by one for each constraint of a value and, `with presence`, by those that say
/// when there is one.
macro_rules! constrained {
    ($(#[$doc:meta])* $name:ident { $($own:tt)* } with presence) => {
        constrained! {
            $(#[$doc])*
            $name {
                $($own)*
                /// The field must be present.
                #[serde(default)]
                required: Option<Flag>,
                /// The field must be present when one of these conditions is met.
                #[serde(default)]
                required_when: Vec<Condition>,
                /// The field must be absent when one of these conditions is met.
                #[serde(default)]
                forbidden_when: Vec<Condition>,
                /// The value that the receiver assumes if the field is absent.
                #[serde(default)]
                #[schemars(length(min = 1))]
                default: Option<String>,
            }
        }

        impl $name {
            /// Returns the constraints of the value and of its presence.
            pub(crate) fn constraints(&self) -> Constraints<'_> {
                Constraints {
                    required: self.required.as_ref(),
                    required_when: &self.required_when,
                    forbidden_when: &self.forbidden_when,
                    default: self.default.as_deref(),
                    ..self.of_value()
                }
            }
        }
    };
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $ty:ty,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Default, Deserialize, JsonSchema)]
        #[schemars(deny_unknown_fields)]
        pub(crate) struct $name {
            $($(#[$field_doc])* pub(crate) $field: $ty,)+
            /// The only allowed value.
            #[serde(default, rename = "const")]
            pub(crate) constant: Option<Text>,
            /// The allowed values, out of those of the type.
            #[serde(default)]
            pub(crate) values: Option<Values>,
            /// Least number of characters.
            #[serde(default)]
            pub(crate) min_length: Option<Limit>,
            /// Greatest number of characters; `unknown` if no source states it.
            #[serde(default)]
            pub(crate) max_length: Option<Limit>,
            /// A regular expression that the whole value must match.
            #[serde(default)]
            pub(crate) pattern: Option<Text>,
            /// Least number allowed.
            #[serde(default)]
            pub(crate) min: Option<Text>,
            /// Greatest number allowed.
            #[serde(default)]
            pub(crate) max: Option<Text>,
            /// The number of which only multiples are allowed.
            #[serde(default)]
            pub(crate) multiple_of: Option<Text>,
            /// Least number of elements of a list, or of entries of a map.
            #[serde(default)]
            pub(crate) min_items: Option<Limit>,
            /// Greatest number of elements of a list, or of entries of a map; `unknown` if no source states it.
            #[serde(default)]
            pub(crate) max_items: Option<Limit>,
            /// No two elements of a list are equal.
            #[serde(default)]
            pub(crate) unique_items: Option<Flag>,
            /// A form that a text must have.
            #[serde(default)]
            pub(crate) format: Option<FormatRule>,
        }

        impl $name {
            /// Returns the constraints of the value alone.
            pub(crate) fn of_value(&self) -> Constraints<'_> {
                Constraints {
                    required: None,
                    required_when: &[],
                    forbidden_when: &[],
                    constant: self.constant.as_ref(),
                    values: self.values.as_ref(),
                    min_length: self.min_length.as_ref(),
                    max_length: self.max_length.as_ref(),
                    pattern: self.pattern.as_ref(),
                    min: self.min.as_ref(),
                    max: self.max.as_ref(),
                    min_items: self.min_items.as_ref(),
                    multiple_of: self.multiple_of.as_ref(),
                    max_items: self.max_items.as_ref(),
                    unique_items: self.unique_items.as_ref(),
                    format: self.format.as_ref(),
                    default: None,
                }
            }
        }
    };
}

pub(super) use constrained;
