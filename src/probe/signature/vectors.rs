//! Known signatures, each computed by the provider's own library or a second implementation.

use serde_json::json;

use super::*;
use crate::pack::TemplateUse;

const BODY: &str = r#"{"id":"evt_1","type":"demo.event","amount":1000}"#;
const BEGINI: &str = r#"{"uid":"QA0001","integration_id":"000000000000000000000000","event":{"type":"application.complete","details":{"application_started_at":1644397242,"application_completed_at":1644397300}}}"#;

fn template(text: &str) -> Template {
    Template::parse(text, "demo", TemplateUse::Signing).unwrap()
}

fn role(name: &str) -> RoleId {
    RoleId { pack: "demo".to_owned(), role: name.to_owned() }
}

fn scheme(algorithm: Algorithm, encoding: Encoding, over: &str, value: &str) -> SignatureScheme {
    SignatureScheme {
        header: "X-Signature".to_owned(),
        algorithm,
        encoding,
        over: template(over),
        value: template(value),
        key: role("key"),
        key_form: KeyForm::Text,
    }
}

fn bindings(key: &str) -> Bindings {
    let mut bindings = Bindings::default();
    for (name, value) in [("key", key), ("public-key", "demo_public_key"), ("partner", "2")] {
        bindings.roles.insert(role(name), Secret::new(value));
    }
    bindings
}

/// Signs `event` (its bytes are the body) and gives the header's value.
fn signed(scheme: &SignatureScheme, key: &str, url: &str, event: &Value) -> String {
    let params: Vec<(String, String)> = event
        .as_object()
        .into_iter()
        .flatten()
        .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
        .collect();
    let body = event.to_string();
    let bindings = bindings(key);
    let material = Material {
        body: body.as_bytes(),
        url,
        timestamp: 1_700_000_000,
        params: &params,
        event,
        bindings: &bindings,
    };
    let value = sign(scheme, SignatureVariant::Valid, &material).unwrap().unwrap();
    value.expose().to_owned()
}

fn body() -> Value {
    serde_json::from_str(BODY).unwrap()
}

#[test]
fn hmac_over_the_body() {
    let cases = [
        (
            "razorpay",
            Algorithm::HmacSha256,
            "rzp_demo_secret",
            "bf091694173213e28e71eaddbe12ba8e73d239277f615260b651f8e87a8e7faf",
        ),
        (
            "paystack",
            Algorithm::HmacSha512,
            "demo_paystack_secret",
            "e2120142699a46bb74be906ece1bd9c1687e285de3af05bc62dbfa6952dabb34f0ba9735052e5307a75fe2204b636a1eed4efbbd61d8189f4833049114d411a2",
        ),
        (
            "gocardless",
            Algorithm::HmacSha256,
            "gc_demo_secret",
            "26cce002d5b6ee220b143b3e904ad6d1bb06f23c8f4980a1a376d8c2fa4bdb02",
        ),
        (
            "onfido",
            Algorithm::HmacSha256,
            "onfido_demo_token",
            "bd8330b99172aace214581495514ae59a1d93ac6721a5300951a1e08d666d571",
        ),
        (
            "checkout.com",
            Algorithm::HmacSha256,
            "cko_demo_secret",
            "edddcad709d11811f435e91996c316adb14aae10a8f838e0263fcc3f1229e19d",
        ),
    ];
    for (name, algorithm, key, expected) in cases {
        let scheme = scheme(algorithm, Encoding::Hex, "{body}", "{signature}");
        assert_eq!(signed(&scheme, key, "", &body()), expected, "{name}");
    }
}

