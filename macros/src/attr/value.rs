use crate::errors::Errors;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, LitInt, LitStr, Token};

/// The content of `#[value(…)]`: a text, or a whole number.
pub(crate) struct ValueAttribute {
    /// The text, or the digits of the number.
    pub(crate) text: LitStr,
    pub(crate) is_number: bool,
}

impl ValueAttribute {
    /// Reads `#[value("…")]` or `#[value(1)]`.
    pub(crate) fn read(attribute: &Attribute, errors: &mut Errors) -> Option<Self> {
        let value = attribute.parse_args();
        if value.is_err() {
            let message = "expected one text or whole number: `#[value(\"…\")]`, `#[value(1)]`";
            errors.on(&attribute.meta, message);
        }
        value.ok()
    }
}

impl Parse for ValueAttribute {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(LitStr) {
            return Ok(ValueAttribute {
                text: input.parse()?,
                is_number: false,
            });
        }
        let sign = input.parse::<Option<Token![-]>>()?.map_or("", |_| "-");
        let digits: LitInt = input.parse()?;
        let number: i64 = format!("{sign}{}", digits.base10_digits())
            .parse()
            .map_err(|_| syn::Error::new(digits.span(), "expected a whole number of 64 bits"))?;
        if !digits.suffix().is_empty() {
            return Err(syn::Error::new(
                digits.span(),
                "expected a number without a suffix",
            ));
        }
        Ok(ValueAttribute {
            text: LitStr::new(&number.to_string(), digits.span()),
            is_number: true,
        })
    }
}
