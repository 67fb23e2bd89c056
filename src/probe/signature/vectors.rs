//! Known signatures of providers, each computed by the provider's own library or by a second
//! implementation, and here from nothing but the facts of the provider's pack.

use serde_json::json;

use super::*;
use crate::pack::{Library, Pack, builtin};

const BODY: &str = r#"{"id":"evt_1","type":"demo.event","amount":1000}"#;
const BEGINI: &str = r#"{"uid":"QA0001","integration_id":"000000000000000000000000","event":{"type":"application.complete","details":{"application_started_at":1644397242,"application_completed_at":1644397300}}}"#;
const PAYLOAD: &str = "<notification><timestamp type=\"datetime\">2023-11-14T22:13:20Z</timestamp><kind>check</kind><subject><check type=\"boolean\">true</check></subject></notification>";

/// What is signed at 1700000000, and what it gives.
struct Vector {
    pack: &'static str,
    key: &'static str,
    /// The value of every other role that the scheme names.
    other: &'static str,
    url: &'static str,
    event: Value,
    expected: &'static str,
}

fn vector(pack: &'static str, key: &'static str, expected: &'static str) -> Vector {
    let event = serde_json::from_str(BODY).unwrap();
    Vector { pack, key, other: "", url: "", event, expected }
}

/// Schemes over the body. Where a vector's pack is not shipped, it waits for it.
fn over_the_body() -> Vec<Vector> {
    vec![
        vector(
            "razorpay",
            "rzp_demo_secret",
            "bf091694173213e28e71eaddbe12ba8e73d239277f615260b651f8e87a8e7faf",
        ),
        vector(
            "paystack",
            "demo_paystack_secret",
            "e2120142699a46bb74be906ece1bd9c1687e285de3af05bc62dbfa6952dabb34f0ba9735052e5307a75fe2204b636a1eed4efbbd61d8189f4833049114d411a2",
        ),
        vector(
            "gocardless",
            "gc_demo_secret",
            "26cce002d5b6ee220b143b3e904ad6d1bb06f23c8f4980a1a376d8c2fa4bdb02",
        ),
        vector(
            "onfido",
            "onfido_demo_token",
            "bd8330b99172aace214581495514ae59a1d93ac6721a5300951a1e08d666d571",
        ),
        vector(
            "checkout",
            "cko_demo_secret",
            "edddcad709d11811f435e91996c316adb14aae10a8f838e0263fcc3f1229e19d",
        ),
        vector("xendit", "xendit_demo_token", "xendit_demo_token"),
        vector("flutterwave", "flw_demo_hash", "flw_demo_hash"),
        Vector {
            event: serde_json::from_str(BEGINI).unwrap(),
            ..vector(
                "begini",
                "test-key-not-real",
                "74e4d48a7f40bb56cb85aa4bc8b0ccea181ada8060e3bd871e67a4f0c3e68bb08afff2b786b0d5d642d463fc1d19c32d733c293e3de7c7f40f3883ebdaab11f9",
            )
        },
    ]
}

/// Schemes over a time or a URL.
fn over_more() -> Vec<Vector> {
    vec![
        vector(
            "stripe",
            "whsec_demo_secret",
            "t=1700000000,v1=9e21aadef0c1c58d4de8477af3ff19c19c4cc818dcb9c24e8a256993a843e831",
        ),
        vector(
            "persona",
            "wbhsec_demo_secret",
            "t=1700000000,v1=33dadc0d8624dfbcde3eda20cde581c37d410872a6f75a06a67d7ecb9b3bd938",
        ),
        Vector {
            url: "https://shop.example.com/webhooks/square",
            ..vector(
                "square",
                "sq_demo_signature_key",
                "uRegAIzkaGmj7zQaGJjPhQs+UV30A+o6V+RXQ3opak8=",
            )
        },
        Vector {
            url: "https://shop.example.com/webhooks/twilio",
            event: json!({ "To": "+15005550001", "From": "+15005550006", "CallSid": "CA0" }),
            ..vector("twilio", "demo_auth_token", "+BL5rje33shisfv6s2Yv6cGN9QM=")
        },
    ]
}

fn adyen(of: &Value, key: &'static str, expected: &'static str) -> Vector {
    let event = json!({ "notificationItems": [{ "NotificationRequestItem": of }] });
    Vector { event, ..vector("adyen", key, expected) }
}

