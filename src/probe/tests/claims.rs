//! What outcomes learn of a token and of what was sent, and that it says nothing else.

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};

use super::server::{json, start};
use super::*;
use crate::pack::{Algorithm, Carrier, Class, Encoding, KeyForm, SetBy, SignatureScheme};

const ID: &str = "int-77aa88bb";

/// A token with the uid of the request and with `id`.
fn token(request: &str, id: &str) -> String {
    let body = request.split("\r\n\r\n").nth(1).unwrap();
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    let claims = serde_json::json!({
        "uid": body["uid"], "id": id, "exp": 1_900_000_000_i64, "name": "Jane", "spoof": "{sent.id}"
    });
    format!("e30.{}.c2ln", BASE64_URL_SAFE_NO_PAD.encode(claims.to_string()))
}

fn tokens(path: &str) -> Job {
    let reads = ["claims.uid", "claims.id", "claims.exp", "claims.spoof", "sent.uid", "sent.id"];
    let mut job = job("claims", path, &reads);
    if let Work::Exchanges(asked) = &mut job.work {
        asked[0].request.claims = Some("body.access_token".to_owned());
    }
    job
}

#[test]
fn claims_are_compared_whole_and_before_they_are_redacted() {
    let server = start(&[HOST], (2026, 2028), |request, _| {
        let id = match request.split(' ').nth(1).unwrap_or_default() {
            "/own" => ID,
            "/part" => "int-77aa88b",
            _ => "int-99zz00xx-of-somebody-else-1",
        };
        json("200 OK", &format!(r#"{{"access_token":"{}"}}"#, token(request, id)))
    });
    for (path, same) in [("/own", true), ("/part", false), ("/other", false)] {
        let performed = run(vec![tokens(path)], &options(&server));
        let facts = facts(&performed, "claims");
        let of = |part: &Fact, name: &str| part.get(name).cloned();
        assert_eq!(of(&facts.sent, "id"), Some("{sent.id}".into()));
        assert_eq!(of(&facts.claims, "uid"), of(&facts.sent, "uid"), "{path}");
        assert_eq!(of(&facts.claims, "id") == of(&facts.sent, "id"), same, "{path}");
        assert_ne!(of(&facts.claims, "spoof"), of(&facts.sent, "id"), "{path}");
        assert_eq!(of(&facts.claims, "exp"), Some(Fact::Int(1_900_000_000)));
        let written = performed.recording.to_json();
        let uid = random_uid(7, &id("claims").check, ANSWER);
        for secret in ["77aa88", "99zz00", "Jane", "e30.", &uid] {
            assert!(!written.contains(secret), "{secret} in {written}");
        }
        let replayed =
            LiveOptions { replay: Some(performed.recording.clone()), ..LiveOptions::default() };
        let replayed = run(vec![tokens(path)], &replayed);
        assert_eq!(replayed.recording, performed.recording);
        assert_eq!(format!("{:?}", replayed.jobs), format!("{:?}", performed.jobs));
    }
}

#[test]
fn a_value_of_the_other_class_is_sent_counted_for_production_and_never_shown() {
    let server = start(&[HOST], (2026, 2028), |_, _| json("403 Forbidden", "{}"));
    let mut job = job("mixed", "/tokens", &["status"]);
    if let Work::Exchanges(asked) = &mut job.work {
        let other = (Class::Production, role("integration-id"));
        asked[0].request.json = Some(serde_json::json!({ "id": "{production.integration-id}" }));
        asked[0].request.others.insert(other.clone());
        asked[0].bindings.others.insert(other, Secret::new("prod-id-5544332211"));
    }
    let planned = preview(&job, &options(&server).connects);
    assert_eq!(planned[0].class, Class::Production);
    let performed = run(vec![job], &options(&server));
    assert!(server.request(0).contains(r#"{"id":"prod-id-5544332211"}"#));
    assert_eq!((performed.requests, performed.to_production), (1, 1));
    assert!(!performed.recording.to_json().contains("554433"));
}

fn scheme() -> SignatureScheme {
    let part = |name: &str| Template(vec![TemplatePart::Delivery(name.to_owned())]);
    SignatureScheme {
        carrier: Carrier::Header("X-Signature".to_owned()),
        is_form: false,
        algorithm: Algorithm::HmacSha512,
        encoding: Some(Encoding::Hex),
        over: part("body"),
        value: part("signature"),
        key: Some(role("api-key")),
        key_form: KeyForm::Text,
        set_by: SetBy::default(),
    }
}

#[test]
fn a_signed_request_carries_the_signature_of_the_bytes_that_are_sent() {
    let server = start(&[HOST], (2026, 2028), |_, _| json("200 OK", "{}"));
    let mut job = job("signed", "/tokens", &["status"]);
    if let Work::Exchanges(asked) = &mut job.work {
        asked[0].request.headers.clear();
        asked[0].request.signed = true;
        asked[0].scheme = Some(scheme());
    }
    let performed = run(vec![job], &options(&server));
    let request = server.request(0);
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let sent = head.lines().find_map(|line| line.strip_prefix("x-signature: ")).unwrap();
    let bindings = bindings();
    let material = Material {
        body: body.as_bytes(),
        url: "",
        timestamp: 0,
        params: &[],
        event: &serde_json::Value::Null,
        bindings: &bindings,
    };
    let right = compute(&scheme(), &Secret::new(KEY), &material).unwrap();
    assert_eq!(sent, right);
    assert!(!head.contains("api-key:") && !body.contains(": "), "{request}");
    assert!(!performed.recording.to_json().contains(&right[..12]));
}