#[test]
fn begini() {
    let event: Value = serde_json::from_str(BEGINI).unwrap();
    assert_eq!(event.to_string().len(), 186);
    let scheme = scheme(Algorithm::HmacSha512, Encoding::Hex, "{body}", "{signature}");
    let right = "74e4d48a7f40bb56cb85aa4bc8b0ccea181ada8060e3bd871e67a4f0c3e68bb08afff2b786b0d5d642d463fc1d19c32d733c293e3de7c7f40f3883ebdaab11f9";
    assert_eq!(signed(&scheme, "test-key-not-real", "", &event), right);

    let bindings = bindings("test-key-not-real");
    let material = Material {
        body: BEGINI.as_bytes(),
        url: "",
        timestamp: 0,
        params: &[],
        event: &event,
        bindings: &bindings,
    };
    let variant =
        |variant| sign(&scheme, variant, &material).unwrap().map(|value| value.expose().to_owned());
    let sha256 = "91917588de5d7fb37268713b6c39c33f78f6f88d8aeda9ba2d463935f1f3465f";
    assert_eq!(variant(SignatureVariant::Sha256).as_deref(), Some(sha256));
    assert_eq!(variant(SignatureVariant::Tampered).as_deref(), Some(right));
    assert_eq!(variant(SignatureVariant::Truncated).as_deref(), right.get(..64));
    assert_eq!(variant(SignatureVariant::Empty).as_deref(), Some(""));
    assert_eq!(variant(SignatureVariant::None), None);
    let wrong = variant(SignatureVariant::WrongKey).unwrap();
    assert_ne!(wrong, right);
    assert_eq!(wrong.len(), right.len());
}

#[test]
fn timestamps_and_urls() {
    let stripe = scheme(
        Algorithm::HmacSha256,
        Encoding::Hex,
        "{timestamp}.{body}",
        "t={timestamp},v1={signature}",
    );
    let expected = "9e21aadef0c1c58d4de8477af3ff19c19c4cc818dcb9c24e8a256993a843e831";
    let key = "whsec_demo_secret";
    assert_eq!(signed(&stripe, key, "", &body()), format!("t=1700000000,v1={expected}"));
    let expected = "33dadc0d8624dfbcde3eda20cde581c37d410872a6f75a06a67d7ecb9b3bd938";
    let key = "wbhsec_demo_secret";
    assert_eq!(signed(&stripe, key, "", &body()), format!("t=1700000000,v1={expected}"), "persona");

    let square = scheme(Algorithm::HmacSha256, Encoding::Base64, "{url}{body}", "{signature}");
    assert_eq!(
        signed(
            &square,
            "sq_demo_signature_key",
            "https://shop.example.com/webhooks/square",
            &body()
        ),
        "uRegAIzkaGmj7zQaGJjPhQs+UV30A+o6V+RXQ3opak8="
    );
    let twilio = scheme(Algorithm::HmacSha1, Encoding::Base64, "{url}{params}", "{signature}");
    let form = json!({ "To": "+15005550001", "From": "+15005550006", "CallSid": "CA0" });
    assert_eq!(
        signed(&twilio, "demo_auth_token", "https://shop.example.com/webhooks/twilio", &form),
        "+BL5rje33shisfv6s2Yv6cGN9QM="
    );
}

#[test]
fn fields_under_a_hexadecimal_key() {
    let adyen = |over: &str| SignatureScheme {
        key_form: KeyForm::Hex,
        ..scheme(Algorithm::HmacSha256, Encoding::Base64, over, "{signature}")
    };
    let over = "{field.n.0.psp}:{field.n.0.original}:TestMerchant:{field.n.0.reference}:{field.n.0.amount}:EUR:AUTHORISATION:{field.n.0.success}";
    let event = json!({ "n": [{ "psp": "7914073381342284", "original": "", "amount": 1130,
        "reference": "TestPayment-1407325143704", "success": "true" }] });
    assert_eq!(
        signed(
            &adyen(over),
            "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056",
            "",
            &event
        ),
        "coqCmt/IZ4E3CzPvMY8zTjQVL5hYJUiBRg8UU+iCWo0="
    );
    let over = "pspReference:originalReference:merchantAccount:reference:{field.amount}:EUR:REPORT_AVAILABLE:{field.success}";
    assert_eq!(
        signed(
            &adyen(over),
            "DFB1EB5485895CFA84146406857104ABB4CBCABDC8AAF103A624C8F6A3EAAB00",
            "",
            &json!({ "amount": 1000, "success": true })
        ),
        "ZNBPtI+oDyyRrLyD1XirkKnQgIAlFc07Vj27TeHsDRE="
    );
}

