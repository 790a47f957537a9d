/// The type of a plain (unquoted) scalar, by the rules of YAML's core schema as `serde_yaml` applies
/// them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Plain {
    Null,
    Boolean,
    /// An integer with its value, if it fits.
    Integer(Option<i64>),
    Float,
    Text,
}

impl Plain {
    pub(crate) fn of(text: &str) -> Plain {
        match text {
            "" | "~" | "null" | "Null" | "NULL" => return Plain::Null,
            "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => return Plain::Boolean,
            _ => {}
        }
        let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
        if !unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
            return Plain::Text;
        }
        for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] {
            if let Some(digits) = unsigned.strip_prefix(prefix) {
                return match u128::from_str_radix(digits, radix) {
                    Ok(value) if !digits.starts_with('+') => Plain::Integer(signed(text, value)),
                    _ => Plain::Text,
                };
            }
        }
        if unsigned.bytes().all(|byte| byte.is_ascii_digit()) {
            // `007` is a text.
            if unsigned.len() > 1 && unsigned.starts_with('0') {
                return Plain::Text;
            }
            return match unsigned.parse() {
                Ok(value) => Plain::Integer(signed(text, value)),
                Err(_) => Plain::Float,
            };
        }
        let special = [".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN"];
        if special.contains(&unsigned) || unsigned.parse::<f64>().is_ok_and(f64::is_finite) {
            return Plain::Float;
        }
        Plain::Text
    }
}

fn signed(text: &str, value: u128) -> Option<i64> {
    let value = i64::try_from(value).ok()?;
    Some(if text.starts_with('-') { -value } else { value })
}
