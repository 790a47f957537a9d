//! Handles the bytes of captures.

use super::super::message::Message;

/// Removes a line end after the body if the stated length shows that it was not sent: files often end with one.
pub(super) fn settle(message: &mut Message) {
    let stated = message.stated_length();
    let Some(body) = &mut message.body else {
        return;
    };
    let surplus = stated.and_then(|length| body.get(length..));
    if let Some(surplus @ (b"\n" | b"\r\n")) = surplus {
        body.truncate(body.len() - surplus.len());
    }
}

/// Converts bytes to a text of the same length, with one character per byte.
pub(super) fn latin1(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}
