use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use serde_json::json;

use super::super::{What, digest};
use super::*;
use crate::pack::{Library, builtin};
use crate::source::Secret;

/// What a receiver saw: the signature, and the body.
type Seen = Arc<Mutex<Vec<(String, String)>>>;

/// A receiver that answers one delivery after the other as it is told, the last answer for ever.
fn receiver(answers: &'static [(u16, &'static str)]) -> (String, Seen) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let seen = Seen::default();
    let kept = Arc::clone(&seen);
    thread::spawn(move || {
        for (index, stream) in listener.incoming().enumerate() {
            let (head, body) = request(&mut stream.as_ref().unwrap().try_clone().unwrap());
            let signature = head.to_ascii_lowercase();
            let signature = signature.split("x-signature: ").nth(1).unwrap_or("none");
            let signature = signature.lines().next().unwrap_or_default().to_owned();
            kept.lock().unwrap().push((signature, body));
            let (status, text) = answers.get(index).or(answers.last()).unwrap();
            let length = text.len();
            let answer = format!("HTTP/1.1 {status} x\r\ncontent-length: {length}\r\n\r\n{text}");
            stream.unwrap().write_all(answer.as_bytes()).unwrap();
        }
    });
    (url, seen)
}

/// Head and body of one request or answer.
fn request(stream: &mut TcpStream) -> (String, String) {
    let mut reader = BufReader::new(stream);
    let (mut head, mut line) = (String::new(), String::new());
    while reader.read_line(&mut line).unwrap() > 2 {
        head.push_str(&line);
        line.clear();
    }
    let lower = head.to_ascii_lowercase();
    let length = lower.split("content-length: ").nth(1).unwrap_or("0");
    let mut body = vec![0; length.lines().next().unwrap().parse().unwrap()];
    reader.read_exact(&mut body).unwrap();
    (head, String::from_utf8(body).unwrap())
}

fn options(receiver: Option<&str>) -> LocalOptions {
    let library = Library::load(builtin()).unwrap();
    let pair = |environment: &str| Deployment {
        environment: environment.to_owned(),
        api_key: Secret::new(format!("{environment}-key")),
        integration_id: format!("{environment}-id"),
        webhook_url: receiver.map(str::to_owned),
    };
    LocalOptions {
        clock: "2026-11-23T08:00:00Z".parse().unwrap(),
        port: 0,
        deployments: vec![pair("sandbox"), pair("production")],
        events: library.pack("begini").unwrap().events.clone(),
        calls_are_signed: false,
        journey: Vec::new(),
        retries: 2,
        wait: Duration::from_millis(1),
        patience: Duration::from_secs(5),
        tls: false,
    }
}

/// The status and the body of an answer.
fn ask(stand_in: &LocalStandIn, line: &str, headers: &str, body: &str) -> (u16, Value) {
    let mut stream = TcpStream::connect(stand_in.address).unwrap();
    let length = body.len();
    let host = stand_in.address;
    let text = format!(
        "{line} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncontent-length: \
         {length}\r\n{headers}\r\n{body}"
    );
    stream.write_all(text.as_bytes()).unwrap();
    let (head, body) = request(&mut stream);
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, serde_json::from_str(&body).unwrap_or(Value::String(body)))
}

fn event(stand_in: &LocalStandIn, wish: &str) -> (u16, Value) {
    ask(stand_in, &format!("POST /_golive/events/{wish}"), "", "")
}

fn session(stand_in: &LocalStandIn, headers: &str, id: &str) -> (u16, Value) {
    let body = json!({ "uid": "loan00001", "integration_id": id }).to_string();
    ask(stand_in, "POST /v1/sessions-management/tokens", headers, &body)
}

fn sandbox_key() -> Secret {
    Secret::new("sandbox-key")
}

#[test]
fn keys_of_one_environment_do_not_open_the_other() {
    let stand_in = LocalStandIn::start(options(None)).unwrap();
    let own = "api-key: sandbox-key\r\n";
    assert_eq!(session(&stand_in, own, "production-id").0, 403);
    assert_eq!(session(&stand_in, "", "sandbox-id").0, 401);
    let (status, body) = session(&stand_in, own, "sandbox-id");
    assert_eq!(status, 200);
    let page = format!("http://{}/master/psychometrics", stand_in.address);
    assert_eq!(body["url"], *page);
    assert_eq!(ask(&stand_in, "GET /master/psychometrics", "", "").0, 200);
    assert_eq!(event(&stand_in, "application.complete").0, 424, "no receiver is known");
}

#[test]
fn each_event_is_signed_with_the_key_of_its_environment() {
    let (url, seen) = receiver(&[(200, "{}")]);
    let stand_in = LocalStandIn::start(options(Some(&url))).unwrap();
    for name in options(None).events.keys() {
        assert_eq!(event(&stand_in, name).0, 200, "{name}");
    }
    assert_eq!(event(&stand_in, "application.complete?environment=production&uid=loan9").0, 200);
    let seen = seen.lock().unwrap();
    assert_eq!(seen.len(), 8);
    for (index, (signature, body)) in seen.iter().enumerate() {
        let (key, id) =
            if index < 7 { ("sandbox-key", "sandbox") } else { ("production-key", "production") };
        assert_eq!(*signature, digest::sha512(&Secret::new(key), body.as_bytes()));
        let body: Value = serde_json::from_str(body).unwrap();
        assert_eq!(body["integration_id"], format!("{id}-id"));
        assert_eq!(body["uid"], if index < 7 { "golivestandin" } else { "loan9" });
    }
}

