//! Deliveries to receivers on loopback.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha512;

use super::server::{http, json, plain, start};
use super::*;
use crate::pack::{
    Algorithm, BodyForm, Carrier, Delivery, Encoding, KeyForm, Method, SetBy, SignatureScheme,
    SignatureVariant,
};

fn delivered(url: &str, variant: SignatureVariant) -> Delivered {
    let part = |name: &str| Template(vec![TemplatePart::Delivery(name.to_owned())]);
    Delivered {
        name: "answer".to_owned(),
        told: None,
        before: 0,
        occurrence: "answer".to_owned(),
        delivery: Delivery {
            to: Class::Sandbox,
            signed_as: Class::Sandbox,
            receiver: role("webhook-url"),
            events: vec!["scored".to_owned()],
            apart: false,
            method: Method::Post,
            content_type: None,
            body: BodyForm::AsIs,
            without: Vec::new(),
            with: Vec::new(),
            signature: variant,
            times: 1,
            parallel: false,
        },
        grant: ReceiverGrant { url: Secret::new(url), allows_private: true },
        event: serde_json::json!({
            "uid": "{random-uid}", "integration_id": "{integration-id}", "at": "{now}"
        }),
        scheme: SignatureScheme {
            carrier: Carrier::Header("X-Signature".to_owned()),
            is_form: false,
            algorithm: Algorithm::HmacSha512,
            encoding: Some(Encoding::Hex),
            over: part("body"),
            value: part("signature"),
            key: Some(role("api-key")),
            key_form: KeyForm::Text,
            set_by: SetBy::default(),
        },
        bindings: bindings(),
    }
}

fn delivery(check: &str, delivered: Delivered, reads: &[&str]) -> Job {
    Job { work: Work::Deliveries(vec![delivered]), ..job(check, "/", reads) }
}

