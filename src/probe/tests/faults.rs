//! What goes wrong on the way is told apart, and nothing goes where it may not.

use std::process::Command;

use super::server::{Reply, http, json, plain, start};
use super::*;

fn server() -> server::Server {
    start(&[HOST], (2026, 2028), |request, _| {
        let path = request.split(' ').nth(1).unwrap_or_default();
        match path {
            "/hang" => Reply::Hang,
            "/close" => Reply::Close,
            "/429" => http("429 Too Many Requests", "Retry-After: 60\r\n", "{}"),
            "/500" => json("500 Internal Server Error", r#"{"detail":"oops"}"#),
            "/html" => http("503 Service Unavailable", "Content-Type: text/html\r\n", "<p>down"),
            "/broken" => json("200 OK", r#"{"detail":"#),
            "/text" => http("401 Unauthorized", "Content-Type: text/plain\r\n", "no"),
            "/big" => json("200 OK", &format!("\"{}\"", "x".repeat(70_000))),
            "/elsewhere" => http("302 Found", "Location: https://evil.test/\r\n", ""),
            "/here" => http("302 Found", "Location: /there\r\n", ""),
            _ => json("200 OK", r#"{"detail":"fine"}"#),
        }
    })
}

#[test]
fn every_fault_has_its_word() {
    let server = server();
    let cases: [(&str, u16, Option<Fault>); 10] = [
        ("/hang", 0, Some(Fault::Timeout)),
        ("/close", 0, Some(Fault::Refused)),
        ("/429", 429, None),
        ("/500", 500, None),
        ("/html", 0, Some(Fault::NotJson)),
        ("/broken", 0, Some(Fault::NotJson)),
        ("/text", 401, None),
        ("/big", 0, Some(Fault::TooLarge)),
        ("/elsewhere", 0, Some(Fault::Redirect)),
        ("/here", 302, None),
    ];
    let jobs = cases.iter().map(|(path, ..)| job(&path[1..], path, &["status", "body.detail"]));
    let patient = LiveOptions { patience: patience(1500), ..options(&server) };
    let performed = run(jobs.collect(), &patient);
    for (path, status, fault) in cases {
        let facts = facts(&performed, &path[1..]);
        assert_eq!((facts.status, facts.fault), (status, fault), "{path}: {facts:?}");
    }
    assert_eq!(server.count(), cases.len(), "nothing was followed, nothing was sent twice");
    assert_eq!(performed.requests, 10);
    // Where no outcome reads a field of the body, HTML is none of its business.
    let performed = run(vec![job("html", "/html", &["status"])], &options(&server));
    assert_eq!(facts(&performed, "html").status, 503);
}

#[test]
fn certificates_are_judged_at_the_clock_of_the_run() {
    let ahead = start(&[HOST], (2029, 2031), |_, _| json("200 OK", "{}"));
    let other = start(&["other.test"], (2026, 2028), |_, _| json("200 OK", "{}"));
    let detail = |options: &LiveOptions| {
        let facts = facts(&run(vec![job("tls", "/", &["status"])], options), "tls");
        assert_eq!(facts.status == 200, facts.fault.is_none());
        assert!(facts.fault.is_none_or(|fault| fault == Fault::Tls), "{facts:?}");
        facts.detail
    };
    assert_eq!(detail(&options(&ahead)).unwrap(), "the certificate is not valid yet");
    let clock = |text: &str| LiveOptions { clock: text.parse().unwrap(), ..options(&ahead) };
    assert_eq!(detail(&clock("2029-11-23T10:00:00Z")), None, "three years ahead");
    let expired = detail(&clock("2032-11-23T10:00:00Z"));
    assert_eq!(expired.unwrap(), "the certificate has expired");
    assert_eq!(detail(&options(&other)).unwrap(), "the certificate is for another name");
    let untrusted = LiveOptions { trust: Vec::new(), ..options(&server()) };
    assert_eq!(detail(&untrusted).unwrap(), "the certificate's issuer is not trusted");
    assert_eq!(ahead.count(), 1, "nothing is sent over a connection that is not trusted");
}

#[test]
fn hosts_without_address_and_closed_ports() {
    let server = server();
    let nowhere = LiveOptions { connects: Vec::new(), ..options(&server) };
    let performed = run(vec![job("dns", "/", &["status"])], &nowhere);
    assert_eq!(facts(&performed, "dns").fault, Some(Fault::Dns));
    assert_eq!(performed.requests, 0);
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut options = options(&server);
    options.connects[0].address = closed;
    let facts = facts(&run(vec![job("closed", "/", &["status"])], &options), "closed");
    assert_eq!(facts.fault, Some(Fault::Refused));
    assert_eq!(facts.detail.as_deref(), Some("nothing listens there"));
}

#[test]
fn a_name_of_a_private_address_is_held_back_after_dns() {
    let server = server();
    let mut private = job("private", "/", &["status"]);
    if let Work::Exchanges(asked) = &mut private.work {
        asked[0].request.url = Template(vec![text("https://localhost/")]);
        asked[0].hosts = vec![HostPattern::new("localhost")];
    }
    let performed = run(vec![private], &options(&server));
    let why = not_sent(&performed, "private").to_string();
    assert_eq!(why, "localhost is a loopback address");
    assert_eq!(performed.requests, 0);
    assert_eq!(performed.recording.exchanges[0].held_back.as_deref(), Some(why.as_str()));
}

#[test]
fn only_the_proxy_of_the_command_line_is_used() {
    let proxy = plain(|_, _| http("403 Forbidden", "", ""));
    let server = server();
    let mut options = options(&server);
    options.connects.clear();
    options.proxy = Some(format!("http://{}", proxy.address).parse().unwrap());
    let facts = facts(&run(vec![job("proxy", "/", &["status"])], &options), "proxy");
    assert_eq!(facts.fault, Some(Fault::Refused));
    assert!(proxy.request(0).starts_with("CONNECT api.begini.test:443 "));
    assert!(!proxy.request(0).contains(KEY));
}

/// Runs the test above it again in a process whose environment names a proxy that is not there.
#[test]
fn proxies_of_the_environment_are_ignored() {
    let mut again = Command::new(std::env::current_exe().unwrap());
    again
        .args(["--exact", "probe::tests::faults::certificates_are_judged_at_the_clock_of_the_run"]);
    for name in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "HTTP_PROXY"] {
        again.env(name, "http://127.0.0.1:1");
    }
    let output = again.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}