#[test]
fn an_event_can_be_signed_wrongly_and_is_then_sent_once() {
    let (url, seen) = receiver(&[(403, "no")]);
    let stand_in = LocalStandIn::start(options(Some(&url))).unwrap();
    for signature in ["none", "empty", "truncated", "wrong-key", "sha256", "tampered"] {
        let wish = format!("application.expired?signature={signature}");
        let (status, told) = event(&stand_in, &wish);
        assert_eq!((status, &told["answers"]), (422, &json!([403])), "{signature}");
    }
    for (signature, body) in seen.lock().unwrap().iter() {
        assert_ne!(*signature, digest::sha512(&sandbox_key(), body.as_bytes()));
    }
}

#[test]
fn what_is_not_answered_with_200_and_json_is_sent_again_so_often() {
    let (url, seen) = receiver(&[(201, "{}"), (200, "thanks"), (200, "{}")]);
    let stand_in = LocalStandIn::start(options(Some(&url))).unwrap();
    let (status, told) = event(&stand_in, "application.complete");
    assert_eq!((status, &told["answers"]), (200, &json!([201, 200, 200])));
    let bodies: BTreeSet<String> = seen.lock().unwrap().iter().map(|one| one.1.clone()).collect();
    assert_eq!(bodies.len(), 1, "the same bytes each time");
    let (url, _) = receiver(&[(500, "no")]);
    let stand_in = LocalStandIn::start(options(Some(&url))).unwrap();
    let (status, told) = event(&stand_in, "application.complete");
    assert_eq!((status, &told["answers"]), (422, &json!([500, 500, 500])));
}

#[test]
fn a_journey_follows_a_session_and_is_told() {
    let (url, seen) = receiver(&[(200, "{}")]);
    let journey = ["application.complete", "psychometric_score.complete"].map(str::to_owned);
    let options = LocalOptions { journey: journey.to_vec(), ..options(Some(&url)) };
    let stand_in = LocalStandIn::start(options).unwrap();
    assert_eq!(session(&stand_in, "api-key: sandbox-key\r\n", "sandbox-id").0, 200);
    let told: Vec<What> = (0..3).map(|_| stand_in.next().unwrap().what).collect();
    let sent = |event: &str| What::Sent {
        event: event.to_owned(),
        environment: "sandbox".to_owned(),
        status: Some(200),
        why: "delivered".to_owned(),
    };
    assert!(matches!(&told[0], What::Received { status: 200, .. }));
    assert_eq!(told[1..], [sent("application.complete"), sent("psychometric_score.complete")]);
    assert!(seen.lock().unwrap().iter().all(|(_, body)| body.contains("loan00001")));
}

#[test]
fn signed_calls_bear_no_key() {
    let options = LocalOptions { calls_are_signed: true, ..options(None) };
    let stand_in = LocalStandIn::start(options).unwrap();
    assert_eq!(session(&stand_in, "api-key: sandbox-key\r\n", "sandbox-id").0, 401);
    let body = json!({ "uid": "loan00001", "integration_id": "sandbox-id" }).to_string();
    let signature = digest::sha512(&sandbox_key(), body.as_bytes());
    let header = format!("X-Signature: {signature}\r\n");
    assert_eq!(session(&stand_in, &header, "sandbox-id").0, 200);
    assert_eq!(session(&stand_in, &header, "production-id").0, 401);
}

#[test]
fn it_ends_when_it_is_told_and_no_other_page_may_tell_it() {
    let stand_in = LocalStandIn::start(options(None)).unwrap();
    let from = "origin: https://evil.test\r\n";
    assert_eq!(ask(&stand_in, "POST /_golive/stop", from, "").0, 403);
    assert_eq!(ask(&stand_in, "POST /_golive/nothing", "", "").0, 404);
    assert_eq!(event(&stand_in, "no.such.event").0, 404);
    let own = format!("origin: http://{}\r\n", stand_in.address);
    assert_eq!(ask(&stand_in, "POST /_golive/stop", &own, "").0, 200);
    assert_eq!(stand_in.next(), None);
}

#[test]
fn what_it_tells_holds_no_key_and_helps() {
    let stand_in = LocalStandIn::start(options(None)).unwrap();
    ask(&stand_in, "POST /sandbox-key", "", "");
    ask(&stand_in, "POST /create-session", "", "");
    session(&stand_in, "authorization: Bearer sandbox-key\r\n", "sandbox-id");
    let told: Vec<String> = (0..3).map(|_| format!("{:?}", stand_in.next().unwrap())).collect();
    assert!(told.iter().all(|one| !one.contains("sandbox-key")), "{told:?}");
    assert!(told[1].contains("POST /v1/sessions-management/tokens"));
    assert!(told[2].contains("the header api-key"));
}

#[test]
fn what_it_knows_is_what_the_pack_says() {
    let library = Library::load(builtin()).unwrap();
    let pack = library.pack("begini").unwrap();
    let scheme = pack.signature.as_ref().unwrap();
    assert_eq!(scheme.algorithm, crate::pack::Algorithm::HmacSha512);
    let header = crate::pack::Carrier::Header(super::super::post::SIGNATURE.to_owned());
    assert_eq!(scheme.carrier, header);
    assert!(format!("{:?}", pack.hosts.shared).contains(HOST));
}
