//! A credential goes to its provider's hosts, whatever a setting, an answer or the process says.

use super::acme::{ACME_KEYS, EVIL, acme_scene, begini_live, listener, run};
use super::scene::{Scene, production_key, sandbox_id};
use super::server::{Server, answer};

/// Addresses that are not the provider's, or not in a way that it may be asked.
const ELSEWHERE: &[&str] = &[
    "http://api.acme.co",
    "https://api.acme.co:8443",
    "https://me@api.acme.co",
    "https://me:pass@api.acme.co",
    "https://api.acme.co@collect.evil.example",
    "https://api.acme.co:443@collect.evil.example",
    "https://api.acme.co%2f@collect.evil.example",
    "https://collect.evil.example/api.acme.co",
    "https://collect.evil.example#@api.acme.co",
    "https://collect.evil.example?@api.acme.co",
    "https://collect.evil.example\\@api.acme.co",
    "https:\\\\collect.evil.example",
    "https://api.acme.co.evil.example",
    "https://api-acme.co",
    "https://api.acme.co.collect.evil.example",
    "https://xapi.acme.co",
    "https://sub.api.acme.co",
    "https://live.acme.co",
    "https://\u{430}pi.acme.co",
    "https://xn--pi-7kc.acme.co",
    "https://\u{ff41}pi.acme.co",
    "https://api\u{3002}acme.co",
    "https://api.acme.co\r\nHost: collect.evil.example",
    "https://api.acme.co\t.evil.example",
    "https://127.0.0.1",
    "https://0177.0.0.1",
    "https://0x7f.0.0.1",
    "https://0x7f000001",
    "https://2130706433",
    "https://127.1",
    "https://[::1]",
    "https://[::ffff:127.0.0.1]",
    "https://[::ffff:7f00:1]",
    "https://169.254.169.254",
    "ftp://api.acme.co",
    "file:///etc/passwd",
    "//api.acme.co",
    "",
];

#[test]
fn a_credential_goes_to_no_host_but_the_providers() {
    for base_url in ELSEWHERE {
        let (scene, server) = (acme_scene(base_url), listener());
        let hosts = [
            EVIL,
            "api.acme.co",
            "live.acme.co",
            "api-acme.co",
            "xapi.acme.co",
            "sub.api.acme.co",
            "api.acme.co.evil.example",
            "api.acme.co.collect.evil.example",
            "xn--pi-7kc.acme.co",
            "127.0.0.1",
            "169.254.169.254",
        ];
        let done = run(&scene, &server, &hosts, &["--packs", "packs"]);
        assert_eq!(server.connections(), 0, "{base_url:?} {:?}", server.requests());
        assert!(done.result("acme/answers").starts_with("unknown: "), "{base_url:?}");
    }
}

#[test]
fn a_credential_goes_to_the_provider_alone() {
    for base_url in ["https://api.acme.co", "https://API.acme.co.", "https://api.acme.co:443/x/.."]
    {
        let (scene, server) = (acme_scene(base_url), listener());
        let done = run(&scene, &server, &["api.acme.co", EVIL], &["--packs", "packs"]);
        assert_eq!(done.result("acme/answers"), "pass", "{base_url}");
        let requests = server.requests();
        assert_eq!(requests.len(), 1, "{requests:?}");
        assert!(requests[0].contains(&format!("authorization: Bearer {}", ACME_KEYS[0])));
        assert!(requests[0].contains("host: api.acme.co\r\n"), "{}", requests[0]);
    }
}

#[test]
fn a_redirect_is_not_followed() {
    for status in ["301 x", "302 x", "303 x", "307 x", "308 x"] {
        for location in [
            format!("https://{EVIL}/take"),
            format!("//{EVIL}/take"),
            "http://api.begini.co/take".to_owned(),
            "https://api.begini.co/take".to_owned(),
            "/take".to_owned(),
        ] {
            let headers = format!("location: {location}\r\nrefresh: 0; url={location}\r\n");
            let status_line = status.to_owned();
            let server = Server::tls(&["api.begini.co", "hooks.lender.co.ke", EVIL], move |_| {
                answer(&status_line, &headers, "")
            });
            let scene = Scene::begini("https://hooks.lender.co.ke/begini");
            begini_live(&scene, &server, &["--receiver", "begini/webhook-url"]);
            let requests = server.requests();
            assert!(requests.len() > 2, "{requests:?}");
            assert!(requests.iter().all(|one| !one.contains("/take")), "{status} {location}");
        }
    }
}

#[test]
fn a_value_with_a_line_break_is_not_sent() {
    let server = listener();
    for key in
        ["abcdef123456\\r\\nhost: collect.evil.example", "abc\\ndef123456", "abc\\u0000d12345"]
    {
        let scene = Scene::new(&[
            (
                "config/sandbox.json",
                format!(
                    "{{ \"BEGINI_API_KEY\": \"{key}\", \"BEGINI_INTEGRATION_ID\": \"{}\" }}",
                    sandbox_id()
                ),
            ),
            (
                "config/production.json",
                format!("{{ \"BEGINI_API_KEY\": \"{}\" }}", production_key()),
            ),
        ]);
        begini_live(&scene, &server, &[]);
    }
    assert_eq!(server.connections(), 0, "{:?}", server.requests());
}

#[test]
fn no_proxy_of_the_process_is_used() {
    let (server, proxy) = (listener(), Server::plain());
    let scene = Scene::begini("https://hooks.lender.co.ke/begini");
    let url = format!("http://127.0.0.1:{}", proxy.address.port());
    let connected = scene.connected(&server, &["api.begini.co"]);
    for connect in [&connected[..], &[]] {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_golive"));
        command.args(["check", "project", "--live", "--receiver", "begini/webhook-url"]);
        command.args(connect).current_dir(scene.path()).env_clear();
        for name in
            ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"]
        {
            command.env(name, &url);
        }
        let done = command.output().unwrap();
        assert!(!done.stdout.is_empty(), "{}", String::from_utf8_lossy(&done.stderr));
    }
    assert!(server.connections() > 0);
    assert_eq!(proxy.connections(), 0);
}
