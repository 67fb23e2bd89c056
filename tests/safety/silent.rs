//! Without `--live` nothing is sent, whatever the files say.

use super::scene::{Scene, production_key, sandbox_id, sandbox_key};
use super::server::{Server, answer};

/// Every name that a setting of the project could lead to.
const HOSTS: [&str; 3] = ["api.begini.co", "hooks.lender.co.ke", "localhost"];

/// A project in which every setting that holds an address leads to `server`, in every format.
fn scene(server: &Server, plain: &Server) -> Scene {
    let port = server.address.port();
    let own = format!("https://localhost:{port}");
    let scene = Scene::begini("https://hooks.lender.co.ke/begini");
    for environment in ["sandbox", "production"] {
        let mut text = scene.read(&format!("project/.env.{environment}"));
        let elsewhere = [
            "BEGINI_BASE_URL",
            "BEGINI_COMPLETION_URL",
            "BEGINI_EXPIRY_URL",
            "BEGINI_PRIVACY_POLICY_URL",
            "HTTPS_PROXY",
            "ALL_PROXY",
            "DATABASE_URL",
            "SENTRY_DSN",
            "OTHER_WEBHOOK_URL",
        ];
        let address = plain.address;
        text += &elsewhere.map(|name| format!("{name}=http://{address}/{name}\n")).concat();
        scene.write(&format!("project/.env.{environment}"), &text);
        scene.write(
            &format!("project/config/{environment}.yaml"),
            &format!("vault: {{ address: \"{own}\" }}\nhost: 127.0.0.1:{port}\nurl: {own}/x\n"),
        );
    }
    scene.with_variable("HTTPS_PROXY", &own).with_variable("ALL_PROXY", &own)
}

#[test]
fn without_live_nothing_connects() {
    let server = Server::tls(&HOSTS, |_| answer("200 OK", "", "{}"));
    let plain = Server::plain();
    let scene = scene(&server, &plain);
    let connected = scene.connected(&server, &HOSTS);
    let connected: Vec<&str> = connected.iter().map(String::as_str).collect();
    let url = format!("begini/webhook-url={}", "https://hooks.lender.co.ke/begini");
    for gate in ["change", "sandbox", "launch", "live"] {
        for more in [
            vec![],
            vec!["--plan"],
            vec!["--plan", "--live"],
            vec!["--allow-production", "--assume-sandbox", "begini/api-key", "--receiver", &url],
            vec!["--plan", "--live", "--allow-production", "--receiver", &url],
        ] {
            let typed = [vec!["--gate", gate], connected.clone(), more].concat();
            let done = scene.check(&typed);
            assert_eq!(done.errors, "", "{typed:?}");
        }
    }
    assert_eq!((server.connections(), plain.connections()), (0, 0));
    // the same with leave does connect: the counters count
    let live = [connected, vec!["--live", "--receiver", "begini/webhook-url"]].concat();
    scene.check(&live);
    assert!(server.connections() > 0);
    assert_eq!(plain.connections(), 0, "no setting but the receiver's leads anywhere");
}

#[test]
fn a_plan_lists_exactly_what_live_would_send() {
    let server = Server::tls(&HOSTS, |request| {
        let body = if request.contains("/tokens") {
            r#"{"access_token":"abc","url":"https://x.y"}"#
        } else {
            r#"{"webhook_receiver_status_code":200}"#
        };
        answer("200 OK", "content-type: application/json\r\n", body)
    });
    let scene = Scene::begini("https://hooks.lender.co.ke/begini");
    let connected = scene.connected(&server, &HOSTS);
    let mut typed: Vec<&str> = connected.iter().map(String::as_str).collect();
    typed.extend(["--receiver", "begini/webhook-url", "--format", "json"]);
    let planned = scene.check(&[typed.clone(), vec!["--plan"]].concat()).report().sent;
    assert_eq!(server.connections(), 0);
    let sent = scene.check(&[typed, vec!["--live"]].concat()).report().sent;
    let (looks, requests): (Vec<_>, Vec<_>) = planned
        .planned
        .iter()
        .filter(|one| one.held_back.is_none())
        .partition(|one| ["DNS", "TLS"].contains(&one.method.as_str()));
    let mut expected: Vec<String> = requests
        .into_iter()
        .flat_map(|one| {
            let path = one.url.splitn(4, '/').nth(3).unwrap_or_default().replace('…', "begini");
            vec![format!("{} /{path} HTTP/1.1", one.method); usize::try_from(one.times).unwrap()]
        })
        .collect();
    let mut found: Vec<String> =
        server.requests().iter().map(|one| one.lines().next().unwrap().to_owned()).collect();
    expected.sort();
    found.sort();
    assert_eq!(found, expected);
    assert_eq!(u64::try_from(found.len() + looks.len()).unwrap(), sent.requests);
    assert!(found.len() >= 5, "{found:?}");
    let printed = scene.check(&["--plan", "--receiver", "begini/webhook-url"]).output;
    for one in &planned.planned {
        assert!(printed.contains(&one.url), "{} in {printed}", one.url);
    }
    for secret in [sandbox_key(), production_key(), sandbox_id()] {
        assert!(!printed.contains(&secret), "{printed}");
    }
}
