//! What webhooks are signed with.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Sha256, Sha512};

use crate::source::Secret;

/// HMAC-SHA-512 of `bytes` in lower-case hex: Begini's own signature.
/// <https://begini.helpjuice.com/webhooks-and-real-time-results/securing-webhooks-hmac>
pub(super) fn sha512(key: &Secret, bytes: &[u8]) -> String {
    hex::encode(keyed::<Hmac<Sha512>>(key, bytes))
}

/// HMAC-SHA-256 of `bytes` in lower-case hex, which an outdated sample shows.
pub(super) fn sha256(key: &Secret, bytes: &[u8]) -> String {
    hex::encode(sha256_bytes(key, bytes))
}

/// HMAC-SHA-256 of `bytes`.
pub(super) fn sha256_bytes(key: &Secret, bytes: &[u8]) -> Vec<u8> {
    keyed::<Hmac<Sha256>>(key, bytes)
}

fn keyed<M: Mac + KeyInit>(key: &Secret, bytes: &[u8]) -> Vec<u8> {
    // a key of any length is a key; were it refused, an empty signature would verify nothing
    let Ok(mut mac) = <M as KeyInit>::new_from_slice(key.expose().as_bytes()) else {
        return Vec::new();
    };
    mac.update(bytes);
    mac.finalize().into_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_those_of_openssl() {
        let key = Secret::new("test-key-not-real");
        let body = br#"{"uid":"QA0001","integration_id":"000000000000000000000000","event":{"type":"application.complete","details":{"application_started_at":1644397242,"application_completed_at":1644397300}}}"#;
        assert_eq!(
            sha512(&key, body),
            concat!(
                "74e4d48a7f40bb56cb85aa4bc8b0ccea181ada8060e3bd871e67a4f0c3e68bb0",
                "8afff2b786b0d5d642d463fc1d19c32d733c293e3de7c7f40f3883ebdaab11f9"
            )
        );
        assert_eq!(
            sha256(&key, body),
            "91917588de5d7fb37268713b6c39c33f78f6f88d8aeda9ba2d463935f1f3465f"
        );
    }
}
