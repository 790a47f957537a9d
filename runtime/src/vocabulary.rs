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
            /// All values.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// Returns the word for it in specs, attributes and reports.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }

            /// Returns the value for this word.
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
    /// The severity of a violation.
    Severity {
        /// The message must not be sent.
        Error = "error",
        /// The message may be sent; the sender gets a warning.
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
    /// The direction of a message, whichever side makes the call.
    Direction {
        /// We send it: the request of our call, or the response to a call that we receive. Every rule
        /// applies to it.
        Outgoing = "outgoing",
        /// We receive it. It is read tolerantly, because the sender may know more than our spec.
        Incoming = "incoming",
    }
}

words! {
    /// The JSON type in which a single value travels.
    JsonType {
        /// A JSON string: `"20"`, `"true"`.
        String = "string",
        /// A JSON number: `20`.
        Number = "number",
        /// A JSON boolean: `true`.
        Boolean = "boolean",
    }
}

words! {
    /// The JSON type of a value that is not `null`.
    JsonShape {
        /// A JSON string.
        String = "string",
        /// A JSON number.
        Number = "number",
        /// `true` or `false`.
        Boolean = "boolean",
        /// A JSON object.
        Object = "object",
        /// A JSON array.
        List = "list",
    }
}

impl JsonShape {
    /// Returns the JSON type as that of a single value; [`None`] for objects and arrays.
    pub const fn json_type(self) -> Option<JsonType> {
        match self {
            JsonShape::String => Some(JsonType::String),
            JsonShape::Number => Some(JsonType::Number),
            JsonShape::Boolean => Some(JsonType::Boolean),
            JsonShape::Object | JsonShape::List => None,
        }
    }
}

words! {
    /// The part of an HTTP request in which a field travels.
    Location {
        /// In a segment of the path.
        Path = "path",
        /// In the query.
        Query = "query",
        /// In the header of the same name.
        Header = "header",
        /// In the body.
        Body = "body",
        /// The whole body, of which it is not a member.
        #[cfg_attr(feature = "schema", serde(skip_deserializing))]
        WholeBody = "whole_body",
    }
}

words! {
    /// The case of the letters of a code.
    Case {
        /// Capital letters: `USD`.
        Upper = "upper",
        /// Small letters: `usd`.
        Lower = "lower",
    }
}

impl Default for Case {
    /// A code has capital letters unless the spec says otherwise.
    fn default() -> Self {
        Self::Upper
    }
}

words! {
    /// The media type of the body of a request.
    MediaType {
        /// JSON.
        Json = "application/json",
        /// A form: `name=value` pairs, as in a query.
        Form = "application/x-www-form-urlencoded",
    }
}

impl Default for MediaType {
    /// A body is JSON unless the spec says otherwise.
    fn default() -> Self {
        Self::Json
    }
}

words! {
    /// An algorithm that proves a message.
    ProofAlgorithm {
        /// HMAC with SHA-256 (RFC 2104).
        HmacSha256 = "hmac_sha256",
        /// HMAC with SHA-512 (RFC 2104).
        HmacSha512 = "hmac_sha512",
        /// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017).
        RsaPkcs1V15Sha256 = "rsa_pkcs1_v15_sha256",
    }
}

words! {
    /// An algorithm that encrypts a part of a message and proves that nobody changed it.
    AeadAlgorithm {
        /// AES-256 in GCM, with a nonce of 12 bytes and a tag of 16 (NIST SP 800-38D).
        Aes256Gcm = "aes_256_gcm",
    }
}

impl AeadAlgorithm {
    /// Returns the length of a key, in bytes.
    pub const fn key_bytes(self) -> usize {
        match self {
            Self::Aes256Gcm => 32,
        }
    }
}

words! {
    /// An encoding of bytes as text.
    TextEncoding {
        /// Hexadecimal digits; capitals are read, too.
        Hex = "hex",
        /// Standard base64 with padding (RFC 4648).
        Base64 = "base64",
    }
}

words! {
    /// The form of the time in a proof.
    TimeForm {
        /// Seconds since 1970, in decimal digits.
        EpochSeconds = "epoch_seconds",
        /// Milliseconds since 1970, in decimal digits.
        EpochMillis = "epoch_millis",
        /// ISO 8601 with offset.
        Iso8601 = "iso8601",
    }
}

