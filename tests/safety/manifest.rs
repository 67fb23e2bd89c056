//! A manifest classifies and names; it sends nothing anywhere.

use super::acme::{EVIL, acme, begini_live, listener, run};
use super::scene::{Scene, sandbox_id};

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
        // a look at its certificate says nothing to it
        let told = server.requests();
        assert!(told.is_empty(), "{roles}: {told:?}");
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