#[test]
fn fields_beside_other_parts() {
    let midtrans = scheme(
        Algorithm::Sha512,
        Encoding::Hex,
        "{field.order_id}{field.status_code}{field.gross_amount}{key}",
        "{signature}",
    );
    let event = json!({ "order_id": "ORDER-1", "status_code": "200", "gross_amount": "10000.00" });
    assert_eq!(
        signed(&midtrans, "SB-Mid-server-demo", "", &event),
        "8e0532686d95047aff44bbb61eaaa6bd7b73f1dbe9f7e33c6fc00f786d46c59809fc865bc99248a3dacede8947175a0ce8a535b9bb368634d06de66e8dd3423c"
    );
    let mercado = scheme(
        Algorithm::HmacSha256,
        Encoding::Hex,
        "id:{field.data.id};request-id:f7b2a1d4;ts:{timestamp};",
        "ts={timestamp},v1={signature}",
    );
    assert_eq!(
        signed(&mercado, "mp_demo_secret", "", &json!({ "data": { "id": "1234567890" } })),
        "ts=1700000000,v1=a801cf9af773cb09d236852daa5b2b4b65a2aecc9afe017fd1fbffd4ab98d37f"
    );
    let smile = scheme(
        Algorithm::HmacSha256,
        Encoding::Base64,
        "{field.timestamp}{partner}sid_request",
        "{signature}",
    );
    assert_eq!(
        signed(&smile, "smile_demo_key", "", &json!({ "timestamp": "2023-11-14T22:13:20.000Z" })),
        "NzwfXZgN1Is9daNg6Ul/mD8blnssWinWFW7zt+lxprA="
    );
}

#[test]
fn braintree_signs_with_a_digest_of_its_key() {
    let payload = "<notification><timestamp type=\"datetime\">2023-11-14T22:13:20Z</timestamp><kind>check</kind><subject><check type=\"boolean\">true</check></subject></notification>";
    let payload = format!("{}\n", BASE64_STANDARD.encode(payload));
    let braintree = SignatureScheme {
        key_form: KeyForm::Sha1,
        ..scheme(
            Algorithm::HmacSha1,
            Encoding::Hex,
            "{field.bt_payload}",
            "{public-key}|{signature}",
        )
    };
    assert_eq!(
        signed(&braintree, "demo_private_key", "", &json!({ "bt_payload": payload })),
        "demo_public_key|a08c3bd21a90654c59d491ee07976f66d60b9ae1"
    );
}

#[test]
fn what_cannot_be_signed_says_why_without_values() {
    let mut scheme = scheme(Algorithm::HmacSha256, Encoding::Hex, "{field.gone}", "{signature}");
    let bindings = bindings("not-hexadecimal");
    let event = json!({});
    let material = Material {
        body: b"{}",
        url: "",
        timestamp: 0,
        params: &[],
        event: &event,
        bindings: &bindings,
    };
    let fault = |scheme: &SignatureScheme, variant| {
        sign(scheme, variant, &material).unwrap_err().to_string()
    };
    let valid = SignatureVariant::Valid;
    assert_eq!(fault(&scheme, valid), "the signature needs field.gone, which is not here");
    assert_eq!(
        fault(&scheme, SignatureVariant::Sha256),
        "hmac-sha256 is this provider's own algorithm"
    );
    scheme.over = template("{body}");
    scheme.key_form = KeyForm::Hex;
    assert_eq!(fault(&scheme, valid), "demo/key is not written in hexadecimal");
    scheme.key = role("gone");
    assert_eq!(fault(&scheme, valid), "demo/gone, which signs, has no value here");
    scheme.header.clear();
    assert_eq!(fault(&scheme, valid), "the scheme has no header to carry a signature");
}