words! {
    /// The way in which a query or form writes a list, an object or a map.
    Style {
        /// A list of texts as a pair for each element: `a=1&a=2`.
        Repeat = "repeat",
        /// A list of texts as one pair: `a=1,2`.
        Comma = "comma",
        /// A pair for each text, with its path in brackets: `a[b]=x`, `a[0]=y`, `a[0][b]=z`.
        Brackets = "brackets",
        /// As `brackets`, but lists of texts without the index: `a[]=1&a[]=2`.
        EmptyBrackets = "empty_brackets",
        /// The JSON of the value as one pair: `a=[1,2]`.
        Json = "json",
    }
}

impl Default for Style {
    /// A list is a pair for each element unless the spec says otherwise.
    fn default() -> Self {
        Self::Repeat
    }
}

words! {
    /// The meaning of the status of an answer for the call.
    StatusClass {
        /// The call succeeded; the same request gets the same answer.
        Succeeded = "succeeded",
        /// The call failed; the same request gets the same answer.
        Failed = "failed",
        /// The outcome is not known yet.
        Pending = "pending",
    }
}

words! {
    /// The next step of a program, or its operator, after a result.
    NextStep {
        /// Nothing is left to do.
        Done = "done",
        /// Send the payer to the address in the answer.
        Redirect = "redirect",
        /// Correct the request: a parameter, a header, the method or the URL.
        FixRequest = "fix_request",
        /// Correct the client id, the keys or the signature.
        FixCredentials = "fix_credentials",
        /// Compare the request with what the contract and the wallet allow.
        CheckContract = "check_contract",
        /// Register the merchant first.
        RegisterMerchant = "register_merchant",
        /// Try a lower amount.
        LowerAmount = "lower_amount",
        /// Start again with a new request id.
        NewRequestId = "new_request_id",
        /// Send the same request again.
        ResendSame = "resend_same",
        /// Inquire about the state of the payment.
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
    /// The rule for sending the same body again after a result.
    Resend {
        /// It is safe, and may bring an answer.
        Safe = "safe",
        /// It is harmless, but the answer stays the same.
        Pointless = "pointless",
        /// It must not be done.
        Never = "never",
    }
}

words! {
    /// The unit of an exchange rate between a base and a counter currency.
    QuoteDirection {
        /// The amount of the counter currency that one unit of the base currency buys.
        CounterPerBase = "counter_per_base",
        /// The amount of the base currency that one unit of the counter currency buys.
        BasePerCounter = "base_per_counter",
    }
}

words! {
    /// The stable name of a rule.
    RuleId {
        /// The field must be present.
        Required = "required",
        /// The field must be present because of the value of another field.
        RequiredWhen = "required_when",
        /// The field must be absent because of the value of another field.
        ForbiddenWhen = "forbidden_when",
        /// At least one of a group of fields must be present.
        AtLeastOneOf = "at_least_one_of",
        /// The JSON type does not fit the field.
        Type = "type",
        /// The text does not have the form of the field's type or format.
        Format = "format",
        /// An absent value is left out, not sent as an empty text.
        NotEmpty = "not_empty",
        /// Only one value is allowed.
        Const = "const",
        /// The value is not one of the documented ones.
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
        /// The key of an entry has too many characters.
        KeyMaxLength = "key_max_length",
        /// The key of an entry does not match the pattern.
        KeyPattern = "key_pattern",
        /// The amount is not in the currency's steps.
        AmountStep = "amount_step",
        /// The amount has more decimal places than its currency.
        Decimals = "decimals",
        /// Two amounts that belong together are in different currencies.
        SameCurrency = "same_currency",
        /// An outgoing text contains a control character.
        ControlCharacter = "control_character",
        /// An outgoing address has a scheme that does not fit its use.
        UrlScheme = "url_scheme",
        /// The value is a native number or boolean, but the wire format requires a text.
        Encoding = "encoding",
        /// No field has this name.
        UnknownField = "unknown_field",
        /// The object has two fields of this name.
        DuplicateField = "duplicate_field",
    }
}

words! {
    /// The reason why a value must not be logged.
    Sensitive {
        /// Data about a person.
        Pii = "pii",
        /// A secret, such as a token: anyone who has it can act.
        Secret = "secret",
    }
}

words! {
    /// The purpose of a text, beyond its kind.
    Purpose {
        /// It identifies a request or a resource: two systems must agree on the exact text.
        Id = "id",
        /// The provider calls this address.
        Callback = "callback",
    }
}

impl Sensitive {
    /// Returns the replacement that is shown for the value: `[pii]` or `[secret]`.
    pub const fn mask(self) -> &'static str {
        match self {
            Self::Pii => "[pii]",
            Self::Secret => "[secret]",
        }
    }
}
