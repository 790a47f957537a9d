use core::fmt;

/// Declares an enum of fixed words: `ALL`, `as_str`, `parse`, `Display`.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[cfg_attr(
            feature = "schema",
            derive(serde::Serialize, serde::Deserialize, schemars::JsonSchema)
        )]
        pub enum $name {
            $($(#[$variant_doc])* #[cfg_attr(feature = "schema", serde(rename = $word))] $variant,)+
        }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word for it, as it stands in specs, attributes and reports.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }

            /// The one that this word stands for.
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|item| item.as_str() == word)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

words! {
    /// How bad it is to break a rule.
    Severity {
        /// The message must not be sent.
        Error = "error",
        /// The message may be sent; the sender is told.
        Warning = "warning",
    }
}

impl Default for Severity {
    /// A rule is an error unless the spec says otherwise.
    fn default() -> Self {
        Self::Error
    }
}

words! {
    /// Which way a message goes, whoever calls whom.
    Direction {
        /// We send it: the request of a call that we make, the response to one that we get. It is
        /// held to every rule.
        Outgoing = "outgoing",
        /// We receive it. It is read tolerantly: others may know more than our spec.
        Incoming = "incoming",
    }
}

words! {
    /// What the status of an answer says about the call.
    StatusClass {
        /// The call succeeded; the same request gets the same answer.
        Succeeded = "succeeded",
        /// The call failed; the same request gets the same answer.
        Failed = "failed",
        /// Nobody knows yet.
        Pending = "pending",
    }
}

words! {
    /// What a program, or its operator, does after a result.
    NextStep {
        /// Nothing is left to do.
        Done = "done",
        /// Send the payer to the address in the answer.
        Redirect = "redirect",
        /// Mend the request: a parameter, a header, the method or the URL.
        FixRequest = "fix_request",
        /// Mend the client id, the keys or the signature.
        FixCredentials = "fix_credentials",
        /// Compare the request with what the contract and the wallet allow.
        CheckContract = "check_contract",
        /// Register the merchant first.
        RegisterMerchant = "register_merchant",
        /// Try a lower amount.
        LowerAmount = "lower_amount",
        /// Start anew, under a new request id.
        NewRequestId = "new_request_id",
        /// Send the same request again.
        ResendSame = "resend_same",
        /// Ask how the payment stands.
        Inquire = "inquire",
        /// Refund the payment.
        Refund = "refund",
        /// Call the provider's support.
        ContactSupport = "contact_support",
        /// Tell the payer.
        TellUser = "tell_user",
    }
}

words! {
    /// Whether the same body may be sent again after a result.
    Resend {
        /// Safe, and it may bring an answer.
        Safe = "safe",
        /// Harmless, but the answer stays the same.
        Pointless = "pointless",
        /// Must not be done.
        Never = "never",
    }
}

words! {
    /// The unit of an exchange rate between a base and a counter currency.
    QuoteDirection {
        /// How much of the counter currency one unit of the base currency buys.
        CounterPerBase = "counter_per_base",
        /// How much of the base currency one unit of the counter currency buys.
        BasePerCounter = "base_per_counter",
    }
}

words! {
    /// The stable name of a rule that a message can break.
    RuleId {
        /// The field must be present.
        Required = "required",
        /// The field must be present because of what another field says.
        RequiredWhen = "required_when",
        /// The field must be absent because of what another field says.
        ForbiddenWhen = "forbidden_when",
        /// At least one of a group of fields must be present.
        AtLeastOneOf = "at_least_one_of",
        /// The JSON type is not the one of the field.
        Type = "type",
        /// The text does not have the form of the field's type or format.
        Format = "format",
        /// An absent value is left out, not sent as an empty text.
        NotEmpty = "not_empty",
        /// There is one value only.
        Const = "const",
        /// The value is none of the documented ones.
        Values = "values",
        /// Too few characters.
        MinLength = "min_length",
        /// Too many characters.
        MaxLength = "max_length",
        /// The text does not match the pattern.
        Pattern = "pattern",
        /// The number is too small.
        Min = "min",
        /// The number is too large.
        Max = "max",
        /// The number is not a multiple of another one.
        MultipleOf = "multiple_of",
        /// Too few elements.
        MinItems = "min_items",
        /// Too many elements.
        MaxItems = "max_items",
        /// Two elements are equal.
        UniqueItems = "unique_items",
        /// The amount is not in the currency's steps.
        AmountStep = "amount_step",
        /// Two amounts that belong together are in different currencies.
        SameCurrency = "same_currency",
        /// A text that is sent has a control character.
        ControlCharacter = "control_character",
        /// An address that is sent has a scheme that does not fit its use.
        UrlScheme = "url_scheme",
        /// The value is a native number or boolean where the wire wants a text.
        Encoding = "encoding",
        /// No field has this name.
        UnknownField = "unknown_field",
        /// The object has two fields of this name.
        DuplicateField = "duplicate_field",
    }
}

words! {
    /// Why a value must not reach a log.
    Sensitive {
        /// Data about a person.
        Pii = "pii",
        /// A secret, such as a token: whoever holds it can act.
        Secret = "secret",
    }
}

words! {
    /// The purpose of a text, beyond its kind.
    Purpose {
        /// It names a request or a resource: what two systems take for the same id must be the same text.
        Id = "id",
        /// The provider calls this address.
        Callback = "callback",
    }
}

impl Sensitive {
    /// Returns what is shown in place of the value: `[pii]` or `[secret]`.
    pub const fn mask(self) -> &'static str {
        match self {
            Self::Pii => "[pii]",
            Self::Secret => "[secret]",
        }
    }
}
