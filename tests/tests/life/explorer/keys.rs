//! One key for both sides. What was signed or verified once is remembered: the same messages come up
//! in thousands of courses.

use payspec_codegen::mock::{KeyPair, Keys};
use payspec_runtime::client::{CannotSign, Signer, SigningKey, Verifier, VerifyingKey};
use serde_json::Value as Json;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// What the provider and its clients sign with.
pub(super) fn keys() -> Keys {
    let text = include_str!("../../../../runtime/tests/fixtures/signing.json");
    let fixture: Json = serde_json::from_str(text).expect("JSON");
    let key = |name: &str| fixture["keys"][name].as_str().expect("a key").to_owned();
    let pair = KeyPair {
        private: key("private_pkcs8_pem"),
        public: key("public_spki_pem"),
    };
    Keys {
        client: pair.clone(),
        gateway: pair,
    }
}

/// A key that signs nothing twice.
#[derive(Clone)]
pub(super) struct Signs {
    key: Rc<SigningKey>,
    done: Rc<RefCell<HashMap<Vec<u8>, Vec<u8>>>>,
}

/// Content and signature.
type Signed = (Vec<u8>, Vec<u8>);

/// A key that verifies nothing twice.
#[derive(Clone)]
pub(super) struct Verifies {
    key: Rc<VerifyingKey>,
    done: Rc<RefCell<HashMap<Signed, bool>>>,
}

pub(super) fn remembering() -> (Signs, Verifies) {
    let key = SigningKey::from_text(&keys().client.private).expect("a key");
    let verifies = Verifies {
        key: Rc::new(key.public()),
        done: Rc::default(),
    };
    let signs = Signs {
        key: Rc::new(key),
        done: Rc::default(),
    };
    (signs, verifies)
}

impl Signer for Signs {
    fn sign(&self, content: &[u8]) -> Result<Vec<u8>, CannotSign> {
        if let Some(signature) = self.done.borrow().get(content) {
            return Ok(signature.clone());
        }
        let signature = self.key.sign(content)?;
        let mut done = self.done.borrow_mut();
        done.insert(content.to_vec(), signature.clone());
        Ok(signature)
    }
}

impl Verifier for Verifies {
    fn verify(&self, content: &[u8], signature: &[u8]) -> bool {
        let message = (content.to_vec(), signature.to_vec());
        let mut done = self.done.borrow_mut();
        *done
            .entry(message)
            .or_insert_with(|| self.key.verify(content, signature))
    }
}
