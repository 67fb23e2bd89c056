//! Sessions: which are given out, and the token that each is.
//! <https://begini.helpjuice.com/Psychometric-Integration/creating-a-session>

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::deployment::Deployment;
use super::digest;
use crate::source::Secret;

/// Where a customer takes the assessment.
pub(super) const ASSESSMENT: &str = "https://api.begini.co/master/psychometrics";
/// How long a token is good for, in seconds. Begini says "short-lived" and no number.
const LIFE: u64 = 15 * 60;
/// The lender, in the claims of its tokens.
const COMPANY: &str = "golive-stand-in";

/// What a caller asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) uid: String,
    pub(super) integration_id: String,
}

/// Reads a body; none where a field is missing or no text.
pub(super) fn wanted(body: &[u8]) -> Option<Wanted> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let text = |name: &str| body.get(name)?.as_str().map(str::to_owned);
    Some(Wanted { uid: text("uid")?, integration_id: text("integration_id")? })
}

/// Whether a uid has 5 to 60 letters and digits. Begini's own examples hold hyphens and
/// underscores, so those pass too.
/// <https://begini.helpjuice.com/start-here/integration-id-unique-id-guide>
pub(super) fn is_uid(uid: &str) -> bool {
    (5..=60).contains(&uid.len())
        && uid.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// A token with the claims that the published sample holds: for a customer, at an address,
/// expiring a while after `now` (seconds since 1970).
pub(super) fn token(
    deployment: &Deployment,
    (uid, url): (&str, &str),
    key: &Secret,
    now: u64,
) -> String {
    let claims = json!({
        "uid": uid,
        "company_id": COMPANY,
        "integration_id": deployment.integration_id,
        "url": url,
        "exp": now.saturating_add(LIFE),
    });
    let header = json!({ "alg": "HS256", "typ": "JWT" });
    let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(&header), part(&claims));
    let signature = digest::sha256_bytes(key, signed.as_bytes());
    format!("{signed}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uids_have_five_to_sixty_letters_and_digits() {
        for uid in ["abcde", "QA0001", "a-b_c", &"a".repeat(60)] {
            assert!(is_uid(uid), "{uid}");
        }
        for uid in ["", "abcd", &"a".repeat(61), "a b c", "someone@lender", "ééééé"] {
            assert!(!is_uid(uid), "{uid}");
        }
    }

    #[test]
    fn a_body_without_both_fields_is_none() {
        for body in ["", "[]", r#"{"uid":"abcde"}"#, r#"{"uid":1,"integration_id":"x"}"#] {
            assert_eq!(wanted(body.as_bytes()), None, "{body}");
        }
    }
}
