//! Fingerprints: saying that two values are equal without holding either.
//!
//! HMAC-SHA-256 under the salt of the manifest, of which 128 bits are kept. Without the salt of
//! the project nothing can be looked up in a table, and values that could be guessed are refused.

use std::collections::BTreeSet;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::mask::in_address;
use crate::source::Secret;

/// The version that stands before every fingerprint.
const VERSION: &str = "v1:";

/// The salt of a project.
#[derive(Clone, Debug)]
pub struct Salt(Secret);

impl Salt {
    /// Takes a salt over.
    ///
    /// # Errors
    /// Where it has fewer than 16 characters: too short to keep guesses out.
    pub fn new(text: &str) -> Result<Self, String> {
        if text.chars().count() < 16 {
            return Err("a salt has at least 16 characters, at random".to_owned());
        }
        Ok(Self(Secret::new(text)))
    }

    /// The fingerprint of a value, blanks around it apart: `v1:` and 32 hex digits.
    pub fn fingerprint(&self, value: &Secret) -> String {
        format!("{VERSION}{}", self.digest(value.expose().trim().as_bytes()))
    }

    /// 128 bits of HMAC-SHA-256 over `bytes`, in hex.
    pub fn digest(&self, bytes: &[u8]) -> String {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(self.0.expose().as_bytes()) else {
            return String::new();
        };
        mac.update(bytes);
        let full = mac.finalize().into_bytes();
        hex::encode(full.get(..16).unwrap_or_default())
    }
}

/// Whether a text is a fingerprint of a version that this tool knows.
pub fn is_fingerprint(text: &str) -> bool {
    text.strip_prefix(VERSION)
        .is_some_and(|hex| hex.len() == 32 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Whether somebody who knows the salt could find a value by trying: short or of few different
/// characters, or an address in which what is secret is so. Such a value is never fingerprinted.
pub fn is_guessable(value: &str) -> bool {
    let in_address = value.split_once("://").is_some_and(|(_, after)| {
        in_address(after, false).iter().any(|one| !one.is_empty() && is_short(one))
    });
    in_address || is_short(value)
}

fn is_short(value: &str) -> bool {
    let different: BTreeSet<char> = value.chars().collect();
    value.chars().count() < 12 || different.len() < 6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprints_depend_on_the_salt_and_the_value() {
        let salt = Salt::new("0123456789abcdef").unwrap();
        let one = salt.fingerprint(&Secret::new("value-one"));
        assert!(is_fingerprint(&one));
        assert_ne!(one, salt.fingerprint(&Secret::new("value-two")));
        let other = Salt::new("fedcba9876543210").unwrap();
        assert_ne!(one, other.fingerprint(&Secret::new("value-one")));
        assert!(Salt::new("short").is_err());
        assert!(is_guessable("174379") && is_guessable("aaaaaaaaaaaaaaaa"));
        assert!(!is_guessable("8c5f0f5e-3b7d-4f0e"));
        assert!(is_guessable("https://me:hunter22@hooks.lender.co.ke/begini"));
        assert!(is_guessable("https://hooks.lender.co.ke/begini?token=4711"));
        assert!(!is_guessable("https://hooks.lender.co.ke/begini?page=2"));
    }
}
