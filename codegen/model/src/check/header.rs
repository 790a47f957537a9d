//! Checks the headers of a message.

use payspec_runtime::{DateTime, Pattern, Phrase, RuleId, rules, violation_text};

use crate::model::{Header, HeaderFormat, Origin};

/// A rule that a header violates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderViolation {
    /// The header.
    pub name: String,
    /// The place in the spec.
    pub origin: Origin,
    /// The broken rule.
    pub rule: RuleId,
    /// The expected value.
    pub expected: Phrase,
}

/// Returns the first rule that a header value violates; [`None`] as `value` means that the message
/// lacks the header. A time must have the documented format, though readers accept both.
///
/// ```
/// use payspec_model::{check::check_header, load};
/// use payspec_runtime::RuleId;
/// use std::path::Path;
///
/// let model = load(Path::new("../../spec")).model.ok_or("the spec has errors")?;
/// let (api, _) = model.operation("pay_entry_code").ok_or("no such operation")?;
/// let time = api.request_headers.iter().find(|one| one.name == "Request-Time").ok_or("none")?;
/// assert_eq!(check_header(time, Some("1685599933871")), None);
/// assert_eq!(check_header(time, None).map(|broken| broken.rule), Some(RuleId::Required));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn check_header(header: &Header, value: Option<&str>) -> Option<HeaderViolation> {
    let broken = |rule, expected| {
        Some(HeaderViolation {
            name: header.name.clone(),
            origin: header.origin,
            rule,
            expected,
        })
    };
    let Some(value) = value else {
        return match header.required {
            true => broken(RuleId::Required, violation_text::expected_present()),
            false => None,
        };
    };
    if let Some(most) = header
        .max_length
        .filter(|most| !rules::max_length(value, *most))
    {
        return broken(RuleId::MaxLength, violation_text::expected_max_length(most));
    }
    let unmatched = header
        .pattern
        .as_ref()
        .filter(|pattern| !rules::matches(&Pattern::from_text((*pattern).clone()), value));
    if let Some(pattern) = unmatched {
        let expected = violation_text::expected_pattern(pattern).to_phrase();
        return broken(RuleId::Pattern, expected);
    }
    let expected = form(header.format, value).err()?;
    broken(RuleId::Format, Phrase::fixed(expected))
}

/// Checks the format of a value; an error is the expected format in words.
fn form(format: HeaderFormat, value: &str) -> Result<(), &'static str> {
    let (has_form, words) = match format {
        HeaderFormat::EpochMillis => (
            value.len() == 13 && value.bytes().all(|byte| byte.is_ascii_digit()),
            "milliseconds since 1970, 13 digits",
        ),
        HeaderFormat::Datetime => (
            value.parse::<DateTime>().is_ok(),
            "a date and time with offset",
        ),
        HeaderFormat::KeyValueList => (
            value.split(',').all(|pair| pair.contains('=')),
            "`key=value` pairs with commas between them",
        ),
        HeaderFormat::MediaType => (value.contains('/'), "a media type"),
        HeaderFormat::Text => (true, ""),
    };
    if has_form { Ok(()) } else { Err(words) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SourceIds;

    fn header(format: HeaderFormat) -> Header {
        Header {
            name: "Trace".to_owned(),
            required: false,
            description: String::new(),
            format,
            max_length: None,
            pattern: None,
            example: None,
            sources: SourceIds::default(),
            origin: Origin::default(),
        }
    }

    fn broken(header: &Header, value: Option<&str>) -> Option<RuleId> {
        check_header(header, value).map(|broken| broken.rule)
    }

    #[test]
    fn each_rule_is_checked() {
        let text = header(HeaderFormat::Text);
        assert_eq!(broken(&text, None), None);
        assert_eq!(broken(&text, Some("")), None);
        let required = Header {
            required: true,
            ..text.clone()
        };
        assert_eq!(broken(&required, None), Some(RuleId::Required));
        let short = Header {
            max_length: Some(2),
            ..text.clone()
        };
        // Characters are counted, not bytes.
        assert_eq!(broken(&short, Some("支付")), None);
        assert_eq!(broken(&short, Some("abc")), Some(RuleId::MaxLength));
        let digits = Header {
            pattern: Some("[0-9]+".to_owned()),
            ..text
        };
        assert_eq!(broken(&digits, Some("12")), None);
        assert_eq!(broken(&digits, Some("12a")), Some(RuleId::Pattern));
    }

    #[test]
    fn each_form_takes_its_own_values() {
        use HeaderFormat::{Datetime, EpochMillis, KeyValueList, MediaType};
        let values = [
            (EpochMillis, "1685599933871"),
            (Datetime, "2019-11-27T12:01:01+08:00"),
            (KeyValueList, "algorithm=RSA256, keyVersion=1"),
            (MediaType, "application/json"),
        ];
        for (format, _) in values {
            for (form, value) in values {
                let expected = (form != format).then_some(RuleId::Format);
                assert_eq!(
                    broken(&header(format), Some(value)),
                    expected,
                    "{format:?} {value}"
                );
            }
        }
    }
}
