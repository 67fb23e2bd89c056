//! Jobs in order, captures, limits, recordings and previews.

use std::sync::Arc;
use std::time::Instant;

use super::server::{Reply, http, json, start};
use super::*;
use crate::source::SourceText;

const TOKEN: &str = "t0k-1a2b3c4d5e6f";

fn provider() -> server::Server {
    start(&[HOST], (2026, 2028), |request, number| {
        match request.split(' ').nth(1).unwrap_or_default() {
            "/tokens" => json(
                "200 OK",
                &format!(r#"{{"access_token":"{TOKEN}","detail":"for {KEY}","name":"Jane"}}"#),
            ),
            "/flaky" if number == 1 => http("503 Service Unavailable", "Retry-After: 0\r\n", ""),
            "/flaky" => json("200 OK", "{}"),
            "/busy" => http("429 Too Many Requests", "Retry-After: 60\r\n", ""),
            "/hang" => Reply::Hang,
            path if path.contains(TOKEN) => json("200 OK", r#"{"detail":"known"}"#),
            _ => json("404 Not Found", "{}"),
        }
    })
}

fn session() -> Job {
    let mut session = job("session", "/tokens", &["status", "body.access_token", "body.detail"]);
    session.captures = vec![("token".to_owned(), "body.access_token".to_owned())];
    session
}

fn uses_session() -> Job {
    let mut uses = job("uses", "/", &["status", "body.detail"]);
    uses.needs = vec![id("session")];
    if let Work::Exchanges(asked) = &mut uses.work {
        let capture = TemplatePart::Capture("token".to_owned());
        asked[0].request.url = Template(vec![text(&format!("https://{HOST}/s/")), capture]);
    }
    uses
}

fn judge() -> Passes {
    Passes(BTreeMap::from([("token".to_owned(), "body.access_token".to_owned())]))
}

#[test]
fn captures_are_handed_on_and_nothing_secret_is_written_down() {
    let server = provider();
    let jobs = vec![uses_session(), session()];
    let performed = perform(jobs.clone(), &options(&server), &judge(), &|_| {});
    assert_eq!(facts(&performed, "uses").status, 200);
    assert!(server.request(0).contains("\r\napi-key: k3y-9f8e7d6c5b4a\r\n"));
    assert!(server.request(0).contains("\r\nuser-agent: golive/"));
    assert!(server.request(0).contains(r#""id":"int-77aa88bb"}"#));
    assert!(server.request(1).starts_with(&format!("POST /s/{TOKEN} ")));

    let written = performed.recording.to_json();
    for secret in ["9f8e7d", "1a2b3c", "77aa88", "Jane"] {
        assert!(!written.contains(secret), "{secret} in {written}");
    }
    assert!(written.contains(r#""access_token": "{capture.token}""#), "{written}");
    assert!(written.contains(r#""detail": "for {begini/api-key}""#), "{written}");
    assert!(written.contains(r#""POST https://api.begini.test/s/{capture.token}""#), "{written}");
    assert_eq!((performed.requests, performed.to_production), (2, 0));
    assert!(performed.hosts.contains(HOST) && performed.created.contains("a sandbox session"));

    let source = Arc::new(SourceText::new("recording.json", written.as_str()));
    let recording = Recording::read(&source).unwrap();
    assert_eq!(recording, performed.recording);
    let replayed = LiveOptions { replay: Some(recording), ..LiveOptions::default() };
    let replayed = perform(jobs, &replayed, &judge(), &|_| {});
    assert_eq!(replayed.recording.to_json(), written);
    assert_eq!(format!("{:?}", replayed.jobs), format!("{:?}", performed.jobs));
    assert_eq!(replayed.requests, performed.requests);
    assert_eq!(server.count(), 2, "a replay sends nothing");
}

#[test]
fn what_is_needed_must_have_passed() {
    let server = provider();
    let mut failing = session();
    if let Work::Exchanges(asked) = &mut failing.work {
        asked[0].request.url = Template(vec![text(&format!("https://{HOST}/gone"))]);
    }
    let mut cycle = job("cycle", "/slow", &["status"]);
    cycle.needs = vec![id("cycle")];
    let mut missing = job("missing", "/slow", &["status"]);
    missing.needs = vec![id("not-there")];
    let jobs = vec![failing, uses_session(), cycle, missing];
    let performed = perform(jobs, &options(&server), &judge(), &|_| {});
    assert_eq!(not_sent(&performed, "uses"), NotSent::Needs(id("session")));
    assert_eq!(not_sent(&performed, "cycle"), NotSent::Needs(id("cycle")));
    assert_eq!(not_sent(&performed, "missing"), NotSent::Needs(id("not-there")));
    assert_eq!(server.count(), 1);
}

#[test]
fn only_repeatable_requests_are_sent_again() {
    let again = |path: &str, repeatable: bool| {
        let server = provider();
        let mut again = job("again", path, &["status"]);
        if let Work::Exchanges(asked) = &mut again.work {
            asked[0].request.repeatable = repeatable;
        }
        let performed = run(vec![again], &options(&server));
        assert_eq!(performed.requests, u64::try_from(server.count()).unwrap());
        (facts(&performed, "again").status, server.count())
    };
    assert_eq!(again("/flaky", true), (200, 2));
    assert_eq!(again("/flaky", false), (503, 1));
    assert_eq!(again("/busy", true), (429, 1), "a minute is too long to wait");
}

#[test]
fn time_is_bounded_and_shared() {
    let server = provider();
    let hanging: Vec<Job> =
        (0..8).map(|index| job(&format!("h{index}"), "/hang", &["status"])).collect();
    let impatient = LiveOptions { patience: patience(500), ..options(&server) };
    let start = Instant::now();
    let performed = run(hanging.clone(), &impatient);
    let took = start.elapsed();
    assert!(took < Duration::from_secs(3), "four at once take two rounds: {took:?}");
    assert!(took > Duration::from_millis(900), "no more than four at once: {took:?}");
    assert_eq!(facts(&performed, "h7").fault, Some(Fault::Timeout));
    let short = LiveOptions { deadline: Deadline(Duration::from_millis(50)), ..options(&server) };
    let start = Instant::now();
    let performed = run(hanging, &short);
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    let detail = facts(&performed, "h0").detail.unwrap();
    assert_eq!(detail, "the run's total time is over");
}

#[test]
fn named_exchanges_go_out_in_order_or_not_at_all() {
    let server = provider();
    let mut two = job("two", "/", &["calibration.status", "real.body.detail"]);
    let mut calibration = asked("calibration", "/tokens");
    calibration.bindings.imitates = None;
    calibration.request.headers[0].1 = Template(vec![TemplatePart::Fabricated]);
    two.work = Work::Exchanges(vec![calibration.clone(), asked("real", "/tokens")]);
    let performed = run(vec![two.clone()], &options(&server));
    let Some(Done::Answered { names, .. }) = performed.jobs.get(&id("two")) else { panic!() };
    assert_eq!(names.keys().collect::<Vec<_>>(), ["calibration", "real"]);
    assert!(!server.request(0).contains(KEY) && server.request(1).contains(KEY));
    assert!(performed.recording.to_json().contains(r#""detail": "for {begini/api-key}""#));

    let mut hostile = asked("real", "/tokens");
    hostile.request.url = Template(vec![text("https://api.begini.test.evil.test/")]);
    two.work = Work::Exchanges(vec![calibration, hostile]);
    let performed = run(vec![two.clone()], &options(&server));
    assert!(not_sent(&performed, "two").to_string().contains("none of the hosts"));
    let mut host = asked(ANSWER, "/tokens");
    host.request.headers.push(("Host".to_owned(), Template(vec![text("evil.test")])));
    two.work = Work::Exchanges(vec![host]);
    let performed = run(vec![two], &options(&server));
    assert!(not_sent(&performed, "two").to_string().contains("may not set the header Host"));
    assert_eq!(server.count(), 2);
}

#[test]
fn a_preview_sends_nothing_and_shows_no_value() {
    let server = provider();
    let shown = preview(&uses_session(), &options(&server).connects);
    let [one] = shown.as_slice() else { panic!("{shown:?}") };
    assert_eq!(one.url, "https://api.begini.test/s/{capture.token}");
    assert_eq!(one.method, "POST");
    assert_eq!(one.credential, Some(role("api-key")));
    assert_eq!(one.creates.as_deref(), Some("a sandbox session"));
    assert_eq!(one.headers[0], ("api-key".to_owned(), "{begini/api-key}".to_owned()));
    assert!(!format!("{shown:?}").contains("9f8e7d"));
    let mut empty = session();
    if let Work::Exchanges(asked) = &mut empty.work {
        asked[0].bindings.roles.clear();
    }
    let held_back = preview(&empty, &[])[0].held_back.clone().unwrap();
    assert_eq!(held_back, "begini/api-key has no value here");
    assert_eq!(server.count(), 0);
}

#[test]
fn a_replay_without_the_exchange_says_so() {
    let replay = Some(Recording::new(server::clock(), 7));
    let options = LiveOptions { replay, ..LiveOptions::default() };
    let performed = run(vec![session()], &options);
    let why = not_sent(&performed, "session").to_string();
    assert_eq!(why, "no recording of begini/session");
}
