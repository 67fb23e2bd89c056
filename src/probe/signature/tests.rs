//! What every scheme does, whoever uses it.

use serde_json::json;

use super::*;
use crate::pack::{Carrier, SetBy, TemplateUse};

const KEY: &str = "test-key-not-real";
const EVENT: &str = r#"{"uid":"QA0001","integration_id":"000000000000000000000000","event":{"type":"application.complete","details":{"application_started_at":1644397242,"application_completed_at":1644397300}}}"#;
/// The event under the key, by HMAC with SHA-512 and with SHA-256.
const SHA512: &str = "74e4d48a7f40bb56cb85aa4bc8b0ccea181ada8060e3bd871e67a4f0c3e68bb08afff2b786b0d5d642d463fc1d19c32d733c293e3de7c7f40f3883ebdaab11f9";
const SHA256: &str = "91917588de5d7fb37268713b6c39c33f78f6f88d8aeda9ba2d463935f1f3465f";

fn template(text: &str) -> Template {
    Template::parse(text, "demo", TemplateUse::Signing).unwrap()
}

fn role(name: &str) -> RoleId {
    RoleId { pack: "demo".to_owned(), role: name.to_owned() }
}

fn scheme(algorithm: Algorithm, over: &str) -> SignatureScheme {
    SignatureScheme {
        carrier: Carrier::Header("X-Signature".to_owned()),
        is_form: false,
        algorithm,
        encoding: Some(Encoding::Hex),
        over: template(over),
        value: template("{signature}"),
        key: Some(role("key")),
        key_form: KeyForm::Text,
        set_by: SetBy::default(),
    }
}

fn signed(
    scheme: &SignatureScheme,
    variant: SignatureVariant,
) -> Result<Option<String>, SignatureFault> {
    let mut bindings = Bindings::default();
    bindings.roles.insert(role("key"), Secret::new(KEY));
    let material = Material {
        body: EVENT.as_bytes(),
        url: "",
        timestamp: 0,
        params: &[],
        event: &json!({}),
        bindings: &bindings,
    };
    let value = sign(scheme, variant, &material)?;
    Ok(value.map(|value| value.expose().to_owned()))
}

fn fault(scheme: &SignatureScheme, variant: SignatureVariant) -> String {
    signed(scheme, variant).unwrap_err().to_string()
}

#[test]
fn a_signature_is_wrong_in_the_way_that_is_asked_for() {
    let scheme = scheme(Algorithm::HmacSha512, "{body}");
    let value = |variant| signed(&scheme, variant).unwrap();
    assert_eq!(value(SignatureVariant::Valid).as_deref(), Some(SHA512));
    assert_eq!(value(SignatureVariant::Sha256).as_deref(), Some(SHA256));
    assert_eq!(value(SignatureVariant::Tampered).as_deref(), Some(SHA512));
    assert_eq!(value(SignatureVariant::Truncated).as_deref(), SHA512.get(..64));
    assert_eq!(value(SignatureVariant::Empty).as_deref(), Some(""));
    assert_eq!(value(SignatureVariant::None), None);
    let wrong = value(SignatureVariant::WrongKey).unwrap();
    assert_ne!(wrong, SHA512);
    assert_eq!(wrong.len(), SHA512.len());
}

#[test]
fn a_shared_token_is_sent_as_it_is_and_covers_no_body() {
    let token = SignatureScheme {
        encoding: None,
        value: template("Token {signature}"),
        ..scheme(Algorithm::SharedToken, "")
    };
    let value = |variant| signed(&token, variant).unwrap();
    assert_eq!(value(SignatureVariant::Valid).as_deref(), Some("Token test-key-not-real"));
    assert_eq!(value(SignatureVariant::Truncated).as_deref(), Some("Token test-key"));
    assert_eq!(value(SignatureVariant::None), None);
    let wrong = value(SignatureVariant::WrongKey).unwrap();
    assert_ne!(wrong, "Token test-key-not-real");
    assert_eq!(wrong.len(), "Token test-key-not-real".len());
    for variant in [SignatureVariant::Tampered, SignatureVariant::Sha256] {
        let said = "a shared token covers no body, so none is signed wrongly";
        assert_eq!(fault(&token, variant), said);
    }
}

#[test]
fn what_only_the_provider_can_sign_says_so() {
    for (algorithm, name) in [
        (Algorithm::EcdsaSha256, "ecdsa-sha256"),
        (Algorithm::RsaSha256, "rsa-sha256"),
        (Algorithm::JwtEs256, "jwt-es256"),
    ] {
        let without = SignatureScheme { key: None, ..scheme(algorithm, "{body}") };
        for scheme in [scheme(algorithm, "{body}"), without] {
            for variant in [
                SignatureVariant::Valid,
                SignatureVariant::Tampered,
                SignatureVariant::Truncated,
                SignatureVariant::WrongKey,
                SignatureVariant::Sha256,
            ] {
                let said = "is made with the provider's private key, so it cannot be signed here";
                assert_eq!(fault(&scheme, variant), format!("{name} {said}"));
            }
            assert_eq!(signed(&scheme, SignatureVariant::None), Ok(None));
            assert_eq!(signed(&scheme, SignatureVariant::Empty), Ok(Some(String::new())));
        }
    }
}

#[test]
fn what_cannot_be_signed_says_why_without_values() {
    let mut scheme = scheme(Algorithm::HmacSha256, "{field.gone}");
    let valid = SignatureVariant::Valid;
    assert_eq!(fault(&scheme, valid), "the signature needs field.gone, which is not here");
    assert_eq!(
        fault(&scheme, SignatureVariant::Sha256),
        "hmac-sha256 is this provider's own algorithm"
    );
    scheme.over = template("{body}");
    scheme.key_form = KeyForm::Hex;
    assert_eq!(fault(&scheme, valid), "demo/key is not written in hexadecimal");
    scheme.key = Some(role("gone"));
    assert_eq!(fault(&scheme, valid), "demo/gone, which signs, has no value here");
}
