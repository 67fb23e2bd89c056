//! Looks at hosts on loopback: certificates of all sorts, names, pages.

use super::server::{Server, http, json, start};
use super::*;
use crate::pack::{Class, Sight};

fn looked(sight: Sight, url: &str) -> Job {
    let looked = Looked {
        sight,
        class: Class::Sandbox,
        role: role("webhook-url"),
        url: Secret::new(url),
        known: Some("localhost".to_owned()),
    };
    Job { work: Work::Look(Box::new(looked)), ..job("look", "/", &[]) }
}

/// What is seen of `url`; what is recorded of it says the same when it is played back.
fn seen(sight: Sight, url: &str, options: &LiveOptions) -> Facts {
    let performed = run(vec![looked(sight, url)], options);
    let replayed =
        LiveOptions { replay: Some(performed.recording.clone()), ..LiveOptions::default() };
    let replayed = run(vec![looked(sight, url)], &replayed);
    assert_eq!(format!("{:?}", replayed.jobs), format!("{:?}", performed.jobs));
    facts(&performed, "look")
}

fn held_back(sight: Sight, url: &str, options: &LiveOptions) -> String {
    let sent = not_sent(&run(vec![looked(sight, url)], options), "look");
    let NotSent::HeldBack(why) = sent else { panic!("{url}: {sent:?}") };
    why
}

fn url() -> String {
    format!("https://{HOST}/hooks/7f6e5d4c3b")
}

fn server(names: &[&str], years: (i32, i32)) -> Server {
    start(names, years, |_, _| json("200 OK", "{}"))
}

/// Whether it is trusted, for the name, valid yet; and the days that it has left.
fn judged(facts: &Facts) -> (bool, bool, bool, i64) {
    let flag = |name: &str| facts.seen.get(name) == Some(&Fact::Bool(true));
    let Some(Fact::Int(days)) = facts.seen.get("days_left") else { panic!("{facts:?}") };
    (flag("trusted"), flag("name_matches"), flag("valid_yet"), *days)
}

#[test]
fn each_fault_of_a_certificate_is_told_from_the_others() {
    let cases = [
        ((2026, 2028), HOST, (true, true, true, 403)),
        ((2026, 2027), HOST, (true, true, true, 38)),
        ((2020, 2022), HOST, (true, true, true, -1788)),
        ((2030, 2032), HOST, (true, true, false, 1864)),
        ((2026, 2028), "other.test", (true, false, true, 403)),
    ];
    for (years, name, expected) in cases {
        let server = server(&[name], years);
        let facts = seen(Sight::Certificate, &url(), &options(&server));
        assert_eq!(judged(&facts), expected, "{years:?} {name}");
        let asked: String = (0..server.count()).map(|index| server.request(index)).collect();
        assert_eq!(asked, "", "nothing is asked after the handshake");
        let strange = LiveOptions { trust: Vec::new(), ..options(&server) };
        let (trusted, ..) = judged(&seen(Sight::Certificate, &url(), &strange));
        assert!(!trusted, "an authority that nobody knows");
    }
}

#[test]
fn the_days_that_are_left_are_counted_from_the_clock_of_the_run() {
    let server = server(&[HOST], (2026, 2027));
    let at = |clock: &str| {
        let clock = clock.parse().unwrap();
        judged(&seen(Sight::Certificate, &url(), &LiveOptions { clock, ..options(&server) })).3
    };
    assert_eq!(at("2026-12-31T00:00:00Z"), 1);
    assert_eq!(at("2026-12-31T23:59:59Z"), 0);
    assert_eq!(at("2027-01-01T00:00:01Z"), -1);
    // on the day of a launch that is named, though today it is well
    let as_at = Some("2027-01-03T00:00:00Z".parse().unwrap());
    let launch = LiveOptions { as_at, ..options(&server) };
    assert_eq!(judged(&seen(Sight::Certificate, &url(), &launch)).3, -2);
}

#[test]
fn a_host_that_shows_no_certificate_is_a_fault() {
    let server = server(&[HOST], (2026, 2028));
    let mut closed = options(&server);
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    closed.connects[0].address = free;
    assert_eq!(seen(Sight::Certificate, &url(), &closed).fault, Some(Fault::Refused));
    let private = held_back(Sight::Certificate, "https://10.0.0.5/", &options(&server));
    assert!(private.contains("private address"), "{private}");
    let plain = held_back(Sight::Certificate, "http://hooks.begini.test/", &options(&server));
    assert!(plain.contains("only https"), "{plain}");
}

#[test]
fn a_name_tells_its_addresses_and_whether_its_port_is_open() {
    let server = server(&[HOST], (2026, 2028));
    let flags = |facts: &Facts| {
        ["resolves", "public", "open"].map(|name| facts.seen.get(name) == Some(&Fact::Bool(true)))
    };
    let connected = seen(Sight::Dns, &url(), &options(&server));
    assert_eq!(flags(&connected), [true, true, true]);
    assert_eq!(connected.detail.as_deref(), Some("the address that --connect names"));
    for private in ["https://10.0.0.5/x", "https://0x7f000001/x", "https://localhost/x"] {
        let facts = seen(Sight::Dns, private, &options(&server));
        assert_eq!(flags(&facts), [true, false, false], "{private}");
    }
}

#[test]
fn a_name_without_an_address_is_told_from_a_machine_without_a_network() {
    let server = server(&[HOST], (2026, 2028));
    let brief = LiveOptions {
        patience: Patience { connect: Duration::from_secs(2), ..patience(1000) },
        ..options(&server)
    };
    for (known, online) in [("localhost", true), ("known.invalid", false)] {
        let mut job = looked(Sight::Dns, "https://hooks.invalid/x");
        if let Work::Look(look) = &mut job.work {
            look.known = Some(known.to_owned());
        }
        let facts = facts(&run(vec![job], &brief), "look");
        assert_eq!(facts.seen.get(ONLINE), Some(&Fact::Bool(online)), "{facts:?}");
        assert_ne!(facts.seen.get("resolves"), Some(&Fact::Bool(true)));
    }
}

#[test]
fn of_a_page_only_the_head_is_looked_at_and_nothing_secret_is_sent_or_shown() {
    let server = start(&[HOST], (2026, 2028), |request, _| {
        match request.split(' ').nth(1).unwrap_or_default() {
            "/gone" => http("404 Not Found", "", ""),
            "/moved" => http("302 Found", "Location: https://elsewhere.test/\r\n", ""),
            _ => http("200 OK", "Content-Type: text/html\r\n", &"<p>".repeat(50_000)),
        }
    });
    let page = |path: &str| {
        let url = format!("https://{HOST}{path}");
        let facts = seen(Sight::Page, &url, &options(&server));
        (facts.status, facts.fault)
    };
    assert_eq!(page("/thanks"), (200, None));
    assert_eq!(page("/gone"), (404, None));
    assert_eq!(page("/moved"), (0, Some(Fault::Redirect)));
    let request = server.request(0);
    assert!(request.starts_with("GET /thanks HTTP/1.1\r\n"), "{request}");
    assert!(!request.contains("api-key") && !request.contains(KEY), "{request}");
    let planned = preview(&looked(Sight::Page, &url()), &options(&server).connects);
    assert_eq!((planned[0].method, planned[0].url.as_str()), ("GET", "https://api.begini.test/…"));
    let planned = preview(&looked(Sight::Certificate, &url()), &options(&server).connects);
    assert_eq!((planned[0].method, planned[0].url.as_str()), ("TLS", "https://api.begini.test"));
}
