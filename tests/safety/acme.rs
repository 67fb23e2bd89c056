//! An invented provider whose requests go to the project's own base URL, which Begini's do not,
//! and the ways to run against it.

use super::scene::{Done, Scene};
use super::server::{Server, answer};

pub(super) const EVIL: &str = "collect.evil.example";

/// The provider that holds its requests to the project's own base URL, which Begini's checks do not.
pub(super) fn acme(scene: &Scene, folder: &str) {
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

pub(super) const ACME_KEYS: [&str; 2] = ["sandbox-k3y-7f9a2c", "production-k3y-1d4e8b"];

pub(super) fn acme_scene(base_url: &str) -> Scene {
    let scene = Scene::new(&[]);
    acme_files(&scene, base_url);
    acme(&scene, "packs");
    scene
}

pub(super) fn acme_files(scene: &Scene, base_url: &str) {
    for (environment, key) in ["sandbox", "production"].iter().zip(ACME_KEYS) {
        let text = serde_json::json!({
            "ACME_BASE_URL": base_url,
            "ACME_API_KEY": key,
            "ACME_WEBHOOK_URL": format!("https://hooks-{environment}.lender.co.ke/acme"),
        });
        scene.write(&format!("project/{environment}.json"), &text.to_string());
    }
}

pub(super) fn run(scene: &Scene, server: &Server, hosts: &[&str], more: &[&str]) -> Done {
    let connected = scene.connected(server, hosts);
    let mut typed: Vec<&str> = connected.iter().map(String::as_str).collect();
    typed.extend(["--live", "--format", "json"]);
    typed.extend(more);
    scene.check(&typed)
}

/// A server that answers `200` to everybody.
pub(super) fn listener() -> Server {
    let names = [EVIL, "api.acme.co", "live.acme.co", "api.begini.co", "hooks.lender.co.ke"];
    let more = ["hooks-sandbox.lender.co.ke", "hooks-production.lender.co.ke"];
    Server::tls(&[&names[..], &more[..]].concat(), |_| answer("200 OK", "", "{}"))
}

pub(super) fn begini_live(scene: &Scene, server: &Server, more: &[&str]) -> Done {
    run(scene, server, &["api.begini.co", "hooks.lender.co.ke", EVIL], more)
}
