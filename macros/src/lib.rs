//! The derives of payspec: [`Message`](macro@Message), [`OpenEnum`](macro@OpenEnum), [`Union`](macro@Union) and
//! [`ResultCode`](macro@ResultCode). Their output names `::payspec_runtime`, which re-exports them:
//! depend on that crate.
//!
//! `ast` reads the input, `attr` its attributes, `validate` reports input that makes no sense, and
//! `expand` generates the code. All errors of one type are reported together, each at its token.

mod ast;
mod attr;
mod closest;
mod errors;
mod expand;
mod validate;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Makes a struct an object that travels as JSON.
///
/// ```ignore
/// #[derive(Clone, PartialEq, payspec_runtime::Message)]
/// #[message(direction = "outgoing", scalars = "strings", empty_text = "forbidden")]
/// #[message(at_least_one_of("paymentId", "paymentRequestId"))]
/// #[message(refine("/order/buyer", required))]
/// pub struct InquiryRequest {
///     /// Id that the caller gave the payment.
///     #[field(name = "paymentRequestId", max_length = 64)]
///     pub payment_request_id: Option<String>,
///     /// Id that the provider gave it.
///     #[field(name = "paymentId", max_length(64, severity = "warning"))]
///     pub payment_id: Option<String>,
///     /// What was bought.
///     pub order: Order,
/// }
/// ```
///
/// The struct gets `payspec_runtime::Message` and `Wire`, serde's `Serialize` and `Deserialize`, a
/// `Debug` that masks sensitive values, and a builder. A field that is not an `Option` is required:
/// `InquiryRequest::builder` takes all of them in one struct, `InquiryRequestRequired`, so that the
/// compiler reports a missing one. Each other field has a setter. (The setter of a field `build` is
/// `set_build`.)
///
/// # Types
///
/// `String`, `i64`, `bool`, the wire types of `payspec_runtime` (`Json` for any JSON), enums that derive `OpenEnum` or
/// `ResultCode`, structs that derive `Message`, enums that derive `Union`, and `Vec`, `Map` (an object with free keys), `Box`
/// and `Option` of them.
///
/// # `#[message(…)]`
///
/// | word | meaning |
/// | --- | --- |
/// | `direction = "outgoing"` | the struct is a body that we send, strict, or an `"incoming"` one, tolerant |
/// | `body = "form"` | the body of the request travels as `application/x-www-form-urlencoded`, not as `"json"` |
/// | `scalars = "strings"` | integers and booleans travel as JSON strings, not `"native"`; decimals always do |
/// | `empty_text = "forbidden"` | an absent value is left out, never sent as `""` |
/// | `at_least_one_of("a", "b")` | one of these fields must be present |
/// | `same_currency("/a/currency", "/b/currency")` | the values at these paths should have the same currency |
/// | `amount(currency = "a", value = "b", multiple_of("IDR", 100))` | the struct is an amount of money; in rupiah it comes in hundreds of minor units |
/// | `quote(pair = "a", price = "b", direction = "counter_per_base")` | the struct is an exchange rate: `pair` names the base before the counter currency, and the price is how much of the counter currency one unit of the base currency buys, or the other way round with `base_per_counter` |
/// | `refine("/a/*/b", required)` | rules for the value at a path; `*` is every item of a list or value of a map |
/// | `response("402", "a", optional("b"))` | the answer of this HTTP status, of a class such as `4XX`, or of all others (`default`) must have the field `a` and can have `b` |
/// | `decisive("/a/b", "/c")` | values that decide what an incoming message means: if one of them is duplicate or unreadable, the message is not read at all |
///
/// # `#[field(…)]`
///
/// | word | meaning |
/// | --- | --- |
/// | `name = "a"` | the name on the wire; without it, the name of the field |
/// | `in = "path"` | the field of a request travels in the `"path"`, the `"query"` or a `"header"`, not in the `"body"` |
/// | `style = "brackets"` | the list, map or object travels in a query or form as `a[b]=x&a[0]=y`; `"empty_brackets"`: lists as `a[]=x&a[]=y`; `"comma"`: a list as `a=x,y`; `"json"`: as its JSON; `"repeat"`, the default: a list as `a=x&a=y` |
/// | `json_type = "number"` | the number or boolean travels in this JSON type, `"string"`, `"number"` or `"boolean"`, if it differs from `scalars` |
/// | `case = "lower"` | the `Currency` travels in small letters: `usd` |
/// | `sensitive = "pii"` | the value must not be logged: data about a person, or a `"secret"` |
/// | `purpose = "id"` | the text identifies a request or a resource, so it must not contain a control character; `"callback"`: the provider calls this address |
/// | `fixed = "fixed_a"` | the field can have a single value, which this associated function returns: the builder sets it, and has a setter for it |
/// | `required` | must be present, although the type is an `Option`: an incoming message is read without it, and the absence is reported |
/// | `required_when("/a", "X")` | must be present when the field at the path has one of these texts; without texts, when it is present |
/// | `required_when("/a", absent)` | must be present when the field at the path is absent |
/// | `forbidden_when("/a", "X")` | must be absent then |
/// | `const = "X"`, `values("X", "Y")` | the allowed texts |
/// | `min_length = 1`, `max_length = 64` | in characters |
/// | `pattern = "[0-9]+"` | a regular expression for the whole text |
/// | `min = "1"`, `max = "9.5"` | for numbers |
/// | `multiple_of = "0.01"` | for numbers: only whole multiples of this one |
/// | `min_items = 1`, `max_items = 100` | for lists and maps |
/// | `each(max_length = 64)` | for lists and maps: rules of each element or value, also `each(…)` and `keys(…)` of these |
/// | `keys(max_length = 40, pattern = "[a-z]+")` | for maps: rules of each key |
/// | `unique_items` | for lists of texts and numbers: no two elements are equal |
/// | `format = "mcc"` | a merchant category code; `"json"`: a text that is JSON |
///
/// Each rule can be weakened in parentheses: `max_length(64, severity = "warning")`,
/// `required(direction = "outgoing")`.
#[proc_macro_derive(Message, attributes(message, field))]
pub fn message(input: TokenStream) -> TokenStream {
    expand::derive_message(&parse_macro_input!(input as DeriveInput)).into()
}

