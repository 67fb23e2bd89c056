//! What nobody allowed is not asked: production, receivers, private addresses.

use super::acme::{ACME_KEYS, acme_scene, begini_live, listener, run};
use super::scene::{Scene, production_key, sandbox_id, sandbox_key};
use super::server::Server;

#[test]
fn production_is_not_touched_without_leave() {
    let hosts = [
        "api.acme.co",
        "live.acme.co",
        "hooks-sandbox.lender.co.ke",
        "hooks-production.lender.co.ke",
    ];
    let hosts_asked = |more: &[&str]| {
        let (scene, server) = (acme_scene("https://api.acme.co"), listener());
        run(&scene, &server, &hosts, &[&["--packs", "packs"], more].concat());
        let requests = server.requests();
        let host = |request: &String| {
            request.lines().find_map(|line| line.strip_prefix("host: ")).unwrap().to_owned()
        };
        let mut asked: Vec<String> = requests.iter().map(host).collect();
        asked.sort();
        (asked, requests.concat())
    };
    let (asked, text) = hosts_asked(&[]);
    assert_eq!(asked, ["api.acme.co"]);
    assert!(!text.contains(ACME_KEYS[1]));
    // a grant is for what it names
    let (asked, _) = hosts_asked(&["--receiver", "acme/webhook-url"]);
    assert_eq!(asked, ["api.acme.co", "hooks-sandbox.lender.co.ke"]);
    let (asked, _) = hosts_asked(&["--receiver", "production:acme/webhook-url"]);
    assert_eq!(asked, ["api.acme.co"]);
    let (asked, _) = hosts_asked(&["--allow-production", "--receiver", "acme/webhook-url"]);
    assert_eq!(asked, ["api.acme.co", "hooks-sandbox.lender.co.ke", "live.acme.co"]);
    let (asked, text) =
        hosts_asked(&["--allow-production", "--receiver", "production:acme/webhook-url"]);
    assert_eq!(asked, ["api.acme.co", "hooks-production.lender.co.ke", "live.acme.co"]);
    assert!(text.contains(ACME_KEYS[1]));
}

#[test]
fn a_sandbox_probe_never_carries_a_value_that_may_be_productions() {
    let server = listener();
    for (sandbox, production) in [
        (production_key(), production_key()),
        (sandbox_key(), "vault:kv/production#key".to_owned()),
        (sandbox_key(), String::new()),
    ] {
        let scene = Scene::new(&[
            (
                ".env.sandbox",
                format!("BEGINI_API_KEY={sandbox}\nBEGINI_INTEGRATION_ID={}\n", sandbox_id()),
            ),
            (".env.production", format!("BEGINI_API_KEY={production}\n")),
        ]);
        begini_live(&scene, &server, &[]);
    }
    assert_eq!(server.connections(), 0);
}

#[test]
fn a_receiver_is_asked_only_where_somebody_allowed_it() {
    let server = listener();
    let scene = Scene::begini("https://hooks.lender.co.ke/begini");
    begini_live(&scene, &server, &[]);
    begini_live(&scene, &server, &["--receiver", "production:begini/webhook-url"]);
    let hooks = |requests: &[String]| {
        requests.iter().filter(|one| one.contains("host: hooks.lender.co.ke")).count()
    };
    assert_eq!(hooks(&server.requests()), 0);
    begini_live(&scene, &server, &["--receiver", "begini/webhook-url"]);
    assert!(hooks(&server.requests()) > 3);
}

#[test]
fn a_grant_without_an_address_reaches_nothing_private() {
    let (server, plain) = (listener(), Server::plain());
    for address in [
        "127.0.0.1",
        "127.1",
        "0177.0.0.1",
        "0x7f.1",
        "0x7f000001",
        "2130706433",
        "0.0.0.0",
        "0",
        "localhost",
        "LOCALHOST.",
        "api.localhost",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[0:0:0:0:0:ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "%31%32%37.0.0.1",
        "\u{ff11}27.0.0.1",
        "127。0。0。1",
        "10.0.0.7",
        "100.64.0.1",
        "169.254.169.254",
        "metadata.google.internal",
        "[fd00:ec2::254]",
    ] {
        for (scheme, port) in [("https", server.address.port()), ("http", plain.address.port())] {
            let scene = Scene::begini(&format!("{scheme}://{address}:{port}/begini"));
            let done = run(
                &scene,
                &server,
                &["169.254.169.254", "10.0.0.7", "100.64.0.1"],
                &[
                    "--receiver",
                    "begini/webhook-url",
                    "--only",
                    "begini/receiver-accepts-valid-event",
                ],
            );
            let result = done.result("begini/receiver-accepts-valid-event");
            assert!(result.starts_with("unknown: held back: "), "{address}: {result}");
        }
    }
    assert_eq!((server.connections(), plain.connections()), (0, 0));
}

#[test]
fn a_grant_with_an_address_reaches_that_address() {
    let (plain, other) = (Server::plain(), Server::plain());
    let scene = Scene::begini(&format!("http://127.0.0.1:{}/begini", other.address.port()));
    let url = format!("begini/webhook-url=http://127.0.0.1:{}/own", plain.address.port());
    let server = listener();
    run(&scene, &server, &[], &["--receiver", &url, "--only", "begini"]);
    let ways = ["POST /own ", "GET /own "];
    let there = |one: &String| ways.iter().any(|way| one.starts_with(way));
    assert!(plain.requests().iter().all(there), "{:?}", plain.requests());
    assert!(plain.connections() > 3);
    assert_eq!(other.connections(), 0);
}
