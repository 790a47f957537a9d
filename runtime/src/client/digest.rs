//! Digests of bodies, as ids of messages that have none.

/// Returns the SHA-256 of a body, in hexadecimal digits.
pub(super) fn hex_digest(body: &[u8]) -> String {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, body);
    let bytes = digest.as_ref().iter();
    bytes.map(|byte| format!("{byte:02x}")).collect()
}