/// Makes an enum a set of texts.
///
/// ```ignore
/// #[derive(Clone, PartialEq, Eq, Hash, payspec_runtime::OpenEnum)]
/// pub enum OsType {
///     #[value("IOS")]
///     Ios,
///     #[value("ANDROID")]
///     Android,
///     #[unknown]
///     Unknown(payspec_runtime::UnknownValue),
/// }
/// ```
///
/// The variant with `#[unknown]` keeps every text that is not documented; an enum without it is
/// closed, and such a text is an error. The enum gets `as_str`, `VALUES`, `Display`, `Debug`,
/// serde's `Serialize` and `Deserialize`, `FromStr`, and `From<&str>` or, when closed,
/// `TryFrom<&str>`.
///
/// With numbers, as in `#[value(1)]` or `#[value(-1)]`, it is a set of whole numbers, with `From<i64>` or, when closed,
/// `TryFrom<i64>`.
#[proc_macro_derive(OpenEnum, attributes(value, unknown))]
pub fn open_enum(input: TokenStream) -> TokenStream {
    expand::derive_open_enum(&parse_macro_input!(input as DeriveInput)).into()
}

/// Makes an enum of messages a value that is one of them. A text in the object, the tag, says which, or the JSON type of
/// the value.
///
/// ```ignore
/// #[derive(Clone, PartialEq, payspec_runtime::Union)]
/// #[union(tag = "type")]
/// pub enum PaymentMethod {
///     #[variant("scheme")]
///     Scheme(Card),
///     #[variant("ideal")]
///     Ideal(Ideal),
///     #[unknown]
///     Unknown(payspec_runtime::UnknownJson),
/// }
/// ```
///
/// The messages do not have the tag as a field: the union writes it first, and reads it at any place. The variant with
/// `#[unknown]` keeps every object whose tag is not documented; a union without it is closed, and such an object is an
/// error. The enum gets `payspec_runtime::Union` and `Wire`, serde's `Serialize` and `Deserialize`, and a `Debug` that masks
/// sensitive values. A message that contains the union has it in a `Vec` or `Map`, if it is itself one of the objects.
///
/// With `#[union(json_type)]` and without `#[variant(…)]`, it is an enum of types with different JSON types, which tell the
/// values apart:
///
/// ```ignore
/// #[derive(Clone, PartialEq, payspec_runtime::Union)]
/// #[union(json_type)]
/// pub enum Customer {
///     Id(String),
///     Object(CustomerObject),
/// }
/// ```
///
/// Numbers and booleans in it are JSON numbers and booleans, whatever `scalars` says. Two types with the same JSON type do
/// not compile.
#[proc_macro_derive(Union, attributes(union, variant, unknown))]
pub fn union(input: TokenStream) -> TokenStream {
    expand::derive_union(&parse_macro_input!(input as DeriveInput)).into()
}

/// Makes an enum a set of result codes.
///
/// ```ignore
/// #[derive(Clone, PartialEq, Eq, Hash, payspec_runtime::ResultCode)]
/// pub enum InquiryCode {
///     #[code("SUCCESS", status = "S", class = "succeeded", next_step = "done", resend = "pointless")]
///     Success,
///     #[code("ORDER_NOT_EXIST", status = "F", class = "failed", next_step = "fix_request",
///            resend = "never", message = "There is no such order.")]
///     OrderNotExist,
///     #[unknown]
///     Unknown(payspec_runtime::UnknownValue),
/// }
/// ```
///
/// The enum gets everything that `OpenEnum` gives, and the documented meaning of each code. `message`
/// is optional. The variant with `#[unknown]` is required, because undocumented codes may arrive.
#[proc_macro_derive(ResultCode, attributes(code, unknown))]
pub fn result_code(input: TokenStream) -> TokenStream {
    expand::derive_result_code(&parse_macro_input!(input as DeriveInput)).into()
}
