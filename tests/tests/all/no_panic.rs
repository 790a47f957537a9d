//! Whatever bytes come in, an answer comes out: no panic, no overflow of the stack, no endless run.
//! The fuzz targets in `tests/fuzz` go further when they are given time.

use alipay_instore::ams_instore::pay_entry_code::{PayEntryCodeRequest, PayEntryCodeResponse};
use payspec_model::model::Side;
use payspec_model::source::Memory;
use payspec_tests::random::share;
use payspec_tests::{agree::Validators, messages};

/// A small generator of its own: a hundred thousand cases through a strategy would be slow.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        // xorshift64*
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    /// Bytes that a parser does not turn down at the first one.
    fn bytes(&mut self, pieces: &[&[u8]]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for _ in 0..self.below(24) {
            match self.below(3) {
                0 => bytes.push(self.next() as u8),
                _ => bytes.extend_from_slice(pieces[self.below(pieces.len())]),
            }
        }
        bytes
    }
}

const JSON: &[&[u8]] = &[
    b"{",
    b"}",
    b"[",
    b"]",
    b":",
    b",",
    b"\"",
    b"\\",
    b"\\u",
    b"\\ud800",
    b"null",
    b"true",
    b"1e999",
    b"-0",
    b"0.1",
    b"\"order\":",
    b"\"paymentAmount\":{",
    b"\"value\":",
    b"\"10\"",
    b"\"currency\"",
    b"\"result\":{",
    b"\"resultStatus\":\"S\"",
    b"\xff",
    b"\xe5\x95",
    b" ",
    b"\n",
    b"[[[[[[[[",
    b"{\"a\":",
];

const YAML: &[&[u8]] = &[
    b"payspec: 2\n",
    b"id: x\n",
    b"- ",
    b": ",
    b"\n",
    b"  ",
    b"\t",
    b"{",
    b"}",
    b"[",
    b"]",
    b"&a ",
    b"*a",
    b"!!str ",
    b"|\n",
    b">-\n",
    b"\"",
    b"'",
    b"#",
    b"---\n",
    b"...\n",
    b"? ",
    b"\xc2\xa0",
    b"\xef\xbc\x9a",
    b"\xff",
    b"types:\n",
    b"objects:\n",
    b"  Order:\n",
    b"    fields:\n",
    b"description: d\n",
    b"%YAML 1.2\n",
];

/// Loads a spec with a folder for each of these, in which the bytes stand as one kind of file.
fn load(texts: &[Vec<u8>]) {
    let mut memory = Memory::default();
    for (index, bytes) in texts.iter().enumerate() {
        let name = [
            "api.yaml",
            "results.yaml",
            "types/a.yaml",
            "operations/a.yaml",
        ][index % 4];
        memory.files.insert(
            format!("f{index}/api.yaml"),
            b"payspec: 2\nid: x\n".to_vec(),
        );
        memory
            .files
            .insert(format!("f{index}/{name}"), bytes.clone());
    }
    let loaded = payspec_model::load_from(&memory);
    assert!(loaded.model.is_none(), "random bytes made a spec");
}

#[test]
fn random_byte_strings_into_the_decoders() {
    let validators = Validators::load();
    let mut random = Random(0x5eed);
    for _ in 0..share(50_000) {
        let bytes = random.bytes(JSON);
        validators.both::<PayEntryCodeRequest>("pay_entry_code", Side::Request, &bytes);
        validators.both::<PayEntryCodeResponse>("pay_entry_code", Side::Response, &bytes);
    }
}

#[test]
fn documented_messages_with_pieces_cut_out() {
    let validators = Validators::load();
    let mut random = Random(0xcafe);
    for _ in 0..2_000 {
        let mut bytes = messages::REQUEST.as_bytes().to_vec();
        let from = random.below(bytes.len());
        let to = (from + random.below(200)).min(bytes.len());
        bytes.drain(from..to);
        validators.both::<PayEntryCodeRequest>("pay_entry_code", Side::Request, &bytes);
    }
}

#[test]
fn random_byte_strings_into_the_loader() {
    let mut random = Random(0xfeed);
    for _ in 0..share(50) {
        let texts: Vec<Vec<u8>> = (0..2_000).map(|_| random.bytes(YAML)).collect();
        load(&texts);
    }
}

#[test]
fn depth_without_end() {
    let validators = Validators::load();
    for piece in [
        "[",
        "{\"order\":",
        "{\"x\":[",
        "{\"order\":{\"extendInfo\":",
    ] {
        let deep = piece.repeat(200_000);
        validators.both::<PayEntryCodeRequest>("pay_entry_code", Side::Request, deep.as_bytes());
    }
    load(&["[", "{a: ", "- ", "? "].map(|piece| piece.repeat(100_000).into_bytes()));
}
