//! A private key that was dropped is nowhere in the memory of the process.
//!
//! A separate test binary, because no other test may hold the key meanwhile.

#![cfg(target_os = "linux")]

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use payspec_runtime::client::{Signer as _, SigningKey};
use pkcs1::RsaPrivateKeyRef;
use pkcs8::der::Decode as _;
use std::error::Error;
use std::fs::{self, File};
use std::hint::black_box;
use std::io::{Read as _, Seek as _, SeekFrom};
use zeroize::Zeroizing;

/// The pieces looked for are kept under this mask, so that they do not find themselves.
const MASK: u8 = 0x55;

/// A piece from the middle of a secret number.
struct Piece {
    of: &'static str,
    masked: Vec<u8>,
}

#[test]
fn a_dropped_key_is_wiped() -> Result<(), Box<dyn Error>> {
    let fixture: serde_json::Value = serde_json::from_str(include_str!("fixtures/signing.json"))?;
    let text = |name: &str| fixture["keys"][name].as_str().ok_or("no such key");
    let pieces = pieces(text("private_pkcs1_base64_unarmoured")?)?;
    assert_eq!(found(&pieces)?, [""; 0], "before any key was read");
    for name in [
        "private_pkcs8_pem",
        "private_pkcs8_base64_unarmoured",
        "private_pkcs1_pem",
        "private_pkcs1_base64_unarmoured",
    ] {
        let key = SigningKey::from_text(text(name)?)?;
        black_box(key.sign(b"content")?);
        assert_eq!(
            found(&pieces)?,
            ["d", "p", "q"],
            "the search finds a key in use"
        );
        drop(key);
        assert_eq!(found(&pieces)?, [""; 0], "{name}");
    }
    Ok(())
}

fn pieces(base64: &str) -> Result<Vec<Piece>, Box<dyn Error>> {
    let der = Zeroizing::new(STANDARD.decode(base64)?);
    let key = RsaPrivateKeyRef::from_der(&der)?;
    let numbers = [
        ("d", key.private_exponent),
        ("p", key.prime1),
        ("q", key.prime2),
    ];
    let pieces = numbers.into_iter().map(|(of, number)| {
        let bytes = number.as_bytes();
        let middle = bytes.len() / 2;
        let masked = bytes[middle - 12..middle + 12].iter();
        Piece {
            of,
            masked: masked.map(|byte| byte ^ MASK).collect(),
        }
    });
    Ok(pieces.collect())
}

/// The numbers of which a piece is in writable memory, in either byte order.
fn found(pieces: &[Piece]) -> Result<Vec<&'static str>, Box<dyn Error>> {
    let maps = fs::read_to_string("/proc/self/maps")?;
    let mut memory = File::open("/proc/self/mem")?;
    let mut found = Vec::new();
    for line in maps.lines().filter(|line| line.contains(" rw")) {
        let (range, _) = line.split_once(' ').ok_or("a line without a range")?;
        let (start, end) = range.split_once('-').ok_or("a range without an end")?;
        let (start, end) = (
            u64::from_str_radix(start, 16)?,
            u64::from_str_radix(end, 16)?,
        );
        let mut bytes = Zeroizing::new(vec![0; usize::try_from(end - start)?]);
        memory.seek(SeekFrom::Start(start))?;
        // Some pages cannot be read, those of the kernel among them.
        if memory.read_exact(&mut bytes).is_ok() {
            bytes.iter_mut().for_each(|byte| *byte ^= MASK);
            let here = pieces.iter().filter(|piece| holds(&bytes, &piece.masked));
            found.extend(here.map(|piece| piece.of));
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

fn holds(bytes: &[u8], piece: &[u8]) -> bool {
    let reversed: Vec<u8> = piece.iter().rev().copied().collect();
    let mut windows = bytes.windows(piece.len());
    windows.any(|window| window == piece || window == reversed)
}