/// Schemes over fields of the body.
fn over_fields() -> Vec<Vector> {
    vec![
        adyen(
            &json!({
                "pspReference": "7914073381342284", "originalReference": "",
                "merchantAccountCode": "TestMerchant", "eventCode": "AUTHORISATION",
                "merchantReference": "TestPayment-1407325143704", "success": "true",
                "amount": { "value": 1130, "currency": "EUR" }
            }),
            "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056",
            "coqCmt/IZ4E3CzPvMY8zTjQVL5hYJUiBRg8UU+iCWo0=",
        ),
        adyen(
            &json!({
                "pspReference": "pspReference", "originalReference": "originalReference",
                "merchantAccountCode": "merchantAccount", "merchantReference": "reference",
                "eventCode": "REPORT_AVAILABLE", "success": true,
                "amount": { "value": 1000, "currency": "EUR" }
            }),
            "DFB1EB5485895CFA84146406857104ABB4CBCABDC8AAF103A624C8F6A3EAAB00",
            "ZNBPtI+oDyyRrLyD1XirkKnQgIAlFc07Vj27TeHsDRE=",
        ),
    ]
}

/// Schemes over fields, beside other parts.
fn over_fields_and_more() -> Vec<Vector> {
    vec![
        Vector {
            event: json!({
                "order_id": "ORDER-1", "status_code": "200", "gross_amount": "10000.00"
            }),
            ..vector(
                "midtrans",
                "SB-Mid-server-demo",
                "8e0532686d95047aff44bbb61eaaa6bd7b73f1dbe9f7e33c6fc00f786d46c59809fc865bc99248a3dacede8947175a0ce8a535b9bb368634d06de66e8dd3423c",
            )
        },
        // the manifest without a request id, which is left out where no such header is sent
        Vector {
            event: json!({ "data": { "id": "1234567890" } }),
            ..vector(
                "mercado-pago",
                "mp_demo_secret",
                "ts=1700000000,v1=4fc0947e4ae5f504b8a90f29aa6c351453771d9ad983fa06d6a2c7dd590deddc",
            )
        },
        Vector {
            other: "2",
            event: json!({ "timestamp": "2023-11-14T22:13:20.000Z" }),
            ..vector("smile-id", "smile_demo_key", "NzwfXZgN1Is9daNg6Ul/mD8blnssWinWFW7zt+lxprA=")
        },
        Vector {
            other: "demo_public_key",
            event: json!({ "bt_payload": format!("{}\n", BASE64_STANDARD.encode(PAYLOAD)) }),
            ..vector(
                "braintree",
                "demo_private_key",
                "demo_public_key|a08c3bd21a90654c59d491ee07976f66d60b9ae1",
            )
        },
    ]
}

/// Signs as the pack says.
fn signed(pack: &Pack, scheme: &SignatureScheme, vector: &Vector) -> String {
    let body = vector.event.to_string();
    let mut bindings = Bindings::default();
    for role in pack.roles.values() {
        let own = scheme.key.as_ref() == Some(&role.id);
        let value = if own { vector.key } else { vector.other };
        bindings.roles.insert(role.id.clone(), Secret::new(value));
    }
    let fields = vector.event.as_object().into_iter().flatten();
    let params: Vec<(String, String)> =
        fields.filter_map(|(name, value)| Some((name.clone(), value.as_str()?.into()))).collect();
    let material = Material {
        body: body.as_bytes(),
        url: vector.url,
        timestamp: 1_700_000_000,
        params: &params,
        event: &vector.event,
        bindings: &bindings,
    };
    let value = sign(scheme, SignatureVariant::Valid, &material);
    value.unwrap().unwrap().expose().to_owned()
}

#[test]
fn every_pack_that_signs_is_proved_by_a_known_signature() {
    let library = Library::load(builtin()).unwrap();
    let vectors = [over_the_body(), over_more(), over_fields(), over_fields_and_more()];
    let vectors: Vec<Vector> = vectors.into_iter().flatten().collect();
    assert_eq!(vectors.iter().find(|one| one.pack == "begini").unwrap().event.to_string(), BEGINI);
    for pack in &library.packs {
        let Some(scheme) = &pack.signature else { continue };
        let own: Vec<&Vector> = vectors.iter().filter(|one| one.pack == pack.id).collect();
        assert_eq!(own.is_empty(), scheme.algorithm.is_asymmetric(), "{}", pack.id);
        for vector in own {
            assert_eq!(signed(pack, scheme, vector), vector.expected, "{}", pack.id);
        }
    }
}
