//! The text that says which object of a union a JSON object is.

use super::mistake::Mistake;
use super::reader::Reader;
use std::borrow::Cow;

/// Returns the text of a member of a JSON object; [`None`] if it has none, or is `null` or `""`.
///
/// # Errors
///
/// When the text is not an object, or the member is not a text or occurs twice.
pub(crate) fn tag<'a>(
    reader: &mut Reader<'a>,
    name: &str,
) -> Result<Option<Cow<'a, str>>, Mistake> {
    if reader.peek() != Some(b'{') {
        return Err(reader.mistake("expected an object"));
    }
    reader.open()?;
    let (mut found, mut is_first, mut has_seen) = (None, true, false);
    while let Some(key) = reader.next_name(is_first)? {
        is_first = false;
        if key != name {
            reader.skip()?;
            continue;
        }
        if has_seen {
            return Err(reader.mistake("the tag again"));
        }
        has_seen = true;
        found = match reader.peek() {
            Some(b'"') => match reader.text_or_damage()? {
                Some(text) => Some(text).filter(|text| !text.is_empty()),
                None => return Err(reader.mistake("a tag that is not a text")),
            },
            Some(b'n') => {
                reader.word("null")?;
                None
            }
            _ => return Err(reader.mistake("a tag that is not a text")),
        };
    }
    Ok(found)
}