/// Answers 200 to a right signature over the raw body, and 403 to anything else.
fn verify(request: &str) -> server::Reply {
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let signature = head.lines().find_map(|line| line.strip_prefix("x-signature: "));
    let mut mac = Hmac::<Sha512>::new_from_slice(KEY.as_bytes()).unwrap();
    mac.update(body.as_bytes());
    let right = signature.and_then(|text| hex::decode(text).ok());
    match right.map(|right| mac.verify_slice(&right)) {
        Some(Ok(())) => json("200 OK", "{}"),
        Some(Err(_)) | None => json("403 Forbidden", r#"{"detail":"Validation Failure"}"#),
    }
}

#[test]
fn right_signatures_are_accepted_and_wrong_ones_are_not() {
    let server = start(&["localhost"], (2026, 2028), |request, _| verify(request));
    let url = format!("https://localhost:{}/hooks/7f6e5d4c3b", server.address.port());
    let cases = [
        (SignatureVariant::Valid, 200),
        (SignatureVariant::None, 403),
        (SignatureVariant::Empty, 403),
        (SignatureVariant::Truncated, 403),
        (SignatureVariant::Tampered, 403),
        (SignatureVariant::WrongKey, 403),
        (SignatureVariant::Sha256, 403),
    ];
    let jobs = cases.iter().enumerate().map(|(index, (variant, _))| {
        delivery(&format!("w{index}"), delivered(&url, *variant), &["status"])
    });
    let performed = run(jobs.collect(), &options(&server));
    for (index, (variant, status)) in cases.iter().enumerate() {
        assert_eq!(facts(&performed, &format!("w{index}")).status, *status, "{variant:?}");
    }
    let written = performed.recording.to_json();
    let shown = format!(r#""POST https://localhost:{}/…""#, server.address.port());
    assert!(written.contains(&shown), "{written}");
    assert!(!written.contains("7f6e5d"), "the path may be the receiver's only guard");
}

#[test]
fn several_deliveries_are_the_same_event() {
    let server = start(&["localhost"], (2026, 2028), |_, number| {
        if number == 3 { http("500 Internal Server Error", "", "") } else { json("200 OK", "{}") }
    });
    let url = format!("https://localhost:{}/hook", server.address.port());
    for parallel in [true, false] {
        let mut several = delivered(&url, SignatureVariant::Valid);
        (several.delivery.times, several.delivery.parallel) = (3, parallel);
        let job = delivery("several", several, &["responses"]);
        let performed = run(vec![job], &options(&server));
        let Some(Done::Answered { names, exchanges, .. }) = performed.jobs.get(&id("several"))
        else {
            panic!("{performed:?}")
        };
        let expected = if parallel { 500 } else { 200 };
        assert_eq!(names.get("status"), Some(&Fact::Int(expected)));
        let Some(Fact::List(ms)) = names.get("ms") else { panic!("a list") };
        assert_eq!(ms.len(), 3);
        let order: Vec<u32> = exchanges.iter().map(|one| one.index).collect();
        assert_eq!(order, [0, 1, 2]);
    }
    let body = |index| server.request(index).split_once("\r\n\r\n").unwrap().1.to_owned();
    assert_eq!(body(0), body(1));
    assert!(body(0).contains(r#""at":1795428000}"#), "{}", body(0));
}

/// The body of a delivery over `{field.N}`, with its signature in the field `carrier`.
fn signed_inside(
    event: &serde_json::Value,
    (carrier, is_form): (&str, bool),
    variant: SignatureVariant,
) -> String {
    let server = plain(|_, _| json("200 OK", "{}"));
    let url = format!("http://127.0.0.1:{}/hook", server.address.port());
    let mut inside = delivered(&url, variant);
    inside.event = event.clone();
    inside.scheme = SignatureScheme {
        carrier: Carrier::Field(carrier.to_owned()),
        is_form,
        over: Template(vec![TemplatePart::Delivery("field.n".to_owned())]),
        ..inside.scheme
    };
    let options = LiveOptions { clock: server::clock(), ..LiveOptions::default() };
    let performed = run(vec![delivery("inside", inside, &["status"])], &options);
    assert_eq!(facts(&performed, "inside").status, 200);
    assert!(!server.request(0).to_ascii_lowercase().contains("x-signature"));
    server.request(0).split_once("\r\n\r\n").unwrap().1.to_owned()
}

#[test]
fn a_signature_inside_the_body_is_put_there_after_signing() {
    let mut mac = Hmac::<Sha512>::new_from_slice(KEY.as_bytes()).unwrap();
    mac.update(b"5");
    let right = hex::encode(mac.finalize().into_bytes());
    let event = serde_json::json!({ "n": 5, "data": { "kind": "paid" }, "other": 7 });
    let deep = ("data.signature", false);
    let body = |variant| signed_inside(&event, deep, variant);
    let with = |n: u32, signature: &str| {
        format!(r#"{{"n":{n},"data":{{"kind":"paid","signature":"{signature}"}},"other":7}}"#)
    };
    assert_eq!(body(SignatureVariant::Valid), with(5, &right));
    assert_eq!(body(SignatureVariant::Tampered), with(6, &right), "what is signed is altered");
    assert_eq!(body(SignatureVariant::Empty), with(5, ""));
    assert_eq!(body(SignatureVariant::None), event.to_string());

    let form = signed_inside(&event, ("signature", true), SignatureVariant::Valid);
    assert_eq!(form, format!("n=5&other=7&signature={right}"));
}

#[test]
fn a_private_receiver_needs_a_grant_that_names_it() {
    let server = plain(|_, _| json("200 OK", "{}"));
    let url = format!("http://127.0.0.1:{}/hook", server.address.port());
    let mut unnamed = delivered(&url, SignatureVariant::Valid);
    unnamed.grant.allows_private = false;
    let jobs = vec![
        delivery("unnamed", unnamed, &["status"]),
        delivery("named", delivered(&url, SignatureVariant::Valid), &["status"]),
    ];
    let options = LiveOptions { clock: server::clock(), ..LiveOptions::default() };
    let performed = run(jobs, &options);
    assert_eq!(facts(&performed, "named").status, 200);
    let why = not_sent(&performed, "unnamed").to_string();
    assert_eq!(why, "only https is asked, and this is http");
    assert_eq!(server.count(), 1);
}

#[test]
fn production_only_gets_what_it_must_refuse() {
    let server = start(&["localhost"], (2026, 2028), |request, _| verify(request));
    let url = format!("https://localhost:{}/hook", server.address.port());
    let to_production = |check: &str, signed_as, variant| {
        let mut sent = delivered(&url, variant);
        (sent.delivery.to, sent.delivery.signed_as) = (Class::Production, signed_as);
        delivery(check, sent, &["status"])
    };
    let jobs = vec![
        to_production("right", Class::Production, SignatureVariant::Valid),
        to_production("forged", Class::Production, SignatureVariant::Tampered),
        to_production("sandbox", Class::Sandbox, SignatureVariant::Valid),
    ];
    let performed = run(jobs, &options(&server));
    assert!(not_sent(&performed, "right").to_string().starts_with("production would accept"));
    assert_eq!(facts(&performed, "forged").status, 403);
    assert_eq!((performed.requests, performed.to_production, server.count()), (2, 2, 2));
}

/// What came of the deliveries `all` of a check to a receiver, under `names`.
fn exchanges(all: Vec<Delivered>, options: &LiveOptions) -> Vec<Recorded> {
    let job = Job { work: Work::Deliveries(all), ..job("named", "/", &["unsigned", "raw"]) };
    let performed = run(vec![job], options);
    match performed.jobs.get(&id("named")) {
        Some(Done::Answered { exchanges, .. }) => exchanges.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_bytes_that_are_sent_are_signed_however_they_are_written() {
    let server = plain(|request, _| verify(request));
    let url = format!("http://127.0.0.1:{}/hook", server.address.port());
    let options = LiveOptions { clock: server::clock(), ..LiveOptions::default() };
    let forms = [
        BodyForm::AsIs,
        BodyForm::Spaced,
        BodyForm::Reordered,
        BodyForm::Escaped,
        BodyForm::Malformed,
    ];
    let all = forms.iter().zip(0..).map(|(form, before)| {
        let mut one = delivered(&url, SignatureVariant::Valid);
        (one.delivery.body, one.before, one.told) = (*form, before, Some(format!("e{before}")));
        one
    });
    let found = exchanges(all.collect(), &options);
    let told: Vec<_> = found.iter().map(|one| (one.index, one.facts.event.as_deref())).collect();
    assert_eq!(told[..2], [(0, Some("e0")), (1, Some("e1"))]);
    assert!(found.iter().all(|one| one.facts.status == 200 && one.facts.length == 2), "{found:?}");
    let bodies: BTreeSet<String> = (0..5).map(|index| server.request(index)).collect();
    assert_eq!(bodies.len(), 5);

    let mut get = delivered(&url, SignatureVariant::Valid);
    get.delivery.method = Method::Get;
    let mut text = delivered(&url, SignatureVariant::Valid);
    (text.delivery.content_type, text.before) = (Some("text/plain".to_owned()), 1);
    assert_eq!(exchanges(vec![get, text], &options).len(), 2);
    let sent = |index| server.request(index).to_ascii_lowercase();
    assert!(sent(5).starts_with("get /hook") && sent(5).ends_with("\r\n\r\n"), "{}", sent(5));
    assert!(!sent(5).contains("content-type") && sent(5).contains("x-signature"));
    assert!(sent(6).contains("content-type: text/plain"), "{}", sent(6));
}

#[test]
fn answers_are_looked_through_for_what_they_tell() {
    let server = plain(|_, number| match number {
        1 => http("500 Internal Server Error", "", "Error: x\n    at hook (/srv/app/hook.js:3:9)"),
        2 => http("403 Forbidden", "", &format!("the key is {KEY}")),
        _ => json("403 Forbidden", "{}"),
    });
    let url = format!("http://127.0.0.1:{}/hook", server.address.port());
    let options = LiveOptions { clock: server::clock(), ..LiveOptions::default() };
    let mut all = vec![delivered(&url, SignatureVariant::None); 3];
    all.iter_mut().zip(0..).for_each(|(one, before)| one.before = before);
    let found = exchanges(all, &options);
    let leaks = |index: usize| found[index].facts.leaks.iter().map(|one| one.as_str()).collect();
    let all: [Vec<&str>; 3] = [leaks(0), leaks(1), leaks(2)];
    let mut sorted = all.to_vec();
    sorted.sort();
    assert_eq!(sorted, [vec![], vec!["key"], vec!["trace", "path"]]);
    assert!(!format!("{found:?}").contains("hook.js"));
}

#[test]
fn what_hangs_is_not_waited_for_twice() {
    let server = plain(|_, _| server::Reply::Hang);
    let url = format!("http://127.0.0.1:{}/hook", server.address.port());
    let patience = Patience { read: Duration::from_millis(200), ..Patience::default() };
    let options = LiveOptions { clock: server::clock(), patience, ..LiveOptions::default() };
    let mut first = delivered(&url, SignatureVariant::Valid);
    (first.name, first.delivery.times) = ("raw".to_owned(), 3);
    let mut second = delivered(&url, SignatureVariant::None);
    second.name = "unsigned".to_owned();
    let found = exchanges(vec![first, second], &options);
    let sent: Vec<u32> = found.iter().map(|one| one.sent).collect();
    assert_eq!(sent, [1, 0, 0, 0]);
    assert!(found.iter().all(|one| one.facts.fault == Some(Fault::Timeout)));
}
