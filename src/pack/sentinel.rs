//! Published sample values: known as text, or by their digest where the text would be taken for a
//! leak.

use sha2::{Digest, Sha256};

use super::Pack;

impl Pack {
    /// Whether the provider's own documentation publishes this value.
    pub fn publishes(&self, value: &str) -> bool {
        let digest = std::cell::OnceCell::new();
        self.sentinels.iter().any(|sample| match sample.strip_prefix("sha256:") {
            Some(hex) => {
                let digest = digest.get_or_init(|| hex::encode(Sha256::digest(value.as_bytes())));
                hex.eq_ignore_ascii_case(digest)
            }
            None => sample == value,
        })
    }
}
